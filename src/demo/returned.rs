//! The lists of a run filled in as owners do: what each account's owner says of it, blank where he says nothing, in
//! workbooks that another program has saved, under other names, in small letters, with dates as they are spoken.

use super::files::created;
use super::score::{find_truth, read};
use super::truth::Answer;
use crate::answer_form::{AnswerColumn, Decision, HIDDEN_SHEET, KEY, SIGN_OFF};
use crate::config::InputFile;
use crate::error::{Error, ErrorKind};
use crate::ingest::{PlainCell, WholeBook, WholeSheet, read_whole};
use crate::model::{AccountKey, Language, Message, SWEDISH_MONTHS, SystemId, Text, fold, message};
use crate::runfolder::RunFolder;
use chrono::{Datelike, Days, NaiveDate};
use rust_xlsxwriter::{DocProperties, Workbook, Worksheet, XlsxError};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// Fills in every owner's list of a run, and puts them in a folder of the run's name below `into`. Returns a few words
/// about it.
///
/// # Errors
/// A folder that is no run of the made-up municipality, or one that cannot be written.
pub fn answer(run: &Path, into: &Path) -> Result<Message, Error> {
    let answers: Vec<Answer> = read(&find_truth(run)?)?;
    let says: BTreeMap<AccountKey, Answer> = answers
        .into_iter()
        .filter_map(|own| Some((AccountKey::new(&SystemId::new(&own.system)?, &own.account), own)))
        .collect();
    let run = RunFolder::open(run)?;
    let folder = into.join(run.name.to_string());
    let failed = |cause: std::io::Error| Error::io(ErrorKind::Output, &folder, &cause);
    std::fs::create_dir_all(&folder).map_err(failed)?;
    let (mut books, mut rows) = (0, 0);
    for (path, habit) in lists(&run).into_iter().zip(HABITS.iter().cycle()) {
        let input = InputFile { shown: path.display().to_string(), path: path.clone(), ..InputFile::default() };
        let book = read_whole(&input, u64::MAX)?;
        let owner = Owner { says: &says, habit, day: run.name.as_of };
        let (bytes, answered) = owner.fills_in(&book).map_err(std::io::Error::other).map_err(failed)?;
        std::fs::write(folder.join((habit.name)(&stem(&path, &run))), bytes).map_err(failed)?;
        books += 1;
        rows += answered;
    }
    let folder = folder.display();
    Ok(message!(
        "{books} arbetsböcker med svar på {rows} rader i {folder}",
        "{books} workbooks with answers to {rows} rows in {folder}"
    ))
}

/// Every owner's list of a run.
fn lists(run: &RunFolder) -> Vec<PathBuf> {
    let owners = run.manifest.outputs.iter().filter(|output| output.kind == "owner");
    owners.map(|output| run.path.join(&output.path)).collect()
}

/// What a list is called, with the folder it lies in where it is a part of one.
fn stem(path: &Path, run: &RunFolder) -> String {
    let own = path.strip_prefix(run.path.join("agare")).unwrap_or(path).with_extension("");
    let parts: Vec<String> = own.iter().map(|part| part.to_string_lossy().into_owned()).collect();
    parts.join(" ")
}

/// How somebody fills in a list.
struct Habit {
    /// What the file is called in the end.
    name: fn(&str) -> String,
    /// How a decision is written.
    word: fn(&str) -> String,
    /// How a day is written.
    day: fn(NaiveDate) -> String,
}

const HABITS: [Habit; 4] = [
    Habit { name: |stem| format!("{stem}.xlsx"), word: ToOwned::to_owned, day: |day| day.to_string() },
    Habit {
        name: |stem| format!("Kopia av {stem} (1).xlsx"),
        word: |word| word.to_lowercase(),
        day: |day| day.format("%Y%m%d").to_string(),
    },
    Habit { name: |stem| format!("{stem}_ifylld.xlsx"), word: |word| format!(" {word} "), day: spoken },
    Habit {
        name: |stem| format!("SV {stem} KLAR.xlsx"),
        word: |word| word.to_uppercase(),
        day: |day| day.format("%Y.%m.%d").to_string(),
    },
];

/// "5 december 2026".
fn spoken(day: NaiveDate) -> String {
    format!("{} {} {}", day.day(), SWEDISH_MONTHS[day.month0() as usize], day.year())
}

/// Whoever fills in a list.
struct Owner<'a> {
    says: &'a BTreeMap<AccountKey, Answer>,
    habit: &'a Habit,
    day: NaiveDate,
}

impl Owner<'_> {
    /// The list filled in, and how many of its rows were answered.
    fn fills_in(&self, book: &WholeBook) -> Result<(Vec<u8>, usize), XlsxError> {
        let mut workbook = Workbook::new();
        workbook.set_properties(&DocProperties::new().set_creation_datetime(&created(self.day)?));
        let mut answered = 0;
        for sheet in &book.sheets {
            let worksheet = workbook.add_worksheet();
            worksheet.set_name(&sheet.name)?.set_hidden(sheet.name == HIDDEN_SHEET);
            copy(worksheet, sheet)?;
            self.signs(worksheet, sheet)?;
            answered += self.decides(worksheet, sheet)?;
        }
        Ok((workbook.save_to_buffer()?, answered))
    }

    /// Signs the first page.
    fn signs(&self, worksheet: &mut Worksheet, sheet: &WholeSheet) -> Result<(), XlsxError> {
        let day = (self.habit.day)(self.day + Days::new(16));
        for (label, value) in SIGN_OFF.into_iter().zip(["Systemägaren", "Systemägare", &day]) {
            let is_label = |(_, cells): &&(u32, Vec<PlainCell>)| cells.first().is_some_and(|cell| is(cell, label));
            if let Some((row, _)) = sheet.rows.iter().rev().find(is_label) {
                worksheet.write_string(row - 1, 1, value)?;
            }
        }
        Ok(())
    }

    /// Answers the rows of a list.
    fn decides(&self, worksheet: &mut Worksheet, sheet: &WholeSheet) -> Result<usize, XlsxError> {
        let Some((head, rows)) = sheet.rows.split_first() else { return Ok(0) };
        let place = |title: Text| head.1.iter().position(|cell| is(cell, title));
        let (Some(key), Some(_)) = (place(KEY), place(AnswerColumn::Decision.text())) else { return Ok(0) };
        let mut answered = 0;
        for (row, cells) in rows {
            let own = cells.get(key).and_then(|cell| self.says.get(&AccountKey::read(&cell.text)?));
            let Some(said) = own.map(|own| self.written(own)).filter(|said| !said.is_empty()) else { continue };
            for (column, text) in said {
                if let Some(at) = place(column.text()).and_then(|at| u16::try_from(at).ok()) {
                    worksheet.write_string(row - 1, at, text)?;
                }
            }
            answered += 1;
        }
        Ok(answered)
    }

    /// What is written into a row; nothing where it is left blank.
    fn written(&self, own: &Answer) -> Vec<(AnswerColumn, String)> {
        let Some(says) = &own.says else { return Vec::new() };
        let day = self.habit.day;
        let done = (says.decision == Decision::Done).then(|| day(says.on - Days::new(1)));
        // Whom an account without a key belongs to, its owner knows.
        let holder = own.person.clone().filter(|_| !own.keyed && own.class == "personal");
        let cells = [
            (AnswerColumn::Decision, Some((self.habit.word)(says.decision.text().sv))),
            (AnswerColumn::Reason, says.reason.clone()),
            (AnswerColumn::ExceptionUntil, says.until.map(day)),
            (AnswerColumn::RightHolder, holder),
            (AnswerColumn::PassOnTo, says.pass_on_to.clone()),
            (AnswerColumn::DecidedBy, Some("Systemägaren".to_owned())),
            (AnswerColumn::DecidedOn, Some(day(says.on))),
            (AnswerColumn::DoneOn, done),
        ];
        cells.into_iter().filter_map(|(column, text)| Some((column, text?))).collect()
    }
}

/// Whether a cell is a head, in either language.
fn is(cell: &PlainCell, title: Text) -> bool {
    [Language::Sv, Language::En].iter().any(|language| fold(&cell.text) == fold(title.get(*language)))
}

/// Everything that stands on a sheet, as text.
fn copy(worksheet: &mut Worksheet, sheet: &WholeSheet) -> Result<(), XlsxError> {
    for (row, cells) in &sheet.rows {
        for (cell, column) in cells.iter().zip(0u16..).filter(|(cell, _)| !cell.is_blank()) {
            worksheet.write_string(row - 1, column, &cell.text)?;
        }
    }
    Ok(())
}
