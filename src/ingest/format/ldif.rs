//! LDIF, in which directories are written out (`ldifde`, `ldapsearch`): entries of attributes, one a line, made rows
//! under the attributes' names. An attribute of several values is one cell, as `csvde` writes it.

use super::cells::Gaps;
use super::encoding::{Decoded, decode};
use super::{EachRow, Format, Hints, Opened, Row, Shape, SheetInfo, Trouble, Workbook, twice};
use crate::ingest::value::Value;
use crate::ingest::words::tells_of_a_cut;
use crate::model::{Message, base64_in_pieces, message};
use std::borrow::Cow;
use std::collections::HashMap;
use std::ops::ControlFlow;

/// LDIF: the first line that is no comment begins an entry or tells the version.
pub const FORMAT: Format = Format { recognises, open };

/// As many columns as a sheet can have.
const MAX_COLUMNS: usize = 16_384;

/// Stands between the values of an attribute.
const BETWEEN: &str = ";";

fn recognises(bytes: &[u8]) -> bool {
    // UTF-16 is told by the same letters with NULs between.
    let head: Vec<u8> = bytes.iter().take(8192).copied().filter(|&byte| byte != 0).collect();
    let head = String::from_utf8_lossy(&head);
    let begins = |line: &str, word: &str| line.get(..word.len()).is_some_and(|start| start.eq_ignore_ascii_case(word));
    let mut lines = head.lines().map(|line| line.trim_start_matches(['\u{feff}', '\u{fffd}']));
    let first = lines.find(|line| !line.trim().is_empty() && !line.starts_with('#'));
    first.is_some_and(|line| begins(line, "dn:") || begins(line, "version: 1") && line.trim().len() == 10)
}

struct Ldif<'a> {
    text: Cow<'a, str>,
    encoding: &'static str,
    /// The attributes' names in the order in which they first stand.
    names: Vec<String>,
    /// By the name in small letters, its column.
    columns: HashMap<String, usize>,
    /// The line on which the search says that it stopped at a limit.
    cut_at: Option<u32>,
}

fn open<'a>(bytes: &'a [u8], hints: &Hints<'_>) -> Opened<'a> {
    let Decoded { text, encoding } = decode(bytes, hints.encoding)?;
    let (mut names, mut columns) = (Vec::new(), HashMap::new());
    entries(&text, &mut |entry| {
        for (name, _) in entry {
            columns.entry(name.to_lowercase()).or_insert_with(|| {
                names.push((*name).to_owned());
                names.len() - 1
            });
        }
        if names.len() > MAX_COLUMNS {
            return Err(too_many_attributes());
        }
        Ok(ControlFlow::Continue(()))
    })?;
    let cut_at = cut_at(&text);
    Ok(Box::new(Ldif { text, encoding, names, columns, cut_at }))
}

impl Workbook for Ldif<'_> {
    fn shape(&self) -> Shape {
        Shape { format: "ldif", encoding: Some(self.encoding.to_owned()), delimiter: None }
    }

    fn sheets(&self) -> Vec<SheetInfo> {
        vec![SheetInfo { name: String::new(), visible: true }]
    }

    fn cut_at(&self) -> Option<u32> {
        self.cut_at
    }

    fn remark(&self) -> Option<Message> {
        twice::remark(self.encoding)
    }

    fn rows(&mut self, _sheet: usize, each: &mut EachRow<'_>) -> Result<(), Trouble> {
        let header: Vec<Value<'_>> = self.names.iter().map(|name| Value::Text(Cow::Borrowed(name.as_str()))).collect();
        if each(&Row { number: 1, cells: &header, width: None }).is_break() {
            return Ok(());
        }
        let (mut number, mut gaps) = (1, Gaps::of(self.text.len()));
        entries(&self.text, &mut |entry| {
            let mut cells: Vec<Cow<'_, str>> = Vec::new();
            for (name, value) in entry {
                let Some(&column) = self.columns.get(&name.to_lowercase()) else { continue };
                if cells.len() <= column {
                    gaps.add(column - cells.len())?;
                    cells.resize(column + 1, Cow::Borrowed(""));
                }
                match cells[column].is_empty() {
                    true => cells[column] = value.clone(),
                    false => {
                        let values = cells[column].to_mut();
                        values.push_str(BETWEEN);
                        values.push_str(value);
                    }
                }
            }
            number += 1;
            let cell =
                |text: Cow<'_, str>| if text.is_empty() { Value::Empty } else { Value::Text(text.into_owned().into()) };
            let cells: Vec<Value<'_>> = cells.into_iter().map(cell).collect();
            Ok(each(&Row { number, cells: &cells, width: None }))
        })
    }
}

/// What a search says of itself, in a comment or as its result; an attribute may say anything.
fn cut_at(text: &str) -> Option<u32> {
    let of_search = |line: &str| line.starts_with('#') || line.starts_with("result:") || line.starts_with("text:");
    let says = |(line, _): &(&str, u32)| of_search(line) && tells_of_a_cut(line);
    text.lines().zip(1..).find(says).map(|(_, number)| number)
}

/// The attributes of an entry with their values, in order.
type Entry<'t> = Vec<(&'t str, Cow<'t, str>)>;

/// Receives entries until it breaks off.
type EachEntry<'f> = dyn FnMut(&[(&str, Cow<'_, str>)]) -> Result<ControlFlow<()>, Trouble> + 'f;

/// Hands out the entries of a file until the receiver breaks off.
fn entries(text: &str, each: &mut EachEntry<'_>) -> Result<(), Trouble> {
    let mut lines = text.lines().zip(1usize..).peekable();
    while let Some((first, number)) = lines.next() {
        if first.trim().is_empty() {
            continue;
        }
        let mut written: Vec<(Vec<&str>, usize)> = vec![(vec![first], number)];
        while let Some((line, number)) = lines.next_if(|(line, _)| !line.trim_end_matches('\r').is_empty()) {
            match line.strip_prefix(' ') {
                Some(folded) => written.last_mut().into_iter().for_each(|(parts, _)| parts.push(folded)),
                None => written.push((vec![line], number)),
            }
        }
        if let Some(entry) = entry(&written)?
            && each(&entry)?.is_break()
        {
            return Ok(());
        }
    }
    Ok(())
}

/// A block of lines as an entry; none where it is a comment, or what a search says of itself.
fn entry<'t>(written: &[(Vec<&'t str>, usize)]) -> Result<Option<Entry<'t>>, Trouble> {
    let mut entry = Vec::new();
    for (parts, number) in written.iter().filter(|(parts, _)| !parts[0].starts_with('#')) {
        let (name, value) = attribute(parts).ok_or_else(|| no_attribute(*number))?;
        let value = value.ok_or_else(|| stands_elsewhere(*number, name))?;
        if name.eq_ignore_ascii_case("changetype") && !value.eq_ignore_ascii_case("add") {
            return Err(is_of_changes(*number, &value));
        }
        let says_nothing = ["version", "changetype"].iter().any(|word| name.eq_ignore_ascii_case(word));
        if !says_nothing {
            entry.push((name, value));
        }
    }
    match entry.first() {
        None => Ok(None),
        Some((name, _)) if name.eq_ignore_ascii_case("dn") => Ok(Some(entry)),
        // What `ldapsearch` says last: how many it found, and where else to look.
        Some((name, _)) if ["search", "result", "ref"].contains(name) => Ok(None),
        Some(_) => Err(no_name(written[0].1)),
    }
}

/// An attribute's name, and its value where it stands in the file.
type Attribute<'t> = (&'t str, Option<Cow<'t, str>>);

/// `name: value`, `name:: base64`, or `name:< url`, of which nothing is fetched. Options of a name are cut (`cn;lang-sv`).
fn attribute<'t>(parts: &[&'t str]) -> Option<Attribute<'t>> {
    let (name, rest) = parts[0].split_once(':')?;
    let name = name.split(';').next().unwrap_or(name).trim();
    if name.is_empty() || name.contains(char::is_whitespace) {
        return None;
    }
    let whole = match parts.len() {
        1 => Cow::Borrowed(rest),
        _ => Cow::Owned([&[rest], &parts[1..]].concat().concat()),
    };
    let value = match whole.strip_prefix(':') {
        Some(coded) => Cow::Owned(decoded(coded.trim())),
        None if whole.starts_with('<') => return Some((name, None)),
        None => match whole {
            Cow::Borrowed(text) => Cow::Borrowed(text.trim()),
            Cow::Owned(text) => Cow::Owned(text.trim().to_owned()),
        },
    };
    Some((name, Some(value)))
}

/// The text in base64; what is no text stays as it was written.
fn decoded(coded: &str) -> String {
    let Some(bytes) = base64_in_pieces(coded) else { return coded.to_owned() };
    match String::from_utf8(wide(&bytes).unwrap_or(bytes)) {
        Ok(text) if !text.contains(|c: char| c.is_control() && !c.is_whitespace()) => text,
        _ => coded.to_owned(),
    }
}

/// Letters of two bytes each, as Windows holds them, in the encoding of the file.
fn wide(bytes: &[u8]) -> Option<Vec<u8>> {
    let (units, rest) = bytes.as_chunks::<2>();
    let is_wide =
        rest.is_empty() && !units.is_empty() && units.iter().filter(|unit| unit[1] == 0).count() * 2 > units.len();
    let units = || units.iter().map(|unit| u16::from_le_bytes(*unit));
    is_wide.then(|| char::decode_utf16(units()).collect::<Result<String, _>>().ok().map(String::into_bytes)).flatten()
}

fn stands_elsewhere(line: usize, name: &str) -> Trouble {
    Trouble {
        says: message!(
            "värdet av {name} på rad {line} står i en annan fil, som inte hämtas",
            "the value of {name} on line {line} stands in another file, which is not fetched"
        ),
        way_out: message!(
            "Exportera på nytt så att alla värden står i filen (ldapsearch utan -t), eller utan det attributet.",
            "Export again so that every value stands in the file (ldapsearch without -t), or without that attribute."
        ),
    }
}

fn no_attribute(line: usize) -> Trouble {
    trouble_at(message!("rad {line} är ingen rad av LDIF", "line {line} is no line of LDIF"))
}

fn no_name(line: usize) -> Trouble {
    trouble_at(message!("posten på rad {line} saknar dn", "the entry on line {line} has no dn"))
}

fn is_of_changes(line: usize, kind: &str) -> Trouble {
    trouble_at(message!(
        "rad {line} beskriver en ändring (changetype: {kind}), inte en post",
        "line {line} describes a change (changetype: {kind}), not an entry"
    ))
}

fn too_many_attributes() -> Trouble {
    trouble_at(message!("filen har fler än {MAX_COLUMNS} attribut", "the file has more than {MAX_COLUMNS} attributes"))
}

fn trouble_at(says: Message) -> Trouble {
    Trouble {
        says,
        way_out: message!(
            "Exportera katalogen på nytt med ldifde -f FIL, eller som CSV.",
            "Export the directory again with ldifde -f FILE, or as CSV."
        ),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn table(text: &str) -> Result<Vec<Vec<String>>, Trouble> {
        let hints = Hints { encoding: None, delimiter: None, as_shown: false, header_score: &|_| 0 };
        let mut rows = Vec::new();
        open(text.as_bytes(), &hints)?.rows(0, &mut |row| {
            rows.push(row.cells.iter().map(|cell| cell.text().unwrap_or_default()).collect());
            ControlFlow::Continue(())
        })?;
        Ok(rows)
    }

    /// Folded lines, base64, several values, comments, options and the version are what the standard says they are.
    #[test]
    fn entries_become_rows() {
        let text = "version: 1\n# Uttag\ndn: CN=Eva Lind,OU=Vård,\n DC=x\nchangetype: add\ncn;lang-sv: Eva Lind\n\
                    mail: a@x.se\nMail: b@x.se\n\ndn:: Q049w4VzYQ==\nobjectGUID:: /v8=\nl:: RQB2AGEA\n\
                    cn: Åsa\n\n# search result\nsearch: 2\nresult: 0 Success\n";
        let rows = table(text).map_err(|t| t.says.en).unwrap();
        assert_eq!(rows[0], ["dn", "cn", "mail", "objectGUID", "l"]);
        assert_eq!(rows[1], ["CN=Eva Lind,OU=Vård,DC=x", "Eva Lind", "a@x.se;b@x.se"]);
        assert_eq!(rows[2], ["CN=Åsa", "Åsa", "", "/v8=", "Eva"]);
        assert_eq!(rows.len(), 3);
    }

    /// A file of changes is no list of entries, and a line that is none is told with its number.
    #[test]
    fn what_is_no_entry_is_refused() {
        for (text, part) in [
            ("dn: cn=a\nchangetype: delete\n", "line 2 describes a change"),
            ("dn: cn=a\nhej\n", "line 2 is no line"),
            ("dn: cn=a\n\ncn: b\n", "line 3 has no dn"),
            ("dn: cn=a\njpegPhoto:< file:///etc/passwd\n", "jpegPhoto on line 2 stands in another file"),
        ] {
            let Err(trouble) = table(text) else { panic!("must not be read") };
            assert!(trouble.says.en.contains(part), "{}", trouble.says.en);
        }
    }

    /// It is told from text with delimiters, in UTF-16 too.
    #[test]
    fn it_is_recognised() {
        let utf16: Vec<u8> = "\u{feff}dn: cn=a\r\n".encode_utf16().flat_map(u16::to_le_bytes).collect();
        assert!(recognises(b"\n# x\nDN: cn=a\n") && recognises(&utf16) && recognises(b"version: 1\n\ndn: cn=a\n"));
        assert!(!recognises(b"dn,cn\n") && !recognises(b"version: 10;x\n") && !recognises(b""));
    }

    proptest! {
        /// No text makes it panic.
        #[test]
        fn any_text_is_survived(text in "[dn:a <=#\n\r;\u{e5}]{0,80}") {
            let _ = table(&text);
        }
    }
}
