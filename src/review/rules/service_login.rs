//! A person signs in with an account that is meant for a program.

use crate::model::{AccountClass, Field, Severity, Text, message};
use crate::review::rule::needs_export;
use crate::review::{AccountCx, Check, Group, Hit, RestsOn, Rule, Stage, SystemCx, Tells};
use chrono::Days;

pub(super) const RULE: Rule = Rule {
    id: "service-login",
    group: Group::Activity,
    base: Severity::Medium,
    title: Text::new("Tjänstekonto används för inloggning av en person", "A person signs in with a service account"),
    why: Text::new(
        "Ett tjänstekonto är till för ett program. När en person loggar in med det syns inte vem som gjorde vad.",
        "A service account is for a program. When a person signs in with it, nobody can see who did what.",
    ),
    action: Text::new(
        "Ta reda på vem som loggar in och ge personen ett eget konto. Byt kontots lösenord.",
        "Find out who signs in and give that person an account of their own. Change the password of this one.",
    ),
    proposal: Text::new("Utred, byt lösenord", "Look into it, change the password"),
    clauses: &["NIST SP 800-53 r5 AC-2", "PCI DSS 4 8.2.2"],
    stage: Stage::Facts,
    tells: Tells::NothingMore,
    rests_on: RestsOn::export(&[Field::LastInteractiveLogin])
        .and_needs(&[&[Field::LastInteractiveLogin]])
        .and_thresholds(&["dormant_days"]),
    check: Check::Account { untested, check },
};

fn untested(cx: &SystemCx<'_>) -> Option<Text> {
    needs_export(cx).or_else(|| {
        let none = Text::new(
            "exporten skiljer inte personers inloggning från programs",
            "the export does not tell persons' sign-ins from programs'",
        );
        cx.lacks(&[Field::LastInteractiveLogin], none)
    })
}

fn check(cx: &AccountCx<'_>) -> Option<Hit> {
    let login = cx.account.last_interactive_login?;
    let days = cx.system.thresholds().dormant_days;
    let recent = login + Days::new(u64::from(days)) >= cx.tested_day();
    if cx.matched.class != AccountClass::Service || !recent {
        return None;
    }
    let hit = Hit::new(message!(
        "En person loggade in med tjänstekontot senast {login}.",
        "A person last signed in with the service account on {login}."
    ));
    Some(hit.day("last_interactive_login", Some(login)))
}
