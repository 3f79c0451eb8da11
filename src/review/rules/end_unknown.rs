//! An active account whose holder may have left: the end of the employment cannot be read.

use super::engaged_not_employed::is_sheltered;
use super::leaver_active::needs_end_dates;
use crate::model::{Severity, Text, message};
use crate::review::{AccountCx, Check, Group, Hit, RestsOn, Rule, Stage, Tells};
use crate::roster::Standing;
use chrono::NaiveDate;

pub(super) const RULE: Rule = Rule {
    id: "end-unknown",
    group: Group::Account,
    base: Severity::Medium,
    title: Text::new("Anställningens slut kan inte läsas", "The end of the employment cannot be read"),
    why: Text::new(
        "Personalregistret har något om anställningens slut som inte kan tolkas, inte kan vara sant eller saknar dag. Då går det inte att säga om innehavaren är anställd.",
        "Payroll has something on the end of employment that cannot be understood, cannot be true or lacks a day. Then it cannot be said whether the holder is employed.",
    ),
    action: Text::new(
        "Ta reda på om innehavaren är anställd, och låt HR rätta slutdatumet i personalregistret.",
        "Find out whether the holder is employed, and let HR correct the end date in payroll.",
    ),
    proposal: Text::new("Ta reda på om innehavaren är anställd", "Find out whether the holder is employed"),
    clauses: &["ISO/IEC 27001:2022 A.5.18, A.6.5", "NIST SP 800-53 r5 PS-4"],
    stage: Stage::Facts,
    tells: Tells::NothingMore,
    rests_on: RestsOn::NOTHING,
    check: Check::Account { untested: needs_end_dates, check },
};

fn check(cx: &AccountCx<'_>) -> Option<Hit> {
    let tenure = cx.tenure().filter(|tenure| tenure.standing == Standing::Unknown)?;
    if !cx.is_active() || is_sheltered(cx) {
        return None;
    }
    let employment = tenure.main?;
    let row = employment.source.row;
    let untrue = |end: &NaiveDate| *end < cx.tested_day() || employment.start.is_some_and(|start| *end < start);
    let message = match employment.stated_end.filter(untrue) {
        Some(end) => message!(
            "Anställningens slut {end} på rad {row} i registret motsägs av raden själv. Kontot är aktivt.",
            "The end of the employment, {end} on row {row} of the register, is contradicted by the row itself. The account is active."
        ),
        None => message!(
            "Rad {row} i registret säger inte säkert om anställningen pågår: något på raden kan inte tolkas eller talar för att den har upphört utan att säga när. Kontot är aktivt.",
            "Row {row} of the register does not tell for certain whether the employment goes on: something on the row cannot be understood or speaks for its having ended without saying when. The account is active."
        ),
    };
    Some(Hit::new(message).day("stated_end", employment.stated_end).number("row", i64::from(row)))
}
