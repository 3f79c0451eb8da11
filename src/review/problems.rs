//! What could not be used of the returned workbooks, for the rules that tell it.

use super::context::Review;
use super::finding::{Fact, Hit};
use crate::history::{Problem, ProblemKind};
use crate::model::{Language, Message};

/// Tells the problems of one kind, where there are any: how many, and the first few in words. The facts hold all.
pub fn told(review: &Review<'_>, kind: ProblemKind, says: fn(usize, Message) -> Message) -> Option<Hit> {
    let own = review.recalled.read.problems_of(kind);
    if own.is_empty() {
        return None;
    }
    let list = Message { sv: Problem::list(&own, Language::Sv), en: Problem::list(&own, Language::En) };
    let all = own.iter().map(|problem| problem.told(review.config.review.language)).collect();
    Some(Hit::new(says(own.len(), list)).fact("rows", Fact::List(all)))
}
