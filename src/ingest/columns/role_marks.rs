//! Columns of a matrix of roles: called like somebody's name, post or place ("Handläggare", "Chef"), they hold nothing but
//! marks, and tell who has that role.

use super::{Claim, Mapping, Seen, UnknownColumn};
use crate::ingest::header::Meaning;
use crate::model::{Field, Role, message};

/// Whether a column is of that kind. Under a header of places or employers a number is rather a code.
pub fn marks_a_role(meanings: &[Meaning], column: usize, seen: &Seen<'_>) -> bool {
    let Some(Meaning::Field(field, _)) = meanings.first() else { return false };
    let answers = seen.profile.answers_of(column);
    let are_marks = match field {
        Field::Name | Field::GivenName | Field::Surname | Field::Title | Field::Manager | Field::Owner => {
            answers.are_marks_or_numbers()
        }
        Field::Unit | Field::Department | Field::Company => answers.are_marks(),
        _ => false,
    };
    are_marks && seen.profile.holds_only_flags(column)
}

/// In an export such a column is one of roles; of people it tells nothing that is asked for.
pub fn take_marks(mapping: &mut Mapping, column: usize, seen: &Seen<'_>) -> Option<Claim> {
    let header = mapping.headers[column].clone();
    if seen.role != Role::Accounts {
        mapping.unknown.push(UnknownColumn { header, looks_like: None });
        return None;
    }
    mapping.role_marks.push(column);
    mapping.remarks.push(message!(
        "Kolumnen \"{header}\" innehåller bara markeringar och läses som rollen \"{header}\" för dem som är markerade.",
        "The column \"{header}\" holds nothing but marks and is read as the role \"{header}\" of those who are marked."
    ));
    Some(Claim { column, field: Field::Role, rank: u16::MAX })
}

/// Columns of roles that hold nothing but ticks name the role in their header, whoever said that they are of roles.
pub fn take_ticks(mapping: &mut Mapping, seen: &Seen<'_>) {
    let of_roles = [Field::Role, Field::Groups].into_iter().filter_map(|field| mapping.columns.get(&field)).flatten();
    let ticked = of_roles.copied().filter(|&column| seen.profile.answers_of(column).are_ticks());
    let more: Vec<usize> = ticked.filter(|column| !mapping.role_marks.contains(column)).collect();
    mapping.role_marks.extend(more);
}
