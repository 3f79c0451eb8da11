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

/// Answers that were read before: the same again, in a copy that was saved anew, says nothing new.
pub struct Known<'m>(BTreeMap<&'m AccountKey, Vec<&'m AnswerLine>>);

impl<'m> Known<'m> {
    /// Puts them in order.
    pub fn of(answers: &'m [AnswerLine]) -> Self {
        let mut rows: BTreeMap<&AccountKey, Vec<&AnswerLine>> = BTreeMap::new();
        answers.iter().for_each(|own| rows.entry(&own.row).or_default().push(own));
        Self(rows)
    }

    /// Whether an answer is among them.
    pub fn says(&self, answer: &AnswerLine) -> bool {
        self.0.get(&answer.row).is_some_and(|own| own.iter().any(|own| says_the_same(own, answer)))
    }
}

/// Whether two answers say the same, whatever workbook they stand in.
fn says_the_same(one: &AnswerLine, other: &AnswerLine) -> bool {
    let bare = |line: &AnswerLine| AnswerLine { workbook: String::new(), ..line.clone() };
    bare(one) == bare(other)
}
