//! Mistakes in the TOML itself, told in plain words: what stands there, and what to write instead.
//!
//! The parser says where it gave up and, in English, what it hoped for. People need to know what they did: most of
//! these mistakes are curly quotes from Word, a path with backslashes, a date that does not exist, "ja" for true. So
//! the line is looked at again, by one small function for each kind of mistake, and the first that knows it speaks.

mod key;
mod line;
mod list;
mod text;
mod value;

use super::document::Document;
use crate::model::{Message, message};
use line::Spot;
pub use line::without_comment;
use std::collections::BTreeMap;

/// What a mistake is, and the way out.
pub struct Told {
    says: Message,
    way_out: Option<Message>,
}

impl Told {
    fn new(says: Message, way_out: Message) -> Self {
        Self { says, way_out: Some(way_out) }
    }
}

/// Knows one kind of mistake.
type Expert = fn(&Spot<'_>) -> Option<Told>;

/// Every kind; the first that fits is told, so the plainer come first.
const EXPERTS: &[Expert] = &[
    text::invisible,
    text::control_character,
    key::twice,
    key::comment,
    text::curly_quotes,
    key::heading,
    key::colon,
    key::without_equals,
    key::letters,
    value::none,
    value::double_equals,
    text::backslash,
    list::trailing,
    value::yes_or_no,
    value::date,
    value::number,
    list::inline_table,
    list::separators,
    value::followed,
    text::unclosed,
    text::unquoted,
];

/// Tells every mistake the parser found, one a line. Of what is never closed the opening is told, and nothing below
/// it: all of that stands inside, as the parser sees it.
pub fn report(document: &Document<'_>, mistakes: &[toml::de::Error]) {
    let unclosed = list::unclosed(document.text(), mistakes);
    let end = unclosed.as_ref().map_or(usize::MAX, |(opened, _)| document.line_number(*opened));
    let mut by_line: BTreeMap<usize, Vec<&toml::de::Error>> = BTreeMap::new();
    for mistake in mistakes {
        by_line.entry(document.line_number(offset(mistake))).or_default().push(mistake);
    }
    for (_, mistakes) in by_line.range(..end) {
        let at = mistakes.iter().map(|mistake| offset(mistake)).min().unwrap_or(0);
        let spot = Spot::new(document.text(), at, mistakes);
        let told = EXPERTS.iter().find_map(|expert| expert(&spot)).unwrap_or_else(|| unknown(&spot));
        document.mistake(at, told.says, told.way_out);
    }
    if let Some((opened, told)) = unclosed {
        document.mistake(opened, told.says, told.way_out);
    }
}

fn offset(mistake: &toml::de::Error) -> usize {
    mistake.span().map_or(0, |span| span.start)
}

/// A mistake of no known kind: the line is shown, with the form that lines have.
fn unknown(spot: &Spot<'_>) -> Told {
    let line = spot.line.trim();
    Told::new(
        message!("raden kan inte tolkas: {line}", "the line cannot be read: {line}"),
        message!(
            "En rad skrivs nyckel = värde, med text inom citattecken: file = \"indata/lon.csv\"",
            "A line is written key = value, with text in quotes: file = \"indata/lon.csv\""
        ),
    )
}

#[cfg(test)]
mod tests;
