//! What is typed, command by command, as examples below the help.

use clap::builder::PossibleValuesParser;
use samkor::Language;

/// A line as typed, and what it does in Swedish and in English.
type Example = (&'static str, &'static str, &'static str);

/// Examples by command; of the whole program where the name is empty.
pub const EXAMPLES: &[(&str, &[Example])] = &[
    (
        "",
        &[
            (
                "samkor init granskning",
                "skriv en första samkor.toml efter filerna i mappen",
                "write a first samkor.toml",
            ),
            ("samkor check granskning/samkor.toml", "se hur filerna läses", "see how the files are read"),
            ("samkor run granskning/samkor.toml", "granska och skriv listorna", "review and write the lists"),
            ("samkor run --help", "mer om ett kommando", "more about a command"),
        ],
    ),
    (
        "init",
        &[
            ("samkor init granskning", "skriv granskning/samkor.toml", "write granskning/samkor.toml"),
            (
                "samkor init granskning --inventory",
                "och systemforteckning.xlsx att fylla i",
                "and systemforteckning.xlsx to fill in",
            ),
        ],
    ),
    (
        "run",
        &[
            ("samkor run", "efter samkor.toml i den här mappen", "by samkor.toml in this folder"),
            (
                "samkor run granskning/samkor.toml --as-of förra-månadsskiftet",
                "som en schemalagd körning gör",
                "as a scheduled run does",
            ),
            (
                "samkor run --fail-on critical",
                "avsluta med 1 om något är kritiskt",
                "exit with 1 if anything is critical",
            ),
            (
                "samkor run --accept-incomplete \"Bygg kommer i januari\"",
                "fortsätt fast en fil saknas",
                "go on though a file is missing",
            ),
        ],
    ),
    (
        "check",
        &[
            ("samkor check", "efter samkor.toml i den här mappen", "by samkor.toml in this folder"),
            ("samkor check --language en", "på engelska", "in English"),
        ],
    ),
    (
        "answers",
        &[(
            "samkor answers resultat/2026-11-30 --config samkor.toml",
            "vem har svarat på körningen",
            "who has answered the run",
        )],
    ),
    (
        "verify",
        &[
            ("samkor verify resultat/2026-11-30", "är allt som det skrevs", "is everything as it was written"),
            (
                "samkor verify resultat/2026-11-30 --reperform",
                "gör om körningen och jämför varje fil",
                "make the run again and compare every file",
            ),
            (
                "samkor verify resultat/2026-11-30 --sample 25 --seed 2026",
                "ett urval åt revisorn",
                "a sample for the auditor",
            ),
        ],
    ),
    (
        "explain",
        &[(
            "samkor explain resultat/2026-11-30 treserva annlin03",
            "varför kontot fick sin innehavare",
            "why the account got its holder",
        )],
    ),
    (
        "deliver",
        &[
            ("samkor deliver resultat/2026-11-30", "en mapp åt varje mottagare", "a folder for each recipient"),
            (
                "samkor deliver resultat/2026-11-30 --via eml",
                "brevutkast med bilagor",
                "draft messages with attachments",
            ),
        ],
    ),
    (
        "inspect",
        &[
            ("samkor inspect granskning/lon.csv", "hur filen läses", "how the file is read"),
            (
                "samkor inspect --csv bygg.xls > bygg.csv",
                "skriv tabellen som CSV, omaskerad",
                "write the table as CSV, unmasked",
            ),
            ("samkor inspect --as payroll lista.xlsx", "läs som personalregister", "read as payroll"),
        ],
    ),
    (
        "fields",
        &[
            ("samkor fields", "alla fält", "all fields"),
            ("samkor fields personnummer", "ett fält med alla sina rubriker", "one field with all its headers"),
        ],
    ),
    (
        "schema",
        &[(
            "samkor schema > samkor.schema.json",
            "bredvid samkor.toml, för redigerare",
            "beside samkor.toml, for editors",
        )],
    ),
    (
        "completions",
        &[
            ("samkor completions bash > ~/.local/share/bash-completion/completions/samkor", "för bash", "for bash"),
            ("samkor completions powershell >> $PROFILE", "för PowerShell", "for PowerShell"),
        ],
    ),
    (
        "man",
        &[
            ("samkor man > samkor.1", "manualsidan för programmet", "the manual page of the program"),
            ("samkor man run > samkor-run.1", "manualsidan för run", "the manual page of run"),
        ],
    ),
    ("rules", &[("samkor rules", "alla regler", "all rules"), ("samkor rules leaver-active", "en regel", "one rule")]),
    (
        "demo",
        &[
            ("samkor demo prov", "en påhittad kommun att prova på", "a made-up municipality to try"),
            ("samkor demo prov --kind namesakes --seed 7", "en där många heter lika", "one where many are namesakes"),
            ("samkor demo --score prov/resultat/2026-11-30", "hur rätt körningen blev", "how right the run was"),
        ],
    ),
];

/// The names of the commands, as a value is read.
pub fn commands() -> PossibleValuesParser {
    PossibleValuesParser::new(EXAMPLES.iter().map(|(name, _)| *name).filter(|name| !name.is_empty()))
}

/// The examples of a command, for below its help.
pub fn told(command: &str, language: Language) -> String {
    let own = EXAMPLES.iter().find(|(name, _)| *name == command).map_or(&[][..], |(_, own)| own);
    let of_language = |sv, en| if language == Language::Sv { sv } else { en };
    let lines = own.iter().map(|(typed, sv, en)| format!("\n  {typed}\n      {}", of_language(*sv, *en)));
    of_language("Exempel:", "Examples:").to_owned() + &lines.collect::<String>()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cli::Arguments;
    use clap::{CommandFactory, Parser};

    /// Every command has examples, and each example can be typed.
    #[test]
    fn every_command_has_examples_that_can_be_typed() {
        for command in Arguments::command().get_subcommands() {
            assert!(EXAMPLES.iter().any(|(name, _)| *name == command.get_name()), "{}", command.get_name());
        }
        for (typed, _, _) in EXAMPLES.iter().flat_map(|(_, own)| *own) {
            // What stands behind > is the shell's, and a text in quotes is one word.
            let own = typed.split('>').next().unwrap_or(typed);
            let quoted: Vec<String> = own
                .split('"')
                .enumerate()
                .flat_map(|(at, part)| match at % 2 {
                    0 => part.split_whitespace().map(str::to_owned).collect(),
                    _ => vec![part.to_owned()],
                })
                .collect();
            if let Err(error) = Arguments::try_parse_from(quoted) {
                assert_eq!(error.kind(), clap::error::ErrorKind::DisplayHelp, "{typed}: {error}");
            }
        }
    }
}
