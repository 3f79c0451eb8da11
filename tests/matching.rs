//! Whose account it is, on made-up municipalities with right answers and on the ends of what files hold.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::print_stdout)] // A test may fail loudly.

mod common;

use common::{case, keys_of, lines, manifest, publish, run_with};
use proptest::prelude::*;
use samkor::demo::{Score, score};
use serde_json::Value;
use std::fs;
use std::path::{Path, PathBuf};

/// A made-up municipality in a folder of its own.
fn municipality(employees: u32, seed: u64) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    let place = folder.path().join("kommun");
    let (employees, seed) = (employees.to_string(), seed.to_string());
    let ran = run_with(&["demo", place.to_str().unwrap(), "--employees", &employees, "--seed", &seed]);
    assert_eq!(ran.code, 0, "{}", ran.err);
    folder
}

/// Publishes a run of it beside its right answers, and measures it.
fn measured(folder: &tempfile::TempDir) -> (PathBuf, Score) {
    let place = folder.path().join("kommun");
    let run = publish(&place.join("samkor.toml"), &place.join("resultat"), &[]);
    let score = score(&run).unwrap();
    (run, score)
}

/// On several seeds: links right, deviations told, people at work left alone, few rows left to a person, and
/// probabilities that keep what they promise. The bounds are the goals for the whole, with room for chance in
/// the small.
#[test]
fn right_answers_on_several_seeds() {
    let (mut links, mut right, mut deviations, mut silent) = (0, 0, 0, 0);
    let (mut at_work, mut alarms, mut accounts, mut undecided) = (0, 0, 0, 0);
    for seed in [11, 12, 13, 14] {
        let folder = municipality(2000, seed);
        let (_, score) = measured(&folder);
        println!("seed {seed}\n{}", score.table());
        links += score.whole.links;
        right += score.whole.right;
        deviations += score.whole.deviations;
        silent += score.whole.silent;
        at_work += score.whole.at_work;
        alarms += score.whole.false_alarms;
        accounts += score.whole.accounts;
        undecided += score.whole.undecided - score.whole.undecided_admin;
        let sure = score.calibration.iter().filter(|bin| bin.from >= 0.95);
        let (linked, good) = sure.fold((0, 0), |sum, bin| (sum.0 + bin.links, sum.1 + bin.right_links));
        assert!(good * 1000 >= linked * 999, "{good} of {linked} sure links are right");
    }
    assert!(links > 15_000 && deviations > 900, "{links} links, {deviations} deviations");
    assert!((links - right) * 2000 <= links, "{} of {links} links are wrong", links - right);
    assert!(silent <= 1, "{silent} of {deviations} deviations passed silently");
    assert!(alarms * 1000 <= at_work, "{alarms} of {at_work} people at work were flagged wrongly");
    assert!(undecided * 100 <= accounts * 3, "{undecided} of {accounts} accounts were left to a person");
}

/// `demo --score` prints the figures, by system, by kind of error and by stated probability; without right
/// answers above the run it says so.
#[test]
fn a_run_is_measured_by_command() {
    let folder = municipality(100, 5);
    let (run, _) = measured(&folder);
    let said = |language: &str, words: &[&str]| {
        let ran = run_with(&["demo", "--score", run.to_str().unwrap(), "--language", language]);
        assert_eq!(ran.code, 0, "{}", ran.err);
        for word in words {
            assert!(ran.out.contains(word), "{word}\n{}", ran.out);
        }
    };
    said("sv", &["kopplingar är rätt", "i tysthet", "Frågade", "katalog", "nyckeln saknas", "namne utanför", "Sagt %"]);
    said(
        "en",
        &["links are right", "in silence", "Asked", "katalog", "key is missing", "namesake outside", "Stated %"],
    );
    let elsewhere = tempfile::tempdir().unwrap();
    let ran = run_with(&["demo", "--score", elsewhere.path().to_str().unwrap()]);
    assert_eq!(ran.code, 2);
    assert!(ran.err.contains("facit.jsonl"), "{}", ran.err);
}

/// Changes the lines of an export below its header.
fn rewrite(file: &Path, header_rows: usize, change: impl FnOnce(&mut Vec<String>)) {
    let bytes = fs::read(file).unwrap();
    // windows-1252 differs from Latin-1 in nothing that names here are written with.
    let latin = |bytes: &[u8]| bytes.iter().map(|byte| char::from(*byte)).collect();
    let text = String::from_utf8(bytes).unwrap_or_else(|error| latin(error.as_bytes()));
    let mut rows: Vec<String> = text.lines().map(ToOwned::to_owned).collect();
    let mut body = rows.split_off(header_rows);
    change(&mut body);
    rows.extend(body);
    fs::write(file, rows.join("\r\n")).unwrap();
}

/// The finding about a system's keys.
fn key_finding(run: &Path, system: &str) -> Value {
    let findings = lines(run, "findings.jsonl");
    let own = findings.iter().find(|f| f["rule"] == "key-coverage" && f["system"] == system);
    own.unwrap_or_else(|| panic!("no key-coverage on {system}")).clone()
}

/// Employee numbers of another series do not decide: nothing passes silently, and the fault is named with its
/// figures.
#[test]
fn another_series_of_numbers_is_named_and_not_believed() {
    let folder = municipality(1500, 21);
    let file = folder.path().join("kommun/indata/katalog.csv");
    rewrite(&file, 2, |rows| {
        // Every number is somebody's, and none is the right one.
        let number = |row: &str| row.split(',').nth(5).unwrap().to_owned();
        let numbers: Vec<String> = rows.iter().map(|row| number(row)).collect();
        let filled: Vec<usize> = (0..rows.len()).filter(|at| numbers[*at].len() > 2).collect();
        for (place, at) in filled.iter().enumerate() {
            let other = &numbers[filled[(place + 397) % filled.len()]];
            rows[*at] = rows[*at].replacen(&numbers[*at], other, 1);
        }
    });
    let (run, score) = measured(&folder);
    let directory = &score.systems["katalog"];
    assert_eq!(directory.links, directory.right, "{:?}", score.wrong);
    assert!(directory.silent == 0, "{:?}", score.silent);
    assert!(directory.right * 100 >= directory.of_someone * 85, "{directory:?}");
    let finding = key_finding(&run, "katalog");
    assert_eq!((&finding["facts"]["key"], &finding["severity"]), (&"employee_number".into(), &"high".into()));
    let of = |name: &str| finding["facts"][name].as_u64().unwrap();
    assert!(of("disagree") * 10 > of("tested") * 9, "{finding}");
}

/// Personal numbers shifted a row for a tenth of the file: none passes silently, and the shift is named.
#[test]
fn shifted_numbers_are_named_and_not_believed() {
    let folder = municipality(1500, 22);
    let file = folder.path().join("kommun/indata/treserva.csv");
    let mut shifted = 0;
    rewrite(&file, 1, |rows| {
        let number = |row: &str| row.split(';').nth(2).unwrap().to_owned();
        let first = rows.len() / 3;
        let part = first..first + rows.len() / 10;
        let numbers: Vec<String> = part.clone().map(|at| number(&rows[at])).collect();
        for (place, at) in part.clone().enumerate().skip(1) {
            let mut cells: Vec<String> = rows[at].split(';').map(ToOwned::to_owned).collect();
            shifted += usize::from(cells[2] != numbers[place - 1]);
            cells[2].clone_from(&numbers[place - 1]);
            rows[at] = cells.join(";");
        }
    });
    assert!(shifted > 20, "{shifted}");
    let (run, score) = measured(&folder);
    let care = &score.systems["treserva"];
    assert_eq!(care.links, care.right, "{:?}", score.wrong);
    assert_eq!(care.silent, 0, "{:?}", score.silent);
    let finding = key_finding(&run, "treserva");
    assert_eq!(finding["facts"]["key"], "personal_number");
    let of = |name: &str| finding["facts"][name].as_u64().unwrap();
    assert!(of("shifted") * 2 > of("disagree") && of("disagree") > 10, "{finding}");
    assert!(finding["message"].as_str().unwrap().contains("förskjutits"), "{finding}");
}

/// Account names handed on: what the directory says of a name carries nobody into the systems where it is still
/// the former holder's, and the fault is named.
#[test]
fn a_name_handed_on_carries_nobody_into_other_systems() {
    let folder = tempfile::tempdir().unwrap();
    let mut payroll = String::from("Anst.nr;Förnamn;Efternamn;E-post;Anställd t.o.m.\n");
    let mut directory = String::from("SamAccountName;GivenName;Surname;EmployeeID\n");
    let mut care = String::from("Användare;Namn\n");
    let given = ["Anna", "Bertil", "Cecilia", "David", "Erika", "Fredrik", "Gunilla", "Hampus", "Irene", "Jonatan"];
    let surnames =
        ["Almkvist", "Brodin", "Carlbom", "Dahlgren", "Edlund", "Frisk", "Granath", "Hedin", "Isaksson", "Juhlin"];
    for (at, surname) in surnames.iter().enumerate() {
        for (place, name) in given.iter().enumerate() {
            let (number, account) = (1000 + at * 10 + place, format!("{}{}{:02}", &name[..3], &surname[..3], 1));
            payroll.push_str(&format!("{number};{name};{surname};{name}.{surname}@x.se;\n"));
            directory.push_str(&format!("{account};{name};{surname};{number}\n"));
            // In one account of ten the care system still has somebody of before, whose name begins alike.
            let former = format!("{}ström", &surname[..3]);
            let surname = if place == at { former.as_str() } else { surname };
            care.push_str(&format!("{account};{surname}, {name}\n"));
        }
    }
    let config = "[review]\nas_of = 2026-11-30\n[payroll]\nfile = \"l.csv\"\n[[system]]\nid = \"ad\"\nfile = \"ad.csv\"\n\
        directory = true\n[[system]]\nid = \"vard\"\nfile = \"v.csv\"\n";
    let files: [(&str, &[u8]); 3] =
        [("l.csv", payroll.as_bytes()), ("ad.csv", directory.as_bytes()), ("v.csv", care.as_bytes())];
    let config = case(folder.path(), config, &files);
    let run = publish(&config, &folder.path().join("ut"), &[]);
    let accounts = lines(&run, "accounts.jsonl");
    let own = |system: &str| accounts.iter().filter(|a| a["system"] == system).cloned().collect::<Vec<_>>();
    assert!(own("ad").iter().all(|a| a["outcome"] == "linked"));
    let (care, former): (Vec<Value>, Vec<Value>) =
        (own("vard"), keys_of(&run, "identity-drift").into_iter().map(Value::from).collect());
    let linked = care.iter().filter(|a| a["outcome"] == "linked").count();
    assert_eq!(linked, 90, "{former:?}");
    let finding = key_finding(&run, "vard");
    assert_eq!((&finding["facts"]["key"], &finding["facts"]["disagree"]), (&"user_name".into(), &10.into()));
}

/// Accounts are named after the address that the directory has; payroll's is made otherwise. Of those who are in no
/// directory no such address is known, and that their account is not named after payroll's says nothing against them.
#[test]
fn who_is_in_no_directory_is_not_held_to_its_addresses() {
    let folder = tempfile::tempdir().unwrap();
    let (mut payroll, mut directory, mut care) = (
        String::from("Anst.nr;Förnamn;Efternamn;E-post\n"),
        String::from("sAMAccountName;displayName;employeeID;mail\n"),
        String::from("Användare;Namn;Anst.nr\n"),
    );
    let given = ["Anna", "Bengt", "Cecilia", "David", "Elin", "Filip", "Greta", "Henrik"];
    let surnames = ["Ahlqvist", "Berglund", "Cedervall", "Dahlman", "Ekholm", "Forslund", "Grankvist", "Hedborg"];
    for (at, (name, surname)) in given.iter().flat_map(|name| surnames.iter().map(move |s| (name, s))).enumerate() {
        let account = format!("{}{}01", &name.to_lowercase()[..3], &surname.to_lowercase()[..3]);
        payroll.push_str(&format!("{};{name};{surname};{name}.{surname}@k.se\n", at + 1));
        let outside = at % 8 == 7;
        if !outside {
            directory.push_str(&format!("{account};{name} {surname};{};{account}@k.se\n", at + 1));
        }
        let number = if outside { String::new() } else { (at + 1).to_string() };
        care.push_str(&format!("{account};{name} {surname};{number}\n"));
    }
    let config = "[review]\nas_of = 2026-11-30\n[payroll]\nfile = \"l.csv\"\n[[system]]\nid = \"ad\"\nfile = \"ad.csv\"\n\
        directory = true\n[[system]]\nid = \"vard\"\nfile = \"v.csv\"\n";
    let files: [(&str, &[u8]); 3] =
        [("l.csv", payroll.as_bytes()), ("ad.csv", directory.as_bytes()), ("v.csv", care.as_bytes())];
    let run = publish(&case(folder.path(), config, &files), &folder.path().join("ut"), &[]);
    let care = lines(&run, "accounts.jsonl").into_iter().filter(|a| a["system"] == "vard");
    let unnumbered: Vec<Value> = care.filter(|a| a["outcome"] == "candidate").collect();
    assert_eq!(unnumbered.len(), 8, "{unnumbered:#?}");
    for account in unnumbered {
        let evidence = account["evidence"].as_array().unwrap();
        let shape = evidence.iter().find(|e| e["field"] == "account_name").unwrap();
        assert!(shape["bits"].as_f64() > Some(-0.5), "{shape}");
    }
}

/// A directory cut down to names and account names, with account names as they are or made like addresses.
fn names_only(seed: u64, like_addresses: bool) -> (tempfile::TempDir, PathBuf, Score) {
    let folder = municipality(1500, seed);
    let place = folder.path().join("kommun");
    let answers = fs::read_to_string(place.join("facit.jsonl")).unwrap();
    let answers: Vec<Value> = answers.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let directory = fs::read_to_string(place.join("indata/katalog.csv")).unwrap();
    let (mut export, mut truth) = (String::from("Användare;Namn\n"), String::new());
    for (at, row) in directory.lines().skip(2).enumerate().filter(|(_, row)| row.contains("OU=Anställda")) {
        let cells: Vec<&str> = row.split(',').map(|cell| cell.trim_matches('"')).collect();
        let mut answer = answers.iter().find(|a| a["system"] == "katalog" && a["account"] == cells[0]).unwrap().clone();
        let local = cells[4].split('@').next().unwrap();
        let name = match (like_addresses, answer["person"].is_null()) {
            (false, _) => cells[0].to_owned(),
            (true, false) => local.to_owned(),
            // Addresses are unique: someone outside has another number behind the name.
            (true, true) => format!("{}.{}{}", cells[1].to_lowercase(), cells[2].to_lowercase(), 500 + at),
        };
        export.push_str(&format!("{name};{} {}\n", cells[1], cells[2]));
        answer["account"] = name.into();
        truth.push_str(&format!("{answer}\n"));
    }
    fs::write(place.join("indata/namn.csv"), export).unwrap();
    fs::write(place.join("facit.jsonl"), truth).unwrap();
    let config = "[review]\nas_of = 2026-11-30\n[payroll]\nfile = \"indata/lon.csv\"\n[[system]]\nid = \"katalog\"\nfile = \"indata/namn.csv\"\n";
    fs::write(place.join("samkor.toml"), config).unwrap();
    let (run, score) = measured(&folder);
    println!("{}", score.table());
    (folder, run, score)
}

/// Names, and account names that only repeat them: no link by the name alone; nearly everyone is a candidate, said
/// to be so with a probability that keeps what it promises, and nothing passes silently.
#[test]
fn names_alone_make_candidates() {
    let (_folder, run, score) = names_only(31, false);
    let accounts = lines(&run, "accounts.jsonl");
    let beside_the_name = |a: &Value| {
        let own = ["given_name", "surname", "name_order", "namesakes", "other_accounts"];
        let told = |e: &Value| !own.contains(&e["field"].as_str().unwrap()) && e["bits"].as_f64() >= Some(3.0);
        a["evidence"].as_array().unwrap().iter().any(told)
    };
    assert!(accounts.iter().filter(|a| a["outcome"] == "linked").all(beside_the_name));
    assert_eq!(score.whole.silent, 0, "{:?}", score.silent);
    let sure = score.calibration.iter().filter(|bin| bin.from >= 0.95);
    let (best, right) = sure.fold((0, 0), |sum, bin| (sum.0 + bin.best, sum.1 + bin.right));
    assert!(best > 1000 && right * 100 >= best * 98, "{right} of {best}");
}

/// Where account names are made like addresses, the convention is learned from the accounts themselves and settles
/// nearly all, and nobody wrongly.
#[test]
fn a_learned_convention_settles_names() {
    let (_folder, run, score) = names_only(31, true);
    assert_eq!((score.whole.links, score.whole.silent), (score.whole.right, 0), "{:?} {:?}", score.wrong, score.silent);
    assert!(score.whole.right * 100 >= score.whole.of_someone * 90, "{:?}", score.whole);
    let learned = manifest(&run)["learned"]["katalog"]["account_names"].clone();
    assert!(learned["e-post"].as_f64() > Some(0.8), "{learned}");
}

/// Candidates and comparisons an account stay few however many share a name.
#[test]
fn five_thousand_anderssons_stay_linear() {
    let effort = |count: usize| {
        let folder = tempfile::tempdir().unwrap();
        let mut payroll = String::from("Anst.nr;Förnamn;Efternamn\n");
        let mut export = String::from("Användare;Namn\n");
        let syllables = ["an", "be", "ka", "li", "mo", "ra", "so", "ti", "ve", "yl", "ud", "em"];
        for at in 0..count {
            let part = |step: usize| syllables[at / step % syllables.len()];
            let given = format!("{}{}{}", part(1), part(12), part(144));
            payroll.push_str(&format!("{at};{given};Andersson\n"));
            export.push_str(&format!("k{at};{given} Andersson\n"));
        }
        let config =
            "[review]\nas_of = 2026-11-30\n[payroll]\nfile = \"l.csv\"\n[[system]]\nid = \"s\"\nfile = \"s.csv\"\n";
        let config = case(folder.path(), config, &[("l.csv", payroll.as_bytes()), ("s.csv", export.as_bytes())]);
        let run = publish(&config, &folder.path().join("ut"), &[]);
        let effort = manifest(&run)["learned"]["s"]["effort"].clone();
        let of = |name: &str| effort[name].as_u64().unwrap();
        assert_eq!(of("accounts"), count as u64);
        (of("candidates") / of("accounts"), of("comparisons") / of("accounts"))
    };
    let ((few_met, few_compared), (many_met, many_compared)) = (effort(1000), effort(5000));
    println!("1,000: {few_met} met, {few_compared} compared; 5,000: {many_met} met, {many_compared} compared");
    assert!(many_met <= few_met * 5 && many_met < 600, "{few_met} {many_met}");
    assert!(many_compared <= 80, "{few_compared} {many_compared}");
}

const PAYROLL: &str = "Anst.nr;Personnummer;Förnamn;Efternamn;Enhet;E-post;Anställd t.o.m.\n";

/// Runs one export against one payroll and returns the accounts.
fn accounts(payroll: &str, export: &str) -> Vec<Value> {
    let folder = tempfile::tempdir().unwrap();
    let config =
        "[review]\nas_of = 2026-11-30\n[payroll]\nfile = \"l.csv\"\n[[system]]\nid = \"s\"\nfile = \"s.csv\"\n";
    let config = case(folder.path(), config, &[("l.csv", payroll.as_bytes()), ("s.csv", export.as_bytes())]);
    lines(&publish(&config, &folder.path().join("ut"), &[]), "accounts.jsonl")
}

fn account<'a>(accounts: &'a [Value], name: &str) -> &'a Value {
    accounts.iter().find(|a| a["account"] == name).unwrap()
}

/// A payroll of one person is a payroll.
#[test]
fn one_person_is_enough() {
    let payroll = format!("{PAYROLL}1;;Eva;Lind;;;\n");
    let found = accounts(&payroll, "Användare;Namn;Anst.nr\na;Eva Lind;1\nb;Bo Ek;\nc;Eva Lind;\n");
    assert_eq!(account(&found, "a")["outcome"], "linked");
    assert_eq!(account(&found, "b")["outcome"], "unmatched");
    assert_eq!(account(&found, "c")["outcome"], "candidate");
}

/// Empty names, names of one letter, ten thousand letters, right-to-left and combining letters: each account
/// comes out, and those with a number are linked.
#[test]
fn names_of_every_kind() {
    let long = "Å".repeat(10_000);
    let payroll = format!(
        "{PAYROLL}1;;A;B;;;\n2;;{long};Lind;;;\n3;;محمد;العلي;;;\n4;;Zoe\u{308};A\u{30a}kesson;;;\n5;;Bo;Ek;;;\n"
    );
    let export = format!(
        "Användare;Förnamn;Efternamn;Anst.nr\na;A;B;1\nb;{long};Lind;2\nc;محمد;العلي;3\nd;Zoë;Åkesson;4\ne;;;5\nf;;;\ng;Å;Z;\nh;\u{202e}oB;Ek;\n"
    );
    let found = accounts(&payroll, &export);
    assert_eq!(found.len(), 8);
    for (name, person) in [("a", "1"), ("b", "2"), ("c", "3"), ("d", "4"), ("e", "5")] {
        assert_eq!(account(&found, name)["person"], person, "{name}");
    }
    for name in ["f", "g", "h"] {
        assert_ne!(account(&found, name)["outcome"], "linked", "{name}");
    }
}

/// What stands behind a comma is the given name, unless it is a unit: then the whole name stands before it.
#[test]
fn a_unit_behind_a_comma_is_no_given_name() {
    let payroll = format!("{PAYROLL}1;;Nils;Dahlgren;;;\n2;;Bo;Ek;;;\n");
    let export = "Användare;Namn\na;Nils Dahlgren, Hemtjänsten\nb;Nils Dahlgren, Förskolan Solen\nc;Dahlgren, Nils\n";
    let found = accounts(&payroll, export);
    let evidence = |name: &str| account(&found, name)["evidence"].as_array().unwrap().clone();
    for name in ["a", "b", "c"] {
        assert_eq!(account(&found, name)["candidates"], serde_json::json!(["1"]), "{name}");
        let agrees = |field: &str| evidence(name).iter().any(|e| e["field"] == field && e["level"] == "exact");
        assert!(agrees("given_name") && agrees("surname"), "{name}: {:?}", evidence(name));
    }
}

/// Twins at one unit are told apart by a number, and not told apart without one.
#[test]
fn twins_share_what_they_share() {
    let payroll = format!(
        "{PAYROLL}1;19850101-2382;Eva;Lindqvist;Norr;;\n2;19850101-2390;Evan;Lindqvist;Norr;;\n3;;Bo;Ek;Söder;;\n"
    );
    let export = "Användare;Förnamn;Efternamn;Enhet;Födelsedatum;Personnummer\n\
        a;Eva;Lindqvist;Norr;1985-01-01;\nb;E;Lindqvist;Norr;1985-01-01;\nc;Evan;Lindqvist;Norr;;198501012390\n";
    let found = accounts(&payroll, export);
    assert_eq!(account(&found, "c")["person"], "2");
    assert_eq!(account(&found, "b")["outcome"], "disputed");
    assert_ne!(account(&found, "a")["person"], "2");
}

/// One person may have fourteen accounts: a key makes each of them theirs.
#[test]
fn one_person_with_fourteen_accounts() {
    let payroll = format!("{PAYROLL}1;;Eva;Lind;;;\n2;;Bo;Ek;;;\n");
    let rows: String = (0..14).map(|at| format!("konto{at};Eva Lind;1\n")).collect();
    let found = accounts(&payroll, &format!("Användare;Namn;Anst.nr\n{rows}"));
    assert!(found.iter().all(|a| a["person"] == "1"), "{found:?}");
}

/// Two persons who share an address: the name tells which; without one it is disputed.
#[test]
fn a_shared_address_tells_nobody_by_itself() {
    let payroll = format!("{PAYROLL}1;;Eva;Lind;;kansli@x.se;\n2;;Bo;Ek;;kansli@x.se;\n");
    let found = accounts(&payroll, "Användare;Namn;E-post\na;Eva Lind;kansli@x.se\nb;;kansli@x.se\n");
    assert_eq!(account(&found, "a")["person"], "1");
    assert_eq!(account(&found, "b")["outcome"], "disputed");
}

/// A number that agrees while the name is quite another's is never a link, and both are shown.
#[test]
fn a_number_under_another_name_is_disputed() {
    let payroll = format!("{PAYROLL}1;19850101-2382;Eva;Lind;;;\n2;19850101-2390;Bo;Ek;;;\n");
    let found = accounts(&payroll, "Användare;Namn;Personnummer\na;Bo Ek;198501012382\n");
    assert_eq!(account(&found, "a")["outcome"], "disputed");
    assert_eq!(account(&found, "a")["candidates"].as_array().unwrap().len(), 2);
}

/// What a person in payroll is called, and what an account says of its holder.
fn name() -> impl Strategy<Value = (String, String)> {
    let given = prop::sample::select(vec!["Eva", "Bo", "Anna", "Karl", "Kalle", "Ulla", "Jöns"]);
    let surname = prop::sample::select(vec!["Lind", "Ek", "Lindh", "Andersson", "Åberg", "Trigwell"]);
    (given, surname).prop_map(|(a, b)| (a.to_owned(), b.to_owned()))
}

fn outcomes(found: &[Value]) -> Vec<(String, String, String)> {
    let mut list: Vec<(String, String, String)> = found
        .iter()
        .map(|a| (a["account"].to_string(), format!("{}{}", a["outcome"], a["person"]), a["probability"].to_string()))
        .collect();
    list.sort();
    list
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, failure_persistence: None, ..ProptestConfig::default() })]

    /// The order of rows never changes an outcome, in payroll or in an export.
    #[test]
    fn the_order_of_rows_never_matters(
        people in prop::collection::vec((name(), any::<bool>()), 2..12),
        held in prop::collection::vec((name(), any::<bool>()), 1..12),
        turn in 0usize..12,
    ) {
        let person = |(at, ((given, surname), mailed)): (usize, &((String, String), bool))| {
            format!("{};;{given};{surname};Enhet {};{};\n", 100 + at, at % 3, if *mailed { format!("p{at}@x.se") } else { String::new() })
        };
        let row = |(at, ((given, surname), keyed)): (usize, &((String, String), bool))| {
            format!("k{at:02};{given} {surname};Enhet {};{}\n", at % 3, if *keyed { (100 + at).to_string() } else { String::new() })
        };
        let mut persons: Vec<String> = people.iter().enumerate().map(person).collect();
        let mut rows: Vec<String> = held.iter().enumerate().map(row).collect();
        let head = "Användare;Namn;Enhet;Anst.nr\n";
        let before = outcomes(&accounts(&format!("{PAYROLL}{}", persons.concat()), &format!("{head}{}", rows.concat())));
        let (a, b) = (turn % persons.len(), turn % rows.len());
        persons.rotate_left(a);
        rows.rotate_left(b);
        rows.reverse();
        let after = outcomes(&accounts(&format!("{PAYROLL}{}", persons.concat()), &format!("{head}{}", rows.concat())));
        prop_assert_eq!(before, after);
    }

    /// Adding a person who has nothing in common with the accounts never links one to anybody new.
    #[test]
    fn an_unrelated_person_links_nothing(
        people in prop::collection::vec(name(), 1..8),
        held in prop::collection::vec(name(), 1..8),
        more in 1usize..30,
    ) {
        let mut payroll = PAYROLL.to_owned();
        for (at, (given, surname)) in people.iter().enumerate() {
            payroll.push_str(&format!("{};;{given};{surname};Norr;;\n", 100 + at));
        }
        let mut export = String::from("Användare;Namn;Enhet\n");
        for (at, (given, surname)) in held.iter().enumerate() {
            export.push_str(&format!("k{at:02};{given} {surname};Norr\n"));
        }
        let linked = |payroll: &str| -> Vec<String> {
            let found = accounts(payroll, &export);
            found.iter().filter(|a| a["outcome"] == "linked").map(|a| format!("{}{}", a["account"], a["person"])).collect()
        };
        let before = linked(&payroll);
        for at in 0..more {
            payroll.push_str(&format!("{};;Quxo{at};Wexzy{at};Söder;;\n", 500 + at));
        }
        let after = linked(&payroll);
        let unrelated = |link: &&String| link.contains("\"5");
        prop_assert_eq!(after.iter().filter(unrelated).count(), 0, "{:?}", after);
        // A larger payroll makes a unit worth more; it never moves a link to someone else.
        for link in &before {
            let account = link.split('"').nth(1).unwrap();
            let moved = after.iter().any(|own| own.contains(account) && own != link);
            prop_assert!(!moved, "{:?} {:?}", before, after);
        }
    }

    /// A value that is absent, on either side, never changes a weight: the evidence on every other field stays.
    #[test]
    fn absent_evidence_never_changes_a_weight((given, surname) in name(), other in name()) {
        let payroll = format!("{PAYROLL}1;;{given};{surname};Norr;a@x.se;\n2;;{};{};Söder;;\n3;;Moa;Berg;Söder;c@x.se;\n", other.0, other.1);
        let full = accounts(&payroll, &format!("Användare;Namn;Anst.nr;HSA-id\na;{given} {surname};1;SE2120000000-AB1\n"));
        let less = accounts(&payroll, &format!("Användare;Namn;Anst.nr\na;{given} {surname};1\n"));
        prop_assert_eq!(&full[0]["evidence"], &less[0]["evidence"]);
        prop_assert_eq!(&full[0]["probability"], &less[0]["probability"]);
    }
}
