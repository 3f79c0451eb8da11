//! Ids of objects in directories, as they are compared: one id is printed in many ways, by text and by bytes, and a
//! synchronised account carries the directory's under another name. Compared as written, the bridge between the two is
//! never found.

use super::base64::base64;

/// An id as it is compared. A GUID is its 32 hexadecimal digits in the order they are printed, however it was written:
/// with or without braces and dashes, as its bytes in base64 (Entra's immutable id, `ldifde`), in hexadecimal with
/// blanks or as `csvde` writes them (`X'…'`). The first three fields of its bytes stand the other way round (RFC 4122 §4.1.2,
/// Microsoft's GUID structure). Anything else, as a SID, is compared without braces and case.
pub fn object_key(id: &str) -> String {
    let bare = id.trim_matches(|c: char| c.is_whitespace() || matches!(c, '{' | '}'));
    guid(bare).unwrap_or_else(|| bare.to_lowercase())
}

/// Whether two ids, as compared, are two objects'. A GUID and a SID can be one object's: an export that shows the other
/// from one year to the next says nothing.
pub fn other_object(a: &str, b: &str) -> bool {
    let is_guid = |key: &str| printed(key).is_some();
    a != b && is_guid(a) == is_guid(b)
}

const BYTES: usize = 16;
const DIGITS: usize = 2 * BYTES;

fn guid(id: &str) -> Option<String> {
    printed(id).or_else(|| of_bytes(hexadecimal(id).or_else(|| in_base64(id))?))
}

/// The digits of a GUID in its printed form.
fn printed(id: &str) -> Option<String> {
    const DASHES: [usize; 4] = [8, 13, 18, 23];
    let dashed = id.len() == DIGITS + DASHES.len() && DASHES.iter().all(|at| id.as_bytes()[*at] == b'-');
    let digits: String = id.chars().filter(|c| !(dashed && *c == '-')).collect();
    (digits.len() == DIGITS && digits.bytes().all(|b| b.is_ascii_hexdigit())).then(|| digits.to_ascii_lowercase())
}

/// Bytes printed one by one: `X'3f25…'`, or two digits each with something between.
fn hexadecimal(id: &str) -> Option<[u8; BYTES]> {
    let quoted = id.strip_prefix(['X', 'x']).and_then(|rest| rest.strip_prefix('\'')?.strip_suffix('\''));
    let apart = || id.split([' ', '-', ':']).all(|pair| pair.len() == 2).then_some(id);
    let text = quoted.or_else(apart)?;
    let digits: Vec<u32> =
        text.chars().filter(char::is_ascii_alphanumeric).map(|c| c.to_digit(16)).collect::<Option<_>>()?;
    let bytes: Vec<u8> = digits.chunks_exact(2).filter_map(|pair| u8::try_from(pair[0] * 16 + pair[1]).ok()).collect();
    (digits.len() == DIGITS).then_some(bytes)?.try_into().ok()
}

/// Sixteen bytes are 22 letters of base64 and two signs that fill up.
fn in_base64(id: &str) -> Option<[u8; BYTES]> {
    const LETTERS: usize = 22;
    let letters = id.strip_suffix("==").filter(|letters| letters.len() == LETTERS)?;
    base64(letters)?.try_into().ok()
}

fn of_bytes(bytes: [u8; BYTES]) -> Option<String> {
    const PRINTED: [usize; BYTES] = [3, 2, 1, 0, 5, 4, 7, 6, 8, 9, 10, 11, 12, 13, 14, 15];
    Some(PRINTED.iter().map(|at| format!("{:02x}", bytes[*at])).collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// One object id is one key, however its directory prints it.
    #[test]
    fn every_way_of_writing_is_one_key() {
        let key = "3f2504e04f8911d39a0c0305e82c3301";
        for written in [
            "3F2504E0-4F89-11D3-9A0C-0305E82C3301",
            " {3f2504e0-4f89-11d3-9a0c-0305e82c3301} ",
            "3F2504E04F8911D39A0C0305E82C3301",
            "4AQlP4lP0xGaDAMF6CwzAQ==",
            "X'e004253f894fd3119a0c0305e82c3301'",
            "E0 04 25 3F 89 4F D3 11 9A 0C 03 05 E8 2C 33 01",
        ] {
            assert_eq!(object_key(written), key, "{written}");
        }
    }

    /// What is no GUID is compared as it is written, but for case and braces.
    #[test]
    fn other_ids_keep_their_form() {
        assert_eq!(object_key("S-1-5-21-1004"), "s-1-5-21-1004");
        assert_eq!(object_key("{0A1B}"), "0a1b");
        assert_eq!(object_key("1050"), "1050");
        assert_eq!(object_key(""), "");
        assert_ne!(object_key("4AQlP4lP0xGaDAMF6CwzAQ"), object_key("4AQlP4lP0xGaDAMF6CwzAQ=="));
    }

    /// Ids of one kind that differ are two objects'; a GUID and a SID may be one's.
    #[test]
    fn two_kinds_of_ids_say_nothing_of_each_other() {
        let guid = object_key("3F2504E0-4F89-11D3-9A0C-0305E82C3301");
        let other = object_key("3F2504E0-4F89-11D3-9A0C-0305E82C3302");
        assert!(other_object(&guid, &other));
        assert!(other_object("s-1-5-21-1", "s-1-5-21-2"));
        assert!(!other_object(&guid, &guid));
        assert!(!other_object(&guid, "s-1-5-21-1"));
    }

    proptest! {
        /// No text is too strange, and a key is its own key.
        #[test]
        fn any_text_has_a_key(text in "\\PC{0,40}") {
            let key = object_key(&text);
            prop_assert_eq!(object_key(&key).len(), key.len());
        }

        /// Sixteen bytes come out the same from base64 and from hexadecimal digits.
        #[test]
        fn bytes_are_bytes(bytes in any::<[u8; 16]>()) {
            const LETTERS: &[u8] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
            let whole = bytes.iter().fold(0u128, |whole, byte| whole << 8 | u128::from(*byte));
            let letter = |at: u32| LETTERS[(if at == 21 { whole << 4 } else { whole >> (122 - 6 * at) } & 63) as usize];
            let encoded: String = (0..22).map(|at| char::from(letter(at))).collect();
            let hex: String = bytes.iter().map(|byte| format!("{byte:02X}")).collect();
            prop_assert_eq!(object_key(&format!("{encoded}==")), object_key(&format!("X'{hex}'")));
        }
    }
}
