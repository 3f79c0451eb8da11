//! What the tests share: running the program in a clean environment, and reading what it wrote.

#![allow(dead_code)] // Each test file uses its own part.

pub mod office;
pub mod printed;
pub mod xlsb;

use assert_cmd::Command;
use serde_json::Value;
use std::collections::BTreeMap;
use std::fs;
use std::io::{Cursor, Read, Write};
use std::path::{Path, PathBuf};

/// A folder of the project's fixtures.
pub fn fixture(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures").join(name)
}

/// A small configuration that publishes a run.
pub fn small() -> PathBuf {
    fixture("rules/leaver-active/samkor.toml")
}

/// What stands in a folder, but for the lock.
pub fn names(folder: &Path) -> Vec<String> {
    let Ok(entries) = fs::read_dir(folder) else { return Vec::new() };
    let names = entries.map(|entry| entry.unwrap().file_name().into_string().unwrap());
    let mut names: Vec<String> = names.filter(|name| name != ".samkor.lock").collect();
    names.sort();
    names
}

/// The program with a fixed time and nothing else from the environment.
pub fn samkor() -> Command {
    let mut command = Command::cargo_bin("samkor").unwrap();
    command.env_clear().env("SOURCE_DATE_EPOCH", "1796083200").env("TZ", "UTC");
    command
}

/// What a run of the program came to.
pub struct Ran {
    /// Exit code.
    pub code: i32,
    /// Standard output.
    pub out: String,
    /// Standard error.
    pub err: String,
}

/// Runs with arguments.
pub fn run_with(arguments: &[&str]) -> Ran {
    let output = samkor().args(arguments).output().unwrap();
    Ran {
        code: output.status.code().unwrap(),
        out: String::from_utf8(output.stdout).unwrap(),
        err: String::from_utf8(output.stderr).unwrap(),
    }
}

/// The same, and expects it to succeed.
pub fn done(arguments: &[&str]) -> Ran {
    let ran = run_with(arguments);
    assert_eq!(ran.code, 0, "{arguments:?}\n{}\n{}", ran.out, ran.err);
    ran
}

/// A path as an argument.
pub fn text(path: &Path) -> &str {
    path.to_str().unwrap()
}

/// Runs a configuration into a folder and expects it to be published.
pub fn publish(config: &Path, output: &Path, more: &[&str]) -> PathBuf {
    let mut arguments = vec!["run", config.to_str().unwrap(), "--output", output.to_str().unwrap(), "-q"];
    arguments.extend(more);
    let ran = run_with(&arguments);
    assert_eq!(ran.code, 0, "{}", ran.err);
    let mut runs: Vec<PathBuf> = fs::read_dir(output).unwrap().map(|entry| entry.unwrap().path()).collect();
    runs.retain(|path| !path.file_name().unwrap().to_string_lossy().starts_with('.'));
    runs.sort();
    runs.pop().unwrap()
}

/// The lines of a data file.
pub fn lines(run: &Path, file: &str) -> Vec<Value> {
    let text = fs::read_to_string(run.join("data").join(file)).unwrap();
    text.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

/// The manifest.
pub fn manifest(run: &Path) -> Value {
    serde_json::from_slice(&fs::read(run.join("manifest.json")).unwrap()).unwrap()
}

/// Keys of all findings of a rule, sorted.
pub fn keys_of(run: &Path, rule: &str) -> Vec<String> {
    let all = lines(run, "findings.jsonl");
    let own = all.iter().filter(|finding| finding["rule"] == rule);
    let mut keys: Vec<String> = own.map(|finding| finding["key"].as_str().unwrap().to_owned()).collect();
    keys.sort();
    keys
}

/// Every file below a folder, by its path in it.
pub fn tree(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let mut files = BTreeMap::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(current) = folders.pop() {
        for entry in fs::read_dir(&current).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else {
                let name = path.strip_prefix(folder).unwrap().to_string_lossy().into_owned();
                files.insert(name, fs::read(&path).unwrap());
            }
        }
    }
    files
}

/// Writes a small case into a folder: a configuration and its files.
pub fn case(folder: &Path, config: &str, files: &[(&str, &[u8])]) -> PathBuf {
    for (name, bytes) in files {
        fs::write(folder.join(name), bytes).unwrap();
    }
    let path = folder.join("samkor.toml");
    fs::write(&path, config).unwrap();
    path
}

/// The cells of a sheet as texts.
pub fn sheet(workbook: &Path, name: &str) -> Vec<Vec<String>> {
    use calamine::Reader;
    let mut book: calamine::Xlsx<_> = calamine::open_workbook(workbook).unwrap();
    let range = book.worksheet_range(name).unwrap();
    range.rows().map(|row| row.iter().map(ToString::to_string).collect()).collect()
}

/// Writes rows of texts into a sheet.
pub fn write_rows<const COLUMNS: usize>(sheet: &mut rust_xlsxwriter::Worksheet, rows: &[[&str; COLUMNS]]) {
    for (row, at) in rows.iter().zip(0u32..) {
        for (text, column) in row.iter().zip(0u16..) {
            sheet.write(at, column, *text).unwrap();
        }
    }
}

/// Writes answers to a run into a workbook of its own, with the key of each row and nothing else of the list. The first
/// row holds the heads, of which the first is the account, as `system/account`.
pub fn return_answers(run: &Path, into: &Path, rows: &[Vec<&str>]) {
    let mut workbook = rust_xlsxwriter::Workbook::new();
    let sheet = workbook.add_worksheet();
    for (row, at) in rows.iter().zip(0u32..) {
        for (cell, column) in row.iter().zip(0u16..) {
            let head = at == 0 && column == 0;
            sheet.write_string(at, column, if head { "Nyckel" } else { cell }).unwrap();
        }
    }
    let hidden = workbook.add_worksheet();
    hidden.set_name("_samkor").unwrap().set_hidden(true);
    let name = run.file_name().unwrap().to_str().unwrap();
    hidden.write_string(1, 2, "run").unwrap().write_string(1, 3, name).unwrap();
    workbook.save(into).unwrap();
}

/// A text without the digests in it (64 hexadecimal digits): theirs are as good as random, and one in some thousands holds
/// by chance the six digits that a test looks for.
pub fn without_digests(text: &str) -> String {
    let no_digest = |part: &&str| part.len() != 64 || !part.bytes().all(|byte| byte.is_ascii_hexdigit());
    text.split_inclusive(|c: char| !c.is_ascii_alphanumeric())
        .filter(|part| no_digest(&part.trim_end_matches(|c: char| !c.is_ascii_alphanumeric())))
        .collect()
}

/// The parts of a file by their names where it is a workbook, else its text under no name; without digests.
pub fn parts(bytes: &[u8]) -> Vec<(String, String)> {
    let Ok(mut archive) = zip::ZipArchive::new(Cursor::new(bytes)) else {
        return vec![(String::new(), without_digests(&String::from_utf8_lossy(bytes)))];
    };
    let all = archive.len();
    let part = |at: usize| {
        let mut part = archive.by_index(at).unwrap();
        let mut text = Vec::new();
        part.read_to_end(&mut text).unwrap();
        (part.name().unwrap().to_string(), String::from_utf8_lossy(&text).into_owned())
    };
    (0..all).map(part).collect()
}

/// The XML of the sheets of a workbook, in their order.
pub fn sheets(workbook: &Path) -> Vec<String> {
    let mut sheets: Vec<(usize, String)> = parts(&fs::read(workbook).unwrap())
        .into_iter()
        .filter_map(|(name, text)| {
            let number = name.strip_prefix("xl/worksheets/sheet")?.strip_suffix(".xml")?.parse().ok()?;
            Some((number, text))
        })
        .collect();
    sheets.sort();
    sheets.into_iter().map(|(_, text)| text).collect()
}

/// Heights of the rows of a sheet.
pub fn heights(sheet: &str) -> Vec<f64> {
    let height = |(place, mark): (usize, &str)| {
        let rest = &sheet[place + mark.len()..];
        rest[..rest.find('"').unwrap()].parse::<f64>().unwrap()
    };
    sheet.match_indices(" ht=\"").map(height).collect()
}

/// Expects no row of a workbook to be higher than six lines of fifteen points and a point between rows, but for the sheet
/// that tells what lies behind, and the one whose head is turned.
pub fn assert_no_high_row(workbook: &Path, behind: &str) {
    use calamine::Reader;
    let book: calamine::Xlsx<_> = calamine::open_workbook(workbook).unwrap();
    let apart = [behind, "Prövade regler", "Rules tested"];
    for (text, name) in sheets(workbook).iter().zip(book.sheet_names()).filter(|(_, name)| !apart.contains(&&**name)) {
        let highest = heights(text).into_iter().fold(0.0, f64::max);
        assert!(highest <= 91.0, "{} {name}: a row of {highest} points", workbook.display());
    }
}

/// A zip archive of parts.
pub fn archive(parts: &[(&str, Vec<u8>)]) -> Vec<u8> {
    let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in parts {
        zip.start_file(*name, zip::write::SimpleFileOptions::default()).unwrap();
        zip.write_all(bytes).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

/// The parts of a zip archive, in order.
pub fn unpacked(bytes: &[u8]) -> Vec<(String, Vec<u8>)> {
    let mut zip = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
    let part = |at: usize| {
        let mut part = zip.by_index(at).unwrap();
        let mut bytes = Vec::new();
        part.read_to_end(&mut bytes).unwrap();
        (part.name().unwrap().to_string(), bytes)
    };
    (0..zip::ZipArchive::new(Cursor::new(bytes)).unwrap().len()).map(part).collect()
}
