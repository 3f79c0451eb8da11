//! Underlag: everything an auditor needs to recompute a row, the same in every workbook.

use super::cell::Cell;
use super::page::{Form, Page};
use super::paper::{Paper, Print};
use crate::disclosure::{MatchingShown, RunFacts, Shown, SourceShown};
use crate::model::{Language, Severity, Text, capitalised};
use crate::review::Rule;
use rust_xlsxwriter::XlsxError;

/// An Underlag page: short lines, and many, so that upright half as many pages hold them.
pub const FORM: Form =
    Form { widths: &[28.0, 21.5, 21.5, 21.5, 21.5, 21.5], paper: Paper::Upright, print: Print::Ordinary };

/// Picks the language of a text.
fn t(run: &RunFacts, sv: &'static str, en: &'static str) -> &'static str {
    Text::new(sv, en).get(run.language)
}

/// The run itself.
pub fn run_facts(page: &mut Page<'_>, run: &RunFacts) -> Result<(), XlsxError> {
    page.heading(t(run, "Körningen", "The run"))?;
    let facts = [
        (t(run, "Organisation", "Organisation"), Cell::text(&run.organisation)),
        (t(run, "Granskning", "Review"), Cell::text(&run.title)),
        (t(run, "Referensdatum", "Reference date"), Cell::Date(run.as_of)),
        (t(run, "Körning", "Run"), Cell::text(&run.run)),
        (t(run, "Körd (UTC)", "Run at (UTC)"), Cell::text(run.started.replace('T', " ").replace('Z', ""))),
        (t(run, "Program", "Program"), Cell::text(format!("samkor {}", run.version))),
        (t(run, "Konfiguration", "Configuration"), Cell::text(&run.config_file)),
        (t(run, "Konfigurationens SHA-256", "SHA-256 of the configuration"), Cell::text(&run.config_sha256)),
        (
            t(run, "Ofullständigt underlag godtaget", "Incomplete input accepted"),
            Cell::text(run.accepted_incomplete.clone().unwrap_or_default()),
        ),
    ];
    facts.iter().try_for_each(|(label, value)| page.fact(label, value))
}

/// One input file with its arithmetic.
pub fn source(page: &mut Page<'_>, report: &SourceShown, run: &RunFacts) -> Result<(), XlsxError> {
    let role = capitalised(report.role.text().get(run.language));
    page.heading(&format!("{role}: {}", report.path))?;
    for (label, value) in stated(report, run) {
        page.fact(label, &value)?;
    }
    arithmetic(page, report, run)?;
    let columns: Vec<String> =
        report.columns.iter().map(|column| format!("{} = {}", column.field.key(), column.shown())).collect();
    page.fact(t(run, "Kolumner", "Columns"), &Cell::text(columns.join(", ")))?;
    page.fact(t(run, "Passerade kolumner", "Columns passed over"), &Cell::text(passed_over(report)))?;
    page.fact(t(run, "Lästes aldrig in", "Never read"), &Cell::text(Shown::join(report.dropped.clone(), ", ")))?;
    page.fact(t(run, "Nycklar", "Keys"), &Cell::text(coverage(report, run)))?;
    page.fact(t(run, "Okända kolumner", "Unknown columns"), &Cell::text(Shown::join(report.unknown.clone(), ", ")))?;
    for remark in &report.remarks {
        page.fact(t(run, "Att känna till", "To know"), &Cell::text(remark))?;
    }
    Ok(())
}

/// What was stated and what the disk says.
fn stated<'s>(report: &'s SourceShown, run: &RunFacts) -> Vec<(&'static str, Cell<'s>)> {
    let not_stated = t(run, "ej angivet; räknas som referensdatumet", "not stated; taken to be the reference date");
    let sheets = report.sheet_names();
    let control = report.control_total.map_or(Cell::text(t(run, "ej angivet", "not stated")), Cell::number);
    vec![
        ("SHA-256", Cell::text(&report.sha256)),
        (t(run, "Storlek, byte", "Size, bytes"), Cell::number(report.bytes)),
        (
            t(run, "Uttagen (uppgift)", "Extracted (as stated)"),
            report.exported.map_or(Cell::text(not_stated), Cell::Date),
        ),
        (
            t(run, "Uttagen av (uppgift)", "Extracted by (as stated)"),
            Cell::text(report.exported_by.clone().unwrap_or_default()),
        ),
        (t(run, "Urval (uppgift)", "Selection (as stated)"), Cell::text(report.selection.clone().unwrap_or_default())),
        (
            t(run, "Filens egen tid, UTC", "The file's own time, UTC"),
            Cell::text(report.modified.clone().unwrap_or_default().replace('T', " ").replace('Z', "")),
        ),
        (t(run, "Format", "Format"), Cell::text(shape(report, run.language))),
        (t(run, "Blad", "Sheet"), Cell::text(sheets.join(", "))),
        (t(run, "Antal enligt källsystemet", "Count of the source system"), control),
    ]
}

fn shape(report: &SourceShown, language: Language) -> String {
    let mut words = vec![report.format.to_uppercase()];
    words.extend(report.encoding.clone());
    if let Some(delimiter) = report.delimiter {
        let name = match delimiter {
            '\t' => "tab".to_owned(),
            other => other.to_string(),
        };
        words.push(format!("{} {name}", Text::new("avgränsare", "delimiter").get(language)));
    }
    words.join(", ")
}

fn arithmetic(page: &mut Page<'_>, report: &SourceShown, run: &RunFacts) -> Result<(), XlsxError> {
    let rows = report.rows;
    let records = report.role.records().get(run.language);
    let others = match (rows.other_objects, run.language) {
        (0, _) => String::new(),
        (some, Language::Sv) => format!(" + {some} som inte är konton"),
        (some, Language::En) => format!(" + {some} that are no accounts"),
    };
    let words = match run.language {
        Language::Sv => format!(
            "{} rader i filen = {} rubrik + {} före rubriken + {} tomma + {} summarader{others} + {} ej användbara + {} \
             hopslagna + {} {records}",
            rows.in_file, rows.header, rows.preamble, rows.blank, rows.total, rows.rejected, rows.folded, rows.records
        ),
        Language::En => format!(
            "{} rows in the file = {} header + {} before the header + {} blank + {} total rows{others} + {} not usable + {} \
             folded + {} {records}",
            rows.in_file, rows.header, rows.preamble, rows.blank, rows.total, rows.rejected, rows.folded, rows.records
        ),
    };
    page.fact(t(run, "Räkning", "Arithmetic"), &Cell::text(words))
}

fn passed_over(report: &SourceShown) -> String {
    let list: Vec<String> =
        report.passed_over.iter().map(|(field, header)| format!("\"{header}\" ({})", field.key())).collect();
    list.join(", ")
}

fn coverage(report: &SourceShown, run: &RunFacts) -> String {
    let of = t(run, "av", "of");
    let list: Vec<String> = report
        .key_coverage
        .iter()
        .map(|(field, coverage)| format!("{} {} {of} {}", field.key(), coverage.filled, coverage.of))
        .collect();
    list.join(", ")
}

/// What counts as employed, how accounts were matched, and the thresholds.
pub fn method(page: &mut Page<'_>, run: &RunFacts) -> Result<(), XlsxError> {
    let (grace, gap) = run.grace_and_gap;
    page.heading(t(run, "Vad som räknas som anställd", "What counts as employed"))?;
    page.paragraph(&match run.language {
        Language::Sv => format!(
            "Den som har minst en anställning som pågår den prövade dagen. Sista dagen räknas med. Timanställda \
             räknas som anställda i {grace} dagar efter sin sista dag, och {gap} dagar mellan två anställningar \
             räknas inte som avbrott. Förtroendevalda, uppdragstagare och liknande räknas inte som anställda. \
             Varje system prövas per den dag som dess export visar, dock senast referensdatumet."
        ),
        Language::En => format!(
            "Whoever has at least one employment that goes on on the tested day. The last day counts. Staff \
             employed by the hour count as employed for {grace} days after their last day, and {gap} days between \
             two employments are no interruption. Elected persons, contractors and the like do not count as \
             employed. Each system is tested as of the day its export shows, at the latest the reference date."
        ),
    })?;
    matching(page, run)?;
    page.heading(t(run, "Gränsvärden", "Thresholds"))?;
    for (name, value) in &run.thresholds {
        let words = threshold(name).map_or_else(String::new, |words| format!(" – {}", words.get(run.language)));
        page.fact(name, &Cell::text(format!("{value}{words}")))?;
    }
    Ok(())
}

/// What a threshold decides, in words.
fn threshold(name: &str) -> Option<Text> {
    Some(match name {
        "dormant_days" => Text::new(
            "dagar utan inloggning innan ett konto räknas som inaktivt",
            "days without a sign-in before an account counts as dormant",
        ),
        "privileged_dormant_days" => {
            Text::new("detsamma för konton med hög behörighet", "the same for accounts of high privilege")
        }
        "logon_lag_days" => Text::new(
            "dagar som en uppgift om inloggning kan släpa efter; läggs till de två ovan",
            "days that a recorded sign-in may lag behind; added to the two above",
        ),
        "leaver_grace_days" => Text::new(
            "dagar efter anställningens slut innan ett aktivt konto är en avvikelse",
            "days after the end of employment before an active account is a deviation",
        ),
        "leave_days" => Text::new(
            "dagars ledighet innan ett aktivt konto är en avvikelse",
            "days of leave before an active account is a deviation",
        ),
        "max_input_age_days" => Text::new(
            "dagar som en export får vara äldre än referensdatumet",
            "days that an export may be older than the reference date",
        ),
        "max_input_gap_days" => Text::new(
            "dagar som får skilja mellan personalregistrets och en exports uttag",
            "days that may lie between the extracts of payroll and of an export",
        ),
        "max_unmatched_percent" => Text::new(
            "procent av de personliga kontona som får sakna träff",
            "percent of the personal accounts that may lack a match",
        ),
        "small_count" => Text::new(
            "skyddade konton i ett system, under vilket antal antalet inte visas och deras rader inte räknas med",
            "accounts of protected persons in a system, below which the number is not shown nor their rows counted",
        ),
        "min_previous_rows_percent" => Text::new(
            "procent av förra körningens rader som personalregistret minst ska ha; har det färre avbryts körningen",
            "percent of the last run's rows that payroll must have; with fewer the run stops",
        ),
        _ => return None,
    })
}

fn matching(page: &mut Page<'_>, run: &RunFacts) -> Result<(), XlsxError> {
    let limits = run.matching;
    page.heading(t(run, "Hur konton kopplas till personer", "How accounts are linked to persons"))?;
    page.paragraph(&match run.language {
        Language::Sv => format!(
            "Personnummer, anställningsnummer, HSA-id, e-post, användarnamn, födelsedatum, namn och enhet jämförs; \
             en uppgift som saknas räknas varken för eller emot. Vanliga namn väger lite, ovanliga mycket. Ett konto \
             kopplas när sannolikheten är minst {}, inget motsäger det och något utöver namnet stämmer. Enbart ett \
             namn ger aldrig en säker koppling. Motstridiga nycklar ger \"motstridiga uppgifter\". Katalogens \
             kontonamn används som nyckel i de andra systemen.",
            limits.link_probability
        ),
        Language::En => format!(
            "Personal number, employee number, HSA-id, e-mail, user name, birth date, name and unit are compared; \
             what is absent counts neither for nor against. Common names weigh little, rare ones much. An account is \
             linked when the probability is at least {}, nothing contradicts it and something beside the name agrees. \
             A name alone never gives a certain link. Contradicting keys give \"contradicting data\". The directory's \
             account names serve the other systems as keys.",
            limits.link_probability
        ),
    })?;
    page.fact("link_probability", &Cell::text(limits.link_probability.to_string()))?;
    page.fact("clear_probability", &Cell::text(limits.clear_probability.to_string()))?;
    page.fact("candidate_probability", &Cell::text(limits.candidate_probability.to_string()))
}

/// What matching learned of a system and how well it works there.
pub fn matching_figures(page: &mut Page<'_>, figures: &MatchingShown, run: &RunFacts) -> Result<(), XlsxError> {
    page.heading(t(run, "Kopplingen i siffror", "Matching in figures"))?;
    page.paragraph(t(
        run,
        "Andelarna är lärda av systemets egna konton. Varje jämförelse vägs i bitar: log2 av hur mycket troligare den \
         är om kontot är personens än om det är någon annans. Bitar och sannolikheter för varje konto står i \
         data/accounts.jsonl.",
        "The shares are learned from the system's own accounts. Each comparison is weighed in bits: log2 of how much \
         likelier it is if the account is the person's than if it is someone else's. Bits and probabilities of each \
         account are in data/accounts.jsonl.",
    ))?;
    figures.0.iter().try_for_each(|(label, value)| page.fact(label, &Cell::text(value)))
}

/// The rules in force that a recipient meets, why each is there, and the clauses it serves.
pub fn rules_of(page: &mut Page<'_>, run: &RunFacts, is_met: impl Fn(&Rule) -> bool) -> Result<(), XlsxError> {
    severities(page, run)?;
    for shown in run.rules.iter().filter(|shown| is_met(shown.rule)) {
        let rule = shown.rule;
        let base = shown.base.map_or(t(run, "avstängd", "off"), |base| base.text().get(run.language));
        let words = format!(
            "{} ({}). {} {}: {}",
            rule.title.get(run.language),
            base.to_lowercase(),
            rule.why.get(run.language),
            t(run, "Underlag för", "Evidence for"),
            rule.clauses.join("; ")
        );
        page.fact(rule.id, &Cell::text(words))?;
    }
    Ok(())
}

/// The rules in force by their severity, in few lines: why each is there and what it serves stands in the summary, and
/// of those met in the list on a sheet of its own.
pub fn rules_in_brief(page: &mut Page<'_>, run: &RunFacts) -> Result<(), XlsxError> {
    severities(page, run)?;
    rules_by_severity(page, run, |rule| rule.title.get(run.language).to_owned())?;
    page.paragraph(t(
        run,
        "Vad de regler som slagit till betyder står på bladet Regler. Varför varje regel finns, och vad den är underlag för, står \
         på samma blad i sammanställningen.",
        "What the rules that fired mean stands on the sheet Rules. Why each rule is there, and what it is evidence for, stands \
         on the same sheet of the summary.",
    ))
}

/// Every rule as it is called, by its severity in force.
pub fn rules_by_severity(
    page: &mut Page<'_>,
    run: &RunFacts,
    called: impl Fn(&Rule) -> String,
) -> Result<(), XlsxError> {
    const TITLES: usize = 10;
    let bases = Severity::ALL.into_iter().rev().map(Some).chain([None]);
    for base in bases {
        let own = run.rules.iter().filter(|shown| shown.base == base);
        let titles: Vec<String> = own.map(|shown| called(shown.rule)).collect();
        let label = base.map_or(t(run, "Avstängd", "Off"), |base| base.text().get(run.language));
        // A few on a row, so that none is taller than what is read at a glance.
        for few in titles.chunks(TITLES) {
            page.fact(label, &Cell::text(few.join(" · ")))?;
        }
    }
    Ok(())
}

/// How a severity comes about.
pub fn severities(page: &mut Page<'_>, run: &RunFacts) -> Result<(), XlsxError> {
    page.heading(t(run, "Regler", "Rules"))?;
    page.paragraph(t(
        run,
        "Allvarlighetsgraden är regelns grund, höjd ett steg för hög behörighet och ett för känsligt system, sänkt \
         två för avstängt konto, dock aldrig under information. För inaktiva konton höjer hög behörighet två steg.",
        "The severity is the rule's base, raised one step for high privilege and one for a sensitive system, \
         lowered two for a disabled account, never below information. For dormant accounts high privilege \
         raises two steps.",
    ))
}

/// What this control cannot show.
pub fn limits(page: &mut Page<'_>, run: &RunFacts) -> Result<(), XlsxError> {
    page.heading(t(run, "Kontrollens gränser", "Limits of the control"))?;
    for text in [
        Text::new(
            "En export visar bara sin egen dag. Det som ändrats därefter syns inte här.",
            "An export shows its own day only. What has changed since does not show here.",
        ),
        Text::new(
            "En avvikelse är ett sakförhållande att ta ställning till, inte ett konstaterande av fel.",
            "A deviation is a fact to be decided on, not a statement that something is wrong.",
        ),
        Text::new(
            "Uppgifter om uttag och urval är lämnade av den som tog ut filen och är inte prövade.",
            "What is stated on extract and selection was given by whoever made the file and is not tested.",
        ),
        Text::new(
            "Personer med skyddade personuppgifter redovisas bara som antal och kan saknas helt i underlaget. Är deras \
             konton i ett system färre än small_count, visas inte antalet, och deras rader är inte med i filens räkning.",
            "Persons with protected personal data appear as counts only, and may be missing from the inputs altogether. \
             Where their accounts in a system are fewer than small_count, the number is not shown, and their rows are not \
             in the arithmetic of the file.",
        ),
    ] {
        page.paragraph(&format!("•  {}", text.get(run.language)))?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::Thresholds;

    /// Every limit that a workbook prints is told in words.
    #[test]
    fn every_limit_is_told_in_words() {
        for (name, _) in Thresholds::default().named() {
            assert!(threshold(name).is_some_and(|words| !words.sv.is_empty() && !words.en.is_empty()), "{name}");
        }
    }
}
