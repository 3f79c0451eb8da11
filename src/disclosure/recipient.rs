//! Whom a workbook is for, as it may be shown.

use super::Shown;

/// The recipient of a workbook.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RecipientShown {
    /// A name, a post, a department or a committee.
    pub name: Shown,
    /// An e-mail, where one is known and may be shown.
    pub address: Option<Shown>,
}

impl RecipientShown {
    /// A department or a committee, which has a name and no address that anyone has stated.
    pub fn named(name: &Shown) -> Self {
        Self { name: name.clone(), address: None }
    }
}

/// The e-mail in a text such as `Anna Ek <anna.ek@kommun.example>`.
pub fn address_in(written: &str) -> Option<&str> {
    let brackets = |c: char| matches!(c, '<' | '>' | '(' | ')' | ',' | ';' | '"' | '[' | ']');
    let words = written.split(|c: char| c.is_whitespace() || brackets(c));
    let is_address = |word: &&str| {
        let parts = word.split_once('@');
        parts.is_some_and(|(name, domain)| !name.is_empty() && domain.contains('.') && !domain.contains('@'))
    };
    words.map(|word| word.strip_prefix("mailto:").unwrap_or(word)).find(is_address)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// An address is found with a name before it and in brackets, and a post or a half address is none.
    #[test]
    fn an_address_is_found_in_what_was_written() {
        for (written, address) in [
            ("anna.ek@kommun.example", Some("anna.ek@kommun.example")),
            ("Anna Ek <anna.ek@kommun.example>", Some("anna.ek@kommun.example")),
            ("Anna Ek, anna.ek@kommun.example", Some("anna.ek@kommun.example")),
            ("IT-chef", None),
            ("@it-gruppen", None),
            ("anna@lokalt", None),
        ] {
            assert_eq!(address_in(written), address, "{written}");
        }
    }
}
