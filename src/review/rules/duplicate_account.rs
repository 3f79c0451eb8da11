//! Two or more enabled everyday accounts of one person in one system.

use crate::model::{AccountClass, Severity, Text, message};
use crate::review::rule::needs_export;
use crate::review::{AccountCx, Check, Group, Hit, RestsOn, Rule, Stage, Tells};

pub(super) const RULE: Rule = Rule {
    id: "duplicate-account",
    group: Group::Account,
    base: Severity::Medium,
    title: Text::new("Flera aktiva konton för samma person", "Several active accounts of one person"),
    why: Text::new(
        "Samma person har flera aktiva konton av samma slag i systemet. Ett av dem glöms lätt när behörigheter ändras.",
        "The same person has several active accounts of one kind in the system. One of them is easily forgotten when access is changed.",
    ),
    action: Text::new(
        "Behåll ett konto och inaktivera de andra, eller ange varför de behövs.",
        "Keep one account and disable the others, or state why they are needed.",
    ),
    proposal: Text::new("Behåll ett konto", "Keep one account"),
    clauses: &["ISO/IEC 27001:2022 A.5.16", "PCI DSS 4 8.2.1"],
    stage: Stage::Facts,
    tells: Tells::NothingMore,
    rests_on: RestsOn::NOTHING,
    check: Check::Account { untested: needs_export, check },
};

fn check(cx: &AccountCx<'_>) -> Option<Hit> {
    let person = cx.matched.person().filter(|_| cx.is_active())?;
    let count = cx.system.accounts_held(person, cx.matched.class);
    let Text { sv, en } = match cx.matched.class {
        AccountClass::Admin => Text::new("aktiva administratörskonton", "active accounts for administration"),
        AccountClass::Personal => Text::new("aktiva personliga konton", "active personal accounts"),
        _ => Text::new("aktiva konton av samma slag", "active accounts of one kind"),
    };
    (count > 1).then(|| {
        let hit =
            Hit::new(message!("Personen har {count} {sv} i systemet.", "The person has {count} {en} in the system."));
        hit.number("accounts", i64::from(count))
    })
}
