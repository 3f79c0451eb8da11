//! PAXml 2.x, the exchange format of Swedish payroll programs: its persons made rows, each under the names of the
//! elements that tell of them. Other parts (pay, time, schedules) are no register and are passed over.
//!
//! Nothing is expanded or fetched: a document type is refused, and of entities only the five of XML and numbers are known.

use super::archive::TOO_DEEP;
use super::encoding::{Decoded, decode};
use super::{EachRow, Format, Hints, Opened, Row, Shape, SheetInfo, Trouble, Workbook, save_as_help};
use crate::ingest::value::Value;
use crate::model::{Message, Text, message};
use quick_xml::events::{BytesStart, Event};
use quick_xml::{Reader, escape};
use std::borrow::Cow;
use std::collections::HashMap;
use std::fmt::Display;

/// PAXml: XML whose first element is `paxml`.
pub const FORMAT: Format = Format { recognises, open };

/// No real file nests deeper.
const MAX_DEPTH: usize = 32;

/// As many columns as a sheet can have.
const MAX_COLUMNS: usize = 16_384;

/// As much as a cell of a workbook can hold.
const MAX_TEXT: usize = 32_767;

/// Whether bytes are PAXml.
pub fn recognises(bytes: &[u8]) -> bool {
    // UTF-16 is told by the same letters with NULs between.
    let head: Vec<u8> = bytes.iter().take(8192).copied().filter(|&byte| byte != 0).collect();
    let head = String::from_utf8_lossy(&head).to_lowercase();
    let mut tags = head.split('<').skip(1).filter(|tag| !tag.starts_with(['?', '!']));
    head.trim_start_matches(['\u{feff}', '\u{fffd}']).trim_start().starts_with('<')
        && tags.next().is_some_and(|tag| {
            let name = tag.split(|c: char| c.is_whitespace() || matches!(c, '>' | '/')).next().unwrap_or("");
            name.rsplit(':').next() == Some("paxml")
        })
}

/// A person's elements, by column.
type Person = Vec<String>;

struct Paxml {
    encoding: &'static str,
    /// The elements' names in the order in which they first stand.
    names: Vec<String>,
    persons: Vec<Person>,
}

fn open<'a>(bytes: &'a [u8], hints: &Hints<'_>) -> Opened<'a> {
    let declared = declared_encoding(bytes);
    let Decoded { text, encoding } = decode(bytes, hints.encoding.or(declared.as_deref()))?;
    let mut gathering = Gathering::default();
    let mut reader = Reader::from_str(&text);
    loop {
        let event = reader.read_event().map_err(|cause| undecoded(&cause))?;
        if matches!(event, Event::Eof) {
            // Half a register would read like a whole one.
            if !gathering.path.is_empty() {
                return Err(damaged(Text::new("filen tar slut för tidigt", "the file ends too soon")));
            }
            break;
        }
        gathering.take(event)?;
    }
    if gathering.persons.is_empty() {
        return Err(no_person());
    }
    Ok(Box::new(Paxml { encoding, names: gathering.names, persons: gathering.persons }))
}

/// The encoding that the first line states.
fn declared_encoding(bytes: &[u8]) -> Option<String> {
    let head = String::from_utf8_lossy(&bytes[..bytes.len().min(200)]).into_owned();
    let declaration = head.split_once("?>")?.0;
    let value = declaration.split_once("encoding=")?.1;
    Some(value.trim_matches(['"', '\'']).split(['"', '\'']).next()?.to_owned())
}

/// What was met of a file so far.
#[derive(Default)]
struct Gathering {
    names: Vec<String>,
    columns: HashMap<String, usize>,
    persons: Vec<Person>,
    /// The elements that are open.
    path: Vec<String>,
    /// The person under way.
    person: Option<Person>,
    /// The text of the element under way.
    text: String,
}

impl Gathering {
    fn take(&mut self, event: Event<'_>) -> Result<(), Trouble> {
        match event {
            Event::Start(element) => self.begin(&element),
            Event::Empty(element) => {
                self.begin(&element)?;
                self.end()
            }
            Event::End(_) => self.end(),
            Event::Text(text) => self.add(&text.xml10_content()),
            Event::CData(text) => self.add(&text.xml10_content()),
            Event::GeneralRef(name) => match name.resolve_char_ref() {
                Ok(Some(letter)) => self.add(letter.encode_utf8(&mut [0; 4])),
                _ => match escape::resolve_predefined_entity(&name.xml10_content()) {
                    Some(letter) => self.add(letter),
                    None => Err(of_entities()),
                },
            },
            Event::DocType(_) => Err(of_entities()),
            _ => Ok(()),
        }
    }

    fn begin(&mut self, element: &BytesStart<'_>) -> Result<(), Trouble> {
        if self.path.len() >= MAX_DEPTH {
            return Err(damaged(TOO_DEEP));
        }
        let name = element.local_name().as_ref().to_owned();
        self.text.clear();
        let is_person = name == "person" && self.path.last().is_some_and(|parent| parent == "personal");
        if is_person {
            self.person = Some(Person::new());
        }
        if self.person.is_some() {
            for attribute in element.attributes().with_checks(false) {
                let attribute = attribute.map_err(|cause| undecoded(&cause))?;
                let value = escape::unescape(&attribute.value).map_err(|_| of_entities())?.into_owned();
                let own = attribute.key.local_name().as_ref().to_owned();
                if is_person && own == "delete" && matches!(value.trim(), "true" | "1") {
                    return Err(is_of_changes(self.persons.len() + 1));
                }
                let column = if is_person { own } else { format!("{name} {own}") };
                self.put(column, &value)?;
            }
        }
        self.path.push(name);
        Ok(())
    }

    fn end(&mut self) -> Result<(), Trouble> {
        let Some(name) = self.path.pop() else { return Ok(()) };
        if name == "person" && self.path.last().is_some_and(|parent| parent == "personal") {
            self.persons.extend(self.person.take());
            return Ok(());
        }
        let text = std::mem::take(&mut self.text);
        if self.person.is_some() && !text.trim().is_empty() { self.put(name, text.trim()) } else { Ok(()) }
    }

    fn add(&mut self, text: &str) -> Result<(), Trouble> {
        if self.person.is_none() {
            return Ok(());
        }
        if self.text.len() + text.len() > MAX_TEXT {
            return Err(damaged(Text::new("en för lång text", "text too long")));
        }
        self.text.push_str(text);
        Ok(())
    }

    /// Puts a value of the person under way; several of one name are one cell.
    fn put(&mut self, name: String, value: &str) -> Result<(), Trouble> {
        let Some(person) = &mut self.person else { return Ok(()) };
        let next = self.names.len();
        let column = *self.columns.entry(name.to_lowercase()).or_insert(next);
        if column == next {
            self.names.push(name);
        }
        if column >= MAX_COLUMNS {
            return Err(damaged(Text::new("för många slags element", "too many kinds of elements")));
        }
        if person.len() <= column {
            person.resize(column + 1, String::new());
        }
        let cell = &mut person[column];
        if !cell.is_empty() {
            cell.push(';');
        }
        cell.push_str(value);
        Ok(())
    }
}

impl Workbook for Paxml {
    fn shape(&self) -> Shape {
        Shape { format: "paxml", encoding: Some(self.encoding.to_owned()), delimiter: None }
    }

    fn sheets(&self) -> Vec<SheetInfo> {
        vec![SheetInfo { name: String::new(), visible: true }]
    }

    fn rows(&mut self, _sheet: usize, each: &mut EachRow<'_>) -> Result<(), Trouble> {
        let text = |text: &'_ String| -> Value<'static> {
            if text.is_empty() { Value::Empty } else { Value::Text(Cow::Owned(text.clone())) }
        };
        for (row, number) in std::iter::once(&self.names).chain(&self.persons).zip(1u32..) {
            let cells: Vec<Value<'_>> = row.iter().map(text).collect();
            if each(&Row { number, cells: &cells, width: None }).is_break() {
                return Ok(());
            }
        }
        Ok(())
    }
}

fn trouble(says: Message) -> Trouble {
    Trouble {
        says,
        way_out: message!(
            "Exportera personalregistret på nytt ur lönesystemet, som PAXml eller CSV.",
            "Export the register of staff from the payroll system again, as PAXml or CSV."
        ),
    }
}

fn damaged(Text { sv, en }: Text) -> Trouble {
    trouble(message!("PAXml-filen är skadad ({sv})", "the PAXml file is damaged ({en})"))
}

/// The same where a library says why, which it does in English.
fn undecoded(cause: &dyn Display) -> Trouble {
    trouble(message!(
        "PAXml-filen är skadad (innehållet går inte att tolka)",
        "the PAXml file is damaged (its content cannot be decoded: {cause})"
    ))
}

fn of_entities() -> Trouble {
    Trouble {
        says: message!(
            "XML-filen har egna entiteter eller en dokumenttyp, som inte läses",
            "the XML file has entities of its own or a document type, which are not read"
        ),
        way_out: save_as_help(),
    }
}

fn no_person() -> Trouble {
    trouble(message!(
        "PAXml-filen har inga personer (personal/person): den är ett lönebesked eller tider, inget personalregister",
        "the PAXml file has no persons (personal/person): it holds pay or times, and is no register of staff"
    ))
}

fn is_of_changes(person: usize) -> Trouble {
    trouble(message!(
        "person nummer {person} i PAXml-filen ska tas bort (delete): filen är en ändringsfil, inget personalregister",
        "person number {person} of the PAXml file is to be deleted: the file holds changes and is no register of staff"
    ))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use std::ops::ControlFlow;

    fn table(bytes: &[u8]) -> Result<Vec<Vec<String>>, Trouble> {
        let hints = Hints { encoding: None, delimiter: None, as_shown: false, header_score: &|_| 0 };
        let mut rows = Vec::new();
        open(bytes, &hints)?.rows(0, &mut |row| {
            rows.push(row.cells.iter().map(|cell| cell.text().unwrap_or_default()).collect());
            ControlFlow::Continue(())
        })?;
        Ok(rows)
    }

    const HEAD: &str =
        "<?xml version=\"1.0\" encoding=\"ISO-8859-1\"?>\n<paxml><header><version>2.2</version></header>";

    /// Persons become rows under the names of their elements, in the encoding that the file states.
    #[test]
    fn persons_become_rows() {
        let text = format!(
            "{HEAD}<personal><person anstid=\"1001\" persnr=\"198501012382\"><fornamn>Åsa &amp; Bo</fornamn>\
             <resenheter><resenhet dim=\"1\" id=\"10\"/><resenhet dim=\"2\" id=\"20\"/></resenheter></person>\
             <person anstid=\"1002\"><avgdatum>2026-01-01</avgdatum></person></personal>\
             <lonetransaktioner><lonetrans anstid=\"9\"><belopp>1</belopp></lonetrans></lonetransaktioner></paxml>"
        );
        let (bytes, _, _) = encoding_rs::WINDOWS_1252.encode(&text);
        assert!(recognises(&bytes));
        let rows = table(&bytes).map_err(|t| t.says.en).unwrap();
        assert_eq!(rows[0], ["anstid", "persnr", "fornamn", "resenhet dim", "resenhet id", "avgdatum"]);
        assert_eq!(rows[1], ["1001", "198501012382", "Åsa & Bo", "1;2", "10;20"]);
        assert_eq!(rows[2], ["1002", "", "", "", "", "2026-01-01"]);
        assert_eq!(rows.len(), 3);
    }

    /// Files of changes and pay, entities and deep nesting are refused with what they are.
    #[test]
    fn what_is_no_register_is_refused() {
        let deep = "<a>".repeat(100);
        for (text, part) in [
            (format!("{HEAD}<personal><person delete=\"true\"/></personal></paxml>"), "to be deleted"),
            (format!("{HEAD}<lonetransaktioner/></paxml>"), "no persons"),
            (format!("<!DOCTYPE p [<!ENTITY a \"b\">]>{HEAD}</paxml>"), "entities"),
            (format!("{HEAD}<personal><person><fornamn>&lol;</fornamn></person></personal></paxml>"), "entities"),
            (format!("{HEAD}{deep}"), "nested too deep"),
        ] {
            let Err(trouble) = table(text.as_bytes()) else { panic!("must not be read") };
            assert!(trouble.says.en.contains(part), "{}", trouble.says.en);
        }
    }

    /// Other XML is not taken for it.
    #[test]
    fn other_xml_is_not_taken_for_it() {
        assert!(recognises(b"\xef\xbb\xbf<?xml version='1.0'?><!-- x --><PAXml xmlns='u'>"));
        assert!(!recognises(b"<?xml version='1.0'?><table><paxml/></table>") && !recognises(b"paxml;a\n"));
    }

    proptest! {
        /// No text makes it panic.
        #[test]
        fn any_text_is_survived(text in "(<paxml>)?(<personal>)?(<person>)?[<>/&;a=\" ]{0,40}") {
            let _ = table(text.as_bytes());
        }
    }
}
