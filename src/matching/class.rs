//! What kind of account it is, by its type column, its name, and finally by whose it turned out to be.
//!
//! A pattern needs a boundary: `svc-backup` is a service account, `svensson` is not.

use crate::config::Patterns;
use crate::model::{Account, AccountClass, Strings};

/// A class before the match, and how firmly it stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Prior {
    /// The export's own type column says so.
    Stated(AccountClass),
    /// A pattern on the name suggests it.
    Suggested(AccountClass),
    /// Nothing tells.
    Open,
}

impl Prior {
    /// Whether it says, or suggests, a class.
    pub fn suggests(self, class: AccountClass) -> bool {
        matches!(self, Self::Stated(own) | Self::Suggested(own) if own == class)
    }
}

/// Parts of account names that tell a class, compared whole.
const WORDS: [(AccountClass, &[&str]); 5] = [
    (AccountClass::Service, &["svc", "srv", "sys", "srvc", "service", "robot", "rpa", "tjanst", "integration"]),
    (AccountClass::Admin, &["adm", "admin"]),
    (AccountClass::Test, &["test", "utb", "demo"]),
    (AccountClass::Shared, &["grupp", "funk", "reception", "shared", "delad", "rum"]),
    (AccountClass::External, &["guest", "ext", "kons", "konsult"]),
];

/// The class before anything is known of the holder.
pub fn prior(account: &Account, strings: &Strings, configured: &[(AccountClass, Patterns)]) -> Prior {
    if let Some(hint) = account.type_hint {
        return Prior::Stated(hint.0);
    }
    let name = strings.text(account.name);
    let by_pattern = configured.iter().find(|(_, patterns)| patterns.fit(name)).map(|(class, _)| *class);
    match by_pattern.or_else(|| by_default(name)) {
        Some(class) => Prior::Suggested(class),
        None => Prior::Open,
    }
}

/// The built-in patterns.
fn by_default(name: &str) -> Option<AccountClass> {
    if name.to_lowercase().contains("#ext#") {
        return Some(AccountClass::External);
    }
    let local = name.rsplit('\\').next().unwrap_or(name);
    let local = local.split('@').next().unwrap_or(local).to_lowercase();
    let parts: Vec<&str> = local.split(|c: char| !c.is_alphabetic()).filter(|part| !part.is_empty()).collect();
    let by_word = || WORDS.iter().find(|(_, words)| parts.iter().any(|part| words.contains(part))).map(|(c, _)| *c);
    match by_word() {
        Some(AccountClass::Service) => Some(AccountClass::Service),
        _ if local.starts_with("int_") => Some(AccountClass::Service),
        _ if is_tiered(&local) => Some(AccountClass::Admin),
        other => other,
    }
}

/// Affixes that organisations give to accounts for administration.
fn is_tiered(local: &str) -> bool {
    let prefix = ["t0_", "t1_", "t2_", "a-", "a_"].iter().any(|prefix| local.starts_with(prefix));
    prefix || local.ends_with("-a") || local.ends_with("_a")
}

/// The class once the holder is known: a person who is found outweighs a pattern, but not the
/// export's own word; an admin account stays one.
pub fn settle(prior: Prior, names_someone: bool, linked: bool) -> AccountClass {
    match prior {
        Prior::Stated(class) => class,
        Prior::Suggested(AccountClass::Admin) => AccountClass::Admin,
        Prior::Suggested(_) if linked => AccountClass::Personal,
        Prior::Suggested(class) => class,
        Prior::Open if linked || names_someone => AccountClass::Personal,
        Prior::Open => AccountClass::Unknown,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Patterns need a boundary: parts of ordinary names are no classes.
    #[test]
    fn patterns_need_a_boundary() {
        let cases = [
            ("svc-backup", Some(AccountClass::Service)),
            ("svc01", Some(AccountClass::Service)),
            ("int_raindance", Some(AccountClass::Service)),
            ("svc_a", Some(AccountClass::Service)),
            ("adm-annlin", Some(AccountClass::Admin)),
            ("annlin-a", Some(AccountClass::Admin)),
            ("t0_annlin", Some(AccountClass::Admin)),
            ("utb12", Some(AccountClass::Test)),
            ("reception.sodra", Some(AccountClass::Shared)),
            ("eva_gmail.com#EXT#@x.onmicrosoft.com", Some(AccountClass::External)),
            ("svensson", None),
            ("testa", None),
            ("administer", None),
            ("annlin03", None),
            ("external", None),
        ];
        for (name, class) in cases {
            assert_eq!(by_default(name), class, "{name}");
        }
    }
}
