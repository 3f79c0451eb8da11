//! The door: ways in which a name or a number of a protected person is written, each hidden in every text.

#![allow(clippy::unwrap_used)] // A test may fail loudly.

mod common;

use common::{case, lines};
use std::fmt::Write;

/// Numbers that Skatteverket publishes for tests.
const NUMBERS: &str = include_str!("../src/demo/data/test-numbers.txt");

const CONFIG: &str = "[payroll]\nfile = \"lon.csv\"\n[[system]]\nid = \"s\"\nfile = \"s.csv\"\n";

/// People whose names have letters, particles and signs that are written in many ways.
const WRITTEN: [(&str, &str); 14] = [
    ("Łukasz", "Wójcik"),
    ("Đorđe", "Hadžić"),
    ("Bjørg", "Ærøskov"),
    ("Åsa", "Öbergh"),
    ("Günther", "Weißmüller"),
    ("Ayşe", "Yıldız"),
    ("Søren", "Kjærgaard"),
    ("Þóra", "Guðmundsdóttir"),
    ("Saga-Lisa", "Trunstam Vassgård"),
    ("Anna", "von Qvarnheim"),
    ("Siobhán", "O'Brinnell"),
    ("Tindra", "Qvarnholm"),
    ("Ali", "El-Bazzmari"),
    ("Олена", "Шевченко"),
];

/// What others write of somebody: in every order, shortened, run together, and in the genitive.
fn ways(given: &str, surname: &str) -> Vec<String> {
    let initial = given.chars().next().unwrap();
    vec![
        format!("{given} {surname}"),
        format!("{surname}, {given}"),
        format!("Läsare, {surname}, {given}, Skrivare"),
        format!("Vikarie för {} {}", given.to_uppercase(), surname.to_uppercase()),
        format!("{}.{}", given.to_lowercase(), surname.to_lowercase().replace(' ', ".")),
        format!("{given}{surname}").replace(' ', ""),
        format!("{surname}{given}").replace(' ', "").to_lowercase(),
        format!("{}{}", given.replace('-', ""), surname.replace([' ', '-', '\''], "")),
        format!("{} {surname}", given.replace('-', "")),
        format!("{initial}. {surname}"),
        format!("{surname} {initial}"),
        format!("{given} {surname}s hemkatalog"),
        format!("{given} {surname}’s"),
        format!("{}s.{}s@exempel.se", given.to_lowercase(), surname.to_lowercase()),
    ]
}

/// A run of a payroll where some are protected, and of texts that stand as the role of somebody else's accounts: each
/// text with what it was let out as.
fn let_out(payroll: &str, texts: &[String]) -> Vec<(String, String)> {
    let folder = tempfile::tempdir().unwrap();
    let head = "Anst.nr;Personnummer;Förnamn;Efternamn;E-post;Anställd fr.o.m.;Sekretess\n1001;;Per;Ek;;2015-01-01;\n";
    let payroll = format!("{head}{payroll}");
    let mut export = String::from("Konto;Namn;Anst.nr;Roll\n");
    for (at, text) in texts.iter().enumerate() {
        writeln!(export, "perek{at:04};Per Ek;1001;\"{text}\"").unwrap();
    }
    let config = case(folder.path(), CONFIG, &[("lon.csv", payroll.as_bytes()), ("s.csv", export.as_bytes())]);
    let run = common::publish(&config, &folder.path().join("ut"), &["--as-of", "2026-11-30"]);
    let lines = lines(&run, "accounts.jsonl");
    assert_eq!(lines.len(), texts.len());
    let roles = lines.iter().map(|line| {
        let roles: Vec<&str> = line["roles"].as_array().unwrap().iter().map(|role| role.as_str().unwrap()).collect();
        roles.join(", ")
    });
    texts.iter().cloned().zip(roles).collect()
}

/// However the name of somebody is written, with whatever letters, it is hidden; that of somebody else whose name begins
/// or ends like it is not.
#[test]
fn a_name_is_hidden_in_every_way_of_writing() {
    let mut payroll = String::new();
    for (at, (given, surname)) in WRITTEN.iter().enumerate() {
        writeln!(payroll, "{};;{given};{surname};;2015-01-01;J", 880_000 + at).unwrap();
    }
    let mut texts: Vec<String> = WRITTEN.iter().flat_map(|(given, surname)| ways(given, surname)).collect();
    texts.extend(
        ["Djordje Hadzic", "AsaOebergh", "Sagalisa Trunstam-Vassgård", "Guenther Weissmueller"].map(str::to_owned),
    );
    let open = let_out(&payroll, &texts).into_iter().filter(|(_, shown)| !shown.contains("[skyddad]"));
    assert_eq!(open.collect::<Vec<_>>(), []);
    let parted: Vec<String> = WRITTEN.iter().map(|(given, surname)| format!("Läsare, {surname}, {given}")).collect();
    assert!(let_out(&payroll, &parted).iter().all(|(_, shown)| shown == "Läsare, [skyddad]"));
    let others = [
        "Läsare, Qvarnholm, Anna",
        "Tindra Qvarnholmsson",
        "Qvarnholmska huset",
        "Anna Vonqvarn",
        "Åsa Berg",
        "Per Wójcik",
    ];
    for (text, shown) in let_out(&payroll, &others.map(str::to_owned)) {
        assert_eq!(text, shown);
    }
}

/// However her number is written it is hidden, and that of somebody else is masked; counts, times and spans of days stay.
#[test]
fn a_number_is_hidden_in_every_way_of_writing() {
    let mut all = NUMBERS.lines().map(str::trim).filter(|line| line.len() == 12);
    let written = |number: &str| -> Vec<String> {
        let (century, year, month, day, four) =
            (&number[..2], &number[2..4], &number[4..6], &number[6..8], &number[8..]);
        vec![
            number.to_owned(),
            format!("{century}{year}-{month}-{day}-{four}"),
            format!("{year}-{month}-{day}-{four}"),
            format!("{century}{year} {month} {day} {four}"),
            format!("{century}{year}-{month}-{day} {four}"),
            format!("{century}{year} {month}{day} {four}"),
            format!("{century}{year}{month}{day}.{four}"),
            format!("{year}{month}{day}_{four}"),
            format!("{year}{month}{day}/{four}"),
            format!("{year}{month}{day} ({four})"),
            format!("{century}{year}.{month}.{day}-{four}"),
            format!("0{number}"),
        ]
    };
    let (hers, others) = (all.next().unwrap(), all.next().unwrap());
    let payroll = format!("0770417;{hers};Siv;Broman;;2015-01-01;J\n");
    let texts = [written(hers), vec!["770417".to_owned(), "00770417".to_owned(), format!("x{hers}9")]].concat();
    for (text, shown) in let_out(&payroll, &texts) {
        assert!(shown.contains("[skyddad]") && !shown.contains(&hers[8..]), "{text}: {shown}");
    }
    for (text, shown) in let_out(&payroll, &written(others)) {
        assert!(shown.contains("-****") && !shown.contains(&others[8..]), "{text}: {shown}");
    }
    let plain = ["export_20261130_0830", "2015-01-01 – 2026-03-31", "070-123 45 67", "1770417"];
    for (text, shown) in let_out(&payroll, &plain.map(str::to_owned)) {
        assert_eq!(text, shown);
    }
}

/// What programs write of a text whose letters they cannot hold.
fn escaped(text: &str) -> Vec<String> {
    let beyond = |c: char| !c.is_ascii();
    let each = |told: &dyn Fn(char) -> String| -> String {
        text.chars().map(|c| if beyond(c) { told(c) } else { c.to_string() }).collect()
    };
    let bytes = |told: &dyn Fn(u8) -> String| each(&|c| c.to_string().bytes().map(told).collect());
    vec![
        each(&|_| "?".to_owned()),
        each(&|_| "\u{fffd}".to_owned()),
        bytes(&|_| "?".to_owned()),
        format!("CN={},OU=Norr,DC=ex", bytes(&|byte| format!("\\{byte:02X}"))),
        bytes(&|byte| format!("%{byte:02x}")).replace(' ', "%20"),
        bytes(&|byte| format!("\\x{byte:02x}")),
        bytes(&|byte| char::from(byte).to_string()),
        each(&|c| format!("&#{};", u32::from(c))),
        each(&|c| format!("&#x{:X};", u32::from(c))),
        each(&|c| format!("\\u{:04x}", u32::from(c))),
        each(&|c| format!("_x{:04X}_", u32::from(c))),
        format!("=?utf-8?Q?{}?=", bytes(&|byte| format!("={byte:02X}")).replace(' ', "_")),
    ]
}

/// Whatever program has written her name in signs for its letters, or lost them, it is hidden; so is an account that is
/// called so and has no holder.
#[test]
fn a_name_is_hidden_however_its_letters_are_written() {
    let names = [("Åsa", "Öhrnberg"), ("Łukasz", "Wójcik"), ("Jörgen", "Grönqvist"), ("Günther", "Weißmüller")];
    let mut payroll = String::new();
    for (at, (given, surname)) in names.iter().enumerate() {
        writeln!(payroll, "{};;{given};{surname};;2015-01-01;J", 880_000 + at).unwrap();
    }
    let mut texts: Vec<String> =
        names.iter().flat_map(|(given, surname)| escaped(&format!("{given} {surname}"))).collect();
    texts.extend(["&Aring;sa &Ouml;hrnberg", "=?utf-8?B?w4VzYSDDlmhybmJlcmc=?=", "?sa?hrnberg"].map(str::to_owned));
    texts = texts.iter().map(|text| format!("Kontakt: {text}")).collect();
    for (text, shown) in let_out(&payroll, &texts) {
        assert!(
            shown.contains("[skyddad]")
                && !["hrnberg", "jcik", "nqvist", "ller"].iter().any(|left| shown.contains(left)),
            "{text}: {shown}"
        );
    }
    let others = ["?ke Ek", "R&D Öhr", "Per ?hrn", "50%25 Åsa", "J?rgen Lind"];
    for (text, shown) in let_out(&payroll, &others.map(str::to_owned)) {
        assert_eq!(text, shown);
    }
}

/// An everyday form of her given name, another spelling and a slip are hidden where the program would take them for hers;
/// what somebody else is called is not, and neither is another name that is near.
#[test]
fn a_name_is_hidden_however_it_is_spelt() {
    let payroll = "880001;;Elisabeth;Qvarnholm;;2015-01-01;J\n880002;;Anna Maria;Zetterqvist;;2015-01-01;J\n\
        880003;;Erik;Karlsson;;2015-01-01;J\n1002;;Lisa;Zetterkvist;;2015-01-01;\n1003;;Eric;Carlsson;;2015-01-01;\n";
    let hers = [
        "Lisa Qvarnholm",
        "Elisabet Qvarnholm",
        "Elisabeth Kvarnholm",
        "Bettan Qvarnholms hemkatalog",
        "Elisabth Qvarnholm",
        "Elisabeth Qvarnhlom",
        "Lisa Kvarnholm",
        "lisa.qvarnholm@ex.se",
        "Mia Zetterqvist",
        "AM Zetterqvist",
        "A.M. Zetterqvist",
        "Anna Zetterkvist",
        "Zetterquist Anna",
        "Erik Carlson",
    ];
    for (text, shown) in let_out(payroll, &hers.map(str::to_owned)) {
        assert!(shown.contains("[skyddad]") && !shown.contains("holm") && !shown.contains("tter"), "{text}: {shown}");
    }
    let others =
        ["Lisa Zetterkvist", "Eric Carlsson", "Karin Qvarnholm", "Elisabeth Holm", "E Carlsson", "Erik Larsson"];
    for (text, shown) in let_out(payroll, &others.map(str::to_owned)) {
        assert_eq!(text, shown);
    }
}

/// Every id that a directory has of her account is hers, also in a column that was passed over for another of the same kind.
#[test]
fn every_id_of_her_account_is_hidden() {
    let folder = tempfile::tempdir().unwrap();
    let payroll = "Anst.nr;Namn;Anställd fr.o.m.;Sekretess\n1001;Per Ek;2015-01-01;\n100777;Siv Broman;2015-01-01;J\n";
    let mut directory = String::from("sAMAccountName;displayName;employeeID;objectSid;objectGUID\n");
    for (at, (account, name, number)) in
        [("perek", "Per Ek", 1001), ("sivbro", "Siv Broman", 100_777)].iter().enumerate()
    {
        let ids = format!("S-1-5-21-111-222-333{at};6f9619ff-8b86-d011-b42d-00cf4fc964f{at}");
        writeln!(directory, "{account};{name};{number};{ids}").unwrap();
    }
    let export = "Konto;Typ;Ägare;Roll\nsvc_a;Tjänstekonto;S-1-5-21-111-222-3331;Läsa\n\
        svc_b;Tjänstekonto;6F9619FF-8B86-D011-B42D-00CF4FC964F1;Se S-1-5-21-111-222-3331\n\
        svc_c;Tjänstekonto;S-1-5-21-111-222-3330;Läsa\n";
    let config = format!("{CONFIG}[[system]]\nid = \"ad\"\nfile = \"ad.csv\"\ndirectory = true\n");
    let files = [("lon.csv", payroll), ("ad.csv", directory.as_str()), ("s.csv", export)];
    let files = files.map(|(name, text)| (name, text.as_bytes()));
    let config = case(folder.path(), &config, &files);
    let run = common::publish(&config, &folder.path().join("ut"), &["--as-of", "2026-11-30"]);
    for (name, bytes) in common::tree(&run) {
        let parts = common::parts(&bytes);
        let holds = |id: &str| parts.iter().any(|(_, text)| text.to_lowercase().contains(id));
        assert!(!holds("111-222-3331") && !holds("00cf4fc964f1"), "{name}");
    }
}
