//! An exemption that does not say who, why or until when, or whose date has passed.

use crate::config::Exemption;
use crate::model::{Message, Severity, Text, is_null_day, message};
use crate::review::rule::{Parts, needs_export};
use crate::review::{AccountCx, Check, Fact, Group, Hit, RestsOn, Rule, Stage, Tells, Unable};
use chrono::NaiveDate;

pub(super) const RULE: Rule = Rule {
    id: "exemption-incomplete",
    group: Group::Owner,
    base: Severity::Medium,
    title: Text::new("Undantaget är ofullständigt", "The exemption is incomplete"),
    why: Text::new(
        "Ett undantag ska ha ägare, skäl, beslutsfattare och slutdatum, annars går det inte att följa upp.",
        "An exemption is to have an owner, a reason, an approver and an end date; otherwise it cannot be followed up.",
    ),
    action: Text::new(
        "Komplettera undantaget i konfigurationen, eller ta bort det.",
        "Complete the exemption in the configuration, or remove it.",
    ),
    proposal: Text::new("Komplettera undantaget", "Complete the exemption"),
    clauses: &["ISO/IEC 27001:2022 A.5.18"],
    stage: Stage::Facts,
    tells: Tells::NothingMore,
    rests_on: RestsOn::NOTHING,
    check: Check::Account { untested: needs_export, check },
};

fn check(cx: &AccountCx<'_>) -> Option<Hit> {
    let exemption = cx.stated_exemption()?;
    let owner = exemption.owner.as_deref();
    let unable =
        owner.and_then(|written| Some((written, cx.system.review.unable_to_answer(written, cx.tested_day())?)));
    let expired = exemption.last_day().filter(|until| *until < cx.system.review.config.review.as_of);
    let says: Vec<Message> = [
        lacks(exemption),
        exemption.until.filter(|until| is_null_day(*until)).map(endless),
        expired.map(|until| message!("Undantaget gällde till {until}.", "The exemption held until {until}.")),
        unable.as_ref().map(|(_, (why, _))| owner_fault(*why)),
    ]
    .into_iter()
    .flatten()
    .collect();
    if says.is_empty() {
        return None;
    }
    let join = |text: fn(&Message) -> &String| says.iter().map(|s| text(s).as_str()).collect::<Vec<_>>().join(" ");
    let (sv, en) = (join(|says| &says.sv), join(|says| &says.en));
    let hit = Hit::new(message!("{sv}", "{en}")).day("until", expired);
    Some(match unable {
        Some((written, (_, persons))) => hit.fact("owner", Fact::Reference(written.to_owned(), persons)),
        None => hit,
    })
}

/// What is not stated of an exemption.
fn lacks(exemption: &Exemption) -> Option<Message> {
    let missing = Parts::new([
        exemption.owner.is_none().then_some(("owner", Text::new("ägare", "owner"))),
        exemption.reason.is_none().then_some(("reason", Text::new("skäl", "reason"))),
        exemption.approved_by.is_none().then_some(("approved_by", Text::new("beslutsfattare", "approver"))),
        exemption.last_day().is_none().then_some(("until", Text::new("slutdatum", "end date"))),
    ]);
    let (sv, en) = missing.in_words();
    (!missing.is_empty()).then(|| message!("Undantaget saknar {sv}.", "The exemption lacks {en}."))
}

/// Why a date that is stated is no last day.
fn endless(until: NaiveDate) -> Message {
    message!("{until} betyder att det aldrig tar slut.", "{until} means that it never ends.")
}

/// Why the one who is stated cannot answer for it.
fn owner_fault(why: Unable) -> Message {
    let text = match why {
        Unable::NotEmployed => {
            Text::new("Undantagets ägare är inte anställd.", "The owner of the exemption is not employed.")
        }
        Unable::NotKnown => Text::new(
            "Det går inte att läsa i personalregistret om undantagets ägare är anställd.",
            "It cannot be read from payroll whether the owner of the exemption is employed.",
        ),
        Unable::Several(_) => Text::new(
            "Undantagets ägare är angiven med ett namn som flera har.",
            "The owner of the exemption is stated by a name that several persons have.",
        ),
        Unable::Unknown => Text::new(
            "Undantagets ägare går inte att hitta i personalregistret.",
            "The owner of the exemption cannot be found in payroll.",
        ),
    };
    text.into()
}
