//! An external's account that nobody here answers for, or that has no end.

use crate::model::{AccountClass, EngagementKind, Message, PersonIx, Severity, Text, message};
use crate::review::rule::needs_export;
use crate::review::{AccountCx, Check, Fact, Group, Hit, Rule, Stage, Unable};
use crate::roster::Standing;
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
    untested: needs_export,
    check: Check::Account(check),
};

/// What is stated of an external engagement.
struct Stated<'a> {
    sponsor: Option<&'a str>,
    end: Option<NaiveDate>,
}

fn check(cx: &AccountCx<'_>) -> Option<Hit> {
    let stated = stated(cx).filter(|_| cx.is_active())?;
    let (sponsor, persons) = sponsor_fault(cx, stated.sponsor).unzip();
    let endless = stated
        .end
        .is_none()
        .then(|| Message::from(Text::new("Uppdraget har inget slutdatum.", "The engagement has no end date.")));
    let parts: Vec<Message> = sponsor.into_iter().chain(endless).collect();
    if parts.is_empty() {
        return None;
    }
    let join = |text: fn(&Message) -> &String| parts.iter().map(|p| text(p).as_str()).collect::<Vec<_>>().join(" ");
    let (sv, en) = (join(|part| &part.sv), join(|part| &part.en));
    let hit = Hit::new(message!("{sv}", "{en}")).day("engagement_end", stated.end);
    Some(match (stated.sponsor, persons) {
        (Some(written), Some(persons)) => hit.fact("sponsor", Fact::Reference(written.to_owned(), persons)),
        _ => hit,
    })
}

/// By the register, else by the export's own columns, where the account says that it is an external's.
fn stated<'a>(cx: &AccountCx<'a>) -> Option<Stated<'a>> {
    if let Some(tenure) = cx.tenure {
        let main = tenure.main.filter(|_| tenure.standing == Standing::Engaged)?;
        let engagement = main.engagement.as_ref().filter(|own| own.kind == EngagementKind::External)?;
        return Some(Stated { sponsor: engagement.sponsor.as_deref(), end: main.end.date() });
    }
    let external = cx.matched.class == AccountClass::External && cx.exemption().is_none();
    external.then(|| Stated { sponsor: cx.text(cx.account.owner), end: cx.account.valid_to })
}

/// Why nobody answers, and everyone who could be meant. A post is accepted as it stands.
fn sponsor_fault(cx: &AccountCx<'_>, sponsor: Option<&str>) -> Option<(Message, Vec<PersonIx>)> {
    let Some(written) = sponsor else {
        let text =
            Text::new("Ingen står som ansvarig för uppdraget.", "Nobody is stated to answer for the engagement.");
        return Some((text.into(), Vec::new()));
    };
    let (why, persons) = cx.system.review.unable_to_answer(written, cx.tested_day())?;
    let text = match why {
        Unable::NotEmployed => Text::new(
            "Den som ansvarar för uppdraget är inte anställd.",
            "Whoever answers for the engagement is not employed.",
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
    Some((text.into(), persons))
}
