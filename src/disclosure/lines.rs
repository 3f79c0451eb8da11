//! The lines of the data files.

use super::{Audience, Door, holder, past};
use crate::followup::Tracked;
use crate::matching::{Candidate, Evidence, Outcome};
use crate::model::{AccountState, Message, Person};
use crate::review::{AccountCx, Fact, Rule, Subject, nearly};
use crate::runfolder::{AccountLine, AnswerLine, EvidenceLine, FindingLine, ModifierLine, NearlyLine, RunnerUpLine};
use chrono::NaiveDate;
use serde_json::{Value, json};

/// Runners-up shown beside the best.
const RUNNERS_UP: usize = 2;

/// One account.
pub fn account(cx: &AccountCx<'_>, door: &Door<'_>) -> AccountLine {
    let (matched, person) = (cx.matched, cx.person);
    let main = cx.tenure().and_then(|tenure| tenure.main);
    let best = matched.candidates.first();
    let text = |text: Option<&str>| door.show_some(text).map(String::from);
    let of_work = |text: Option<&String>| text.map(|text| String::from(door.show_often(text)));
    let id = |person: &Person| String::from(door.show_open(&person.id.0));
    let listed = if matched.outcome == Outcome::Linked { &[][..] } else { &matched.candidates[..] };
    AccountLine {
        system: cx.system.config.system.id.to_string(),
        account: door.label(cx).into(),
        guid: text(cx.text(cx.account.guid)),
        class: matched.class.code().to_owned(),
        enabled: match cx.account.state {
            AccountState::Active => Some(true),
            AccountState::Disabled => Some(false),
            AccountState::NotStated => None,
        },
        privileged: cx.is_privileged(),
        roles: texts(cx.roles(), door),
        outcome: matched.outcome.code().to_owned(),
        person: person.map(id),
        employee_numbers: person.map(|person| numbers(person, door)).unwrap_or_default(),
        candidates: listed.iter().map(|candidate| candidate_id(candidate, door)).collect(),
        employment: cx.tenure().map(|tenure| tenure.standing.code().to_owned()),
        employment_end: cx.tenure().and_then(|tenure| tenure.end).map(iso),
        department: of_work(main.and_then(|employment| employment.department.as_ref())),
        unit: of_work(main.and_then(|employment| employment.unit.as_ref())),
        title: of_work(main.and_then(|employment| employment.title.as_ref())),
        probability: rounded(matched.probability(), 6),
        active_probability: rounded(matched.active_probability, 6),
        evidence: best.map(|best| evidence(&best.evidence)).unwrap_or_default(),
        runners_up: runners_up(cx, door),
        traces: cx.traces(),
        name_print: Some(door.review.names.print(&holder::name(cx, door))),
        nearly: nearly(cx).into_iter().map(|(rule, says)| near_line(rule, &says, door)).collect(),
    }
}

fn near_line(rule: &Rule, says: &Message, door: &Door<'_>) -> NearlyLine {
    NearlyLine { rule: rule.id.to_owned(), message: door.say(says).into() }
}

fn numbers(person: &Person, door: &Door<'_>) -> Vec<String> {
    person.numbers_shown().iter().map(|number| door.show_open(number).into()).collect()
}

fn candidate_id(candidate: &Candidate, door: &Door<'_>) -> String {
    door.show_open(&door.review.roster.person(candidate.person).id.0).into()
}

fn runners_up(cx: &AccountCx<'_>, door: &Door<'_>) -> Vec<RunnerUpLine> {
    if cx.matched.is_keyed() && cx.matched.outcome == Outcome::Linked {
        return Vec::new();
    }
    let others = cx.matched.candidates.iter().skip(1).take(RUNNERS_UP);
    others
        .map(|candidate| RunnerUpLine {
            person: candidate_id(candidate, door),
            probability: rounded(candidate.probability, 6),
            evidence: evidence(&candidate.evidence),
        })
        .collect()
}

fn evidence(list: &[Evidence]) -> Vec<EvidenceLine> {
    let line = |e: &Evidence| EvidenceLine {
        field: e.field.key().to_owned(),
        level: e.level.key().to_owned(),
        bits: rounded(e.bits.into(), 2),
    };
    list.iter().map(line).collect()
}

/// Rounded once, when shown.
fn rounded(number: f64, decimals: i32) -> f64 {
    let scale = 10f64.powi(decimals);
    // Adding zero turns -0 into 0.
    (number * scale).round() / scale + 0.0
}

fn iso(day: NaiveDate) -> String {
    day.format("%Y-%m-%d").to_string()
}

/// One finding.
pub fn finding(tracked: &Tracked, door: &Door<'_>) -> FindingLine {
    let finding = &tracked.finding;
    let hit = finding.hit(door.review);
    let (system, account) = match finding.subject {
        Subject::Person(_) | Subject::Whole => (None, None),
        Subject::System(place) => (Some(place), None),
        Subject::Account(place, ix) => (Some(place), Some(door.label_at(place, ix))),
    };
    let system = system.map(|place| door.review.systems[place].config.system.id.to_string());
    let modifiers = finding.graded.modifiers.iter();
    FindingLine {
        key: door.review.key(finding, hit.mark.as_deref()),
        rule: finding.rule.id.to_owned(),
        group: finding.rule.group.code().to_owned(),
        severity: finding.graded.result.code().to_owned(),
        base_severity: finding.graded.base.code().to_owned(),
        modifiers: modifiers.map(|m| ModifierLine { reason: m.code().to_owned(), steps: m.steps() }).collect(),
        system,
        account: account.map(String::from),
        person: finding.person.map(|person| door.show_open(&door.review.roster.person(person).id.0).into()),
        message: door.say(&hit.message).into(),
        facts: hit.facts.iter().map(|(name, fact)| ((*name).to_owned(), value(fact, door))).collect(),
        state: tracked.state.code().to_owned(),
        first_seen: iso(tracked.first_seen),
        runs: tracked.runs,
        proof: None,
        answered: tracked.answer.is_some(),
        answer: restricted_answer(tracked, door),
    }
}

/// The values of a list in a data file.
pub fn texts<'t>(list: impl IntoIterator<Item = &'t str>, door: &Door<'_>) -> Vec<String> {
    door.show_list(list).iter().map(String::from).collect()
}

fn value(fact: &Fact, door: &Door<'_>) -> Value {
    match fact {
        Fact::Text(text) => json!(door.show(text).as_str()),
        Fact::List(list) => json!(texts(list.iter().map(String::as_str), door)),
        Fact::Number(number) => json!(number),
        Fact::Date(day) => json!(iso(*day)),
        Fact::Persons(persons) => {
            let open = persons.iter().filter_map(|person| door.names.open(*person));
            json!(open.map(|person| String::from(door.show_open(&person.id.0))).collect::<Vec<_>>())
        }
        Fact::Reference(written, persons) => json!(door.names.reference(written, persons).as_str()),
    }
}

/// The answer that was given; the restricted part alone carries those to its rows.
fn restricted_answer(tracked: &Tracked, door: &Door<'_>) -> Option<AnswerLine> {
    let mut answer = tracked.answer.as_deref().filter(|_| door.audience == Audience::Restricted)?.clone();
    past::let_out(&mut answer, door);
    Some(answer)
}
