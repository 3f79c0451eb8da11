//! A system whose export is not there, cannot be read, or holds no account.

use crate::model::{LeftOut, Severity, Text, message};
use crate::review::rule::always;
use crate::review::{Check, Fact, Group, Hit, Rule, Stage, SystemCx};

pub(super) const RULE: Rule = Rule {
    id: "source-missing",
    group: Group::Control,
    base: Severity::High,
    title: Text::new("Systemets export saknas", "The system's export is missing"),
    why: Text::new(
        "Systemet ingår i granskningen men har inte kunnat prövas. Frånvaro av avvikelser betyder här \
         ingenting.",
        "The system is part of the review but could not be tested. That there are no deviations means \
         nothing here.",
    ),
    action: Text::new(
        "Leverera en läsbar export och kör granskningen igen, eller dokumentera vem som beslutat att systemet \
         inte prövas.",
        "Deliver a readable export and run the review again, or document who decided that the system is not \
         tested.",
    ),
    proposal: Text::new("Leverera export", "Deliver an export"),
    clauses: &["ISO/IEC 27001:2022 A.5.18", "Kommunallagen (2017:725) 6 kap. 6 §"],
    stage: Stage::Facts,
    untested: always,
    check: Check::System(check),
};

fn check(cx: &SystemCx<'_>) -> Option<Hit> {
    let error = cx.review.systems[cx.place].delivered.err()?;
    if let Some(left_out) = &cx.config.system.left_out {
        return Some(decided(left_out));
    }
    let (sv, en) = (&error.says.sv, &error.says.en);
    let hit = Hit::new(message!("Systemet kunde inte prövas: {sv}.", "The system could not be tested: {en}."));
    Some(hit.fact("file", Fact::Text(error.place.file.clone())))
}

/// Left out on purpose: told as it was decided, and graver where it does not say by whom or why.
fn decided(left_out: &LeftOut) -> Hit {
    let (by, why) = (left_out.by.trim(), left_out.why.trim());
    let whole = !by.is_empty() && !why.is_empty();
    let mut hit = Hit::new(match whole {
        true => message!(
            "Systemet är undantaget från granskningen: {why}. Beslutat av {by}.",
            "The system is left out of the review: {why}. Decided by {by}."
        ),
        false => message!(
            "Systemet är undantaget från granskningen, men förteckningen säger inte både vem som beslutat det och varför.",
            "The system is left out of the review, but the list does not say both who decided so and why."
        ),
    });
    hit.base = Some(if whole { Severity::Info } else { Severity::Medium });
    hit.fact("decided_by", Fact::Text(by.to_owned())).fact("why", Fact::Text(why.to_owned()))
}
