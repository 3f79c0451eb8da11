//! Text that was encoded twice: UTF-8 that some program took for windows-1252 or Latin-1 and saved as UTF-8 once more, so
//! that "Förnamn" is "FÃ¶rnamn". No word of any language has such pairs of letters.

use super::{EachRow, MergedRows, Row, Shape, SheetInfo, Trouble, Workbook};
use crate::ingest::value::Value;
use crate::model::{Message, encoded_once, message};
use chrono::NaiveDate;
use std::borrow::Cow;

/// What the encoding of such a file is called.
pub const NAME: &str = "UTF-8 x 2";

/// What is to be said of a file in that encoding.
pub fn remark(encoding: &str) -> Option<Message> {
    (encoding == NAME).then(|| {
        message!(
            "Filens å, ä och ö var kodade två gånger (FÃ¶rnamn) och läses som de var från början.",
            "The file's å, ä and ö were encoded twice (FÃ¶rnamn) and are read as they were before."
        )
    })
}

/// A workbook of whose cells some may hold what was encoded twice before it was put there.
pub struct Mending<'w> {
    workbook: Box<dyn Workbook + 'w>,
    /// Whether such a cell was met.
    met: bool,
}

impl<'w> Mending<'w> {
    /// None met yet.
    pub fn new(workbook: Box<dyn Workbook + 'w>) -> Self {
        Self { workbook, met: false }
    }
}

impl Workbook for Mending<'_> {
    fn shape(&self) -> Shape {
        self.workbook.shape()
    }

    fn sheets(&self) -> Vec<SheetInfo> {
        self.workbook.sheets()
    }

    fn day_zero(&self) -> NaiveDate {
        self.workbook.day_zero()
    }

    fn remark(&self) -> Option<Message> {
        let own = self.met.then(|| {
            message!(
                "Å, ä och ö i några celler var kodade två gånger (FÃ¶rnamn) och läses som de var från början.",
                "Å, ä and ö of some cells were encoded twice (FÃ¶rnamn) and are read as they were before."
            )
        });
        own.or_else(|| self.workbook.remark())
    }

    fn cut_at(&self) -> Option<u32> {
        self.workbook.cut_at()
    }

    fn merged_rows(&mut self, sheet: usize) -> Vec<MergedRows> {
        self.workbook.merged_rows(sheet)
    }

    fn rows(&mut self, sheet: usize, each: &mut EachRow<'_>) -> Result<(), Trouble> {
        let met = &mut self.met;
        self.workbook.rows(sheet, &mut |row| match mended_cells(row.cells) {
            None => each(row),
            Some(cells) => {
                *met = true;
                each(&Row { cells: &cells, ..*row })
            }
        })
    }
}

/// The cells of a row in which something was encoded twice.
fn mended_cells<'v>(cells: &[Value<'v>]) -> Option<Vec<Value<'v>>> {
    let mut mended_cells: Option<Vec<Value<'v>>> = None;
    for (at, cell) in cells.iter().enumerate() {
        let Value::Text(text) = cell else { continue };
        if let Some(text) = mended(text) {
            mended_cells.get_or_insert_with(|| cells.to_vec())[at] = Value::Text(Cow::Owned(text));
        }
    }
    mended_cells
}

/// How å, ä, ö, é and their capitals begin when they are encoded twice.
const FIRST: char = 'Ã';

/// The text as it was before, where something in it was encoded twice; more than once more if need be.
pub fn mended(text: &str) -> Option<String> {
    let once = mended_once(text)?;
    Some(mended(&once).unwrap_or(once))
}

fn mended_once(text: &str) -> Option<String> {
    if !text.contains(FIRST) || !runs(text).any(|run| run.contains(FIRST) && encoded_once(run).is_some()) {
        return None;
    }
    let mut mended = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(start) = rest.find(|c: char| !c.is_ascii()) {
        let (ascii, from) = rest.split_at(start);
        let end = from.find(|c: char| c.is_ascii()).unwrap_or(from.len());
        let (run, behind) = from.split_at(end);
        mended.push_str(ascii);
        mended.push_str(encoded_once(run).as_deref().unwrap_or(run));
        rest = behind;
    }
    mended.push_str(rest);
    Some(mended)
}

/// Letters beyond ASCII that stand together.
fn runs(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c: char| c.is_ascii()).filter(|run| !run.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;
    use encoding_rs::WINDOWS_1252;
    use proptest::prelude::*;

    /// A text as it looks when its bytes are taken for another encoding.
    fn twice(text: &str, latin: bool) -> String {
        match latin {
            true => text.bytes().map(char::from).collect(),
            false => WINDOWS_1252.decode_without_bom_handling(text.as_bytes()).0.into_owned(),
        }
    }

    /// What was encoded twice, or thrice, is read as it was, also where only some of it was.
    #[test]
    fn what_was_encoded_twice_is_mended() {
        let text = "Förnamn;Ort\nÅsa Öberg;Älmhult\nRené;Malmö – norr\n";
        for latin in [false, true] {
            assert_eq!(mended(&twice(text, latin)).as_deref(), Some(text));
            assert_eq!(mended(&twice(&twice(text, latin), latin)).as_deref(), Some(text));
        }
        assert_eq!(mended(&format!("Åsa;{}", twice("Öberg", false))).as_deref(), Some("Åsa;Öberg"));
        for whole in [text, "JOÃO SÃO", "a Ã b", "Łódź"] {
            assert_eq!(mended(whole), None, "{whole}");
        }
    }

    /// A row is made new only where a cell of it was encoded twice, and only that cell.
    #[test]
    fn cells_are_mended_one_by_one() {
        let row = |text: &'static str| [Value::Number(1.0), Value::Text(text.into()), Value::Text("João".into())];
        assert_eq!(mended_cells(&row("FÃ¶rnamn")).as_deref(), Some(&row("Förnamn")[..]));
        assert_eq!(mended_cells(&row("Förnamn")), None);
    }

    proptest! {
        /// No text is lost, and what was not encoded twice stays.
        #[test]
        fn swedish_text_stays(text in "[a-zåäöÅÄÖéüØ ;\n\"’–]{0,60}") {
            prop_assert_eq!(mended(&text), None);
            let again = twice(&text, true);
            prop_assert_eq!(mended(&again).unwrap_or(again.clone()), if again.contains('Ã') { text } else { again });
        }
    }
}
