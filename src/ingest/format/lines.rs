//! Delimited text → records: what stands between delimiters, and what quotes hold together.
//!
//! Files come from programs that never heard of the rules for quotes. A record is first read by the rules. Where it
//! breaks them, its first line is read by itself, so that a stray quote swallows neither columns nor lines: a quote
//! that nothing closes is a letter. The work stays linear whatever the text holds.

use std::borrow::Cow;
use std::ops::ControlFlow;

/// What is done with blanks beside delimiters.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Blanks {
    /// They belong to the field.
    Kept,
    /// Those after a delimiter belong to it, as in `a, "b, c"`.
    Skipped,
    /// They are the delimiter, however many.
    Delimit,
}

/// How a text is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Dialect {
    /// What stands between fields.
    pub delimiter: char,
    /// What a field that holds delimiters or line breaks stands in; ASCII.
    pub quote: u8,
    /// What blanks beside delimiters are.
    pub blanks: Blanks,
    /// The number of fields that most rows have, where it is known.
    pub width: Option<usize>,
}

impl Dialect {
    /// A dialect with quotes and blanks as the rules have them.
    pub fn plain(delimiter: char) -> Self {
        let blanks = if delimiter == ' ' { Blanks::Delimit } else { Blanks::Kept };
        Self { delimiter, quote: b'"', blanks, width: None }
    }
}

/// The fields of a record.
pub type Fields<'t> = Vec<Cow<'t, str>>;

/// Receives each record with its row number until it breaks off.
pub type EachRecord<'f> = dyn FnMut(u32, &[Cow<'_, str>]) -> ControlFlow<()> + 'f;

/// Hands out the records of a text with the row numbers that a person sees in Excel: blank lines count.
pub fn records(text: &str, dialect: Dialect, each: &mut EachRecord<'_>) {
    let mut marks = [0u8; 4];
    let delimiter = dialect.delimiter.encode_utf8(&mut marks).as_bytes();
    let scan = Scan { text, bytes: text.as_bytes(), delimiter, dialect };
    let mut lines = Lines { at: 0, number: 0, wasted: 0 };
    let mut fields = Fields::new();
    while lines.next(&scan, &mut fields) {
        if each(lines.number, &fields).is_break() {
            return;
        }
    }
}

/// Delimiters that one line may have in place of the file's.
const OTHERS: [char; 5] = [';', ',', '\t', '|', ' '];

/// A text may be looked through in vain so many times before quotes are no longer followed past their line.
const PATIENCE: usize = 8;

/// Where reading stands.
struct Lines {
    at: usize,
    number: u32,
    /// Bytes looked at in vain for the end of a quote.
    wasted: usize,
}

impl Lines {
    /// Reads the next record; false at the end.
    fn next<'t>(&mut self, scan: &Scan<'t, '_>, fields: &mut Fields<'t>) -> bool {
        while let Some(end) = scan.past_line_end(self.at) {
            self.at = end;
            self.number += 1;
        }
        if self.at >= scan.bytes.len() {
            return false;
        }
        self.number += 1;
        let start = self.at;
        fields.clear();
        let patient = self.wasted <= scan.bytes.len().saturating_mul(PATIENCE);
        let reach = if patient { scan.bytes.len() } else { scan.line_end(start) };
        self.at = match scan.by_the_rules(start, reach, fields) {
            Ok(end) if !scan.are_whole_lines(start, end) => end,
            outcome => {
                self.wasted += outcome.unwrap_or_else(|broken| broken) - start;
                scan.one_line(start, fields)
            }
        };
        scan.of_another_delimiter((start, self.at), fields);
        self.at = scan.past_line_end(self.at).unwrap_or(self.at);
        true
    }
}

/// A text and how it is written.
struct Scan<'t, 'd> {
    text: &'t str,
    bytes: &'t [u8],
    delimiter: &'d [u8],
    dialect: Dialect,
}

/// A quote that closes a field.
struct Close {
    at: usize,
    /// Where the field ends, behind blanks.
    next: usize,
}

impl<'t> Scan<'t, '_> {
    /// Reads a record by the rules: quotes open where a field begins and close where it ends. Gives where the record
    /// ends, or where it broke the rules.
    fn by_the_rules(&self, start: usize, reach: usize, fields: &mut Fields<'t>) -> Result<usize, usize> {
        let mut at = self.past_blanks(start, Blanks::Delimit);
        loop {
            if self.is_quote(at) {
                let close = self.closing(at + 1, reach)?;
                fields.push(self.unquoted(at + 1, close.at));
                at = close.next;
            } else {
                let end = self.field_end(at);
                fields.push(Cow::Borrowed(&self.text[at..end]));
                at = end;
            }
            match self.next_field(at) {
                Some(next) => at = next,
                None => return Ok(at),
            }
        }
    }

    /// Reads one line of which some quote is stray, and gives where it ends.
    fn one_line(&self, start: usize, fields: &mut Fields<'t>) -> usize {
        fields.clear();
        let end = self.line_end(start);
        let mut at = self.past_blanks(start, Blanks::Delimit);
        let mut hopeless = false;
        loop {
            let (close, looked) = match self.is_quote(at) && !hopeless {
                true => self.closing_loosely(at + 1, end),
                false => (None, at),
            };
            hopeless |= looked == end;
            if let Some(close) = close {
                fields.push(self.unquoted(at + 1, close.at));
                at = close.next;
            } else {
                let field_end = self.field_end(at);
                fields.push(Cow::Borrowed(&self.text[at..field_end]));
                at = field_end;
            }
            match self.next_field(at) {
                Some(next) => at = next,
                None => return end,
            }
        }
    }

    /// The quote that closes a field by the rules, or where they are broken.
    fn closing(&self, from: usize, reach: usize) -> Result<Close, usize> {
        let mut at = from;
        while let Some(quote) = self.find_quote(at, reach) {
            if self.is_quote(quote + 1) {
                at = quote + 2;
                continue;
            }
            return self.closes(quote).ok_or(quote);
        }
        Err(reach)
    }

    /// The first quote of a line that ends a field, and how far was looked; quotes before it are letters. A quote that
    /// opens a field tells that the field before it was never in quotes, or that the last of it was a letter too
    /// (`10"",`).
    fn closing_loosely(&self, from: usize, end: usize) -> (Option<Close>, usize) {
        let mut at = from;
        let mut doubled = None;
        while let Some(quote) = self.find_quote(at, end) {
            if self.is_quote(quote + 1) {
                doubled = doubled.or_else(|| self.closes(quote + 1));
                at = quote + 2;
            } else if let Some(close) = self.closes(quote) {
                return (Some(close), quote);
            } else if self.bytes[..quote].ends_with(self.delimiter) {
                return (doubled, quote);
            } else {
                at = quote + 1;
            }
        }
        (doubled, end)
    }

    /// The end of a field, if the quote stands at it.
    fn closes(&self, quote: usize) -> Option<Close> {
        let next = match self.dialect.blanks {
            Blanks::Delimit => quote + 1,
            Blanks::Kept | Blanks::Skipped => self.past_spaces(quote + 1),
        };
        let ends = self.is_line_end(next) || self.bytes[next..].starts_with(self.delimiter);
        ends.then_some(Close { at: quote, next })
    }

    /// A line with fewer fields than the others, which has just as many under another delimiter, was written by
    /// somebody else.
    fn of_another_delimiter(&self, (start, end): (usize, usize), fields: &mut Fields<'t>) {
        let Some(width) = self.dialect.width.filter(|&width| width > 2 && fields.len() < width) else { return };
        if memchr::memchr2(b'\n', b'\r', &self.bytes[start..end]).is_some() {
            return;
        }
        for other in OTHERS {
            let mut marks = [0u8; 4];
            let delimiter = other.encode_utf8(&mut marks).as_bytes();
            let dialect = Dialect { delimiter: other, blanks: Blanks::Kept, ..self.dialect };
            let scan = Scan { text: self.text, bytes: self.bytes, delimiter, dialect };
            let mut own = Fields::new();
            if scan.by_the_rules(start, end, &mut own) == Ok(end) && own.len() == width {
                *fields = own;
                return;
            }
        }
    }

    /// Whether a record in quotes is rather lines of their own, between two stray quotes: each has as many delimiters
    /// as the first, and there are many.
    fn are_whole_lines(&self, start: usize, end: usize) -> bool {
        /// Delimiters that no prose has by chance at the same number in every line.
        const MANY: usize = 8;
        if memchr::memchr2(b'\n', b'\r', &self.bytes[start..end]).is_none() {
            return false;
        }
        let mut delimiters = self.text[start..end].lines().map(|line| line.matches(self.dialect.delimiter).count());
        let first = delimiters.next().unwrap_or(0);
        let mut lines = 0;
        let alike = delimiters.all(|own| {
            lines += 1;
            own == first
        });
        alike && first * lines >= MANY
    }

    /// The text between quotes, doubled ones taken as one.
    fn unquoted(&self, from: usize, to: usize) -> Cow<'t, str> {
        let text = &self.text[from..to];
        let (one, two) = if self.dialect.quote == b'"' { ("\"", "\"\"") } else { ("'", "''") };
        if text.contains(two) { Cow::Owned(text.replace(two, one)) } else { Cow::Borrowed(text) }
    }

    fn is_quote(&self, at: usize) -> bool {
        self.bytes.get(at) == Some(&self.dialect.quote)
    }

    fn find_quote(&self, from: usize, reach: usize) -> Option<usize> {
        memchr::memchr(self.dialect.quote, self.bytes.get(from..reach)?).map(|at| from + at)
    }

    /// Where a field without quotes ends.
    fn field_end(&self, from: usize) -> usize {
        let mut at = from;
        while let Some(found) = memchr::memchr3(self.delimiter[0], b'\n', b'\r', &self.bytes[at..]) {
            at += found;
            if self.is_line_end(at) || self.bytes[at..].starts_with(self.delimiter) {
                return at;
            }
            at += 1;
        }
        self.bytes.len()
    }

    /// Where the next field of a record begins, from where one ended; none at the end of the record.
    fn next_field(&self, at: usize) -> Option<usize> {
        if self.is_line_end(at) {
            return None;
        }
        let next = at + self.delimiter.len();
        match self.dialect.blanks {
            Blanks::Kept => Some(next),
            Blanks::Skipped => Some(self.past_spaces(next)),
            Blanks::Delimit => Some(self.past_spaces(next)).filter(|&next| !self.is_line_end(next)),
        }
    }

    /// Behind the blanks at a place, in dialects where they mean that.
    fn past_blanks(&self, at: usize, meaning: Blanks) -> usize {
        if self.dialect.blanks == meaning { self.past_spaces(at) } else { at }
    }

    fn past_spaces(&self, at: usize) -> usize {
        at + self.bytes[at..].iter().take_while(|&&byte| byte == b' ').count()
    }

    /// Whether a line, or the text, ends at a place.
    fn is_line_end(&self, at: usize) -> bool {
        matches!(self.bytes.get(at), None | Some(b'\n' | b'\r'))
    }

    /// Where the line of a place ends.
    fn line_end(&self, from: usize) -> usize {
        memchr::memchr2(b'\n', b'\r', &self.bytes[from..]).map_or(self.bytes.len(), |at| from + at)
    }

    /// Behind the line end at a place, if one stands there.
    fn past_line_end(&self, at: usize) -> Option<usize> {
        match self.bytes.get(at)? {
            b'\r' if self.bytes.get(at + 1) == Some(&b'\n') => Some(at + 2),
            b'\r' | b'\n' => Some(at + 1),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests;
