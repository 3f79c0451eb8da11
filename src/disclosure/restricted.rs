//! The part of the post that handles protected persons: the accounts and persons that no ordinary output shows.

use super::door::{Audience, Door, Shown};
use super::person::{self, PersonRow};
use super::{AccountRow, RunFacts, lines, past};
use crate::followup::{Followed, Tracked};
use crate::matching::Spread;
use crate::model::Text;
use crate::review::AccountCx;
use crate::runfolder::{FindingLine, RestrictedAccountLine};

/// Everything that post gets.
#[derive(Clone, Debug)]
pub struct RestrictedBook {
    /// The post.
    pub recipient: Shown,
    /// Every hidden account, by system in the order of the configuration.
    pub accounts: Vec<AccountRow>,
    /// Protected persons with something to correct in payroll.
    pub persons: Vec<PersonRow>,
    /// Of the accounts, how many are hidden only because they may be a protected person's.
    pub perhaps: u64,
    /// What hid the others, and how many marks hid nothing.
    pub spread: [(Text, u64); 5],
    /// One line a finding.
    pub lines: Vec<FindingLine>,
    /// One line an account, with the answers on its row.
    pub account_lines: Vec<RestrictedAccountLine>,
}

/// Gathers it, where a recipient is named.
pub fn book(ordinary: &Door<'_>, followed: &Followed, run: &RunFacts) -> Option<RestrictedBook> {
    let review = ordinary.review;
    let recipient = review.config.protected_recipient.as_deref()?;
    let screen = ordinary.screen_for_post();
    let door = Door::new(review, Audience::Restricted, &screen);
    let is_hidden = |tracked: &&Tracked| super::is_protected(review, tracked.finding.subject);
    let hidden: Vec<&Tracked> = followed.all().filter(is_hidden).collect();
    let accounts = review.system_contexts().flat_map(|cx| {
        let own: Vec<&Tracked> = followed.systems[cx.place].iter().filter(is_hidden).collect();
        door.rows(cx, &own, run)
    });
    let places =
        review.system_contexts().flat_map(|cx| door.shown_accounts(cx).into_iter().map(move |ix| (cx.place, ix)));
    let accounts_shown = places.filter_map(|(place, ix)| review.account(place, ix));
    let account_lines = accounts_shown.map(|cx| line(&cx, &door)).collect();
    let gone = past::restricted(ordinary, followed);
    let gone = gone.into_iter().map(|gone| past::line(gone, &door));
    Some(RestrictedBook {
        recipient: door.show(recipient),
        accounts: accounts.collect(),
        persons: person::rows(&hidden, &door, run),
        perhaps: review.protection.perhaps as u64,
        spread: told(review.protection.spread),
        account_lines,
        lines: hidden.iter().map(|tracked| lines::finding(tracked, &door)).chain(gone).collect(),
    })
}

fn line(cx: &AccountCx<'_>, door: &Door<'_>) -> RestrictedAccountLine {
    RestrictedAccountLine { account: lines::account(cx, door), answers: past::answers_of(cx, door) }
}

/// How far the marks went, in words.
fn told(spread: Spread) -> [(Text, u64); 5] {
    let Spread { by_mark, by_key, by_match, by_name, of_nobody } = spread;
    [
        (Text::new("–  märkta i exporten", "–  marked in the export"), by_mark as u64),
        (Text::new("–  med samma nyckel som en märkt rad", "–  with the same key as a marked row"), by_key as u64),
        (Text::new("–  kopplade till en skyddad person", "–  linked to a protected person"), by_match as u64),
        (Text::new("–  med ett namn som ingen annan bär", "–  with a name that no other bears"), by_name as u64),
        (
            Text::new("Märkta rader vars person inte har något konto", "Marked rows whose person has no account"),
            of_nobody as u64,
        ),
    ]
}
