//! A stated holder who is not found, or whom the account's own facts contradict.

use crate::model::{Severity, Text, message};
use crate::review::rule::needs_export;
use crate::review::{AccountCx, Check, Group, Hit, RestsOn, Rule, Stage, Tells};

pub(super) const RULE: Rule = Rule {
    id: "stated-holder-unmet",
    group: Group::Account,
    base: Severity::Medium,
    title: Text::new("Angiven innehavare kan inte bekräftas", "The stated holder cannot be confirmed"),
    why: Text::new(
        "I ett svar angavs vem kontot tillhör, men personen går inte att hitta eller stämmer inte med kontots nummer. Kontot prövas då inte mot den personens anställning.",
        "An answer named whose the account is, but the person cannot be found or is not the one of the account's numbers. The account is then not tested against that person's employment.",
    ),
    action: Text::new(
        "Ange innehavaren på nytt, helst med anställningsnummer, eller rätta kontots uppgifter i systemet.",
        "Name the holder anew, best by employee number, or correct the account's facts in the system.",
    ),
    proposal: Text::new("Ange innehavarens anställningsnummer", "State the holder's employee number"),
    clauses: &["ISO/IEC 27001:2022 A.5.16"],
    stage: Stage::Loop,
    tells: Tells::NothingMore,
    rests_on: RestsOn::NOTHING,
    check: Check::Account { untested: needs_export, check },
};

fn check(cx: &AccountCx<'_>) -> Option<Hit> {
    let stated = cx.stated_holder()?;
    if stated.person.is_some() && cx.matched.person() == stated.person {
        return None;
    }
    let who = &stated.who;
    let hit = Hit::new(match stated.person {
        Some(_) => message!(
            "Som rätt innehavare angavs {who}, men kontots egna uppgifter är någon annans.",
            "{who} was named as the right holder, but the account's own facts are somebody else's."
        ),
        None => message!(
            "Som rätt innehavare angavs {who}. Det går inte att avgöra vem i registren som avses.",
            "{who} was named as the right holder. It cannot be told who in the registers is meant."
        ),
    });
    Some(hit.day("stated_on", stated.on))
}
