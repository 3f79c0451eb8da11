//! Every account of an export is closed: a selection of closed accounts only, or a column that was misread. Either way
//! nothing was reviewed.

use crate::model::{AccountState, Severity, Text, message};
use crate::review::rule::needs_export;
use crate::review::{Check, Group, Hit, RestsOn, Rule, Stage, SystemCx, Tells};

pub(super) const RULE: Rule = Rule {
    id: "no-account-open",
    group: Group::Control,
    base: Severity::Medium,
    title: Text::new("Alla konton är stängda enligt exporten", "Every account is closed by the export"),
    why: Text::new(
        "Reglerna för den som har slutat gäller öppna konton. Är alla konton stängda enligt exporten hittar de ingenting, även om kolumnen betyder något annat eller urvalet är fel.",
        "The rules on leavers are about open accounts. Where every account is closed by the export they find nothing, even if the column means something else or the selection is wrong.",
    ),
    action: Text::new(
        "Kontrollera i systemet om kontona är stängda. Är de inte det: ange i konfigurationen vad orden för status betyder, eller ta ut exporten med öppna konton.",
        "Check in the system whether the accounts are closed. If they are not: state in the configuration what the words for the state mean, or export again with open accounts.",
    ),
    proposal: Text::new("Kontrollera kontonas status i systemet", "Check the state of the accounts in the system"),
    clauses: &["ISO/IEC 27001:2022 A.5.18", "Kommunallagen (2017:725) 6 kap. 6 §"],
    stage: Stage::Facts,
    tells: Tells::NothingMore,
    rests_on: RestsOn::NOTHING,
    check: Check::System { untested: needs_export, check },
};

/// A handful may all be closed by chance, and of a system in use hardly more than this many in a hundred are.
const FEW: usize = 5;
const NEARLY_ALL: usize = 98;

fn check(cx: &SystemCx<'_>) -> Option<Hit> {
    let all = cx.open_accounts().count();
    let closed = cx.open_accounts().filter(|own| own.account.state == AccountState::Disabled).count();
    if all < FEW || closed * 100 < all * NEARLY_ALL {
        return None;
    }
    let hit = Hit::new(message!(
        "{closed} av {all} konton är stängda enligt exporten, så nästan inget konto är prövat som öppet.",
        "{closed} of {all} accounts are closed by the export, so hardly any account was tested as open."
    ));
    Some(hit.count("closed", closed).count("accounts", all))
}
