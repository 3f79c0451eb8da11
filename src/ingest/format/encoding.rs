//! Bytes → text: which encoding a file is in, decided by what can be proved about its bytes.
//!
//! A byte order mark settles it; else NUL bytes tell UTF-16, strict validity tells UTF-8, and what
//! is left is windows-1252, which never fails and is therefore looked over afterwards.

use super::{Trouble, save_as_help};
use crate::model::message;
use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252};
use std::borrow::Cow;

/// Text and the encoding it was in.
pub struct Decoded<'a> {
    /// The text, without byte order mark.
    pub text: Cow<'a, str>,
    /// The encoding by name.
    pub encoding: &'static str,
}

/// Decodes a file.
///
/// # Errors
/// A file whose encoding cannot be told for certain, with the key that settles it.
pub fn decode<'a>(bytes: &'a [u8], stated: Option<&str>) -> Result<Decoded<'a>, Trouble> {
    if let Some((encoding, mark)) = Encoding::for_bom(bytes) {
        return Ok(with(encoding, &bytes[mark..]));
    }
    if let Some(encoding) = stated.and_then(|name| Encoding::for_label(name.as_bytes())) {
        return Ok(with(encoding, bytes));
    }
    if let Some(encoding) = utf16_by_nul(bytes) {
        return Ok(with(encoding, bytes));
    }
    match std::str::from_utf8(bytes) {
        Ok(text) => Ok(Decoded { text: Cow::Borrowed(text), encoding: UTF_8.name() }),
        Err(wrong) => decode_single_byte(bytes, wrong.valid_up_to()),
    }
}

fn with<'a>(encoding: &'static Encoding, bytes: &'a [u8]) -> Decoded<'a> {
    let (text, _) = encoding.decode_without_bom_handling(bytes);
    Decoded { text, encoding: encoding.name() }
}

/// Text in UTF-16 has a NUL in every second byte, at least for digits and delimiters.
fn utf16_by_nul(bytes: &[u8]) -> Option<&'static Encoding> {
    let head = &bytes[..bytes.len().min(4096)];
    let nul = |odd: usize| head.iter().skip(odd).step_by(2).filter(|&&b| b == 0).count();
    let many = head.len() / 5;
    match (nul(0) > many, nul(1) > many) {
        (false, true) => Some(UTF_16LE),
        (true, false) => Some(UTF_16BE),
        _ => None,
    }
}

fn decode_single_byte(bytes: &[u8], first_wrong: usize) -> Result<Decoded<'_>, Trouble> {
    if is_mostly_utf8(bytes) {
        return Err(torn_utf8(first_wrong));
    }
    let decoded = with(WINDOWS_1252, bytes);
    if looks_like_dos(&decoded.text) {
        return Err(dos_trouble());
    }
    if let Some(at) = bytes.iter().position(|b| matches!(b, 0x81 | 0x8D | 0x8F | 0x90 | 0x9D)) {
        return Err(unknown_encoding(at));
    }
    Ok(decoded)
}

/// One bad byte must not turn a whole UTF-8 file into "Ã…sa".
fn is_mostly_utf8(bytes: &[u8]) -> bool {
    let (mut good, mut bad) = (0usize, 0usize);
    for chunk in bytes.utf8_chunks() {
        good += chunk.valid().chars().filter(|c| !c.is_ascii()).count();
        bad += usize::from(!chunk.invalid().is_empty());
    }
    good > bad
}

/// In cp850 and cp437, å ä ö are the bytes that windows-1252 shows as †, „ and ” between letters.
fn looks_like_dos(text: &str) -> bool {
    let letters: Vec<char> = text.chars().take(200_000).collect();
    let dos = letters.windows(3).filter(|w| {
        matches!(w[1], '†' | '„' | '”' | '\u{8f}' | 'Ž' | '™')
            && w[0].is_ascii_alphabetic()
            && w[2].is_ascii_lowercase()
    });
    let nordic = letters.iter().filter(|c| matches!(c, 'å' | 'ä' | 'ö' | 'Å' | 'Ä' | 'Ö')).count();
    dos.count() > nordic
}

fn torn_utf8(at: usize) -> Trouble {
    let at = at + 1;
    Trouble {
        says: message!("filen är UTF-8 men byte {at} är skadad", "the file is UTF-8, but byte {at} is damaged"),
        way_out: message!(
            "Exportera på nytt, eller ange encoding = \"utf-8\" för att läsa den ändå; skadade tecken \
             läses då som okända.",
            "Export again, or state encoding = \"utf-8\" to read it anyway; damaged letters are then \
             read as unknown."
        ),
    }
}

fn dos_trouble() -> Trouble {
    Trouble {
        says: message!(
            "filen är skriven i DOS-kodning (cp850 eller cp437): å, ä och ö syns som †, „ och ”",
            "the file is in a DOS encoding (cp850 or cp437): å, ä and ö appear as †, „ and ”"
        ),
        way_out: save_as_help(),
    }
}

fn unknown_encoding(at: usize) -> Trouble {
    let at = at + 1;
    Trouble {
        says: message!(
            "teckenkodningen går inte att avgöra; byte {at} finns inte i windows-1252",
            "the encoding cannot be told; byte {at} does not exist in windows-1252"
        ),
        way_out: message!(
            "Ange den, till exempel encoding = \"iso-8859-1\" eller \"macintosh\", eller exportera som UTF-8.",
            "State it, for example encoding = \"iso-8859-1\" or \"macintosh\", or export as UTF-8."
        ),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "Namn;Ort\r\nÅsa Öberg;Älvsjö\r\n";

    fn utf16(text: &str, mark: bool, big: bool) -> Vec<u8> {
        let marked = if mark { format!("\u{feff}{text}") } else { text.to_owned() };
        let bytes = |unit: u16| if big { unit.to_be_bytes() } else { unit.to_le_bytes() };
        marked.encode_utf16().flat_map(bytes).collect()
    }

    /// Every encoding of the contract gives the same text.
    #[test]
    fn encodings_are_told_apart() {
        let (windows, _, _) = WINDOWS_1252.encode(TEXT);
        let cases: [(Vec<u8>, &str); 6] = [
            (TEXT.as_bytes().to_vec(), "UTF-8"),
            (format!("\u{feff}{TEXT}").into_bytes(), "UTF-8"),
            (windows.into_owned(), "windows-1252"),
            (utf16(TEXT, true, false), "UTF-16LE"),
            (utf16(TEXT, true, true), "UTF-16BE"),
            (utf16(TEXT, false, false), "UTF-16LE"),
        ];
        for (bytes, name) in cases {
            let decoded = decode(&bytes, None).map_err(|t| t.says.en).unwrap();
            assert_eq!((decoded.text.as_ref(), decoded.encoding), (TEXT, name));
        }
    }

    /// One damaged byte in a UTF-8 file is an error with its place, not another encoding.
    #[test]
    fn a_damaged_byte_is_named() {
        let mut bytes = TEXT.as_bytes().to_vec();
        bytes.push(0xFF);
        let Err(trouble) = decode(&bytes, None) else { panic!("must not be read") };
        assert!(trouble.says.en.contains(&bytes.len().to_string()), "{}", trouble.says.en);
        assert!(decode(&bytes, Some("utf-8")).is_ok());
    }

    /// DOS encodings are recognised and refused with a way out.
    #[test]
    fn dos_text_is_refused() {
        let dos = b"Namn;Ort\r\nBj\x94rk;\x8flvsj\x94\r\nH\x86kan;M\x84rsta\r\n";
        assert!(decode(dos, None).is_err());
    }
}
