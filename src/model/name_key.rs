//! Names that stay: what is called by a number that may not be shown is called the same in every run, and nobody who
//! reads the name can try numbers against it without the key.

use super::AccountName;
use hmac::{Hmac, KeyInit, Mac};
use sha2::{Digest, Sha256};
use std::fmt;

/// The key that names are derived with. It is made in the first run and kept in what is carried from run to run.
#[derive(Clone, PartialEq, Eq)]
pub struct NameKey([u8; 32]);

/// What is named, so that one identifier has a name of its own as each.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Named {
    /// An account.
    Account,
    /// A person.
    Person,
    /// The name that stands beside an account.
    Beside,
    /// What a protected person is known again by.
    Protected,
    /// What an account is known again by, whatever it is called.
    Trace,
}

/// Letters and digits that are not mistaken for each other.
const LETTERS: &[u8; 32] = b"0123456789abcdefghjkmnpqrstvwxyz";

impl NameKey {
    /// A key made of a register's content, in whatever order its rows stand: the same inputs give the same names, and
    /// no hash that is printed anywhere tells it.
    pub fn of_content(rows: impl Iterator<Item = String>) -> Self {
        let mut rows: Vec<[u8; 32]> = rows.map(|row| Sha256::digest(row).into()).collect();
        rows.sort_unstable();
        let mut all = Sha256::new_with_prefix("samkor, key of names, 1");
        rows.iter().for_each(|row| all.update(row));
        Self(all.finalize().into())
    }

    /// A key as it was kept; `None` where it is none.
    pub fn read(hex: &str) -> Option<Self> {
        let mut key = [0; 32];
        if hex.len() != 2 * key.len() || !hex.is_ascii() {
            return None;
        }
        for (at, byte) in key.iter_mut().enumerate() {
            *byte = u8::from_str_radix(&hex[2 * at..2 * at + 2], 16).ok()?;
        }
        Some(Self(key))
    }

    /// The key as it is kept.
    pub fn to_hex(&self) -> String {
        self.0.iter().map(|byte| format!("{byte:02x}")).collect()
    }

    /// A name of so many letters, at most 32, for something known by an identifier, folded.
    #[allow(clippy::expect_used)] // HMAC takes keys of every length.
    pub fn name(&self, named: Named, identifier: &str, letters: usize) -> String {
        let mut mac = Hmac::<Sha256>::new_from_slice(&self.0).expect("HMAC takes keys of every length");
        mac.update(match named {
            Named::Account => b"account\0",
            Named::Person => b"person\0\0",
            Named::Beside => b"beside\0\0",
            Named::Protected => b"protect\0",
            Named::Trace => b"trace\0\0\0",
        });
        mac.update(identifier.as_bytes());
        let bytes = mac.finalize().into_bytes();
        bytes.iter().take(letters).map(|byte| char::from(LETTERS[usize::from(byte % 32)])).collect()
    }
}

impl NameKey {
    /// What tells whether a name is the one that was shown, to whoever holds the key: the name is not in it. Spaces and
    /// Unicode form, which programs change when they save, do not matter.
    pub fn print(&self, shown: &str) -> String {
        let words: Vec<&str> = shown.split_whitespace().collect();
        self.name(Named::Beside, AccountName::new(&words.join(" ")).as_str(), 12)
    }
}

/// The key stands in no log.
impl fmt::Debug for NameKey {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("NameKey")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn key(rows: &[&str]) -> NameKey {
        NameKey::of_content(rows.iter().map(|row| (*row).to_owned()))
    }

    /// A name depends on the key, on what is named and on nothing else; the order of rows makes no other key.
    #[test]
    fn names_are_derived() {
        let own = key(&["a", "b"]);
        assert_eq!(own, key(&["b", "a"]));
        assert_ne!(own, key(&["ab"]));
        let name = own.name(Named::Account, "8501012382", 6);
        assert_eq!((name.len(), &name), (6, &own.name(Named::Account, "8501012382", 6)));
        assert_ne!(name, own.name(Named::Person, "8501012382", 6));
        assert_ne!(name, own.name(Named::Account, "8501012383", 6));
        assert_ne!(name, key(&["a"]).name(Named::Account, "8501012382", 6));
    }

    /// A key that was kept is the same key; what is no key is none, and none is printed.
    #[test]
    fn keys_are_kept() {
        let own = key(&["a"]);
        assert_eq!(NameKey::read(&own.to_hex()), Some(own.clone()));
        assert_eq!(NameKey::read("abc"), None);
        assert_eq!(NameKey::read(&"x".repeat(64)), None);
        assert_eq!(format!("{own:?}"), "NameKey");
    }

    /// The names of RFC 4231's first case are the first bytes of its code.
    #[test]
    fn the_code_is_that_of_the_standard() {
        let mut mac = Hmac::<Sha256>::new_from_slice(&[0x0b; 20]).unwrap();
        mac.update(b"Hi There");
        assert_eq!(mac.finalize().into_bytes()[..4], [0xb0, 0x34, 0x4c, 0x61]);
    }
}
