//! An account and a person compared, field by field, in levels.
//!
//! Name, e-mail and account name say the same thing three times, since the two latter are made from the
//! first. So the name is weighed by itself, and the others by what they add beyond it: how much likelier this
//! very address or account name is for this person than for someone outside *with the name stated*.

use super::account_record::{AccountRecord, NameSource};
use super::evidence::{EvidenceField, Level};
use super::handle::Handle;
use super::known_names::{KnownNames, Standing};
use super::name_texts::{NameReading, NameTexts, Order, WordIx};
use super::names::{Kind, Lexicon, ValueIx};
use super::places::{self, PlaceShares};
use super::population::{PersonMail, PersonRecord, Population};
use super::record_pair::{Agreement, RecordPair};
use super::shares::{NAMESAKES, Shares};
use crate::model::{PersonIx, PersonalNumber, Spelling, is_birth_date_slip};
use chrono::NaiveDate;
use libm::{exp2, log2};

/// Of people outside whose name would make it, the share whose address or account name is one that an
/// employee has now: handed on, or made again.
const HANDED_ON: f64 = 0.02;

/// Of people outside whose stated name would not make it: a successor who took over the account.
const TAKEN_OVER: f64 = 0.005;

/// Of people outside with no name stated.
const UNNAMED: f64 = 0.05;

/// An account name that is known to be someone else's: eight times less likely than one not known.
const SOMEONE_ELSES: f64 = -3.0;

/// Birth dates of people at work: 45 years of 365 days. Of one date some thirty others are a slip away.
const BIRTH_DATES: f64 = 45.0 * 365.0;
const BIRTH_SLIPS: f64 = 30.0;

/// Serials of one birth date, about, that are in use.
const SERIALS: f64 = 300.0;

/// Namesakes elsewhere in the country whose address begins alike.
const SAME_LOCAL: f64 = 0.3;

/// What comparing needs beside the account and the person.
#[derive(Clone, Copy)]
pub struct Comparer<'a> {
    /// Everyone.
    pub population: &'a Population,
    /// The names of the export.
    pub texts: &'a NameTexts,
    /// Where the export's accounts are filed.
    pub place_shares: &'a PlaceShares<'a>,
    /// Account names whose holder is known.
    pub known_names: &'a KnownNames,
    /// Shares before anything is learned, for choosing between readings.
    pub shares: &'a Shares,
}

impl Comparer<'_> {
    /// Compares everything that both sides state.
    pub fn compare(&self, record: &AccountRecord<'_>, readings: &[NameReading<'_>], ix: PersonIx) -> RecordPair {
        let person = self.population.person(ix);
        let mut vector = keys(record, person);
        vector.extend(self.email(record, person));
        vector.extend(self.user_name(record, ix));
        if !vector.iter().any(|c| c.field == EvidenceField::PersonalNumber && c.level != Level::Differs) {
            // An agreeing number holds the birth date: the date says nothing more.
            vector.extend(birth_date(record.birth_date, person.birth_date));
        }
        self.add_name(readings, person, &mut vector);
        let place = places::compare(&record.places, person, self.place_shares);
        vector.extend(place.map(|(level, base)| Agreement { field: EvidenceField::Unit, level, base }));
        RecordPair { person: ix, vector }
    }

    fn persons(&self) -> f64 {
        #[allow(clippy::cast_precision_loss)] // Far below 2^52 persons.
        let persons = self.population.len().max(1) as f64;
        persons
    }

    /// The address, by what it adds to the stated name.
    fn email(&self, record: &AccountRecord<'_>, person: &PersonRecord) -> Option<Agreement> {
        let field = EvidenceField::Email;
        let shared = |own: &&PersonMail| record.mails.iter().any(|mail| mail.whole == own.whole);
        if let Some(own) = person.mails.iter().find(shared) {
            let base = self.beyond_the_name(record, &own.local);
            return Some(Agreement { field, level: Level::Exact, base });
        }
        let alike = |own: &&PersonMail| record.mails.iter().any(|mail| !mail.is_own && mail.local() == own.local.whole);
        if let Some(own) = person.mails.iter().find(alike) {
            let fits = record.name.forms().can_make(&own.local);
            let by_chance = if fits { SAME_LOCAL } else { UNNAMED / self.persons() };
            return Some(Agreement { field, level: Level::Partial, base: -log2(by_chance) });
        }
        // Everyone has an address of their own in the employer's domain; a private one says nothing.
        let both = person.has_own_mail && record.mails.iter().any(|mail| mail.is_own);
        both.then_some(Agreement { field, level: Level::Differs, base: 0.0 })
    }

    /// The account name against those whose holder is known.
    fn user_name(&self, record: &AccountRecord<'_>, person: PersonIx) -> Option<Agreement> {
        let field = EvidenceField::UserName;
        if self.known_names.is_empty() {
            return None;
        }
        let everyday = record.everyday.as_ref().map(std::slice::from_ref);
        let by_everyday = everyday.and_then(|handle| self.known_names.compare(handle, person));
        if by_everyday == Some(Standing::Own) {
            let base = self.beyond_the_name(record, record.everyday.as_ref()?);
            return Some(Agreement { field, level: Level::Exact, base });
        }
        let (level, base) = match self.known_names.compare(&record.handles, person)? {
            Standing::Own => {
                let is_own =
                    |h: &&Handle| self.known_names.compare(std::slice::from_ref(*h), person) == Some(Standing::Own);
                let handle = record.handles.iter().find(is_own)?;
                (Level::Exact, self.beyond_the_name(record, handle))
            }
            Standing::Another => (Level::Differs, 0.0),
            Standing::SomeoneElses => (Level::Differs, SOMEONE_ELSES),
        };
        Some(Agreement { field, level, base })
    }

    /// −log2 of how likely someone outside with the stated name has this very handle.
    fn beyond_the_name(&self, record: &AccountRecord<'_>, handle: &Handle) -> f64 {
        let by_chance = if record.name.is_absent() {
            UNNAMED / self.persons()
        } else if record.source == NameSource::Handle || record.name.forms().can_make(handle) {
            HANDED_ON
        } else {
            TAKEN_OVER / self.persons()
        };
        -log2(by_chance)
    }

    /// The name in the reading that fits best, with what namesakes outside take off.
    fn add_name(&self, readings: &[NameReading<'_>], person: &PersonRecord, vector: &mut Vec<Agreement>) {
        let certain_else = vector.iter().any(|c| {
            let tells = c.field.is_hard_key() || c.field == EvidenceField::BirthDate;
            tells && matches!(c.level, Level::Exact)
        });
        let mut best: Option<NameAgreement> = None;
        for reading in readings {
            let name = self.read_name(reading, person, certain_else);
            if name.is_some_and(|name| best.is_none_or(|known| name.bits > known.bits)) {
                best = name;
            }
        }
        let Some(name) = best else { return };
        vector.extend(name.given.into_iter().chain(name.surname).chain(name.order));
        vector.extend(namesakes(name.parts, self.persons()));
    }

    fn read_name(&self, reading: &NameReading<'_>, person: &PersonRecord, certain_else: bool) -> Option<NameAgreement> {
        let in_parts = person.spelling == Spelling::Apart;
        let (given, surname) = (&self.population.given, &self.population.surname);
        let given = self.part(&Part { lexicon: given, words: reading.given, own: &person.given, in_parts });
        let mut surname = self.part(&Part { lexicon: surname, words: reading.surname, own: &person.surname, in_parts });
        let agrees = given.is_some_and(|given| given.level != Level::Differs);
        if let Some(surname) = surname.as_mut().filter(|s| s.level == Level::Differs && agrees && certain_else) {
            surname.level = Level::Renamed;
        }
        if given.is_none() && surname.is_none() {
            return None;
        }
        let order = if reading.order == Order::Swapped { Level::Swapped } else { Level::Exact };
        let parts: f64 = given.iter().chain(&surname).map(|part| part.bits(self.shares)).sum();
        let both = given.is_some() && surname.is_some();
        let order = Agreement { field: EvidenceField::NameOrder, level: order, base: reading.favour };
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
            return Some(Agreement { field: part.field(), level: Level::Differs, base: 0.0 });
        };
        // Payroll holds every given name, so that one of them is the whole; of a double surname it is half.
        let surname = part.lexicon.kind() == Kind::Surname;
        let half = surname && part.in_parts && part.own.len() > part.words.len();
        if best.level == Level::Exact && (extra || half) {
            best.level = Level::Partial;
        }
        Some(best)
    }

    /// The best that one word can stand for of a person's, if it can.
    fn word(&self, part: &Part<'_>, word: WordIx) -> Option<Agreement> {
        let field = part.field();
        let reading = self.texts.read_as(part.lexicon.kind(), word);
        if let Some((letter, base)) = reading.initial {
            let fits = part.own.iter().any(|value| part.lexicon.word(*value).starts_with(letter));
            return fits.then_some(Agreement { field, level: Level::Initial, base });
        }
        let alike = part.own.iter().filter_map(|value| reading.find(*value));
        let agreement = alike.map(|similar| Agreement { field, level: similar.level, base: similar.base });
        agreement.max_by(|a, b| a.bits(self.shares).total_cmp(&b.bits(self.shares)))
    }

    /// The most that an agreeing unit can add.
    pub fn most_of_places(&self, record: &AccountRecord<'_>) -> f64 {
        self.place_shares.most(&record.places)
    }
}

/// Numbers and HSA-id.
fn keys(record: &AccountRecord<'_>, person: &PersonRecord) -> Vec<Agreement> {
    let mut vector = Vec::with_capacity(8);
    let mut add = |field, agreed: Option<bool>| {
        let level = agreed.map(|agreed| if agreed { Level::Exact } else { Level::Differs });
        vector.extend(level.map(|level| Agreement { field, level, base: 0.0 }));
    };
    // A number that others have as well speaks neither for nor against any of them.
    let is_shared = |number: &&String| person.shared_numbers.contains(number);
    let number = record.employee_number.as_ref().filter(|_| !person.employee_numbers.is_empty());
    let number = number.filter(|number| !is_shared(number));
    add(EvidenceField::EmployeeNumber, number.map(|number| person.employee_numbers.contains(number)));
    add(EvidenceField::HsaId, record.hsa_id.as_ref().zip(person.hsa_id.as_ref()).map(|(a, b)| a == b));
    if let (Some(claimed), Some(own)) = (record.personal_number, person.number) {
        vector.push(personal_number(claimed, own));
    }
    vector
}

/// The same number; else the same birth date under another serial (a coordination number exchanged for a
/// personal one, a mistyped serial); else another.
fn personal_number(claimed: PersonalNumber, own: PersonalNumber) -> Agreement {
    let field = EvidenceField::PersonalNumber;
    if claimed == own {
        return Agreement { field, level: Level::Exact, base: 0.0 };
    }
    if claimed.birth_date().is_some() && claimed.birth_date() == own.birth_date() {
        // One of some three hundred other serials, against one of all dates: what is left is the date.
        return Agreement { field, level: Level::Partial, base: log2(BIRTH_DATES / SERIALS) };
    }
    Agreement { field, level: Level::Differs, base: 0.0 }
}

fn birth_date(claimed: Option<NaiveDate>, own: Option<NaiveDate>) -> Option<Agreement> {
    let (claimed, own) = (claimed?, own?);
    let (level, base) = if claimed == own {
        (Level::Exact, log2(BIRTH_DATES))
    } else if is_birth_date_slip(claimed, own) {
        (Level::Near, log2(BIRTH_DATES / BIRTH_SLIPS))
    } else {
        (Level::Differs, 0.0)
    };
    Some(Agreement { field: EvidenceField::BirthDate, level, base })
}

/// Someone outside can bear the whole name of somebody here more often than the frequencies of its parts
/// tell: a name never weighs more than [`NAMESAKES`] lets it.
fn namesakes(bits: f64, persons: f64) -> Option<Agreement> {
    let bounded = -log2(exp2(-bits) + NAMESAKES / persons);
    (bits > 0.0).then_some(Agreement { field: EvidenceField::Namesakes, level: Level::Exact, base: bounded - bits })
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
struct Part<'a> {
    lexicon: &'a Lexicon,
    words: &'a [WordIx],
    own: &'a [ValueIx],
    /// Whether payroll tells given name and surname apart.
    in_parts: bool,
}

impl Part<'_> {
    fn field(&self) -> EvidenceField {
        self.lexicon.kind().field()
    }
}
