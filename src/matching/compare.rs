//! An account and a person compared, field by field, in levels.
//!
//! Name, e-mail and account name say the same thing three times, since the two latter are made from the
//! first. So the name is weighed by itself, and the others by what they add beyond it: how much likelier this
//! very address or account name is for this person than for someone outside *with the name stated*.

use super::account_record::AccountRecord;
use super::bridge::SystemIx;
use super::evidence::{EvidenceField, Level};
use super::handles::{self, EverydayNames};
use super::known_name::KnownName;
use super::made::DaysMade;
use super::name_texts::{NameReading, NameTexts, Order, WordIx};
use super::names::{Lexicon, NamePart, ValueIx};
use super::places::{self, PlaceShares};
use super::population::{PersonRecord, Population};
use super::record_pair::{Agreement, RecordPair};
use super::shared_numbers::SettledNumbers;
use super::shares::Shares;
use crate::model::{BrokenNumber, PersonIx, PersonalNumber, Spelling, StatedBirth};
use chrono::NaiveDate;
use libm::{exp2, log2};

/// Birth dates of people at work: 45 years of 365 days. Of one date some thirty others are a slip away.
const BIRTH_DATES: f64 = 45.0 * 365.0;
const BIRTH_SLIPS: f64 = 30.0;

/// Serials of one birth date, about, that are in use.
const SERIALS: f64 = 300.0;

/// What comparing needs beside the account and the person.
#[derive(Clone, Copy)]
pub struct Comparer<'a> {
    /// Everyone.
    pub population: &'a Population,
    /// The names of the export.
    pub texts: &'a NameTexts,
    /// Where the export's accounts are filed.
    pub place_shares: &'a PlaceShares,
    /// When the export's accounts were made.
    pub days_made: &'a DaysMade,
    /// The system that the accounts are of: what it lent itself says nothing here.
    pub system: SystemIx,
    /// Employee numbers that several bear, and one among those whom the system counts.
    pub settled: &'a SettledNumbers<'a>,
    /// Everyday account names of the system itself, by which its accounts for administration are known.
    pub everyday: &'a EverydayNames,
    /// Shares before anything is learned, for choosing between readings.
    pub shares: &'a Shares,
}

impl Comparer<'_> {
    /// Compares everything that both sides state.
    pub fn compare(&self, record: &AccountRecord<'_>, readings: &[NameReading<'_>], ix: PersonIx) -> RecordPair {
        let person = self.population.person(ix);
        let mut vector = keys(record, (person, ix), self.settled);
        let is_number = |c: &Agreement| matches!(c.field, EvidenceField::PersonalNumber | EvidenceField::BrokenNumber);
        if !vector.iter().any(|c| is_number(c) && c.level != Level::Differs) {
            // An agreeing number holds the birth date: the date says nothing more.
            vector.extend(birth_date(record.birth_date, person.birth_date));
        }
        let numbers = vector.len();
        self.add_name(readings, person, &mut vector);
        let place = places::compare(&record.places, person, self.place_shares);
        vector.extend(place.map(|(level, base)| Agreement::new(EvidenceField::Unit, level, base)));
        let of_name: f64 = vector[numbers..].iter().map(|agreement| agreement.bits(self.shares)).sum();
        handles::add(self, record, ix, of_name, &mut vector);
        vector.extend(self.days_made.compare(record.made, person));
        RecordPair { person: ix, vector }
    }

    /// How many persons an account can belong to.
    pub fn persons(&self) -> f64 {
        #[allow(clippy::cast_precision_loss)] // Far below 2^52 persons.
        let persons = self.population.len().max(1) as f64;
        persons
    }

    /// How likely someone outside whose account states such a name is really called as the person: the share of people
    /// outside who bear that name, times what the stated name weighs for whoever bears it.
    pub fn outsider_is_called_so(&self, pair: &RecordPair, shares: &Shares) -> f64 {
        let name = &self.population.person(pair.person).name;
        let most = |lexicon: &Lexicon, words: &[ValueIx]| {
            words.iter().map(|word| lexicon.share_of_others(*word)).fold(0.0, f64::max)
        };
        let by_chance = most(&self.population.given, &name.given) * most(&self.population.surname, &name.surname);
        let borne = by_chance + shares.namesakes.of_outsiders / self.persons();
        (borne * exp2(pair.name_bits(shares))).min(1.0)
    }

    /// The name in the reading that fits best, with what namesakes outside take off.
    fn add_name(&self, readings: &[NameReading<'_>], person: &PersonRecord, vector: &mut Vec<Agreement>) {
        let certain_else = vector.iter().any(|c| {
            let tells = c.field.is_hard_key() || c.field == EvidenceField::BirthDate;
            tells && matches!(c.level, Level::Exact)
        });
        let mut best: Option<NameAgreement> = None;
        // The first is the one that payroll shows, the others are borne before or elsewhere.
        for (at, known) in person.names_for(self.system).enumerate() {
            let borne = if at == 0 { Borne::Now } else { Borne::Before };
            for reading in readings {
                let name = self.read_name(reading, known, borne, certain_else);
                if name.is_some_and(|name| best.is_none_or(|known| name.bits > known.bits)) {
                    best = name;
                }
            }
        }
        let Some(name) = best else { return };
        vector.extend(name.given.into_iter().chain(name.surname).chain(name.order));
        vector.extend(namesakes(name.parts));
    }

    fn read_name(
        &self,
        reading: &NameReading<'_>,
        name: &KnownName,
        borne: Borne,
        certain_else: bool,
    ) -> Option<NameAgreement> {
        let in_parts = name.spelling == Spelling::Apart;
        let (given, surname) = (&self.population.given, &self.population.surname);
        let given = Part { lexicon: given, words: reading.given, own: &name.given, called: &name.called, in_parts };
        let surname = Part { lexicon: surname, words: reading.surname, own: &name.surname, called: &[], in_parts };
        let otherwise = in_parts && reading.is_long() && self.is_called_otherwise(&given, &surname);
        let (mut given, mut surname) = (self.part(&given), self.part(&surname));
        if let Some(given) = given.as_mut().filter(|_| otherwise) {
            *given = Agreement::new(given.field, Level::Differs, 0.0);
        }
        let agrees = given.is_some_and(|given| given.level != Level::Differs);
        if let Some(surname) = surname.as_mut() {
            match surname.level {
                Level::Differs if agrees && certain_else => surname.level = Level::Renamed,
                Level::Differs => {}
                _ if borne == Borne::Before => surname.level = Level::Former,
                _ => {}
            }
        }
        if given.is_none() && surname.is_none() {
            return None;
        }
        let order = if reading.order == Order::Swapped { Level::Swapped } else { Level::Exact };
        let parts: f64 = given.iter().chain(&surname).map(|part| part.bits(self.shares)).sum();
        let both = given.is_some() && surname.is_some();
        let order = Agreement::new(EvidenceField::NameOrder, order, reading.favour);
        let order = both.then_some(order);
        let bits = parts + order.map_or(0.0, |order| order.bits(self.shares));
        Some(NameAgreement { given, surname, order, parts, bits })
    }

    /// Compares the words of one part of a name: the best of them carries the weight, and says by its level
    /// whether others are left over.
    fn part(&self, part: &Part<'_>) -> Option<Agreement> {
        if part.words.is_empty() || part.own.is_empty() {
            return None;
        }
        let mut best: Option<Agreement> = None;
        let mut extra = false;
        for word in part.words {
            match self.word(part, *word) {
                Some(own) if best.is_none_or(|best| own.bits(self.shares) > best.bits(self.shares)) => best = Some(own),
                Some(_) => {}
                None => extra = true,
            }
        }
        let Some(mut best) = best else {
            return Some(Agreement::new(part.field(), Level::Differs, 0.0));
        };
        // Payroll holds every given name, so that one of them is the whole; of a double surname it is half.
        let surname = part.lexicon.part() == NamePart::Surname;
        let half = surname && part.in_parts && part.own.len() > part.words.len();
        if best.level == Level::Exact && (extra || half) {
            best.level = Level::Partial;
        }
        Some(best)
    }

    /// Whether each side has a given name that the other has not: Lars-Erik is not Lars-Göran. In a name without a comma
    /// it may stand before the surname.
    fn is_called_otherwise(&self, given: &Part<'_>, surname: &Part<'_>) -> bool {
        let stands_for = |word: &WordIx, part: &Part<'_>| self.word(part, *word).is_some();
        let written = given.words.iter().chain(surname.words);
        let mut names = written.filter(|word| self.texts.is_given_name(**word));
        let lacks = |value: &ValueIx| {
            let alone = Part { own: std::slice::from_ref(value), ..*given };
            !given.words.iter().chain(surname.words).any(|word| stands_for(word, &alone))
        };
        names.any(|word| !stands_for(word, given) && !stands_for(word, surname)) && given.own.iter().any(lacks)
    }

    /// The best that one word can stand for of a person's, if it can.
    fn word(&self, part: &Part<'_>, word: WordIx) -> Option<Agreement> {
        let field = part.field();
        let reading = self.texts.read_as(part.lexicon.part(), word);
        if let Some((letter, base)) = reading.initial {
            let fits = part.own.iter().any(|value| part.lexicon.word(*value).starts_with(letter));
            return fits.then_some(Agreement::new(field, Level::Initial, base));
        }
        let used = |value: ValueIx| part.called.is_empty() || part.called.contains(&value);
        let alike = part.own.iter().filter_map(|value| reading.find(*value));
        let alike = alike.map(|own| (if used(own.value) { own.level } else { Level::Unused }, own.base));
        let agreements = alike.map(|(level, base)| Agreement::new(field, level, base));
        agreements.max_by(|a, b| a.bits(self.shares).total_cmp(&b.bits(self.shares)))
    }

    /// The most that an agreeing unit can add.
    pub fn most_of_places(&self, record: &AccountRecord<'_>) -> f64 {
        let most = self.place_shares.most(&record.places);
        if most > 0.0 { most + self.shares.bits(EvidenceField::Unit, Level::Exact) } else { 0.0 }
    }
}

/// Numbers and HSA-id.
///
/// A number that several bear leads to each of them as much less surely as they are; where the system tells whose it is
/// among them, it is that one's alone.
fn keys(
    record: &AccountRecord<'_>,
    (person, ix): (&PersonRecord, PersonIx),
    settled: &SettledNumbers<'_>,
) -> Vec<Agreement> {
    let mut vector = Vec::with_capacity(12);
    let stated = |field, agreed: Option<bool>| {
        let level = agreed.map(|agreed| if agreed { Level::Exact } else { Level::Differs });
        level.map(|level| Agreement::new(field, level, 0.0))
    };
    vector.extend(record.employee_number.as_ref().and_then(|claimed| {
        let field = EvidenceField::EmployeeNumber;
        match person.shared_numbers.contains(claimed) {
            true => match settled.holder(claimed) {
                Some(holder) => stated(field, (holder == ix).then_some(true)),
                None => Some(shared_number(field, settled.bearers(claimed))),
            },
            false => {
                let own = &person.employee_numbers;
                let is_stated = !own.is_empty() && !settled.is_of_another_series(ix);
                stated(field, is_stated.then(|| own.contains(claimed)))
            }
        }
    }));
    let hsa_ids = record.hsa_id.as_ref().zip(person.hsa_id.as_ref());
    vector.extend(stated(EvidenceField::HsaId, hsa_ids.map(|(claimed, own)| claimed == own)));
    if let (Some(claimed), Some(own)) = (record.personal_number, person.number) {
        vector.push(personal_number(claimed, own));
    }
    vector.extend(broken_number(record, person));
    let contesting = record.personal_number.and_then(|claimed| settled.contesting(claimed, ix));
    vector.extend(contesting.map(|bearers| shared_number(EvidenceField::PersonalNumber, bearers)));
    vector
}

fn shared_number(field: EvidenceField, bearers: usize) -> Agreement {
    #[allow(clippy::cast_precision_loss)] // Far below 2^52 persons.
    let bearers = bearers.max(1) as f64;
    Agreement::new(field, Level::Shared, -log2(bearers))
}

/// The same number; else the same birth date under another serial (a coordination number exchanged for a
/// personal one, a mistyped serial); else another.
fn personal_number(claimed: PersonalNumber, own: PersonalNumber) -> Agreement {
    let field = EvidenceField::PersonalNumber;
    if claimed == own {
        return Agreement::new(field, Level::Exact, 0.0);
    }
    if claimed.birth_date().is_some() && claimed.birth_date() == own.birth_date() {
        // One of some three hundred other serials, against one of all dates: what is left is the date.
        return Agreement::new(field, Level::Partial, log2(BIRTH_DATES / SERIALS));
    }
    Agreement::new(field, Level::Differs, 0.0)
}

/// A number that is the other side's but for a slip, or mistyped alike on both sides: of all numbers so few are a slip away
/// that chance hardly ever explains it. One that is not may be anybody's.
fn broken_number(record: &AccountRecord<'_>, person: &PersonRecord) -> Option<Agreement> {
    let agrees = match (record.personal_number, person.number) {
        (Some(claimed), None) => person.broken_number?.is_slip_for(claimed),
        (None, Some(own)) => record.broken_number?.is_slip_for(own),
        (None, None) => record.broken_number? == person.broken_number?,
        (Some(_), Some(_)) => false,
    };
    let bits = log2(BIRTH_DATES * SERIALS / BrokenNumber::MEANT);
    agrees.then(|| Agreement::new(EvidenceField::BrokenNumber, Level::Near, bits))
}

fn birth_date(claimed: Option<StatedBirth>, own: Option<NaiveDate>) -> Option<Agreement> {
    let (claimed, own) = (claimed?, own?);
    let (level, base) = if claimed.day() == Some(own) {
        (Level::Exact, log2(BIRTH_DATES))
    } else if claimed.is_slip_for(own) {
        (Level::Near, log2(BIRTH_DATES / BIRTH_SLIPS))
    } else if let StatedBirth::Garbled(_) = claimed {
        // Known to be wrong somewhere: it may be anybody's.
        return None;
    } else {
        (Level::Differs, 0.0)
    };
    Some(Agreement::new(EvidenceField::BirthDate, level, base))
}

/// Someone outside can bear the whole name of somebody here more often than the frequencies of its parts tell: see
/// [`super::namesakes`].
fn namesakes(bits: f64) -> Option<Agreement> {
    (bits > 0.0).then_some(Agreement::new(EvidenceField::Namesakes, Level::Exact, bits))
}

/// When a person bears a name.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Borne {
    /// It is the one that payroll shows.
    Now,
    /// It is another that payroll or a system knows.
    Before,
}

/// A name compared in one reading.
#[derive(Clone, Copy)]
struct NameAgreement {
    given: Option<Agreement>,
    surname: Option<Agreement>,
    order: Option<Agreement>,
    /// What given name and surname weigh.
    parts: f64,
    /// The same with the order of the names.
    bits: f64,
}

/// One part of a name on both sides.
#[derive(Clone, Copy)]
struct Part<'a> {
    lexicon: &'a Lexicon,
    words: &'a [WordIx],
    own: &'a [ValueIx],
    /// Of several given names those used, where payroll tells.
    called: &'a [ValueIx],
    /// Whether payroll tells given name and surname apart.
    in_parts: bool,
}

impl Part<'_> {
    fn field(&self) -> EvidenceField {
        self.lexicon.part().field()
    }
}
