//! Damaged files of every format: whatever is changed in them, they are read or refused, and never more.
//!
//! The changes follow from a seed, so that every failure comes again. `SAMKOR_MUTATIONS` sets how many there are of each
//! file, for a longer search by hand.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::print_stdout)] // A test may fail loudly.

mod common;

use common::xlsb::xlsb;
use common::{archive, fixture, unpacked, write_rows};
use std::fs;
use std::path::Path;

/// Changes of each file where nothing else is asked for.
const CHANGES: u64 = 100;

/// What the error of a panic in a parsing library says: the readers of the program's own may never say it.
const BROKE: &str = "damaged in a way that could not be read";

/// Numbers that follow from a seed (xorshift64*).
struct Chance(u64);

impl Chance {
    fn next(&mut self) -> u64 {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        self.0.wrapping_mul(0x2545_F491_4F6C_DD1D)
    }

    fn below(&mut self, limit: usize) -> usize {
        usize::try_from(self.next() % u64::try_from(limit.max(1)).unwrap()).unwrap()
    }
}

/// Pieces that readers stumble over.
const PIECES: [&[u8]; 16] = [
    b"\0",
    b"\"",
    b"'",
    b"\n",
    b";",
    b"\xFF",
    b"<",
    b"&#0;",
    b"&x;",
    b"99999999999",
    b"-1",
    b"\xFF\xFF\xFF\xFF",
    b"]]>",
    b"</",
    b":: ",
    b"XFD1048576",
];

/// Changes some bytes: one turned, a piece put in, a stretch left out, doubled or moved, the end cut off.
fn changed(bytes: &[u8], chance: &mut Chance) -> Vec<u8> {
    let mut bytes = bytes.to_vec();
    for _ in 0..=chance.below(3) {
        let at = chance.below(bytes.len());
        let end = (at + 1 + chance.below(24)).min(bytes.len());
        match chance.below(6) {
            0 if at < bytes.len() => bytes[at] ^= 1 << chance.below(8),
            1 => {
                let piece = PIECES[chance.below(PIECES.len())];
                bytes.splice(at..at, piece.iter().copied());
            }
            2 => drop(bytes.drain(at..end)),
            3 => {
                let stretch = bytes[at..end].to_vec();
                bytes.splice(at..at, stretch);
            }
            4 => {
                let stretch: Vec<u8> = bytes.drain(at..end).collect();
                let to = chance.below(bytes.len());
                bytes.splice(to..to, stretch);
            }
            _ if chance.below(4) == 0 => bytes.truncate(at),
            _ => {}
        }
    }
    bytes
}

const ROWS: [[&str; 5]; 4] = [
    ["Konto-ID", "Namn", "Anst.nr", "Status", "Senast inloggad"],
    ["evalin01", "Eva Lind", "1001", "Aktiv", "2026-10-01"],
    ["perost01", "Per \u{d6}st", "1002", "Inaktiv", "2024-02-29"],
    ["svc-backup", "", "", "Aktiv", ""],
];

fn xlsx() -> Vec<u8> {
    let mut workbook = rust_xlsxwriter::Workbook::new();
    let sheet = workbook.add_worksheet();
    write_rows(sheet, &ROWS);
    sheet.merge_range(5, 0, 5, 3, "Slut", &rust_xlsxwriter::Format::new()).unwrap();
    sheet.write_formula(6, 0, "=1/0").unwrap();
    workbook.save_to_buffer().unwrap()
}

fn csv(delimiter: &str) -> String {
    ROWS.iter().map(|row| format!("\"{}\"", row.join(&format!("\"{delimiter}\"")))).collect::<Vec<_>>().join("\r\n")
}

const LDIF: &str = "version: 1\n\n# uttag\ndn: CN=Eva,\n DC=x\nchangetype: add\nsAMAccountName: eva\ncn:: w4ZzYQ==\nmail: a@x.se\n\
    mail: b@x.se\nuserAccountControl: 512\naccountExpires: 9223372036854775807\n\ndn: CN=Per\nsAMAccountName: per\n";

const PAXML: &str = "<?xml version=\"1.0\" encoding=\"ISO-8859-1\"?><paxml><header><version>2.2</version></header><personal>\
    <person anstid=\"1\" persnr=\"19850101-2382\"><fornamn>Eva</fornamn><efternamn>&#214;st</efternamn><anstdatum>2015-01-01\
    </anstdatum></person><person anstid=\"2\"><fornamn>Per</fornamn><efternamn>Ek</efternamn></person></personal></paxml>";

/// A file, what it is called, and whether the program's own readers read it.
fn seeds() -> Vec<(&'static str, Vec<u8>, bool)> {
    let wide =
        |text: &str| -> Vec<u8> { format!("\u{feff}{text}").encode_utf16().flat_map(u16::to_le_bytes).collect() };
    let rows: Vec<&[&str]> = ROWS.iter().map(|row| &row[..]).collect();
    vec![
        ("csv", csv(";").into_bytes(), true),
        ("spaced csv", csv(", ").into_bytes(), true),
        ("wide csv", wide(&csv("\t")), true),
        ("ldif", LDIF.as_bytes().to_vec(), true),
        ("wide ldif", wide(LDIF), true),
        ("paxml", PAXML.as_bytes().to_vec(), true),
        ("ods", fs::read(fixture("format/konton.ods")).unwrap(), true),
        ("xls", fs::read(fixture("format/konton.xls")).unwrap(), false),
        ("xlsx", xlsx(), false),
        ("xlsb", xlsb(&rows), false),
    ]
}

/// Changes a file, or one part of it where it is an archive: the checksums of the whole would hide the rest.
fn damaged(bytes: &[u8], chance: &mut Chance) -> Vec<u8> {
    if !bytes.starts_with(b"PK") || chance.below(8) == 0 {
        return changed(bytes, chance);
    }
    let mut parts = unpacked(bytes);
    let at = chance.below(parts.len());
    parts[at].1 = changed(&parts[at].1, chance);
    let parts: Vec<(&str, Vec<u8>)> = parts.iter().map(|(name, bytes)| (name.as_str(), bytes.clone())).collect();
    archive(&parts)
}

/// Reads a file as a table, and gives what was said.
fn table(file: &Path) -> Option<samkor::Error> {
    samkor::write_csv(file, samkor::Wanted::Best, &mut std::io::sink()).err()
}

/// Reads a file for what it could be, which takes longer, and gives what was said.
fn seen(file: &Path) -> Option<samkor::Error> {
    let today = "2026-11-30".parse().unwrap();
    samkor::inspect(&[file.to_owned()], None, today, samkor::Language::En).pop().and_then(Result::err)
}

/// Words that only one of the languages has.
const ENGLISH: &[&str] = &[
    "the",
    "is",
    "not",
    "of",
    "and",
    "cannot",
    "error",
    "invalid",
    "expected",
    "unexpected",
    "missing",
    "found",
    "too",
    "failed",
    "unknown",
    "file",
    "with",
    "while",
    "could",
    "be",
    "an",
];
const SWEDISH: &[&str] = &["och", "inte", "filen", "kan", "den", "som", "skadad", "av", "raden", "bladet"];

/// What an error says in the language of the other, where it does: a word of it, or the same in both.
fn mixed(error: &samkor::Error) -> Option<String> {
    let has = |text: &str, words: &[&str]| {
        let text = text.to_lowercase();
        let mut own = text.split(|c: char| !c.is_alphanumeric());
        own.any(|own| words.contains(&own))
    };
    // What is quoted is the file's.
    let bare = |text: &str| text.split('"').step_by(2).collect::<Vec<_>>().join(" ");
    let way_out = error.way_out.as_ref();
    [Some(&error.says), way_out].into_iter().flatten().find_map(|own| {
        let own_words = (bare(&own.sv), bare(&own.en));
        let ill = has(&own_words.0, ENGLISH) || has(&own_words.1, SWEDISH) || own.sv == own.en;
        ill.then(|| format!("{} / {}", own.sv, own.en))
    })
}

/// No change makes the program's own readers panic, and no library makes it end; what is said of it is said in Swedish to
/// a Swedish reader and in English to an English one.
#[test]
#[allow(clippy::disallowed_methods)] // A test may be asked to search longer.
fn damaged_files_are_read_or_refused() {
    let changes = std::env::var("SAMKOR_MUTATIONS").ok().and_then(|own| own.parse().ok()).unwrap_or(CHANGES);
    // A panic in a parsing library is an error of the file; a long search would print each.
    let shown = std::panic::take_hook();
    std::panic::set_hook(Box::new(|_| {}));
    let found = std::panic::catch_unwind(|| search(changes));
    std::panic::set_hook(shown);
    assert_eq!(found.unwrap(), Vec::<String>::new());
}

/// Reads every file with so many changes, and says what may not be.
fn search(changes: u64) -> Vec<String> {
    let mut found = Vec::new();
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("fil");
    for (name, bytes, is_own) in seeds() {
        fs::write(&file, &bytes).unwrap();
        let said = table(&file).or(seen(&file));
        found.extend(said.map(|said| format!("{name} as it was written: {}", said.says.en)));
        for seed in 1..=changes {
            let damaged = damaged(&bytes, &mut Chance(seed.wrapping_mul(0x9E37_79B9_7F4A_7C15)));
            fs::write(&file, damaged).unwrap();
            let also = (seed % 10 == 0).then(|| seen(&file)).flatten();
            let Some(said) = table(&file).or(also) else { continue };
            if is_own && said.says.en.contains(BROKE) {
                found.push(format!("{name}, seed {seed}"));
            }
            found.extend(mixed(&said).map(|told| format!("{name}, seed {seed}, in one language: {told}")));
        }
    }
    found
}
