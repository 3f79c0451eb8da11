//! What is printed on the terminal: results and checks.

mod checked;
mod systems;

pub use checked::{CheckedText, Unread, checked};
pub use systems::SystemTable;

use crate::answered::{Answered, SystemAnswered};
use crate::disclosure::{ColumnShown, InputShown, Screen, SheetShown, Shown, SourceShown, SystemLine};
use crate::ingest::{Inspection, Reading, RowCount, Seen, SeenColumn, ValueForm};
use crate::model::{Language, Message, Severity, Text, by_saying, counted, days, message, rows};
use crate::record::Publication;
use std::path::Path;

/// Several texts, with commas.
fn listed(texts: &[Shown]) -> String {
    Shown::join(texts.iter().cloned(), ", ").into()
}

/// How far answers have come: each system, whom to remind, and what could not be read.
pub fn answered(answered: &Answered, folder: &Path, publication: Publication, language: Language) -> String {
    let t = |sv, en| Text::new(sv, en).get(language).to_owned();
    let heads = [
        ("System", "System"),
        ("Att besvara", "To answer"),
        ("Besvarat", "Answered"),
        ("Återstår", "Left"),
        ("Underskriven", "Signed"),
    ];
    let mut rows = vec![heads.map(|(sv, en)| t(sv, en)).to_vec()];
    rows.extend(answered.systems.iter().map(|own| {
        let signed = own.signed.map(|day| day.to_string()).unwrap_or_default();
        let name = String::from(&own.name);
        vec![name, own.rows.to_string(), own.answered.to_string(), own.waiting().to_string(), signed]
    }));
    let mut text = aligned(&rows);
    let waiting: Vec<&SystemAnswered> = answered.systems.iter().filter(|own| own.waiting() > 0).collect();
    text.push(String::new());
    text.push(due(answered, waiting.is_empty(), language));
    for own in waiting {
        let owner = own.owner.as_deref().map_or_else(|| t("systemägare saknas", "no owner"), ToOwned::to_owned);
        text.push(format!("    {}: {owner}", own.name));
    }
    if !answered.problems.is_empty() {
        text.push(format!("\n{}", t("Kunde inte läsas:", "Could not be read:")));
        text.extend(answered.problems.iter().map(|problem| format!("    {problem}")));
    }
    if answered.of_protected {
        text.push(format!(
            "\n{}",
            t(
                "Svar från den som hanterar skyddade personer är lästa.",
                "Answers from the post for protected persons were read."
            )
        ));
    }
    if !answered.remarks.is_empty() {
        text.push(format!("\n{}", t("Att komplettera eller kontrollera:", "To complete or check:")));
        text.extend(remarks(&answered.remarks, language).iter().map(|remark| format!("    {remark}")));
    }
    let said = match publication {
        Publication::New => t("Sammanställningen finns i", "The summary is in"),
        Publication::Unchanged => t("Inget nytt sedan", "Nothing new since"),
    };
    text.push(format!("\n{said} {}", folder.display()));
    text.join("\n")
}

/// Remarks on rows, those that say the same of many rows on one line: the workbook has each.
fn remarks(all: &[Shown], language: Language) -> Vec<String> {
    /// Letters for the names of rows before what is said of them.
    const ROOM: usize = 60;
    let said = all.iter().map(|remark| remark.split_once(": ").map_or((&**remark, ""), |(row, says)| (says, row)));
    let line = |(says, rows): (&str, Vec<&str>)| match rows[0] {
        "" => says.to_owned(),
        _ => format!("{}: {says}", language.some_of(&rows, ROOM)),
    };
    by_saying(said).into_iter().map(line).collect()
}

/// Whether anyone is to be reminded, and how many days are left.
fn due(answered: &Answered, all_done: bool, language: Language) -> String {
    let (due, left) = (answered.due, answered.days_left());
    let message = match (all_done, left) {
        (true, _) => message!("Alla rader är besvarade.", "Every row is answered."),
        (false, ..0) => {
            let Message { sv, en } = days(-left);
            message!(
                "Svar skulle lämnas {due}, för {sv} sedan. Påminn:",
                "Answers were due on {due}, {en} ago. Remind:"
            )
        }
        (false, _) => {
            let Message { sv, en } = days(left);
            message!("Svar lämnas senast {due}, om {sv}. Påminn:", "Answers are due on {due}, in {en}. Remind:")
        }
    };
    message.get(language).to_owned()
}

/// Rows of a table under each other.
fn aligned(rows: &[Vec<String>]) -> Vec<String> {
    aligned_as(rows.iter().map(Vec::as_slice), |cell: &String| (cell.clone(), cell.chars().count()))
}

/// Rows of a table under each other: the first column to the left, numbers to the right. `shown` is a cell as it is printed,
/// with the characters that are seen of it.
fn aligned_as<'c, C: 'c>(rows: impl Iterator<Item = &'c [C]>, shown: impl Fn(&C) -> (String, usize)) -> Vec<String> {
    let rows: Vec<Vec<(String, usize)>> = rows.map(|row| row.iter().map(&shown).collect()).collect();
    let width = |column: usize| rows.iter().map(|row| row[column].1).max().unwrap_or(0);
    let widths: Vec<usize> = (0..rows.first().map_or(0, Vec::len)).map(width).collect();
    rows.iter().map(|row| line(row, &widths)).collect()
}

fn gravest_first() -> impl Iterator<Item = Severity> {
    Severity::ALL.into_iter().rev()
}

fn line(row: &[(String, usize)], widths: &[usize]) -> String {
    let cells = row.iter().zip(widths).enumerate().map(|(column, ((cell, seen), &width))| {
        let gap = " ".repeat(width - seen);
        if column == 0 { format!("{cell}{gap}") } else { format!("{gap}{cell}") }
    });
    cells.collect::<Vec<_>>().join("  ").trim_end().to_owned()
}

/// How good the matching of a system is.
fn quality_lines(system: &SystemLine) -> Vec<String> {
    let figures = &system.quality.0;
    if figures.is_empty() {
        return Vec::new();
    }
    let lines = figures.iter().map(|(label, figure)| format!("    {label}: {figure}"));
    std::iter::once(format!("\n{}", system.name)).chain(lines).collect()
}

/// Format, encoding and counts of a file.
fn shape(report: &SourceShown, language: Language) -> String {
    let mut shape = vec![report.format.to_uppercase()];
    shape.extend(report.encoding.clone());
    let RowCount { in_file, records, rejected, .. } = report.rows;
    let records = counted(records, ["post", "poster"], ["record", "records"]);
    let unusable = counted(rejected, ["ej användbar", "ej användbara"], ["not usable", "not usable"]);
    let counts = [rows(in_file), records].into_iter().chain((rejected > 0).then_some(unusable));
    let counts: Vec<String> = counts.map(|count| count.get(language).to_owned()).collect();
    format!("{}; {}", shape.join(", "), counts.join(", "))
}

/// The keys of a file, and how many records have them.
fn coverage(report: &SourceShown, language: Language) -> Vec<String> {
    let keys = report.key_coverage.iter().filter(|(_, coverage)| coverage.of > 0);
    keys.map(|(field, own)| format!("{} {} %", field.called(language), own.filled * 100 / own.of)).collect()
}

/// One input: how it was read, its keys, and what should be known of it.
fn input_lines(input: &InputShown, language: Language) -> Vec<String> {
    let t = |sv, en| Text::new(sv, en).get(language);
    let Some(report) = &input.source else { return Vec::new() };
    let mut lines = vec![format!("{}: {}", input.path, shape(report, language))];
    let keys = coverage(report, language);
    if !keys.is_empty() {
        lines.push(format!("    {}: {}", t("nycklar", "keys"), keys.join(", ")));
    }
    let columns: Vec<String> =
        report.columns.iter().map(|own| format!("{} = {}", own.field.key(), own.shown())).collect();
    lines.push(format!("    {}: {}", t("kolumner", "columns"), columns.join("; ")));
    if !report.unknown.is_empty() {
        lines.push(format!("    {}: {}", t("okända rubriker", "unknown headers"), listed(&report.unknown)));
    }
    lines.extend(report.remarks.iter().map(|remark| format!("    {remark}")));
    let most = report.rejected.iter().take(5);
    lines.extend(most.map(|rejected| {
        format!("    {} {}: {}", t("rad", "row"), rejected.row, rejected.reason.message().get(language))
    }));
    lines
}

/// How a file is read: the table as anybody sees it, then what it is read as, with the lines to paste to overrule it.
pub fn inspected(inspection: &Inspection, screen: &Screen, language: Language) -> String {
    let mut text: Vec<String> = inspection.seen.iter().flat_map(|seen| seen_lines(seen, screen, language)).collect();
    match &inspection.reading {
        Ok(reading) => text.push(read_as(reading, screen, language)),
        Err(error) => text.push(screen.show(&error.show(language)).into()),
    }
    text.join("\n")
}

/// The table as anybody sees it.
fn seen_lines(seen: &Seen, screen: &Screen, language: Language) -> Vec<String> {
    let t = |sv, en| Text::new(sv, en).get(language);
    let mut shape = vec![seen.shape.format.to_uppercase()];
    shape.extend(seen.shape.encoding.clone());
    shape.extend(seen.shape.delimiter.map(|delimiter| format!("{} {delimiter:?}", t("avgränsare", "delimiter"))));
    if !seen.sheet.is_empty() {
        shape.push(format!("{} \"{}\"", t("blad", "sheet"), screen.show(&seen.sheet)));
    }
    let header = match seen.header_row {
        Some(row) => format!("{} {row}", t("rubriker på rad", "header on row")),
        None => t("ingen rubrikrad: den första raden har värden", "no header: the first row holds values").to_owned(),
    };
    let (of_data, columns) = (seen.rows, seen.columns.len());
    let columns = counted(columns as u64, ["kolumn", "kolumner"], ["column", "columns"]);
    let counts = format!("{}, {}", rows(of_data as u64).get(language), columns.get(language));
    let mut lines = vec![format!("{}; {header}; {counts}", shape.join(", "))];
    let table: Vec<Vec<String>> =
        (1..).zip(&seen.columns).map(|(number, column)| seen_column(number, column, screen, language)).collect();
    if !table.is_empty() {
        lines.extend(aligned(&table).into_iter().map(|line| format!("    {line}")));
    }
    lines
}

/// A column as it is seen: its number and header, how many rows it fills, of what kinds, and a value without content.
fn seen_column(number: usize, column: &SeenColumn, screen: &Screen, language: Language) -> Vec<String> {
    let kinds = ValueForm::ALL.into_iter().zip(column.kinds).filter(|(_, values)| *values > 0);
    let kinds: Vec<String> = kinds.map(|(kind, values)| format!("{values} {}", kind.text().get(language))).collect();
    let header: String = String::from(&screen.show(&column.header)).chars().take(40).collect();
    vec![format!("{number}. {header}"), column.filled.to_string(), kinds.join(", "), column.sample.clone()]
}

/// What a file is read as, with the lines to paste to overrule it.
fn read_as(reading: &Reading, screen: &Screen, language: Language) -> String {
    let t = |sv, en| Text::new(sv, en).get(language);
    let input = InputShown::read(&reading.report, screen, language);
    let Some(report) = &input.source else { return String::new() };
    let role = report.role.text().get(language);
    let mut text = input_lines(&input, language);
    text.push(format!("    {}: {role}", t("tolkas som", "taken to be a")));
    text.extend(sheet_lines(report, language));
    let columns: Vec<String> = report.columns.iter().map(column_line).collect();
    text.push(format!("    {}:", t("kolumner", "columns")));
    text.extend(columns);
    let lists = [
        (
            t("passerade kolumner", "columns passed over"),
            report.passed_over.iter().map(|(_, header)| header.clone()).collect(),
        ),
        (t("läses aldrig in", "never read"), report.dropped.clone()),
    ];
    for (name, list) in lists.into_iter().filter(|(_, list): &(&str, Vec<Shown>)| !list.is_empty()) {
        text.push(format!("    {name}: {}", listed(&list)));
    }
    text.push(format!("    {}:", t("de första raderna, maskerade", "the first rows, masked")));
    text.extend(reading.sample.iter().map(|row| format!("        {}", row.join(" | "))));
    text.push(format!("    {}:", t("att klistra in i samkor.toml och ändra", "to paste into samkor.toml and change")));
    text.extend(lines_to_paste(report));
    text.join("\n")
}

/// The sheets that are read; those passed over are among the remarks.
fn sheet_lines(report: &SourceShown, language: Language) -> Vec<String> {
    let t = |sv, en| Text::new(sv, en).get(language);
    let line = |sheet: &SheetShown| {
        let name = if sheet.name.is_empty() { String::new() } else { format!(" \"{}\"", sheet.name) };
        match sheet.header_row {
            Some(row) => format!("    {}{name}: {} {row}", t("blad", "sheet"), t("rubriker på rad", "header on row")),
            None => format!("    {}{name}", t("blad", "sheet")),
        }
    };
    report.sheets.iter().map(line).collect()
}

/// The same reading, stated.
fn lines_to_paste(report: &SourceShown) -> Vec<String> {
    let mut lines = vec![format!("        file = {:?}", report.path.as_str())];
    let read = report.sheets.iter().find(|sheet| sheet.header_row.is_some());
    if let Some(sheet) = read {
        if !sheet.name.is_empty() {
            lines.push(format!("        sheet = {:?}", sheet.name.as_str()));
        }
        lines.push(format!("        header_row = {}", sheet.header_row.unwrap_or(1)));
    }
    if let Some(encoding) = &report.encoding {
        lines.push(format!("        encoding = {:?}", encoding.to_lowercase()));
    }
    match report.delimiter {
        Some('\t') => lines.push("        delimiter = \"tab\"".to_owned()),
        Some(delimiter) => lines.push(format!("        delimiter = \"{delimiter}\"")),
        None => {}
    }
    lines.push(format!("        {}", report.role.columns_table()));
    lines.extend(report.columns.iter().map(column_line));
    lines
}

/// A field and its headers as they are written in the configuration.
fn column_line(column: &ColumnShown) -> String {
    let headers: Vec<&str> = column.headers.iter().map(Shown::as_str).collect();
    match headers.as_slice() {
        [one] => format!("        {} = {one:?}", column.field.key()),
        several => format!("        {} = {several:?}", column.field.key()),
    }
}
