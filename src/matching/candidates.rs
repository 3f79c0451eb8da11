//! Who could it be at all? Persons from lists of who shares what, opened only while they can matter.
//!
//! Every word of the account's name leads to a few words of the roster, and each of those to the list of
//! persons who bear it, with a weight in bits. Lists are opened by falling weight, and open new candidates
//! only while what is left could still lift someone to notice (MaxScore; Turtle & Flood 1995). So there is
//! no blocking key to choose: a rare surname misspelt is found by itself, and five thousand Anderssons are
//! never walked through for an account that says no more than Andersson.

use super::account_record::AccountRecord;
use super::compare::Comparer;
use super::evidence::{EvidenceField, Level};
use super::known_names::Holder;
use super::name_texts::{NameReading, Order, WordIx};
use super::names::{Kind, Lexicon};
use super::record_pair::{CandidateSet, Effort, RecordPair};
use crate::model::PersonIx;
use crate::roster::Roster;
use libm::log2;

/// Candidates compared field by field.
const MOST: usize = 40;

/// With as many as these equal to the last of them, all are compared: a unit may tell them apart.
const MOST_EQUAL: usize = 400;

/// Bits that a unit or an account name could still make up for.
const NEAR_THE_BEST: f64 = 2.0;

/// Bits behind the best that nothing but a key makes up for, and those with a key are compared anyway: what
/// does not agree in a list counts against a person too, once compared.
const FAR_BEHIND: f64 = 7.0;

/// Bits below log2(N) at which a candidate is not worth finding: with π at 0.95 its probability is under
/// 0.05 even where nothing else is known.
const BELOW_NOTICE: f64 = 8.5;

/// What the lists gave a person: bits, and in which fields (one bit each).
#[derive(Clone, Copy)]
struct Given {
    bits: f32,
    fields: u16,
}

const NOTHING: Given = Given { bits: f32::NEG_INFINITY, fields: 0 };

/// Persons met and what the lists gave them; kept between accounts, since clearing it costs less than making it.
pub struct Scores {
    given: Vec<Given>,
    met: Vec<PersonIx>,
}

impl Scores {
    /// For so many persons.
    pub fn new(persons: usize) -> Self {
        Self { given: vec![NOTHING; persons], met: Vec::new() }
    }

    fn add(&mut self, person: PersonIx, list: &List<'_>, may_open: bool) {
        let own = &mut self.given[person.0 as usize];
        #[allow(clippy::cast_possible_truncation)] // A choice of candidates needs no more digits.
        let bits = list.bits as f32;
        if own.fields != 0 {
            own.bits += bits;
        } else if may_open {
            own.bits = bits;
            self.met.push(person);
        } else {
            return;
        }
        own.fields |= 1 << list.field as u16;
    }

    /// The persons met, those whom a list gave enough; forgets all.
    fn take(&mut self, enough: &dyn Fn(f64, u16) -> bool) -> Vec<(PersonIx, f64)> {
        let given = &mut self.given;
        let forget = |person: PersonIx| {
            let own = std::mem::replace(&mut given[person.0 as usize], NOTHING);
            enough(f64::from(own.bits), own.fields).then_some((person, f64::from(own.bits)))
        };
        self.met.drain(..).filter_map(forget).collect()
    }
}

/// A list of persons who share something with the account.
struct List<'p> {
    persons: &'p [PersonIx],
    bits: f64,
    field: EvidenceField,
}

/// Finds and compares.
#[derive(Clone, Copy)]
pub struct Finder<'a> {
    /// Keys.
    pub roster: &'a Roster,
    /// What comparing needs.
    pub comparer: Comparer<'a>,
}

impl Finder<'_> {
    /// Everyone worth comparing, compared.
    pub fn find(&self, record: &AccountRecord<'_>, scores: &mut Scores) -> (CandidateSet, Effort) {
        let readings = &record.name.readings()[..];
        let comparer = self.comparer;
        let keyed = self.by_key(record);
        if let [one] = keyed[..] {
            let pair = comparer.compare(record, readings, one);
            if pair.has_key() && pair.names_agree() {
                // A key and the name say the same: nobody else comes near, but one who may be the same person.
                let mut pairs = vec![pair];
                let namesakes = self.roster.namesakes(one);
                pairs.extend(namesakes.iter().map(|other| comparer.compare(record, readings, *other)));
                pairs.sort_by_key(|pair| pair.person);
                let count = pairs.len() as u64;
                let effort = Effort { accounts: 1, candidates: count, pairs: count, words: 0 };
                return (CandidateSet { pairs, left_out: 0 }, effort);
            }
        }
        let (mut persons, left_out, met) = self.by_name(record, readings, scores);
        persons.extend(keyed.iter().flat_map(|ix| std::iter::once(ix).chain(self.roster.namesakes(*ix))));
        persons.sort_unstable();
        persons.dedup();
        let pairs: Vec<RecordPair> = persons.iter().map(|person| comparer.compare(record, readings, *person)).collect();
        let effort = Effort { accounts: 1, candidates: met + keyed.len() as u64, pairs: pairs.len() as u64, words: 0 };
        (CandidateSet { pairs, left_out }, effort)
    }

    /// Everyone a key leads to, in the order of the roster.
    fn by_key(&self, record: &AccountRecord<'_>) -> Vec<PersonIx> {
        let index = self.roster.index();
        let mut found: Vec<PersonIx> = Vec::new();
        found.extend(record.personal_number.and_then(|number| index.by_number(number)));
        if let Some(number) = &record.employee_number {
            found.extend(index.by_employee(number));
        }
        if let Some(id) = &record.hsa_id {
            found.extend(index.by_hsa_id(id));
        }
        for mail in &record.mails {
            found.extend(index.by_mail(&mail.whole));
        }
        for handle in record.handles.iter().chain(&record.everyday) {
            if let Some(Holder::Person(person)) = self.comparer.known_names.holder(&handle.whole) {
                found.push(person);
            }
            found.extend(self.comparer.population.by_mail_local(&handle.whole));
        }
        found.sort_unstable();
        found.dedup();
        found
    }

    /// The best by name and birth date, how many as good were left out, and how many were met.
    fn by_name(
        &self,
        record: &AccountRecord<'_>,
        readings: &[NameReading<'_>],
        scores: &mut Scores,
    ) -> (Vec<PersonIx>, u32, u64) {
        let mut kept: Vec<PersonIx> = Vec::new();
        let (mut left_out, mut met) = (0, 0);
        let mut best = f64::NEG_INFINITY;
        for reading in readings {
            // The names are read the other way round where they lead to nobody as they stand, or are not names
            // of their kind.
            let leads = best >= self.notice() + BELOW_NOTICE && self.are_names_of_their_kind(&readings[0]);
            if reading.order == Order::Swapped && leads {
                break;
            }
            self.open(&self.lists(record, reading), scores);
            met += scores.met.len() as u64;
            let found = scores.take(&self.enough(record, reading));
            best = found.iter().map(|(_, bits)| *bits).fold(best, f64::max);
            let (few, more) = cut(found);
            left_out += more;
            kept.extend(few.iter().map(|(person, _)| *person));
        }
        (kept, left_out, met)
    }

    /// Whether a person can still come to notice with what the lists gave, by bits and fields: a unit may agree,
    /// and a name that is stated and in no list will count as changed.
    fn enough(&self, record: &AccountRecord<'_>, reading: &NameReading<'_>) -> impl Fn(f64, u16) -> bool {
        let of = |field: EvidenceField, level, words: &[WordIx]| {
            let changed = if words.is_empty() { 0.0 } else { self.comparer.shares.bits(field, level) };
            (1u16 << field as u16, changed)
        };
        let given = of(EvidenceField::GivenName, Level::Differs, reading.given);
        let surname = of(EvidenceField::Surname, Level::Renamed, reading.surname);
        let needed = self.notice() - self.comparer.best_of_places(record);
        move |bits, fields| {
            let missing = |(bit, changed): (u16, f64)| if fields & bit == 0 { changed } else { 0.0 };
            bits + missing(given) + missing(surname) >= needed
        }
    }

    /// Whether somebody bears each word as it stands.
    fn are_names_of_their_kind(&self, reading: &NameReading<'_>) -> bool {
        let borne = |kind, word: &WordIx| {
            self.comparer.texts.read_as(kind, *word).similar.iter().any(|similar| similar.level == Level::Exact)
        };
        reading.given.iter().all(|word| borne(Kind::Given, word))
            && reading.surname.iter().all(|word| borne(Kind::Surname, word))
    }

    /// Bits from which a candidate is worth finding.
    fn notice(&self) -> f64 {
        #[allow(clippy::cast_precision_loss)] // Far below 2^52 persons.
        let persons = self.comparer.population.len().max(1) as f64;
        log2(persons) - BELOW_NOTICE
    }

    /// The lists of one reading of the name, and of the birth date.
    fn lists(&self, record: &AccountRecord<'_>, reading: &NameReading<'_>) -> Vec<List<'_>> {
        let mut lists = Vec::new();
        let population = self.comparer.population;
        self.add_words(reading.given, &population.given, &mut lists);
        self.add_words(reading.surname, &population.surname, &mut lists);
        if let Some(day) = record.birth_date {
            // What a birth date is worth is stated where it is compared; here it only opens its short list.
            const BITS: f64 = 14.0;
            lists.push(List { persons: population.born(day), bits: BITS, field: EvidenceField::BirthDate });
        }
        lists.sort_by(|a, b| b.bits.total_cmp(&a.bits).then(a.field.cmp(&b.field)).then(a.persons.cmp(b.persons)));
        lists
    }

    fn add_words<'p>(&self, words: &[WordIx], lexicon: &'p Lexicon, lists: &mut Vec<List<'p>>) {
        let field = lexicon.kind().field();
        for similar in words.iter().flat_map(|word| &self.comparer.texts.read_as(lexicon.kind(), *word).similar) {
            let bits = self.comparer.shares.bits(field, similar.level) + similar.base;
            // A word near to a common one speaks against those who bear it.
            if bits > 0.0 {
                lists.push(List { persons: lexicon.bearers(similar.value), bits, field });
            }
        }
    }

    /// Opens lists by falling weight.
    fn open(&self, lists: &[List<'_>], scores: &mut Scores) {
        let notice = self.notice();
        for (list, reach) in lists.iter().zip(reaches(lists)) {
            let may_open = reach >= notice;
            if !may_open && scores.met.is_empty() {
                return;
            }
            for person in list.persons {
                scores.add(*person, list, may_open);
            }
        }
    }
}

/// For each list, the most that it and those after it could give a person: the best of each field.
fn reaches(lists: &[List<'_>]) -> Vec<f64> {
    let mut best = [0.0f64; EvidenceField::ALL.len()];
    let mut reaches: Vec<f64> = Vec::with_capacity(lists.len());
    for list in lists.iter().rev() {
        let own = &mut best[list.field as usize];
        *own = own.max(list.bits);
        reaches.push(best.iter().sum());
    }
    reaches.reverse();
    reaches
}

/// The best of some found, and how many as good as the last of them are left out. Only where the last is as
/// good as the best do those equal to it matter.
fn cut(mut found: Vec<(PersonIx, f64)>) -> (Vec<(PersonIx, f64)>, u32) {
    let best = found.iter().map(|(_, bits)| *bits).fold(f64::NEG_INFINITY, f64::max);
    found.retain(|(_, bits)| *bits >= best - FAR_BEHIND);
    if found.len() <= MOST {
        return (found, 0);
    }
    let by_weight = |a: &(PersonIx, f64), b: &(PersonIx, f64)| ordered(b.1).cmp(&ordered(a.1)).then(a.0.cmp(&b.0));
    found.select_nth_unstable_by(MOST - 1, by_weight);
    let last = found[MOST - 1].1;
    if last < best - NEAR_THE_BEST {
        found.truncate(MOST);
        return (found, 0);
    }
    found.retain(|(_, bits)| ordered(*bits) >= ordered(last));
    found.sort_unstable_by(by_weight);
    let left_out = found.len().saturating_sub(MOST_EQUAL);
    found.truncate(MOST_EQUAL);
    (found, u32::try_from(left_out).unwrap_or(u32::MAX))
}

/// Bits in steps fine enough that sums taken in another order are equal.
fn ordered(bits: f64) -> i64 {
    #[allow(clippy::cast_possible_truncation)] // Weights are some hundred bits at most.
    let steps = (bits * 1e6).round() as i64;
    steps
}
