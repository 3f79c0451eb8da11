//! Rows of the payroll register: one person and one employment each, not yet folded.

use super::continued::{self, Continued, Heading};
use super::lost_letters::LostLetters;
use super::marks::Marks;
use super::payroll_name::{nameless, other_names, read_name};
use super::reader::{FileRead, FileTerms, ReadAs, read_file};
use super::row::RowView;
use super::rows::Taken;
use super::sheets_alike;
use super::source::{Coverage, Reason, SourceReport};
use super::told_end::{self, LastDays, ToldEnds};
use super::whose_row::WhoseRow;
use super::words::{self, EmploymentWord, OfTheClosed};
use crate::config::{Config, EmploymentTerms, InputFile, RegisterConfig};
use crate::error::Error;
use crate::model::{
    BrokenNumber, Employment, EmploymentClass, End, Engagement, Field, FileIx, Flaw, Leave, NameTokens, PersonalNumber,
    Reading, Role, SourceRef, birth_date_in, message, whole_form,
};
use chrono::NaiveDate;
use std::borrow::Cow;
use std::collections::BTreeMap;

/// One usable row of payroll.
#[derive(Clone, Debug)]
pub struct PayrollRow {
    /// Valid personal number.
    pub personal_number: Option<PersonalNumber>,
    /// What is wrong with the number as written.
    pub number_flaw: Option<Flaw>,
    /// The number as written, where it is wrong by a slip.
    pub broken_number: Option<BrokenNumber>,
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
    /// Other addresses of the row.
    pub more_mails: Vec<String>,
    /// Name as shown.
    pub name: String,
    /// Name as compared.
    pub tokens: NameTokens,
    /// Other forms of the name that the row's columns hold, as compared.
    pub other_names: Vec<NameTokens>,
    /// Marked as protected.
    pub protected: bool,
    /// Whether only the name of its list says that the employment may have ended: an archive holds those at work too.
    pub perhaps_archived: bool,
    /// The employment.
    pub employment: Employment,
}

/// The whole register.
#[derive(Clone, Debug, Default)]
pub struct Payroll {
    /// Every usable row, in file order, until they are folded to persons.
    pub rows: Vec<PayrollRow>,
    /// One report a file.
    pub reports: Vec<SourceReport>,
    /// One report a register outside payroll.
    pub register_reports: Vec<SourceReport>,
    /// Every mark of protection, on rows used and not.
    pub marks: Marks,
    /// Whose the rows are that could not be used.
    pub unused: Vec<WhoseRow>,
}

/// One file of people as it was read.
pub struct PeopleRead {
    /// Its usable rows.
    pub rows: Vec<PayrollRow>,
    /// The reader's account of it.
    pub report: SourceReport,
    /// Its marks of protection.
    pub marks: Marks,
    /// Whose its other rows are.
    pub unused: Vec<WhoseRow>,
}

/// Reads every file of the register.
///
/// # Errors
/// The first file that cannot be read: without payroll there is nothing to compare with.
pub fn read(config: &Config, done: &(dyn Fn(u64) + Sync)) -> Result<Payroll, Error> {
    let mut payroll = Payroll::default();
    let (terms, files) = (&config.payroll.terms, FileTerms::of(config));
    for (input, file) in config.payroll.files.iter().zip(0u16..) {
        let report = payroll.take(read_one(input, FileIx(file), terms, files)?);
        done(report.bytes);
        payroll.reports.push(report);
    }
    for (register, file) in config.registers.iter().zip(u16::try_from(config.payroll.files.len()).unwrap_or(0)..) {
        let report = payroll.take(read_register(register, FileIx(file), terms, files)?);
        done(report.bytes);
        payroll.register_reports.push(report);
    }
    Ok(payroll)
}

impl Payroll {
    /// Takes over what a file holds, and gives the reader's account of it.
    fn take(&mut self, read: PeopleRead) -> SourceReport {
        self.marks.extend(read.marks);
        self.rows.extend(read.rows);
        self.unused.extend(read.unused);
        read.report
    }
}

/// Reads one register of people outside payroll: each row is an engagement, never an employment.
///
/// # Errors
/// A file that cannot be read or used: without it everyone in it would be taken for unknown.
pub fn read_register(
    register: &RegisterConfig,
    file: FileIx,
    terms: &EmploymentTerms,
    files: FileTerms,
) -> Result<PeopleRead, Error> {
    read_rows(&register.input, Some(register), file, terms, files)
}

/// Reads one file of payroll rows.
///
/// # Errors
/// A file that cannot be read or used.
pub fn read_one(
    input: &InputFile,
    file: FileIx,
    terms: &EmploymentTerms,
    files: FileTerms,
) -> Result<PeopleRead, Error> {
    read_rows(input, None, file, terms, files)
}

fn read_rows(
    input: &InputFile,
    register: Option<&RegisterConfig>,
    file: FileIx,
    terms: &EmploymentTerms,
    files: FileTerms,
) -> Result<PeopleRead, Error> {
    let mut rows = Vec::new();
    let mut flaws: BTreeMap<Flaw, u64> = BTreeMap::new();
    let role = if register.is_some() { Role::Register } else { Role::Payroll };
    let company = input.company.as_deref();
    let (mut destroyed, mut told_ends) = (0, ToldEnds::default());
    let extracted = input.exported.map_or(files.day, |day| day.min(files.day));
    let mut reader = RowReader {
        register,
        company,
        terms,
        as_of: files.day,
        extracted,
        flaws: &mut flaws,
        destroyed: &mut destroyed,
        told_ends: &mut told_ends,
        continued: [0; 2],
        lost_letters: LostLetters::default(),
    };
    let FileRead { mut report, marks, unused } =
        read_file(input, ReadAs { role, terms: files, join: None, file }, &mut |sheet, row| {
            let source = SourceRef { file, sheet, row: row.number };
            let own = reader.read(source, row, read_name(row)).or_else(|reason| {
                let further = reader.further(&mut rows, source, row).ok_or(reason);
                // What does not go on from the row above is somebody of its own, without a name.
                further.or_else(|reason| match reason {
                    Reason::NoName => reader.read(source, row, nameless(row)),
                    _ => Err(reason),
                })
            })?;
            rows.push(own);
            Ok(Taken::Record)
        })?;
    let [surely, perhaps] = reader.continued;
    report.warnings.extend(reader.lost_letters.warning());
    report.warnings.extend(continued::told(surely, perhaps));
    report.flaws = flaws;
    report.folding.destroyed_numbers = destroyed;
    report.key_coverage = coverage(&rows, &report);
    report.warnings.extend(told_ends.warnings());
    report.warnings.extend(sheets_alike::warning(&rows, &report));
    if register.is_none() && !report.has(Field::EmploymentForm) && !report.has(Field::PayForm) {
        report.warnings.push(message!(
            "Ingen kolumn anger anställningsform; timanställda, förtroendevalda och uppdragstagare räknas som anställda. \
             Finns den: employment_form = \"Rubrik\" under [payroll.columns].",
            "No column tells the form of employment; hourly staff, elected and commissioned people count as employed. If \
             there is one: employment_form = \"Header\" under [payroll.columns]."
        ));
    }
    if register.is_some() && rows.is_empty() {
        report.warnings.push(message!(
            "Registret innehåller ingen person; alla som borde stå i det ser ut att sakna träff.",
            "The register holds no person; everyone who should stand in it looks as if unknown."
        ));
    }
    Ok(PeopleRead { rows, report, marks, unused })
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
        .map(|(field, has)| (field, Coverage { filled: rows.iter().filter(|r| has(r)).count() as u64, of, met: None }))
        .collect()
}

struct RowReader<'a> {
    register: Option<&'a RegisterConfig>,
    /// The employer of the rows that name none.
    company: Option<&'a str>,
    terms: &'a EmploymentTerms,
    as_of: NaiveDate,
    /// The day that the file proves: the earlier of its stated day and the reference date.
    extracted: NaiveDate,
    flaws: &'a mut BTreeMap<Flaw, u64>,
    destroyed: &'a mut u64,
    told_ends: &'a mut ToldEnds,
    /// Rows that went on from the one above, surely and perhaps.
    continued: [u64; 2],
    lost_letters: LostLetters,
}

impl RowReader<'_> {
    fn read(
        &mut self,
        source: SourceRef,
        row: &RowView<'_>,
        name: Option<(String, NameTokens)>,
    ) -> Result<PayrollRow, Reason> {
        let (name, tokens) = name.ok_or(Reason::NoName)?;
        self.lost_letters.see(&name);
        let written = row.text(Field::PersonalNumber).unwrap_or_default();
        let (stated, is_destroyed) = self.employee_number(row);
        let (employee_number, smuggled) = PersonalNumber::separate(stated, self.as_of);
        let mut more_mails = mails(row);
        let email = (!more_mails.is_empty()).then(|| more_mails.remove(0));
        // Whose number is destroyed is still somebody, and may be found by name.
        let keyed = employee_number.is_some() || email.is_some() || is_destroyed || self.is_keyed_otherwise(row);
        let (number, number_flaw) = self.number(&written, smuggled, keyed, row)?;
        let stated_birth = row.date(Field::BirthDate).known().or_else(|| birth_date_in(&written));
        Ok(PayrollRow {
            personal_number: number,
            number_flaw,
            broken_number: number_flaw.and_then(|_| BrokenNumber::read(&written, self.as_of)),
            birth_date: number.and_then(PersonalNumber::birth_date).or(stated_birth),
            employee_number: employee_number.map(Cow::into_owned),
            hsa_id: row.key(Field::HsaId).map(Cow::into_owned),
            user_name: row.key(Field::UserName).map(Cow::into_owned),
            email,
            more_mails,
            other_names: other_names(row, &tokens),
            name,
            tokens,
            protected: row.is_protected(),
            perhaps_archived: row.of_the_closed() == OfTheClosed::Perhaps,
            employment: self.employment(source, row),
        })
    }

    /// Another employment of the person on the row above, where the row goes on from that. One that only says who it is
    /// is then no employment of its own.
    fn further(&mut self, rows: &mut Vec<PayrollRow>, source: SourceRef, row: &RowView<'_>) -> Option<PayrollRow> {
        let above = rows.last_mut()?;
        let how = continued::goes_on(above, row, self.as_of)?;
        let employment = self.employment(source, row);
        let further = continued::with(above, employment, how, row.is_protected());
        match Heading::of(above) {
            Heading::Only => drop(rows.pop()),
            Heading::Perhaps => above.employment.end = End::Unknown,
            Heading::No => {}
        }
        self.continued[usize::from(how == Continued::Perhaps)] += 1;
        Some(further)
    }

    /// The personal number, and what is wrong with the one that is written. Without any other key a row needs one.
    fn number(
        &mut self,
        written: &str,
        smuggled: Option<PersonalNumber>,
        keyed: bool,
        row: &RowView<'_>,
    ) -> Result<(Option<PersonalNumber>, Option<Flaw>), Reason> {
        let century = row.text(Field::Century).and_then(|text| text.parse().ok());
        let read = match PersonalNumber::read(written, century, self.as_of) {
            Err(Flaw::Blank) => smuggled.ok_or(Flaw::Blank),
            reading => reading.map(|reading| reading.number),
        };
        match read {
            Ok(number) => Ok((Some(number), None)),
            Err(Flaw::Blank) if !keyed => Err(Reason::NoKey),
            Err(Flaw::Blank) => Ok((None, None)),
            Err(flaw) => {
                row.misread(Field::PersonalNumber, written);
                *self.flaws.entry(flaw).or_default() += 1;
                if keyed { Ok((None, Some(flaw))) } else { Err(Reason::BrokenNumber(flaw)) }
            }
        }
    }

    /// The employee number, and whether a spreadsheet has destroyed it.
    fn employee_number<'r>(&mut self, row: &RowView<'r>) -> (Option<Cow<'r, str>>, bool) {
        let number = row.key(Field::EmployeeNumber);
        let is_destroyed = number.is_none()
            && row.text(Field::EmployeeNumber).is_some_and(|written| words::is_destroyed_number(&written));
        *self.destroyed += u64::from(is_destroyed);
        (number, is_destroyed)
    }

    /// Registers outside payroll often know people by less.
    fn is_keyed_otherwise(&self, row: &RowView<'_>) -> bool {
        let fields = [Field::HsaId, Field::UserName, Field::BirthDate];
        self.register.is_some() && fields.into_iter().any(|field| row.text(field).is_some())
    }

    fn engagement(&self, row: &RowView<'_>) -> Option<Box<Engagement>> {
        let register = self.register?;
        let sponsor = row.kept(Field::Sponsor);
        Some(Box::new(Engagement { kind: register.kind, register: register.id.clone(), sponsor }))
    }

    fn employment(&mut self, source: SourceRef, row: &RowView<'_>) -> Employment {
        let form = row.text(Field::EmploymentForm).filter(|form| !words::is_nothing(form));
        let day = |field| row.date(field).known();
        let (start, ends) = (row.date(Field::EmploymentStart), row.days(Field::EmploymentEnd));
        let elsewhere = told_end::told_elsewhere(row, ends, self.is_explained(form.as_deref()));
        let status = told_end::with_form(told_end::employment_status(row), elsewhere);
        let last_days = LastDays { stated: ends, planned: day(Field::PreliminaryEnd), died: row.died() };
        let terms_from = row.date(Field::TermsFrom);
        // A row that cannot be put in its turn among those of other terms says nothing for certain of the end.
        let begins = if terms_from == Reading::NotUnderstood { terms_from } else { start };
        if let Some(told) = elsewhere.filter(|_| ends.known.is_none()) {
            self.told_ends.see(told.place);
        }
        Employment {
            start: start.known(),
            end: told_end::end(last_days, begins, status, elsewhere, self.extracted),
            stated_end: ends.known,
            last_end: ends.latest,
            terms_from: terms_from.known(),
            status: status.known().and_then(told_end::standing_status),
            class: self.class(row, form.as_deref()),
            form: form.or_else(|| pay_form(row)).map(Cow::into_owned),
            company: row.kept(Field::Company).or_else(|| self.company.map(ToOwned::to_owned)),
            department: row.kept(Field::Department),
            unit: row.kept(Field::Unit),
            title: row.kept(Field::Title),
            manager: row.kept(Field::Manager),
            leaves: leave(row, status).into_iter().collect(),
            last_worked: day(Field::LastWorked),
            registered: day(Field::Registered),
            degree: row.text(Field::Degree).and_then(|text| degree(&text)),
            engagement: self.engagement(row),
            source,
            told_in: Vec::new(),
        }
    }

    /// Whether it is known what a form is as a whole, so that no word in it says that someone has left.
    fn is_explained(&self, form: Option<&str>) -> bool {
        let explained = |form| self.terms.stated_class(form).or_else(|| whole_form(form).filter(is_special)).is_some();
        form.is_some_and(explained)
    }

    /// The class by the form's words. The form of pay tells hourly staff where the form does not, and, where no form is
    /// understood, who has a fee and is not employed. What is not understood is noted, and counts as an employment until
    /// it is.
    fn class(&self, row: &RowView<'_>, form: Option<&str>) -> EmploymentClass {
        if self.register.is_some() {
            return EmploymentClass::NotEmployed;
        }
        let stated = form.map_or(Reading::Absent, |form| self.terms.class_of(form));
        if let (Reading::NotUnderstood, Some(form)) = (stated, form.filter(|form| !words::tells_of_employment(form))) {
            row.misread(Field::EmploymentForm, form);
        }
        let pay = || self.class_by_pay(row, stated);
        match stated {
            Reading::Known(special) if is_special(&special) => special,
            Reading::Known(form) if pay() != Some(EmploymentClass::Hourly) => form,
            _ => pay().unwrap_or(EmploymentClass::Regular),
        }
    }

    /// The class that the form of pay tells, which is all that tells of it where no form is understood.
    fn class_by_pay(&self, row: &RowView<'_>, stated: Reading<EmploymentClass>) -> Option<EmploymentClass> {
        let pay = pay_form(row)?;
        let class = self.terms.class_of(&pay);
        if class == Reading::NotUnderstood && stated == Reading::Absent {
            row.misread(Field::PayForm, &pay);
        }
        class.known()
    }
}

/// The form of pay, which stands in for a form of employment that is not stated.
fn pay_form<'r>(row: &RowView<'r>) -> Option<Cow<'r, str>> {
    row.text(Field::PayForm).filter(|pay| !words::is_nothing(pay))
}

/// Whether a class is another than that of an ordinary employment.
fn is_special(class: &EmploymentClass) -> bool {
    *class != EmploymentClass::Regular
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

/// The leave that a row tells of.
fn leave(row: &RowView<'_>, status: Reading<EmploymentWord>) -> Option<Leave> {
    let from = row.date(Field::LeaveFrom).known();
    let to = row.date(Field::LeaveTo).known().map_or(End::Open, End::new);
    Leave::read(from, to, status == Reading::Known(EmploymentWord::Leave) || says_leave(row))
}

/// Whether a column of leave says that the person is on leave.
fn says_leave(row: &RowView<'_>) -> bool {
    row.words(Field::LeaveReason).iter().any(|word| words::flag(word) != Reading::Known(false))
}

/// Every address of a row; what has no `@` is none.
fn mails(row: &RowView<'_>) -> Vec<String> {
    let parts = row.parts(Field::Email).into_iter();
    let mails = parts.map(|text| match text.get(..5) {
        Some(start) if start.eq_ignore_ascii_case("smtp:") => text[5..].to_owned(),
        _ => text.into_owned(),
    });
    mails.filter(|mail| mail.contains('@')).collect()
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
