//! The summary: numbers and posts for the whole organisation, no person.

use super::owner::recipient;
use super::recipient::RecipientShown;
use super::split::Slugs;
use super::{
    Delays, DepartmentLine, Disclosure, Door, InputShown, MatchingShown, Measure, Reliability, RunFacts, Shown,
    SystemTally, Trend, Trust, UntestedShown, departments, matching, measures, owner, reliability, trend,
};
use crate::answer_form::Decision;
use crate::config::Split;
use crate::followup::{Followed, State, Tracked};
use crate::matching::{Found, Outcome};
use crate::model::{ProtectedCount, Severity, percent};
use crate::review::{Check, Group, Mend, Subject, SystemCx, Tells};
use crate::runfolder::Counts;
use chrono::NaiveDate;
use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

/// In numbers of findings by where they stand: decided, and there is nothing to be done.
pub const KEPT: &str = "kept";

/// A finding about a system or the run, in words.
#[derive(Clone, Debug)]
pub struct ControlFinding {
    /// Which system, by name; `None` for the whole.
    pub system: Option<Shown>,
    /// How grave.
    pub severity: Severity,
    /// Title of the rule.
    pub title: &'static str,
    /// What was found.
    pub message: Shown,
    /// What to do.
    pub action: &'static str,
    /// The lines of the configuration that mend it, each behind the table it stands under.
    pub mends: Vec<MendShown>,
}

/// A line of the configuration that mends something.
#[derive(Clone, Debug)]
pub struct MendShown {
    /// The table it stands under.
    pub table: Shown,
    /// Where it mends what was found, if that is not always.
    pub when: Option<&'static str>,
    /// The line.
    pub line: Shown,
}

impl ControlFinding {
    /// Puts a finding into words. Its message names nobody.
    pub(super) fn new(tracked: &Tracked, door: &Door<'_>) -> Self {
        let finding = &tracked.finding;
        let system = match finding.subject {
            Subject::System(place) | Subject::Account(place, _) => {
                Some(door.show(&door.review.systems[place].config.system.name))
            }
            Subject::Person(_) | Subject::Whole => None,
        };
        let hit = finding.hit(door.review);
        Self {
            system,
            severity: finding.graded.result,
            title: hit.title.unwrap_or(finding.rule.title).get(door.language),
            message: door.say(&hit.message),
            action: finding.rule.action.get(door.language),
            mends: hit.mends.iter().map(|own| mend_shown(own, door)).collect(),
        }
    }
}

fn mend_shown(mend: &Mend, door: &Door<'_>) -> MendShown {
    let when = mend.when.map(|when| when.get(door.language));
    MendShown { table: door.show(&mend.table), when, line: door.show(&mend.line) }
}

/// One system on one line.
#[derive(Clone, Debug)]
pub struct SystemLine {
    /// Id.
    pub id: String,
    /// Name.
    pub name: Shown,
    /// The owner's post.
    pub owner_post: Option<Shown>,
    /// Whether any owner is stated.
    pub has_owner: bool,
    /// Whether its list has come to somebody: there was an export, and whoever answers for it can be reached.
    pub handed_over: bool,
    /// Committee.
    pub committee: Option<Shown>,
    /// Information class.
    pub classification: Option<Shown>,
    /// When the list of systems was last confirmed to be right about it.
    pub confirmed: Option<NaiveDate>,
    /// Latest risk analysis.
    pub risk_analysis: Option<NaiveDate>,
    /// The day the export proves; `None` where the system was not reviewed.
    pub tested_day: Option<NaiveDate>,
    /// Whether an earlier run has reviewed it.
    pub reviewed_before: bool,
    /// Why it was left out and by whom, where it was.
    pub left_out: Option<Shown>,
    /// Accounts that may be shown.
    pub accounts: u64,
    /// Accounts of protected persons, as far as the number may be told.
    pub protected: ProtectedCount,
    /// Accounts by outcome.
    pub outcomes: BTreeMap<String, u64>,
    /// Percent of the personal accounts whose holder was found.
    pub match_rate: Option<u64>,
    /// Holders found, seen from both sides, where the export could be read.
    pub found: Option<Found>,
    /// How good the matching is: holders found on both sides, links that can be expected to be wrong, trials.
    pub quality: MatchingShown,
    /// Findings by severity, the lightest first.
    pub by_severity: [u64; 5],
    /// Findings by group, and how many of them are high or critical.
    pub by_group: BTreeMap<&'static str, (u64, u64)>,
    /// Rules that could not be tested.
    pub untested: Vec<UntestedShown>,
    /// Rows that were answered.
    pub answered: u64,
    /// Findings that were verified as done.
    pub verified: u64,
    /// When the last list that came back was signed.
    pub signed: Option<NaiveDate>,
    /// Rows to answer.
    pub to_answer: u64,
    /// How far the result can be trusted.
    pub reliability: Reliability,
}

impl SystemLine {
    /// Accounts that are under review: all but those that are left out on purpose.
    pub fn under_review(&self) -> u64 {
        self.accounts.saturating_sub(self.outcomes.get(Outcome::Excluded.code()).copied().unwrap_or(0))
    }

    /// The same of a system that was tested: how many another has is not known.
    pub fn tested_accounts(&self) -> Option<u64> {
        self.tested_day.map(|_| self.under_review())
    }

    /// Findings in all.
    pub fn findings(&self) -> u64 {
        self.by_severity.iter().sum()
    }
}

/// One control activity of one committee, for the internal-control report.
#[derive(Clone, Debug)]
pub struct ControlPoint {
    /// Committee, or `None` where the systems have none.
    pub committee: Option<Shown>,
    /// What it is about.
    pub group: Group,
    /// Findings, and how many of them are high or critical.
    pub findings: (u64, u64),
}

/// The whole summary.
#[derive(Clone, Debug)]
pub struct SummaryBook {
    /// The committee it is for; `None` for the whole organisation.
    pub about: Option<Shown>,
    /// Who is to read it: the committee, or whoever answers for the control; `None` where nobody is stated.
    pub recipient: Option<RecipientShown>,
    /// Accounts of protected persons in the whole organisation, as far as the number may be told; only there.
    pub protected: Option<ProtectedCount>,
    /// One line a system.
    pub systems: Vec<SystemLine>,
    /// Findings about the control itself, and about systems.
    pub control: Vec<ControlFinding>,
    /// Control activities by committee.
    pub points: Vec<ControlPoint>,
    /// Every input.
    pub inputs: Vec<InputShown>,
    /// Persons in payroll, and how many are employed on the reference date.
    pub persons: (u64, u64),
    /// What was decided and not shown done yet.
    pub measures: Vec<Measure>,
    /// How it has moved over the runs.
    pub trend: Trend,
    /// Accounts that are nobody's in particular and have no owner.
    pub without_owner: u64,
    /// What became of what was found before, by state.
    pub states: BTreeMap<String, u64>,
    /// Findings by rule title, most first.
    pub by_rule: Vec<(&'static str, u64)>,
    /// By department.
    pub departments: Vec<DepartmentLine>,
    /// Leavers with access, all departments together.
    pub leavers: Delays,
    /// Rules on payroll by title, with findings; `None` where one could not be tested.
    pub payroll: Vec<(&'static str, Option<u64>)>,
}

impl SummaryBook {
    /// Leavers with an active account, beside those who have probably left; `None` where there is no system of which that
    /// could be told: nobody found is not nobody there.
    pub fn leavers_told(&self) -> Option<u64> {
        let Delays { count, likely, .. } = self.leavers;
        let judged =
            || self.systems.iter().any(|own| own.tested_day.is_some() && own.reliability.trust != Trust::NotJudged);
        (count + likely > 0 || judged()).then_some(count)
    }
}

/// What summaries are made from.
pub struct Summarise<'a, 'd> {
    /// The run.
    pub disclosure: &'d Disclosure<'a>,
    /// Counts of the whole and of each system.
    pub counts: &'d Counts,
    /// What was kept of each system.
    pub tallies: &'d [SystemTally],
}

impl<'a> Summarise<'a, '_> {
    /// The summary of every system, or of one committee's.
    pub fn book(&self, committee: Option<&str>) -> SummaryBook {
        let Disclosure { door, run, .. } = self.disclosure;
        let review = door.review;
        let own = |cx: &SystemCx<'_>| committee.is_none_or(|name| cx.config.system.committee.as_deref() == Some(name));
        let contexts: Vec<SystemCx<'_>> = review.system_contexts().filter(own).collect();
        let places: Vec<usize> = contexts.iter().map(|cx| cx.place).collect();
        let open = self.findings_in(&places, committee);
        let systems: Vec<SystemLine> = contexts.iter().map(|cx| self.system_line(*cx)).collect();
        let tallies: Vec<&SystemTally> = self.tallies.iter().filter(|tally| places.contains(&tally.place)).collect();
        let (departments, leavers) = departments::lines(door, &open, &tallies, &places);
        let employed = review.roster.employed_on(review.config.review.as_of);
        SummaryBook {
            about: door.show_some(committee),
            recipient: match committee {
                Some(name) => Some(RecipientShown::named(&door.show(name))),
                None => recipient([&review.config.review.control_owner, &None], door),
            },
            protected: committee.is_none().then(|| review.protected_in_all()),
            points: control_points(&systems, &open),
            inputs: self.inputs_in(&contexts),
            systems,
            control: control(&open, door),
            departments,
            leavers,
            persons: (review.roster.in_payroll() as u64, employed as u64),
            measures: self.measures(&contexts, committee),
            trend: self.trend(&contexts, committee),
            without_owner: without_owner(&open),
            states: self.states(&contexts, committee),
            by_rule: by_rule(&open, run),
            payroll: payroll_rules(self.disclosure.findings_of_whole(), self.disclosure.followed, run),
        }
    }

    fn trend(&self, systems: &[SystemCx<'_>], committee: Option<&str>) -> Trend {
        let ids: Vec<&str> = systems.iter().map(|cx| cx.config.system.id.as_str()).collect();
        trend::of_systems(self.disclosure, self.counts, committee.map(|_| ids.as_slice()))
    }

    fn measures(&self, systems: &[SystemCx<'_>], committee: Option<&str>) -> Vec<Measure> {
        let mut measures = measures::open(self.disclosure, systems);
        if committee.is_none() {
            measures.extend(measures::of_left_out(self.disclosure));
        }
        measures
    }

    /// Findings of some systems by where they stand between runs. What is to be kept is decided and has nothing to be
    /// done; what is about a system was asked of nobody, and is still there.
    fn states(&self, systems: &[SystemCx<'_>], committee: Option<&str>) -> BTreeMap<String, u64> {
        let mut states: BTreeMap<String, u64> = BTreeMap::new();
        // Systems that are no part of the review any more are told of in the whole alone.
        let left_out = self.disclosure.gone.iter().filter(|gone| gone.system.is_none() && gone.then.system.is_some());
        for own in left_out.filter(|_| committee.is_none()) {
            *states.entry(own.fate.code().to_owned()).or_default() += 1;
        }
        for own in systems.iter().filter_map(|cx| self.counts.systems.get(cx.config.system.id.as_str())) {
            own.findings.state.iter().for_each(|(state, number)| *states.entry(state.clone()).or_default() += number);
        }
        let keeps = |tracked: &&&Tracked| {
            let answer = tracked.answer.as_ref().map(|answer| answer.decision);
            tracked.state == State::Decided && answer == Some(Decision::Keep)
        };
        let nobodys = |tracked: &&&Tracked| {
            tracked.state == State::Unanswered && !matches!(tracked.finding.subject, Subject::Account(..))
        };
        let findings = || systems.iter().flat_map(|cx| self.disclosure.findings_of(cx.place));
        let mut tell_as = |own: State, number: usize, other: &str| {
            if let Some(counted) = states.get_mut(own.code()).filter(|_| number > 0) {
                *counted = counted.saturating_sub(number as u64);
                *states.entry(other.to_owned()).or_default() += number as u64;
            }
        };
        tell_as(State::Decided, findings().filter(keeps).count(), KEPT);
        tell_as(State::Unanswered, findings().filter(nobodys).count(), State::Open.code());
        states
    }

    /// One summary a committee, with its file's name, in alphabetical order.
    pub fn committees(&self) -> Vec<(String, SummaryBook)> {
        let systems = self.disclosure.door.review.config.systems.iter();
        let names: BTreeSet<&str> = systems.filter_map(|config| config.system.committee.as_deref()).collect();
        let (mut slugs, door) = (Slugs::default(), &self.disclosure.door);
        let fresh = names.into_iter().filter_map(|name| Some((slugs.give(&door.show(name))?, self.book(Some(name)))));
        fresh.collect()
    }

    /// Findings about some systems, and about the run; about payroll only in the whole summary.
    fn findings_in(&self, places: &[usize], committee: Option<&str>) -> Vec<&'a Tracked> {
        let about_payroll = |tracked: &&Tracked| matches!(tracked.finding.subject, Subject::Person(_));
        let whole = self.disclosure.findings_of_whole().iter();
        let whole = whole.filter(|tracked| committee.is_none() || !about_payroll(tracked));
        places.iter().flat_map(|place| self.disclosure.findings_of(*place)).chain(whole).copied().collect()
    }

    fn inputs_in(&self, systems: &[SystemCx<'_>]) -> Vec<InputShown> {
        let own = |id: &str| systems.iter().any(|cx| cx.config.system.id.as_str() == id);
        self.disclosure.inputs.iter().filter(|input| input.system.as_deref().is_none_or(own)).cloned().collect()
    }

    /// Whether somebody gets a system's list: the departments where it is cut so.
    fn has_receiver(&self, cx: SystemCx<'_>) -> bool {
        let system = &cx.config.system;
        cx.config.split == Split::Department
            || recipient([&system.owner, &system.administrator], &self.disclosure.door).is_some()
    }

    fn system_line(&self, cx: SystemCx<'_>) -> SystemLine {
        let Disclosure { door, .. } = self.disclosure;
        let shown = owner::shown(cx, door);
        let own = self.counts.systems.get(&shown.id).cloned().unwrap_or_default();
        let of = |severity: Severity| own.findings.severity.get(severity.code()).copied().unwrap_or(0);
        SystemLine {
            owner_post: cx.config.system.owner.as_deref().and_then(|written| door.names.post(written)),
            has_owner: cx.config.system.owner.is_some(),
            handed_over: cx.export.is_some() && self.has_receiver(cx),
            accounts: own.accounts.outcome.values().sum::<u64>(),
            protected: own.protected,
            match_rate: match_rate(&own),
            quality: cx.matches.map(|matches| MatchingShown(matching::quality(matches, door))).unwrap_or_default(),
            found: cx.matches.map(|matches| matches.quality.found),
            by_severity: Severity::ALL.map(of),
            by_group: by_group(self.disclosure.findings_of(cx.place)),
            untested: owner::untested(cx.place, self.disclosure),
            to_answer: own.to_answer,
            reliability: reliability::of_system(&cx, self.disclosure),
            answered: own.answered,
            verified: own.verified,
            signed: cx.review.recalled.sign_off(&cx.config.system.id).and_then(|own| own.on),
            outcomes: own.accounts.outcome,
            id: shown.id,
            name: shown.name,
            committee: shown.committee,
            classification: shown.classification,
            confirmed: shown.confirmed,
            risk_analysis: shown.risk_analysis,
            tested_day: shown.tested_day,
            reviewed_before: cx.review.recalled.reviewed.contains(cx.config.system.id.as_str()),
            left_out: cx.config.system.left_out.as_ref().map(|own| door.show(&format!("{}, {}", own.why, own.by))),
        }
    }
}

/// Findings by group, and how many of them are high or critical.
fn by_group(findings: &[&Tracked]) -> BTreeMap<&'static str, (u64, u64)> {
    let mut by_group: BTreeMap<&'static str, (u64, u64)> = BTreeMap::new();
    for tracked in findings {
        let (all, grave) = by_group.entry(tracked.finding.rule.group.code()).or_default();
        *all += 1;
        *grave += u64::from(tracked.finding.graded.result >= Severity::High);
    }
    by_group
}

/// Findings about systems and about the control itself, the gravest first, then in the order of the catalogue.
fn control(open: &[&Tracked], door: &Door<'_>) -> Vec<ControlFinding> {
    let is_control = |own: &&Tracked| matches!(own.finding.subject, Subject::System(_) | Subject::Whole);
    let mut control: Vec<&Tracked> = open.iter().copied().filter(is_control).collect();
    control.sort_by_key(|own| (Reverse(own.finding.graded.result), own.finding.rule.place()));
    control.into_iter().map(|tracked| ControlFinding::new(tracked, door)).collect()
}

/// Rules on payroll itself: title, and how many findings; `None` where it could not be tested.
fn payroll_rules(open: &[&Tracked], followed: &Followed, run: &RunFacts) -> Vec<(&'static str, Option<u64>)> {
    let of_payroll = run.rules.iter().filter(|shown| matches!(shown.rule.check, Check::Person { .. }));
    let untested = |id: &str| followed.untested.iter().any(|own| own.system.is_none() && own.rule.id == id);
    let count = |id: &str| open.iter().filter(|tracked| tracked.finding.rule.id == id).count() as u64;
    let line = |shown: &super::run::RuleShown| {
        let id = shown.rule.id;
        let tested = shown.base.is_some() && !untested(id);
        (shown.rule.title.get(run.language), tested.then(|| count(id)))
    };
    of_payroll.map(line).collect()
}

/// Percent linked, of those that could be somebody's.
fn match_rate(counts: &Counts) -> Option<u64> {
    let of = |code: &str| counts.accounts.outcome.get(code).copied().unwrap_or(0);
    let tried = of("linked") + of("candidate") + of("disputed") + of("unmatched");
    percent(of("linked"), tried)
}

/// Accounts with a finding that nobody answers for them.
fn without_owner(open: &[&Tracked]) -> u64 {
    let is_one = |own: &&&Tracked| own.finding.rule.tells == Tells::NobodyAnswers;
    open.iter().filter(is_one).map(|own| own.finding.subject).collect::<BTreeSet<_>>().len() as u64
}

fn by_rule(open: &[&Tracked], run: &RunFacts) -> Vec<(&'static str, u64)> {
    let count = |id: &str| open.iter().filter(|tracked| tracked.finding.rule.id == id).count() as u64;
    let mut rules: Vec<(&'static str, u64)> = run
        .rules
        .iter()
        .map(|shown| (shown.rule.title.get(run.language), count(shown.rule.id)))
        .filter(|(_, count)| *count > 0)
        .collect();
    rules.sort_by_key(|(_, count)| Reverse(*count));
    rules
}

/// One control activity for each committee and each group of rules about accounts.
fn control_points(systems: &[SystemLine], open: &[&Tracked]) -> Vec<ControlPoint> {
    let mut committees: Vec<Option<Shown>> = systems.iter().map(|system| system.committee.clone()).collect();
    committees.sort();
    committees.dedup();
    let mut points = Vec::new();
    for committee in committees {
        let own: Vec<&SystemLine> = systems.iter().filter(|system| system.committee == committee).collect();
        for group in [Group::Account, Group::Owner, Group::Activity, Group::Privilege, Group::Control] {
            points.push(control_point(committee.clone(), group, &own));
        }
    }
    points.extend(payroll_point(open));
    points
}

/// The control activity on payroll itself, which belongs to no committee's systems.
fn payroll_point(open: &[&Tracked]) -> Option<ControlPoint> {
    let own = || open.iter().filter(|tracked| matches!(tracked.finding.subject, Subject::Person(_)));
    let grave = own().filter(|tracked| tracked.finding.graded.result >= Severity::High).count() as u64;
    let findings = (own().count() as u64, grave);
    (findings.0 > 0).then_some(ControlPoint { committee: None, group: Group::Payroll, findings })
}

fn control_point(committee: Option<Shown>, group: Group, systems: &[&SystemLine]) -> ControlPoint {
    let of_group = systems.iter().filter_map(|system| system.by_group.get(group.code()));
    let findings = of_group.fold((0, 0), |sum, own| (sum.0 + own.0, sum.1 + own.1));
    ControlPoint { committee, group, findings }
}
