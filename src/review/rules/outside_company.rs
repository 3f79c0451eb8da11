//! The system is for some employers' staff, and its holder has never been employed by any of them.

use crate::model::{Field, Severity, Text, message};
use crate::review::gaps::untold;
use crate::review::rule::{Unseen, needs_export};
use crate::review::{AccountCx, Check, Group, Hit, RestsOn, Rule, Stage, SystemCx, Tells};

pub(super) const RULE: Rule = Rule {
    id: "outside-company",
    group: Group::Account,
    base: Severity::High,
    title: Text::new("Aldrig anställd i systemets bolag", "Never employed by the system's employers"),
    why: Text::new(
        "Systemet är till för anställda hos vissa arbetsgivare. Innehavaren har aldrig varit anställd hos någon av dem.",
        "The system is for the staff of some employers. The holder has never been employed by any of them.",
    ),
    action: Text::new(
        "Inaktivera kontot, eller lägg till arbetsgivaren under companies om dess anställda hör hemma i systemet.",
        "Disable the account, or add the employer under companies if its staff belong in the system.",
    ),
    proposal: Text::new("Inaktivera konto, eller lägg till arbetsgivaren", "Disable account, or add the employer"),
    clauses: &["ISO/IEC 27001:2022 A.5.15, A.5.18"],
    stage: Stage::Facts,
    tells: Tells::NothingMore,
    rests_on: RestsOn::NOTHING,
    check: Check::Account { untested, check },
};

/// Without employers of its own a system has no outside; without payroll's, nobody is known to be there.
fn untested(cx: &SystemCx<'_>) -> Option<Text> {
    let open = cx.config.system.companies.is_empty();
    let common = Text::new("systemet är inte knutet till någon arbetsgivare", "the system belongs to no employer");
    let unknown = Text::new("personalregistret saknar kolumn för arbetsgivare", "payroll has no column for employer");
    let none_of_them = Text::new(
        "personalregistret har ingen av systemets arbetsgivare",
        "payroll has none of the system's employers",
    );
    let lacks = || cx.review.lacks_in_payroll(Field::Company, unknown).filter(|_| !cx.payroll().tells_employers);
    let is_nowhere = || cx.scope.companies.is_empty().then_some(none_of_them);
    needs_export(cx).or_else(|| open.then_some(common)).or_else(lacks).or_else(is_nowhere)
}

/// Holders whose employer payroll does not state: who is not said to be outside is not known to be inside either.
pub(super) fn partly(cx: &SystemCx<'_>) -> Option<Unseen> {
    const LACKS: Text =
        Text::new("personalregistret anger inte deras arbetsgivare", "payroll does not state their employer");
    untold(cx, LACKS, &[], |account| {
        let own = account.employments().filter(|employment| !employment.is_engagement());
        let mut employers = own.map(|employment| employment.company.is_some()).peekable();
        employers.peek().is_some() && employers.all(|is_stated| !is_stated)
    })
}

fn check(cx: &AccountCx<'_>) -> Option<Hit> {
    if !cx.is_outside_companies() || !cx.is_active() {
        return None;
    }
    Some(Hit::new(message!(
        "Innehavaren har ingen anställning, nu eller tidigare, hos någon av systemets arbetsgivare. Kontot är aktivt.",
        "The holder has no employment, now or earlier, with any of the system's employers. The account is active."
    )))
}
