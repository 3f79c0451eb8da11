//! Letters that a text has written as something else: `%C3%96`, `\C3\96`, `&Ouml;`, `\u00d6`, `_x00D6_`,
//! `=?utf-8?B?…?=`, base64, and what was encoded twice. Programs that cannot hold a letter write it so, and a reader
//! still sees whose name it is.
//!
//! What only looks like a sign of a letter is taken for one too: who asks looks at the text as it was written as well.

use super::base64::base64;
use encoding_rs::{Encoding, WINDOWS_1252};

/// A text read, with where in what was written each byte of it stood.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Unescaped {
    text: String,
    places: Vec<(usize, usize)>,
}

/// A letter with where what it was written as begins and ends.
pub type Placed = (char, (usize, usize));

/// Letters, and the bytes that they were written in.
type Told = (String, usize);

/// How often one way of writing is written in another: `%26Ouml%3B`.
const DEEPEST: usize = 3;

impl Unescaped {
    /// Reads a text; `None` where every letter is written as itself.
    pub fn of(written: &str) -> Option<Self> {
        if !may_tell(written) {
            return None;
        }
        let mut read = Self::once(written, |from, to| (from, to))?;
        for _ in 1..DEEPEST {
            let Some(again) = Self::once(&read.text, |from, to| read.place(from, to)) else { break };
            read = again;
        }
        Some(read)
    }

    /// The text.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Its letters.
    pub fn letters(&self) -> impl Iterator<Item = Placed> {
        self.text.char_indices().map(|(at, c)| (c, self.places[at]))
    }

    /// Where a part of it stood.
    pub fn place(&self, from: usize, to: usize) -> (usize, usize) {
        let ends = self.places.get(from).zip(self.places.get(to.saturating_sub(1)));
        ends.map_or((0, 0), |(first, last)| (first.0, last.1))
    }

    fn once(text: &str, place: impl Fn(usize, usize) -> (usize, usize)) -> Option<Self> {
        let mut read = Self::default();
        let (mut at, mut begins, mut is_told) = (0, true, false);
        while let Some(c) = text[at..].chars().next() {
            let told = told(&text[at..], c, begins);
            is_told |= told.is_some();
            let (letters, length) = told.unwrap_or_else(|| (c.to_string(), c.len_utf8()));
            read.push(&letters, place(at, at + length));
            (at, begins) = (at + length, !c.is_ascii_alphanumeric());
        }
        is_told.then_some(read)
    }

    fn push(&mut self, letters: &str, place: (usize, usize)) {
        self.text.push_str(letters);
        self.places.resize(self.text.len(), place);
    }
}

/// Whether a text may hold letters that are written as something else; most hold none.
fn may_tell(text: &str) -> bool {
    let (mut long, mut turns, mut was_beyond) = (0, false, false);
    let bytes = text.as_bytes();
    bytes.iter().enumerate().any(|(at, byte)| {
        match byte {
            b'A'..=b'Z' => (long, turns) = (long + 1, turns || long > 0),
            b'a'..=b'z' | b'0'..=b'9' | b'+' | b'/' => long += 1,
            _ => (long, turns) = (0, false),
        }
        let begins_letter = *byte >= 0xc2;
        let is_sign =
            matches!(byte, b'%' | b'\\' | b'&' | b'=' | b'<') || *byte == b'_' && bytes.get(at + 1) == Some(&b'x');
        let is_run = begins_letter && was_beyond;
        was_beyond = !byte.is_ascii();
        is_sign || is_run || turns && long >= LEAST_BASE64
    })
}

/// What a text begins with that stands for letters. `begins` says that a word begins there.
fn told(text: &str, first: char, begins: bool) -> Option<Told> {
    match first {
        '&' => entity(text),
        '_' => between(text, "_x", "_").and_then(code_point),
        '<' => between(text, "<U+", ">").and_then(code_point),
        '=' if text.starts_with("=?") => encoded_word(text),
        '%' | '\\' => code(text).or_else(|| bytes(text, first)),
        '=' => bytes(text, first),
        c if !c.is_ascii() => encoded_twice(text),
        c if begins && c.is_ascii_alphanumeric() => in_base64(text),
        _ => None,
    }
}

/// Letters by name that carry a sign, and the sign.
const SIGNS: [(&str, char); 13] = [
    ("ring", '\u{30a}'),
    ("uml", '\u{308}'),
    ("acute", '\u{301}'),
    ("grave", '\u{300}'),
    ("circ", '\u{302}'),
    ("tilde", '\u{303}'),
    ("cedil", '\u{327}'),
    ("caron", '\u{30c}'),
    ("ogon", '\u{328}'),
    ("breve", '\u{306}'),
    ("dblac", '\u{30b}'),
    ("macr", '\u{304}'),
    ("dot", '\u{307}'),
];

/// Others by name.
const NAMED: [(&str, &str); 18] = [
    ("Oslash", "Ø"),
    ("oslash", "ø"),
    ("AElig", "Æ"),
    ("aelig", "æ"),
    ("szlig", "ß"),
    ("THORN", "Þ"),
    ("thorn", "þ"),
    ("ETH", "Ð"),
    ("eth", "ð"),
    ("Lstrok", "Ł"),
    ("lstrok", "ł"),
    ("Dstrok", "Đ"),
    ("dstrok", "đ"),
    ("imath", "ı"),
    ("nbsp", " "),
    ("shy", "\u{ad}"),
    ("amp", "&"),
    ("period", "."),
];

/// `&Ouml;` and `&#214;`; browsers read them without the semicolon too.
fn entity(text: &str) -> Option<Told> {
    let inner = &text[1..];
    let length = inner.find(|c: char| !(c.is_ascii_alphanumeric() || c == '#')).unwrap_or(inner.len());
    let (letters, length) = match inner[..length].strip_prefix('#') {
        Some(code) => {
            let told = code
                .strip_prefix(['x', 'X'])
                .map_or_else(|| code.parse().ok(), |hex| u32::from_str_radix(hex, 16).ok());
            (char::from_u32(told?)?.to_string(), length)
        }
        None => named(&inner[..length])?,
    };
    let closed = usize::from(inner[length..].starts_with(';'));
    Some((letters, 1 + length + closed))
}

/// The letter that a name is of or begins with.
fn named(name: &str) -> Option<Told> {
    let other =
        NAMED.iter().find(|(own, _)| name.starts_with(own)).map(|(own, letter)| ((*letter).to_owned(), own.len()));
    other.or_else(|| {
        let letter = name.chars().next()?;
        let (own, sign) = SIGNS.iter().find(|(own, _)| name[1..].starts_with(own))?;
        Some((format!("{letter}{sign}"), 1 + own.len()))
    })
}

/// What stands between two signs at the beginning, and all of it.
fn between<'t>(text: &'t str, open: &str, close: &str) -> Option<(&'t str, usize)> {
    let inner = text.strip_prefix(open)?;
    let length = inner.find(close)?;
    Some((&inner[..length], open.len() + length + close.len()))
}

fn code_point((digits, length): (&str, usize)) -> Option<Told> {
    let is_one = (4..=6).contains(&digits.len()) && digits.bytes().all(|digit| digit.is_ascii_hexdigit());
    let letter = char::from_u32(u32::from_str_radix(digits, 16).ok()?)?;
    is_one.then(|| (letter.to_string(), length))
}

/// `\u00d6`, `\u{d6}`, `\U000000d6`, `%u00D6`, `\00D6`, and `\n` for the end of a line.
fn code(text: &str) -> Option<Told> {
    let behind = text.get(1..)?;
    let told = |digits: &str, length: usize| {
        let code = u32::from_str_radix(digits, 16).ok()?;
        Some((char::from_u32(code)?.to_string(), length))
    };
    if let Some((digits, length)) = between(behind, "u{", "}") {
        return told(digits, 1 + length);
    }
    let (from, to) = match behind.as_bytes() {
        [b'u', ..] => (1, 5),
        [b'U', ..] => (1, 9),
        [b'0', b'0' | b'1', ..] if text.starts_with('\\') => (0, 4),
        [b'n' | b'r' | b't', ..] if text.starts_with('\\') => return Some((" ".to_owned(), 2)),
        _ => return None,
    };
    told(behind.get(from..to)?, 1 + to)
}

/// Bytes told one by one: `%C3%96`, `\C3\96`, `\xC3\x96`, `\303\226`, `=C3=96`.
fn bytes(text: &str, sign: char) -> Option<Told> {
    let mut told = Vec::new();
    let mut at = 0;
    while let Some((byte, length)) = text.get(at..).and_then(|rest| byte(rest, sign)) {
        told.push(byte);
        at += length;
    }
    let is_plain = told.iter().all(|byte| (b' '..=b'~').contains(byte));
    let letters = match std::str::from_utf8(&told) {
        // An `=` stands between a key and what it is: two digits behind it are a letter's only where they are of no other.
        Ok(letters) if sign != '=' || !is_plain => letters.to_owned(),
        Err(_) if told.iter().all(|byte| *byte >= FIRST_LETTER || *byte < 0x80 && sign != '=') => latin(&told),
        _ => return None,
    };
    (!letters.is_empty() && !letters.contains(char::is_control)).then_some((letters, at))
}

/// The first letter of Latin-1 beyond ASCII.
const FIRST_LETTER: u8 = 0xc0;

fn byte(text: &str, sign: char) -> Option<(u8, usize)> {
    let behind = text.strip_prefix(sign)?;
    if sign == '\\' {
        let octal = behind.get(..3).filter(|digits| digits.starts_with(['2', '3']));
        if let Some(byte) = octal.and_then(|digits| u8::from_str_radix(digits, 8).ok()) {
            return Some((byte, 4));
        }
    }
    let digits = behind.strip_prefix('x').filter(|_| sign == '\\').unwrap_or(behind);
    let two = digits.get(..2).filter(|two| two.bytes().all(|digit| digit.is_ascii_hexdigit()))?;
    Some((u8::from_str_radix(two, 16).ok()?, text.len() - digits.len() + 2))
}

/// Letters of bytes that are no UTF-8.
fn latin(bytes: &[u8]) -> String {
    WINDOWS_1252.decode_without_bom_handling(bytes).0.into_owned()
}

/// `=?utf-8?Q?=C3=96?=` and `=?utf-8?B?w5Y=?=`, as in the head of a mail (RFC 2047).
fn encoded_word(text: &str) -> Option<Told> {
    let mut parts = text.get(2..)?.splitn(3, '?');
    let (charset, kind, rest) = (parts.next()?, parts.next()?, parts.next()?);
    let inner = &rest[..rest.find("?=")?];
    let told = match kind {
        "Q" | "q" => quoted(inner),
        "B" | "b" => base64(inner)?,
        _ => return None,
    };
    let encoding = Encoding::for_label(charset.as_bytes()).unwrap_or(WINDOWS_1252);
    let length = "=?".len() + charset.len() + 1 + kind.len() + 1 + inner.len() + "?=".len();
    Some((encoding.decode_without_bom_handling(&told).0.into_owned(), length))
}

fn quoted(inner: &str) -> Vec<u8> {
    let mut told = Vec::with_capacity(inner.len());
    let mut at = 0;
    while let Some(own) = inner.as_bytes().get(at) {
        let (byte, length) = inner.get(at..).and_then(|rest| byte(rest, '=')).unwrap_or((*own, 1));
        told.push(if byte == b'_' { b' ' } else { byte });
        at += length;
    }
    told
}

/// Letters under which base64 is any word.
const LEAST_BASE64: usize = 12;

/// A word that is a text in base64.
fn in_base64(text: &str) -> Option<Told> {
    let is_of = |c: char| c.is_ascii_alphanumeric() || matches!(c, '+' | '/' | '=');
    let length = text.find(|c: char| !is_of(c)).unwrap_or(text.len());
    let is_long = length >= LEAST_BASE64 && text[1..length].contains(|c: char| c.is_ascii_uppercase());
    let told = base64(text.get(..length).filter(|_| is_long)?)?;
    let letters = String::from_utf8(told).ok()?;
    (!letters.contains(char::is_control)).then_some((letters, length))
}

/// Letters beyond ASCII that were encoded twice.
fn encoded_twice(text: &str) -> Option<Told> {
    let length = text.find(|c: char| c.is_ascii()).unwrap_or(text.len());
    let letters = encoded_once(&text[..length])?;
    (letters != text[..length]).then_some((letters, length))
}

/// What such letters were, where their bytes in windows-1252 or Latin-1 are UTF-8.
pub fn encoded_once(run: &str) -> Option<String> {
    let mut bytes = Vec::with_capacity(run.len());
    for letter in run.chars() {
        if let Ok(byte) = u8::try_from(u32::from(letter)) {
            bytes.push(byte);
            continue;
        }
        let mut buffer = [0; 4];
        let (byte, _, is_lost) = WINDOWS_1252.encode(letter.encode_utf8(&mut buffer));
        let [byte] = byte.as_ref() else { return None };
        if is_lost {
            return None;
        }
        bytes.push(*byte);
    }
    String::from_utf8(bytes).ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use unicode_normalization::UnicodeNormalization;

    fn read(text: &str) -> Option<String> {
        Unescaped::of(text).map(|own| own.text().nfc().collect())
    }

    /// Every way in which a program writes a letter that it cannot hold leads back to it, one in another too.
    #[test]
    fn ways_of_writing_lead_back() {
        for written in [
            "Åsa Öberg",
            "\\C3\\85sa \\C3\\96berg",
            "\\c5sa \\d6berg",
            "%C3%85sa%20%C3%96berg",
            "%C5sa %D6berg",
            "&Aring;sa &Ouml;berg",
            "&Aringsa &Oumlberg",
            "&#197;sa &#xD6;berg",
            "=?iso-8859-1?Q?=C5sa_=D6berg?=",
            "=?utf-8?B?w4VzYSDDlmJlcmc=?=",
            "\\u00c5sa \\u00D6berg",
            "\\u{c5}sa \\U000000d6berg",
            "%u00C5sa %u00D6berg",
            "\\00C5sa \\00D6berg",
            "_x00C5_sa _x00D6_berg",
            "<U+00C5>sa <U+00D6>berg",
            "\\303\\205sa \\303\\226berg",
            "\\xC3\\x85sa \\xC3\\x96berg",
            "=C3=85sa =C3=96berg",
            "Ã…sa Ã–berg",
            "w4VzYSDDlmJlcmc=",
            "%26Aring%3Bsa %26Ouml%3Bberg",
        ]
        .into_iter()
        .skip(1)
        {
            assert_eq!(read(written).as_deref(), Some("Åsa Öberg"), "{written}");
        }
    }

    /// What stands for nothing is left, and most texts are not looked into.
    #[test]
    fn what_stands_for_nothing_is_left() {
        for text in [
            "Åsa Öberg",
            "CN=Eva Lind,OU=Norr,DC=ex",
            "R&D",
            "100 % av",
            "Systemadministrator",
            "HandlaggareIndivid",
            "svc_xbackup",
            "EXEMPEL\\evalin",
            "a=12",
            "–…",
        ] {
            assert_eq!(read(text), None, "{text}");
        }
    }

    proptest! {
        /// A place leads back to what was written, whatever stands around it.
        #[test]
        fn places_lead_back(before in "\\PC{0,8}", own in "%C3%96|&Ouml;|_x00D6_", after in "( \\PC{0,8})?") {
            let written = format!("{before} {own}x{after}");
            let read = Unescaped::of(&written).unwrap();
            let lead = |(c, (from, to)): Placed| matches!(c, 'Ö' | 'O') && written[from..to] == own;
            prop_assert!(read.letters().any(lead), "{read:?}");
            prop_assert!(read.letters().all(|(_, (from, to))| written.get(from..to).is_some()));
        }
    }
}
