//! The least that a program could do in the place of this one, timed beside it.
//!
//! `cargo bench --bench floor` makes 50,000 employees with 200,000 accounts, runs the whole job, counts what it wrote,
//! and then, with one thread and without a thought, reads the same files and writes as many cells of text and of
//! numbers and as many bytes of JSON: bare `csv` and `calamine`, bare `rust_xlsxwriter` in constant memory, no formats
//! and no blanks, packed as hard as the reports are. Three times over, for the machine may be busy. With a finished run
//! folder and the folder of its inputs (`-- RUN INPUTS`) it times the floor alone.

#![allow(clippy::unwrap_used, clippy::print_stdout)] // A bench may fail loudly, and prints.

mod common;

use calamine::Reader;
use rust_xlsxwriter::Workbook;
use std::fs::{self, File};
use std::io::{BufWriter, Read, Write};
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

/// Cells in a row that the floor writes; the widest lists have about as many.
const WIDTH: usize = 24;

/// Rows to a sheet of the floor.
const ROWS: usize = 1_000_000;

/// The packing of the reports.
const PACKING: u8 = 2;

/// What a workbook holds.
#[derive(Default, Clone, Copy)]
struct Cells {
    texts: usize,
    numbers: usize,
    /// Bytes of all its texts.
    bytes: usize,
}

/// What a run wrote.
#[derive(Default)]
struct Written {
    workbooks: Vec<Cells>,
    json: u64,
}

fn main() {
    let named: Vec<PathBuf> = std::env::args().skip(1).filter(|word| word != "--bench").map(PathBuf::from).collect();
    if let [run, inputs] = named.as_slice() {
        println!("floor {:.2?}", floor(inputs, &counted(run)));
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    let inputs = common::make(folder.path(), 50_000, 200_000);
    for _ in 0..3 {
        let job = common::run(folder.path());
        let floor = floor(&inputs, &counted(&job.run));
        let ratio = job.took.as_secs_f64() / floor.as_secs_f64();
        println!("whole job {:.2?}, floor {floor:.2?}, ratio {ratio:.2}", job.took);
    }
}

/// Reads and writes as much as the run did.
fn floor(inputs: &Path, written: &Written) -> Duration {
    let scratch = tempfile::tempdir().unwrap();
    let began = Instant::now();
    let read: usize = files(inputs).iter().map(|file| read(file)).sum();
    let reading = began.elapsed();
    for (cells, number) in written.workbooks.iter().zip(0..) {
        write(*cells, scratch.path(), number);
    }
    write_json(written.json, scratch.path());
    let took = began.elapsed();
    let sum = |of: fn(&Cells) -> usize| written.workbooks.iter().map(of).sum::<usize>();
    println!(
        "floor: {read} cells read in {reading:.2?}; {} workbooks, {} texts, {} numbers, {} bytes of JSON",
        written.workbooks.len(),
        sum(|cells| cells.texts),
        sum(|cells| cells.numbers),
        written.json,
    );
    took
}

/// Reads a file through, and tells how many cells it had.
fn read(file: &Path) -> usize {
    if file.extension().is_some_and(|kind| kind == "csv") {
        let mut reader = csv::ReaderBuilder::new().delimiter(b';').flexible(true).from_path(file).unwrap();
        let mut record = csv::ByteRecord::new();
        let mut cells = 0;
        while reader.read_byte_record(&mut record).unwrap() {
            cells += record.len();
        }
        return cells;
    }
    let mut workbook = calamine::open_workbook_auto(file).unwrap();
    let names = workbook.sheet_names();
    names.iter().map(|name| workbook.worksheet_range(name).unwrap().used_cells().count()).sum()
}

/// Writes a workbook of so many cells.
fn write(cells: Cells, scratch: &Path, number: u32) {
    let mut workbook = Workbook::new();
    workbook.set_tempdir(scratch).unwrap();
    workbook.set_zip_compression_level(PACKING);
    // As long as the texts are on average.
    let text: String = "Department ".chars().cycle().take(cells.bytes / cells.texts.max(1)).collect();
    let all = cells.texts + cells.numbers;
    for first in (0..all).step_by(WIDTH * ROWS) {
        let sheet = workbook.add_worksheet_with_constant_memory().unwrap();
        for cell in first..all.min(first + WIDTH * ROWS) {
            let row = u32::try_from((cell - first) / WIDTH).unwrap();
            let column = u16::try_from(cell % WIDTH).unwrap();
            // Numbers stand among the texts as evenly as they can.
            let is_number = (cell + 1) * cells.numbers / all > cell * cells.numbers / all;
            if is_number {
                sheet.write_number(row, column, 1_234.0).unwrap();
            } else {
                sheet.write_string(row, column, &text).unwrap();
            }
        }
    }
    fs::write(scratch.join(format!("{number}.xlsx")), workbook.save_to_buffer().unwrap()).unwrap();
}

/// Writes so many bytes.
fn write_json(bytes: u64, scratch: &Path) {
    let mut out = BufWriter::new(File::create(scratch.join("lines.jsonl")).unwrap());
    let line = format!("{{\"account\":\"{}\"}}\n", "x".repeat(300));
    let mut left = usize::try_from(bytes).unwrap();
    while left > 0 {
        let part = left.min(line.len());
        out.write_all(&line.as_bytes()[..part]).unwrap();
        left -= part;
    }
    out.flush().unwrap();
}

/// Counts what a run wrote.
fn counted(run: &Path) -> Written {
    let mut written = Written::default();
    for file in files(run) {
        match file.extension().and_then(|kind| kind.to_str()) {
            Some("xlsx") => written.workbooks.push(cells(&file)),
            Some("json" | "jsonl") => written.json += fs::metadata(&file).unwrap().len(),
            _ => {}
        }
    }
    written
}

/// Counts the cells of a workbook in its own XML; those that hold only a format do not count.
fn cells(file: &Path) -> Cells {
    let mut parts = zip::ZipArchive::new(File::open(file).unwrap()).unwrap();
    let names = parts.file_names().map(|name| name.unwrap().into_owned());
    let sheets: Vec<String> = names.filter(|name| name.starts_with("xl/worksheets/sheet")).collect();
    let mut counted = Cells::default();
    for name in sheets {
        let mut xml = String::new();
        parts.by_name(&name).unwrap().read_to_string(&mut xml).unwrap();
        for cell in xml.split("<c r=").skip(1) {
            let (head, rest) = cell.split_once('>').unwrap();
            if head.contains(" t=\"") {
                counted.texts += 1;
                let text = rest.split_once("</t>").and_then(|(before, _)| before.rsplit('>').next());
                counted.bytes += text.map_or(0, str::len);
            } else if !head.ends_with('/') {
                counted.numbers += 1;
            }
        }
    }
    counted
}

/// Every file in a folder and those in it, in order of their names.
fn files(folder: &Path) -> Vec<PathBuf> {
    let mut entries: Vec<PathBuf> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    entries.sort();
    entries.into_iter().flat_map(|path| if path.is_dir() { files(&path) } else { vec![path] }).collect()
}
