//! A disabled account that still has its roles.

use crate::model::{AccountState, Field, Severity, Text, counted, message};
use crate::review::rule::needs_export;
use crate::review::{AccountCx, Check, Group, Hit, RestsOn, Rule, Stage, SystemCx, Tells};

/// Columns that tell whether an account can be used.
const STATES: &[Field] = &[Field::Enabled, Field::Disabled, Field::Status, Field::AccountControl];

pub(super) const RULE: Rule = Rule {
    id: "disabled-with-access",
    group: Group::Activity,
    base: Severity::Low,
    title: Text::new("Avstängt konto med kvarvarande roller", "Disabled account with roles left"),
    why: Text::new(
        "Kontot är avstängt men rollerna finns kvar. Öppnas det igen följer behörigheten med utan att någon har prövat den.",
        "The account is disabled but its roles remain. If it is opened again the access comes along, and nobody has decided on it.",
    ),
    action: Text::new("Ta bort rollerna från kontot.", "Remove the roles from the account."),
    proposal: Text::new("Ta bort rollerna", "Remove the roles"),
    clauses: &["ISO/IEC 27001:2022 A.5.18", "NIST SP 800-53 r5 AC-2(3)"],
    stage: Stage::Facts,
    tells: Tells::LeftOfClosed,
    rests_on: RestsOn::export(STATES).and_needs(&[&[Field::Role, Field::Groups]]),
    check: Check::Account { untested, check },
};

/// Without roles in the export there is nothing to test, and without a state no account is known to be closed.
fn untested(cx: &SystemCx<'_>) -> Option<Text> {
    let missing = Text::new("exporten saknar kolumn för roller", "the export has no column for roles");
    let open = Text::new(
        "exporten saknar kolumn för om kontot är öppet eller stängt",
        "the export has no column for whether an account is open or closed",
    );
    let by_end: &[Field] = if cx.config.status.valid_to_closes { &[Field::ValidTo, Field::Expires] } else { &[] };
    let states = [STATES, by_end].concat();
    needs_export(cx).or_else(|| cx.lacks(&[Field::Role, Field::Groups], missing)).or_else(|| cx.lacks(&states, open))
}

fn check(cx: &AccountCx<'_>) -> Option<Hit> {
    let roles = cx.roles().len();
    if cx.account.state != AccountState::Disabled || roles == 0 {
        return None;
    }
    let (sv, en) = counted(roles, ["roll", "roller"], ["role", "roles"]).both();
    let hit = Hit::new(message!("Kontot är avstängt men har {sv} kvar.", "The account is disabled but has {en} left."));
    Some(hit.count("roles", roles))
}
