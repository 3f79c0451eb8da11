//! A file that is much longer or shorter than last time.

use crate::model::{Severity, Text, message};
use crate::review::rule::needs_export;
use crate::review::{Check, Group, Hit, RestsOn, Review, Rule, Stage, SystemCx, Tells};

pub(super) const RULE: Rule = Rule {
    id: "row-count-moved",
    group: Group::Control,
    base: Severity::Medium,
    title: Text::new("Antalet rader har ändrats mycket", "The number of rows has moved much"),
    why: Text::new(
        "Exporten har många fler eller färre rader än förra gången. Det kan vara ett annat urval, en avkortad fil eller fel fil.",
        "The export has many more or fewer rows than last time. It may be another selection, a file cut short or the wrong file.",
    ),
    action: Text::new(
        "Kontrollera urvalet med den som tog ut filen.",
        "Check the selection with whoever made the file.",
    ),
    proposal: Text::new("Kontrollera urvalet", "Check the selection"),
    clauses: &["ISO/IEC 27001:2022 A.5.18"],
    stage: Stage::Loop,
    tells: Tells::NothingMore,
    rests_on: RestsOn::NOTHING,
    check: Check::Both { untested: needs_export, whole, system },
};

/// More than one row in five.
const ONE_IN: u64 = 5;

fn whole(review: &Review<'_>) -> Option<Hit> {
    let now = review.payroll.iter().map(|report| report.rows.records + report.rows.folded).sum();
    moved(review, "payroll", None, now, Text::new("Personalregistret", "Payroll"))
}

fn system(cx: &SystemCx<'_>) -> Option<Hit> {
    let reports = &cx.export?.reports;
    let now = reports.iter().map(|report| report.rows.records + report.rows.folded).sum();
    moved(cx.review, "accounts", Some(cx.config.system.id.as_str()), now, Text::new("Exporten", "The export"))
}

fn moved(review: &Review<'_>, role: &str, system: Option<&str>, now: u64, what: Text) -> Option<Hit> {
    let previous = review.recalled.previous.as_ref()?;
    let own = previous.manifest.inputs.iter().filter(|own| own.role == role && own.system.as_deref() == system);
    let then: u64 = own.filter_map(|own| own.rows).map(|rows| rows.records + rows.folded).sum();
    if then == 0 || now.abs_diff(then) * ONE_IN <= then {
        return None;
    }
    let Text { sv, en } = what;
    let hit = Hit::new(message!(
        "{sv} har {now} rader med uppgifter; förra gången var de {then}.",
        "{en} has {now} rows of data; last time there were {then}."
    ));
    Some(hit.count("rows", now).count("previous", then))
}
