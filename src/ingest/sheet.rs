//! One sheet → its header, its columns and its rows, each row accounted for.
//!
//! Three passes: the first rows to find the header, all rows to learn what the columns hold, all
//! rows once more to use them. The header is never taken to be row 1: it is the row that names most
//! known things among the first thirty.

use super::another_table::is_another_header;
use super::blanks::blanks;
use super::calendar::{Calendar, DateTerms};
use super::columns::{BareDays, Mapping, Seen, is_of_unit4, map, quoted};
use super::content::Contents;
use super::format::{Trouble, Workbook};
use super::header::{Meaning, is_free_text, is_of_death, meanings, normalise, says_little, yes_is_open};
use super::header_row::{Chosen, find_header};
use super::law::{Law, law};
use super::not_read::is_sheet_of_the_protected;
use super::objects::Objects;
use super::profile::Profile;
use super::protection_codes::Letters;
use super::value::Value;
use super::words::{Answers, OfTheClosed, of_the_closed};
use crate::model::{Field, Message, Reading, Role, message};
use chrono::NaiveDate;
use chrono_tz::Tz;
use std::collections::BTreeMap;
use std::ops::ControlFlow;

/// What is asked of a sheet.
pub struct Request<'a> {
    /// Payroll or accounts.
    pub role: Role,
    /// Configured columns.
    pub columns: &'a BTreeMap<Field, Vec<String>>,
    /// Configured header row.
    pub header_row: Option<u32>,
    /// The reference date, which settles centuries.
    pub day: NaiveDate,
    /// Where moments of UTC are turned into days.
    pub zone: Tz,
    /// What joins the rows of several files, where it stands in for the account's name.
    pub join: Option<Field>,
    /// What the file is called, without what tells its format.
    pub file: &'a str,
}

/// A sheet's header and columns.
#[derive(Clone, Debug)]
pub struct Layout {
    /// What its file is.
    pub role: Role,
    /// The header row as Excel shows it.
    pub header_row: u32,
    /// Its columns.
    pub mapping: Mapping,
    /// How its columns mean their dates.
    pub calendar: Calendar,
    /// The answers that each column gives.
    pub answers: Vec<Answers>,
    /// What a yes says in each column, where its header asks a question.
    pub questions: Vec<Option<bool>>,
    /// Columns of letters of state that bear each other out.
    pub state_codes: Vec<usize>,
    /// Columns of ends that are days of death.
    pub of_death: Vec<usize>,
    /// Columns of accounts' names where a bare word alone on its row is a heading.
    pub headings: Vec<usize>,
    /// Whether a blank says that an account is open or closed, in each column.
    pub blanks: Vec<Option<bool>>,
    /// Its columns once more, as every row asks for them.
    pub columns: FieldColumns,
    /// Columns of keys whose whole numbers are written with a decimal: `1001.0`.
    pub decimal_keys: Vec<usize>,
    /// The row on which another table begins, under a header of its own.
    pub another: Option<u32>,
    /// How many fields most rows have, where the format states it.
    pub usual_width: Option<usize>,
    /// What the letters of each column are, should it mark protection.
    pub letters: Vec<Letters>,
    /// Which of its columns say what a row of a directory is.
    pub objects: Objects,
    /// Whether the sheet's own name, or the file's, says that its people have left, or that its accounts are closed.
    pub of_the_closed: OfTheClosed,
    /// Whether it says that they are protected.
    pub of_the_protected: bool,
}

/// The columns of a sheet, found without a search.
#[derive(Clone, Debug)]
pub struct FieldColumns {
    used: Vec<(Field, Vec<usize>)>,
    /// By field the place among those that are used.
    places: Vec<Option<u8>>,
    /// The headers as they are compared.
    headers: Vec<String>,
    /// Columns of no field, and of descriptions.
    beside: Vec<usize>,
    /// Columns that were passed over for better ones, with the field that those are of.
    passed_over: Vec<(Field, usize)>,
    width: usize,
}

impl FieldColumns {
    fn new(mapping: &Mapping) -> Self {
        let used: Vec<(Field, Vec<usize>)> =
            mapping.columns.iter().map(|(&field, columns)| (field, columns.clone())).collect();
        let mut places = vec![None; Field::ALL.len()];
        for ((field, _), place) in used.iter().zip(0u8..) {
            places[*field as usize] = Some(place);
        }
        let width = used.iter().flat_map(|(_, columns)| columns).max().map_or(0, |&last| last + 1);
        let is_dropped = |column: usize| mapping.dropped.contains(&mapping.headers[column]);
        let is_field = |column: usize| {
            used.iter().any(|(field, columns)| *field != Field::Description && columns.contains(&column))
        };
        let beside = (0..mapping.headers.len()).filter(|&column| !is_field(column) && !is_dropped(column)).collect();
        let headers = mapping.headers.iter().map(|header| normalise(header)).collect();
        let passed_over = passed_over(mapping);
        Self { used, places, headers, beside, passed_over, width }
    }

    /// The columns of no field, but for those that are never read.
    pub fn beside(&self) -> &[usize] {
        &self.beside
    }

    /// The columns that were passed over, with the field of those that were not.
    pub fn passed_over(&self) -> &[(Field, usize)] {
        &self.passed_over
    }

    /// The columns that answer for a field together.
    pub fn of(&self, field: Field) -> &[usize] {
        self.places[field as usize].map_or(&[], |place| &self.used[usize::from(place)].1)
    }

    /// Every field that is asked for, with its columns.
    pub fn used(&self) -> &[(Field, Vec<usize>)] {
        &self.used
    }

    /// The headers as they are compared.
    pub fn headers(&self) -> &[String] {
        &self.headers
    }

    /// Up to where a row must reach.
    pub fn width(&self) -> usize {
        self.width
    }
}

/// The columns that were passed over for better ones.
fn passed_over(mapping: &Mapping) -> Vec<(Field, usize)> {
    let is_used = |column: &usize| mapping.columns.values().any(|columns| columns.contains(column));
    let columns = |header: &String| {
        let same = mapping.headers.iter().enumerate().filter(move |(_, own)| *own == header);
        same.map(|(column, _)| column).filter(|column| !is_used(column)).collect::<Vec<_>>()
    };
    let passed = mapping.passed_over.iter();
    passed.flat_map(|(field, header)| columns(header).into_iter().map(|column| (*field, column))).collect()
}

impl Layout {
    /// Yes or no in a cell of a column of some field; nothing where the column answers no questions.
    pub fn flag(&self, field: Field, value: &Value<'_>, column: usize) -> Reading<bool> {
        let Some(style) = self.calendar.style(column) else { return Reading::Absent };
        let letters = self.letters.get(column).filter(|_| field == Field::Protected);
        let letter = letters.and_then(|letters| letters.read(&value.text()?));
        letter.unwrap_or_else(|| value.flag(field, style))
    }
}

/// Finds header and columns of a sheet.
///
/// # Errors
/// No header, a required column missing, two columns for a key, dates that can be read two ways.
pub fn lay_out(workbook: &mut dyn Workbook, sheet: usize, request: &Request<'_>) -> Result<Layout, Trouble> {
    let Chosen { row: header_row, headers, above } = find_header(workbook, sheet, request)?;
    let objects = Objects::under(&headers, request.role, request.columns);
    let Looked { profile, contents, bare_days, another } =
        look_through(workbook, sheet, (header_row, &objects), &headers, request)?;
    let (role, stated) = (request.role, request.columns);
    let of_leave = bare_days.of_leave(&headers)?;
    let seen = Seen { role, stated, profile: &profile, contents: &contents, of_leave: &of_leave };
    let mapping = map(&headers, &seen)?;
    check_required(&mapping, &profile, request)?;
    let terms = DateTerms { zone: request.zone, reference: Some(request.day), day_zero: workbook.day_zero() };
    let calendar = Calendar::settle(&mapping, &profile, terms, role)?;
    check_results(&mapping, &profile)?;
    let mut mapping = mapping;
    mapping.remarks.extend(above.map(|row| perhaps_a_table_above(row, header_row)));
    mapping.remarks.extend(calendar.short_years().iter().map(|&at| short_years(&mapping.headers[at], request.day)));
    let questions: Vec<Option<bool>> = mapping.headers.iter().map(|header| yes_is_open(header, role)).collect();
    let state_codes = state_codes(&mapping, &profile);
    let headings = headings(&mapping, &profile);
    let ends = mapping.columns.get(&Field::EmploymentEnd).into_iter().flatten().copied();
    let of_death = ends.filter(|&column| is_of_death(&mapping.headers[column])).collect();
    let blanks = blanks(&mut mapping, &profile, &questions);
    let of_the_closed = names_the_closed(workbook, sheet, (role, request.file), &mut mapping);
    let of_the_protected = names_the_protected(workbook, sheet, role, &mut mapping);
    let letters = (0..headers.len()).map(|column| Letters::of(&profile, column)).collect();
    let decimal_keys = if role.is_of_people() { decimal_keys(&mut mapping, &profile) } else { Vec::new() };
    let columns = FieldColumns::new(&mapping);
    let (answers, usual_width) = (profile.answers(), profile.usual_width());
    Ok(Layout {
        role,
        header_row,
        mapping,
        calendar,
        answers,
        questions,
        state_codes,
        of_death,
        headings,
        blanks,
        columns,
        decimal_keys,
        another,
        usual_width,
        letters,
        objects,
        of_the_closed,
        of_the_protected,
    })
}

/// Columns of letters of state, in a file whose headers are of the program that writes them.
fn state_codes(mapping: &Mapping, profile: &Profile) -> Vec<usize> {
    if !is_of_unit4(&mapping.headers) {
        return Vec::new();
    }
    (0..mapping.headers.len()).filter(|&column| profile.holds_state_codes(column)).collect()
}

/// Columns of accounts' names in which a bare word alone on its row is the heading of the rows below.
fn headings(mapping: &Mapping, profile: &Profile) -> Vec<usize> {
    let names = mapping.columns.get(&Field::Account).into_iter().flatten().copied();
    names.filter(|&column| profile.is_heading_alone(column)).collect()
}

/// What the name of the sheet, or of the whole file, says of those on it having left, or of its accounts being closed, which
/// is told: a name says as much as a column of status does. A file's own name closes no account.
fn names_the_closed(
    workbook: &dyn Workbook,
    sheet: usize,
    (role, file): (Role, &str),
    mapping: &mut Mapping,
) -> OfTheClosed {
    if !(role.is_of_people() || role == Role::Accounts) {
        return OfTheClosed::No;
    }
    let sheets = workbook.sheets();
    let name = sheets.get(sheet).map_or("", |own| own.name.as_str());
    let by_sheet = of_the_closed(name, role.is_of_people());
    let by_file = if role.is_of_people() { of_the_closed(file, true) } else { OfTheClosed::No };
    let told = if by_sheet < by_file { tell_of_leavers(by_file, file, true) } else { tell(by_sheet, name, role) };
    mapping.remarks.extend(told);
    by_sheet.max(by_file)
}

fn tell(of_the_closed: OfTheClosed, sheet: &str, role: Role) -> Option<Message> {
    if role.is_of_people() {
        return tell_of_leavers(of_the_closed, sheet, false);
    }
    (of_the_closed == OfTheClosed::Yes).then(|| {
        message!(
            "Bladet \"{sheet}\" läses som en lista över stängda konton: ett konto där inget annat säger att det är öppet \
             räknas som stängt. Är det fel: byt namn på bladet.",
            "The sheet \"{sheet}\" is read as a list of closed accounts: one that nothing else says is open counts as closed. \
             If that is wrong: rename the sheet."
        )
    })
}

/// What is said of a sheet or a file of those who have left, or may have.
fn tell_of_leavers(of_the_closed: OfTheClosed, name: &str, is_file: bool) -> Option<Message> {
    let (sv, en) = if is_file { ("Filen", "The file") } else { ("Bladet", "The sheet") };
    let (rename, rename_en) = if is_file { ("filen", "the file") } else { ("bladet", "the sheet") };
    match of_the_closed {
        OfTheClosed::No => None,
        OfTheClosed::Yes => Some(message!(
            "{sv} \"{name}\" läses som en lista över dem som har slutat: den som inte har ett slutdatum där räknas som \
             avslutad. Är det fel: byt namn på {rename}.",
            "{en} \"{name}\" is read as a list of those who have left: whoever has no end date in it counts as ended. If that \
             is wrong: rename {rename_en}."
        )),
        OfTheClosed::Perhaps => Some(message!(
            "{sv} \"{name}\" läses som en lista över dem som kan ha slutat: den som inte har ett slutdatum där räknas inte \
             som säkert anställd. Är det fel: byt namn på {rename}.",
            "{en} \"{name}\" is read as a list of those who may have left: whoever has no end date in it does not count as \
             employed for certain. If that is wrong: rename {rename_en}."
        )),
    }
}

/// Whether the sheet is called by those who are protected, which is told. Who says that no column marks has said that of the
/// sheet too.
fn names_the_protected(workbook: &dyn Workbook, sheet: usize, role: Role, mapping: &mut Mapping) -> bool {
    let sheets = workbook.sheets();
    let Some(name) = sheets.get(sheet).map(|own| own.name.as_str()) else { return false };
    if !(Field::Protected.fits(role) && is_sheet_of_the_protected(name)) {
        return false;
    }
    if mapping.columns.get(&Field::Protected).is_some_and(Vec::is_empty) {
        mapping.passed_over.push((Field::Protected, name.to_owned()));
        return false;
    }
    mapping.remarks.push(message!(
        "Bladet \"{name}\" läses som en lista över personer med skyddade personuppgifter. Är det fel: byt namn på bladet.",
        "The sheet \"{name}\" is read as a list of persons whose personal data are protected. If that is wrong: rename the \
         sheet."
    ));
    true
}

/// Columns of numbers of employees that some program has taken for numbers with decimals. In an export they may be those of
/// employments (`1001.0`, `1001.1`), which only payroll can tell.
fn decimal_keys(mapping: &mut Mapping, profile: &Profile) -> Vec<usize> {
    let columns = mapping.columns.get(&Field::EmployeeNumber).into_iter().flatten().copied();
    let own: Vec<usize> = columns.filter(|&column| profile.decimal_noughts(column) > 0).collect();
    for &column in &own {
        let (header, rows) = (&mapping.headers[column], profile.decimal_noughts(column));
        mapping.remarks.push(message!(
            "\"{header}\": {rows} nummer är skrivna som decimaltal (1001.0) och läses utan decimalen.",
            "\"{header}\": {rows} numbers are written with a decimal (1001.0) and read without it."
        ));
    }
    own
}

/// One row below what may be a header is more likely a word with its value than a table, but nobody can be sure.
fn perhaps_a_table_above(row: u32, header_row: u32) -> Message {
    message!(
        "Rad {row} kan vara rubrik för en egen tabell ovanför rubrikraden (rad {header_row}); den läses inte. Hör den till \
         listan: dela filen i en fil per tabell.",
        "Row {row} may be the header of a table of its own above the header (row {header_row}); it is not read. If it belongs \
         to the list: divide the file into one file a table."
    )
}

/// What the rows behind a header hold.
struct Looked {
    profile: Profile,
    contents: Contents,
    bare_days: BareDays,
    /// The row on which another table begins.
    another: Option<u32>,
}

/// Looks at every row behind the header, or until another table begins.
fn look_through(
    workbook: &mut dyn Workbook,
    sheet: usize,
    (header_row, objects): (u32, &Objects),
    headers: &[String],
    request: &Request<'_>,
) -> Result<Looked, Trouble> {
    let mut profile = Profile::default();
    let rivals = rivals(headers, request.role);
    let mut watched: Vec<usize> =
        rivals.iter().filter(|rival| rival.is_key).flat_map(|r| [r.pair.0, r.pair.1]).collect();
    let is_telling = |header: &str| {
        says_nothing_firm(header, request.role) || is_free_text(header) || may_hold_other_keys(header, request.role)
    };
    watched.extend((0..headers.len()).filter(|&column| is_telling(&headers[column])));
    watched.sort_unstable();
    watched.dedup();
    let mut contents = Contents::watching(watched, rivals.iter().map(|rival| rival.pair).collect(), request.day);
    let compared: Vec<String> = headers.iter().map(|header| normalise(header)).collect();
    let mut bare_days = BareDays::under(headers, request.role, request.columns);
    let mut another = None;
    workbook.rows(sheet, &mut |row| {
        if row.number <= header_row {
            return ControlFlow::Continue(());
        }
        if is_another_header(row, &compared, request.role) {
            another = Some(row.number);
            return ControlFlow::Break(());
        }
        if objects.other(row).is_none() {
            profile.see(row);
            contents.see(row);
            bare_days.see(row);
        }
        ControlFlow::Continue(())
    })?;
    Ok(Looked { profile, contents, bare_days, another })
}

/// Whether a header names employee numbers or people, where programs put other keys too.
fn may_hold_other_keys(header: &str, role: Role) -> bool {
    matches!(meanings(header, role)[..], [Meaning::Field(Field::EmployeeNumber | Field::Name, _)])
}

/// Whether a column must be told by what it holds: it could be a key, and its header says nothing firm.
fn says_nothing_firm(header: &str, role: Role) -> bool {
    if header.trim().is_empty() {
        return false;
    }
    let meanings = meanings(header, role);
    // A lone status is told by its words, which are looked at anyway.
    let only_status = matches!(meanings[..], [Meaning::Field(Field::Status, _)]);
    meanings.is_empty() || says_little(header) && !only_status
}

/// Two columns of which one must be chosen for a field.
struct Rivals {
    pair: (usize, usize),
    is_key: bool,
}

/// Pairs of columns that could be the same key, or the same of what cannot be combined.
fn rivals(headers: &[String], role: Role) -> Vec<Rivals> {
    let chosen = |header: &String| -> Vec<Field> {
        let of_one = |meaning: &Meaning| match meaning {
            Meaning::Field(field, _) if matches!(law(*field), Law::Key | Law::One) => Some(*field),
            _ => None,
        };
        meanings(header, role).iter().filter_map(of_one).collect()
    };
    let claimed: Vec<(usize, Vec<Field>)> =
        headers.iter().map(chosen).enumerate().filter(|(_, fields)| !fields.is_empty()).collect();
    let mut rivals = Vec::new();
    for (place, (a, first)) in claimed.iter().enumerate() {
        for (b, second) in &claimed[place + 1..] {
            let mut shared = first.iter().filter(|field| second.contains(field)).peekable();
            if shared.peek().is_some() {
                rivals.push(Rivals { pair: (*a, *b), is_key: shared.any(|field| field.is_key()) });
            }
        }
    }
    rivals
}

/// Whether a file of that role can be used by the fields that it has, whatever they hold.
pub fn has_needed(role: Role, has: &dyn Fn(Field) -> bool) -> bool {
    let names = || has(Field::Name) || has(Field::GivenName) && has(Field::Surname);
    match role {
        Role::Payroll => names() && (has(Field::PersonalNumber) || has(Field::EmployeeNumber) || has(Field::Email)),
        Role::Register => names(),
        Role::Accounts => has(Field::Account) || has(Field::Upn) || has(Field::Email),
        Role::ServiceAccounts => has(Field::Owner) && (has(Field::Account) || has(Field::Upn)),
        Role::Inventory => has(Field::System) || has(Field::Id),
    }
}

/// Payroll needs a name and a key; an export needs an account name, a register of service accounts an owner too.
fn check_required(mapping: &Mapping, profile: &Profile, request: &Request<'_>) -> Result<(), Trouble> {
    let role = request.role;
    let has = |field: Field| mapping.columns.get(&field).is_some_and(|columns| !columns.is_empty());
    let names_all = |field: Field| {
        let columns = mapping.columns.get(&field).map_or(&[][..], Vec::as_slice);
        columns.iter().any(|&column| !profile.is_empty(column) && profile.blanks(column) == 0)
    };
    let missing = match role {
        Role::Payroll | Role::Register if !(has(Field::Name) || has(Field::GivenName) && has(Field::Surname)) => {
            Some(("ett namn", "a name", "name"))
        }
        Role::Payroll if !has(Field::PersonalNumber) && !has(Field::EmployeeNumber) && !has(Field::Email) => Some((
            "en nyckel (personnummer, anställningsnummer eller e-post)",
            "a key (personal number, employee number or e-mail)",
            "employee_number",
        )),
        Role::ServiceAccounts if !has(Field::Owner) => Some(("kontots ägare", "the account's owner", "owner")),
        Role::Accounts if request.join.is_some_and(has) => None,
        // Systems of care know their accounts by HSA-id alone, if every account has one.
        Role::Accounts if names_all(Field::HsaId) => None,
        // Cloud services know their accounts by address alone.
        Role::Accounts | Role::ServiceAccounts if !has(Field::Account) && !has(Field::Upn) && !has(Field::Email) => {
            Some(("kontots namn", "the account's name", "account"))
        }
        Role::Inventory if !has(Field::System) && !has(Field::Id) => {
            Some(("systemets namn", "the system's name", "system"))
        }
        _ => None,
    };
    match missing {
        Some((sv, en, key)) => Err(missing_column(sv, en, key, mapping, role)),
        None => Ok(()),
    }
}

fn missing_column(sv: &str, en: &str, key: &str, mapping: &Mapping, role: Role) -> Trouble {
    let list = quoted(&mapping.headers);
    let table = role.columns_table();
    Trouble {
        says: message!("kolumnen för {sv} hittas inte", "the column for {en} is not found"),
        way_out: message!(
            "Rubriker i filen: {list}\nAnge rätt rubrik under {table}: {key} = \"Rubrik\"",
            "Headers in the file: {list}\nState the right header under {table}: {key} = \"Header\""
        ),
    }
}

/// Years of two digits are a guess that is told.
fn short_years(header: &str, day: NaiveDate) -> Message {
    message!(
        "Åren i \"{header}\" är skrivna med två siffror och tolkas som de närmast {day}.",
        "The years in \"{header}\" are written with two digits and read as those nearest to {day}."
    )
}

/// A used column of formulas without results would read as a column of blanks.
fn check_results(mapping: &Mapping, profile: &Profile) -> Result<(), Trouble> {
    let lacking = mapping.columns.values().flatten().find(|&&column| profile.lacks_results(column));
    let Some(&column) = lacking else { return Ok(()) };
    let header = &mapping.headers[column];
    Err(Trouble {
        says: message!(
            "kolumnen \"{header}\" innehåller formler vars resultat inte är sparade",
            "the column \"{header}\" holds formulas whose results are not saved"
        ),
        way_out: message!(
            "Öppna filen i Excel, låt den räkna och spara, eller klistra in kolumnen som värden.",
            "Open the file in Excel, let it calculate and save, or paste the column as values."
        ),
    })
}
