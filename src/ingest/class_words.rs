//! What type columns say of an account's class.
//!
//! The words of many products mean the same (`SharedMailbox`, "Funktionsbrevlåda", "gruppkonto"), and some mean
//! nothing: in Entra everyone but guests is a `Member`, in Exchange nearly everything is a `UserMailbox`, service
//! accounts too. Such a word is known and states no class, so that the account's own name is asked. The words stand in
//! `class-words.tsv`, without the endings that mean an account as such.

use crate::model::{AccountClass, Reading, fold, folded_words};
use foldhash::HashMap;
use std::sync::LazyLock;

/// The embedded table, tab-separated: class, word.
const TABLE: &str = include_str!("class-words.tsv");

/// Endings that mean an account as such, the longer first.
const ENDINGS: [&str; 14] = [
    "brevladan",
    "brevlada",
    "postladan",
    "postlada",
    "mailboxes",
    "mailbox",
    "anvandare",
    "accounts",
    "account",
    "kontot",
    "konton",
    "konto",
    "users",
    "user",
];

/// Words before which a class is denied: "ej extern", "not shared".
const DENIALS: [&str; 8] = ["ej", "icke", "inte", "ingen", "inget", "no", "non", "not"];

/// By folded word, the class; `None` for a word that is known and tells none.
static WORDS: LazyLock<HashMap<String, Option<AccountClass>>> = LazyLock::new(|| {
    let lines = TABLE.lines().filter_map(|line| line.split_once('\t'));
    lines.map(|(class, word)| (fold(word), AccountClass::ALL.into_iter().find(|own| own.code() == class))).collect()
});

/// What a cell of a type column says: a class, nothing, or something that is not understood. A whole cell is looked
/// up first, then its words, if those that tell a class tell the same.
pub fn account_class(text: &str) -> Reading<AccountClass> {
    match known(&fold(text)) {
        Some(class) => class.map_or(Reading::Absent, Reading::Known),
        None => by_words(text),
    }
}

fn by_words(text: &str) -> Reading<AccountClass> {
    let words = folded_words(text);
    if words.is_empty() {
        return Reading::Absent;
    }
    if words.iter().any(|word| DENIALS.contains(&word.as_str())) {
        return Reading::NotUnderstood;
    }
    let known: Vec<Option<AccountClass>> = words.iter().filter_map(|word| known(word)).collect();
    let mut classes = known.iter().flatten();
    match classes.next() {
        Some(first) if classes.all(|other| other == first) => Reading::Known(*first),
        None if !known.is_empty() => Reading::Absent,
        _ => Reading::NotUnderstood,
    }
}

/// Looks a folded word up, as it stands and without its ending.
fn known(folded: &str) -> Option<Option<AccountClass>> {
    let stem = || {
        let end = ENDINGS.iter().find(|end| folded.len() > end.len() && folded.ends_with(*end))?;
        WORDS.get(&folded[..folded.len() - end.len()])
    };
    WORDS.get(folded).or_else(stem).copied()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// Every line of the table names a class or none, and no word stands in it twice.
    #[test]
    fn the_table_is_well_formed() {
        let lines = TABLE.lines().filter(|line| !line.starts_with('#'));
        let mut words: Vec<String> = lines
            .map(|line| {
                let (class, word) = line.split_once('\t').unwrap();
                assert!(class == "none" || AccountClass::ALL.iter().any(|own| own.code() == class), "{line}");
                fold(word)
            })
            .collect();
        let count = words.len();
        words.sort_unstable();
        words.dedup();
        assert_eq!(words.len(), count, "a word stands twice");
    }

    /// The words of the directories and of municipalities, in Swedish and English, with what each says.
    #[test]
    fn type_words_tell_classes() {
        use AccountClass::{Admin, External, Personal, Service, Shared, Test};
        let told: [(AccountClass, &[&str]); 6] = [
            (Personal, &["Personligt", "personligt konto", "Personkonto", "Anställd", "Employee"]),
            (Admin, &["Adminkonto", "Administratörskonto", "Admin", "Privileged account", "Tier 0"]),
            (
                Service,
                &[
                    "Tjänstekonto",
                    "Systemkonto",
                    "servicekonto",
                    "Service Account",
                    "gMSA",
                    "Service account (gMSA)",
                    "msDS-GroupManagedServiceAccount",
                    "ServicePrincipal",
                    "DiscoveryMailbox",
                    "ArbitrationMailbox",
                    "System user",
                    "Teknisk användare",
                    "Integrationskonto",
                    "robotkonto",
                    "Computer",
                ],
            ),
            (
                Shared,
                &[
                    "SharedMailbox",
                    "RoomMailbox",
                    "EquipmentMailbox",
                    "RemoteSharedMailbox",
                    "SchedulingMailbox",
                    "Gruppkonto",
                    "Funktionskonto",
                    "Funktionsbrevlåda",
                    "Delad postlåda",
                    "Resurskonto",
                    "Rum",
                    "GroupMailbox",
                    "Opersonligt konto",
                    "ej personligt",
                    "Icke-personligt",
                    "Poolkonto",
                    "lånekonto",
                    "Delat konto",
                    "Shared mailbox - expeditionen",
                ],
            ),
            (Test, &["Testkonto", "Utbildningskonto", "demo", "Test account"]),
            (
                External,
                &[
                    "Guest",
                    "Gäst",
                    "gästkonto",
                    "Extern",
                    "Externt konto",
                    "Extern konsult",
                    "GuestMailUser",
                    "Inhyrd",
                    "Leverantörskonto",
                    "Contractor",
                    "Konsult (extern)",
                ],
            ),
        ];
        for (class, words) in told {
            for word in words {
                assert_eq!(account_class(word), Reading::Known(class), "{word}");
            }
        }
    }

    /// What every account can be called tells no class, and what denies or contradicts itself is not understood.
    #[test]
    fn words_that_tell_nothing_are_known_as_such() {
        for word in [
            "UserMailbox",
            "Member",
            "User",
            "Användare",
            "LinkedMailbox",
            "MailUser",
            "",
            " ",
            "Elevkonto",
            "Intern",
            "Internal user",
            "Internt konto",
        ] {
            assert_eq!(account_class(word), Reading::Absent, "{word}");
        }
        for word in ["ej extern", "not shared", "Kategori 7", "Extern testare grupp", "test, extern", "42"] {
            assert_eq!(account_class(word), Reading::NotUnderstood, "{word}");
        }
    }

    proptest! {
        /// No cell is too strange, and white space around it never matters.
        #[test]
        fn any_cell_is_read(text in "\\PC{0,30}") {
            prop_assert_eq!(account_class(&text), account_class(&format!(" {text} ")));
        }
    }
}
