//! The arithmetic: what the manifest and the summary count, counted again from the lines of `data/`.

use super::{Opened, Part, counted, summary};
use crate::model::{Message, ProtectedCount, Text, counted as number_of, message};
use crate::runfolder::{ACCOUNTS, Arithmetic, AskedRows, Counts, FINDINGS, MEMORY};
use std::collections::{BTreeMap, BTreeSet};

/// Numbers held against each other.
#[derive(Default)]
pub struct Held {
    /// How many.
    pub numbers: usize,
    /// Those that differ.
    pub differ: Vec<Message>,
}

impl Held {
    /// Holds what the manifest says against what was counted.
    fn number(&mut self, what: &Message, stated: u64, found: u64) {
        self.numbers += 1;
        if stated != found {
            let (sv, en) = (&what.sv, &what.en);
            self.differ.push(message!(
                "{sv}: manifestet säger {stated}, raderna ger {found}",
                "{en}: the manifest says {stated}, the lines come to {found}"
            ));
        }
    }

    /// The same of numbers by their codes; one that is not said is none.
    fn by_code(&mut self, what: &Message, stated: &BTreeMap<String, u64>, found: &BTreeMap<String, u64>) {
        let codes: BTreeSet<&String> = stated.keys().chain(found.keys()).collect();
        for code in codes {
            let of = |counts: &BTreeMap<String, u64>| counts.get(code).copied().unwrap_or(0);
            let (sv, en) = (&what.sv, &what.en);
            self.number(&message!("{sv} {code}", "{en} {code}"), of(stated), of(found));
        }
    }
}

/// Counts again, and holds every number against those of the manifest and the summary.
pub fn arithmetic(run: &Opened<'_>) -> Part {
    let stated = &run.manifest.counts;
    let mut found = Counts::default();
    found.systems.extend(stated.systems.keys().map(|system| (system.clone(), Counts::default())));
    let mut held = Held::default();
    let mut asked = run.manifest.asks().map(AskedRows::new);
    let accounts = counted::accounts(&run.folder.join(ACCOUNTS), &mut found, &mut asked);
    let findings = counted::findings(&run.folder.join(FINDINGS), &mut found, &mut asked);
    let previous = run.manifest.previous.as_ref().map(|previous| previous.run.as_str());
    let since = (previous, run.manifest.as_of.parse().ok());
    let memory = run.folder.join(MEMORY);
    let rows_asked = asked.map_or(Ok(()), |asked| counted::rows(asked, &memory, since, &mut found));
    for (file, read) in [(ACCOUNTS, &accounts), (FINDINGS, &findings), (MEMORY, &rows_asked)] {
        if let Err(why) = read {
            let (sv, en) = (&why.sv, &why.en);
            held.differ.push(message!("{file}: {sv}", "{file}: {en}"));
        }
    }
    if accounts.is_ok() && findings.is_ok() {
        counts(run, &found, &mut held);
        summary::hold(run, &found, &mut held);
    }
    rows(run, &mut held);
    let extent = number_of(held.numbers, ["tal", "tal"], ["number", "numbers"]);
    Part { deviations: held.differ, ..Part::new(Text::new("Räkningen", "The arithmetic"), extent) }
}

/// Every count of the whole and of each system.
fn counts(run: &Opened<'_>, found: &Counts, held: &mut Held) {
    let stated = &run.manifest.counts;
    let whole = message!("hela granskningen", "the whole review");
    one(&whole, stated, found, held);
    answers(&whole, run, stated, found, held);
    for (system, own) in &found.systems {
        let name = message!("{system}", "{system}");
        match stated.systems.get(system) {
            Some(stated) => {
                one(&name, stated, own, held);
                answers(&name, run, stated, own, held);
                accounts_read(run, system, own, stated.protected, held);
            }
            None => held.differ.push(message!(
                "{system}: har rader i {ACCOUNTS} men står inte i manifestet",
                "{system}: has lines in {ACCOUNTS} but is not in the manifest"
            )),
        }
    }
}

fn one(name: &Message, stated: &Counts, found: &Counts, held: &mut Held) {
    let (of, of_en) = (&name.sv, &name.en);
    held.by_code(
        &message!("{of}, konton med utfallet", "{of_en}, accounts of outcome"),
        &stated.accounts.outcome,
        &found.accounts.outcome,
    );
    held.by_code(
        &message!("{of}, konton av slaget", "{of_en}, accounts of class"),
        &stated.accounts.class,
        &found.accounts.class,
    );
    held.by_code(
        &message!("{of}, avvikelser enligt", "{of_en}, findings of"),
        &stated.findings.rule,
        &found.findings.rule,
    );
    held.by_code(
        &message!("{of}, avvikelser med graden", "{of_en}, findings of severity"),
        &stated.findings.severity,
        &found.findings.severity,
    );
    held.by_code(
        &message!("{of}, avvikelser med läget", "{of_en}, findings of state"),
        &stated.findings.state,
        &found.findings.state,
    );
    let verified = message!("{of}, visade åtgärdade", "{of_en}, shown done");
    held.number(&verified, stated.verified, found.verified);
}

/// Rows to answer, and those answered; lines of earlier versions do not tell them.
fn answers(name: &Message, run: &Opened<'_>, stated: &Counts, found: &Counts, held: &mut Held) {
    if run.manifest.asks().is_none() {
        return;
    }
    let (of, of_en) = (&name.sv, &name.en);
    held.number(&message!("{of}, rader att besvara", "{of_en}, rows to answer"), stated.to_answer, found.to_answer);
    held.number(&message!("{of}, rader med svar", "{of_en}, rows answered"), stated.answered, found.answered);
}

/// Accounts read = lines of accounts + accounts of protected persons, as far as that number is told.
fn accounts_read(run: &Opened<'_>, system: &str, own: &Counts, protected: ProtectedCount, held: &mut Held) {
    let of_system = run.manifest.inputs.iter().filter(|input| input.system.as_deref() == Some(system));
    let mut read = of_system.filter(|input| input.role == "accounts").filter_map(|input| input.rows);
    // Accounts of several files may be one and the same; their sum is no number of accounts.
    let (Some(rows), None) = (read.next(), read.next()) else { return };
    let lines: u64 = own.accounts.outcome.values().sum();
    held.numbers += 1;
    if rows.records.checked_sub(lines).is_none_or(|rest| !protected.allows(rest)) {
        let records = rows.records;
        let told = protected.words();
        let (sv, en) = (&told.sv, &told.en);
        held.differ.push(message!(
            "{system}: {records} konton lästes, men {lines} har rader och {sv} hör till skyddade",
            "{system}: {records} accounts were read, but {lines} have lines and {en} are of protected persons"
        ));
    }
}

/// Rows in each file = the sum of what became of them.
fn rows(run: &Opened<'_>, held: &mut Held) {
    for input in &run.manifest.inputs {
        let Some(rows) = input.rows else { continue };
        let Arithmetic { in_file, header, preamble, blank, total_rows, other_objects, rejected, folded, records } =
            rows;
        let sum = header + preamble + blank + total_rows + other_objects + rejected + folded + records;
        held.numbers += 1;
        if in_file != sum {
            let path = &input.path;
            held.differ.push(message!(
                "{path}: {in_file} rader i filen, men {sum} är redovisade",
                "{path}: {in_file} rows in the file, but {sum} are accounted for"
            ));
        }
    }
}
