//! Sammanställning: one page for the nämnd, the overall picture in words, numbers and a chart.

use crate::disclosure::{RunFacts, SummaryBook, SystemLine};
use crate::model::{Language, Severity, Text};
use crate::report::book::Sheet;
use crate::report::cell::Cell;
use crate::report::page::Page;
use crate::report::style::{Styles, ground};
use rust_xlsxwriter::{
    Chart, ChartFont, ChartFormat, ChartLegendPosition, ChartLine, ChartSolidFill, ChartType, Color, Worksheet,
    XlsxError,
};

pub(super) const SHEET: Sheet<SummaryBook> = Sheet { name: Text::new("Sammanställning", "Overview"), write: sheet };

const WIDTHS: &[f64] = &[44.0, 11.0, 11.0, 11.0, 11.0, 12.5, 11.0, 12.0, 14.0];

/// Systems shown in the chart; the table shows all.
const MOST_BARS: usize = 25;

fn sheet(worksheet: &mut Worksheet, part: &SummaryBook, styles: &Styles, run: &RunFacts) -> Result<(), XlsxError> {
    let mut page = Page::new(worksheet, styles, run.language, WIDTHS)?;
    let parts = [part.about.as_deref().unwrap_or(""), &run.organisation];
    let about: Vec<&str> = parts.into_iter().filter(|name| !name.is_empty()).collect();
    page.title(&run.title, &about.join(", "))?;
    page.paragraph(&in_words(part, run))?;
    if let Some(reason) = &run.accepted_incomplete {
        let intro = Text::new("Ofullständigt underlag har godtagits", "Incomplete input was accepted");
        page.boxed(intro.get(run.language), &Cell::text(reason))?;
    }
    let first = table(&mut page, part, run)?;
    protected(&mut page, part, run)?;
    let trend = Text::new(
        "Utvecklingen över tid visas från och med den andra körningen.",
        "The development over time is shown from the second run on.",
    );
    page.small(trend.get(run.language))?;
    chart(&mut page, part, run, first)?;
    reasons(&mut page, part, run)
}

/// The picture in words.
fn in_words(part: &SummaryBook, run: &RunFacts) -> String {
    let reviewed = part.systems.iter().filter(|system| system.tested_day.is_some()).count();
    let (all, accounts) = (part.systems.len(), part.systems.iter().map(|s| s.accounts).sum::<u64>());
    let findings: u64 = part.systems.iter().map(SystemLine::findings).sum();
    let grave: u64 = part.systems.iter().map(|s| s.by_severity[3] + s.by_severity[4]).sum();
    let (persons, employed) = part.persons;
    let as_of = run.as_of;
    match run.language {
        Language::Sv => format!(
            "Per {as_of} prövades {reviewed} av {all} system med sammanlagt {accounts} konton mot personalregistret, där \
             {persons} personer finns och {employed} är anställda. {findings} avvikelser har lämnats till systemägarna; \
             {grave} av dem är kritiska eller höga. En avvikelse är ett sakförhållande att ta ställning till."
        ),
        Language::En => format!(
            "As of {as_of}, {reviewed} of {all} systems with {accounts} accounts in all were tested against payroll, \
             which holds {persons} persons, {employed} of them employed. {findings} deviations were handed to the system \
             owners; {grave} of them are critical or high. A deviation is a fact to be decided on."
        ),
    }
}

/// Systems by severity. Returns the row of the first system, from 0.
fn table(page: &mut Page<'_>, part: &SummaryBook, run: &RunFacts) -> Result<u32, XlsxError> {
    let t = |sv, en| Text::new(sv, en).get(run.language);
    page.heading(t("Avvikelser per system", "Deviations by system"))?;
    let mut heads = vec![t("System", "System")];
    heads.extend(gravest_first().map(|severity| severity.text().get(run.language)));
    heads.extend([t("Summa", "Total"), t("Konton", "Accounts"), t("Innehavare funnen, %", "Holder found, %")]);
    page.table_head(&heads, 1)?;
    let first = page.row();
    for system in &part.systems {
        let mut cells = vec![Cell::text(&system.name)];
        cells.extend(gravest_first().map(|severity| Cell::number(system.by_severity[severity as usize])));
        cells.push(Cell::number(system.findings()));
        match system.tested_day {
            Some(_) => cells.push(Cell::number(system.accounts)),
            None => cells.push(Cell::text(t("ej prövat", "not tested"))),
        }
        cells.push(system.match_rate.map_or(Cell::Blank, Cell::number));
        page.table_row(&cells)?;
    }
    Ok(first)
}

/// How many accounts stand in no ordinary list.
fn protected(page: &mut Page<'_>, part: &SummaryBook, run: &RunFacts) -> Result<(), XlsxError> {
    let Some(told) = part.protected else { return Ok(()) };
    let words = told.words();
    let number = words.get(run.language);
    page.small(&match run.language {
        Language::Sv => format!("Därutöver {number} konton som hör eller kan höra till skyddade personer."),
        Language::En => format!("Beside these {number} accounts that may belong to protected persons."),
    })
}

fn gravest_first() -> impl Iterator<Item = Severity> {
    Severity::ALL.into_iter().rev()
}

fn reasons(page: &mut Page<'_>, part: &SummaryBook, run: &RunFacts) -> Result<(), XlsxError> {
    let t = |sv, en| Text::new(sv, en).get(run.language);
    page.heading(t("Vanligaste orsaker", "Commonest reasons"))?;
    if part.by_rule.is_empty() {
        return page.paragraph(t("Inga avvikelser.", "No deviations."));
    }
    page.table_head(&[t("Orsak", "Reason"), t("Antal", "Count")], 1)?;
    for (title, count) in part.by_rule.iter().take(8) {
        page.table_row(&[Cell::text(*title), Cell::number(*count)])?;
    }
    Ok(())
}

/// Bars by system, stacked by severity, beside each other in darkness as well as in colour.
fn chart(page: &mut Page<'_>, part: &SummaryBook, run: &RunFacts, first: u32) -> Result<(), XlsxError> {
    let bars = part.systems.len().min(MOST_BARS);
    if bars == 0 {
        return Ok(());
    }
    let last = first + u32::try_from(bars).unwrap_or(1) - 1;
    let sheet = SHEET.name.get(run.language);
    let mut chart = Chart::new(ChartType::BarStacked);
    for (severity, column) in gravest_first().zip(1u16..) {
        chart
            .add_series()
            .set_name((sheet, first - 1, column))
            .set_categories((sheet, first, 0, last, 0))
            .set_values((sheet, first, column, last, column))
            .set_gap(60)
            .set_format(
                ChartFormat::new()
                    .set_solid_fill(ChartSolidFill::new().set_color(ground(severity)))
                    .set_border(ChartLine::new().set_color(Color::Gray).set_width(0.5)),
            );
    }
    let t = |sv, en| Text::new(sv, en).get(run.language);
    chart.title().set_name(t("Avvikelser per system och allvarlighetsgrad", "Deviations by system and severity"));
    chart.legend().set_position(ChartLegendPosition::Bottom);
    chart.y_axis().set_reverse();
    chart.x_axis().set_num_format("0");
    chart.set_alt_text(t(
        "Liggande staplar, en för varje system, delade efter allvarlighetsgrad. Samma tal står i tabellen ovanför.",
        "Horizontal bars, one a system, divided by severity. The same numbers stand in the table above.",
    ));
    chart.title().set_font(ChartFont::new().set_size(12));
    chart.set_width(640).set_height(150 + 30 * u32::try_from(bars).unwrap_or(1));
    // Beside the table of reasons, which takes the first two columns.
    let row = page.row() + 1;
    page.worksheet().insert_chart_with_offset(row, 2, &chart, 16, 0)?;
    Ok(())
}
