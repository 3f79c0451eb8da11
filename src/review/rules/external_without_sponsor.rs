//! An external's account that nobody here answers for, or that has no end.

use crate::model::{AccountClass, Engagement, EngagementKind, Field, Message, PersonIx, Severity, Text, message};
use crate::review::rule::{Unseen, needs_export, on_unused_rows};
use crate::review::{AccountCx, Check, Fact, Group, Hit, RestsOn, Rule, Stage, SystemCx, Tells, Unable};
use chrono::NaiveDate;

pub(super) const RULE: Rule = Rule {
    id: "external-without-sponsor",
    group: Group::Account,
    base: Severity::High,
    title: Text::new("Externt konto utan ansvarig eller slutdatum", "External account without sponsor or end date"),
    why: Text::new(
        "En extern person har konto, men ingen i tjänst ansvarar för uppdraget eller så saknas slutdatum. Då är det ingen som märker när kontot ska stängas.",
        "An external person has an account, but nobody in service answers for the engagement, or it has no end date. Then nobody notices when the account is to be closed.",
    ),
    action: Text::new(
        "Utse en ansvarig i verksamheten och ange slutdatum i registret, eller inaktivera kontot.",
        "Appoint someone in the organisation and state an end date in the register, or disable the account.",
    ),
    proposal: Text::new("Ange ansvarig och slutdatum", "State sponsor and end date"),
    clauses: &["ISO/IEC 27001:2022 A.5.19", "PCI DSS 4 8.2.7"],
    stage: Stage::Facts,
    tells: Tells::NothingMore,
    rests_on: RestsOn { export: &[Field::Expires, Field::ValidTo], ..RestsOn::ENDS_OF_EXTERNALS },
    check: Check::Account { untested: needs_export, check },
};

/// What is stated of an external engagement.
struct Stated<'a> {
    sponsor: Option<&'a str>,
    end: Option<NaiveDate>,
}

/// What one engagement lacks.
struct Lacks<'a> {
    says: Message,
    sponsor: Option<(&'a str, Vec<PersonIx>)>,
    end: Option<NaiveDate>,
    /// Whether nothing is known to lack: only whether the sponsor is employed cannot be read.
    is_perhaps: bool,
}

fn check(cx: &AccountCx<'_>) -> Option<Hit> {
    if !cx.is_active() {
        return None;
    }
    let lacks: Vec<Lacks<'_>> = stated(cx).iter().filter_map(|stated| lacks(cx, stated)).collect();
    let first = lacks.first()?;
    let mut says: Vec<&Message> = lacks.iter().map(|lacks| &lacks.says).collect();
    says.dedup();
    let join = |text: fn(&Message) -> &String| says.iter().map(|s| text(s).as_str()).collect::<Vec<_>>().join(" ");
    let (sv, en) = (join(|says| &says.sv), join(|says| &says.en));
    let base = lacks.iter().all(|lacks| lacks.is_perhaps).then_some(Severity::Medium);
    let hit = Hit { base, ..Hit::new(message!("{sv}", "{en}")) }.day("engagement_end", first.end);
    let sponsor = lacks.into_iter().find_map(|lacks| lacks.sponsor);
    Some(match sponsor {
        Some((written, persons)) => hit.fact("sponsor", Fact::Reference(written.to_owned(), persons)),
        None => hit,
    })
}

/// By the registers, every external engagement of someone not employed; else by the export's own columns, where
/// the account says that it is an external's.
fn stated<'a>(cx: &AccountCx<'a>) -> Vec<Stated<'a>> {
    if let Some(tenure) = cx.tenure() {
        let external = |engagement: &&Engagement| engagement.kind == EngagementKind::External;
        let open = cx.engagements().filter(|_| !tenure.standing.is_employed());
        let both = open.filter_map(|e| Some((e, e.engagement.as_deref().filter(external)?)));
        return both.map(|(e, own)| Stated { sponsor: own.sponsor.as_deref(), end: e.end.date() }).collect();
    }
    (is_external(cx) && !cx.may_be_on_an_unused_row())
        .then(|| Stated { sponsor: cx.text(cx.account.owner), end: cx.valid_to() })
        .into_iter()
        .collect()
}

/// Whether the account says that it is an external's, and nobody says that it is right as it is.
fn is_external(cx: &AccountCx<'_>) -> bool {
    cx.person.is_none() && cx.matched.class == AccountClass::External && cx.exemption().is_none()
}

/// Externals' accounts whose holder may stand on a row of a register that could not be used.
pub(super) fn partly(cx: &SystemCx<'_>) -> Option<Unseen> {
    on_unused_rows(cx, |account| account.is_active() && is_external(account))
}

/// What an engagement lacks of someone who answers for it and an end.
fn lacks<'a>(cx: &AccountCx<'_>, stated: &Stated<'a>) -> Option<Lacks<'a>> {
    let endless = Text::new("Uppdraget har inget slutdatum.", "The engagement has no end date.");
    let endless = stated.end.is_none().then(|| Message::from(endless));
    let fault = sponsor_fault(cx, stated.sponsor);
    let is_perhaps = endless.is_none() && fault.as_ref().is_some_and(|(why, ..)| *why == Some(Unable::NotKnown));
    let (sponsor, persons) = fault.map(|(_, says, persons)| (says, persons)).unzip();
    let says = match (sponsor, endless) {
        (None, None) => return None,
        (Some(one), None) | (None, Some(one)) => one,
        (Some(sponsor), Some(endless)) => {
            let ((sv, en), (endless_sv, endless_en)) = (sponsor.both(), endless.both());
            message!("{sv} {endless_sv}", "{en} {endless_en}")
        }
    };
    Some(Lacks { says, sponsor: stated.sponsor.zip(persons), end: stated.end, is_perhaps })
}

/// Why nobody answers, and everyone who could be meant. A post is accepted as it stands.
fn sponsor_fault(cx: &AccountCx<'_>, sponsor: Option<&str>) -> Option<(Option<Unable>, Message, Vec<PersonIx>)> {
    let Some(written) = sponsor else {
        let text =
            Text::new("Ingen står som ansvarig för uppdraget.", "Nobody is stated to answer for the engagement.");
        return Some((None, text.into(), Vec::new()));
    };
    let (why, persons) = cx.system.review.unable_to_answer(written, cx.tested_day())?;
    let text = match why {
        Unable::NotEmployed => Text::new(
            "Den som ansvarar för uppdraget är inte anställd.",
            "Whoever answers for the engagement is not employed.",
        ),
        Unable::NotKnown => Text::new(
            "Det går inte att läsa i personalregistret om den som ansvarar för uppdraget är anställd.",
            "It cannot be read from payroll whether whoever answers for the engagement is employed.",
        ),
        Unable::Several(_) => Text::new(
            "Den som ansvarar för uppdraget är angiven med ett namn som flera har.",
            "Whoever answers for the engagement is stated by a name that several persons have.",
        ),
        Unable::Unknown => Text::new(
            "Den som ansvarar för uppdraget går inte att hitta i personalregistret.",
            "Whoever answers for the engagement cannot be found in payroll.",
        ),
    };
    Some((Some(why), text.into(), persons))
}
