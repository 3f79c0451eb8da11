//! Keys of accounts, persons and findings: what histories and answers are joined on from run to run.
//!
//! They are readable, the same in every run and release, and compared as account names are: an export that begins to
//! write names in capitals gives no account a new history.

use super::{AccountName, PersonId, SystemId};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use std::cmp::Ordering;
use std::fmt;
use std::hash::{Hash, Hasher};

/// What stands in the place of a system in keys about payroll itself.
const PAYROLL: &str = "payroll";

/// An account: `system/account`, by what the account is called in outputs.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct AccountKey(Parts);

impl AccountKey {
    /// The key of an account by its shown name, which is unique in its system.
    pub fn new(system: &SystemId, shown: &str) -> Self {
        Self(Parts::new(&[system.as_str(), shown]))
    }

    /// The id of its system.
    pub fn system(&self) -> &str {
        self.0.0.split_once('/').map_or("", |(system, _)| system)
    }

    /// Whether it is of a system.
    pub fn is_of(&self, system: &SystemId) -> bool {
        self.system() == system.as_str()
    }

    /// The key as it was written before; `None` for a text that is none.
    pub fn read(written: &str) -> Option<Self> {
        let (system, account) = written.split_once('/')?;
        let is_key = SystemId::new(system).is_some() && !account.is_empty() && !account.contains('/');
        is_key.then(|| Self(Parts(written.to_owned())))
    }

    /// A short code of the row for people to cite.
    pub fn code(&self) -> String {
        self.0.code()
    }
}

/// A person of payroll: `payroll/person`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct PersonKey(Parts);

impl PersonKey {
    /// The key as it was written before; `None` for a text that is none.
    pub fn read(written: &str) -> Option<Self> {
        let (payroll, person) = written.split_once('/')?;
        (payroll == PAYROLL && !person.is_empty() && !person.contains('/')).then(|| Self(Parts(written.to_owned())))
    }

    /// The key of a person by id.
    pub fn new(person: &PersonId) -> Self {
        Self(Parts::new(&[PAYROLL, &person.0]))
    }

    /// A short code of the row for people to cite.
    pub fn code(&self) -> String {
        self.0.code()
    }
}

/// A finding: its rule, then what it is about, then what tells it from others of the rule there.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct FindingKey(Parts);

impl FindingKey {
    /// `rule`: about the run as a whole.
    pub fn of_whole(rule: &str) -> Self {
        Self(Parts::new(&[rule]))
    }

    /// `rule/system`.
    pub fn of_system(rule: &str, system: &SystemId) -> Self {
        Self(Parts::new(&[rule, system.as_str()]))
    }

    /// `rule/system/account`.
    pub fn of_account(rule: &str, account: &AccountKey) -> Self {
        Self(Parts(format!("{}/{account}", encoded(rule))))
    }

    /// `rule/payroll/person`.
    pub fn of_person(rule: &str, person: &PersonKey) -> Self {
        Self(Parts(format!("{}/{person}", encoded(rule))))
    }

    /// The id of its rule.
    pub fn rule(&self) -> &str {
        self.0.0.split(['/', '#']).next().unwrap_or_default()
    }

    /// The account that it is about, where it is about one.
    pub fn account(&self) -> Option<AccountKey> {
        let (_, rest) = self.0.0.split_once('/')?;
        AccountKey::read(rest.split('#').next().unwrap_or(rest))
    }

    /// The same finding of an account that was called something else then.
    #[must_use]
    pub fn moved(&self, then: &AccountKey, now: &AccountKey) -> Self {
        let Some((rule, rest)) = self.0.0.split_once('/') else { return self.clone() };
        let (row, mark) = rest.split_once('#').map_or((rest, None), |(row, mark)| (row, Some(mark)));
        if AccountKey(Parts(row.to_owned())) != *then {
            return self.clone();
        }
        let mark = mark.map(|mark| format!("#{mark}")).unwrap_or_default();
        Self(Parts(format!("{rule}/{now}{mark}")))
    }

    /// The same with what tells it from others of its rule there, where something does.
    #[must_use]
    pub fn marked(self, mark: Option<&str>) -> Self {
        match mark {
            Some(mark) => Self(Parts(format!("{self}#{}", encoded(mark)))),
            None => self,
        }
    }
}

/// The parts of a key, divided by `/`, each percent-encoded where it would be ambiguous.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(transparent)]
struct Parts(String);

impl Parts {
    fn new(parts: &[&str]) -> Self {
        Self(parts.iter().copied().map(encoded).collect::<Vec<_>>().join("/"))
    }

    fn compared(&self) -> AccountName {
        AccountName::new(&self.0)
    }

    /// Eight letters and digits that are hard to mistake for each other, made from forty bits of a digest.
    fn code(&self) -> String {
        const LETTERS: &[u8; 32] = b"23456789ABCDEFGHJKLMNPQRSTUVWXYZ";
        let digest = Sha256::digest(self.compared().as_str());
        let letter = |byte: &u8| char::from(LETTERS[usize::from(byte % 32)]);
        let letters: String = digest.iter().take(8).map(letter).collect();
        format!("{}-{}", &letters[..4], &letters[4..])
    }
}

impl PartialEq for Parts {
    fn eq(&self, other: &Self) -> bool {
        self.compared() == other.compared()
    }
}

impl Eq for Parts {}

impl PartialOrd for Parts {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Parts {
    fn cmp(&self, other: &Self) -> Ordering {
        self.compared().cmp(&other.compared())
    }
}

impl Hash for Parts {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.compared().hash(state);
    }
}

impl fmt::Display for AccountKey {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(&self.0.0)
    }
}

impl fmt::Display for PersonKey {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(&self.0.0)
    }
}

impl fmt::Display for FindingKey {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(&self.0.0)
    }
}

/// Percent-encodes what would make a key ambiguous.
fn encoded(part: &str) -> String {
    let mut text = String::with_capacity(part.len());
    for c in part.chars() {
        if matches!(c, '/' | '%' | '#') || c.is_control() {
            let mut bytes = [0; 4];
            for byte in c.encode_utf8(&mut bytes).bytes() {
                text.push_str(&format!("%{byte:02X}"));
            }
        } else {
            text.push(c);
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn account(system: &str, shown: &str) -> AccountKey {
        AccountKey::new(&SystemId::new(system).unwrap(), shown)
    }

    /// A key says what it is about, and nothing in a name can forge another's.
    #[test]
    fn keys_are_readable_and_unambiguous() {
        let treserva = SystemId::new("treserva").unwrap();
        let key = FindingKey::of_account("leaver-active", &AccountKey::new(&treserva, "annlin03"));
        assert_eq!(key.to_string(), "leaver-active/treserva/annlin03");
        assert_eq!(key.marked(Some("a/b")).to_string(), "leaver-active/treserva/annlin03#a%2Fb");
        assert_eq!(FindingKey::of_system("dormant", &treserva).to_string(), "dormant/treserva");
        assert_eq!(FindingKey::of_whole("ended-missing").to_string(), "ended-missing");
        let person = PersonKey::new(&PersonId("104".to_owned()));
        assert_eq!(FindingKey::of_person("missing-field", &person).to_string(), "missing-field/payroll/104");
        assert_eq!(account("ad", "a/b%c#d\n").to_string(), "ad/a%2Fb%25c%23d%0A");
    }

    /// An account keeps its history and its code when an export begins to write names in capitals or in another
    /// Unicode form.
    #[test]
    fn case_and_unicode_form_do_not_tell_accounts_apart() {
        let (composed, decomposed) = (account("ad", "ÅseLin"), account("ad", "A\u{30a}SELIN"));
        assert_eq!(composed, decomposed);
        assert_eq!(composed.code(), decomposed.code());
    }

    /// A row's code never changes between releases.
    #[test]
    fn a_row_code_is_a_promise() {
        assert_eq!(account("treserva", "annlin03").code(), "L9CN-BE5J");
        assert_ne!(account("treserva", "annlin03").code(), account("treserva", "annlin04").code());
    }

    proptest! {
        /// Different accounts have different keys.
        #[test]
        fn keys_differ_where_accounts_differ(a in ".{1,12}", b in ".{1,12}") {
            prop_assume!(a.trim() == a && b.trim() == b);
            let same = AccountName::new(&a) == AccountName::new(&b);
            prop_assert_eq!(same, account("s", &a) == account("s", &b));
        }
    }
}
