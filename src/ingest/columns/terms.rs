//! First days of terms beside the first day of the employment: a register with a row for each change of terms has both.
//!
//! `Gäller from` alone is the first day of the employment. Beside a column that says so in its own words it tells from when
//! the row holds, and the last day beside it may end no more than that.

use super::super::header::normalise;
use super::{Claim, Mapping, Seen};
use crate::model::Field;

/// Takes a first day of no stated kind for that of the terms, where another column has the employment's own.
pub fn take_terms(claims: &mut [Claim], mapping: &Mapping, seen: &Seen<'_>) {
    let is_filled = |column: usize| !seen.profile.is_empty(column);
    let is_start = |claim: &Claim| claim.field == Field::EmploymentStart && is_filled(claim.column);
    let of_terms = |column: usize| is_of_terms(&mapping.headers[column]);
    let stated = mapping.columns.get(&Field::EmploymentStart).into_iter().flatten().any(|&column| is_filled(column));
    if !stated && !claims.iter().any(|claim| is_start(claim) && !of_terms(claim.column)) {
        return;
    }
    for claim in claims.iter_mut().filter(|claim| is_start(claim)) {
        if of_terms(claim.column) {
            claim.field = Field::TermsFrom;
        }
    }
}

/// Whether a header names a first day, and nothing of the employment.
fn is_of_terms(header: &str) -> bool {
    const WHAT_HOLDS: [&str; 7] = ["galler", "gallande", "giltig", "effective", "villkor", "period", "valid"];
    const FIRST_DAYS: [&str; 6] = ["from", "fran", "franochmed", "fromdatum", "frandatum", "begda"];
    let folded = normalise(header);
    FIRST_DAYS.contains(&folded.as_str()) || WHAT_HOLDS.iter().any(|word| folded.starts_with(word))
}
