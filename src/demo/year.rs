//! The months after the first: people leave, move, come back and come new, accounts are made for them and used, and owners
//! carry out what they said, or do not.

use super::Municipality;
use super::accounts::{self, SystemMade};
use super::course;
use super::month::Month;
use super::people::{self, Crowd, ELECTED, Human, Job, is_head};
use super::random::Random;
use chrono::{Days, NaiveDate};

/// Of those at work, those who leave in a month.
const LEAVE: f64 = 0.012;

/// Of those at work, those who get another unit in a month.
const MOVE: f64 = 0.008;

/// Those who come in a month, of everyone.
const COME: f64 = 0.012;

/// Of those who have left, those who come back in a month.
const COME_BACK: f64 = 0.02;

/// Of the accounts of those who leave, those that are forgotten.
const FORGOTTEN: f64 = 0.4;

impl Municipality {
    /// What follows from the first month: where its findings stand, and what owners say.
    pub fn begin(&mut self, months: u32, seed: u64) -> Random {
        self.month = Month { of: months, ..self.month };
        let mut random = Random::new(seed ^ 0x5eed_0fa1_1d0b_7357);
        self.follow(&mut random);
        random
    }

    /// Goes on to the next month.
    pub fn go_on(&mut self, random: &mut Random) {
        let before = self.month.day();
        let systems = &mut self.systems;
        for system in systems.iter_mut() {
            let exported = system.kind.exported(before);
            system.accounts.retain(|own| !own.is_away(exported) || own.course.goes_on());
        }
        self.month = Month { number: self.month.number + 1, ..self.month };
        leave_and_move(&mut self.crowd, systems, before, random);
        come_back(&mut self.crowd.people, self.month, random);
        self.newcomers(before, random);
        for system in &mut self.systems {
            course::carry_out(system, self.month);
            use_accounts(system, &self.crowd.people, self.month, random);
        }
        self.follow(random);
    }

    fn follow(&mut self, random: &mut Random) {
        for system in &mut self.systems {
            course::follow(system, &self.crowd.people, self.month, random);
        }
    }

    fn newcomers(&mut self, before: NaiveDate, random: &mut Random) {
        let Self { population, crowd, names, systems, month } = self;
        let stated = |number: &str| {
            let all = systems.iter().flat_map(|system| &system.accounts);
            all.filter_map(|own| own.stated.personal_number.as_deref()).any(|own| own == number)
        };
        while crowd.spare_numbers.last().is_some_and(|number| stated(number)) {
            crowd.spare_numbers.pop();
        }
        let coming = (0..crowd.people.len()).filter(|_| random.chance(COME)).count();
        for _ in 0..coming {
            let mut human = people::newcomer(crowd, *population, names, random);
            human.jobs[0].start = before + Days::new(u64::from(random.between(1, 20)));
            human.jobs[0].entered = month.number;
            let (at, start) = (crowd.people.len(), human.jobs[0].start);
            crowd.people.push(human);
            for system in systems.iter_mut() {
                if random.chance(system.kind.share(&crowd.people[at]).min(1.0)) {
                    let made = accounts::of_person(system.kind, at, crowd, names, random);
                    system.accounts.extend(made.map(|made| accounts::Made { created: start, ..made }));
                }
            }
        }
    }
}

/// Some of those at work leave, and some of their accounts are forgotten; some get another unit, and keep what they had.
fn leave_and_move(crowd: &mut Crowd, systems: &mut [SystemMade], before: NaiveDate, random: &mut Random) {
    for (at, human) in crowd.people.iter_mut().enumerate().filter(|(at, _)| !is_head(*at)) {
        let [job] = human.jobs.as_mut_slice() else { continue };
        if job.end.is_some() || job.start > before - Days::new(60) || job.form == ELECTED || job.leave.is_some() {
            continue;
        }
        match random.unit() {
            x if x < LEAVE => {
                let end = before + Days::new(u64::from(random.between(1, 22)));
                job.end = Some(end);
                job.last_worked = job.last_worked.map(|_| end);
                let own = systems.iter_mut().flat_map(|system| &mut system.accounts);
                own.filter(|own| own.holder == Some(at)).for_each(|own| own.active &= random.chance(FORGOTTEN));
            }
            x if x < LEAVE + MOVE => (job.department, job.unit) = people::somewhere(random),
            _ => {}
        }
    }
}

/// Some who left are employed again. Whom the list of systems wrongly names stays away.
fn come_back(people: &mut [Human], month: Month, random: &mut Random) {
    let left = |human: &Human| human.standing(super::reference_date()) == "ended" && !human.protected;
    let named = people.iter().position(left);
    let gone =
        |(at, human): &(usize, &mut Human)| Some(*at) != named && human.standing(month.before().day()) == "ended";
    for (_, human) in people.iter_mut().enumerate().filter(gone) {
        if let Some(last) = human.jobs.last().filter(|last| last.form != ELECTED && random.chance(COME_BACK)) {
            let start = month.day() - Days::new(u64::from(random.between(8, 25)));
            human.jobs.push(Job { start, end: None, last_worked: None, entered: month.number, ..last.clone() });
        }
    }
}

/// Who is at work has signed in since.
fn use_accounts(system: &mut SystemMade, people: &[Human], month: Month, random: &mut Random) {
    let (exported, before) = (system.kind.exported(month.day()), month.before().day());
    for account in system.accounts.iter_mut().filter(|account| account.active) {
        let at_work = account.holder.is_none_or(|holder| people[holder].standing(exported) == "active");
        let in_use = account.last_login.map_or(account.created >= before, |day| day > before - Days::new(60));
        let since = exported - Days::new(u64::from(random.between(1, 20)));
        if at_work && in_use {
            account.last_login = Some(since.max(account.created));
        }
    }
}
