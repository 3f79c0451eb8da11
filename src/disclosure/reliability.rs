//! How far the result of a system can be trusted, in a word and its reason: a system of which nothing could be judged
//! must not read as one that is in order.

use super::Disclosure;
use crate::followup::Tracked;
use crate::matching::Outcome;
use crate::model::{Severity, Text};
use crate::review::{Extent, Group, Stage, Subject, SystemCx, Tells};
use std::cmp::Reverse;

/// A word for it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Trust {
    /// Nothing could be judged.
    NotJudged,
    /// Something that matters is wanting.
    Limited,
    /// Nothing is known to be wanting.
    Good,
}

impl Trust {
    /// The word a recipient reads.
    pub fn text(self) -> Text {
        match self {
            Self::NotJudged => Text::new("Ej bedömbar", "Not to be judged"),
            Self::Limited => Text::new("Begränsad", "Limited"),
            Self::Good => Text::new("God", "Good"),
        }
    }
}

/// The word, why, and what it rests on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reliability {
    /// The word.
    pub trust: Trust,
    /// Why it is no better.
    pub why: Option<&'static str>,
    /// The gravest of what was found of the inputs, where another reason decides.
    pub also: Option<&'static str>,
    /// Personal accounts whose holder was found, and all that could be somebody's.
    pub found: (u64, u64),
}

/// Percent of the holders that must be found for a good word: where more are missing, columns are rather wrong than
/// people gone.
const MOST_FOUND: u64 = 80;

/// Percent of the accounts that may be left out by decision: pupils in a school's system outnumber its staff.
const MOST_LEFT_OUT: u64 = 80;

/// Judges one system.
pub fn of_system(cx: &SystemCx<'_>, disclosure: &Disclosure<'_>) -> Reliability {
    let found = found(cx, disclosure);
    let judged = of_what_is_there(cx).or_else(|| of_holders(found, cx, disclosure));
    let of_inputs = cx.export.and_then(|_| wanting(cx, disclosure)).or_else(|| less_than_before(cx));
    let few = Text::new("de flesta konton är undantagna genom beslut", "most accounts are left out by decision");
    let few = || is_mostly_left_out(cx).then_some(few);
    let (trust, why, also) = match (judged, of_inputs) {
        (Some((trust, why)), also) => (trust, Some(why), also),
        (None, Some(why)) => (Trust::Limited, Some(why), None),
        (None, None) => few().map_or((Trust::Good, None, None), |why| (Trust::Limited, Some(why), None)),
    };
    let [why, also] = [why, also].map(|text| text.map(|text| text.get(disclosure.run.language)));
    Reliability { trust, why, also, found }
}

/// What makes a system one of which nothing can be judged: there is nothing to look at.
fn of_what_is_there(cx: &SystemCx<'_>) -> Option<(Trust, Text)> {
    let why = if cx.config.system.left_out.is_some() {
        Text::new("undantaget från granskningen", "left out of the review")
    } else if cx.export.is_none() {
        Text::new("exporten saknas", "the export is missing")
    } else if cx.export.is_some_and(|export| export.accounts.is_empty()) {
        Text::new("exporten har inga konton", "the export has no accounts")
    } else if cx.leaves_nothing() {
        Text::new("inget konto återstår att granska", "no account is left to review")
    } else {
        return None;
    };
    Some((Trust::NotJudged, why))
}

/// What the number of holders found says, and whether it can be seen who has left.
fn of_holders(found: (u64, u64), cx: &SystemCx<'_>, disclosure: &Disclosure<'_>) -> Option<(Trust, Text)> {
    if found.0 * 2 < found.1 {
        let why = Text::new("färre än hälften av innehavarna hittades", "fewer than half of the holders were found");
        return Some((Trust::NotJudged, why));
    }
    let leavers = leavers_untested(cx, disclosure);
    if leavers == Some(Extent::Most) {
        let why = Text::new("avslutade anställningar kan inte prövas", "ended employments cannot be tested");
        return Some((Trust::NotJudged, why));
    }
    let many = Text::new("många innehavare hittades inte", "many holders were not found");
    let some = Text::new(
        "avslutade anställningar kan inte prövas för alla innehavare",
        "ended employments cannot be tested of all holders",
    );
    let why = (found.0 * 100 < found.1 * MOST_FOUND).then_some(many).or_else(|| leavers.map(|_| some));
    why.map(|why| (Trust::Limited, why))
}

/// Whether a decision leaves out so many of the accounts that the rest says little of the system. Those of protected
/// persons are not counted on either side: the word would tell how many they are.
fn is_mostly_left_out(cx: &SystemCx<'_>) -> bool {
    let (all, left) = (cx.all_open_accounts().count() as u64, cx.open_accounts().count() as u64);
    (all - left) * 100 > all * MOST_LEFT_OUT
}

/// Accounts whose holder was found, of all that could be somebody's.
fn found(cx: &SystemCx<'_>, disclosure: &Disclosure<'_>) -> (u64, u64) {
    let hidden = &disclosure.door.review.protection.accounts[cx.place];
    let Some(matches) = cx.matches else { return (0, 0) };
    let open = (0u32..).zip(&matches.matches).filter(|(ix, _)| !hidden.contains(&crate::model::AccountIx(*ix)));
    open.fold((0, 0), |(found, all), (_, matched)| match matched.outcome {
        Outcome::Linked => (found + 1, all + 1),
        Outcome::Candidate | Outcome::Disputed | Outcome::Unmatched => (found, all + 1),
        Outcome::Exempt | Outcome::Excluded => (found, all),
    })
}

/// On how much of the system the rule could not be tested that the whole review is made for; nothing where it was.
fn leavers_untested(cx: &SystemCx<'_>, disclosure: &Disclosure<'_>) -> Option<Extent> {
    let own = disclosure.followed.untested_on(cx.place).filter(|untested| untested.rule.tells == Tells::OpenAfterEnd);
    own.map(|untested| untested.extent).reduce(|one, other| if one == Extent::Most { one } else { other })
}

/// Whether it is about less than one row in a hundred of what was read: that is listed, and limits nothing.
fn is_of_few(own: &Tracked, cx: &SystemCx<'_>) -> bool {
    let read: u64 = match own.finding.subject {
        Subject::System(_) => cx.export.map_or(0, |export| export.accounts.len() as u64),
        _ => cx.review.payroll.iter().chain(cx.review.registers).map(|report| report.rows.in_file).sum(),
    };
    own.finding.hit(cx.review).rows().is_some_and(|rows| rows * 100 < read)
}

/// What the export lacks that one before it had.
fn less_than_before(cx: &SystemCx<'_>) -> Option<Text> {
    let extract = cx.review.extract(cx.place)?;
    let rows = Text::new("exporten har förlorat rader", "the export has lost rows");
    let states = Text::new(
        "exporten säger inte längre vilka konton som är avstängda",
        "the export no longer says which accounts are disabled",
    );
    extract.lacks_rows().then_some(rows).or_else(|| extract.lacks_states().then_some(states))
}

/// The gravest of what was found of the control: of this system from medium on, of the whole from high on. Whether
/// answers came is another matter.
fn wanting(cx: &SystemCx<'_>, disclosure: &Disclosure<'_>) -> Option<Text> {
    let is_of_inputs = |own: &&&Tracked| {
        let rule = own.finding.rule;
        let line = match own.finding.subject {
            Subject::System(_) => Severity::Medium,
            Subject::Whole => Severity::High,
            Subject::Account(..) | Subject::Person(_) => return false,
        };
        let of_inputs = rule.group == Group::Control && rule.tells != Tells::NotOfInputs;
        of_inputs && rule.stage == Stage::Facts && own.finding.graded.result >= line && !is_of_few(own, cx)
    };
    let all = disclosure.findings_of(cx.place).iter().chain(disclosure.findings_of_whole());
    let gravest =
        all.filter(is_of_inputs).min_by_key(|own| (Reverse(own.finding.graded.result), own.finding.rule.place()));
    gravest.map(|own| own.finding.hit(cx.review).title.unwrap_or(own.finding.rule.title))
}
