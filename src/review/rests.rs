//! What a rule rests on: where too many values of such a column were not understood, the rule is said to be
//! untested. What was understood is true all the same, and is still told.

use super::context::{Review, SystemCx};
use super::gaps::{ENDS, OneOf};
use crate::ingest::{MappedColumn, SourceReport};
use crate::model::{Field, Message, message};

/// The columns that a rule rests on.
#[derive(Clone, Copy, Debug)]
pub struct RestsOn {
    /// Columns of the system's export.
    pub export: &'static [Field],
    /// Columns of payroll and the registers beside it.
    pub people: &'static [Field],
    /// Columns of the registers beside payroll alone: what is amiss in payroll is no reason to doubt them.
    pub registers: &'static [Field],
    /// Columns of the export of which each group must have one on the account's own rows.
    pub needs: &'static [OneOf],
    /// The same of payroll, on the rows that employ the holder.
    pub needs_of_people: &'static [OneOf],
    /// Thresholds, by their names in the configuration: where one was moved, a finding that stays away proves nothing.
    pub thresholds: &'static [&'static str],
}

impl RestsOn {
    /// For rules that no misread column makes silent.
    pub const NOTHING: Self =
        Self { export: &[], people: &[], registers: &[], needs: &[], needs_of_people: &[], thresholds: &[] };
    /// For rules on who has left.
    pub const ENDS: Self = Self { people: ENDS, needs_of_people: &[ENDS], ..Self::NOTHING };
    /// For rules on externals, whose ends stand in registers.
    pub const ENDS_OF_EXTERNALS: Self =
        Self { registers: &[Field::EmploymentEnd, Field::EmploymentStatus], ..Self::NOTHING };

    /// For rules on columns of the export alone.
    pub const fn export(fields: &'static [Field]) -> Self {
        Self { export: fields, ..Self::NOTHING }
    }

    /// For rules on columns of payroll alone.
    pub const fn people(fields: &'static [Field]) -> Self {
        Self { people: fields, ..Self::NOTHING }
    }

    /// The same for a rule that thresholds decide on too.
    #[must_use]
    pub const fn and_thresholds(self, thresholds: &'static [&'static str]) -> Self {
        Self { thresholds, ..self }
    }

    /// The same for a rule that needs some columns on the rows of each account.
    #[must_use]
    pub const fn and_needs(self, needs: &'static [OneOf]) -> Self {
        Self { needs, ..self }
    }

    /// The same for a rule that needs some columns on the rows that employ the holder.
    #[must_use]
    pub const fn and_needs_of_people(self, needs_of_people: &'static [OneOf]) -> Self {
        Self { needs_of_people, ..self }
    }

    /// Why the rule is untested on a system, where too much of a column was not understood.
    pub fn unread(&self, cx: &SystemCx<'_>) -> Option<Message> {
        let export = cx.export.into_iter().flat_map(|export| &export.reports);
        let in_registers = || first_unread(columns(cx.review.registers.iter()), self.registers);
        first_unread(columns(export), self.export).or_else(|| self.unread_in_payroll(cx.review)).or_else(in_registers)
    }

    /// The same for a rule that looks at payroll alone.
    pub fn unread_in_payroll(&self, review: &Review<'_>) -> Option<Message> {
        first_unread(columns(review.people()), self.people)
    }
}

/// One value in twenty may be lost before a rule is no longer tested.
const ONE_IN: u64 = 20;

fn columns<'r>(reports: impl Iterator<Item = &'r SourceReport>) -> impl Iterator<Item = &'r MappedColumn> {
    reports.flat_map(|report| &report.columns)
}

fn first_unread<'r>(columns: impl Iterator<Item = &'r MappedColumn>, fields: &[Field]) -> Option<Message> {
    let mut own = columns.filter(|column| fields.contains(&column.field));
    own.find(|column| not_understood(column) * ONE_IN > column.filled).map(says)
}

/// Rows of a column whose value was not understood.
pub fn not_understood(column: &MappedColumn) -> u64 {
    column.filled.saturating_sub(column.understood)
}

/// How many values were not understood, and of how many; of marks of protection only how many, since what is filled in
/// there are those who are protected.
pub fn unread_of_filled(column: &MappedColumn) -> Message {
    let (unread, filled) = (not_understood(column), column.filled);
    match column.field {
        Field::Protected => message!("{unread}", "{unread}"),
        _ => message!("{unread} av {filled}", "{unread} of {filled}"),
    }
}

fn says(column: &MappedColumn) -> Message {
    let (headers, (unread, unread_en)) = (column.shown(), unread_of_filled(column).both());
    message!(
        "{unread} värden i kolumnen {headers} kunde inte tolkas",
        "{unread_en} values in the column {headers} could not be understood"
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn column(field: Field, filled: u64, understood: u64) -> MappedColumn {
        MappedColumn {
            field,
            headers: vec!["Senast".to_owned()],
            filled,
            understood,
            not_understood: Vec::new(),
            unread_rows: Vec::new(),
        }
    }

    fn unread(column: &MappedColumn) -> Option<String> {
        first_unread([column].into_iter(), &[Field::LastLogin]).map(|says| says.sv)
    }

    /// One value in twenty may be lost; with more the rule says which column it lacks. Other columns do not matter.
    #[test]
    fn a_rule_says_which_column_it_lacks() {
        assert_eq!(unread(&column(Field::LastLogin, 20, 19)), None);
        assert_eq!(unread(&column(Field::Created, 20, 0)), None);
        assert_eq!(unread(&column(Field::LastLogin, 0, 0)), None);
        let says = unread(&column(Field::LastLogin, 19, 18)).unwrap();
        assert_eq!(says, "1 av 19 värden i kolumnen \"Senast\" kunde inte tolkas");
    }
}
