//! The door: through it every text goes on its way to a recipient.
//!
//! What comes of it is [`Shown`], which nothing else can make, so that report and record cannot take a raw text by
//! mistake. The [`Screen`] looks at the text itself, whatever column it stood in: everything by which a protected person
//! is known is replaced, and every number of a person's form masked to its date.

mod affixes;
mod alike;
mod called;
mod folded;
mod identifiers;
mod labels;
mod lost;
mod names;
mod often;
mod screen;
mod shown;
mod ways;

pub use identifiers::Identifiers;
pub use screen::Screen;
pub use shown::{Shown, is_hidden};

use self::often::Often;
use super::reference::Names;
use super::row::{self, AccountRow};
use super::run::RunFacts;
use crate::examine::Examination;
use crate::followup::Tracked;
use crate::model::{AccountIx, AccountLabels, Language, Message};
use crate::review::{AccountCx, Review, Subject, SystemCx};
use chrono::NaiveDate;
use rayon::prelude::*;
use std::collections::BTreeMap;

/// The screen of a run with what its accounts are called through it, once those that are called by something of a
/// protected person's are hidden too. `day` settles the century of numbers written short.
pub fn screened(examination: &mut Examination, day: NaiveDate) -> (Screen, Vec<AccountLabels>) {
    let screen = Screen::new(Identifiers::of(examination), day);
    called::hide_called(examination, &screen);
    let labels = labels::labels(examination, &screen);
    (screen, labels)
}

/// Who reads what is let out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Audience {
    /// Anyone who gets an ordinary output: protected persons are counts.
    Ordinary,
    /// The post that handles protected persons: them, and nobody else.
    Restricted,
}

/// What the parts of this module share.
pub struct Door<'a> {
    /// The review.
    pub review: &'a Review<'a>,
    /// Names that stand in columns.
    pub names: Names<'a>,
    /// In what language it speaks.
    pub language: Language,
    /// For whom.
    pub audience: Audience,
    screen: &'a Screen,
    often: Often,
    own_words: Often,
}

impl<'a> Door<'a> {
    /// Opens it for somebody.
    pub fn new(review: &'a Review<'a>, audience: Audience, screen: &'a Screen) -> Self {
        let language = review.config.review.language;
        Self {
            review,
            names: Names::new(review, audience, screen),
            audience,
            language,
            screen,
            often: Often::default(),
            own_words: Often::default(),
        }
    }

    /// What the post for protected persons reads through.
    pub fn screen_for_post(&self) -> Screen {
        self.screen.for_post()
    }

    /// A text as it may be shown.
    pub fn show(&self, text: &str) -> Shown {
        self.screen.show(text)
    }

    /// The same of a text that stands on many rows.
    pub fn show_often(&self, text: &str) -> Shown {
        self.often.get(text, |text| self.show(text))
    }

    /// The values of a list, some of which can be parts of one text.
    pub fn show_list<'t>(&self, list: impl IntoIterator<Item = &'t str>) -> Vec<Shown> {
        let list: Vec<&str> = list.into_iter().collect();
        self.screen.show_list(&list, |text| self.show_often(text))
    }

    /// The program's own words about a row, which many rows share.
    pub fn own_words(&self, words: &str) -> Shown {
        self.own_words.get(words, Shown::let_out)
    }

    /// A text, where there is one.
    pub fn show_some(&self, text: Option<&str>) -> Option<Shown> {
        text.map(|text| self.show(text))
    }

    /// What somebody who may be shown, or an account of theirs, is called.
    pub fn show_open(&self, text: &str) -> Shown {
        self.screen.show_open(text)
    }

    /// A message in the language of the run.
    pub fn say(&self, message: &Message) -> Shown {
        self.show(message.get(self.language))
    }

    /// A row for every account of a system that may be shown here, with the findings about it.
    pub fn rows(&self, cx: SystemCx<'a>, findings: &[&Tracked], run: &RunFacts) -> Vec<AccountRow> {
        let by_account = by_account(findings);
        let row = |account: AccountCx<'_>| {
            let own = by_account.get(&account.ix).map_or(&[][..], Vec::as_slice);
            row::account(&account, own, self, run)
        };
        // Each is made in its place: put together from pieces, the rows of a system would be held twice.
        let rows = self.shown_accounts(cx).into_par_iter().map(|account| cx.account(account).map(row));
        rows.collect::<Vec<_>>().into_iter().flatten().collect()
    }

    /// Every account of a system that may be shown here; those left out on purpose too.
    pub fn shown_accounts(&self, cx: SystemCx<'_>) -> Vec<AccountIx> {
        match self.audience {
            Audience::Restricted => self.review.protection.accounts[cx.place].iter().copied().collect(),
            Audience::Ordinary => {
                let all = cx.export.map_or(0, |export| export.accounts.len());
                let all = (0u32..).map(AccountIx).take(all);
                all.filter(|account| !self.is_hidden(cx.place, *account)).collect()
            }
        }
    }

    /// Whether an account is kept out of what is shown here.
    pub fn is_hidden(&self, system: usize, account: AccountIx) -> bool {
        let protected = self.review.protection.accounts[system].contains(&account);
        protected == (self.audience == Audience::Ordinary)
    }

    /// What an account is called.
    pub fn label(&self, account: &AccountCx<'_>) -> Shown {
        self.label_at(account.system.place, account.ix)
    }

    /// The same by its place. Labels have passed the screen.
    pub fn label_at(&self, system: usize, account: AccountIx) -> Shown {
        Shown::let_out(self.review.systems[system].labels.get(account.0 as usize))
    }
}

/// Findings of one system, by account.
fn by_account<'t>(findings: &[&'t Tracked]) -> BTreeMap<AccountIx, Vec<&'t Tracked>> {
    let mut by_account: BTreeMap<AccountIx, Vec<&Tracked>> = BTreeMap::new();
    for tracked in findings {
        if let Subject::Account(_, account) = tracked.finding.subject {
            by_account.entry(account).or_default().push(tracked);
        }
    }
    by_account
}
