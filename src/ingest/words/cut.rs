//! What programs write where they stopped at a limit.

/// Parts of such sentences in small letters, of directories, databases, shells and web pages.
const SAID: [&str; 38] = [
    // ldapsearch, dsquery, PowerShell and Exchange.
    "size limit exceeded",
    "sizelimit exceeded",
    "time limit exceeded",
    "timelimit exceeded",
    "administrative limit exceeded",
    "adminlimit exceeded",
    "size limit for this request",
    "limit was exceeded",
    "limit has been exceeded",
    "reached the specified limit",
    "limit reached",
    "limit has been reached",
    "limit was reached",
    "only the first",
    "more results available",
    "more results are available",
    "-- more --",
    "--more--",
    "-- mer --",
    "--mer--",
    // Databases and reports.
    "truncated",
    "more rows",
    "more records",
    "more entries",
    "rows omitted",
    "rows not shown",
    "partial result",
    "avkorta",
    "trunkera",
    "storleksgräns",
    "radgräns",
    "gränsen är nådd",
    "gränsen nådd",
    "endast de första",
    "bara de första",
    "fler rader finns",
    "fler träffar finns",
    "fler poster finns",
];

/// Words before two numbers of which the first is a part of the second: "Visar 1-1000 av 4321".
const SHOWING: [&str; 5] = ["visar", "visas", "showing", "displaying", "listing"];

/// Whether a sentence says that a program stopped before everything was listed.
pub fn tells_of_a_cut(text: &str) -> bool {
    let text = text.to_lowercase();
    SAID.iter().any(|part| text.contains(part)) || shows_a_part(&text)
}

fn shows_a_part(text: &str) -> bool {
    let words: Vec<&str> = text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
    let begins = words.iter().any(|word| SHOWING.contains(word));
    let number = |at: usize| words.get(at).and_then(|word| word.parse::<u64>().ok());
    let part_of = |at: usize| {
        let (shown, all) = (number(at.checked_sub(1)?)?, number(at + 1)?);
        Some(shown < all)
    };
    let of = words.iter().enumerate().filter(|(_, word)| matches!(**word, "av" | "of"));
    begins && of.filter_map(|(at, _)| part_of(at)).any(|is_part| is_part)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Notices of a limit are told from what else stands above and below a table.
    #[test]
    fn notices_are_told() {
        for text in [
            "result: 4 Size limit exceeded",
            "Dsquery has reached the specified limit on number of results to display",
            "WARNING: By default, only the first 1000 items are returned.",
            "-- More --",
            "Listan är avkortad",
            "VARNING: Resultatet har trunkerats",
            "Visar 1-1000 av 4321",
            "Showing 500 of 1200 entries",
        ] {
            assert!(tells_of_a_cut(text), "{text}");
        }
        for text in [
            "result: 0 Success",
            "Max antal rader: 5000",
            "Visar 412 av 412",
            "Sida 1 av 3",
            "(14 rows affected)",
            "Moreno Ek",
            "END OF FILE",
        ] {
            assert!(!tells_of_a_cut(text), "{text}");
        }
    }
}
