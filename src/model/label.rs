//! What an account is called in outputs: its name, unless the name is itself a personal number.

use super::PersonalNumber;
use chrono::NaiveDate;
use std::collections::BTreeMap;

/// The shown names of one system's accounts, in order.
#[derive(Clone, Debug, Default)]
pub struct AccountLabels(Vec<String>);

impl AccountLabels {
    /// Labels accounts by their names. A personal number is shown masked, with its place among those
    /// of the same day behind it: a suffix from its digits would let the hidden ones be worked out.
    ///
    /// Beside each name stands what tells it from another of the same name, where there is one.
    pub fn new<'n>(named: impl Iterator<Item = (&'n str, Option<&'n str>)>, reference: NaiveDate) -> Self {
        let (names, apart): (Vec<&str>, Vec<Option<&str>>) = named.unzip();
        let numbers: Vec<Option<PersonalNumber>> = names.iter().map(|name| number_in(name, reference)).collect();
        let mut same_day: BTreeMap<String, Vec<(PersonalNumber, &str)>> = BTreeMap::new();
        for (name, number) in names.iter().zip(&numbers) {
            if let Some(number) = number {
                same_day.entry(number.masked()).or_default().push((*number, name));
            }
        }
        same_day.values_mut().for_each(|list| list.sort_unstable());
        let label = |(name, number): (&&str, &Option<PersonalNumber>)| match number {
            None => (*name).to_owned(),
            Some(number) => {
                let masked = number.masked();
                let list = same_day.get(&masked).map_or(&[][..], Vec::as_slice);
                let place = list.iter().position(|other| *other == (*number, *name)).unwrap_or(0) + 1;
                format!("{masked}.{place}")
            }
        };
        let labels = names.iter().zip(&numbers).map(label);
        let told = |(label, apart): (String, Option<&str>)| match apart {
            Some(apart) => {
                format!("{label} ({})", number_in(apart, reference).map_or(apart.to_owned(), PersonalNumber::masked))
            }
            None => label,
        };
        Self(labels.zip(apart).map(told).collect())
    }

    /// The shown name of the n-th account.
    pub fn get(&self, at: usize) -> &str {
        self.0.get(at).map_or("", String::as_str)
    }
}

/// The personal number that a name is, alone or before an `@`.
fn number_in(name: &str, reference: NaiveDate) -> Option<PersonalNumber> {
    let local = name.split('@').next().unwrap_or(name);
    let reading = PersonalNumber::read(local, None, reference).ok()?;
    (!reading.zeros_restored).then_some(reading.number)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A personal number used as account name is masked, and two of one day are told apart.
    #[test]
    fn a_personal_number_is_never_shown_as_a_name() {
        let reference = NaiveDate::from_ymd_opt(2026, 11, 30).unwrap();
        let names = ["annlin", "19850101-2390", "198501012382", "8501012382@x.se"];
        let labels = AccountLabels::new(names.into_iter().map(|name| (name, None)), reference);
        assert_eq!(labels.get(0), "annlin");
        assert_eq!(labels.get(1), "19850101-****.3");
        assert_eq!(labels.get(2), "19850101-****.1");
        assert_eq!(labels.get(3), "19850101-****.2");
    }

    /// Two accounts of one name are told apart, and what tells them apart shows no personal number.
    #[test]
    fn twins_are_told_apart() {
        let reference = NaiveDate::from_ymd_opt(2026, 11, 30).unwrap();
        let names = [("versan", Some("a.se")), ("versan", Some("b.se")), ("x", Some("198501012382@a.se"))];
        let labels = AccountLabels::new(names.into_iter(), reference);
        assert_eq!(labels.get(0), "versan (a.se)");
        assert_eq!(labels.get(1), "versan (b.se)");
        assert_eq!(labels.get(2), "x (19850101-****)");
    }
}
