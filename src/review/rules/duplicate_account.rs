//! Two or more enabled everyday accounts of one person in one system.

use crate::model::{AccountClass, Severity, Text, message};
use crate::review::rule::needs_export;
use crate::review::{AccountCx, Check, Group, Hit, Rule, Stage};

pub(super) const RULE: Rule = Rule {
    id: "duplicate-account",
    group: Group::Account,
    base: Severity::Medium,
    title: Text::new("Flera aktiva konton för samma person", "Several active accounts of one person"),
    why: Text::new(
        "Samma person har flera aktiva personliga konton i systemet. Ett av dem glöms lätt när behörigheter ändras.",
        "The same person has several active personal accounts in the system. One of them is easily forgotten when access is changed.",
    ),
    action: Text::new(
        "Behåll ett konto och inaktivera de andra, eller ange varför de behövs.",
        "Keep one account and disable the others, or state why they are needed.",
    ),
    proposal: Text::new("Behåll ett konto", "Keep one account"),
    clauses: &["ISO/IEC 27001:2022 A.5.16", "PCI DSS 4 8.2.1"],
    stage: Stage::Facts,
    untested: needs_export,
    check: Check::Account(check),
};

fn check(cx: &AccountCx<'_>) -> Option<Hit> {
    let everyday = cx.matched.class == AccountClass::Personal && cx.is_active();
    let person = cx.matched.person().filter(|_| everyday)?;
    let count = cx.system.everyday_accounts_of(person);
    (count > 1).then(|| {
        let hit = Hit::new(message!(
            "Personen har {count} aktiva personliga konton i systemet.",
            "The person has {count} active personal accounts in the system."
        ));
        hit.number("accounts", i64::from(count))
    })
}
