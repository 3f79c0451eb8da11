//! The rows read are not those the source system says it holds.

use crate::ingest::SourceReport;
use crate::model::{Field, Message, Role, Severity, Text, message, rows as told_rows};
use crate::review::rule::needs_to_read;
use crate::review::{Check, Group, Hit, RestsOn, Review, Rule, Stage, SystemCx, Tells};

pub(super) const RULE: Rule = Rule {
    id: "control-total-differs",
    group: Group::Control,
    base: Severity::High,
    title: Text::new(
        "Källsystemets antal stämmer inte eller saknas",
        "The source system's count differs or is missing",
    ),
    why: Text::new(
        "Källsystemets eget antal är det enda som visar att filen är hel. Utan det går det inte att veta om rader fattas.",
        "The source system's own count is all that shows that the file is whole. Without it, it cannot be known whether rows are missing.",
    ),
    action: Text::new(
        "Ange i konfigurationen hur många rader källsystemet självt säger, och ta ut filen på nytt om talen skiljer sig.",
        "State in the configuration how many rows the source system itself says, and make the file again if the numbers differ.",
    ),
    proposal: Text::new("Ange eller kontrollera antalet", "State or check the count"),
    clauses: &["ISO/IEC 27001:2022 A.5.18", "Kommunallagen (2017:725) 6 kap. 6 §"],
    stage: Stage::Facts,
    tells: Tells::NothingMore,
    rests_on: RestsOn::NOTHING,
    check: Check::Both { untested, whole, system },
};

fn untested(cx: &SystemCx<'_>) -> Option<Text> {
    needs_to_read(cx, Field::ControlTotal)
}

/// The files of payroll, and those of the registers beside it that show that they are not whole.
fn whole(review: &Review<'_>) -> Option<Hit> {
    let files = || review.payroll.iter().chain(review.registers);
    not_whole(files()).or_else(|| gravest(review.payroll.iter()))
}

/// A system's export.
fn system(cx: &SystemCx<'_>) -> Option<Hit> {
    let reports = || cx.export.into_iter().flat_map(|export| &export.reports);
    not_whole(reports()).or_else(|| gravest(reports().filter(|report| !counts_accounts(report))))
}

/// Files that show by themselves that they do not hold everything, whatever is stated of them.
fn not_whole<'r>(reports: impl Iterator<Item = &'r SourceReport>) -> Option<Hit> {
    let told: Vec<_> = reports.filter_map(|report| Some((&report.path, report.incomplete?.brief()))).collect();
    let listed = |text: fn(&Message) -> &String| {
        told.iter().map(|(path, brief)| format!("{path} ({})", text(brief))).collect::<Vec<_>>().join(", ")
    };
    let (sv, en) = (listed(|brief| &brief.sv), listed(|brief| &brief.en));
    let says = message!("Uttaget är inte helt: {sv}.", "The extract is not whole: {en}.");
    (!told.is_empty()).then(|| Hit::new(says).count("files", told.len() as u64))
}

/// A file whose rows are not those that are stated, else one of which nothing is stated.
fn gravest<'r>(mut reports: impl Iterator<Item = &'r SourceReport> + Clone) -> Option<Hit> {
    let differing = reports.clone().filter(|report| report.control_total.is_some()).find_map(hit);
    differing.or_else(|| reports.find_map(hit))
}

/// Whether the source system states how many accounts it has, where an account fills several rows of the file.
fn counts_accounts(report: &SourceReport) -> bool {
    report.control_total == Some(report.rows.records)
}

fn hit(report: &SourceReport) -> Option<Hit> {
    let rows = report.rows.data();
    let Message { sv, en } = told_rows(rows);
    match report.control_total {
        Some(total) if report.rows.may_be(total) => None,
        Some(total) => {
            let records = report.rows.records;
            let hit = Hit::new(match report.role == Role::Accounts && records != rows {
                true => message!(
                    "Filen har {sv} om {records} konton men källsystemet anger {total}.",
                    "The file has {en} of {records} accounts, but the source system says {total}."
                ),
                false => message!(
                    "Filen har {sv} men källsystemet anger {total}.",
                    "The file has {en}, but the source system says {total}."
                ),
            });
            Some(hit.count("rows", rows).count("control_total", total))
        }
        None => {
            let mut hit = Hit::new(message!(
                "Källsystemets eget antal är inte angivet. Filen har {sv}.",
                "The source system's own count is not stated. The file has {en}."
            ));
            hit.base = Some(Severity::Info);
            Some(hit.count("rows", rows))
        }
    }
}
