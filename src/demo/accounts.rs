//! Accounts in the municipality's systems, each with its true holder.

use super::Size;
use super::cause::Cause;
use super::course::Course;
use super::outsiders::Outsiders;
use super::people::{Crowd, ELECTED, Human, UserNames};
use super::random::Random;
use super::slips;
use super::stated::Stated;
use super::system_kind::SystemKind;
use crate::model::fold;
use chrono::{Days, NaiveDate};

/// One account and the truth about it.
#[derive(Clone, Debug)]
pub struct Made {
    /// Its name.
    pub name: String,
    /// Its holder's place among the people; `None` for nobody in payroll.
    pub holder: Option<usize>,
    /// Given name and surname as the system has them.
    pub called: (String, String),
    /// Title or description.
    pub note: String,
    /// personal, admin, service, shared, test.
    pub class: &'static str,
    /// Whether it is active.
    pub active: bool,
    /// Day it was made.
    pub created: NaiveDate,
    /// Last sign-in.
    pub last_login: Option<NaiveDate>,
    /// Roles.
    pub roles: Vec<&'static str>,
    /// High rights.
    pub privileged: bool,
    /// Named owner, for what is nobody's.
    pub owner: Option<String>,
    /// What makes it difficult.
    pub cause: Cause,
    /// Whether the system's own keys are filled in.
    pub keyed: bool,
    /// What the system says of the holder.
    pub stated: Stated,
    /// What becomes of it over the months of a review.
    pub course: Course,
}

impl Made {
    /// An account of a class with nothing in it yet.
    pub fn blank(class: &'static str) -> Self {
        Self {
            name: String::new(),
            holder: None,
            called: (String::new(), String::new()),
            note: String::new(),
            class,
            active: true,
            created: super::reference_date(),
            last_login: None,
            roles: Vec::new(),
            privileged: false,
            owner: None,
            cause: Cause::None,
            keyed: false,
            stated: Stated::default(),
            course: Course::default(),
        }
    }
}

impl Made {
    /// Says nothing of a key that is not filled in.
    pub fn with_keys(self, kind: SystemKind) -> Self {
        let stated = if self.keyed { self.stated } else { self.stated.without_key(kind) };
        Self { stated, ..self }
    }

    /// Loses the key it has.
    pub fn lose_key(&mut self, kind: SystemKind) {
        self.keyed = false;
        self.stated = std::mem::take(&mut self.stated).without_key(kind);
    }

    /// Whether somebody, in payroll or not, uses it every day.
    pub fn is_everyday(&self) -> bool {
        self.class == "personal"
    }
}

/// One system.
pub struct SystemMade {
    /// Which.
    pub kind: SystemKind,
    /// Its id.
    pub id: &'static str,
    /// Its accounts.
    pub accounts: Vec<Made>,
}

/// Makes every system. `Size::accounts` scales how many people have an account in each.
pub fn make(crowd: &Crowd, size: &Size, names: &mut UserNames, random: &mut Random) -> Vec<SystemMade> {
    let kinds = size.population.systems();
    let factor = size.accounts.map_or(1.0, |wanted| factor_for(f64::from(wanted), kinds, &crowd.people));
    let outside = size.population.outside_percent();
    let mut made = |kind: &SystemKind| {
        let mut accounts = of_people(*kind, crowd, factor, names, random);
        add_others(*kind, crowd, outside, &mut accounts, names, random);
        SystemMade { kind: *kind, id: kind.id(), accounts }
    };
    kinds.iter().map(&mut made).collect()
}

/// How much likelier everyone must be to have an account for so many in all: by halving, since nobody
/// has more than one everyday account in a system.
fn factor_for(wanted: f64, kinds: &[SystemKind], people: &[Human]) -> f64 {
    let expected = |factor: f64| -> f64 {
        kinds.iter().flat_map(|kind| people.iter().map(|h| (kind.share(h) * factor).min(1.0))).sum()
    };
    let (mut low, mut high) = (0.0, 128.0);
    for _ in 0..40 {
        let middle = (low + high) / 2.0;
        if expected(middle) < wanted { low = middle } else { high = middle }
    }
    high
}

/// Accounts of those in payroll.
fn of_people(kind: SystemKind, crowd: &Crowd, factor: f64, names: &mut UserNames, random: &mut Random) -> Vec<Made> {
    let mut accounts = Vec::new();
    for (at, human) in crowd.people.iter().enumerate() {
        if random.chance((kind.share(human) * factor).min(1.0)) {
            accounts.extend(of_person(kind, at, crowd, names, random));
            if kind == SystemKind::School && at % 40 == 5 {
                // Someone forgot the old account when a new one was made.
                accounts.extend(of_person(kind, at, crowd, names, random).map(|old| renumbered(old, names)));
            }
        }
    }
    accounts
}

/// Accounts of people outside, so many of a hundred, and of nobody.
fn add_others(
    kind: SystemKind,
    crowd: &Crowd,
    outside_percent: usize,
    accounts: &mut Vec<Made>,
    names: &mut UserNames,
    random: &mut Random,
) {
    let people = &crowd.people;
    let outsiders = Outsiders { people, numbers: &crowd.spare_numbers };
    let outside = accounts.len() * outside_percent / (100 - outside_percent) + 1;
    accounts.extend((0..outside).map(|_| outsiders.make(kind, names, random)));
    match kind {
        SystemKind::School => accounts.extend((0..people.len() / 10).map(|at| pupil(at, people, random))),
        SystemKind::Cloud => accounts.extend((0..people.len() / 80 + 1).map(|at| guest(at, people, random))),
        SystemKind::Directory => {
            administrators(people, accounts, random);
            impersonal(people, accounts, random);
        }
        SystemKind::Care | SystemKind::Finance | SystemKind::Permits => {}
    }
}

/// A second account has a name of its own.
fn renumbered(account: Made, names: &mut UserNames) -> Made {
    let name = names.next(&account.called.0, &account.called.1);
    Made { name, ..account }
}

/// An everyday account; those of leavers are mostly closed or gone.
pub fn of_person(
    kind: SystemKind,
    at: usize,
    crowd: &Crowd,
    names: &mut UserNames,
    random: &mut Random,
) -> Option<Made> {
    let reference = super::reference_date();
    let human = &crowd.people[at];
    let job = human.main_job(reference);
    let standing = human.standing(reference);
    let forgotten = standing == "ended" && random.chance(0.12);
    if standing == "ended" && !forgotten && random.chance(0.45) {
        return None;
    }
    if job.form == ELECTED && kind != SystemKind::Directory {
        return None;
    }
    // Whoever came back after a gap often got the old account again.
    let first = human.jobs.iter().map(|job| job.start).min().unwrap_or(job.start);
    let created = first.min(reference - Days::new(3)) - Days::new(u64::from(random.between(0, 5)));
    let last = match job.end.filter(|_| standing == "ended") {
        Some(end) if forgotten && random.chance(0.4) => end + Days::new(u64::from(random.between(1, 20))),
        Some(end) => end - Days::new(u64::from(random.between(0, 40))),
        None if random.chance(0.03) => reference - Days::new(u64::from(random.between(120, 700))),
        None => reference - Days::new(u64::from(random.between(4, 30))),
    };
    let signed_in = job.start <= reference && !random.chance(0.02);
    let maiden = &crowd.people[(at * 7 + 3) % crowd.people.len()].surname;
    let (called, cause) = slips::called(human, maiden, random);
    let made = Made {
        name: match kind {
            SystemKind::Cloud => human.email.clone(),
            SystemKind::Permits => signature(human, names),
            _ if random.chance(kind.same_name_share()) => human.user.clone(),
            _ => names.next(human.call_name(), &human.surname),
        },
        holder: Some(at),
        called,
        cause,
        stated: Stated::of(human),
        keyed: random.chance(kind.key_share()),
        note: job.title.to_owned(),
        active: standing != "ended" || forgotten,
        created,
        last_login: signed_in.then_some(last.clamp(created, reference - Days::new(3))),
        roles: roles(kind, random),
        ..Made::blank("personal")
    };
    Some(made.with_keys(kind))
}

/// The old system's own names: two letters of each and a number.
fn signature(human: &Human, names: &mut UserNames) -> String {
    let two = |word: &str| word.chars().take(2).collect::<String>();
    names.next(&two(human.call_name()), &two(&human.surname))
}

/// One or two roles of a system.
pub fn roles(kind: SystemKind, random: &mut Random) -> Vec<&'static str> {
    let all = kind.roles();
    let mut roles = vec![*random.one(all)];
    if random.chance(0.3) {
        roles.push(*random.one(all));
    }
    roles.dedup();
    roles
}

/// A pupil: left out of the review on purpose.
fn pupil(at: usize, people: &[Human], random: &mut Random) -> Made {
    let reference = super::reference_date();
    Made {
        name: format!("elev{at:04}"),
        called: (random.one(people).call_name().to_owned(), random.one(people).surname.clone()),
        created: reference - Days::new(u64::from(random.between(30, 900))),
        roles: vec!["Elev"],
        ..Made::blank("pupil")
    }
}

/// A guest of the cloud's directory.
fn guest(at: usize, people: &[Human], random: &mut Random) -> Made {
    let surname = fold(&random.one(people).surname);
    Made {
        name: format!("{surname}{at}_konsult.example#EXT#@exempelkommunen.onmicrosoft.example"),
        called: (String::new(), String::new()),
        note: "Konsult".to_owned(),
        class: "external",
        ..pupil(at, people, random)
    }
}

/// Accounts of high rights for those who work with IT.
fn administrators(people: &[Human], accounts: &mut Vec<Made>, random: &mut Random) {
    let reference = super::reference_date();
    let of_it = |human: &Human| human.jobs.iter().any(|job| job.unit == "IT");
    for (at, _) in people.iter().enumerate().filter(|(_, human)| of_it(human)) {
        let Some(everyday) = accounts.iter().find(|account| account.holder == Some(at)) else { continue };
        let used = random.chance(0.8);
        accounts.push(Made {
            name: format!("adm-{}", everyday.name),
            class: "admin",
            keyed: false,
            stated: Stated { unit: everyday.stated.unit.clone(), ..Stated::default() },
            note: "Administratörskonto".to_owned(),
            privileged: true,
            last_login: Some(reference - Days::new(u64::from(if used { random.between(4, 12) } else { 200 }))),
            roles: vec!["Domain Admins"],
            ..everyday.clone()
        });
    }
}

/// Service, shared and test accounts, most with an owner.
fn impersonal(people: &[Human], accounts: &mut Vec<Made>, random: &mut Random) {
    let reference = super::reference_date();
    let owner = people.iter().find(|human| human.jobs[0].unit == "IT").map_or("", Human::number);
    let left = people.iter().find(|human| human.standing(reference) == "ended" && !human.protected);
    let left = left.map(|human| human.number().to_owned());
    let list: [(&str, &str, &'static str, bool); 11] = [
        ("xk7p", "", "unknown", false),
        ("svc_backup", "Säkerhetskopiering", "service", true),
        ("svc_sql01", "Databas", "service", true),
        ("svc-scanner", "Skanning i kopiatorer", "service", false),
        ("int_raindance", "Integration ekonomi", "service", true),
        ("rpa-lon", "Robot löneunderlag", "service", false),
        ("reception.kommunhuset", "Kommunhusets reception", "shared", true),
        ("funk-bygglov", "Funktionsbrevlåda bygglov", "shared", false),
        ("grupp_hemtjanst_norr", "Gemensamt konto", "shared", true),
        ("test01", "Testkonto", "test", false),
        ("utb12", "Utbildningskonto", "test", true),
    ];
    for (name, note, class, owned) in list {
        accounts.push(Made {
            name: name.to_owned(),
            note: note.to_owned(),
            created: reference - Days::new(u64::from(random.between(400, 3000))),
            last_login: Some(reference - Days::new(u64::from(random.between(4, 20)))),
            roles: vec!["Systemkonto"],
            privileged: name == "svc_backup",
            owner: match name {
                // Someone who has left still stands as the owner.
                "svc_sql01" => left.clone(),
                _ => (owned && !owner.is_empty()).then(|| owner.to_owned()),
            },
            ..Made::blank(class)
        });
    }
}
