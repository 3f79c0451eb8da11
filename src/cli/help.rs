//! Help in the language that is read: of each text the one half, of clap's own words the Swedish ones.

use super::examples;
use super::{Arguments, value};
use clap::{Arg, Command, CommandFactory};
use samkor::Language;
use std::ffi::OsString;

/// What divides a text of help in English from its Swedish.
const SWEDISH: &str = " sv: ";

/// clap's own words, which it does not let anybody change. None of them stands in a text of help but as what it is.
const WORDS: [(&str, &str); 15] = [
    ("Usage:", "Användning:"),
    ("Commands:", "Kommandon:"),
    ("Arguments:", "Argument:"),
    ("Options:", "Flaggor:"),
    ("Possible values:", "Möjliga värden:"),
    ("[possible values: ", "[möjliga värden: "),
    ("[default: ", "[annars: "),
    ("[aliases: ", "[även: "),
    ("[OPTIONS]", "[FLAGGOR]"),
    ("<COMMAND>", "<KOMMANDO>"),
    ("[COMMAND]", "[KOMMANDO]"),
    ("Print help", "Visa hjälpen"),
    ("Print version", "Visa versionen"),
    ("see a summary with", "kortare med"),
    ("see more with", "mer med"),
];

/// What stands for a value, and for what it stands in Swedish.
const VALUES: [(&str, &str); 18] = [
    ("CONFIG", "KONFIGURATION"),
    ("DIR", "MAPP"),
    ("FOLDER", "MAPP"),
    ("FILE", "FIL"),
    ("RUN", "KÖRNING"),
    ("DATE", "DATUM"),
    ("REASON", "SKÄL"),
    ("SEVERITY", "GRAD"),
    ("ACCOUNT", "KONTO"),
    ("SYSTEM", "SYSTEM"),
    ("RULE", "REGEL"),
    ("FIELD", "FÄLT"),
    ("SHELL", "SKAL"),
    ("COMMAND", "KOMMANDO"),
    ("NAME", "NAMN"),
    ("WAY", "SÄTT"),
    ("KIND", "SLAG"),
    ("S", "FRÖ"),
];

/// The language that help is shown in: the one that is asked for anywhere on the command line, else the one of the
/// system's locale. Where neither says anything it is Swedish, as everything else.
pub fn language(typed: &[OsString], locale: Option<&str>) -> Language {
    let words: Vec<_> = typed.iter().map(|word| word.to_string_lossy()).collect();
    let behind =
        words.windows(2).filter(|pair| pair[0] == "--language").filter_map(|pair| Language::from_code(&pair[1]));
    let joined = words.iter().filter_map(|word| Language::from_code(word.strip_prefix("--language=")?));
    behind.chain(joined).next().unwrap_or_else(|| of_locale(locale.unwrap_or_default()))
}

/// `sv_SE.UTF-8` is Swedish, `de_DE` is best served by English, and `C` and `POSIX` name no language.
fn of_locale(locale: &str) -> Language {
    let name = locale.split(['_', '.', '@', '-']).next().unwrap_or_default();
    if matches!(name, "" | "C" | "POSIX" | "sv") { Language::Sv } else { Language::En }
}

/// The command line with its help in one language and examples below.
pub fn command(language: Language) -> Command {
    let mut whole = in_language(Arguments::command(), language);
    whole.build();
    for (name, _) in examples::EXAMPLES {
        let told = examples::told(name, language);
        whole = match *name {
            "" => whole.after_help(told),
            name => whole.mut_subcommand(name, |own| own.after_help(told)),
        };
    }
    whole
}

fn in_language(command: Command, language: Language) -> Command {
    let about = command.get_about().map(|about| half(&about.to_string(), language));
    let command = command.mut_args(|arg| arg_in(arg, language)).mut_subcommands(|own| in_language(own, language));
    match about {
        Some(about) => command.about(about),
        None => command,
    }
}

fn arg_in(arg: Arg, language: Language) -> Arg {
    let help = arg.get_help().map(|help| half(&help.to_string(), language));
    let arg = match help {
        Some(help) => arg.help(help),
        None => arg,
    };
    let arg = if language == Language::Sv { with_swedish_value(arg) } else { arg };
    if arg.get_id() == "kind" { arg.value_parser(value::populations(language)) } else { arg }
}

/// An argument that takes a value, with the Swedish word for it.
fn with_swedish_value(arg: Arg) -> Arg {
    if !arg.get_action().takes_values() {
        return arg;
    }
    let named = arg.get_value_names().and_then(|names| names.first()).map(ToString::to_string);
    let name = named.unwrap_or_else(|| arg.get_id().as_str().to_uppercase());
    match VALUES.iter().find(|(en, _)| *en == name) {
        Some((_, sv)) => arg.value_name(*sv),
        None => arg,
    }
}

/// The half of a text that is in one language.
fn half(text: &str, language: Language) -> String {
    match (text.split_once(SWEDISH), language) {
        (Some((_, sv)), Language::Sv) => sv.trim().to_owned(),
        (Some((en, _)), Language::En) => en.trim().trim_end_matches('.').to_owned(),
        (None, _) => text.to_owned(),
    }
}

/// A text that clap has made, with its own words in one language.
pub fn in_words(text: &str, language: Language) -> String {
    match language {
        Language::En => text.to_owned(),
        Language::Sv => WORDS.iter().fold(text.to_owned(), |text, (en, sv)| text.replace(en, sv)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(command: &Command, at: &str) -> Vec<(String, String)> {
        let own = command.get_about().map(|about| (at.to_owned(), about.to_string()));
        let args = command.get_arguments().filter(|arg| !["help", "version"].contains(&arg.get_id().as_str()));
        let args = args.map(|arg| (format!("{at} {}", arg.get_id()), arg.get_help().map(ToString::to_string)));
        let args = args.map(|(at, help)| (at, help.unwrap_or_default()));
        let below = command.get_subcommands().flat_map(|own| texts(own, &format!("{at} {}", own.get_name())));
        own.into_iter().chain(args).chain(below).collect()
    }

    /// Every command and every argument has its help in both languages.
    #[test]
    fn help_is_written_in_both_languages() {
        let texts = texts(&Arguments::command(), "samkor");
        assert!(texts.len() > 60);
        for (at, text) in texts {
            let (en, sv) = text.split_once(SWEDISH).unwrap_or_default();
            assert!(!en.trim().is_empty() && !sv.trim().is_empty(), "{at}: {text:?}");
        }
    }

    /// The command line says the language, else the locale; nobody's locale is Swedish as everything else.
    #[test]
    fn the_language_is_that_of_the_command_line_or_the_locale() {
        let typed = |words: &[&str]| words.iter().map(OsString::from).collect::<Vec<_>>();
        assert_eq!(language(&typed(&["run", "--language", "en", "--help"]), Some("sv_SE.UTF-8")), Language::En);
        assert_eq!(language(&typed(&["--language=sv", "--help"]), Some("en_GB")), Language::Sv);
        for (locale, own) in [("sv_FI", Language::Sv), ("en_US.UTF-8", Language::En), ("de", Language::En)] {
            assert_eq!(language(&[], Some(locale)), own);
        }
        assert_eq!([language(&[], None), language(&[], Some("C.UTF-8"))], [Language::Sv, Language::Sv]);
    }

    /// The command line is sound in both languages.
    #[test]
    fn it_can_be_built() {
        for own in [Language::Sv, Language::En] {
            command(own).debug_assert();
        }
    }
}
