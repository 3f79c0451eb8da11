//! ODS: spreadsheets of LibreOffice and its kin.
//!
//! The text of the sheets is held unpacked, which the budget bounds; rows are made of it one at a time, so that neither
//! repeated rows nor a cell far out cost memory.

mod table;

use super::archive::{TOO_DEEP, check, damaged, member, undecoded};
use super::{
    EachRow, Format, Hints, MergedRows, Opened, Shape, SheetInfo, Trouble, Workbook, contains, password_trouble, tail,
};
use crate::model::{DAY_ZERO, Text, message};
use chrono::NaiveDate;
use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};
use std::collections::BTreeSet;
use std::ops::Range;

/// ODS: a zip archive that says so in a member of its own, wherever that stands, or holds what only such have.
pub const FORMAT: Format = Format { recognises, open };

/// No real file nests deeper.
const MAX_DEPTH: usize = 256;

/// Unpacked size of the sheets, which are held in memory.
const MAX_CONTENT: u64 = 512 << 20;

fn recognises(bytes: &[u8]) -> bool {
    let head = &bytes[..bytes.len().min(4096)];
    bytes.starts_with(b"PK\x03\x04")
        && (contains(head, b"application/vnd.oasis.opendocument.spreadsheet")
            || contains(tail(bytes), b"META-INF/manifest.xml") && contains(tail(bytes), b"content.xml"))
}

struct Ods {
    content: String,
    sheets: Vec<Sheet>,
    day_zero: NaiveDate,
    as_shown: bool,
}

struct Sheet {
    info: SheetInfo,
    /// Where its rows stand in the content.
    place: Range<usize>,
}

fn open<'a>(bytes: &'a [u8], hints: &Hints<'_>) -> Opened<'a> {
    check(bytes)?;
    let manifest = member(bytes, "META-INF/manifest.xml", MAX_CONTENT)?.unwrap_or_default();
    if contains(&manifest, b"encryption-data") {
        return Err(password_trouble());
    }
    let content = member(bytes, "content.xml", MAX_CONTENT)?
        .ok_or_else(|| damaged(Text::new("innehållet (content.xml) saknas", "content.xml is missing")))?;
    let content = String::from_utf8(content)
        .map_err(|_| damaged(Text::new("innehållet (content.xml) är inte UTF-8", "content.xml is not UTF-8")))?;
    let Finding { sheets, day_zero, .. } = look_through(&content)?.ok_or_else(no_spreadsheet)?;
    Ok(Box::new(Ods { content, sheets, day_zero: day_zero.unwrap_or(DAY_ZERO), as_shown: hints.as_shown }))
}

impl Workbook for Ods {
    fn shape(&self) -> Shape {
        Shape { format: "ods", encoding: None, delimiter: None }
    }

    fn sheets(&self) -> Vec<SheetInfo> {
        self.sheets.iter().map(|sheet| sheet.info.clone()).collect()
    }

    fn day_zero(&self) -> NaiveDate {
        self.day_zero
    }

    fn merged_rows(&mut self, sheet: usize) -> Vec<MergedRows> {
        let sheet = self.sheets.get(sheet);
        sheet.map(|sheet| table::merged_rows(&self.content[sheet.place.clone()])).unwrap_or_default()
    }

    fn rows(&mut self, sheet: usize, each: &mut EachRow<'_>) -> Result<(), Trouble> {
        let Some(sheet) = self.sheets.get(sheet) else { return Ok(()) };
        table::rows(&self.content[sheet.place.clone()], self.as_shown, each)
    }
}

/// What is found in a document; none where it holds no spreadsheet.
fn look_through(content: &str) -> Result<Option<Finding>, Trouble> {
    let mut reader = Reader::from_str(content);
    let mut finding = Finding::default();
    let mut before = 0;
    loop {
        match reader.read_event().map_err(undecoded)? {
            Event::Start(element) => finding.begin(&element, position(&reader))?,
            Event::Empty(element) => {
                finding.begin(&element, position(&reader))?;
                finding.end(position(&reader));
            }
            Event::End(_) => finding.end(before),
            Event::DocType(_) => return Err(damaged(Text::new("en dokumenttyp, som inte läses", "a document type"))),
            Event::Eof if finding.depth > 0 => {
                return Err(damaged(Text::new(
                    "innehållet (content.xml) tar slut för tidigt",
                    "content.xml ends too soon",
                )));
            }
            Event::Eof => break,
            _ => {}
        }
        before = position(&reader);
    }
    Ok(finding.spreadsheet.is_some().then_some(finding))
}

fn position(reader: &Reader<&[u8]>) -> usize {
    usize::try_from(reader.buffer_position()).unwrap_or(usize::MAX)
}

/// What was met of a document so far.
#[derive(Default)]
struct Finding {
    depth: usize,
    /// At which depth the spreadsheet stands.
    spreadsheet: Option<usize>,
    /// The style under way, and those that hide a sheet.
    style: String,
    hiding: BTreeSet<String>,
    /// The sheet under way.
    open: Option<(SheetInfo, usize)>,
    sheets: Vec<Sheet>,
    /// The day from which days are counted, where it is stated.
    day_zero: Option<NaiveDate>,
}

impl Finding {
    fn begin(&mut self, element: &BytesStart<'_>, behind: usize) -> Result<(), Trouble> {
        self.depth += 1;
        if self.depth > MAX_DEPTH {
            return Err(damaged(TOO_DEEP));
        }
        match element.local_name().as_ref() {
            "style" => self.style = attribute(element, "style:name").unwrap_or_default(),
            "table-properties" if attribute(element, "table:display").is_some_and(|shown| shown == "false") => {
                self.hiding.insert(self.style.clone());
            }
            "null-date" => {
                let day = attribute(element, "table:date-value").unwrap_or_default();
                self.day_zero = NaiveDate::parse_from_str(&day, "%Y-%m-%d").ok();
            }
            "spreadsheet" => self.spreadsheet = Some(self.depth),
            "table" if self.spreadsheet.is_some_and(|depth| self.depth == depth + 1) => {
                let style = attribute(element, "table:style-name").unwrap_or_default();
                let name = attribute(element, "table:name").unwrap_or_default();
                self.open = Some((SheetInfo { name, visible: !self.hiding.contains(&style) }, behind));
            }
            _ => {}
        }
        Ok(())
    }

    fn end(&mut self, before: usize) {
        let is_sheet = self.spreadsheet.is_some_and(|depth| self.depth == depth + 1);
        if is_sheet && let Some((info, start)) = self.open.take() {
            self.sheets.push(Sheet { info, place: start..before.max(start) });
        }
        self.depth = self.depth.saturating_sub(1);
    }
}

/// An attribute by its whole name.
fn attribute(element: &BytesStart<'_>, name: &str) -> Option<String> {
    let mut attributes = element.attributes();
    let found = attributes.with_checks(false).filter_map(Result::ok).find(|own| own.key.as_ref() == name)?;
    quick_xml::escape::unescape(&found.value).ok().map(std::borrow::Cow::into_owned)
}

fn no_spreadsheet() -> Trouble {
    Trouble {
        says: message!("filen är inget kalkylblad (ODF)", "the file is no spreadsheet (ODF)"),
        way_out: super::save_as_help(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ingest::value::Value;
    use std::io::{Cursor, Write};
    use std::ops::ControlFlow;

    fn document(sheets: &str) -> Vec<u8> {
        let content = format!(
            "<office:document><office:body><office:spreadsheet>{sheets}</office:spreadsheet></office:body></office:document>"
        );
        let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
        for (name, text) in [("META-INF/manifest.xml", "<x/>"), ("content.xml", content.as_str())] {
            zip.start_file(name, zip::write::SimpleFileOptions::default()).unwrap();
            zip.write_all(text.as_bytes()).unwrap();
        }
        zip.finish().unwrap().into_inner()
    }

    fn read(sheets: &str) -> Result<Vec<(u32, Vec<String>)>, Trouble> {
        let bytes = document(sheets);
        assert!(recognises(&bytes));
        let mut workbook =
            open(&bytes, &Hints { encoding: None, delimiter: None, as_shown: false, header_score: &|_| 0 })?;
        let mut rows = Vec::new();
        workbook.rows(0, &mut |row| {
            let cell = |value: &Value<'_>| match value {
                Value::NoResult => "no result".to_owned(),
                Value::Failed(error) => error.text().to_owned(),
                value => value.text().unwrap_or_default(),
            };
            rows.push((row.number, row.cells.iter().map(cell).collect()));
            if rows.len() < 5 { ControlFlow::Continue(()) } else { ControlFlow::Break(()) }
        })?;
        Ok(rows)
    }

    /// Blanks between elements, notes, repeated cells, failed formulas and such without results are what they are to the eye.
    #[test]
    fn cells_are_what_the_eye_sees() {
        let rows = read(
            "\n <table:table table:name='A'>\n  <table:table-row>\n   <table:table-cell office:value-type='string'>\n    \
             <text:p>Eva <text:span>Lind</text:span><text:s text:c='2'/>&amp;\n x</text:p>\n   <office:annotation>\
             <text:p>not</text:p></office:annotation></table:table-cell>\n   <table:table-cell \
             table:number-columns-repeated='2'/>\n   <table:table-cell office:value-type='float' office:value='12' \
             table:number-columns-repeated='2'><text:p>12,0</text:p></table:table-cell><table:covered-table-cell>\
             <text:p>hidden</text:p></table:covered-table-cell><table:table-cell table:formula='of:=1'/>\
             <table:table-cell office:value-type='string' office:string-value='' calcext:value-type='error'>\
             <text:p>#REF!</text:p></table:table-cell></table:table-row>\n</table:table>",
        )
        .map_err(|t| t.says.en)
        .unwrap();
        let expected = ["Eva Lind & x", "", "", "12", "12", "", "no result", "#REF!"];
        assert_eq!(rows, [(1, expected.map(str::to_owned).to_vec())]);
    }

    /// Empty rows and cells that are repeated to the end of the sheet cost nothing; filled ones are bounded.
    #[test]
    fn what_is_repeated_is_bounded() {
        let far = "<table:table><table:table-row table:number-rows-repeated='1048574'><table:table-cell \
                   table:number-columns-repeated='16384'/></table:table-row><table:table-row><table:table-cell \
                   table:number-columns-repeated='16383'/><table:table-cell><text:p>x</text:p></table:table-cell>\
                   </table:table-row></table:table>";
        let rows = read(far).map_err(|t| t.says.en).unwrap();
        assert_eq!((rows[0].0, rows[0].1.len()), (1_048_575, 16_384));
        for (repeated, part) in [("16385'", "too many columns"), ("99999999999999999999'", "too many columns")] {
            let wide = format!(
                "<table:table><table:table-row><table:table-cell table:number-columns-repeated='{repeated}><text:p>x</text:p></table:table-cell></table:table-row></table:table>"
            );
            let Err(trouble) = read(&wide) else { panic!("must not be read") };
            assert!(trouble.says.en.contains(part), "{}", trouble.says.en);
        }
    }

    /// A number that is shown with noughts before it keeps these; one with marks, an amount and a negative number do not.
    #[test]
    fn noughts_of_identifiers_are_kept() {
        let cell = |value: &str, text: &str| {
            format!(
                "<table:table-cell office:value-type='float' office:value='{value}'><text:p>{text}</text:p></table:table-cell>"
            )
        };
        let cells = [
            cell("123", "00123"),
            cell("101012382", "010101-2382"),
            cell("1234", "1 234"),
            cell("0.5", "05"),
            cell("-5", "-05"),
            cell("0", "0"),
        ];
        let sheet = format!("<table:table><table:table-row>{}</table:table-row></table:table>", cells.concat());
        let rows = read(&sheet).map_err(|trouble| trouble.says.en).unwrap();
        assert_eq!(rows[0].1, ["00123", "101012382", "1234", "0.5", "-5", "0"]);
    }

    /// A document may say from which day it counts days, for cells that are mere numbers.
    #[test]
    fn days_are_counted_from_the_stated_day() {
        let zero = |settings: &str| {
            let bytes = document(&format!("{settings}<table:table/>"));
            let hints = Hints { encoding: None, delimiter: None, as_shown: false, header_score: &|_| 0 };
            open(&bytes, &hints).map(|book| book.day_zero()).map_err(|trouble| trouble.says.en)
        };
        let settings = "<table:calculation-settings><table:null-date table:date-value='1904-01-01'/>\
                        </table:calculation-settings>";
        assert_eq!(zero(settings), Ok(NaiveDate::from_ymd_opt(1904, 1, 1).unwrap()));
        assert_eq!(zero(""), Ok(DAY_ZERO));
    }

    /// A document of another kind is told for what it is.
    #[test]
    fn another_document_is_no_spreadsheet() {
        assert!(look_through("<office:document><office:text/></office:document>").is_ok_and(|found| found.is_none()));
        assert!(look_through(&"<a>".repeat(300)).is_err());
    }
}
