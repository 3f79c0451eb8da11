//! Accounts and persons that are called something else than in the run before: what was decided of them goes on, and
//! nothing is said to be gone that is there.

#![allow(clippy::unwrap_used, clippy::expect_used)] // A test may fail loudly.

mod common;

use common::{case, keys_of, lines, publish, return_answers};
use std::fs;
use std::path::{Path, PathBuf};

const PAYROLL: &str = "Anst.nr;Personnummer;Förnamn;Efternamn;Anställd fr.o.m.;Anställd t.o.m.\n\
    001001;19760202-2381;Eva;Lind;2015-01-01;\n\
    001002;19790608-2388;Per;Ekdal;2015-01-01;2026-06-30\n";

fn run(folder: &Path, day: &str, payroll: &str, accounts: &str) -> PathBuf {
    let config = format!(
        "[review]\nas_of = {day}\n\n[payroll]\nfile = \"lon.csv\"\nexported = {day}\n\n\
         [[system]]\nid = \"sys\"\nfile = \"sys.csv\"\nowner = \"Administrativ chef\"\nexported = {day}\n\n\
         [followup]\nanswers = \"svar\"\n"
    );
    fs::create_dir_all(folder.join("svar")).unwrap();
    let config = case(folder, &config, &[("lon.csv", payroll.as_bytes()), ("sys.csv", accounts.as_bytes())]);
    publish(&config, &folder.join("resultat"), &[])
}

/// Lists one export, decides to close an account of it, and tells what the next export shows: the rows that were decided
/// but not done, and what became of the leaver's finding on the row as it was called then.
fn close(row: &str, before: &str, after: &str) -> (Vec<String>, Vec<String>) {
    let folder = tempfile::tempdir().unwrap();
    let first = run(folder.path(), "2026-10-01", PAYROLL, before);
    let head = ["Konto", "Beslut", "Motivering", "Beslutsdatum"];
    let answer = [row, "Inaktivera konto", "Har slutat", "2026-10-05"];
    return_answers(&first, &folder.path().join("svar/svar.xlsx"), &[head.to_vec(), answer.to_vec()]);
    let second = run(folder.path(), "2026-10-10", PAYROLL, after);
    let gone = lines(&second, "findings.jsonl").into_iter().filter(|line| line["rule"] == "leaver-active");
    let fates = gone.map(|line| format!("{} {}", line["account"].as_str().unwrap(), line["state"].as_str().unwrap()));
    (keys_of(&second, "decided-not-done"), fates.collect())
}

fn export(head: &str, rows: &[&str]) -> String {
    format!("{head}\n{}\n", rows.join("\n"))
}

const NUMBERED: &str = "Användarnamn;Namn;Anst.nr;Status";
const UNNUMBERED: &str = "Användarnamn;Namn;E-post;Status";
const PLACED: &str = "sAMAccountName;DistinguishedName;Name;EmployeeID;Enabled";
const DOMAINS: &str = "Domän;Användarnamn;Namn;Anst.nr;Status";

/// A domain before or behind the name, or a new name of the one account that the leaver has, makes no other account.
#[test]
fn an_account_by_another_name_is_not_gone() {
    let before = export(NUMBERED, &["eva01;Eva Lind;001001;Aktiv", "per01;Per Ekdal;001002;Aktiv"]);
    for name in ["KOMMUN\\per01", "per01@exempel.se", "ekdalp"] {
        let after =
            export(NUMBERED, &["KOMMUN\\eva01;Eva Lind;001001;Aktiv", &format!("{name};Per Ekdal;001002;Aktiv")]);
        let (undone, fates) = close("sys/per01", &before, &after);
        assert_eq!(undone, [format!("decided-not-done/sys/{name}")]);
        assert_eq!(fates, [format!("{name} decided")]);
    }
}

/// The name with a domain before it that is another person's now carries no decision, and does not show that the account
/// of old was closed; without any account of the leaver's or of that name it is gone.
#[test]
fn a_name_of_another_holder_inherits_nothing() {
    let before = export(NUMBERED, &["per01;Per Ekdal;001002;Aktiv"]);
    let taken_over = export(NUMBERED, &["KOMMUN\\per01;Eva Lind;001001;Aktiv"]);
    assert_eq!(close("sys/per01", &before, &taken_over), (vec![], vec!["per01 resolved".to_owned()]));
    let gone = export(NUMBERED, &["KOMMUN\\eva01;Eva Lind;001001;Aktiv"]);
    assert_eq!(close("sys/per01", &before, &gone), (vec![], vec!["per01 verified".to_owned()]));
}

/// Where two accounts may be the one of old, neither inherits and nothing is verified.
#[test]
fn what_nothing_settles_is_not_gone() {
    let before = export(NUMBERED, &["per01;Per Ekdal;001002;Aktiv"]);
    let after = export(NUMBERED, &["A\\per01;Per Ekdal;001002;Aktiv", "B\\per01;Per Ekdal;001002;Aktiv"]);
    let (undone, fates) = close("sys/per01", &before, &after);
    assert!(undone.is_empty() && fates.contains(&"per01 untestable".to_owned()), "{undone:?} {fates:?}");
}

/// Of one name in two domains an account is called by its domain, wherever its row stands; and the place in a directory
/// tells it when a second domain comes or goes.
#[test]
fn what_tells_two_of_one_name_apart_may_come_and_go() {
    let (own, other) = ("B;konto1;Per Ekdal;001002;Aktiv", "A;konto1;Eva Lind;001001;Aktiv");
    let before = export(DOMAINS, &["A;x1;;;Aktiv", other, own]);
    let (undone, fates) = close("sys/konto1 (B)", &before, &export(DOMAINS, &[own, other]));
    assert_eq!(undone, ["decided-not-done/sys/konto1 (B)"]);
    assert_eq!(fates, ["konto1 (B) decided"]);
    let (undone, _) = close("sys/konto1 (B)", &before, &export(DOMAINS, &[own]));
    assert_eq!(undone, ["decided-not-done/sys/konto1"]);
    let (_, fates) = close("sys/konto1 (B)", &before, &export(DOMAINS, &["A;x1;;;Aktiv", other]));
    assert_eq!(fates, ["konto1 (B) verified"]);

    let own = "konto1;CN=Per Ekdal,OU=P,DC=a,DC=se;Per Ekdal;001002;True";
    let other = "konto1;CN=Eva Lind,OU=P,DC=b,DC=se;Eva Lind;001001;True";
    let (undone, fates) = close("sys/konto1", &export(PLACED, &[own]), &export(PLACED, &[other, own]));
    assert_eq!(undone, ["decided-not-done/sys/konto1 (a.se)"]);
    assert_eq!(fates, ["konto1 (a.se) decided"]);
}

/// An account without a known holder is known by its name behind the domain, and not where the domain is another.
#[test]
fn a_domain_that_changed_tells_nothing_by_itself() {
    let export = |name: &str| export(UNNUMBERED, &[&format!("{name};Per Ekdal;;Aktiv")]);
    let decided = |before: &str, after: &str| {
        let folder = tempfile::tempdir().unwrap();
        let first = run(folder.path(), "2026-10-01", PAYROLL, &export(before));
        let row = format!("sys/{before}");
        let row = [row.as_str(), "Inaktivera konto", "Har slutat", "2026-10-05"];
        let head = ["Konto", "Beslut", "Motivering", "Beslutsdatum"];
        return_answers(&first, &folder.path().join("svar/svar.xlsx"), &[head.to_vec(), row.to_vec()]);
        keys_of(&run(folder.path(), "2026-10-10", PAYROLL, &export(after)), "decided-not-done").len()
    };
    assert_eq!(decided("konto1", "KOMMUN\\konto1"), 1);
    assert_eq!(decided("A\\konto1", "B\\konto1"), 0);
}

/// Numbers that lost their noughts, or are of a new series, are the same persons', whose accounts are no others': only who
/// has neither the personal number nor the name of old is another.
#[test]
fn a_number_written_otherwise_is_the_same_person() {
    let accounts = export(NUMBERED, &["eva01;Eva Lind;001001;Aktiv", "per01;Per Ekdal;001002;Aktiv"]);
    for (eva, per) in [("1001", "1002"), ("A001001", "A001002"), ("77001", "77002")] {
        let folder = tempfile::tempdir().unwrap();
        run(folder.path(), "2026-10-01", PAYROLL, &accounts);
        let payroll = PAYROLL.replace("001001", eva).replace("001002", per);
        let second =
            run(folder.path(), "2026-10-10", &payroll, &accounts.replace("001001", eva).replace("001002", per));
        assert!(keys_of(&second, "reused-account").is_empty(), "{eva}");
        let leaver = lines(&second, "findings.jsonl").into_iter().find(|line| line["rule"] == "leaver-active").unwrap();
        assert_eq!((leaver["state"].as_str(), leaver["person"].as_str()), (Some("open"), Some("001002")), "{eva}");
    }
    let folder = tempfile::tempdir().unwrap();
    run(folder.path(), "2026-10-01", PAYROLL, &accounts);
    let payroll = PAYROLL.replace("001002;19790608-2388;Per;Ekdal", "1003;19790607-2397;Siv;Broman");
    let second = run(folder.path(), "2026-10-10", &payroll, &accounts.replace("Per Ekdal;001002", "Siv Broman;1003"));
    assert_eq!(keys_of(&second, "reused-account"), ["reused-account/sys/per01"]);
}

const ADDRESSED: &str = "Anst.nr;Personnummer;Förnamn;Efternamn;E-post;Anställd fr.o.m.;Anställd t.o.m.";
const EVA: &str = "19760202-2381;Eva;Lind;eva.lind@exempel.se;2015-01-01;";
const PER: &str = "19790608-2388;Per;Ekdal;per.ekdal@exempel.se;2015-01-01;2026-06-30";
const SIV: &str = "19760110-2382;Siv;Broman;siv.broman@exempel.se;2026-10-02;";
const PERS_NAMESAKE: &str = "19760111-2381;Per;Ekdal;per.ekdal@exempel.se;2026-10-02;";

/// Decides to close Per's account, and tells of the run after which accounts were somebody else's, which decisions were not
/// done, and whose are decided, where payroll and export have changed meanwhile.
fn decided(before: (&[String], &str), after: (&[String], &str)) -> [Vec<String>; 3] {
    let folder = tempfile::tempdir().unwrap();
    let payroll = |rows: &[String]| format!("{ADDRESSED}\n{}\n", rows.join("\n"));
    let first = run(folder.path(), "2026-10-01", &payroll(before.0), before.1);
    let head = ["Konto", "Beslut", "Motivering", "Beslutsdatum"];
    let answer = ["sys/per01", "Inaktivera konto", "Har slutat", "2026-10-05"];
    return_answers(&first, &folder.path().join("svar/svar.xlsx"), &[head.to_vec(), answer.to_vec()]);
    let second = run(folder.path(), "2026-10-10", &payroll(after.0), after.1);
    let decided = lines(&second, "findings.jsonl").into_iter();
    let decided = decided.filter(|own| own["rule"] == "leaver-active" && own["state"] == "decided");
    let decided = decided.map(|own| own["account"].as_str().unwrap().to_owned()).collect();
    [keys_of(&second, "reused-account"), keys_of(&second, "decided-not-done"), decided]
}

fn numbered(number: &str, person: &str) -> String {
    format!("{number};{person}")
}

/// Two employee numbers that had been mixed up and are put right move neither account to the other person.
#[test]
fn numbers_put_right_take_no_decision_along() {
    let export = |eva: &str, per: &str| {
        export(NUMBERED, &[&format!("eva01;Eva Lind;{eva};Aktiv"), &format!("per01;Per Ekdal;{per};Aktiv")])
    };
    let (then, now) = (export("001001", "001002"), export("001002", "001001"));
    let before = [numbered("001001", EVA), numbered("001002", PER)];
    let after = [numbered("001002", EVA), numbered("001001", PER)];
    let found = decided((&before, &then), (&after, &now));
    assert_eq!(found, [vec![], vec!["decided-not-done/sys/per01".to_owned()], vec!["per01".to_owned()]]);
}

/// A leaver's number that another has now takes neither the decision nor the account along: both stay the leaver's, who
/// stands under a new number.
#[test]
fn a_number_given_to_another_takes_no_decision_along() {
    let then = export(NUMBERED, &["eva01;Eva Lind;001001;Aktiv", "per01;Per Ekdal;001002;Aktiv"]);
    let now = export(
        NUMBERED,
        &["eva01;Eva Lind;001001;Aktiv", "per01;Per Ekdal;001009;Aktiv", "siv01;Siv Broman;001002;Aktiv"],
    );
    let before = [numbered("001001", EVA), numbered("001002", PER)];
    let after = [numbered("001001", EVA), numbered("001009", PER), numbered("001002", SIV)];
    let found = decided((&before, &then), (&after, &now));
    assert_eq!(found, [vec![], vec!["decided-not-done/sys/per01".to_owned()], vec!["per01".to_owned()]]);
}

/// Whoever is called as a leaver and got the leaver's address and account is another where the personal number is: the
/// account is in other hands, and the decision is not about it.
#[test]
fn a_namesake_is_no_heir() {
    let then =
        export(UNNUMBERED, &["eva01;Eva Lind;eva.lind@exempel.se;Aktiv", "per01;Per Ekdal;per.ekdal@exempel.se;Aktiv"]);
    let before = [numbered("001001", EVA), numbered("001002", PER)];
    let after = [numbered("001001", EVA), numbered("001009", PERS_NAMESAKE)];
    let found = decided((&before, &then), (&after, &then));
    assert_eq!(found, [vec!["reused-account/sys/per01".to_owned()], vec![], vec![]]);
}
