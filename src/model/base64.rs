//! Bytes as letters (RFC 4648).

/// The bytes of a text in base64, filled up with `=` or not; `None` where it is none.
pub fn base64(text: &str) -> Option<Vec<u8>> {
    let (bytes, held) = decoded(text.trim_end_matches('=').bytes())?;
    // A single letter behind the last byte is none of the encoding.
    (held < 6).then_some(bytes)
}

/// The same of a text that may have been put together or cut short: `=` may stand anywhere, and what is left over at the
/// end is dropped.
pub fn base64_in_pieces(text: &str) -> Option<Vec<u8>> {
    decoded(text.bytes().filter(|letter| *letter != b'=')).map(|(bytes, _)| bytes)
}

/// The bytes, and how many bits are left over.
fn decoded(letters: impl Iterator<Item = u8>) -> Option<(Vec<u8>, u32)> {
    let mut bytes = Vec::with_capacity(letters.size_hint().1.unwrap_or(0) / 4 * 3 + 2);
    let (mut bits, mut held) = (0u32, 0);
    for letter in letters {
        bits = bits << 6 | u32::from(sextet(letter)?);
        held += 6;
        if held >= 8 {
            held -= 8;
            bytes.push(u8::try_from(bits >> held & 0xff).ok()?);
        }
    }
    Some((bytes, held))
}

fn sextet(letter: u8) -> Option<u8> {
    match letter {
        b'A'..=b'Z' => Some(letter - b'A'),
        b'a'..=b'z' => Some(letter - b'a' + 26),
        b'0'..=b'9' => Some(letter - b'0' + 52),
        b'+' => Some(62),
        b'/' => Some(63),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Bytes come out whatever they are filled up with; what is none does not.
    #[test]
    fn bytes_come_out() {
        assert_eq!(base64("w5ZiZXJn").as_deref(), Some("Öberg".as_bytes()));
        assert_eq!(base64("T2U=").as_deref(), Some(&b"Oe"[..]));
        assert_eq!(base64("T2U").as_deref(), Some(&b"Oe"[..]));
        assert_eq!([base64("T2Uö"), base64("T2UxA")], [None, None]);
    }
}
