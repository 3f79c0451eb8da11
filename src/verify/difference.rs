//! A run made again beside the run: each file byte for byte, and where two differ, in which sheet and on which row.
//!
//! Only places are told, never what stands there: the answer can be shown to anyone.

use super::again::again_part;
use super::{Opened, Part};
use crate::config::InputFile;
use crate::ingest::{WholeBook, WholeSheet, read_whole};
use crate::model::{Message, counted, message};
use crate::runfolder::{MANIFEST, Manifest};
use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

/// Above any workbook that the program writes.
const MOST_BYTES: u64 = 1 << 30;

/// Compares a run with the same made again in a folder.
pub(super) fn compare(run: &Opened<'_>, again: &Path, version: &str) -> Part {
    let paths = paths(&run.manifest, again);
    let mut part = again_part(counted(paths.len(), ["fil", "filer"], ["file", "files"]));
    for path in &paths {
        let differs = differs(path, &run.folder.join(path), &again.join(path));
        part.deviations.extend(differs.map(|why| {
            let (sv, en) = why.both();
            message!("{path}: {sv}", "{path}: {en}")
        }));
    }
    let made_with = &run.manifest.samkor;
    if !part.deviations.is_empty() && made_with != version {
        part.deviations.push(message!(
            "körningen gjordes med samkor {made_with} och gjordes om med {version}; gör om den med {made_with}",
            "the run was made with samkor {made_with} and made again with {version}; make it again with {made_with}"
        ));
    }
    part
}

/// What either wrote, the manifest last: what it says follows from the others.
fn paths(manifest: &Manifest, again: &Path) -> Vec<String> {
    let made = fs::read(again.join(MANIFEST)).ok().and_then(|bytes| serde_json::from_slice::<Manifest>(&bytes).ok());
    let outputs = manifest.outputs.iter().chain(made.iter().flat_map(|made| &made.outputs));
    let all: BTreeSet<String> = outputs.map(|output| output.path.clone()).collect();
    all.into_iter().chain([MANIFEST.to_owned()]).collect()
}

/// How two files differ, if they do.
fn differs(path: &str, then: &Path, now: &Path) -> Option<Message> {
    let (before, after) = match (fs::read(then), fs::read(now)) {
        (Ok(before), Ok(after)) => (before, after),
        (Err(_), Ok(_)) => return Some(message!("finns inte i körningen", "is not in the run")),
        (_, Err(_)) => {
            return Some(message!("skrevs inte när körningen gjordes om", "was not written when made again"));
        }
    };
    if before == after {
        return None;
    }
    Some(match Path::new(path).extension().and_then(|ending| ending.to_str()) {
        Some("xlsx") => books(then, now),
        Some("jsonl") => lines(&before, &after),
        _ => json(&before, &after),
    })
}

/// The first row that differs of each sheet.
fn books(then: &Path, now: &Path) -> Message {
    let read = |path: &Path| read_whole(&InputFile { path: path.to_owned(), ..InputFile::default() }, MOST_BYTES).ok();
    let (Some(then), Some(now)) = (read(then), read(now)) else {
        return message!("arbetsboken är en annan och kan inte läsas", "the workbook is another and cannot be read");
    };
    let names: BTreeSet<&str> = then.sheets.iter().chain(&now.sheets).map(|sheet| sheet.name.as_str()).collect();
    let sheets: Vec<Message> = names.into_iter().filter_map(|name| sheet(name, &then, &now)).collect();
    if sheets.is_empty() {
        return message!("bladen är lika, men filen är en annan", "the sheets are the same, but the file is another");
    }
    let join = |of: fn(&Message) -> &str| sheets.iter().map(of).collect::<Vec<_>>().join("; ");
    Message { sv: join(|message| &message.sv), en: join(|message| &message.en) }
}

fn sheet(name: &str, then: &WholeBook, now: &WholeBook) -> Option<Message> {
    let of = |book: &'_ WholeBook| book.sheets.iter().position(|sheet| sheet.name == name);
    let (Some(before), Some(after)) = (of(then), of(now)) else {
        return Some(message!("bladet {name} finns bara i den ena", "the sheet {name} is in one of them only"));
    };
    let row = first_other_row(&then.sheets[before], &now.sheets[after])?;
    Some(message!("bladet {name} från rad {row}", "the sheet {name} from row {row}"))
}

fn first_other_row(then: &WholeSheet, now: &WholeSheet) -> Option<u32> {
    let pairs = (0..then.rows.len().max(now.rows.len())).map(|at| (then.rows.get(at), now.rows.get(at)));
    let (before, after) = pairs.into_iter().find(|(before, after)| before != after)?;
    before.into_iter().chain(after).map(|(row, _)| *row).min()
}

fn lines(then: &[u8], now: &[u8]) -> Message {
    let (mut before, mut after) = (then.split(|byte| *byte == b'\n'), now.split(|byte| *byte == b'\n'));
    let mut line = 1u64;
    while let (Some(own), Some(other)) = (before.next(), after.next()) {
        if own != other {
            break;
        }
        line += 1;
    }
    message!("skiljer sig från rad {line}", "differs from line {line}")
}

/// The names that hold other values.
fn json(then: &[u8], now: &[u8]) -> Message {
    type Object = serde_json::Map<String, serde_json::Value>;
    let read = |bytes| serde_json::from_slice::<Object>(bytes).unwrap_or_default();
    let (then, now) = (read(then), read(now));
    let names: BTreeSet<&String> = then.keys().chain(now.keys()).collect();
    let other: Vec<&str> =
        names.into_iter().filter(|name| then.get(*name) != now.get(*name)).map(String::as_str).collect();
    let other = other.join(", ");
    message!("skiljer sig i {other}", "differs in {other}")
}
