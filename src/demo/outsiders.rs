//! Accounts of people who are not in payroll: left long ago, hired in, never registered. Some of them are
//! namesakes of employees, which is what a match by name falls for.

use super::accounts::{Made, SystemMade, roles};
use super::cause::Cause;
use super::people::{Human, UserNames, mail_local};
use super::random::Random;
use super::stated::Stated;
use super::system_kind::SystemKind;
use chrono::{Days, NaiveDate};

/// Of people outside, the share who bear the whole name of an employee.
const NAMESAKES: f64 = 0.15;

/// Makes accounts of people outside.
pub struct Outsiders<'a> {
    /// Employees, for names and units.
    pub people: &'a [Human],
    /// Numbers that no employee bears.
    pub numbers: &'a [&'static str],
}

impl Outsiders<'_> {
    /// One account.
    pub fn make(&self, kind: SystemKind, names: &mut UserNames, random: &mut Random) -> Made {
        let (one, other) = (random.one(self.people), random.one(self.people));
        let namesake = random.chance(NAMESAKES);
        let surname = if namesake { one.surname.clone() } else { other.surname.clone() };
        let cause = if namesake { Cause::OutsiderNamesake } else { Cause::None };
        Made { cause, ..self.called(kind, (one.call_name().to_owned(), surname), names, random) }
    }

    /// An account of somebody with a given name and surname.
    pub fn called(
        &self,
        kind: SystemKind,
        (given, surname): (String, String),
        names: &mut UserNames,
        random: &mut Random,
    ) -> Made {
        let reference = super::reference_date();
        let created = reference - Days::new(u64::from(random.between(300, 3000)));
        let local = names.next(&given, &surname);
        let made = Made {
            name: if kind == SystemKind::Cloud { format!("{local}@exempelkommunen.se") } else { local },
            stated: self.stated(&given, &surname, random),
            called: (given, surname),
            active: random.chance(0.8),
            created,
            last_login: Some(reference - Days::new(u64::from(random.between(5, 300)))),
            roles: roles(kind, random),
            keyed: random.chance(kind.key_share()),
            ..Made::blank("personal")
        };
        made.with_keys(kind)
    }

    /// What a system holds of someone whom payroll does not know: a number that Skatteverket publishes for tests and
    /// no employee here bears, an employee number of a series that is used up, the unit of someone.
    fn stated(&self, given: &str, surname: &str, random: &mut Random) -> Stated {
        let number = (!self.numbers.is_empty()).then(|| (*random.one(self.numbers)).to_owned());
        let first = NaiveDate::from_ymd_opt(1958, 1, 1).unwrap_or_default();
        let local = mail_local(given, surname);
        Stated {
            birth: Some(first + Days::new(u64::from(random.between(0, 16_500)))),
            personal_number: number,
            employee_number: Some(format!("{}", 20_000 + random.between(0, 60_000))),
            mail: match random.below(4) {
                0 => None,
                // Addresses in the municipality's own domain are unique.
                1 => Some(format!("{local}{}@exempelkommunen.se", random.between(1000, 9999))),
                _ => Some(format!("{local}@konsult.example")),
            },
            older_mails: Vec::new(),
            unit: if random.chance(0.5) { self.some_unit(random) } else { String::new() },
        }
    }

    fn some_unit(&self, random: &mut Random) -> String {
        random.one(self.people).main_job(super::reference_date()).unit.to_owned()
    }
}

/// Where someone outside comes from, in a municipality that lets many in.
struct Origin {
    cause: Cause,
    domain: &'static str,
    note: &'static str,
    role: Option<&'static str>,
}

const CONSULTANT: Origin = Origin { cause: Cause::Consultant, domain: "konsult.example", note: "Konsult", role: None };
const NEIGHBOUR: Origin = Origin {
    cause: Cause::OtherMunicipality,
    domain: "grannkommunen.example",
    note: "Anställd i grannkommunen",
    role: None,
};
const GUARDIAN: Origin =
    Origin { cause: Cause::Guardian, domain: "hem.example", note: "", role: Some("Vårdnadshavare") };

/// Says where those outside come from: guardians in the school's system, elsewhere consultants and staff of other
/// municipalities, each with an address of home or employer and no number of ours.
pub fn come_from_elsewhere(systems: &mut [SystemMade], random: &mut Random) {
    for system in systems {
        let outside = |account: &&mut Made| account.holder.is_none() && account.is_everyday();
        for account in system.accounts.iter_mut().filter(outside) {
            let origin = match system.kind {
                SystemKind::School if random.chance(0.8) => GUARDIAN,
                _ if random.chance(0.6) => CONSULTANT,
                _ => NEIGHBOUR,
            };
            come_from(account, &origin, random);
        }
    }
}

fn come_from(account: &mut Made, origin: &Origin, random: &mut Random) {
    let local = mail_local(&account.called.0, &account.called.1);
    let unit = std::mem::take(&mut account.stated.unit);
    account.cause = account.cause.or(origin.cause);
    account.note = origin.note.to_owned();
    account.roles = origin.role.map_or(std::mem::take(&mut account.roles), |role| vec![role]);
    account.keyed = account.keyed && random.chance(0.5);
    account.stated = Stated {
        mail: random.chance(0.9).then(|| format!("{local}@{}", origin.domain)),
        birth: account.stated.birth.filter(|_| account.keyed),
        unit: if origin.role.is_some() { String::new() } else { unit },
        ..Stated::default()
    };
}
