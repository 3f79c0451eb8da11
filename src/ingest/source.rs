//! What a file turned out to hold: the account that the reader gives of every row.
//!
//! Auditors recompute it, so the arithmetic must tie: rows in the file are header, preamble, blank,
//! total, rejected and folded rows, those of what is no account, and records, and nothing else.

use super::columns::{FreeText, Looks, UnknownColumn, alarms};
use super::format::Shape;
use super::incomplete::Incomplete;
use super::unread::UnreadValues;
use crate::model::{Field, Flaw, Message, Role, SourceRef, Text, message};
use std::collections::{BTreeMap, BTreeSet};

/// The rows of a file by what became of them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct RowCount {
    /// Rows to the eye, the last row's number in each sheet that was read.
    pub in_file: u64,
    /// Header rows, repeated ones too.
    pub header: u64,
    /// Title lines before the header.
    pub preamble: u64,
    /// Rows with nothing in them.
    pub blank: u64,
    /// Rows with a sum.
    pub total: u64,
    /// Rows of a directory that are of something else than accounts.
    pub other_objects: u64,
    /// Rows that could not be used; each is listed.
    pub rejected: u64,
    /// Rows about a person or account that another row had already brought.
    pub folded: u64,
    /// Persons or accounts.
    pub records: u64,
}

impl RowCount {
    /// Adds the rows of another sheet.
    pub fn add(&mut self, other: Self) {
        self.in_file += other.in_file;
        self.header += other.header;
        self.preamble += other.preamble;
        self.blank += other.blank;
        self.total += other.total;
        self.other_objects += other.other_objects;
        self.rejected += other.rejected;
        self.folded += other.folded;
        self.records += other.records;
    }

    /// Whether every row is accounted for.
    pub fn ties(&self) -> bool {
        let Self { in_file, header, preamble, blank, total, other_objects, rejected, folded, records } = *self;
        in_file == header + preamble + blank + total + other_objects + rejected + folded + records
    }

    /// Whether a source system that says it wrote out so many rows wrote these: a directory may count everything in it.
    pub fn may_be(&self, total: u64) -> bool {
        total == self.data() || total == self.data() + self.other_objects
    }

    /// Rows that hold data of what the file is of.
    pub fn data(&self) -> u64 {
        self.rejected + self.used()
    }

    /// Those of them that could be used.
    pub fn used(&self) -> u64 {
        self.folded + self.records
    }
}

/// Why a row could not be used. No value of the row is repeated: reasons end up in reports.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Reason {
    /// No account name.
    NoAccount,
    /// Nobody who answers for the account.
    NoOwner,
    /// No name of a system, or one that no id can be made of.
    NoSystem,
    /// No name.
    NoName,
    /// No personal number, employee number or e-mail that can be used.
    NoKey,
    /// The personal number is damaged and there is no other key.
    BrokenNumber(Flaw),
    /// Fewer fields than the header, and a column that is used is missing.
    TooFewFields,
    /// More fields than the header.
    TooManyFields,
    /// One filled cell that has no key's form, such as a line of dashes.
    NoKeyForm,
}

impl Reason {
    /// The reason in words.
    pub fn message(self) -> Message {
        match self {
            Self::NoAccount => Text::new("Kontonamn saknas", "No account name").into(),
            Self::NoOwner => Text::new("Ägare saknas", "No owner").into(),
            Self::NoSystem => Text::new("Systemets namn eller id saknas", "The system's name or id is missing").into(),
            Self::NoName => Text::new("Namn saknas", "No name").into(),
            Self::NoKey => Text::new(
                "Varken personnummer, anställningsnummer eller e-post",
                "Neither personal number, employee number nor e-mail",
            )
            .into(),
            Self::BrokenNumber(flaw) => broken_number(flaw),
            Self::TooFewFields => Text::new("Färre fält än rubrikraden", "Fewer fields than the header").into(),
            Self::TooManyFields => Text::new("Fler fält än rubrikraden", "More fields than the header").into(),
            Self::NoKeyForm => {
                Text::new("En enda ifylld cell, som inte är någon nyckel", "A single filled cell, which is no key")
                    .into()
            }
        }
    }
}

/// What is wrong with a personal number, in words for a row's reason.
fn broken_number(flaw: Flaw) -> Message {
    let text = match flaw {
        Flaw::Destroyed => Text::new(
            "Personnumret har förstörts av Excel (1,97E+11) och ingen annan nyckel finns",
            "The personal number was destroyed by Excel (1.97E+11) and there is no other key",
        ),
        Flaw::WrongCheckDigit => Text::new(
            "Personnumrets kontrollsiffra stämmer inte och ingen annan nyckel finns",
            "The personal number's check digit is wrong and there is no other key",
        ),
        Flaw::ImpossibleDate => Text::new(
            "Personnumrets datum finns inte och ingen annan nyckel finns",
            "The personal number's date does not exist and there is no other key",
        ),
        _ => Text::new(
            "Personnumret är inget fullständigt nummer och ingen annan nyckel finns",
            "The personal number is not a complete number and there is no other key",
        ),
    };
    text.into()
}

/// One row that could not be used.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rejected {
    /// Sheet, empty for delimited text.
    pub sheet: String,
    /// Row as Excel shows it.
    pub row: u32,
    /// Why.
    pub reason: Reason,
}

/// One sheet: read, or passed over and why.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SheetReport {
    /// Its name.
    pub name: String,
    /// The header row, where it was read.
    pub header_row: Option<u32>,
    /// Why it was passed over, where it was.
    pub passed_over: Option<Message>,
    /// The fields that a column of it was taken for.
    pub fields: BTreeSet<Field>,
}

/// The columns that answer for a field together, and how well their values were understood.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MappedColumn {
    /// The field.
    pub field: Field,
    /// The headers as written, in the order of the file.
    pub headers: Vec<String>,
    /// Rows with a value in one of them.
    pub filled: u64,
    /// Rows whose value was understood, "none" among them.
    pub understood: u64,
    /// What was not understood, masked, with the number of rows; the commonest first.
    pub not_understood: Vec<(String, u64)>,
    /// The first rows of the file where something was not understood, so that they can be looked up there.
    pub unread_rows: Vec<u32>,
}

impl MappedColumn {
    /// Columns of which nothing has been read yet.
    pub fn new(field: Field, headers: Vec<String>) -> Self {
        Self { field, headers, filled: 0, understood: 0, not_understood: Vec::new(), unread_rows: Vec::new() }
    }

    /// Takes over which values were not understood, and where the first of them stand.
    pub fn tell_unread(&mut self, unread: &UnreadValues) {
        (self.not_understood, self.unread_rows) = (unread.counted(), unread.first_rows());
    }

    /// The first words that were not understood, with their rows: `"N" 12, "C" 1`.
    pub fn words(&self) -> String {
        /// More words than these are a kind, not a list.
        const SHOWN: usize = 4;
        let shown = self.not_understood.iter().take(SHOWN).map(|(word, rows)| format!("\"{word}\" {rows}"));
        let mut words: Vec<String> = shown.collect();
        if self.not_understood.len() > SHOWN {
            words.push("…".to_owned());
        }
        words.join(", ")
    }

    /// How many values were not understood, and which, where any was not.
    fn unread(&self) -> Option<Message> {
        let (headers, field, words, filled) = (self.shown(), self.field.key(), self.words(), self.filled);
        let misread = filled - self.understood;
        let Message { sv: at, en: at_en } = self.at_rows(misread);
        (misread > 0).then(|| {
            message!(
                "{headers} ({field}): {misread} av {filled} värden förstås inte: {words}{at}",
                "{headers} ({field}): {misread} of {filled} values are not understood: {words}{at_en}"
            )
        })
    }

    /// Where those stand that were not understood, `; rad 44`: told with the file and not with the finding, which says the
    /// same whatever the order of rows. Of marks of protection not: the row is a person's.
    fn at_rows(&self, misread: u64) -> Message {
        let rows: Vec<String> = self.unread_rows.iter().map(u32::to_string).collect();
        let (listed, is_all) = (rows.join(", "), misread == rows.len() as u64);
        match (rows.is_empty() || self.field == Field::Protected, is_all) {
            (true, _) => Message::same(""),
            (false, true) => message!("; rad {listed}", "; row {listed}"),
            (false, false) => message!("; först rad {listed}", "; first row {listed}"),
        }
    }

    /// The headers in quotes, with commas.
    pub fn shown(&self) -> String {
        super::columns::quoted(&self.headers)
    }
}

/// What was folded of a payroll file or register, and what was kept apart.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct FoldCount {
    /// Rows that tell an employment which another row tells already.
    pub told_again: u64,
    /// Employee numbers that stand on more than one person.
    pub shared_numbers: u64,
    /// Employee numbers that several employers have each given to one person, in series of their own.
    pub serial_numbers: u64,
    /// Addresses that stand on more than one person.
    pub shared_addresses: u64,
    /// Pairs of persons with the same name and birth date under different employee numbers.
    pub namesakes: u64,
    /// Rows whose employee number a spreadsheet has destroyed.
    pub destroyed_numbers: u64,
}

/// How many of the records have a key.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Coverage {
    /// Records with a usable value.
    pub filled: u64,
    /// Records.
    pub of: u64,
    /// Of the values, those that payroll knows; `None` where payroll has no such key.
    pub met: Option<u64>,
}

/// Everything that is known of one input file.
#[derive(Clone, Debug)]
pub struct SourceReport {
    /// What it is.
    pub role: Role,
    /// Which system, for an account export.
    pub system: Option<String>,
    /// The path as configured.
    pub path: String,
    /// SHA-256 of its bytes, in hexadecimal.
    pub sha256: String,
    /// Its size.
    pub bytes: u64,
    /// The file's own time, UTC; shown, and proof of nothing.
    pub modified: Option<String>,
    /// Stated day of the extract.
    pub exported: Option<chrono::NaiveDate>,
    /// Stated maker.
    pub exported_by: Option<String>,
    /// Stated selection.
    pub selection: Option<String>,
    /// Stated number of rows.
    pub control_total: Option<u64>,
    /// How it shows by itself that it does not hold everything, if it does.
    pub incomplete: Option<Incomplete>,
    /// How it is written.
    pub shape: Shape,
    /// Its sheets.
    pub sheets: Vec<SheetReport>,
    /// Its rows.
    pub rows: RowCount,
    /// What was folded and kept apart, for payroll and registers.
    pub folding: FoldCount,
    /// Every header as written, of the sheets that were read.
    pub headers: Vec<String>,
    /// Columns read.
    pub columns: Vec<MappedColumn>,
    /// By field, the rows whose value was not understood.
    pub unread: BTreeMap<Field, UnreadValues>,
    /// Headers of columns never read: pay, addresses, passwords.
    pub dropped: Vec<String>,
    /// Columns whose headers name nothing known.
    pub unknown: Vec<UnknownColumn>,
    /// Columns of free text that tell of something a rule needs.
    pub free_texts: Vec<FreeText>,
    /// Keys that stand under a header that says little, so that names must confirm them.
    pub to_confirm: Vec<Field>,
    /// Headers that would fit a field another column was taken for, with that field.
    pub passed_over: Vec<(Field, String)>,
    /// Keys and how many records have them.
    pub key_coverage: BTreeMap<Field, Coverage>,
    /// Every row that could not be used.
    pub rejected: Vec<Rejected>,
    /// Rows by what is wrong with their personal number, though they could be used.
    pub flaws: BTreeMap<Flaw, u64>,
    /// What a reader of the report should know of the file.
    pub warnings: Vec<Message>,
}

impl SourceReport {
    /// Whether a column was taken for the field.
    pub fn has(&self, field: Field) -> bool {
        self.columns.iter().any(|column| column.field == field)
    }

    /// Whether the field was given: a column was taken for it, and some row fills it.
    pub fn gives(&self, field: Field) -> bool {
        self.columns.iter().any(|column| column.field == field && column.filled > 0)
    }

    /// Whether a column of one of its sheets, by its place, was taken for one of some fields.
    pub fn sheet_has(&self, sheet: u16, fields: &[Field]) -> bool {
        let sheet = self.sheets.get(usize::from(sheet));
        sheet.is_some_and(|sheet| fields.iter().any(|field| sheet.fields.contains(field)))
    }

    /// Where no column was taken for any of some fields: the file, or those of its sheets that were read.
    pub fn without(&self, fields: &[Field]) -> Vec<String> {
        self.without_where(fields, |_| true)
    }

    /// The same, of those sheets that matter.
    pub fn without_where(&self, fields: &[Field], matters: impl Fn(u16) -> bool) -> Vec<String> {
        let mut read = self.sheets.iter().zip(0u16..).filter(|(sheet, _)| sheet.header_row.is_some());
        if !fields.iter().any(|field| self.has(*field)) {
            return read.any(|(_, at)| matters(at)).then(|| self.path.clone()).into_iter().collect();
        }
        let lacking = read.filter(|(_, at)| !self.sheet_has(*at, fields) && matters(*at));
        lacking.map(|(sheet, _)| format!("{} ({})", self.path, sheet.name)).collect()
    }

    /// The same without the number of rows that are marked: a blank in a column of marks is taken to be an answer like
    /// any other.
    pub fn without_marks(mut self) -> Self {
        let rows = self.rows.data();
        for column in self.columns.iter_mut().filter(|column| column.field == Field::Protected) {
            let unread = column.filled.saturating_sub(column.understood);
            column.filled = rows;
            column.understood = rows.saturating_sub(unread);
        }
        self
    }

    /// Leaves out what rows of protected persons say that was not understood, but for words of marks themselves. In an
    /// export they are as if they were not there, since its columns count the accounts that may be shown; in payroll as
    /// if they were understood, since its columns count every row.
    pub fn leave_out_unread(&mut self, is_hidden: &dyn Fn(SourceRef) -> bool) {
        for column in self.columns.iter_mut().filter(|column| column.field != Field::Protected) {
            let Some(unread) = self.unread.get_mut(&column.field) else { continue };
            let left_out = unread.leave_out(is_hidden);
            column.tell_unread(unread);
            unread.close();
            match self.role {
                Role::Accounts => column.filled = column.filled.saturating_sub(left_out),
                Role::Payroll | Role::Register | Role::Inventory | Role::ServiceAccounts => {
                    column.understood += left_out;
                }
            }
        }
    }

    /// Whether a row was left out of what is told of a field.
    pub fn has_left_out(&self, field: Field, row: SourceRef) -> bool {
        self.unread.get(&field).is_some_and(|unread| unread.has_left_out(row))
    }

    /// Headers that name nothing known.
    pub fn unknown_headers(&self) -> Vec<String> {
        self.unknown.iter().map(|column| column.header.clone()).collect()
    }

    /// Headers of columns that are not used and look as if they said which accounts are closed.
    pub fn perhaps_closing(&self) -> impl Iterator<Item = &str> {
        let closes = |column: &&UnknownColumn| column.looks_like == Some(Looks::Closing);
        self.unknown.iter().filter(closes).map(|column| column.header.as_str())
    }

    /// Headers of columns that are not used, under which protection is named all the same.
    pub fn perhaps_protected(&self) -> impl Iterator<Item = &str> {
        let marks = |column: &&UnknownColumn| matches!(column.looks_like, Some(Looks::Protection(_)));
        let unknown = self.unknown.iter().filter(marks).map(|column| column.header.as_str());
        let free = self.free_texts.iter().filter(|column| column.protecting > 0);
        unknown.chain(free.map(|column| column.header.as_str()))
    }

    /// What a reader should know of the file: what shows that it is not whole, sheets passed over, what was noted while it was read, values that were
    /// not understood, and unknown columns that look needed.
    pub fn remarks(&self) -> Vec<Message> {
        let sheets = self.sheets.iter().filter_map(|sheet| {
            let (name, why) = (&sheet.name, sheet.passed_over.as_ref()?);
            let (sv, en) = (&why.sv, &why.en);
            Some(message!("Bladet \"{name}\" läses inte: {sv}.", "The sheet \"{name}\" is not read: {en}."))
        });
        let unread = self.columns.iter().filter_map(MappedColumn::unread);
        let used = |field: Field| {
            self.columns.iter().filter(|column| column.field == field).flat_map(|own| own.headers.clone()).collect()
        };
        let alarms = alarms(&self.unknown, self.role, &used);
        let free = self.free_texts.iter().flat_map(|column| column.alarms(self.role));
        let incomplete = self.incomplete.map(Incomplete::message);
        incomplete
            .into_iter()
            .chain(sheets)
            .chain(self.warnings.iter().cloned())
            .chain(unread)
            .chain(alarms)
            .chain(free)
            .collect()
    }

    /// Says so where a file holds exactly as many rows as tools stop at, and no count tells that it is whole.
    pub fn warn_of_a_cut(&mut self) {
        /// What queries, views and old spreadsheets are cut at.
        const OTHER_LIMITS: [u64; 4] = [65_535, 65_536, 1_048_575, 1_048_576];
        let rows = self.rows.data() + self.rows.other_objects;
        let round = rows >= 1_000 && rows.is_multiple_of(1_000);
        if self.control_total.is_some() || !(round || OTHER_LIMITS.contains(&rows)) {
            return;
        }
        self.warnings.push(message!(
            "Filen har exakt {rows} rader, som när ett uttag kapas vid en radgräns. Jämför med systemets eget antal och \
             ange det: control_total = ANTAL",
            "The file has exactly {rows} rows, as when an extract is cut at a row limit. Compare with the system's own \
             count and state it: control_total = COUNT"
        ));
    }
}
