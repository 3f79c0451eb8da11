//! Marks of protection on sheets of which nothing else is read: hidden ones, those that the configuration passes over, and
//! lists of the protected that hold a name or a number and no more. A mark is never lost for what else its sheet lacks.

use super::format::{Row, Trouble, Workbook};
use super::header::{Meaning, is_data, is_of_protection, meanings, normalise};
use super::marks::Marks;
use super::rows::{Taken, read_rows};
use super::sheet::{Layout, Request, lay_out};
use super::value::Value;
use super::whose_row::is_identifying;
use super::words::protection;
use crate::model::{Field, FileIx, Reading, SourceRef};
use std::collections::BTreeMap;
use std::ops::ControlFlow;

/// The marks of a sheet that is not read; `None` where nothing on it could be one.
///
/// # Errors
/// A sheet that is called by the protected and cannot be read.
pub fn marks_of(
    workbook: &mut dyn Workbook,
    (file, sheet): (FileIx, usize),
    request: &Request<'_>,
) -> Result<Option<Marks>, Trouble> {
    let no_column_marks = request.columns.get(&Field::Protected).is_some_and(Vec::is_empty);
    if no_column_marks || !Field::Protected.fits(request.role) {
        return Ok(None);
    }
    if let Some(layout) = layout(workbook, sheet, request)
        && let Ok(read) = read_rows(workbook, (file, sheet), &layout, &mut |_| Ok(Taken::Folded))
    {
        let can_mark = layout.of_the_protected || !layout.columns.of(Field::Protected).is_empty();
        return Ok(can_mark.then_some(read.marks));
    }
    let sheets = workbook.sheets();
    let of_the_protected = sheets.get(sheet).is_some_and(|own| is_sheet_of_the_protected(&own.name));
    let mut bare = Bare { request, of_the_protected, columns: Vec::new(), marks: None };
    let place = u16::try_from(sheet).unwrap_or(u16::MAX);
    let seen = workbook.rows(sheet, &mut |row| {
        bare.see(row, SourceRef { file, sheet: place, row: row.number });
        ControlFlow::Continue(())
    });
    match seen {
        Err(trouble) if of_the_protected => Err(trouble),
        _ => Ok(bare.marks),
    }
}

/// Whether a sheet is called by those who are protected. A name that is not understood is a mark, as a cell's word is.
pub fn is_sheet_of_the_protected(name: &str) -> bool {
    is_of_protection(name) && protection(name) != Reading::Known(false)
}

/// Columns that the configuration states may stand on the sheet that is read alone.
fn layout(workbook: &mut dyn Workbook, sheet: usize, request: &Request<'_>) -> Option<Layout> {
    let none = BTreeMap::new();
    let by_headers = Request { columns: &none, header_row: None, ..*request };
    lay_out(workbook, sheet, request).or_else(|_| lay_out(workbook, sheet, &by_headers)).ok()
}

/// A sheet that holds too little for a table.
struct Bare<'r> {
    request: &'r Request<'r>,
    of_the_protected: bool,
    /// What stands in each column; none where no header is known.
    columns: Vec<Option<Field>>,
    marks: Option<Marks>,
}

impl Bare<'_> {
    fn see(&mut self, row: &Row<'_>, source: SourceRef) {
        let cells: Vec<String> = row.cells.iter().map(|cell| cell.text().unwrap_or_default()).collect();
        if self.take_header(&cells) {
            return;
        }
        let marking = self.columns.contains(&Some(Field::Protected));
        if !self.of_the_protected && !marking {
            return;
        }
        let texts = if self.columns.is_empty() { by_form(row.cells) } else { self.by_header(&cells) };
        let mark = if self.of_the_protected { Reading::Known(true) } else { self.mark(&cells) };
        let marks = self.marks.get_or_insert_default();
        if !texts.is_empty() {
            marks.see(source, mark, &|field| {
                texts.iter().filter(|(own, _)| *own == field).map(|(_, text)| text.clone()).collect()
            });
        }
    }

    /// Takes a row for the header if it names something by which people are known, and nothing on it can only be data.
    fn take_header(&mut self, cells: &[String]) -> bool {
        let fields: Vec<Option<Field>> = cells.iter().map(|cell| self.field(cell)).collect();
        let names_a_key = fields.iter().flatten().any(|field| *field != Field::Protected);
        let is_header = names_a_key && !cells.iter().any(|cell| is_data(cell.trim()));
        if is_header {
            self.columns = fields;
        }
        is_header
    }

    fn field(&self, header: &str) -> Option<Field> {
        let folded = normalise(header);
        let stated = self.request.columns.iter().find(|(_, own)| own.iter().any(|own| normalise(own) == folded));
        let known = || meanings(header, self.request.role).into_iter().find_map(Meaning::field);
        let field = stated.map(|(field, _)| *field).filter(|_| !folded.is_empty()).or_else(known);
        field.filter(|field| *field == Field::Protected || is_identifying(*field))
    }

    fn by_header(&self, cells: &[String]) -> Vec<(Field, String)> {
        let own = self.columns.iter().zip(cells).filter(|(_, text)| !text.trim().is_empty());
        own.filter_map(|(field, text)| Some(((*field)?, text.clone()))).collect()
    }

    /// What the columns of protection say together. The letters S and F are codes of the tax agency where nothing shows that
    /// they are true and false.
    fn mark(&self, cells: &[String]) -> Reading<bool> {
        let own = self.columns.iter().zip(cells).filter(|(field, _)| **field == Some(Field::Protected));
        let says = |text: &String| match text.trim() {
            "S" | "s" | "F" | "f" => true,
            text => matches!(protection(text), Reading::Known(true) | Reading::NotUnderstood),
        };
        if own.map(|(_, text)| text).any(says) { Reading::Known(true) } else { Reading::Absent }
    }
}

/// What a row may name somebody by where no header tells.
fn by_form(cells: &[Value<'_>]) -> Vec<(Field, String)> {
    let texts: Vec<String> = cells.iter().filter_map(|cell| Some(cell.shown()?.trim().to_owned())).collect();
    let mut found: Vec<(Field, String)> =
        texts.iter().filter_map(|text| Some((field_of(text)?, text.clone()))).collect();
    // A given name and a surname in cells of their own.
    let lone: Vec<&str> = texts.iter().map(String::as_str).filter(|text| is_word(text)).collect();
    if lone.len() == 2 {
        found.push((Field::Name, lone.join(" ")));
    }
    found
}

fn field_of(text: &str) -> Option<Field> {
    /// Digits from which a number is an employee's and not a row's.
    const EMPLOYEE: usize = 4;
    /// Words that a name has at the most.
    const NAME: usize = 4;
    let digits = text.chars().filter(char::is_ascii_digit).count();
    let letters = text.chars().filter(|c| c.is_alphabetic()).count();
    let words = text.split([' ', ',']).filter(|word| !word.is_empty()).count();
    match (letters, digits) {
        _ if text.contains('@') => Some(Field::Email),
        (0, 10 | 12) => Some(Field::PersonalNumber),
        (0, EMPLOYEE..) => Some(Field::EmployeeNumber),
        (1.., 1..) if words == 1 => Some(Field::Account),
        (1.., 0) if (2..=NAME).contains(&words) => Some(Field::Name),
        _ => None,
    }
}

fn is_word(text: &str) -> bool {
    !text.is_empty() && text.chars().all(|c| c.is_alphabetic() || c == '-')
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Without a header a cell is what its form says: counts of rows and headings name nobody.
    #[test]
    fn cells_tell_by_their_form() {
        for (text, field) in [
            ("Tindra Qvarnholm", Some(Field::Name)),
            ("Qvarnholm, Tindra", Some(Field::Name)),
            ("19680216-9265", Some(Field::PersonalNumber)),
            ("100777", Some(Field::EmployeeNumber)),
            ("tinqva01", Some(Field::Account)),
            ("tindra@ex.se", Some(Field::Email)),
            ("17", None),
            ("Namnlista", None),
            ("Listan hålls av den som ansvarar för lönen", None),
        ] {
            assert_eq!(field_of(text), field, "{text}");
        }
        let apart = ["Tindra", "Qvarnholm"].map(|text| Value::Text(text.into()));
        assert_eq!(by_form(&apart), [(Field::Name, "Tindra Qvarnholm".to_owned())]);
    }

    /// A sheet is called by the protected whatever word says so, and not by those who are not.
    #[test]
    fn sheets_of_the_protected_are_known() {
        for name in ["Skyddade ID", "SPU", "SKPU", "Skyddade", "Spärrad folkbokföring", "Konfidentiella"] {
            assert!(is_sheet_of_the_protected(name), "{name}");
        }
        for name in ["Ej skyddade", "Oskyddade", "Anställda", "Skyddsombud"] {
            assert!(!is_sheet_of_the_protected(name), "{name}");
        }
    }
}
