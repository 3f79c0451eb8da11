//! Who gets which workbook: departments of a shared system, committees, HR, and the post for protected persons.

#![allow(clippy::unwrap_used, clippy::expect_used)] // A test may fail loudly.

mod common;

use common::{lines, manifest, parts, publish, sheet, tree};
use std::fs;
use std::path::{Path, PathBuf};
use tempfile::TempDir;

const PAYROLL: &str = "Anst.nr;Personnummer;Förnamn;Efternamn;Förvaltning;Enhet;Närmaste chef;Anställd fr.o.m.;Anställd t.o.m.;Registreringsdatum;Sekretess
1001;19790607-2397;Eva;Lind;Socialförvaltningen;Hemtjänsten;;2015-01-01;;2015-01-01;
1002;19790608-2388;Per;Ekdal;Socialförvaltningen;Hemtjänsten;1001;2015-01-01;2026-06-30;2026-07-10;
1003;19790608-2396;Siv;Broman;Barn- och utbildningsförvaltningen;Skolan;1001;2015-01-01;2026-09-30;2026-09-30;
1004;19790609-2387;Tim;Hallgren;Barn- och utbildningsförvaltningen;Skolan;1001;2015-01-01;2026-08-31;2026-09-15;J
1005;19790609-2395;Ulf;Norell;Socialförvaltningen;;1002;2015-01-01;;2015-01-01;
";

const DIRECTORY: &str = "Användarnamn;Namn;Anst.nr;Status;Roll;Skapad
evalin;Eva Lind;1001;Aktiv;;2015-01-01
perekd;Per Ekdal;1002;Aktiv;;2015-01-01
sivbro;Siv Broman;1003;Aktiv;;2015-01-01
timhal;Tim Hallgren;1004;Aktiv;;2015-01-01
ulfnor;Ulf Norell;1005;Aktiv;;2015-01-01
okand;Ola Annanstans;;Aktiv;;2015-01-01
";

const CARE: &str = "Användarnamn;Namn;Anst.nr;Status
P1;Per Ekdal;1002;Aktiv
P2;Per Ekdal;1002;Avslutad
THX99;Tim Hallgren;1004;Aktiv
O1;Siv;;Aktiv
";

const CONFIG: &str = r#"
[review]
organisation = "Exempelkommunen"
as_of = 2026-11-30

[payroll]
file = "lon.csv"
exported = 2026-11-30
owner = "HR-chef"

[[system]]
id = "katalog"
name = "Katalogen"
file = "katalog.csv"
exported = 2026-11-30
owner = "IT-chef"
split_by = "department"
committee = "Kommunstyrelsen"

[[system]]
id = "vard"
name = "Vården"
file = "vard.csv"
exported = 2026-11-30
owner = "Socialchef"
committee = "Socialnämnden"
"#;

/// What may be read of the protected Tim only where it is said so.
const SECRETS: [&str; 6] = ["Tim", "Hallgren", "1004", "timhal", "THX99", "19790609-2387"];

fn case(config: &str) -> TempDir {
    let case = tempfile::tempdir().unwrap();
    for (file, text) in [("samkor.toml", config), ("lon.csv", PAYROLL), ("katalog.csv", DIRECTORY), ("vard.csv", CARE)]
    {
        fs::write(case.path().join(file), text).unwrap();
    }
    case
}

fn run(case: &Path) -> PathBuf {
    publish(&case.join("samkor.toml"), &case.join("ut"), &[])
}

fn accounts_in(workbook: &Path) -> Vec<String> {
    sheet(workbook, "Konton").iter().skip(1).map(|row| row[0].clone()).collect()
}

/// A shared system's list is cut: each department its own accounts, the rest to the administrator, each account
/// once, and what is said of the system itself only there.
#[test]
fn a_shared_system_is_cut_by_department() {
    let case = case(CONFIG);
    let run = run(case.path());
    let folder = run.join("agare/katalog");
    assert!(!run.join("agare/katalog.xlsx").exists());
    assert_eq!(accounts_in(&folder.join("socialforvaltningen.xlsx")), ["evalin", "perekd", "ulfnor"]);
    assert_eq!(accounts_in(&folder.join("barn-och-utbildningsforvaltningen.xlsx")), ["sivbro"]);
    assert_eq!(accounts_in(&folder.join("ovriga.xlsx")), ["okand"]);
    let outputs = manifest(&run)["outputs"].clone();
    let cut = outputs.as_array().unwrap().iter().filter(|o| o["kind"] == "owner" && o["system"] == "katalog").count();
    assert_eq!(cut, 3);
}

/// Departments whose names are alike for as long as a file name can be get a workbook each, and so do committees.
#[test]
fn names_that_are_long_and_alike_are_told_apart() {
    let long = "Förvaltningen för arbetsmarknad, vuxenutbildning, integration och försörjning";
    let case = case(
        &CONFIG.replace("Kommunstyrelsen", &format!("{long} nr 1")).replace("Socialnämnden", &format!("{long} nr 2")),
    );
    let payroll = PAYROLL.replace("Socialförvaltningen", &format!("{long} norr"));
    let payroll = payroll.replace("Barn- och utbildningsförvaltningen", &format!("{long} söder"));
    fs::write(case.path().join("lon.csv"), payroll).unwrap();
    let run = run(case.path());
    let slug = "forvaltningen-for-arbetsmarknad-vuxenutbildning-integration-och";
    let folder = run.join("agare/katalog");
    let books = fs::read_dir(&folder).unwrap().map(|entry| entry.unwrap().path());
    let mut books: Vec<PathBuf> = books.filter(|path| !path.ends_with("ovriga.xlsx")).collect();
    books.sort();
    assert!(books.iter().all(|book| book.file_name().unwrap().to_str().unwrap().starts_with(slug)), "{books:?}");
    let accounts: Vec<Vec<String>> = books.iter().map(|book| accounts_in(book)).collect();
    assert_eq!(accounts, [vec!["sivbro"], vec!["evalin", "perekd", "ulfnor"]]);
    assert_eq!(fs::read_dir(run.join("namnd")).unwrap().count(), 2);
}

/// Each committee gets the same summary over its own systems, and no other's.
#[test]
fn each_committee_gets_its_own_summary() {
    let case = case(CONFIG);
    let run = run(case.path());
    let systems = |file: &str| -> Vec<String> {
        sheet(&run.join(file), "System").iter().skip(1).map(|row| row[0].clone()).collect()
    };
    assert_eq!(systems("namnd/socialnamnden.xlsx"), ["Vården"]);
    assert_eq!(systems("namnd/kommunstyrelsen.xlsx"), ["Katalogen"]);
    assert_eq!(systems("sammanstallning.xlsx"), ["Katalogen", "Vården"]);
    let kinds = manifest(&run)["outputs"].clone();
    assert_eq!(kinds.as_array().unwrap().iter().filter(|output| output["kind"] == "committee").count(), 2);
}

/// HR gets the persons to correct and the accounts to settle; the findings stand under payroll in the data.
#[test]
fn hr_gets_what_payroll_should_say() {
    let case = case(CONFIG);
    let run = run(case.path());
    let workbook = run.join("personalregister.xlsx");
    let rows = sheet(&workbook, "Uppgifter att rätta");
    let numbers: Vec<&str> = rows.iter().skip(1).map(|row| row[3].as_str()).collect();
    assert_eq!(numbers, ["1002", "1005"]);
    assert!(rows[2][4].contains("Det saknas enhet.") && rows[2][4].contains("närmaste chef är inte anställd"));
    let keys: Vec<String> = ["late-termination", "missing-field", "manager-left"]
        .iter()
        .flat_map(|rule| common::keys_of(&run, rule))
        .collect();
    assert_eq!(keys, ["late-termination/payroll/1002", "missing-field/payroll/1005", "manager-left/payroll/1005"]);
    let identities = sheet(&workbook, "Osäkra identiteter");
    assert!(identities.iter().skip(1).all(|row| row[1] != "Katalogen" || row[4] != "evalin"));
}

/// HR sees everything that one who left still has, a person's accounts one after the other, disabled ones too.
#[test]
fn a_leavers_accounts_stand_side_by_side() {
    let case = case(CONFIG);
    let rows = sheet(&run(case.path()).join("personalregister.xlsx"), "Konton efter avslut");
    let accounts: Vec<(&str, &str)> = rows.iter().skip(1).map(|row| (row[0].as_str(), row[7].as_str())).collect();
    assert_eq!(accounts, [("1002", "perekd"), ("1002", "P1"), ("1002", "P2"), ("1003", "sivbro")]);
}

/// The summary says how long leavers keep access, by department, and where the delay arises.
#[test]
fn leavers_are_counted_by_department() {
    let case = case(CONFIG);
    let rows = sheet(&run(case.path()).join("sammanstallning.xlsx"), "Förvaltningar");
    let of = |name: &str| rows.iter().find(|row| row[0] == name).unwrap().clone();
    let social = of("Socialförvaltningen");
    // One leaver, gone 153 days; ten of them passed until the end was registered.
    assert_eq!(social[6..11], ["1", "153", "153", "10", "143"]);
    assert_eq!(of("Barn- och utbildningsförvaltningen")[6..8], ["1", "61"]);
}

/// With a recipient named, the protected stand in that post's workbook and data, with columns for answers, and in
/// no other file; nothing says any more that they are not reviewed.
#[test]
fn the_named_post_gets_the_protected() {
    let case = case(&format!("{CONFIG}[protected]\nrecipient = \"Säkerhetschef\"\n"));
    let log = case.path().join("logg.txt");
    let more = ["-vvv", "--log-file", log.to_str().unwrap()];
    let run = publish(&case.path().join("samkor.toml"), &case.path().join("ut"), &more);
    let trace = fs::read_to_string(&log).unwrap();
    assert!(trace.len() > 100 && SECRETS.iter().all(|secret| !trace.contains(secret)), "{trace}");
    let workbook = run.join("begransad/sarskild-hantering.xlsx");
    let rows = sheet(&workbook, "Konton");
    let accounts: Vec<&str> = rows.iter().skip(1).map(|row| row[3].as_str()).collect();
    assert_eq!(accounts, ["timhal", "THX99"]);
    assert!(rows[0].contains(&"Beslut".to_owned()));
    assert!(sheet(&workbook, "Sammanfattning").iter().any(|row| row.contains(&"Säkerhetschef".to_owned())));
    let lines = fs::read_to_string(run.join("begransad/data.jsonl")).unwrap();
    assert!(lines.contains("\"leaver-active/katalog/timhal\"") && lines.contains("\"late-termination/payroll/1004\""));
    assert!(common::keys_of(&run, "protected-not-reviewed").is_empty());
    for (name, bytes) in tree(&run) {
        if !name.starts_with("begransad/") {
            search(&name, &bytes);
        }
    }
}

/// Without one there is no such folder, a finding says so, and the protected are nowhere.
#[test]
fn without_a_post_nobody_gets_them() {
    let case = case(CONFIG);
    let run = run(case.path());
    assert!(!run.join("begransad").exists());
    assert_eq!(common::keys_of(&run, "protected-not-reviewed"), ["protected-not-reviewed"]);
    tree(&run).iter().for_each(|(name, bytes)| search(name, bytes));
}

/// No department's number of protected accounts is shown, and the organisation's as a bound where it is small.
#[test]
fn small_counts_are_not_given_away() {
    let case = case(CONFIG);
    let run = run(case.path());
    let rows = sheet(&run.join("sammanstallning.xlsx"), "Förvaltningar");
    assert!(!rows.iter().flatten().any(|cell| cell == "Skyddade konton"), "{rows:?}");
    assert_eq!(manifest(&run)["counts"]["protected"], "<5");
}

/// Searches a file, and every part of a workbook, for what must not be read.
fn search(name: &str, bytes: &[u8]) {
    for (part, text) in parts(bytes) {
        for secret in SECRETS {
            let told = match secret {
                // Short ones are looked for as whole cells and values.
                "Tim" | "1004" => text.contains(&format!(">{secret}<")) || text.contains(&format!("\"{secret}\"")),
                secret => text.contains(secret),
            };
            assert!(!told, "{secret} in {name}/{part}");
        }
    }
}

/// Every account is on exactly one owner's list or among the protected: nothing is lost when lists are cut.
#[test]
fn no_account_is_lost() {
    let case = case(CONFIG);
    let run = run(case.path());
    let listed: usize =
        tree(&run.join("agare")).keys().map(|file| accounts_in(&run.join("agare").join(file)).len()).sum();
    assert_eq!(listed, lines(&run, "accounts.jsonl").len());
    assert_eq!(listed + 2, 10);
}
