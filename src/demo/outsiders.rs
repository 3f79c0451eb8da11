//! Accounts of people who are not in payroll: left long ago, hired in, never registered. Some of them are
//! namesakes of employees, which is what a match by name falls for.

use super::accounts::{Kind, Made, roles};
use super::people::{Human, UserNames, mail_local};
use super::random::Random;

use chrono::{Days, NaiveDate};

/// Of a hundred accounts, those of people outside.
pub const OUTSIDE_PERCENT: usize = 4;

/// Of people outside, the share who bear the whole name of an employee.
const NAMESAKES: f64 = 0.15;

/// What a system holds of someone whom payroll does not know.
#[derive(Clone, Debug)]
pub struct Stranger {
    /// Personal number: one that Skatteverket publishes for tests and no employee here bears.
    pub number: Option<String>,
    /// Birth date.
    pub birth: NaiveDate,
    /// Employee number of a series that is used up.
    pub employee_number: String,
    /// E-mail.
    pub mail: Option<String>,
    /// Someone whose unit it is filed under.
    pub unit_of: Option<usize>,
}

/// Makes accounts of people outside.
pub struct Outsiders<'a> {
    /// Employees, for names and units.
    pub people: &'a [Human],
    /// Numbers that no employee bears.
    pub numbers: &'a [&'static str],
}

impl Outsiders<'_> {
    /// One account.
    pub fn make(&self, kind: Kind, names: &mut UserNames, random: &mut Random) -> Made {
        let reference = super::reference_date();
        let (one, other) = (random.one(self.people), random.one(self.people));
        let given = one.call_name().to_owned();
        let namesake = random.chance(NAMESAKES);
        let surname = if namesake { one.surname.clone() } else { other.surname.clone() };
        let created = reference - Days::new(u64::from(random.between(300, 3000)));
        let local = names.next(&given, &surname);
        Made {
            name: if kind == Kind::Cloud { format!("{local}@exempelkommunen.se") } else { local },
            stranger: Some(self.stranger(&given, &surname, random)),
            called: (given, surname),
            namesake,
            active: random.chance(0.8),
            created,
            last_login: Some(reference - Days::new(u64::from(random.between(5, 300)))),
            roles: roles(kind, random),
            keyed: random.chance(kind.key_share()),
            ..Made::blank("personal")
        }
    }

    fn stranger(&self, given: &str, surname: &str, random: &mut Random) -> Stranger {
        let number = (!self.numbers.is_empty()).then(|| (*random.one(self.numbers)).to_owned());
        let first = NaiveDate::from_ymd_opt(1958, 1, 1).unwrap_or_default();
        let local = mail_local(given, surname);
        Stranger {
            birth: first + Days::new(u64::from(random.between(0, 16_500))),
            number,
            employee_number: format!("{}", 20_000 + random.between(0, 60_000)),
            mail: match random.below(4) {
                0 => None,
                // Addresses in the municipality's own domain are unique.
                1 => Some(format!("{local}{}@exempelkommunen.se", random.between(1000, 9999))),
                _ => Some(format!("{local}@konsult.example")),
            },
            unit_of: random.chance(0.5).then(|| random.below(self.people.len())),
        }
    }
}
