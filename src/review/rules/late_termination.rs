//! An end of employment that was registered after it had passed.

use crate::model::{End, Field, Severity, Text, days as in_days, message};
use crate::review::{Check, Group, Hit, PersonCx, RestsOn, Review, Rule, Stage, Tells};
use chrono::NaiveDate;

pub(super) const RULE: Rule = Rule {
    id: "late-termination",
    group: Group::Payroll,
    base: Severity::Medium,
    title: Text::new("Slutdatum registrerat för sent", "End date registered too late"),
    why: Text::new(
        "Slutdatumet registrerades först efter att anställningen hade upphört. Under tiden kunde ingen veta att kontona skulle stängas.",
        "The end date was registered only after the employment had ended. In the meantime nobody could know that the accounts were to be closed.",
    ),
    action: Text::new(
        "Ta upp med förvaltningen hur ett avslut anmäls i tid.",
        "Take up with the department how an end of employment is reported in time.",
    ),
    proposal: Text::new("Se över rutinen för avslut", "Review the routine for leavers"),
    clauses: &["ISO/IEC 27001:2022 A.6.5", "NIST SP 800-53 r5 PS-4"],
    stage: Stage::Facts,
    tells: Tells::NothingMore,
    rests_on: RestsOn::people(&[Field::EmploymentEnd, Field::Registered]),
    check: Check::Person { untested, check },
};

fn untested(review: &Review<'_>) -> Option<Text> {
    if review.recalled.previous.is_some() {
        return None;
    }
    review.lacks_in_payroll(
        Field::Registered,
        Text::new(
            "personalregistret har ingen kolumn för när uppgiften registrerades",
            "payroll has no column for when a row was registered",
        ),
    )
}

fn check(cx: &PersonCx<'_>) -> Option<Hit> {
    // The latest employment only: earlier ones have been followed by another.
    let paid = cx.person.employments.iter().filter(|employment| employment.engagement.is_none());
    let last = paid.max_by_key(|e| (e.end == End::Open, e.end.date(), e.start))?;
    let End::On(end) = last.end else { return None };
    if !last.has_ended(cx.tested_day()) {
        return None;
    }
    match last.registered {
        Some(registered) => registered_late(end, registered),
        None => seen_late(cx, end),
    }
}

fn registered_late(end: NaiveDate, registered: NaiveDate) -> Option<Hit> {
    let days = (registered - end).num_days();
    if days <= 0 {
        return None;
    }
    let (sv, en) = in_days(days).both();
    let hit = Hit::new(message!(
        "Anställningens slut registrerades {registered}, {sv} efter sista dagen.",
        "The end of the employment was registered on {registered}, {en} after the last day."
    ));
    Some(hit.day("employment_end", Some(end)).day("registered", Some(registered)).number("days", days))
}

/// Where payroll does not say when: the run before came after the last day and was told of an employment that goes on.
fn seen_late(cx: &PersonCx<'_>, end: NaiveDate) -> Option<Hit> {
    let previous = cx.review.recalled.previous.as_ref()?;
    if !previous.employed.contains(&cx.person.id.0) || end >= previous.payroll_day() {
        return None;
    }
    let day = previous.payroll_day();
    let hit = Hit::new(message!(
        "Anställningen upphörde {end}. Personalregistret från {day} visade den som pågående.",
        "The employment ended on {end}. Payroll of {day} showed it as going on."
    ));
    Some(hit.day("employment_end", Some(end)).day("previous", Some(day)))
}
