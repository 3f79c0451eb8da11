//! Exports as bad as they come: letters lost or doubled in encodings, names cut, shouted, exchanged and left out, units
//! and birth dates mistyped. A system has its own way of spoiling every name; beside it each row has slips of its own.

use super::accounts::{Made, SystemMade};
use super::cause::Cause;
use super::random::Random;
use super::slips::mistyped;
use super::system_kind::SystemKind;
use chrono::{Datelike, Days, NaiveDate};

/// Of a hundred accounts, those whose name has met with each.
const NAMES: [(Cause, f64); 8] = [
    (Cause::GivenName, 6.0),
    (Cause::Surname, 8.0),
    (Cause::SeveralSlips, 5.0),
    (Cause::Swapped, 7.0),
    (Cause::Initial, 5.0),
    (Cause::MissingPart, 4.0),
    (Cause::UpperCase, 5.0),
    (Cause::Mojibake, 10.0),
];

/// Of accounts, those with a spoilt unit, with a slip in the birth date, and without a key beyond the ordinary.
const UNIT: f64 = 0.2;
const BIRTH: f64 = 0.15;
const KEYLESS: f64 = 0.35;

/// The width of the column for names in the finance system.
const WIDTH: usize = 20;

/// Spoils every export.
pub fn trouble(systems: &mut [SystemMade], random: &mut Random) {
    for system in systems {
        for account in system.accounts.iter_mut().filter(|account| account.is_everyday()) {
            spoil_name(account, random);
            if system.kind.tells_unit() && !account.stated.unit.is_empty() && random.chance(UNIT) {
                account.stated.unit = spoilt_unit(&account.stated.unit, random);
                account.cause = account.cause.or(Cause::UnitSlip);
            }
            let told = account.stated.birth.filter(|_| system.kind == SystemKind::School);
            if let Some(birth) = told.filter(|_| random.chance(BIRTH)) {
                account.stated.birth = Some(slipped(birth, random));
                account.cause = account.cause.or(Cause::BirthSlip);
            }
            if random.chance(KEYLESS) {
                account.lose_key(system.kind);
            }
            spoil_as_system(system.kind, account);
        }
    }
}

/// One thing at most, drawn by how often it is met; what changes nothing did not happen.
fn spoil_name(account: &mut Made, random: &mut Random) {
    let mut place = random.unit() * 100.0;
    let drawn = NAMES.iter().find(|(_, rate)| {
        place -= rate;
        place < 0.0
    });
    let Some((cause, _)) = drawn else { return };
    let (given, surname) = account.called.clone();
    let called = match cause {
        Cause::GivenName => (mistyped(&given, random), surname),
        Cause::Surname => (given, mistyped(&surname, random)),
        Cause::SeveralSlips => (mistyped(&given, random), mistyped(&mistyped(&surname, random), random)),
        Cause::Swapped => (surname, given),
        Cause::Initial => (given.chars().take(1).collect(), surname),
        Cause::MissingPart if random.chance(0.5) => (String::new(), surname),
        Cause::MissingPart => (given, String::new()),
        Cause::UpperCase => (given.to_uppercase(), surname.to_uppercase()),
        _ => (mojibake(&given), mojibake(&surname)),
    };
    if called != account.called {
        account.called = called;
        account.cause = *cause;
    }
}

/// What one system does to every name.
fn spoil_as_system(kind: SystemKind, account: &mut Made) {
    let (given, surname) = account.called.clone();
    let (called, cause) = match kind {
        SystemKind::Care => ((lossy(&given), lossy(&surname)), Cause::Lossy),
        SystemKind::Finance => {
            let room = WIDTH.saturating_sub(given.chars().count() + 1);
            ((given, surname.chars().take(room).collect()), Cause::Cut)
        }
        SystemKind::Permits => ((given.to_uppercase(), surname.to_uppercase()), Cause::UpperCase),
        SystemKind::Directory | SystemKind::School | SystemKind::Cloud => return,
    };
    if called != account.called {
        account.called = called;
        account.cause = account.cause.or(cause);
    }
}

/// Letters that an export in ASCII has lost.
fn lossy(word: &str) -> String {
    word.chars().map(|letter| if letter.is_ascii() { letter } else { '?' }).collect()
}

/// UTF-8 read as windows-1252.
fn mojibake(word: &str) -> String {
    encoding_rs::WINDOWS_1252.decode_without_bom_handling(word.as_bytes()).0.into_owned()
}

/// A unit left out, abbreviated or mistyped.
fn spoilt_unit(unit: &str, random: &mut Random) -> String {
    let (first, rest) = unit.split_once(' ').unwrap_or((unit, ""));
    let short: String = first.chars().take(5).collect();
    match random.below(5) {
        0 => String::new(),
        1 if !rest.is_empty() => format!("{short}. {rest}"),
        2 => format!("{} {rest}", mistyped(&mistyped(first, random), random)).trim().to_owned(),
        _ => format!("{} {rest}", mistyped(first, random)).trim().to_owned(),
    }
}

/// Another day, month or year, or day and month exchanged.
fn slipped(birth: NaiveDate, random: &mut Random) -> NaiveDate {
    let other = match random.below(4) {
        0 => NaiveDate::from_ymd_opt(birth.year(), birth.day(), birth.month()),
        1 => birth.with_year(birth.year() + 1),
        2 => birth.with_month(birth.month() % 12 + 1),
        _ => birth.with_day(birth.day() % 28 + 1),
    };
    other.filter(|day| *day != birth).unwrap_or(birth + Days::new(10))
}

#[cfg(test)]
mod tests {
    use super::{lossy, mojibake, slipped};
    use crate::demo::random::Random;
    use chrono::NaiveDate;

    /// Letters are lost as exports lose them.
    #[test]
    fn letters_are_lost() {
        assert_eq!((lossy("Sjöström").as_str(), mojibake("Åsa").as_str()), ("Sj?str?m", "Ã…sa"));
    }

    /// A slip in a birth date gives another date, whatever the day.
    #[test]
    fn a_slip_changes_a_date() {
        let mut random = Random::new(1);
        for (month, day) in [(2, 29), (12, 31), (5, 5), (1, 1)] {
            let birth = NaiveDate::from_ymd_opt(1984, month, day).unwrap();
            assert!((0..40).all(|_| slipped(birth, &mut random) != birth));
        }
    }
}
