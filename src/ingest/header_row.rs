//! Where the header stands: never taken to be row 1, it is the row that names most known things among the first
//! thirty, and in tables of which nothing is known the first row that is as full as the others. One rule for whoever
//! asks.

use super::another_table;
use super::format::{Trouble, Workbook};
use super::header::{MOST_RATED, Meaning, is_data, meanings, normalise, score};
use super::sheet::Request;
use crate::model::{Field, Role, message};
use std::cmp::Reverse;
use std::collections::BTreeMap;
use std::ops::ControlFlow;

/// Rows in which a header is looked for.
const HEADER_WITHIN: usize = 30;

/// A row at the top of a sheet.
#[derive(Clone, Debug)]
pub struct TopRow {
    /// Its number as Excel shows it.
    pub number: u32,
    /// Its cells.
    pub cells: Vec<String>,
}

impl TopRow {
    fn is_filled(&self, column: usize) -> bool {
        self.cells.get(column).is_some_and(|cell| !cell.trim().is_empty())
    }

    fn filled(&self) -> usize {
        (0..self.cells.len()).filter(|&column| self.is_filled(column)).count()
    }

    fn is_of_names(&self) -> bool {
        is_of_names(&self.cells)
    }
}

/// Whether no cell of a row can only be a value.
pub fn is_of_names(cells: &[String]) -> bool {
    cells.iter().all(|cell| !is_data(cell.trim()) && cell.trim().parse::<f64>().is_err())
}

/// How well a row names what a table holds.
#[derive(Clone, Copy, Debug, Default)]
pub struct Rating {
    /// Different things that it names.
    pub names: usize,
    /// Whether one of them is a key.
    pub names_key: bool,
}

/// Where a header stands among the first rows: the last of its rows, and its texts by column.
#[derive(Clone, Debug)]
pub struct Header {
    /// The place of its first row.
    pub first: usize,
    /// The place of its last row.
    pub last: usize,
    /// By column, each of its texts from above.
    pub texts: Vec<Vec<String>>,
}

/// The header of a sheet that is to be read.
#[derive(Debug)]
pub struct Chosen {
    /// The number of its last row.
    pub row: u32,
    /// Its texts by column.
    pub headers: Vec<String>,
    /// A row above that may be the header of a table of its own.
    pub above: Option<u32>,
}

/// The configured header row, or the one of the first thirty that names most.
pub fn find_header(workbook: &mut dyn Workbook, sheet: usize, request: &Request<'_>) -> Result<Chosen, Trouble> {
    let stated: Vec<String> = request.columns.values().flatten().map(|header| normalise(header)).collect();
    let mut rows: Vec<TopRow> = Vec::new();
    workbook.rows(sheet, &mut |row| {
        let cells: Vec<String> = row.cells.iter().map(|v| v.text().unwrap_or_default()).collect();
        rows.push(TopRow { number: row.number, cells });
        let past = request.header_row.map_or(rows.len() >= HEADER_WITHIN, |number| row.number >= number);
        if past { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
    })?;
    let chosen = match request.header_row {
        Some(wanted) => {
            let own = rows.into_iter().find(|row| row.number == wanted);
            own.map(|row| Ok(Chosen { row: wanted, headers: row.cells, above: None }))
        }
        None => by_names(&rows, &|cells| rate(cells, &stated, request)).map(|at| {
            /// Fewer rows are what is written above a table.
            const FEWEST: usize = 2;
            if table_above(&rows, at, request.role, FEWEST).is_some() {
                return Err(another_table::trouble(rows[at].number));
            }
            let header = with_groups(&rows, at);
            let known = |text: &str| !meanings(text, request.role).is_empty() || stated.contains(&normalise(text));
            Ok(Chosen {
                row: rows[header.last].number,
                headers: header.texts.iter().map(|texts| one_name(texts, &known)).collect(),
                above: table_above(&rows, at, request.role, 1),
            })
        }),
    }
    .ok_or_else(|| no_header(request))??;
    if chosen.headers.len() > MOST_COLUMNS {
        return Err(too_wide(chosen.headers.len()));
    }
    Ok(chosen)
}

/// The row that names most known things, the first of equals. A row of data can hold known words too: where a row above
/// it is as full, only a row of nothing but names, many of them or all known, is the header.
pub fn by_names(rows: &[TopRow], rate: &dyn Fn(&[String]) -> Rating) -> Option<usize> {
    /// So many different names are no chance.
    const SURE: usize = 4;
    let within = &rows[..rows.len().min(HEADER_WITHIN)];
    let mut rated: Vec<(usize, Rating)> = within.iter().map(|row| rate(&row.cells)).enumerate().collect();
    rated.retain(|(_, rating)| rating.names >= 2 || rating.names > 0 && rating.names_key);
    rated.sort_by_key(|(at, rating)| (Reverse(rating.names), *at));
    let fits = |&(at, rating): &(usize, Rating)| {
        let filled = within[at].filled();
        let sure = within[at].is_of_names() && (rating.names >= SURE || rating.names == filled);
        sure || !within[..at].iter().any(|row| is_as_full(row, filled))
    };
    rated.into_iter().find(fits).map(|(at, _)| at)
}

/// The row in which a table with a header of its own begins above a header: nothing but names, and behind it so many
/// rows as full that name nothing. What is written above tables is a title, a word with its value, or one row of such.
fn table_above(rows: &[TopRow], at: usize, role: Role, fewest: usize) -> Option<u32> {
    let is_header = |row: &TopRow| {
        let rating = rating_as(&row.cells, role);
        row.is_of_names() && rating.names_key && rating.names >= 2 && rating.names >= row.filled().min(4)
    };
    let has_rows = |place: usize| {
        let filled = rows[place].filled();
        let is_data = |row: &&TopRow| is_as_full(row, filled) && rating_as(&row.cells, role).names == 0;
        rows[place + 1..at].iter().filter(is_data).count() >= fewest
    };
    (0..at).find(|&place| is_header(&rows[place]) && has_rows(place)).map(|place| rows[place].number)
}

/// The row that looks like a header where no names are known: the first that is as full as most rows are. Where so much
/// stands above it that it must be a table, only that counts.
pub fn by_shape(rows: &[TopRow]) -> Option<usize> {
    let within = &rows[..rows.len().min(2 * HEADER_WITHIN)];
    first_full(rows).filter(|&at| at < within.len()).or_else(|| first_full(within))
}

/// The first row that is as full as most. Of as many rows of two shapes the first that is no title is the table's: what
/// follows it is ragged, or another table.
fn first_full(rows: &[TopRow]) -> Option<usize> {
    let filled: Vec<usize> = rows.iter().map(TopRow::filled).filter(|&filled| filled > 0).collect();
    let mut rows_of: BTreeMap<usize, usize> = BTreeMap::new();
    for &width in &filled {
        *rows_of.entry(width).or_default() += 1;
    }
    // `max_by_key` takes the last of equals.
    let usual = filled.iter().rev().max_by_key(|width| (rows_of[width], **width > 1))?;
    rows.iter().position(|row| is_as_full(row, *usual))
}

/// Whether a row holds nearly as many cells: titles and notes above a table hold few.
fn is_as_full(row: &TopRow, filled: usize) -> bool {
    let own = row.filled();
    own > 0 && own * 4 >= filled * 3
}

/// A header with the rows beside it that name groups of its columns, or what a group consists of. A name of a group
/// stands over the columns to its right that have none.
pub fn with_groups(rows: &[TopRow], at: usize) -> Header {
    let row = &rows[at];
    let below = rows.get(at + 1).filter(|below| names_parts(row, below));
    let above = at.checked_sub(1).map(|place| &rows[place]).filter(|above| names_groups(above, row));
    let (first, last) = match (above, below) {
        (Some(_), _) => (at - 1, at),
        (None, Some(_)) => (at, at + 1),
        (None, None) => (at, at),
    };
    let (upper, lower) = (&rows[first], &rows[last]);
    let width = upper.cells.len().max(lower.cells.len());
    let mut group = String::new();
    let texts = (0..width).map(|column| {
        let text = |row: &TopRow| row.cells.get(column).map(|cell| cell.trim().to_owned()).unwrap_or_default();
        if first == last {
            return vec![row.cells[column].clone()];
        }
        if upper.is_filled(column) {
            group = text(upper);
        }
        let (of_group, own) =
            (if upper.is_filled(column) || lower.is_filled(column) { &group } else { "" }, text(lower));
        [of_group.to_owned(), own].into_iter().filter(|text| !text.is_empty()).collect()
    });
    let texts = texts.collect();
    Header { first, last, texts }
}

/// Whether a row right above a full header names groups of its columns: several of them stand over more columns than
/// one, which no pair of a word and its value does.
fn names_groups(above: &TopRow, header: &TopRow) -> bool {
    let spans = |column: usize| above.is_filled(column) && !above.is_filled(column + 1) && header.is_filled(column + 1);
    let several = (0..above.cells.len()).filter(|&column| spans(column)).count() >= 2;
    let over = (0..above.cells.len()).all(|column| !above.is_filled(column) || header.is_filled(column));
    above.number + 1 == header.number && several && over && above.is_of_names() && header.is_of_names()
}

/// Whether the row behind a header with holes says what its groups consist of: it names the holes, and nothing but
/// them and the columns that begin a group.
fn names_parts(header: &TopRow, below: &TopRow) -> bool {
    let in_group = |column: usize| {
        let begins = header.is_filled(column) && !header.is_filled(column + 1);
        begins || !header.is_filled(column)
    };
    let named: Vec<usize> = (0..below.cells.len()).filter(|&column| below.is_filled(column)).collect();
    let holes = named.iter().filter(|&&column| !header.is_filled(column)).count();
    header.filled() >= 2
        && holes > 0
        && named.len() >= 2
        && named.iter().all(|&column| column > 0 && in_group(column))
        && below.is_of_names()
}

/// One name of a column with several texts: together if that is known, else the one that is; the lower first.
fn one_name(texts: &[String], known: &dyn Fn(&str) -> bool) -> String {
    let joined = texts.join(" ");
    if known(&joined) {
        return joined;
    }
    texts.iter().rev().find(|text| known(text)).cloned().unwrap_or(joined)
}

/// Excel's own limit; a table with more columns is read with the wrong delimiter, or no table.
const MOST_COLUMNS: usize = 16_384;

fn too_wide(columns: usize) -> Trouble {
    Trouble {
        says: message!("rubrikraden har {columns} kolumner", "the header has {columns} columns"),
        way_out: message!(
            "Kontrollera avgränsaren: delimiter = \";\". Högst 16 384 kolumner läses.",
            "Check the delimiter: delimiter = \";\". At most 16,384 columns are read."
        ),
    }
}

/// One known word alone is no header, since a row of data can hold it too, unless it names a key.
pub fn rating_as(cells: &[String], role: Role) -> Rating {
    let names_key = |meaning: &Meaning| match meaning {
        Meaning::Field(field, _) => {
            field.is_key() || matches!(field, Field::Upn | Field::Email | Field::System | Field::Id)
        }
        Meaning::Drop | Meaning::Ignore => false,
    };
    let texts: Vec<&str> = cells.iter().map(String::as_str).collect();
    let names = score(&texts, role);
    let names_key =
        names > 0 && cells.iter().take(MOST_RATED).any(|cell| meanings(cell, role).first().is_some_and(names_key));
    Rating { names, names_key }
}

fn rate(cells: &[String], stated: &[String], request: &Request<'_>) -> Rating {
    let configured = cells.iter().filter(|cell| stated.contains(&normalise(cell))).count();
    let rating = rating_as(cells, request.role);
    // A configured header weighs double: it names the row for certain.
    Rating { names: rating.names + 2 * configured, ..rating }
}

fn no_header(request: &Request<'_>) -> Trouble {
    let (sv, en) = (request.role.text().sv, request.role.text().en);
    Trouble {
        says: message!(
            "ingen rubrikrad känns igen som {sv} bland de första 30 raderna",
            "no header is recognised among the first 30 rows ({en})"
        ),
        way_out: message!(
            "Ange header_row och vilka rubriker som gäller under columns.",
            "State header_row, and which headers hold, under columns."
        ),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rows(text: &str) -> Vec<TopRow> {
        let cells = |line: &str| line.split(';').map(ToOwned::to_owned).collect();
        (1u32..).zip(text.lines()).map(|(number, line)| TopRow { number, cells: cells(line) }).collect()
    }

    fn found(text: &str) -> Option<usize> {
        by_names(&rows(text), &|cells| rating_as(cells, Role::Accounts))
    }

    /// Known words in a row of data make it no header while a row above it is as full; titles above it are not.
    #[test]
    fn a_row_of_data_is_no_header() {
        assert_eq!(found("X1;X2;X3;X4\nq;w;e;r\nmail;namn;z;t\n"), None);
        assert_eq!(found("Behörigheter 2026;;;\n;;;\nKonto;Namn;Roll;X\nq;w;e;r\n"), Some(2));
    }

    /// Where no names are known, what is as full as the table begins it.
    #[test]
    fn a_table_begins_where_it_is_full() {
        assert_eq!(by_shape(&rows("Titel;;\n;;\na;b;c\n1;2;3\n4;5;6\n")), Some(2));
        assert_eq!(by_shape(&rows("a;b;c\n1;2;3\n4;;6\n")), Some(0));
        let tied = format!("a;b;c\n{}{}", "1;2;3\n".repeat(3), "1;2;3;4;5\n".repeat(4));
        assert_eq!(by_shape(&rows(&tied)), Some(0));
        assert_eq!(by_shape(&rows("Titel\nDatum\na;b;c\n1;2;3\n")), Some(2));
        let two_tables = format!("a;b;;\n{}c;d;e;f\n{}", "1;2;;\n".repeat(90), "1;2;3;4\n".repeat(200));
        assert_eq!(by_shape(&rows(&two_tables)), Some(0));
    }

    /// Two rows of a header are joined by column, whichever of them was found.
    #[test]
    fn rows_of_a_header_are_joined() {
        let joined = |text: &str, at: usize| -> Vec<String> {
            with_groups(&rows(text), at).texts.iter().map(|texts| texts.join(" ")).collect()
        };
        let names = ["Namn", "Anställning Från", "Anställning Till", "Roll"];
        assert_eq!(joined("Namn;Anställning;;Roll\n;Från;Till;\nEva;1;2;x\n", 0), names);
        assert_eq!(
            joined(";Prov;;Rest;\nNamn;A;B;C;D\nEva;1;2;x;y\n", 1),
            ["Namn", "Prov A", "Prov B", "Rest C", "Rest D"]
        );
        assert_eq!(joined("Uttaget av;Eva\nNamn;Roll;Tid\nEva;1;2\n", 1), ["Namn", "Roll", "Tid"]);
        assert_eq!(joined("Namn;Roll;\nEva;;x\n", 0), ["Namn", "Roll", ""]);
    }
}
