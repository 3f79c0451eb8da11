//! Accounts of things that carry the key of whoever looks after them: the contact is no holder.

#![allow(clippy::unwrap_used, clippy::expect_used)] // A test may fail loudly.

mod common;

use common::{case, keys_of, lines, publish};
use serde_json::Value;
use std::path::{Path, PathBuf};

const CONFIG: &str = "[review]\nas_of = 2026-11-30\n[payroll]\nfile = \"lon.csv\"\nexported = 2026-11-30\n\
    [[system]]\nid = \"sys\"\nfile = \"sys.csv\"\nowner = \"IT-chef\"\nexported = 2026-11-30\n";

/// Publishes a run over four persons, of whom the first may be protected, and some accounts.
fn run(folder: &Path, protected: &str, accounts: &str) -> PathBuf {
    let payroll = format!(
        "Anst.nr;Förnamn;Efternamn;E-post;Anställd t.o.m.;Skyddade personuppgifter\n\
         1001;Petronella;Lindqvist;petronella.lindqvist@kommunen.se;;{protected}\n\
         1002;Maria;Holmström;maria.holmstrom@kommunen.se;;Nej\n1003;Karin;Hjort;karin.hjort@kommunen.se;;Nej\n\
         1004;Per;Ekdal;per.ekdal@kommunen.se;2026-06-30;Nej\n"
    );
    let export = format!(
        "Användarnamn;Anst.nr;Namn;E-post;Kontotyp;Aktiv\n\
         marhol01;1002;Maria Holmström;maria.holmstrom@kommunen.se;;Ja\n\
         karhjo01;1003;Karin Hjort;karin.hjort@kommunen.se;;Ja\n{accounts}"
    );
    let files: [(&str, &[u8]); 2] = [("lon.csv", payroll.as_bytes()), ("sys.csv", export.as_bytes())];
    publish(&case(folder, CONFIG, &files), &folder.join("ut"), &[])
}

/// A service or test account with nothing but its contact's address or number, under a name of its own or none, stays what
/// it is and asks who answers for it; so does one that the type column calls a service account. What is called as its
/// person is that person's, and so is an administrator's account.
#[test]
fn a_contact_is_no_holder() {
    let folder = tempfile::tempdir().unwrap();
    let mail = "petronella.lindqvist@kommunen.se";
    let accounts = format!(
        "svc_int01;;svc_int01;{mail};;Ja\nsvc_int02;;;{mail};;Ja\ntest01;1001;Testperson Ett;;;Ja\n\
         k77;1001;Integration;;Tjänstekonto;Ja\ntest02;1001;Petronella Lindqvist;{mail};;Ja\n\
         test.petronella;1001;;;;Ja\nadm-k78;1001;;;;Ja\n"
    );
    let run = run(folder.path(), "Nej", &accounts);
    let all = lines(&run, "accounts.jsonl");
    let of = |name: &str| {
        let own = all.iter().find(|line| line["account"] == name).unwrap();
        let text = |value: &Value| value.as_str().unwrap_or("").to_owned();
        (text(&own["class"]), text(&own["person"]))
    };
    let things = [("svc_int01", "service"), ("svc_int02", "service"), ("test01", "test"), ("k77", "service")];
    for (name, class) in things {
        assert_eq!(of(name), (class.to_owned(), String::new()), "{name}");
    }
    for (name, class) in [("test02", "personal"), ("test.petronella", "personal"), ("adm-k78", "admin")] {
        assert_eq!(of(name), (class.to_owned(), "1001".to_owned()), "{name}");
    }
    let mut asked = things.map(|(name, _)| format!("account-without-owner/sys/{name}"));
    asked.sort();
    assert_eq!(keys_of(&run, "account-without-owner"), asked);
}

/// What carries the address of a protected contact is hidden as before, and the address leads on to her own account.
#[test]
fn a_protected_contact_stays_protected() {
    let folder = tempfile::tempdir().unwrap();
    let mail = "petronella.lindqvist@kommunen.se";
    let run = run(folder.path(), "Ja", &format!("svc_int01;;svc_int01;{mail};;Ja\nk4711;;;{mail};;Ja\n"));
    let all = lines(&run, "accounts.jsonl");
    let shown: Vec<&str> = all.iter().map(|line| line["account"].as_str().unwrap()).collect();
    assert_eq!(shown, ["marhol01", "karhjo01"]);
}

/// A personal number names nobody's contact, a list of addresses may begin with that of a mailbox its holder reads, and the
/// kind of an account that stands before an everyday name is no given name: each of these accounts is its person's.
#[test]
fn who_is_numbered_or_addressed_is_the_holder() {
    let folder = tempfile::tempdir().unwrap();
    let payroll = "Anst.nr;Personnummer;Namn;E-post;Användarnamn;Anställd fr.o.m.;Anställd t.o.m.\n\
        1;198501012382;Vera Sandell;vera.sandell@ex.se;versan;2015-01-01;2026-06-30\n\
        2;198501022381;Adam Broman;adam.broman@ex.se;adabro;2015-01-01;\n";
    let export = "Konto;Personnummer;E-post;Ägare\ntest3;198501012382;;Adam Broman\nsvc_13;19850101-2382;;\n\
        u03;;info@ex.se; vera.sandell@ex.se;Adam Broman\nadm_versan;;;\nadmin.versan;;;\n\
        integration;;;Adam Broman\ninfo;;info@ex.se;Adam Broman\n";
    let export = export.replace("info@ex.se; vera", "info@ex.se, vera");
    let files: [(&str, &[u8]); 2] = [("lon.csv", payroll.as_bytes()), ("sys.csv", export.as_bytes())];
    let run = publish(&case(folder.path(), CONFIG, &files), &folder.path().join("ut"), &[]);
    let leavers = ["adm_versan", "admin.versan", "svc_13", "test3", "u03"];
    assert_eq!(keys_of(&run, "leaver-active"), leavers.map(|own| format!("leaver-active/sys/{own}")));
    let all = lines(&run, "accounts.jsonl");
    let class = |name: &str| all.iter().find(|line| line["account"] == name).unwrap()["class"].clone();
    assert_eq!([class("integration"), class("info")], ["service", "shared"]);
}
