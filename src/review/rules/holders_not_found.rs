//! A system where most personal accounts have no holder: it is not reviewed in practice, whatever else is said.

use crate::model::{Severity, Text, message};
use crate::review::rule::needs_export;
use crate::review::{Check, Group, Hit, RestsOn, Rule, Stage, SystemCx, Tells};

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
    tells: Tells::NothingMore,
    rests_on: RestsOn::NOTHING,
    check: Check::System { untested: needs_export, check },
};

fn check(cx: &SystemCx<'_>) -> Option<Hit> {
    let found = cx.matches?.quality.found;
    let (all, linked) = (found.accounts, found.with_holder);
    found.is_poor().then(|| {
        let hit = Hit::new(message!(
            "Bara {linked} av {all} personliga konton har en innehavare som är säker. Systemet är i praktiken inte granskat.",
            "Only {linked} of {all} personal accounts have a holder that is certain. The system is not reviewed in practice."
        ));
        hit.count("linked", linked).count("accounts", all)
    })
}
