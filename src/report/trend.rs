//! How things have moved over the runs, as a small table that charts are drawn from.

use super::cell::Cell;
use super::charts::{Rows, gravest_first};
use super::page::Page;
use crate::disclosure::{RunFacts, Trend};
use crate::model::{Language, Text, days};
use rust_xlsxwriter::XlsxError;

/// The latest runs under each other, so many at most: deviations by severity, rows to answer, answered, done.
pub fn table<'s>(
    page: &mut Page<'_>,
    (trend, most): (&Trend, usize),
    sheet: &'s str,
    run: &RunFacts,
) -> Result<Rows<'s>, XlsxError> {
    let t = |sv, en| Text::new(sv, en).get(run.language);
    page.heading(t("Utveckling", "Development"))?;
    let mut heads = vec![t("Genomgång", "Review")];
    heads.extend(gravest_first().map(|severity| severity.text().get(run.language)));
    heads.extend([t("Rader", "Rows"), t("Besvarade", "Answered"), t("Åtgärdade", "Done")]);
    page.table_head(&heads, 1..)?;
    let head = page.row() - 1;
    for point in &trend.points[trend.points.len().saturating_sub(most)..] {
        let mut cells = vec![Cell::text(&point.run)];
        cells.extend(gravest_first().map(|severity| Cell::number(point.by_severity[severity as usize])));
        let answered = point.answered.map_or(Cell::Blank, Cell::number);
        cells.extend([Cell::number(point.to_answer), answered, Cell::number(point.verified)]);
        page.table_row(&cells)?;
    }
    Ok(Rows { sheet, head, last: page.row() - 1 })
}

/// How long it takes until something is done, where anything was: a sentence behind others.
pub fn days_to_done(trend: &Trend, run: &RunFacts) -> String {
    let Some((median, most)) = trend.days_to_done else { return String::new() };
    let [median, most] = [median, most].map(|own| days(i64::try_from(own).unwrap_or(i64::MAX)));
    match run.language {
        Language::Sv => format!(
            " Från första rapport till att en export visar åtgärden: i mitten {}, nio av tio inom {}.",
            median.sv, most.sv
        ),
        Language::En => format!(
            " From the first report to an export that shows it done: at the median {}, nine in ten within {}.",
            median.en, most.en
        ),
    }
}
