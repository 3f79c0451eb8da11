//! A system where most personal accounts have no holder: it is not reviewed in practice, whatever else is said.

use crate::model::{AccountClass, Message, Severity, Text, message};
use crate::review::rule::needs_export;
use crate::review::{AccountCx, Check, Group, Hit, RestsOn, Rule, Stage, SystemCx, Tells};

pub(super) const RULE: Rule = Rule {
    id: "holders-not-found",
    group: Group::Control,
    base: Severity::High,
    title: Text::new("Systemet är i praktiken inte granskat", "The system is not reviewed in practice"),
    why: Text::new(
        "För färre än hälften av de personliga kontona har en innehavare hittats. De övriga har inte kunnat prövas mot personalregistret, så att en lista utan avvikelser säger ingenting.",
        "For fewer than half of the personal accounts a holder was found. The others could not be tested against payroll, so that a list without deviations says nothing.",
    ),
    action: Text::new(
        "Ta ut exporten med en nyckel som personalregistret eller katalogen har: anställningsnummer, e-post eller kontonamn. Kontrollera också att kolumnerna är rätt.",
        "Make the export with a key that payroll or the directory has: employee number, e-mail or account name. Check also that the columns are right.",
    ),
    proposal: Text::new("Ta ut exporten med en nyckel", "Make the export with a key"),
    clauses: &["ISO/IEC 27001:2022 A.5.16, A.5.18", "Kommunallagen (2017:725) 6 kap. 6 §"],
    stage: Stage::Facts,
    tells: Tells::NotOfInputs,
    rests_on: RestsOn::NOTHING,
    check: Check::System { untested: needs_export, check },
};

fn check(cx: &SystemCx<'_>) -> Option<Hit> {
    let found = cx.matches?.quality.found;
    // What may be anything may be somebody's: in an export of account names alone all may be.
    let unknown = |account: &AccountCx<'_>| account.matched.class == AccountClass::Unknown;
    let unknown = cx.open_accounts().filter(unknown).count() as u64;
    let (all, linked) = (found.accounts + unknown, found.with_holder);
    (linked * 2 < all).then(|| {
        let of = match unknown {
            0 => message!("personliga konton", "personal accounts"),
            _ => message!("konton som är eller kan vara personliga", "accounts that are or may be personal"),
        };
        let hit = Hit::new(Message {
            sv: format!(
                "Bara {linked} av {all} {} har en innehavare som är säker. Systemet är i praktiken inte granskat.",
                of.sv
            ),
            en: format!(
                "Only {linked} of {all} {} have a holder that is certain. The system is not reviewed in practice.",
                of.en
            ),
        });
        hit.count("linked", linked).count("accounts", all)
    })
}
