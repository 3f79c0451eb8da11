//! The days of an exception.

use crate::model::{Message, message};
use chrono::NaiveDate;

/// Whether an exception holds for some day: until a day that is one, and that had not passed when it was asked for and
/// decided.
pub fn holds(stated: Option<NaiveDate>, until: Option<NaiveDate>, from: Option<NaiveDate>) -> Result<(), Message> {
    let until = until.ok_or_else(|| no_last_day(stated))?;
    from.filter(|from| until < *from).map_or(Ok(()), |from| Err(passed_already(until, from)))
}

fn no_last_day(stated: Option<NaiveDate>) -> Message {
    match stated {
        Some(day) => message!(
            "undantaget har inget slutdatum: {day} betyder att det aldrig tar slut",
            "the exception has no last day: {day} means that it never ends"
        ),
        None => message!("undantaget har inget slutdatum", "the exception has no last day"),
    }
}

/// An exception for days that had passed when it was asked for or decided.
fn passed_already(until: NaiveDate, from: NaiveDate) -> Message {
    message!(
        "undantaget skulle gälla till och med {until}, som hade passerat redan {from}",
        "the exception was to hold until {until}, which had passed by {from}"
    )
}
