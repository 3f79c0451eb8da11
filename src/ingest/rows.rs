//! The rows of a sheet, each accounted for: a row is blank, preamble, header, total, of something else than an
//! account, rejected, folded or a record, and nothing else.

use super::another_table;
use super::class_words::account_class;
use super::format::{Row, Trouble, Workbook};
use super::header::{Meaning, meanings};
use super::incomplete::is_notice_of_a_cut;
use super::marks::Marks;
use super::objects::OtherObject;
use super::row::{Above, Readings, RowView};
use super::service_accounts::of_owner;
use super::sheet::Layout;
use super::shifted::{Shift, may_be_moved};
use super::source::{Reason, RowCount};
use super::unread::UnreadValues;
use super::value::Value;
use super::whose_row::WhoseRow;
use super::words::{folded, is_bare_word};
use crate::model::{AccountClass, Field, FileIx, Role, SourceRef};
use std::borrow::Cow;
use std::collections::BTreeMap;
use std::ops::ControlFlow;

/// What became of a row that was handed on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Taken {
    /// It made a record of its own.
    Record,
    /// It went into an earlier record.
    Folded,
}

/// Receives rows of data and says what became of each.
pub type UseRow<'f> = dyn FnMut(&RowView<'_>) -> Result<Taken, Reason> + 'f;

/// How well the values of one field were understood.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Understood {
    /// Rows with a value.
    pub filled: u64,
    /// Of these, values that were not understood.
    pub unread: UnreadValues,
    /// Rows with a day that stands for "none".
    pub nulls: u64,
}

/// What came of the rows of a sheet.
#[derive(Clone, Debug, Default)]
pub struct ReadRows {
    /// The arithmetic.
    pub count: RowCount,
    /// Rows that could not be used, and why.
    pub rejected: Vec<(u32, Reason)>,
    /// Whose they are, as far as they say.
    pub unused: Vec<WhoseRow>,
    /// By field, how well its values were understood.
    pub understood: BTreeMap<Field, Understood>,
    /// Rows of what is no account, by what it is.
    pub objects: BTreeMap<OtherObject, u64>,
    /// Rows that are marked as protected, whatever became of them.
    pub marks: Marks,
    /// Of these, rows with another number of fields than the header.
    pub shifted_marks: u64,
    /// The first row on which a program says that it stopped at a limit.
    pub cut: Option<u32>,
}

impl ReadRows {
    /// What a marked row says may be told to nobody, but for the word of the mark itself; and what stands in the place of
    /// a mark where the cells may have been shifted may be any column's.
    fn add(&mut self, view: RowView<'_>, source: SourceRef, is_marked: bool) {
        let is_shifted = view.shift.is_some();
        let Readings { misread, nulls } = view.into_readings();
        for field in nulls {
            self.understood.entry(field).or_default().nulls += 1;
        }
        for (field, word) in misread {
            if is_shifted && field == Field::Protected {
                continue;
            }
            let is_told = field == Field::Protected || !is_marked;
            let own = self.understood.entry(field).or_default();
            own.unread.add(source, is_told.then_some(word.as_str()));
        }
    }
}

/// Hands on every row of data and accounts for all the others.
///
/// # Errors
/// Damage that was met on the way.
pub fn read_rows(
    workbook: &mut dyn Workbook,
    (file, sheet): (FileIx, usize),
    layout: &Layout,
    use_row: &mut UseRow<'_>,
) -> Result<ReadRows, Trouble> {
    if let Some(row) = layout.another {
        return Err(another_table::trouble(row));
    }
    let mut read = ReadRows::default();
    let mut filled = vec![0; layout.columns.used().len()];
    let mut above = Above::Other;
    let place = u16::try_from(sheet).unwrap_or(u16::MAX);
    let source = |row: &Row<'_>| SourceRef { file, sheet: place, row: row.number };
    workbook.rows(sheet, &mut |row| {
        let rows = &mut read.count;
        let skipped = u64::from(row.number).saturating_sub(rows.in_file + 1);
        rows.blank += skipped;
        rows.in_file += skipped + 1;
        let kind = classify(row, layout);
        let is_cut = matches!(kind, RowKind::Preamble | RowKind::Data) && is_notice_of_a_cut(row);
        if is_cut {
            read.cut.get_or_insert(row.number);
        }
        match kind {
            RowKind::Blank => rows.blank += 1,
            RowKind::Preamble => rows.preamble += 1,
            RowKind::Header => rows.header += 1,
            RowKind::Total | RowKind::Object(_) => {
                match kind {
                    RowKind::Object(object) => {
                        rows.other_objects += 1;
                        *read.objects.entry(object).or_default() += 1;
                    }
                    _ => rows.total += 1,
                }
                above = Above::Other;
                let view = RowView::new(row.number, above, row.cells, layout);
                see_mark(&view, source(row), layout.role, &mut read.marks);
            }
            RowKind::Data => {
                let view = RowView::new(row.number, above, row.cells, layout);
                let chatter = (is_cut || is_chatter(row, layout)).then_some(Reason::NoKeyForm);
                let counted = layout.columns.used().iter().filter(|_| chatter.is_none());
                for (count, (_, columns)) in filled.iter_mut().zip(counted) {
                    *count += u64::from(view.fills(columns));
                }
                above = take_data((row, chatter), view, source(row), layout, use_row, &mut read);
            }
        }
        ControlFlow::Continue(())
    })?;
    for ((field, _), filled) in layout.columns.used().iter().zip(filled).filter(|(_, filled)| *filled > 0) {
        read.understood.entry(*field).or_default().filled += filled;
    }
    Ok(read)
}

/// Keeps a mark before anything else is done with its row, and says whether there is one.
fn see_mark(view: &RowView<'_>, source: SourceRef, role: Role, marks: &mut Marks) -> bool {
    let before = marks.iter().len();
    marks.see(source, view.mark(), &|field| texts(view, field, role));
    marks.iter().len() > before
}

/// What may be a field's of a row, whatever column it landed in.
fn texts(view: &RowView<'_>, field: Field, role: Role) -> Vec<String> {
    let mut texts = match &view.shift {
        Some(shift) => shift.texts(field),
        None => view.parts(field).into_iter().map(Cow::into_owned).collect(),
    };
    if role == Role::ServiceAccounts {
        texts.extend(of_owner(view, field));
    }
    texts
}

/// Hands a row on, and says what it is to the one below.
fn take_data<'r>(
    (row, chatter): (&Row<'r>, Option<Reason>),
    mut view: RowView<'r>,
    source: SourceRef,
    layout: &'r Layout,
    use_row: &mut UseRow<'_>,
    read: &mut ReadRows,
) -> Above {
    let ragged = ragged(row, layout);
    view.shift = Shift::of(row, layout, ragged.is_some()).filter(|_| chatter.is_none());
    let is_marked = see_mark(&view, source, layout.role, &mut read.marks);
    read.shifted_marks += u64::from(is_marked && ragged.is_some());
    // A person or an account can be on another line; a system that is lost is reviewed nowhere.
    let keeps = layout.role == Role::Inventory;
    view.ragged = ragged.filter(|_| keeps);
    let unusable = chatter.or(ragged.filter(|_| !keeps));
    let taken = unusable.map_or_else(|| use_row(&view), Err);
    match taken {
        Ok(Taken::Record) => read.count.records += 1,
        Ok(Taken::Folded) => read.count.folded += 1,
        Err(reason) => {
            read.count.rejected += 1;
            read.rejected.push((row.number, reason));
            if reason != Reason::NoKeyForm {
                read.unused.push(WhoseRow::of(source, &|field| match &view.shift {
                    Some(shift) => shift.likely_texts(field),
                    None => texts(&view, field, layout.role),
                }));
            }
        }
    }
    // What is no row of data has no values. Why a number is none is told with its row.
    if !matches!(taken, Err(reason) if !matches!(reason, Reason::BrokenNumber(_))) {
        read.add(view, source, is_marked);
    }
    if taken.is_ok() { Above::Used } else { Above::Other }
}

/// What a row is before its values are looked at.
enum RowKind {
    Blank,
    Preamble,
    Header,
    Total,
    Object(OtherObject),
    Data,
}

fn classify(row: &Row<'_>, layout: &Layout) -> RowKind {
    if row.cells.iter().all(Value::is_blank) {
        return RowKind::Blank;
    }
    if row.number < layout.header_row {
        return RowKind::Preamble;
    }
    if row.number == layout.header_row || another_table::is_repeated(row, layout.columns.headers()) {
        return RowKind::Header;
    }
    match layout.objects.other(row) {
        Some(other) => RowKind::Object(other),
        None if is_total(row, layout) => RowKind::Total,
        None => RowKind::Data,
    }
}

/// Digits that a personal number has at the least.
const NUMBER_DIGITS: usize = 10;

/// Whether a number under a column is the key of a record: any number can be an employee's, only a long one a person's.
fn is_key(layout: &Layout, column: usize, text: &str) -> bool {
    let under = |field: Field| layout.columns.of(field).contains(&column);
    let digits = text.bytes().filter(u8::is_ascii_digit).count();
    [Field::Account, Field::Upn, Field::EmployeeNumber, Field::Email, Field::HsaId].into_iter().any(under)
        || under(Field::PersonalNumber) && digits >= NUMBER_DIGITS
}

/// A sum: a word for it, numbers beside or within it, and nothing else that says whose the row is. A word alone
/// makes none, since "SUM" can be somebody's signature.
fn is_total(row: &Row<'_>, layout: &Layout) -> bool {
    let mut filled = row.cells.iter().enumerate().filter_map(|(column, value)| Some((column, value.shown()?)));
    let Some((at, first)) = filled.next() else { return false };
    // No word is a personal number, so that it stands for a sum whatever stands beside it.
    let is_apart = layout.columns.of(Field::PersonalNumber).contains(&at);
    let mut words = first.split([' ', ':', '=']).filter(|word| !word.is_empty());
    let sum = words.next().is_some_and(is_sum_word);
    let within = words.any(is_amount);
    let mut beside = filled.peekable();
    let has_numbers = within || beside.peek().is_some();
    sum && has_numbers && beside.all(|(column, text)| is_amount(&text) && (is_apart || !is_key(layout, column, &text)))
}

/// Whether a word stands before a sum.
pub fn is_sum_word(word: &str) -> bool {
    folded(word, |word| {
        matches!(
            word,
            "summa" | "totalt" | "total" | "totalsumma" | "delsumma" | "antal" | "sum" | "subtotal" | "grandtotal"
        )
    })
}

/// A number, with or without what it counts: "14", "1 250,00", "407 anställningar".
fn is_amount(text: &str) -> bool {
    let mut words = text.split([' ', '\u{a0}']).filter(|word| !word.is_empty()).peekable();
    let is_number = |word: &str| {
        word.bytes().any(|b| b.is_ascii_digit()) && word.chars().all(|c| c.is_ascii_digit() || ",.%-".contains(c))
    };
    let counts = words.peek().is_some_and(|word| is_number(word));
    counts && words.all(|word| is_number(word) || word.chars().all(|c| c.is_alphabetic() || c == '%' || c == '.'))
}

/// What tools and people write between and below the rows of a table: lines of dashes, the number of rows, an end, a
/// heading of a group. One filled cell that has no key's form is of that kind too.
fn is_chatter(row: &Row<'_>, layout: &Layout) -> bool {
    let filled = || row.cells.iter().enumerate().filter(|(_, value)| !value.is_blank());
    let texts = || filled().map(|(_, value)| value.written());
    let Some((column, first)) = filled().next().map(|(column, value)| (column, value.written())) else { return false };
    let first = first.trim();
    // Every row of a table comes here: what its first cells tell is asked before anything is made of the others.
    let others = filled().skip(1).take(2).count();
    let a_sentence = others == 0 && first.contains(' ') && !is_name_column(layout, column);
    let is_heading =
        others <= 1 && is_heading(first, layout.role) || others == 0 && is_word_above(first, column, layout);
    let no_letters = || !texts().any(|text| text.contains(char::is_alphanumeric));
    let is_ending = || begins_an_ending(first) && is_ending(&texts().collect::<Vec<_>>().join(" "));
    a_sentence || is_heading || no_letters() || is_ending()
}

/// "Skolan:", "Avdelning: Skola" and their kin: a known word for a group, or any word with nothing behind its colon.
fn is_heading(text: &str, role: Role) -> bool {
    let Some((word, rest)) = text.split_once(':') else { return false };
    let of_group =
        |meaning: &Meaning| matches!(meaning, Meaning::Field(Field::Department | Field::Unit | Field::Company, _));
    rest.trim().is_empty() || meanings(word, role).iter().any(of_group)
}

/// A bare word in a table whose accounts are not called so stands above the rows of a unit. An account that is nobody's has
/// nothing beside it either, so a word for such a one is kept.
fn is_word_above(word: &str, column: usize, layout: &Layout) -> bool {
    let is_of_nobody = || account_class(word).known().is_some_and(|class| class != AccountClass::Personal);
    layout.headings.contains(&column) && is_bare_word(word) && !is_of_nobody()
}

/// What a program says where it is done, folded.
const ENDINGS: [&str; 11] = [
    "eof",
    "end",
    "slut",
    "endoffile",
    "endofreport",
    "endoflist",
    "endofdata",
    "slutpafilen",
    "slutparapporten",
    "slutpalistan",
    "slutavlistan",
];

/// "(14 rows affected)", "END OF FILE", "*** SLUT ***": a program says that it is done.
fn is_ending(text: &str) -> bool {
    let text = text.trim();
    let counts = text.starts_with('(') && text.ends_with(')') && text.contains(' ');
    counts || folded(text, |word| ENDINGS.contains(&word))
}

/// Whether the first cell can be the beginning of what [`is_ending`] looks for.
fn begins_an_ending(first: &str) -> bool {
    first.starts_with('(') || folded(first, |word| ENDINGS.iter().any(|ending| ending.starts_with(word)))
}

fn is_name_column(layout: &Layout, column: usize) -> bool {
    [Field::Name, Field::System, Field::File].into_iter().any(|field| layout.columns.of(field).contains(&column))
}

/// A delimited row with another number of fields than the header. Empty fields at the end do no harm where all rows
/// have them, or where nothing says that the others have moved; a used column that is missing could hide an end date.
fn ragged(row: &Row<'_>, layout: &Layout) -> Option<Reason> {
    let width = row.width?;
    let headers = layout.mapping.headers.len();
    if row.cells.iter().skip(headers).any(|value| !value.is_blank()) {
        return Some(Reason::TooManyFields);
    }
    let is_odd = width > headers && layout.usual_width == Some(headers);
    if is_odd && may_be_moved(row.cells, layout, width - headers) {
        return Some(Reason::TooManyFields);
    }
    (width < layout.columns.width()).then_some(Reason::TooFewFields)
}
