//! High rights on the account that a person also reads mail with.

use crate::model::{AccountClass, Severity, Text, message};
use crate::review::rule::needs_export;
use crate::review::{AccountCx, Check, Group, Hit, Rule, Stage};

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
    untested: needs_export,
    check: Check::Account(check),
};

fn check(cx: &AccountCx<'_>) -> Option<Hit> {
    let everyday = cx.matched.class == AccountClass::Personal && cx.account.privileged && cx.is_active();
    everyday.then(|| {
        Hit::new(message!(
            "Kontot är personens vardagliga konto och har hög behörighet.",
            "The account is the person's everyday account and has high privilege."
        ))
    })
}
