//! Accounts of people who are not in payroll: left long ago, hired in, never registered. Some of them are
//! namesakes of employees, which is what a match by name falls for.

use super::accounts::{Made, SystemKind, roles};
use super::cause::Cause;
use super::people::{Human, UserNames, mail_local};
use super::random::Random;
use super::stated::Stated;
use chrono::{Days, NaiveDate};

/// Of a hundred accounts, those of people outside.
pub const OUTSIDE_PERCENT: usize = 4;

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
        let reference = super::reference_date();
        let (one, other) = (random.one(self.people), random.one(self.people));
        let given = one.call_name().to_owned();
        let namesake = random.chance(NAMESAKES);
        let surname = if namesake { one.surname.clone() } else { other.surname.clone() };
        let created = reference - Days::new(u64::from(random.between(300, 3000)));
        let local = names.next(&given, &surname);
        let made = Made {
            name: if kind == SystemKind::Cloud { format!("{local}@exempelkommunen.se") } else { local },
            stated: self.stated(&given, &surname, random),
            called: (given, surname),
            cause: if namesake { Cause::OutsiderNamesake } else { Cause::None },
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
            unit: if random.chance(0.5) { self.some_unit(random) } else { String::new() },
        }
    }

    fn some_unit(&self, random: &mut Random) -> String {
        random.one(self.people).main_job(super::reference_date()).unit.to_owned()
    }
}
