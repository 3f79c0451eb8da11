//! What exporting tools add to a header, taken off again. Meaning comes first: the whole header is
//! tried before any cut, and nothing is cut that says whose a value is ("E-post (privat)").

use crate::model::fold;
use std::iter;
use unicode_normalization::UnicodeNormalization;

/// Words in brackets, and segments before a dot or slash, that say of whom or of what kind a value
/// is: without them the header would name something else.
const TELLING: [&str; 32] = [
    "prel",
    "preliminär",
    "preliminärt",
    "planerad",
    "planerat",
    "beräknad",
    "privat",
    "private",
    "hem",
    "hemma",
    "home",
    "bostad",
    "personal",
    "recovery",
    "chef",
    "chefens",
    "manager",
    "supervisor",
    "ägare",
    "owner",
    "sponsor",
    "beställare",
    "anhörig",
    "vårdnadshavare",
    "guardian",
    "elev",
    "barn",
    "kund",
    "patient",
    "klient",
    "brukare",
    "lösenord",
];

/// What a table or a structure is called whose rows are the accounts or the people themselves.
const OWN_TABLES: [&str; 44] = [
    "user",
    "users",
    "usr",
    "usrs",
    "dbo",
    "account",
    "accounts",
    "konto",
    "konton",
    "användare",
    "person",
    "persons",
    "persona",
    "personer",
    "people",
    "personal",
    "staff",
    "employee",
    "employees",
    "emp",
    "anställd",
    "anställda",
    "anställning",
    "anställningar",
    "medarbetare",
    "ad",
    "aad",
    "azuread",
    "entra",
    "profile",
    "profil",
    "properties",
    "attributes",
    "attr",
    "member",
    "identity",
    "name",
    "signinactivity",
    "value",
    "values",
    "data",
    "tbluser",
    "tblusers",
    "tblperson",
];

/// Words at the end that say how a column is filled, never what it holds.
const FILLERS: [&str; 15] = [
    "procent",
    "percent",
    "pct",
    "utc",
    "gmt",
    "cet",
    "required",
    "obligatorisk",
    "obligatoriskt",
    "readonly",
    "optional",
    "valfri",
    "valfritt",
    "frivillig",
    "text",
];

/// A header as it is compared: folded to letters and digits.
pub fn normalise(header: &str) -> String {
    fold(&header.replace('%', "procent")).replace('?', "")
}

/// The forms of a header, folded, in the order they are tried: whole, then with ever more cut.
pub fn forms(header: &str) -> Vec<String> {
    let bare = without_brackets(header);
    let mut forms = vec![normalise(header)];
    let mut add = |form: String| {
        if !form.is_empty() && !forms.contains(&form) {
            forms.push(form);
        }
    };
    for text in iter::once(bare).chain(names_behind_tables(bare)) {
        add(normalise(text));
        add(fold(without_tail(text)).replace('?', ""));
    }
    forms
}

/// The words of a header, folded: parted at blanks, at punctuation and at capitals inside a word.
pub fn words(header: &str) -> Vec<String> {
    let letters: Vec<char> = header.nfkc().filter(|c| !matches!(c, '\u{ad}' | '\u{200b}' | '\u{feff}')).collect();
    let mut words = vec![String::new()];
    for (place, &letter) in letters.iter().enumerate() {
        let capital = place > 0 && starts_word(letters[place - 1], letter, letters.get(place + 1).copied());
        if capital || !letter.is_alphanumeric() {
            words.push(String::new());
        }
        if let (true, Some(word)) = (letter.is_alphanumeric(), words.last_mut()) {
            word.push(letter);
        }
    }
    words.iter().map(|word| fold(word)).filter(|word| !word.is_empty()).collect()
}

/// `userName` and `SPUMarkering` are two words each.
fn starts_word(before: char, letter: char, after: Option<char>) -> bool {
    letter.is_uppercase() && (before.is_lowercase() || before.is_uppercase() && after.is_some_and(char::is_lowercase))
}

/// `Email Address [Required]` → `Email Address`, however many brackets there are.
fn without_brackets(header: &str) -> &str {
    let mut kept = header.trim_end_matches(is_trim);
    while let Some(open) = last_bracket(kept) {
        let (before, inside) = kept.split_at(open);
        // `[dbo].[Users].[Mail]` is all brackets, and the last one is the name.
        if before.trim().is_empty() || before.ends_with('.') || tells(inside) {
            break;
        }
        kept = before.trim_end_matches(is_trim);
    }
    kept
}

/// Where the bracket opens that closes at the end of the text.
fn last_bracket(text: &str) -> Option<usize> {
    let open = match text.chars().next_back()? {
        ')' => '(',
        ']' => '[',
        '}' => '{',
        _ => return None,
    };
    text.rfind(open)
}

fn is_trim(letter: char) -> bool {
    letter.is_whitespace() || matches!(letter, ':' | '*' | '"' | '\'' | '“' | '”' | '\u{feff}' | ',' | ';')
}

fn tells(text: &str) -> bool {
    let words = words(text);
    TELLING.iter().any(|telling| words.contains(&fold(telling)))
}

/// `usr.email`, `dbo.Users.Mail`, `Person/Efternamn` and `usr_e_post` → what stands behind a table of
/// the rows' own kind, the longest first. `Manager.displayName` is left whole.
fn names_behind_tables(header: &str) -> impl Iterator<Item = &str> {
    let marks = header.match_indices(['.', '/', ':', '\\', '|', '>', '!', '_']);
    marks.filter_map(|(at, mark)| {
        let name = &header[at + mark.len()..];
        let table = header[..at].rsplit(['.', '/', ':', '\\', '|', '>', '!', '_']).next()?;
        (is_own_table(&fold(table), mark) && name.contains(char::is_alphabetic)).then_some(name)
    })
}

/// Whether rows of a table so named are the accounts or people themselves. A single letter is a
/// table's short name in a query, before a dot.
fn is_own_table(folded: &str, mark: &str) -> bool {
    folded.len() == 1 && mark == "." || OWN_TABLES.iter().any(|table| fold(table) == folded)
}

/// `Sysselsättningsgrad %`, `Senast inloggad UTC`, `E-post 2`, `Namn.1` → without the last word or
/// number, as long as something is left.
fn without_tail(header: &str) -> &str {
    let mut kept = header.trim_end_matches(|c: char| !c.is_alphanumeric());
    loop {
        let word_at = kept.rfind(|c: char| !c.is_alphanumeric()).map_or(0, |at| at + after_char(kept, at));
        let word = &kept[word_at..];
        let letters = word.trim_end_matches(|c: char| c.is_ascii_digit());
        let cut = if FILLERS.contains(&fold(word).as_str()) {
            word_at
        } else if word.len() - letters.len() <= 2 {
            word_at + letters.len()
        } else {
            kept.len()
        };
        let rest = kept[..cut].trim_end_matches(|c: char| !c.is_alphanumeric());
        if rest.is_empty() || rest.len() == kept.len() {
            return kept;
        }
        kept = rest;
    }
}

fn after_char(text: &str, at: usize) -> usize {
    text[at..].chars().next().map_or(0, char::len_utf8)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// What tools add is cut, and the whole form is always tried first.
    #[test]
    fn additions_are_cut() {
        for (header, bare) in [
            ("Email Address [Required]", "emailaddress"),
            ("Status [READ ONLY]:", "status"),
            ("Förnamn (T)*", "fornamn"),
            ("Sekretess (J/N)", "sekretess"),
            ("\u{feff}\"Personnummer\"", "personnummer"),
            ("usr.email", "email"),
            ("dbo.Users.Mail", "mail"),
            ("[dbo].[Users].[Mail]", "mail"),
            ("Person/Efternamn", "efternamn"),
            ("usr_e_post", "epost"),
            ("urn:ietf:params:scim:schemas:core:2.0:User:userName", "username"),
            ("Syss.grad %", "syssgrad"),
            ("Last sign-in (UTC)", "lastsignin"),
            ("E-post 2", "epost"),
            ("Anställd\r\nt.o.m.", "anstalldtom"),
        ] {
            let forms = forms(header);
            assert_eq!(forms[0], normalise(header));
            assert!(forms.iter().any(|form| form == bare), "{header}: {forms:?}");
        }
    }

    /// Nothing is cut that says whose or of what kind a value is.
    #[test]
    fn meaning_is_not_cut() {
        for (header, lost) in [
            ("E-post (privat)", "epost"),
            ("Namn (chef)", "namn"),
            ("Manager.displayName", "displayname"),
            ("Chef/E-post", "epost"),
            ("Office 365", "office"),
        ] {
            assert!(!forms(header).iter().any(|form| form == lost), "{header}");
        }
    }

    /// Words are found however they are joined.
    #[test]
    fn words_are_parted() {
        assert_eq!(words("isProtected_person"), ["is", "protected", "person"]);
        assert_eq!(words("SPUMarkering"), ["spu", "markering"]);
        assert_eq!(words("Spa\u{308}rrmarkering fr.o.m."), ["sparrmarkering", "fr", "o", "m"]);
    }

    proptest! {
        /// Any text has forms, none of them with anything but what folding leaves.
        #[test]
        fn any_text_has_forms(text in "\\PC{0,40}") {
            let forms = forms(&text);
            prop_assert!(!forms.is_empty());
            prop_assert!(forms.iter().all(|form| !form.contains(['.', ' ', '?', '['])));
            words(&text);
        }
    }
}
