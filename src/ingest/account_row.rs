//! One row of an export → one account, not yet folded.

use super::account_end::RowEnd;
use super::class_words;
use super::content::is_hsa_id;
use super::lost_letters::LostLetters;
use super::objects::Object;
use super::row::{RowView, StatedWord};
use super::whose_row::is_identifying;
use super::words::{self, AccountControl, AccountStatus, OfTheClosed, folded};
use crate::config::{StatusWords, SystemConfig};
use crate::model::{
    Account, AccountClass, AccountState, Field, Flaw, Interner, LastLogin, PersonalNumber, Reading, SourceRef,
    StatedBirth, Sym, SymList, TypeHint, birth_date_in, name_in_directory,
};
use chrono::NaiveDate;
use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

/// Reads rows of one system's exports.
pub struct AccountReader<'a> {
    /// The system.
    pub config: &'a SystemConfig,
    /// The day the export proves.
    pub tested_day: NaiveDate,
    /// The reference date, which settles centuries.
    pub as_of: NaiveDate,
    /// The pool of the accounts' texts.
    pub strings: Interner,
    /// What is wrong with personal numbers, by rows.
    pub flaws: BTreeMap<Flaw, u64>,
    /// Names that lost letters.
    pub lost_letters: LostLetters,
    /// Every word of the status columns, folded.
    pub status_words: BTreeSet<String>,
    /// Notes in names that say that the holder has left, with their rows.
    pub notes: BTreeMap<String, u64>,
}

impl AccountReader<'_> {
    /// The account that a row tells of.
    pub fn read(&mut self, source: SourceRef, name: &str, row: &RowView<'_>) -> Account {
        let written = row.text(Field::PersonalNumber).unwrap_or_default();
        let (employee_number, smuggled) = PersonalNumber::separate(row.key(Field::EmployeeNumber), self.as_of);
        let personal_number = self.personal_number(&written, row).or(smuggled);
        let roles = self.roles(row);
        let mut mails = self.mails(row);
        let (whole_name, other_names) = self.names(row);
        self.count_note(row);
        Account {
            name: self.strings.intern(name),
            source,
            guid: self.intern(row, Field::Guid),
            more_ids: self.more_ids(row),
            upn: self.intern(row, Field::Upn),
            dn: self.intern(row, Field::Dn),
            told_apart_by: self.intern(row, Field::Domain).or_else(|| self.intern(row, Field::Company)),
            user_name: self.intern(row, Field::UserName),
            personal_number,
            employee_number: employee_number.map(|number| self.strings.intern(&number)),
            hsa_id: self.hsa_id(row, name),
            email: (!mails.is_empty()).then(|| mails.remove(0)),
            more_mails: self.strings.list(&mails),
            birth_date: self.birth_date(personal_number, &written, row),
            given_name: self.name(row, Field::GivenName),
            surname: self.name(row, Field::Surname),
            whole_name,
            other_names: self.strings.list(&other_names),
            department: self.intern(row, Field::Department),
            unit: self.intern(row, Field::Unit),
            title: self.intern(row, Field::Title),
            manager: self.intern(row, Field::Manager),
            state: self.state(row),
            last_login: last_login(row),
            last_interactive_login: row.date(Field::LastInteractiveLogin).known(),
            password_never_expires: password_never_expires(row),
            created: row.date(Field::Created).known(),
            valid_to: RowEnd::of(row).day(),
            privileged: self.privileged(row, &roles),
            roles: self.strings.list(&roles),
            type_hint: type_hint(row),
            owner: self.intern(row, Field::Owner),
            protected: row.is_protected(),
            excluded_by: self.excluded_by(row),
        }
    }

    /// Texts that may name somebody in cells that are of no field.
    pub fn mentions(&mut self, row: &RowView<'_>) -> Vec<Sym> {
        row.mentions().map(|text| self.strings.intern(&text)).collect()
    }

    /// Ids in columns that were passed over for others of the same kind.
    pub fn other_ids(&mut self, row: &RowView<'_>) -> Vec<Sym> {
        let ids = row.passed_over(|field| field != Field::Name && is_identifying(field));
        ids.map(|text| self.strings.intern(&text)).collect()
    }

    /// Personal numbers of which none could be read, as they are written.
    pub fn broken_numbers(&mut self, row: &RowView<'_>) -> Vec<Sym> {
        let written = row.texts(Field::PersonalNumber).into_iter();
        let broken = written.filter(|text| PersonalNumber::read(text, None, self.as_of).is_err());
        broken.map(|text| self.strings.intern(&text)).collect()
    }

    /// Ids beside the account's own: of the directory it was synchronised from, and of further columns.
    fn more_ids(&mut self, row: &RowView<'_>) -> SymList {
        let further = row.texts(Field::Guid).into_iter().skip(1);
        let ids: Vec<Sym> =
            further.chain(row.texts(Field::ImmutableId)).map(|text| self.strings.intern(&text)).collect();
        self.strings.list(&ids)
    }

    fn intern(&mut self, row: &RowView<'_>, field: Field) -> Option<Sym> {
        row.key(field).map(|text| self.strings.intern(&text))
    }

    /// The HSA-id; also one that is the account's name.
    fn hsa_id(&mut self, row: &RowView<'_>, name: &str) -> Option<Sym> {
        let by_name = is_hsa_id(name).then(|| self.strings.intern(name));
        self.intern(row, Field::HsaId).or(by_name)
    }

    fn personal_number(&mut self, written: &str, row: &RowView<'_>) -> Option<PersonalNumber> {
        let century = row.text(Field::Century).and_then(|text| text.parse().ok());
        match PersonalNumber::read(written, century, self.as_of) {
            Ok(reading) => Some(reading.number),
            Err(Flaw::Blank) => None,
            Err(flaw) => {
                *self.flaws.entry(flaw).or_default() += 1;
                let is_to_come = flaw == Flaw::ImpossibleDate;
                let ten = is_to_come.then(|| PersonalNumber::without_century(written, self.as_of)).flatten();
                if ten.is_none() {
                    row.misread(Field::PersonalNumber, written);
                }
                ten
            }
        }
    }

    /// The birth date; where neither number nor day can be read, the digits that stand there.
    fn birth_date(&self, number: Option<PersonalNumber>, written: &str, row: &RowView<'_>) -> Option<StatedBirth> {
        let by_number = number.and_then(PersonalNumber::birth_date);
        let day = by_number.or_else(|| row.date(Field::BirthDate).known()).or_else(|| birth_date_in(written));
        let stated = || row.text(Field::BirthDate).unwrap_or_default();
        let garbled = |text: &str| StatedBirth::garbled(text, self.as_of).filter(|_| number.is_none());
        day.map(StatedBirth::Day).or_else(|| garbled(&stated())).or_else(|| garbled(written))
    }

    /// Every address, the first column's first; `smtp:` before one tells of a directory and not of the address.
    fn mails(&mut self, row: &RowView<'_>) -> Vec<Sym> {
        let mut mails = Vec::new();
        for text in row.parts(Field::Email) {
            let bare = text.get(5..).filter(|_| text.to_ascii_lowercase().starts_with("smtp:")).unwrap_or(&text);
            // Other kinds of proxy address (X500:, SIP:, SPO:) are no mail.
            if bare.contains('@') && !bare.contains(':') {
                let mail = self.strings.intern(bare);
                if !mails.contains(&mail) {
                    mails.push(mail);
                }
            }
        }
        let principals = [Field::Upn, Field::Account].into_iter().filter_map(|field| row.text(field));
        for address in principals.filter_map(|principal| guest_address(&principal)) {
            let mail = self.strings.intern(&address);
            if !mails.contains(&mail) {
                mails.push(mail);
            }
        }
        mails
    }

    /// The whole name, and other forms of it where several columns hold one; where none does, the name in the directory.
    fn names(&mut self, row: &RowView<'_>) -> (Option<Sym>, Vec<Sym>) {
        let mut names: Vec<Sym> = Vec::new();
        if row.lacks(&[Field::Name, Field::GivenName, Field::Surname]) {
            let own = row.text(Field::Dn).and_then(|dn| name_in_directory(&dn));
            names.extend(own.map(|name| self.strings.intern(&name)));
        }
        for text in row.texts(Field::Name) {
            self.lost_letters.see(&text);
            names.push(self.strings.intern(&text));
        }
        let first = (!names.is_empty()).then(|| names.remove(0));
        (first, names)
    }

    fn name(&mut self, row: &RowView<'_>, field: Field) -> Option<Sym> {
        let text = row.text(field)?;
        self.lost_letters.see(&text);
        Some(self.strings.intern(&text))
    }

    /// Counts a note in a name that says that the holder has left. Like a status of the holder it decides nothing.
    fn count_note(&mut self, row: &RowView<'_>) {
        let names = [Field::Name, Field::Surname, Field::GivenName].into_iter().flat_map(|field| row.texts(field));
        if let Some(note) = names.filter_map(|name| words::note_of_leaving(&name)).next() {
            *self.notes.entry(note).or_default() += 1;
        }
    }

    /// Roles and groups; a cell may hold several, and a matrix has a column for each.
    fn roles(&mut self, row: &RowView<'_>) -> Vec<Sym> {
        let mut roles = Vec::new();
        for field in [Field::Role, Field::Groups] {
            for part in row.parts(field) {
                let role = self.strings.intern(&part);
                if !roles.contains(&role) {
                    roles.push(role);
                }
            }
        }
        roles
    }

    fn privileged(&self, row: &RowView<'_>, roles: &[Sym]) -> bool {
        let by_role = |role: &Sym| self.config.privileged_roles.fit(self.strings.strings().text(*role));
        row.flag(Field::Privileged) == Reading::Known(true) || roles.iter().any(by_role)
    }

    /// Whether it can be used: any column that says no outweighs one that says yes.
    fn state(&mut self, row: &RowView<'_>) -> AccountState {
        let words = row.stated_words(Field::Status);
        for word in &words {
            folded(&word.text, |own| {
                if !self.status_words.contains(own) {
                    self.status_words.insert(own.to_owned());
                }
            });
        }
        let mut says = vec![
            row.flag(Field::Enabled).known(),
            row.flag(Field::Disabled).known().map(|disabled| !disabled),
            account_control(row).map(|control| !control.is_disabled()),
        ];
        says.extend(words.iter().map(|word| self.status(word, row)));
        if says.contains(&Some(false)) {
            AccountState::Disabled
        } else if says.contains(&Some(true)) {
            AccountState::Active
        } else if row.of_the_closed() == OfTheClosed::Yes {
            AccountState::Disabled
        } else {
            AccountState::NotStated
        }
    }

    /// What a status word says of the account; one that is not understood is noted.
    fn status(&self, word: &StatedWord, row: &RowView<'_>) -> Option<bool> {
        let text = &word.text;
        match status_word(word, &self.config.status) {
            Reading::Known(AccountStatus::Open) => Some(true),
            Reading::Known(AccountStatus::Closed) => Some(false),
            // A word that tells of the holder says nothing of the account. Beside a column that does, it decides
            // nothing; alone, it is told that the state is not stated.
            Reading::Known(AccountStatus::OfHolder) if tells_state_elsewhere(row) => None,
            Reading::Absent => None,
            Reading::Known(AccountStatus::OfHolder) | Reading::NotUnderstood => {
                row.misread(Field::Status, text);
                None
            }
        }
    }

    fn excluded_by(&self, row: &RowView<'_>) -> Option<u8> {
        let fits = |exclusion: &crate::config::Exclusion| {
            row.under(&exclusion.column).is_some_and(|text| exclusion.pattern.fit(&text))
        };
        self.config.exclusions.iter().position(fits).and_then(|at| u8::try_from(at).ok())
    }
}

/// The guest's own address inside a principal name: `anna.rask_firma.se#EXT#@x.onmicrosoft.com` (Microsoft Entra B2B,
/// "Properties of a guest user"). A domain holds no underscore, so the last one stood for the `@`.
fn guest_address(principal: &str) -> Option<String> {
    let at = principal.to_ascii_uppercase().find("#EXT#")?;
    let (local, domain) = principal.get(..at)?.rsplit_once('_')?;
    (!local.is_empty() && domain.contains('.')).then(|| format!("{local}@{domain}"))
}

/// Whether another column of the row tells whether the account is open.
fn tells_state_elsewhere(row: &RowView<'_>) -> bool {
    let others = [Field::Enabled, Field::Disabled, Field::AccountControl];
    let tells = |word: &Cow<'_, str>| {
        matches!(words::account_status(word), Reading::Known(AccountStatus::Open | AccountStatus::Closed))
    };
    others.into_iter().any(|field| row.text(field).is_some()) || row.texts(Field::Status).iter().any(tells)
}

/// What a word means as configured, else by itself; a letter that nothing bears out means nothing by itself.
fn status_word(word: &StatedWord, words: &StatusWords) -> Reading<AccountStatus> {
    let text = &word.text;
    if words.closed.hold(text) {
        Reading::Known(AccountStatus::Closed)
    } else if words.active.hold(text) {
        Reading::Known(AccountStatus::Open)
    } else if words::is_code(text) {
        by_question(word)
    } else {
        match words::account_status(word.stands_for.unwrap_or(text)) {
            Reading::Known(AccountStatus::Closed) if !word.borne_out => Reading::NotUnderstood,
            says => says,
        }
    }
}

/// What a number or a tick says: the answer to the question of its header, and nothing under a header that asks none.
fn by_question(word: &StatedWord) -> Reading<AccountStatus> {
    match (word.yes_is_open, words::flag(&word.text)) {
        (_, Reading::Absent) => Reading::Absent,
        (Some(yes_is_open), Reading::Known(yes)) if word.borne_out => {
            Reading::Known(if yes == yes_is_open { AccountStatus::Open } else { AccountStatus::Closed })
        }
        _ => Reading::NotUnderstood,
    }
}

/// The bits of `userAccountControl`.
fn account_control(row: &RowView<'_>) -> Option<AccountControl> {
    let word = row.words(Field::AccountControl).into_iter().next()?;
    match words::account_control(&word) {
        Reading::Known(control) => Some(control),
        Reading::Absent => None,
        Reading::NotUnderstood => {
            row.misread(Field::AccountControl, &word);
            None
        }
    }
}

/// By a column of its own, else by its bit of `userAccountControl`.
fn password_never_expires(row: &RowView<'_>) -> Option<bool> {
    row.flag(Field::PasswordNeverExpires).known().or_else(|| Some(account_control(row)?.password_never_expires()))
}

/// The last sign-in, by a person or a program. A blank in a column that has values elsewhere means never only where the file says so in words;
/// a blank alone is not stated.
fn last_login(row: &RowView<'_>) -> Option<LastLogin> {
    let fields = [Field::LastLogin, Field::LastInteractiveLogin];
    let readings = fields.map(|field| row.date(field));
    if let Some(day) = readings.into_iter().filter_map(Reading::known).max() {
        return Some(LastLogin::On(day));
    }
    if readings.contains(&Reading::NotUnderstood) {
        return Some(LastLogin::NotUnderstood);
    }
    fields.into_iter().any(|field| row.says_never(field)).then_some(LastLogin::Never)
}

fn type_hint(row: &RowView<'_>) -> Option<TypeHint> {
    let by_type = row.text(Field::AccountType).and_then(|text| match class_words::account_class(&text) {
        Reading::Known(class) => Some(class),
        Reading::Absent => None,
        Reading::NotUnderstood => {
            row.misread(Field::AccountType, &text);
            None
        }
    });
    let external = || (row.flag(Field::External) == Reading::Known(true)).then_some(AccountClass::External);
    by_type.or_else(|| by_object(row)).or_else(external).map(TypeHint)
}

/// Of what a directory holds, only accounts that it looks after itself are told to be of a service.
fn by_object(row: &RowView<'_>) -> Option<AccountClass> {
    match row.object() {
        Object::OfService => Some(AccountClass::Service),
        Object::NotUnderstood => {
            row.misread(Field::ObjectClass, &row.texts(Field::ObjectClass).join(", "));
            None
        }
        Object::Account | Object::Other(_) => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A guest's address is read out of the principal name, with an underscore of its own kept.
    #[test]
    fn guests_carry_their_address() {
        let of = |principal| guest_address(principal);
        assert_eq!(of("anna_rask_firma.se#EXT#@x.onmicrosoft.com").as_deref(), Some("anna_rask@firma.se"));
        assert_eq!(of("anna.rask@x.se"), None);
        assert_eq!(of("#EXT#@x.se"), None);
    }
}
