//! What a configuration may say, and what is said of one that is wrong.

use super::*;
use crate::model::{EmploymentClass, EngagementKind, Field, Reading};
use proptest::prelude::*;

const HEAD: &str = "[payroll]\nfile = \"lon.csv\"\n";
const SYSTEM: &str = "[[system]]\nid = \"sys\"\nfile = \"sys.csv\"\n";

fn read_all(text: &str) -> Result<Config, Errors> {
    let overrides = Overrides::default();
    let today = NaiveDate::from_ymd_opt(2026, 11, 30).unwrap();
    let surroundings = Surroundings { today, overrides: &overrides, rules: &["dormant", "leaver-active"] };
    let base = Path::new("/base");
    let parts = read_text("samkor.toml", text, base, &surroundings)?;
    Ok(parts.into_config("samkor.toml".to_owned(), Vec::new(), base.to_owned()))
}

fn valid(text: &str) -> Config {
    read_all(text).unwrap_or_else(|errors| panic!("{}\n{text}", errors.show(Language::Sv)))
}

/// Everything that is said of a configuration, in Swedish.
fn said(text: &str) -> String {
    read_all(text).map_or_else(|errors| errors.show(Language::Sv), |_| String::new())
}

fn assert_said(text: &str, words: &[&str]) {
    let said = said(text);
    for word in words {
        assert!(said.contains(word), "\"{word}\" is missing from:\n{said}\n{text}");
    }
}

/// Each payroll file has what it says itself, and what stands on the register where it says nothing.
#[test]
fn payroll_files_have_what_is_their_own() {
    let config = valid(&format!(
        "[payroll]\nexported = 2026-11-28\ndelimiter = \";\"\n[payroll.columns]\nname = \"Namn\"\ntitle = \"Befattning\"\n\
         [[payroll.file]]\nfile = \"kommun.csv\"\ncompany = \"Kommunen\"\ncontrol_total = 10\n\
         [[payroll.file]]\nfile = \"bolag.xlsx\"\nsheet = \"Blad2\"\nexported = 2026-11-27\n\
         [payroll.file.columns]\nname = [\"Förnamn\", \"Efternamn\"]\ntitle = \"\"\n{SYSTEM}"
    ));
    let [first, second] = config.payroll.files.as_slice() else { panic!("{:?}", config.payroll.files) };
    assert_eq!(
        (first.shown.as_str(), first.company.as_deref(), first.control_total),
        ("kommun.csv", Some("Kommunen"), Some(10))
    );
    assert_eq!((first.delimiter, second.delimiter), (Some(';'), Some(';')));
    assert_eq!((second.company.as_deref(), second.control_total, second.sheet.as_deref()), (None, None, Some("Blad2")));
    assert_eq!(config.payroll.exported(), NaiveDate::from_ymd_opt(2026, 11, 27));
    assert_eq!(first.columns[&Field::Name], ["Namn"]);
    assert_eq!(second.columns[&Field::Name], ["Förnamn", "Efternamn"]);
    assert!(second.columns[&Field::Title].is_empty());
    assert_eq!(second.path, Path::new("/base/bolag.xlsx"));
}

/// Files named in two ways or twice, and a total that cannot be theirs, are refused.
#[test]
fn files_that_contradict_are_refused() {
    for (payroll, words) in [
        ("file = \"a.csv\"\n[[payroll.file]]\nfile = \"b.csv\"\n", "file är redan ett värde på rad 2"),
        ("files = [\"a.csv\"]\n[[payroll.file]]\nfile = \"b.csv\"\n", "[payroll] har både file och files"),
        ("file = \"a.csv\"\nfiles = [\"b.csv\"]\n", "[payroll] har både file och files"),
        ("files = [\"a.csv\", \"./a.csv\"]\n", "[payroll] har filen \"./a.csv\" två gånger"),
        ("[[payroll.file]]\nfile = \"a.csv\"\n[[payroll.file]]\nfile = \"a.csv\"\nsheet = \"x\"\n", "två gånger"),
        ("file = [\"a.csv\", \"b.csv\"]\n", "flera filer skrivs files = [\"a\", \"b\"]"),
        ("[payroll.file]\nfile = \"a.csv\"\n", "rubriken ska vara [[payroll.file]], inte [payroll.file]"),
        ("[[payroll.file]]\nsheet = \"a\"\n", "[[payroll.file]] saknar file"),
        ("files = [\"a.csv\", \"b.csv\"]\ncontrol_total = 5\n", "control_total kan inte gälla flera filer"),
        ("", "[payroll] saknar file"),
    ] {
        assert_said(&format!("[payroll]\n{payroll}{SYSTEM}"), &[words]);
    }
    let sheets =
        "[[payroll.file]]\nfile = \"a.xlsx\"\nsheet = \"x\"\n[[payroll.file]]\nfile = \"a.xlsx\"\nsheet = \"y\"\n";
    assert_eq!(valid(&format!("{sheets}{SYSTEM}")).payroll.files.len(), 2);
}

/// Fields may be named in Swedish, quoted or without å, ä and ö; a wrong one gets the nearest of either language.
#[test]
fn fields_have_names_in_both_languages() {
    let columns = |lines: &str| format!("{HEAD}[payroll.columns]\n{lines}{SYSTEM}");
    let config = valid(&columns(
        "personnummer = \"Pnr\"\nanstallningsnummer = \"Nr\"\n\"förnamn\" = \"F\"\nefternamn = \"E\"\nslutdatum = [\"T.o.m.\", \"Avgång\"]\nepost = \"\"\n",
    ));
    let columns_read: Vec<Field> = config.payroll.files[0].columns.keys().copied().collect();
    assert_eq!(
        columns_read,
        [
            Field::PersonalNumber,
            Field::EmployeeNumber,
            Field::GivenName,
            Field::Surname,
            Field::Email,
            Field::EmploymentEnd
        ]
    );
    for (lines, words) in [
        ("anstnummer = \"Nr\"\n", "Menade du \"anställningsnummer\" (employee_number)?"),
        ("employe_number = \"Nr\"\n", "Menade du \"employee_number\"?"),
        ("förnamn = \"F\"\n", "Skriv fornamn, eller \"förnamn\" med citattecken."),
        ("konto = \"K\"\n", "fältet \"konto\" kan inte stå i: personalregister"),
        ("name = \"N\"\nnamn = \"M\"\n", "name och namn är samma fält"),
        ("name = [\"A\", \"\"]\n", "name har en tom rubrik bland flera"),
        ("name = [\"A\", \"A\"]\n", "name har rubriken \"A\" två gånger"),
        ("name = 5\n", "name ska vara en text eller en lista av texter, men där står 5"),
        (
            "employment_start = \"D\"\nslutdatum = \"D\"\n",
            "rubriken \"D\" står för både employment_start och employment_end",
        ),
    ] {
        assert_said(&columns(lines), &[words]);
    }
}

/// A line under the wrong heading is told where it belongs, and which way to move it.
#[test]
fn lines_under_the_wrong_heading_are_told_where_they_belong() {
    for (text, says, way_out) in [
        (
            format!("{HEAD}{SYSTEM}[system.columns]\naccount = \"K\"\nsensitive = true\n"),
            "samkor.toml:8: \"sensitive\" hör till [[system]], inte till [system.columns]",
            "Flytta raden ovanför rubriken [system.columns].",
        ),
        (
            format!("{HEAD}{SYSTEM}[system.columns]\nexported = 2026-11-27\n"),
            "\"exported\" hör till [[system]], inte till [system.columns]",
            "Flytta raden ovanför rubriken [system.columns].",
        ),
        (
            format!("{HEAD}{SYSTEM}[system.status]\nprivileged_roles = [\"a\"]\n"),
            "\"privileged_roles\" hör till [[system]], inte till [system.status]",
            "Flytta raden ovanför rubriken [system.status].",
        ),
        (
            format!("{HEAD}{SYSTEM}valid_to_closes = true\n"),
            "\"valid_to_closes\" hör till [system.status], inte till [[system]]",
            "Flytta raden till under rubriken [system.status].",
        ),
        (
            format!("{HEAD}{SYSTEM}account = \"Användare\"\n"),
            "\"account\" hör till [system.columns], inte till [[system]]",
            "Flytta raden till under rubriken [system.columns].",
        ),
        (
            format!("[review]\ndormant_days = 60\n{HEAD}{SYSTEM}"),
            "\"dormant_days\" hör till [thresholds], inte till [review]",
            "Flytta raden till under rubriken [thresholds].",
        ),
        (
            format!("as_of = 2026-11-30\n{HEAD}{SYSTEM}"),
            "\"as_of\" hör till [review], inte till filens översta nivå",
            "Flytta raden till under rubriken [review].",
        ),
        (
            format!("{HEAD}[payroll.thresholds]\ndormant_days = 60\n{SYSTEM}"),
            "\"thresholds\" hör till filens översta nivå, inte till [payroll]",
            "Skriv rubriken [thresholds].",
        ),
    ] {
        assert_said(&text, &[says, way_out]);
    }
}

/// Several exports of one system are joined by what only one account has.
#[test]
fn several_exports_tell_one_system() {
    let system = |lines: &str| format!("{HEAD}[[system]]\nid = \"entra\"\n{lines}");
    let config = valid(&system(
        "join = \"UPN\"\nexported = 2026-11-27\nfiles = [\"users.csv\", \"signins.csv\"]\n[system.columns]\nkonto = \"User\"\n",
    ));
    let entra = &config.systems[0];
    assert_eq!((entra.join, entra.shown().as_str()), (Some(Field::Upn), "users.csv, signins.csv"));
    assert!(entra.inputs.iter().all(|input| input.exported.is_some() && input.columns.contains_key(&Field::Account)));
    let own =
        "[[system.file]]\nfile = \"a.csv\"\n[system.file.columns]\nupn = \"A\"\n[[system.file]]\nfile = \"b.csv\"\n";
    let config = valid(&system(own));
    assert_eq!(config.systems[0].inputs.len(), 2);
    assert!(config.systems[0].inputs[1].columns.is_empty() && config.systems[0].join.is_none());
    for (lines, words) in [
        ("file = \"a.csv\"\njoin = \"upn\"\n", "join behövs bara när flera filer"),
        ("files = [\"a.csv\", \"b.csv\"]\njoin = \"namn\"\n", "join kan inte vara \"namn\""),
        ("files = [\"a.csv\", \"b.csv\"]\njoin = \"upnn\"\n", "Menade du \"upn\"?"),
        ("files = [\"a.csv\"]\nfile = \"b.csv\"\n", "[[system]] har både file och files"),
        ("files = [\"a.csv\", \"a.csv\"]\n", "[[system]] har filen \"a.csv\" två gånger"),
    ] {
        assert_said(&system(lines), &[words]);
    }
}

/// A system without a file was not delivered, which is for a finding to tell.
#[test]
fn a_system_without_a_file_is_not_delivered() {
    let config = valid(&format!("{HEAD}{SYSTEM}[[system]]\nid = \"b\"\nexported = 2026-11-27\n"));
    let delivered: Vec<bool> = config.systems.iter().map(SystemConfig::is_delivered).collect();
    assert_eq!(delivered, [true, false]);
}

/// `allow` knows kinds and forms in both languages, and refuses a word that would let nobody in.
#[test]
fn allowed_are_kinds_and_forms() {
    let allow = |words: &str| {
        format!("{HEAD}[payroll.employment]\nnot_employed = [\"Lekledare\"]\n{SYSTEM}allow = [{words}]\n")
    };
    let allows = |words: &str, kind, form| valid(&allow(words)).systems[0].allows(kind, form);
    assert!(allows("\"elected\"", Some(EngagementKind::Elected), None));
    for form in ["Förtroendevald", "Politiker", "Arvoderad", "Arvoderad förtroendevald", "ARVODIST"] {
        assert!(allows("\"elected\"", None, Some(form)), "{form}");
    }
    for form in ["Uppdragstagare", "Arvoderad kontaktperson", "Lekledare", "God man"] {
        assert!(!allows("\"elected\"", None, Some(form)), "{form}");
    }
    assert!(!allows("\"elected\"", Some(EngagementKind::Other), Some("Politiker")));
    assert!(allows("\"lekledare\"", None, Some("Lekledare")));
    assert!(allows("\"God man\"", None, Some("god man")));
    assert!(allows("\"förtroendevald\"", Some(EngagementKind::Elected), None));
    assert!(!allows("\"student\"", Some(EngagementKind::Other), None));
    assert_said(&allow("\"elcted\""), &["\"elcted\" i allow är varken", "Menade du \"elected\"?"]);
    assert_said(&allow("\"Lekledar\""), &["Menade du \"Lekledare\"?"]);
    assert_said(&allow("\"xyz\""), &["Sorter: external, elected, student, other."]);
}

/// What the user names is kept apart from what is known by default, and outranks it.
#[test]
fn stated_forms_are_kept_apart() {
    let config =
        valid(&format!("{HEAD}[payroll.employment]\nnot_employed = [\"Lekledare\"]\nhourly = [\"Uppdrag\"]\n{SYSTEM}"));
    let terms = &config.payroll.terms;
    assert_eq!(
        (&*terms.not_employed.written, &*terms.hourly.written),
        (&["Lekledare".to_owned()][..], &["Uppdrag".to_owned()][..])
    );
    for (form, class) in [
        ("Politiker", EmploymentClass::NotEmployed),
        ("lekledare", EmploymentClass::NotEmployed),
        ("Uppdrag", EmploymentClass::Hourly),
        ("Tillsvidare", EmploymentClass::Regular),
    ] {
        assert_eq!(terms.class_of(form), Reading::Known(class), "{form}");
    }
    let both = format!("{HEAD}[payroll.employment]\nnot_employed = [\"A\"]\nhourly = [\"a\"]\n{SYSTEM}");
    assert_said(&both, &["\"A\" står som både not_employed och hourly"]);
}

/// Time zones have IANA names, Stockholm's by default; the city alone is understood as a slip.
#[test]
fn time_zones_have_names() {
    let zone = |line: &str| format!("[review]\n{line}\n{HEAD}{SYSTEM}");
    assert_eq!(valid(&zone("")).review.time_zone, chrono_tz::Tz::Europe__Stockholm);
    assert_eq!(valid(&zone("time_zone = \"europe/helsinki\"")).review.time_zone, chrono_tz::Tz::Europe__Helsinki);
    assert_said(&zone("time_zone = \"Helsinki\""), &["okänd tidszon \"Helsinki\"", "Menade du \"Europe/Helsinki\"?"]);
    assert_said(&zone("time_zone = \"Europe/Stokholm\""), &["Menade du \"Europe/Stockholm\"?"]);
}

/// A reason must be one.
#[test]
fn an_empty_reason_is_none() {
    assert_said(&format!("{HEAD}no_protected_column = \" \"\n{SYSTEM}"), &["no_protected_column är tom"]);
    let config =
        valid(&format!("[review]\nposts = [\"Enhetschef VoB\"]\n{HEAD}no_protected_column = \"beslut\"\n{SYSTEM}"));
    assert_eq!(config.payroll.no_protected_column.as_deref(), Some("beslut"));
    assert_eq!(config.review.posts, ["Enhetschef VoB"]);
}

/// A mistake in the syntax hides neither the wrong values on other lines nor adds what only it has caused.
#[test]
fn a_mistake_hides_no_other_and_makes_none() {
    let text =
        "[payroll]\nfile = lon.csv\nincludes_ended_since = \"igår\"\n[[system]]\nid = \"sys\"\nfile = \"s.csv\"\n";
    let shown = said(text);
    assert_eq!(shown.lines().filter(|line| line.starts_with("samkor.toml")).count(), 2, "{shown}");
    assert!(shown.contains("samkor.toml:2: texten lon.csv saknar citattecken"), "{shown}");
    assert!(
        shown.contains("samkor.toml:3: includes_ended_since ska vara ett datum, 2026-11-30, men där står \"igår\""),
        "{shown}"
    );
}

/// A wrong number of brackets is told with the right one.
#[test]
fn brackets_are_counted() {
    assert_said(&format!("{HEAD}[system]\nid = \"a\"\n"), &["rubriken ska vara [[system]], inte [system]"]);
    assert_said(&format!("{HEAD}{SYSTEM}[[review]]\n"), &["rubriken ska vara [review], inte [[review]]"]);
}

/// Ids that can be none are told wherever they stand, list of systems or not: what they belong to would be lost.
#[test]
fn ids_that_can_be_none_are_told() {
    let listed = format!("{HEAD}[inventory]\nfile = \"lista.csv\"\n");
    for (more, words) in [
        ("[[exemption]]\nsystem = \"Procapita VoO\"\naccount = \"x\"\n", "system \"Procapita VoO\" kan inte användas"),
        ("[[system]]\nid = \"a\"\nlogin = \"AD katalogen\"\n", "login \"AD katalogen\" kan inte användas"),
        (
            "[[conflict]]\nname = \"x\"\na = { system = \"å\", role = \"r\" }\nb = { system = \"b\", role = \"r\" }\n",
            "system \"å\" kan inte användas",
        ),
    ] {
        assert_said(&format!("{listed}{more}"), &[words]);
    }
}

/// Every key of the contract is understood.
#[test]
fn the_whole_contract_is_known() {
    let text = include_str!("../../fixtures/contract.toml");
    let shown = said(text);
    assert!(!shown.lines().any(|line| line.starts_with("samkor.toml")), "{shown}");
}

/// The readers ask an empty table for every key: the contract is whole.
#[test]
fn the_contract_lists_the_keys_of_every_table() {
    let overrides = Overrides::default();
    let surroundings = Surroundings { today: NaiveDate::default(), overrides: &overrides, rules: &[] };
    let contract = Contract::of_the_readers(&surroundings);
    for (heading, key) in [
        ("[review]", "secrecy_note"),
        ("[payroll.employment]", "gap_days"),
        ("[[payroll.file]]", "company"),
        ("[[system]]", "one_account_per_person"),
        ("[[system.file]]", "sheet"),
        ("[[system.exclude]]", "match"),
        ("[system.classification]", "availability"),
        ("[[exemption]]", "until"),
        ("[conflict.a]", "role"),
        ("[followup]", "answers"),
        ("[limits]", "max_file_mb"),
    ] {
        assert!(contract.keys(heading).contains(&key), "{heading} {key}: {:?}", contract.keys(heading));
    }
}

/// The reference tells every key that the readers ask for, under its heading, and no other.
#[test]
fn the_reference_is_what_the_readers_ask_for() {
    let overrides = Overrides::default();
    let surroundings = Surroundings { today: NaiveDate::default(), overrides: &overrides, rules: &[] };
    let contract = Contract::of_the_readers(&surroundings);
    for heading in reference::HEADINGS {
        assert_eq!(contract.heading(heading.name()), Some(heading.heading));
        let mut told: Vec<&str> = heading.all().map(|key| key.name).collect();
        told.sort_unstable();
        assert_eq!(told, contract.keys(heading.heading), "{}", heading.heading);
    }
    let top: Vec<&str> = contract.keys(ROOT);
    let told = reference::HEADINGS.iter().map(reference::Heading::name);
    let mut told: Vec<&str> = told.filter(|name| !name.contains('.')).collect();
    told.sort_unstable();
    assert_eq!(told, top);
}

/// The ranges that the reference tells are those that hold: either end is taken, and one step beyond it is refused.
#[test]
fn ranges_of_the_reference_hold() {
    let mut tried = 0;
    for heading in reference::HEADINGS {
        for key in heading.all() {
            let reference::Shape::Integer(low, high) = key.shape else { continue };
            let said_of = |number: i64| {
                let head = if ["[payroll]", "[[payroll.file]]"].contains(&heading.heading) { "" } else { HEAD };
                let within = if heading.heading.contains("[system.") { "[[system]]\nid = \"sys\"\n" } else { "" };
                said(&format!("{head}{within}{}\n{} = {number}\n", heading.heading, key.name))
            };
            let refused = |number: i64| said_of(number).contains(&format!("{} ska vara ett heltal", key.name));
            let (name, low, high) = (key.name, i64::from(low), i64::from(high));
            assert!(!refused(low) && refused(low - 1), "{} {name} from {low}: {}", heading.heading, said_of(low - 1));
            let bounded = high < i64::from(u32::MAX);
            assert!(!refused(high) && (refused(high + 1) || !bounded), "{} {name} to {high}", heading.heading);
            tried += 1;
        }
    }
    assert!(tried > 15, "{tried}");
}

/// Limits of matching that would settle without grounds are refused, each with what it would mean.
#[test]
fn bold_limits_are_refused() {
    let limits = |lines: &str| format!("{HEAD}{SYSTEM}[matching]\n{lines}");
    for (lines, words) in [
        ("link_probability = 0.4\n", "samkor.toml:7: link_probability måste vara högre än 0.5; vid 0.4"),
        ("clear_probability = 0\n", "clear_probability måste vara högre än 0.5"),
        ("candidate_probability = 0.96\n", "candidate_probability måste vara lägre än link_probability (0.95)"),
        ("candidate_probability = 0\n", "candidate_probability måste vara högre än 0;"),
        ("link_probability = 95\n", "link_probability ska vara ett tal mellan 0 och 1, men där står 95"),
    ] {
        assert_said(&limits(lines), &[words]);
    }
    valid(&limits("link_probability = 0.9999\ncandidate_probability = 0.2\n"));
}

/// A system that is nowhere is told on its own line, with the one that may be meant.
#[test]
fn unknown_systems_are_told_where_they_stand() {
    let login = format!("{HEAD}{SYSTEM}login = \"syss\"\n");
    assert_said(&login, &["samkor.toml:6: inget system har id \"syss\"\n    Menade du \"sys\"?"]);
    let pair = |b: &str| {
        format!("{HEAD}{SYSTEM}[[conflict]]\nname = \"x\"\na = {{ system = \"sys\", role = \"Attest\" }}\nb = {b}\n")
    };
    assert_said(&pair("{ system = \"xyz\", role = \"r\" }"), &["samkor.toml:9: inget system", "System med id: sys"]);
    assert_said(&pair("{ system = \"sys\", role = \"attest\" }"), &["samkor.toml:6: a och b", "samma roll"]);
}

/// One mistake is told once: what a heading with the wrong brackets or a value of the wrong kind hides is not missing.
#[test]
fn a_mistake_is_told_once() {
    let once = |text: &str, words: &str| {
        let said = said(text);
        assert!(said.starts_with(words) && !said.contains("samkor.toml:1: [payroll] sa"), "{said}");
        assert_eq!(said.matches("samkor.toml:").count(), 1, "{said}");
    };
    once(&format!("[[payroll]]\nfile = \"lon.csv\"\n{SYSTEM}"), "samkor.toml:1: rubriken ska vara [payroll]");
    once(&format!("{HEAD}[system]\nid = \"a\"\n"), "samkor.toml:3: rubriken ska vara [[system]]");
    once(&format!("[payroll]\nfile = 5\n{SYSTEM}"), "samkor.toml:2: file ska vara en text");
    once(&format!("{HEAD}{SYSTEM}companies = [\"\"]\n"), "samkor.toml:6: companies innehåller en tom text");
    once(&format!("{HEAD}{SYSTEM}[rules]\ndormant = \"hög\"\n"), "samkor.toml:7: \"hög\" är ingen allvarlighetsgrad");
    assert_said(&format!("{HEAD}{SYSTEM}[rules]\ndormant = \"hög\"\n"), &["Menade du \"high\"?"]);
    assert_said(&format!("{HEAD}{SYSTEM}privileged_roles = [\"a[\"]\n"), &["Mönster skrivs med *"]);
}

/// Pieces that configurations are made of, whole and broken.
const PIECES: &[&str] = &[
    "[payroll]",
    "[[payroll.file]]",
    "[[system]]",
    "[system.columns]",
    "[review]",
    "[",
    "]",
    "[[",
    "{",
    "}",
    "=",
    ",",
    "\"",
    "'",
    "\"\"\"",
    "\\",
    "#",
    "\n",
    "\r\n",
    " ",
    "\t",
    "file",
    "files",
    "columns",
    "as_of",
    "id",
    "join",
    "allow",
    "time_zone",
    "\"a\"",
    "“",
    "å",
    "\u{a0}",
    "\u{feff}",
    "2026-11-31",
    "ja",
    "0,9",
    "-1",
    ".",
    ":",
    "1",
];

fn piece() -> impl Strategy<Value = String> {
    prop_oneof![
        4 => proptest::sample::select(PIECES).prop_map(ToOwned::to_owned),
        1 => ".{0,6}",
    ]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 512, ..ProptestConfig::default() })]

    /// No text brings the reader down, and what is refused is refused with words.
    #[test]
    fn no_text_panics(pieces in prop::collection::vec(piece(), 0..40)) {
        if let Err(errors) = read_all(&pieces.concat()) {
            prop_assert!(errors.iter().next().is_some());
            prop_assert!(!errors.show(Language::Sv).contains(", expected "));
        }
    }
}
