//! A key that should tell whose an account is, and is blank on many rows, or names other people than
//! everything else on the rows does.

use crate::model::{Field, Severity, Text, message};
use crate::review::rule::needs_export;
use crate::review::{Check, Fact, Group, Hit, RestsOn, Rule, Stage, SystemCx};

pub(super) const RULE: Rule = Rule {
    id: "key-coverage",
    group: Group::Control,
    base: Severity::Medium,
    title: Text::new("Nyckel saknas eller stämmer inte", "A key is missing or wrong"),
    why: Text::new(
        "Nyckeln som ska visa vems kontot är saknas på mer än var femte rad, eller pekar på andra personer än namn och övriga uppgifter gör. Då får de avgöra, med mindre säkerhet.",
        "The key that should tell whose an account is, is missing on more than one row in five, or points at other persons than names and other data do. These must then decide, with less certainty.",
    ),
    action: Text::new(
        "Fyll i nyckeln i systemet, helst anställningsnummer. Stämmer den inte: kontrollera att kolumnen är rätt och att raderna inte har förskjutits, och exportera på nytt.",
        "Fill in the key in the system, preferably the employee number. If it is wrong: check that it is the right column and that rows have not been shifted, and export again.",
    ),
    proposal: Text::new("Rätta nyckeln", "Correct the key"),
    clauses: &["ISO/IEC 27001:2022 A.5.16"],
    stage: Stage::Facts,
    untested: needs_export,
    rests_on: RestsOn::NOTHING,
    check: Check::System(check),
};

fn check(cx: &SystemCx<'_>) -> Option<Hit> {
    wrong(cx).or_else(|| missing(cx))
}

/// A key that disagrees with everything else: another series, shifted rows, names handed on.
fn wrong(cx: &SystemCx<'_>) -> Option<Hit> {
    let trials = cx.matches?.quality.keys.iter().filter(|trial| trial.is_broken());
    let trial = trials.max_by_key(|trial| trial.disagree * 1000 / trial.tested.max(1))?;
    let (tested, disagree, shifted) = (trial.tested, trial.disagree, trial.shifted);
    let Text { sv, en } = trial.field.text();
    let message = if shifted * 2 > disagree {
        message!(
            "Nyckeln {sv} pekar på {disagree} av {tested} konton ut en annan person än namnet gör, på {shifted} av dem personen på raden intill. Kolumnen verkar ha förskjutits.",
            "The key {en} points on {disagree} of {tested} accounts at another person than the name does, on {shifted} of them at the person on the row beside. The column seems to have been shifted."
        )
    } else if disagree * 2 > tested {
        message!(
            "Nyckeln {sv} pekar på {disagree} av {tested} konton ut en annan person än namn och övriga uppgifter gör. Den verkar höra till en annan serie än personalregistrets och har inte fått avgöra.",
            "The key {en} points on {disagree} of {tested} accounts at another person than the name and other data do. It seems to belong to another series than payroll's and was not let decide."
        )
    } else {
        message!(
            "Nyckeln {sv} pekar på {disagree} av {tested} konton ut en annan person än namn och övriga uppgifter gör.",
            "The key {en} points on {disagree} of {tested} accounts at another person than the name and other data do."
        )
    };
    let number = |n: u64| i64::try_from(n).unwrap_or(i64::MAX);
    let mut hit = Hit::new(message);
    hit.base = Some(Severity::High);
    let hit = hit.fact("key", Fact::Text(trial.field.key().to_owned()));
    Some(hit.number("tested", number(tested)).number("disagree", number(disagree)).number("shifted", number(shifted)))
}

fn missing(cx: &SystemCx<'_>) -> Option<Hit> {
    let coverage = &cx.export?.reports.first()?.key_coverage;
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
