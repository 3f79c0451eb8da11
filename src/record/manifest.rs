//! The manifest's content.

use super::Sealed;
use crate::disclosure::{ColumnShown, InputShown, ReturnedShown, RunFacts, Shown, SourceShown};
use crate::ingest::Coverage;
use crate::model::Field;
use crate::runfolder::{
    Arithmetic, Attest, ColumnLine, ConfigLine, CoverageLine, InputLine, LetterheadLine, ListScope, Manifest,
    OutputLine,
};
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
        letterhead: Some(letterhead(run)),
        started: sealed.timing.started.clone(),
        finished: sealed.timing.finished.clone(),
        config: ConfigLine { path: (&run.config_file).into(), sha256: run.config_sha256.clone() },
        arguments: sealed.arguments.iter().map(|(name, value)| (name.clone(), value.into())).collect(),
        inputs: inputs(sealed),
        counts: sealed.whole.counts.clone(),
        systems: sealed.whole.names.iter().map(|(id, name)| (id.clone(), name.into())).collect(),
        list_from: Some(run.asks.list_from.code().to_owned()),
        scope: word(&ListScope::NAMED, run.asks.scope),
        attest: word(&Attest::NAMED, run.asks.attest),
        thresholds: thresholds(run),
        rules: rules(run),
        untested: sealed.whole.untested.clone(),
        learned: sealed.learned.clone(),
        outputs,
        previous: sealed.previous.clone(),
        accepted_incomplete: run.accepted_incomplete.as_ref().map(String::from),
    }
}

fn letterhead(run: &RunFacts) -> LetterheadLine {
    LetterheadLine {
        organisation: (&run.organisation).into(),
        title: (&run.title).into(),
        control_owner: run.control_owner.as_ref().map(String::from),
        language: run.language.code().to_owned(),
    }
}

/// Every input, returned workbooks last.
fn inputs(sealed: &Sealed<'_>) -> Vec<InputLine> {
    let read = sealed.inputs.iter().map(input);
    read.chain(sealed.answers.iter().map(returned)).collect()
}

fn returned(book: &ReturnedShown) -> InputLine {
    InputLine {
        role: "answers".to_owned(),
        path: (&book.path).into(),
        masked: book.masked,
        sha256: Some(book.sha256.clone()),
        bytes: Some(book.bytes),
        selection: book.issued_in.as_ref().map(Into::into),
        ..InputLine::default()
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

fn input(input: &InputShown) -> InputLine {
    let source = input.source.as_ref();
    let texts = |list: &[Shown]| list.iter().map(String::from).collect();
    InputLine {
        role: input.role.code().to_owned(),
        system: input.system.clone(),
        path: (&input.path).into(),
        masked: input.masked,
        sha256: source.map(|s| s.sha256.clone()),
        bytes: source.map(|s| s.bytes),
        modified: source.and_then(|s| s.modified.clone()),
        exported: source.and_then(|s| s.exported).map(|day| day.to_string()),
        exported_by: source.and_then(|s| s.exported_by.as_ref()).map(String::from),
        selection: source.and_then(|s| s.selection.as_ref()).map(String::from),
        format: source.map(|s| s.format.to_owned()),
        encoding: source.and_then(|s| s.encoding.clone()),
        sheet: source.map(SourceShown::sheet_names).filter(|names| !names.is_empty()).map(|names| names.join(", ")),
        rows: source.map(arithmetic),
        control_total: source.and_then(|s| s.control_total),
        columns: source.map(columns).unwrap_or_default(),
        unknown_columns: source.map(|s| texts(&s.unknown)).unwrap_or_default(),
        remarks: source.map(|s| texts(&s.remarks)).unwrap_or_default(),
        key_coverage: source.map(coverage).unwrap_or_default(),
    }
}

fn arithmetic(source: &SourceShown) -> Arithmetic {
    let rows = source.rows;
    Arithmetic {
        in_file: rows.in_file,
        header: rows.header,
        preamble: rows.preamble,
        blank: rows.blank,
        total_rows: rows.total,
        other_objects: rows.other_objects,
        rejected: rows.rejected,
        folded: rows.folded,
        records: rows.records,
    }
}

fn columns(source: &SourceShown) -> Vec<ColumnLine> {
    let line = |column: &ColumnShown| ColumnLine {
        field: column.field.key().to_owned(),
        headers: column.headers.iter().map(String::from).collect(),
        filled: column.filled,
        understood: column.understood,
        not_understood: column.not_understood.iter().map(|(word, rows)| (word.into(), *rows)).collect(),
    };
    source.columns.iter().map(line).collect()
}

fn coverage(source: &SourceShown) -> BTreeMap<String, CoverageLine> {
    let line = |(field, coverage): (&Field, &Coverage)| {
        (field.key().to_owned(), CoverageLine { filled: coverage.filled, of: coverage.of, met: coverage.met })
    };
    source.key_coverage.iter().map(line).collect()
}

/// The word of a choice.
fn word<T: Copy + PartialEq>(named: &[(&str, T)], own: T) -> Option<String> {
    named.iter().find(|(_, other)| *other == own).map(|(name, _)| (*name).to_owned())
}
