//! What a blank cell says of an account in a column that is ticked off: `X` on those that are open, and nothing on the
//! others.
//!
//! A leaver passes without a word if a blank is read as closed and only means that nobody filled it in. So it is read
//! so only in a column that people tick, filled on a fair share of the rows, and it is always told.

use super::columns::Mapping;
use super::profile::Profile;
use crate::model::{Field, Message, message};

/// Whether a blank says that the account is open or closed, by column. What is made of blanks is added to the remarks.
pub fn blanks(mapping: &mut Mapping, profile: &Profile, questions: &[Option<bool>]) -> Vec<Option<bool>> {
    let mut open = vec![None; mapping.headers.len()];
    for field in [Field::Enabled, Field::Disabled, Field::EmploymentStatus] {
        for &column in mapping.columns.get(&field).into_iter().flatten() {
            let of_employees = field != Field::EmploymentStatus || questions[column] == Some(true);
            if !of_employees || profile.blanks(column) == 0 || profile.is_empty(column) {
                continue;
            }
            let (says, remark) = of_column(field, column, mapping, profile);
            open[column] = says;
            mapping.remarks.extend(remark);
        }
    }
    open
}

/// The same of one column, with what is to be told of it.
fn of_column(field: Field, column: usize, mapping: &Mapping, profile: &Profile) -> (Option<bool>, Option<Message>) {
    let (header, rows) = (&mapping.headers[column], profile.blanks(column));
    let answers = profile.answers_of(column);
    match (field, answers.of_a_blank()) {
        (Field::Enabled, Some(false)) if profile.is_ticked_off(column) => (Some(false), Some(says_no(header, rows))),
        (Field::EmploymentStatus, Some(false)) if profile.is_ticked_off(column) => {
            (Some(false), Some(says_left(header, rows)))
        }
        (Field::EmploymentStatus, _) => (None, None),
        (Field::Enabled, Some(true)) => (Some(true), None),
        // An account that is not ticked as closed is open, as nearly all are.
        (Field::Disabled, Some(false)) => (Some(true), None),
        (Field::Enabled, None) if !answers.only_say_yes() => (None, None),
        (Field::Disabled, None) => (None, None),
        _ => (None, Some(says_nothing(header, rows))),
    }
}

fn says_no(header: &str, rows: u32) -> Message {
    message!(
        "Kolumnen \"{header}\" är bara ifylld med ja-markeringar; tomma celler ({rows}) läses som nej, kontot är inte \
         aktivt. Är det fel: exportera med ett ord för nej på de rader som gäller.",
        "The column \"{header}\" is only filled with marks of yes; blank cells ({rows}) are read as no, the account is not \
         active. If that is wrong: export with a word for no on the rows it holds for."
    )
}

fn says_left(header: &str, rows: u32) -> Message {
    message!(
        "Kolumnen \"{header}\" är bara ifylld med ja-markeringar; tomma celler ({rows}) läses som nej, personen är inte \
         anställd. Är det fel: exportera med ett ord för nej på de rader som gäller.",
        "The column \"{header}\" is only filled with marks of yes; blank cells ({rows}) are read as no, the person is not \
         employed. If that is wrong: export with a word for no on the rows it holds for."
    )
}

fn says_nothing(header: &str, rows: u32) -> Message {
    message!(
        "Kolumnen \"{header}\" har bara ett slags svar, och det går inte att veta vad tomma celler ({rows}) betyder. De \
         kontona räknas som aktiva. Exportera med både ja och nej.",
        "The column \"{header}\" has one kind of answer only, and nobody can tell what blank cells ({rows}) mean. Those \
         accounts count as active. Export with both yes and no."
    )
}
