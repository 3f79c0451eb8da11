//! Dates of employment that cannot all be true.

use crate::model::{Employment, EmploymentClass, EmploymentStatus, End, Field, Message, Severity, Text, message};
use crate::review::Fact;
use crate::review::rule::always_on_payroll;
use crate::review::{Check, Group, Hit, PersonCx, RestsOn, Review, Rule, Stage, Tells};
use chrono::NaiveDate;

pub(super) const RULE: Rule = Rule {
    id: "contradictory-dates",
    group: Group::Payroll,
    base: Severity::Medium,
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
    tells: Tells::NothingMore,
    rests_on: RestsOn::people(&[Field::EmploymentStart, Field::EmploymentEnd, Field::Degree]),
    check: Check::Person { untested: always_on_payroll, check },
};

/// What is compared with what: without one of the two the others are compared all the same.
pub(super) fn partly(review: &Review<'_>) -> Option<Text> {
    let start = Text::new(
        "personalregistret saknar uppgift om anställningens början, så ett slut före början syns inte",
        "payroll does not tell the first day, so an end before it does not show",
    );
    let end = Text::new(
        "personalregistret saknar uppgift om anställningens slut, så ett slut före början syns inte",
        "payroll does not tell the last day, so an end before the beginning does not show",
    );
    let lacks = |field, why| review.lacks_of_people(field, why).is_some().then_some(why);
    lacks(Field::EmploymentStart, start).or_else(|| lacks(Field::EmploymentEnd, end))
}

fn check(cx: &PersonCx<'_>) -> Option<Hit> {
    let employments = &cx.person.employments;
    let reversed = employments.iter().find_map(ends_before_it_starts);
    let denied =
        || employments.iter().find_map(|e| ends_and_goes_on(e).or_else(|| died_and_goes_on(e, cx.tested_day())));
    let unborn = || employments.iter().find_map(|e| starts_before_birth(e, cx.person.birth_date));
    let over = || over_full_time(employments, cx.tested_day());
    // An end that does not count may hide that someone has left; what else does not fit together hides nobody.
    let (base, (code, says)) = match reversed.or_else(denied) {
        Some(found) => (None, found),
        None => (Some(Severity::Low), unborn().or_else(over)?),
    };
    Some(Hit { base, ..Hit::new(says).fact("contradiction", Fact::Text(code.to_owned())) })
}

type Contradiction = (&'static str, Message);

fn ends_before_it_starts(employment: &Employment) -> Option<Contradiction> {
    let (start, end) = employment.start.zip(employment.stated_end)?;
    (end < start).then(|| {
        let says = message!(
            "En anställning slutar {end} men börjar {start}. Slutdatumet räknas inte.",
            "An employment ends on {end} but starts on {start}. The end date does not count."
        );
        ("end-before-start", says)
    })
}

/// The last day has passed, and the row's own status says that the employment goes on: then it is no end.
fn ends_and_goes_on(employment: &Employment) -> Option<Contradiction> {
    let day = employment.stated_end.filter(|day| End::new(*day) == End::On(*day) && employment.end.date().is_none())?;
    (employment.status == Some(EmploymentStatus::Ongoing)).then(|| {
        let says = message!(
            "En anställning slutade {day} men har en status som säger att den pågår. Slutdatumet räknas inte.",
            "An employment ended on {day} but has a status that says it goes on. The end date does not count."
        );
        ("end-denied-by-status", says)
    })
}

/// The last day has passed and counts, since it is that of a death, whatever the row's own status says.
fn died_and_goes_on(employment: &Employment, tested: NaiveDate) -> Option<Contradiction> {
    let day = employment.end.date().filter(|day| *day < tested)?;
    (employment.status == Some(EmploymentStatus::Ongoing)).then(|| {
        let says = message!(
            "En anställning slutade {day} men har en status som säger att den pågår. Slutdatumet räknas.",
            "An employment ended on {day} but has a status that says it goes on. The end date counts."
        );
        ("end-holds-against-status", says)
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

/// More than full time on the tested day, of what goes on and the person is not on leave from. Hourly staff have no
/// degree to add.
fn over_full_time(employments: &[Employment], tested: NaiveDate) -> Option<Contradiction> {
    /// Full time in tenths of a percent, and what rounding in payroll may add.
    const FULL_TIME: u32 = 1000;
    const ROUNDING: u32 = 5;
    let regular = employments.iter().filter(|e| e.class == EmploymentClass::Regular);
    let working = regular.filter(|e| e.goes_on(tested) && !e.on_leave(tested));
    let sum: u32 = working.filter_map(|e| e.degree).map(u32::from).sum();
    if sum <= FULL_TIME + ROUNDING {
        return None;
    }
    let percent = sum / 10;
    let says = message!(
        "De anställningar som pågår är tillsammans {percent} %.",
        "The employments that go on are {percent} % together."
    );
    Some(("over-full-time", says))
}
