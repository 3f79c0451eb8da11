//! The manual page, from the same command line that is read: it cannot say anything else.

use super::help;
use clap::Command;
use samkor::Language;

/// Headings of a page and what they are in Swedish. Only a line that is one is changed.
const HEADINGS: [(&str, &str, &str); 5] = [
    (".SH NAME", ".SH NAME", ".SH NAMN"),
    (".SH DESCRIPTION", ".SH DESCRIPTION", ".SH BESKRIVNING"),
    (".SH OPTIONS", ".SH OPTIONS", ".SH FLAGGOR"),
    (".SH SUBCOMMANDS", ".SH COMMANDS", ".SH KOMMANDON"),
    (".SH EXTRA", ".SH EXAMPLES", ".SH EXEMPEL"),
];

/// The page of the program or of one of its commands, as roff; none where there is no such command.
pub fn page(command: Option<&str>, language: Language) -> Option<String> {
    let mut whole = help::command(language);
    whole.build();
    let own: Command = match command {
        Some(name) => whole.find_subcommand(name)?.clone(),
        None => whole,
    };
    let mut page = Vec::new();
    // Into memory nothing fails to be written.
    clap_mangen::Man::new(own).render(&mut page).ok()?;
    let page = String::from_utf8(page).ok()?;
    let lines = page.lines().map(|line| heading(line, language).unwrap_or_else(|| help::in_words(line, language)));
    Some(lines.map(|line| line + "\n").collect())
}

fn heading(line: &str, language: Language) -> Option<String> {
    let (_, en, sv) = HEADINGS.iter().find(|(own, _, _)| *own == line)?;
    Some(if language == Language::Sv { sv } else { en }.to_string())
}
