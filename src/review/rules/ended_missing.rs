//! A payroll extract without ended employments: every leaver rule finds nothing, and must not look
//! clean.

use crate::model::{Severity, Text, message};
use crate::review::gaps::{ENDS, Gap, in_payroll};
use crate::review::{Check, Fact, Group, Hit, RestsOn, Review, Rule, Stage, Tells};

pub(super) const RULE: Rule = Rule {
    id: "ended-missing",
    group: Group::Control,
    base: Severity::High,
    title: Text::new("Avslutade anställningar saknas i underlaget", "Ended employments are missing from the input"),
    why: Text::new(
        "Personalregistret innehåller ingen anställning som hade upphört när det togs ut. Konton för dem som \
         slutat kan då inte kännas igen som avslutade; de syns bara som konton utan träff.",
        "Payroll holds no employment that had ended when it was extracted. Accounts of leavers can then not \
         be recognised as such; they only show as accounts without a match.",
    ),
    action: Text::new(
        "Ta ut personalregistret på nytt med avslutade anställningar för minst två år.",
        "Extract payroll again with ended employments for at least two years.",
    ),
    proposal: Text::new("Ta ut personalregistret på nytt", "Extract payroll again"),
    clauses: &["ISO/IEC 27001:2022 A.6.5", "NIST SP 800-53 r5 PS-4"],
    stage: Stage::Facts,
    tells: Tells::NothingMore,
    rests_on: RestsOn::NOTHING,
    check: Check::Whole(check),
};

fn check(review: &Review<'_>) -> Option<Hit> {
    let facts = review.roster.facts;
    let day = facts.day;
    let since = review.config.payroll.includes_ended_since;
    if facts.holds_ended && since.is_none_or(|since| since < day) {
        return of_some(review);
    }
    let hit = Hit::new(if facts.tells_ends {
        message!(
            "Personalregistret innehåller ingen anställning som upphört före {day}. Reglerna för avslutade \
             anställningar är i praktiken inte prövade.",
            "Payroll holds no employment that ended before {day}. The rules on leavers are in practice untested."
        )
    } else {
        message!(
            "Personalregistret har ingen kolumn för anställningens slut, eller en som är tom på alla rader. Reglerna \
             för avslutade anställningar är inte prövade.",
            "Payroll has no column for the end of employment, or one that is empty on every row. The rules on leavers are \
             untested."
        )
    });
    Some(hit.day("payroll_day", Some(day)).day("includes_ended_since", since))
}

/// Some of payroll says of those at work when they leave, and some does not.
fn of_some(review: &Review<'_>) -> Option<Hit> {
    let Gap { headers, places } = in_payroll(review, ENDS)?;
    let mut hit = Hit::new(message!(
        "Personalregistret ({places}) har ingen kolumn som {headers}. Om de som står där har slutat kan inte prövas.",
        "Payroll ({places}) has no column like {headers}. Whether those who stand there have left cannot be tested."
    ));
    hit.base = Some(Severity::Medium);
    hit.title =
        Some(Text::new("Slutdatum saknas i en del av underlaget", "Last days are missing from part of the input"));
    let hit = hit.mended("[payroll.columns]", "employment_end = \"Rubrik\"").when(Text::new(
        "med kolumnens rubrik i stället för Rubrik, om den heter något annat",
        "with the column's header in place of Rubrik, if it is called something else",
    ));
    Some(hit.fact("files", Fact::Text(places)))
}
