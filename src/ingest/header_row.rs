//! Where the header stands: never taken to be row 1, it is the row that names most known things among the first
//! thirty.

use super::format::{Trouble, Workbook};
use super::header::{Meaning, meanings, normalise, score};
use super::sheet::Request;
use crate::model::{Field, Role, message};
use std::ops::ControlFlow;

/// Rows in which a header is looked for.
const HEADER_WITHIN: usize = 30;

/// The configured header row, or the one of the first thirty that names most.
pub fn find_header(
    workbook: &mut dyn Workbook,
    sheet: usize,
    request: &Request<'_>,
) -> Result<(u32, Vec<String>), Trouble> {
    let stated: Vec<String> = request.columns.values().flatten().map(|header| normalise(header)).collect();
    let mut best: Option<(usize, u32, Vec<String>)> = None;
    let mut seen = 0;
    workbook.rows(sheet, &mut |row| {
        seen += 1;
        let cells: Vec<String> = row.cells.iter().map(|v| v.text().unwrap_or_default()).collect();
        let wanted = request.header_row.is_none_or(|number| number == row.number);
        let rating = rate(&cells, &stated, request);
        let better = best.as_ref().is_none_or(|(most, ..)| rating > *most);
        if wanted && better && (is_header(&cells, rating, request.role) || request.header_row.is_some()) {
            best = Some((rating, row.number, cells));
        }
        let past = request.header_row.map_or(seen >= HEADER_WITHIN, |number| row.number >= number);
        if past { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
    })?;
    let (_, number, headers) = best.ok_or_else(|| no_header(request))?;
    if headers.len() > MOST_COLUMNS {
        return Err(too_wide(headers.len()));
    }
    Ok((number, headers))
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
fn is_header(cells: &[String], rating: usize, role: Role) -> bool {
    let names_key = |meaning: &Meaning| match meaning {
        Meaning::Field(field, _) => {
            field.is_key() || matches!(field, Field::Upn | Field::Email | Field::System | Field::Id)
        }
        Meaning::Drop | Meaning::Ignore => false,
    };
    rating >= 2 || rating > 0 && cells.iter().any(|cell| meanings(cell, role).first().is_some_and(names_key))
}

fn rate(cells: &[String], stated: &[String], request: &Request<'_>) -> usize {
    let texts: Vec<&str> = cells.iter().map(String::as_str).collect();
    let configured = cells.iter().filter(|cell| stated.contains(&normalise(cell))).count();
    // A configured header weighs double: it names the row for certain.
    score(&texts, request.role) + 2 * configured
}

fn no_header(request: &Request<'_>) -> Trouble {
    let (sv, en) = (request.role.text().sv, request.role.text().en);
    Trouble {
        says: message!(
            "ingen rubrikrad känns igen som {sv} bland de första 30 raderna",
            "no header row is recognised as a {en} among the first 30 rows"
        ),
        way_out: message!(
            "Ange header_row och vilka rubriker som gäller under columns.",
            "State header_row, and which headers hold, under columns."
        ),
    }
}
