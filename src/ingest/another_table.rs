//! Another table below the first, under a header of its own: its rows would be read as if they stood under the first.

use super::format::{Row, Trouble};
use super::header::normalise;
use super::header_row::{is_of_names, rating_as};
use super::value::Value;
use crate::model::{Role, message};

/// So many names are no chance, whatever stands beside them.
const SURE: usize = 4;

/// Fewer are a header only where nothing but names stands there.
const FEWEST: usize = 3;

/// Whether a row below a header is the header of another table. `headers` are the first one's as they are compared.
pub fn is_another_header(row: &Row<'_>, headers: &[String], role: Role) -> bool {
    if !row.cells.iter().all(can_be_a_name) {
        return false;
    }
    let cells: Vec<String> = row.cells.iter().map(|cell| cell.text().unwrap_or_default()).collect();
    let filled = cells.iter().filter(|cell| !cell.trim().is_empty()).count();
    if filled < FEWEST || is_repeated(row, headers) || !is_of_names(&cells) {
        return false;
    }
    let rating = rating_as(&cells, role);
    rating.names_key && (rating.names >= SURE || rating.names == filled)
}

/// Whether a row gives the header once more, whatever the letters' case: reports that are printed page by page do.
pub fn is_repeated(row: &Row<'_>, headers: &[String]) -> bool {
    let mut cells = 0;
    let same = row.cells.iter().enumerate().all(|(column, value)| match value.shown() {
        Some(text) => {
            cells += 1;
            headers.get(column).is_some_and(|header| !header.is_empty() && *header == normalise(&text))
        }
        None => true,
    });
    same && cells > 1
}

/// What tells most rows of data at a glance: no name of a column is a number or an address.
fn can_be_a_name(cell: &Value<'_>) -> bool {
    match cell {
        Value::Text(text) => !text.contains('@') && !text.trim_start().starts_with(|c: char| c.is_ascii_digit()),
        cell => cell.is_blank(),
    }
}

/// What is said of a file in which another table begins.
pub fn trouble(row: u32) -> Trouble {
    Trouble {
        says: message!(
            "på rad {row} börjar en annan tabell, med egna rubriker",
            "row {row} begins another table, with headers of its own"
        ),
        way_out: message!(
            "Dela filen, så att varje tabell får en egen fil eller ett eget blad, eller ta bort den tabell som inte hör hit.",
            "Split the file, so that each table has a file or a sheet of its own, or remove the table that does not belong here."
        ),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::borrow::Cow;

    fn row<'a>(cells: &'a [Value<'a>]) -> Row<'a> {
        Row { number: 9, cells, width: None }
    }

    fn cells(line: &str) -> Vec<Value<'_>> {
        line.split(';').map(|cell| Value::Text(Cow::Borrowed(cell))).collect()
    }

    /// Other names than those above, or the same in another order, begin another table; data and the same header do not.
    #[test]
    fn another_header_is_told() {
        let headers: Vec<String> = ["Konto-ID", "Namn", "Anst.nr", "Status"].map(normalise).to_vec();
        let is_another = |line: &str| is_another_header(&row(&cells(line)), &headers, Role::Accounts);
        assert!(is_another("Namn;Konto-ID;Status;"));
        assert!(is_another("Användarnamn;E-post;Avdelning;Senast inloggad;Zon"));
        assert!(!is_another("konto-id;NAMN;anst.nr;status"));
        assert!(!is_another("evalin01;Eva Lind;1001;Aktiv"));
        assert!(!is_another("namn;Konto;;") && !is_another("evalin;Eva Lind;chef;Aktiv"));
        assert!(is_repeated(&row(&cells("konto-id;NAMN;;status")), &headers));
    }
}
