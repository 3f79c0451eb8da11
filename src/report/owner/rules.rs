//! Regler: what the reasons on the list mean, why they are asked about and what can be done; only those that stand there.

use crate::disclosure::{OwnerBook, RunFacts};
use crate::model::{Severity, Text};
use crate::report::book::Sheet;
use crate::report::cell::Cell;
use crate::report::rows::LaidOut;
use crate::report::style::Styles;
use crate::report::table::{Column, Layout, lay_out, page};
use crate::review::Rule;
use rust_xlsxwriter::Worksheet;
use std::cmp::Reverse;
use std::collections::BTreeMap;

pub(super) const SHEET: Sheet<OwnerBook> = Sheet::list(Text::new("Regler", "Rules"), sheet);

/// A rule with what it came to on the list.
struct Met {
    rule: &'static Rule,
    accounts: usize,
    gravest: Severity,
}

fn sheet<'p>(worksheet: &mut Worksheet, part: &'p OwnerBook, styles: &Styles, run: &'p RunFacts) -> LaidOut<'p> {
    let layout = Layout {
        name: "Regler",
        alt: Text::new(
            "Vad orsakerna på listan betyder och vad som kan göras",
            "What the reasons on the list mean and what can be done",
        )
        .get(run.language)
        .to_owned(),
        empty: Text::new("Inga avvikelser att förklara.", "No deviations to explain."),
        frozen: 1,
        printed: None,
        room: page(),
    };
    lay_out(worksheet, columns(), met(part, run), &layout, styles, run.language)
}

/// The rules of the reasons on Avvikelser, the gravest first.
fn met(part: &OwnerBook, run: &RunFacts) -> Vec<Met> {
    let mut by_rule: BTreeMap<&str, (usize, Severity)> = BTreeMap::new();
    for row in part.deviations(run) {
        let mut of_row: BTreeMap<&str, Severity> = BTreeMap::new();
        for reason in row.telling_reasons_from(run.asks.list_from) {
            let gravest = of_row.entry(reason.rule.id).or_insert(reason.severity);
            *gravest = reason.severity.max(*gravest);
        }
        for (rule, severity) in of_row {
            let own = by_rule.entry(rule).or_insert((0, severity));
            *own = (own.0 + 1, own.1.max(severity));
        }
    }
    let of_rule = |rule: &'static Rule| {
        let (accounts, gravest) = *by_rule.get(rule.id)?;
        Some(Met { rule, accounts, gravest })
    };
    let mut met: Vec<Met> = run.rules.iter().filter_map(|shown| of_rule(shown.rule)).collect();
    met.sort_by_key(|own| (Reverse(own.gravest), Reverse(own.accounts)));
    met
}

fn columns() -> Vec<Column<Met>> {
    let column = |sv, en, width, value| Column::read(Text::new(sv, en), width, value);
    vec![
        column("Orsak", "Reason", 30.0, |own: &Met, language| Cell::text(own.rule.title.get(language))),
        column("Grad", "Severity", 9.5, |own, _| Cell::Severity(own.gravest)),
        column("Konton", "Accounts", 10.0, |own, _| Cell::number(own.accounts)),
        column("Varför frågan ställs", "Why it is asked", 52.0, |own, language| {
            Cell::text(own.rule.why.get(language))
        }),
        column("Vad som kan göras", "What can be done", 44.0, |own, language| {
            Cell::text(own.rule.action.get(language))
        }),
        column("Stöd i", "Grounded in", 26.0, |own, _| Cell::text(own.rule.clauses.join("\n"))),
    ]
}
