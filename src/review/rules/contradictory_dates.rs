//! Dates of employment that cannot all be true.

use crate::model::{Employment, EmploymentClass, End, Message, Severity, Text, message};
use crate::review::Fact;
use crate::review::rule::{always, always_on_payroll};
use crate::review::{Check, Group, Hit, PersonCx, Rule, Stage};
use chrono::NaiveDate;

pub(super) const RULE: Rule = Rule {
    id: "contradictory-dates",
    group: Group::Payroll,
    base: Severity::Low,
    title: Text::new(
        "Uppgifter om anställningen säger emot varandra",
        "What payroll says of the employment contradicts itself",
    ),
    why: Text::new(
        "Ett slut före början, en anställning före födelsen eller mer än heltid på en gång tyder på att rader har blandats ihop.",
        "An end before the beginning, an employment before birth or more than full time at once suggest that rows have been mixed up.",
    ),
    action: Text::new("Rätta uppgifterna i personalregistret.", "Correct payroll."),
    proposal: Text::new("Rätta uppgifterna", "Correct payroll"),
    clauses: &["ISO/IEC 27001:2022 A.5.16"],
    stage: Stage::Facts,
    untested: always,
    check: Check::Person { untested: always_on_payroll, check },
};

fn check(cx: &PersonCx<'_>) -> Option<Hit> {
    let employments = &cx.person.employments;
    let reversed = employments.iter().find_map(ends_before_it_starts);
    let unborn = || employments.iter().find_map(|e| starts_before_birth(e, cx.person.birth_date));
    let (code, says) = reversed.or_else(unborn).or_else(|| over_full_time(employments))?;
    Some(Hit::new(says).fact("contradiction", Fact::Text(code.to_owned())))
}

type Contradiction = (&'static str, Message);

fn ends_before_it_starts(employment: &Employment) -> Option<Contradiction> {
    let (Some(start), End::On(end)) = (employment.start, employment.end) else { return None };
    (end < start).then(|| {
        let says = message!(
            "En anställning slutar {end} men börjar {start}.",
            "An employment ends on {end} but starts on {start}."
        );
        ("end-before-start", says)
    })
}

fn starts_before_birth(employment: &Employment, birth: Option<NaiveDate>) -> Option<Contradiction> {
    let start = employment.start.zip(birth).filter(|(start, birth)| start <= birth).map(|(start, _)| start)?;
    let says = message!(
        "En anställning börjar {start}, före personens födelse.",
        "An employment starts on {start}, before the person was born."
    );
    Some(("start-before-birth", says))
}

/// More than full time, on the first day of some employment. Hourly staff have no degree to add.
fn over_full_time(employments: &[Employment]) -> Option<Contradiction> {
    /// Full time in tenths of a percent, and what rounding in payroll may add.
    const FULL_TIME: u32 = 1000;
    const ROUNDING: u32 = 5;
    let regular: Vec<&Employment> =
        employments.iter().filter(|e| e.class == EmploymentClass::Regular && e.leave_from.is_none()).collect();
    let days = regular.iter().filter_map(|employment| employment.start);
    let together = |day: NaiveDate| -> u32 {
        regular.iter().filter(|e| e.goes_on(day)).filter_map(|e| e.degree).map(u32::from).sum()
    };
    let sum = days.map(together).max().filter(|sum| *sum > FULL_TIME + ROUNDING)?;
    let percent = sum / 10;
    let says = message!(
        "Anställningarna är tillsammans {percent} % på samma dag.",
        "The employments together are {percent} % on one day."
    );
    Some(("over-full-time", says))
}
