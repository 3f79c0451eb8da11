//! Record pairs: an account beside each person it may belong to, kept so that learning can weigh them again.

use super::evidence::{Evidence, EvidenceField, Level};
use super::namesakes::Stated;
use super::shares::Shares;
use crate::model::PersonIx;

/// One component of a comparison vector: how far a field agrees, and its agreement weight but for the level's share.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Agreement {
    /// What was compared.
    pub field: EvidenceField,
    /// How far it agrees.
    pub level: Level,
    /// log2 of the part of the weight that the value itself decides; there are millions, and a weight needs no more
    /// digits.
    base: f32,
}

impl Agreement {
    /// Puts an agreement together.
    pub fn new(field: EvidenceField, level: Level, base: f64) -> Self {
        #[allow(clippy::cast_possible_truncation)] // A weight is some hundred bits at most, told to a hundredth.
        let base = base as f32;
        Self { field, level, base }
    }

    /// The weight in bits, but for what namesakes take off a unit: see [`RecordPair::bits`].
    pub fn bits(self, shares: &Shares) -> f64 {
        match self.field {
            EvidenceField::Namesakes => shares.namesake_bits(Stated { name: self.base.into(), place: 0.0 }),
            EvidenceField::NameOrder => shares.order_bits(self.level, self.base.into()),
            // It leads to those who bear it as surely as a number of one leads to that one.
            field if self.level == Level::Shared => shares.bits(field, Level::Exact) + f64::from(self.base),
            field => shares.bits(field, self.level) + f64::from(self.base),
        }
    }
}

/// An account and a person, with their comparison vector.
#[derive(Clone, Debug)]
pub struct RecordPair {
    /// Who.
    pub person: PersonIx,
    /// The comparison vector, field by field.
    pub vector: Vec<Agreement>,
}

impl RecordPair {
    /// The level of a field, if both sides state it.
    pub fn level(&self, field: EvidenceField) -> Option<Level> {
        self.vector.iter().find(|agreement| agreement.field == field).map(|agreement| agreement.level)
    }

    /// The whole weight in bits.
    pub fn bits(&self, shares: &Shares) -> f64 {
        self.weighed(shares).map(|(_, bits)| bits).sum()
    }

    /// Each agreement with its weight in bits; what namesakes take off goes by the name and the unit together.
    fn weighed(&self, shares: &Shares) -> impl Iterator<Item = (&Agreement, f64)> {
        let stated = self.stated(shares).map(|(stated, _)| stated);
        self.vector.iter().map(move |own| match (own.field, stated) {
            (EvidenceField::Namesakes, Some(stated)) => (own, shares.namesake_bits(stated)),
            _ => (own, own.bits(shares)),
        })
    }

    /// What the name and the place weigh, namesakes not thought of, and whether both sides have a unit and something else
    /// that tells a namesake there from the person; `None` where the name does not speak for the person. One who was
    /// employed there before, or a relative, is at home where the system is used as well.
    pub fn stated(&self, shares: &Shares) -> Option<(Stated, bool)> {
        let name = self.vector.iter().find(|own| own.field == EvidenceField::Namesakes)?.base;
        let find = |field| self.vector.iter().find(|own| own.field == field);
        let unit = find(EvidenceField::Unit);
        let speaks = |own: Option<&Agreement>| own.map_or(0.0, |own| own.bits(shares).max(0.0));
        let place = speaks(unit) + speaks(find(EvidenceField::Workplace));
        let tells = |own: &Agreement| own.field.is_key() || own.field == EvidenceField::BirthDate;
        Some((Stated { name: name.into(), place }, unit.is_some() && self.vector.iter().any(tells)))
    }

    /// The evidence, weighed, keys first.
    pub fn evidence(&self, shares: &Shares) -> Vec<Evidence> {
        let level = |c: &Agreement| match c.field {
            // Where the whole file has the surname first, that is its order, and no news.
            EvidenceField::NameOrder if shares.share(c.field, c.level) >= 0.5 => Level::Exact,
            _ => c.level,
        };
        let weigh = |(c, bits): (&Agreement, f64)| Evidence::new(c.field, level(c), bits);
        let mut evidence: Vec<Evidence> = self.weighed(shares).map(weigh).collect();
        // What moves nothing is left out of the arithmetic that people read.
        evidence.retain(|e| !e.field.is_correction() || e.level == Level::Swapped || e.bits.abs() >= 0.05);
        evidence.sort_by_key(|evidence| evidence.field);
        evidence
    }

    /// Takes what the person's place of work weighs, in the place of what it weighed before.
    pub fn set_workplace(&mut self, bits: Option<f64>) {
        let field = EvidenceField::Workplace;
        self.vector.retain(|own| own.field != field);
        self.vector.extend(bits.map(|bits| {
            let level = if bits > 0.0 { Level::Usual } else { Level::Unusual };
            Agreement::new(field, level, bits)
        }));
    }

    /// Whether a field of some kind agrees.
    pub fn agrees(&self, is_one: impl Fn(EvidenceField) -> bool) -> bool {
        self.vector.iter().any(|c| is_one(c.field) && c.level == Level::Exact)
    }

    /// Whether a key that names one person by itself agrees.
    pub fn has_key(&self) -> bool {
        self.agrees(EvidenceField::is_key)
    }

    /// Whether a key that is never given to another person agrees.
    pub fn has_hard_key(&self) -> bool {
        self.agrees(EvidenceField::is_hard_key)
    }

    /// Whether an address agrees.
    pub fn has_address(&self) -> bool {
        self.agrees(EvidenceField::is_address)
    }

    /// Whether a key agrees that is no address.
    pub fn has_key_beside_address(&self) -> bool {
        self.agrees(|field| field.is_key() && !field.is_address())
    }

    /// Whether the surname is another and the given name is not: it may have changed.
    pub fn may_be_renamed(&self) -> bool {
        let given = self.level(EvidenceField::GivenName).is_some_and(|level| level != Level::Differs);
        given && matches!(self.level(EvidenceField::Surname), Some(Level::Differs | Level::Renamed | Level::Former))
    }

    /// What the name weighs, namesakes taken off.
    pub fn name_bits(&self, shares: &Shares) -> f64 {
        let of_name = |field: EvidenceField| {
            field.is_name() || matches!(field, EvidenceField::NameOrder | EvidenceField::Namesakes)
        };
        self.vector.iter().filter(|agreement| of_name(agreement.field)).map(|agreement| agreement.bits(shares)).sum()
    }

    /// Whether given name and surname agree exactly.
    pub fn has_whole_name(&self) -> bool {
        let whole = |field| self.level(field) == Some(Level::Exact);
        whole(EvidenceField::GivenName) && whole(EvidenceField::Surname)
    }

    /// Whether given name and surname agree so well that a key need not be doubted.
    pub fn names_agree(&self) -> bool {
        let agrees = |field| {
            self.level(field).is_some_and(|level| !matches!(level, Level::Differs | Level::Renamed | Level::Initial))
        };
        agrees(EvidenceField::GivenName) && agrees(EvidenceField::Surname)
    }
}

/// The record pairs of one account: whom blocking found worth comparing.
#[derive(Clone, Debug, Default)]
pub struct CandidateSet {
    /// The persons worth comparing, in the order of the roster.
    pub pairs: Vec<RecordPair>,
    /// Persons as like as the least of these that were left out, for want of room.
    pub left_out: u32,
}

impl CandidateSet {
    /// Who alone of them is called as the account states, or nearly so.
    pub fn called_as(&self) -> Option<PersonIx> {
        let mut called = self.pairs.iter().filter(|pair| pair.names_agree());
        let one = called.next().filter(|_| self.left_out == 0)?;
        called.next().is_none().then_some(one.person)
    }

    /// Those whom no number tells: only theirs is weighed by what speaks for or against people at large.
    pub fn without_number(&mut self) -> impl Iterator<Item = &mut RecordPair> {
        self.pairs.iter_mut().filter(|pair| !pair.has_hard_key())
    }
}

/// What finding and comparing cost.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Effort {
    /// Accounts matched.
    pub accounts: u64,
    /// Persons met in the lists that were opened.
    pub candidates: u64,
    /// Persons compared field by field.
    pub pairs: u64,
    /// Distinct words of names, each compared with the roster's words once.
    pub words: u64,
}

impl Effort {
    /// Adds another account's.
    pub fn add(&mut self, other: Self) {
        self.accounts += other.accounts;
        self.candidates += other.candidates;
        self.pairs += other.pairs;
        self.words += other.words;
    }
}
