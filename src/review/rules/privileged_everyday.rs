//! High rights on the account that a person also reads mail with.

use crate::model::{AccountClass, Field, Severity, Text, message};
use crate::review::rule::needs_export;
use crate::review::{AccountCx, Check, Group, Hit, RestsOn, Rule, Stage, SystemCx, Tells};

pub(super) const RULE: Rule = Rule {
    id: "privileged-everyday",
    group: Group::Privilege,
    base: Severity::Medium,
    title: Text::new("Hög behörighet på vardagskonto", "High privilege on an everyday account"),
    why: Text::new(
        "En person har hög behörighet på sitt vardagliga konto. Ett bifogat dokument eller en glömd skärm räcker då för att behörigheten ska kunna användas av någon annan.",
        "A person has high privilege on the account used every day. An attachment or an unlocked screen is then enough for someone else to use it.",
    ),
    action: Text::new(
        "Flytta behörigheten till ett särskilt administratörskonto, eller ta bort den.",
        "Move the privilege to an account for administration, or remove it.",
    ),
    proposal: Text::new("Flytta till administratörskonto", "Move to an account for administration"),
    clauses: &["ISO/IEC 27001:2022 A.8.2", "NIST SP 800-53 r5 AC-6(7)"],
    stage: Stage::Facts,
    tells: Tells::NothingMore,
    rests_on: RestsOn::export(&[Field::Privileged]),
    check: Check::Account { untested, check },
};

/// What is high here, the export tells or the configuration.
fn untested(cx: &SystemCx<'_>) -> Option<Text> {
    let configured = &cx.config.privileged_roles;
    let unstated = Text::new(
        "varken exporten eller konfigurationen säger vad som är hög behörighet",
        "neither the export nor the configuration says what is high privilege",
    );
    let unmet = Text::new(
        "ingen roll i exporten är en av dem som angetts som hög behörighet",
        "no role of the export is one of those stated as high privilege",
    );
    let by_role = || match configured.written.is_empty() {
        true => Some(unstated),
        false => (!cx.roles().any(|role| configured.fit(role))).then_some(unmet),
    };
    needs_export(cx).or_else(|| cx.lacks(&[Field::Privileged], unstated).and_then(|_| by_role()))
}

fn check(cx: &AccountCx<'_>) -> Option<Hit> {
    let everyday = cx.matched.class == AccountClass::Personal && cx.is_privileged() && cx.is_active();
    everyday.then(|| {
        Hit::new(message!(
            "Kontot är personens vardagliga konto och har hög behörighet.",
            "The account is the person's everyday account and has high privilege."
        ))
    })
}
