//! How several columns answer one question.
//!
//! A file may have two columns for an end of employment, three for the last sign-in and four for addresses. Which
//! header is "the better one" is the wrong question: what a field means says how its columns are put together.

use crate::model::Field;

/// How the columns of a field are combined, row by row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Law {
    /// The earliest day stated: an end cannot be later than any end that is stated.
    Earliest,
    /// The latest day stated: what was recorded has happened.
    Latest,
    /// Yes if any says yes.
    Any,
    /// No if any says no.
    Every,
    /// All of them, each a value of its own.
    All,
    /// All of them, and what it is known by is the one under the best header: an object has an id of each kind.
    Foremost,
    /// One column; another that says otherwise is named.
    One,
    /// A key: its content decides, and what content cannot settle is asked.
    Key,
}

/// The law of a field.
pub fn law(field: Field) -> Law {
    match field {
        Field::EmploymentEnd | Field::Expires | Field::ValidTo => Law::Earliest,
        Field::LastLogin | Field::LastInteractiveLogin | Field::LastWorked | Field::Registered | Field::TermsFrom => {
            Law::Latest
        }
        Field::Protected
        | Field::Disabled
        | Field::Locked
        | Field::Privileged
        | Field::External
        | Field::PasswordNeverExpires => Law::Any,
        Field::Enabled => Law::Every,
        Field::Email
        | Field::Name
        | Field::GivenName
        | Field::Surname
        | Field::Role
        | Field::Groups
        | Field::ObjectClass
        | Field::Status
        | Field::AccountControl
        | Field::EmploymentStatus => Law::All,
        Field::Guid => Law::Foremost,
        Field::Account | Field::PersonalNumber | Field::EmployeeNumber => Law::Key,
        _ => Law::One,
    }
}
