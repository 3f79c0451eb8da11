//! A person's account whose password never has to be changed.

use crate::model::{Field, Severity, Text, message};
use crate::review::rule::needs_export;
use crate::review::{AccountCx, Check, Group, Hit, RestsOn, Rule, Stage, SystemCx, Tells};

pub(super) const RULE: Rule = Rule {
    id: "password-never-expires",
    group: Group::Activity,
    base: Severity::Low,
    title: Text::new("Lösenordet upphör aldrig att gälla", "The password never expires"),
    why: Text::new(
        "Ett lösenord som aldrig upphör kan användas av den som en gång har sett det, hur länge som helst.",
        "A password that never expires can be used by whoever has seen it once, for any length of time.",
    ),
    action: Text::new(
        "Ta bort inställningen, eller ange vad som ersätter den (till exempel inloggning i två steg).",
        "Remove the setting, or state what takes its place (for instance two-step sign-in).",
    ),
    proposal: Text::new("Ta bort inställningen", "Remove the setting"),
    clauses: &["ISO/IEC 27001:2022 A.5.16", "PCI DSS 4 8.2.2"],
    stage: Stage::Facts,
    tells: Tells::NothingMore,
    rests_on: RestsOn::export(&[Field::PasswordNeverExpires, Field::AccountControl])
        .and_needs(&[&[Field::PasswordNeverExpires, Field::AccountControl]]),
    check: Check::Account { untested, check },
};

fn untested(cx: &SystemCx<'_>) -> Option<Text> {
    needs_export(cx).or_else(|| {
        let none = Text::new(
            "exporten säger inte om lösenord upphör att gälla",
            "the export does not say whether passwords expire",
        );
        cx.lacks(&[Field::PasswordNeverExpires, Field::AccountControl], none)
    })
}

fn check(cx: &AccountCx<'_>) -> Option<Hit> {
    let never = cx.account.password_never_expires == Some(true);
    (cx.matched.class.is_somebodys() && never && cx.is_active()).then(|| {
        Hit::new(message!(
            "Kontot är inställt så att lösenordet aldrig upphör att gälla.",
            "The account is set so that its password never expires."
        ))
    })
}
