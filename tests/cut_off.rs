//! Workbooks of which a part ends too soon: rows are never lost in silence.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::print_stdout)] // A test may fail loudly.

mod common;

use common::xlsb::xlsb;
use common::{archive, fixture, unpacked, write_rows};
use std::fs;
use std::path::Path;

const ROWS: [[&str; 3]; 4] = [
    ["Konto-ID", "Namn", "Anst.nr"],
    ["evalin01", "Eva Lind", "1001"],
    ["perost01", "Per \u{d6}st", "1002"],
    ["annek", "Anna Ek", "1003"],
];

fn xlsx() -> Vec<u8> {
    let mut workbook = rust_xlsxwriter::Workbook::new();
    let sheet = workbook.add_worksheet();
    write_rows(sheet, &ROWS);
    sheet.merge_range(5, 0, 5, 2, "Slut", &rust_xlsxwriter::Format::new()).unwrap();
    workbook.save_to_buffer().unwrap()
}

const PAXML: &str = "<?xml version=\"1.0\"?><paxml><header><version>2.2</version></header><personal>\
    <person anstid=\"1\"><fornamn>Eva</fornamn><efternamn>Lind</efternamn><anstdatum>2015-01-01</anstdatum></person>\
    <person anstid=\"2\"><fornamn>Per</fornamn><efternamn>Ek</efternamn></person></personal></paxml>\n";

/// What is written of a file, or none where it is refused.
fn table(file: &Path, bytes: &[u8]) -> Option<String> {
    fs::write(file, bytes).unwrap();
    let mut out = Vec::new();
    let written = samkor::write_csv(file, samkor::Wanted::Best, &mut out);
    written.ok().map(|_| String::from_utf8(out).unwrap())
}

/// A file of which a part is cut off, in any place: the whole is what the cut gives, given how much is left.
struct Cut {
    name: &'static str,
    /// Fewer bytes are of no format.
    least: usize,
    length: usize,
    at: Box<dyn Fn(usize) -> Vec<u8>>,
}

impl Cut {
    /// A part of an archive, with checksums that are sound.
    fn part(workbook: &[u8], name: &'static str) -> Self {
        let parts = unpacked(workbook);
        let length = parts.iter().find(|(part, _)| part == name).unwrap().1.len();
        let at = move |end: usize| {
            let left =
                |(part, bytes): &(String, Vec<u8>)| if part == name { bytes[..end].to_vec() } else { bytes.clone() };
            let parts: Vec<(&str, Vec<u8>)> = parts.iter().map(|part| (part.0.as_str(), left(part))).collect();
            archive(&parts)
        };
        Self { name, least: 0, length, at: Box::new(at) }
    }

    fn whole_file(name: &'static str, bytes: Vec<u8>) -> Self {
        Self { name, least: 20, length: bytes.len(), at: Box::new(move |end| bytes[..end].to_vec()) }
    }
}

/// What ends too soon is refused, or has all its rows: half a list reads like a whole one. Every byte of small files is
/// tried, and some of larger ones.
#[test]
fn what_ends_too_soon_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("fil");
    let rows: Vec<&[&str]> = ROWS.iter().map(|row| &row[..]).collect();
    let (xlsx, xlsb, ods) = (xlsx(), xlsb(&rows), fs::read(fixture("format/konton.ods")).unwrap());
    let cuts = [
        Cut::part(&xlsx, "xl/worksheets/sheet1.xml"),
        Cut::part(&xlsx, "xl/sharedStrings.xml"),
        Cut::part(&xlsx, "xl/workbook.xml"),
        Cut::part(&xlsb, "xl/worksheets/sheet1.bin"),
        Cut::part(&xlsb, "xl/workbook.bin"),
        Cut::part(&ods, "content.xml"),
        Cut::whole_file("xlsx", xlsx),
        Cut::whole_file("xls", fs::read(fixture("format/konton.xls")).unwrap()),
        Cut::whole_file("paxml", PAXML.as_bytes().to_vec()),
    ];
    for Cut { name, least, length, at } in cuts {
        let whole = table(&file, &at(length)).unwrap();
        for end in (least..length).step_by(length / 500 + 1) {
            let read = table(&file, &at(end));
            assert!(read.is_none_or(|read| read == whole), "{name}: {end} of {length}");
        }
    }
}
