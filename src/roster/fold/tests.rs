//! Who is one person and what is one employment, told by rows written as payroll writes them.

use super::*;
use crate::model::{EmploymentClass, End, FileIx, NameKey, NameTokens, PersonId, PersonalNumber};
use proptest::prelude::*;

/// Official test numbers: two persons', and a third.
const FIRST: &str = "198912232389";
const SECOND: &str = "199003072387";

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

/// A row by its cells: number, personal number, name, birth date, address, employer, first and last day.
fn row(at: u32, cells: &str) -> PayrollRow {
    let cells: Vec<&str> = cells.split(';').map(str::trim).chain(std::iter::repeat("")).take(11).collect();
    let text = |at: usize| (!cells[at].is_empty()).then(|| cells[at].to_owned());
    let date = |at: usize| text(at).map(|text| day(&text));
    let personal_number = text(1).map(|text| PersonalNumber::read(&text, None, day("2026-11-30")).unwrap().number);
    PayrollRow {
        personal_number,
        number_flaw: None,
        broken_number: None,
        birth_date: personal_number.and_then(PersonalNumber::birth_date).or(date(3)),
        employee_number: text(0),
        hsa_id: None,
        user_name: None,
        email: text(4),
        more_mails: Vec::new(),
        other_names: Vec::new(),
        name: cells[2].to_owned(),
        tokens: NameTokens::whole(cells[2]),
        protected: false,
        perhaps_archived: false,
        employment: Employment {
            start: date(6),
            end: date(7).map_or(End::Open, End::On),
            stated_end: None,
            last_end: date(7),
            terms_from: date(10),
            status: None,
            class: EmploymentClass::Regular,
            form: None,
            company: text(5),
            department: None,
            unit: text(8),
            title: None,
            manager: None,
            leaves: Vec::new(),
            last_worked: None,
            registered: date(9),
            degree: None,
            engagement: None,
            source: SourceRef { file: FileIx(0), sheet: 0, row: at },
            told_in: Vec::new(),
        },
    }
}

fn rows(lines: &[&str]) -> Vec<PayrollRow> {
    lines.iter().zip(2..).map(|(cells, at)| row(at, cells)).collect()
}

fn names() -> NameKey {
    NameKey::of_content(std::iter::empty())
}

fn folded(lines: &[&str]) -> Folded {
    fold(&rows(lines), &[None], &names())
}

fn persons(lines: &[&str]) -> Vec<Person> {
    folded(lines).persons
}

fn ends(lines: &[&str]) -> Vec<Option<NaiveDate>> {
    persons(lines).iter().flat_map(|person| &person.employments).map(|e| e.end.date()).collect()
}

/// Quite other names under one number are two persons, each with an id of their own, and the number is no key.
#[test]
fn a_number_of_two_people_is_no_key() {
    let folded = folded(&["1050;;Vera Sandell;;;Kommunen", "1050;;Tor Gillberg;;;Bolaget", "1051;;Siv Broman"]);
    let ids: Vec<&str> = folded.persons.iter().map(|person| person.id.0.as_str()).collect();
    assert!(ids[..2].iter().all(|id| id.starts_with("1050-p") && id.len() == 10), "{ids:?}");
    assert!(ids[0] != ids[1] && ids[2] == "1051", "{ids:?}");
    for person in &folded.persons[..2] {
        assert_eq!((person.employee_numbers.len(), person.shared_numbers.len()), (0, 1));
    }
    assert_eq!(folded.counts[0].shared_numbers, 1);
}

/// One person written in several ways under one number stays one.
#[test]
fn one_person_is_called_several_things() {
    for (a, b) in [
        ("1;;Anna Lind", "1;;Lind, Anna"),
        ("1;;Anna Lind", "1;;Anna Berg"),
        ("1;;Lars Norell", "1;;Lasse Norell"),
        ("1;;Anna Lind;1985-06-14;;A", "1;;Anna Berg;1985-06-14;;B"),
        ("1;;Anna Lind;;anna@ex.se;A", "1;;Anna Berg;;anna@ex.se;B"),
        ("1;;Anna Lind;1985-06-14", "1;;Anna Lind;1985-06-15"),
        ("01;;Anna Lind", "1;;Anna Lind"),
        ("1;198912232389;Anna Lind", "2;198912232389;Anna Berg"),
    ] {
        assert_eq!(persons(&[a, b]).len(), 1, "{a} | {b}");
    }
}

/// What contradicts is two persons: another given name, another birth date, another personal number, and between
/// employers a given name alone.
#[test]
fn what_contradicts_is_two_persons() {
    for (a, b) in [
        ("1;;Anna Andersson", "1;;Erik Andersson"),
        ("1;;Anna Lind;1985-06-14", "1;;Anna Lind;1962-01-02"),
        ("1;198912232389;Anna Lind", "1;199003072387;Anna Lind"),
        ("1;;Anna Lind;;;Kommunen", "1;;Anna Berg;;;Bolaget"),
        ("1;;Anna Lind;1985-06-14", "2;;Anna Lind;1985-06-14"),
        (";;Anna Lind;;post@ex.se", ";;Tor Gillberg;;post@ex.se"),
    ] {
        assert_eq!(persons(&[a, b]).len(), 2, "{a} | {b}");
    }
}

/// A personal number under quite other names is two persons' and a key for neither, nor is the birth date in it; rows
/// that are called alike stay one, and one without a name is put to nobody.
#[test]
fn a_personal_number_of_two_names_is_no_key() {
    let line = |number: u32, name: &str| format!("{number};{FIRST};{name}");
    let lines = [line(1, "Vera Sandell"), line(2, "Tor Gillberg"), line(3, "Vera Gillström"), line(4, "")];
    let lines: Vec<&str> = lines.iter().map(String::as_str).collect();
    let folded = persons(&lines);
    let numbers: Vec<&[String]> = folded.iter().map(|person| &person.employee_numbers[..]).collect();
    assert_eq!(numbers, [&["1".to_owned(), "3".to_owned()][..], &["2".to_owned()], &["4".to_owned()]]);
    for person in &folded {
        assert_eq!((person.personal_number, person.birth_date), (None, None));
        assert!(person.contested_number.is_some());
    }
    assert_eq!(persons(&lines[3..]).len(), 1);
    assert_eq!(persons(&[lines[0], lines[2], lines[3]]).len(), 1);
}

/// Of two names under one personal number a mark protects both: one may be the other's name of before.
#[test]
fn a_mark_beside_a_personal_number_protects_both() {
    let mut rows = rows(&[&format!("1;{FIRST};Vera Sandell"), &format!("2;{FIRST};Tor Gillberg"), "3;;Per Ek"]);
    rows[0].protected = true;
    let persons = fold(&rows, &[None], &names()).persons;
    let hidden: Vec<&str> = persons.iter().filter(|p| p.protected).map(|p| p.name.as_str()).collect();
    assert_eq!(hidden, ["Vera Sandell", "Tor Gillberg"]);
}

/// Numbers that two employers have each given to somebody are of two series where that is their way; one or two may be
/// slips, and so is one that an employer has given twice.
#[test]
fn employers_may_have_series_of_their_own() {
    let here = ["1;;Vera Sandell;;;A", "2;;Tor Gillberg;;;A", "3;;Siv Broman;;;A", "4;;Per Ek;;;A"];
    let there = ["1;;Ida Rosell;;;B", "2;;Olle Granath;;;B", "3;;Hugo Malmros;;;B", "4;;Rut Ståhl;;;A"];
    let serial = |lines: &[&str]| {
        let folded = folded(lines);
        let told: usize = folded.persons.iter().map(|person| person.serial_numbers.len()).sum();
        (told, folded.counts[0].serial_numbers, folded.counts[0].shared_numbers)
    };
    assert_eq!(serial(&[here, there].concat()), (6, 3, 1));
    assert_eq!(serial(&[&here[..2], &there[..2]].concat()), (0, 0, 2));
}

/// The date in a damaged personal number keeps nobody apart from themselves, and joins no other name.
#[test]
fn a_damaged_number_proves_nothing() {
    let mut same = rows(&["1;;Ada Falk;1985-01-01", &format!("1;{FIRST};Ada Falk")]);
    same[0].number_flaw = Some(crate::model::Flaw::Placeholder);
    assert_eq!(fold(&same, &[None], &names()).persons.len(), 1);
    let mut other = rows(&["1;;Tor Gillberg;1985-01-01", &format!("1;{FIRST};Ada Falk")]);
    other[0].number_flaw = Some(crate::model::Flaw::Placeholder);
    assert_eq!(fold(&other, &[None], &names()).persons.len(), 2);
}

/// An address joins who is called the same, also under a new number, until it turns out to be a post's.
#[test]
fn an_address_joins_while_it_is_one_persons() {
    assert_eq!(persons(&["1;;Vera Sandell;;vera@ex.se", "2;;Vera Sandell;;Vera@ex.se"]).len(), 1);
    assert_eq!(persons(&["1;;Anna Lind;;anna.lind@ex.se", "2;;Anna Berg;;anna.lind@ex.se"]).len(), 1);
    assert_eq!(persons(&["1;;Anna Lind;;chef@ex.se", "2;;Anna Berg;;chef@ex.se"]).len(), 2);
    let post = ["1;;Vera Sandell;;chef@ex.se", "2;;Vera Sandell;;chef@ex.se", "3;;Tor Gillberg;;chef@ex.se"];
    assert_eq!(persons(&post).len(), 3);
    assert_eq!(folded(&post).counts[0].shared_addresses, 1);
}

/// A row that could be either of two persons is neither's, and a mark on it protects both.
#[test]
fn where_it_cannot_be_told_both_are_protected() {
    let mut rows =
        rows(&[&format!("1;{FIRST};Anna Lind"), &format!("1;{SECOND};Anna Lind"), "1;;Anna Lind", "2;;Per Ek"]);
    rows[2].protected = true;
    let persons = fold(&rows, &[None], &names()).persons;
    assert_eq!(persons.len(), 4);
    let hidden: Vec<&str> = persons.iter().filter(|p| p.protected).map(|p| p.name.as_str()).collect();
    assert_eq!(hidden, ["Anna Lind"; 3]);
}

/// A mark stays with its person where the two under one number are clearly two.
#[test]
fn a_mark_stays_with_its_person() {
    let mut rows = rows(&["1050;;Vera Sandell", "1050;;Tor Gillberg"]);
    rows[0].protected = true;
    let persons = fold(&rows, &[None], &names()).persons;
    let hidden: Vec<&str> = persons.iter().filter(|p| p.protected).map(|p| p.name.as_str()).collect();
    assert_eq!(hidden, ["Vera Sandell"]);
}

/// Of an employment told twice a stated end beats none, in whichever order; other first days are other employments.
#[test]
fn a_stated_end_beats_none() {
    let (open, ended) = ("1;;Eva Lind;;;;2015-01-01;", "1;;Eva Lind;;;;2015-01-01;2026-06-30");
    assert_eq!(ends(&[open, ended]), [Some(day("2026-06-30"))]);
    assert_eq!(ends(&[ended, open]), [Some(day("2026-06-30"))]);
    assert_eq!(ends(&[ended, "1;;Eva Lind;;;;2026-07-01;"]), [Some(day("2026-06-30")), None]);
    // Without a first day nothing says that two rows tell one employment.
    assert_eq!(ends(&["1;;Eva Lind;;;;;2020-01-01", "1;;Eva Lind"]).len(), 2);
    let twice = folded(&[open, ended]);
    assert_eq!((twice.counts[0].told_again, twice.persons[0].employments[0].told_in.len()), (1, 1));
}

/// Rows of terms in turn are one employment that ends with the last of them; a stretch that goes on beyond the last one, or
/// a last day of the employment on older terms alone, leaves the end unknown; days between that are nobody's part two.
#[test]
fn terms_in_turn_end_with_the_last_of_them() {
    let line = |end: &str, from: &str| format!("1;;Eva Lind;;;;2007-04-02;{end};;;{from}");
    let told = |lines: &[(&str, &str)]| -> Vec<(Option<NaiveDate>, End)> {
        let lines: Vec<String> = lines.iter().map(|(end, from)| line(end, from)).collect();
        let lines: Vec<&str> = lines.iter().map(String::as_str).collect();
        persons(&lines).iter().flat_map(|person| &person.employments).map(|e| (e.start, e.end)).collect()
    };
    let began = Some(day("2007-04-02"));
    let (first, on) = (("2025-12-31", "2007-04-02"), |end: &str| End::On(day(end)));
    for rows in [[first, ("", "2026-01-01")], [("", "2026-01-01"), first]] {
        assert_eq!(told(&rows), [(began, End::Open)]);
    }
    assert_eq!(told(&[first, ("2026-09-24", "2026-01-01")]), [(began, on("2026-09-24"))]);
    assert_eq!(told(&[("", "2007-04-02"), ("2015-12-31", "2010-01-01")]), [(began, End::Unknown)]);
    let apart = told(&[first, ("", "2027-03-01")]);
    assert_eq!(apart, [(began, on("2025-12-31")), (Some(day("2027-03-01")), End::Open)]);
    // The same terms told twice are a revision, and not a stretch that follows.
    assert_eq!(told(&[("", "2007-04-02"), ("2026-06-30", "2007-04-02")]), [(began, on("2026-06-30"))]);
}

/// Where the last stretch is still to come, the work is that of the one that holds on the day of the extract.
#[test]
fn the_work_is_that_of_now() {
    let lines = [
        "1;;Eva Lind;;;;2007-04-02;2025-12-31;Björkskolan;;2007-04-02",
        "1;;Eva Lind;;;;2007-04-02;2026-12-31;Hemtjänsten;;2026-01-01",
        "1;;Eva Lind;;;;2007-04-02;;Kansliet;;2027-01-01",
    ];
    let told = |exported: &str| {
        let folded = fold(&rows(&lines), &[Some(day(exported))], &names());
        let own = &folded.persons[0].employments;
        assert_eq!((own.len(), own[0].end), (1, End::Open));
        own[0].unit.clone().unwrap()
    };
    assert_eq!(["2025-06-30", "2026-11-30", "2027-01-01"].map(told), ["Björkskolan", "Hemtjänsten", "Kansliet"]);
}

/// Of two ends the one registered later holds; where nothing tells which is later, the earlier.
#[test]
fn of_two_ends_the_later_registered_holds() {
    let line = |end: &str, registered: &str| format!("1;;Eva Lind;;;;2015-01-01;{end};;{registered}");
    let (first, second) = (line("2026-06-30", "2026-05-01"), line("2027-01-31", "2026-06-15"));
    assert_eq!(ends(&[&first, &second]), [Some(day("2027-01-31"))]);
    assert_eq!(ends(&[&second, &first]), [Some(day("2027-01-31"))]);
    let (first, second) = (line("2026-06-30", ""), line("2027-01-31", ""));
    assert_eq!(ends(&[&first, &second]), [Some(day("2026-06-30"))]);
}

/// In a file that tells most employments again the later row holds, also where the newest stands first, and where
/// it has no first days.
#[test]
fn a_history_is_read_in_its_order() {
    for start in ["2015-01-01", ""] {
        history_is_read(|number, name, end| format!("{number};;{name};;;;{start};{end}"));
    }
}

fn history_is_read(line: impl Fn(u32, &str, &str) -> String) {
    let mut oldest_first = Vec::new();
    for (number, name) in (1..).zip(["Eva Lind", "Per Ek", "Siv Broman", "Tim Norell"]) {
        oldest_first.push(line(number, name, ""));
        oldest_first.push(line(number, name, "2026-06-30"));
        oldest_first.push(line(number, name, "2027-01-31"));
    }
    let newest_first: Vec<String> = oldest_first.iter().rev().cloned().collect();
    for lines in [oldest_first, newest_first] {
        let lines: Vec<&str> = lines.iter().map(String::as_str).collect();
        assert_eq!(ends(&lines), [Some(day("2027-01-31")); 4]);
    }
}

/// The extract that was made later holds over an earlier one of the same employment.
#[test]
fn the_later_extract_holds() {
    let mut rows = rows(&["1;;Eva Lind;;;;2015-01-01;2027-01-31", "1;;Eva Lind;;;;2015-01-01;2026-06-30"]);
    rows[1].employment.source.file = FileIx(1);
    let of = |exported: [&str; 2]| {
        fold(&rows, &exported.map(|text| Some(day(text))), &names()).persons[0].employments[0].end.date()
    };
    assert_eq!(of(["2026-11-01", "2026-10-01"]), Some(day("2027-01-31")));
    assert_eq!(of(["2026-10-01", "2026-11-01"]), Some(day("2026-06-30")));
}

/// Jobs that began on one day at two units are two while they end alike or fit into full time; else a revision.
#[test]
fn jobs_side_by_side_are_told_from_a_revision() {
    let line = |end: &str, unit: &str| format!("1;;Eva Lind;;;;2015-01-01;{end};{unit}");
    let (here, there) = (line("", "Skolan"), line("", "Biblioteket"));
    assert_eq!(ends(&[&here, &there]).len(), 2);
    let moved = line("2026-06-30", "Biblioteket");
    assert_eq!(ends(&[&here, &moved]), [Some(day("2026-06-30"))]);
    let mut parts = rows(&[&here, &moved]);
    (parts[0].employment.degree, parts[1].employment.degree) = (Some(600), Some(400));
    assert_eq!(fold(&parts, &[None], &names()).persons[0].employments.len(), 2);
}

/// A number that a crowd has is nobody's, and takes no time to find out.
#[test]
fn a_number_of_a_crowd_joins_nobody() {
    let lines: Vec<String> = (0..3_000).map(|at| format!("9999;;Namn{at} Efter{at};;post@ex.se")).collect();
    let lines: Vec<&str> = lines.iter().map(String::as_str).collect();
    let persons = persons(&lines);
    assert_eq!(persons.len(), 3_000);
    assert!(persons.iter().all(|person| person.employee_numbers.is_empty()));
}

/// What a person is, without the place of the rows.
fn told(persons: &[Person]) -> Vec<String> {
    let employment = |e: &Employment| format!("{:?} {:?} {:?} {}", e.start, e.end, e.unit, e.told_in.len());
    let person = |p: &Person| {
        let employments: Vec<String> = p.employments.iter().map(employment).collect();
        let keys = (&p.employee_numbers, &p.shared_numbers, &p.email, p.birth_date, p.personal_number);
        format!("{} {} {keys:?} {} {employments:?}", p.id.0, p.name, p.protected)
    };
    persons.iter().map(person).collect()
}

fn any_row() -> impl Strategy<Value = String> {
    let number = prop::sample::select(vec!["", "1", "2", "3"]);
    let personal = prop::sample::select(vec!["", "", "", FIRST, SECOND]);
    let name = prop::sample::select(vec!["Anna Lind", "Anna Berg", "Lind Anna", "Tor Gillberg", "Karin Berg", "Lind"]);
    let born = prop::sample::select(vec!["", "", "1985-06-14", "1962-01-02"]);
    let mail = prop::sample::select(vec!["", "", "anna.lind@ex.se", "post@ex.se"]);
    let company = prop::sample::select(vec!["", "Kommunen", "Bolaget"]);
    let start = prop::sample::select(vec!["", "2015-01-01", "2020-01-01"]);
    let end = prop::sample::select(vec!["", "", "2026-06-30", "2027-01-31"]);
    let rest = (company, start, end, prop::sample::select(vec!["", "Skolan"]));
    (number, personal, name, born, mail, rest).prop_map(|(number, personal, name, born, mail, rest)| {
        let (company, start, end, unit) = rest;
        format!("{number};{personal};{name};{born};{mail};{company};{start};{end};{unit}")
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    /// The order in which rows are read decides nothing, down to ids and sources.
    #[test]
    fn reading_order_decides_nothing(lines in prop::collection::vec(any_row(), 1..14), turn in 0usize..14) {
        let mut rows: Vec<PayrollRow> = lines.iter().zip(2..).map(|(cells, at)| row(at, cells)).collect();
        rows[0].protected = true;
        let before = fold(&rows, &[None], &names()).persons;
        let middle = turn % rows.len();
        rows.rotate_left(middle);
        rows[..].reverse();
        let after = fold(&rows, &[None], &names()).persons;
        let sources = |persons: &[Person]| persons.iter().map(|p| p.source).collect::<Vec<_>>();
        prop_assert_eq!(told(&before), told(&after));
        prop_assert_eq!(sources(&before), sources(&after));
    }

    /// Nor does where rows stand in a file that is no history.
    #[test]
    fn places_decide_nothing(lines in prop::collection::vec(any_row(), 1..14), turn in 0usize..14) {
        let starts = (1u64..).map(|at| (day("2000-01-01") + chrono::Days::new(at)).to_string());
        let lines: Vec<String> = lines.iter().zip(starts).map(|(cells, start)| {
            let mut cells: Vec<&str> = cells.split(';').collect();
            cells[6] = &start;
            cells.join(";")
        }).collect();
        let number = |lines: &[String]| -> Vec<PayrollRow> {
            lines.iter().zip(2..).map(|(cells, at)| row(at, cells)).collect()
        };
        let mut turned = lines.clone();
        turned.rotate_left(turn % lines.len());
        prop_assert_eq!(told(&fold(&number(&lines), &[None], &names()).persons), told(&fold(&number(&turned), &[None], &names()).persons));
    }

    /// Ids are unique, a number is one person's or no key, no row is lost, and nobody holds two personal numbers.
    #[test]
    fn what_folding_promises(lines in prop::collection::vec(any_row(), 1..14)) {
        let rows: Vec<PayrollRow> = lines.iter().zip(2..).map(|(cells, at)| row(at, cells)).collect();
        let persons = fold(&rows, &[None], &names()).persons;
        let ids: BTreeSet<&PersonId> = persons.iter().map(|p| &p.id).collect();
        prop_assert_eq!(ids.len(), persons.len());
        let keys: Vec<&String> = persons.iter().flat_map(|p| &p.employee_numbers).collect();
        prop_assert_eq!(keys.iter().collect::<BTreeSet<_>>().len(), keys.len());
        let employments = || persons.iter().flat_map(|p| &p.employments);
        let told: usize = employments().map(|e| 1 + e.told_in.len()).sum();
        prop_assert_eq!(told, rows.len());
        for number in [FIRST, SECOND] {
            let number = PersonalNumber::read(number, None, day("2026-11-30")).unwrap().number;
            prop_assert!(persons.iter().filter(|p| p.personal_number == Some(number)).count() <= 1);
        }
    }
}
