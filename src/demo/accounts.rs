//! Accounts in the municipality's systems, each with its true holder.

use super::cause::Cause;
use super::outsiders::{OUTSIDE_PERCENT, Outsiders};
use super::people::{Crowd, ELECTED, HOURLY, Human, UserNames};
use super::population::Population;
use super::random::Random;
use super::slips;
use super::stated::Stated;
use crate::model::fold;
use chrono::{Days, NaiveDate};

/// Which system.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SystemKind {
    /// Active Directory: numbers on most accounts, everyone in it.
    Directory,
    /// Care: mixed personal numbers, "Efternamn, Förnamn", one row a role, closed accounts kept.
    Care,
    /// Finance: name and e-mail only.
    Finance,
    /// School: names and birth dates, no sign-ins, pupils among the staff.
    School,
    /// The cloud's directory: user principal names, guests.
    Cloud,
    /// A system for building permits from before 2003: signatures and end dates.
    Permits,
}

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
        }
    }
}

impl Made {
    /// Says nothing of a key that is not filled in.
    pub fn with_keys(self, kind: SystemKind) -> Self {
        let stated = if self.keyed { self.stated } else { self.stated.without_key(kind) };
        Self { stated, ..self }
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

/// Makes every system. `wanted` scales how many people have an account in each.
pub fn make(crowd: &Crowd, population: Population, wanted: Option<u32>, random: &mut Random) -> Vec<SystemMade> {
    let kinds = population.systems();
    let factor = wanted.map_or(1.0, |wanted| factor_for(f64::from(wanted), kinds, &crowd.people));
    let mut names = crowd.names.clone();
    kinds.iter().map(|kind| system(*kind, crowd, factor, &mut names, random)).collect()
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

impl SystemKind {
    /// Every system, in the order of the configuration.
    pub const ALL: [Self; 6] = [Self::Directory, Self::Care, Self::Finance, Self::School, Self::Cloud, Self::Permits];

    /// How likely a person has an account here.
    fn share(self, human: &Human) -> f64 {
        let job = human.main_job(super::reference_date());
        match self {
            Self::Directory if job.form == HOURLY => 0.5,
            Self::Directory => 0.97,
            Self::Care if job.department == 0 => 0.8,
            Self::Care => 0.01,
            Self::Finance if job.unit == "Ekonomi" => 0.95,
            Self::Finance if job.title.ends_with("chef") || job.title == "Rektor" => 0.9,
            Self::Finance => 0.06,
            Self::School if job.department == 1 => 0.85,
            Self::School => 0.01,
            Self::Cloud if job.form == HOURLY => 0.1,
            Self::Cloud => 0.5,
            Self::Permits if job.department == 2 => 0.7,
            Self::Permits => 0.005,
        }
    }

    /// How many of its accounts have the system's own key filled in.
    pub fn key_share(self) -> f64 {
        match self {
            Self::Directory => 0.96,
            Self::Care => 0.86,
            Self::Finance => 0.92,
            Self::School => 0.95,
            Self::Cloud => 1.0,
            Self::Permits => 0.75,
        }
    }

    /// How many of its accounts are called as in the directory.
    fn same_name_share(self) -> f64 {
        match self {
            Self::Directory | Self::Cloud => 1.0,
            Self::Care | Self::Finance | Self::School => 0.92,
            Self::Permits => 0.0,
        }
    }

    /// The day its export was made; the old system's was made long ago.
    pub fn exported(self) -> NaiveDate {
        let days = if self == Self::Permits { 41 } else { 3 };
        super::reference_date() - Days::new(days)
    }

    fn id(self) -> &'static str {
        match self {
            Self::Directory => "katalog",
            Self::Care => "treserva",
            Self::Finance => "ekonomi",
            Self::School => "skola",
            Self::Cloud => "entra",
            Self::Permits => "bygg",
        }
    }

    fn roles(self) -> &'static [&'static str] {
        match self {
            Self::Directory => &["Anställd"],
            Self::Care => &["Utförare", "Handläggare", "Läsbehörighet", "Dokumentation"],
            Self::Finance => &["Attestant", "Granskare", "Leverantörsregister", "Rapportläsare"],
            Self::School => &["Lärare", "Frånvaro", "Betyg", "Expedition"],
            Self::Cloud => &["Licens E3", "Licens F3"],
            Self::Permits => &["Handläggare", "Läsare"],
        }
    }
}

fn system(kind: SystemKind, crowd: &Crowd, factor: f64, names: &mut UserNames, random: &mut Random) -> SystemMade {
    let people = &crowd.people;
    let mut accounts = Vec::new();
    for (at, human) in people.iter().enumerate() {
        if random.chance((kind.share(human) * factor).min(1.0)) {
            accounts.extend(of_person(kind, at, crowd, names, random));
            if kind == SystemKind::School && at % 40 == 5 {
                // Someone forgot the old account when a new one was made.
                accounts.extend(of_person(kind, at, crowd, names, random).map(|old| renumbered(old, names)));
            }
        }
    }
    let outsiders = Outsiders { people, numbers: &crowd.spare_numbers };
    let outside = accounts.len() * OUTSIDE_PERCENT / (100 - OUTSIDE_PERCENT) + 1;
    accounts.extend((0..outside).map(|_| outsiders.make(kind, names, random)));
    if kind == SystemKind::School {
        accounts.extend((0..people.len() / 10).map(|at| pupil(at, people, random)));
    }
    if kind == SystemKind::Cloud {
        accounts.extend((0..people.len() / 80 + 1).map(|at| guest(at, people, random)));
    }
    if kind == SystemKind::Directory {
        administrators(people, &mut accounts, random);
        impersonal(people, &mut accounts, random);
    }
    SystemMade { kind, id: kind.id(), accounts }
}

/// A second account has a name of its own.
fn renumbered(account: Made, names: &mut UserNames) -> Made {
    let name = names.next(&account.called.0, &account.called.1);
    Made { name, ..account }
}

/// An everyday account; those of leavers are mostly closed or gone.
fn of_person(kind: SystemKind, at: usize, crowd: &Crowd, names: &mut UserNames, random: &mut Random) -> Option<Made> {
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
