//! Names of accounts, addresses and people with the class they have, and the names of the country's people, which have
//! none.

use super::super::handle::{Handle, local_part};
use super::*;
use crate::model::{AccountState, Interner, NAME_TABLE, fold};
use AccountClass::{Admin, External, Personal, Service, Shared, Test, Unknown};

/// An account with a name and, where it has them, other texts.
#[derive(Clone, Copy, Default)]
struct Called<'a> {
    name: &'a str,
    given: &'a str,
    surname: &'a str,
    whole: &'a str,
    mail: &'a str,
}

/// The class of an account whose holder nobody knows.
fn class_of(called: Called<'_>) -> AccountClass {
    let mut strings = Interner::default();
    let mut text = |text: &str| (!text.is_empty()).then(|| strings.intern(text));
    let account = Account {
        given_name: text(called.given),
        surname: text(called.surname),
        whole_name: text(called.whole),
        email: text(called.mail),
        state: AccountState::Active,
        ..Account::blank(text(called.name).unwrap())
    };
    let spelt = |name: &str| Handle::new(local_part(name)).words().map(|words| words.join(" "));
    let unnamed = called.given.is_empty() && called.surname.is_empty() && called.whole.is_empty();
    let naming = match unnamed {
        true => [called.mail, called.name]
            .into_iter()
            .find_map(spelt)
            .map_or(Naming::Nothing, |name| Naming::of(name_words(&name).iter().map(|word| Word::of(word)))),
        false => stated(&account, strings.strings()),
    };
    settle(prior(&account, strings.strings(), &[]), naming, Holder::Nobody)
}

fn check(class: AccountClass, names: &[&str]) {
    let classes = names.iter().map(|name| (*name, class_of(Called { name, ..Called::default() })));
    let wrong: Vec<_> = classes.filter(|(_, own)| *own != class).collect();
    assert!(wrong.is_empty(), "not {class:?}: {wrong:?}");
}

/// Account names without anything beside them, by their class.
#[test]
#[allow(clippy::too_many_lines)] // A table.
fn account_names_tell_their_class() {
    check(
        Service,
        &[
            "svc-backup",
            "svc01",
            "SVC_SQL",
            "svcBackup",
            "int_raindance",
            "svc_a",
            "srv-print",
            "sys.batch",
            "robot1",
            "rpa_faktura",
            "EXEMPEL\\svc-visma",
            "svc-test",
            "visma.integration",
            "api-lifecare",
            "gmsa-sql",
            "sa_backup",
            "krbtgt",
            "krbtgt_12345",
            "Administrator",
            "Administratör",
            "administrators",
            "DefaultAccount",
            "WDAGUtilityAccount",
            "SUPPORT_388945a0",
            "IUSR_SRV01",
            "IWAM_SRV01",
            "ASPNET",
            "MSOL_0a1b2c3d4e5f",
            "AAD_0a1b2c3d4e5f",
            "ADSyncMSAab12$",
            "Sync_SRV01_0123456789ab@exempel.onmicrosoft.com",
            "HealthMailbox0a1b2c3",
            "HealthMailbox-SRV01-001@exempel.se",
            "SystemMailbox{bb558c35-97f1-4cb9}",
            "DiscoverySearchMailbox{D919BA05-46A6}",
            "FederatedEmail.4c1f4d8b",
            "Migration.8f3e7716",
            "Exchange Online-ApplicationAccount",
            "AZUREADSSOACC$",
            "DATOR17$",
            "gmsa_sql01$",
            "breakglass1",
            "break-glass-2@exempel.se",
            "BreakGlass.Admin",
            "nödkonto",
            "nödkonto-entra-1",
            "emergencyaccess01",
            "root",
            "daemon",
            "nobody",
            "postgres",
            "sa",
            "SYS",
            "SYSTEM",
            "SYSMAN",
            "DBSNMP",
            "XDB",
            "##MS_PolicyTsqlExecutionLogin##",
            "NT AUTHORITY\\SYSTEM",
            "NT SERVICE\\MSSQLSERVER",
            "BUILTIN\\Administrators",
            "SAP*",
            "DDIC",
            "EARLYWATCH",
            "TMSADM",
            "SAPCPIC",
            "mysql.session",
            "www-data",
            "systemd-network",
            "EXEMPEL\\Administrator",
        ],
    );
    check(
        Admin,
        &[
            "adm-annlin",
            "annlin-a",
            "t0_annlin",
            "t1-annlin",
            "a-annlin",
            "a_annlin",
            "admin.lind",
            "annlin_adm",
            "adm.anna.lind",
            "admin",
            "annlin_a",
        ],
    );
    check(
        Test,
        &["test", "test01", "utb12", "demo", "test.lon", "test-lon", "testkonto3", "utb-elev", "SCOTT", "testelev01"],
    );
    check(
        Shared,
        &[
            "Guest",
            "Gäst",
            "grupp-hemtjanst",
            "funk.bokning",
            "reception.sodra",
            "reception",
            "ReceptionNorra",
            "info",
            "info@exempel.se",
            "kontakt@exempel.se",
            "mottagning@exempel.se",
            "registrator@exempel.se",
            "kommun@exempel.se",
            "kommunen",
            "faktura",
            "faktura.skanning",
            "noreply",
            "no-reply@exempel.se",
            "postmaster",
            "support",
            "helpdesk",
            "servicedesk",
            "kundtjanst",
            "konf-eken",
            "konf.bjorken",
            "konferensrum1",
            "konferensrum-eken",
            "Konferensrum Eken",
            "rum101",
            "rum.eken",
            "sal3",
            "sal-b12",
            "grupprum.2",
            "mötesrum-1",
            "bokning",
            "lokalbokning",
            "pool",
            "pool12",
            "reserv1",
            "reserv.hemtjanst",
            "vikarie01",
            "sommarvik01",
            "lån03",
            "lan03",
            "kiosk",
            "kiosk.bibliotek",
            "bil01",
            "poolbil3",
            "beamer",
            "projektor2",
            "delad.brevlada",
            "funktionsbrevlåda",
            "medborgarservice",
            "servicecenter",
            "synpunkter",
            "dataskyddsombud",
            "lånedator7",
            "besokare",
            "publikdator",
            "info.lund",
            "rum-a",
        ],
    );
    check(
        External,
        &["ext.annlin", "kons-annlin", "guest.annlin", "eva_gmail.com#EXT#@x.onmicrosoft.com", "extern_annlin"],
    );
    check(
        Unknown,
        &[
            "kassa",
            "kassa01",
            "kassa.simhall",
            "expedition",
            "expedition-norra",
            "vaktmasteri",
            "vaktmästeri.norra",
            "bibliotek",
            "bibliotek01",
            "telefonist",
            "jour",
            "larm",
            "larm.hemtjanst",
            "skanner",
            "skanner-stadshus2",
            "scan",
            "kopiator3",
            "mfp-plan2",
            "skrivare.ekonomi",
            "visma",
            "raindance",
            "citrix",
            "veeam",
            "zabbix",
            "sql",
            "citrix.farm01",
            "raindance_import",
            "norra.skolan",
            "tekniska.kontoret",
            "12345",
            "u000",
            "k1234",
            "annlin03",
            "abc",
            "x",
            "dator12",
            "ipad-7",
            "elev01",
            "användare2",
            "konto.1",
            "user17",
            "rektor.norra",
            "a-kassan",
            "svensson",
            "testa",
            "administer",
            "extension",
            "roomi",
            "salander",
            "bilal",
            "konfuse",
            "infante",
            "poolman",
            "rumar",
            "kontaktia",
            "serviceman",
            "testarossa",
            "robotnik",
            "gruppe",
            "synnove",
            "rooth",
            "sagan",
            "sysser",
        ],
    );
    check(
        Personal,
        &[
            "anna.lind",
            "petronella.quist@exempel.se",
            "bilal.salander",
            "roomi.konfuse",
            "info.andersson",
            "sal.khan.eriksson",
            "anna-karin.berg",
            "karin_roomi",
            "kassandra.quist",
            "testa.quist",
            "servus.quist",
            "anna.park",
        ],
    );
}

/// Names in columns, where the account's own name tells nothing or something else.
#[test]
fn stated_names_tell_people_from_things() {
    let apart = |given, surname, class| (Called { name: "k1234", given, surname, ..Called::default() }, class);
    let whole = |whole, class| (Called { name: "k1234", whole, ..Called::default() }, class);
    let cases = [
        apart("Petronella", "Quist", Personal),
        apart("Info", "Andersson", Personal),
        apart("Bilal", "Salander", Personal),
        apart("Sal", "Khan", Personal),
        apart("Kassa", "1", Unknown),
        apart("Reception", "Norra", Shared),
        apart("Skanner", "Stadshuset", Shared),
        apart("Test", "Testsson", Test),
        apart("Anna", "Reception", Shared),
        whole("Petronella Quist", Personal),
        whole("Quist, Petronella", Personal),
        whole("Petronella Quist, Hemtjänsten", Personal),
        whole("Petronella Quist (Hemtjänsten)", Personal),
        whole("Quist Petronella - Biblioteket", Personal),
        whole("Quist, Petronella [SOC]", Personal),
        whole("Petronella Quist | SOC", Personal),
        whole("Konsult Petronella Quist", Personal),
        whole("Dr Petronella Quist", Personal),
        whole("Anna Lind Bibliotek", Personal),
        whole("Info Andersson", Personal),
        whole("Testa Quist", Personal),
        whole("P Quist", Personal),
        whole("Konferensrum Selma", Shared),
        whole("Kassa 1", Unknown),
        whole("Kassa Lindängen", Unknown),
        whole("Kassa (Anna Lind)", Unknown),
        whole("Bibliotek, Norra", Unknown),
        whole("Visma Lön", Unknown),
        whole("Petronella", Unknown),
        whole("4711", Unknown),
        whole("HealthMailbox-SRV01-Database-01", Service),
        whole("Skrivare plan 3", Unknown),
        whole("Sommarvikarie 12", Shared),
    ];
    for (called, class) in cases {
        let shown = [called.given, called.surname, called.whole].join(" ");
        assert_eq!(class_of(called), class, "{shown}");
    }
}

/// Where an account's own name is a thing's, a person's name beside it wins over words that somebody may be called or
/// that places are, but not over programs, tests and rights.
#[test]
fn a_persons_name_outweighs_what_is_not_firm() {
    let cases = [
        ("info", "Anna Lind", Personal),
        ("pool3", "Anna Lind", Personal),
        ("pool3", "Pool 3", Shared),
        ("sal", "Sara Lind", Personal),
        ("bin", "Bin Petronella Quist", Personal),
        ("sal", "Petronella Quist", Personal),
        ("reception-vallen", "Vallens Skyttel", Shared),
        ("svc-backup", "Anna Lind", Service),
        ("test4", "Anna Lind", Test),
        ("adm-annlin", "Anna Lind", Admin),
        ("kassa3", "Anna Lind", Personal),
        ("kassa3", "Petronella Quist", Personal),
        ("kassa3", "Kassa 3", Unknown),
        ("annlin03", "Reception Södra", Shared),
    ];
    for (name, whole, class) in cases {
        assert_eq!(class_of(Called { name, whole, ..Called::default() }), class, "{name}, {whole}");
    }
}

/// An address names an account that states no name of its own.
#[test]
fn addresses_name_accounts_without_a_name() {
    let cases = [
        ("k1234", "info@exempel.se", Shared),
        ("k1234", "anna.lind@exempel.se", Personal),
        ("k1234", "petronella.quist@exempel.se", Personal),
        ("k1234", "norra.skolan@exempel.se", Unknown),
        ("annlin03", "", Unknown),
    ];
    for (name, mail, class) in cases {
        assert_eq!(class_of(Called { name, mail, ..Called::default() }), class, "{name}, {mail}");
    }
}

/// The export's own word stands above everything; a found person above a pattern, but for administrators.
#[test]
fn a_found_person_outweighs_a_pattern() {
    assert_eq!(settle(Prior::Stated(Shared), Naming::Person, Holder::Named), Shared);
    assert_eq!(settle(Prior::Suggested(Service), Naming::Nothing, Holder::Named), Personal);
    assert_eq!(settle(Prior::Suggested(Admin), Naming::Person, Holder::Named), Admin);
    assert_eq!(settle(Prior::Open, Naming::Thing(None), Holder::ByKey), Personal);
}

/// The key of its contact makes no thing a person's; an administrator's account and a guest's are theirs by a key alone.
#[test]
fn a_contact_is_no_holder() {
    for class in [Service, Shared, Test] {
        assert_eq!(settle(Prior::Suggested(class), Naming::Person, Holder::ByKey), class);
    }
    assert_eq!(settle(Prior::Suggested(Admin), Naming::Nothing, Holder::ByKey), Admin);
    assert_eq!(settle(Prior::Suggested(External), Naming::Nothing, Holder::ByKey), Personal);
}

/// Patterns of the configuration stand above the defaults.
#[test]
fn configured_patterns_come_first() {
    let mut strings = Interner::default();
    let account = Account { state: AccountState::Active, ..Account::blank(strings.intern("svc-anna")) };
    let strings = strings.freeze();
    let configured = [(External, Patterns::new(vec!["svc-*".to_owned()]).unwrap())];
    assert_eq!(prior(&account, &strings, &configured), Prior::Suggested(External));
    assert_eq!(prior(&account, &strings, &[]), Prior::Suggested(Service));
}

/// The names of the table: given names and surnames.
fn names() -> (Vec<&'static str>, Vec<&'static str>) {
    let lines = NAME_TABLE.lines().filter(|line| !line.starts_with('#')).skip(1);
    let cells = lines.filter_map(|line| {
        let mut cells = line.split('\t');
        Some((cells.next()?, cells.next()?))
    });
    let (surnames, given): (Vec<_>, Vec<_>) = cells.partition(|(kind, _)| *kind == "surname");
    let names = |list: Vec<(&'static str, &'static str)>| list.into_iter().map(|(_, name)| name).collect();
    (names(given), names(surnames))
}

/// No name of the country's people is a thing's: not alone, not with another, not as an account name of two
/// beginnings.
#[test]
fn no_common_name_is_taken_for_a_thing() {
    let (given, surnames) = names();
    assert!(given.len() >= 900 && surnames.len() >= 450);
    for name in given.iter().chain(&surnames) {
        for written in [(*name).to_owned(), fold(name), format!("{}01", fold(name)), name.to_uppercase()] {
            let suggested = by_default(&written);
            assert_eq!(suggested, None, "{written}");
            assert!(!matches!(Word::of(&crate::model::fold_word(&written)), Word::Thing(_)), "{written}");
        }
    }
    for (at, first) in given.iter().enumerate() {
        for last in surnames.iter().skip(at % 5).step_by(5) {
            let (whole, dotted) = (format!("{first} {last}"), format!("{}.{}", fold(first), fold(last)));
            assert_eq!(by_default(&dotted), None, "{dotted}");
            assert_eq!(class_of(Called { name: "u1", whole: &whole, ..Called::default() }), Personal, "{whole}");
        }
    }
}

/// Three letters of each name, in every pairing, as many organisations make account names, in small letters and with
/// capitals.
#[test]
fn no_two_beginnings_make_a_thing() {
    let (given, surnames) = names();
    let beginnings = |list: &[&str]| {
        let mut own: Vec<String> = list.iter().map(|name| fold(name).chars().take(3).collect()).collect();
        own.sort_unstable();
        own.dedup();
        own
    };
    let mut things = Vec::new();
    for first in beginnings(&given) {
        for last in beginnings(&surnames) {
            let name = format!("{first}{last}");
            if by_default(&name).is_some() {
                things.push(name);
            }
        }
    }
    let capital = |text: &str| text[..1].to_uppercase() + &text[1..];
    for (at, first) in beginnings(&given).iter().enumerate() {
        for last in beginnings(&surnames).iter().skip(at % 7).step_by(7) {
            let name = format!("{}{}", capital(first), capital(last));
            if by_default(&name).is_some() {
                things.push(name);
            }
        }
    }
    assert!(things.is_empty(), "{things:?}");
}
