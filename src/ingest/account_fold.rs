//! Rows → accounts: rows of one name are one account only while nothing that is given once contradicts.
//!
//! Two domains may each have a `versan`, and an export that forgets the domain shows one name twice. Folding them
//! would let a leaver's account vanish into a colleague's.

use super::account_end::{OwnEnd, RowEnd};
use super::account_merge::Merging;
use super::account_row::AccountReader;
use super::apart::told_apart;
use super::lost_letters::LostLetters;
use super::row::{Above, RowView};
use super::rows::Taken;
use super::same_name::SameName;
use super::source::{Reason, SourceReport};
use super::texts_beside::{RowTexts, TextsBeside};
use super::value::CellError;
use crate::config::SystemConfig;
use crate::model::{
    Account, AccountIx, AccountName, AccountState, Field, Interner, Message, PersonalNumber, SourceRef, Strings,
    message, object_key,
};
use chrono::NaiveDate;
use foldhash::{HashMap, HashMapExt};
use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

/// The accounts of a system while its rows come in.
pub struct Folding<'a> {
    reader: AccountReader<'a>,
    accounts: Vec<Account>,
    /// Rows that were folded into them.
    more_rows: Vec<(AccountIx, SourceRef)>,
    /// Their texts that are of no field.
    beside: TextsBeside,
    /// What accounts of several rows have together.
    merging: Merging,
    /// Their own ends, as the rows so far tell them.
    ends: Vec<OwnEnd>,
    /// What blanks say of them that no cell does.
    blanks: Vec<Option<bool>>,
    /// The account of the row before.
    last: Option<usize>,
    /// Rows that went on from the one above.
    continued: u64,
    /// Accounts by name.
    named: HashMap<AccountName, SameName>,
    /// What joins the rows of the file being read to accounts of the files before it.
    join: Option<Join>,
    unjoined: u64,
}

struct Join {
    field: Field,
    accounts: HashMap<JoinKey, usize>,
}

/// What two files of one system share.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
enum JoinKey {
    Text(AccountName),
    Number(PersonalNumber),
}

impl<'a> Folding<'a> {
    /// No account yet.
    pub fn new(config: &'a SystemConfig, tested_day: NaiveDate, as_of: NaiveDate) -> Self {
        let reader = AccountReader {
            config,
            tested_day,
            as_of,
            strings: Interner::default(),
            flaws: BTreeMap::new(),
            lost_letters: LostLetters::default(),
            status_words: BTreeSet::new(),
            notes: BTreeMap::new(),
        };
        Self {
            reader,
            accounts: Vec::new(),
            more_rows: Vec::new(),
            beside: TextsBeside::default(),
            merging: Merging::default(),
            ends: Vec::new(),
            blanks: Vec::new(),
            last: None,
            continued: 0,
            named: HashMap::new(),
            join: None,
            unjoined: 0,
        }
    }

    /// Begins a file, which is joined to those before it by a field, if it is.
    pub fn begin(&mut self, join: Option<Field>) {
        self.ends.iter_mut().for_each(OwnEnd::end_file);
        self.last = None;
        self.join = join.map(|field| {
            let value = |(at, account): (usize, &Account)| Some((self.key_of(account, field)?, at));
            Join { field, accounts: self.accounts.iter().enumerate().filter_map(value).collect() }
        });
    }

    fn key_of(&self, account: &Account, field: Field) -> Option<JoinKey> {
        let sym = match field {
            Field::PersonalNumber => return account.personal_number.map(JoinKey::Number),
            Field::Upn => account.upn,
            Field::Email => account.email,
            Field::Guid => {
                let id = self.reader.strings.strings().maybe(account.guid)?;
                return Some(JoinKey::Text(AccountName::new(&object_key(id))));
            }
            Field::Dn => account.dn,
            Field::EmployeeNumber => account.employee_number,
            Field::HsaId => account.hsa_id,
            Field::UserName => account.user_name,
            _ => Some(account.name),
        };
        self.reader.strings.strings().maybe(sym).map(|text| JoinKey::Text(AccountName::new(text)))
    }

    /// Takes a row in.
    ///
    /// # Errors
    /// A row that names no account, and joins none.
    pub fn take(&mut self, source: SourceRef, row: &RowView<'_>) -> Result<Taken, Reason> {
        if let Some(at) = self.joined(row) {
            return Ok(self.add(at, source, row, RowEnd::of(row)));
        }
        let Some(name) = account_name(row) else {
            let at = self.last.filter(|_| continues(row)).ok_or(Reason::NoAccount)?;
            self.continued += 1;
            // What is blank there lets no account out of an exclusion.
            let excluded = self.accounts[at].excluded_by;
            let taken = self.add(at, source, row, RowEnd::of_continued(row));
            self.accounts[at].excluded_by = excluded;
            return Ok(taken);
        };
        let account = self.reader.read(source, &name, row);
        let texts = RowTexts::of(&mut self.reader, row);
        self.unjoined += u64::from(self.join.is_some());
        let same = self.named.entry(AccountName::new(&name)).or_default();
        let strings = self.reader.strings.strings();
        match same.find(&account, &self.accounts, strings) {
            Some(at) => {
                self.merging.merge(at, &mut self.accounts[at], &account, strings);
                same.changed(at, &self.accounts[at], strings);
                self.ends[at].add(RowEnd::of(row));
                self.add_blank(at, row);
                self.last = Some(at);
                self.add_row(at, source);
                self.beside.add(at, texts);
                Ok(Taken::Folded)
            }
            None => {
                self.last = Some(self.accounts.len());
                self.accounts.push(account);
                same.add(self.accounts.len() - 1, &self.accounts, strings);
                self.beside.add(self.accounts.len() - 1, texts);
                self.ends.push(OwnEnd::new(RowEnd::of(row)));
                self.blanks.push(row.open_by_blank());
                Ok(Taken::Record)
            }
        }
    }

    /// Adds a row to an account that is known.
    fn add(&mut self, at: usize, source: SourceRef, row: &RowView<'_>, end: RowEnd) -> Taken {
        let name = self.reader.strings.strings().text(self.accounts[at].name).to_owned();
        let more = self.reader.read(source, &name, row);
        let strings = self.reader.strings.strings();
        self.merging.merge(at, &mut self.accounts[at], &more, strings);
        if let Some(same) = self.named.get_mut(&AccountName::new(&name)) {
            same.changed(at, &self.accounts[at], strings);
        }
        self.ends[at].add(end);
        self.add_blank(at, row);
        self.last = Some(at);
        self.add_row(at, source);
        let texts = RowTexts::of(&mut self.reader, row);
        self.beside.add(at, texts);
        Taken::Folded
    }

    /// Of blanks that say different things the one that says open holds, as of rows.
    fn add_blank(&mut self, at: usize, row: &RowView<'_>) {
        self.blanks[at] = self.blanks[at].into_iter().chain(row.open_by_blank()).reduce(|all, open| all || open);
    }

    /// Texts of theirs that are of no field.
    pub fn beside(&mut self) -> TextsBeside {
        std::mem::take(&mut self.beside).settled()
    }

    /// Notes one more row of an account, for who wants to see all of them.
    fn add_row(&mut self, at: usize, source: SourceRef) {
        // An export with more accounts than that could not be held.
        self.more_rows.push((AccountIx(u32::try_from(at).unwrap_or(u32::MAX)), source));
    }

    /// Rows that were folded into accounts, by account.
    pub fn more_rows(&mut self) -> Vec<(AccountIx, SourceRef)> {
        let mut rows = std::mem::take(&mut self.more_rows);
        rows.sort_unstable();
        rows.shrink_to_fit();
        rows
    }

    /// The account that a row is joined to.
    fn joined(&self, row: &RowView<'_>) -> Option<usize> {
        let join = self.join.as_ref()?;
        let value = row.key(join.field)?;
        let key = match join.field {
            Field::PersonalNumber => {
                JoinKey::Number(PersonalNumber::read(&value, None, self.reader.as_of).ok()?.number)
            }
            Field::Guid => JoinKey::Text(AccountName::new(&object_key(&value))),
            _ => JoinKey::Text(AccountName::new(&value)),
        };
        join.accounts.get(&key).copied()
    }

    /// Ends a file: what is to be said of it goes into its report.
    pub fn finish(&mut self, report: &mut SourceReport) {
        report.flaws = std::mem::take(&mut self.reader.flaws);
        let (lost, unjoined) = (std::mem::take(&mut self.reader.lost_letters), std::mem::take(&mut self.unjoined));
        report.warnings.extend(lost.warning());
        report.warnings.extend(continued(std::mem::take(&mut self.continued)));
        report.warnings.extend(self.merging.told_both_ways());
        report.warnings.extend(notes_of_leaving(&std::mem::take(&mut self.reader.notes)));
        if let Some(join) = self.join.take().filter(|_| unjoined > 0) {
            let field = join.field.key();
            report.warnings.push(message!(
                "{unjoined} rader hör inte ihop med något konto i de andra filerna ({field}); de räknas som egna konton.",
                "{unjoined} rows belong to no account of the other files ({field}); they count as accounts of their own."
            ));
        }
        let twins = self.named.values().filter(|same| same.places.len() > 1).count();
        if twins > 0 {
            report.warnings.push(message!(
                "{twins} kontonamn står för flera konton som skiljer sig åt; de prövas var för sig.",
                "{twins} account names stand for several accounts that differ; each is tested by itself."
            ));
        }
    }

    /// Every word of the status columns, folded.
    pub fn status_words(&mut self) -> BTreeSet<String> {
        std::mem::take(&mut self.reader.status_words)
    }

    /// The accounts, those of one name told apart.
    pub fn into_accounts(mut self) -> (Vec<Account>, Strings) {
        std::mem::take(&mut self.merging).finish(&mut self.accounts, &mut self.reader.strings);
        let (closes, day) = (self.reader.config.status.valid_to_closes, self.reader.tested_day);
        for ((account, end), blank) in self.accounts.iter_mut().zip(&self.ends).zip(&self.blanks) {
            account.valid_to = end.day();
            if let Some(open) = blank.filter(|_| account.state == AccountState::NotStated) {
                account.state = if open { AccountState::Active } else { AccountState::Disabled };
            }
            if closes && account.valid_to.is_some_and(|end| end < day) {
                account.state = AccountState::Disabled;
            }
        }
        let mut twins: Vec<Vec<usize>> =
            self.named.into_values().map(|same| same.places).filter(|same| same.len() > 1).collect();
        twins.sort_unstable();
        let mut told: Vec<(usize, String)> = Vec::new();
        for same in twins {
            let apart = told_apart(&same, &self.accounts, self.reader.strings.strings());
            told.extend(same.into_iter().zip(apart));
        }
        // The domain of an account tells nothing while no other bears its name.
        self.accounts.iter_mut().for_each(|account| account.told_apart_by = None);
        for (at, text) in told {
            self.accounts[at].told_apart_by = Some(self.reader.strings.intern(&text));
        }
        self.accounts.shrink_to_fit();
        (self.accounts, self.reader.strings.freeze())
    }
}

/// Whether a row goes on from the one above, as in a report printed by account: nothing on it says whose it is, and it
/// has a role.
fn continues(row: &RowView<'_>) -> bool {
    const WHOSE: [Field; 12] = [
        Field::Account,
        Field::Upn,
        Field::Email,
        Field::PersonalNumber,
        Field::EmployeeNumber,
        Field::HsaId,
        Field::UserName,
        Field::Guid,
        Field::Dn,
        Field::Name,
        Field::GivenName,
        Field::Surname,
    ];
    row.above == Above::Used && row.lacks(&WHOSE) && !row.lacks(&[Field::Role, Field::Groups])
}

fn continued(rows: u64) -> Option<Message> {
    (rows > 0).then(|| {
        message!(
            "Rader utan kontonamn men med en roll: {rows}. De räknas till kontot på raden ovanför, som i en lista skriven i \
             grupper. Är det fel: exportera med kontonamnet på varje rad.",
            "Rows without an account name but with a role: {rows}. They count as the account's on the row above, as in a \
             list printed in groups. If that is wrong: export with the account name on every row."
        )
    })
}

/// What names say of their bearers beside who they are.
fn notes_of_leaving(notes: &BTreeMap<String, u64>) -> Option<Message> {
    let rows: u64 = notes.values().sum();
    let listed: Vec<String> = notes.iter().map(|(note, rows)| format!("\"{note}\" {rows}")).collect();
    let listed = listed.join(", ");
    (rows > 0).then(|| {
        message!(
            "Namn med ett tillägg som säger att innehavaren har slutat: {rows} ({listed}). Det säger inget om kontot och \
             avgör inget; är personen anställd enligt personalregistret, kontrollera att registret stämmer.",
            "Names with a note which says that the holder has left: {rows} ({listed}). It says nothing of the account and \
             decides nothing; if the person is employed by payroll, check that payroll is right."
        )
    })
}

/// What an account is called: its own name, else its principal name, else its address, as cloud services have it, else the
/// HSA-id, as systems of care have it.
fn account_name<'r>(row: &RowView<'r>) -> Option<Cow<'r, str>> {
    // `#REF!` is what is left of a name, and no name.
    let is_name = |text: &Cow<'r, str>| CellError::shown_as(text).is_none();
    let names = [Field::Account, Field::Upn, Field::Email, Field::HsaId].into_iter();
    names.filter_map(|field| row.text(field)).find(is_name)
}
