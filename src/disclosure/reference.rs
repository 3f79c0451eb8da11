//! Names that stand in columns: managers, owners, candidates. A protected person is not named, nor
//! hinted at by an empty place that others would not have.

use super::door::{Audience, Screen, Shown};
use super::recipient::{RecipientShown, address_in};
use crate::model::{AccountName, Person, PersonIx, fold};
use crate::review::{Review, reference_key};
use crate::roster::Resolution;
use foldhash::HashMap;
use std::collections::BTreeSet;
use std::sync::{PoisonError, RwLock};

/// Looks up and hides names.
pub struct Names<'a> {
    review: &'a Review<'a>,
    audience: Audience,
    screen: &'a Screen,
    known: RwLock<HashMap<String, Shown>>,
    /// What accounts that are hidden are called.
    hidden_names: BTreeSet<AccountName>,
}

impl<'a> Names<'a> {
    /// No names looked up yet.
    pub fn new(review: &'a Review<'a>, audience: Audience, screen: &'a Screen) -> Self {
        let hidden_names = match audience {
            Audience::Ordinary => hidden_names(review),
            Audience::Restricted => BTreeSet::new(),
        };
        Self { review, audience, screen, known: RwLock::default(), hidden_names }
    }

    /// Whether a person may not be named here.
    pub fn is_protected(&self, person: PersonIx) -> bool {
        self.audience == Audience::Ordinary && self.review.protection.persons.contains(&person)
    }

    /// Whether a text is what a hidden account, or somebody who is protected, is called.
    pub fn is_hidden(&self, written: &str) -> bool {
        self.audience == Audience::Ordinary
            && (self.hidden_names.contains(&reference_key(written)) || self.review.protection.names_someone(written))
    }

    /// Whether all that a text can name are protected. A name that somebody else bears too tells of nobody, and would tell
    /// of her if it were hidden.
    pub fn names_only_protected(&self, persons: &[PersonIx]) -> bool {
        !persons.is_empty() && persons.iter().all(|person| self.is_protected(*person))
    }

    /// Somebody as written, where it is known who bears the name.
    pub fn reference(&self, written: &str, persons: &[PersonIx]) -> Shown {
        let hidden = self.names_only_protected(persons) || self.is_hidden(written);
        if hidden { Shown::hidden() } else { self.screen.show(written) }
    }

    /// A person who may be shown.
    pub fn open(&self, person: PersonIx) -> Option<&'a Person> {
        (!self.is_protected(person)).then(|| self.review.roster.person(person))
    }

    /// Someone as written: by name where a number was written, as it stands otherwise. Where it can be a protected
    /// person only the post is said, where one is known that others hold too.
    pub fn shown(&self, written: &str) -> Shown {
        // What another thread left half done is a whole entry or none.
        if let Some(known) = self.known.read().unwrap_or_else(PoisonError::into_inner).get(written) {
            return known.clone();
        }
        let resolution = self.review.resolve(written);
        let hidden = self.names_only_protected(resolution.persons()) || self.is_hidden(written);
        let shown = match resolution {
            Resolution::Person(ix) if hidden => self.post_of(ix).unwrap_or_else(Shown::hidden),
            Resolution::Several(_) | Resolution::Post | Resolution::Unknown if hidden => Shown::hidden(),
            Resolution::Person(ix) => self.screen.show_open(&self.review.roster.person(ix).name),
            Resolution::Several(_) | Resolution::Post | Resolution::Unknown => self.screen.show(written),
        };
        let mut known = self.known.write().unwrap_or_else(PoisonError::into_inner);
        known.insert(written.to_owned(), shown.clone());
        shown
    }

    /// Someone as written, as the recipient of a workbook: with the e-mail that was written, or else the one that payroll
    /// holds. Who is not named has no address either.
    pub fn recipient(&self, written: &str) -> RecipientShown {
        let name = self.shown(written);
        let resolution = self.review.resolve(written);
        let hidden = resolution.persons().iter().any(|person| self.is_protected(*person)) || self.is_hidden(written);
        let known = match resolution {
            Resolution::Person(ix) => self.review.roster.person(ix).email.as_deref(),
            Resolution::Several(_) | Resolution::Post | Resolution::Unknown => None,
        };
        let address = address_in(written).or(known).filter(|_| !hidden);
        // An address that the screen would change names somebody who is not to be named.
        let address = address.map(|own| (own, self.screen.show_open(own)));
        let address = address.filter(|(own, shown)| **own == **shown).map(|(_, shown)| shown);
        match resolution {
            // Two of the same name, and no address to tell them by, must not be taken for one.
            Resolution::Person(ix) if !hidden && address.is_none() => {
                let id = self.screen.show_open(&self.review.roster.person(ix).id.0);
                RecipientShown { name: name.with(format_args!(" ({id})")), address }
            }
            _ => RecipientShown { name, address },
        }
    }

    /// The post of someone as written, for papers that name no person: the post itself, or the
    /// person's title.
    pub fn post(&self, written: &str) -> Option<Shown> {
        match self.review.resolve(written) {
            Resolution::Post => Some(self.screen.show(written)),
            Resolution::Person(ix) => {
                let title = self.title(ix).filter(|_| !self.is_protected(ix))?;
                Some(self.screen.show(title))
            }
            Resolution::Several(_) | Resolution::Unknown => None,
        }
    }

    fn title(&self, ix: PersonIx) -> Option<&'a str> {
        let day = self.review.config.review.as_of;
        let current = self.review.roster.person(ix).employments.iter().find(|employment| employment.goes_on(day));
        current.and_then(|employment| employment.title.as_deref())
    }

    /// The post of somebody who is not named, where so many hold one that it points at nobody.
    fn post_of(&self, ix: PersonIx) -> Option<Shown> {
        let title = self.title(ix)?;
        let (_, holders) = self.review.titles.get(&fold(title))?;
        (*holders >= self.review.config.thresholds.small_count).then(|| self.screen.show(title))
    }
}

/// Account names and addresses of hidden accounts: whose they are may be unsettled, and still they name somebody
/// who may be protected.
fn hidden_names(review: &Review<'_>) -> BTreeSet<AccountName> {
    let mut names = BTreeSet::new();
    for (place, hidden) in review.protection.accounts.iter().enumerate() {
        for cx in hidden.iter().filter_map(|account| review.account(place, *account)) {
            let own = [Some(cx.account.name), cx.account.email, cx.account.upn, cx.account.dn];
            let texts = own.into_iter().chain(cx.export.strings.list(cx.account.more_mails).iter().copied().map(Some));
            names.extend(texts.filter_map(|sym| cx.text(sym)).map(reference_key));
        }
    }
    names
}
