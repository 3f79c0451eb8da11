//! Returned workbooks → answers: recognised by what they hold, whatever people did to names, order and columns.
//!
//! Nothing is guessed and nothing is lost: what cannot be used is a [`Problem`] with its file and row. A blank is never
//! an answer.

mod book;
mod complete;
mod decision;
mod exception;
mod issued;
mod list;
mod merge;
mod statements;

use crate::config::{Config, InputFile};
use crate::error::{Error, ErrorKind};
use crate::history::previous::restricted_answers;
use crate::ingest::UnopenedBook;
use crate::model::{AccountKey, Language, Message, Text, message};
use crate::runfolder::{AnswerLine, Memory, RunFolder, RunName};
use book::{Answered, Beside, Contents, Returned};
use chrono::NaiveDate;
use complete::Reader;
use issued::Issues;
pub use statements::Statement;
use std::collections::BTreeMap;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

/// What came of the folder with returned workbooks.
#[derive(Debug, Default)]
pub struct AnswersRead {
    /// Answers that were not read before.
    pub new: Vec<AnswerLine>,
    /// The same to rows that were told to the post for protected persons alone.
    pub restricted: Vec<AnswerLine>,
    /// What is said beside the rows, that was not read before.
    pub statements: Vec<Statement>,
    /// What could not be used.
    pub problems: Vec<Problem>,
    /// The workbooks that were read.
    pub books: Vec<BookRead>,
    /// Those of them with something amiss, by hash, with the reference date of the run that first read each.
    pub amiss: BTreeMap<String, NaiveDate>,
    /// Those of them that need not be opened again, by hash, with the run that issued each.
    pub finished: Vec<(String, Option<String>)>,
}

/// A returned workbook.
#[derive(Clone, Debug)]
pub struct BookRead {
    /// Its path below the configuration.
    pub file: String,
    /// Its hash.
    pub sha256: String,
    /// Its size.
    pub bytes: u64,
    /// The run that issued it.
    pub issued_in: Option<String>,
}

/// Something in a returned workbook that cannot be used.
#[derive(Clone, Debug)]
pub struct Problem {
    /// Where.
    pub place: AnswerPlace,
    /// What kind.
    pub kind: ProblemKind,
    /// Why.
    pub why: Message,
    /// The row it is about, of a list that the run issued, where that can be told.
    pub about: Option<(AccountKey, String)>,
}

impl AnswersRead {
    /// Problems of one kind.
    pub fn problems_of(&self, kind: ProblemKind) -> Vec<&Problem> {
        self.problems.iter().filter(|problem| problem.kind == kind).collect()
    }
}

impl Problem {
    /// The first few of some in words, and that there are more.
    pub fn list(problems: &[&Self], language: Language) -> String {
        const SHOWN: usize = 5;
        let mut list: Vec<String> = problems.iter().take(SHOWN).map(|problem| problem.told(language)).collect();
        if problems.len() > SHOWN {
            list.push(Text::new("med flera", "and more").get(language).to_owned());
        }
        list.join("; ")
    }

    /// In a few words: "ekonomi.xlsx, bladet Avvikelser, rad 12: …".
    pub fn told(&self, language: Language) -> String {
        let AnswerPlace { file, sheet, row } = &self.place;
        let (of_sheet, of_row) = match language {
            Language::Sv => ("bladet", "rad"),
            Language::En => ("sheet", "row"),
        };
        let sheet = sheet.as_ref().map(|sheet| format!(", {of_sheet} {sheet}")).unwrap_or_default();
        let row = row.map(|row| format!(", {of_row} {row}")).unwrap_or_default();
        format!("{file}{sheet}{row}: {}", self.why.get(language))
    }
}

/// A place in a returned workbook.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct AnswerPlace {
    /// The file.
    pub file: String,
    /// The sheet; none where it is about the whole workbook.
    pub sheet: Option<String>,
    /// The row as a person sees it.
    pub row: Option<u32>,
}

/// What kind of problem.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ProblemKind {
    /// Facts that the answer rests on differ from those that were issued.
    Altered,
    /// It cannot be read, or says nothing that can be used.
    Unusable,
    /// An answer to the same row says something else, and the later one holds.
    Differing,
    /// It answers a run after the one whose answers are read.
    Later,
}

/// Reads every workbook of the folder that is named, as answers to a run and those before it, on a day.
///
/// # Errors
/// A folder that is not there or cannot be listed, or a run that is damaged.
pub fn read(config: &Config, memory: &Memory, last: &RunFolder, today: NaiveDate) -> Result<AnswersRead, Error> {
    let Some(folder) = &config.answers else { return Ok(AnswersRead::default()) };
    let files = files_in(folder).map_err(|cause| cannot_list(folder, &cause))?;
    let review = &config.review;
    let reader = Reader { run: review.as_of, latest: review.as_of.max(today), list_from: review.list_from };
    let mut known = memory.answers.clone();
    known.extend(restricted_answers(last)?);
    let systems = config.systems.iter().map(|own| own.system.id.as_str()).collect();
    let mut reading = Reading {
        config,
        beside: Beside { reader, memory, known, systems },
        issues: Issues::until(last),
        read: AnswersRead::default(),
        answered: Vec::new(),
        finished: Vec::new(),
        amiss: Vec::new(),
    };
    files.into_iter().try_for_each(|path| reading.take(path))?;
    Ok(reading.weighed())
}

/// Workbooks under way, before their answers are held against each other and against those that are known.
struct Reading<'r> {
    config: &'r Config,
    beside: Beside<'r>,
    issues: Issues,
    read: AnswersRead,
    answered: Vec<Answered>,
    /// Workbooks in which nothing is amiss, by hash, with the run that issued each.
    finished: Vec<(String, Option<String>)>,
    /// What is amiss in the others, with the reference date of the run that first read each.
    amiss: Vec<(Problem, NaiveDate)>,
}

impl Reading<'_> {
    /// Takes in one file.
    fn take(&mut self, path: PathBuf) -> Result<(), Error> {
        let shown = path.strip_prefix(&self.config.base).unwrap_or(&path).display().to_string();
        let input = InputFile { path, shown: shown.clone(), ..InputFile::default() };
        let unopened = match UnopenedBook::read(&input, self.config.max_file_bytes) {
            Err(error) => {
                self.read.problems.push(unreadable(shown, &error));
                return Ok(());
            }
            Ok(unopened) => unopened,
        };
        let (sha256, bytes) = (unopened.sha256().to_owned(), unopened.bytes());
        if self.config.answers_then.as_ref().is_some_and(|own| !own.contains(&sha256)) {
            return Ok(());
        }
        let told = |issued_in| BookRead { file: shown.clone(), sha256: sha256.clone(), bytes, issued_in };
        // What was read before has nothing new to say, and need not be opened.
        if let Some(issued_in) = self.beside.memory.read_before(&sha256) {
            self.read.books.push(told(issued_in));
            return Ok(());
        }
        if !unopened.is_workbook() {
            self.read.problems.push(no_workbook(shown.clone(), unopened.open().err().as_ref()));
            self.read.books.push(told(None));
            return Ok(());
        }
        match unopened.open() {
            Err(error) => {
                self.read.problems.push(unreadable(shown.clone(), &error));
                self.read.books.push(told(None));
            }
            Ok(book) => {
                let returned = Returned::new(&shown, &book, &self.beside);
                let run = returned.run().map(ToOwned::to_owned);
                self.read.books.push(told(run.clone()));
                let contents = returned.contents(&mut self.issues)?;
                self.take_contents(contents, sha256, run);
            }
        }
        Ok(())
    }

    fn take_contents(&mut self, contents: Contents, sha256: String, run: Option<String>) {
        let Contents { answered, statements, problems } = contents;
        let memory = self.beside.memory;
        self.read.statements.extend(statements.into_iter().filter(|own| !memory.holds(own)));
        if problems.is_empty() && !answered.iter().any(|own| own.restricted) {
            self.finished.push((sha256, run));
        } else if !problems.is_empty() {
            let first = memory.amiss.get(&sha256).copied().unwrap_or(self.beside.reader.run);
            self.amiss.extend(problems.into_iter().map(|own| (own, first)));
            self.read.amiss.insert(sha256, first);
        }
        self.answered.extend(answered);
    }

    /// What holds of all answers together.
    fn weighed(self) -> AnswersRead {
        let Self { beside: Beside { memory, known, .. }, mut read, answered, finished, amiss, .. } = self;
        let (mut taken, mut problems) = merge::merge(answered);
        let known = merge::Known::of(&known);
        taken.retain(|own| !known.says(&own.line));
        let (taken, contradicting) = known.weigh(taken);
        problems.extend(contradicting);
        // Where answers differ none is taken, and they are to be told again until one of them is gone.
        if problems.iter().all(|own| own.kind == ProblemKind::Differing) {
            read.finished = finished;
        }
        let (restricted, new): (Vec<_>, Vec<_>) = taken.into_iter().partition(|own| own.restricted);
        read.new = new.into_iter().map(|own| own.line).collect();
        read.restricted = restricted.into_iter().map(|own| own.line).collect();
        let answers = || memory.answers.iter().chain(&read.new);
        let waiting = amiss.into_iter().filter(|(own, first)| !is_answered_since(own, *first, answers()));
        read.problems.extend(waiting.map(|(own, _)| own).chain(problems));
        read.problems.sort_by(|a, b| a.place.cmp(&b.place));
        read
    }
}

/// Whether the row of a problem was answered after its workbook was first read, to the same list or a later one.
fn is_answered_since<'a>(
    problem: &Problem,
    first_read: NaiveDate,
    mut answers: impl Iterator<Item = &'a AnswerLine>,
) -> bool {
    let Some((row, run)) = &problem.about else { return false };
    let list = RunName::of_folder(run);
    answers.any(|own| {
        let is_later = own.read_on.is_some_and(|day| day > first_read);
        own.row == *row && is_later && RunName::of_folder(&own.issued_in) >= list
    })
}

fn unreadable(file: String, error: &Error) -> Problem {
    let place = AnswerPlace { file, sheet: None, row: None };
    Problem { place, kind: ProblemKind::Unusable, why: (*error.says).clone(), about: None }
}

/// An answer in another form than the workbook that was sent: what it is, where that can be told, and what to do.
fn no_workbook(file: String, cause: Option<&Error>) -> Problem {
    let text = || message!("filen är ingen arbetsbok", "the file is no workbook");
    let Message { sv, en } = cause.map_or_else(text, |error| (*error.says).clone());
    let why = message!(
        "{sv}, så inga svar i den är lästa. Skriv svaren i arbetsboken som skickades ut, spara den som Excel-arbetsbok \
         (.xlsx) och lägg den här i stället",
        "{en}, so no answers in it were read. Write them in the workbook that was sent out, save it as an Excel Workbook \
         (.xlsx) and put that here instead"
    );
    Problem { place: AnswerPlace { file, sheet: None, row: None }, kind: ProblemKind::Unusable, why, about: None }
}

/// Every file of a folder and those below it, in the order of their names: what is no answer is told too. What systems
/// leave there unseen is nobody's.
fn files_in(folder: &Path) -> io::Result<Vec<PathBuf>> {
    const OF_SYSTEMS: [&str; 2] = ["thumbs.db", "desktop.ini"];
    let mut files = Vec::new();
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        let (path, kind) = (entry.path(), entry.file_type()?);
        let name = entry.file_name().to_string_lossy().to_lowercase();
        if kind.is_dir() {
            files.extend(files_in(&path)?);
        } else if !name.starts_with('.') && !OF_SYSTEMS.contains(&name.as_str()) {
            files.push(path);
        }
    }
    files.sort();
    Ok(files)
}

fn cannot_list(folder: &Path, cause: &io::Error) -> Error {
    Error::io(ErrorKind::Unreadable, folder, cause).way_out(message!(
        "Skapa mappen och lägg de besvarade arbetsböckerna i den, eller ändra answers under [followup].",
        "Make the folder and put the returned workbooks in it, or change answers under [followup]."
    ))
}
