//! `--help`, the manual page and what is said of a command line that cannot be taken, in the language that is read.

#![allow(clippy::unwrap_used, clippy::expect_used)] // A test may fail loudly.

mod common;

use common::{run_with, samkor};

const COMMANDS: [&str; 15] = [
    "init",
    "run",
    "check",
    "answers",
    "verify",
    "explain",
    "deliver",
    "inspect",
    "fields",
    "schema",
    "completions",
    "man",
    "rules",
    "demo",
    "",
];

/// What a locale sees.
fn by_locale(variable: &str, locale: &str, arguments: &[&str]) -> String {
    let output = samkor().env(variable, locale).args(arguments).output().unwrap();
    String::from_utf8(output.stdout).unwrap() + &String::from_utf8(output.stderr).unwrap()
}

/// Help is Swedish where nothing says otherwise, English by the locale or where it is asked for, and never half of each.
#[test]
fn help_is_in_the_language_that_is_read() {
    for command in COMMANDS {
        let mut typed = vec![command, "--help"];
        typed.retain(|word| !word.is_empty());
        let swedish = run_with(&typed);
        assert_eq!(swedish.code, 0, "{command}");
        assert!(swedish.out.contains("Användning: samkor") && swedish.out.contains("\nExempel:\n"), "{}", swedish.out);
        let english = by_locale("LANG", "en_US.UTF-8", &typed);
        assert!(english.contains("Usage: samkor") && english.contains("\nExamples:\n"), "{english}");
        assert_eq!(by_locale("LC_ALL", "sv_SE.UTF-8", &typed), swedish.out);
        typed.extend(["--language", "en"]);
        assert_eq!(run_with(&typed).out, english);
        for word in [" sv:", "Print ", "Usage", "Options", "Commands", "[default", "see a"] {
            assert!(!swedish.out.contains(word), "{word}: {}", swedish.out);
        }
        for word in [" sv:", "Skriv", "[annars", "Flaggor"] {
            assert!(!english.contains(word), "{word}: {english}");
        }
    }
}

/// What cannot be taken is said in Swedish, with what may be meant; in English where that is read. Nothing is done.
#[test]
fn a_command_line_that_cannot_be_taken_is_told() {
    for (typed, said) in [
        (&["vrun"][..], &["kommandot 'vrun' finns inte", "Menade du run?"][..]),
        (&["run", "--treads", "3"], &["'--treads' går inte att ange här", "Menade du --threads?"]),
        (
            &["run", "--threads", "0"],
            &["värdet '0' går inte att ange för --threads <N>: skriv ett heltal från 1 till 1024"],
        ),
        (&["run", "--as-of", "igår"], &["skriv 2026-11-30 eller förra-månadsskiftet"]),
        (&["run", "--language", "de"], &["skriv sv eller en"]),
        (&["run", "--output"], &["--output <MAPP> saknar ett värde"]),
        (&["verify"], &["det här saknas: <KÖRNING>", "Användning: samkor verify <KÖRNING>"]),
        (&["verify", "x", "--sample", "3"], &["det här saknas: --seed <FRÖ>"]),
        (&["demo", "x", "--kind", "smal"], &["värdet 'smal' går inte att ange för --kind <SLAG>", "Menade du small?"]),
        (
            &["demo", "--score", "x", "--months", "3"],
            &["--score <KÖRNING> kan inte anges tillsammans med --months <N>"],
        ),
        (&["rules", "a", "b"], &["'b' går inte att ange här"]),
    ] {
        let ran = run_with(typed);
        assert_eq!(ran.code, 2, "{typed:?} {}", ran.err);
        assert!(ran.out.is_empty(), "{}", ran.out);
        for text in said {
            assert!(ran.err.contains(text), "{typed:?}: {}", ran.err);
        }
        assert!(ran.err.starts_with("fel: "), "{}", ran.err);
        let english = by_locale("LC_MESSAGES", "en_GB.UTF-8", typed);
        assert!(english.starts_with("error: "), "{english}");
    }
}

/// The manual page of the program and of each command is made from the same command line, in both languages.
#[test]
fn the_manual_page_is_made_of_the_command_line() {
    let whole = run_with(&["man"]);
    assert_eq!(whole.code, 0, "{}", whole.err);
    assert!(whole.out.contains(".TH samkor 1") && whole.out.contains(".SH KOMMANDON"), "{}", whole.out);
    let run = run_with(&["man", "run", "--language", "en"]).out;
    assert!(run.contains(".SH OPTIONS") && run.contains("\\-\\-accept\\-incomplete"), "{run}");
    assert!(run_with(&["man", "kör"]).code == 2);
}
