//! Columns of first and last days that do not say of what, beside a column of leave: whether the days are those of the
//! leave or of the employment.
//!
//! `Frånvaro; Fr.o.m.; T.o.m.` beside an employment's own days are the leave's: taken for the employment's, whoever had a
//! holiday would have left. What stands beside them tells less than on which rows they are filled.

use super::super::format::{Row, Trouble};
use super::super::header::{Meaning, meanings, normalise};
use super::super::words;
use super::{Mapping, quoted};
use crate::config::{self, list};
use crate::model::{Field, Message, Reading, Role, message};
use std::collections::BTreeMap;

/// Columns of bare days that stand together: at most a first day and a last one.
#[derive(Clone, Debug)]
struct Days {
    columns: Vec<(usize, Field)>,
    /// Whether a column of leave stands right before them.
    behind_leave: bool,
    /// Rows on which one of them is filled, and those of them that tell of leave.
    filled: u32,
    on_leave: u32,
}

/// Whose days they are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Whose {
    Leave,
    Employment,
    Unknown,
}

/// What is seen of the bare days of a sheet.
#[derive(Clone, Debug, Default)]
pub struct BareDays {
    days: Vec<Days>,
    /// Columns that tell of leave.
    leave: Vec<usize>,
    /// Whether some row tells of leave.
    tells_leave: bool,
    /// First and last days of the employment, by headers that say so.
    named: Vec<(usize, Field)>,
    /// The same, by the configuration.
    stated: Vec<Field>,
}

impl BareDays {
    /// The bare days under some headers of payroll. Where the configuration says which days are the leave's, all is said.
    pub fn under(headers: &[String], role: Role, stated: &BTreeMap<Field, Vec<String>>) -> Self {
        let is_stated = |header: &String| stated.values().flatten().any(|other| normalise(other) == normalise(header));
        let said = [Field::LeaveFrom, Field::LeaveTo].iter().any(|field| stated.contains_key(field));
        let leave: Vec<usize> = (0..headers.len()).filter(|&at| tells_of_leave(&headers[at], role)).collect();
        if role != Role::Payroll || said || leave.is_empty() {
            return Self::default();
        }
        let bare = |header: &String| bare_day(header).filter(|_| !is_stated(header));
        let named = headers.iter().enumerate().filter(|(_, header)| bare_day(header).is_none());
        let named = named.filter_map(|(at, own)| Some((at, meanings(own, role).first().and_then(of_employment)?)));
        let by_configuration = stated.keys().filter_map(|field| of_employment(&Meaning::Field(*field, 0)));
        Self {
            days: together(headers, &leave, &bare),
            leave,
            tells_leave: false,
            named: named.collect(),
            stated: by_configuration.collect(),
        }
    }

    /// Takes in one row of data.
    pub fn see(&mut self, row: &Row<'_>) {
        let text = |column: usize| row.cells.get(column).and_then(super::super::value::Value::text);
        let on_leave = self.leave.iter().filter_map(|&column| text(column)).any(|own| says_leave(&own));
        self.tells_leave |= on_leave;
        for days in &mut self.days {
            let filled =
                days.columns.iter().filter_map(|&(column, _)| text(column)).any(|own| !words::is_nothing(&own));
            days.filled += u32::from(filled);
            days.on_leave += u32::from(filled && on_leave);
        }
    }

    /// The columns that are the leave's.
    ///
    /// # Errors
    /// Days of which what stands there does not tell whose they are.
    pub fn of_leave(&self, headers: &[String]) -> Result<Vec<(usize, Field)>, Trouble> {
        let mut own = Vec::new();
        for days in &self.days {
            match self.whose(days) {
                Whose::Leave => own.extend(&days.columns),
                Whose::Employment => {}
                Whose::Unknown => return Err(self.undecided(days, headers)),
            }
        }
        Ok(own)
    }

    fn whose(&self, days: &Days) -> Whose {
        let Days { columns, behind_leave, filled, on_leave } = days;
        let others = self.days.iter().flat_map(|own| &own.columns).filter(|own| !columns.contains(own));
        let named: Vec<Field> = others.chain(&self.named).map(|(_, field)| *field).chain(self.stated.clone()).collect();
        let is_named = columns.iter().any(|(_, field)| named.contains(field));
        let stripped = !self.tells_leave && *behind_leave && is_named;
        match (filled, on_leave) {
            (0, _) => Whose::Employment,
            // A few last days by themselves may be those of leavers by chance.
            (all, some) if all == some && is_named && (*behind_leave || columns.len() > 1) => Whose::Leave,
            (all, some) if some * 2 > *all && is_named && *behind_leave => Whose::Leave,
            (all, some) if some * 2 > *all || stripped => Whose::Unknown,
            _ => Whose::Employment,
        }
    }

    /// What stands there does not tell whose the days are.
    fn undecided(&self, days: &Days, headers: &[String]) -> Trouble {
        let own: Vec<String> = days.columns.iter().map(|(column, _)| headers[*column].clone()).collect();
        let (named, table) = (quoted(&own), Role::Payroll.columns_table());
        let (filled, on_leave) = (days.filled, days.on_leave);
        let lines = |line: &dyn Fn(&(usize, Field)) -> String| -> String {
            days.columns.iter().map(|own| format!("\n    {}", line(own))).collect()
        };
        let leave = lines(&|(column, field)| format!("{} = {}", field.key(), config::quoted(&headers[*column])));
        let employment = lines(&|own| self.line_of_employment(own, headers));
        Trouble {
            says: message!(
                "{named} kan vara anställningens dagar eller frånvarons: rader där de är ifyllda: {filled}, varav rader som \
                 säger att någon är frånvarande: {on_leave}",
                "{named} can be the days of the employment or of the leave: rows on which they are filled: {filled}, of which \
                 rows that tell of leave: {on_leave}"
            ),
            way_out: message!(
                "Ange under {table}, om de är frånvarons:{leave}\neller anställningens:{employment}\nHar flera kolumner \
                 samma rubrik: ge dem olika i filen.",
                "State under {table}, if they are the leave's:{leave}\nor the employment's:{employment}\nIf several columns \
                 have one header: give them headers that differ in the file."
            ),
        }
    }

    /// The line that takes a day for one of the employment, beside those that are so already.
    fn line_of_employment(&self, (column, field): &(usize, Field), headers: &[String]) -> String {
        let key = if *field == Field::LeaveFrom { Field::EmploymentStart } else { Field::EmploymentEnd }.key();
        let beside = self.named.iter().filter(|(_, other)| other == field).map(|(at, _)| headers[*at].as_str());
        format!("{key} = {}", list(beside.chain([headers[*column].as_str()])))
    }
}

/// Bare days side by side; the same kind of day once more begins others.
fn together(headers: &[String], leave: &[usize], bare: &dyn Fn(&String) -> Option<Field>) -> Vec<Days> {
    let mut all: Vec<Days> = Vec::new();
    for (column, header) in headers.iter().enumerate() {
        let Some(field) = bare(header) else { continue };
        let goes_on = |days: &&mut Days| {
            let kinds = days.columns.iter().all(|(_, other)| *other != field);
            kinds && days.columns.last().is_some_and(|(last, _)| last + 1 == column)
        };
        match all.last_mut().filter(goes_on) {
            Some(days) => days.columns.push((column, field)),
            None => all.push(Days {
                columns: vec![(column, field)],
                behind_leave: column > 0 && leave.contains(&(column - 1)),
                filled: 0,
                on_leave: 0,
            }),
        }
    }
    all
}

/// A first or last day whose header does not say of what, as a day of leave.
fn bare_day(header: &str) -> Option<Field> {
    match normalise(header).as_str() {
        "from" | "fran" | "franochmed" | "start" | "startdatum" | "startdag" | "startdate" | "fromdatum"
        | "franochmeddatum" | "frandatum" | "fromdate" | "datumfrom" | "datumfran" | "begindate" => {
            Some(Field::LeaveFrom)
        }
        "tom" | "till" | "tillochmed" | "slut" | "slutdatum" | "slutdag" | "enddate" | "end" | "to" | "tomdatum"
        | "tillochmeddatum" | "tilldatum" | "todate" | "datumtom" | "datumtill" => Some(Field::LeaveTo),
        _ => None,
    }
}

/// Whether a header says that its column tells of leave.
fn tells_of_leave(header: &str, role: Role) -> bool {
    let of_leave = |meaning: &Meaning| {
        matches!(meaning, Meaning::Field(Field::LeaveReason | Field::LeaveFrom | Field::LeaveTo, _))
    };
    bare_day(header).is_none() && meanings(header, role).first().is_some_and(of_leave)
}

/// The first or last day of an employment, by the field of a leave's.
fn of_employment(meaning: &Meaning) -> Option<Field> {
    match meaning {
        Meaning::Field(Field::EmploymentStart, _) => Some(Field::LeaveFrom),
        Meaning::Field(Field::EmploymentEnd, _) => Some(Field::LeaveTo),
        _ => None,
    }
}

/// Whether a cell of a column of leave tells of any.
fn says_leave(text: &str) -> bool {
    !words::is_nothing(text) && words::flag(text) != Reading::Known(false)
}

/// What is said of the days that were taken for the leave's.
pub fn remark(columns: &[(usize, Field)], mapping: &Mapping) -> Option<Message> {
    if columns.is_empty() {
        return None;
    }
    let headers: Vec<String> = columns.iter().map(|(column, _)| mapping.headers[*column].clone()).collect();
    let named = quoted(&headers);
    Some(message!(
        "{named} läses som frånvarons dagar, inte anställningens: de är ifyllda där raden säger att någon är frånvarande. \
         Är det fel: ange dem som employment_start och employment_end.",
        "{named} are read as the days of the leave, not of the employment: they are filled where the row tells of leave. \
         If that is wrong: state them as employment_start and employment_end."
    ))
}
