//! Text that was encoded twice: UTF-8 that some program took for windows-1252 or Latin-1 and saved as UTF-8 once more, so
//! that "Förnamn" is "FÃ¶rnamn". No word of any language has such pairs of letters.

use crate::model::{Message, message};
use encoding_rs::WINDOWS_1252;

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

/// How å, ä, ö, é and their capitals begin when they are encoded twice.
const FIRST: char = 'Ã';

/// The text as it was before, where something in it was encoded twice; more than once more if need be.
pub fn mended(text: &str) -> Option<String> {
    let once = mended_once(text)?;
    Some(mended(&once).unwrap_or(once))
}

fn mended_once(text: &str) -> Option<String> {
    if !text.contains(FIRST) || !runs(text).any(|run| run.contains(FIRST) && original(run).is_some()) {
        return None;
    }
    let mut mended = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(start) = rest.find(|c: char| !c.is_ascii()) {
        let (ascii, from) = rest.split_at(start);
        let end = from.find(|c: char| c.is_ascii()).unwrap_or(from.len());
        let (run, behind) = from.split_at(end);
        mended.push_str(ascii);
        mended.push_str(original(run).as_deref().unwrap_or(run));
        rest = behind;
    }
    mended.push_str(rest);
    Some(mended)
}

/// Letters beyond ASCII that stand together.
fn runs(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c: char| c.is_ascii()).filter(|run| !run.is_empty())
}

/// What such letters were, where their bytes in windows-1252 or Latin-1 are UTF-8.
fn original(run: &str) -> Option<String> {
    let mut bytes = Vec::with_capacity(run.len());
    for letter in run.chars() {
        let code = u32::from(letter);
        match u8::try_from(code) {
            Ok(byte) => bytes.push(byte),
            Err(_) => {
                let mut buffer = [0; 4];
                let (byte, _, is_lost) = WINDOWS_1252.encode(letter.encode_utf8(&mut buffer));
                let [byte] = byte.as_ref() else { return None };
                if is_lost {
                    return None;
                }
                bytes.push(*byte);
            }
        }
    }
    String::from_utf8(bytes).ok()
}

#[cfg(test)]
mod tests {
    use super::*;
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
