//! Who a row is about, as far as it says: kept of rows of which nothing else is.

use crate::model::{Field, SourceRef};
use std::fmt;

/// The fields by which a person or an account is known.
const IDENTIFYING: [Field; 15] = [
    Field::PersonalNumber,
    Field::EmployeeNumber,
    Field::HsaId,
    Field::UserName,
    Field::GivenName,
    Field::CallName,
    Field::MiddleName,
    Field::Surname,
    Field::Name,
    Field::Email,
    Field::Account,
    Field::Guid,
    Field::ImmutableId,
    Field::Upn,
    Field::Dn,
];

/// Whether a field is one by which a person or an account is known.
pub fn is_identifying(field: Field) -> bool {
    IDENTIFYING.contains(&field)
}

/// Whose a row is.
#[derive(Clone, PartialEq, Eq)]
pub struct WhoseRow {
    /// Where it stands.
    pub source: SourceRef,
    /// What identifies the one it is about, as written, by field.
    texts: Vec<(Field, String)>,
}

impl WhoseRow {
    /// A row with its texts.
    pub fn new(source: SourceRef, texts: Vec<(Field, String)>) -> Self {
        Self { source, texts }
    }

    /// The same by what each column of a field holds.
    pub fn of(source: SourceRef, texts: &dyn Fn(Field) -> Vec<String>) -> Self {
        let of = |field: Field| texts(field).into_iter().map(move |text| (field, text));
        Self::new(source, IDENTIFYING.into_iter().flat_map(of).collect())
    }

    /// The texts of a field.
    pub fn texts(&self, field: Field) -> impl Iterator<Item = &str> {
        self.texts.iter().filter(move |(own, _)| *own == field).map(|(_, text)| text.as_str())
    }
}

/// Shows where it stands: a debug print must not leak whom it is about.
impl fmt::Debug for WhoseRow {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.debug_struct("WhoseRow").field("source", &self.source).finish_non_exhaustive()
    }
}
