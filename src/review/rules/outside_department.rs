//! The mover who kept his rights: the system belongs to departments where the person has no employment.

use crate::model::{Field, Severity, Text, fold, message};
use crate::review::rule::needs_export;
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

/// Without departments of its own, a system has no outside; without payroll's, nobody is known to be there.
fn untested(cx: &SystemCx<'_>) -> Option<Text> {
    let open = cx.config.system.departments.is_empty();
    let common = Text::new("systemet är inte knutet till någon förvaltning", "the system belongs to no department");
    let unknown = Text::new("personalregistret saknar kolumn för förvaltning", "payroll has no column for department");
    needs_export(cx)
        .or_else(|| open.then_some(common))
        .or_else(|| cx.review.lacks_in_payroll(Field::Department, unknown))
}

fn check(cx: &AccountCx<'_>) -> Option<Hit> {
    let (person, tenure) = (cx.person?, cx.tenure?);
    if !cx.is_active() || !tenure.standing.is_employed() {
        return None;
    }
    // By any employer: a department is where the person works, whoever pays.
    let day = cx.tested_day();
    let current = person.employments.iter().filter(|e| !e.is_engagement() && e.goes_on(day));
    let departments: Vec<&String> = current.filter_map(|employment| employment.department.as_ref()).collect();
    let own = |department: &&String| cx.system.config.system.departments.iter().any(|d| fold(d) == fold(department));
    if departments.is_empty() || departments.iter().any(own) {
        return None;
    }
    let hit = Hit::new(message!(
        "Innehavaren är anställd, men inte vid någon förvaltning som systemet hör till.",
        "The holder is employed, but in no department that the system belongs to."
    ));
    Some(hit.fact("department", Fact::Text(departments[0].clone())))
}
