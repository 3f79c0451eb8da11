//! What an answer lacks, in words.

use crate::model::{Language, Message, Text, join_words, message};
use crate::runfolder::{AnswerLine, Lack};

/// What an answer lacks, where it lacks something: "Svaret "Behåll" saknar motivering."
pub fn lacking(answer: &AnswerLine) -> Option<Message> {
    let sentences: Vec<Message> = [missing(answer), not_yet(answer), unused(answer)].into_iter().flatten().collect();
    let all = |text: fn(&Message) -> &str| sentences.iter().map(text).collect::<Vec<_>>().join(" ");
    let (sv, en) = (all(|own| &own.sv), all(|own| &own.en));
    (!sentences.is_empty()).then_some(Message { sv, en })
}

/// What is not stated.
fn missing(answer: &AnswerLine) -> Option<Message> {
    let words: Vec<Text> = answer.lacks.iter().filter_map(|lack| missing_word(*lack)).collect();
    let join =
        |language: Language| join_words(&words.iter().map(|text| text.get(language)).collect::<Vec<_>>(), language);
    let (sv, en) = (join(Language::Sv), join(Language::En));
    let Text { sv: beslut, en: decision } = answer.decision.text();
    (!words.is_empty()).then(|| message!("Svaret \"{beslut}\" saknar {sv}.", "The answer \"{decision}\" lacks {en}."))
}

fn missing_word(lack: Lack) -> Option<Text> {
    match lack {
        Lack::Reason => Some(Text::new("motivering", "a reason")),
        Lack::Role => Some(Text::new("vilken roll det gäller", "the role it is about")),
        Lack::RoleOfAccount => Some(Text::new("en roll som kontot har", "a role that the account has")),
        Lack::Receiver => Some(Text::new("vem det skickas vidare till", "whom it is passed on to")),
        Lack::DecidedOn | Lack::DoneOn => None,
    }
}

/// Which columns were filled in vain.
fn unused(answer: &AnswerLine) -> Option<Message> {
    let columns = |language: Language| {
        let names: Vec<&str> = answer.unused.iter().map(|column| column.text().get(language)).collect();
        join_words(&names, language)
    };
    let (sv, en) = (columns(Language::Sv), columns(Language::En));
    let Text { sv: beslut, en: decision } = answer.decision.text();
    (!answer.unused.is_empty()).then(|| {
        message!(
            "Det som står i {sv} hör inte till beslutet \"{beslut}\" och används inte.",
            "What stands in {en} does not go with the decision \"{decision}\" and is not used."
        )
    })
}

/// Which days had not come when it was read.
fn not_yet(answer: &AnswerLine) -> Option<Message> {
    let day = answer.read_on.map(|day| format!(" ({day})")).unwrap_or_default();
    let (sv, en) = match [Lack::DecidedOn, Lack::DoneOn].map(|lack| answer.lacks.contains(&lack)) {
        [false, false] => return None,
        [true, false] => ("Beslutsdatum är", "Decided on is"),
        [false, true] => ("Utförd datum är", "Done on is"),
        [true, true] => ("Beslutsdatum och Utförd datum är", "Decided on and Done on are"),
    };
    Some(message!(
        "{sv} senare än den dag svaret lästes{day}, som gäller i stället.",
        "{en} later than the day the answer was read{day}, which holds instead."
    ))
}
