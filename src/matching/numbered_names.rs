//! Account names that are employee numbers: `40117`, `u40117`, `KOMMUN\40117`.
//!
//! Where people sign in with their number, the name of the account is the surest key that the export holds. A running
//! number of the system's own can meet payroll's numbers too, so the names must bear it out, or else that chance alone
//! could hardly meet so many.

use super::handle::own_part;
use super::settle_keys::{names_agree, words_of};
use crate::ingest::Export;
use crate::model::{Account, Field, Message, PersonIx, message};
use crate::roster::Roster;

/// Takes the numbers in the names of accounts for employee numbers, where they are. An export that has a column of such
/// numbers needs none.
pub fn take_numbers(export: &mut Export, roster: &Roster) {
    if export.has(Field::EmployeeNumber) {
        return;
    }
    let numbered = numbered(export, roster);
    let met: Vec<&Numbered> = numbered.iter().filter(|own| own.person.is_some()).collect();
    if met.is_empty() || met.len() * 2 <= numbered.len() {
        return;
    }
    if !bears_out(&met, export, roster) {
        return export.warn(Field::Account, perhaps(met.len(), numbered.len(), &export.headers(Field::Account)));
    }
    export.warn(Field::Account, taken(met.len(), numbered.len()));
    for Numbered { at, number, .. } in numbered {
        export.accounts[at].employee_number = Some(export.strings.add(&number));
    }
}

/// An account whose name is a number, but for what stands before it.
struct Numbered {
    at: usize,
    number: String,
    /// Whose number it is.
    person: Option<PersonIx>,
}

/// Accounts by their numbers. What payroll itself writes before its numbers belongs to them.
fn numbered(export: &Export, roster: &Roster) -> Vec<Numbered> {
    let whose = |number: &str| roster.index().by_employee(number).first().copied();
    let of_account = |(at, account): (usize, &Account)| {
        let bare = own_part(export.strings.text(account.name));
        let digits = digits_of(bare)?;
        let whole = whose(bare).map(|person| (bare, Some(person)));
        let (number, person) = whole.unwrap_or_else(|| (digits, whose(digits)));
        Some(Numbered { at, number: number.to_owned(), person })
    };
    export.accounts.iter().enumerate().filter_map(of_account).collect()
}

/// The digits that a name is, behind a letter or two.
fn digits_of(name: &str) -> Option<&str> {
    /// Shorter ones stand behind the letters of a name, to tell those of one name apart.
    const LEAST_DIGITS: usize = 3;
    /// More letters are of a name, or of a service.
    const MOST_LETTERS: usize = 3;
    let digits = name.trim_start_matches(char::is_alphabetic);
    let letters = name[..name.len() - digits.len()].chars().count();
    let is_number = digits.len() >= LEAST_DIGITS && digits.bytes().all(|byte| byte.is_ascii_digit());
    (is_number && letters <= MOST_LETTERS).then_some(digits)
}

/// Whether the numbers are payroll's: the names say so, or where there are none, chance hardly meets so many.
fn bears_out(met: &[&Numbered], export: &Export, roster: &Roster) -> bool {
    let (mut tested, mut agree) = (0usize, 0usize);
    for Numbered { at, person, .. } in met {
        let words = words_of(&export.accounts[*at], &export.strings);
        let Some(person) = person.filter(|_| !words.is_empty()) else { continue };
        tested += 1;
        agree += usize::from(names_agree(&words, roster, person));
    }
    if tested > 0 { agree * 2 > tested } else { is_beyond_chance(met, roster) }
}

/// Whether numbers that were drawn beside payroll's would meet so many: as often as a number next to one of those that
/// were met is somebody's too.
fn is_beyond_chance(met: &[&Numbered], roster: &Roster) -> bool {
    /// One in a million, in bits.
    const BITS: f64 = 20.0;
    let next_to = |number: &str| number.trim_start_matches(char::is_alphabetic).parse::<u64>().ok();
    let is_somebodys = |number: u64| !roster.index().by_employee(&number.to_string()).is_empty();
    let neighbours = || met.iter().filter_map(|own| next_to(&own.number)).flat_map(|n| [n.saturating_sub(1), n + 1]);
    let (all, taken) = (neighbours().count(), neighbours().filter(|n| is_somebodys(*n)).count());
    // One more of each, so that few say little.
    #[allow(clippy::cast_precision_loss)] // Counts of accounts are far below what a float holds.
    let (met, chance) = (met.len() as f64, (taken as f64 + 1.0) / (all as f64 + 2.0));
    met * -chance.log2() >= BITS
}

fn taken(met: usize, all: usize) -> Message {
    message!(
        "Kontonamnen är anställningsnummer ({met} av {all} finns i personalregistret) och används som nyckel.",
        "The names of the accounts are employee numbers ({met} of {all} stand in payroll) and are used as a key."
    )
}

fn perhaps(met: usize, all: usize, headers: &str) -> Message {
    message!(
        "Kontonamnen i {headers} kan vara anställningsnummer: {met} av {all} finns i personalregistret, men inget i exporten \
         bekräftar det. De används inte som nyckel. Är de det: account = {headers} och employee_number = {headers} under \
         [system.columns]",
        "The names of the accounts in {headers} may be employee numbers: {met} of {all} stand in payroll, but nothing in \
         the export confirms it. They are not used as a key. If they are: account = {headers} and employee_number = \
         {headers} under [system.columns]"
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A number is a name's own behind a letter or two and a domain; a name with a figure to tell it apart is none.
    #[test]
    fn numbers_are_found_in_names() {
        for (name, digits) in
            [("40117", "40117"), ("u40117", "40117"), ("KOMMUN\\an0117", "0117"), ("40117@k.se", "40117")]
        {
            assert_eq!(digits_of(own_part(name)), Some(digits), "{name}");
        }
        for name in ["evalin", "evalin2", "anna123", "el12", "40-117", "", "@k.se", "åäöå123"] {
            assert_eq!(digits_of(own_part(name)), None, "{name}");
        }
    }
}
