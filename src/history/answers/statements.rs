//! What a returned workbook says beside its decisions: who signed it, whether the list of systems is right, and what HR
//! has corrected in payroll.

use super::complete::Reader;
use super::list::{List, is_title};
use crate::answer_form::{CONFIRMATION, CORRECTION, SIGN_OFF, YesNo};
use crate::ingest::{PlainCell, WholeSheet};
use crate::model::{Language, Message, PersonKey, SystemId, Text, fold, message};
use crate::runfolder::{ConfirmationLine, CorrectionLine, Memory, SignOffLine};
use chrono::NaiveDate;

/// What was said, of any kind.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Statement {
    /// A signature.
    SignOff(SignOffLine),
    /// Whether the list of systems is right.
    Confirmation(ConfirmationLine),
    /// Whether payroll was corrected.
    Correction(CorrectionLine),
}

impl Statement {
    /// The signature, where it is one.
    pub fn signature(&self) -> Option<&SignOffLine> {
        match self {
            Self::SignOff(own) => Some(own),
            Self::Confirmation(_) | Self::Correction(_) => None,
        }
    }
}

impl Memory {
    /// Whether it was read before.
    pub(super) fn holds(&self, statement: &Statement) -> bool {
        match statement {
            Statement::SignOff(own) => self.sign_offs.contains(own),
            Statement::Confirmation(own) => {
                // One without a day bears that of the run that read it first.
                let same = |other: &ConfirmationLine| ConfirmationLine { on: own.on, ..other.clone() } == *own;
                self.confirmations.iter().any(same)
            }
            Statement::Correction(own) => self.corrections.contains(own),
        }
    }

    /// Takes in what was said.
    pub(in crate::history) fn take(&mut self, statement: Statement) {
        if self.holds(&statement) {
            return;
        }
        match statement {
            Statement::SignOff(own) => self.sign_offs.push(own),
            Statement::Confirmation(own) => self.confirmations.push(own),
            Statement::Correction(own) => self.corrections.push(own),
        }
    }
}

/// Who is asked: the run and the system of a workbook, and the day it is read.
#[derive(Clone, Copy)]
pub struct Asked<'a> {
    /// The run that issued it.
    pub run: &'a str,
    /// The system it is about, where it is about one.
    pub system: Option<&'a str>,
    /// The run that reads it.
    pub reader: Reader,
}

/// The signature on a first page: each answer stands beside its label, or below it where a program has moved it. A page
/// without a name is not signed.
pub fn sign_off(sheet: &WholeSheet, asked: Asked<'_>) -> Option<Statement> {
    let system = asked.system.filter(|system| !system.is_empty())?;
    let last = |label: Text| {
        let is_label = |cell: &PlainCell| is_title(&cell.text, label);
        sheet.rows.iter().rev().find_map(|(_, cells)| {
            let at = cells.iter().position(is_label)?;
            Some(cells[at + 1..].iter().find(|cell| !cell.is_blank()))
        })?
    };
    let [by, post, on] = SIGN_OFF.map(last);
    let by = by?.text.clone();
    Some(Statement::SignOff(SignOffLine {
        system: system.to_owned(),
        by: Some(by),
        post: post.map(|cell| cell.text.clone()),
        on: on.and_then(PlainCell::day).filter(|day| *day <= asked.reader.latest),
        issued_in: asked.run.to_owned(),
    }))
}

/// What a row of a list says that asks for a yes or a no; `None` for a row that says nothing.
pub fn of_row(list: &List<'_>, cells: &[PlainCell], asked: Asked<'_>) -> Option<Result<Statement, Message>> {
    let kinds: [(&[Text; 4], Make); 2] = [(&CONFIRMATION, confirmation), (&CORRECTION, correction)];
    let (heads, make) = kinds.into_iter().find(|(heads, _)| list.has(heads[0]))?;
    let [word, text, by, on] = (*heads).map(|head| list.cell(cells, head).filter(|cell| !cell.is_blank()));
    let Some(word) = word else {
        let beside = heads[1..].iter().zip([text, by, on]).find(|(_, cell)| cell.is_some());
        return beside.map(|(head, _)| Err(no_word(*head, heads[0])));
    };
    let Some(word) = read(&word.text) else { return Some(Err(neither(&word.text))) };
    let on = match on {
        Some(cell) => match cell.day() {
            Some(day) if day > asked.reader.latest => return Some(Err(not_yet(day))),
            Some(day) => Some(day),
            None => return Some(Err(no_day(&cell.text))),
        },
        None => None,
    };
    let [text, by] = [text, by].map(|cell| cell.map(|cell| cell.text.clone()));
    let key = list.key(cells).map(|cell| cell.text.as_str()).unwrap_or_default();
    Some(make(key, Said { word, text, by, on }, asked))
}

/// A row's answers.
struct Said {
    word: YesNo,
    text: Option<String>,
    by: Option<String>,
    on: Option<NaiveDate>,
}

type Make = fn(&str, Said, Asked<'_>) -> Result<Statement, Message>;

fn confirmation(key: &str, said: Said, asked: Asked<'_>) -> Result<Statement, Message> {
    let system = SystemId::new(key).ok_or_else(no_key)?;
    Ok(Statement::Confirmation(ConfirmationLine {
        system: system.to_string(),
        right: said.word,
        correction: said.text,
        by: said.by,
        on: said.on.unwrap_or(asked.reader.run),
        issued_in: asked.run.to_owned(),
    }))
}

fn correction(key: &str, said: Said, asked: Asked<'_>) -> Result<Statement, Message> {
    Ok(Statement::Correction(CorrectionLine {
        row: PersonKey::read(key).ok_or_else(no_key)?,
        corrected: said.word,
        comment: said.text,
        by: said.by,
        on: said.on,
        issued_in: asked.run.to_owned(),
    }))
}

/// Yes or no as people write it.
fn read(written: &str) -> Option<YesNo> {
    let folded = fold(written.trim_end_matches('.'));
    let means = |word: &YesNo| {
        [Language::Sv, Language::En].iter().any(|language| {
            let own = fold(word.text().get(*language));
            folded == own || !folded.is_empty() && folded.len() == 1 && own.starts_with(&folded)
        })
    };
    YesNo::ALL.into_iter().find(means)
}

fn neither(written: &str) -> Message {
    message!("\"{written}\" är varken Ja eller Nej", "\"{written}\" is neither Yes nor No")
}

fn no_word(head: Text, asked: Text) -> Message {
    let (Text { sv, en }, Text { sv: fraga, en: question }) = (head, asked);
    message!(
        "raden har något i kolumnen {sv} men inget svar i {fraga}",
        "the row has something in the column {en} but no answer in {question}"
    )
}

fn no_day(text: &str) -> Message {
    message!("\"{text}\" är inget datum", "\"{text}\" is no date")
}

fn not_yet(day: NaiveDate) -> Message {
    message!("{day} är senare än den dag svaret läses", "{day} is later than the day the answer is read")
}

fn no_key() -> Message {
    message!("raden har ett svar men ingen nyckel", "the row has an answer but no key")
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Yes and no are read as people write them, and nothing else is.
    #[test]
    fn yes_and_no_are_read() {
        for (written, word) in [("Ja", YesNo::Yes), ("ja.", YesNo::Yes), ("J", YesNo::Yes), ("yes", YesNo::Yes)] {
            assert_eq!(read(written), Some(word), "{written}");
        }
        for (written, word) in [("Nej", YesNo::No), ("n", YesNo::No), ("NO", YesNo::No)] {
            assert_eq!(read(written), Some(word), "{written}");
        }
        for written in ["", "ja men", "inte", "x", "1", "?"] {
            assert_eq!(read(written), None, "{written}");
        }
    }
}
