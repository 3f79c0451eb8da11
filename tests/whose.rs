//! Whose an account is where its keys are weak: missing on the same rows, a spouse's, called the same in two directories,
//! under a former domain. A town of four hundred people, made from a few names, with what is right of each account.

#![allow(clippy::unwrap_used)] // A test stops where something is not as it must be.

mod common;

use common::{case, lines, publish};
use serde_json::Value;
use std::fmt::Write;

const GIVEN: [&str; 20] = [
    "Rolf", "Anna", "Kerstin", "Olof", "Nils", "Eva", "Ingrid", "Petra", "Fredrik", "Maria", "Johan", "Sara", "Gunnar",
    "Lena", "Bo", "Ulla", "Tomas", "Karin", "Erik", "Birgit",
];

const SURNAMES: [&str; 20] = [
    "Åkerkvist",
    "Grangren",
    "Strandling",
    "Ekstrand",
    "Westlund",
    "Hagling",
    "Brodal",
    "Norrgren",
    "Falkdal",
    "Sjöhed",
    "Lindroth",
    "Vikman",
    "Tallberg",
    "Almgren",
    "Rosendal",
    "Forsby",
    "Holmdal",
    "Quist",
    "Dahlvik",
    "Myrstedt",
];

/// People of the town, each with a name of their own.
const PEOPLE: usize = 400;

fn name(at: usize) -> (&'static str, &'static str) {
    (GIVEN[at % 20], SURNAMES[at / 20])
}

fn number(at: usize) -> usize {
    10_100 + at * 3
}

fn ascii(text: &str) -> String {
    text.to_lowercase().replace(['å', 'ä'], "a").replace('ö', "o")
}

fn mail(at: usize) -> String {
    let (given, surname) = name(at);
    format!("{}.{}@exempel.se", ascii(given), ascii(surname))
}

/// An account name as the directories make it: three letters of each.
fn handle(at: usize) -> String {
    let (given, surname) = name(at);
    let three = |text: &str| ascii(text).chars().take(3).collect::<String>();
    format!("{}{}{}", three(given), three(surname), at / 20)
}

/// Every fourth has left.
fn has_left(at: usize) -> bool {
    at.is_multiple_of(4)
}

fn payroll(of: std::ops::Range<usize>, more: &str) -> String {
    let mut text = String::from("Anst.nr;Förnamn;Efternamn;E-post;Enhet;Anställd fr.o.m.;Anställd t.o.m.\n");
    for at in of {
        let (given, surname) = name(at);
        let end = if has_left(at) { "2026-06-30" } else { "" };
        writeln!(text, "{};{given};{surname};{};Enhet {};2015-01-01;{end}", number(at), mail(at), at % 9).unwrap();
    }
    text + more
}

/// Systems with their exports; the settings stand behind the name: `katalog directory = true`.
fn reviewed(payroll: &str, systems: &[(&str, &str, String)]) -> (tempfile::TempDir, Vec<Value>, Vec<Value>) {
    let folder = tempfile::tempdir().unwrap();
    let mut config = String::from(
        "[review]\nas_of = 2026-11-30\n[payroll]\nfile = \"lon.csv\"\nexported = 2026-11-28\n\
         no_protected_column = \"Ingen är skyddad\"\n",
    );
    let mut files = vec![("lon.csv".to_owned(), payroll.to_owned())];
    for (id, setting, export) in systems {
        let file = format!("{id}.csv");
        writeln!(
            config,
            "[[system]]\nid = \"{id}\"\nfile = \"{file}\"\nexported = 2026-11-28\nowner = \"Chef\"\n{setting}"
        )
        .unwrap();
        files.push((file, export.clone()));
    }
    let files: Vec<(&str, &[u8])> = files.iter().map(|(name, text)| (name.as_str(), text.as_bytes())).collect();
    let run = publish(&case(folder.path(), &config, &files), &folder.path().join("ut"), &[]);
    let (accounts, findings) = (lines(&run, "accounts.jsonl"), lines(&run, "findings.jsonl"));
    (folder, accounts, findings)
}

fn of_system<'a>(accounts: &'a [Value], system: &'a str) -> impl Iterator<Item = &'a Value> {
    accounts.iter().filter(move |account| account["system"] == system)
}

fn rules_on<'a>(findings: &'a [Value], account: &'a str) -> Vec<&'a str> {
    let own = findings.iter().filter(|finding| finding["account"] == account);
    own.map(|finding| finding["rule"].as_str().unwrap()).collect()
}

/// Where two key columns are empty on the same rows, whoever is called as one of the town is taken for that person, not
/// for a stranger, however many such rows there are; a name alone still links nobody.
#[test]
fn rows_without_any_key_are_not_strangers() {
    for keyless in [2, 40, 120] {
        let mut export = String::from("Konto;Namn;Anst.nr;E-post;Status\n");
        for at in 0..PEOPLE {
            let ((given, surname), first) = (name(at), at >= keyless);
            let keys = if first { format!("{};{}", number(at), mail(at)) } else { ";".into() };
            writeln!(export, "k{at};{given} {surname};{keys};Aktiv").unwrap();
        }
        let (_folder, accounts, _) = reviewed(&payroll(0..PEOPLE, ""), &[("sys", "", export)]);
        let strangers: Vec<&Value> = of_system(&accounts, "sys").filter(|own| own["outcome"] == "unmatched").collect();
        assert!(strangers.is_empty(), "{keyless}: {} taken for strangers, {}", strangers.len(), strangers[0]);
        let linked = of_system(&accounts, "sys").filter(|own| own["outcome"] == "linked").count();
        assert!(linked >= PEOPLE - keyless, "{linked}");
    }
}

/// An account called as one who has left, with the address of a spouse who works on, does not pass: the owner is asked,
/// also where the name has a slip.
#[test]
fn the_address_of_a_spouse_clears_nobody() {
    let people = "7001;Loke;Håkansson;loke.hakansson@exempel.se;Enhet 1;2015-01-01;2026-06-30\n\
                  7002;Maria;Håkansson;maria.hakansson@exempel.se;Enhet 1;2015-01-01;\n\
                  7003;Gustaf;Rosnäs;gustaf.rosnas@exempel.se;Enhet 2;2015-01-01;2026-06-30\n\
                  7004;Ebba;Rosnäs;ebba.rosnas@exempel.se;Enhet 2;2015-01-01;\n";
    let mut export = String::from("Konto;Namn;E-post;Status\n");
    for at in 0..PEOPLE {
        let (given, surname) = name(at);
        writeln!(export, "k{at};{given} {surname};{};Aktiv", mail(at)).unwrap();
    }
    export.push_str("x1;Loke Håkansson;maria.hakansson@exempel.se;Aktiv\n");
    export.push_str("x2;Gustaf Rosäns;ebba.rosnas@exempel.se;Aktiv\n");
    let (_folder, accounts, findings) = reviewed(&payroll(0..PEOPLE, people), &[("sys", "", export)]);
    for own in ["x1", "x2"] {
        let account = of_system(&accounts, "sys").find(|account| account["account"] == own).unwrap();
        assert_ne!(account["outcome"], "linked", "{account}");
        assert!(rules_on(&findings, own).contains(&"ambiguous-identity"), "{own}: {:?}", rules_on(&findings, own));
    }
    let asked = findings.iter().filter(|finding| finding["rule"] == "ambiguous-identity").count();
    assert_eq!(asked, 2, "nobody else is asked of");
}

/// An account name that two directories give two persons points at both; under a domain that nobody has any more it is
/// still the name. Neither passes as nobody's.
#[test]
fn a_name_of_two_directories_points_at_both() {
    let directory = |people: std::ops::Range<usize>, called: fn(usize) -> usize| {
        let mut export = String::from("sAMAccountName;givenName;sn;mail;employeeID;Status\n");
        for at in people {
            let (given, surname) = name(at);
            writeln!(export, "{};{given};{surname};{};{};Aktiv", handle(called(at)), mail(at), number(at)).unwrap();
        }
        export
    };
    let half = PEOPLE / 2;
    let staff = directory(0..half, |at| at);
    let school = directory(half..PEOPLE, |at| at - PEOPLE / 2);
    let (mut app, mut upn) = (String::from("Konto;Status\n"), String::from("UPN;Status\n"));
    for at in 0..60 {
        writeln!(app, "{};Aktiv", handle(at)).unwrap();
        writeln!(upn, "{}@gamla.exempel.se;Aktiv", handle(at)).unwrap();
    }
    let systems = [
        ("personal", "directory = true", staff),
        ("skola", "directory = true", school),
        ("app", "", app),
        ("upn", "", upn),
    ];
    let (_folder, accounts, findings) = reviewed(&payroll(0..PEOPLE, ""), &systems);
    for system in ["app", "upn"] {
        for (account, at) in of_system(&accounts, system).zip(0..60) {
            assert_eq!(account["outcome"], "disputed", "{account}");
            let both = [number(at).to_string(), number(at + half).to_string()];
            let candidates = account["candidates"].as_array().unwrap();
            assert!(both.iter().all(|own| candidates.iter().any(|person| person == own)), "{account}");
            if has_left(at) || has_left(at + half) {
                let name = account["account"].as_str().unwrap();
                assert!(rules_on(&findings, name).contains(&"ambiguous-identity"), "{account}");
            }
        }
    }
}

/// A directory that an address links lends the name it states, so that a system which knows the person by the former
/// name finds her.
#[test]
fn a_directory_lends_a_former_name_by_an_address() {
    let mut directory = String::from("sAMAccountName;givenName;sn;mail;Status\n");
    let mut system = String::from("Konto;Namn;Status\n");
    for at in 0..PEOPLE {
        let (given, surname) = name(at);
        // In the directory and in the system she is still called what she was called before.
        let called = if at == 7 { "Ljungstrand" } else { surname };
        writeln!(directory, "{};{given};{called};{};Aktiv", handle(at), mail(at)).unwrap();
        writeln!(system, "{};{given} {called};Aktiv", handle(at)).unwrap();
    }
    let systems = [("katalog", "directory = true", directory), ("sys", "", system)];
    let (_folder, accounts, _) = reviewed(&payroll(0..PEOPLE, ""), &systems);
    for system in ["katalog", "sys"] {
        let own = of_system(&accounts, system).find(|account| account["account"] == handle(7).as_str()).unwrap();
        assert_eq!(own["outcome"], "linked", "{own}");
        assert_eq!(own["person"], number(7).to_string(), "{own}");
    }
}

/// Two employers that each count from one: in a system of one of them a number is that person's; where a system does not
/// say whose staff it holds the name tells which of the two it is, and where that fits both the number is nobody's.
#[test]
fn numbers_of_two_employers_are_told_apart() {
    let folder = tempfile::tempdir().unwrap();
    let half = PEOPLE / 2;
    let head = "Anst.nr;Förnamn;Efternamn;Enhet;Anställd fr.o.m.;Anställd t.o.m.\n";
    let unit = |at: usize| if at < half { "Kommunens" } else { "Bolagets" };
    let row = |at: usize| format!("{};{};{};{};2015-01-01;\n", number(at % half), name(at).0, name(at).1, unit(at));
    let of = |people: std::ops::Range<usize>| head.to_owned() + &people.map(row).collect::<String>();
    // In the export the surname is cut to an initial, so that the name alone settles nothing.
    let account = |at: usize| {
        format!("k{at};{} {}.;{};Aktiv\n", name(at).0, &name(at).1.chars().next().unwrap(), number(at % half))
    };
    let export = || "Konto;Namn;Anst.nr;Status\n".to_owned() + &(half..PEOPLE).map(account).collect::<String>();
    // Those of one number have one given name, and nothing else is told.
    let bare = |at: usize| format!("k{at};{};{};Aktiv\n", name(at).0, number(at % half));
    let bare = "Konto;Namn;Anst.nr;Status\n".to_owned() + &(half..PEOPLE).map(bare).collect::<String>();
    let config = "[review]\nas_of = 2026-11-30\n[payroll]\nexported = 2026-11-28\nno_protected_column = \"Nej\"\n\
        [[payroll.file]]\nfile = \"kommun.csv\"\ncompany = \"Kommunen\"\n\
        [[payroll.file]]\nfile = \"bolag.csv\"\ncompany = \"Bolaget\"\n\
        [[system]]\nid = \"bolag\"\nfile = \"b.csv\"\nexported = 2026-11-28\nowner = \"Chef\"\ncompanies = [\"Bolaget\"]\n\
        [[system]]\nid = \"alla\"\nfile = \"a.csv\"\nexported = 2026-11-28\nowner = \"Chef\"\n\
        [[system]]\nid = \"barafornamn\"\nfile = \"f.csv\"\nexported = 2026-11-28\nowner = \"Chef\"\n";
    let (kommun, bolag, own, all) = (of(0..half), of(half..PEOPLE), export(), export());
    let files: [(&str, &[u8]); 5] = [
        ("kommun.csv", kommun.as_bytes()),
        ("bolag.csv", bolag.as_bytes()),
        ("b.csv", own.as_bytes()),
        ("a.csv", all.as_bytes()),
        ("f.csv", bare.as_bytes()),
    ];
    let run = publish(&case(folder.path(), config, &files), &folder.path().join("ut"), &[]);
    let accounts = lines(&run, "accounts.jsonl");
    let linked = |system| of_system(&accounts, system).filter(|own| own["outcome"] == "linked").count();
    assert_eq!(linked("bolag"), half);
    assert_eq!(linked("barafornamn"), 0);
    let told = of_system(&accounts, "alla").filter(|own| own["outcome"] == "linked");
    for own in of_system(&accounts, "bolag").chain(told) {
        let at: usize = own["account"].as_str().unwrap()[1..].parse().unwrap();
        let numbers = own["employee_numbers"].as_array().unwrap();
        assert!(numbers.contains(&number(at % half).to_string().into()) && own["unit"] == "Bolagets", "{own}");
    }
}

/// A birth date whose month is a slip is no day, and still tells whose an account is: it comes near one person's.
#[test]
fn a_birth_date_that_is_no_day_still_tells() {
    let day = |at: usize| (1960 + at % 37, 1 + at % 9, 1 + at % 28);
    let mut payroll = String::from("Anst.nr;Förnamn;Efternamn;Födelsedatum;Anställd fr.o.m.;Anställd t.o.m.\n");
    let mut export = String::from("Konto;Namn;Födelsedatum;Status\n");
    let is_slip = |at: usize| at.is_multiple_of(40);
    for at in 0..PEOPLE {
        let ((given, surname), (year, month, day)) = (name(at), day(at));
        writeln!(payroll, "{};{given};{surname};{year}-{month:02}-{day:02};2015-01-01;", number(at)).unwrap();
        let tens = if is_slip(at) { 3 } else { 0 };
        writeln!(export, "k{at};{given} {surname};{year}-{tens}{month}-{day:02};Aktiv").unwrap();
    }
    let (_folder, accounts, _) = reviewed(&payroll, &[("sys", "", export)]);
    for at in (0..PEOPLE).filter(|at| is_slip(*at)) {
        let own = accounts.iter().find(|own| own["account"] == format!("k{at}")).unwrap();
        assert_eq!(own["outcome"], "linked", "{own}");
        assert_eq!(own["employee_numbers"][0], number(at).to_string(), "{own}");
    }
}

/// Staff of a company whose payroll holds no addresses are not strangers because their addresses are of the company's own
/// domain: nothing is known of how its people's addresses look. Somebody outside who writes from there still is one.
#[test]
fn a_company_with_a_domain_of_its_own_is_not_outside() {
    let folder = tempfile::tempdir().unwrap();
    let company = 380..PEOPLE;
    let mut bolag = String::from("Anst.nr;Förnamn;Efternamn;Enhet;Anställd fr.o.m.;Anställd t.o.m.\n");
    let mut export = String::from("Konto;Namn;Anst.nr;E-post;Status\n");
    for at in 0..PEOPLE {
        let (given, surname) = name(at);
        if company.contains(&at) {
            writeln!(bolag, "B{};{given};{surname};Bolagets kontor;2015-01-01;", number(at)).unwrap();
            writeln!(export, "k{at};{given} {surname};;k{at}@bolaget.se;Aktiv").unwrap();
        } else {
            writeln!(export, "k{at};{given} {surname};{};{};Aktiv", number(at), mail(at)).unwrap();
        }
    }
    export += "okand;Torbjörn Utsäter;;okand@bolaget.se;Aktiv\n";
    let config = "[review]\nas_of = 2026-11-30\n[payroll]\nexported = 2026-11-28\nno_protected_column = \"Nej\"\n\
        [[payroll.file]]\nfile = \"kommun.csv\"\n[[payroll.file]]\nfile = \"bolag.csv\"\n\
        [[system]]\nid = \"sys\"\nfile = \"sys.csv\"\nexported = 2026-11-28\nowner = \"Chef\"\n";
    let kommun = payroll(0..company.start, "");
    let files: [(&str, &[u8]); 3] =
        [("kommun.csv", kommun.as_bytes()), ("bolag.csv", bolag.as_bytes()), ("sys.csv", export.as_bytes())];
    let run = publish(&case(folder.path(), config, &files), &folder.path().join("ut"), &[]);
    let (accounts, findings) = (lines(&run, "accounts.jsonl"), lines(&run, "findings.jsonl"));
    for at in company {
        let account = format!("k{at}");
        let own = accounts.iter().find(|own| own["account"] == account.as_str()).unwrap();
        assert_ne!(own["outcome"], "unmatched", "{own}");
        assert!(!rules_on(&findings, &account).contains(&"not-in-payroll"), "{own}");
    }
    assert!(rules_on(&findings, "okand").contains(&"not-in-payroll"));
}

fn outcome<'a>(accounts: &'a [Value], account: &str) -> &'a str {
    let own = accounts.iter().find(|own| own["account"] == account).unwrap();
    own["outcome"].as_str().unwrap()
}

/// Half of a double given name is not the name: who is called Lars-Göran is not the Lars-Erik of the same surname and
/// unit; written together, or with a blank, a double name is the same, in one column as in two.
#[test]
fn double_given_names_are_compared_whole() {
    let payroll = payroll(
        0..PEOPLE,
        "90001;Lars-Erik;Ottermyr;;Bygglov;2018-01-01;\n90002;Eva-Lena;Ottermyr;;Bygglov;2018-01-01;\n",
    );
    let mut export = String::from("Konto;Namn;Enhet\n");
    for at in 0..PEOPLE {
        let (given, surname) = name(at);
        writeln!(export, "k{at};{given} {surname};Enhet {}", at % 9).unwrap();
    }
    export += "goran;Lars-Göran Ottermyr;Bygglov\nerik;Lars Erik Ottermyr;Bygglov\nevalena;Evalena Ottermyr;Bygglov\n";
    let apart =
        "Konto;Förnamn;Efternamn;Enhet\ngoran2;Lars-Göran;Ottermyr;Bygglov\nevalena2;Evalena;Ottermyr;Bygglov\n";
    let (_folder, accounts, _) = reviewed(&payroll, &[("sys", "", export), ("apart", "", apart.to_owned())]);
    for other in ["goran", "goran2"] {
        assert_ne!(outcome(&accounts, other), "linked");
    }
    for own in ["erik", "evalena", "evalena2"] {
        assert_ne!(outcome(&accounts, own), "unmatched", "{own}");
    }
    assert_eq!(outcome(&accounts, "erik"), "linked");
}

/// Twins share the surname and the day of birth: under another given name these link nobody. A changed surname with the
/// same given name and day is the same person.
#[test]
fn twins_are_told_apart_by_their_given_names() {
    let mut payroll = String::from("Anst.nr;Förnamn;Efternamn;Födelsedatum;Anställd fr.o.m.;Anställd t.o.m.\n");
    let mut export = String::from("Konto;Namn;Födelsedatum\n");
    for at in 0..PEOPLE {
        let ((given, surname), day) = (name(at), 1 + at % 28);
        writeln!(payroll, "{};{given};{surname};{}-03-{day:02};2015-01-01;", number(at), 1950 + at / 10).unwrap();
        writeln!(export, "k{at};{given} {surname};{}-03-{day:02}", 1950 + at / 10).unwrap();
    }
    payroll += "90001;Fabian;Ottermyr;1985-09-24;2015-01-01;\n90002;Selma;Hedmyr;1971-02-03;2015-01-01;\n";
    export += "tvilling;Maria Ottermyr;1985-09-24\nbytt;Selma Nymyr;1971-02-03\n";
    let (_folder, accounts, findings) = reviewed(&payroll, &[("sys", "", export)]);
    assert_ne!(outcome(&accounts, "tvilling"), "linked");
    assert!(!rules_on(&findings, "tvilling").is_empty(), "{findings:?}");
    assert_eq!(outcome(&accounts, "bytt"), "linked");
}

/// What stands before the `@` of another organisation's address is no account name here: who is called as somebody of
/// the town and writes from elsewhere is not linked by it.
#[test]
fn the_same_name_in_another_domain_links_nobody() {
    let mut export = String::from("Konto;Namn\n");
    for at in 1..PEOPLE {
        let (given, surname) = name(at);
        writeln!(export, "{};{given} {surname}", mail(at)).unwrap();
    }
    let (given, surname) = name(0);
    let elsewhere = mail(0).replace("exempel.se", "konsult.example");
    writeln!(export, "{elsewhere};{given} {surname}").unwrap();
    let (_folder, accounts, _) = reviewed(&payroll(0..PEOPLE, ""), &[("sys", "", export)]);
    assert_eq!(outcome(&accounts, &mail(1)), "linked");
    assert_ne!(outcome(&accounts, &elsewhere), "linked");
}

/// Of two directories one has a domain of its own and numbers on few of its accounts: its people are not strangers in a
/// cloud system because the others tell what domains are the employer's.
#[test]
fn a_domain_of_the_smaller_directory_is_not_foreign() {
    let half = PEOPLE / 2;
    let mut payroll = String::from("Anst.nr;Förnamn;Efternamn;Enhet;Anställd fr.o.m.;Anställd t.o.m.\n");
    let (mut first, mut second, mut cloud) = (
        String::from("SamAccountName;DisplayName;EmployeeID;mail;Department\n"),
        String::from("SamAccountName;DisplayName;EmployeeID;mail;Department\n"),
        String::from("UserPrincipalName;DisplayName;Department\n"),
    );
    for at in 0..PEOPLE {
        let ((given, surname), unit) = (name(at), format!("Enhet {}", at % 9));
        let (spelt, domain) = (mail(at).replace("@exempel.se", ""), if at < half { "lilla.se" } else { "stora.se" });
        writeln!(payroll, "{};{given};{surname};{unit};2015-01-01;", number(at)).unwrap();
        let row =
            |account: &str, number: &str| format!("{account};{given} {surname};{number};{spelt}@{domain};{unit}\n");
        if at < half {
            first += &row(&spelt, &number(at).to_string());
        } else if at % 10 != 0 {
            second += &row(&handle(at), &number(at).to_string());
        }
        writeln!(cloud, "{spelt}@{domain};{given} {surname};{unit}").unwrap();
    }
    let systems = [("lilla", "directory = true", first), ("stora", "directory = true", second), ("moln", "", cloud)];
    let (_folder, accounts, _) = reviewed(&payroll, &systems);
    let strangers: Vec<&Value> = of_system(&accounts, "moln").filter(|own| own["outcome"] == "unmatched").collect();
    assert!(strangers.is_empty(), "{} taken for strangers, {}", strangers.len(), strangers[0]);
}
