//! A sign-in later than the end of employment. Worded with care: a service or a phone can touch the
//! field without anyone signing in.

use super::leaver_active::needs_end_dates;
use crate::model::{Field, Severity, Text, days as in_days, message};
use crate::review::gaps::SIGN_INS;
use crate::review::{AccountCx, Check, Group, Hit, RestsOn, Rule, Stage, SystemCx, Tells};
use crate::roster::Standing;

pub(super) const RULE: Rule = Rule {
    id: "leaver-login",
    group: Group::Account,
    base: Severity::Critical,
    title: Text::new(
        "Inloggning registrerad efter avslutad anställning",
        "Sign-in recorded after the employment ended",
    ),
    why: Text::new(
        "Systemet har registrerat en inloggning senare än anställningens sista dag. Det kan vara en telefon \
         eller ett program som fortfarande är anslutet, men måste utredas.",
        "The system has recorded a sign-in later than the last day of employment. It may be a phone or a \
         program that is still connected, but it must be looked into.",
    ),
    action: Text::new(
        "Lämna först uppgiften till den som hanterar säkerhetsincidenter, inte till en sändlista. Inaktivera \
         kontot och utred vad som loggade in.",
        "First hand the matter to the post that handles security incidents, not to a mailing list. Disable the \
         account and find out what signed in.",
    ),
    proposal: Text::new("Inaktivera konto, utred", "Disable account, look into it"),
    clauses: &["NIST SP 800-53 r5 AC-2g, PS-4"],
    stage: Stage::Facts,
    tells: Tells::AfterEnd,
    rests_on: RestsOn { export: &[Field::LastLogin], ..RestsOn::ENDS }
        .and_needs(&[SIGN_INS])
        .and_thresholds(&["leaver_grace_days"]),
    check: Check::Account { untested, check },
};

fn untested(cx: &SystemCx<'_>) -> Option<Text> {
    needs_end_dates(cx).or_else(|| super::dormant::needs_last_login(cx))
}

fn check(cx: &AccountCx<'_>) -> Option<Hit> {
    let tenure = cx.tenure().filter(|tenure| tenure.standing == Standing::Ended)?;
    let (end, login) = (tenure.end?, cx.last_login()?);
    // A recorded sign-in is never later than the real one, so there is no tolerance; but whoever is still within
    // a grace period has not left, and hourly staff work on and off until their own grace is over.
    let worked_until = tenure.hourly_grace_until.map_or(end, |until| until.max(end));
    if login <= worked_until || !super::leaver_active::grace_is_over(cx, &tenure) {
        return None;
    }
    let Text { sv: what, en: what_en } = super::leaver_active::what_ended(&tenure);
    let days = (login - end).num_days();
    let (sv, en) = in_days(days).both();
    let hit = Hit::new(message!(
        "{what} upphörde {end}. Senaste inloggning {login} är {sv} senare.",
        "{what_en} ended on {end}. The last sign-in, {login}, is {en} later."
    ));
    Some(hit.day("employment_end", Some(end)).day("last_login", Some(login)).number("days", days))
}
