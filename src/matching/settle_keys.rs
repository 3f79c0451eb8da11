//! Keys put right before anything is linked by them: payroll says what they are.
//!
//! A running number can meet payroll's numbers on every row and link everyone to somebody else, and a number with the
//! employment behind it (`1050-02`) meets nobody. Both show only when payroll is at hand.

use super::numbered_names::take_numbers;
use crate::ingest::{Delivery, Export, without_decimal};
use crate::model::{
    Account, Field, Message, PersonIx, StatedBirth, Strings, are_respellings, message, name_words, spelling_key,
};
use crate::roster::Roster;
use std::collections::BTreeSet;

/// Settles the keys of every export that was read, and counts how many of them payroll knows.
pub fn settle_keys(deliveries: &mut [Delivery], roster: &Roster) {
    for delivery in deliveries {
        if let Delivery::Read(export) = delivery {
            cut_employment_suffixes(export, roster);
            put_centuries_right(export, roster);
            drop_unconfirmed(export, roster);
            take_numbers(export, roster);
            export.count_coverage();
            count_met(export, roster);
        }
    }
}

/// The number of the employment behind that of the person: tried off where payroll then knows more of the column.
fn cut_employment_suffixes(export: &mut Export, roster: &Roster) {
    let number = |account: &Account| export.strings.maybe(account.employee_number);
    let known = |number: &str| !roster.index().by_employee(number).is_empty();
    let cut: Vec<(usize, String)> = export
        .accounts
        .iter()
        .enumerate()
        .filter_map(|(at, account)| {
            let whole = number(account).filter(|whole| !known(whole))?;
            let base = without_suffix(whole).filter(|base| known(base))?;
            Some((at, base.to_owned()))
        })
        .collect();
    let met = export.accounts.iter().filter_map(number).filter(|number| known(number)).count();
    let Some(with_suffix) = suffixed(export) else { return };
    // A form of the whole column, and not a few numbers that happen to look so.
    if cut.len() <= met || cut.len() * 2 < with_suffix {
        return;
    }
    let as_decimals = cut.iter().all(|(at, _)| number(&export.accounts[*at]).is_some_and(is_decimal));
    let rows = cut.len();
    for (at, base) in cut {
        export.accounts[at].employee_number = Some(export.strings.add(&base));
    }
    export.warn(Field::EmployeeNumber, if as_decimals { with_decimals(rows) } else { with_employments(rows) });
}

/// Whether a number is whole and has a decimal all the same, as programs write what they take for an amount.
fn is_decimal(number: &str) -> bool {
    without_decimal(number).is_some_and(|whole| whole.bytes().all(|byte| byte.is_ascii_digit()))
}

fn with_decimals(rows: usize) -> Message {
    message!(
        "{rows} anställningsnummer är skrivna som decimaltal (1001.0) och läses utan decimalen.",
        "{rows} employee numbers are written with a decimal (1001.0) and read without it."
    )
}

fn with_employments(rows: usize) -> Message {
    message!(
        "Anställningsnumren har anställningens nummer efter sig (1050-02); utan det känns {rows} av dem igen i \
         personalregistret, och så har de lästs.",
        "The employee numbers have the number of the employment behind them (1050-02); without it {rows} of them are \
         known to payroll, and so they were read."
    )
}

/// How many numbers have such an ending, if any.
fn suffixed(export: &Export) -> Option<usize> {
    let numbers = export.accounts.iter().filter_map(|account| export.strings.maybe(account.employee_number));
    let count = numbers.filter(|number| without_suffix(number).is_some()).count();
    (count > 0).then_some(count)
}

/// A number without the one or two digits behind its last mark.
fn without_suffix(number: &str) -> Option<&str> {
    let (base, suffix) = number.rsplit_once(['-', '/', '_', '.', ',', ':'])?;
    let digits = (1..=3).contains(&suffix.len()) && suffix.bytes().all(|b| b.is_ascii_digit());
    let base = base.trim();
    (digits && base.len() >= 2 && base.bytes().any(|b| b.is_ascii_digit())).then_some(base)
}

/// A number that payroll knows in another century alone: some program has written 19 or 20 for everyone. The ten digits
/// that follow are as much of a key, where no name denies it.
fn put_centuries_right(export: &mut Export, roster: &Roster) {
    let index = roster.index();
    let mut rows = 0usize;
    for at in 0..export.accounts.len() {
        let account = &export.accounts[at];
        let Some(number) = account.personal_number else { continue };
        if index.by_number(number).is_some() || !index.contesting(number).is_empty() {
            continue;
        }
        let words = words_of(account, &export.strings);
        let is_meant = |person: PersonIx| words.is_empty() || names_agree(&words, roster, person);
        let known = number.in_other_centuries().find(|other| index.by_number(*other).is_some_and(is_meant));
        let Some(known) = known else { continue };
        let account = &mut export.accounts[at];
        if account.birth_date == number.birth_date().map(StatedBirth::Day) {
            account.birth_date = known.birth_date().map(StatedBirth::Day);
        }
        account.personal_number = Some(known);
        rows += 1;
    }
    if rows > 0 {
        export.warn(Field::PersonalNumber, other_centuries(rows));
    }
}

fn other_centuries(rows: usize) -> Message {
    message!(
        "{rows} personnummer har ett annat århundrade än i personalregistret och har lästs som de står där.",
        "{rows} personal numbers have another century than in payroll and were read as they stand there."
    )
}

/// A key under a header that says little is one only if the names confirm it.
fn drop_unconfirmed(export: &mut Export, roster: &Roster) {
    let fields: BTreeSet<Field> = export.reports.iter().flat_map(|report| report.to_confirm.iter().copied()).collect();
    for field in fields {
        let trial = Trial::new(export, roster, field);
        if trial.confirms(field) {
            continue;
        }
        export.accounts.iter_mut().for_each(|account| clear(account, field));
        let Trial { met, tested, agree } = trial;
        let (key, Message { sv, en }, headers) = (field.key(), field.in_words(), export.headers(field));
        let remark = if tested == 0 {
            message!(
                "Kolumnen {headers} säger för lite för att vara {sv}, och inga namn kan bekräfta den. Den används inte som \
                 nyckel. Är den rätt: {key} = {headers} under [system.columns]",
                "The column {headers} says too little to be {en}, and no names can confirm it. It is not used as a key. If \
                 it is right: {key} = {headers} under [system.columns]"
            )
        } else {
            message!(
                "Kolumnen {headers} är inte personalregistrets {sv}: {met} värden finns där, men namnet stämmer på {agree} \
                 av {tested}. Den används inte som nyckel.",
                "The column {headers} is not payroll's {en}: {met} values stand there, but the name agrees on {agree} of \
                 {tested}. It is not used as a key."
            )
        };
        export.warn(field, remark);
        export.refused_keys.push(field);
    }
}

/// A key tried against the names.
struct Trial {
    /// Accounts whose key payroll has.
    met: usize,
    /// Of these, accounts that state a name.
    tested: usize,
    /// Of these, accounts whose name is the person's.
    agree: usize,
}

impl Trial {
    fn new(export: &Export, roster: &Roster, field: Field) -> Self {
        let mut trial = Self { met: 0, tested: 0, agree: 0 };
        for account in &export.accounts {
            let Some(person) = holder(account, &export.strings, roster, field) else { continue };
            trial.met += 1;
            let words = words_of(account, &export.strings);
            if !words.is_empty() {
                trial.tested += 1;
                trial.agree += usize::from(names_agree(&words, roster, person));
            }
        }
        trial
    }

    /// Nearly every name is the person's where the key is right, and hardly one where it is another series. What is
    /// a personal number or an HSA-id by its form needs no names to be one, only none that deny it.
    fn confirms(&self, field: Field) -> bool {
        let told_by_form = matches!(field, Field::PersonalNumber | Field::HsaId);
        if self.tested == 0 { told_by_form && self.met > 0 } else { self.agree * 2 > self.tested }
    }
}

/// Whose key an account carries.
pub fn holder(account: &Account, strings: &Strings, roster: &Roster, field: Field) -> Option<PersonIx> {
    let index = roster.index();
    let text = |sym| strings.maybe(sym).unwrap_or("");
    match field {
        Field::PersonalNumber => account.personal_number.and_then(|number| index.by_number(number)),
        Field::EmployeeNumber => index.by_employee(text(account.employee_number)).first().copied(),
        Field::HsaId => index.by_hsa_id(text(account.hsa_id)).first().copied(),
        Field::Email => index.by_mail(text(account.email)).first().copied(),
        _ => None,
    }
}

/// Whether several persons have the account's number, so that it is not for want of a number if it leads to nobody.
fn is_shared(account: &Account, strings: &Strings, roster: &Roster, field: Field) -> bool {
    let index = roster.index();
    match field {
        Field::PersonalNumber => account.personal_number.is_some_and(|number| !index.contesting(number).is_empty()),
        Field::EmployeeNumber => {
            strings.maybe(account.employee_number).is_some_and(|number| !index.sharing(number).is_empty())
        }
        _ => false,
    }
}

fn clear(account: &mut Account, field: Field) {
    match field {
        Field::PersonalNumber => account.personal_number = None,
        Field::EmployeeNumber => account.employee_number = None,
        Field::HsaId => account.hsa_id = None,
        _ => {}
    }
}

/// The words of every name that an account states.
pub(super) fn words_of(account: &Account, strings: &Strings) -> BTreeSet<String> {
    let stated = [account.given_name, account.surname, account.whole_name];
    let all = stated.into_iter().flatten().chain(strings.list(account.other_names).iter().copied());
    all.flat_map(|sym| name_words(strings.text(sym))).collect()
}

/// Whether a name holds a given name and a surname of the person, or all its words are the person's.
pub(super) fn names_agree(words: &BTreeSet<String>, roster: &Roster, person: PersonIx) -> bool {
    let person = roster.person(person);
    let mut known = std::iter::once(&person.tokens).chain(&person.other_names);
    known.any(|tokens| {
        let shared = |own: &[String]| own.iter().any(|word| words.iter().any(|other| are_one_word(word, other)));
        shared(&tokens.given) && shared(&tokens.surname)
            || words.iter().all(|word| tokens.given.contains(word) || tokens.surname.contains(word))
    })
}

/// The same word, or one that only spelling or other Latin letters tell apart.
fn are_one_word(a: &str, b: &str) -> bool {
    a == b || spelling_key(a) == spelling_key(b) || are_respellings(a, b)
}

/// Counts how many values of each key payroll knows, where payroll has such a key at all.
fn count_met(export: &mut Export, roster: &Roster) {
    for field in roster.keys() {
        let accounts = export.accounts.iter();
        let known = |account: &&Account| {
            holder(account, &export.strings, roster, field).is_some()
                || is_shared(account, &export.strings, roster, field)
        };
        let met = accounts.filter(known).count() as u64;
        for coverage in export.reports.iter_mut().filter_map(|report| report.key_coverage.get_mut(&field)) {
            coverage.met = Some(met);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Only a short number behind a mark is an employment's.
    #[test]
    fn suffixes_are_short_numbers() {
        assert_eq!(without_suffix("1050-02"), Some("1050"));
        assert_eq!(without_suffix("1050/1"), Some("1050"));
        assert_eq!(without_suffix("A1050-002"), Some("A1050"));
        for whole in ["1050", "1050-A", "1050-2024", "-02", "anna-b"] {
            assert_eq!(without_suffix(whole), None, "{whole}");
        }
    }
}
