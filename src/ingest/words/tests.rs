//! Tables of words and what each says.

use super::*;
use proptest::prelude::*;

/// Yes and no in every common form, blanks, and what is neither.
#[test]
fn yes_and_no_are_told_by_their_words() {
    for word in
        ["J", "ja", "Y", "Yes", "t", "TRUE", "Sant", "1", "1.0", "1,0", "-1", "x", "X", "on", "På", "OK", "✓", "√", "•"]
    {
        assert_eq!(flag(word), Reading::Known(true), "{word}");
    }
    for word in ["N", "nej", "no", "f", "False", "Falskt", "0", "0.0", "0,0", "off", "Av", "ej", "Ingen", "☐"] {
        assert_eq!(flag(word), Reading::Known(false), "{word}");
    }
    for word in ["", " ", "-", "NULL", "n/a", "saknas"] {
        assert_eq!(flag(word), Reading::Absent, "{word:?}");
    }
    for word in ["Aktiv", "kanske", "2", "C", "okänt", "?", "#REF!", "System.Object[]", "2026-01-01", "ja?nej", "12E3"]
    {
        assert_eq!(flag(word), Reading::NotUnderstood, "{word}");
    }
}

/// A word of state has the sense of its column, and a negation turns it.
#[test]
fn words_have_the_sense_of_their_column() {
    let known = [
        (Field::Disabled, "Spärrad", true),
        (Field::Disabled, "Aktiv", false),
        (Field::Disabled, "ej spärrad", false),
        (Field::Disabled, "Enabled", false),
        (Field::Disabled, "Ja", true),
        (Field::Enabled, "Inaktiv", false),
        (Field::Enabled, "Disabled", false),
        (Field::Enabled, "not disabled", true),
        (Field::Enabled, "inte aktiv", false),
        (Field::Enabled, "Nej", false),
        (Field::Enabled, "A", true),
        (Field::Locked, "ej låst", false),
        (Field::Locked, "Låst", true),
        (Field::External, "Gäst", true),
        (Field::External, "Member", false),
        (Field::PasswordNeverExpires, "DisablePasswordExpiration", true),
        (Field::Privileged, "f", false),
        (Field::Protected, "ej skyddad", false),
        (Field::Protected, "Skyddad", true),
    ];
    for (field, word, says) in known {
        assert_eq!(flag_of(field, word), Reading::Known(says), "{field:?} {word}");
    }
    for (field, word) in [(Field::Enabled, "Vilande"), (Field::Privileged, "Aktiv"), (Field::Disabled, "inte säkert")]
    {
        assert_eq!(flag_of(field, word), Reading::NotUnderstood, "{field:?} {word}");
    }
}

/// What marks somebody.
const MARKED: [&str; 33] = [
    "J",
    "x",
    "1",
    "√",
    "✓",
    "•",
    "2024-03-01",
    "2024-03-01 08:15",
    "3/4/2024",
    "Skatteverket",
    "Skyddad folkbokföring",
    "Sekretessmarkering",
    "SM",
    "SF",
    "Kvarskrivning",
    "fingerade personuppgifter",
    "Skydd",
    "SEKRETESS",
    "Ja, SM",
    "Protected",
    "confidential person",
    "Sekretess – lämna ej ut",
    "Skyddad identitet, utan adress",
    "Kvarskriven, ingen adress",
    "Skyddad, visas ej",
    "SEKRETESS! Lämna inte ut",
    "Sekretess. Ej offentlig",
    "Skyddad adress, ej namn",
    "Ej adress, skyddad identitet",
    "Protected - do not disclose",
    "Confidential: no disclosure",
    "Sekretessmarkering (ej skyddad folkbokföring)",
    "Offentlig tjänst, skyddad adress",
];

/// What says that somebody is not marked.
const NOT_MARKED: [&str; 25] = [
    "N",
    "Nej",
    "0",
    "0.0",
    "False",
    "ej skyddad",
    "Ingen sekretess",
    "sekretess saknas",
    "Utan skydd",
    "inget skydd",
    "oskyddad",
    "00000000",
    "Sekretess: nej",
    "not protected",
    "Ingen skyddad folkbokföring",
    "Har inte skyddad identitet",
    "Inga registrerade sekretessmarkeringar",
    "Skyddad identitet: nej",
    "Sekretessmarkering saknas",
    "Ingen markering",
    "ej markerad",
    "non-protected",
    "Nej, oskyddad",
    "Offentlig",
    "Ej skyddad 2026-01-01",
];

/// What a person must read.
const UNCLEAR: [&str; 18] = [
    "SK",
    "kod 7",
    "2",
    "C",
    "1900-01-01",
    "9999-12-31",
    "Sekretess upphävd",
    "Nej, men skyddad adress",
    "Ej offentlig",
    "Icke offentlig",
    "ej öppen",
    "Not public",
    "Offentlig: nej",
    "Ej skyddad, fråga först chefen",
    "Markerad",
    "Markerad, lämna ej ut",
    "?",
    "#REF!",
];

/// A mark protects by its word, its day or its authority; denials come first, and what is neither is not no.
#[test]
fn marks_of_protection_are_told() {
    for word in MARKED {
        assert_eq!(protection(word), Reading::Known(true), "{word}");
    }
    for word in NOT_MARKED {
        assert_eq!(protection(word), Reading::Known(false), "{word}");
    }
    for word in ["", "-", "NULL"] {
        assert_eq!(protection(word), Reading::Absent, "{word:?}");
    }
    for word in UNCLEAR {
        assert_eq!(protection(word), Reading::NotUnderstood, "{word}");
    }
}

/// Words of the holder are told from those of the account.
#[test]
fn status_words_are_whole_words() {
    use AccountStatus::{Closed, OfHolder, Open};
    let known = [
        ("Inaktiv", Closed),
        ("Aktiv", Open),
        ("inte aktiv", Closed),
        ("ej spärrad", Open),
        ("DEPROVISIONED", Closed),
        ("Slutat", OfHolder),
        ("Avgått", OfHolder),
        ("Tjänstledig", OfHolder),
        ("Pensionerad", OfHolder),
        ("Retired", OfHolder),
        ("Terminated", OfHolder),
        ("On leave", OfHolder),
        ("Deceased", OfHolder),
        ("Föräldraledig", OfHolder),
        ("Anställd", OfHolder),
        ("Uppsagd", OfHolder),
        ("ej anställd", OfHolder),
        ("True", Open),
        ("N", Closed),
    ];
    for (word, says) in known {
        assert_eq!(account_status(word), Reading::Known(says), "{word}");
    }
    for word in ["", "-", "PendingAcceptance", "E-mail invited"] {
        assert_eq!(account_status(word), Reading::Absent, "{word:?}");
    }
    for word in ["Vilande", "Låst", "3", "inte säkert"] {
        assert_eq!(account_status(word), Reading::NotUnderstood, "{word}");
    }
}

/// Notice given is no end, leave is none either, and an unknown word says nothing.
#[test]
fn employment_words_are_told() {
    use EmploymentWord::{Ended, Leave, Notice, Ongoing};
    let known = [
        ("Pågående", Ongoing),
        ("Aktiv", Ongoing),
        ("Anställd", Ongoing),
        ("Tjänstledig", Leave),
        ("On leave", Leave),
        ("Uppsagd", Notice),
        ("Notice", Notice),
        ("Avslutad", Ended),
        ("Slutat", Ended),
        ("Avliden", Ended),
        ("Pensionär", Ended),
        ("Entledigad", Ended),
        ("Avgången", Ended),
        ("ej anställd", Ended),
        ("Inte aktiv", Ended),
        ("Nej", Ended),
        ("Withdrawn", Ended),
    ];
    for (word, says) in known {
        assert_eq!(employment_status(word), Reading::Known(says), "{word}");
    }
    assert_eq!(employment_status("N/A"), Reading::Absent);
    assert_eq!(employment_status("Vilande"), Reading::NotUnderstood);
}

/// Type names stand where no value was written; a right that looks like one does not.
#[test]
fn type_names_are_no_values() {
    let types = [
        "System.Collections.ArrayList",
        "System.Object[]",
        "Microsoft.ActiveDirectory.Management.ADPropertyValueCollection",
        "Microsoft.Exchange.Data.ProxyAddressCollection",
        "System.Collections.Generic.List`1[System.String]",
        "Microsoft.Graph.PowerShell.Models.MicrosoftGraphSignInActivity",
        "Deserialized.System.Collections.Hashtable",
    ];
    for text in types {
        assert!(is_type_name(text), "{text}");
    }
    for text in ["System.Admin", "Microsoft Teams", "microsoft.directory/users/create", "System", "2026-01-01"] {
        assert!(!is_type_name(text), "{text}");
    }
}

/// Long numbers as spreadsheets show them are known; codes with an E in them are codes.
#[test]
fn destroyed_numbers_are_known() {
    for text in ["2,0150E+11", "1.97E+11", "2E+11", "1,97001e+11", "2.015e+011", "2.015E11", "1,05E-05"] {
        assert!(is_destroyed_number(text), "{text}");
    }
    for text in
        ["1E5", "E12", "12E4", "10E", "1050-02", "SE2321000016-1E5", "201500000000", "eva", "1.2.3E+4", "", "E+"]
    {
        assert!(!is_destroyed_number(text), "{text}");
    }
}

/// Words for nothing are known as such; that something is unknown says nothing of there being none.
#[test]
fn words_for_nothing_are_known() {
    for word in [
        "",
        "-",
        "--",
        "..",
        "saknas",
        "null",
        "(null)",
        "N/A",
        "n/a",
        "Uppgift saknas",
        "ej angivet",
        "<tomt>",
        "(tom)",
        "None",
        "NaN",
        "\\N",
        "–",
    ] {
        assert!(is_nothing(word), "{word:?}");
    }
    for word in ["okänd", "?", "0", "nej", "Nina"] {
        assert!(!is_nothing(word), "{word}");
    }
    assert!(is_no_key("okänd") && is_no_key("0000") && !is_no_key("1001"));
}

proptest! {
    /// No text makes any reader of words panic.
    #[test]
    fn any_text_is_survived(text in ".{0,40}") {
        for &field in Field::ALL {
            let _ = flag_of(field, &text);
        }
        let _ = (account_status(&text), employment_status(&text), account_control(&text));
        let _ = (is_destroyed_number(&text), is_type_name(&text), is_nothing(&text), is_no_key(&text));
    }

    /// A word that is not denied itself is a mark, whatever is denied beside it.
    #[test]
    fn a_denial_beside_a_mark_denies_nothing_else(
        mark in "(Skyddad|Sekretess|Kvarskriven|Protected|SM)",
        between in "( – | - |, |; |\\. |! |\\(|: )",
        beside in "(ej|inte|utan|ingen|do not|no) (utlämnas|disclose|telefon|kontakt|visas)",
    ) {
        let text = format!("{mark}{between}{beside}");
        prop_assert_eq!(protection(&text), Reading::Known(true));
        let (first, last) = beside.rsplit_once(' ').unwrap();
        let text = format!("{mark}{between}{last} {first}");
        prop_assert_ne!(protection(&text), Reading::Known(false));
    }

    /// A denial of a word never says what the word says.
    #[test]
    fn a_denial_turns_the_word(denial in "(ej|inte|not|ingen)", word in "(skyddad|sekretess|kvarskrivning|skydd)") {
        let text = format!("{denial} {word}");
        prop_assert_eq!(protection(&text), Reading::Known(false));
    }
}
