//! A draft message: it opens in a mail program ready to send, with the workbooks attached.

use super::envelope::{Book, Envelope};
use crate::error::{Error, ErrorKind, Place};
use crate::model::{Language, Message, Text, counted, message};
use crate::runfolder::{LetterheadLine, RunFolder};
use chrono::{DateTime, Utc};
use mail_builder::MessageBuilder;
use mail_builder::headers::content_type::ContentType;
use mail_builder::headers::raw::Raw;
use mail_builder::mime::MimePart;

/// What an attached workbook is.
const WORKBOOK: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

/// The bytes of a draft.
///
/// # Errors
/// A workbook of the run that is damaged.
pub fn message(
    run: &RunFolder,
    head: &LetterheadLine,
    envelope: &Envelope<'_>,
    now: DateTime<Utc>,
) -> Result<Vec<u8>, Error> {
    let letter = Letter { run, head, envelope, language: Language::from_code(&head.language).unwrap_or_default() };
    let mut parts = vec![MimePart::new("text/plain", letter.body())];
    for book in &envelope.books {
        parts.push(MimePart::new(WORKBOOK, book.bytes(run)?).attachment(book.file.clone()));
    }
    // Stated here, since the library would make them from the clock: the same run gives the same draft.
    let unique = format!("{}.{}", &run.sha256[..run.sha256.len().min(24)], envelope.slug);
    let whole = ContentType::new("multipart/mixed").attribute("boundary", format!("=_{unique}"));
    let mut draft = MessageBuilder::new()
        .message_id(format!("{unique}@samkor.invalid"))
        .date(now.timestamp())
        .subject(letter.subject())
        .header("X-Unsent", Raw::new("1"))
        .body(MimePart::new(whole, parts));
    if let Some(address) = envelope.address {
        draft = match envelope.name.filter(|name| *name != address && !name.contains('@')) {
            Some(name) => draft.to((name, address)),
            None => draft.to(address),
        };
    }
    draft.write_to_vec().map_err(|cause| {
        let says = message!("meddelandet kan inte skrivas ({cause})", "the message cannot be written ({cause})");
        Error::new(ErrorKind::Output, Place::file(envelope.slug.clone()), says)
    })
}

/// The words of a draft.
struct Letter<'a> {
    run: &'a RunFolder,
    head: &'a LetterheadLine,
    envelope: &'a Envelope<'a>,
    language: Language,
}

impl Letter<'_> {
    fn t(&self, sv: &'static str, en: &'static str) -> &'static str {
        Text::new(sv, en).get(self.language)
    }

    /// What the review is called, and whose it is.
    fn review(&self) -> String {
        let LetterheadLine { organisation, title, .. } = self.head;
        if organisation.is_empty() { title.clone() } else { format!("{title}, {organisation}") }
    }

    /// Whether anything is to be answered.
    fn asks(&self) -> bool {
        self.envelope.books.iter().any(|book| book.letter.rows.is_some())
    }

    fn subject(&self) -> String {
        let review = self.review();
        match self.run.manifest.answer_by.filter(|_| self.asks()) {
            Some(due) => {
                let by = message!("svara senast {due}", "answer by {due}");
                format!("{review}: {}", by.get(self.language))
            }
            None => review,
        }
    }

    fn body(&self) -> String {
        let review = self.review();
        let as_of = &self.run.manifest.as_of;
        let intro = message!(
            "{review}: här är underlaget per {as_of}. Bifogat finns:",
            "{review}: here is the material as of {as_of}. Attached:"
        );
        let mut lines = Vec::new();
        lines.extend(self.addressee());
        lines.extend([self.t("Hej!", "Hello,").to_owned(), String::new()]);
        lines.extend([intro.get(self.language).to_owned(), String::new()]);
        lines.extend(self.envelope.books.iter().map(|book| format!("- {}", self.line(book))));
        lines.push(String::new());
        if self.asks() {
            lines.extend([self.how_to_answer(), String::new()]);
        }
        lines.push(
            self.t(
                "Filerna innehåller personuppgifter. Lämna dem bara till dem som behöver dem för granskningen.",
                "The files contain personal data. Pass them on only to those who need them for the review.",
            )
            .to_owned(),
        );
        lines.join("\r\n") + "\r\n"
    }

    /// Whom the sender is to find the address of.
    fn addressee(&self) -> Vec<String> {
        if self.envelope.address.is_some() {
            return Vec::new();
        }
        let line = match self.envelope.name {
            Some(name) => message!("Till: {name}", "To: {name}"),
            None => message!("[Mottagare saknas: ange vem som ska svara]", "[No recipient: state who is to answer]"),
        };
        vec![line.get(self.language).to_owned(), String::new()]
    }

    fn line(&self, book: &Book<'_>) -> String {
        let (about, file) = (&book.letter.about, &book.file);
        let asked = match (book.letter.rows, book.letter.grave) {
            (None, _) => return format!("{about} ({file})"),
            (Some(0), _) => message!("inga avvikelser att svara på", "no deviations to answer"),
            (Some(rows), grave) => {
                let Message { sv, en } =
                    counted(rows, ["rad att besvara", "rader att besvara"], ["row to answer", "rows to answer"]);
                match grave {
                    0 => Message { sv, en },
                    _ => message!("{sv}, varav {grave} hög eller kritisk", "{en}, {grave} of them high or critical"),
                }
            }
        };
        format!("{about}: {} ({file})", asked.get(self.language))
    }

    fn how_to_answer(&self) -> String {
        let whoever = self.t("mig", "me");
        let to = self.head.control_owner.as_deref().unwrap_or(whoever);
        let by = match self.run.manifest.answer_by {
            Some(due) => message!(" senast {due}", " by {due}"),
            None => Message::same(""),
        };
        let Message { sv, en } = by;
        let text = message!(
            "Svara i arbetsboken och lämna tillbaka den till {to}{sv}. Första bladet visar hur du gör. En tom rad \
             räknas inte som ett godkännande.",
            "Answer in the workbook and return it to {to}{en}. The first sheet shows how. A blank row does not count \
             as approval."
        );
        text.get(self.language).to_owned()
    }
}
