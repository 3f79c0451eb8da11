//! What the program tells of itself and of single accounts: `explain`, `fields`, `completions`, and misspelt words.

#![allow(clippy::unwrap_used, clippy::expect_used)] // A test may fail loudly.

mod common;

use common::{case, fixture, lines, publish, run_with};

const PAYROLL: &str = "Anst.nr;Personnummer;Förnamn;Efternamn;Anställd fr.o.m.;Anställd t.o.m.;Sekretess
1001;19790607-2397;Åsa;Lind;2015-01-01;;
1002;19790608-2388;Per;Ekdal;2015-01-01;2026-06-30;
1004;19790609-2387;Tim;Hallgren;2015-01-01;2026-08-31;J
";
const ACCOUNTS: &str = "Användarnamn;Namn;Anst.nr;Status
asalin;Åsa Lind;1001;Aktiv
perekd;Per Ekdal;1002;Aktiv
timhal;Tim Hallgren;1004;Aktiv
";
const CONFIG: &str =
    "[review]\nas_of = 2026-11-30\n[payroll]\nfile = \"lon.csv\"\n[[system]]\nid = \"vard\"\nfile = \"konton.csv\"\n";

/// The decision is told bit by bit with its sum and the shares behind, then what is left for others, then the rules that
/// fired with their facts and those that could not be tested; in English as well.
#[test]
fn an_account_is_explained() {
    let folder = tempfile::tempdir().unwrap();
    let files: [(&str, &[u8]); 2] = [("lon.csv", PAYROLL.as_bytes()), ("konton.csv", ACCOUNTS.as_bytes())];
    let run = publish(&case(folder.path(), CONFIG, &files), &folder.path().join("ut"), &[]);
    let run = run.to_str().unwrap();
    let ran = run_with(&["explain", run, "VARD", "PerEkd"]);
    assert_eq!(ran.code, 0, "{}", ran.err);
    for words in [
        "perekd, vard: Innehavare funnen",
        "anställningen slutar 2026-06-30",
        "Troligast: 1002, ",
        "  anställningsnummer lika ",
        "  summa ",
        "Någon annan eller ingen: ",
        "  leaver-active (",
        "Regler som inte kunde prövas här:",
    ] {
        assert!(ran.out.contains(words), "{words}\n{}", ran.out);
    }
    let english = run_with(&["explain", run, "vard", "perekd", "--language", "en"]);
    for words in
        ["employee number equal", "Rules that fired:", "leaver-active (high): ", "the run: Anställningen upphörde"]
    {
        assert!(english.out.contains(words), "{words}\n{}", english.out);
    }
    let fired = english.out.split("leaver-active (high): ").nth(1).unwrap();
    assert!(!fired.lines().next().unwrap().contains("Anställning"), "the title is in the language that was asked for");
}

/// An account of a protected person is told like one that does not exist, to the letter.
#[test]
fn protected_accounts_stay_hidden() {
    let folder = tempfile::tempdir().unwrap();
    let files: [(&str, &[u8]); 2] = [("lon.csv", PAYROLL.as_bytes()), ("konton.csv", ACCOUNTS.as_bytes())];
    let run = publish(&case(folder.path(), CONFIG, &files), &folder.path().join("ut"), &[]);
    let of = |account: &str| {
        let ran = run_with(&["explain", run.to_str().unwrap(), "vard", account]);
        assert_eq!((ran.code, ran.out.as_str()), (2, ""));
        ran.err.replace(account, "KONTO")
    };
    assert_eq!(of("timhal"), of("qqqqqq"));
    assert!(of("asalni").contains("Menade du \"asalin\"?"));
    let ran = run_with(&["explain", run.to_str().unwrap(), "vrad", "asalin"]);
    assert!(ran.err.contains("Menade du \"vard\"?"), "{}", ran.err);
}

/// Every account that a run shows can be explained, whatever its outcome, and what is said sums up.
#[test]
fn accounts_of_every_outcome_are_explained() {
    let folder = tempfile::tempdir().unwrap();
    let run = publish(&fixture("exempelkommunen/samkor.toml"), folder.path(), &[]);
    let mut seen = std::collections::BTreeSet::new();
    for line in lines(&run, "accounts.jsonl") {
        let text = |key: &str| line[key].as_str().unwrap().to_owned();
        if seen.insert((text("outcome"), line["runners_up"].as_array().unwrap().len())) {
            let ran = run_with(&["explain", run.to_str().unwrap(), &text("system"), &text("account")]);
            assert_eq!(ran.code, 0, "{}", ran.err);
            assert!(ran.out.contains("Regler som slog till:"), "{}", ran.out);
        }
    }
    assert!(seen.len() >= 4, "{seen:?}");
}

/// A rule that came near tells what was missing: a sign-in in the last fifth before the limit, a last day that is soon.
/// One that fired is not told again, and one that is off is not told.
#[test]
fn rules_that_came_near_are_told() {
    let folder = tempfile::tempdir().unwrap();
    let payroll =
        "Anst.nr;Namn;Anställd fr.o.m.;Anställd t.o.m.\n1001;Eva Lind;2015-01-01;2026-12-10\n1002;Per Ek;2015-01-01;\n";
    let export = "Konto-ID;Namn;Anst.nr;Aktiv;Senast inloggad\nevalin;Eva Lind;1001;Ja;2026-11-20\nperek;Per Ek;1002;Ja;2026-09-10\n\
        peradm;Per Ek;1002;Ja;2026-01-10\n";
    let config = "[review]\nas_of = 2026-11-30\n[payroll]\nfile = \"lon.csv\"\n[[system]]\nid = \"vard\"\nfile = \"vard.csv\"\n\
        exported = 2026-11-30\n";
    let files: [(&str, &[u8]); 2] = [("lon.csv", payroll.as_bytes()), ("vard.csv", export.as_bytes())];
    let text = |config: &str, account: &str, language: &str| {
        let folder = folder.path().join(config.len().to_string());
        std::fs::create_dir_all(&folder).unwrap();
        let run = publish(&case(&folder, config, &files), &folder.join(format!("ut{account}{language}")), &[]);
        run_with(&["explain", run.to_str().unwrap(), "vard", account, "--language", language]).out
    };
    let leaving = text(config, "evalin", "sv");
    assert!(leaving.contains(
        "Regler som var nära men inte slog till:\n  leaver-active: Anställningen upphör 2026-12-10, 10 dagar"
    ));
    let idle = text(config, "perek", "sv");
    assert!(idle.contains("dormant: Senaste inloggning 2026-09-10, 81 dagar före"), "{idle}");
    let fired = text(config, "peradm", "sv");
    assert!(fired.contains("dormant (") && !fired.contains("Regler som var nära"), "{fired}");
    let off = format!("{config}[rules]\ndormant = \"off\"\n");
    assert!(!text(&off, "perek", "sv").contains("dormant"), "{}", text(&off, "perek", "en"));
}

/// Every field of the contract is told, one by either name with the headers it is known by; a slip gets a suggestion.
#[test]
fn fields_are_told() {
    let all = run_with(&["fields"]);
    for field in ["personal_number", "anställningsnummer", "[system.columns] kontoexport", "sponsor", "risk_analysis"]
    {
        assert!(all.out.contains(field), "{field}\n{}", all.out);
    }
    let one = run_with(&["falt", "konto"]);
    assert!(one.out.starts_with("account (konto): ") && one.out.contains("sAMAccountName"), "{}", one.out);
    let slip = run_with(&["fields", "employe_number"]);
    assert_eq!(slip.code, 2);
    assert!(slip.err.contains("Menade du \"employee_number\"?"), "{}", slip.err);
}

/// Completions are written for each shell, and a misspelt command gets a suggestion.
#[test]
fn the_command_line_helps() {
    for shell in ["bash", "zsh", "fish", "powershell"] {
        let ran = run_with(&["completions", shell]);
        assert!(ran.code == 0 && ran.out.contains("deliver") && ran.out.contains("samkor"), "{shell}: {}", ran.out);
    }
    assert!(run_with(&["chek"]).err.contains("Menade du check?"));
    assert!(run_with(&["rules", "leaver-activ"]).err.contains("leaver-active"));
}
