//! Whether anything was taken out since the run before: what is run on a schedule reads the same files for ever where
//! nobody puts new ones there, and every report of it looks like a new one.

use crate::disclosure::InputShown;
use crate::history::Previous;
use crate::model::{Message, Role, message};

/// One file: its role, its system, its hash; without a hash it could not be read.
type Read<'a> = (&'a str, Option<&'a str>, Option<&'a str>);

/// Roles whose files are taken out anew for each review. Lists that people keep may well stand as they are.
const TAKEN_OUT: [Role; 2] = [Role::Payroll, Role::Accounts];

/// What is said where payroll and every export hold, byte for byte, what the run before read.
pub fn told(inputs: &[InputShown], previous: Option<&Previous>) -> Option<Message> {
    let previous = previous?;
    let now = inputs.iter().map(|input| {
        let hash = input.source.as_ref().map(|source| source.sha256.as_str());
        (input.role.code(), input.system.as_deref(), hash)
    });
    let then = previous.manifest.inputs.iter();
    let then = then.map(|input| (input.role.as_str(), input.system.as_deref(), input.sha256.as_deref()));
    if sorted(now) != sorted(then) {
        return None;
    }
    let run = &previous.line.run;
    Some(message!(
        "Obs: personalregistret och alla systemens exporter har samma innehåll som i körningen {run}. Inga nya uttag har \
         lästs; lägg in nya filer om granskningen ska visa läget i dag.",
        "Note: payroll and the exports of all systems hold the same as in the run {run}. No new extracts were read; put \
         new files there if the review is to show how things stand today."
    ))
}

fn sorted<'a>(read: impl Iterator<Item = Read<'a>>) -> Vec<Read<'a>> {
    let mut read: Vec<Read<'a>> = read.filter(|(role, ..)| TAKEN_OUT.iter().any(|own| own.code() == *role)).collect();
    read.sort_unstable();
    read
}
