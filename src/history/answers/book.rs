//! One returned workbook: which run issued it, which columns are which, and what each row says.

use super::complete::{Reader, complete};
use super::decision;
use super::exception;
use super::issued::{Facts, Issue, Issues};
use super::list::{self, ACCOUNT, List};
use super::statements::{self, Asked, Statement};
use super::{AnswerPlace, Problem, ProblemKind};
use crate::answer_form::{
    AnswerColumn, BETWEEN_KEYS, Decision, EMPLOYED_UNTIL, HIDDEN_SHEET, KEY, NUMBER, ROLES, RUN_FACT, RUN_PROPERTY,
    SYSTEM, SYSTEM_FACT, SYSTEM_PROPERTY,
};
use crate::error::Error;
use crate::ingest::{PlainCell, WholeBook, WholeSheet};
use crate::model::{AccountKey, Message, Text, is_null_day, message};
use crate::runfolder::{AnswerLine, Memory, RunName};
use std::collections::BTreeSet;

/// Facts beside an answer, as the list names them.
const NAME: Text = Text::new("Namn", "Name");
const EMPLOYEE_NUMBER: Text = Text::new("Anställningsnummer", "Employee number");

/// An answer and where it stands.
#[derive(Clone, Debug)]
pub struct Answered {
    /// The answer.
    pub line: AnswerLine,
    /// Where.
    pub place: AnswerPlace,
    /// Whether the row was told to the post for protected persons alone.
    pub restricted: bool,
}

/// A returned workbook.
pub struct Returned<'b> {
    file: &'b str,
    book: &'b WholeBook,
    run: Option<&'b str>,
    system: Option<&'b str>,
    beside: &'b Beside<'b>,
    /// Rows whose answers were read from the same workbook before.
    known: BTreeSet<&'b AccountKey>,
}

/// What is known beside a returned workbook.
pub struct Beside<'b> {
    /// The run that reads it.
    pub reader: Reader,
    /// What is carried from run to run.
    pub memory: &'b Memory,
    /// Answers that were read before, those to rows of protected persons too.
    pub known: Vec<AnswerLine>,
    /// The ids of the systems that are reviewed.
    pub systems: BTreeSet<&'b str>,
}

/// What a returned workbook came to.
#[derive(Debug, Default)]
pub struct Contents {
    /// Answers to rows.
    pub answered: Vec<Answered>,
    /// What is said beside them.
    pub statements: Vec<Statement>,
    /// What cannot be used.
    pub problems: Vec<Problem>,
}

impl<'b> Returned<'b> {
    /// Looks at a workbook.
    pub fn new(file: &'b str, book: &'b WholeBook, beside: &'b Beside<'b>) -> Self {
        let hidden = book.sheets.iter().find(|sheet| sheet.name == HIDDEN_SHEET);
        let fact = |name: &str| {
            let of_row = |row: &'b (u32, Vec<PlainCell>)| {
                let at = row.1.iter().position(|cell| cell.text == name)?;
                row.1.get(at + 1).map(|cell| cell.text.as_str()).filter(|value| !value.is_empty())
            };
            hidden.and_then(|sheet| sheet.rows.iter().find_map(of_row))
        };
        // Sheets and columns are removed and copied to other workbooks; properties stay with the document.
        let property = |name: &str| book.properties.get(name).map(String::as_str).filter(|value| !value.is_empty());
        let run = fact(RUN_FACT).or_else(|| property(RUN_PROPERTY));
        let system = fact(SYSTEM_FACT).or_else(|| property(SYSTEM_PROPERTY));
        let known = beside.known.iter().filter(|own| own.workbook == book.sha256).map(|own| &own.row).collect();
        Self { file, book, run, system, beside, known }
    }

    /// The run that issued it, where it still says so.
    pub fn run(&self) -> Option<&'b str> {
        self.run
    }

    /// Every answer that can be used, and what cannot.
    ///
    /// # Errors
    /// The run that issued it is damaged.
    pub fn contents(&self, issues: &mut Issues) -> Result<Contents, Error> {
        let lists: Vec<List<'_>> = self.book.sheets.iter().flat_map(List::all).collect();
        let mut contents = Contents::default();
        let has_keys = lists.iter().any(|list| list.has(KEY));
        if self.run.is_none() && (!has_keys && self.system.is_none() || lists.is_empty()) {
            contents.problems.push(self.problem(not_ours()));
            return Ok(contents);
        }
        let Some(run) = issues.of(self.run)?.map(|issue| issue.run.to_string()) else {
            let is_later = self.run.is_some_and(|run| issues.is_later(run));
            let (kind, why) = match self.run.filter(|_| is_later) {
                Some(run) => (ProblemKind::Later, of_later_run(run)),
                None => (ProblemKind::Unusable, no_such_run(self.run)),
            };
            contents.problems.push(Problem { kind, ..self.problem(why) });
            return Ok(contents);
        };
        let asked = Asked { run: &run, system: self.system, reader: self.beside.reader };
        contents.statements.extend(self.book.sheets.iter().find_map(|sheet| statements::sign_off(sheet, asked)));
        if lists.is_empty() && contents.statements.is_empty() {
            contents.problems.push(self.problem(no_list()));
        }
        contents.problems.extend(self.lost(&lists));
        for list in &lists {
            for (number, cells) in list.rows {
                let said = match list.asks_of_rows() {
                    true => self.row(list, cells, *number, issues)?,
                    false => vec![Said::of(statements::of_row(list, cells, asked))],
                };
                let row = issues.of(self.run)?.and_then(|issue| Self::keys(list, cells, issue).into_iter().next());
                let about = row.filter(|_| list.asks_of_rows()).map(|row| (row, run.clone()));
                said.into_iter().for_each(|said| contents.take(said, self.place(list, *number), about.as_ref()));
            }
        }
        Ok(contents)
    }

    /// What a row says: of one account, or where it asked about several at once of each of them.
    fn row(&self, list: &List<'_>, cells: &[PlainCell], number: u32, issues: &mut Issues) -> Result<Vec<Said>, Error> {
        let answer = |column: AnswerColumn| list.answer(cells, column);
        if let Some(column) = list.answered_twice(cells) {
            return Ok(vec![Said::unusable(list::said_twice(column))]);
        }
        let decision = match answer(AnswerColumn::Decision) {
            Some(written) => match decision::read(&written.text) {
                Some(decision) => decision,
                None => return Ok(vec![Said::unusable(no_decision(&written.text))]),
            },
            // Whoever names the holder has answered whose it is, and has not decided what is to be done.
            None if answer(AnswerColumn::RightHolder).is_some() => Decision::Unknown,
            None => {
                let beside = list.decision_beside(cells).map(|head| Said::unusable(list::in_other_column(head)));
                return Ok(vec![beside.unwrap_or_else(|| without_decision(&answer))]);
            }
        };
        let Some(issue) = issues.of(self.run)? else { return Ok(vec![Said::unusable(no_such_run(self.run))]) };
        let keys = Self::keys(list, cells, issue);
        if keys.is_empty() {
            return Ok(vec![Said::unusable(no_key(number))]);
        }
        if keys.len() > 1 && names_others(list, cells, &keys, issue) {
            return Ok(vec![Said::Unusable(ProblemKind::Altered, differs(ACCOUNT))]);
        }
        let several = keys.len() > 1;
        keys.into_iter().map(|key| self.answer(list, cells, (decision, key, several), issues)).collect()
    }

    /// The answer to an account of a row, which may be about several: their facts beside the answer are lists then.
    fn answer(
        &self,
        list: &List<'_>,
        cells: &[PlainCell],
        (decision, row, several): (Decision, AccountKey, bool),
        issues: &mut Issues,
    ) -> Result<Said, Error> {
        if self.known.contains(&row) {
            return Ok(Said::Nothing);
        }
        let answer = |column: AnswerColumn| list.answer(cells, column);
        let Some(issue) = issues.of(self.run)? else { return Ok(Said::unusable(no_such_run(self.run))) };
        let facts = issue.accounts.get(&row).cloned();
        let restricted = issue.restricted.contains(&row);
        if facts.is_none() && !restricted {
            return Ok(Said::unusable(unknown_row()));
        }
        let held = facts.as_ref().filter(|_| !several);
        if let Some(what) = held.and_then(|facts| altered(list, cells, issue, (&row, facts))) {
            return Ok(Said::Unusable(ProblemKind::Altered, what));
        }
        let mut line = match line(decision, row.clone(), issue, &answer) {
            Ok(line) => line,
            Err(why) => return Ok(Said::unusable(why)),
        };
        line.workbook.clone_from(&self.book.sha256);
        complete(&mut line, issue, facts.as_ref(), self.beside.reader);
        let now = self.beside.memory.called_now(&row, issue.run);
        if self.known.contains(&now) {
            return Ok(Said::Nothing);
        }
        line.findings = line.findings.iter().map(|finding| finding.moved(&row, &now)).collect();
        line.row = now;
        if let Some(why) = self.meets_nothing(&line.row, issues)? {
            return Ok(Said::unusable(why));
        }
        // An answer to an older list holds where what it rests on is the same today.
        match issues.newest(&line.row)?.zip(facts) {
            Some((newest, facts)) if !newest.same(&facts) => Ok(Said::unusable(outdated(&line.issued_in))),
            _ => Ok(Said::Answer(Box::new(line), restricted)),
        }
    }

    /// Why an answer to a row is about nothing that is reviewed any more.
    fn meets_nothing(&self, row: &AccountKey, issues: &mut Issues) -> Result<Option<Message>, Error> {
        if !self.beside.systems.contains(row.system()) {
            return Ok(Some(system_left_out(row.system())));
        }
        let newest = issues.of(None)?.filter(|issue| issue.has_accounts_of(row.system()) && !issue.knows(row));
        Ok(newest.map(|issue| account_is_gone(issue.run)))
    }

    /// The keys of a row: as they stand, or where the column was removed that of the account whose code it has. None where
    /// one of them is no key.
    fn keys(list: &List<'_>, cells: &[PlainCell], issue: &Issue) -> Vec<AccountKey> {
        if list.has(KEY) {
            let written = list.key(cells).map(|cell| cell.text.as_str()).unwrap_or_default();
            return written
                .split(BETWEEN_KEYS)
                .map(|key| AccountKey::read(key.trim()))
                .collect::<Option<_>>()
                .unwrap_or_default();
        }
        Self::named(list, cells, issue).into_iter().collect()
    }

    /// The account whose code and name stand on a row. A name alone does not tell in which system.
    fn named(list: &List<'_>, cells: &[PlainCell], issue: &Issue) -> Option<AccountKey> {
        let row = issue.of_code(&list.cell(cells, NUMBER)?.text)?;
        let account = &list.cell(cells, ACCOUNT)?.text;
        let issued = issue.accounts.get(row).filter(|own| is_same_text(account, &own.account));
        issued.map(|_| row.clone())
    }

    /// Decisions that no row is read to have: on a sheet that is no list, beside others that are, and in the cells that
    /// were merged with one above.
    fn lost(&self, lists: &[List<'_>]) -> Vec<Problem> {
        let is_no_list =
            |sheet: &&WholeSheet| !lists.is_empty() && lists.iter().all(|list| list.sheet.name != sheet.name);
        let unread = self.book.sheets.iter().filter(is_no_list).filter_map(|sheet| Some((sheet, list::unread(sheet)?)));
        let merged = lists.iter().flat_map(|list| list.merged_decisions().into_iter().map(|own| (list.sheet, own)));
        let problem = |(sheet, (row, why)): (&WholeSheet, (u32, Message))| {
            let place = AnswerPlace { file: self.file.to_owned(), sheet: Some(sheet.name.clone()), row: Some(row) };
            Problem { place, kind: ProblemKind::Unusable, why, about: None }
        };
        unread.chain(merged).map(problem).collect()
    }

    fn place(&self, list: &List<'_>, row: u32) -> AnswerPlace {
        AnswerPlace { file: self.file.to_owned(), sheet: Some(list.sheet.name.clone()), row: Some(row) }
    }

    /// Something that is wrong with the whole workbook.
    fn problem(&self, why: Message) -> Problem {
        let place = AnswerPlace { file: self.file.to_owned(), sheet: None, row: None };
        Problem { place, kind: ProblemKind::Unusable, why, about: None }
    }
}

impl Contents {
    fn take(&mut self, said: Said, place: AnswerPlace, about: Option<&(AccountKey, String)>) {
        match said {
            Said::Nothing => {}
            Said::Answer(line, restricted) => self.answered.push(Answered { line: *line, place, restricted }),
            Said::Statement(statement) => self.statements.push(statement),
            Said::Unusable(kind, why) => self.problems.push(Problem { place, kind, why, about: about.cloned() }),
        }
    }
}

/// What a row says.
enum Said {
    /// Nothing: blank is not answered.
    Nothing,
    /// An answer, and whether the row was told to the post for protected persons alone.
    Answer(Box<AnswerLine>, bool),
    /// Something beside decisions.
    Statement(Statement),
    /// Something that cannot be used.
    Unusable(ProblemKind, Message),
}

impl Said {
    fn of(statement: Option<Result<Statement, Message>>) -> Self {
        match statement {
            None => Self::Nothing,
            Some(Ok(statement)) => Self::Statement(statement),
            Some(Err(why)) => Self::unusable(why),
        }
    }

    fn unusable(why: Message) -> Self {
        Self::Unusable(ProblemKind::Unusable, why)
    }
}

/// A row without a decision that yet says something.
fn without_decision<'c>(answer: &impl Fn(AnswerColumn) -> Option<&'c PlainCell>) -> Said {
    let told = AnswerColumn::ALL.into_iter().find(|column| answer(*column).is_some());
    told.map_or(Said::Nothing, |column| {
        let Text { sv, en } = column.text();
        Said::unusable(message!(
            "raden har något i kolumnen {sv} men inget beslut",
            "the row has something in the column {en} but no decision"
        ))
    })
}

/// Which fact beside the answer differs from what was issued. A column that was removed tells nothing.
fn altered(
    list: &List<'_>,
    cells: &[PlainCell],
    issue: &Issue,
    (row, issued): (&AccountKey, &Facts),
) -> Option<Message> {
    let roles = issued.roles.join("; ");
    let end = issued.employment_end.clone().unwrap_or_default();
    let of = |title: Text, is_same: &dyn Fn(&PlainCell) -> bool| {
        list.cell(cells, title).filter(|cell| !is_same(cell)).map(|_| title)
    };
    let system = issue.systems.get(row.system());
    let what = of(ACCOUNT, &|cell| is_same_text(&cell.text, &issued.account))
        .or_else(|| of(NUMBER, &|cell| is_same_text(&cell.text, &row.code())))
        .or_else(|| of(SYSTEM, &|cell| system.is_none_or(|name| is_same_text(&cell.text, name))))
        .or_else(|| of(NAME, &|cell| issue.is_name_of(issued, &cell.text)))
        .or_else(|| of(EMPLOYEE_NUMBER, &|cell| issued.are_its_numbers(&cell.text)))
        .or_else(|| of(EMPLOYED_UNTIL, &|cell| cell.day().map(|day| day.to_string()).unwrap_or_default() == end))
        .or_else(|| of(ROLES, &|cell| is_same_text(&cell.text, &roles)))?;
    Some(differs(what))
}

/// Whether the accounts that a row names are not those of its keys.
fn names_others(list: &List<'_>, cells: &[PlainCell], keys: &[AccountKey], issue: &Issue) -> bool {
    let issued = keys.iter().filter_map(|key| issue.accounts.get(key)).map(|own| own.account.as_str());
    let issued = issued.collect::<Vec<_>>().join(" ");
    list.cell(cells, ACCOUNT).is_some_and(|cell| !is_same_text(&cell.text, &issued))
}

fn differs(Text { sv, en }: Text) -> Message {
    message!(
        "kolumnen {sv} skiljer sig från den lista som sändes ut; svaret är inte läst",
        "the column {en} differs from the list that was sent; the answer was not read"
    )
}

/// Spaces and line breaks are changed by programs that save a workbook, and an ellipsis ends what was cut.
fn is_same_text(shown: &str, issued: &str) -> bool {
    let bare = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
    let (shown, issued) = (bare(shown), bare(issued));
    shown == issued || shown.strip_suffix('…').is_some_and(|start| issued.starts_with(start))
}

/// The answer of a row; why there is none where a day cannot be read.
fn line<'c>(
    decision: Decision,
    row: AccountKey,
    issue: &Issue,
    answer: &impl Fn(AnswerColumn) -> Option<&'c PlainCell>,
) -> Result<AnswerLine, Message> {
    let text = |column| answer(column).map(|cell| cell.text.clone());
    let day = |column: AnswerColumn| match answer(column) {
        None => Ok(None),
        Some(cell) => cell.day().map(Some).ok_or_else(|| no_day(column, &cell.text)),
    };
    let stated_until = day(AnswerColumn::ExceptionUntil)?;
    // 9999-12-31 and its like stand for "no end", in an answer as in an export.
    let exception_until = stated_until.filter(|until| !is_null_day(*until));
    // Whoever keeps what is there until a day accepts it until then, and no longer.
    let decision = match decision {
        Decision::Keep if exception_until.is_some() => Decision::Exception,
        stated => stated,
    };
    let is_unused = |column: &AnswerColumn| !decision.uses(*column) && answer(*column).is_some();
    let decided_on = day(AnswerColumn::DecidedOn)?;
    if decision == Decision::Exception {
        exception::holds(stated_until, exception_until, decided_on.max(Some(issue.run.as_of)))?;
    }
    Ok(AnswerLine {
        findings: issue.findings.get(&row).cloned().unwrap_or_default(),
        row,
        decision,
        role: text(AnswerColumn::Role),
        reason: text(AnswerColumn::Reason),
        exception_until,
        right_holder: text(AnswerColumn::RightHolder),
        pass_on_to: text(AnswerColumn::PassOnTo),
        decided_by: text(AnswerColumn::DecidedBy),
        decided_on,
        done_by: text(AnswerColumn::DoneBy),
        done_on: day(AnswerColumn::DoneOn)?,
        workbook: String::new(),
        issued_in: issue.run.to_string(),
        read_on: None,
        lacks: Vec::new(),
        unused: AnswerColumn::ALL.into_iter().filter(is_unused).collect(),
        held: None,
        unasked: false,
        holder: None,
    })
}

fn not_ours() -> Message {
    message!(
        "arbetsboken är ingen lista härifrån: kolumnen Nyckel saknas",
        "the workbook is no list from here: it has no column Key"
    )
}

fn no_list() -> Message {
    message!(
        "arbetsboken är härifrån, men ingen av listorna går att känna igen: kolumnen Nyckel saknas, och kolumnerna Konto, \
         Beslut och Motivering finns inte tillsammans",
        "the workbook is from here, but none of its lists can be recognised: it has no column Key, and the columns Account, \
         Decision and Justification do not stand together"
    )
}

fn no_such_run(run: Option<&str>) -> Message {
    match run {
        Some(run) => message!(
            "körningen {run} som sände listan finns inte bland resultaten",
            "the run {run} that sent the list is not among the results"
        ),
        None => message!("det finns ingen tidigare körning", "there is no earlier run"),
    }
}

fn of_later_run(run: &str) -> Message {
    message!(
        "listan sändes ut av en senare körning ({run}), och svaren läses när den följs upp",
        "the list was sent by a later run ({run}), and its answers are read when that is followed up"
    )
}

fn system_left_out(system: &str) -> Message {
    message!(
        "systemet {system} ingår inte i granskningen längre; svaret är inte taget",
        "the system {system} is not part of the review any more; the answer was not taken"
    )
}

fn account_is_gone(run: RunName) -> Message {
    message!(
        "kontot fanns inte i den senaste granskningen ({run}), så svaret gäller inget konto; det är inte taget",
        "the account was not in the latest review ({run}), so the answer is about no account; it was not taken"
    )
}

fn no_decision(written: &str) -> Message {
    message!("\"{written}\" är inget av besluten i listan", "\"{written}\" is none of the decisions of the list")
}

fn no_key(row: u32) -> Message {
    message!(
        "rad {row} har ett beslut, men kolumnen Nyckel är tom eller borttagen, och Nr och Konto är inte tillsammans de för någon \
         rad i listan, så det går inte att se vilket konto det gäller",
        "row {row} has a decision, but the column Key is empty or removed, and No and Account together are not those of a row \
         of the list, so it cannot be told which account it is about"
    )
}

fn unknown_row() -> Message {
    message!("raden fanns inte i den lista som sändes ut", "the row was not in the list that was sent")
}

fn outdated(run: &str) -> Message {
    message!(
        "svar på äldre utskick ({run}); uppgifterna om kontot har ändrats sedan dess",
        "an answer to an older list ({run}); what is known of the account has changed since"
    )
}

fn no_day(column: AnswerColumn, text: &str) -> Message {
    let Text { sv, en } = column.text();
    message!("\"{text}\" i kolumnen {sv} är inget datum", "\"{text}\" in the column {en} is no date")
}
