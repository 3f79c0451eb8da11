//! A deviation that was verified as done, and is here again.

use crate::model::{Severity, Text, message};
use crate::review::rule::needs_export;
use crate::review::{AccountCx, Check, Fact, Group, Hit, RestsOn, Rule, Stage, Tells};

pub(super) const RULE: Rule = Rule {
    id: "returned",
    group: Group::Control,
    base: Severity::Medium,
    title: Text::new("Åtgärdat tidigare, nu här igen", "Done before, now here again"),
    why: Text::new(
        "En avvikelse som en tidigare genomgång visade var åtgärdad har kommit tillbaka. Det kan tyda på att rutinen, inte bara kontot, behöver ses över.",
        "A deviation that an earlier review showed as done has come back. It may be the routine, and not only the account, that needs a look.",
    ),
    action: Text::new(
        "Ta reda på varför kontot öppnades igen, och besluta på nytt.",
        "Find out why the account was opened again, and decide anew.",
    ),
    proposal: Text::new("Ta reda på varför", "Find out why"),
    clauses: &["ISO/IEC 27001:2022 A.5.18", "NIST SP 800-53 r5 AC-2"],
    stage: Stage::Loop,
    tells: Tells::NothingMore,
    rests_on: RestsOn::NOTHING,
    check: Check::Account { untested: needs_export, check },
};

fn check(cx: &AccountCx<'_>) -> Option<Hit> {
    if cx.system.review.recalled.memory.verified.is_empty() {
        return None;
    }
    let (rule, key) = cx.still_found(|key| cx.came_back(key).is_some())?;
    let verified_on = cx.came_back(&key)?.verified_on;
    let Text { sv, en } = rule.title;
    let hit = Hit::new(message!(
        "\"{sv}\" var åtgärdat enligt exporten från {verified_on} och gäller igen.",
        "\"{en}\" was done by the export of {verified_on} and holds again."
    ));
    Some(hit.day("verified_on", Some(verified_on)).fact("rule", Fact::Text(rule.id.to_owned())))
}
