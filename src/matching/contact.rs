//! Whose a link is: that of the person who is called so, or that of the contact of a thing.
//!
//! A service, shared or test account carries the address or the employee number of whoever looks after it. Such a key names a
//! person and does not make the account that person's: nobody would answer for it, and it would pass for a personal
//! account in order.

use super::account_record::{AccountRecord, NameSource};
use super::evidence::{Evidence, EvidenceField, Level};
use super::handle::own_part;
use super::words::account_words;
use super::{Candidate, Outcome};
use crate::model::{Account, Strings};
use crate::roster::Roster;

/// Who was found for an account.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Holder {
    /// Nobody for certain.
    Nobody,
    /// A person whom keys alone name: of a thing its contact.
    ByKey,
    /// A person whom the account is called after, or who was said to have it.
    Named,
}

impl Holder {
    /// What the best candidate of an account is to it.
    pub fn of(
        outcome: Outcome,
        best: Option<&Candidate>,
        (account, record): (&Account, &AccountRecord<'_>),
        (strings, roster): (&Strings, &Roster),
    ) -> Self {
        let Some(best) = best.filter(|_| outcome == Outcome::Linked) else { return Self::Nobody };
        // A name that only an address spells is that of whoever has the address.
        let is_stated = record.source == NameSource::Columns;
        let named = best.evidence.iter().any(|own| is_said(own) || is_stated && is_name_that_fits(own));
        let person = roster.person(best.person);
        let known: Vec<&String> = std::iter::once(&person.tokens)
            .chain(&person.other_names)
            .flat_map(|tokens| tokens.given.iter().chain(&tokens.surname))
            .collect();
        let words = account_words(own_part(strings.text(account.name)));
        let called = || words.iter().any(|word| known.contains(&word));
        if named || called() || is_numbered(best) { Self::Named } else { Self::ByKey }
    }
}

/// Whether payroll, a directory or the owner says that the account, by its own name, is the person's, or its name is made
/// as those of people here are.
fn is_said(own: &Evidence) -> bool {
    match own.field {
        EvidenceField::UserName | EvidenceField::Stated => own.level == Level::Exact,
        EvidenceField::AccountName => own.level == Level::Exact && own.bits > 0.0,
        _ => false,
    }
}

/// Whether a number agrees by which nobody is written down as a contact: it is that of the person who signs in.
fn is_numbered(best: &Candidate) -> bool {
    let personal = |field| matches!(field, EvidenceField::PersonalNumber | EvidenceField::HsaId);
    best.evidence.iter().any(|own| personal(own.field) && own.level == Level::Exact)
}

fn is_name_that_fits(own: &Evidence) -> bool {
    own.field.is_name() && !matches!(own.level, Level::Differs | Level::Renamed | Level::Missing)
}
