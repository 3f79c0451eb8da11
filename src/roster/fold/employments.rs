//! One employment, though several rows tell it: a revision of it, or the same register month by month.
//!
//! The same person, number, employer and first day is one employment. Jobs side by side that began on one day are
//! told from a revision by where they are, and by parts of full time that fit together.

use super::history::History;
use super::identity::Identity;
use super::stretches::{Chain, chains};
use crate::ingest::PayrollRow;
use crate::model::{Employment, EmploymentClass, EmploymentStatus, End, Engagement, fold};
use chrono::NaiveDate;
use std::collections::BTreeMap;

/// Rows that may tell one employment.
pub struct Telling<'r> {
    rows: Vec<&'r PayrollRow>,
}

impl<'r> Telling<'r> {
    /// The rows.
    pub fn rows(&self) -> &[&'r PayrollRow] {
        &self.rows
    }
}

/// What two rows of one employment have in common.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
struct Told<'i> {
    number: Option<&'i str>,
    company: Option<&'i str>,
    start: Option<NaiveDate>,
    class: EmploymentClass,
    engagement: Option<(&'i str, Option<String>)>,
}

/// Sorts a person's rows by employment.
pub fn tellings<'r>(rows: &[&Identity<'r>]) -> Vec<Telling<'r>> {
    let mut told: BTreeMap<Told<'_>, Vec<&'r PayrollRow>> = BTreeMap::new();
    for identity in rows {
        told.entry(told_by(identity)).or_default().push(identity.row);
    }
    told.into_values().map(|rows| Telling { rows }).collect()
}

fn told_by<'i>(identity: &'i Identity<'_>) -> Told<'i> {
    let employment = &identity.row.employment;
    let sponsor = |engagement: &Engagement| engagement.sponsor.as_deref().map(fold);
    Told {
        number: identity.number.as_deref(),
        company: identity.company.as_deref(),
        start: employment.start,
        class: employment.class,
        engagement: employment.engagement.as_ref().map(|own| (own.register.as_str(), sponsor(own))),
    }
}

/// The employments that some rows tell, with the other rows of each.
pub fn employments(telling: &Telling<'_>, history: &History) -> Vec<Employment> {
    if let [row] = telling.rows[..] {
        return vec![row.employment.clone()];
    }
    // Without a first day only a history says that two rows tell the same.
    let in_history = |row: &&PayrollRow| history.is_told_by(row.employment.source.file.0);
    if telling.rows[0].employment.start.is_none() && !telling.rows.iter().all(in_history) {
        return telling.rows.iter().map(|row| row.employment.clone()).collect();
    }
    let posts = posts(telling);
    if posts.len() == 1 || !are_side_by_side(&posts, history) {
        return in_turn(&telling.rows, history);
    }
    posts.iter().flat_map(|rows| in_turn(rows, history)).collect()
}

/// The employments of some rows of one post, whose terms may be told in turn.
fn in_turn(rows: &[&PayrollRow], history: &History) -> Vec<Employment> {
    chains(rows).iter().map(|chain| of_chain(chain, history)).collect()
}

/// The employment that stretches following on each other tell: the last one's end, and what the others add.
fn of_chain(chain: &Chain<'_>, history: &History) -> Employment {
    let mut employment = one(&chain.last, history);
    employment.end = chain.end(&employment);
    employment.start = chain.begins.or(employment.start);
    let now = history.exported(chain.last[0]).map(|day| chain.in_force(day)).filter(|now| !now.is_empty());
    if let Some(now) = now {
        take_post(&mut employment, one(&now, history));
    }
    for row in latest_first(&chain.before, history) {
        add(&mut employment, &row.employment);
    }
    employment.told_in.sort_unstable();
    employment
}

/// Takes over what is told of the work now, where the last stretch is to come.
fn take_post(employment: &mut Employment, now: Employment) {
    let Employment { form, department, unit, title, manager, degree, .. } = now;
    (employment.form, employment.degree) = (form, degree);
    (employment.department, employment.unit) = (department, unit);
    (employment.title, employment.manager) = (title, manager);
}

/// Rows by department, unit and title.
fn posts<'r>(telling: &Telling<'r>) -> Vec<Vec<&'r PayrollRow>> {
    let mut posts: BTreeMap<_, Vec<&'r PayrollRow>> = BTreeMap::new();
    for row in &telling.rows {
        let folded = |text: &Option<String>| text.as_deref().map(fold);
        let Employment { department, unit, title, .. } = &row.employment;
        posts.entry((folded(department), folded(unit), folded(title))).or_default().push(row);
    }
    posts.into_values().collect()
}

/// Whether posts that began on one day are jobs held at once, and not the stations of one: nothing says which
/// came after the other, and either they end alike, so that it does not matter, or their parts of full time fit
/// into one.
fn are_side_by_side(posts: &[Vec<&PayrollRow>], history: &History) -> bool {
    const FULL_TIME: u32 = 1000;
    let all: Vec<&PayrollRow> = posts.iter().flatten().copied().collect();
    let in_turn = all.iter().any(|row| history.is_told_by(row.employment.source.file.0))
        || all.iter().any(|row| {
            let (own, first) = (&row.employment, &all[0].employment);
            own.registered != first.registered || own.source.file != first.source.file
        });
    if in_turn {
        return false;
    }
    let each: Vec<Employment> = posts.iter().map(|rows| one(rows, history)).collect();
    let degrees: Option<u32> = each.iter().map(|employment| employment.degree.map(u32::from)).sum();
    let end_alike = each.iter().all(|e| (e.end, e.status) == (each[0].end, each[0].status));
    end_alike || degrees.is_some_and(|sum| sum <= FULL_TIME)
}

/// The employment that several rows tell: the row that holds, with what others add to it.
fn one(rows: &[&PayrollRow], history: &History) -> Employment {
    let ordered = latest_first(rows, history);
    let holding = holding(&ordered, history);
    let mut employment = holding.employment.clone();
    for row in ordered.iter().filter(|row| row.employment.source != holding.employment.source) {
        add(&mut employment, &row.employment);
    }
    employment.told_in.sort_unstable();
    employment
}

/// Rows with the latest word first, as far as it can be told, else by what they say.
fn latest_first<'r>(rows: &[&'r PayrollRow], history: &History) -> Vec<&'r PayrollRow> {
    let mut ordered = rows.to_vec();
    ordered.sort_by(|a, b| {
        let by_time = history.time(b).cmp(&history.time(a));
        by_time.then_with(|| a.employment.said().cmp(&b.employment.said()))
    });
    ordered
}

/// The row whose end holds. One that states an end beats one that states none; of several the latest, else one
/// whose end cannot be read, since nothing then says that another holds, else the earliest. That a row stands in an archive
/// says nothing beside one that does not.
fn holding<'r>(latest_first: &[&'r PayrollRow], history: &History) -> &'r PayrollRow {
    let is_doubted = |row: &PayrollRow| row.perhaps_archived && row.employment.end == End::Unknown;
    let states_end = |row: &&&PayrollRow| {
        let employment = &row.employment;
        !is_doubted(row) && employment.end != End::Open || employment.status == Some(EmploymentStatus::Ended)
    };
    let stating: Vec<&PayrollRow> = latest_first.iter().filter(states_end).copied().collect();
    let last = history.latest(stating);
    let by_end = |row: &&&PayrollRow| match row.employment.end {
        End::Unknown => (0, None),
        End::On(day) => (1, Some(day)),
        End::Open => (2, None),
    };
    let told = latest_first.iter().find(|row| !is_doubted(row)).unwrap_or(&latest_first[0]);
    last.iter().min_by_key(by_end).copied().unwrap_or(told)
}

/// Adds what another row tells: what the holding one leaves blank, the last day worked, leaves, and, of the same end, the
/// day it was first registered.
fn add(employment: &mut Employment, other: &Employment) {
    fn fill<T: Clone>(slot: &mut Option<T>, value: &Option<T>) {
        if slot.is_none() {
            slot.clone_from(value);
        }
    }
    fill(&mut employment.form, &other.form);
    fill(&mut employment.department, &other.department);
    fill(&mut employment.unit, &other.unit);
    fill(&mut employment.title, &other.title);
    fill(&mut employment.manager, &other.manager);
    fill(&mut employment.degree, &other.degree);
    employment.last_worked = employment.last_worked.max(other.last_worked);
    add_leaves(employment, other);
    if employment.end == other.end && employment.end != End::Open {
        employment.registered = [employment.registered, other.registered].into_iter().flatten().min();
    }
    employment.told_in.push(other.source);
}

/// Adds the leaves that another row of the same sheet tells, a row each. Those of another month may be over since.
fn add_leaves(employment: &mut Employment, other: &Employment) {
    if employment.source.list() == other.source.list() {
        employment.leaves.extend(&other.leaves);
        employment.leaves.sort_unstable();
        employment.leaves.dedup();
    }
}
