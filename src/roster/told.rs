//! What is said of a payroll file's folding: how many rows told a thing again, and which keys are nobody's.

use super::namesakes::LikePersons;
use crate::ingest::FoldCount;
use crate::model::{Message, Person, message};
use std::collections::BTreeSet;

/// Counts each pair of namesakes in every file that one of them first stands in.
pub fn count_namesakes(namesakes: &LikePersons, persons: &[Person], counts: &mut [FoldCount]) {
    for (a, b) in namesakes.pairs() {
        let file = |ix: crate::model::PersonIx| usize::from(persons[ix.0 as usize].source.file.0);
        let files: BTreeSet<usize> = [file(a), file(b)].into();
        for file in files {
            if let Some(count) = counts.get_mut(file) {
                count.namesakes += 1;
            }
        }
    }
}

/// The counts in words, those that are not nought.
pub fn warnings(count: &FoldCount) -> Vec<Message> {
    let FoldCount { told_again, shared_numbers, serial_numbers, shared_addresses, namesakes, destroyed_numbers } =
        *count;
    let said = [
        (destroyed_numbers, destroyed as fn(u64) -> Message),
        (shared_numbers, of_several),
        (serial_numbers, in_series),
        (shared_addresses, passed_on),
        (told_again, again),
        (namesakes, alike),
    ];
    said.into_iter().filter(|(count, _)| *count > 0).map(|(count, says)| says(count)).collect()
}

fn destroyed(count: u64) -> Message {
    message!(
        "Anställningsnumret på {count} rader har förstörts av ett kalkylprogram (som 2,0150E+11). Det används inte som nyckel. Exportera på nytt med kolumnen som text.",
        "The employee number on {count} rows was destroyed by a spreadsheet (such as 2.0150E+11). It is used as no key. Export again with the column as text."
    )
}

fn of_several(count: u64) -> Message {
    message!(
        "Anställningsnummer som står på flera personer: {count}. De skiljs åt, och ett sådant nummer är inte nyckel för någon av dem.",
        "Employee numbers that stand on several persons: {count}. They are kept apart, and such a number is a key for none of them."
    )
}

fn in_series(count: u64) -> Message {
    message!(
        "Anställningsnummer som flera arbetsgivare har gett var sin person, i egna nummerserier: {count}. Personerna skiljs åt med arbetsgivaren. Sätt companies på ett system vars konton har en arbetsgivares nummer, så används de som nyckel där.",
        "Employee numbers that several employers have each given to one person, in series of their own: {count}. The persons are told apart by the employer. Set companies on a system whose accounts have one employer's numbers, and they are used as a key there."
    )
}

fn passed_on(count: u64) -> Message {
    message!(
        "E-postadresser som står på flera personer: {count}. De skiljs åt.",
        "E-mail addresses that stand on several persons: {count}. They are kept apart."
    )
}

fn again(count: u64) -> Message {
    message!(
        "Rader som berättar om en anställning som en annan rad redan tar upp (samma nummer, arbetsgivare och första dag): {count}. De räknas som en anställning.",
        "Rows about an employment that another row already tells of (same number, employer and first day): {count}. They count as one employment."
    )
}

fn alike(count: u64) -> Message {
    message!(
        "Par av personer med samma namn och födelsedatum under olika anställningsnummer: {count}. Det kan vara en person som har anställts på nytt.",
        "Pairs of persons with the same name and birth date under different employee numbers: {count}. It may be one person taken on again."
    )
}
