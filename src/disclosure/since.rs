//! What became of the findings of the run before: for the owner who was asked about them.

use super::holder::department;
use super::{AccountRow, Disclosure, PassedShown, Shown};
use crate::answer_form::Decision;
use crate::followup::{Fate, Gone};
use crate::model::{Language, Message, Text};
use crate::review::RULES;
use chrono::NaiveDate;

/// A finding of the run before that did not come back.
#[derive(Clone, Debug)]
pub struct SinceRow {
    /// What became of it, in a word.
    pub fate: &'static str,
    /// The account it was about; empty where it was about the system.
    pub account: Shown,
    /// Where its holder works or worked; empty where the account is gone.
    pub department: Shown,
    /// Title of the rule.
    pub title: Shown,
    /// Reference date of the run that first saw it.
    pub first_seen: Option<NaiveDate>,
    /// What was decided.
    pub decision: &'static str,
    /// When.
    pub decided_on: Option<NaiveDate>,
    /// When it was done, as the answer says.
    pub claimed_on: Option<NaiveDate>,
    /// The day of the export that shows it done.
    pub shown_on: Option<NaiveDate>,
    /// What shows it, or why it is not known.
    pub how: Shown,
}

/// Those of a system that may be shown, what is proven first; last what was passed on to others.
pub fn of_system(disclosure: &Disclosure<'_>, place: usize, rows: &[AccountRow]) -> Vec<SinceRow> {
    let own = disclosure.gone.iter().filter(|gone| gone.system == Some(place));
    let mut own: Vec<&&Gone> = own.collect();
    own.sort_by_key(|gone| match gone.fate {
        Fate::Verified(..) => 0,
        Fate::Resolved(_) => 1,
        Fate::Untestable(_) => 2,
    });
    let gone = own.into_iter().map(|gone| row(gone, disclosure));
    let passed = rows.iter().filter_map(|row| Some(passed_on(row, row.passed_on.as_ref()?, disclosure)));
    gone.chain(passed).collect()
}

/// A row that another is asked about from now on.
fn passed_on(row: &AccountRow, passed: &PassedShown, disclosure: &Disclosure<'_>) -> SinceRow {
    let language = disclosure.run.language;
    let t = |sv, en| Text::new(sv, en).get(language);
    let first = row.reasons.first();
    let to = &passed.to;
    SinceRow {
        fate: t("Skickat vidare", "Passed on"),
        account: row.account.clone(),
        department: row.department.clone(),
        title: Shown::default().with(first.map_or("", |reason| reason.title)),
        first_seen: row.reasons.iter().map(|reason| reason.first_seen).min(),
        decision: Decision::NotMine.text().get(language),
        decided_on: passed.on,
        claimed_on: None,
        shown_on: None,
        how: match (&passed.by, language) {
            (Some(by), Language::Sv) => Shown::default().with(format_args!("till {to}, av {by}")),
            (Some(by), Language::En) => Shown::default().with(format_args!("to {to}, by {by}")),
            (None, Language::Sv) => Shown::default().with(format_args!("till {to}")),
            (None, Language::En) => Shown::default().with(format_args!("to {to}")),
        },
    }
}

fn row(gone: &Gone, disclosure: &Disclosure<'_>) -> SinceRow {
    let (door, language) = (&disclosure.door, disclosure.run.language);
    let now = gone.system.zip(gone.account);
    let now = now.and_then(|(system, account)| disclosure.door.review.account(system, account));
    let rule = RULES.iter().find(|rule| rule.id == gone.then.rule);
    let answer = gone.answer.as_ref();
    SinceRow {
        fate: words(&gone.fate).get(language),
        account: door.show_some(gone.then.account.as_deref()).unwrap_or_default(),
        department: now.as_ref().map(|cx| department(cx, door)).unwrap_or_default(),
        title: door.show(rule.map_or(&gone.then.rule, |rule| rule.title.get(language))),
        first_seen: gone.then.first_seen.parse().ok(),
        decision: answer.map_or("", |answer| answer.decision.text().get(language)),
        decided_on: answer.and_then(|answer| answer.decided_on),
        claimed_on: answer.and_then(|answer| answer.done_on),
        shown_on: match gone.fate {
            Fate::Verified(_, on) => Some(on),
            Fate::Resolved(_) | Fate::Untestable(_) => None,
        },
        how: door.say(&how(&gone.fate)),
    }
}

fn words(fate: &Fate) -> Text {
    match fate {
        Fate::Verified(..) => Text::new("Åtgärdat, visat i export", "Done, shown in an export"),
        Fate::Resolved(_) => Text::new("Avviker inte längre", "Deviates no longer"),
        Fate::Untestable(_) => Text::new("Kunde inte prövas", "Could not be tested"),
    }
}

fn how(fate: &Fate) -> Message {
    match fate {
        Fate::Verified(proof, _) => proof.text().into(),
        Fate::Resolved(None) => Message { sv: String::new(), en: String::new() },
        Fate::Resolved(Some(why)) | Fate::Untestable(why) => why.clone(),
    }
}
