//! The people of the municipality: names, numbers and employments of every kind.

use super::Size;
use super::churn::Former;
use super::names::{FullName, NamePool};
use super::namesakes;
use super::organisation::DEPARTMENTS;
use super::population::Population;
use super::random::Random;
use crate::model::fold;
use chrono::{Datelike, Days, Months, NaiveDate};
use std::collections::BTreeMap;

/// Numbers that Skatteverket publishes for tests, and never gives to a person.
const TEST_NUMBERS: &str = include_str!("data/test-numbers.txt");

/// One employment as payroll has it.
#[derive(Clone, Debug)]
pub struct Job {
    /// Its employee number.
    pub number: String,
    /// Place in the list of departments.
    pub department: usize,
    /// Unit.
    pub unit: &'static str,
    /// Title.
    pub title: &'static str,
    /// Form.
    pub form: &'static str,
    /// First day.
    pub start: NaiveDate,
    /// Last day.
    pub end: Option<NaiveDate>,
    /// Last shift, for those employed by the hour.
    pub last_worked: Option<NaiveDate>,
    /// Leave: why, from when, until when.
    pub leave: Option<(&'static str, NaiveDate, NaiveDate)>,
    /// The month of the review in which payroll got it: payroll adds at the end.
    pub entered: u32,
}

/// One person.
#[derive(Clone, Debug)]
pub struct Human {
    /// Twelve digits; beyond the published numbers people have none in payroll.
    pub personal_number: Option<String>,
    /// Birth date.
    pub birth: NaiveDate,
    /// Registered given names.
    pub given: Vec<&'static str>,
    /// Which of them is used.
    pub call: usize,
    /// Surname, perhaps double.
    pub surname: String,
    /// Work e-mail.
    pub email: String,
    /// User name in the network.
    pub user: String,
    /// Employments.
    pub jobs: Vec<Job>,
    /// Protected personal data.
    pub protected: bool,
    /// Surname and address of before, of those who changed them.
    pub former: Option<Former>,
}

impl Human {
    /// The given name in use.
    pub fn call_name(&self) -> &'static str {
        self.given[self.call]
    }

    /// Given name in use and surname.
    pub fn name(&self) -> String {
        format!("{} {}", self.call_name(), self.surname)
    }

    /// The employee number first given.
    pub fn number(&self) -> &str {
        self.jobs.iter().map(|job| job.number.as_str()).min().unwrap_or("")
    }

    /// How the person stands on a day.
    pub fn standing(&self, day: NaiveDate) -> &'static str {
        let on = |job: &&Job| job.start <= day && job.end.is_none_or(|end| end >= day);
        let engaged = |job: &&Job| job.form == ELECTED;
        let away = |job: &&Job| job.leave.is_some_and(|(_, from, to)| from <= day && to >= day);
        let working: Vec<&Job> = self.jobs.iter().filter(on).collect();
        let employed: Vec<&Job> = working.iter().copied().filter(|job| !engaged(job)).collect();
        if employed.iter().any(|job| !away(job)) {
            "active"
        } else if !employed.is_empty() {
            "leave"
        } else if self.jobs.iter().any(|job| job.start > day) {
            "future"
        } else if !working.is_empty() {
            "engaged"
        } else {
            "ended"
        }
    }

    /// The day the last employment ended, of those who have left.
    pub fn left(&self) -> Option<NaiveDate> {
        let last = self.jobs.iter().map(|job| job.end).collect::<Option<Vec<_>>>()?.into_iter().max()?;
        (last < super::reference_date()).then_some(last)
    }

    /// The job to show: one that goes on, else the last.
    pub fn main_job(&self, day: NaiveDate) -> &Job {
        let on = |job: &Job| job.start <= day && job.end.is_none_or(|end| end >= day);
        self.jobs.iter().max_by_key(|job| (on(job), job.start)).unwrap_or(&self.jobs[0])
    }
}

/// Paid, but not employed.
pub const ELECTED: &str = "Förtroendevald";

/// Employed by the hour.
pub const HOURLY: &str = "Timavlönad";

/// User names handed out: one name space for the whole municipality.
#[derive(Clone, Debug, Default)]
pub struct UserNames(BTreeMap<String, u32>);

impl UserNames {
    /// Three letters of the given name, three of the surname and the next serial number.
    pub fn next(&mut self, given: &str, surname: &str) -> String {
        let three = |text: &str| fold(text).chars().take(3).collect::<String>();
        let stem = format!("{}{}", three(given), three(surname));
        let serial = self.0.entry(stem.clone()).or_default();
        *serial += 1;
        format!("{stem}{serial:02}")
    }
}

/// Addresses handed out.
#[derive(Debug, Default)]
pub struct Mails(BTreeMap<String, u32>);

impl Mails {
    /// förnamn.efternamn, with a number for namesakes.
    pub fn next(&mut self, call: &str, surname: &str) -> String {
        let local = mail_local(call, surname);
        let count = self.0.entry(local.clone()).or_default();
        *count += 1;
        let serial = if *count > 1 { count.to_string() } else { String::new() };
        format!("{local}{serial}@exempelkommunen.se")
    }
}

/// The people, and what is left for others.
pub struct Crowd {
    /// Everyone in payroll.
    pub people: Vec<Human>,
    /// Addresses handed out to them.
    pub mails: Mails,
    /// Personal numbers that none of them bears.
    pub spare_numbers: Vec<&'static str>,
}

/// Makes the people of a municipality. The first of them head the units.
pub fn make(size: &Size, names: &mut UserNames, random: &mut Random) -> Crowd {
    let pool = NamePool::of(size.population);
    let mut numbers: Vec<&str> = TEST_NUMBERS.lines().filter(|line| !line.starts_with('#')).collect();
    random.shuffle(&mut numbers);
    let mut mails = Mails::default();
    let mut people: Vec<Human> = Vec::new();
    for at in 0..size.employees {
        let model = if size.population == Population::Namesakes { namesakes::model(&people, random) } else { None };
        if let (Some(model), Some(left)) = (model, numbers.get_mut(at as usize..)) {
            namesakes::choose_number(left, model, random);
        }
        let number = numbers.get(at as usize).copied();
        let name = |woman: bool, random: &mut Random| {
            let own = pool.draw(woman, random);
            model.map_or(own.clone(), |model| namesakes::name(model, own))
        };
        let mut human = human(at, number, name, &mut mails, names, random);
        if let Some(model) = model.filter(|_| !is_head(at as usize)) {
            namesakes::share_unit(&mut human, model, random);
        }
        people.push(human);
    }
    let spare_numbers = numbers.split_off(people.len().min(numbers.len()));
    Crowd { people, mails, spare_numbers }
}

/// Someone who is employed from a day on, long after the municipality was made.
pub fn newcomer(crowd: &mut Crowd, population: Population, names: &mut UserNames, random: &mut Random) -> Human {
    let at = u32::try_from(crowd.people.len()).unwrap_or(u32::MAX);
    let pool = NamePool::of(population);
    let number = crowd.spare_numbers.pop();
    let name = |woman: bool, random: &mut Random| pool.draw(woman, random);
    let human = human(at, number, name, &mut crowd.mails, names, random);
    let first = Job { number: human.number().to_owned(), ..job(at, String::new(), random) };
    Human { jobs: vec![first], ..human }
}

fn human(
    at: u32,
    number: Option<&str>,
    name: impl FnOnce(bool, &mut Random) -> FullName,
    mails: &mut Mails,
    names: &mut UserNames,
    random: &mut Random,
) -> Human {
    let (birth, woman) = birth_and_sex(number, random);
    let FullName { given, call, surname } = name(woman, random);
    let mut jobs = jobs(at, random);
    jobs.iter_mut()
        .for_each(|job| job.start = job.start.max(first_working_day(birth)).min(job.end.unwrap_or(NaiveDate::MAX)));
    if number.is_none() {
        // Without a personal number only the employee number holds two employments together.
        let first = jobs[0].number.clone();
        jobs.iter_mut().for_each(|job| job.number.clone_from(&first));
    }
    Human {
        user: names.next(given[call], &surname),
        personal_number: number.map(ToOwned::to_owned),
        birth,
        email: mails.next(given[call], &surname),
        given,
        call,
        surname,
        jobs,
        protected: at % 130 == 77,
        former: None,
    }
}

/// Nobody is hired before the age of eighteen, nor all that late before the reference date.
pub fn first_working_day(birth: NaiveDate) -> NaiveDate {
    (birth + Months::new(18 * 12)).min(super::reference_date() - Days::new(100))
}

/// Whether a personal number is a woman's: the last digit but one is even.
pub fn is_woman(number: &str) -> bool {
    number.as_bytes().get(10).is_some_and(|digit| digit.is_multiple_of(2))
}

/// The birth date in a number, or one of a working age.
fn birth_and_sex(number: Option<&str>, random: &mut Random) -> (NaiveDate, bool) {
    let Some(number) = number else {
        let day = NaiveDate::from_ymd_opt(1960, 1, 1).unwrap_or_default();
        return (day + Days::new(u64::from(random.between(0, 16_000))), random.chance(0.75));
    };
    let part = |range: std::ops::Range<usize>| number.get(range).and_then(|t| t.parse::<u32>().ok()).unwrap_or(1);
    let (year, month, day) = (part(0..4), part(4..6), part(6..8));
    let day = if day > 60 { day - 60 } else { day };
    let date = NaiveDate::from_ymd_opt(i32::try_from(year).unwrap_or(1980), month.max(1), day.max(1));
    (date.unwrap_or_default(), is_woman(number))
}

/// förnamn.efternamn.
pub fn mail_local(call: &str, surname: &str) -> String {
    let surname: String = surname.split(' ').map(fold).collect::<Vec<_>>().join(".");
    format!("{}.{surname}", fold(call))
}

/// Employments of every kind, by the shares of an ordinary municipality.
fn jobs(at: u32, random: &mut Random) -> Vec<Job> {
    let reference = super::reference_date();
    let number = |serial: u32| format!("{}", 100_000 + at * 10 + serial);
    let days_before = |days: u32| reference - Days::new(u64::from(days));
    let mut job = job(at, number(0), random);
    job.start = days_before(random.between(200, 9_000));
    let head = is_head(at as usize);
    if head {
        return vec![job];
    }
    match random.unit() {
        x if x < 0.62 => {}
        x if x < 0.72 => {
            job.form = *random.one(&["Vikariat", "Särskild visstidsanställning"]);
            job.start = days_before(random.between(20, 500));
            job.end = Some(reference + Days::new(u64::from(random.between(10, 400))));
        }
        x if x < 0.80 => {
            job.form = HOURLY;
            job.end = random.chance(0.3).then(|| days_before(random.between(1, 300)));
            job.last_worked =
                Some(days_before(random.between(3, 130))).map(|day| job.end.map_or(day, |end| end.min(day)));
        }
        x if x < 0.91 => {
            // Ended since 2024, which is what the extract is stated to hold.
            let longest = u32::try_from((reference - job_day(2024, 1, 2)).num_days()).unwrap_or(1000);
            job.end = Some(days_before(random.between(1, longest)));
            job.start = job.start.min(days_before(longest + 30));
        }
        x if x < 0.925 => job.start = reference + Days::new(u64::from(random.between(1, 60))),
        x if x < 0.945 => (job.form, job.title, job.unit) = (ELECTED, "Ledamot", "Kansli"),
        x if x < 0.975 => {
            let why = *random.one(&["Föräldraledig", "Tjänstledig", "Studieledig"]);
            let from = days_before(random.between(5, 300));
            job.leave = Some((why, from, reference + Days::new(u64::from(random.between(10, 300)))));
        }
        _ => return two_jobs(job, at, number(1), random),
    }
    vec![job]
}

fn job_day(year: i32, month: u32, day: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(year, month, day).unwrap_or_default()
}

/// One employment that ended and another that goes on, or two at once.
fn two_jobs(first: Job, at: u32, number: String, random: &mut Random) -> Vec<Job> {
    let mut second = job(at, number, random);
    let mut first = first;
    if random.chance(0.5) {
        first.end = Some(job_day(2024, 6, 30).max(first.start));
        second.start = first.end.unwrap_or(first.start) + Days::new(u64::from(random.between(1, 200)));
    } else {
        second.start = first.start.with_day(1).unwrap_or(first.start);
    }
    vec![first, second]
}

/// Whether the person of a place heads a unit.
pub fn is_head(at: usize) -> bool {
    at < unit_count()
}

fn unit_count() -> usize {
    DEPARTMENTS.iter().map(|department| department.units.len()).sum()
}

/// Units one after the other, with their department.
fn unit_at(at: usize) -> (usize, &'static str) {
    let all = DEPARTMENTS.iter().enumerate().flat_map(|(d, department)| department.units.iter().map(move |u| (d, *u)));
    all.clone().nth(at).unwrap_or((0, DEPARTMENTS[0].units[0]))
}

fn job(at: u32, number: String, random: &mut Random) -> Job {
    let head = is_head(at as usize);
    let (department, unit) = if head { unit_at(at as usize) } else { somewhere(random) };
    let own = &DEPARTMENTS[department];
    Job {
        number,
        department,
        unit,
        title: if head { own.manager } else { own.titles[random.below(own.titles.len())] },
        form: "Tillsvidareanställning",
        start: job_day(2015, 1, 1),
        end: None,
        last_worked: None,
        leave: None,
        entered: 0,
    }
}

/// Somewhere to work: the place of a department, and a unit.
pub fn somewhere(random: &mut Random) -> (usize, &'static str) {
    let mut place = random.between(1, 100);
    for (at, department) in DEPARTMENTS.iter().enumerate() {
        if place <= department.share {
            return (at, *random.one(department.units));
        }
        place -= department.share;
    }
    (0, DEPARTMENTS[0].units[0])
}

/// The head of a unit: among the first people there is one for each.
pub fn head_of<'p>(people: &'p [Human], unit: &str) -> Option<&'p Human> {
    people.iter().take(unit_count()).find(|human| human.jobs[0].unit == unit)
}
