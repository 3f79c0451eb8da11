//! Keys of findings and rows: readable, stable between runs and releases.

use crate::ingest::sha256_hex;

/// `rule/system/account`, `rule/system` or `rule`.
pub fn finding_key(rule: &str, system: Option<&str>, account: Option<&str>) -> String {
    let parts: Vec<String> = [Some(rule), system, account].into_iter().flatten().map(encoded).collect();
    parts.join("/")
}

/// What stands in the place of a system in keys about payroll itself.
pub const PAYROLL: &str = "payroll";

/// A key with what tells it from others of its rule on the same account.
pub fn marked_key(key: &str, mark: &str) -> String {
    format!("{key}#{}", encoded(mark))
}

/// The key of an account's row: `system/account`.
pub fn row_key(system: &str, account: &str) -> String {
    format!("{}/{}", encoded(system), encoded(account))
}

/// A short code of a row for people to cite, the same in every run: eight letters and digits that
/// are hard to mistake for each other.
pub fn row_code(row_key: &str) -> String {
    const LETTERS: &[u8; 32] = b"23456789ABCDEFGHJKLMNPQRSTUVWXYZ";
    let hash = sha256_hex(row_key.as_bytes());
    let bits = u64::from_str_radix(&hash[..10], 16).unwrap_or(0);
    let letter = |place: u32| char::from(LETTERS[usize::try_from(bits >> (5 * place) & 31).unwrap_or(0)]);
    let code: String = (0..8).map(letter).collect();
    format!("{}-{}", &code[..4], &code[4..])
}

/// Percent-encodes what would make a key ambiguous.
fn encoded(part: &str) -> String {
    let mut text = String::with_capacity(part.len());
    for c in part.chars() {
        if matches!(c, '/' | '%' | '#') || c.is_control() {
            let mut bytes = [0; 4];
            for byte in c.encode_utf8(&mut bytes).bytes() {
                text.push_str(&format!("%{byte:02X}"));
            }
        } else {
            text.push(c);
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// A key says what it is about, and nothing in a name can forge another's.
    #[test]
    fn keys_are_readable_and_unambiguous() {
        assert_eq!(finding_key("leaver-active", Some("treserva"), Some("annlin03")), "leaver-active/treserva/annlin03");
        assert_eq!(finding_key("ended-missing", None, None), "ended-missing");
        assert_eq!(row_key("ad", "a/b%c#d\n"), "ad/a%2Fb%25c%23d%0A");
    }

    /// A row's code never changes between releases.
    #[test]
    fn a_row_code_is_a_promise() {
        let code = row_code("treserva/annlin03");
        assert_eq!(code.len(), 9);
        assert_eq!(code, row_code("treserva/annlin03"));
        assert_ne!(code, row_code("treserva/annlin04"));
    }

    proptest! {
        /// Different rows have different keys.
        #[test]
        fn keys_differ_where_rows_differ(a in ".{1,12}", b in ".{1,12}") {
            prop_assert_eq!(a == b, row_key("s", &a) == row_key("s", &b));
        }
    }
}
