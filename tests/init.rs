//! `samkor init`: from a folder of exports to a first right report, with no hand edit.

#![allow(clippy::unwrap_used, clippy::expect_used)] // A test may fail loudly.

mod common;

use common::{Ran, fixture, manifest, run_with, tree};
use std::fs;
use std::path::{Path, PathBuf};
use tempfile::TempDir;

fn init(folder: &Path) -> (Ran, String) {
    let ran = run_with(&["init", folder.to_str().unwrap()]);
    let text = fs::read_to_string(folder.join("samkor.toml")).unwrap_or_default();
    (ran, text)
}

/// Initialises, checks and runs; returns the configuration and the run.
fn report(folder: &Path) -> (String, PathBuf) {
    let (ran, text) = init(folder);
    assert_eq!(ran.code, 0, "{}{}", ran.out, ran.err);
    let config = folder.join("samkor.toml");
    assert_ne!(run_with(&["check", config.to_str().unwrap()]).code, 2);
    let run = common::publish(&config, &folder.join("resultat"), &[]);
    (text, run)
}

fn written(files: &[(&str, &str)]) -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    for (name, text) in files {
        let path = folder.path().join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }
    folder
}

const PAYROLL: &str = "Anst.nr;Personnummer;Förnamn;Efternamn;Anställd fr.o.m.;Anställd t.o.m.;Sekretess
1001;19790607-2397;Åsa;Lind;2015-01-01;;N
1002;19790608-2388;Per;Ekdal;2015-01-01;2026-06-30;N
1003;19790608-2396;Siv;Broman;2015-01-01;;N
";
const DIRECTORY: &str = "\"SamAccountName\",\"Name\",\"EmployeeID\",\"Enabled\",\"DistinguishedName\"
\"asalin\",\"Åsa Lind\",\"1001\",\"True\",\"CN=Åsa Lind,OU=Personal,DC=ek\"
\"perekd\",\"Per Ekdal\",\"1002\",\"True\",\"CN=Per Ekdal,OU=Personal,DC=ek\"
";
const GROUPS: &str = "SamAccountName,GroupName\nasalin,Ekonomi\nasalin,Alla\nperekd,Alla\n";
const CLOUD: &str = "userPrincipalName,displayName,accountEnabled,userType
asa.lind@ek.example,Åsa Lind,true,Member
siv.broman@ek.example,Siv Broman,true,Member
";

/// The made-up municipality without its configuration: every file finds its place, systems their rows in the list of
/// systems, and what comes out holds the accounts that the hand-written configuration gives.
#[test]
fn the_example_runs_without_a_hand_edit() {
    let folder = tempfile::tempdir().unwrap();
    fs::create_dir(folder.path().join("indata")).unwrap();
    for entry in fs::read_dir(fixture("exempelkommunen/indata")).unwrap() {
        let entry = entry.unwrap();
        fs::copy(entry.path(), folder.path().join("indata").join(entry.file_name())).unwrap();
    }
    let (text, run) = report(folder.path());
    assert!(text.contains("exported = 2026-11-28"), "{text}");
    assert!(text.contains("id = \"katalog\"") && text.contains("directory = true"), "{text}");
    let by_hand = common::publish(&fixture("exempelkommunen/samkor.toml"), &folder.path().join("ut"), &[]);
    for system in ["katalog", "entra", "treserva", "ekonomi", "bygg"] {
        let linked = |run: &Path| {
            let counts = &manifest(run)["counts"]["systems"][system]["accounts"]["outcome"];
            counts.as_object().unwrap().values().map(|count| count.as_u64().unwrap()).sum::<u64>()
        };
        assert_eq!(linked(&run), linked(&by_hand), "{system}");
    }
}

/// Exports as products write them are told apart by content and named by it, lists of one directory joined, days of
/// extract taken from names, copies, older extracts and what is no list of accounts left out and said.
#[test]
fn raw_exports_find_their_places() {
    let older = PAYROLL.replace("1003;19790608-2396;Siv;Broman;2015-01-01;;N\n", "");
    let folder = written(&[
        ("Personec_20261118.csv", PAYROLL),
        ("Personec_20251118.csv", &older),
        ("ad/users_2026-11-17.csv", DIRECTORY),
        ("ad/grupper_2026-11-17.csv", GROUPS),
        ("exportUsers_2026-11-5.csv", CLOUD),
        ("Export Vklass.csv", "Förnamn;Efternamn;E-post;Roll\nSiv;Broman;siv.broman@ek.example;Lärare\n"),
        ("Bygglov/export.csv", "Signatur;Namn;Aktiv\nSLB;Siv Broman;Ja\n"),
        ("Bygglov/export (1).csv", "Signatur;Namn;Aktiv\nSLB;Siv Broman;Ja\n"),
        (
            "Konsulter 2026.csv",
            "Namn;E-post;Företag;Uppdrag from;Uppdrag tom;Beställare\nEva Ek;eva@c.example;C AB;2026-01-01;2026-12-31;IT-chef\n",
        ),
        ("Tjänstekonton.csv", "Konto;Ansvarig;Beskrivning\nsvc_backup;IT-chef;Kopior\n"),
        ("Budget.csv", "Konto;Belopp;Ansvar\n4010;100;11\n"),
        ("Läs mig.txt", "Här ligger filerna.\n"),
    ]);
    let (text, run) = report(folder.path());
    for line in [
        "file = \"Personec_20261118.csv\"",
        "exported = 2026-11-18",
        "kind = \"external\"",
        "[service_accounts]",
        "id = \"ad\"",
        "files = [\"ad/users_2026-11-17.csv\", \"ad/grupper_2026-11-17.csv\"]",
        "directory = true",
        "id = \"entra\"",
        "exported = 2026-11-05",
        "id = \"vklass\"",
        "id = \"bygglov\"",
        "file = \"Bygglov/export.csv\"",
        "#   Bygglov/export (1).csv: samma innehåll som Bygglov/export.csv",
        "#   Personec_20251118.csv: äldre uttag av samma lista som Personec_20261118.csv",
        "#   Budget.csv: ingen rad ser ut som rubriker",
    ] {
        assert!(text.contains(line), "{line}\n{text}");
    }
    let read: Vec<String> =
        manifest(&run)["inputs"].as_array().unwrap().iter().map(|i| i["path"].to_string()).collect();
    assert_eq!(read.len(), 8, "{read:?}");
}

/// What one person has in two domains stays two accounts in two systems, although an employee number could join the lists.
#[test]
fn two_domains_are_two_systems() {
    let folder = written(&[
        ("Personec_20261118.csv", PAYROLL),
        ("adusers.csv", DIRECTORY),
        (
            "va-domän csvde.csv",
            "DN,sn,givenName,sAMAccountName,userAccountControl,employeeNumber
\"CN=Lind Åsa,DC=va\",Lind,Åsa,vaasalin,512,1001
\"CN=Ekdal Per,DC=va\",Ekdal,Per,vaperekd,512,1002
",
        ),
    ]);
    let (text, run) = report(folder.path());
    assert!(!text.contains("join ="), "{text}");
    assert!(text.contains("name = \"Active Directory va domän\""), "{text}");
    let systems = manifest(&run)["counts"]["systems"].as_object().unwrap().clone();
    assert_eq!(systems.len(), 2, "{systems:?}");
}

/// A list of wages has accounts too, those of the ledger: many people share each, so it is no system, and that is said.
#[test]
fn a_list_of_wages_is_no_system() {
    let wages = (1001..1012).map(|number| format!("{number};Åsa;Lind;Månadslön;{}\n", 5010 + number % 2));
    let wages = format!("Anst.nr;Förnamn;Efternamn;Beskrivning;Konto\n{}", wages.collect::<String>());
    let folder =
        written(&[("Personec.csv", PAYROLL), ("adusers.csv", DIRECTORY), ("lonetransaktioner_202610.csv", &wages)]);
    let (text, _) = report(folder.path());
    assert!(text.contains("#   lonetransaktioner_202610.csv: 11 personer delar på 2 värden i \"Konto\""), "{text}");
}

/// Where the list of systems names the department that keeps a directory, everyone belongs there all the same; of another
/// system the question is asked.
#[test]
fn a_directory_belongs_to_all_departments() {
    let payroll = PAYROLL.replace("Sekretess", "Förvaltning");
    let folder = written(&[
        ("Personec.csv", &payroll.replacen(";N\n", ";Omsorg\n", 1).replace(";N\n", ";Skola\n")),
        ("adusers.csv", DIRECTORY),
        ("Treserva.csv", "Signatur;Namn;Aktiv;Anställningsnummer\nSLB;Siv Broman;Ja;1003\n"),
        (
            "Systemförteckning.csv",
            "Systemnamn;Systemägare;Förvaltning;Nämnd;Informationsklass\n\
             Active Directory;IT-chef;Kansli;Kommunstyrelsen;3\nTreserva;Verksamhetschef;Omsorg;Omsorgsnämnden;4\n",
        ),
    ]);
    let (text, run) = report(folder.path());
    assert!(text.contains("\ndepartments = []"), "{text}");
    assert!(text.contains("\n# departments = []"), "{text}");
    let outside = fs::read_to_string(run.join("data/findings.jsonl")).unwrap();
    let outside: Vec<&str> = outside.lines().filter(|line| line.contains("\"rule\":\"outside-department\"")).collect();
    assert!(outside.len() == 1 && outside[0].contains("treserva"), "{outside:?}");
}

/// It ends with three things to look at and the next command, and tells each file.
#[test]
fn it_ends_with_three_things_and_the_next_command() {
    let unmarked = PAYROLL.replace(";Sekretess", ";Kod");
    let folder = written(&[("lon.csv", &unmarked), ("konton.csv", DIRECTORY)]);
    let (ran, text) = init(folder.path());
    assert_eq!(ran.code, 0, "{}", ran.err);
    assert!(ran.out.contains("lon.csv: personalregister, 3 rader"), "{}", ran.out);
    let things: Vec<&str> = ran.out.lines().filter(|line| line.starts_with("  ") && line.contains(". ")).collect();
    assert_eq!(things.len(), 3, "{}", ran.out);
    assert!(things[1].contains("skyddade personuppgifter"), "{}", ran.out);
    assert!(ran.out.lines().last().unwrap().starts_with("Nästa steg: samkor check "), "{}", ran.out);
    assert!(text.contains("# no_protected_column = "), "{text}");
    let english = written(&[("lon.csv", PAYROLL), ("konton.csv", DIRECTORY)]);
    let ran = run_with(&["init", english.path().to_str().unwrap(), "--language", "en"]);
    assert!(ran.out.contains("Look at three things") && ran.out.contains("Next: samkor check"), "{}", ran.out);
}

/// The first line names a schema that lies beside the file and is the one that `samkor schema` prints; one that is there
/// already is left as it is.
#[test]
fn the_configuration_names_its_schema() {
    let folder = written(&[("lon.csv", PAYROLL), ("konton.csv", DIRECTORY)]);
    let (_, text) = init(folder.path());
    let named = text.lines().next().unwrap().strip_prefix("#:schema ./").unwrap();
    let beside = folder.path().join(named);
    assert_eq!(fs::read_to_string(&beside).unwrap().trim(), run_with(&["schema"]).out.trim());
    fs::write(&beside, "{}").unwrap();
    fs::remove_file(folder.path().join("samkor.toml")).unwrap();
    let (again, _) = init(folder.path());
    assert_eq!((again.code, fs::read_to_string(&beside).unwrap().as_str()), (0, "{}"));
}

/// A configuration that is there is not touched, run folders are not read, and a folder without tables is told.
#[test]
fn nothing_is_overwritten() {
    let folder = written(&[("lon.csv", PAYROLL), ("konton.csv", DIRECTORY)]);
    let (_, run) = report(folder.path());
    let before = tree(folder.path());
    let (again, _) = init(folder.path());
    assert_eq!(again.code, 2);
    assert!(again.err.contains("finns redan"), "{}", again.err);
    assert_eq!(tree(folder.path()), before);
    fs::remove_file(folder.path().join("samkor.toml")).unwrap();
    let (_, text) = init(folder.path());
    let name = run.file_name().unwrap().to_str().unwrap().to_owned();
    assert!(!text.contains(&format!("resultat/{name}")), "{text}");
    let empty = written(&[("brev.docx", "x")]);
    let (ran, text) = init(empty.path());
    assert_eq!((ran.code, text.as_str()), (2, ""));
    assert!(ran.err.contains("ingen fil"), "{}", ran.err);
}

/// A file that cannot be read as it is stands in the configuration with the line that mends it; what can be run is run.
#[test]
fn what_is_unsure_stands_with_its_alternatives() {
    let two = "Kontonamn;Inloggningsnamn;Namn;Aktiv\na1;x9;Åsa Lind;Ja\nb2;y8;Per Ekdal;Ja\n";
    let folder = written(&[("lon.csv", PAYROLL), ("ad.csv", DIRECTORY), ("w3d3.csv", two), ("status.csv", &status())]);
    let (text, _) = report(folder.path());
    assert!(text.contains("# closed = [\"Vilande\"]"), "{text}");
    let payroll_missing = written(&[("ad.csv", DIRECTORY)]);
    let (ran, text) = init(payroll_missing.path());
    assert_eq!(ran.code, 1, "{}", ran.out);
    assert!(ran.out.contains("personalregistret saknas") && text.contains("# file = "), "{}{text}", ran.out);
}

fn status() -> String {
    "Konto;Namn;Status\nal;Åsa Lind;Aktiv\npe;Per Ekdal;Vilande\n".to_owned()
}

/// Fills cells of the first sheet of a workbook, as somebody does in Excel: row and column from 0.
fn fill(workbook: &Path, name: &str, cells: &[(usize, usize, &str)]) {
    let mut rows = common::sheet(workbook, name);
    for (row, column, text) in cells {
        let needed = rows.len().max(row + 1);
        rows.resize(needed, Vec::new());
        let width = rows[*row].len().max(column + 1);
        rows[*row].resize(width, String::new());
        (*text).clone_into(&mut rows[*row][*column]);
    }
    let mut filled = rust_xlsxwriter::Workbook::new();
    let sheet = filled.add_worksheet();
    for (row, line) in rows.iter().enumerate() {
        for (column, text) in line.iter().enumerate() {
            sheet.write(u32::try_from(row).unwrap(), u16::try_from(column).unwrap(), text).unwrap();
        }
    }
    filled.save(workbook).unwrap();
}

/// With --inventory the list of systems is written too: a run reads it unfilled, and filled in it names the owners and
/// the systems that have no export.
#[test]
fn the_list_of_systems_is_written_and_read_again() {
    for (language, name) in [("sv", "Systemförteckning"), ("en", "Systems")] {
        let folder = written(&[
            ("lon_20261118.csv", PAYROLL),
            ("ad_2026-11-17.csv", DIRECTORY),
            ("vklass.csv", "Förnamn;Efternamn;E-post;Roll\nSiv;Broman;siv.broman@ek.example;Lärare\n"),
        ]);
        let at = folder.path();
        let ran = run_with(&["init", at.to_str().unwrap(), "--inventory", "--language", language]);
        assert_eq!(ran.code, 0, "{}{}", ran.out, ran.err);
        let list = at.join("systemforteckning.xlsx");
        assert!(ran.out.contains("systemforteckning.xlsx"), "{}", ran.out);
        let rows = common::sheet(&list, name);
        let systems: Vec<&str> = rows[1..].iter().map(|row| row[1].as_str()).collect();
        assert_eq!(systems, ["ad", "vklass"], "{rows:?}");

        let config = at.join("samkor.toml");
        let unfilled = common::publish(&config, &at.join("ut1"), &[]);
        assert_eq!(common::keys_of(&unfilled, "system-without-owner").len(), 2);
        let days = |run: &Path| {
            let inputs = manifest(run)["inputs"].as_array().unwrap().clone();
            inputs.iter().filter(|own| own["system"].is_string()).map(|own| own["exported"].clone()).collect::<Vec<_>>()
        };
        assert_eq!(days(&unfilled)[0], "2026-11-17");

        fill(
            &list,
            name,
            &[(1, 2, "IT-chef"), (2, 2, "Rektor"), (2, 10, "2026-11-20"), (3, 0, "Diabas"), (3, 2, "Arkivarie")],
        );
        let filled = common::publish(&config, &at.join("ut2"), &[]);
        assert!(common::keys_of(&filled, "system-without-owner").is_empty());
        assert_eq!(common::keys_of(&filled, "source-missing"), ["source-missing/diabas"]);
        assert_eq!(days(&filled)[..2], ["2026-11-17", "2026-11-20"]);
    }
}

/// A list that the organisation has already is the one to go by, and a file of the name is not written over.
#[test]
fn a_list_of_systems_that_is_there_is_kept() {
    let own = "System;Systemägare;Informationsklass\nAD;IT-chef;K2\n";
    let folder = written(&[("lon.csv", PAYROLL), ("ad.csv", DIRECTORY), ("lista.csv", own)]);
    let ran = run_with(&["init", folder.path().to_str().unwrap(), "--inventory"]);
    assert_eq!(ran.code, 0, "{}", ran.err);
    assert!(ran.out.contains("lista.csv är redan en systemförteckning"), "{}", ran.out);
    assert!(!folder.path().join("systemforteckning.xlsx").exists());

    let taken = written(&[("lon.csv", PAYROLL), ("ad.csv", DIRECTORY), ("systemforteckning.xlsx", "inget")]);
    let ran = run_with(&["init", taken.path().to_str().unwrap(), "--inventory"]);
    assert_eq!(ran.code, 2, "{}", ran.out);
    assert!(ran.err.contains("skrivs inte över"), "{}", ran.err);
    assert!(!taken.path().join("samkor.toml").exists());
}

/// A payroll whose columns a list of systems could have too is payroll, a list of cards with numbers is left,
/// consultants with an account are people, service accounts are known by that word, and capitals in a DOS encoding are read.
#[test]
fn lists_that_look_like_others_are_told_apart() {
    let rows: String = ["Åsa;Lind;1001", "Per;Ekdal;1002", "Siv;Broman;1003"]
        .iter()
        .zip(["19790607-2397", "19790608-2388", "19790608-2396"])
        .map(|(person, number)| {
            let parts: Vec<&str> = person.split(';').collect();
            format!("{};{number};{}, {};Omsorg;Hemtjänst;Vikariat;2015-01-01;\n", parts[2], parts[1], parts[0])
        })
        .collect();
    let payroll = format!(
        "Rapport: Anställningsuppgifter;;;;;;;\nUtskriven: 2026-11-20 07:12;;;;;;;\n\n\
         Anst.nr;Personnr;Namn;Förvaltning;Arbetsplats;Anst.form;Gäller from;Gäller tom\n{rows}"
    );
    let folder = written(&[
        ("Anställningsuppgifter.csv", &payroll),
        ("passerkort.csv", "Kortnr;Innehavare;Personnr;Giltigt t.o.m\n40013;Åsa Lind;790607-2397;2027-12-31\n"),
        (
            "Systemförteckning.csv",
            "Systemnamn;Systemägare;Nämnd;Förvaltning;Avtal t.o.m.\nRaindance;Ekonomichef;KS;Ekonomi;\n",
        ),
        ("adusers.csv", DIRECTORY),
        (
            "Konsulter IT.csv",
            "Konsult;Bolag;Startdatum;Slutdatum;Beställare;AD-konto\nBo Ek;C AB;2026-01-01;2026-12-31;IT-chef;ext01\n",
        ),
        ("Tjänstekonton.csv", "Tjänstekonto;Används till;Ansvarig\nsvc_backup;Kopior;IT-chef\n"),
    ]);
    let dos = b"ANV\x8eNDARE\tNAMN\tSP\x8eRRAD\nLIND01\t\x8fSA LIND\tN\nEKDAL1\tPER EKDAL\tN\nNOR01\tUNO NOR\x90N\tN\n";
    fs::write(folder.path().join("raindance_anv_20261120.txt"), dos).unwrap();
    let (text, _) = report(folder.path());
    for line in [
        "[payroll]\nfile = \"Anställningsuppgifter.csv\"",
        "exported = 2026-11-20",
        "[inventory]\nfile = \"Systemförteckning.csv\"",
        "kind = \"external\"",
        "[service_accounts]\nfile = \"Tjänstekonton.csv\"",
        "id = \"raindance\"",
        "#   passerkort.csv: filen är en lista över kort",
    ] {
        assert!(text.contains(line), "{line}\n{text}");
    }
}

/// A list with the columns of accounts is a system also where HSA-ids are all that names them, and it is never put in force
/// as a register: a person who left and signed in there would be somebody whom another register explains.
#[test]
fn accounts_that_are_known_by_hsa_id_are_a_system() {
    let list = "HSA-id;Förnamn;Efternamn;Behörighetsgrupp;Spärrad;Senast inloggad\n\
        SE2120009999-1281;Åsa;Lind;Läs;N;20.11.2026\nSE2120009999-4411;Per;Ekdal;Läs;N;09.11.2026\n";
    let folder = written(&[
        ("Personec.csv", PAYROLL),
        ("procapita_anv.txt", list),
        ("Systemförteckning.csv", "System;Systemägare;Nämnd\nProcapita;Socialchef;Socialnämnden\n"),
    ]);
    let (text, run) = report(folder.path());
    assert!(text.contains("[[system]]\nid = \"procapita\"") && !text.contains("[[register]]"), "{text}");
    // A name alone links nobody for certain, so both are listed.
    let listed = common::keys_of(&run, "ambiguous-identity");
    assert!(listed.iter().any(|key| key.ends_with("procapita/SE2120009999-4411")), "{listed:?}");
}

/// Where some account has no HSA-id, it does not name the accounts: that is asked, and no account is left out.
#[test]
fn accounts_without_a_name_are_asked_about() {
    let list =
        "HSA-id;Namn;Roll;Senast inloggad\nSE2120009999-1281;Åsa Lind;Läs;2026-11-20\n;Per Ekdal;Läs;2026-11-09\n";
    let folder = written(&[("Personec.csv", PAYROLL), ("procapita_anv.csv", list)]);
    let config = "[payroll]\nfile = \"Personec.csv\"\n[[system]]\nid = \"p\"\nfile = \"procapita_anv.csv\"\n";
    fs::write(folder.path().join("egen.toml"), config).unwrap();
    let ran = run_with(&["check", folder.path().join("egen.toml").to_str().unwrap()]);
    assert!(
        format!("{}{}", ran.out, ran.err).contains("kolumnen för kontots namn hittas inte"),
        "{}{}",
        ran.out,
        ran.err
    );
}

/// A file of people of whom nothing says why they are there is no register until somebody says so.
#[test]
fn an_unsure_register_stands_commented() {
    let people = "Namn;Enhet;Grupp\nKim Berg;Norr;A\nLi Dal;Norr;B\nPer Ekdal;Syd;B\n";
    let folder = written(&[("Personec.csv", PAYROLL), ("adusers.csv", DIRECTORY), ("Listan.csv", people)]);
    let (ran, text) = init(folder.path());
    assert!(!text.contains("\n[[register]]") && !text.contains("\nkind ="), "{text}");
    if text.contains("# [[register]]") {
        let taken = text.replace("# [[register]]", "[[register]]").replace("# id = \"listan\"", "id = \"listan\"");
        let taken = taken.replace("# kind =", "kind =").replace("# file = \"Listan.csv\"", "file = \"Listan.csv\"");
        fs::write(folder.path().join("tagen.toml"), taken).unwrap();
        let checked = run_with(&["check", folder.path().join("tagen.toml").to_str().unwrap()]);
        assert!(checked.code != 2 && checked.out.contains("Listan.csv: register"), "{}{}", checked.out, checked.err);
    }
    assert!(ran.out.contains("Listan.csv"), "{}", ran.out);
}

/// Two directories whose names end with different domains are two systems although everybody has the same account name in
/// both; the larger is the one that the list of systems means, and a list of groups that fits both is joined to neither.
#[test]
fn directories_of_two_domains_are_two_systems() {
    let domain = "DN,objectClass,sAMAccountName,sn,givenName,userAccountControl
\"CN=Lind Åsa,OU=P,DC=ek,DC=local\",user,asalin,Lind,Åsa,512
\"CN=Ekdal Per,OU=P,DC=ek,DC=local\",user,perekd,Ekdal,Per,512
\"CN=Broman Siv,OU=P,DC=ek,DC=local\",user,sivbro,Broman,Siv,512
";
    let schools = DIRECTORY.replace("DC=ek", "DC=edu,DC=ek,DC=se");
    let folder = written(&[
        ("Personec_20261118.csv", PAYROLL),
        ("csvde_ek.csv", domain),
        ("Get-ADUser edu.csv", &schools),
        ("grupper ad.csv", GROUPS),
        ("Systemförteckning.csv", "System;Systemägare;Nämnd\nActive Directory;IT-chef;KS\n"),
    ]);
    let (text, run) = report(folder.path());
    assert!(!text.contains("[\"csvde_ek.csv\", \"Get-ADUser edu.csv\"]"), "{text}");
    assert!(text.contains("id = \"active-directory\"") && text.contains("name = \"Active Directory edu\""), "{text}");
    let of_list = text.split("[[system]]").find(|part| part.contains("id = \"active-directory\"")).unwrap();
    assert!(of_list.contains("csvde_ek.csv") && !text.contains("files = ["), "{text}");
    assert!(common::keys_of(&run, "duplicate-account").is_empty());
}

/// A second payroll of other people is offered as another employer's, first and ready to be taken, with how many of its
/// people are nowhere else; one of the same people is not.
#[test]
fn another_employers_payroll_is_offered() {
    let company = "Anställningsnr;Namn;Personnr;Avdelning;Anställd fr.o.m.;Anställd t.o.m.\n\
        101;Berg, Kim;198501012382;Drift;2020-01-01;\n102;Dal, Li;198601012381;Drift;2020-01-01;2026-08-31\n";
    let same =
        "Anställningsnr;Namn;Personnr;Anställd t.o.m.\n9;Lind, Åsa;7906072397;\n8;Ekdal, Per;7906082388;2026-06-30\n";
    let folder = written(&[("Personec.csv", PAYROLL), ("Bolaget anställda.csv", company), ("adusers.csv", DIRECTORY)]);
    let (ran, text) = init(folder.path());
    let offered = "# [[payroll.file]]\n# file = \"Bolaget anställda.csv\"";
    assert!(text.contains(offered), "{text}");
    let first = ran.out.lines().find(|line| line.contains("  1. ")).unwrap();
    assert!(first.contains("2 personer i Bolaget anställda.csv"), "{}", ran.out);
    let at = text.find(offered).unwrap();
    let block: String = text[at..]
        .lines()
        .take_while(|line| !line.contains("Annars"))
        .map(|line| format!("{}\n", &line[2..]))
        .collect();
    let end = at + text[at..].find("# Annars").unwrap();
    fs::write(folder.path().join("tagen.toml"), format!("{}{block}{}", &text[..at], &text[end..])).unwrap();
    let checked = run_with(&["check", folder.path().join("tagen.toml").to_str().unwrap()]);
    assert!(checked.out.contains("Bolaget anställda.csv: personalregister"), "{}{}", checked.out, checked.err);

    let folder = written(&[("Personec.csv", PAYROLL), ("Bolaget anställda.csv", same), ("adusers.csv", DIRECTORY)]);
    let (_, text) = init(folder.path());
    assert!(!text.contains("[[payroll.file]]"), "{text}");
}

/// A list of phone numbers or of those who took a course is no system: it is left with why, unless the list of systems
/// names it.
#[test]
fn a_list_of_people_is_no_system() {
    let payroll = "Anst.nr;Personnummer;Namn;Anställd fr.o.m.;Anställd t.o.m.\n1001;19790607-2397;Eva Lind;2015-01-01;\n\
        1002;19790608-2388;Per Ek;2015-01-01;2026-06-30\n";
    let phones = "Namn;Titel;Telefon;E-post\nEva Lind;Chef;0123-1;eva@ex.se\nPer Ek;Vakt;0123-2;per@ex.se\n";
    let course = "Namn;E-post;Kursdatum;Genomförd\nEva Lind;eva@ex.se;2026-10-05;Ja\nPer Ek;per@ex.se;2026-10-04;Nej\n";
    let users = "Namn;E-post;Roll\nEva Lind;eva@ex.se;Läsa\nPer Ek;per@ex.se;Läsa\n";
    let files = [("lon.csv", payroll), ("Telefonlista.csv", phones), ("Kurs.csv", course), ("Bokningen.csv", users)];
    let folder = written(&files);
    let (ran, config) = init(folder.path());
    assert_eq!(ran.code, 0, "{}", ran.err);
    assert_eq!(config.lines().filter(|line| *line == "[[system]]").count(), 1, "{config}");
    for file in ["Telefonlista.csv", "Kurs.csv"] {
        assert!(ran.out.contains(&format!("{file}: används inte, raderna är personer")), "{}", ran.out);
        assert!(config.lines().any(|line| line.starts_with('#') && line.contains(file)), "{config}");
    }
    let listed = [("systemforteckning.csv", "System;Systemägare;Fil\nTelefonlistan;IT-chef;Telefonlista.csv\n")];
    let folder = written(&[&files[..], &listed[..]].concat());
    let (ran, config) = init(folder.path());
    assert!(!ran.out.contains("Telefonlista.csv: används inte"), "{}\n{config}", ran.out);
}

/// A log of sign-ins is no system and no list of systems: it is left with what to take out instead.
#[test]
fn a_log_of_sign_ins_is_left() {
    const LOG: &str = "Date (UTC),Request ID,User ID,User,Username,Application,Status,Client app,IP address
2026-11-10T08:00:11Z,0a1,6f9619ff-8b86-d011-b42d-00cf4fc96401,Åsa Lind,asa.lind@ek.example,Exchange,Success,Browser,10.0.0.1
2026-11-11T08:00:11Z,0a2,6f9619ff-8b86-d011-b42d-00cf4fc96402,Siv Broman,siv.broman@ek.example,Exchange,Failure,Browser,10.0.0.2
";
    let folder = written(&[("lon.csv", PAYROLL), ("entra.csv", CLOUD), ("InteractiveSignIns.csv", LOG)]);
    let (ran, text) = init(folder.path());
    assert_eq!(text.matches("[[system]]").count(), 1, "{text}");
    assert!(!text.contains("[inventory]"), "{text}");
    assert!(ran.out.contains("InteractiveSignIns.csv: används inte, filen är en logg"), "{}", ran.out);
}

/// What a file is called hides none: payroll as XML is read, and whatever is no table is listed with a way out, as is a
/// folder that may not be opened.
#[test]
fn no_file_is_passed_over_in_silence() {
    let person = |number: &str, name: &str| {
        format!("<person anstid=\"{number}\"><fornamn>{name}</fornamn><efternamn>Lind</efternamn></person>")
    };
    let people = [person("1001", "Åsa"), person("1002", "Per")].concat();
    let paxml = format!("<?xml version=\"1.0\" encoding=\"UTF-8\"?><paxml><personal>{people}</personal></paxml>");
    let folder = written(&[
        ("lon.xml", &paxml),
        ("ad.csv", DIRECTORY),
        ("castor.xml", "<?xml version=\"1.0\"?><Workbook><Worksheet/></Workbook>"),
        ("vklass.html", "\n<HTML><table><tr><td>Konto</td></tr></table></HTML>"),
        ("graph.json", "[{\"userPrincipalName\": \"eva@ek.example\"}]"),
        ("export.log", "2026-11-27 08:00 klart\n"),
        ("brev.doc", "Hej\n"),
    ]);
    let (ran, text) = init(folder.path());
    assert_eq!(ran.code, 0, "{}{}", ran.out, ran.err);
    assert!(text.contains("file = \"lon.xml\""), "{text}");
    for left in ["castor.xml", "vklass.html", "graph.json", "export.log", "brev.doc"] {
        let line = ran.out.lines().find(|line| line.contains(left)).unwrap_or_else(|| panic!("{left}: {}", ran.out));
        assert!(line.contains("används inte") && line.matches(". ").count() == 1, "{line}");
        assert!(text.contains(left), "{left}: {text}");
    }
    assert!(!text.contains("schema.json:"), "{text}");
}

/// A catalogue that says who has each HSA-id is what joins a system whose accounts are those ids to payroll, with an
/// address beside the names or without.
#[test]
fn a_catalogue_of_ids_joins_systems_to_payroll() {
    let users = "Användarnamn;Namn;HSA-id;Roll;Aktiv\nSE2120001234-1000;Å Lind;SE2120001234-1000;Usk;Ja\n\
        SE2120001234-1001;S Broman;SE2120001234-1001;Usk;Ja\n";
    let catalogue = "HSA-id;Personnummer;Förnamn;Efternamn;Titel\nSE2120001234-1000;197906072397;Åsa;Lind;Usk\n\
        SE2120001234-1001;197906082396;Siv;Broman;Usk\n";
    let with_mail = catalogue.replace("Titel", "E-post").replace("Usk", "namn@ek.example");
    for catalogue in [catalogue, with_mail.as_str()] {
        let folder = written(&[("lon.csv", PAYROLL), ("Lifecare.csv", users), ("katalogutdrag.csv", catalogue)]);
        let (text, run) = report(folder.path());
        assert!(text.contains("\ndirectory = true") && !text.contains("Filer som inte används"), "{text}");
        let outcome = &manifest(&run)["counts"]["systems"]["lifecare"]["accounts"]["outcome"];
        assert_eq!(outcome["linked"], 2, "{outcome}");
    }
}

/// Payroll alone says what is missing: the first of the three things, and lines to fill in.
#[test]
fn that_no_system_was_found_is_said() {
    let folder = written(&[("lon.csv", PAYROLL)]);
    let (ran, text) = init(folder.path());
    assert!(ran.out.contains("1. kontona saknas"), "{}", ran.out);
    assert!(text.contains("# [[system]]\n# id = "), "{text}");
}

/// The day beside its label in a cell of its own is the day of extract, and a list of computers no system.
#[test]
fn a_day_beside_its_label_is_read_and_computers_are_left() {
    let users =
        "Lista över användare\nUtskriven:;2026-11-27\n\nAnvändar-ID;Efternamn;Förnamn;Roll\nasalin;Lind;Åsa;Läs\n";
    let computers = "Name,DNSHostName,Enabled,OperatingSystem,SamAccountName\nPC1,pc1.ek.example,True,Windows,PC1$\n";
    let folder = written(&[("lon.csv", PAYROLL), ("viva.csv", users), ("adcomputer.csv", computers)]);
    let (ran, text) = init(folder.path());
    assert!(text.contains("exported = 2026-11-27"), "{text}");
    assert!(ran.out.contains("adcomputer.csv: används inte, filen är en lista över datorer"), "{}", ran.out);
}
