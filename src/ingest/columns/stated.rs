//! Columns that the configuration names by their headers.

use super::super::format::Trouble;
use super::super::header::normalise;
use super::super::law::{Law, law};
use super::{Mapping, quoted};
use crate::model::{Field, Message, message};
use std::collections::BTreeMap;

/// Configured columns, found by header. A header that stands over several columns means all of them where columns answer
/// for the field together, and else the first, which is told.
///
/// # Errors
/// A header that is not in the file.
pub fn take_stated(mapping: &mut Mapping, stated: &BTreeMap<Field, Vec<String>>) -> Result<(), Trouble> {
    for (&field, headers) in stated {
        let mut columns: Vec<usize> = Vec::new();
        for header in headers {
            let mut own = columns_under(header, &mapping.headers);
            if own.is_empty() {
                return Err(missing_header(field, header, &mapping.headers));
            }
            if own.len() > 1 && matches!(law(field), Law::Key | Law::One) {
                mapping.remarks.push(stands_again(field, header));
                own.truncate(1);
            }
            columns.extend(own);
        }
        mapping.columns.insert(field, columns);
    }
    Ok(())
}

/// The columns under a header as it is written, else as it is compared.
fn columns_under(header: &str, headers: &[String]) -> Vec<usize> {
    let under = |is: &dyn Fn(&String) -> bool| -> Vec<usize> {
        headers.iter().enumerate().filter(|(_, own)| is(own)).map(|(column, _)| column).collect()
    };
    let exact = under(&|own| own == header);
    if exact.is_empty() { under(&|own| normalise(own) == normalise(header)) } else { exact }
}

fn stands_again(field: Field, header: &str) -> Message {
    let field = field.key();
    message!(
        "Rubriken \"{header}\" står över flera kolumner; den första läses som {field}. Är det en annan: ge kolumnerna olika \
         rubriker.",
        "The header \"{header}\" stands over several columns; the first is read as {field}. If it is another: give the \
         columns headers that differ."
    )
}

fn missing_header(field: Field, header: &str, headers: &[String]) -> Trouble {
    let (field, list) = (field.key(), quoted(headers));
    Trouble {
        says: message!(
            "rubriken \"{header}\" som anges för {field} finns inte i filen",
            "the header \"{header}\" stated for {field} is not in the file"
        ),
        way_out: message!("Rubriker i filen: {list}", "Headers in the file: {list}"),
    }
}
