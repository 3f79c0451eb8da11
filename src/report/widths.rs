//! How wide the columns of a table become: as they are meant to be, and wider where a word would break, in room that is
//! free or that another column has to spare. So a department's name, an address or a long heading stands whole, and the
//! sheet is no wider than the page or the screen.

use super::cell::Cell;
use super::letters::{BOLD, pixels, room, widest_word};
use super::paper::of_column;
use super::table::{Column, Purpose};
use crate::model::Language;

/// Rows that are looked at: the others are like them.
const SEEN: usize = 400;

/// What a column keeps of its width, whatever others need: narrower, its texts would become high.
const KEPT: f64 = 0.75;

/// The most that a folded column widens to.
const WIDEST_FOLDED: f64 = 45.0;

/// Widths in characters, of which the first `printed` columns take no more pixels together than `most`.
pub fn widths<R>(columns: &[Column<R>], rows: &[&R], (printed, most): (usize, f64), language: Language) -> Vec<f64> {
    let needs: Vec<f64> = columns.iter().map(|column| need(column, rows, language)).collect();
    let mut widths: Vec<f64> = columns.iter().zip(&needs).map(|(column, need)| at_first(column, *need)).collect();
    let taken: f64 = widths[..printed].iter().copied().map(of_column).sum();
    let mut free = ((most - taken) / 7.0).max(0.0);
    let spare = |at: usize, widths: &[f64]| match columns[at].purpose {
        Purpose::Read => (widths[at] - needs[at].max(columns[at].width * KEPT)).max(0.0),
        _ => 0.0,
    };
    // Those who miss little first, so that as many as can be are whole.
    let mut wanting: Vec<usize> = (0..printed).filter(|at| needs[*at] > widths[*at]).collect();
    wanting.sort_by(|one, next| (needs[*one] - widths[*one]).total_cmp(&(needs[*next] - widths[*next])));
    for at in wanting {
        let missing = needs[at] - widths[at];
        let to_spare: f64 = (0..printed).map(|other| spare(other, &widths)).sum();
        let given = missing.min(free + to_spare);
        let lent = (given - free).max(0.0);
        free = (free - given).max(0.0);
        for other in (0..printed).filter(|_| lent > 0.0) {
            widths[other] -= lent * spare(other, &widths) / to_spare;
        }
        widths[at] += given;
    }
    // Whole pixels, as Excel has them, so that the sum is what it was meant to be.
    widths.into_iter().map(|width| (width * 7.0).floor() / 7.0).collect()
}

/// The width of a column before any other is asked for room. What is not printed takes what it needs.
fn at_first<R>(column: &Column<R>, need: f64) -> f64 {
    match column.purpose {
        Purpose::Read | Purpose::Key => column.width,
        Purpose::Answer => column.width.max(need),
        Purpose::Folded => column.width.max(need.min(WIDEST_FOLDED)),
    }
}

/// The width at which no word of a column breaks: its heading, and the cells of nine rows in ten; of all of them where that
/// is little more. One long word among many short ones changes nothing.
fn need<R>(column: &Column<R>, rows: &[&R], language: Language) -> f64 {
    let heading = of(widest_word(column.title.get(language)) * BOLD);
    let step = rows.len().div_ceil(SEEN).max(1);
    let seen = rows.iter().step_by(step).filter_map(|row| word(&(column.value)(row, language), language));
    let mut words: Vec<f64> = seen.map(of).collect();
    words.sort_unstable_by(f64::total_cmp);
    let most = words.last().copied().unwrap_or(0.0);
    let nine_in_ten = words.get(words.len() * 9 / 10).copied().unwrap_or(0.0);
    heading.max(if most <= column.width * 1.4 { most } else { nine_in_ten })
}

/// Pixels of the widest word of a cell. What is one word alone, as a code or the name of an account, is not broken at its
/// hyphens either.
fn word(cell: &Cell<'_>, language: Language) -> Option<f64> {
    match cell {
        Cell::Text(text) if text.contains(char::is_whitespace) => Some(widest_word(text)),
        Cell::Text(text) => Some(pixels(text)),
        Cell::Severity(severity) => Some(widest_word(severity.text().get(language)) * BOLD + room(0.0, true)),
        // Where they do not fit there is nothing to read.
        Cell::Date(day) => Some(pixels(&day.to_string())),
        Cell::Number(number) => Some(pixels(&number.to_string())),
        Cell::Blank | Cell::Answer | Cell::AnswerDate => None,
    }
}

/// The width of a cell for so many pixels.
fn of(pixels: f64) -> f64 {
    (pixels - room(0.0, true)) / 7.0 + 0.1
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Text;

    type Row = (&'static str, &'static str);

    fn wide(rows: &[Row], pixels: f64) -> [f64; 2] {
        let column = |name, width, value| Column::read(Text::new(name, name), width, value);
        let columns = [
            column("Ort", 10.0, |row: &Row, _| Cell::text(row.0)),
            column("Ord", 40.0, |row: &Row, _| Cell::text(row.1)),
        ];
        let rows: Vec<&Row> = rows.iter().collect();
        widths(&columns, &rows, (2, pixels), Language::Sv).try_into().unwrap()
    }

    /// A long word gets the room it needs, first what is free and then what the other column has to spare, and the sum
    /// stays within what there is.
    #[test]
    fn a_long_word_is_given_room() {
        let town = ("Hammarbystrand", "några korta ord");
        let both = of_column(10.0) + of_column(40.0);
        let [short, text] = wide(&[("Ort", "ord")], both);
        assert!((short - 10.0).abs() < 0.2 && (text - 40.0).abs() < 0.2, "{short} {text}");
        let [lent, text] = wide(&[town], both);
        assert!(room(lent, true) >= widest_word(town.0) && text < 40.0, "{lent} {text}");
        assert!(of_column(lent) + of_column(text) <= both);
        let [free, text] = wide(&[town], both + 100.0);
        assert!(room(free, true) >= widest_word(town.0) && (text - 40.0).abs() < 0.2, "{free} {text}");
    }

    /// A code stands on one line where there is room.
    #[test]
    fn a_code_is_not_broken_at_its_hyphen() {
        let both = of_column(10.0) + of_column(40.0);
        let [code, _] = wide(&[("DG4W-MBHMW", "ord")], both);
        assert!(room(code, true) >= pixels("DG4W-MBHMW"), "{code}");
    }

    /// A column of days lends no room that its days need.
    #[test]
    fn days_keep_their_room() {
        type Row = (&'static str, chrono::NaiveDate);
        let day = chrono::NaiveDate::from_ymd_opt(2026, 11, 30).unwrap();
        let columns = [
            Column::read(Text::new("Ort", "Place"), 10.0, |row: &Row, _| Cell::text(row.0)),
            Column::read(Text::new("Dag", "Day"), 12.0, |row: &Row, _| Cell::Date(row.1)),
        ];
        let row = ("Hammarbystrandens", day);
        let both = of_column(10.0) + of_column(12.0);
        let [_, days] = widths(&columns, &[&row], (2, both), Language::Sv).try_into().unwrap();
        assert!(room(days, true) >= pixels("2026-11-30"), "{days}");
    }

    /// One word that is far longer than the others changes nothing.
    #[test]
    fn one_word_among_many_changes_nothing() {
        let mut rows = vec![("Lund", "ord"); 30];
        rows.push(("Llanfairpwllgwyngyllgogerychwyrndrobwllllantysiliogogogoch", "ord"));
        let [short, _] = wide(&rows, of_column(10.0) + of_column(40.0));
        assert!((short - 10.0).abs() < 0.2, "{short}");
    }
}
