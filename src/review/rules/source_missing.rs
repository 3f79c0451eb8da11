//! A system whose export is not there, cannot be read, or holds no account.

use crate::model::{HalfDecided, LeftOut, Severity, Text, message};
use crate::review::rule::always;
use crate::review::{Check, Fact, Group, Hit, RestsOn, Rule, Stage, SystemCx, Tells};

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
    tells: Tells::NothingMore,
    rests_on: RestsOn::NOTHING,
    check: Check::System { untested: always, check },
};

fn check(cx: &SystemCx<'_>) -> Option<Hit> {
    let error = cx.review.systems[cx.place].delivered.err()?;
    if let Some(left_out) = &cx.config.system.left_out {
        return Some(decided(left_out));
    }
    let (sv, en) = (&error.says.sv, &error.says.en);
    let mut says = message!("Systemet kunde inte prövas: {sv}.", "The system could not be tested: {en}.");
    if let Some(half) = cx.config.system.half_decided {
        let Text { sv, en } = missing_half(half);
        says.sv.push_str(sv);
        says.en.push_str(en);
    }
    let hit = Hit::new(says);
    Some(hit.fact("file", Fact::Text(error.place.file.clone())))
}

/// Left out on purpose: told as it was decided.
fn decided(left_out: &LeftOut) -> Hit {
    let (by, why) = (left_out.by.trim(), left_out.why.trim());
    let mut hit = Hit::new(message!(
        "Systemet är undantaget från granskningen: {why}. Beslutat av {by}.",
        "The system is left out of the review: {why}. Decided by {by}."
    ));
    hit.base = Some(Severity::Info);
    hit.fact("decided_by", Fact::Text(by.to_owned())).fact("why", Fact::Text(why.to_owned()))
}

/// Half a decision is none; which half is missing.
fn missing_half(half: HalfDecided) -> Text {
    match half {
        HalfDecided::ByNobody => Text::new(
            " Systemförteckningen har ett skäl till undantag men säger inte vem som beslutat det, så det gäller inte.",
            " The list of systems has a reason for leaving it out but does not say who decided so, so it does not hold.",
        ),
        HalfDecided::ForNoReason => Text::new(
            " Systemförteckningen säger vem som beslutat om undantag men inget skäl, så det gäller inte.",
            " The list of systems says who decided to leave it out but gives no reason, so it does not hold.",
        ),
    }
}
