//! Words that files use for yes, no, never, no end, and for kinds of accounts.

use crate::model::{AccountClass, fold};

/// Yes or no; anything else is neither.
pub fn flag(text: &str) -> Option<bool> {
    match fold(text).as_str() {
        "j" | "ja" | "y" | "yes" | "true" | "sant" | "1" | "x" | "aktiv" | "active" | "enabled" | "a" => Some(true),
        "n" | "nej" | "no" | "false" | "falskt" | "0" | "inaktiv" | "inactive" | "disabled" | "i" | "sparrad"
        | "avslutad" => Some(false),
        _ => None,
    }
}

/// Whether a mark of protection is set. Any word but a clear no counts: a marking that is not
/// understood must not expose anyone.
pub fn is_protected(text: &str) -> bool {
    let folded = fold(text);
    let number_zero = !folded.is_empty() && folded.bytes().all(|b| b == b'0');
    !matches!(folded.as_str(), "" | "n" | "nej" | "no" | "false" | "falskt" | "ingen" | "saknas" | "none")
        && !number_zero
}

/// Words for an employment without an end.
pub fn is_open_end(text: &str) -> bool {
    matches!(
        fold(text).as_str(),
        "" | "tillsvidare" | "tv" | "tills" | "null" | "lopande" | "openended" | "never" | "aldrig" | "0"
    )
}

/// Words for an account that nobody has signed in to.
pub fn is_never(text: &str) -> bool {
    let folded = fold(text);
    matches!(folded.as_str(), "0" | "aldrig" | "never" | "aldriginloggad" | "ejinloggad" | "9223372036854775807")
        || text.starts_with("1601-01-01")
}

/// What a status word says: active, not active, or nothing that is known.
pub fn is_active_status(text: &str) -> Option<bool> {
    match fold(text).as_str() {
        "aktiv" | "aktivt" | "active" | "enabled" | "a" | "oppen" | "oppet" | "open" | "giltig" | "pagaende"
        | "aktiverad" | "ja" | "1" | "ok" => Some(true),
        "inaktiv" | "inaktivt" | "inactive" | "disabled" | "avslutad" | "avslutat" | "stangd" | "stangt" | "closed"
        | "sparrad" | "sparrat" | "borttagen" | "deleted" | "avaktiverad" | "inaktiverad" | "inaktiverat"
        | "blocked" | "suspended" | "upphord" | "slutat" | "nej" | "0" => Some(false),
        _ => None,
    }
}

/// What a status word of an employment says: going on, ended, or nothing that is known.
pub fn is_ongoing(text: &str) -> Option<bool> {
    match fold(text).as_str() {
        "pagaende" | "aktiv" | "anstalld" | "active" | "ja" | "j" | "1" | "ongoing" | "tjanstledig" => Some(true),
        "avslutad" | "avslutat" | "slutat" | "avgatt" | "avgangen" | "ended" | "terminated" | "inaktiv" | "nej"
        | "n" | "0" => Some(false),
        _ => None,
    }
}

/// Whether a status word of an employment says that the person is on leave.
pub fn is_leave(text: &str) -> bool {
    matches!(fold(text).as_str(), "tjanstledig" | "ledig" | "foraldraledig" | "onleave" | "leave" | "tjl")
}

/// What a type column says of an account's class.
pub fn account_class(text: &str) -> Option<AccountClass> {
    match fold(text).as_str() {
        "gruppkonto" | "funktionskonto" | "funktionsbrevlada" | "deltkonto" | "shared" | "sharedmailbox"
        | "resurskonto" | "rum" | "room" | "roommailbox" | "equipmentmailbox" | "resurs" | "grupp" => {
            Some(AccountClass::Shared)
        }
        "tjanstekonto" | "systemkonto" | "servicekonto" | "service" | "integration" | "robot" | "rpa"
        | "serviceaccount" => Some(AccountClass::Service),
        "test" | "testkonto" | "utbildning" | "utbildningskonto" | "demo" => Some(AccountClass::Test),
        "guest" | "gast" | "gastkonto" | "extern" | "external" | "konsult" | "inhyrd" => Some(AccountClass::External),
        "admin" | "adminkonto" | "administratorskonto" | "administrator" => Some(AccountClass::Admin),
        "personligt" | "personlig" | "personligtkonto" | "personal" | "personkonto" => Some(AccountClass::Personal),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A marking of protection that is not understood counts as protection.
    #[test]
    fn an_unknown_marking_protects() {
        for word in ["J", "x", "SK", "Skyddad folkbokföring", "kod 7"] {
            assert!(is_protected(word), "{word}");
        }
        for word in ["", "N", "Nej", "0", "False"] {
            assert!(!is_protected(word), "{word}");
        }
    }

    /// Inactive is not mistaken for active, though one word holds the other.
    #[test]
    fn status_words_are_whole_words() {
        assert_eq!(is_active_status("Inaktiv"), Some(false));
        assert_eq!(is_active_status("Aktiv"), Some(true));
        assert_eq!(is_active_status("Vilande"), None);
    }
}
