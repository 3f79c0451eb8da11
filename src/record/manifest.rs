//! The manifest's content.

use super::Sealed;
use crate::disclosure::{InputShown, RunFacts};
use crate::ingest::SourceReport;
use crate::model::Language;
use crate::runfolder::{Arithmetic, ColumnLine, ConfigLine, CoverageLine, InputLine, Manifest, OutputLine};
use std::collections::BTreeMap;

/// Version of the shape of `manifest.json`.
const SCHEMA: u32 = 1;

/// When a run began and was done, UTC.
#[derive(Clone, Debug)]
pub struct Timing {
    /// When it began.
    pub started: String,
    /// When it was done.
    pub finished: String,
}

/// Gathers the manifest.
pub fn manifest(sealed: &Sealed<'_>, outputs: Vec<OutputLine>) -> Manifest {
    let run = sealed.run;
    Manifest {
        schema: SCHEMA,
        samkor: run.version.to_owned(),
        run: run.run.clone(),
        as_of: run.as_of.to_string(),
        answer_by: Some(run.answer_by),
        started: sealed.timing.started.clone(),
        finished: sealed.timing.finished.clone(),
        config: ConfigLine { path: run.config_file.clone(), sha256: run.config_sha256.clone() },
        arguments: sealed.arguments.clone(),
        inputs: sealed.inputs.iter().map(|shown| input(shown, run.language)).collect(),
        counts: sealed.whole.counts.clone(),
        thresholds: thresholds(run),
        rules: rules(run),
        untested: sealed.whole.untested.clone(),
        learned: sealed.learned.clone(),
        outputs,
        previous: sealed.previous.clone(),
        accepted_incomplete: run.accepted_incomplete.clone(),
    }
}

fn thresholds(run: &RunFacts) -> BTreeMap<String, f64> {
    let days = run.thresholds.iter().map(|(name, value)| ((*name).to_owned(), f64::from(*value)));
    let probabilities = run.matching.named();
    days.chain(probabilities.map(|(name, value)| (name.to_owned(), value))).collect()
}

fn rules(run: &RunFacts) -> BTreeMap<String, String> {
    run.rules
        .iter()
        .map(|shown| (shown.rule.id.to_owned(), shown.base.map_or("off", |base| base.code()).to_owned()))
        .collect()
}

fn input(input: &InputShown, language: Language) -> InputLine {
    let report = input.report.as_ref();
    InputLine {
        role: input.role.code().to_owned(),
        system: input.system.clone(),
        path: input.path.clone(),
        sha256: report.map(|r| r.sha256.clone()),
        bytes: report.map(|r| r.bytes),
        modified: report.and_then(|r| r.modified.clone()),
        exported: report.and_then(|r| r.exported).map(|day| day.to_string()),
        exported_by: report.and_then(|r| r.exported_by.clone()),
        selection: report.and_then(|r| r.selection.clone()),
        format: report.map(|r| r.shape.format.to_owned()),
        encoding: report.and_then(|r| r.shape.encoding.clone()),
        sheet: report.and_then(sheets),
        rows: report.map(arithmetic),
        control_total: report.and_then(|r| r.control_total),
        columns: report.map(columns).unwrap_or_default(),
        unknown_columns: report.map(SourceReport::unknown_headers).unwrap_or_default(),
        remarks: report.map(|r| in_words(r, language)).unwrap_or_default(),
        key_coverage: report.map(coverage).unwrap_or_default(),
    }
}

fn in_words(report: &SourceReport, language: Language) -> Vec<String> {
    report.remarks().iter().map(|remark| remark.get(language).to_owned()).collect()
}

fn sheets(report: &SourceReport) -> Option<String> {
    let read = report.sheets.iter().filter(|sheet| sheet.header_row.is_some() && !sheet.name.is_empty());
    let names: Vec<&str> = read.map(|sheet| sheet.name.as_str()).collect();
    (!names.is_empty()).then(|| names.join(", "))
}

fn arithmetic(report: &SourceReport) -> Arithmetic {
    let rows = report.rows;
    Arithmetic {
        in_file: rows.in_file,
        header: rows.header,
        preamble: rows.preamble,
        blank: rows.blank,
        total_rows: rows.total,
        rejected: rows.rejected,
        folded: rows.folded,
        records: rows.records,
    }
}

fn columns(report: &SourceReport) -> Vec<ColumnLine> {
    let line = |column: &crate::ingest::MappedColumn| ColumnLine {
        field: column.field.key().to_owned(),
        headers: column.headers.clone(),
        filled: column.filled,
        understood: column.understood,
        not_understood: column.not_understood.iter().cloned().collect(),
    };
    report.columns.iter().map(line).collect()
}

fn coverage(report: &SourceReport) -> BTreeMap<String, CoverageLine> {
    let line = |(field, coverage): (&crate::model::Field, &crate::ingest::Coverage)| {
        (field.key().to_owned(), CoverageLine { filled: coverage.filled, of: coverage.of, met: coverage.met })
    };
    report.key_coverage.iter().map(line).collect()
}
