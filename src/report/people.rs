//! Lists of what payroll should say otherwise: facts, then what was done.

use super::cell::Cell;
use super::rows::Rows;
use super::style::Styles;
use super::table::{Column, Layout, add_yes_or_no, lay_out, page};
use crate::answer_form::{CORRECTION, EMPLOYED_UNTIL};
use crate::disclosure::{PersonRow, RunFacts, UnusedRow};
use crate::model::{Language, Text};
use rust_xlsxwriter::{Worksheet, XlsxError};

/// Columns of facts before those that are filled in.
const FACTS: u16 = 8;

/// Something to correct.
enum Correction<'a> {
    /// A row that could not be used. That it is mended the next extract shows, and no answer is asked for.
    Row(UnusedRow<'a>),
    /// A person.
    Person(&'a PersonRow),
}

impl<'a> Correction<'a> {
    /// What stands in a column that tells of persons.
    fn of_person<'c>(&'c self, tell: impl Fn(&'a PersonRow) -> Cell<'c>) -> Cell<'c> {
        match self {
            Self::Row(_) => Cell::Blank,
            Self::Person(person) => tell(person),
        }
    }
}

/// Writes what is to be corrected: the rows that nobody could be found by, then the persons.
pub fn write_list<'a>(
    worksheet: &mut Worksheet,
    unused: impl Iterator<Item = UnusedRow<'a>>,
    persons: &'a [PersonRow],
    styles: &Styles,
    run: &RunFacts,
) -> Result<Rows<'a>, XlsxError> {
    let layout = Layout {
        name: "Personregister",
        alt: Text::new(
            "Uppgifter att rätta i personalregistret, en person eller rad i filen på varje rad",
            "What to correct in payroll, a person or a row of the file on each row",
        )
        .get(run.language)
        .to_owned(),
        empty: Text::new("Inga uppgifter att rätta.", "Nothing to correct."),
        frozen: 4,
        printed: None,
        room: page(),
    };
    let mut corrections: Vec<Correction<'a>> = unused.map(Correction::Row).collect();
    let first = u32::try_from(corrections.len()).unwrap_or(u32::MAX).saturating_add(1);
    corrections.extend(persons.iter().map(Correction::Person));
    let rows = lay_out(worksheet, columns(), corrections, &layout, styles, run.language)?;
    if !persons.is_empty() {
        add_yes_or_no(worksheet, (first, rows.last), FACTS, run.language)?;
    }
    Ok(rows)
}

fn columns<'a>() -> Vec<Column<Correction<'a>>> {
    let column = |sv, en, width, value| Column::read(Text::new(sv, en), width, value);
    let folded = |sv, en, width, value| Column::read(Text::new(sv, en), width, value).folded();
    vec![
        column("Nr", "No", 10.6, |own: &Correction<'a>, _| own.of_person(|r| Cell::text(&r.code))),
        column("Grad", "Severity", 9.5, |own, _| own.of_person(|r| r.severity().map_or(Cell::Blank, Cell::Severity))),
        column("Namn", "Name", 20.0, |own, _| own.of_person(|r| Cell::text(&r.name))),
        column("Anställningsnummer", "Employee number", 13.0, |own, _| {
            own.of_person(|r| Cell::text(&r.employee_number))
        }),
        column("Orsak", "Reason", 44.0, reasons),
        column("Förvaltning", "Department", 18.0, |own, _| own.of_person(|r| Cell::text(&r.department))),
        Column::read(EMPLOYED_UNTIL, 11.0, |own, _| own.of_person(|r| Cell::day(r.employment_end))),
        column("Rad i registret", "Row in the register", 9.0, row_number),
        asked(0, 10.0),
        asked(1, 19.0),
        asked(2, 15.0),
        Column { value: |own, _| own.of_person(|_| Cell::AnswerDate), ..Column::answer_date(CORRECTION[3], 11.5) },
        folded("Enhet", "Unit", 20.0, |own: &Correction<'a>, _| own.of_person(|r| Cell::text(&r.unit))),
        folded("Närmaste chef", "Closest manager", 18.0, |own, _| own.of_person(|r| Cell::text(&r.manager))),
        folded("Förslag", "Proposal", 20.0, |own, _| {
            own.of_person(|r| r.reasons.first().map_or(Cell::Blank, |own| Cell::text(own.proposal)))
        }),
        folded("Först rapporterad", "First reported", 14.0, |own, _| {
            own.of_person(|r| Cell::day(r.reasons.iter().map(|reason| reason.first_seen).min()))
        }),
        Column::key(|own, _| own.of_person(|r| Cell::text(r.key.to_string()))),
    ]
}

fn asked<'a>(at: usize, width: f64) -> Column<Correction<'a>> {
    Column { value: |own, _| own.of_person(|_| Cell::Answer), ..Column::answer(CORRECTION[at], width) }
}

fn row_number<'c>(own: &'c Correction<'_>, _: Language) -> Cell<'c> {
    Cell::number(match own {
        Correction::Row(unused) => unused.rejected.row,
        Correction::Person(person) => person.row,
    })
}

fn reasons<'c>(own: &'c Correction<'_>, language: Language) -> Cell<'c> {
    match own {
        Correction::Row(unused) => {
            let (place, why) = (unused.rejected.place(unused.file), unused.rejected.reason.message());
            let unusable = Text::new("kunde inte användas", "could not be used").get(language);
            Cell::text(format!("{} {unusable}. {}.", place.get(language), why.get(language)))
        }
        Correction::Person(person) => {
            let list: Vec<String> =
                person.reasons.iter().map(|own| format!("{}. {}", own.title, own.message)).collect();
            Cell::text(list.join("\n"))
        }
    }
}
