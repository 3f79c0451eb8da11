//! The known word nearest to a misspelt one.

/// The nearest of `known`, if it is near enough to be what was meant.
pub fn nearest<'a>(word: &str, known: impl Iterator<Item = &'a str>) -> Option<&'a str> {
    // Two slips of the finger, or a word cut short: 0.8 lets "fiel" reach "file" and keeps
    // unrelated words apart.
    const NEAR_ENOUGH: f64 = 0.8;
    known
        .map(|candidate| (strsim::jaro_winkler(word, candidate), candidate))
        .filter(|(likeness, _)| *likeness >= NEAR_ENOUGH)
        .max_by(|a, b| a.0.total_cmp(&b.0).then_with(|| b.1.cmp(a.1)))
        .map(|(_, candidate)| candidate)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A slip finds the word meant, and an unrelated word finds nothing.
    #[test]
    fn a_slip_is_recognised() {
        let known = ["file", "owner", "exported", "administrator"];
        assert_eq!(nearest("fiel", known.into_iter()), Some("file"));
        assert_eq!(nearest("exporterad", known.into_iter()), Some("exported"));
        assert_eq!(nearest("xyz", known.into_iter()), None);
    }
}
