//! The configuration names something that no file has.

use crate::model::{Message, Severity, Text, capitalised, message};
use crate::review::config_key::ConfigKey;
use crate::review::rule::needs_export;
use crate::review::unmet::{Unmet, in_payroll, in_system};
use crate::review::{Check, Fact, Group, Hit, RestsOn, Review, Rule, Stage, SystemCx, Tells};
use std::collections::BTreeSet;

pub(super) const RULE: Rule = Rule {
    id: "configured-unmet",
    group: Group::Control,
    base: Severity::Medium,
    title: Text::new("Något i konfigurationen träffar ingenting", "Something in the configuration meets nothing"),
    why: Text::new(
        "Konfigurationen nämner något som inte finns i någon fil. Det kan vara felstavat, och då prövas inte det som var tänkt.",
        "The configuration names something that no file has. It may be misspelt, and then what was meant is not tested.",
    ),
    action: Text::new(
        "Rätta ordet i konfigurationen så som det står i filen, eller ta bort det.",
        "Correct the word in the configuration to what the file has, or remove it.",
    ),
    proposal: Text::new("Rätta konfigurationen", "Correct the configuration"),
    clauses: &["ISO/IEC 27001:2022 A.5.18"],
    stage: Stage::Facts,
    tells: Tells::NothingMore,
    rests_on: RestsOn::NOTHING,
    check: Check::Both { untested: needs_export, whole, system },
};

fn whole(review: &Review<'_>) -> Option<Hit> {
    hit(&in_payroll(review), None)
}

fn system(cx: &SystemCx<'_>) -> Option<Hit> {
    hit(&in_system(cx), Some(cx))
}

fn hit(unmet: &[Unmet], system: Option<&SystemCx<'_>>) -> Option<Hit> {
    if unmet.is_empty() {
        return None;
    }
    let list = |name: fn(Text) -> &'static str| -> String {
        let part = |own: &Unmet| {
            let words = own.key.takes_words().then(|| format!(" \"{}\"", own.words.join("\", \"")));
            format!("{}{}", name(own.key.in_words()), words.unwrap_or_default())
        };
        unmet.iter().map(part).collect::<Vec<_>>().join("; ")
    };
    let (sv, en) = (list(|name| name.sv), list(|name| name.en));
    let Message { mut sv, mut en } = message!(
        "Det här i konfigurationen finns inte i någon fil: {sv}.",
        "This in the configuration is in no file: {en}."
    );
    for (name, consequence) in unmet.iter().filter_map(|own| Some((own.key.in_words(), consequence(own, system)?))) {
        sv.push_str(&format!(" {}: {}.", capitalised(name.sv), consequence.sv));
        en.push_str(&format!(" {}: {}.", capitalised(name.en), consequence.en));
    }
    let mut hit = Hit::new(Message { sv, en });
    hit.base = unmet.iter().any(|own| own.silences).then_some(Severity::High);
    let words = unmet.iter().flat_map(|own| own.words.iter().map(|word| format!("{}: {word}", own.key.written())));
    let hit = hit.fact("unmet", Fact::List(words.collect()));
    Some(unmet.iter().fold(hit, |hit, own| {
        let corrected = own.corrected.as_deref();
        let Some((table, line)) = corrected.and_then(|words| own.key.line(words)) else { return hit };
        match system.filter(|_| table.starts_with("[system")) {
            Some(cx) if table == "[system]" => hit.mended_in(cx, line),
            Some(cx) => hit.mended_below(cx, table, line),
            None => hit.mended(table, line),
        }
    }))
}

/// What follows of it, where that needs saying.
fn consequence(unmet: &Unmet, system: Option<&SystemCx<'_>>) -> Option<Message> {
    let text = match unmet.key {
        ConfigKey::Companies if unmet.silences => Text::new(
            "anställda hos alla arbetsgivare räknas för systemet, så att ingen är prövad som anställd någon annanstans",
            "the staff of all employers count for the system, so that nobody is tested for being employed elsewhere",
        ),
        ConfigKey::Companies => return system.and_then(counts_too),
        ConfigKey::Conflict => Text::new("rollerna i paret är inte prövade", "the roles of the pair are not tested"),
        ConfigKey::Exclude if unmet.silences => {
            Text::new("kolumnen finns inte i exporten", "the export has no such column")
        }
        ConfigKey::ValidToCloses => {
            Text::new("exporten har ingen kolumn för kontots slut", "the export has no column for the account's end")
        }
        _ => return None,
    };
    Some(text.into())
}

/// Employers that count for the system since one that is written may mean them.
fn counts_too(cx: &SystemCx<'_>) -> Option<Message> {
    let employers: BTreeSet<&str> =
        cx.review.open_employments().filter(|e| e.engagement.is_none()).filter_map(|e| e.company.as_deref()).collect();
    let meant = cx.scope.companies.iter().filter(|own| !cx.config.system.companies.contains(own));
    let meant: Vec<&str> = meant.map(String::as_str).filter(|own| employers.contains(own)).collect();
    let list = format!("\"{}\"", meant.join("\", \""));
    (!meant.is_empty()).then(|| {
        message!(
            "tills det är rättat räknas även anställda hos {list} för systemet",
            "until it is corrected the staff of {list} count for the system too"
        )
    })
}
