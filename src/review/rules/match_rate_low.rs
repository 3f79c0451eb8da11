//! Too many personal accounts without a match: the export or payroll may be the wrong one.

use crate::matching::Outcome;
use crate::model::{Severity, Text, message};
use crate::review::rule::needs_export;
use crate::review::{Check, Group, Hit, RestsOn, Rule, Stage, SystemCx, Tells};

pub(super) const RULE: Rule = Rule {
    id: "match-rate-low",
    group: Group::Control,
    base: Severity::High,
    title: Text::new("Många konton saknar träff", "Many accounts lack a match"),
    why: Text::new(
        "Ovanligt många personliga konton saknar träff. Det tyder på fel fil, fel kolumn eller ett personalregister som inte är helt.",
        "Unusually many personal accounts lack a match. That suggests the wrong file, the wrong column or a payroll register that is not whole.",
    ),
    action: Text::new(
        "Kontrollera kolumner och urval innan listan besvaras.",
        "Check columns and selection before the list is answered.",
    ),
    proposal: Text::new("Kontrollera underlaget", "Check the inputs"),
    clauses: &["ISO/IEC 27001:2022 A.5.18"],
    stage: Stage::Facts,
    tells: Tells::NotOfInputs,
    rests_on: RestsOn::NOTHING.and_thresholds(&["max_unmatched_percent"]),
    check: Check::System { untested: needs_export, check },
};

fn check(cx: &SystemCx<'_>) -> Option<Hit> {
    too_many(cx).or_else(|| fallen(cx))
}

fn too_many(cx: &SystemCx<'_>) -> Option<Hit> {
    let (mut all, mut unmatched) = (0u64, 0u64);
    for account in cx.open_accounts().filter(|account| account.matched.class.is_somebodys()) {
        all += 1;
        unmatched += u64::from(account.matched.outcome == Outcome::Unmatched);
    }
    let most = u64::from(cx.thresholds().max_unmatched_percent);
    if unmatched * 100 <= most * all {
        return None;
    }
    let hit = Hit::new(message!(
        "{unmatched} av {all} personliga konton saknar träff. Gränsen är {most} %.",
        "{unmatched} of {all} personal accounts lack a match. The limit is {most} %."
    ));
    Some(hit.count("unmatched", unmatched).count("accounts", all))
}

/// Points that the share of accounts with a certain holder may fall between two runs.
const MOST_POINTS: u64 = 5;

fn fallen(cx: &SystemCx<'_>) -> Option<Hit> {
    let then = cx.review.recalled.previous.as_ref()?.manifest.learned.get(cx.config.system.id.as_str())?.found;
    let now = cx.matches?.quality.found;
    let percent = |with_holder: u64, accounts: u64| (with_holder * 100).checked_div(accounts);
    let (then, now) = (percent(then.with_holder, then.accounts)?, percent(now.with_holder, now.accounts)?);
    if now + MOST_POINTS > then {
        return None;
    }
    let hit = Hit::new(message!(
        "Innehavaren är säker för {now} % av kontona. Förra gången var det {then} %.",
        "The holder is certain for {now} % of the accounts. Last time it was {then} %."
    ));
    Some(hit.count("percent", now).count("previous", then))
}
