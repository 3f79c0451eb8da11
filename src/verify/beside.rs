//! What stands beside a run: how far its answers had come, and samples of it. Each is a workbook and a file with its
//! hash; what the workbook counts is counted again.

use super::files::{Content, content};
use super::inputs::Found;
use super::tables::{self, Table};
use super::{Opened, Part, Question};
use crate::answer_form::Decision;
use crate::answered::{self, Answered};
use crate::disclosure::Screen;
use crate::ingest::WholeBook;
use crate::model::{Language, Message, Text, counted, message};
use crate::record::{ANSWERS, Beside, SAMPLES};
use crate::runfolder::{RunFolder, RunName};
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

/// Heads of the table of answers: rows to answer, those that have one, those that wait; then come the decisions.
const HEADS: [[&str; 2]; 3] = [["Att besvara", "To answer"], ["Besvarat", "Answered"], ["Återstår", "Left"]];

/// Tries every folder beside the run; no part where there is none.
pub fn beside(run: &Opened<'_>, found: &Found, question: &Question<'_>) -> Option<Part> {
    let name = RunName::of_folder(&run.manifest.run)?;
    let output = run.output();
    let mut part = Part::new(Text::new("Bredvid körningen", "Beside the run"), message!("", ""));
    let mut folders = 0usize;
    let now = look(run, found, question);
    for kind in [ANSWERS, SAMPLES] {
        for folder in kind.folders(&output, name) {
            folders += 1;
            let shown = folder.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
            part.deviations.extend(wrong_with(&folder, kind).into_iter().map(|why| {
                let (sv, en) = why.both();
                message!("{shown}/{sv}", "{shown}/{en}")
            }));
            if kind == ANSWERS {
                part.deviations.extend(hold_answers(&folder, &shown, now.as_ref()));
            }
        }
    }
    part.extent = counted(folders, ["mapp", "mappar"], ["folder", "folders"]);
    (folders > 0).then_some(part)
}

/// What is wrong with the files of a folder, each beginning with the file's name.
fn wrong_with(folder: &Path, kind: Beside) -> Vec<Message> {
    let mut wrong = Vec::new();
    let Beside { book, digest, .. } = kind;
    let sealed = fs::read_to_string(folder.join(digest)).unwrap_or_default();
    let stated = sealed.lines().nth(1).and_then(|line| line.strip_suffix(book)).map(str::trim_end);
    match (content(&folder.join(book)), stated) {
        (Content::Hash(hash), Some(stated)) if hash == stated => {}
        (Content::Hash(_), Some(_)) => {
            wrong.push(message!("{book}: innehållet stämmer inte med {digest}", "{book}: is not as {digest} says"));
        }
        (Content::Hash(_), None) => {
            wrong.push(message!("{digest}: saknar arbetsbokens hash", "{digest}: lacks the hash of the workbook"));
        }
        (Content::Nothing, _) => wrong.push(message!("{book}: filen saknas", "{book}: the file is missing")),
        (Content::Unreadable(why), _) => {
            let (sv, en) = why.both();
            wrong.push(message!("{book}: {sv}", "{book}: {en}"));
        }
    }
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        let name = entry.file_name().to_string_lossy().into_owned();
        if name != book && name != digest {
            wrong.push(message!("{name}: har inte skrivits av samkor", "{name}: was not written by samkor"));
        }
    }
    wrong.sort_by(|a, b| a.sv.cmp(&b.sv));
    wrong
}

/// How far answers had come: the whole is the sum of the rows, each row adds up, and where it can still be counted from
/// the run and the returned workbooks, each system's numbers are those.
fn hold_answers(folder: &Path, shown: &str, now: Option<&Answered>) -> Vec<Message> {
    let shown = format!("{shown}/{}", ANSWERS.book);
    let book = match tables::book(&folder.join(ANSWERS.book), &shown) {
        Ok(book) => book,
        Err(why) => return vec![why],
    };
    let Some((whole, rows)) = told(&book) else {
        return vec![message!("{shown}: tabellen över system saknas", "{shown}: has no table of systems")];
    };
    let differs = |name: &str| message!("{shown}: raden {name} stämmer inte", "{shown}: the row {name} is not right");
    let sum = |at: usize| rows.iter().map(|(_, numbers)| numbers[at]).sum::<u64>();
    let mut differ = Vec::new();
    if whole != [sum(0), sum(1)] {
        differ.push(message!(
            "{shown}: Rader att besvara och Besvarade är inte summan av raderna",
            "{shown}: Rows to answer and Answered are not the sum of the rows"
        ));
    }
    differ.extend(rows.iter().filter(|(_, numbers)| !adds_up(numbers)).map(|(name, _)| differs(name)));
    if let Some(now) = now {
        let sealed = fs::read_to_string(folder.join(ANSWERS.digest)).unwrap_or_default();
        // Workbooks that came back since have changed what was answered, and never what was asked.
        let columns = if sealed.lines().next() == Some(&now.digest) { 2 } else { 1 };
        let (told, counted) = (by_name(&rows, columns), counted_now(now, columns));
        let names: BTreeSet<&str> = told.keys().chain(counted.keys()).copied().collect();
        differ.extend(names.into_iter().filter(|name| told.get(name) != counted.get(name)).map(differs));
    }
    differ
}

/// The rows of the whole and those that are answered, and the same of each system with what follows from them.
fn told(book: &WholeBook) -> Option<([u64; 2], Table<'_>)> {
    let sheet = book.sheets.first()?;
    let number = |heads| tables::fact(sheet, heads)?.parse().ok();
    let whole = [number(["Rader att besvara", "Rows to answer"])?, number(["Besvarade", "Answered"])?];
    let decisions = Decision::ALL.map(Decision::text);
    let decisions = decisions.iter().map(|words| [words.get(Language::Sv), words.get(Language::En)]);
    let heads: Vec<[&str; 2]> = HEADS.iter().copied().chain(decisions).collect();
    Some((whole, tables::of_sheet(sheet, &heads)?))
}

/// Rows = answered + left, and answered = the sum of the decisions.
fn adds_up(numbers: &[u64]) -> bool {
    let [rows, answered, left, decisions @ ..] = numbers else { return false };
    answered + left == *rows && decisions.iter().sum::<u64>() == *answered
}

/// The first columns of each system, the rows of several who are asked put together.
fn by_name<'b>(rows: &Table<'b>, columns: usize) -> BTreeMap<&'b str, Vec<u64>> {
    let mut by_name: BTreeMap<&str, Vec<u64>> = BTreeMap::new();
    for (name, numbers) in rows {
        let own = by_name.entry(name).or_insert_with(|| vec![0; columns]);
        own.iter_mut().zip(numbers).for_each(|(sum, own)| *sum += own);
    }
    by_name
}

fn counted_now(now: &Answered, columns: usize) -> BTreeMap<&str, Vec<u64>> {
    let rows = now.systems.iter().map(|own| (own.name.as_str(), vec![own.rows, own.answered]));
    by_name(&rows.collect(), columns)
}

/// How far answers have come today, where configuration and run still tell.
fn look(run: &Opened<'_>, found: &Found, question: &Question<'_>) -> Option<Answered> {
    let config = found.config(question.rules)?;
    config.answers.as_ref()?;
    let folder = RunFolder::open(run.folder).ok()?;
    answered::look(&config, &folder, question.today, &Screen::of_nobody(question.today)).ok()
}
