//! How a delimited text is written, told by its first rows: what stands between fields, around them and beside them.

use super::delimited::Header;
use super::lines::{Blanks, Dialect, records};
use std::ops::ControlFlow;

/// Delimiters tried, the likeliest in Sweden first.
pub const DELIMITERS: [char; 7] = [';', '\t', ',', '|', '^', '~', '¦'];

/// Rows looked at to tell the delimiter.
const SAMPLE_ROWS: usize = 40;

/// The dialect of a text whose delimiter may be known.
pub fn detect(text: &str, delimiter: Option<char>, header_score: Header<'_>) -> Dialect {
    let delimiter = delimiter.unwrap_or_else(|| delimiter_of(text, header_score));
    let mut dialect = Dialect::plain(delimiter);
    if dialect.blanks == Blanks::Kept && are_spaced(text, dialect) {
        dialect.blanks = Blanks::Skipped;
    }
    if stands_in_apostrophes(text, dialect) {
        dialect.quote = b'\'';
    }
    dialect.width = usual(&widths(text, dialect)).map(|(width, _)| width);
    dialect
}

/// The delimiter whose rows look most like a table: known headers count most, then rows of one width. Blanks are tried
/// where nothing else makes columns.
fn delimiter_of(text: &str, header_score: Header<'_>) -> char {
    let score = |delimiter: char| {
        let dialect = Dialect::plain(delimiter);
        let mut known = 0;
        each_of_sample(text, dialect, &mut |cells| {
            known = known.max(header_score(cells));
        });
        ((known, even(&widths(text, dialect))), delimiter)
    };
    // The first of the best: `max_by_key` would take the last.
    let best = DELIMITERS.into_iter().rev().map(score).max_by_key(|(score, _)| *score);
    let ((known, _), best) = best.unwrap_or(((0, 0), ';'));
    let rows = widths(text, Dialect::plain(best)).len();
    let blanks = even(&widths(text, Dialect::plain(' ')));
    let is_columns = rows >= 3 && blanks * 10 >= rows * 9 && blanks > even(&widths(text, Dialect::plain(best)));
    if known == 0 && is_columns { ' ' } else { best }
}

/// Calls with the cells of each row of the sample.
fn each_of_sample(text: &str, dialect: Dialect, each: &mut dyn FnMut(&[&str])) {
    let mut rows = 0;
    records(text, dialect, &mut |_, fields| {
        let cells: Vec<&str> = fields.iter().map(AsRef::as_ref).collect();
        each(&cells);
        rows += 1;
        if rows < SAMPLE_ROWS { ControlFlow::Continue(()) } else { ControlFlow::Break(()) }
    });
}

/// How many fields each row of the sample has.
fn widths(text: &str, dialect: Dialect) -> Vec<usize> {
    let mut widths = Vec::new();
    each_of_sample(text, dialect, &mut |cells| widths.push(cells.len()));
    widths
}

/// The width that most rows have, and how many have it; of as many, that of the first row with more than one,
/// where the header stands.
fn usual(widths: &[usize]) -> Option<(usize, usize)> {
    let rows = |width: usize| widths.iter().filter(|&&other| other == width).count();
    widths.iter().rev().map(|&width| (width, rows(width))).max_by_key(|&(width, rows)| (rows, width > 1))
}

/// How many rows have the usual width, where that is more than one field.
fn even(widths: &[usize]) -> usize {
    usual(widths).filter(|&(width, _)| width > 1).map_or(0, |(_, rows)| rows)
}

/// Whether a blank stands behind each delimiter, as in `a, b, "c, d"`.
fn are_spaced(text: &str, dialect: Dialect) -> bool {
    let (mut spaced, mut fields) = (0usize, 0usize);
    each_of_sample(text, dialect, &mut |cells| {
        let behind = cells.iter().skip(1).filter(|cell| !cell.is_empty());
        for cell in behind {
            fields += 1;
            spaced += usize::from(cell.starts_with(' '));
        }
    });
    fields >= 2 && spaced * 10 >= fields * 9
}

/// Whether fields stand in apostrophes: they open as often as they close, and no quote opens a field.
fn stands_in_apostrophes(text: &str, dialect: Dialect) -> bool {
    let (mut opened, mut closed, mut quoted) = (0usize, 0usize, 0usize);
    for line in text.lines().filter(|line| !line.is_empty()).take(SAMPLE_ROWS) {
        for field in line.split(dialect.delimiter).map(|field| field.trim_matches(' ')) {
            opened += usize::from(field.starts_with('\''));
            closed += usize::from(field.len() > 1 && field.ends_with('\''));
            quoted += usize::from(field.starts_with('"'));
        }
    }
    quoted == 0 && opened >= 2 && opened.abs_diff(closed) * 10 <= opened
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The delimiter is found even where another one is more frequent inside the fields.
    #[test]
    fn the_delimiter_is_told_by_known_headers() {
        let known = |cells: &[&str]| cells.iter().filter(|cell| ["Namn", "Konto"].contains(cell)).count();
        for delimiter in DELIMITERS {
            let text = format!("Namn{delimiter}Konto\nLind/Eva-A/b{delimiter}evalin\n");
            assert_eq!(detect(&text, None, &known).delimiter, delimiter, "{delimiter}");
        }
    }

    /// A blank behind every delimiter belongs to it; one here and there belongs to its field.
    #[test]
    fn blanks_beside_delimiters_are_told() {
        let blanks = |text: &str| detect(text, None, &|_| 0).blanks;
        assert_eq!(blanks("a, b, c\n1, \"x, y\", 2\n"), Blanks::Skipped);
        assert_eq!(blanks("a,b,c\n1, x,2\n"), Blanks::Kept);
        assert_eq!(blanks("tid   värde\n1.0   20\n2.0    3\n"), Blanks::Delimit);
    }

    /// Apostrophes around fields are quotes; before numbers and inside names they are letters.
    #[test]
    fn apostrophes_are_told() {
        let quote = |text: &str| detect(text, None, &|_| 0).quote;
        assert_eq!(quote("id;namn\n'1';'Lind; Eva'\n"), b'\'');
        assert_eq!(quote("id;namn\n'00123;O'Brien\n'00124;Lind\n"), b'"');
    }
}
