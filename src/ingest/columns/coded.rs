//! Columns in pairs, a code and what it stands for: `Ansvar` and `Ansvar(T)`, as Unit4 writes them.
//!
//! Both are called alike once the bracket is cut, and yet they answer different questions: the code is what other systems
//! know, and the text is what somebody reads.

use super::{Claim, Mapping, Seen};
use crate::ingest::header::normalise;
use crate::model::{Field, Kind};

/// Gives each column of texts the field that its code's texts are of, and lets the text answer where words are asked for.
pub(super) fn take_texts_for_codes(mapping: &mut Mapping, claims: &mut Vec<Claim>, seen: &Seen<'_>) {
    for (code, text) in pairs(&mapping.headers) {
        let named = claims.iter().any(|claim| claim.field == Field::Name && claim.column != text);
        for claim in claims.iter_mut().filter(|claim| claim.column == text) {
            match claim.field {
                Field::EmployeeNumber | Field::Account if seen.contents.holds_names(text) || !named => {
                    claim.field = Field::Name;
                }
                // What is responsible for costs is a unit, which any column that says so names better.
                Field::CostCentre => *claim = Claim { field: Field::Unit, rank: u16::MAX, ..*claim },
                _ => {}
            }
        }
        let of_words = |claim: &Claim| (claim.field.kind() == Kind::Words).then_some(claim.field);
        let answered: Vec<Field> = claims.iter().filter(|claim| claim.column == text).filter_map(of_words).collect();
        let is_code = |claim: &Claim| claim.column == code && answered.contains(&claim.field);
        for claim in claims.extract_if(.., |claim| is_code(claim)) {
            mapping.passed_over.push((claim.field, mapping.headers[code].clone()));
        }
        let header = &mapping.headers[code];
        if !answered.is_empty() && mapping.unknown.iter().any(|own| own.header == *header) {
            mapping.unknown.retain(|own| own.header != *header);
            mapping.ignored.push(code);
        }
    }
}

/// Whether headers are Unit4's: a code with its text, or what it calls whoever works there.
pub fn is_of_unit4(headers: &[String]) -> bool {
    let is_resource = |header: &String| matches!(normalise(header).as_str(), "resnr" | "resursnr" | "resursnummer");
    !pairs(headers).is_empty() || headers.iter().any(is_resource)
}

/// Every column of codes with the column of their texts.
fn pairs(headers: &[String]) -> Vec<(usize, usize)> {
    let of_text = |header: &String| {
        let header = header.trim();
        let bare = header.strip_suffix("(T)").or_else(|| header.strip_suffix("(t)"))?;
        Some(normalise(bare)).filter(|bare| !bare.is_empty())
    };
    let texts = headers.iter().enumerate().filter_map(|(text, header)| Some((text, of_text(header)?)));
    texts.filter_map(|(text, bare)| Some((headers.iter().position(|own| normalise(own) == bare)?, text))).collect()
}
