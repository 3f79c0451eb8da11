//! An export of which no account is left for the system's list: each is left out by decision, or handled apart. Such a
//! list is empty whatever the accounts are, and must not read as one that is in order.

use crate::model::{Severity, Text, message};
use crate::review::rule::needs_export;
use crate::review::{Check, Group, Hit, RestsOn, Rule, Stage, SystemCx, Tells};

pub(super) const RULE: Rule = Rule {
    id: "nothing-to-review",
    group: Group::Control,
    base: Severity::High,
    title: Text::new("Inget konto återstår att granska", "No account is left to review"),
    why: Text::new(
        "En lista utan konton är tom hur kontona än är. Att den saknar avvikelser säger ingenting om systemet.",
        "A list without accounts is empty whatever the accounts are. That it has no deviations says nothing of the system.",
    ),
    action: Text::new(
        "Kontrollera att systemets undantag inte är vidare än det beslut de bygger på, och att exporten är hel.",
        "Check that the exclusions of the system are no wider than the decision behind them, and that the export is whole.",
    ),
    proposal: Text::new("Kontrollera undantag och export", "Check exclusions and export"),
    clauses: &["ISO/IEC 27001:2022 A.5.18", "Kommunallagen (2017:725) 6 kap. 6 §"],
    stage: Stage::Facts,
    tells: Tells::NothingMore,
    rests_on: RestsOn::NOTHING,
    check: Check::System { untested: needs_export, check },
};

/// How many are left out and how many are handled apart is not told: what is left of the one would give the other.
fn check(cx: &SystemCx<'_>) -> Option<Hit> {
    cx.leaves_nothing().then(|| {
        Hit::new(message!(
            "Inget konto i exporten återstår för systemets lista: kontona är undantagna genom beslut eller hanteras \
             i särskild ordning.",
            "No account of the export is left for the system's list: the accounts are left out by decision or \
             handled apart."
        ))
    })
}
