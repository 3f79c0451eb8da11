//! Zip archives before they are opened as workbooks: a budget before any memory is taken (a small file
//! may unfold to gigabytes), and every member read to its end so that the checksums are tested, which the
//! parsing library never reaches.

use super::{Trouble, save_as_help};
use crate::model::{Text, message};
use quick_xml::events::Event;
use std::fmt::Display;
use std::io::{self, BufReader, Cursor};
use zip::read::ZipFile;

/// More parts than any real workbook has.
const MAX_ENTRIES: usize = 10_000;

/// Unfolded size of the whole archive.
const MAX_UNFOLDED: u64 = 4 << 30;

/// A large part that shrinks more than this was made to do harm.
const MAX_RATIO: u64 = 200;

/// Parts that are held in memory, such as the texts that the sheets share.
const MAX_HELD: u64 = 512 << 20;

/// Parts below this size do no harm whatever their ratio.
const SMALL_PART: u64 = 10 << 20;

/// Elements within elements, more than any program writes.
pub const TOO_DEEP: Text = Text::new("för många nivåer i varandra", "nested too deep");

/// Columns beyond the last that there is.
pub const TOO_MANY_COLUMNS: Text = Text::new("för många kolumner", "too many columns");

/// A workbook that cannot be parsed, in the parser's own words.
pub fn damaged(Text { sv, en }: Text) -> Trouble {
    Trouble {
        says: message!("arbetsboken är skadad ({sv})", "the workbook is damaged ({en})"),
        way_out: save_as_help(),
    }
}

/// The same where a library says why, which it does in English.
pub fn undecoded(cause: impl Display) -> Trouble {
    Trouble {
        says: message!(
            "arbetsboken är skadad (innehållet går inte att tolka)",
            "the workbook is damaged (its content cannot be decoded: {cause})"
        ),
        way_out: save_as_help(),
    }
}

/// Sizes first, then every checksum.
///
/// # Errors
/// An archive that is damaged or made to do harm.
pub fn check(bytes: &[u8]) -> Result<(), Trouble> {
    check_for(bytes, b"").map(|_| ())
}

/// The same, and whether some bytes stand in a member: they are read anyway.
///
/// # Errors
/// An archive that is damaged or made to do harm.
pub fn check_for(bytes: &[u8], wanted: &'static [u8]) -> Result<bool, Trouble> {
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).map_err(undecoded)?;
    if archive.len() > MAX_ENTRIES {
        return Err(too_large());
    }
    let mut unfolded = 0u64;
    for index in 0..archive.len() {
        let part = archive.by_index_raw(index).map_err(undecoded)?;
        let (size, packed) = (part.size(), part.compressed_size().max(1));
        unfolded = unfolded.saturating_add(size);
        let is_held = !part.name().is_ok_and(|name| name.to_lowercase().starts_with("xl/worksheets/"));
        if unfolded > MAX_UNFOLDED || is_held && size > MAX_HELD || (size > SMALL_PART && size / packed > MAX_RATIO) {
            return Err(too_large());
        }
    }
    let mut found = false;
    for index in 0..archive.len() {
        check_promise(archive.by_index(index).map_err(undecoded)?)?;
        let mut part = archive.by_index(index).map_err(undecoded)?;
        let mut search = Search { wanted, seen: Vec::new(), found };
        io::copy(&mut part, &mut search).map_err(undecoded)?;
        found = search.found;
    }
    Ok(found)
}

/// The texts that sheets share, of which the parsing library takes room for as many as the part promises before it reads
/// any: a promise that the part cannot keep would end the program where memory is short.
///
/// # Errors
/// A part that promises more than it has room for.
fn check_promise(part: ZipFile<'_, Cursor<&[u8]>>) -> Result<(), Trouble> {
    /// As many do no harm.
    const HARMLESS: u64 = 1_000_000;
    /// Bytes of the shortest text, `<si/>`.
    const SHORTEST: u64 = 5;
    if !part.name().is_ok_and(|name| name.to_lowercase().ends_with("sharedstrings.xml")) {
        return Ok(());
    }
    let most = (part.size() / SHORTEST).max(HARMLESS);
    let mut reader = quick_xml::Reader::from_reader(BufReader::new(part));
    reader.config_mut().check_end_names = false;
    let mut buffer = Vec::new();
    loop {
        // What cannot be parsed is told by the parsing library, which begins in the same way.
        let (Event::Start(element) | Event::Empty(element)) = (match reader.read_event_into(&mut buffer) {
            Ok(Event::Eof) | Err(_) => return Ok(()),
            Ok(event) => event,
        }) else {
            buffer.clear();
            continue;
        };
        let mut attributes = element.attributes();
        let own = attributes.with_checks(false).filter_map(Result::ok).filter(|own| own.key.as_ref() == "uniqueCount");
        let promised = own.filter_map(|own| own.value.trim().trim_start_matches('+').parse::<u64>().ok()).max();
        if promised.is_some_and(|promised| promised > most) {
            return Err(too_large());
        }
        if element.local_name().as_ref() == "sst" {
            return Ok(());
        }
        buffer.clear();
    }
}

/// A member by its name, unpacked; none where it is not there.
///
/// # Errors
/// A member that is damaged, or larger than `most` bytes.
pub fn member(bytes: &[u8], name: &str, most: u64) -> Result<Option<Vec<u8>>, Trouble> {
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).map_err(undecoded)?;
    let part = match archive.by_name(name) {
        Ok(part) if part.size() > most => return Err(too_large()),
        Ok(part) => part,
        Err(zip::result::ZipError::FileNotFound) => return Ok(None),
        Err(cause) => return Err(undecoded(cause)),
    };
    let mut unpacked = Vec::new();
    io::Read::read_to_end(&mut io::Read::take(part, most), &mut unpacked).map_err(undecoded)?;
    Ok(Some(unpacked))
}

/// Takes bytes in and keeps none of them but where what is looked for may begin.
struct Search {
    wanted: &'static [u8],
    /// The last bytes, and those that came now.
    seen: Vec<u8>,
    found: bool,
}

impl io::Write for Search {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        if !self.found && !self.wanted.is_empty() {
            self.seen.extend_from_slice(bytes);
            self.found = memchr::memmem::find(&self.seen, self.wanted).is_some();
            self.seen.drain(..self.seen.len().saturating_sub(self.wanted.len()));
        }
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

fn too_large() -> Trouble {
    Trouble {
        says: message!(
            "arbetsboken packas upp till en orimlig storlek och läses inte",
            "the workbook unpacks to an unreasonable size and is not read"
        ),
        way_out: save_as_help(),
    }
}
