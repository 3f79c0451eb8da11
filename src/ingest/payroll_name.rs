//! The name on a row of payroll or a register, in every form that its columns hold.

use super::row::RowView;
use crate::model::{Field, NameTokens, fold, tidy};
use std::collections::BTreeSet;

/// What other columns of the row call the person: each form of a name is a reading.
pub fn other_names(row: &RowView<'_>, tokens: &NameTokens) -> Vec<NameTokens> {
    let mut others = Vec::new();
    for other in row.texts(Field::Name).iter().map(|name| NameTokens::whole(name)) {
        // A whole name that only spells out the two columns says nothing new.
        let words = |name: &NameTokens| name.given.iter().chain(&name.surname).cloned().collect::<BTreeSet<String>>();
        if !words(&other).is_subset(&words(tokens)) && !others.contains(&other) {
            others.push(other);
        }
    }
    others
}

/// Somebody without a name: the row says more of them than the number. A number alone can be a count below the table.
pub fn nameless(row: &RowView<'_>) -> Option<(String, NameTokens)> {
    const TELLS: [Field; 10] = [
        Field::PersonalNumber,
        Field::Email,
        Field::EmployeeNumber,
        Field::EmploymentStart,
        Field::EmploymentEnd,
        Field::EmploymentForm,
        Field::Title,
        Field::Unit,
        Field::Department,
        Field::UserName,
    ];
    let filled = TELLS.into_iter().filter(|field| row.text(*field).is_some()).count();
    (filled >= 2).then(|| (String::new(), NameTokens::whole("")))
}

/// The name as shown and as compared: given name and surname where both are there, else the whole.
pub fn read_name(row: &RowView<'_>) -> Option<(String, NameTokens)> {
    let surname = row.text(Field::Surname);
    let given = row.text(Field::GivenName);
    if let (Some(given), Some(surname)) = (&given, &surname) {
        let middle = row.text(Field::MiddleName).unwrap_or_default();
        let call = row.text(Field::CallName);
        let shown = format!("{} {surname}", call.as_ref().unwrap_or(given));
        let every_given = match &call {
            Some(call) if !fold(given).contains(&fold(call)) => format!("{given} {call}"),
            _ => given.to_string(),
        };
        return Some((tidy(&shown), NameTokens::apart(&every_given, &middle, surname)));
    }
    let whole = row.text(Field::Name).or(surname).or(given)?;
    let shown = match whole.split_once(',') {
        Some((surname, given)) => tidy(&format!("{given} {surname}")),
        None => whole.to_string(),
    };
    let tokens = NameTokens::whole(&whole);
    (!tokens.is_empty()).then_some((shown, tokens))
}
