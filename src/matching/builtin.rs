//! Accounts that systems make for themselves, and those kept for emergencies: nobody's, whatever they are called.
//!
//! Without them every directory would accuse its own `krbtgt` and forty health mailboxes of having no employment. They
//! stand in `builtin-accounts.tsv` as their vendors document them.

use super::words::class_named;
use crate::model::AccountClass;
use foldhash::{HashMap, HashMapExt};
use std::sync::LazyLock;

/// The embedded table, tab-separated: how, name, class, rights, product.
const TABLE: &str = include_str!("builtin-accounts.tsv");

/// Names so short can be a person's signature too.
const SHORT: usize = 5;

/// An account that a system makes for itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct BuiltIn {
    /// Its class.
    pub class: AccountClass,
    /// Whether it can do everything.
    pub superuser: bool,
    /// Whether nobody's account is called so.
    pub firm: bool,
}

struct Table {
    whole: HashMap<&'static str, BuiltIn>,
    /// By their first letter, since every account of every system is looked up.
    beginnings: HashMap<char, Vec<(&'static str, BuiltIn)>>,
}

static ACCOUNTS: LazyLock<Table> = LazyLock::new(|| {
    let mut table = Table { whole: HashMap::new(), beginnings: HashMap::new() };
    for line in TABLE.lines().filter(|line| !line.starts_with("# ")) {
        let cells: Vec<&str> = line.split('\t').collect();
        let [how, name, class, rights, _product] = cells[..] else { continue };
        let Some(class) = class_named(class) else { continue };
        let superuser = rights == "high";
        match how {
            "is" => {
                let firm = name.len() > SHORT;
                table.whole.insert(name, BuiltIn { class, superuser, firm });
            }
            _ => {
                let first = name.chars().next().unwrap_or_default();
                let own = BuiltIn { class, superuser, firm: true };
                table.beginnings.entry(first).or_default().push((name, own));
            }
        }
    }
    table
});

/// The account of that name that a system makes for itself, if it is one.
pub fn built_in(name: &str) -> Option<BuiltIn> {
    let whole = name.trim().to_lowercase();
    let behind_domain = whole.rsplit('\\').next().unwrap_or(&whole);
    let local = behind_domain.split('@').next().unwrap_or(behind_domain);
    if local.ends_with('$') {
        // Computers and managed service accounts in Active Directory.
        return Some(BuiltIn { class: AccountClass::Service, superuser: false, firm: true });
    }
    let begun = |name: &str| {
        let same_letter = ACCOUNTS.beginnings.get(&name.chars().next()?)?;
        same_letter.iter().find(|(start, _)| name.starts_with(start)).map(|(_, own)| *own)
    };
    ACCOUNTS.whole.get(local).copied().or_else(|| begun(local)).or_else(|| begun(&whole))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Every line of the table is understood, and its names are written as they are compared.
    #[test]
    fn the_table_is_well_formed() {
        for line in TABLE.lines().filter(|line| !line.starts_with("# ")) {
            let cells: Vec<&str> = line.split('\t').collect();
            let [how, name, class, rights, product] = cells[..] else { panic!("{line}") };
            assert!(matches!(how, "is" | "begins") && matches!(rights, "high" | "-"), "{line}");
            assert!(class_named(class).is_some() && !product.is_empty(), "{line}");
            assert_eq!(name, name.to_lowercase(), "{line}");
        }
    }

    /// A domain before a name and an address behind it are no part of it.
    #[test]
    fn built_in_accounts_are_known_by_name() {
        let superusers = ["krbtgt", "EXEMPEL\\Administrator", "Administratör", "root", "SAP*", "MSOL_1234abcd", "sa"];
        for name in superusers {
            assert!(built_in(name).is_some_and(|own| own.superuser), "{name}");
        }
        let others = [
            "HealthMailbox0123abc@exempel.se",
            "SystemMailbox{1f05a927-0000-0000-0000-000000000000}",
            "Sync_SRV01_0123456789ab@exempel.onmicrosoft.com",
            "NT AUTHORITY\\SYSTEM2",
            "DATOR17$",
            "##MS_PolicyEventProcessingLogin##",
            "EARLYWATCH",
            "Gäst",
        ];
        for name in others {
            assert!(built_in(name).is_some_and(|own| !own.superuser), "{name}");
        }
        for name in ["annlin03", "sara", "synnove", "rootberg", "sapin", "systemforvaltare", "adsvensson"] {
            assert_eq!(built_in(name), None, "{name}");
        }
    }
}
