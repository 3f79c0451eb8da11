//! Every sheet on paper: letters that can be read, and no text cut off at the edge of its cell.

#![allow(clippy::unwrap_used, clippy::expect_used)] // A test may fail loudly.

mod common;

// The letters' widths, by which rows and columns were laid out.
#[allow(dead_code)]
#[path = "../src/report/letters.rs"]
mod letters;

use common::printed::{Cell, printed, texts};
use common::{fixture, publish, tree};
use std::path::Path;

/// The least points of letters that can be read on paper.
const LEAST: f64 = 8.0;

/// Whether a text needs more room than it has.
fn is_cut(cell: &Cell) -> bool {
    let (points, bold) = cell.letters;
    let wider = points / 11.0 * if bold { letters::BOLD } else { 1.0 };
    let (pixels, high) = cell.room;
    let room = pixels - 5.0 - 9.0 * f64::from(u32::try_from(cell.indents).unwrap());
    match (cell.on_end, cell.wraps) {
        (true, _) => letters::pixels(&cell.text) * wider * 0.75 > high,
        (_, true) => f64::from(letters::lines(&cell.text, room / wider)) * points * 1.22 > high + 1.0,
        (_, false) => false,
    }
}

fn assert_readable(workbook: &Path) {
    for sheet in printed(workbook) {
        assert!(sheet.letters >= LEAST, "{} {}: {:.2} points", workbook.display(), sheet.name, sheet.letters);
    }
    for (name, texts) in texts(workbook) {
        assert!(texts.iter().any(|cell| cell.wraps), "{} {name}: no text was measured", workbook.display());
        for cell in &texts {
            assert!(
                !is_cut(cell),
                "{} {name} {:?}: {:?} in {:?}",
                workbook.display(),
                cell.place,
                cell.text,
                cell.room
            );
        }
    }
}

/// In both languages, of the first run and of the second, every sheet is printed in letters of eight points at least, on one
/// page's width, and every text stands whole in its cell.
#[test]
fn every_sheet_can_be_read_on_paper() {
    let folder = tempfile::tempdir().unwrap();
    for language in ["sv", "en"] {
        let run = publish(&fixture("exempelkommunen/samkor.toml"), folder.path(), &["--language", language]);
        let books: Vec<String> = tree(&run).into_keys().filter(|name| name.ends_with(".xlsx")).collect();
        assert!(books.len() > 15, "{books:?}");
        books.iter().for_each(|name| assert_readable(&run.join(name)));
    }
}

/// A sheet of narrow letters is found: the measure itself can fail.
#[test]
fn what_is_too_small_or_cut_is_seen() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("smal.xlsx");
    let mut workbook = rust_xlsxwriter::Workbook::new();
    let sheet = workbook.add_worksheet();
    let wraps = rust_xlsxwriter::Format::new().set_text_wrap();
    sheet.set_column_width(0, 20).unwrap().set_column_width(1, 300).unwrap().set_row_height(0, 15).unwrap();
    sheet.set_landscape().set_paper_size(9).set_print_fit_to_pages(1, 0);
    sheet.write_with_format(0, 0, "En text på flera rader, som inte får plats", &wraps).unwrap();
    sheet.write_with_format(0, 1, "Kort", &wraps).unwrap();
    workbook.save(&path).unwrap();
    let letters = printed(&path)[0].letters;
    assert!((4.0..6.0).contains(&letters), "{letters}");
    assert_eq!(texts(&path)[0].1.iter().map(is_cut).collect::<Vec<_>>(), [true, false]);
}
