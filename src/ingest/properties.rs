//! What a workbook says of itself beside its sheets: properties that its maker put there by name. Programs keep them when
//! the workbook is saved under another name or in another format, and so do people who copy and delete sheets.

use std::collections::BTreeMap;
use std::io::{Cursor, Read};

/// Where the formats keep them, and what an entry begins with there.
const PLACES: [(&str, &str); 2] = [("docProps/custom.xml", "<property "), ("meta.xml", "<meta:user-defined ")];

/// More than any list of properties is long.
const LONGEST: u64 = 1 << 20;

/// The properties of a workbook by their names, as they are written; none where there are none or they cannot be read.
pub fn properties(bytes: &[u8]) -> BTreeMap<String, String> {
    let Ok(mut archive) = zip::ZipArchive::new(Cursor::new(bytes)) else { return BTreeMap::new() };
    let mut found = BTreeMap::new();
    for (part, entry) in PLACES {
        let Ok(part) = archive.by_name(part) else { continue };
        let mut text = String::new();
        if part.take(LONGEST).read_to_string(&mut text).is_ok() {
            found.extend(text.split(entry).skip(1).filter_map(property));
        }
    }
    found
}

/// The name and the value of one entry: what stands between its tags.
fn property(entry: &str) -> Option<(String, String)> {
    let (head, rest) = entry.split_once('>')?;
    let (_, named) = head.split_once("name=\"")?;
    let (name, _) = named.split_once('"')?;
    let own = rest.split("</").next()?;
    let value = own.rsplit('>').next()?;
    Some((name.to_owned(), value.trim().to_owned()))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// An entry is read as either kind of workbook writes it.
    #[test]
    fn entries_of_both_kinds_are_read() {
        for entry in [
            "fmtid=\"{D5}\" pid=\"2\" name=\"samkor.run\"><vt:lpwstr>2026-11-30</vt:lpwstr></property>",
            "meta:name=\"samkor.run\" meta:value-type=\"string\">2026-11-30</meta:user-defined>",
        ] {
            assert_eq!(property(entry), Some(("samkor.run".to_owned(), "2026-11-30".to_owned())), "{entry}");
        }
        assert_eq!(property("pid=\"2\"/>"), None);
    }

    /// What is no archive has none.
    #[test]
    fn what_is_no_archive_has_none() {
        assert!(properties(b"Konto;Beslut").is_empty());
    }
}
