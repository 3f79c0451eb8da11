//! The steps of a run between a valid configuration and a review: read, fold, match.

use crate::RunRequest;
use crate::config::Config;
use crate::error::{Error, ErrorKind, Errors, Place};
use crate::history::Recalled;
use crate::ingest::{self, Delivery, Export, FileTerms, Mark, Payroll, SourceReport};
use crate::matching::{self, KeyTrial, Protection, SystemMatches};
use crate::model::{Message, message};
use crate::review::{Across, Review, SystemUnderReview};
use crate::roster::Roster;
use crate::runfolder::{BlindLine, EffortLine, FoundLine, KeyTrialLine, LearnedLine};
use std::collections::BTreeMap;

/// Everything that was read.
pub struct Inputs {
    inventory: Option<SourceReport>,
    payroll: Payroll,
    deliveries: Vec<Delivery>,
    roster: Roster,
}

/// Whose each account is, and who is protected.
pub struct Matched {
    matches: Vec<Option<SystemMatches>>,
    protection: Protection,
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

/// Reads payroll and every export, and folds payroll to persons.
///
/// # Errors
/// Payroll that cannot be read, no export that can, or nobody employed.
pub fn read_inputs(
    config: &Config,
    inventory: Option<SourceReport>,
    request: &RunRequest<'_>,
) -> Result<Inputs, Errors> {
    let mut payroll = ingest::payroll::read(config)?;
    let mut deliveries = ingest::read_systems(config);
    refuse_without_systems(&deliveries)?;
    ingest::fill_in_owners(config, &mut deliveries, &mut payroll)?;
    let roster = Roster::new(&mut payroll, config);
    refuse_without_employees(&payroll.reports, &roster, config, request.accept_incomplete.as_deref())?;
    matching::settle_keys(&mut deliveries, &roster);
    let (persons, systems) = (roster.in_payroll(), deliveries.len());
    log::info!("{persons} persons in payroll, {systems} systems");
    Ok(Inputs { inventory, payroll, deliveries, roster })
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
    let remarks: Vec<Message> = reports.iter().flat_map(SourceReport::remarks).collect();
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
pub fn match_inputs(inputs: &mut Inputs, config: &Config) -> Matched {
    let matches = matching::match_systems(&inputs.deliveries, &inputs.roster, config);
    mark_administrators(&mut inputs.deliveries, &matches);
    let both: Vec<Option<(&Export, &SystemMatches)>> = inputs
        .deliveries
        .iter()
        .zip(&matches)
        .map(|(delivery, matches)| delivery.export().zip(matches.as_ref()))
        .collect();
    let in_exports = both.iter().flatten().flat_map(|(export, _)| export.marks.iter());
    let marks: Vec<&Mark> = inputs.payroll.marks.iter().chain(in_exports).collect();
    let sources = matching::Sources { systems: &both, roster: &inputs.roster, marks: &marks };
    let protection = matching::spread(&sources, config.matching.candidate_probability);
    log::info!("protection: {:?}, perhaps {}", protection.spread, protection.perhaps);
    Matched { matches, protection }
}

/// An account for administration, and a system's own superuser, has high rights by what it is.
fn mark_administrators(deliveries: &mut [Delivery], matches: &[Option<SystemMatches>]) {
    for (delivery, matches) in deliveries.iter_mut().zip(matches) {
        let (Delivery::Read(export), Some(matches)) = (delivery, matches) else { continue };
        for (account, matched) in export.accounts.iter_mut().zip(&matches.matches) {
            account.privileged |= matched.is_privileged_by_class();
        }
    }
}

/// Puts everything that rules look at in one place.
pub fn set_up_review<'a>(
    config: &'a Config,
    inputs: &'a Inputs,
    matched: &'a Matched,
    recalled: &'a Recalled,
) -> Review<'a> {
    let deliveries = inputs.deliveries.iter().zip(&matched.matches);
    let systems = config.systems.iter().zip(deliveries).map(|(system, (delivery, matches))| {
        let delivered = match (delivery, matches) {
            (Delivery::Read(export), Some(matches)) => Ok((export.as_ref(), matches)),
            (Delivery::Missing(error), _) => Err(error),
            (Delivery::Read(_), None) => unreachable!("every export that was read was matched"),
        };
        SystemUnderReview::new(system, delivered, config.review.as_of)
    });
    let systems: Vec<SystemUnderReview<'_>> = systems.collect();
    let across = Across::new(&systems);
    Review {
        config,
        roster: &inputs.roster,
        inventory: inputs.inventory.as_ref(),
        payroll: &inputs.payroll.reports,
        registers: &inputs.payroll.register_reports,
        titles: across.titles(&inputs.roster, inputs.roster.facts.tested_day),
        across,
        systems,
        protection: &matched.protection,
        reviewed_before: &recalled.reviewed,
    }
}

/// What matching learned, by system, for the manifest.
pub fn learned(config: &Config, matched: &Matched) -> BTreeMap<String, LearnedLine> {
    let systems = config.systems.iter().map(|system| system.system.id.to_string());
    systems.zip(&matched.matches).filter_map(|(id, matches)| Some((id, learned_line(matches.as_ref()?)))).collect()
}

fn learned_line(matches: &SystemMatches) -> LearnedLine {
    let (learned, quality, effort) = (&matches.learned, &matches.quality, matches.effort);
    let mut levels: BTreeMap<String, BTreeMap<String, f64>> = BTreeMap::new();
    for (field, level, share) in &learned.levels {
        levels.entry(field.key().to_owned()).or_default().insert(level.key().to_owned(), rounded(*share));
    }
    let trial = |trial: &KeyTrial| {
        let (tested, disagree, shifted) = (trial.tested, trial.disagree, trial.shifted);
        (trial.field.key().to_owned(), KeyTrialLine { tested, disagree, shifted })
    };
    LearnedLine {
        in_files: rounded(learned.in_files),
        persons: learned.persons as u64,
        several_accounts: rounded(learned.several_accounts),
        levels,
        chance_hits: learned.chance_hits.iter().map(|(f, share)| (f.key().to_owned(), rounded(*share))).collect(),
        account_names: learned.shapes.iter().map(|(shape, share)| (shape.clone(), rounded(*share))).collect(),
        found: FoundLine {
            accounts: quality.found.accounts,
            with_holder: quality.found.with_holder,
            employed: quality.found.employed,
            with_account: quality.found.with_account,
        },
        expected_wrong: rounded(quality.expected_wrong),
        keys: quality.keys.iter().map(trial).collect(),
        blind: BlindLine { tried: quality.blind.tried, same: quality.blind.same, other: quality.blind.other },
        effort: EffortLine {
            accounts: effort.accounts,
            candidates: effort.candidates,
            comparisons: effort.pairs,
            words: effort.words,
        },
    }
}

/// Four decimals, once, for showing.
fn rounded(share: f64) -> f64 {
    (share * 1e4).round() / 1e4
}
