//! By what a protected person is known again: every key of a person, an account or a marked row, made equal where
//! files only write it differently.
//!
//! A key is kept as a hash of itself. Two keys that met in one hash would hide one row too many, which costs a look;
//! two hundred thousand accounts with eight texts each would cost the memory of the run.

use super::beside::{Beside, Named};
use crate::ingest::{Export, Mark};
use crate::model::{
    AccountIx, Digits, Field, Flaw, NameTokens, Person, PersonalNumber, Reserve, Spelling, find_numbers, name_words,
    object_key,
};
use crate::roster::{employee_key, mail_key, name_keys};
use chrono::NaiveDate;
use std::borrow::Cow;
use std::hash::{Hash, Hasher};
use unicode_normalization::UnicodeNormalization;

/// What ties two rows to one person.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Tie {
    /// A personal number, which is one person's only.
    Number,
    /// Another key, which may stand on several persons' rows.
    Identifier,
    /// An account name, which is handed on and made twice.
    Account,
    /// A given name and a surname.
    Name,
}

impl Tie {
    /// Every one, in their order.
    const ALL: [Self; 4] = [Self::Number, Self::Identifier, Self::Account, Self::Name];
}

/// A key as it is compared: what it ties in the first two bits, and 62 bits of its hash.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Key(u64);

impl Key {
    /// Bits of the hash.
    const HASH_BITS: u32 = 62;

    /// Puts a key together.
    pub fn new(tie: Tie, hash: u64) -> Self {
        Self(((tie as u64) << Self::HASH_BITS) | (hash >> (u64::BITS - Self::HASH_BITS)))
    }

    /// What it ties.
    pub fn tie(self) -> Tie {
        Tie::ALL[(self.0 >> Self::HASH_BITS) as usize]
    }
}

/// In whose series a text is unique.
#[derive(Clone, Copy, Hash)]
enum Series {
    PersonalNumber,
    Employee,
    Address,
    Account,
    DistinguishedName,
    Object,
    Hsa,
    Name,
}

/// Digits from which an account name can be an employee number.
const EMPLOYEE_DIGITS: usize = 4;

/// Digits of a personal number without century.
const SHORT_DIGITS: usize = 10;

/// A hash that is the same in every build of the program, since keys are remembered from run to run: FNV-1a of 64 bits
/// (Fowler, Noll and Vo).
struct Stays(u64);

impl Stays {
    fn new() -> Self {
        Self(0xcbf2_9ce4_8422_2325)
    }
}

impl Hasher for Stays {
    fn write(&mut self, bytes: &[u8]) {
        for byte in bytes {
            self.0 = (self.0 ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3);
        }
    }

    fn finish(&self) -> u64 {
        self.0
    }
}

/// Keys being gathered. `day` settles the century of numbers written short.
pub struct Keys {
    day: NaiveDate,
    list: Vec<Key>,
    /// The personal number they came with, where there is one.
    pub number: Option<PersonalNumber>,
}

impl Keys {
    /// None yet.
    pub fn new(day: NaiveDate) -> Self {
        Self { day, list: Vec::new(), number: None }
    }

    /// Those gathered, each once.
    pub fn into_list(mut self) -> Box<[Key]> {
        self.list.sort_unstable();
        self.list.dedup();
        self.list.into()
    }

    /// Those of a person of the roster.
    pub fn of_person(person: &Person, day: NaiveDate) -> Self {
        let mut keys = Self::new(day);
        person.stated_number().into_iter().for_each(|number| keys.number(number));
        person.employee_numbers.iter().for_each(|number| keys.employee(number));
        person.email.iter().chain(&person.more_mails).for_each(|mail| keys.addresses(mail));
        person.user_name.iter().for_each(|name| keys.account(name));
        person.hsa_id.iter().for_each(|id| keys.text(Series::Hsa, id));
        std::iter::once(&person.tokens).chain(&person.other_names).for_each(|name| keys.name(name));
        keys
    }

    /// Those of an account.
    pub fn of_account(ix: AccountIx, export: &Export, beside: &Beside, day: NaiveDate) -> Self {
        let mut keys = Self::new(day);
        let account = &export.accounts[ix.0 as usize];
        let text = |sym| export.strings.maybe(sym);
        account.personal_number.into_iter().for_each(|number| keys.number(number));
        export.beside.broken_numbers_of(ix).for_each(|sym| keys.written_number(export.strings.text(sym)));
        text(account.employee_number).into_iter().for_each(|number| keys.employee(number));
        keys.account(export.strings.text(account.name));
        text(account.user_name).into_iter().for_each(|name| keys.account(name));
        text(account.upn).into_iter().for_each(|name| keys.account(name));
        let mails = text(account.email).into_iter().chain(export.strings.texts(account.more_mails));
        mails.for_each(|mail| keys.addresses(mail));
        text(account.dn).into_iter().for_each(|dn| keys.text(Series::DistinguishedName, dn));
        let ids = text(account.guid).into_iter().chain(export.strings.texts(account.more_ids));
        ids.for_each(|id| keys.text(Series::Object, id));
        text(account.hsa_id).into_iter().for_each(|id| keys.text(Series::Hsa, id));
        beside.names_of(account, export).iter().for_each(|name| keys.named(name));
        keys
    }

    /// Those of a marked row, as written.
    pub fn of_mark(mark: &Mark, beside: &Beside, day: NaiveDate) -> Self {
        let mut keys = Self::new(day);
        mark.texts(Field::PersonalNumber).for_each(|text| keys.written_number(text));
        mark.texts(Field::EmployeeNumber).for_each(|text| keys.employee(text));
        mark.texts(Field::Email).for_each(|text| keys.addresses(text));
        for field in [Field::Account, Field::UserName, Field::Upn] {
            mark.texts(field).for_each(|text| keys.account(text));
        }
        let plain = [
            (Field::Guid, Series::Object),
            (Field::ImmutableId, Series::Object),
            (Field::Dn, Series::DistinguishedName),
            (Field::HsaId, Series::Hsa),
        ];
        for (field, series) in plain {
            mark.texts(field).for_each(|text| keys.text(series, text));
        }
        beside.names_of_mark(mark).iter().for_each(|name| keys.named(name));
        keys
    }

    fn push(&mut self, tie: Tie, series: Series, value: impl Hash) {
        let mut hasher = Stays::new();
        (series, value).hash(&mut hasher);
        self.list.push(Key::new(tie, hasher.finish()));
    }

    fn number(&mut self, number: PersonalNumber) {
        self.number.get_or_insert(number);
        self.push(Tie::Number, Series::PersonalNumber, number);
    }

    /// A text in the column of personal numbers: one that is broken is still the same on two rows.
    fn written_number(&mut self, text: &str) {
        if self.smuggled(text) {
            return;
        }
        match PersonalNumber::read(text, None, self.day) {
            Ok(reading) => self.number(reading.number),
            // Of these nothing is left that is one person's.
            Err(Flaw::Blank | Flaw::Placeholder | Flaw::Incomplete | Flaw::Destroyed) => {}
            Err(_) => {
                let plain: String = text.nfkc().filter(|c| c.is_alphanumeric()).collect();
                let at = plain.char_indices().rev().nth(SHORT_DIGITS - 1).map_or(0, |(at, _)| at);
                self.text(Series::PersonalNumber, &plain[at..]);
            }
        }
    }

    /// The personal numbers that stand in a text of any series, as where the employee number is one, however they are
    /// written and whatever is set to them; whether there are any.
    fn smuggled(&mut self, text: &str) -> bool {
        let found = find_numbers(&Digits::of(text), self.day);
        for one in &found {
            match PersonalNumber::read(&one.digits(), None, self.day) {
                Ok(reading) => self.number(reading.number),
                Err(_) => self.text(Series::PersonalNumber, &format!("{:010}", one.ten)),
            }
        }
        if let Some(reserve) = Reserve::read(text) {
            self.text(Series::PersonalNumber, &reserve.short());
        }
        !found.is_empty()
    }

    fn employee(&mut self, text: &str) {
        self.smuggled(text);
        let key = employee_key(&composed(text));
        if !key.is_empty() {
            self.push(Tie::Identifier, Series::Employee, key);
        }
    }

    /// The addresses in a cell, each also by what stands before its `@`: many systems call accounts so.
    fn addresses(&mut self, text: &str) {
        let text = composed(text);
        let text = if text.contains("%40") { Cow::Owned(text.replace("%40", "@")) } else { text };
        for written in text.split(|c: char| c.is_whitespace() || matches!(c, ';' | ',' | '|' | '<' | '>' | '?')) {
            let mail = mail_key(written);
            // Behind what says how it is used: sip, mailto.
            let mail = mail.rsplit(':').next().unwrap_or(&mail);
            let Some((local, _)) = mail.split_once('@') else { continue };
            self.push(Tie::Identifier, Series::Address, mail);
            self.local(local);
            if let Some(invited) = invited_address(local) {
                self.push(Tie::Identifier, Series::Address, invited);
            }
        }
    }

    /// An account name, without the domain before it.
    fn account(&mut self, text: &str) {
        let name = composed(text.trim().trim_matches(['(', ')'])).to_lowercase();
        let name = name.rsplit('\\').next().unwrap_or_default();
        if name.contains('@') { self.addresses(name) } else { self.local(name) }
    }

    fn local(&mut self, name: &str) {
        if name.is_empty() {
            return;
        }
        self.smuggled(name);
        self.push(Tie::Account, Series::Account, name);
        if name.len() >= EMPLOYEE_DIGITS && name.bytes().all(|b| b.is_ascii_digit()) {
            self.push(Tie::Identifier, Series::Employee, employee_key(name));
        }
    }

    /// A text that is compared whole, without regard to case and to brackets around it.
    fn text(&mut self, series: Series, text: &str) {
        let folded = object_key(text);
        if !folded.is_empty() {
            self.push(Tie::Identifier, series, folded);
        }
    }

    /// A name as its columns have it.
    fn named(&mut self, name: &Named) {
        if name.is_whole { self.whole_name(&name.written) } else { self.name(&name.tokens) }
    }

    /// A name as one text, whose words may stand in any order, with a unit behind them that nobody else has.
    fn whole_name(&mut self, text: &str) {
        let words = name_words(text);
        self.name(&NameTokens { given: words.clone(), surname: words, spelling: Spelling::EitherOrder });
    }

    /// Every pair of a given name and a surname; a name of one word is whole by itself.
    fn name(&mut self, tokens: &NameTokens) {
        tokens.only_word().into_iter().for_each(|word| self.push(Tie::Name, Series::Name, ("", word)));
        for (given, surname) in name_keys(tokens) {
            let pair = if given <= surname { (given, surname) } else { (surname, given) };
            self.push(Tie::Name, Series::Name, pair);
        }
    }
}

/// A text in the one form that Unicode has for what reads the same. ASCII is in it already, and nearly every key is ASCII.
fn composed(text: &str) -> Cow<'_, str> {
    if text.is_ascii() { Cow::Borrowed(text) } else { Cow::Owned(text.nfkc().collect()) }
}

/// The address of an invited guest, out of the user name that Entra makes of it: `eva_gmail.com#ext#`.
fn invited_address(local: &str) -> Option<String> {
    let (invited, _) = local.split_once("#ext#")?;
    let (name, domain) = invited.rsplit_once('_')?;
    Some(format!("{name}@{domain}"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{FileIx, SourceRef};

    fn keys(cells: &[(Field, &str)]) -> Box<[Key]> {
        let source = SourceRef { file: FileIx(0), sheet: 0, row: 2 };
        let texts = cells.iter().map(|(field, text)| (*field, (*text).to_owned())).collect();
        let day = NaiveDate::from_ymd_opt(2026, 9, 30).unwrap();
        Keys::of_mark(&Mark::new(source, texts), &Beside::default(), day).into_list()
    }

    fn share(a: (Field, &str), b: (Field, &str)) -> bool {
        let other = keys(&[b]);
        keys(&[a]).iter().any(|key| other.contains(key))
    }

    /// What files only write differently is one key.
    #[test]
    fn spellings_of_a_key_are_one() {
        use Field::{Account, Dn, Email, EmployeeNumber, Guid, HsaId, Name, PersonalNumber, Upn, UserName};
        let same = [
            ((PersonalNumber, "199001012385"), (PersonalNumber, "900101-2385")),
            ((PersonalNumber, "199001012385"), (EmployeeNumber, "19900101-2385")),
            ((PersonalNumber, "9001012385"), (Account, "EXEMPEL\\199001012385")),
            ((PersonalNumber, "199001012384"), (PersonalNumber, " 900101-2384")),
            ((PersonalNumber, "199001012385"), (PersonalNumber, "1990-01-01-2385")),
            ((PersonalNumber, "199001012385"), (PersonalNumber, "１９９００１０１２３８５")),
            ((PersonalNumber, "199001012385"), (PersonalNumber, "p199001012385")),
            ((PersonalNumber, "199001012385"), (PersonalNumber, "SE199001012385")),
            ((PersonalNumber, "199001012385"), (Account, "svc-900101-2385")),
            ((PersonalNumber, "199001012384"), (Account, "p199001012384")),
            ((PersonalNumber, "19900101-T238"), (PersonalNumber, "900101t238")),
            ((PersonalNumber, "19900101-T238"), (Account, "19900101T238")),
            ((PersonalNumber, "9912345678"), (PersonalNumber, "991234-5678")),
            ((Email, "mia.berg@exempel.se"), (Email, "mailto:Mia.Berg@exempel.se?subject=x")),
            ((Email, "mia.berg@exempel.se"), (Email, "mia.berg%40exempel.se")),
            ((EmployeeNumber, "1050"), (EmployeeNumber, "１０５０")),
            ((EmployeeNumber, "001050"), (EmployeeNumber, "1050")),
            ((EmployeeNumber, "001050"), (Account, "1050")),
            ((Email, "Mia.Berg@Exempel.se"), (Email, "smtp:x@exempel.se;SMTP:mia.berg@exempel.se")),
            ((Email, "mia.berg@exempel.se"), (Upn, "mia.berg@exempel.se")),
            ((Email, "mia.berg@exempel.se"), (Account, "mia.berg")),
            ((Email, "mia@gmail.com"), (Upn, "mia_gmail.com#EXT#@exempel.onmicrosoft.com")),
            ((Account, "(EXEMPEL\\MiaBer01)"), (UserName, "miaber01")),
            ((Account, "m\u{e5}ns"), (Account, "MA\u{30a}NS")),
            ((Guid, "{0A1B}"), (Guid, "0a1b")),
            ((Dn, "CN=Mia,OU=X"), (Dn, "cn=mia,ou=x")),
            ((HsaId, "SE1-A"), (HsaId, "se1-a")),
            ((Name, "Berg, Mia"), (Name, "Mia Berg (Hemtjänsten)")),
            ((Name, "Mia Berg, Hemtjänsten"), (Name, "Mia Berg")),
            ((Name, "Sukarnoputri"), (Field::Surname, "Sukarnoputri")),
        ];
        for (a, b) in same {
            assert!(share(a, b), "{a:?} {b:?}");
        }
        let apart = [
            ((Email, "mia@exempel.se"), (Email, "mio@exempel.se")),
            ((EmployeeNumber, "1050"), (Guid, "1050")),
            ((PersonalNumber, "19900101-XXXX"), (PersonalNumber, "19900101-XXXX")),
            ((PersonalNumber, "19900101-T238"), (PersonalNumber, "19900101-T239")),
            ((EmployeeNumber, "17"), (Account, "17")),
            ((Name, "Mia Berg"), (Name, "Mia Dahl")),
            ((EmployeeNumber, "0"), (EmployeeNumber, "000")),
            ((Name, "Mia"), (Name, "Mia Berg")),
        ];
        for (a, b) in apart {
            assert!(!share(a, b), "{a:?} {b:?}");
        }
    }

    /// A key keeps what it ties, whatever its hash, and another hash is another key.
    #[test]
    fn a_key_keeps_what_it_ties() {
        for tie in Tie::ALL {
            assert_eq!([Key::new(tie, 0).tie(), Key::new(tie, u64::MAX).tie()], [tie; 2]);
            assert!(Key::new(tie, 4) < Key::new(tie, 8));
        }
        assert!(Key::new(Tie::Number, u64::MAX) < Key::new(Tie::Identifier, 0));
    }

    /// A name in columns is the same name in one text.
    #[test]
    fn names_in_columns_are_names_in_one() {
        let apart = keys(&[(Field::GivenName, "Mia Maria"), (Field::CallName, "Mia"), (Field::Surname, "Berg")]);
        let whole = keys(&[(Field::Name, "Berg Mia")]);
        assert!(whole.iter().any(|key| apart.contains(key)));
    }
}
