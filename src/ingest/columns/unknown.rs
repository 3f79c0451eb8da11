//! Columns whose headers name nothing known: what they may be by what they hold, and what a reader is told of them.
//!
//! What they are is not known, so every line that is offered is told with what the column must say for it to be right: a
//! line that is followed blindly may close accounts that are open.

use super::super::header::{Meaning, OfProtection, meanings, normalise, of_protection};
use super::super::law::{Law, law};
use super::super::words::speaks_of_an_end;
use super::{Mapping, Seen};
use crate::config::{list, quoted};
use crate::model::{Field, Message, Role, Text, message};

/// A column whose header names nothing known.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnknownColumn {
    /// The header as written.
    pub header: String,
    /// What it looks as if it could be, where that is something a rule needs.
    pub looks_like: Option<Looks>,
}

/// What an unknown column may be, by what it holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Looks {
    /// Dates on half the rows or more.
    Dates,
    /// Yes or no.
    Flags,
    /// Marks on some rows, and nothing on the others.
    Marks,
    /// Yes or no under a header of closing.
    Closing,
    /// Yes or no under a header of leaving, in a file of people.
    Leaving,
    /// What an export of accounts has, in a file of people.
    OfAccounts(Field),
    /// Personal numbers.
    PersonalNumbers,
    /// Marks of protected identity, by their words or their header, on so many rows.
    Protection(u32),
    /// Words of leaving, or dates among other words.
    Ends,
    /// Words of open and closed that are said of something else than the account: a card, a licence, its holder.
    OtherState,
}

impl UnknownColumn {
    /// What a column under that header may be.
    pub(super) fn of(header: String, column: usize, seen: &Seen<'_>) -> Self {
        let marks = rows_of_protection(&header, column, seen);
        let looks_like = if marks > 0 && Field::Protected.fits(seen.role) {
            Some(Looks::Protection(marks))
        } else if seen.contents.holds_personal_numbers(column) {
            Some(Looks::PersonalNumbers)
        } else if let Some(field) = of_accounts(&header, seen.role) {
            Some(Looks::OfAccounts(field))
        } else if seen.profile.is_mostly_dates(column) {
            Some(Looks::Dates)
        } else if speaks_of_an_end(&header) && seen.profile.holds_only_flags(column) {
            // Yes and no are no day, whatever the header speaks of.
            Some(if seen.role.is_of_people() { Looks::Leaving } else { Looks::Closing })
        } else if speaks_of_an_end(&header)
            || seen.contents.tells_of_leaving(column) > 0
            || seen.contents.holds_dates_in_text(column)
        {
            Some(Looks::Ends)
        } else if seen.profile.is_mostly_flags(column) {
            of_flags(&header, column, seen)
        } else {
            None
        };
        Self { header, looks_like }
    }

    /// What is said of it, where it looks like something that a rule needs.
    fn alarm(&self, role: Role, used: &dyn Fn(Field) -> Vec<String>) -> Option<Message> {
        let (header, looks) = (&self.header, self.looks_like?);
        let (sv, en) = match looks {
            Looks::Protection(rows) => return Some(perhaps_protected(header, rows, role.columns_table())),
            Looks::OfAccounts(field) => return Some(of_an_export(header, field)),
            Looks::Ends => ("ord eller dagar som kan gälla att någon slutar", "words or days that may be of leaving"),
            Looks::Dates => ("datum", "dates"),
            Looks::Flags => ("ja och nej", "yes and no"),
            Looks::Marks => ("kryss eller ja på en del rader", "marks or yes on some rows"),
            Looks::Closing => ("ja och nej om att något är stängt", "yes and no of something being closed"),
            Looks::Leaving => ("ja och nej om att någon slutar", "yes and no of somebody leaving"),
            Looks::PersonalNumbers => ("personnummer", "personal numbers"),
            Looks::OtherState => return Some(of_other_state(header)),
        };
        let offers: Vec<Message> = offers(looks, role)
            .into_iter()
            .filter_map(|(when, field)| {
                let line = line_beside(field, header, &used(field))?;
                let (if_sv, if_en) = (when.sv, when.en);
                Some(message!("om den säger {if_sv}: {line}", "if it says {if_en}: {line}"))
            })
            .collect();
        let table = role.columns_table();
        let known = message!(
            "Kolumnen \"{header}\" känns inte igen men innehåller {sv}.",
            "The column \"{header}\" is not recognised but holds {en}."
        );
        if offers.is_empty() {
            return Some(known);
        }
        let join = |text: fn(&Message) -> &str| offers.iter().map(text).collect::<Vec<_>>().join("; ");
        let (lines, lines_en) = (join(|own| &own.sv), join(|own| &own.en));
        let Message { sv, en } = known;
        Some(message!("{sv} Ange under {table}, {lines}", "{en} State under {table}, {lines_en}"))
    }
}

/// What is said of the unknown columns of a file. Several of marks are a matrix of roles, which is one thing to be said.
/// `used` gives the headers of the columns that answer for a field already.
pub fn alarms(unknown: &[UnknownColumn], role: Role, used: &dyn Fn(Field) -> Vec<String>) -> Vec<Message> {
    let is_mark = |column: &&UnknownColumn| role == Role::Accounts && column.looks_like == Some(Looks::Marks);
    let marks: Vec<String> = unknown.iter().filter(is_mark).map(|column| column.header.clone()).collect();
    let is_matrix = marks.len() > 1;
    let single = unknown.iter().filter(|column| !(is_matrix && is_mark(column)));
    let mut said: Vec<Message> = single.filter_map(|column| column.alarm(role, used)).collect();
    if is_matrix {
        said.push(matrix(&marks, &used(Field::Role)));
    }
    said
}

/// The line that takes a column for a field beside those that answer for it already, which a line of its own would put out
/// of use. None where only one column may answer.
fn line_beside(field: Field, header: &str, used: &[String]) -> Option<String> {
    let key = field.key();
    match (used, law(field)) {
        ([], _) => Some(format!("{key} = {}", quoted(header))),
        (_, Law::Key | Law::One) => None,
        (used, _) => Some(format!("{key} = {}", list(used.iter().map(String::as_str).chain([header])))),
    }
}

/// Columns that each name a role and hold a mark where the account has it.
fn matrix(marks: &[String], roles: &[String]) -> Message {
    let table = Role::Accounts.columns_table();
    let named = super::quoted(marks);
    let line = list(roles.iter().chain(marks));
    message!(
        "Kolumnerna {named} känns inte igen men innehåller kryss eller ja på en del rader. Ange under {table}, om ett kryss \
         betyder att kontot har rollen som rubriken säger: role = {line}",
        "The columns {named} are not recognised but hold marks or yes on some rows. State under {table}, if a mark means that \
         the account has the role that the header names: role = {line}"
    )
}

/// The fields that a column may be for, each with what it must say.
fn offers(looks: Looks, role: Role) -> Vec<(Text, Field)> {
    let leaves = (Text::new("när någon slutar", "when somebody leaves"), Field::EmploymentEnd);
    let expires = (Text::new("när kontot upphör", "when the account ends"), Field::ValidTo);
    let is_open = (Text::new("om kontot är öppet", "whether the account is open"), Field::Enabled);
    let is_closed = (Text::new("om kontot är stängt", "whether the account is closed"), Field::Disabled);
    let used = (Text::new("när kontot senast användes", "when the account was last used"), Field::LastLogin);
    let has_role = (Text::new("om kontot har rollen", "whether the account has the role"), Field::Role);
    let goes_on = (Text::new("att anställningen pågår", "that the employment goes on"), Field::EmploymentStatus);
    let has_left = (Text::new("att personen har slutat", "that the person has left"), Field::EmploymentStatus);
    let is_protected =
        (Text::new("vem som har skyddade personuppgifter", "whose personal data are protected"), Field::Protected);
    let numbers = (Text::new("vems raden är", "whose the row is"), Field::PersonalNumber);
    let offered = match looks {
        Looks::Dates | Looks::Ends if role.is_of_people() => vec![leaves],
        Looks::Ends => vec![expires],
        Looks::Dates => vec![used, expires],
        Looks::Leaving => vec![has_left],
        Looks::Flags | Looks::Marks if role.is_of_people() => vec![goes_on, is_protected],
        Looks::Flags => vec![is_open, is_closed],
        Looks::Marks => vec![is_open, has_role],
        Looks::Closing => vec![is_closed],
        Looks::PersonalNumbers => vec![numbers],
        Looks::Protection(_) | Looks::OfAccounts(_) | Looks::OtherState => Vec::new(),
    };
    offered.into_iter().filter(|(_, field)| field.fits(role)).collect()
}

/// A column that says something of an account can say nothing of an employment: it tells what the file is.
fn of_an_export(header: &str, field: Field) -> Message {
    let Message { sv, en } = field.in_words();
    message!(
        "Kolumnen \"{header}\" är en kontolistas ({sv}) och används inte här. Är filen en lista över konton i ett system: ange \
         den under [[system]].",
        "The column \"{header}\" is one of a list of accounts ({en}) and is not used here. If the file lists the accounts of a \
         system: name it under [[system]]."
    )
}

/// Names the columns of no use that speak of a state, or of an end, in an export that says of no account whether it is
/// open: whoever made it may have meant the account.
pub(super) fn name_other_states(mapping: &mut Mapping, seen: &Seen<'_>) {
    const STATES: [Field; 7] = [
        Field::Enabled,
        Field::Disabled,
        Field::Status,
        Field::Locked,
        Field::AccountControl,
        Field::Expires,
        Field::ValidTo,
    ];
    if seen.role != Role::Accounts || STATES.iter().any(|field| mapping.columns.contains_key(field)) {
        return;
    }
    for column in std::mem::take(&mut mapping.ignored) {
        let header = mapping.headers[column].clone();
        let looks_like = if is_of_state(&header) && seen.profile.is_mostly_flags(column) {
            Some(Looks::OtherState)
        } else if is_of_end(&header) && seen.profile.is_mostly_dates(column) {
            Some(Looks::Ends)
        } else {
            None
        };
        if looks_like.is_some() {
            mapping.unknown.push(UnknownColumn { header, looks_like });
        }
    }
}

/// Whether a header names a state of something.
fn is_of_state(header: &str) -> bool {
    let folded = normalise(header);
    ["status", "state", "lage"].iter().any(|word| folded.contains(word))
        || is_of_employment(header, |field| field == Field::EmploymentStatus)
}

/// Whether a header names the end of something.
fn is_of_end(header: &str) -> bool {
    is_of_employment(header, |field| field == Field::EmploymentEnd)
}

fn is_of_employment(header: &str, is_one: impl Fn(Field) -> bool) -> bool {
    meanings(header, Role::Payroll).iter().any(|own| matches!(own, Meaning::Field(field, _) if is_one(*field)))
}

/// A state of something else may be meant of the account too; nothing else says whether it is open.
fn of_other_state(header: &str) -> Message {
    let line = quoted(header);
    message!(
        "Kolumnen \"{header}\" används inte: den säger något annat än om kontot är öppet. Alla konton räknas som öppna. Ange \
         under [system.columns], om den säger det: status = {line}",
        "The column \"{header}\" is not used: it says something else than whether the account is open. All accounts count \
         as open. State under [system.columns], if it says so: status = {line}"
    )
}

/// What a header means in an export of accounts and nowhere else, where a file of people has it. An end is one of either.
fn of_accounts(header: &str, role: Role) -> Option<Field> {
    let first = meanings(header, Role::Accounts).first().copied();
    let field = match first? {
        Meaning::Field(field, _) => field,
        Meaning::Drop | Meaning::Ignore => return None,
    };
    let is_end = matches!(field, Field::Expires | Field::ValidTo | Field::ValidFrom | Field::Status);
    (role.is_of_people() && field.is_of_accounts() && !is_end).then_some(field)
}

/// A column of yes and no, or of marks.
fn of_flags(header: &str, column: usize, seen: &Seen<'_>) -> Option<Looks> {
    if seen.role == Role::Accounts && speaks_of_closing(header) {
        // Who has said which column closes has seen this one.
        return (!seen.stated.contains_key(&Field::Disabled)).then_some(Looks::Closing);
    }
    let is_marked = seen.profile.answers_of(column).only_say_yes() && seen.profile.blanks(column) > 0;
    Some(if is_marked { Looks::Marks } else { Looks::Flags })
}

/// On how many rows a column may mark protection: by the words that it holds, or by a word of the family in its header.
fn rows_of_protection(header: &str, column: usize, seen: &Seen<'_>) -> u32 {
    let named = seen.contents.names_protection(column);
    let is_one = matches!(of_protection(header), OfProtection::Perhaps | OfProtection::Permission);
    let asks = is_one && !seen.profile.answers_of(column).only_say_no();
    if asks { named.max(seen.profile.filled(column)) } else { named }
}

/// A mark that is missed shows somebody in hiding to everyone.
pub(super) fn perhaps_protected(header: &str, rows: u32, table: &str) -> Message {
    let line = quoted(header);
    message!(
        "Kolumnen \"{header}\" används inte men ser ut att märka skyddade personuppgifter (rader: {rows}). De personerna \
         visas nu som alla andra! Ange under {table}: protected = {line}",
        "The column \"{header}\" is not used but looks as if it marked protected personal data (rows: {rows}). Those \
         persons are now shown like anyone! State under {table}: protected = {line}"
    )
}

/// Whether a header that nobody knows has a word of closing.
fn speaks_of_closing(header: &str) -> bool {
    const STEMS: [&str; 21] = [
        "sparr", "stang", "vilande", "inaktiv", "avaktiv", "deaktiv", "ejaktiv", "pausad", "pausat", "fryst",
        "suspend", "block", "disab", "inactiv", "deactiv", "closed", "dormant", "frozen", "paused", "lasta", "upphor",
    ];
    let folded = normalise(header);
    STEMS.iter().any(|stem| folded.contains(stem))
}
