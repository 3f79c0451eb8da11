//! Rows that were passed on to nobody who can be asked.

use crate::answer_form::Decision;
use crate::model::{AccountKey, Message, Severity, Text, counted, message};
use crate::review::{Check, Group, Hit, Receiver, RestsOn, Rule, Stage, SystemCx, Tells};
use std::collections::BTreeMap;

pub(super) const RULE: Rule = Rule {
    id: "receiver-unmet",
    group: Group::Control,
    base: Severity::Medium,
    title: Text::new("Rader skickade vidare till någon som inte kan svara", "Rows passed on to nobody who can answer"),
    why: Text::new(
        "Ett svar säger att någon annan ska avgöra raden, men den som namnges är inte anställd, går inte att hitta eller svarar inte för något. Raden står kvar hos den som fick den.",
        "An answer says that somebody else is to decide, but whoever is named is not employed, cannot be found or answers for nothing. The row stays with whoever got it.",
    ),
    action: Text::new(
        "Ta reda på vem som ska svara. Skriv en e-postadress eller ett anställningsnummer, eller lägg till posten under posts i konfigurationen.",
        "Find out who is to answer. Write an e-mail address or an employee number, or add the post to posts in the configuration.",
    ),
    proposal: Text::new("Ange rätt mottagare", "Name the right recipient"),
    clauses: &["ISO/IEC 27001:2022 A.5.3"],
    stage: Stage::Loop,
    tells: Tells::NotOfInputs,
    rests_on: RestsOn::NOTHING,
    check: Check::System { untested: |_| None, check },
};

/// Receivers told by name; of more only the number.
const TOLD: usize = 5;

fn check(cx: &SystemCx<'_>) -> Option<Hit> {
    let (review, system) = (cx.review, &cx.config.system.id);
    let mut unmet: BTreeMap<(String, String), usize> = BTreeMap::new();
    let is_shown = |row: &AccountKey| {
        let here = review.accounts_then().get(row);
        here.is_some_and(|(place, account)| !review.protection.accounts[*place].contains(account))
    };
    for (_, passed) in review.receivers().all().filter(|(row, _)| row.is_of(system) && is_shown(row)) {
        if let Receiver::Unmet(why) = &passed.receiver {
            *unmet.entry(why.clone().both()).or_default() += 1;
        }
    }
    let unnamed = review.ledger.rows().filter(|(row, answers)| {
        let last = answers
            .iter()
            .rfind(|own| own.decides())
            .filter(|last| last.decision == Decision::NotMine && last.pass_on_to.is_none());
        last.is_some() && row.is_of(system) && is_shown(row)
    });
    let nobody = || message!("ingen är angiven", "nobody is named").both();
    unnamed.for_each(|_| *unmet.entry(nobody()).or_default() += 1);
    let rows: usize = unmet.values().sum();
    (rows > 0).then(|| Hit::new(said(rows, unmet)).count("rows", rows))
}

fn said(rows: usize, unmet: BTreeMap<(String, String), usize>) -> Message {
    let (rader, rows) = counted(rows, ["rad", "rader"], ["row", "rows"]).both();
    let more = unmet.len().saturating_sub(TOLD);
    let (mut sv, mut en): (Vec<String>, Vec<String>) = unmet.into_keys().take(TOLD).unzip();
    if more > 0 {
        sv.push(format!("och {more} till"));
        en.push(format!("and {more} more"));
    }
    let (sv, en) = (sv.join("; "), en.join("; "));
    message!(
        "{rader} skickades vidare till någon som inte kan svara: {sv}.",
        "{rows} passed on to nobody who can answer: {en}."
    )
}
