//! Who is known: payroll rows folded to persons, found again by every key, each with a standing on
//! any day.

mod employers;
mod fold;
mod index;
mod kept;
mod namesakes;
mod posts;
mod reference;
mod standing;
mod told;
mod unused_rows;

pub use index::{Index, employee_key, mail_key, name_keys};
pub use kept::remembered;
pub use reference::{Resolution, named};
pub use standing::{Scope, Standing, Tenure, counts};
pub use unused_rows::{Ties, UnusedRows};

use crate::config::{Config, EmploymentTerms};
use crate::ingest::{FoldCount, Payroll};
use crate::model::{Employment, End, Field, NameKey, Person, PersonIx, System};
use crate::runfolder::PersonLine;
use chrono::NaiveDate;
use employers::Employers;
use fold::Folded;
use namesakes::LikePersons;
use posts::Posts;
use rayon::prelude::*;
use std::collections::BTreeMap;

/// What payroll as a whole can and cannot tell.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PayrollFacts {
    /// Whether some row tells of the end of an employment, or of its status.
    pub tells_ends: bool,
    /// Whether some row tells where people work.
    pub tells_departments: bool,
    /// Whether some employment tells its employer: by a column, or because its file states one.
    pub tells_employers: bool,
    /// Whether some row tells who is on leave.
    pub tells_leave: bool,
    /// Whether any employment had ended before the extract.
    pub holds_ended: bool,
    /// The day payroll proves: its stated extract day, else the reference date.
    pub day: NaiveDate,
    /// The day its own rules are tested on: the earlier of that and the reference date.
    pub tested_day: NaiveDate,
    /// Whether that day was stated of each of its files.
    pub day_stated: bool,
}

/// Every person known, in the order of their ids.
#[derive(Debug)]
pub struct Roster {
    persons: Vec<Person>,
    index: Index,
    namesakes: LikePersons,
    /// Whose employment counts for each system.
    employers: Employers,
    /// Keys that payroll itself has.
    keys: Vec<Field>,
    terms: EmploymentTerms,
    posts: Posts,
    /// Rows that could not be used.
    unused: UnusedRows,
    /// What payroll can tell.
    pub facts: PayrollFacts,
}

impl Roster {
    /// Folds payroll's rows to persons, of which no row is left, and says in its reports what went together and what was
    /// kept apart. `known` is what the run before remembered of persons.
    pub fn new(payroll: &mut Payroll, config: &Config, names: &NameKey, known: &BTreeMap<String, PersonLine>) -> Self {
        let files = || payroll.reports.iter().chain(&payroll.register_reports);
        let exported: Vec<Option<NaiveDate>> = files().map(|report| report.exported).collect();
        let rows = std::mem::take(&mut payroll.rows);
        let Folded { mut persons, persons_by_file, mut counts } = fold::fold(&rows, &exported, names);
        drop(rows);
        kept::keep_ids(&mut persons, known, names);
        persons.sort_by(|a, b| a.id.cmp(&b.id));
        let namesakes = LikePersons::new(&persons);
        namesakes.spread_protection(&mut persons);
        told::count_namesakes(&namesakes, &persons, &mut counts);
        let reports = payroll.reports.iter_mut().chain(&mut payroll.register_reports);
        for ((report, persons), count) in reports.zip(persons_by_file).zip(counts) {
            report.rows.folded = report.rows.records - persons;
            report.rows.records = persons;
            report.folding = FoldCount { destroyed_numbers: report.folding.destroyed_numbers, ..count };
            report.warnings.extend(told::warnings(&report.folding));
        }
        let facts = facts(payroll, &persons, config);
        let unused = UnusedRows::new(std::mem::take(&mut payroll.unused), facts.day);
        unused.add_to(&mut persons, (payroll.reports.len(), &config.registers));
        let index = Index::new(&persons);
        let posts = Posts::new(&config.review.posts, &persons);
        let (employers, keys) = (Employers::new(&persons, config), keys(&persons));
        Self { persons, index, namesakes, employers, keys, terms: config.payroll.terms.clone(), posts, unused, facts }
    }

    /// Every person with their place.
    pub fn persons(&self) -> impl ExactSizeIterator<Item = (PersonIx, &Person)> {
        self.persons.iter().enumerate().map(|(at, person)| (index::place(at), person))
    }

    /// The same, on every core.
    pub fn par_persons(&self) -> impl ParallelIterator<Item = (PersonIx, &Person)> {
        self.persons.par_iter().enumerate().map(|(at, person)| (index::place(at), person))
    }

    /// How many persons there are.
    pub fn len(&self) -> usize {
        self.persons.len()
    }

    /// How many of them stand in payroll itself, and not only in a register beside it.
    pub fn in_payroll(&self) -> usize {
        self.persons.iter().filter(|person| person.is_in_payroll()).count()
    }

    /// One person.
    pub fn person(&self, ix: PersonIx) -> &Person {
        &self.persons[ix.0 as usize]
    }

    /// The keys persons are found by.
    pub fn index(&self) -> &Index {
        &self.index
    }

    /// The keys that payroll itself has, and not only a register beside it: of what its people lack, no export can meet
    /// anything.
    pub fn keys(&self) -> impl Iterator<Item = Field> {
        self.keys.iter().copied()
    }

    /// Persons with the same name and birth date under another number, who may be the same person: rehired, or
    /// given a personal number.
    pub fn namesakes(&self, ix: PersonIx) -> &[PersonIx] {
        self.namesakes.of(ix)
    }

    /// Whose employment counts for a system.
    pub fn scope(&self, system: &System) -> Scope<'_> {
        self.employers.scope(&system.id)
    }

    /// A person's standing for a system on a day.
    pub fn tenure(&self, ix: PersonIx, scope: Scope<'_>, day: NaiveDate) -> Tenure<'_> {
        standing::tenure(self.person(ix), scope, day, &self.terms)
    }

    /// Whether a person is employed on a day, by some employers.
    pub fn is_employed(&self, ix: PersonIx, scope: Scope<'_>, day: NaiveDate) -> bool {
        standing::is_employed(self.person(ix), scope, day)
    }

    /// Whether a person counts as employed on a day, by any employer.
    pub fn counts_as_employed(&self, ix: PersonIx, day: NaiveDate) -> bool {
        self.tenure(ix, Scope { companies: &[] }, day).counts_as_employed(day)
    }

    /// Whether nothing tells for certain if a person is employed on a day, by any employer.
    pub fn is_unknown(&self, ix: PersonIx, day: NaiveDate) -> bool {
        self.tenure(ix, Scope { companies: &[] }, day).standing == Standing::Unknown
    }

    /// What counts as employed.
    pub fn terms(&self) -> &EmploymentTerms {
        &self.terms
    }

    /// Whether an employment counts for a system.
    pub fn counts(&self, employment: &Employment, scope: Scope<'_>) -> bool {
        counts(employment, scope)
    }

    /// Whoever stands on rows that could not be used.
    pub fn unused(&self) -> &UnusedRows {
        &self.unused
    }

    /// Texts that name a post.
    pub fn posts(&self) -> &Posts {
        &self.posts
    }

    /// Who is meant by an owner, administrator or manager as written. One with a namesake of the same birth date
    /// may be either.
    pub fn resolve(&self, written: &str) -> Resolution {
        match reference::resolve(written, self) {
            Resolution::Person(ix) if !self.namesakes(ix).is_empty() => {
                Resolution::Several(std::iter::once(ix).chain(self.namesakes(ix).iter().copied()).collect())
            }
            resolution => resolution,
        }
    }

    /// How many persons are employed on a day, by any employer.
    pub fn employed_on(&self, day: NaiveDate) -> usize {
        let scope = Scope { companies: &[] };
        self.persons().filter(|(ix, _)| self.is_employed(*ix, scope, day)).count()
    }
}

/// The keys that one person of payroll in ten has at the least.
fn keys(persons: &[Person]) -> Vec<Field> {
    /// One person in so many: an export of which fewer are met is told to have another key.
    const ONE_IN: usize = 10;
    let people: Vec<&Person> = persons.iter().filter(|person| person.is_in_payroll()).collect();
    let with_key = |field: Field| people.iter().filter(|person| person.has_key(field)).count();
    let is_key = |field: &Field| with_key(*field) > 0 && with_key(*field) * ONE_IN >= people.len();
    [Field::PersonalNumber, Field::EmployeeNumber, Field::HsaId, Field::Email].into_iter().filter(is_key).collect()
}

fn facts(payroll: &Payroll, persons: &[Person], config: &Config) -> PayrollFacts {
    let stated = config.payroll.exported();
    let day = stated.unwrap_or(config.review.as_of);
    let employments = || persons.iter().flat_map(|person| &person.employments);
    let gives = |field: Field| payroll.reports.iter().any(|report| report.gives(field));
    PayrollFacts {
        tells_ends: gives(Field::EmploymentEnd)
            || gives(Field::EmploymentStatus)
            || employments().any(|e| e.end != End::Open || e.status.is_some()),
        tells_departments: gives(Field::Department),
        tells_employers: !employers::named(persons).is_empty(),
        tells_leave: gives(Field::LeaveFrom)
            || gives(Field::LeaveReason)
            || employments().any(Employment::tells_of_leave),
        holds_ended: employments().any(|e| e.engagement.is_none() && e.has_ended(day)),
        day,
        tested_day: day.min(config.review.as_of),
        day_stated: config.payroll.files.iter().all(|file| file.exported.is_some()),
    }
}
