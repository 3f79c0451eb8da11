//! Logs of sign-ins, which list events and no accounts.
//!
//! They hold who signed in, and look like a list of accounts or of systems. They reach a few weeks back, so that whoever is
//! missing there may well have signed in, and they hold attempts that failed.

use super::format::Workbook;
use super::value::Value;
use crate::config::InputFile;
use crate::error::{Error, ErrorKind, Place};
use crate::model::{fold, message};
use std::ops::ControlFlow;

/// Refuses a file that is such a log, with what to take out instead.
///
/// # Errors
/// A log.
pub fn refuse(workbook: &mut dyn Workbook, input: &InputFile) -> Result<(), Error> {
    if !(0..workbook.sheets().len()).any(|sheet| is_log(workbook, sheet)) {
        return Ok(());
    }
    let says = message!(
        "filen är en logg över inloggningar och ingen lista över konton",
        "the file is a log of sign-ins and no list of accounts"
    );
    Err(Error::new(ErrorKind::Unusable, Place::file(input.shown.clone()), says).way_out(message!(
        "En logg når några veckor bakåt. Ta i stället ut kontona med senaste inloggning som en kolumn (i Entra ID: \
         signInActivity)",
        "A log reaches a few weeks back. Extract the accounts with the last sign-in as a column instead (in Entra ID: \
         signInActivity)"
    )))
}

/// Whether one of the first rows has the headers of such a log.
fn is_log(workbook: &mut dyn Workbook, sheet: usize) -> bool {
    /// Headers stand no further down.
    const TOP: u32 = 20;
    let mut found = false;
    // What cannot be read is told where it is read as a table.
    let _ = workbook.rows(sheet, &mut |row| {
        let headers: Vec<String> = row.cells.iter().filter_map(Value::text).map(|text| letters(&text)).collect();
        found = tells_of_events(&headers);
        if found || row.number >= TOP { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
    });
    found
}

/// Each event has an id or a reason why it failed, and came from somewhere.
fn tells_of_events(headers: &[String]) -> bool {
    const EVENTS: [&str; 10] = [
        "requestid",
        "begarandeid",
        "correlationid",
        "korrelationsid",
        "uniquetokenidentifier",
        "signinerrorcode",
        "felkodforinloggning",
        "failurereason",
        "eventid",
        "handelseid",
    ];
    const ORIGINS: [&str; 8] =
        ["ipaddress", "ipadress", "clientip", "clientapp", "klientapp", "useragent", "anvandaragent", "webblasare"];
    let has = |words: &[&str]| headers.iter().any(|header| words.contains(&header.as_str()));
    has(&EVENTS) && has(&ORIGINS)
}

fn letters(text: &str) -> String {
    fold(text).chars().filter(char::is_ascii_alphanumeric).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn is_of_events(headers: &str) -> bool {
        tells_of_events(&headers.split(';').map(letters).collect::<Vec<_>>())
    }

    /// A log is told by an event's own id beside where it came from; a list of accounts with an address of a machine is none.
    #[test]
    fn logs_are_told_by_their_headers() {
        assert!(is_of_events("Date (UTC);Request ID;User agent;User;Username;Status;Sign-in error code;IP address"));
        assert!(is_of_events("Datum (UTC);ID för begäran;Korrelations-ID;Användare;IP-adress;Klientapp"));
        assert!(!is_of_events("Användare;Namn;Senaste inloggning;IP-adress"));
        assert!(!is_of_events("userPrincipalName;displayName;accountEnabled;correlationId"));
    }
}
