//! Who could it be at all? Persons from lists of who shares what, opened only while they can matter.
//!
//! Every word of the account's name leads to a few words of the roster, and each of those to the list of
//! persons who bear it, with a weight in bits. Lists are opened by falling weight, and open new candidates
//! only while what is left could still lift someone to notice (MaxScore; Turtle & Flood 1995). What has no lists, an
//! initial and a unit, counts when they are opened as it does when it is weighed: of a long list only those who work
//! where the account is filed are met, where nothing else could lift them. So there is no blocking key to choose: a
//! rare surname misspelt is found by itself, and five thousand Anderssons are never walked through for an account
//! that says no more than Andersson.

use super::account_record::AccountRecord;
use super::bridge::LoanKind;
use super::compare::Comparer;
use super::evidence::Level;
use super::name_texts::{NameReading, Order, WordIx};
use super::names::{Lexicon, NamePart, ValueIx};
use super::population::Holder;
use super::record_pair::{CandidateSet, Effort, RecordPair};
use super::shares::Shares;
use crate::model::{BrokenNumber, PersonIx, StatedBirth};
use crate::roster::Roster;
use chrono::NaiveDate;
use libm::log2;
use std::cmp::Reverse;

/// Candidates compared field by field.
const MOST: usize = 40;

/// With as many as these equal to the last of them, all are compared: a unit may tell them apart.
const MOST_EQUAL: usize = 400;

/// Of those compared so many are kept, and the others only counted: whoever shares a name with more than these is told
/// from them by a key or a unit, or not at all.
const MOST_KEPT: usize = 100;

/// Bits that a unit or an account name could still make up for.
const NEAR_THE_BEST: f64 = 2.0;

/// Bits behind the best that nothing but a key makes up for, and those with a key are compared anyway: what
/// does not agree in a list counts against a person too, once compared.
const FAR_BEHIND: f64 = 7.0;

/// Bits below log2(N) at which a candidate is not worth finding: with π at 0.95 its probability is under
/// 0.05 even where nothing else is known.
const BELOW_NOTICE: f64 = 8.5;

/// What a birth date is worth is stated where it is compared; here it only opens its short list.
const BIRTH_BITS: f64 = 14.0;

/// Fields whose values have lists of persons.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Listed {
    Given,
    Surname,
    BirthDate,
}

impl Listed {
    const COUNT: usize = 3;
}

/// A list of persons who share something with the account.
struct List<'p> {
    persons: &'p [PersonIx],
    bits: f64,
    field: Listed,
}

/// Finds and compares.
#[derive(Clone, Copy)]
pub struct Finder<'a> {
    /// Keys.
    pub roster: &'a Roster,
    /// What comparing needs.
    pub comparer: Comparer<'a>,
    /// The tested day, by which numbers without century are read.
    pub day: NaiveDate,
}

impl Finder<'_> {
    /// Everyone worth comparing, compared.
    pub fn find(&self, record: &AccountRecord<'_>) -> (CandidateSet, Effort) {
        let comparer = self.comparer;
        let readings = &self.readings(record)[..];
        let keyed = self.by_key(record);
        let alone = if let [one] = keyed[..] { Some(comparer.compare(record, readings, one)) } else { None };
        let settled = alone.as_ref().filter(|pair| pair.has_key() && pair.names_agree());
        // Where a number and the name say the same, nobody else comes near, but one who may be the same person.
        let (mut persons, left_out, met) = match settled {
            Some(pair) if pair.has_hard_key() => (Vec::new(), 0, self.roster.namesakes(pair.person).len() as u64),
            _ => self.by_name(record, readings, self.notice(settled.map(|pair| pair.bits(comparer.shares)))),
        };
        persons.extend(keyed.iter().flat_map(|ix| std::iter::once(ix).chain(self.roster.namesakes(*ix))));
        persons.sort_unstable();
        persons.dedup();
        let pair = |person: &PersonIx| match &alone {
            Some(pair) if pair.person == *person => pair.clone(),
            _ => comparer.compare(record, readings, *person),
        };
        let pairs: Vec<RecordPair> = persons.iter().map(pair).collect();
        let effort = Effort { accounts: 1, candidates: met + keyed.len() as u64, pairs: pairs.len() as u64, words: 0 };
        let (pairs, more) = keep_best(pairs, comparer.shares);
        (CandidateSet { pairs, left_out: left_out.saturating_add(more) }, effort)
    }

    /// Every way to read an account's names; where it has none, but a birth date, one of no words.
    fn readings<'t>(&self, record: &AccountRecord<'t>) -> Vec<NameReading<'t>>
    where
        Self: 't,
    {
        let mut readings = record.readings(self.comparer.texts);
        if readings.is_empty() && record.birth_date.and_then(StatedBirth::day).is_some() {
            readings.push(NameReading::NAMELESS);
        }
        readings
    }

    /// Everyone a key leads to, in the order of the roster.
    fn by_key(&self, record: &AccountRecord<'_>) -> Vec<PersonIx> {
        let index = self.roster.index();
        let mut found: Vec<PersonIx> = Vec::new();
        if let Some(number) = record.personal_number {
            found.extend(index.by_number(number));
            found.extend(few(index.contesting(number)));
        }
        self.by_slip(record, &mut found);
        if let Some(number) = &record.employee_number {
            found.extend(index.by_employee(number));
            found.extend(few(index.sharing(number)));
        }
        if let Some(id) = &record.hsa_id {
            found.extend(index.by_hsa_id(id));
        }
        for mail in &record.mails {
            found.extend(index.by_mail(&mail.whole));
            found.extend(self.lent(LoanKind::Mail, Some(&mail.whole)));
        }
        found.extend(self.lent(LoanKind::HsaId, record.hsa_id.as_ref()));
        for id in &record.object_ids {
            found.extend(self.lent(LoanKind::ObjectId, Some(id)));
        }
        found.extend(self.lent(LoanKind::EmployeeNumber, record.employee_number.as_ref()));
        for handle in record.account_names.iter().chain(&record.everyday) {
            found.extend(index.by_user_name(&handle.whole));
            found.extend(self.lent(LoanKind::AccountName, Some(&handle.whole)));
        }
        for handle in record.handles.iter().chain(&record.everyday) {
            found.extend(self.comparer.population.by_mail_local(&handle.whole));
        }
        if let Some(Holder::Person(person)) =
            record.everyday.as_ref().and_then(|own| self.comparer.everyday.get(&own.whole))
        {
            found.push(*person);
        }
        found.sort_unstable();
        found.dedup();
        found
    }

    /// Adds those whose personal number is the account's but for a slip, on one side or the same on both.
    fn by_slip(&self, record: &AccountRecord<'_>, found: &mut Vec<PersonIx>) {
        let index = self.roster.index();
        if let Some(broken) = record.broken_number {
            found.extend(broken.meant(self.day).filter_map(|number| index.by_number(number)));
            found.extend(few(index.by_broken(broken)));
        }
        let unknown = record.personal_number.filter(|number| index.has_broken() && index.by_number(*number).is_none());
        let made = unknown.into_iter().flat_map(BrokenNumber::made_of);
        found.extend(made.flat_map(|broken| few(index.by_broken(broken)).iter().copied()));
    }

    /// Whose a lent value is; where it is that of many it points at nobody.
    fn lent(&self, kind: LoanKind, value: Option<&String>) -> Vec<PersonIx> {
        /// Two directories, and one that has been merged into both.
        const MOST_HOLDERS: usize = 4;
        let holders =
            |value: &String| self.comparer.population.lent_holders(kind, value, self.comparer.system).collect();
        let mut found: Vec<PersonIx> = value.map_or_else(Vec::new, holders);
        found.sort_unstable();
        found.dedup();
        if found.len() > MOST_HOLDERS { Vec::new() } else { found }
    }

    /// The best by name and birth date, how many as good were left out, and how many were met.
    fn by_name(
        &self,
        record: &AccountRecord<'_>,
        readings: &[NameReading<'_>],
        notice: f64,
    ) -> (Vec<PersonIx>, u32, u64) {
        let mut kept: Vec<PersonIx> = Vec::new();
        let (mut left_out, mut met) = (0, 0);
        let place = self.comparer.most_of_places(record);
        for reading in readings {
            let mut found = Found::default();
            self.open(&self.search(record, reading, (place, notice)), &mut found);
            met += found.met;
            let (few, more) = cut(found.different());
            left_out += more;
            kept.extend(few.iter().map(|(person, _)| *person));
        }
        (kept, left_out, met)
    }

    /// Whether a person works, or has worked, where the account is filed.
    fn is_at_place(&self, record: &AccountRecord<'_>, person: PersonIx) -> bool {
        let population = self.comparer.population;
        record.places.iter().any(|claim| population.at_place(claim.place).binary_search(&person).is_ok())
    }

    /// Bits from which a candidate is worth finding; beside a person whose address or account name and whole name
    /// agree, by what these weigh, one who comes near.
    fn notice(&self, settled: Option<f64>) -> f64 {
        /// A rival further behind has less than one chance in a thousand.
        const NEAR: f64 = 10.0;
        #[allow(clippy::cast_precision_loss)] // Far below 2^52 persons.
        let persons = self.comparer.population.len().max(1) as f64;
        settled.map_or(f64::NEG_INFINITY, |bits| bits - NEAR).max(log2(persons) - BELOW_NOTICE)
    }

    /// What a person who stands in no list of a field can still be given there, and what else can be added.
    fn most(&self, place: f64, reading: &NameReading<'_>) -> Most {
        let shares = self.comparer.shares;
        let missed = |part: NamePart, words: &[WordIx], differs: Level| {
            let initial = |word: &WordIx| self.comparer.texts.read_as(part, *word).initial;
            let fits = |(_, base): (char, f64)| shares.bits(part.field(), Level::Initial) + base;
            let initials = words.iter().filter_map(initial).map(fits);
            let differing = if words.is_empty() { 0.0 } else { shares.bits(part.field(), differs) };
            initials.fold(differing, f64::max)
        };
        let level = if reading.order == Order::Swapped { Level::Swapped } else { Level::Exact };
        let both = !reading.given.is_empty() && !reading.surname.is_empty();
        Most {
            missed: [
                missed(NamePart::Given, reading.given, Level::Differs),
                missed(NamePart::Surname, reading.surname, Level::Renamed),
                0.0,
            ],
            order: if both { shares.order_bits(level, reading.favour) } else { 0.0 },
            place,
        }
    }

    /// What one reading of a name, and the birth date, are searched for by.
    fn search<'a, 't>(
        &'a self,
        record: &'a AccountRecord<'t>,
        reading: &NameReading<'t>,
        (place, notice): (f64, f64),
    ) -> Search<'a, 't> {
        let population = self.comparer.population;
        let birth_date = record.birth_date.and_then(StatedBirth::day);
        Search {
            record,
            given: self.alike(&population.given, reading.given),
            surname: self.alike(&population.surname, reading.surname),
            born: birth_date.map(|day| population.born(day)),
            most: self.most(place, reading),
            notice,
        }
    }

    /// The words of a lexicon that speak for those who bear them. A word near to a common one speaks against them.
    fn alike<'a>(&self, lexicon: &'a Lexicon, words: &[WordIx]) -> Alike<'a> {
        let shares = self.comparer.shares;
        let field = lexicon.part().field();
        let similar = words.iter().flat_map(|word| &self.comparer.texts.read_as(lexicon.part(), *word).similar);
        let weighed = similar.map(|own| (own.value, shares.bits(field, own.level) + own.base));
        let mut words: Vec<(ValueIx, f64)> = weighed.filter(|(_, bits)| *bits > 0.0).collect();
        words.sort_by(|a, b| a.0.cmp(&b.0).then(b.1.total_cmp(&a.1)));
        words.dedup_by_key(|(value, _)| *value);
        Alike { lexicon, words }
    }

    /// Opens lists by falling weight: whole while someone first met there can come to notice by name, and for those
    /// who also work where the account is filed while that can lift them.
    fn open(&self, search: &Search<'_, '_>, found: &mut Found) {
        let Search { record, most, notice, .. } = search;
        let lists = search.lists();
        for (list, reach) in lists.iter().zip(most.reaches(&lists)) {
            if reach - most.place >= *notice {
                list.persons.iter().for_each(|person| self.meet(*person, search, found));
            } else if reach >= *notice {
                self.open_at_place(list, search, found);
            }
        }
        if most.of_nothing() + most.place >= *notice {
            let population = self.comparer.population;
            let places = record.places.iter().flat_map(|claim| population.at_place(claim.place));
            places.for_each(|person| self.meet(*person, search, found));
        }
    }

    /// Notes a person who comes to notice: by what every list gives, and an agreeing unit where that is needed.
    fn meet(&self, person: PersonIx, search: &Search<'_, '_>, found: &mut Found) {
        found.met += 1;
        let most = &search.most;
        let bits = most.of(search.given_to(person));
        if bits + most.place >= search.notice {
            let at_place = most.place > 0.0 && self.is_at_place(search.record, person);
            let bits = bits + if at_place { most.place } else { 0.0 };
            found.persons.extend((bits >= search.notice).then_some((person, bits)));
        }
    }

    /// Meets those of a list who work where the account is filed, by the shorter of the two lists.
    fn open_at_place(&self, list: &List<'_>, search: &Search<'_, '_>, found: &mut Found) {
        for claim in &search.record.places {
            let here = self.comparer.population.at_place(claim.place);
            let (short, long) =
                if here.len() < list.persons.len() { (here, list.persons) } else { (list.persons, here) };
            let both = short.iter().filter(|person| long.binary_search(person).is_ok());
            both.for_each(|person| self.meet(*person, search, found));
        }
    }
}

/// What one reading of a name is searched for by.
struct Search<'a, 't> {
    record: &'a AccountRecord<'t>,
    given: Alike<'a>,
    surname: Alike<'a>,
    born: Option<&'a [PersonIx]>,
    most: Most,
    notice: f64,
}

impl<'a> Search<'a, '_> {
    /// Its lists of persons, by falling weight.
    fn lists(&self) -> Vec<List<'a>> {
        let given = self.given.lists(Listed::Given);
        let born = self.born.map(|persons| List { persons, bits: BIRTH_BITS, field: Listed::BirthDate });
        let mut lists: Vec<List<'a>> = given.chain(self.surname.lists(Listed::Surname)).chain(born).collect();
        lists.sort_by(|a, b| b.bits.total_cmp(&a.bits).then(a.field.cmp(&b.field)).then(a.persons.cmp(b.persons)));
        lists
    }

    /// What the lists of each field give a person; `None` for one who stands in none of them. Told from the person's own
    /// words, which are two or three, where the lists are long.
    fn given_to(&self, person: PersonIx) -> [Option<f64>; Listed::COUNT] {
        let is_born_then = self.born.is_some_and(|born| born.binary_search(&person).is_ok());
        [self.given.given_to(person), self.surname.given_to(person), is_born_then.then_some(BIRTH_BITS)]
    }
}

/// Words of one part of names that are like those an account states, in their order, each with what it gives those who
/// bear it.
struct Alike<'a> {
    lexicon: &'a Lexicon,
    words: Vec<(ValueIx, f64)>,
}

impl<'a> Alike<'a> {
    fn lists(&self, field: Listed) -> impl Iterator<Item = List<'a>> {
        let lexicon = self.lexicon;
        self.words.iter().map(move |(value, bits)| List { persons: lexicon.bearers(*value), bits: *bits, field })
    }

    fn given_to(&self, person: PersonIx) -> Option<f64> {
        let borne = self.lexicon.borne_by(person).iter();
        let places = borne.filter_map(|value| self.words.binary_search_by_key(value, |(own, _)| *own).ok());
        places.fold(None, |sum, at| Some(sum.unwrap_or(0.0) + self.words[at].1))
    }
}

/// Who came to notice.
#[derive(Default)]
struct Found {
    /// With their bits; somebody who stands in several lists as often.
    persons: Vec<(PersonIx, f64)>,
    /// How many were met, whether they came to notice or not.
    met: u64,
}

impl Found {
    /// Each person once, in the order of the roster.
    fn different(mut self) -> Vec<(PersonIx, f64)> {
        self.persons.sort_unstable_by_key(|(person, _)| *person);
        self.persons.dedup_by_key(|(person, _)| *person);
        self.persons
    }
}

/// The most that an account can still give a person.
struct Most {
    /// By listed field, to one who stands in none of its lists.
    missed: [f64; Listed::COUNT],
    /// The order of the names.
    order: f64,
    /// An agreeing unit.
    place: f64,
}

impl Most {
    /// What the lists give with what it costs to stand in none, a unit left out.
    fn of(&self, given: [Option<f64>; Listed::COUNT]) -> f64 {
        self.order + given.iter().zip(self.missed).map(|(given, missed)| given.unwrap_or(missed)).sum::<f64>()
    }

    /// The same for someone who stands in no list.
    fn of_nothing(&self) -> f64 {
        self.order + self.missed.iter().sum::<f64>()
    }

    /// For each list, the most that someone first met there can come to: the list itself, of each other field the
    /// best list that is left or what missing it costs, and an agreeing unit.
    fn reaches(&self, lists: &[List<'_>]) -> Vec<f64> {
        let mut best = self.missed;
        let mut reaches: Vec<f64> = Vec::with_capacity(lists.len());
        for list in lists.iter().rev() {
            let own = &mut best[list.field as usize];
            *own = own.max(list.bits);
            reaches.push(self.order + self.place + best.iter().sum::<f64>());
        }
        reaches.reverse();
        reaches
    }
}

/// Those who share a number, where they are so few that it still says something.
fn few(bearers: &[PersonIx]) -> &[PersonIx] {
    if bearers.len() > MOST { &[] } else { bearers }
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

/// Everybody with a key and the best of the others, in the order of the roster, and how many are left out.
fn keep_best(pairs: Vec<RecordPair>, shares: &Shares) -> (Vec<RecordPair>, u32) {
    if pairs.len() <= MOST_KEPT {
        return (pairs, 0);
    }
    let (mut kept, mut others): (Vec<_>, Vec<_>) = pairs.into_iter().partition(RecordPair::has_key);
    others.sort_by_cached_key(|pair| (Reverse(ordered(pair.bits(shares))), pair.person));
    let left_out = others.split_off(MOST_KEPT.min(others.len())).len();
    kept.append(&mut others);
    kept.sort_unstable_by_key(|pair| pair.person);
    kept.shrink_to_fit();
    (kept, u32::try_from(left_out).unwrap_or(u32::MAX))
}

/// Bits in steps fine enough that sums taken in another order are equal.
fn ordered(bits: f64) -> i64 {
    #[allow(clippy::cast_possible_truncation)] // Weights are some hundred bits at most.
    let steps = (bits * 1e6).round() as i64;
    steps
}
