//! Bytes → text: which encoding a file is in, decided by what can be proved about its bytes.
//!
//! A byte order mark settles it; else NUL bytes tell UTF-32 and UTF-16, strict validity tells UTF-8, and what is left is
//! windows-1252, DOS or Mac, whichever makes most of it look like Swedish.

use super::{Trouble, dos, save_as_help, twice};
use crate::model::message;
use encoding_rs::{Encoding, MACINTOSH, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252};
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
    if let Some(decoded) = utf32(bytes) {
        return Ok(decoded);
    }
    if let Some((encoding, mark)) = Encoding::for_bom(bytes) {
        let bytes = &bytes[mark..];
        let whole = std::str::from_utf8(bytes).ok().filter(|_| encoding == UTF_8);
        return Ok(whole.map_or_else(|| with(encoding, bytes), once));
    }
    if let Some(name) = stated.and_then(dos::name) {
        return Ok(Decoded { text: Cow::Owned(dos::decode(bytes)), encoding: name });
    }
    if let Some(encoding) = stated.and_then(|name| Encoding::for_label(name.as_bytes())) {
        return Ok(with(encoding, bytes));
    }
    if let Some(encoding) = utf16_by_nul(bytes) {
        return Ok(with(encoding, bytes));
    }
    match std::str::from_utf8(bytes) {
        Ok(text) => Ok(once(text)),
        Err(wrong) => decode_single_byte(bytes, wrong.valid_up_to()),
    }
}

/// Text in UTF-8, and what it was before it was taken for windows-1252 and saved as UTF-8 once more.
fn once(text: &str) -> Decoded<'_> {
    match twice::mended(text) {
        Some(mended) => Decoded { text: Cow::Owned(mended), encoding: twice::NAME },
        None => Decoded { text: Cow::Borrowed(text), encoding: UTF_8.name() },
    }
}

fn with<'a>(encoding: &'static Encoding, bytes: &'a [u8]) -> Decoded<'a> {
    let (text, _) = encoding.decode_without_bom_handling(bytes);
    Decoded { text, encoding: encoding.name() }
}

/// UTF-32, by its mark or by three bytes of every four that hold nothing.
fn utf32(bytes: &[u8]) -> Option<Decoded<'_>> {
    let (words, rest) = bytes.as_chunks::<4>();
    if words.is_empty() || !rest.is_empty() {
        return None;
    }
    let all = |read: fn([u8; 4]) -> u32| -> Option<String> {
        words.iter().map(|word| char::from_u32(read(*word))).collect::<Option<String>>()
    };
    // Text of other encodings makes numbers far beyond the last letter there is.
    let (text, encoding) = match all(u32::from_le_bytes) {
        Some(text) => (text, "UTF-32LE"),
        None => (all(u32::from_be_bytes)?, "UTF-32BE"),
    };
    let text = text.strip_prefix('\u{feff}').map(ToOwned::to_owned).unwrap_or(text);
    (!text.contains('\0')).then_some(Decoded { text: Cow::Owned(text), encoding })
}

/// Text in UTF-16 has a NUL in most second bytes, and an even number of bytes.
fn utf16_by_nul(bytes: &[u8]) -> Option<&'static Encoding> {
    let head = &bytes[..bytes.len().min(4096)];
    let nul = |odd: usize| head.iter().skip(odd).step_by(2).filter(|&&b| b == 0).count();
    let many = head.len() / 5;
    match (nul(0) > many, nul(1) > many) {
        _ if !bytes.len().is_multiple_of(2) => None,
        (false, true) => Some(UTF_16LE),
        (true, false) => Some(UTF_16BE),
        _ => None,
    }
}

fn decode_single_byte(bytes: &[u8], first_wrong: usize) -> Result<Decoded<'_>, Trouble> {
    if is_mostly_utf8(bytes) {
        return Err(torn_utf8(bytes, first_wrong));
    }
    let head = &bytes[..bytes.len().min(JUDGED)];
    let windows = with(WINDOWS_1252, bytes);
    let as_windows = likeness(&with(WINDOWS_1252, head).text);
    let (as_dos, as_mac) = (likeness(&dos::decode(head)), likeness(&with(MACINTOSH, head).text));
    if as_mac > as_windows && as_mac > as_dos {
        return Ok(with(MACINTOSH, bytes));
    }
    if as_dos > as_windows {
        return match dos::is_settled(bytes) {
            true => Ok(Decoded { text: Cow::Owned(dos::decode(bytes)), encoding: dos::NAME }),
            false => Err(dos_trouble()),
        };
    }
    if let Some(at) = ["Ã¥", "Ã¤", "Ã¶", "Ã…", "Ã„", "Ã–"].iter().filter_map(|twice| windows.text.find(twice)).min()
    {
        let row = windows.text[..at].matches('\n').count() + 1;
        return Err(two_encodings(row));
    }
    if let Some(at) = bytes.iter().position(|b| matches!(b, 0x81 | 0x8D | 0x8F | 0x90 | 0x9D)) {
        return Err(unknown_encoding(at));
    }
    Ok(windows)
}

/// Bytes from which the encoding is told.
const JUDGED: usize = 1 << 20;

/// How much like Swedish a text looks in what its letters beyond ASCII are and where they stand: as the wrong encoding
/// shows it, it has marks within words and capitals behind small letters.
fn likeness(text: &str) -> i64 {
    let (mut before, mut own) = (' ', ' ');
    let mut sum = 0;
    for after in text.chars().chain([' ']) {
        if !own.is_ascii() {
            sum += weight(before, own, after);
        }
        (before, own) = (own, after);
    }
    sum
}

/// What one letter beyond ASCII tells, between two others.
fn weight(before: char, own: char, after: char) -> i64 {
    const AGAINST: i64 = -4;
    if own.is_control() {
        return AGAINST;
    }
    if !own.is_alphabetic() {
        let within = before.is_alphabetic() && after.is_alphabetic();
        let belongs = matches!(own, '’' | '‘' | '´' | '–' | '—' | '·' | '\u{a0}' | '\u{ad}');
        return if within && !belongs { AGAINST } else { 0 };
    }
    let clashes = match own.is_uppercase() {
        true => before.is_lowercase() || before.is_alphabetic() && after.is_lowercase(),
        false => after.is_uppercase(),
    };
    if clashes {
        return AGAINST;
    }
    // A small letter at the end of a word may be a mark around it.
    let is_placed = after.is_alphabetic() && (before.is_alphabetic() || own.is_uppercase())
        || own.is_uppercase() && before.is_alphabetic();
    match own {
        _ if !is_placed => 0,
        'å' | 'ä' | 'ö' | 'Å' | 'Ä' | 'Ö' | 'š' | 'ž' => 4,
        'é' | 'ü' | 'É' | 'Ü' => 2,
        _ => 0,
    }
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

fn torn_utf8(bytes: &[u8], at: usize) -> Trouble {
    let (row, at) = (bytes[..at].iter().filter(|&&byte| byte == b'\n').count() + 1, at + 1);
    Trouble {
        says: message!(
            "filen är UTF-8, men på rad {row} (byte {at}) står något annat: en skadad bokstav eller en annan teckenkodning",
            "the file is UTF-8, but row {row} (byte {at}) holds something else: a damaged letter or another encoding"
        ),
        way_out: message!(
            "Exportera på nytt, eller ange encoding = \"utf-8\" för att läsa den ändå; skadade tecken \
             läses då som okända.",
            "Export again, or state encoding = \"utf-8\" to read it anyway; damaged letters are then \
             read as unknown."
        ),
    }
}

fn two_encodings(row: usize) -> Trouble {
    Trouble {
        says: message!(
            "filen är windows-1252, men rad {row} är UTF-8: två filer med olika teckenkodning är hoplagda",
            "the file is windows-1252, but row {row} is UTF-8: two files of different encodings were put together"
        ),
        way_out: message!(
            "Exportera på nytt, eller ange encoding = \"windows-1252\" för att läsa den ändå; raderna i UTF-8 får då \
             fel å, ä och ö.",
            "Export again, or state encoding = \"windows-1252\" to read it anyway; the rows in UTF-8 then have wrong å, ä \
             and ö."
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

    /// DOS and Mac files are read where å, ä and ö settle it; a letter on which the DOS encodings differ does not.
    #[test]
    fn dos_and_mac_are_read() {
        let dos = b"Namn;Ort\r\nBj\x94rk;\x8flvsj\x94\r\nH\x86kan;M\x84rsta\r\n";
        let decoded = decode(dos, None).map_err(|t| t.says.en).unwrap();
        assert_eq!(
            (decoded.text.as_ref(), decoded.encoding),
            ("Namn;Ort\r\nBjörk;Ålvsjö\r\nHåkan;Märsta\r\n", "cp850")
        );
        let unsure = [&dos[..], b"S\x9bren\r\n"].concat();
        assert!(decode(&unsure, None).is_err());
        assert!(decode(&unsure, Some("cp850")).is_ok_and(|decoded| decoded.text.contains("Søren")));
        let decoded = decode(b"Namn\r\nH\x8ckan Bj\x9ark\r\nM\x8arta\r\n", None).map_err(|t| t.says.en).unwrap();
        assert_eq!((decoded.text.as_ref(), decoded.encoding), ("Namn\r\nHåkan Björk\r\nMärta\r\n", "macintosh"));
    }

    /// Each of the encodings is told from the others by few letters: capitals, é, and words around marks.
    #[test]
    fn few_letters_tell_the_encoding() {
        let mac = |text: &str| MACINTOSH.encode(text).0.into_owned();
        let windows = |text: &str| WINDOWS_1252.encode(text).0.into_owned();
        let cases = [
            ("Förnamn;Efternamn\nÅsa;Öberg\nHelén;Ek\n", "macintosh"),
            ("Konto;Namn\nake;Åke Ek\nhel;Helén Ek\n", "macintosh"),
            ("NAMN\nÅKESSON\nBJÖRN ÖSTERGREN\n", "macintosh"),
            ("Namn\nAndré Bäck\n", "macintosh"),
            ("Text\nhan sade ”citat” och – it’s done… €5\n", "windows-1252"),
            ("Namn\nHelén Ek\n", "windows-1252"),
            ("Namn\nDušan Hodžic\n", "windows-1252"),
            ("Namn\nÅKESSON ÄRLA\nçelik Østen\n", "windows-1252"),
        ];
        for (text, name) in cases {
            let bytes = if name == "macintosh" { mac(text) } else { windows(text) };
            let decoded = decode(&bytes, None).map_err(|t| t.says.en).unwrap();
            assert_eq!((decoded.text.as_ref(), decoded.encoding), (text, name));
        }
        let dos: &[u8] = b"F\x94rnamn\n\x8fSA \x99BERG\nAndr\x82 \x8elund\n";
        let decoded = decode(dos, None).map_err(|t| t.says.en).unwrap();
        assert_eq!((decoded.text.as_ref(), decoded.encoding), ("Förnamn\nÅSA ÖBERG\nAndré Älund\n", "cp850"));
    }

    /// UTF-32 is read in both orders; a NUL between letters makes no text UTF-16.
    #[test]
    fn nul_bytes_are_not_guessed_from() {
        for (marked, name) in [(TEXT.to_owned(), "UTF-32LE"), (format!("\u{feff}{TEXT}"), "UTF-32BE")] {
            let bytes =
                |c: char| if name.ends_with("LE") { u32::from(c).to_le_bytes() } else { u32::from(c).to_be_bytes() };
            let bytes: Vec<u8> = marked.chars().flat_map(bytes).collect();
            let decoded = decode(&bytes, None).map_err(|t| t.says.en).unwrap();
            assert_eq!((decoded.text.as_ref(), decoded.encoding), (TEXT, name));
        }
        assert!(decode(b"a\0b", None).is_ok_and(|decoded| decoded.encoding == "UTF-8"));
    }

    /// Where a file turns from one encoding to another, the row is told.
    #[test]
    fn two_encodings_are_told() {
        let (windows, _, _) = WINDOWS_1252.encode("Åsa;Öberg\nBjörn;Ås\nPär;Ål\n");
        let mixed = [&windows[..], "Örjan;x\nLena;Åkerö\n".as_bytes()].concat();
        let Err(trouble) = decode(&mixed, None) else { panic!("must not be read") };
        assert!(trouble.says.en.contains("row 4 is UTF-8"), "{}", trouble.says.en);
    }
}
