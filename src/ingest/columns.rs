//! Which column became what: headers first, content where a header is ambiguous, configuration
//! before both.

use super::format::Trouble;
use super::header::{Meaning, meanings, normalise};
use super::profile::Profile;
use crate::model::{Field, Kind, Role, message};
use std::collections::BTreeMap;

/// The columns of one sheet.
#[derive(Clone, Debug, Default)]
pub struct Mapping {
    /// Field → the columns that answer for it together, from 0, in the order of the file.
    pub columns: BTreeMap<Field, Vec<usize>>,
    /// Headers of the columns, as written.
    pub headers: Vec<String>,
    /// Headers of columns never read.
    pub dropped: Vec<String>,
    /// Headers that name nothing known.
    pub unknown: Vec<String>,
    /// Headers passed over for a better one.
    pub passed_over: Vec<(Field, String)>,
}

/// One column that could be a field.
#[derive(Clone, Copy, Debug)]
struct Claim {
    column: usize,
    field: Field,
    rank: u16,
}

/// Decides the columns of a sheet.
///
/// # Errors
/// A configured header that is not there, or two columns for one key that do not agree.
pub fn map(
    headers: &[String],
    role: Role,
    stated: &BTreeMap<Field, Vec<String>>,
    profile: &Profile,
) -> Result<Mapping, Trouble> {
    let mut mapping = Mapping { headers: headers.to_vec(), ..Mapping::default() };
    take_stated(&mut mapping, stated)?;
    let claims = claims(&mut mapping, role, profile);
    for field in Field::ALL {
        let mut own: Vec<Claim> = claims.iter().filter(|claim| claim.field == *field).copied().collect();
        own.sort_by_key(|claim| (profile.is_empty(claim.column), claim.rank, claim.column));
        if !own.is_empty() && !mapping.columns.contains_key(field) {
            take_best(&mut mapping, &own, profile, stated)?;
        }
    }
    Ok(mapping)
}

/// Configured columns, found by header.
fn take_stated(mapping: &mut Mapping, stated: &BTreeMap<Field, Vec<String>>) -> Result<(), Trouble> {
    for (&field, headers) in stated {
        let mut columns = Vec::new();
        for header in headers {
            let exact = mapping.headers.iter().position(|own| own == header);
            let folded = || mapping.headers.iter().position(|own| normalise(own) == normalise(header));
            columns.push(exact.or_else(folded).ok_or_else(|| missing_header(field, header, &mapping.headers))?);
        }
        mapping.columns.insert(field, columns);
    }
    Ok(())
}

/// What each remaining column could be; ambiguous headers are settled by what the column holds.
fn claims(mapping: &mut Mapping, role: Role, profile: &Profile) -> Vec<Claim> {
    let mut claims = Vec::new();
    for column in 0..mapping.headers.len() {
        let header = mapping.headers[column].clone();
        let taken = mapping.columns.values().flatten().any(|&other| other == column);
        if taken || header.trim().is_empty() {
            continue;
        }
        let meanings = meanings(&header, role);
        match settle(&meanings, profile, column) {
            [] if meanings.is_empty() => mapping.unknown.push(header),
            [] | [Meaning::Ignore, ..] => {}
            [Meaning::Drop, ..] => mapping.dropped.push(header),
            fields => claims.extend(fields.iter().filter_map(|meaning| match meaning {
                Meaning::Field(field, rank) => Some(Claim { column, field: *field, rank: *rank }),
                _ => None,
            })),
        }
    }
    claims
}

/// Of several meanings, those from the first on whose kind fits the column's content.
fn settle<'m>(meanings: &'m [Meaning], profile: &Profile, column: usize) -> &'m [Meaning] {
    let fits = |meaning: &Meaning| match meaning {
        Meaning::Field(field, _) => match field.kind() {
            Kind::Date => profile.is_mostly_dates(column),
            Kind::Flag => profile.is_mostly_flags(column),
            Kind::Identifier | Kind::Words => !profile.is_mostly_dates(column),
        },
        _ => true,
    };
    match meanings {
        [] | [_] => meanings,
        several if profile.is_empty(column) => several,
        several => {
            let from = several.iter().position(fits).unwrap_or(0);
            &several[from..=from]
        }
    }
}

/// Takes the best column for a field. A second column for a key must agree, be empty, or have
/// another field to go to.
fn take_best(
    mapping: &mut Mapping,
    claims: &[Claim],
    profile: &Profile,
    stated: &BTreeMap<Field, Vec<String>>,
) -> Result<(), Trouble> {
    let Some((best, others)) = claims.split_first() else { return Ok(()) };
    let taken = |column: usize| mapping.columns.values().flatten().any(|&other| other == column);
    if taken(best.column) {
        return Ok(());
    }
    let field = best.field;
    for other in others.iter().filter(|other| !taken(other.column)) {
        let contested = field.is_key() && !stated.contains_key(&field);
        if contested && !profile.agree(best.column, other.column) && !has_other_use(other, mapping) {
            return Err(two_columns(field, &mapping.headers[best.column], &mapping.headers[other.column]));
        }
    }
    for other in others {
        let header = mapping.headers[other.column].clone();
        mapping.passed_over.push((field, header));
    }
    mapping.columns.insert(field, vec![best.column]);
    Ok(())
}

/// Whether a column that is not the best for a key can serve as the user name instead.
fn has_other_use(claim: &Claim, mapping: &Mapping) -> bool {
    let header = &mapping.headers[claim.column];
    let network_name =
        meanings(header, Role::Accounts).iter().any(|meaning| matches!(meaning, Meaning::Field(Field::UserName, _)));
    claim.field == Field::Account && network_name && !mapping.columns.contains_key(&Field::UserName)
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

fn two_columns(field: Field, first: &str, second: &str) -> Trouble {
    let field = field.key();
    Trouble {
        says: message!(
            "två kolumner kan vara {field}: \"{first}\" och \"{second}\", och de skiljer sig åt",
            "two columns can be {field}: \"{first}\" and \"{second}\", and they differ"
        ),
        way_out: message!(
            "Ange vilken som gäller under columns: {field} = \"{first}\"",
            "State which one holds under columns: {field} = \"{first}\""
        ),
    }
}

/// Headers as a list in quotes, for messages.
pub fn quoted(headers: &[String]) -> String {
    let shown: Vec<String> =
        headers.iter().filter(|header| !header.trim().is_empty()).map(|h| format!("\"{h}\"")).collect();
    shown.join(", ")
}
