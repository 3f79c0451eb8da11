//! The charts of the workbooks: readable in grey, with the same numbers in a table beside them.

use super::style::ground;
use crate::disclosure::{AGES, RunFacts};
use crate::model::{Severity, Text};
use rust_xlsxwriter::{
    Chart, ChartDataLabel, ChartFont, ChartFormat, ChartLegendPosition, ChartLine, ChartSolidFill, ChartType, Color,
};

/// Where the rows of a table stand that a chart is drawn from: the sheet, the row of its heads and the last row, from 0.
#[derive(Clone, Copy)]
pub struct Rows<'a> {
    /// The sheet.
    pub sheet: &'a str,
    /// The heads.
    pub head: u32,
    /// The last row.
    pub last: u32,
}

/// Severities as charts stack them, the gravest first.
pub fn gravest_first() -> impl Iterator<Item = Severity> {
    Severity::ALL.into_iter().rev()
}

/// Bars by system, stacked by severity, from the columns behind the first.
pub fn by_severity(rows: Rows<'_>, run: &RunFacts) -> Chart {
    let mut chart = stacked(ChartType::BarStacked, rows, 1);
    let t = |sv, en| Text::new(sv, en).get(run.language);
    chart.title().set_name(t("Avvikelser per system och grad", "Deviations by system and severity"));
    chart.y_axis().set_reverse();
    chart.x_axis().set_num_format("0");
    chart.set_alt_text(t(
        "Liggande staplar, en för varje system, delade efter grad. Samma tal står i tabellen ovanför.",
        "Horizontal bars, one a system, divided by severity. The same numbers stand in the table above.",
    ));
    chart
}

/// Columns by run, stacked by severity.
pub fn over_runs(rows: Rows<'_>, run: &RunFacts) -> Chart {
    let mut chart = stacked(ChartType::ColumnStacked, rows, 1);
    let t = |sv, en| Text::new(sv, en).get(run.language);
    chart.title().set_name(t("Avvikelser vid varje genomgång", "Deviations at each review"));
    chart.y_axis().set_num_format("0");
    chart.set_alt_text(t(
        "Stående staplar, en för varje genomgång, delade efter grad. Samma tal står i tabellen bredvid.",
        "Upright bars, one a review, divided by severity. The same numbers stand in the table beside it.",
    ));
    chart
}

/// Columns by days since the end, from a table of one row.
pub fn leavers(rows: Rows<'_>, run: &RunFacts) -> Chart {
    let mut chart = Chart::new(ChartType::Column);
    let t = |sv, en| Text::new(sv, en).get(run.language);
    let Rows { sheet, head, last } = rows;
    let spans = u16::try_from(AGES.len()).unwrap_or(1);
    chart
        .add_series()
        .set_name((sheet, last, 0))
        .set_categories((sheet, head, 1, head, spans))
        .set_values((sheet, last, 1, last, spans))
        .set_gap(60)
        .set_data_label(ChartDataLabel::new().show_value().set_font(&letters()))
        .set_format(
            ChartFormat::new()
                .set_solid_fill(ChartSolidFill::new().set_color(ground(Severity::High)))
                .set_border(ChartLine::new().set_color(Color::Gray).set_width(0.5)),
        );
    chart
        .title()
        .set_name(t("Slutat, konto aktivt: dagar sedan sista dagen", "Leavers with access: days since the end"));
    in_print(&mut chart);
    chart.y_axis().set_num_format("0");
    chart.legend().set_hidden();
    chart.set_alt_text(t(
        "Stående staplar: personer som slutat och har kvar ett aktivt konto, efter dagar sedan sista dagen. Samma tal står \
         i tabellen ovanför.",
        "Upright bars: persons who left and keep an active account, by days since their last day. The same numbers stand in \
         the table above.",
    ));
    chart
}

fn stacked(kind: ChartType, rows: Rows<'_>, from: u16) -> Chart {
    let mut chart = Chart::new(kind);
    for (severity, column) in gravest_first().zip(from..) {
        let Rows { sheet, head, last } = rows;
        chart
            .add_series()
            .set_name((sheet, head, column))
            .set_categories((sheet, head + 1, 0, last, 0))
            .set_values((sheet, head + 1, column, last, column))
            .set_gap(60)
            .set_format(
                ChartFormat::new()
                    .set_solid_fill(ChartSolidFill::new().set_color(ground(severity)))
                    .set_border(ChartLine::new().set_color(Color::Gray).set_width(0.5)),
            );
    }
    chart.legend().set_position(ChartLegendPosition::Bottom).set_font(&letters());
    in_print(&mut chart);
    chart
}

/// Letters that can be read when the page is scaled to paper.
fn letters() -> ChartFont {
    let mut font = ChartFont::new();
    font.set_size(11);
    font
}

fn in_print(chart: &mut Chart) {
    chart.title().set_font(ChartFont::new().set_size(12));
    chart.x_axis().set_font(&letters());
    chart.y_axis().set_font(&letters());
}
