//! Payroll and an export were made too many days apart.

use crate::model::{Field, Severity, Text, days as in_days, message};
use crate::review::rule::{Unseen, needs_export, needs_to_read};
use crate::review::{Check, Extent, Group, Hit, RestsOn, Rule, Stage, SystemCx, Tells};

pub(super) const RULE: Rule = Rule {
    id: "inputs-apart",
    group: Group::Control,
    base: Severity::Medium,
    title: Text::new("Personalregister och export från olika dagar", "Payroll and export from different days"),
    why: Text::new(
        "Den som börjat eller slutat mellan de två uttagen är inte prövad.",
        "Whoever joined or left between the two extracts is not tested.",
    ),
    action: Text::new("Ta ut båda filerna samma dag.", "Make both files on the same day."),
    proposal: Text::new("Ta ut filerna samma dag", "Make both on the same day"),
    clauses: &["ISO/IEC 27001:2022 A.5.18"],
    stage: Stage::Facts,
    tells: Tells::NothingMore,
    rests_on: RestsOn::NOTHING.and_thresholds(&["max_input_gap_days"]),
    check: Check::System { untested, check },
};

/// Without both days there is nothing to compare.
fn untested(cx: &SystemCx<'_>) -> Option<Text> {
    let payroll =
        Text::new("personalregistrets uttagsdag är inte angiven", "the day payroll was extracted is not stated");
    let export = Text::new("exportens uttagsdag är inte angiven", "the day the export was made is not stated");
    let undated = || cx.config.exported().is_none().then_some(export);
    let unread = || needs_to_read(cx, Field::Exported);
    needs_export(cx).or_else(|| (!cx.payroll().day_stated).then_some(payroll)).or_else(unread).or_else(undated)
}

/// A file of several without a day of its own is taken to be of the reference date, and is not compared.
pub(super) fn partly(cx: &SystemCx<'_>) -> Option<Unseen> {
    let undated = cx.config.inputs.iter().filter(|input| input.exported.is_none()).map(|input| input.shown.as_str());
    let files = undated.collect::<Vec<_>>().join(", ");
    let why = || message!("uttagsdagen är inte angiven för {files}", "the day of extraction is not stated of {files}");
    (!files.is_empty()).then(|| Unseen { why: why(), hides: false, extent: Extent::Part })
}

fn check(cx: &SystemCx<'_>) -> Option<Hit> {
    let exported = cx.config.exported()?;
    let payroll = cx.payroll();
    let apart = (exported - payroll.day).num_days().abs();
    if apart <= i64::from(cx.thresholds().max_input_gap_days) {
        return None;
    }
    let ((sv, en), day) = (in_days(apart).both(), payroll.day);
    let hit = Hit::new(message!(
        "Personalregistret är taget {day} och exporten {exported}, {sv} isär.",
        "Payroll was extracted on {day} and the export on {exported}, {en} apart."
    ));
    Some(hit.day("payroll_day", Some(day)).day("exported", Some(exported)).number("days", apart))
}
