//! Columns that the configuration names by their headers.

use super::super::format::Trouble;
use super::super::header::normalise;
use super::super::law::{Law, law};
use super::{Mapping, Seen, quoted};
use crate::config::nearest;
use crate::model::{Field, Message, Role, message};

/// Configured columns, found by header. A header that stands over several columns means all of them where columns answer
/// for the field together, and else the first, which is told.
///
/// # Errors
/// A header that is not in the file.
pub fn take_stated(mapping: &mut Mapping, seen: &Seen<'_>) -> Result<(), Trouble> {
    for (&field, headers) in seen.stated {
        let mut columns: Vec<usize> = Vec::new();
        for header in headers {
            let mut own = columns_under(header, &mapping.headers);
            if own.is_empty() {
                return Err(missing_header((field, header), &mapping.headers, seen.role));
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

fn missing_header((field, header): (Field, &str), headers: &[String], role: Role) -> Trouble {
    let (field, list) = (field.key(), quoted(headers));
    let Message { mut sv, mut en } = match nearest(header, headers.iter().map(String::as_str)) {
        Some(near) => message!("Menade du \"{near}\"?", "Did you mean \"{near}\"?"),
        None => of_another_file(role),
    };
    sv.push_str(&format!("\nRubriker i filen: {list}"));
    en.push_str(&format!("\nHeaders in the file: {list}"));
    Trouble {
        says: message!(
            "rubriken \"{header}\" som anges för {field} finns inte i filen",
            "the header \"{header}\" stated for {field} is not in the file"
        ),
        way_out: Message { sv, en },
    }
}

/// Where the header may be that of another file, told together with this one.
fn of_another_file(role: Role) -> Message {
    let (file, columns) = match role {
        Role::Accounts => ("[[system.file]]", "[system.file.columns]"),
        Role::Payroll => ("[[payroll.file]]", "[payroll.file.columns]"),
        Role::Inventory | Role::Register | Role::ServiceAccounts => {
            return message!("Rätta rubriken så som den står i filen.", "Correct the header to what the file has.");
        }
    };
    message!(
        "Rätta rubriken så som den står i filen. Har bara en annan av flera filer den: ange den under {columns}, bakom den \
         filens {file}.",
        "Correct the header to what the file has. If only another of several files has it: state it under {columns}, behind \
         that file's {file}."
    )
}
