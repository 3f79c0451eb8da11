//! The list of systems as a workbook to fill in: a row for each system that was found, with what the files say of it.
//!
//! Its headers are those that the reader of such lists knows; each tells in a message what is to be written under it.

use super::plan::SystemPlan;
use crate::model::{Field, InventoryRow, Language, Text};
use chrono::NaiveDate;
use rust_xlsxwriter::{
    Color, ConditionalFormatBlank, DataValidation, DataValidationRule, DocProperties, ExcelDateTime, Format,
    FormatAlign, Workbook, Worksheet, XlsxError,
};

/// The rows beyond the systems found that take messages too, for those of which no export is there yet.
const MORE_ROWS: u32 = 200;

/// One column of the list.
struct Column {
    field: Field,
    head: Text,
    /// Width in characters.
    width: f64,
    /// What is to be written there, at most 255 characters.
    told: Text,
    /// What of a row stands there.
    cell: fn(&InventoryRow) -> Cell,
    /// Whether it lights up until something stands there.
    wanted: bool,
}

/// What the files say.
enum Cell {
    Text(String),
    Day(NaiveDate),
    Blank,
}

fn text(own: Option<&String>) -> Cell {
    own.map_or(Cell::Blank, |own| Cell::Text(own.clone()))
}

fn blank(_: &InventoryRow) -> Cell {
    Cell::Blank
}

/// The columns, those first that everybody fills in.
const COLUMNS: [Column; 15] = [
    Column {
        field: Field::System,
        head: Text::new("System", "System"),
        width: 28.0,
        told: Text::new(
            "Vad systemet heter hos er. Lägg till en rad för varje system som saknas, också där ingen export finns än.",
            "What you call the system. Add a row for each system that is missing, also where there is no export yet.",
        ),
        cell: |row| Cell::Text(row.name.clone()),
        wanted: false,
    },
    Column {
        field: Field::Id,
        head: Text::new("System-id", "Id"),
        width: 16.0,
        told: Text::new(
            "Kort namn utan mellanslag. Det binder raden till samkor.toml och till tidigare svar: ändra det inte. På nya rader \
             kan det lämnas tomt.",
            "A short name without blanks. It ties the row to samkor.toml and to earlier answers: leave it as it is. On new \
             rows it may be left blank.",
        ),
        cell: |row| Cell::Text(row.id.clone()),
        wanted: false,
    },
    Column {
        field: Field::Owner,
        head: Text::new("Systemägare", "System owner"),
        width: 28.0,
        told: Text::new(
            "Den som svarar för systemet och får listan: e-postadress, anställningsnummer, eller posten, till exempel IT-chef.",
            "Whoever answers for the system and gets the list: e-mail address, employee number, or the post, such as IT manager.",
        ),
        cell: |row| text(row.owner.as_ref()),
        wanted: true,
    },
    Column {
        field: Field::Administrator,
        head: Text::new("Systemförvaltare", "Administrator"),
        width: 28.0,
        told: Text::new(
            "Den som sköter systemet till vardags: e-postadress, anställningsnummer eller post. Får lämnas tomt.",
            "Whoever manages the system day by day: e-mail address, employee number or post. May be left blank.",
        ),
        cell: |row| text(row.administrator.as_ref()),
        wanted: false,
    },
    Column {
        field: Field::Committee,
        head: Text::new("Nämnd", "Committee"),
        width: 20.0,
        told: Text::new(
            "Nämnden eller styrelsen som är personuppgiftsansvarig. Varje nämnd får en sammanställning över sina system.",
            "The committee or board that is the controller. Each committee gets a summary of its systems.",
        ),
        cell: |row| text(row.committee.as_ref()),
        wanted: false,
    },
    Column {
        field: Field::Departments,
        head: Text::new("Förvaltningar", "Departments"),
        width: 26.0,
        told: Text::new(
            "Förvaltningarna vars anställda hör hemma i systemet, med semikolon emellan. Tomt där alla gör det.",
            "The departments whose staff belong in the system, with semicolons between. Blank where all do.",
        ),
        cell: |row| match row.departments.as_slice() {
            [] => Cell::Blank,
            some => Cell::Text(some.join("; ")),
        },
        wanted: false,
    },
    Column {
        field: Field::Classification,
        head: Text::new("Informationsklass", "Classification"),
        width: 18.0,
        told: Text::new(
            "Klassen enligt er informationsklassning, som ni skriver den, till exempel K3R2T2.",
            "The class by your information classification, as you write it, such as K3R2T2.",
        ),
        cell: |row| text(row.classification.as_ref()),
        wanted: false,
    },
    Column {
        field: Field::RiskAnalysis,
        head: Text::new("Senaste riskanalys", "Risk analysis"),
        width: 14.0,
        told: Text::new(
            "Dagen för den senaste riskanalysen. Lämna tomt om ingen är gjord.",
            "The day of the latest risk analysis. Leave blank where none was made.",
        ),
        cell: blank,
        wanted: false,
    },
    Column {
        field: Field::Confirmed,
        head: Text::new("Bekräftad", "Confirmed"),
        width: 13.0,
        told: Text::new(
            "Dagen då raden senast bekräftades av den som svarar för systemet.",
            "The day on which whoever answers for the system last confirmed the row.",
        ),
        cell: blank,
        wanted: false,
    },
    Column {
        field: Field::File,
        head: Text::new("Fil", "File"),
        width: 34.0,
        told: Text::new(
            "Exporten med systemets konton, räknat från den här mappen. Tomt där filerna står i samkor.toml, och där ingen \
             export finns.",
            "The export with the system's accounts, counted from this folder. Blank where the files stand in samkor.toml, \
             and where there is no export.",
        ),
        cell: |row| text(row.file.as_ref()),
        wanted: false,
    },
    Column {
        field: Field::Exported,
        head: Text::new("Uttagen", "Exported"),
        width: 13.0,
        told: Text::new(
            "Dagen då exporten togs ut ur systemet, till exempel 2026-11-30. Är filerna flera gäller den äldsta.",
            "The day on which the export was taken out of the system, such as 2026-11-30. Of several files, the oldest.",
        ),
        cell: |row| row.exported.map_or(Cell::Blank, Cell::Day),
        wanted: true,
    },
    Column {
        field: Field::ExportedBy,
        head: Text::new("Uttagen av", "Exported by"),
        width: 20.0,
        told: Text::new("Vem som tog ut exporten.", "Who took the export out."),
        cell: |row| text(row.exported_by.as_ref()),
        wanted: false,
    },
    Column {
        field: Field::ControlTotal,
        head: Text::new("Antal konton", "Control total"),
        width: 12.0,
        told: Text::new(
            "Antalet konton som systemet självt visar, inte det i filen: så märks det om exporten inte är hel.",
            "The number of accounts that the system itself shows, not that in the file: it tells whether the export is whole.",
        ),
        cell: blank,
        wanted: false,
    },
    Column {
        field: Field::ExcludedBy,
        head: Text::new("Undantagen av", "Excluded by"),
        width: 20.0,
        told: Text::new(
            "Bara för system som inte ska granskas: vem som har beslutat det. Skälet skrivs bredvid.",
            "Only for systems that are not to be reviewed: who decided so. The reason goes beside it.",
        ),
        cell: |row| text(row.excluded_by.as_ref()),
        wanted: false,
    },
    Column {
        field: Field::ExcludedWhy,
        head: Text::new("Skäl till undantag", "Excluded why"),
        width: 28.0,
        told: Text::new(
            "Bara för system som inte ska granskas: varför, till exempel att systemet avvecklas 2026.",
            "Only for systems that are not to be reviewed: why, such as that it is closed down in 2026.",
        ),
        cell: |row| text(row.excluded_why.as_ref()),
        wanted: false,
    },
];

/// The rows of the systems that were found; the first stands under the headers.
pub fn rows(systems: &[SystemPlan]) -> Vec<InventoryRow> {
    systems.iter().zip(2..).map(|(system, row)| row_of(system, row)).collect()
}

fn row_of(system: &SystemPlan, row: u32) -> InventoryRow {
    let days: Vec<_> = system.files.iter().filter_map(|file| file.day.certain()).collect();
    // Of several files some of which do not say when they were taken out, the oldest is not known.
    let exported = days.iter().min().copied().filter(|_| days.len() == system.files.len());
    let file = match system.files.as_slice() {
        [one] => Some(one.shown.clone()),
        _ => None,
    };
    InventoryRow {
        id: system.id.clone(),
        name: system.named.name.clone(),
        file,
        exported,
        row,
        ..InventoryRow::default()
    }
}

/// The workbook.
///
/// # Errors
/// More than a workbook can hold.
pub fn workbook(rows: &[InventoryRow], today: NaiveDate, language: Language) -> Result<Vec<u8>, XlsxError> {
    let mut workbook = Workbook::new();
    // The library would ask the clock.
    let created = ExcelDateTime::parse_from_str(&today.to_string())?;
    workbook.set_properties(&DocProperties::new().set_creation_datetime(&created));
    let sheet = workbook.add_worksheet();
    sheet.set_name(Text::new("Systemförteckning", "Systems").get(language))?;
    let ink = Format::new().set_background_color(Color::RGB(0x1F_3A_4D)).set_font_color(Color::White);
    let head = ink.set_bold().set_text_wrap().set_align(FormatAlign::VerticalCenter);
    let plain = Format::new().set_text_wrap().set_align(FormatAlign::Top);
    let day = Format::new().set_num_format("yyyy-mm-dd").set_align(FormatAlign::Top).set_align(FormatAlign::Left);
    let last = u32::try_from(rows.len()).unwrap_or(u32::MAX - MORE_ROWS - 1) + MORE_ROWS;
    for (column, at) in COLUMNS.iter().zip(0u16..) {
        let format = if column.is_date() { &day } else { &plain };
        sheet.set_column_width(at, column.width)?.set_column_format(at, format)?;
        sheet.write_string_with_format(0, at, column.head.get(language), &head)?;
        for (row, line) in rows.iter().zip(1u32..) {
            match (column.cell)(row) {
                Cell::Text(text) => sheet.write_string_with_format(line, at, text, format)?,
                Cell::Day(own) => sheet.write_datetime_with_format(line, at, own, format)?,
                Cell::Blank => sheet.write_blank(line, at, format)?,
            };
        }
        help(sheet, (at, last), column, language)?;
        if column.wanted {
            let last = u32::try_from(rows.len()).unwrap_or(last).max(1);
            let light = ConditionalFormatBlank::new().set_format(Format::new().set_background_color(0xFF_E6_6D));
            sheet.add_conditional_format(1, at, last, at, &light)?;
        }
    }
    sheet.set_row_height(0, 32)?.set_freeze_panes(1, 1)?;
    sheet.autofilter(0, 0, last, u16::try_from(COLUMNS.len() - 1).unwrap_or(0))?;
    sheet.set_landscape().set_paper_size(9).set_print_fit_to_pages(1, 0).set_repeat_rows(0, 0)?;
    workbook.save_to_buffer()
}

/// What a column holds, told where the cursor stands, at the header too; a date column takes nothing else.
fn help(sheet: &mut Worksheet, (at, last): (u16, u32), column: &Column, language: Language) -> Result<(), XlsxError> {
    let told = |own: DataValidation| {
        own.set_input_title(column.head.get(language))?.set_input_message(column.told.get(language))
    };
    sheet.add_data_validation(0, at, 0, at, &told(DataValidation::new().allow_any_value())?)?;
    let own = if column.is_date() {
        let t = |sv, en| Text::new(sv, en).get(language);
        let date = DataValidationRule::GreaterThan(ExcelDateTime::from_ymd(1990, 1, 1)?);
        DataValidation::new()
            .allow_date(date)
            .set_error_title(t("Skriv ett datum", "Write a date"))?
            .set_error_message(t("Skriv datumet som 2026-12-31.", "Write the date as 2026-12-31."))?
    } else {
        DataValidation::new().allow_any_value()
    };
    sheet.add_data_validation(1, at, last, at, &told(own)?)?;
    Ok(())
}

impl Column {
    fn is_date(&self) -> bool {
        matches!(self.field, Field::RiskAnalysis | Field::Confirmed | Field::Exported)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ingest::{FileTerms, inventory};

    /// Every header is known by the reader of such lists in both languages, and what was written is read again.
    #[test]
    fn the_list_is_read_as_it_is_written() -> Result<(), Box<dyn std::error::Error>> {
        let today = NaiveDate::from_ymd_opt(2026, 11, 30).ok_or("no day")?;
        let row = InventoryRow {
            id: "ad".to_owned(),
            name: "Active Directory".to_owned(),
            file: Some("in/ad.csv".to_owned()),
            exported: Some(today),
            owner: Some("IT-chef".to_owned()),
            departments: vec!["Skola".to_owned(), "Vård".to_owned()],
            row: 2,
            ..InventoryRow::default()
        };
        for language in [Language::Sv, Language::En] {
            let folder = tempfile::tempdir()?;
            std::fs::write(folder.path().join("lista.xlsx"), workbook(std::slice::from_ref(&row), today, language)?)?;
            let input = crate::config::InputFile::default().named("lista.xlsx".to_owned(), folder.path());
            let (rows, report) = inventory::read(&input, FileTerms::without(today)).map_err(|error| error.says.en)?;
            let [read] = rows.as_slice() else { return Err("not one row".into()) };
            assert_eq!(format!("{read:?}"), format!("{row:?}"));
            let fields: Vec<Field> = report.columns.iter().map(|column| column.field).collect();
            assert!(COLUMNS.iter().all(|column| fields.contains(&column.field)), "{language:?} {fields:?}");
        }
        Ok(())
    }
}
