//! The first pass: every input read, payroll folded to persons, and each account's holder found.
//!
//! What it comes to is owned and whole: from here on nothing is read or matched any more.

use crate::RunRequest;
use crate::config::{Config, InputFile};
use crate::error::{Error, ErrorKind, Errors, Place};
use crate::history::{PAYROLL, Recalled};
use crate::ingest::{self, Delivery, FileTerms, Incomplete, MappedColumn, Mark, Payroll, PayrollRow, SourceReport};
use crate::matching::{self, Examined, Protection, Remembered, Sources, StatedHolders};
use crate::model::{Field, Message, NameKey, PersonalNumber, message};
use crate::progress::{Measure, Meter, Progress};
use crate::roster::Roster;
use crate::runfolder::Memory;

/// Everything that was read, not yet matched.
pub struct Inputs {
    inventory: Option<SourceReport>,
    payroll: Payroll,
    deliveries: Vec<Delivery>,
    roster: Roster,
    names: NameKey,
}

impl Inputs {
    /// Changes how each file that was read is told.
    pub fn tell_files(&mut self, mut change: impl FnMut(&mut SourceReport)) {
        self.inventory.iter_mut().for_each(&mut change);
        self.payroll.reports.iter_mut().for_each(&mut change);
        self.payroll.register_reports.iter_mut().for_each(&mut change);
        for delivery in &mut self.deliveries {
            if let Delivery::Read(export) = delivery {
                export.reports.iter_mut().for_each(&mut change);
            }
        }
    }
}

/// Who is known, whose each account is, and who is protected.
#[derive(Debug)]
pub struct Examination {
    /// How the list of systems was read, if there is one.
    pub inventory: Option<SourceReport>,
    /// Payroll and the registers beside it.
    pub payroll: Payroll,
    /// Their persons.
    pub roster: Roster,
    /// Every system, in the order of the configuration.
    pub systems: Vec<Examined>,
    /// Who is protected.
    pub protection: Protection,
    /// Whom owners named as holders of accounts.
    pub stated: StatedHolders,
    /// What is named by letters that stay is named by this.
    pub names: NameKey,
}

/// Reads the list of systems, if there is one, and adds its systems to the configuration.
///
/// # Errors
/// A list that cannot be read, or holds no system.
pub fn read_inventory(config: &mut Config) -> Result<Option<SourceReport>, Errors> {
    let Some(input) = &config.inventory else { return Ok(None) };
    let (rows, report) = ingest::inventory::read(input, FileTerms::of(config))?;
    config.add_inventory(rows)?;
    Ok(Some(report))
}

/// Reads payroll and every export beside each other, and folds payroll to persons.
///
/// # Errors
/// Payroll that cannot be read or is cut off, no export that can be read, or nobody employed.
pub fn read_inputs(
    config: &Config,
    inventory: Option<SourceReport>,
    recalled: &Recalled,
    request: &RunRequest<'_>,
) -> Result<Inputs, Errors> {
    let says = message!("Läser personalregister och exporter", "Reading payroll and exports");
    let meter = Meter::new(request.progress, says, (bytes(config), Measure::Bytes));
    let read = |bytes: u64| meter.add(bytes);
    let accepted = request.accept_incomplete.as_deref();
    let (people, mut deliveries) =
        rayon::join(|| read_people(config, recalled, accepted, &read), || ingest::read_systems(config, &read));
    let People { mut payroll, roster, names } = people?;
    refuse_without_systems(&deliveries)?;
    ingest::fill_in_owners(config, &mut deliveries, &mut payroll)?;
    matching::settle_keys(&mut deliveries, &roster);
    let (persons, systems) = (roster.in_payroll(), deliveries.len());
    log::info!("{persons} persons in payroll, {systems} systems");
    Ok(Inputs { inventory, payroll, deliveries, roster, names })
}

/// Who is known: payroll and the registers, folded to persons.
struct People {
    payroll: Payroll,
    roster: Roster,
    names: NameKey,
}

/// Reads payroll and the registers, and folds their rows to persons while exports are still read.
fn read_people(
    config: &Config,
    recalled: &Recalled,
    accepted: Option<&str>,
    read: &(dyn Fn(u64) + Sync),
) -> Result<People, Error> {
    let mut payroll = ingest::payroll::read(config, read)?;
    refuse_cut_off(&payroll.reports, recalled, config, accepted)?;
    refuse_not_whole(&payroll, accepted)?;
    let names = name_key(&recalled.memory, &payroll.rows);
    let roster = Roster::new(&mut payroll, config, &names, &recalled.memory.persons);
    refuse_without_employees(&payroll.reports, &roster, config, accepted)?;
    Ok(People { payroll, roster, names })
}

/// The size of everything that is to be read; a file that is not there has none.
fn bytes(config: &Config) -> u64 {
    let people = config.payroll.files.iter().chain(config.registers.iter().map(|register| &register.input));
    let systems = config.systems.iter().flat_map(|system| &system.inputs).filter(|input| !input.shown.is_empty());
    people.chain(systems).map(InputFile::size).sum()
}

/// The key that earlier runs kept; in the first run one made of what payroll holds.
fn name_key(memory: &Memory, rows: &[PayrollRow]) -> NameKey {
    let kept = memory.name_key.as_deref().and_then(NameKey::read);
    kept.unwrap_or_else(|| {
        let held = |row: &PayrollRow| {
            let number = row.personal_number.map(PersonalNumber::ten);
            format!("{number:?}\0{:?}\0{}\0{:?}", row.employee_number, row.name, row.email)
        };
        NameKey::of_content(rows.iter().map(held))
    })
}

/// Without a single readable export there is nothing to review.
fn refuse_without_systems(deliveries: &[Delivery]) -> Result<(), Errors> {
    let errors: Vec<Error> = deliveries
        .iter()
        .filter_map(|delivery| match delivery {
            Delivery::Missing(error) => Some(error.clone()),
            Delivery::Read(_) => None,
        })
        .collect();
    if errors.len() < deliveries.len() { Ok(()) } else { Err(Errors::new(errors)) }
}

/// Far fewer rows than last time is an extract that was cut off, and would make leavers of everyone who is missing.
fn refuse_cut_off(
    reports: &[SourceReport],
    recalled: &Recalled,
    config: &Config,
    accepted: Option<&str>,
) -> Result<(), Error> {
    let percent = u64::from(config.thresholds.min_previous_rows_percent);
    let now: u64 = reports.iter().map(|report| report.rows.used()).sum();
    let (then, day) = recalled.extract(PAYROLL).map_or((0, String::new()), |own| (own.rows, own.whole_on.to_string()));
    if accepted.is_some() || now * 100 >= then * percent {
        return Ok(());
    }
    let file = config.payroll.files.first().map_or("", |file| &file.shown);
    let says = message!(
        "personalregistret har {now} rader med uppgifter; i körningen {day} hade det {then}. Gränsen är {percent} %, så \
         uttaget ser avhugget ut",
        "payroll has {now} rows of data; in the run {day} it had {then}. The limit is {percent} %, so the extract looks \
         cut off"
    );
    Err(Error::new(ErrorKind::Incomplete, Place::file(file), says).way_out(message!(
        "Ta ut personalregistret på nytt med samma urval som förra gången. Är underlaget riktigt: \
         --accept-incomplete \"SKÄL\"",
        "Extract payroll again with the same selection as last time. If the input is right: --accept-incomplete \
         \"REASON\""
    )))
}

/// Whoever stands in rows that are missing would be taken for nobody's employee. A register may rightly be empty.
fn refuse_not_whole(payroll: &Payroll, accepted: Option<&str>) -> Result<(), Error> {
    let registers = payroll.register_reports.iter();
    let registers = registers.filter(|report| report.incomplete != Some(Incomplete::NoRows));
    let mut reports = payroll.reports.iter().chain(registers);
    let found = reports.find_map(|report| Some((report, report.incomplete?)));
    let Some((report, incomplete)) = found.filter(|_| accepted.is_none()) else { return Ok(()) };
    let says = message!(
        "filen innehåller inte alla som skulle stå i den, så de som fattas skulle se ut att sakna anställning",
        "the file does not hold everybody who should stand in it, so that those missing would look as if not employed"
    );
    let Message { sv, en } = incomplete.message();
    Err(Error::new(ErrorKind::Incomplete, Place::file(&report.path), says).way_out(message!(
        "{sv} Är underlaget riktigt ändå: --accept-incomplete \"SKÄL\"",
        "{en} If the input is right all the same: --accept-incomplete \"REASON\""
    )))
}

/// The line that does without a column of status of which hardly anything is understood.
fn without_status(report: &SourceReport) -> Option<Message> {
    let is_unread = |column: &&MappedColumn| {
        column.field == Field::EmploymentStatus && column.filled > 0 && column.understood * 2 <= column.filled
    };
    let column = report.columns.iter().find(is_unread)?;
    let header = column.headers.first()?;
    let key = column.field.key();
    Some(message!(
        "Säger slutdatumen vem som har slutat behövs inte \"{header}\". Ange då under [payroll.columns]: {key} = \"\"",
        "If the end dates say who has left, \"{header}\" is not needed. State then under [payroll.columns]: {key} = \"\""
    ))
}

/// A payroll without anyone employed is the wrong file or day, or was not understood, and would flag everyone.
fn refuse_without_employees(
    reports: &[SourceReport],
    roster: &Roster,
    config: &Config,
    accepted: Option<&str>,
) -> Result<(), Error> {
    let as_of = config.review.as_of;
    if accepted.is_some() || roster.employed_on(as_of) > 0 {
        return Ok(());
    }
    let persons = roster.len();
    let file = config.payroll.files.first().map_or("", |file| &file.shown);
    let says = message!(
        "ingen av registrets {persons} personer är anställd på referensdagen {as_of}",
        "none of the register's {persons} persons is employed on the reference date {as_of}"
    );
    let remarks: Vec<Message> =
        reports.iter().flat_map(|report| report.remarks().into_iter().chain(without_status(report))).collect();
    let lines = |text: fn(&Message) -> &String| remarks.iter().map(|r| format!("\n{}", text(r))).collect::<String>();
    let (of_file, of_file_en) = (lines(|remark| &remark.sv), lines(|remark| &remark.en));
    Err(Error::new(ErrorKind::Incomplete, Place::file(file), says).way_out(message!(
        "Kontrollera as_of, urvalet och kolumnerna för anställningens slut och status. Är underlaget riktigt: \
         --accept-incomplete \"SKÄL\"{of_file}",
        "Check as_of, the selection and the columns for the end and status of employment. If the input is right: \
         --accept-incomplete \"REASON\"{of_file_en}"
    )))
}

/// Finds the holder of each account, and spreads every mark of protection.
pub fn match_inputs(
    inputs: Inputs,
    config: &Config,
    recalled: &Recalled,
    progress: &(dyn Fn(Progress) + Sync),
) -> Examination {
    let Inputs { inventory, mut payroll, mut deliveries, roster, names } = inputs;
    let stated = StatedHolders::new(recalled, &roster, &names);
    stated.fill_in_owners(&mut deliveries, recalled, (config, &roster));
    let accounts = deliveries.iter().filter_map(Delivery::export).map(|export| export.accounts.len() as u64).sum();
    let says = message!("Söker innehavare till varje konto", "Finding the holder of each account");
    let meter = Meter::new(progress, says, (accounts, Measure::Accounts));
    let told = |more: u64| meter.add(more);
    let mut systems = matching::match_systems(deliveries, &roster, config, (&stated, recalled), &told);
    let exports = systems.iter().filter_map(|system| system.delivered().ok());
    let in_exports = exports.flat_map(|(export, _)| export.marks.iter());
    let marks: Vec<&Mark> = payroll.marks.iter().chain(in_exports).collect();
    let sources = Sources {
        systems: &systems,
        roster: &roster,
        marks: &marks,
        payroll_marks: payroll.reports.iter().all(|report| report.has(Field::Protected)),
        payroll_files: payroll.reports.len(),
        remembered: &Remembered::new(&recalled.memory.protected, &names),
    };
    let protection = matching::spread(&sources, config.matching.candidate_probability);
    matching::withhold(&mut systems, &mut payroll, (&protection, &roster), config);
    Examination { inventory, payroll, roster, systems, protection, stated, names }
}

/// The id of a system stands in names of files and in keys, where nothing can be put in its place.
///
/// # Errors
/// An id that names somebody who is protected.
pub fn refuse_named_ids(config: &Config, examination: &Examination) -> Result<(), Error> {
    let names_someone = |system: &crate::config::SystemConfig| {
        let words = system.system.id.to_string().replace(['-', '_', '.'], " ");
        examination.protection.names_someone(&words)
    };
    let Some(at) = config.systems.iter().position(names_someone) else { return Ok(()) };
    let number = at + 1;
    let says = message!(
        "system nummer {number} har ett id som innehåller namnet på någon med skyddade personuppgifter; id:t står i filnamn \
         och nycklar och går inte att dölja",
        "system number {number} has an id that holds the name of somebody whose data are protected; the id stands in names \
         of files and in keys, and cannot be hidden"
    );
    Err(Error::new(ErrorKind::Unusable, Place::default(), says)
        .way_out(message!("Ge systemet ett annat id.", "Give the system another id.")))
}
