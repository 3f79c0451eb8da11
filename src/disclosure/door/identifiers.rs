//! By what a protected person is known: gathered once of every row that is hers or may be.

use super::affixes::Longer;
use super::alike::{Alike, Pair};
use super::folded::words;
use super::ways::Ways;
use crate::examine::Examination;
use crate::ingest::{Export, Mark};
use crate::matching::{Beside, Match, Named, Word, local_part};
use crate::model::{
    AccountIx, Field, NameTokens, Person, PersonIx, PersonalNumber, Reserve, fold_word, is_given_name, surname_share,
};
use foldhash::{HashSet, HashSetExt};
use rayon::prelude::*;
use std::collections::{BTreeMap, BTreeSet};

/// Everything that may stand in no ordinary output.
#[derive(Debug, Default)]
pub struct Identifiers {
    /// Texts, folded, that are hidden wherever they stand among other words.
    pub anywhere: BTreeSet<String>,
    /// Texts so plain that other texts hold them too: a number of few digits, a given name. Hidden where nothing else
    /// stands.
    pub alone: BTreeSet<String>,
    /// The last ten digits of personal numbers.
    pub numbers: BTreeSet<u64>,
    /// Names in one word, hidden like what is hidden anywhere.
    pub joined: BTreeSet<String>,
    /// Surnames with the given names they are borne with.
    pub names: BTreeMap<String, BTreeSet<String>>,
    /// What others are called that goes on from one of those names.
    pub longer: Longer,
    /// What others are called that is like one of those names.
    pub theirs: HashSet<Pair>,
}

/// What some of the others share with those who are protected.
struct Others {
    /// What they are known by too.
    theirs: Identifiers,
    /// What they are called that goes on from one of the names.
    longer: Longer,
    /// Names of one word that are one of several of theirs.
    plain: BTreeSet<String>,
    /// What they are called that is like one of the names.
    like: HashSet<Pair>,
}

impl Others {
    /// None of them seen yet.
    fn beside(hers: &Identifiers) -> Self {
        let longer = Longer::than(hers.names.iter().flat_map(|(surname, given)| given.iter().chain([surname])));
        Self { theirs: Identifiers::default(), longer, plain: BTreeSet::new(), like: HashSet::new() }
    }

    /// Takes in what one of them is called; `only` are names of one word.
    fn see_names(&mut self, person: &Person, only: &BTreeSet<&String>, alike: &Alike) {
        for name in std::iter::once(&person.tokens).chain(&person.other_names) {
            self.longer.see(name);
            alike.see(name, &mut self.like);
            if !only.is_empty() {
                let own = name.given.iter().chain(&name.surname).map(|word| words(word));
                self.plain.extend(own.filter(|word| only.contains(word)));
            }
        }
    }
}

/// Digits from which an employee number is no count and no year.
const LONG_NUMBER: usize = 5;
/// Letters from which a word with digits in it is an account's name.
const LONG_NAME: usize = 4;

impl Identifiers {
    /// Gathers those of everyone who is protected.
    pub fn of(examination: &Examination) -> Self {
        let mut own = Self::default();
        let Examination { payroll, roster, systems, protection, .. } = examination;
        protection.persons.iter().for_each(|ix| own.add_person(roster.person(*ix)));
        let beside = &protection.beside;
        payroll.marks.iter().for_each(|mark| own.add_mark(mark, beside));
        for (system, hidden) in systems.iter().zip(&protection.accounts) {
            let Ok((export, matches)) = system.delivered() else { continue };
            export.marks.iter().for_each(|mark| own.add_mark(mark, beside));
            for ix in hidden {
                own.add_account(*ix, export, &matches.matches[ix.0 as usize], beside);
            }
        }
        if !protection.persons.is_empty() || protection.accounts.iter().any(|hidden| !hidden.is_empty()) {
            own.leave_to_others(examination);
        }
        own
    }

    /// Gathers those of whoever is marked, where nothing else is known.
    pub fn of_marks<'m>(marks: impl Iterator<Item = &'m Mark>) -> Self {
        let mut own = Self::default();
        marks.for_each(|mark| own.add_mark(mark, &Beside::default()));
        own
    }

    /// An account that is hidden because it may be hers carries what may be another's; payroll knows whose it is. That
    /// person is shown like anyone.
    fn leave_to_others(&mut self, examination: &Examination) {
        let Examination { roster, protection, .. } = examination;
        let mut hers = Self::default();
        protection.persons.iter().for_each(|ix| hers.add_person(roster.person(*ix)));
        let is_one_word = |text: &&String| !text.contains(' ') && text.chars().all(char::is_alphabetic);
        let only: BTreeSet<&String> = self.anywhere.iter().filter(is_one_word).collect();
        let alike = Alike::to(&self.names, HashSet::new());
        let is_open = |ix: &PersonIx| !protection.persons.contains(ix);
        let others: Vec<Others> = roster
            .par_persons()
            .filter(|(ix, _)| is_open(ix))
            .fold(
                || Others::beside(self),
                |mut others, (_, person)| {
                    self.find_borne_by(person, &hers, &mut others.theirs);
                    others.see_names(person, &only, &alike);
                    others
                },
            )
            .collect();
        for Others { theirs, longer, plain, like } in others {
            self.remove(&theirs);
            self.theirs.extend(like);
            for word in plain.into_iter().filter(|word| self.anywhere.remove(word)).collect::<Vec<_>>() {
                self.alone.insert(word);
            }
            self.longer.extend(longer);
        }
        self.leave_places(roster.persons().filter(|(ix, _)| is_open(ix)).map(|(_, person)| person));
    }

    /// Where others work, and as what, is called as it is: Bo Lind makes no name of the home Lindbo.
    fn leave_places<'p>(&mut self, open: impl Iterator<Item = &'p Person>) {
        let mut seen: HashSet<&str> = HashSet::new();
        for employment in open.flat_map(|person| &person.employments) {
            let texts = employment.unit.iter().chain(&employment.department).chain(&employment.title);
            for text in texts.filter(|text| seen.insert(text)) {
                words(text).split(' ').for_each(|word| {
                    self.joined.remove(word);
                });
            }
        }
    }

    /// Adds to `theirs` what of it somebody else is known by too.
    fn find_borne_by(&self, person: &Person, hers: &Self, theirs: &mut Self) {
        let number = person.stated_number().map(PersonalNumber::ten);
        theirs.numbers.extend(number.filter(|own| self.numbers.contains(own) && !hers.numbers.contains(own)));
        let texts = person.employee_numbers.iter().chain(&person.shared_numbers).chain(&person.email);
        let texts = texts.chain(&person.more_mails).chain(&person.user_name).chain(&person.hsa_id);
        for text in texts.map(|text| plain(text)).filter(|text| self.has(text) && !hers.has(text)) {
            theirs.alone.insert(text.clone());
            theirs.anywhere.insert(text);
        }
        self.find_borne_name(&person.name, &person.tokens, theirs);
        person.other_names.iter().for_each(|name| self.find_borne_name("", name, theirs));
    }

    fn has(&self, text: &str) -> bool {
        self.anywhere.contains(text) || self.alone.contains(text)
    }

    /// A name that somebody else bears too is shown like any: hidden, it would tell that one of those who bear it is
    /// protected.
    fn find_borne_name(&self, written: &str, name: &NameTokens, theirs: &mut Self) {
        let is_borne = |word: &String| self.names.contains_key(&words(word));
        if !name.surname.iter().chain(&name.given).any(is_borne) {
            return;
        }
        let ways = Ways::of(written, name);
        theirs.joined.extend(ways.joined.into_iter().filter(|joined| self.joined.contains(joined)));
        for (given, surname) in ways.apart {
            let texts = [format!("{given} {surname}"), format!("{surname} {given}")];
            theirs.anywhere.extend(texts.into_iter().filter(|text| self.anywhere.contains(text)));
            // A name of which it is not known which half is the surname is borne either way.
            for (given, surname) in [(&given, &surname), (&surname, &given)] {
                if self.names.get(surname).is_some_and(|borne| borne.contains(given)) {
                    theirs.names.entry(surname.clone()).or_default().insert(given.clone());
                }
            }
        }
    }

    /// Takes out everything that somebody else has.
    fn remove(&mut self, theirs: &Self) {
        self.numbers.retain(|own| !theirs.numbers.contains(own));
        self.anywhere.retain(|own| !theirs.anywhere.contains(own));
        self.alone.retain(|own| !theirs.alone.contains(own));
        self.joined.retain(|own| !theirs.joined.contains(own));
        for (surname, given) in &theirs.names {
            if let Some(borne) = self.names.get_mut(surname) {
                borne.retain(|own| !given.contains(own));
            }
        }
        self.names.retain(|_, borne| !borne.is_empty());
    }

    fn add_person(&mut self, person: &Person) {
        person.stated_number().into_iter().for_each(|number| self.add_number(number));
        person.employee_numbers.iter().chain([&person.id.0]).for_each(|number| self.add(number));
        let texts = person.email.iter().chain(&person.more_mails).chain(&person.user_name).chain(&person.hsa_id);
        texts.for_each(|text| self.add_name_of_account(text));
        self.add_name(&person.name, &person.tokens);
        person.other_names.iter().for_each(|name| self.add_name("", name));
        self.add_only_name(&person.tokens);
    }

    fn add_mark(&mut self, mark: &Mark, beside: &Beside) {
        mark.texts(Field::PersonalNumber).for_each(|text| self.add_written_number(text));
        mark.texts(Field::EmployeeNumber).for_each(|text| self.add(text));
        for field in [
            Field::Email,
            Field::Account,
            Field::UserName,
            Field::Upn,
            Field::Dn,
            Field::Guid,
            Field::ImmutableId,
            Field::HsaId,
        ] {
            mark.texts(field).for_each(|text| self.add_name_of_account(text));
        }
        let names = beside.names_of_mark(mark);
        self.add_names(&names);
        names.iter().for_each(|name| self.add_only_name(&name.tokens));
    }

    /// A name of one word, and of nothing else, is hers among other words too, unless people or things are called so.
    fn add_only_name(&mut self, name: &NameTokens) {
        let Some(word) = name.only_word() else { return };
        let is_rare =
            word.chars().count() > LONG_NAME && Word::of(word) == Word::Letters && surname_share(word).is_none();
        let set = if is_rare { &mut self.anywhere } else { &mut self.alone };
        set.insert(words(word));
    }

    /// What a service or shared account is called is no person's name, and may be any word.
    fn add_account(&mut self, ix: AccountIx, export: &Export, matched: &Match, beside: &Beside) {
        let account = &export.accounts[ix.0 as usize];
        account.personal_number.iter().for_each(|number| self.add_number(*number));
        export.beside.broken_numbers_of(ix).for_each(|sym| self.add_written_number(export.strings.text(sym)));
        let text = |sym| export.strings.maybe(sym);
        text(account.employee_number).into_iter().for_each(|number| self.add(number));
        let names = [Some(account.name), account.user_name, account.upn, account.email, account.dn, account.guid];
        let names = names
            .into_iter()
            .chain([account.hsa_id])
            .chain(export.strings.list(account.more_ids).iter().copied().map(Some))
            .chain(export.strings.list(account.more_mails).iter().copied().map(Some))
            .chain(export.beside.other_ids_of(ix).map(Some));
        let is_a_things = matched.superuser || matched.class.needs_named_owner() && matched.person().is_none();
        for name in names.filter_map(text) {
            if is_a_things && !name.contains(|c: char| !c.is_alphabetic()) {
                self.alone.insert(words(name));
            } else {
                self.add_name_of_account(name);
            }
        }
        if !is_a_things {
            self.add_names(&beside.names_of(account, export));
        }
    }

    fn add_names(&mut self, names: &[Named]) {
        names.iter().for_each(|name| self.add_name(&name.written, &name.tokens));
    }

    fn add_number(&mut self, number: PersonalNumber) {
        self.numbers.insert(number.ten());
    }

    /// What stands where a personal number should, whatever is amiss with it.
    fn add_written_number(&mut self, text: &str) {
        self.add_digits(text);
        self.add(text);
    }

    /// Digits that are of a personal number's length.
    fn add_digits(&mut self, text: &str) {
        let digits: String = text.chars().filter(char::is_ascii_digit).collect();
        if matches!(digits.len(), 10 | 12) {
            self.numbers.extend(digits[digits.len() - 10..].parse::<u64>());
        }
    }

    /// A name as it is compared, and as it is written where that is known.
    fn add_name(&mut self, written: &str, name: &NameTokens) {
        let ways = Ways::of(written, name);
        self.joined.extend(ways.joined);
        for (given, surname) in ways.apart {
            self.names.entry(surname).or_default().insert(given);
        }
    }

    /// A text, its part behind a domain, and its part before an address's.
    fn add_name_of_account(&mut self, text: &str) {
        self.add(text);
        self.add(text.rsplit('\\').next().unwrap_or(text));
        self.add(&local_part(text));
    }

    fn add(&mut self, text: &str) {
        if is_number(text) {
            self.add_digits(text);
        }
        if let Some(reserve) = Reserve::read(text) {
            self.anywhere.extend(reserve.ways().map(|way| words(&way)));
        }
        let folded = plain(text);
        if folded.is_empty() {
            return;
        }
        let set = if is_telling(text, &folded) { &mut self.anywhere } else { &mut self.alone };
        set.insert(folded);
    }
}

fn is_number(text: &str) -> bool {
    text.chars().all(|c| !c.is_alphabetic())
}

/// A folded text, a number without the zeros before it.
fn plain(text: &str) -> String {
    let folded = words(text);
    if is_number(text) { folded.trim_start_matches('0').to_owned() } else { folded }
}

/// Whether a text, and the same folded, is hers where it stands among other words too.
fn is_telling(text: &str, folded: &str) -> bool {
    let is_one = !folded.contains(' ');
    let (has_digit, has_letter) = (folded.contains(char::is_numeric), folded.contains(char::is_alphabetic));
    let length = folded.chars().count();
    match (has_letter, has_digit) {
        (false, _) => is_one && length >= LONG_NUMBER,
        (true, true) => length >= LONG_NAME,
        (true, false) if !is_one => true,
        (true, false) => {
            let name = fold_word(text.trim());
            length > LONG_NAME && !is_given_name(&name) && surname_share(&name).is_none()
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What is plain is hidden only where it stands alone, or it would take words and counts of others with it.
    #[test]
    fn plain_texts_are_hidden_alone() {
        for (text, telling) in [
            ("miasan01", true),
            ("mia.sandell@x.se", true),
            ("103730", true),
            ("2001-hemlig", true),
            ("SE2321000016-1A2B", true),
            ("miasan", true),
            ("1050", false),
            ("Anna", false),
            ("ab1", false),
            ("05-02", false),
        ] {
            assert_eq!(is_telling(text, &words(text)), telling, "{text}");
        }
    }
}
