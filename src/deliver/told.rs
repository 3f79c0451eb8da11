//! What was handed out, in words for the terminal.

use super::ledger::Ledger;
use super::{Outcome, State, Via};
use crate::model::{Language, Message, Text, counted, message};
use std::path::Path;

/// Each recipient on a line, then what is left to do by hand.
pub fn told(outcomes: &[Outcome<'_>], via: Via, folder: &Path, ledger: &Ledger, language: Language) -> String {
    let mut lines: Vec<String> = outcomes.iter().map(|own| line(own, language)).collect();
    if outcomes.is_empty() {
        lines.push(
            Text::new("Körningen har inga arbetsböcker att dela ut.", "The run has no workbooks to deliver.")
                .get(language)
                .to_owned(),
        );
    }
    lines.push(String::new());
    lines.extend(left_to_do(outcomes, via, language));
    let is_new = |own: &&Outcome<'_>| matches!(own.state, State::Written(_));
    let (new, ledger) = (outcomes.iter().filter(is_new).count(), ledger.path.display());
    let folder = folder.display();
    let last = match new {
        0 => message!(
            "Allt är utdelat sedan tidigare; inget nytt skrevs. Förteckningen är {ledger}; ta bort den om allt ska delas \
             ut på nytt.",
            "Everything was delivered before; nothing new was written. The record is {ledger}; remove it if everything \
             is to be delivered anew."
        ),
        _ => message!(
            "Utskicket finns i {folder}, förteckningen är {ledger}",
            "It is in {folder}, the record is {ledger}"
        ),
    };
    lines.push(last.get(language).to_owned());
    lines.join("\n")
}

fn line(own: &Outcome<'_>, language: Language) -> String {
    let nobody = Text::new("utan mottagare", "no recipient").get(language);
    let envelope = &own.envelope;
    let name = envelope.name.unwrap_or(nobody);
    let to = match envelope.address.filter(|address| *address != name) {
        Some(address) => format!("{name} <{address}>"),
        None => name.to_owned(),
    };
    let books = counted(envelope.books.len() as u64, ["arbetsbok", "arbetsböcker"], ["workbook", "workbooks"]);
    let Message { sv, en } = books;
    let text = match &own.state {
        State::Written(path) => {
            let path = path.display();
            message!("{to}: {sv} i {path}", "{to}: {en} in {path}")
        }
        State::Before(entry) => {
            let (written, day) = (&entry.written, entry.on.get(..10).unwrap_or(&entry.on));
            message!("{to}: {sv} sedan {day} i {written}", "{to}: {en} since {day} in {written}")
        }
    };
    text.get(language).to_owned()
}

/// Drafts without an address, and workbooks without a recipient.
fn left_to_do(outcomes: &[Outcome<'_>], via: Via, language: Language) -> Vec<String> {
    let mut lines = Vec::new();
    let written = || outcomes.iter().filter(|own| matches!(own.state, State::Written(_))).map(|own| &own.envelope);
    let without = written().filter(|own| own.name.is_some() && own.address.is_none()).count();
    if via == Via::Eml && without > 0 {
        let Message { sv, en } = counted(without as u64, ["utkast", "utkast"], ["draft", "drafts"]);
        let text = message!(
            "{sv} saknar adress: skriv den i mejlet, eller ange e-postadressen som owner i konfigurationen eller \
             systemförteckningen.",
            "{en} without an address: write it in the message, or state the e-mail as owner in the configuration or the \
             list of systems."
        );
        lines.push(text.get(language).to_owned());
    }
    if written().any(|own| own.name.is_none()) {
        let text = Text::new(
            "Arbetsböcker utan mottagare: ange owner (för sammanställningen control_owner) i konfigurationen.",
            "Workbooks without a recipient: state owner (for the summary control_owner) in the configuration.",
        );
        lines.push(text.get(language).to_owned());
    }
    lines
}
