//! Whoever stands on rows of payroll and the registers that could not be used. Of them too little is known for anybody to
//! say that they have left, or that they were never here.

use super::{employee_key, mail_key, name_keys, named};
use crate::config::RegisterConfig;
use crate::ingest::WhoseRow;
use crate::model::{Employment, Engagement, Field, NameTokens, Person, PersonalNumber};
use chrono::NaiveDate;
use foldhash::{HashMap, HashMapExt};
use std::collections::BTreeSet;

/// Something that ties what is stated of somebody in two places.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
enum Tie {
    Number(PersonalNumber),
    Employee(String),
    Address(String),
    Login(String),
    Hsa(String),
    Name(String, String),
}

impl Tie {
    fn number(&self) -> Option<&PersonalNumber> {
        match self {
            Self::Number(number) => Some(number),
            _ => None,
        }
    }

    fn employee(&self) -> Option<&String> {
        match self {
            Self::Employee(number) => Some(number),
            _ => None,
        }
    }
}

/// Everything that is stated of somebody in one place and may tie them to another.
#[derive(Clone, Debug, Default)]
pub struct Ties(BTreeSet<Tie>);

impl Ties {
    /// Valid personal numbers.
    pub fn numbers(&mut self, numbers: impl IntoIterator<Item = PersonalNumber>) {
        self.0.extend(numbers.into_iter().map(Tie::Number));
    }

    /// Employee numbers. In many systems accounts are called by them.
    pub fn employees<'t>(&mut self, numbers: impl IntoIterator<Item = &'t str>) {
        let keys = numbers.into_iter().map(employee_key).filter(|key| !key.is_empty());
        self.0.extend(keys.flat_map(|key| [Tie::Login(key.clone()), Tie::Employee(key)]));
    }

    /// Addresses, which may be what somebody signs in by.
    pub fn addresses<'t>(&mut self, mails: impl IntoIterator<Item = &'t str>) {
        let keys = mails.into_iter().map(mail_key).filter(|key| key.contains('@'));
        self.0.extend(keys.flat_map(|key| [Tie::Login(key.clone()), Tie::Address(key)]));
    }

    /// Names of accounts.
    pub fn logins<'t>(&mut self, names: impl IntoIterator<Item = &'t str>) {
        self.0.extend(names.into_iter().map(|name| Tie::Login(employee_key(name))));
    }

    /// HSA-ids.
    pub fn hsa_ids<'t>(&mut self, ids: impl IntoIterator<Item = &'t str>) {
        self.0.extend(ids.into_iter().map(|id| Tie::Hsa(id.trim().to_lowercase())));
    }

    /// Names.
    pub fn names<'t>(&mut self, names: impl IntoIterator<Item = &'t NameTokens>) {
        self.0.extend(names.into_iter().flat_map(name_keys).map(|(given, surname)| Tie::Name(given, surname)));
    }

    /// Those of somebody as written where an owner, administrator or manager stands. A text that is no employee number
    /// differs from none.
    pub fn of_reference(written: &str, day: NaiveDate) -> Self {
        let (named, mut ties) = (named(written), Self::default());
        ties.numbers(PersonalNumber::read(&named, None, day).ok().map(|reading| reading.number));
        ties.addresses([&*named]);
        ties.logins(named.rsplit('\\').next());
        ties.hsa_ids([&*named]);
        ties.names([&NameTokens::whole(named.split(['(', ';', '<']).next().unwrap_or_default())]);
        ties
    }

    fn of_row(row: &WhoseRow, day: NaiveDate) -> Self {
        let mut ties = Self::default();
        let number = |text| PersonalNumber::read(text, None, day).ok().map(|reading| reading.number);
        ties.numbers(row.texts(Field::PersonalNumber).filter_map(number));
        ties.employees(row.texts(Field::EmployeeNumber));
        ties.addresses(row.texts(Field::Email));
        ties.logins(row.texts(Field::UserName));
        ties.hsa_ids(row.texts(Field::HsaId));
        let given: Vec<&str> = [Field::GivenName, Field::CallName].into_iter().flat_map(|own| row.texts(own)).collect();
        let apart = row.texts(Field::Surname).map(|surname| NameTokens::apart(&given.join(" "), "", surname));
        let names: Vec<NameTokens> = row.texts(Field::Name).map(NameTokens::whole).chain(apart).collect();
        ties.names(&names);
        ties
    }

    fn of_person(person: &Person) -> Self {
        let mut ties = Self::default();
        ties.numbers(person.stated_number());
        ties.employees(person.numbers_shown().iter().map(String::as_str));
        ties.addresses(person.email.iter().chain(&person.more_mails).map(String::as_str));
        ties.logins(person.user_name.as_deref());
        ties.hsa_ids(person.hsa_id.as_deref());
        ties.names(std::iter::once(&person.tokens).chain(&person.other_names));
        ties
    }

    /// Whether both state something of a kind, and nothing the same.
    fn differ<'t, T: Ord + 't>(&'t self, other: &'t Self, of_kind: impl Fn(&'t Tie) -> Option<T>) -> bool {
        let own: BTreeSet<T> = self.0.iter().filter_map(&of_kind).collect();
        let others: BTreeSet<T> = other.0.iter().filter_map(&of_kind).collect();
        !own.is_empty() && !others.is_empty() && own.is_disjoint(&others)
    }

    /// Whether both may be of one person: something ties them, and no number tells them apart.
    fn may_be(&self, other: &Self) -> bool {
        let mut shared = self.0.intersection(&other.0).peekable();
        let is_tied = shared.peek().is_some() && !self.differ(other, Tie::number);
        is_tied && (shared.any(|tie| !matches!(tie, Tie::Name(..))) || !self.differ(other, Tie::employee))
    }
}

/// Rows that could not be used, by what tells whose they are.
#[derive(Debug, Default)]
pub struct UnusedRows {
    rows: Vec<(WhoseRow, Ties)>,
    by_tie: HashMap<Tie, Vec<usize>>,
}

impl UnusedRows {
    /// Rows as written. `day` settles the century of numbers written short.
    pub fn new(rows: Vec<WhoseRow>, day: NaiveDate) -> Self {
        let with_ties = |row: WhoseRow| {
            let ties = Ties::of_row(&row, day);
            (row, ties)
        };
        let rows: Vec<(WhoseRow, Ties)> = rows.into_iter().map(with_ties).collect();
        let mut by_tie: HashMap<Tie, Vec<usize>> = HashMap::new();
        for (at, (_, ties)) in rows.iter().enumerate() {
            ties.0.iter().for_each(|tie| by_tie.entry(tie.clone()).or_default().push(at));
        }
        Self { rows, by_tie }
    }

    /// Whether every row was used, so that there is nothing to look for.
    pub fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    /// Whether somebody may stand on one of them.
    pub fn may_name(&self, somebody: &Ties) -> bool {
        self.of(somebody).next().is_some()
    }

    /// The rows that somebody may stand on, each once, in their order.
    fn of<'r>(&'r self, somebody: &Ties) -> impl Iterator<Item = &'r WhoseRow> {
        let tied = somebody.0.iter().filter_map(|tie| self.by_tie.get(tie)).flatten();
        let rows: BTreeSet<usize> = tied.copied().filter(|at| self.rows[*at].1.may_be(somebody)).collect();
        rows.into_iter().map(|at| &self.rows[at].0)
    }

    /// Gives whoever may stand on one of them an employment of which nothing is known, or an engagement where it is a row
    /// of a register; these stand behind so many files of payroll.
    pub fn add_to(&self, persons: &mut [Person], (payroll_files, registers): (usize, &[RegisterConfig])) {
        if self.is_empty() {
            return;
        }
        for person in persons {
            let ties = Ties::of_person(person);
            let unread = self.of(&ties).map(|row| {
                let register = usize::from(row.source.file.0).checked_sub(payroll_files);
                let register = register.and_then(|at| registers.get(at));
                let engagement =
                    register.map(|own| Engagement { kind: own.kind, register: own.id.clone(), sponsor: None });
                Employment::unread(row.source, engagement)
            });
            person.employments.extend(unread);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{FileIx, SourceRef};

    fn rows(texts: &[(Field, &str)]) -> UnusedRows {
        let source = SourceRef { file: FileIx(0), sheet: 0, row: 7 };
        let texts = texts.iter().map(|(field, text)| (*field, (*text).to_owned())).collect();
        UnusedRows::new(vec![WhoseRow::new(source, texts)], "2026-11-30".parse().unwrap())
    }

    fn names(rows: &UnusedRows, written: &str) -> bool {
        rows.may_name(&Ties::of_reference(written, "2026-11-30".parse().unwrap()))
    }

    /// Somebody stands on a row by any key and by a name, however it is written; who is called otherwise does not.
    #[test]
    fn somebody_stands_on_a_row_by_what_it_says() {
        let per = rows(&[
            (Field::PersonalNumber, "19600310-2628"),
            (Field::EmployeeNumber, "0100010"),
            (Field::GivenName, "Per"),
            (Field::Surname, "Eriksson"),
            (Field::Email, "per.eriksson@ex.se"),
        ]);
        for written in ["100010", "600310-2628", "Eriksson, Per", "Per Eriksson (enhet 1)", "PER.ERIKSSON@ex.se"] {
            assert!(names(&per, written), "{written}");
        }
        for written in ["100020", "Per Ek", "eva@ex.se", "Systemägare"] {
            assert!(!names(&per, written), "{written}");
        }
    }

    /// A name alone does not tie two whom a number tells apart, and an address does not tie two personal numbers.
    #[test]
    fn numbers_tell_apart() {
        let row = rows(&[(Field::EmployeeNumber, "17"), (Field::Name, "Per Eriksson"), (Field::Email, "per@ex.se")]);
        let mut other = Ties::default();
        other.employees(["18"]);
        other.names([&NameTokens::whole("Per Eriksson")]);
        assert!(!row.may_name(&other));
        other.addresses(["per@ex.se"]);
        assert!(row.may_name(&other));
        let numbered = rows(&[(Field::PersonalNumber, "196003102628"), (Field::Email, "per@ex.se")]);
        let day = "2026-11-30".parse().unwrap();
        let number = PersonalNumber::read("196006172818", None, day).unwrap().number;
        other.numbers([number]);
        assert!(!numbered.may_name(&other));
    }
}
