//! Who is meant by an owner, administrator or manager: a person by number, e-mail, account name or name, or a
//! post, which is accepted as it stands.

use super::{Roster, name_keys};
use crate::model::{NameTokens, PersonIx, PersonalNumber, before_comma};
use std::borrow::Cow;
use std::collections::BTreeSet;

/// What a written reference came to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Resolution {
    /// One person.
    Person(PersonIx),
    /// The name fits several.
    Several(Vec<PersonIx>),
    /// A post or a unit, not a person.
    Post,
    /// Someone or something that cannot be found.
    Unknown,
}

impl Resolution {
    /// Everyone it could be.
    pub fn persons(&self) -> &[PersonIx] {
        match self {
            Self::Person(ix) => std::slice::from_ref(ix),
            Self::Several(persons) => persons,
            Self::Post | Self::Unknown => &[],
        }
    }
}

/// Finds who is meant. What a directory's path names is a person or nobody, never a post.
pub fn resolve(written: &str, roster: &Roster) -> Resolution {
    let named = named(written);
    let persons = by_key(&named, roster);
    let persons = if persons.is_empty() { by_name(&named, roster) } else { persons };
    let is_path = matches!(named, Cow::Owned(_));
    if persons.is_empty() && !is_path && !named.contains('@') && roster.posts().name(&named) {
        return beside_a_post(&named, roster);
    }
    found(&persons, roster)
}

/// Who is meant by a text with a word of posts: a post is what is left when nobody is named beside it. A name that nobody
/// bears is not a post either.
fn beside_a_post(named: &str, roster: &Roster) -> Resolution {
    let beside = roster.posts().beside(named);
    let persons: BTreeSet<PersonIx> = beside.names.iter().flat_map(|name| by_name(name, roster)).collect();
    let persons: Vec<PersonIx> = persons.into_iter().collect();
    match (persons.is_empty(), beside.is_named) {
        (true, false) => Resolution::Post,
        (true, true) => Resolution::Unknown,
        (false, _) => found(&persons, roster),
    }
}

/// The part of a reference that names somebody: the leaf of a directory's path, `CN=Eva Lind,OU=Personal` or
/// `ex.se/Users/Eva Lind`, or all of it.
pub fn named(written: &str) -> Cow<'_, str> {
    let written = written.trim();
    match distinguished(written).or_else(|| canonical(written)) {
        Some(leaf) => Cow::Owned(leaf),
        None => Cow::Borrowed(written),
    }
}

/// The value of the first part of a distinguished name, where a comma of its own stands behind a backslash.
fn distinguished(written: &str) -> Option<String> {
    let (attribute, rest) = written.split_once('=')?;
    let known = ["cn", "uid", "ou", "sn", "samaccountname"].contains(&attribute.trim().to_lowercase().as_str());
    if !known {
        return None;
    }
    Some(before_comma(rest).trim().to_owned())
}

/// The last part of a canonical name, which begins with a domain.
fn canonical(written: &str) -> Option<String> {
    let (domain, path) = written.split_once('/')?;
    let is_domain = domain.contains('.') && !domain.contains(char::is_whitespace) && !domain.contains('@');
    let leaf = path.rsplit('/').next().filter(|leaf| is_domain && !leaf.trim().is_empty())?;
    Some(leaf.trim().to_owned())
}

/// Those with such a number, address or account name.
fn by_key(named: &str, roster: &Roster) -> Vec<PersonIx> {
    if named.is_empty() {
        return Vec::new();
    }
    let index = roster.index();
    if named.contains('@') {
        return index.by_mail(address(named)).to_vec();
    }
    let mut persons: BTreeSet<PersonIx> = index.by_employee(named).iter().copied().collect();
    persons.extend(by_personal_number(named, roster));
    let account = named.rsplit('\\').next().unwrap_or(named);
    persons.extend(index.by_user_name(account).iter().chain(index.by_hsa_id(named)));
    persons.into_iter().collect()
}

/// The address in `Eva Lind <eva.lind@ex.se>`, or all of it.
fn address(written: &str) -> &str {
    let inner = written.split_once('<').and_then(|(_, rest)| rest.split_once('>'));
    inner.map_or(written, |(address, _)| address.trim())
}

fn by_personal_number(named: &str, roster: &Roster) -> Option<PersonIx> {
    /// With fewer digits it is another kind of number.
    const LEAST_DIGITS: usize = 10;
    let digits = named.bytes().filter(u8::is_ascii_digit).count();
    let reading = PersonalNumber::read(named, None, roster.facts.day).ok().filter(|_| digits >= LEAST_DIGITS)?;
    roster.index().by_number(reading.number)
}

/// Those of such a name, in either order; a note in brackets says nothing of who it is.
fn by_name(named: &str, roster: &Roster) -> Vec<PersonIx> {
    let without_note = named.split(['(', ';', '<']).next().unwrap_or(named);
    let tokens = NameTokens::whole(without_note);
    if tokens.given.len() + tokens.surname.len() < 2 {
        return Vec::new();
    }
    let fits = |ix: &PersonIx| {
        let person = &roster.person(*ix).tokens;
        let known = |word: &String| person.given.contains(word) || person.surname.contains(word);
        tokens.given.iter().chain(&tokens.surname).all(known)
    };
    let keys = name_keys(&tokens);
    let persons: BTreeSet<PersonIx> =
        keys.iter().flat_map(|key| roster.index().by_name(key)).filter(|ix| fits(ix)).copied().collect();
    persons.into_iter().collect()
}

/// Whoever answers for something is looked for in payroll first: registers beside it have numbers of their own.
fn found(persons: &[PersonIx], roster: &Roster) -> Resolution {
    match persons {
        [] => Resolution::Unknown,
        [one] => Resolution::Person(*one),
        several => {
            let paid: Vec<PersonIx> = several.iter().copied().filter(|ix| roster.person(*ix).is_in_payroll()).collect();
            if let [one] = paid[..] { Resolution::Person(one) } else { Resolution::Several(several.to_vec()) }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Of a directory's path the leaf names somebody; anything else is taken whole.
    #[test]
    fn the_leaf_of_a_path_names_somebody() {
        let cases = [
            ("CN=Eva Lind,OU=Personal,DC=ex,DC=se", "Eva Lind"),
            ("cn=Lind\\, Eva,OU=Personal", "Lind, Eva"),
            ("uid=evalin01,ou=people,dc=ex,dc=se", "evalin01"),
            ("ex.se/Users/Eva Lind", "Eva Lind"),
            ("IT/drift", "IT/drift"),
            ("Eva Lind", "Eva Lind"),
            ("eva.lind@ex.se", "eva.lind@ex.se"),
        ];
        for (written, leaf) in cases {
            assert_eq!(named(written), leaf, "{written}");
        }
    }

    proptest::proptest! {
        /// No text breaks the reading of a path, and what is no path is taken whole.
        #[test]
        fn any_text_names_something(text in "\\PC{0,40}") {
            let leaf = named(&text);
            proptest::prop_assert!(leaf.chars().count() <= text.chars().count());
        }
    }
}
