//! Rows of an input that could not be used.

use crate::ingest::SourceReport;
use crate::model::{Severity, Text, counted, message};
use crate::review::{Check, Fact, Group, Hit, RestsOn, Review, Rule, Stage, Tells};

pub(super) const RULE: Rule = Rule {
    id: "rows-rejected",
    group: Group::Control,
    base: Severity::Medium,
    title: Text::new("Rader som inte kunde användas", "Rows that could not be used"),
    why: Text::new(
        "Rader i underlaget saknar det som krävs eller är skadade. De som står på raderna är inte prövade.",
        "Rows of the input lack what is required or are damaged. Those who stand on the rows are not tested.",
    ),
    action: Text::new(
        "Rätta raderna i källsystemet. Varje rad står med nummer och orsak i sammanställningen.",
        "Correct the rows in the source system. Each row is listed with number and reason in the summary.",
    ),
    proposal: Text::new("Rätta raderna", "Correct the rows"),
    clauses: &["ISO/IEC 27001:2022 A.5.18", "Kommunallagen (2017:725) 6 kap. 6 §"],
    stage: Stage::Facts,
    tells: Tells::NothingMore,
    rests_on: RestsOn::NOTHING,
    check: Check::Whole(check),
};

fn check(review: &Review<'_>) -> Option<Hit> {
    let with_rejects: Vec<&SourceReport> = review.reports().filter(|report| report.rows.rejected > 0).collect();
    if with_rejects.is_empty() {
        return None;
    }
    let rows: u64 = with_rejects.iter().map(|report| report.rows.rejected).sum();
    let files: Vec<&str> = with_rejects.iter().map(|report| report.path.as_str()).collect();
    let count = files.len();
    let (rows_sv, rows_en) = counted(rows, ["rad", "rader"], ["row", "rows"]).both();
    let (files_sv, files_en) = counted(count, ["fil", "filer"], ["file", "files"]).both();
    let hit =
        Hit::new(message!("{rows_sv} i {files_sv} kunde inte användas.", "{rows_en} in {files_en} could not be used."));
    let rows = i64::try_from(rows).unwrap_or(i64::MAX);
    Some(hit.number("rows", rows).fact("files", Fact::Text(files.join(", "))))
}
