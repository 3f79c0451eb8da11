//! Lists that look like one of accounts or of systems, and are of something else.
//!
//! A log of sign-ins holds who signed in. It reaches a few weeks back, so that whoever is missing there may well have signed
//! in, and it holds attempts that failed. A list of devices holds who uses each, with numbers of the machines.

use super::format::Workbook;
use super::value::Value;
use crate::config::InputFile;
use crate::error::{Error, ErrorKind, Place};
use crate::model::{message, plain_letters};
use std::ops::ControlFlow;

/// What a list is of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Other {
    Events,
    Devices,
}

/// Refuses a file that is such a list, with what to take out instead.
///
/// # Errors
/// A list of something else.
pub fn refuse(workbook: &mut dyn Workbook, input: &InputFile) -> Result<(), Error> {
    let Some(other) = (0..workbook.sheets().len()).find_map(|sheet| of_what(workbook, sheet)) else { return Ok(()) };
    let says = match other {
        Other::Events => message!(
            "filen är en logg över inloggningar och ingen lista över konton",
            "the file is a log of sign-ins and no list of accounts"
        ),
        Other::Devices => message!(
            "filen är en lista över datorer och telefoner och ingen lista över konton",
            "the file is a list of computers and phones and no list of accounts"
        ),
    };
    let error = Error::new(ErrorKind::Unusable, Place::file(input.shown.clone()), says);
    Err(match other {
        Other::Events => error.way_out(message!(
            "En logg når några veckor bakåt. Ta i stället ut kontona med senaste inloggning som en kolumn (i Entra ID: \
             signInActivity)",
            "A log reaches a few weeks back. Extract the accounts with the last sign-in as a column instead (in Entra ID: \
             signInActivity)"
        )),
        Other::Devices => error,
    })
}

/// What one of the first rows has the headers of, if it is of something else.
fn of_what(workbook: &mut dyn Workbook, sheet: usize) -> Option<Other> {
    /// Headers stand no further down.
    const TOP: u32 = 20;
    let mut found = None;
    // What cannot be read is told where it is read as a table.
    let _ = workbook.rows(sheet, &mut |row| {
        let headers: Vec<String> = row.cells.iter().filter_map(Value::text).map(|text| plain_letters(&text)).collect();
        found = if tells_of_events(&headers) {
            Some(Other::Events)
        } else {
            tells_of_devices(&headers).then_some(Other::Devices)
        };
        if found.is_some() || row.number >= TOP { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
    });
    found
}

/// A machine has a number, a make and a system of its own.
fn tells_of_devices(headers: &[String]) -> bool {
    const DEVICES: [&str; 14] = [
        "devicename",
        "enhetsnamn",
        "deviceid",
        "serialnumber",
        "serienummer",
        "imei",
        "meid",
        "osversion",
        "operatingsystem",
        "operativsystem",
        "manufacturer",
        "tillverkare",
        "wifimac",
        "macadress",
    ];
    /// Fewer can stand beside an account.
    const LEAST: usize = 4;
    DEVICES.iter().filter(|own| headers.iter().any(|header| header == *own)).count() >= LEAST
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

#[cfg(test)]
mod tests {
    use super::*;

    fn is_of_events(headers: &str) -> bool {
        tells_of_events(&headers.split(';').map(plain_letters).collect::<Vec<_>>())
    }

    /// A log is told by an event's own id beside where it came from; a list of accounts with an address of a machine is none.
    #[test]
    fn logs_are_told_by_their_headers() {
        assert!(is_of_events("Date (UTC);Request ID;User agent;User;Username;Status;Sign-in error code;IP address"));
        assert!(is_of_events("Datum (UTC);ID för begäran;Korrelations-ID;Användare;IP-adress;Klientapp"));
        assert!(!is_of_events("Användare;Namn;Senaste inloggning;IP-adress"));
        assert!(!is_of_events("userPrincipalName;displayName;accountEnabled;correlationId"));
    }

    /// A list of devices is told by what machines have, and not by the one that an account was last used on.
    #[test]
    fn devices_are_told_by_their_headers() {
        let is_of_devices =
            |headers: &str| tells_of_devices(&headers.split(';').map(plain_letters).collect::<Vec<_>>());
        assert!(is_of_devices("Device name;OS version;Serial number;Manufacturer;Model;IMEI;Primary user UPN"));
        assert!(!is_of_devices("Användare;Namn;Senaste inloggning;Enhetsnamn;OS version"));
    }
}
