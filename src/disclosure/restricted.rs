//! The part of the post that handles protected persons: the accounts and persons that no ordinary output shows.

use super::person::{self, PersonRow};
use super::{AccountRow, Audience, Door, RunFacts, lines, past};
use crate::followup::{Followed, Tracked};
use crate::review::Review;
use crate::runfolder::FindingLine;

/// Everything that post gets.
#[derive(Clone, Debug)]
pub struct RestrictedBook {
    /// The post.
    pub recipient: String,
    /// Every hidden account, by system in the order of the configuration.
    pub accounts: Vec<AccountRow>,
    /// Protected persons with something to correct in payroll.
    pub persons: Vec<PersonRow>,
    /// Of the accounts, how many are hidden only because they may be a protected person's.
    pub perhaps: u64,
    /// One line a finding.
    pub lines: Vec<FindingLine>,
}

/// Gathers it, where a recipient is named.
pub fn book(review: &Review<'_>, followed: &Followed, run: &RunFacts) -> Option<RestrictedBook> {
    let recipient = review.config.protected_recipient.clone()?;
    let door = Door::new(review, Audience::Restricted, run.language);
    let is_hidden = |tracked: &&Tracked| super::is_protected(review, tracked.finding.subject);
    let hidden: Vec<&Tracked> = followed.all().filter(is_hidden).collect();
    let accounts = review.system_contexts().flat_map(|cx| {
        let own: Vec<&Tracked> = followed.systems[cx.place].iter().filter(is_hidden).collect();
        door.rows(cx, &own, run)
    });
    let gone = past::restricted(review, followed).into_iter().map(|gone| past::line(gone, run.language));
    Some(RestrictedBook {
        recipient,
        accounts: accounts.collect(),
        persons: person::rows(&hidden, &door, run),
        perhaps: review.protection.perhaps as u64,
        lines: hidden.iter().map(|tracked| lines::finding(tracked, &door)).chain(gone).collect(),
    })
}
