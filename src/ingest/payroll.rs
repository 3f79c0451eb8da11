//! Rows of the payroll register: one person and one employment each, not yet folded.

use super::reader::read_file;
use super::sheet::{RowView, Taken};
use super::source::{Coverage, Reason, SourceReport};
use super::words;
use crate::config::{Config, EmploymentTerms, InputFile, RegisterConfig};
use crate::error::Error;
use crate::model::{
    Employment, EmploymentClass, EmploymentStatus, End, Engagement, Field, FileIx, Flaw, NameTokens, PersonalNumber,
    Reading, Role, SourceRef, birth_date_in, fold, message, tidy,
};
use chrono::NaiveDate;
use std::collections::BTreeMap;

/// One usable row of payroll.
#[derive(Clone, Debug)]
pub struct PayrollRow {
    /// Valid personal number.
    pub personal_number: Option<PersonalNumber>,
    /// What is wrong with the number as written.
    pub number_flaw: Option<Flaw>,
    /// Birth date, from the number or a column.
    pub birth_date: Option<NaiveDate>,
    /// Employee number.
    pub employee_number: Option<String>,
    /// HSA-id.
    pub hsa_id: Option<String>,
    /// User name.
    pub user_name: Option<String>,
    /// E-mail.
    pub email: Option<String>,
    /// Name as shown.
    pub name: String,
    /// Name as compared.
    pub tokens: NameTokens,
    /// Marked as protected.
    pub protected: bool,
    /// The employment.
    pub employment: Employment,
}

/// The whole register.
#[derive(Clone, Debug)]
pub struct Payroll {
    /// Every usable row, in file order.
    pub rows: Vec<PayrollRow>,
    /// One report a file.
    pub reports: Vec<SourceReport>,
    /// One report a register outside payroll.
    pub register_reports: Vec<SourceReport>,
}

/// Reads every file of the register.
///
/// # Errors
/// The first file that cannot be read: without payroll there is nothing to compare with.
pub fn read(config: &Config) -> Result<Payroll, Error> {
    let mut payroll = Payroll { rows: Vec::new(), reports: Vec::new(), register_reports: Vec::new() };
    let (terms, as_of) = (&config.payroll.terms, config.review.as_of);
    for (input, file) in config.payroll.files.iter().zip(0u16..) {
        let (rows, report) = read_one(input, FileIx(file), terms, as_of, config.max_file_bytes)?;
        payroll.rows.extend(rows);
        payroll.reports.push(report);
    }
    for (register, file) in config.registers.iter().zip(u16::try_from(config.payroll.files.len()).unwrap_or(0)..) {
        let (rows, report) = read_register(register, FileIx(file), terms, as_of, config.max_file_bytes)?;
        payroll.rows.extend(rows);
        payroll.register_reports.push(report);
    }
    Ok(payroll)
}

/// Reads one register of people outside payroll: each row is an engagement, never an employment.
///
/// # Errors
/// A file that cannot be read or used: without it everyone in it would be taken for unknown.
pub fn read_register(
    register: &RegisterConfig,
    file: FileIx,
    terms: &EmploymentTerms,
    as_of: NaiveDate,
    max_bytes: u64,
) -> Result<(Vec<PayrollRow>, SourceReport), Error> {
    read_rows(&register.input, Some(register), file, terms, as_of, max_bytes)
}

/// Reads one file of payroll rows.
///
/// # Errors
/// A file that cannot be read or used.
pub fn read_one(
    input: &InputFile,
    file: FileIx,
    terms: &EmploymentTerms,
    as_of: NaiveDate,
    max_bytes: u64,
) -> Result<(Vec<PayrollRow>, SourceReport), Error> {
    read_rows(input, None, file, terms, as_of, max_bytes)
}

fn read_rows(
    input: &InputFile,
    register: Option<&RegisterConfig>,
    file: FileIx,
    terms: &EmploymentTerms,
    as_of: NaiveDate,
    max_bytes: u64,
) -> Result<(Vec<PayrollRow>, SourceReport), Error> {
    let mut rows = Vec::new();
    let mut flaws: BTreeMap<Flaw, u64> = BTreeMap::new();
    let role = if register.is_some() { Role::Register } else { Role::Payroll };
    let extracted = input.exported.map_or(as_of, |day| day.min(as_of));
    let mut reader = RowReader { register, terms, as_of, extracted, flaws: &mut flaws };
    let mut report = read_file(input, role, max_bytes, &mut |sheet, row| {
        rows.push(reader.read(SourceRef { file, sheet, row: row.number }, row)?);
        Ok(Taken::Record)
    })?;
    report.flaws = flaws;
    report.key_coverage = coverage(&rows, &report);
    if register.is_some() && rows.is_empty() {
        report.warnings.push(message!(
            "Registret innehåller ingen person; alla som borde stå i det ser ut att sakna träff.",
            "The register holds no person; everyone who should stand in it looks as if unknown."
        ));
    }
    Ok((rows, report))
}

/// How many rows have each key that the file has a column for.
fn coverage(rows: &[PayrollRow], report: &SourceReport) -> BTreeMap<Field, Coverage> {
    type Has = fn(&PayrollRow) -> bool;
    let keys: [(Field, Has); 4] = [
        (Field::PersonalNumber, |row| row.personal_number.is_some()),
        (Field::EmployeeNumber, |row| row.employee_number.is_some()),
        (Field::Email, |row| row.email.is_some()),
        (Field::BirthDate, |row| row.birth_date.is_some()),
    ];
    let of = rows.len() as u64;
    keys.into_iter()
        .filter(|(field, _)| report.has(*field))
        .map(|(field, has)| (field, Coverage { filled: rows.iter().filter(|r| has(r)).count() as u64, of }))
        .collect()
}

struct RowReader<'a> {
    register: Option<&'a RegisterConfig>,
    terms: &'a EmploymentTerms,
    as_of: NaiveDate,
    /// The day that the file proves: the earlier of its stated day and the reference date.
    extracted: NaiveDate,
    flaws: &'a mut BTreeMap<Flaw, u64>,
}

impl RowReader<'_> {
    fn read(&mut self, source: SourceRef, row: &RowView<'_>) -> Result<PayrollRow, Reason> {
        let (name, tokens) = read_name(row).ok_or(Reason::NoName)?;
        let written = row.text(Field::PersonalNumber).unwrap_or_default();
        let century = row.text(Field::Century).and_then(|text| text.parse().ok());
        let (employee_number, smuggled) = PersonalNumber::separate(row.text(Field::EmployeeNumber), self.as_of);
        let number = match PersonalNumber::read(&written, century, self.as_of) {
            Err(Flaw::Blank) => smuggled.ok_or(Flaw::Blank),
            reading => reading.map(|reading| reading.number),
        };
        let email = row.text(Field::Email);
        let keyed = employee_number.is_some() || email.is_some() || self.is_keyed_otherwise(row);
        let number_flaw = number.err().filter(|flaw| *flaw != Flaw::Blank);
        let number = match number {
            Ok(number) => Some(number),
            Err(Flaw::Blank) if !keyed => return Err(Reason::NoKey),
            Err(flaw) if !keyed => return Err(Reason::BrokenNumber(flaw)),
            Err(Flaw::Blank) => None,
            Err(flaw) => {
                *self.flaws.entry(flaw).or_default() += 1;
                None
            }
        };
        let stated_birth = row.date(Field::BirthDate).known().or_else(|| birth_date_in(&written));
        Ok(PayrollRow {
            personal_number: number,
            number_flaw,
            birth_date: number.and_then(PersonalNumber::birth_date).or(stated_birth),
            employee_number,
            hsa_id: row.text(Field::HsaId),
            user_name: row.text(Field::UserName),
            email,
            name,
            tokens,
            protected: row.text(Field::Protected).is_some_and(|text| words::is_protected(&text)),
            employment: self.employment(source, row)?,
        })
    }

    /// Registers outside payroll often know people by less.
    fn is_keyed_otherwise(&self, row: &RowView<'_>) -> bool {
        let fields = [Field::HsaId, Field::UserName, Field::BirthDate];
        self.register.is_some() && fields.into_iter().any(|field| row.text(field).is_some())
    }

    fn engagement(&self, row: &RowView<'_>) -> Option<Box<Engagement>> {
        let register = self.register?;
        let sponsor = row.text(Field::Sponsor);
        Some(Box::new(Engagement { kind: register.kind, register: register.id.clone(), sponsor }))
    }

    fn employment(&self, source: SourceRef, row: &RowView<'_>) -> Result<Employment, Reason> {
        let form = row.text(Field::EmploymentForm);
        let start = strict_date(row, Field::EmploymentStart)?;
        let stated_end = strict_date(row, Field::EmploymentEnd)?;
        let status = row.text(Field::EmploymentStatus).and_then(|text| status(&text));
        Ok(Employment {
            start,
            end: end(start, stated_end, status, self.extracted),
            stated_end,
            status,
            class: self.class(form.as_deref(), row.text(Field::PayForm).as_deref()),
            form,
            company: row.text(Field::Company),
            department: row.text(Field::Department),
            unit: row.text(Field::Unit),
            title: row.text(Field::Title),
            manager: row.text(Field::Manager),
            leave_from: strict_date(row, Field::LeaveFrom)?,
            leave_to: strict_date(row, Field::LeaveTo)?.map_or(End::Open, End::new),
            leave_stated: says_leave(row),
            last_worked: strict_date(row, Field::LastWorked)?,
            registered: row.date(Field::Registered).known(),
            degree: row.text(Field::Degree).and_then(|text| degree(&text)),
            engagement: self.engagement(row),
            source,
        })
    }

    /// The class by the form's words; the form of pay tells hourly staff where the form does not.
    fn class(&self, form: Option<&str>, pay: Option<&str>) -> EmploymentClass {
        let among = |words: &[String], text: Option<&str>| {
            text.is_some_and(|text| words.iter().any(|word| fold(word) == fold(text)))
        };
        if self.register.is_some() || among(&self.terms.not_employed, form) {
            EmploymentClass::NotEmployed
        } else if among(&self.terms.hourly, form) || among(&self.terms.hourly, pay) {
            EmploymentClass::Hourly
        } else {
            EmploymentClass::Regular
        }
    }
}

/// A part of full time in tenths of a percent: "75 %", "75,0" or 0.75.
fn degree(text: &str) -> Option<u16> {
    /// Up to here a number is a share of one, beyond it percent.
    const SHARE: f64 = 1.0;
    /// More is hours a month in a column of the same name.
    const MOST_PERCENT: f64 = 150.0;
    let number: f64 = text.trim_end_matches('%').trim().replace(',', ".").parse().ok()?;
    let percent = if number <= SHARE && !text.contains('%') { number * 100.0 } else { number };
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)] // Bounded on the line before.
    (0.0..=MOST_PERCENT).contains(&percent).then(|| (percent * 10.0).round() as u16)
}

/// The end that a row's last day amounts to: none where it lies before the first day, or has passed while the
/// row's own status says that the employment goes on.
fn end(
    start: Option<NaiveDate>,
    stated: Option<NaiveDate>,
    status: Option<EmploymentStatus>,
    extracted: NaiveDate,
) -> End {
    let Some(day) = stated else { return End::Open };
    let reversed = start.is_some_and(|start| day < start);
    match status {
        Some(EmploymentStatus::Ongoing) if reversed || day < extracted => End::Open,
        Some(EmploymentStatus::Ended) if reversed => End::Open,
        _ if reversed => End::Unknown,
        _ => End::new(day),
    }
}

/// Whether a word of the row says that the person is on leave.
fn says_leave(row: &RowView<'_>) -> bool {
    let reason = row.text(Field::LeaveReason).is_some_and(|text| words::flag(&text) != Some(false));
    reason || row.text(Field::EmploymentStatus).is_some_and(|text| words::is_leave(&text))
}

fn status(text: &str) -> Option<EmploymentStatus> {
    words::is_ongoing(text).map(|ongoing| if ongoing { EmploymentStatus::Ongoing } else { EmploymentStatus::Ended })
}

/// A date that decides whether someone is employed: what cannot be read makes the row unusable.
fn strict_date(row: &RowView<'_>, field: Field) -> Result<Option<NaiveDate>, Reason> {
    match row.date(field) {
        Reading::Known(date) => Ok(Some(date)),
        Reading::Absent => Ok(None),
        Reading::NotUnderstood => Err(Reason::UnreadableDate(field)),
    }
}

/// The name as shown and as compared: given name and surname where both are there, else the whole.
fn read_name(row: &RowView<'_>) -> Option<(String, NameTokens)> {
    let surname = row.text(Field::Surname);
    let given = row.text(Field::GivenName);
    if let (Some(given), Some(surname)) = (&given, &surname) {
        let middle = row.text(Field::MiddleName).unwrap_or_default();
        let call = row.text(Field::CallName);
        let shown = format!("{} {surname}", call.as_ref().unwrap_or(given));
        let every_given = match &call {
            Some(call) if !fold(given).contains(&fold(call)) => format!("{given} {call}"),
            _ => given.clone(),
        };
        return Some((tidy(&shown), NameTokens::apart(&every_given, &middle, surname)));
    }
    let whole = row.text(Field::Name).or(surname).or(given)?;
    let shown = match whole.split_once(',') {
        Some((surname, given)) => tidy(&format!("{given} {surname}")),
        None => whole.clone(),
    };
    let tokens = NameTokens::whole(&whole);
    (!tokens.is_empty()).then_some((shown, tokens))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A part of full time is read in every form met; hours are none.
    #[test]
    fn degrees_are_read() {
        for (text, tenths) in [("75 %", 750), ("75,0", 750), ("0,75", 750), ("1", 1000), ("100", 1000), ("1 %", 10)] {
            assert_eq!(degree(text), Some(tenths), "{text}");
        }
        for text in ["", "heltid", "165", "-5", "12:30"] {
            assert_eq!(degree(text), None, "{text}");
        }
    }
}
