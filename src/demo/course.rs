//! What becomes of an account over the months of a review: what its owner says of it, whether that is carried out, and so
//! where the finding that a leaver's account is active rightly stands.

use super::accounts::{Made, SystemMade};
use super::month::Month;
use super::people::Human;
use super::random::Random;
use super::system_kind::SystemKind;
use super::truth;
use crate::answer_form::Decision;
use crate::followup::State;
use crate::runfolder::{RESOLVED, UNTESTABLE, VERIFIED};
use chrono::{Days, NaiveDate};
use serde::{Deserialize, Serialize};

/// What an owner says of an account.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Says {
    /// The decision.
    pub decision: Decision,
    /// Why.
    pub reason: Option<String>,
    /// Last day of an exception.
    pub until: Option<NaiveDate>,
    /// Whom it is passed on to.
    pub pass_on_to: Option<String>,
    /// When it was decided.
    pub on: NaiveDate,
}

/// Where a finding stands this month.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Presence {
    /// It is there.
    There(State),
    /// It is there no more, in the word of data files.
    Gone(&'static str),
}

impl Presence {
    /// The word in data files.
    pub fn code(self) -> &'static str {
        match self {
            Self::There(state) => state.code(),
            Self::Gone(code) => code,
        }
    }

    /// Whether it is followed to the next month.
    fn goes_on(self) -> bool {
        matches!(self, Self::There(_)) || self.code() == UNTESTABLE
    }
}

/// One account's way.
#[derive(Clone, Debug, Default)]
pub struct Course {
    /// What its owner says this month, when asked.
    pub says: Option<Says>,
    /// Where the finding stands.
    pub state: Option<Presence>,
    /// What he said last of the finding.
    said: Option<Says>,
    /// Whether he was asked of anything else.
    asked: bool,
    /// The day the account is closed.
    closes: Option<NaiveDate>,
    /// The day it is opened again.
    opens: Option<NaiveDate>,
    /// Whether it was verified as done.
    verified: bool,
    /// Whether it is to be taken away rather than closed.
    removed: bool,
}

impl Course {
    /// Whether what became of the finding is still to be told.
    pub fn goes_on(&self) -> bool {
        self.state.is_some_and(Presence::goes_on)
    }
}

/// Closes, opens and removes what is due by a system's export of this month.
pub fn carry_out(system: &mut SystemMade, month: Month) {
    let exported = system.kind.exported(month.day());
    let due = |day: Option<NaiveDate>| day.is_some_and(|day| day <= exported);
    for account in &mut system.accounts {
        if due(account.course.closes) {
            account.active = due(account.course.opens);
        }
    }
}

/// Where each finding stands this month, and what owners will say of the accounts when they are asked.
pub fn follow(system: &mut SystemMade, people: &[Human], month: Month, random: &mut Random) {
    let (kind, exported, is_read) = (system.kind, system.kind.exported(month.day()), month.delivers(system.kind));
    for account in &mut system.accounts {
        let holder = account.holder.map(|at| &people[at]);
        let left = kind.tells_state() && truth::deviation(account, holder, exported) == Some("leaver");
        let is_shown = holder.is_none_or(|holder| !holder.protected);
        let state = match is_read {
            true => account.state(left && is_shown, exported, month),
            false => account.course.goes_on().then_some(Presence::Gone(UNTESTABLE)),
        };
        account.course.state = state;
        account.course.says = is_read.then(|| account.asked(left, kind, month, random)).flatten();
    }
}

impl SystemMade {
    /// What its export of a month holds: not what was taken away, nor what came later.
    pub fn as_exported(&self, month: Month) -> Self {
        let exported = self.kind.exported(month.day());
        let came_later = |own: &Made| own.created > super::reference_date() && own.created > exported;
        let held = self.accounts.iter().filter(|own| !own.is_away(exported) && !came_later(own));
        Self { kind: self.kind, id: self.id, accounts: held.cloned().collect() }
    }
}

impl Made {
    /// Whether it has been taken away by a day.
    pub fn is_away(&self, day: NaiveDate) -> bool {
        self.course.removed && self.course.closes.is_some_and(|closes| closes <= day)
    }

    /// Where the finding about its leaver stands, if it is or was one.
    fn state(&mut self, left: bool, exported: NaiveDate, month: Month) -> Option<Presence> {
        let Course { state, said, verified, .. } = &mut self.course;
        let followed = state.is_some_and(Presence::goes_on);
        match (left, followed) {
            (true, true) => Some(Presence::There(by_answer(said.as_ref(), month))),
            (true, false) if std::mem::take(verified) => {
                // What was said before it was done says nothing of its coming back.
                *said = None;
                Some(Presence::There(State::Returned))
            }
            (true, false) => Some(Presence::There(State::New)),
            (false, true) => {
                let changes = |said: &Says| matches!(said.decision, Decision::Disable | Decision::Done);
                let decided = said.as_ref().is_some_and(|said| changes(said) && said.on < exported);
                *verified = decided && !self.active;
                Some(Presence::Gone(if *verified { VERIFIED } else { RESOLVED }))
            }
            (false, false) => None,
        }
    }

    /// What its owner says when he finds it on his list: nothing again where what he said still holds.
    fn asked(&mut self, left: bool, kind: SystemKind, month: Month, random: &mut Random) -> Option<Says> {
        let on = month.day() + Days::new(u64::from(random.between(4, 15)));
        if !left {
            let waits = !std::mem::replace(&mut self.course.asked, true);
            return of_another(on, random).filter(|_| waits);
        }
        let expired = |said: &Says| said.until.is_some_and(|until| until < month.day());
        let waits = self.course.said.as_ref().is_none_or(expired);
        let says = of_leaver(on, month, random).filter(|_| waits)?;
        if self.course.closes.is_none() {
            self.closes(&says, kind, random);
        }
        self.course.said = Some(says.clone());
        Some(says)
    }

    /// When it is carried out: soon, late, or before it was said.
    fn closes(&mut self, says: &Says, kind: SystemKind, random: &mut Random) {
        /// Of what is to be closed, what is not done by the next month.
        const LATE: f64 = 0.2;
        /// What is opened again.
        const BACK: f64 = 0.1;
        /// What is taken away rather than closed.
        const AWAY: f64 = 0.3;
        let days = |low, high, random: &mut Random| Days::new(u64::from(random.between(low, high)));
        let closes = match says.decision {
            Decision::Disable if random.chance(LATE) => says.on + days(32, 45, random),
            Decision::Disable => says.on + days(1, 9, random),
            Decision::Done => says.on - Days::new(1),
            _ => return,
        };
        self.course.closes = Some(closes);
        if random.chance(BACK) {
            self.course.opens = Some(closes + days(40, 60, random));
        } else {
            // The directory's names are what the others are known by, and two exports number their rows.
            self.course.removed =
                random.chance(AWAY) && matches!(kind, SystemKind::Care | SystemKind::Finance | SystemKind::School);
        }
    }
}

/// Where what is still there stands by what was said of it.
fn by_answer(said: Option<&Says>, month: Month) -> State {
    let is_due = month.before().answer_by() < month.day();
    // Whoever it was passed on to got the list of the month before.
    let asked = said.is_some_and(|said| said.on <= month.before().day());
    match said.map(|said| (said.decision, said.until)) {
        None if is_due => State::Unanswered,
        Some((Decision::NotMine, _)) if is_due && asked => State::Unanswered,
        None | Some((Decision::NotMine | Decision::Unknown, _)) => State::Open,
        Some((Decision::Exception, Some(until))) if until < month.day() => State::ExceptionExpired,
        Some((Decision::Exception, _)) => State::Excepted,
        Some(_) => State::Decided,
    }
}

/// Most accounts of leavers are closed; some are left blank, kept for a while, or somebody else's to decide.
fn of_leaver(on: NaiveDate, month: Month, random: &mut Random) -> Option<Says> {
    let says =
        |decision, reason: &str| Says { decision, reason: Some(reason.to_owned()), until: None, pass_on_to: None, on };
    Some(match random.unit() {
        x if x < 0.55 => says(Decision::Disable, "Har slutat"),
        x if x < 0.63 => says(Decision::Done, "Kontot stängdes när det upptäcktes"),
        x if x < 0.73 => {
            // It runs out before the second review from now.
            let until = month.day() + Days::new(45);
            Says { until: Some(until), ..says(Decision::Exception, "Avslutar ett ärende") }
        }
        x if x < 0.78 => says(Decision::Keep, "Går in som timvikarie"),
        x if x < 0.83 => Says { pass_on_to: Some("HR-chef".to_owned()), ..says(Decision::NotMine, "Hör till HR") },
        x if x < 0.88 => says(Decision::Unknown, "Känner inte till personen"),
        _ => return None,
    })
}

/// Of what is listed for other reasons most is right as it is.
fn of_another(on: NaiveDate, random: &mut Random) -> Option<Says> {
    let says =
        |decision, reason: &str| Says { decision, reason: Some(reason.to_owned()), until: None, pass_on_to: None, on };
    Some(match random.unit() {
        x if x < 0.6 => says(Decision::Keep, "Behövs i arbetet"),
        x if x < 0.7 => says(Decision::Unknown, "Oklart vem det är"),
        _ => return None,
    })
}
