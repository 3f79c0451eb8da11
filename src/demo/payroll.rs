//! Payroll's extract: title lines, one row an employment, a total at the end.

use super::Municipality;
use super::organisation::DEPARTMENTS;
use super::people::{Human, Job, head_of};
use super::population::Population;
use chrono::{Days, NaiveDate};

/// One employment, and what its row tells of.
struct Row<'a> {
    people: &'a [Human],
    human: &'a Human,
    job: &'a Job,
    /// The day of the extract.
    extract: NaiveDate,
    /// The first has 1.
    number: usize,
}

type Column = (&'static str, fn(&Row<'_>) -> String);

const ADDRESS: &str = "E-post";

/// Days from payroll's extract to the reference date.
pub const BEFORE: Days = Days::new(2);

const COLUMNS: [Column; 21] = [
    ("Anst.nr", |row| row.job.number.clone()),
    ("Personnummer", |row| row.human.personal_number.as_deref().map(hyphenated).unwrap_or_default()),
    ("Födelsedatum", |row| row.human.birth.to_string()),
    ("Förnamn", |row| row.human.given.join(" ")),
    ("Tilltalsnamn", |row| row.human.call_name().to_owned()),
    ("Efternamn", |row| row.human.surname.clone()),
    ("Förvaltning", |row| DEPARTMENTS[row.job.department].name.to_owned()),
    ("Enhet", |row| row.job.unit.to_owned()),
    ("Befattning", |row| row.job.title.to_owned()),
    ("Anställningsform", |row| row.job.form.to_owned()),
    ("Anställd fr.o.m.", |row| row.job.start.to_string()),
    ("Anställd t.o.m.", |row| day(row.job.end)),
    ("Frånvaroorsak", |row| row.job.leave.map(|(why, ..)| why.to_owned()).unwrap_or_default()),
    ("Ledig fr.o.m.", |row| day(row.job.leave.map(|(_, from, _)| from))),
    ("Ledig t.o.m.", |row| day(row.job.leave.map(|(.., to)| to))),
    ("Senaste arbetspass", |row| day(row.job.last_worked)),
    ("Närmaste chef", manager),
    (ADDRESS, |row| row.human.email.clone()),
    ("Skyddade personuppgifter", |row| if row.human.protected { "J" } else { "" }.to_owned()),
    ("Registreringsdatum", |row| registered(row).to_string()),
    ("Månadslön", |row| format!("{}", 27_000 + row.number % 90 * 250)),
];

/// UTF-8 with a mark, `;`.
pub fn text(made: &Municipality) -> String {
    let told = |column: &&Column| column.0 != ADDRESS || made.population != Population::NoMail;
    let columns: Vec<&Column> = COLUMNS.iter().filter(told).collect();
    let extract = made.month.day() - BEFORE;
    let mut text = format!("\u{feff}Exempelkommunen;;;\r\nAnställningsuppgifter, uttag {extract};;;\r\n\r\n");
    let mut line = |cells: Vec<String>| {
        text.push_str(&cells.join(";"));
        text.push_str("\r\n");
    };
    line(columns.iter().map(|(head, _)| (*head).to_owned()).collect());
    let people = &made.crowd.people;
    let mut employments: Vec<(&Human, &Job)> =
        people.iter().flat_map(|human| human.jobs.iter().map(move |job| (human, job))).collect();
    employments.sort_by_key(|(_, job)| job.entered);
    let mut rows = 1;
    for (human, job) in employments {
        let row = Row { people, human, job, extract, number: rows };
        line(columns.iter().map(|(_, cell)| cell(&row)).collect());
        rows += 1;
    }
    line(columns.iter().map(|(head, _)| destroyed(head).to_owned()).collect());
    let total = [("Anst.nr", "Summa".to_owned()), ("Personnummer", format!("{rows} anställningar"))];
    let of_total = |head: &str| total.iter().find(|(own, _)| *own == head).map(|(_, cell)| cell.clone());
    line(columns.iter().map(|(head, _)| of_total(head).unwrap_or_default()).collect());
    text
}

/// A row that Excel has been at: the number's digits are lost, and there is no other key.
fn destroyed(head: &str) -> &'static str {
    match head {
        "Personnummer" => "1,97001E+11",
        "Förnamn" => "Kim",
        "Efternamn" => "Okänd",
        "Anställningsform" => "Timavlönad",
        "Anställd fr.o.m." => "2024-05-01",
        _ => "",
    }
}

fn day(known: Option<NaiveDate>) -> String {
    known.map(|day| day.to_string()).unwrap_or_default()
}

fn manager(row: &Row<'_>) -> String {
    let head = head_of(row.people, row.job.unit).filter(|head| head.number() != row.human.number());
    head.map(Human::name).unwrap_or_default()
}

/// When payroll heard of it: of a beginning before it, and of one end in four only afterwards.
fn registered(row: &Row<'_>) -> NaiveDate {
    let extract = row.extract;
    let late = Days::new(u64::try_from(row.number % 37).unwrap_or(0) + 5);
    match row.job.end.filter(|end| *end < extract) {
        Some(end) if row.number.is_multiple_of(4) => (end + late).min(extract),
        Some(end) => end - Days::new(20),
        None => row.job.start.min(extract) - Days::new(10),
    }
}

/// A personal number with its hyphen.
pub fn hyphenated(number: &str) -> String {
    format!("{}-{}", &number[..8], &number[8..])
}
