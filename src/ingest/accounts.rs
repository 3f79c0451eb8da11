//! Exports of one system → its accounts: one file, or several that tell it together.

use super::account_fold::Folding;
use super::marks::Marks;
use super::reader::{FileRead, FileTerms, ReadAs, read_file};
use super::source::{Coverage, MappedColumn, SourceReport};
use super::texts_beside::TextsBeside;
use super::whose_row::WhoseRow;
use crate::config::SystemConfig;
use crate::error::Error;
use crate::model::{Account, AccountIx, Field, FileIx, Message, NameTokens, Role, SourceRef, Strings};
use chrono::NaiveDate;
use std::collections::{BTreeMap, BTreeSet};

/// The accounts of one system as its export has them.
#[derive(Clone, Debug)]
pub struct Export {
    /// Folded accounts, in the order they were first met.
    pub accounts: Vec<Account>,
    /// Rows that were folded into accounts beside the first of each, by account.
    pub more_rows: Vec<(AccountIx, SourceRef)>,
    /// Texts of accounts that are no field of theirs.
    pub beside: TextsBeside,
    /// The pool of their texts.
    pub strings: Strings,
    /// The reader's account of each file.
    pub reports: Vec<SourceReport>,
    /// The place of the first file among the run's inputs.
    pub first: FileIx,
    /// The day the export proves: the earlier of the reference date and its stated day.
    pub tested_day: NaiveDate,
    /// Every word of the status columns, folded.
    pub status_words: BTreeSet<String>,
    /// Keys that payroll and the names have shown to be none.
    pub refused_keys: Vec<Field>,
    /// Every mark of protection, on rows used and not.
    pub marks: Marks,
    /// Whose the rows are that could not be used.
    pub unused: Vec<WhoseRow>,
}

/// A name as its columns have it.
#[derive(Clone, Copy, Debug)]
pub enum WrittenName<'t> {
    /// In two columns.
    Apart {
        /// Given names.
        given: &'t str,
        /// Surnames.
        surname: &'t str,
    },
    /// In one.
    Whole(&'t str),
}

impl WrittenName<'_> {
    /// As it is compared.
    pub fn tokens(self) -> NameTokens {
        match self {
            Self::Apart { given, surname } => NameTokens::apart(given, "", surname),
            Self::Whole(text) => NameTokens::whole(text),
        }
    }
}

/// Reads the files of one system. `first` is the place of the first among the run's inputs.
///
/// # Errors
/// A file that cannot be read or used.
pub fn read(config: &SystemConfig, first: FileIx, terms: FileTerms) -> Result<Export, Error> {
    let as_of = terms.day;
    let tested_day = config.exported().map_or(as_of, |day| day.min(as_of));
    let mut folding = Folding::new(config, tested_day, as_of);
    let mut reports = Vec::new();
    let (mut marks, mut unused) = (Marks::default(), Vec::new());
    for (input, file) in config.inputs.iter().zip(first.0..) {
        let join = config.join.filter(|_| file > first.0);
        folding.begin(join);
        let read_as = ReadAs { role: Role::Accounts, terms, join, file: FileIx(file) };
        let FileRead { mut report, marks: own, unused: lost } = read_file(input, read_as, &mut |sheet, row| {
            folding.take(SourceRef { file: FileIx(file), sheet, row: row.number }, row)
        })?;
        report.system = Some(config.system.id.to_string());
        folding.finish(&mut report);
        marks.extend(own);
        unused.extend(lost);
        reports.push(report);
    }
    let status_words = folding.status_words();
    let (more_rows, beside) = (folding.more_rows(), folding.beside());
    let (accounts, strings) = folding.into_accounts();
    let refused_keys = Vec::new();
    let mut export = Export {
        accounts,
        more_rows,
        beside,
        strings,
        reports,
        first,
        tested_day,
        status_words,
        refused_keys,
        marks,
        unused,
    };
    export.count_coverage();
    Ok(export)
}

impl Export {
    /// Whether a column of any of its files was taken for the field. A column of sign-ins by people tells when someone
    /// last signed in.
    pub fn has(&self, field: Field) -> bool {
        self.tells(field, SourceReport::has)
    }

    /// Whether such a column is filled on some row.
    pub fn gives(&self, field: Field) -> bool {
        self.tells(field, SourceReport::gives)
    }

    fn tells(&self, field: Field, tells: fn(&SourceReport, Field) -> bool) -> bool {
        let tells = |field| self.reports.iter().any(|report| tells(report, field));
        tells(field) || field == Field::LastLogin && tells(Field::LastInteractiveLogin)
    }

    /// Its files as the user named them.
    pub fn shown(&self) -> String {
        let paths: Vec<&str> = self.reports.iter().map(|report| report.path.as_str()).collect();
        paths.join(", ")
    }

    /// How the file was read that a row stands in.
    pub fn report_of(&self, row: SourceRef) -> Option<&SourceReport> {
        self.reports.get(usize::from(row.file.0.checked_sub(self.first.0)?))
    }

    /// Every row that an account stands on, in the order of files and rows.
    pub fn rows_of(&self, at: AccountIx) -> Vec<SourceRef> {
        let first = self.accounts.get(at.0 as usize).map(|account| account.source);
        let from = self.more_rows.partition_point(|(own, _)| *own < at);
        let more = self.more_rows[from..].iter().take_while(|(own, _)| *own == at).map(|(_, row)| *row);
        let mut rows: Vec<SourceRef> = first.into_iter().chain(more).collect();
        rows.sort_unstable();
        rows
    }

    /// What an account is called, with what tells it from another of its name.
    pub fn told_name(&self, account: &Account) -> String {
        let name = self.strings.text(account.name);
        match self.strings.maybe(account.told_apart_by) {
            Some(apart) => format!("{name} ({apart})"),
            None => name.to_owned(),
        }
    }

    /// What the holder of an account is called in its columns, as compared.
    pub fn names_of(&self, at: AccountIx) -> Vec<NameTokens> {
        let account = self.accounts.get(at.0 as usize);
        account.into_iter().flat_map(|account| self.written_names(account)).map(WrittenName::tokens).collect()
    }

    /// The same as written.
    pub fn written_names(&self, account: &Account) -> Vec<WrittenName<'_>> {
        let text = |sym| self.strings.maybe(sym);
        let apart = text(account.given_name).zip(text(account.surname));
        let apart = apart.map(|(given, surname)| WrittenName::Apart { given, surname });
        let whole = text(account.whole_name).into_iter().chain(self.strings.texts(account.other_names));
        apart.into_iter().chain(whole.map(WrittenName::Whole)).collect()
    }

    /// How many of the accounts have a key, where a file has a column for it.
    pub fn coverage(&self, field: Field) -> Option<Coverage> {
        self.reports.iter().find_map(|report| report.key_coverage.get(&field).copied())
    }

    /// The headers of the columns taken for a field, in quotes.
    pub fn headers(&self, field: Field) -> String {
        let columns = self.reports.iter().flat_map(|report| &report.columns).filter(|column| column.field == field);
        columns.map(MappedColumn::shown).collect::<Vec<_>>().join(", ")
    }

    /// Says something of a field in the report of the file that holds it.
    pub fn warn(&mut self, field: Field, remark: Message) {
        let place = self.reports.iter().position(|report| report.has(field)).unwrap_or(0);
        if let Some(report) = self.reports.get_mut(place) {
            report.warnings.push(remark);
        }
    }

    /// How many accounts have each key that a file has a column for.
    pub fn count_coverage(&mut self) {
        type Has = fn(&Account) -> bool;
        let keys: [(Field, Has); 5] = [
            (Field::PersonalNumber, |account| account.personal_number.is_some()),
            (Field::EmployeeNumber, |account| account.employee_number.is_some()),
            (Field::HsaId, |account| account.hsa_id.is_some()),
            (Field::Email, |account| account.email.is_some()),
            (Field::BirthDate, |account| account.birth_date.is_some()),
        ];
        let of = self.accounts.len() as u64;
        for report in &mut self.reports {
            let own = keys.into_iter().filter(|(field, _)| report.has(*field));
            let filled = |has: Has| self.accounts.iter().filter(|account| has(account)).count() as u64;
            let coverage: BTreeMap<Field, Coverage> =
                own.map(|(field, has)| (field, Coverage { filled: filled(has), of, met: None })).collect();
            report.key_coverage = coverage;
        }
    }
}
