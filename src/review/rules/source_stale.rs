//! An export made long before the reference date, or after it.

use crate::model::{Field, Message, Severity, Text, days as in_days, message};
use crate::review::rule::{needs_export, needs_to_read};
use crate::review::{Check, Extract, Group, Hit, RestsOn, Review, Rule, Stage, SystemCx, Tells};

pub(super) const RULE: Rule = Rule {
    id: "source-stale",
    group: Group::Control,
    base: Severity::High,
    title: Text::new("Exporten är för gammal eller för ny", "The export is too old or too new"),
    why: Text::new(
        "En export visar bara sin egen dag. Ligger den långt från referensdatumet är resultatet inte en bild av den dagen.",
        "An export shows its own day only. If that lies far from the reference date, the result is no picture of that day.",
    ),
    action: Text::new(
        "Ta ut exporten på nytt så nära referensdatumet som möjligt.",
        "Make the export again, as close to the reference date as possible.",
    ),
    proposal: Text::new("Ta ut exporten på nytt", "Make the export again"),
    clauses: &["ISO/IEC 27001:2022 A.5.18"],
    stage: Stage::Facts,
    tells: Tells::NothingMore,
    rests_on: RestsOn::NOTHING.and_thresholds(&["max_input_age_days", "max_input_gap_days"]),
    check: Check::Both { untested, whole, system },
};

/// Without its day an export is taken to be of the reference date, and can be neither old nor new.
fn untested(cx: &SystemCx<'_>) -> Option<Text> {
    let unstated = Text::new("exportens uttagsdag är inte angiven", "the day the export was made is not stated");
    let undated = || cx.config.exported().is_none().then_some(unstated);
    needs_export(cx).or_else(|| needs_to_read(cx, Field::Exported)).or_else(undated)
}

fn whole(review: &Review<'_>) -> Option<Hit> {
    older(review.payroll_extract(), Text::new("Personalregistret", "Payroll"))
}

fn system(cx: &SystemCx<'_>) -> Option<Hit> {
    let of_last_time = older(cx.review.extract(cx.place)?, Text::new("Exporten", "The export"));
    of_last_time.or_else(|| far_off(cx))
}

/// One that was made before one that has been read.
fn older(extract: &Extract, what: Text) -> Option<Hit> {
    let Message { sv: why, en: why_en } = extract.proves_nothing()?;
    let Text { sv, en } = what;
    let hit = Hit::new(message!(
        "{sv}: {why}. Inget räknas som åtgärdat eller i ordning av det som bara fattas i det.",
        "{en}: {why_en}. Nothing counts as done or in order for being absent from it."
    ));
    let title = Text::new("Uttaget är äldre än förra gången", "The extract is older than last time");
    Some(Hit { title: Some(title), ..hit.day("previous", extract.older_than().map(|then| then.day)) })
}

fn far_off(cx: &SystemCx<'_>) -> Option<Hit> {
    let exported = cx.config.exported()?;
    let as_of = cx.review.config.review.as_of;
    let (before, after) = ((as_of - exported).num_days(), (exported - as_of).num_days());
    let thresholds = cx.thresholds();
    if before <= i64::from(thresholds.max_input_age_days) && after <= i64::from(thresholds.max_input_gap_days) {
        return None;
    }
    let (sv, en) = in_days(before.abs()).both();
    let (title, message) = if before > 0 {
        let message = message!(
            "Exporten är tagen {exported}, {sv} före referensdatumet.",
            "The export was made on {exported}, {en} before the reference date."
        );
        (Text::new("Exporten är för gammal", "The export is too old"), message)
    } else {
        let message = message!(
            "Exporten är tagen {exported}, {sv} efter referensdatumet.",
            "The export was made on {exported}, {en} after the reference date."
        );
        (Text::new("Exporten är för ny", "The export is too new"), message)
    };
    Some(Hit { title: Some(title), ..Hit::new(message).day("exported", Some(exported)).number("days", before) })
}
