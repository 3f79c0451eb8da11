//! Which columns answer for which field: headers first, content where a header is ambiguous, configuration
//! before both.
//!
//! Every column ends in one of four lists: used, dropped on purpose, known and of no use, or unknown. The
//! unknown are always named, since a column that nobody recognised may be the one that says who has left.

mod coded;
mod leave;
mod levels;
mod role_marks;
mod stated;
mod terms;
mod unknown;

use super::content::Contents;
use super::format::Trouble;
use super::header::{Meaning, asks_of_employment, is_free_text, meanings, normalise, says_little};
use super::law::{Law, law};
use super::profile::Profile;
use crate::model::{Field, Kind, Message, Role, message};
pub use coded::is_of_unit4;
use coded::take_texts_for_codes;
pub use leave::BareDays;
use levels::take_levels;
use role_marks::{marks_a_role, take_marks, take_ticks};
use stated::take_stated;
use std::collections::BTreeMap;
use terms::take_terms;
pub use unknown::{Looks, UnknownColumn, alarms};
use unknown::{name_other_states, perhaps_protected};

/// The columns of one sheet.
#[derive(Clone, Debug, Default)]
pub struct Mapping {
    /// Field → the columns that answer for it together, from 0, in the order of the file.
    pub columns: BTreeMap<Field, Vec<usize>>,
    /// Headers of the columns, as written.
    pub headers: Vec<String>,
    /// Headers of columns never read.
    pub dropped: Vec<String>,
    /// Headers that name nothing known.
    pub unknown: Vec<UnknownColumn>,
    /// Columns of free text that tell of something a rule needs, with what.
    pub free_texts: Vec<FreeText>,
    /// Headers passed over for a better one.
    pub passed_over: Vec<(Field, String)>,
    /// Keys that stand under a header that says little, so that names must confirm them.
    pub to_confirm: Vec<Field>,
    /// Columns of a matrix of roles: each is called like a role, and marks who has it.
    pub role_marks: Vec<usize>,
    /// What a reader of the report should know.
    pub remarks: Vec<Message>,
    /// Columns that are known and of no use.
    pub ignored: Vec<usize>,
}

/// A column of free text with something in it that a rule needs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FreeText {
    /// The header as written.
    pub header: String,
    /// Rows that name protection.
    pub protecting: u32,
    /// Rows with a word of leaving.
    pub leaving: u32,
}

impl FreeText {
    /// What is said of it.
    pub fn alarms(&self, role: Role) -> impl Iterator<Item = Message> {
        let Self { header, protecting, leaving } = self;
        let marks = (*protecting > 0).then(|| perhaps_protected(header, *protecting, role.columns_table()));
        let ends = (*leaving > 0).then(|| {
            message!(
                "Kolumnen \"{header}\" avgör inget. Rader med ord i den om att någon slutar eller har slutat: {leaving}. \
                 Kontrollera att det också står i en kolumn för slutdatum.",
                "The column \"{header}\" decides nothing. Rows with words in it of someone leaving or having left: \
                 {leaving}. Check that a column of end dates says so too."
            )
        });
        marks.into_iter().chain(ends)
    }
}

/// One column that could be a field.
#[derive(Clone, Copy, Debug)]
struct Claim {
    column: usize,
    field: Field,
    rank: u16,
}

/// What is known of a sheet when its columns are settled.
pub struct Seen<'a> {
    /// Payroll, an export or another.
    pub role: Role,
    /// Configured columns.
    pub stated: &'a BTreeMap<Field, Vec<String>>,
    /// What each column holds.
    pub profile: &'a Profile,
    /// What key columns hold.
    pub contents: &'a Contents,
    /// Columns of days that do not say of what, and are the leave's.
    pub of_leave: &'a [(usize, Field)],
}

/// Decides the columns of a sheet.
///
/// # Errors
/// A configured header that is not there, or two columns for one key that content cannot tell apart.
pub fn map(headers: &[String], seen: &Seen<'_>) -> Result<Mapping, Trouble> {
    let mut mapping = Mapping { headers: headers.to_vec(), ..Mapping::default() };
    take_stated(&mut mapping, seen)?;
    let mut claims = claims(&mut mapping, seen);
    let of_leave = leave::remark(seen.of_leave, &mapping);
    mapping.remarks.extend(of_leave);
    take_texts_for_codes(&mut mapping, &mut claims, seen);
    take_names_for_names(&mut claims, seen);
    take_ids_for_ids(&mut claims, seen);
    drop_ids_for_names(&mut claims, seen);
    take_terms(&mut claims, &mapping, seen);
    take_levels(&mut claims, &mapping, seen);
    for field in Field::ALL {
        let mut own: Vec<Claim> = claims.iter().filter(|claim| claim.field == *field).copied().collect();
        own.retain(|claim| !is_taken(&mapping, claim.column));
        own.sort_by_key(|claim| (seen.profile.is_empty(claim.column), claim.rank, claim.column));
        if *field == Field::Protected {
            add_marking(&mut mapping, &own, seen);
        }
        if !own.is_empty() && !mapping.columns.contains_key(field) {
            take(&mut mapping, &own, seen)?;
        }
    }
    take_ticks(&mut mapping, seen);
    name_other_states(&mut mapping, seen);
    Ok(mapping)
}

/// A header of accounts ("Användarnamn") above people's names is their name wherever another column names the accounts:
/// passed over, it would take along all that tells whose each account is.
fn take_names_for_names(claims: &mut [Claim], seen: &Seen<'_>) {
    let names_accounts = |claim: &Claim| {
        claim.field == Field::Account
            && !seen.profile.is_empty(claim.column)
            && !seen.contents.holds_names(claim.column)
            && seen.contents.can_be(Field::Account, claim.column)
    };
    let stated = seen.stated.contains_key(&Field::Account);
    if !Field::Name.fits(seen.role) || !(stated || claims.iter().any(names_accounts)) {
        return;
    }
    for claim in claims.iter_mut() {
        if claim.field == Field::Account && seen.contents.holds_names(claim.column) {
            claim.field = Field::Name;
        }
    }
}

/// A header of accounts ("User ID") above object ids is those, wherever another column names the accounts: nobody knows an
/// account by such an id.
fn take_ids_for_ids(claims: &mut [Claim], seen: &Seen<'_>) {
    let of_accounts = |claim: &Claim| claim.field == Field::Account && !seen.profile.is_empty(claim.column);
    let is_id = |claim: &Claim| seen.contents.holds_guids(claim.column);
    let is_named = claims.iter().any(|claim| of_accounts(claim) && !is_id(claim));
    if !is_named || claims.iter().any(|claim| claim.field == Field::Guid) {
        return;
    }
    for claim in claims.iter_mut().filter(|claim| of_accounts(claim) && is_id(claim)) {
        claim.field = Field::Guid;
    }
}

/// Nobody is called by an object id, as mailboxes are in some exports.
fn drop_ids_for_names(claims: &mut Vec<Claim>, seen: &Seen<'_>) {
    claims.retain(|claim| claim.field != Field::Name || !seen.contents.holds_guids(claim.column));
}

/// A column that marks protection counts beside the one that is configured: a mark is never lost. Only an explicit word
/// that no column marks leaves it out, and then it is named as passed over.
fn add_marking(mapping: &mut Mapping, claims: &[Claim], seen: &Seen<'_>) {
    match mapping.columns.get_mut(&Field::Protected) {
        None => {}
        Some(columns) if columns.is_empty() => {
            let filled = claims.iter().filter(|claim| !seen.profile.is_empty(claim.column));
            let headers = filled.map(|claim| (Field::Protected, mapping.headers[claim.column].clone()));
            mapping.passed_over.extend(headers);
        }
        Some(columns) => columns.extend(claims.iter().map(|claim| claim.column)),
    }
}

fn is_taken(mapping: &Mapping, column: usize) -> bool {
    mapping.columns.values().flatten().any(|&other| other == column)
}

/// What each remaining column could be; ambiguous headers are settled by what the column holds.
fn claims(mapping: &mut Mapping, seen: &Seen<'_>) -> Vec<Claim> {
    let mut claims = Vec::new();
    for column in 0..mapping.headers.len() {
        let header = mapping.headers[column].clone();
        if is_taken(mapping, column) || header.trim().is_empty() {
            continue;
        }
        if let Some(&(_, field)) = seen.of_leave.iter().find(|(own, _)| *own == column) {
            claims.push(Claim { column, field, rank: u16::MAX });
            continue;
        }
        let mut meanings = meanings(&header, seen.role);
        // The last day of a block is the day when the account is open again.
        let blocks = |m: &Meaning| matches!(m, Meaning::Field(Field::Disabled | Field::Locked, _));
        meanings.retain(|meaning| !(blocks(meaning) && names_an_end(&header)));
        if let Some(field) = of_employment(&header, column, seen) {
            claims.push(Claim { column, field, rank: u16::MAX });
            continue;
        }
        if let Some(field) = by_content(&header, &meanings, column, seen) {
            claims.push(Claim { column, field, rank: u16::MAX });
            continue;
        }
        if marks_a_role(&meanings, column, seen) {
            claims.extend(take_marks(mapping, column, seen));
            continue;
        }
        mapping.free_texts.extend(free_text(&header, column, seen));
        let meanings = if says_little(&header) { of_little(meanings, column, mapping, seen) } else { meanings };
        match settle(&meanings, seen.profile, column) {
            [] if meanings.is_empty() => mapping.unknown.push(UnknownColumn::of(header, column, seen)),
            [] | [Meaning::Ignore, ..] => mapping.ignored.push(column),
            [Meaning::Drop, ..] => mapping.dropped.push(header),
            fields => claims.extend(fields.iter().filter_map(|meaning| match meaning {
                Meaning::Field(field, rank) => Some(Claim { column, field: *field, rank: *rank }),
                Meaning::Drop | Meaning::Ignore => None,
            })),
        }
    }
    claims
}

/// Whether a header names the last day of something.
fn names_an_end(header: &str) -> bool {
    let folded = normalise(header);
    ["tom", "tillochmed", "till", "until"].iter().any(|end| folded.ends_with(end))
}

/// What a header that says little can mean by what stands under and beside it: an object id has the form of one, an
/// account's name is a key only where no other column names the accounts, and a status is one by its words.
fn of_little(meanings: Vec<Meaning>, column: usize, mapping: &Mapping, seen: &Seen<'_>) -> Vec<Meaning> {
    if meanings.len() < 2 {
        return meanings;
    }
    let named_by = |header: &String| {
        let firm = super::header::meanings(header, seen.role);
        let names = |m: &Meaning| matches!(m, Meaning::Field(Field::Account | Field::Upn | Field::Email, _));
        !says_little(header) && firm.iter().any(names)
    };
    let by_what_stands_there = meanings.iter().position(|meaning| match meaning {
        Meaning::Field(Field::Guid, _) => seen.contents.holds_guids(column),
        Meaning::Field(Field::Status, _) => seen.profile.is_mostly_flags(column),
        _ => false,
    });
    if let Some(at) = by_what_stands_there {
        return vec![meanings[at]];
    }
    let fits = |meaning: &Meaning| match meaning {
        Meaning::Field(Field::Guid | Field::Status, _) => false,
        Meaning::Field(Field::Account, _) => !mapping.headers.iter().any(named_by),
        Meaning::Field(..) | Meaning::Drop | Meaning::Ignore => true,
    };
    meanings.into_iter().filter(fits).collect()
}

/// What a column of people is that is called by a word of status, by what it holds: whether they are employed, or since
/// when, or until when.
fn of_employment(header: &str, column: usize, seen: &Seen<'_>) -> Option<Field> {
    let goes_on = asks_of_employment(header).filter(|_| seen.role.is_of_people() && !seen.profile.is_empty(column))?;
    if seen.profile.holds_only_flags(column) {
        return Some(Field::EmploymentStatus);
    }
    let day = if goes_on { Field::EmploymentStart } else { Field::EmploymentEnd };
    seen.profile.is_mostly_dates(column).then_some(day)
}

/// A key that is told by its form whatever its header says, where the header says nothing firmer.
fn by_content(header: &str, meanings: &[Meaning], column: usize, seen: &Seen<'_>) -> Option<Field> {
    let open = meanings.is_empty() || says_little(header);
    let people = seen.role.is_of_people() || seen.role == Role::Accounts;
    // Programs that sign in by address put it where they ask for a number.
    let of_number = matches!(meanings, [Meaning::Field(Field::EmployeeNumber, _)]);
    if of_number && people && seen.contents.holds_own_addresses(column) {
        return Some(Field::Email);
    }
    if !open || !people {
        return None;
    }
    if meanings.is_empty()
        && seen.role.is_of_people()
        && names_an_employment(header)
        && seen.contents.holds_forms(column)
    {
        return Some(Field::EmploymentForm);
    }
    let by_form = [
        (seen.contents.holds_personal_numbers(column), Field::PersonalNumber),
        (seen.contents.holds_hsa_ids(column), Field::HsaId),
        (names_an_identity(header) && seen.contents.holds_own_addresses(column), Field::Email),
    ];
    by_form.into_iter().find(|(holds, _)| *holds).map(|(_, field)| field)
}

/// Whether a header speaks of an employment and of nothing about it: "Anställning" stands above its form in one system and
/// above its number in another.
fn names_an_employment(header: &str) -> bool {
    super::header::forms(header).iter().any(|form| {
        matches!(form.as_str(), "anstallning" | "anstallningar" | "anst" | "employment" | "tjanst" | "tjanstgoring")
    })
}

/// Whether a header speaks of an identity, and so of whoever the row is about: an unknown column of addresses may be of
/// anybody.
fn names_an_identity(header: &str) -> bool {
    const STEMS: [&str; 8] = ["nameid", "externalid", "externtid", "userid", "login", "principal", "identi", "subject"];
    let folded = normalise(header);
    says_little(header) || STEMS.iter().any(|stem| folded.contains(stem))
}

/// What a column of free text tells that a rule needs, where it does.
fn free_text(header: &str, column: usize, seen: &Seen<'_>) -> Option<FreeText> {
    let of_holders = seen.role.is_of_people() || seen.role == Role::Accounts;
    let own = || FreeText {
        header: header.to_owned(),
        protecting: seen.contents.names_protection(column),
        leaving: seen.contents.tells_of_leaving(column),
    };
    let telling = (of_holders && is_free_text(header)).then(own);
    telling.filter(|own| own.protecting + own.leaving > 0)
}

/// Of several meanings, those from the first on whose kind fits the column's content.
fn settle<'m>(meanings: &'m [Meaning], profile: &Profile, column: usize) -> &'m [Meaning] {
    let fits = |meaning: &Meaning| match meaning {
        Meaning::Field(field, _) => match field.kind() {
            Kind::Date => profile.is_mostly_dates(column),
            Kind::Flag => profile.is_mostly_flags(column),
            Kind::Identifier | Kind::Words => !profile.is_mostly_dates(column),
        },
        Meaning::Drop | Meaning::Ignore => true,
    };
    match meanings {
        [] | [_] => meanings,
        several if profile.is_empty(column) => several,
        several => {
            let from = several.iter().position(fits).unwrap_or(0);
            &several[from..=from]
        }
    }
}

/// Takes the columns of a field by its law.
fn take(mapping: &mut Mapping, claims: &[Claim], seen: &Seen<'_>) -> Result<(), Trouble> {
    let field = claims[0].field;
    match law(field) {
        Law::Key => take_key(mapping, claims, seen),
        Law::One => {
            let columns: Vec<usize> = claims.iter().map(|claim| claim.column).collect();
            say_difference(mapping, field, &columns, seen);
            take_first(mapping, field, &columns);
            Ok(())
        }
        own @ (Law::Earliest | Law::Latest | Law::Any | Law::Every | Law::All | Law::Foremost) => {
            let filled = claims.iter().filter(|claim| !seen.profile.is_empty(claim.column));
            let mut columns: Vec<usize> = filled.map(|claim| claim.column).collect();
            if columns.is_empty() {
                columns.push(claims[0].column);
            }
            if own != Law::Foremost {
                columns.sort_unstable();
            }
            mapping.columns.insert(field, columns);
            Ok(())
        }
    }
}

/// The first column; the others are named as passed over.
fn take_first(mapping: &mut Mapping, field: Field, columns: &[usize]) {
    for other in &columns[1..] {
        let header = mapping.headers[*other].clone();
        mapping.passed_over.push((field, header));
    }
    mapping.columns.insert(field, vec![columns[0]]);
}

/// Says that a column that is passed over differs from the one that is used.
fn say_difference(mapping: &mut Mapping, field: Field, columns: &[usize], seen: &Seen<'_>) {
    for other in &columns[1..] {
        let Some(rows) = seen.contents.differ_often(columns[0], *other) else { continue };
        let (used, passed) = (&mapping.headers[columns[0]], &mapping.headers[*other]);
        let field = field.key();
        mapping.remarks.push(message!(
            "\"{used}\" används för {field}; \"{passed}\" skiljer sig från den på {rows} rader.",
            "\"{used}\" is used for {field}; \"{passed}\" differs from it on {rows} rows."
        ));
    }
}

/// Takes the column of a key. What it holds decides; where that settles nothing, the user is asked.
fn take_key(mapping: &mut Mapping, claims: &[Claim], seen: &Seen<'_>) -> Result<(), Trouble> {
    let field = claims[0].field;
    let filled: Vec<Claim> = claims.iter().filter(|claim| !seen.profile.is_empty(claim.column)).copied().collect();
    let fitting: Vec<Claim> = filled.iter().filter(|c| seen.contents.can_be(field, c.column)).copied().collect();
    let firm: Vec<Claim> =
        fitting.iter().filter(|claim| !says_little(&mapping.headers[claim.column])).copied().collect();
    let candidates = [firm, fitting, filled, claims.to_vec()].into_iter().find(|list| !list.is_empty());
    let candidates = candidates.unwrap_or_default();
    let best = candidates[0];
    for other in &candidates[1..] {
        if has_other_use(other, &best, mapping) {
            mapping.columns.insert(Field::UserName, vec![other.column]);
        } else if !seen.contents.agree(best.column, other.column) && !is_plainly_worse(other, &best, seen) {
            return Err(two_columns(field, [best.column, other.column], mapping, seen));
        }
    }
    let passed = claims.iter().map(|claim| claim.column).filter(|column| *column != best.column);
    let passed: Vec<usize> = passed.filter(|column| !is_taken(mapping, *column)).collect();
    mapping.passed_over.extend(passed.iter().map(|column| (field, mapping.headers[*column].clone())));
    let header = &mapping.headers[best.column];
    // What an account is called needs nobody's name to be its name.
    if field != Field::Account && (says_little(header) || best.rank == u16::MAX) {
        mapping.to_confirm.push(field);
    }
    mapping.columns.insert(field, vec![best.column]);
    Ok(())
}

/// An account name is unique or nearly: a column of which most values repeat is none, beside one of which none does.
fn is_plainly_worse(other: &Claim, best: &Claim, seen: &Seen<'_>) -> bool {
    /// Hundredths of the values that are distinct.
    const NEARLY_ALL: u32 = 95;
    const FEW: u32 = 50;
    let distinct = |claim: &Claim| seen.contents.distinct_percent(claim.column);
    best.field == Field::Account && distinct(best) >= NEARLY_ALL && distinct(other) < FEW
}

/// Whether a column that is not the best for a key can serve as the user name instead. One under the very same header
/// cannot: it is another list beside the first, whose accounts would be lost.
fn has_other_use(claim: &Claim, best: &Claim, mapping: &Mapping) -> bool {
    let header = &mapping.headers[claim.column];
    if normalise(header) == normalise(&mapping.headers[best.column]) {
        return false;
    }
    let network_name =
        meanings(header, Role::Accounts).iter().any(|meaning| matches!(meaning, Meaning::Field(Field::UserName, _)));
    claim.field == Field::Account && network_name && !mapping.columns.contains_key(&Field::UserName)
}

fn two_columns(field: Field, columns: [usize; 2], mapping: &Mapping, seen: &Seen<'_>) -> Trouble {
    let [first, second] = columns.map(|column| &mapping.headers[column]);
    let [of_first, of_second] = columns.map(|column| seen.contents.examples(column));
    let (field, table) = (field.key(), seen.role.columns_table());
    let way_out = if first == second {
        message!(
            "Ge dem olika rubriker i filen, eller dela den i en fil per tabell. Gäller den första: ange under {table}, \
             {field} = \"{first}\"",
            "Give them headers that differ, or divide the file into one a table. If the first holds: state under {table}, \
             {field} = \"{first}\""
        )
    } else {
        message!(
            "Ange vilken som gäller under {table}:\n    {field} = \"{first}\"\neller\n    {field} = \"{second}\"",
            "State which one holds under {table}:\n    {field} = \"{first}\"\nor\n    {field} = \"{second}\""
        )
    };
    Trouble {
        says: message!(
            "två kolumner kan vara {field} och skiljer sig åt: \"{first}\" ({of_first}) och \"{second}\" ({of_second})",
            "two columns can be {field} and differ: \"{first}\" ({of_first}) and \"{second}\" ({of_second})"
        ),
        way_out,
    }
}

/// Headers as a list in quotes, for messages.
pub fn quoted(headers: &[String]) -> String {
    let shown: Vec<String> =
        headers.iter().filter(|header| !header.trim().is_empty()).map(|h| format!("\"{h}\"")).collect();
    shown.join(", ")
}
