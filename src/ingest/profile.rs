//! What the columns of a sheet hold, seen over every row before any is used: enough to settle
//! ambiguous headers, two columns for one key, and how each column means its dates.

use super::evidence::DateEvidence;
use super::format::Row;
use super::value::Value;
use super::words::{self, Answers, StateCodes};
use std::collections::BTreeMap;

/// One column.
#[derive(Clone, Debug, Default)]
struct Column {
    filled: u32,
    flags: u32,
    /// Words for "no end".
    open: u32,
    /// Formulas whose result was not saved.
    no_result: u32,
    /// Numbers with decimals, and those of them that are whole: `1001.0`.
    decimals: u32,
    noughts: u32,
    dates: DateEvidence,
    answers: Answers,
    states: StateCodes,
    /// Whether a value stands here beside others on its row, and whether a bare word does.
    beside: bool,
    word_beside: bool,
    /// What the first different texts say as words: a column of answers holds few.
    told: Vec<(Box<str>, Words)>,
}

/// What a text says as a word.
#[derive(Clone, Copy, Debug)]
struct Words {
    is_flag: bool,
    is_open: bool,
    answers: Answers,
    states: StateCodes,
}

impl Words {
    fn of(text: &str) -> Self {
        let mut answers = Answers::default();
        answers.see(text);
        let mut states = StateCodes::default();
        states.see(text);
        Self { is_flag: words::is_flag_like(text), is_open: text != "0" && words::is_open_end(text), answers, states }
    }
}

/// Every column of a sheet.
#[derive(Clone, Debug, Default)]
pub struct Profile {
    columns: Vec<Column>,
    /// Rows with anything in them.
    rows: u32,
    /// Rows by their number of fields, where the format states it.
    widths: BTreeMap<usize, u32>,
}

impl Profile {
    /// Takes in one row of data.
    pub fn see(&mut self, row: &Row<'_>) {
        if self.columns.len() < row.cells.len() {
            self.columns.resize(row.cells.len(), Column::default());
        }
        let filled = row.cells.iter().filter(|value| !value.is_blank()).take(2).count();
        for (column, value) in self.columns.iter_mut().zip(row.cells) {
            column.see(value, filled > 1);
        }
        self.rows += u32::from(filled > 0);
        if let Some(width) = row.width {
            *self.widths.entry(width).or_default() += 1;
        }
    }

    /// How many fields most rows have, where most have as many.
    pub fn usual_width(&self) -> Option<usize> {
        let rows: u32 = self.widths.values().sum();
        self.widths.iter().find(|(_, of_width)| **of_width * 2 > rows).map(|(width, _)| *width)
    }

    /// Rows on which a column holds something.
    pub fn filled(&self, column: usize) -> u32 {
        self.columns.get(column).map_or(0, |own| own.filled)
    }

    /// Rows on which a column holds nothing.
    pub fn blanks(&self, column: usize) -> u32 {
        self.rows.saturating_sub(self.filled(column))
    }

    /// Whether a column is filled on so many rows that what is left blank was left so on purpose.
    pub fn is_ticked_off(&self, column: usize) -> bool {
        /// One row in so many.
        const ONE_IN: u32 = 10;
        self.columns.get(column).is_some_and(|own| own.filled * ONE_IN >= self.rows)
    }

    /// Whether a column holds nothing at all.
    pub fn is_empty(&self, column: usize) -> bool {
        self.columns.get(column).is_none_or(|column| column.filled == 0)
    }

    /// Whether most of what a column holds are dates.
    pub fn is_mostly_dates(&self, column: usize) -> bool {
        self.columns.get(column).is_some_and(|column| (column.dates.dates + column.open) * 2 > column.filled)
    }

    /// Whether most of what a column holds is yes or no.
    pub fn is_mostly_flags(&self, column: usize) -> bool {
        self.columns.get(column).is_some_and(|column| column.flags * 2 > column.filled)
    }

    /// Whether a column holds yes, no and marks, and nothing else.
    pub fn holds_only_flags(&self, column: usize) -> bool {
        self.columns.get(column).is_some_and(|column| column.flags > 0 && column.flags == column.filled)
    }

    /// Whether a column has formulas without a saved result.
    pub fn lacks_results(&self, column: usize) -> bool {
        self.columns.get(column).is_some_and(|column| column.no_result > 0)
    }

    /// How many whole numbers of a column are written with a decimal, where no number of it has another.
    pub fn decimal_noughts(&self, column: usize) -> u32 {
        self.columns.get(column).filter(|own| own.decimals == own.noughts).map_or(0, |own| own.noughts)
    }

    /// The answers that each column gives.
    pub fn answers(&self) -> Vec<Answers> {
        self.columns.iter().map(|column| column.answers).collect()
    }

    /// Whether a bare word alone on its row cannot be a value of a column: on the rows that hold more, it has none such.
    pub fn is_heading_alone(&self, column: usize) -> bool {
        self.columns.get(column).is_some_and(|own| own.beside && !own.word_beside)
    }

    /// Whether a column holds letters of state that bear each other out.
    pub fn holds_state_codes(&self, column: usize) -> bool {
        self.columns.get(column).is_some_and(|column| column.states.bear_each_other_out())
    }

    /// The answers that a column gives.
    pub fn answers_of(&self, column: usize) -> Answers {
        self.columns.get(column).map_or_else(Answers::default, |column| column.answers)
    }

    /// How the dates of a column are written.
    pub fn dates(&self, column: usize) -> Option<&DateEvidence> {
        self.columns.get(column).map(|column| &column.dates)
    }

    /// How the dates of every column but one are written.
    pub fn dates_beside(&self, column: usize) -> impl Iterator<Item = &DateEvidence> {
        self.columns.iter().enumerate().filter(move |(at, _)| *at != column).map(|(_, other)| &other.dates)
    }
}

/// Rows after which a column without a word for yes, no or "no end" is known to hold something else.
const ROWS_TOLD: u32 = 1_000;

/// Digits on both sides of a mark.
fn are_digits((whole, decimals): (&str, &str)) -> bool {
    [whole, decimals].iter().all(|part| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit()))
}

impl Column {
    fn may_hold_words(&self) -> bool {
        self.filled <= ROWS_TOLD || self.flags + self.open > 0
    }

    fn see_decimals(&mut self, text: &str) {
        let Some((_, decimals)) = text.split_once(['.', ',']).filter(|parts| are_digits(*parts)) else { return };
        self.decimals += 1;
        self.noughts += u32::from(decimals == "0");
    }

    fn words(&mut self, text: &str) -> Words {
        /// More different texts are looked at each by itself.
        const KEPT: usize = 8;
        if let Some((_, words)) = self.told.iter().find(|(own, _)| **own == *text) {
            return *words;
        }
        let words = Words::of(text);
        if self.told.len() < KEPT {
            self.told.push((text.into(), words));
        }
        words
    }

    /// Takes in a value, which may stand beside others on its row.
    fn see(&mut self, value: &Value<'_>, beside: bool) {
        self.beside = self.beside || beside && !value.is_blank();
        match value {
            Value::Empty => {}
            Value::NoResult => self.no_result += 1,
            Value::Failed(_) => self.filled += 1,
            Value::Flag(flag) => {
                (self.filled, self.flags) = (self.filled + 1, self.flags + 1);
                self.answers.see(if *flag { "true" } else { "false" });
            }
            Value::Moment(moment) => {
                self.filled += 1;
                self.dates.see_typed(value, moment.date());
            }
            Value::Number(_) | Value::Text(_) => {
                let Some(text) = value.shown() else { return };
                self.filled += 1;
                self.word_beside = self.word_beside || beside && words::is_bare_word(&text);
                self.see_decimals(&text);
                self.dates.see(&text);
                if self.may_hold_words() {
                    let Words { is_flag, is_open, answers, states } = self.words(&text);
                    self.flags += u32::from(is_flag);
                    self.answers.add(answers);
                    self.states.add(states);
                    self.open += u32::from(is_open);
                }
            }
        }
    }
}
