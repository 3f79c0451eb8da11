//! An account that is nobody's in particular, whose named owner is not employed, or cannot be found.

use crate::model::{AccountClass, Severity, Text, message};
use crate::review::rule::needs_export;
use crate::review::{AccountCx, Check, Fact, Group, Hit, RestsOn, Rule, Stage, Tells, Unable};

pub(super) const RULE: Rule = Rule {
    id: "account-owner-left",
    group: Group::Owner,
    base: Severity::High,
    title: Text::new("Kontots ägare kan inte ansvara för det", "The account's owner cannot answer for it"),
    why: Text::new(
        "Den som står som ägare är inte anställd, går inte att hitta, eller delar namn med flera.",
        "The person stated as owner is not employed, cannot be found, or shares the name with others.",
    ),
    action: Text::new(
        "Utse en ny ägare, helst med anställningsnummer, eller inaktivera kontot.",
        "Appoint a new owner, preferably by employee number, or disable the account.",
    ),
    proposal: Text::new("Utse ny ägare", "Appoint a new owner"),
    clauses: &["ISO/IEC 27001:2022 A.5.16, A.5.18", "PCI DSS 4 8.2.2"],
    stage: Stage::Facts,
    tells: Tells::NobodyAnswers,
    rests_on: RestsOn::NOTHING,
    check: Check::Account { untested: needs_export, check },
};

fn check(cx: &AccountCx<'_>) -> Option<Hit> {
    let nobodys = cx.matched.class.needs_named_owner() || cx.matched.class == AccountClass::Unknown;
    let written = cx.stated_owner().filter(|_| nobodys && cx.person.is_none())?;
    let (why, persons) = cx.system.review.unable_to_answer(written, cx.tested_day())?;
    let message = match why {
        Unable::NotEmployed => message!("Kontots ägare är inte anställd.", "The account's owner is not employed."),
        Unable::NotKnown => message!(
            "Det går inte att läsa i personalregistret om kontots ägare är anställd.",
            "It cannot be read from payroll whether the account's owner is employed."
        ),
        Unable::Several(_) => message!(
            "Kontots ägare är angiven med ett namn som flera har.",
            "The account's owner is stated by a name that several persons have."
        ),
        Unable::Unknown => message!(
            "Kontots ägare går inte att hitta i personalregistret.",
            "The account's owner cannot be found in payroll."
        ),
    };
    Some(
        Hit { base: Unable::base([why]), ..Hit::new(message) }
            .fact("owner", Fact::Reference(written.to_owned(), persons)),
    )
}
