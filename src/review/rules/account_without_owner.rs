//! A service, shared or test account that nobody answers for.

use crate::model::{AccountClass, Severity, Text, message};
use crate::review::rule::needs_export;
use crate::review::{AccountCx, Check, Group, Hit, RestsOn, Rule, Stage, Tells};

pub(super) const RULE: Rule = Rule {
    id: "account-without-owner",
    group: Group::Owner,
    base: Severity::High,
    title: Text::new("Kontot saknar namngiven ägare", "The account has no named owner"),
    why: Text::new(
        "Tjänstekonton, gruppkonton och testkonton tillhör ingen person. Någon måste ändå ansvara för att de \
         behövs, för lösenordet och för vem som använder dem.",
        "Service, shared and test accounts belong to no person. Someone must still answer for whether they \
         are needed, for the password and for who uses them.",
    ),
    action: Text::new(
        "Ange en ägare i kolumnen Rätt innehavare, eller inaktivera kontot.",
        "State an owner in the column Right holder, or disable the account.",
    ),
    proposal: Text::new("Utse ägare", "Appoint an owner"),
    clauses: &["ISO/IEC 27001:2022 A.5.16, A.5.18", "NIST SP 800-53 r5 AC-2", "PCI DSS 4 8.2.2"],
    stage: Stage::Facts,
    tells: Tells::NobodyAnswers,
    rests_on: RestsOn::NOTHING,
    check: Check::Account { untested: needs_export, check },
};

fn check(cx: &AccountCx<'_>) -> Option<Hit> {
    if cx.person.is_some() || !cx.matched.class.needs_named_owner() || cx.stated_owner().is_some() {
        return None;
    }
    let kind = match cx.matched.class {
        AccountClass::Service => Text::new("Tjänstekontot", "The service account"),
        AccountClass::Shared => Text::new("Gruppkontot", "The shared account"),
        _ => Text::new("Testkontot", "The test account"),
    };
    let (sv, en) = (kind.sv, kind.en);
    let lapsed = cx.stated_exemption().filter(|own| own.owner.is_some()).and_then(|own| own.until);
    let says = match lapsed {
        Some(until) => message!(
            "{sv} saknar namngiven ägare i exporten, och undantaget som anger en gällde till och med {until}.",
            "{en} has no named owner in the export, and the exemption that states one held until {until}."
        ),
        None => message!(
            "{sv} saknar namngiven ägare i export och undantag.",
            "{en} has no named owner in the export or among the exemptions."
        ),
    };
    let says = if is_of_a_leaver(cx) {
        let (sv, en) = says.both();
        message!(
            "{sv} Adressen eller numret som står på kontot är någons som inte är anställd.",
            "{en} The address or number on the account is that of somebody who is not employed."
        )
    } else {
        says
    };
    Some(Hit::new(says).day("last_login", cx.last_login()))
}

/// Whether whoever is written down with the account by a key has left: who looked after it, or who used it.
fn is_of_a_leaver(cx: &AccountCx<'_>) -> bool {
    let contact = cx.matched.candidates.first().filter(|best| best.has_key());
    contact.is_some_and(|best| cx.is_gone(best.person))
}
