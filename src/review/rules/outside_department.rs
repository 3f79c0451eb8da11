//! The mover who kept his rights: the system belongs to departments where the person has no employment.

use crate::config::is_word;
use crate::model::{Field, Severity, Text, message};
use crate::review::gaps::untold;
use crate::review::rule::{Unseen, needs_export};
use crate::review::unmet;
use crate::review::{AccountCx, Check, Fact, Group, Hit, RestsOn, Rule, Stage, SystemCx, Tells};

pub(super) const RULE: Rule = Rule {
    id: "outside-department",
    group: Group::Privilege,
    base: Severity::Medium,
    title: Text::new("Anställd utanför systemets förvaltning", "Employed outside the system's department"),
    why: Text::new(
        "Systemet hör till en förvaltning där innehavaren inte längre är anställd. Behörigheten kan finnas kvar sedan ett tidigare arbete.",
        "The system belongs to a department where the holder has no employment. The access may be left from an earlier job.",
    ),
    action: Text::new(
        "Pröva om personen behöver kontot i sitt nuvarande arbete.",
        "Decide whether the person needs the account in the present job.",
    ),
    proposal: Text::new("Pröva behovet", "Decide on the need"),
    clauses: &["ISO/IEC 27001:2022 A.5.18", "NIST SP 800-53 r5 PS-5"],
    stage: Stage::Facts,
    tells: Tells::NothingMore,
    rests_on: RestsOn::NOTHING,
    check: Check::Account { untested, check },
};

/// Without departments of its own, a system has no outside; without payroll's, nobody is known to be there. Where the
/// list of systems names the department and hardly anyone of the holders works there, it means who keeps the system.
fn untested(cx: &SystemCx<'_>) -> Option<Text> {
    let open = cx.config.system.departments.is_empty();
    let common = Text::new("systemet är inte knutet till någon förvaltning", "the system belongs to no department");
    let unknown = Text::new("personalregistret saknar kolumn för förvaltning", "payroll has no column for department");
    // Whoever is outside the departments that were found may be in the one that was meant.
    let unmet = Text::new(
        "en förvaltning som systemet är knutet till finns inte i personalregistret, så vem som är utanför går inte att \
         avgöra",
        "a department that the system belongs to is not in payroll, so who is outside cannot be told",
    );
    let kept = Text::new(
        "de flesta innehavare är anställda utanför den förvaltning som står i systemförteckningen; den verkar säga vem som \
         förvaltar systemet, inte vilka som hör hemma i det",
        "most holders are employed outside the department in the list of systems; it seems to say who keeps the system, \
         not who belongs there",
    );
    needs_export(cx)
        .or_else(|| open.then_some(common))
        .or_else(|| cx.review.lacks_in_payroll(Field::Department, unknown))
        .or_else(|| unmet::departments(cx).is_some().then_some(unmet))
        .or_else(|| says_who_keeps_it(cx).then_some(kept))
}

/// So few holders may all have moved, and tell nothing of what the list means.
const FEW: usize = 10;

/// Whether the department is the list's, and not that of half of the holders. What the configuration states is meant.
fn says_who_keeps_it(cx: &SystemCx<'_>) -> bool {
    if !cx.config.system.departments_listed {
        return false;
    }
    let places: Vec<Place<'_>> = cx.open_accounts().filter_map(|own| place(&own)).collect();
    let told = places.iter().filter(|place| !matches!(place, Place::Untold)).count();
    told >= FEW && places.iter().filter(|place| matches!(place, Place::Outside(_))).count() * 2 > told
}

/// Where a holder who is employed works.
enum Place<'a> {
    /// In a department of the system.
    Inside,
    /// In none of them: one where the holder does.
    Outside(&'a str),
    /// In none of them as far as it is told, and somewhere that is not.
    Untold,
}

/// Where the holder of an account that can be used works; nothing of who is not employed.
fn place<'a>(cx: &AccountCx<'a>) -> Option<Place<'a>> {
    let (person, tenure) = (cx.person?, cx.tenure()?);
    if !cx.is_active() || !tenure.standing.is_employed() {
        return None;
    }
    // By any employer: a department is where the person works, whoever pays.
    let day = cx.tested_day();
    let is_own = |department: &&str| cx.system.config.system.departments.iter().any(|own| is_word(own, department));
    // One that may go on where the holder should work is not told to be outside, nor inside.
    let current = person.employments.iter().filter(|e| !e.is_engagement() && (e.goes_on(day) || e.may_go_on(day)));
    let told = current.map(|e| e.department.as_deref().filter(|department| e.goes_on(day) || !is_own(department)));
    let departments: Vec<Option<&str>> = told.collect();
    if departments.iter().flatten().any(is_own) {
        return Some(Place::Inside);
    }
    let told: Option<Vec<&str>> = departments.into_iter().collect();
    Some(told.and_then(|told| told.first().copied()).map_or(Place::Untold, Place::Outside))
}

/// Holders whose department payroll does not state.
pub(super) fn partly(cx: &SystemCx<'_>) -> Option<Unseen> {
    const LACKS: Text =
        Text::new("personalregistret anger inte deras förvaltning", "payroll does not state their department");
    untold(cx, LACKS, &[Field::Department], |account| matches!(place(account), Some(Place::Untold)))
}

fn check(cx: &AccountCx<'_>) -> Option<Hit> {
    let Place::Outside(department) = place(cx)? else { return None };
    let hit = Hit::new(message!(
        "Innehavaren är anställd, men inte vid någon förvaltning som systemet hör till.",
        "The holder is employed, but in no department that the system belongs to."
    ));
    Some(hit.fact("department", Fact::Text(department.to_owned())))
}
