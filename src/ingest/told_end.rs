//! How an employment ends by what a row of payroll tells: in its columns of end and status, and elsewhere.
//!
//! A word of leaving counts wherever it stands. One that stands elsewhere than in the columns for it may be old or mean
//! something else, so it makes the end unknown and nobody a leaver, unless the form of employment says it whole.

use super::row::{Days, RowView, StatedWord};
use super::words::{self, EmploymentWord, Leaving, OfTheClosed};
use crate::model::{EmploymentStatus, End, Field, Message, Reading, message};
use chrono::NaiveDate;
use std::collections::BTreeMap;

/// Where else than in the columns of end and status a row tells that an employment has ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum ToldIn {
    /// In the name of the sheet, or of the file.
    Sheet,
    /// In the form of employment.
    Form,
    /// In the reason for leaving.
    Reason,
    /// In a title or a unit.
    Post,
    /// In the name.
    Name,
}

/// What a row tells elsewhere.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ToldElsewhere {
    /// Where.
    pub place: ToldIn,
    /// How surely.
    pub leaving: Leaving,
}

/// What a row tells elsewhere, the surest first. A form that the configuration explains says nothing more.
pub fn told_elsewhere(row: &RowView<'_>, ends: Days, explained: bool) -> Option<ToldElsewhere> {
    let form = row.text(Field::EmploymentForm).filter(|_| !explained);
    let by_form = form.and_then(|form| words::form_of_leaving(&form));
    let by_form = by_form.map(|leaving| ToldElsewhere { place: ToldIn::Form, leaving });
    let perhaps = |place| ToldElsewhere { place, leaving: Leaving::Perhaps };
    let any = |fields: &[Field], says: fn(&str) -> bool| {
        fields.iter().any(|field| row.texts(*field).iter().any(|text| says(text)))
    };
    let by_sheet = match row.of_the_closed() {
        OfTheClosed::Yes => Some(ToldElsewhere { place: ToldIn::Sheet, leaving: Leaving::Left }),
        OfTheClosed::Perhaps => Some(perhaps(ToldIn::Sheet)),
        OfTheClosed::No => None,
    };
    by_sheet
        .filter(|_| ends.known.is_none() && !ends.misread)
        .or(by_form)
        .or_else(|| any(&[Field::EndReason], words::is_reason_for_leaving).then(|| perhaps(ToldIn::Reason)))
        .or_else(|| any(&[Field::Title, Field::Unit], words::is_post_of_leavers).then(|| perhaps(ToldIn::Post)))
        .or_else(|| any(&NAMES, |name| words::note_of_leaving(name).is_some()).then(|| perhaps(ToldIn::Name)))
}

/// Columns of names.
const NAMES: [Field; 3] = [Field::Name, Field::Surname, Field::GivenName];

/// How many rows tell of an end elsewhere, without a last day.
#[derive(Debug, Default)]
pub struct ToldEnds(BTreeMap<ToldIn, u64>);

impl ToldEnds {
    /// Counts a row.
    pub fn see(&mut self, place: ToldIn) {
        *self.0.entry(place).or_default() += 1;
    }

    /// The counts in words.
    pub fn warnings(&self) -> Vec<Message> {
        self.0.iter().map(|(place, rows)| told(*place, *rows)).collect()
    }
}

fn told(place: ToldIn, rows: u64) -> Message {
    let (sv, en) = match place {
        ToldIn::Sheet => ("på ett blad eller i en fil för dem som har slutat", "on a sheet or in a file of leavers"),
        ToldIn::Form => ("en anställningsform som säger att personen har slutat", "a form of employment of leavers"),
        ToldIn::Reason => ("en avgångsorsak", "a reason for leaving"),
        ToldIn::Post => ("en befattning eller enhet för dem som har slutat", "a title or unit of leavers"),
        ToldIn::Name => ("ett namn med ett tillägg om att personen har slutat", "a name with a note of leaving"),
    };
    // A sheet is where the row stands, and the others are in the row.
    let (med, with) = if place == ToldIn::Sheet { ("", "") } else { ("med ", "with ") };
    message!(
        "Rader {med}{sv} men utan slutdatum: {rows}. Personerna räknas inte som säkert anställda. Låt HR ange sista dagen.",
        "Rows {with}{en} and no end date: {rows}. The persons do not count as employed for certain. Let HR state the last day."
    )
}

/// What the status columns say: ended if any of them says so. A word that is not understood says nothing for certain.
pub fn employment_status(row: &RowView<'_>) -> Reading<EmploymentWord> {
    let mut said = Reading::Absent;
    for word in row.stated_words(Field::EmploymentStatus) {
        let says = match words::employment_status(word.stands_for.unwrap_or(&word.text)) {
            Reading::NotUnderstood if words::is_code(&word.text) => by_question(&word),
            Reading::Known(_) if word.stands_for.is_none() && of_having_left(&word) => by_question(&word),
            Reading::Known(EmploymentWord::Ended) if !word.borne_out => Reading::NotUnderstood,
            says => says,
        };
        match says {
            Reading::Known(EmploymentWord::Ended) => return Reading::Known(EmploymentWord::Ended),
            Reading::Absent => {}
            Reading::NotUnderstood => {
                row.misread(Field::EmploymentStatus, &word.text);
                said = if said == Reading::Absent { Reading::NotUnderstood } else { said };
            }
            known @ Reading::Known(_) => said = known,
        }
    }
    if said == Reading::Known(EmploymentWord::Notice) && row.text(Field::EmploymentEnd).is_none() {
        // Notice without a last day: whether it has come, nobody can tell.
        row.words(Field::EmploymentStatus).iter().for_each(|word| row.misread(Field::EmploymentStatus, word));
        return Reading::NotUnderstood;
    }
    said
}

/// Whether a word answers a header that asks whether somebody has left.
fn of_having_left(word: &StatedWord<'_>) -> bool {
    word.yes_is_open == Some(false) && words::flag(&word.text).known().is_some()
}

/// What an answer says: whether the employment goes on, where its header asks that. That nobody has left needs nothing
/// to bear it out, since it takes nobody for employed who is not by the other columns.
fn by_question(word: &StatedWord<'_>) -> Reading<EmploymentWord> {
    let Some(yes_is_open) = word.yes_is_open else { return Reading::NotUnderstood };
    let says = words::flag(&word.text)
        .map(|yes| if yes == yes_is_open { EmploymentWord::Ongoing } else { EmploymentWord::Ended });
    match (word.borne_out, yes_is_open) {
        (true, _) => says,
        (false, true) => Reading::NotUnderstood,
        (false, false) => Reading::Absent,
    }
}

/// The status with what the form of employment says: it counts as a column of status where no other says otherwise.
pub fn with_form(status: Reading<EmploymentWord>, elsewhere: Option<ToldElsewhere>) -> Reading<EmploymentWord> {
    let left = elsewhere.is_some_and(|told| told.leaving == Leaving::Left);
    if left && status == Reading::Absent { Reading::Known(EmploymentWord::Ended) } else { status }
}

/// What a status word says of how the employment stands: notice says nothing that the last day does not.
pub fn standing_status(word: EmploymentWord) -> Option<EmploymentStatus> {
    match word {
        EmploymentWord::Ongoing | EmploymentWord::Leave => Some(EmploymentStatus::Ongoing),
        EmploymentWord::Ended => Some(EmploymentStatus::Ended),
        EmploymentWord::Notice => None,
    }
}

/// The last days that a row tells.
#[derive(Clone, Copy, Debug)]
pub struct LastDays {
    /// Of the employment.
    pub stated: Days,
    /// The one that was foreseen: it decides nothing, but where it has passed nobody can say that the employment goes on.
    pub planned: Option<NaiveDate>,
    /// The day of death, which is among those of the employment too.
    pub died: Option<NaiveDate>,
}

/// The end of an employment from what the row states: unknown where it contradicts the row itself, or where something
/// that would decide is not understood. An end that has passed holds whatever else cannot be read, since no other could
/// make it later. A last day before the first is no end, and the row's own status stands for it. Death ends every
/// employment, whatever else the row says.
pub fn end(
    LastDays { stated: days, planned, died }: LastDays,
    start: Reading<NaiveDate>,
    status: Reading<EmploymentWord>,
    elsewhere: Option<ToldElsewhere>,
    extracted: NaiveDate,
) -> End {
    let stated = days.known.map_or(End::Open, End::new);
    let passed = stated.date().is_some_and(|end| end < extracted);
    let going_on = matches!(status, Reading::Known(EmploymentWord::Ongoing | EmploymentWord::Leave));
    let ended = status == Reading::Known(EmploymentWord::Ended);
    if let Some(died) = died.filter(|died| *died <= extracted) {
        return End::On(days.known.filter(|day| start.known().is_none_or(|start| start <= *day)).unwrap_or(died));
    }
    let reversed = stated.date().zip(start.known()).is_some_and(|(end, start)| end < start);
    if reversed {
        return if going_on || ended { End::Open } else { End::Unknown };
    }
    if passed && going_on {
        return End::Unknown;
    }
    let is_past = !going_on && planned.is_some_and(|day| day < extracted);
    let unsaid = days.known.is_none() && (status == Reading::NotUnderstood || elsewhere.is_some() || is_past);
    let undecided = days.misread || start == Reading::NotUnderstood || unsaid;
    let over = passed || ended && days.known.is_none();
    if undecided && !over { End::Unknown } else { stated }
}
