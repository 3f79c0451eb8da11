//! A key that should tell whose an account is, and is blank on many rows.

use crate::model::{Field, Severity, Text, message};
use crate::review::rule::needs_export;
use crate::review::{Check, Fact, Group, Hit, Rule, Stage, SystemCx};

pub(super) const RULE: Rule = Rule {
    id: "key-coverage",
    group: Group::Control,
    base: Severity::Medium,
    title: Text::new("Nyckel saknas på många rader", "A key is missing on many rows"),
    why: Text::new(
        "Nyckeln som ska visa vems kontot är saknas på mer än var femte rad. Då får namn och andra uppgifter avgöra, med mindre säkerhet.",
        "The key that should tell whose an account is, is missing on more than one row in five. Names and other data must then decide, with less certainty.",
    ),
    action: Text::new(
        "Fyll i nyckeln i systemet, helst anställningsnummer.",
        "Fill in the key in the system, preferably the employee number.",
    ),
    proposal: Text::new("Fyll i nyckeln", "Fill in the key"),
    clauses: &["ISO/IEC 27001:2022 A.5.16"],
    stage: Stage::Facts,
    untested: needs_export,
    check: Check::System(check),
};

fn check(cx: &SystemCx<'_>) -> Option<Hit> {
    let coverage = &cx.export?.report.key_coverage;
    let keys = [Field::PersonalNumber, Field::EmployeeNumber, Field::Email];
    let filled = |field: &Field| coverage.get(field).filter(|c| c.of > 0).map(|c| (c.filled * 100 / c.of, *field));
    let (percent, field) = keys.iter().filter_map(filled).filter(|(percent, _)| *percent < ENOUGH).min()?;
    let key = field.key();
    let hit = Hit::new(message!(
        "Nyckeln {key} är ifylld på {percent} % av kontona.",
        "The key {key} is filled in on {percent} % of the accounts."
    ));
    Some(hit.fact("key", Fact::Text(key.to_owned())).number("percent", i64::try_from(percent).unwrap_or(0)))
}

/// Percent of the rows from which a key is taken to be kept.
const ENOUGH: u64 = 80;
