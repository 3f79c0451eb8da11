//! The same row answered several times: on two sheets, in a copy, in a draft.

use super::book::Answered;
use super::{Problem, ProblemKind};
use crate::model::{AccountKey, message};
use crate::runfolder::AnswerLine;
use std::collections::BTreeMap;

/// One answer a row. Equal answers are one; of answers that differ none is taken.
pub fn merge(answered: Vec<Answered>) -> (Vec<Answered>, Vec<Problem>) {
    let mut rows: BTreeMap<(AccountKey, String), Vec<Answered>> = BTreeMap::new();
    for own in answered {
        rows.entry((own.line.row.clone(), own.line.issued_in.clone())).or_default().push(own);
    }
    let (mut taken, mut problems) = (Vec::new(), Vec::new());
    for own in rows.into_values() {
        if own.iter().all(|other| says_the_same(&other.line, &own[0].line)) {
            taken.extend(own.into_iter().next());
        } else {
            problems.extend(own.into_iter().map(|own| Problem {
                place: own.place,
                kind: ProblemKind::Unusable,
                why: message!(
                    "raden har besvarats på olika sätt i flera arbetsböcker eller blad; inget av svaren är taget",
                    "the row was answered in different ways in several workbooks or sheets; no answer was taken"
                ),
            }));
        }
    }
    (taken, problems)
}

/// Whether two answers say the same, whatever workbook they stand in.
fn says_the_same(one: &AnswerLine, other: &AnswerLine) -> bool {
    let bare = |line: &AnswerLine| AnswerLine { workbook: String::new(), ..line.clone() };
    bare(one) == bare(other)
}
