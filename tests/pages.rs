//! Pages as LibreOffice lays them out: what a nämnd reads is one page, and an owner's list is few.
//!
//! Where LibreOffice, or a Python that can steer it, is not installed nothing is counted, and that is said.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::print_stderr)] // A test may fail loudly.

mod common;

use common::office::{steering_python, told};
use common::{fixture, publish, sheet, tree};
use std::ffi::OsStr;
use std::path::{Path, PathBuf};

/// Rows of a list, as many as an owner of an ordinary system has, and the pages that it is printed on with its first page.
const ROWS: usize = 30;
const PAGES_OF_ROWS: u32 = 5;

/// The pages of the whole workbook of an owner of so many accounts.
const PAGES_OF_ALL: u32 = 12;

/// The sheets of a workbook that people see, with the pages of each.
type Pages = Vec<(String, u32)>;

fn pages(python: &str, profile: &Path, books: &[PathBuf]) -> Vec<Pages> {
    let arguments: Vec<&OsStr> =
        std::iter::once(profile.as_os_str()).chain(books.iter().map(|own| own.as_os_str())).collect();
    told(python, "pages.py", &arguments)
}

/// In both languages the first page of every workbook is one page, a first page with up to thirty deviations behind it is five
/// at most, and a whole owner's book of up to thirty accounts twelve.
#[test]
fn pages_are_few() {
    let folder = tempfile::tempdir().unwrap();
    let profile = folder.path().join("profil");
    let Some(python) = steering_python(&profile, "no page was counted") else { return };
    let mut whole = 0;
    for (language, accounts) in [("sv", "Konton"), ("en", "Accounts")] {
        let run = publish(&fixture("exempelkommunen/samkor.toml"), folder.path(), &["--language", language]);
        let is_book = |name: &String| name.ends_with(".xlsx") && !name.starts_with("begransad");
        let names: Vec<String> = tree(&run).into_keys().filter(is_book).collect();
        let books: Vec<PathBuf> = names.iter().map(|name| run.join(name)).collect();
        for ((name, book), pages) in names.iter().zip(&books).zip(pages(python, &profile, &books)) {
            assert_eq!(pages[0].1, 1, "{name}: {pages:?}");
            if !name.starts_with("agare") {
                continue;
            }
            if sheet(book, &pages[1].0).len() - 1 <= ROWS {
                assert!(pages[0].1 + pages[1].1 <= PAGES_OF_ROWS, "{name}: {pages:?}");
            }
            if sheet(book, accounts).len() - 1 <= ROWS {
                assert!(pages.iter().map(|own| own.1).sum::<u32>() <= PAGES_OF_ALL, "{name}: {pages:?}");
                whole += 1;
            }
        }
    }
    assert!(whole > 0, "no book was of so few accounts");
}
