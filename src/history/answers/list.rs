//! The lists of a returned workbook: where each begins, which of its columns is which, and rows with decisions that stand
//! where no list looks.

use super::decision;
use crate::answer_form::{
    AnswerColumn, CONFIRMATION, CORRECTION, HIDDEN_SHEET, KEY, LAST_DECISION, PROPOSAL, SINCE_SHEET,
};
use crate::ingest::{MergedRows, PlainCell, WholeSheet};
use crate::model::{Language, Message, Text, fold, message, rows};
use std::collections::BTreeMap;

/// Rows among which a list's head is looked for.
const HEAD_WITHIN: usize = 30;

/// The account, as the list names it.
pub const ACCOUNT: Text = Text::new("Konto", "Account");

/// A row of a sheet: its number as a person sees it, and its cells.
type SheetRow = (u32, Vec<PlainCell>);

/// A list of a returned workbook.
pub struct List<'b> {
    /// The sheet it stands on.
    pub sheet: &'b WholeSheet,
    /// Its rows behind the head.
    pub rows: &'b [SheetRow],
    head: &'b [PlainCell],
    /// Where each column stands, by its head, folded; a head may stand twice.
    columns: BTreeMap<String, Vec<usize>>,
}

/// The columns of which a list of rows to answer has one.
fn deciding() -> [Text; 3] {
    let holder = AnswerColumn::RightHolder;
    [AnswerColumn::Decision.text(), holder.text(), holder.asked_of_hr()]
}

impl<'b> List<'b> {
    /// The lists of a sheet: each has a head with the key, or the account, and what is asked. The first may stand on any
    /// row near the top; others are pasted below with heads of their own.
    pub fn all(sheet: &'b WholeSheet) -> Vec<Self> {
        let heads = sheet.rows.iter().enumerate().filter(|(_, (_, cells))| is_head(cells)).map(|(at, _)| at);
        let heads: Vec<usize> = heads.collect();
        if heads.first().is_none_or(|first| *first >= HEAD_WITHIN) {
            return Vec::new();
        }
        let ends = heads.iter().skip(1).copied().chain([sheet.rows.len()]);
        heads.iter().zip(ends).map(|(head, end)| Self::of(sheet, *head, end)).collect()
    }

    fn of(sheet: &'b WholeSheet, head: usize, end: usize) -> Self {
        let (rows, head) = (&sheet.rows[head + 1..end], &sheet.rows[head].1);
        let mut columns: BTreeMap<String, Vec<usize>> = BTreeMap::new();
        for (place, cell) in head.iter().enumerate() {
            let whole = fold(&cell.text);
            let bare = fold(without_note(&cell.text));
            if bare != whole {
                columns.entry(bare).or_default().push(place);
            }
            columns.entry(whole).or_default().push(place);
        }
        Self { sheet, rows, head, columns }
    }

    /// Whether its rows are answered with a decision, or with the holder.
    pub fn asks_of_rows(&self) -> bool {
        deciding().into_iter().any(|title| self.has(title))
    }

    /// Whether it has a column.
    pub fn has(&self, title: Text) -> bool {
        !self.places(title).is_empty()
    }

    /// The key of a row.
    pub fn key<'c>(&self, cells: &'c [PlainCell]) -> Option<&'c PlainCell> {
        self.cell(cells, KEY)
    }

    /// The cell of a row in a column.
    pub fn cell<'c>(&self, cells: &'c [PlainCell], title: Text) -> Option<&'c PlainCell> {
        cells.get(*self.places(title).first()?)
    }

    /// What a row says in an answer column, whichever header it was sent with.
    pub fn answer<'c>(&self, cells: &'c [PlainCell], column: AnswerColumn) -> Option<&'c PlainCell> {
        self.answers(cells, column).first().copied()
    }

    /// An answer column that stands twice and says two things.
    pub fn answered_twice(&self, cells: &[PlainCell]) -> Option<AnswerColumn> {
        let says_two = |column: &AnswerColumn| {
            let said: Vec<String> = self.answers(cells, *column).iter().map(|cell| fold(&cell.text)).collect();
            said.iter().any(|other| *other != said[0])
        };
        AnswerColumn::ALL.into_iter().find(says_two)
    }

    fn answers<'c>(&self, cells: &'c [PlainCell], column: AnswerColumn) -> Vec<&'c PlainCell> {
        let own = self.places(column.text());
        let places = if own.is_empty() { self.places(column.asked_of_hr()) } else { own };
        places.iter().filter_map(|place| cells.get(*place)).filter(|cell| !cell.is_blank()).collect()
    }

    /// The head of a column that nothing is read of and in which a row has a decision.
    pub fn decision_beside<'c>(&'c self, cells: &[PlainCell]) -> Option<&'c str> {
        let titles = AnswerColumn::ALL.into_iter().flat_map(|column| [column.text(), column.asked_of_hr()]);
        let read: Vec<usize> =
            titles.chain([PROPOSAL, LAST_DECISION]).flat_map(|title| self.places(title)).copied().collect();
        let decides = |(place, cell): &(usize, &PlainCell)| !read.contains(place) && is_decision(cell);
        let (place, _) = cells.iter().enumerate().find(decides)?;
        Some(self.head.get(place).map_or("", |cell| cell.text.as_str()))
    }

    /// Rows with a decision that is merged with the cells below it: the first of each, and what is told of it.
    pub fn merged_decisions(&self) -> Vec<(u32, Message)> {
        let places = self.places(AnswerColumn::Decision.text());
        let is_of_decisions = |own: &&MergedRows| {
            places.iter().any(|place| u32::try_from(*place).is_ok_and(|place| own.columns.contains(&place)))
        };
        let decided = |number: u32| {
            let row = self.rows.iter().find(|(own, _)| *own == number);
            row.is_some_and(|(_, cells)| self.answer(cells, AnswerColumn::Decision).is_some())
        };
        let own = self.sheet.merged.iter().filter(is_of_decisions).filter(|own| decided(*own.rows.start()));
        own.map(|own| (*own.rows.start(), merged(*own.rows.start(), *own.rows.end()))).collect()
    }

    fn places(&self, title: Text) -> &[usize] {
        let own = [Language::Sv, Language::En].iter().find_map(|own| self.columns.get(&fold(title.get(*own))));
        own.map_or(&[], Vec::as_slice)
    }
}

fn is_head(cells: &[PlainCell]) -> bool {
    let has = |title: Text| cells.iter().any(|cell| is_title(&cell.text, title));
    let decides = || deciding().into_iter().any(has);
    match has(KEY) {
        true => decides() || has(CONFIRMATION[0]) || has(CORRECTION[0]),
        // Sheets that tell of earlier decisions have no place for reasons.
        false => has(ACCOUNT) && decides() && has(AnswerColumn::Reason.text()),
    }
}

/// Whether a text is a head, in either language, whatever note stands behind it.
pub fn is_title(text: &str, title: Text) -> bool {
    let is = |text: &str| [Language::Sv, Language::En].iter().any(|language| fold(text) == fold(title.get(*language)));
    is(text) || is(without_note(text))
}

/// "Beslut" of "Beslut (välj i listan):".
fn without_note(text: &str) -> &str {
    let bare = text.trim().trim_end_matches([':', '*', '?', '!']).trim_end();
    match bare.strip_suffix(')').and_then(|own| own.split_once('(')) {
        Some((before, _)) if !before.trim().is_empty() => before.trim_end(),
        _ => bare,
    }
}

fn is_decision(cell: &PlainCell) -> bool {
    !cell.is_blank() && decision::read(&cell.text).is_some()
}

/// Rows with decisions on a sheet of which no list was made: the first of them, and why nothing on it is read. Sheets that
/// tell of earlier decisions, and that of the choices, have such words by themselves.
pub fn unread(sheet: &WholeSheet) -> Option<(u32, Message)> {
    let is_own = sheet.name == HIDDEN_SHEET || is_title(&sheet.name, SINCE_SHEET);
    let decides = |(_, cells): &&SheetRow| cells.iter().any(is_decision);
    let decided: Vec<u32> = sheet.rows.iter().filter(decides).map(|(number, _)| *number).collect();
    let (first, last) = (*decided.first()?, *decided.last()?);
    (!is_own).then(|| (first, no_list(decided.len(), first, last)))
}

fn no_list(number: usize, first: u32, last: u32) -> Message {
    let (rader, rows) = rows(number).both();
    message!(
        "{rader} med beslut mellan rad {first} och {last} läses inte: bladet har ingen rubrikrad med Nyckel eller Konto, Beslut \
         och Motivering. Skriv besluten i listan som sändes ut",
        "{rows} with decisions between row {first} and {last} not read: the sheet has no head with Key or Account, Decision \
         and Justification. Write the decisions in the list that was sent"
    )
}

/// What is told of a row with a decision in a column that nothing is read of.
pub fn in_other_column(head: &str) -> Message {
    match head {
        "" => message!(
            "raden har ett beslut i en kolumn utan rubrik, som inte läses",
            "the row has a decision in a column without a head, which is not read"
        ),
        _ => message!(
            "raden har ett beslut i kolumnen {head}, som inte läses; skriv det i kolumnen Beslut",
            "the row has a decision in the column {head}, which is not read; write it in the column Decision"
        ),
    }
}

fn merged(first: u32, last: u32) -> Message {
    message!(
        "kolumnen Beslut är en sammanfogad cell på raderna {first}–{last}, och beslutet gäller bara den första. Dela cellen \
         och skriv ett beslut på varje rad",
        "the column Decision is one merged cell on rows {first}–{last}, and the decision holds for the first alone. Unmerge \
         it and write a decision on each row"
    )
}

/// What is told of a row in which a column that stands twice says two things.
pub fn said_twice(column: AnswerColumn) -> Message {
    let Text { sv, en } = column.text();
    message!(
        "kolumnen {sv} finns flera gånger och säger olika saker; svaret är inte läst",
        "the column {en} stands several times and says different things; the answer was not read"
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A head may have a note behind it, and is no other column for it; other words make another column.
    #[test]
    fn a_note_behind_a_head_is_no_part_of_it() {
        let decision = AnswerColumn::Decision.text();
        for head in ["Beslut", "beslut:", "Beslut (välj)", "Decision *", "Beslut (obligatoriskt):"] {
            assert!(is_title(head, decision), "{head}");
        }
        for head in ["Beslutad av", "Vårt beslut", "Beslut kommentar", ""] {
            assert!(!is_title(head, decision), "{head}");
        }
        assert!(is_title("Stämmer (Ja/Nej)", CONFIRMATION[0]));
    }
}
