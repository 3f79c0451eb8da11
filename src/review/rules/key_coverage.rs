//! A key that should tell whose an account is, and is blank on many rows, or names other people than
//! everything else on the rows does.

use crate::ingest::Coverage;
use crate::model::{Field, Message, Person, Severity, Text, message};
use crate::review::rule::needs_export;
use crate::review::{Check, Fact, Group, Hit, RestsOn, Rule, Stage, SystemCx, Tells};

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
    tells: Tells::NothingMore,
    rests_on: RestsOn::NOTHING,
    check: Check::System { untested: needs_export, check },
};

/// The keys that are looked at.
const KEYS: [Field; 3] = [Field::PersonalNumber, Field::EmployeeNumber, Field::Email];

fn check(cx: &SystemCx<'_>) -> Option<Hit> {
    refused(cx).or_else(|| wrong(cx)).or_else(|| unmet(cx)).or_else(|| missing(cx))
}

/// A column that was taken for a key by a header that says little, and that names did not confirm.
fn refused(cx: &SystemCx<'_>) -> Option<Hit> {
    let field = *cx.export?.refused_keys.first()?;
    let (key, Message { sv, en }, headers) = (field.key(), field.in_words(), cx.export?.headers(field));
    let mut hit = Hit::new(message!(
        "Kolumnen {headers} bekräftas inte av namnen och har inte använts som {sv}. Exporten saknar därmed den nyckeln.",
        "The column {headers} is not confirmed by the names and was not used as {en}. The export thus lacks that key."
    ));
    hit.base = Some(Severity::High);
    Some(hit.fact("key", Fact::Text(key.to_owned())).fact("column", Fact::Text(headers)))
}

/// A key that is filled in, and that payroll hardly knows.
fn unmet(cx: &SystemCx<'_>) -> Option<Hit> {
    /// Of so many values at least one is a person's where the key is payroll's.
    const ONE_IN: u64 = 10;
    let coverage_of = |field: &Field| cx.export.and_then(|export| Some((*field, export.coverage(*field)?)));
    let unknown = |(_, coverage): &(Field, Coverage)| {
        coverage.filled > 0 && coverage.met.is_some_and(|met| met * ONE_IN < coverage.filled)
    };
    let unknown = |own: &(Field, Coverage)| unknown(own) && !is_wanting_in_payroll(cx, own.0);
    let (field, coverage) = KEYS.iter().filter_map(coverage_of).find(unknown)?;
    let (key, Message { sv, en }) = (field.key(), field.in_words());
    let (filled, of, met) = (coverage.filled, coverage.of, coverage.met.unwrap_or(0));
    let hit = Hit::new(message!(
        "Nyckeln {sv} är ifylld på {filled} av {of} konton, men {met} av värdena finns i personalregistret.",
        "The key {en} is filled in on {filled} of {of} accounts, but {met} of the values stand in payroll."
    ));
    let hit = hit.fact("key", Fact::Text(key.to_owned())).count("filled", filled);
    // Without another key, leaving this one out mends nothing.
    let mut others = KEYS.iter().filter(|other| **other != field).filter_map(coverage_of);
    let has_another = others.any(|(_, coverage)| coverage.filled > 0);
    let hit = if has_another { hit.mended_in_columns(cx, format!("{key} = \"\"")) } else { hit };
    Some(hit.count("met", met))
}

/// Whether most of those whose accounts these are have no such key in payroll, so that none could be met: another
/// employer's people have.
fn is_wanting_in_payroll(cx: &SystemCx<'_>, field: Field) -> bool {
    let holders: Vec<&Person> = cx.open_accounts().filter_map(|account| account.person).collect();
    holders.iter().filter(|person| person.has_key(field)).count() * 2 < holders.len()
}

/// A key that disagrees with everything else: another series, shifted rows, names handed on.
fn wrong(cx: &SystemCx<'_>) -> Option<Hit> {
    let trials = cx.matches?.quality.key_trials().into_iter().filter(|trial| trial.is_broken());
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
    let mut hit = Hit::new(message);
    hit.base = Some(Severity::High);
    let hit = hit.fact("key", Fact::Text(trial.field.key().to_owned()));
    let column = Field::from_key(trial.field.key());
    let hit = match column.filter(|column| cx.has(*column)) {
        Some(column) => hit.mended_in_columns(cx, format!("{} = \"\"", column.key())),
        None => hit,
    };
    Some(hit.count("tested", tested).count("disagree", disagree).count("shifted", shifted))
}

fn missing(cx: &SystemCx<'_>) -> Option<Hit> {
    let export = cx.export?;
    // An empty column is no key, and no fault.
    let coverage = |field: &Field| export.coverage(*field).filter(|coverage| coverage.filled > 0);
    let filled = |field: &Field| coverage(field).map(|c| (c.filled * 100 / c.of, *field));
    let (percent, field) = KEYS.iter().filter_map(filled).filter(|(percent, _)| *percent < ENOUGH).min()?;
    let (key, Message { sv, en }) = (field.key(), field.in_words());
    let hit = Hit::new(message!(
        "Nyckeln {sv} är ifylld på {percent} % av kontona.",
        "The key {en} is filled in on {percent} % of the accounts."
    ));
    Some(hit.fact("key", Fact::Text(key.to_owned())).number("percent", i64::try_from(percent).unwrap_or(0)))
}

/// Percent of the rows from which a key is taken to be kept.
const ENOUGH: u64 = 80;
