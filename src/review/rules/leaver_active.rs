//! An active account whose holder's employment has ended: the commonest finding of audits.

use crate::model::{
    Employment, EngagementKind, Field, Language, Message, Severity, Text, days as in_days, join_words, message,
};
use crate::review::nearly::soon;
use crate::review::rule::needs_export;
use crate::review::{AccountCx, Check, Fact, Group, Hit, RestsOn, Rule, Stage, SystemCx, Tells};
use crate::roster::{Standing, Tenure};
use chrono::Days;

pub(super) const RULE: Rule = Rule {
    id: "leaver-active",
    group: Group::Account,
    base: Severity::High,
    title: Text::new("Avslutad anställning, kontot aktivt", "Employment ended, account active"),
    why: Text::new(
        "Anställningen har upphört men kontot kan fortfarande användas. Behörighet ska tas bort när behovet \
         upphör, senast när anställningen slutar.",
        "The employment has ended, but the account can still be used. Access is to be removed when the need \
         ends, at the latest when the employment does.",
    ),
    action: Text::new(
        "Inaktivera kontot, eller ange varför det ska vara kvar och till vilket datum.",
        "Disable the account, or state why it is to remain and until which date.",
    ),
    proposal: Text::new("Inaktivera konto", "Disable account"),
    clauses: &[
        "ISO/IEC 27001:2022 A.5.18, A.6.5",
        "NIST SP 800-53 r5 AC-2(3)(b), PS-4",
        "PCI DSS 4 8.2.5",
        "IMY 2023-08-23",
    ],
    stage: Stage::Facts,
    tells: Tells::OpenAfterEnd,
    rests_on: RestsOn::ENDS.and_thresholds(&["leaver_grace_days"]),
    check: Check::Account { untested: needs_end_dates, check },
};

/// Without end dates everyone in payroll counts as employed, and no leaver can be found.
pub(super) fn needs_end_dates(cx: &SystemCx<'_>) -> Option<Text> {
    needs_export(cx).or_else(|| {
        let none = Text::new(
            "personalregistret har ingen kolumn för anställningens slut",
            "payroll has no column for the end of employment",
        );
        let empty = Text::new(
            "personalregistret säger inte på någon rad när en anställning slutar",
            "payroll does not say on any row when an employment ends",
        );
        let columns = [Field::EmploymentEnd, Field::EmploymentStatus];
        let why = if columns.into_iter().any(|field| cx.review.payroll_has(field)) { empty } else { none };
        (!cx.payroll().tells_ends).then_some(why)
    })
}

/// Whether the last day, with the larger of the grace for all and that for hourly staff, lies before the tested day. It
/// is the day that the finding names, whatever ended before it.
pub(super) fn grace_is_over(cx: &AccountCx<'_>, tenure: &Tenure<'_>) -> bool {
    let for_all = Days::new(u64::from(cx.system.thresholds().leaver_grace_days));
    let until = tenure.end.map(|end| end + for_all);
    until.max(tenure.hourly_grace_until).is_some_and(|until| until < cx.tested_day())
}

/// An external's engagement has a rule of its own.
fn is_external(tenure: &Tenure<'_>) -> bool {
    tenure.main.and_then(Employment::engaged_as) == Some(EngagementKind::External)
}

/// What came to its end.
pub(super) fn what_ended(tenure: &Tenure<'_>) -> Text {
    match tenure.last.is_some_and(Employment::is_engagement) {
        true => Text::new("Uppdraget", "The engagement"),
        false => Text::new("Anställningen", "The employment"),
    }
}

fn check(cx: &AccountCx<'_>) -> Option<Hit> {
    let tenure = cx.tenure()?;
    if tenure.standing != Standing::Ended || !cx.is_active() || is_external(&tenure) {
        return None;
    }
    let Text { sv: what, en: what_en } = what_ended(&tenure);
    let Some(end) = tenure.end else {
        return Some(Hit::new(message!(
            "{what} har upphört enligt registret, utan slutdatum. Kontot är aktivt.",
            "{what_en} has ended according to the register, without an end date. The account is active."
        )));
    };
    if !grace_is_over(cx, &tenure) {
        return None;
    }
    let tested = cx.tested_day();
    let days = (tested - end).num_days();
    let (sv, en) = in_days(days).both();
    let hit = Hit::new(message!(
        "{what} upphörde {end}, {sv} före den dag som exporten visar. Kontot är aktivt.",
        "{what_en} ended on {end}, {en} before the day the export shows. The account is active."
    ));
    let hit = hit.day("employment_end", Some(end)).day("tested_day", Some(tested)).number("days", days);
    Some(with_others(hit, cx))
}

/// Accounts of the same person that are listed. Every one of them would list all the others.
const MOST_OTHERS: usize = 20;

/// The person's other active accounts, so that one owner does not close one of five.
fn with_others(mut hit: Hit, cx: &AccountCx<'_>) -> Hit {
    let others = cx.system.review.accounts_of(cx.matched.person());
    let others = others.filter(|other| (other.system.place, other.ix) != (cx.system.place, cx.ix));
    let active: Vec<AccountCx<'_>> = others.filter(AccountCx::is_active).collect();
    if active.is_empty() {
        return hit;
    }
    let mut systems: Vec<&str> = active.iter().map(|other| other.system.config.system.name.as_str()).collect();
    systems.dedup();
    let (sv, en) = (join_words(&systems, Language::Sv), join_words(&systems, Language::En));
    hit.message.sv.push_str(&format!(" Personen har fler aktiva konton: {sv}."));
    hit.message.en.push_str(&format!(" The person has more active accounts: {en}."));
    let label = |other: &AccountCx<'_>| format!("{}/{}", other.system.config.system.id, other.label());
    let listed = Fact::List(active.iter().take(MOST_OTHERS).map(label).collect());
    let hit = hit.fact("other_accounts", listed);
    if active.len() > MOST_OTHERS { hit.count("other_accounts_in_all", active.len() as u64) } else { hit }
}

/// The last day is soon, or the days of grace after it go on.
pub(super) fn nearly(cx: &AccountCx<'_>) -> Option<Message> {
    let tenure = cx.tenure().filter(|tenure| cx.is_active() && !is_external(tenure))?;
    let (end, tested) = (tenure.end?, cx.tested_day());
    let Text { sv: what, en: what_en } = what_ended(&tenure);
    if tenure.standing == Standing::Ended {
        return (!grace_is_over(cx, &tenure)).then(|| {
            message!(
                "{what} upphörde {end}, men dagarna som räknas som frist är inte slut den dag som exporten visar.",
                "{what_en} ended on {end}, but the days of grace are not over on the day the export shows."
            )
        });
    }
    let (sv, en) = in_days(soon(end, tested)?).both();
    Some(message!(
        "{what} upphör {end}, {sv} efter den dag som exporten visar.",
        "{what_en} ends on {end}, {en} after the day the export shows."
    ))
}
