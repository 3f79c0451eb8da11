//! A workbook with what all of them share: properties, page setup, and a hidden sheet that carries the
//! run and the dropdowns' choices.

use super::archive;
use super::paper::Paper;
use super::rows::{LaidOut, Rows};
use super::style::{FormatNumbers, Styles};
use crate::answer_form::{Decision, HIDDEN_SHEET, RUN_FACT, RUN_PROPERTY, SYSTEM_FACT, SYSTEM_PROPERTY};
use crate::disclosure::RunFacts;
use crate::model::{Language, Text};
use chrono::NaiveDate;
use rust_xlsxwriter::{DocProperties, ExcelDateTime, Formula, Workbook, Worksheet, XlsxError};

/// How hard workbooks are packed, of 9. Level 2 takes half the time of the usual 6, and files grow by a fifth.
pub const PACKING: u8 = 2;

/// A workbook under way.
pub struct Book<'a> {
    workbook: Workbook,
    formats: FormatNumbers,
    /// Its lists, each with the number of its sheet.
    lists: Vec<(usize, Rows<'a>)>,
    /// Formats.
    pub styles: Styles,
    /// The run.
    pub run: &'a RunFacts,
    /// What it is about: a system, or the whole organisation.
    about: String,
}

/// One sheet of a workbook made from a part `P`.
pub struct Sheet<P> {
    /// Its name.
    pub name: Text,
    write: WriteSheet<P>,
}

/// How a sheet is written.
enum WriteSheet<P> {
    Page(WritePage<P>),
    List(WriteList<P>),
}

/// Writes a sheet that reads like a page.
type WritePage<P> = fn(&mut Worksheet, &P, &Styles, &RunFacts) -> Result<(), XlsxError>;

/// Lays a list out, and gives its rows.
type WriteList<P> = for<'p> fn(&mut Worksheet, &'p P, &Styles, &'p RunFacts) -> LaidOut<'p>;

impl<P> Sheet<P> {
    /// One that reads like a page.
    pub const fn page(name: Text, write: WritePage<P>) -> Self {
        Self { name, write: WriteSheet::Page(write) }
    }

    /// One that is a list.
    pub const fn list(name: Text, write: WriteList<P>) -> Self {
        Self { name, write: WriteSheet::List(write) }
    }
}

impl<'a> Book<'a> {
    /// An empty workbook about something.
    pub fn new(run: &'a RunFacts, about: &str) -> Result<Self, XlsxError> {
        let (mut workbook, styles) = (Workbook::new(), Styles::new());
        let formats = FormatNumbers::register(&mut workbook, &styles);
        workbook.set_zip_compression_level(PACKING);
        workbook.set_properties(&properties(run, about)?);
        Ok(Self { workbook, formats, lists: Vec::new(), styles, run, about: about.to_owned() })
    }

    /// Adds a sheet.
    pub fn add<P>(&mut self, sheet: &Sheet<P>, part: &'a P) -> Result<(), XlsxError> {
        let number = self.workbook.worksheets().len() + 1;
        let worksheet = self.workbook.add_worksheet();
        worksheet.set_name(sheet.name.get(self.run.language))?;
        Paper::Lying.set(worksheet);
        set_edges(worksheet, self.run, &self.about);
        match sheet.write {
            WriteSheet::Page(write) => write(worksheet, part, &self.styles, self.run)?,
            WriteSheet::List(write) => {
                let rows = write(worksheet, part, &self.styles, self.run)?;
                self.lists.push((number, rows));
            }
        }
        Ok(())
    }

    /// Adds the hidden sheet, last, and gives the bytes.
    pub fn finish(mut self, system: Option<&str>) -> Result<Vec<u8>, XlsxError> {
        if let Some(system) = system {
            let own = properties(self.run, &self.about)?.set_custom_property(SYSTEM_PROPERTY, system);
            self.workbook.set_properties(&own);
        }
        let worksheet = self.workbook.add_worksheet();
        worksheet.set_name(HIDDEN_SHEET)?.set_hidden(true);
        let facts = [("samkor", self.run.version), (RUN_FACT, &self.run.run), (SYSTEM_FACT, system.unwrap_or(""))];
        for (row, decision) in (0u32..).zip(Decision::ALL) {
            worksheet.write_string(row, 0, decision.text().get(self.run.language))?;
            if let Some((name, value)) = facts.get(row as usize) {
                worksheet.write_string(row, 2, *name)?.write_string(row, 3, *value)?;
            }
        }
        let made = self.workbook.save_to_buffer()?;
        let mut bytes = archive::with_rows(&made, &self.lists, &self.formats)?;
        archive::as_made_anywhere(&mut bytes);
        Ok(bytes)
    }
}

/// The choices of the decision column, on the hidden sheet.
pub fn decision_list() -> Formula {
    Formula::new(format!("={HIDDEN_SHEET}!$A$1:$A${}", Decision::ALL.len()))
}

fn properties(run: &RunFacts, about: &str) -> Result<DocProperties, XlsxError> {
    let subject = Text::new("Behörighetsgranskning mot personalregistret", "Access review against payroll");
    Ok(DocProperties::new()
        .set_title(format!("{} – {about}", run.title))
        .set_subject(subject.get(run.language))
        .set_author(format!("samkor {}", run.version))
        .set_company(&run.organisation)
        .set_comment(&run.secrecy_note)
        .set_custom_property(RUN_PROPERTY, run.run.as_str())
        .set_custom_property("samkor.version", run.version)
        .set_creation_datetime(&created(run)?))
}

/// The reference time of the file: the run's own, so that the bytes do not depend on the clock.
fn created(run: &RunFacts) -> Result<ExcelDateTime, XlsxError> {
    ExcelDateTime::parse_from_str(run.started.trim_end_matches('Z'))
}

/// The secrecy note at the head, over what the workbook is about, and page numbers at the foot, in the same letters however
/// much the sheet is scaled.
fn set_edges(worksheet: &mut Worksheet, run: &RunFacts, about: &str) {
    let page = match run.language {
        Language::Sv => "Sida &P av &N",
        Language::En => "Page &P of &N",
    };
    worksheet.set_header_footer_scale_with_doc(false);
    let note = plain(&run.secrecy_note, 200);
    let about = plain(about, 240 - note.encode_utf16().count());
    worksheet.set_header(format!("&L&9{note}\n&R&9\n{about}"));
    worksheet.set_footer(format!("&L&9{} · {}&R&9{page}", plain(&run.title, 80), day(run.as_of)));
}

/// Text in a page header: `&` is a command there, and 255 characters are the limit.
fn plain(text: &str, most: usize) -> String {
    let mut room = most;
    let fits = |letter: &char| {
        let takes = if *letter == '&' { 2 } else { letter.len_utf16() };
        room.checked_sub(takes).map(|left| room = left).is_some()
    };
    text.chars().take_while(fits).collect::<String>().replace('&', "&&")
}

fn day(day: NaiveDate) -> String {
    day.format("%Y-%m-%d").to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A note full of ampersands still fits in a page header, which takes them double.
    #[test]
    fn headers_hold_what_they_can() {
        assert_eq!(plain("R&D", 40), "R&&D");
        assert_eq!(plain(&"&".repeat(300), 200).len(), 200);
        assert_eq!(plain(&"😀".repeat(300), 200).encode_utf16().count(), 200);
    }
}
