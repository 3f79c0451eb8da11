//! A municipality that a quarter of the staff leave each year. Names and addresses are handed on, some who left come back
//! under another number, many have changed surname, and each system has kept what it had.

use super::accounts::{Made, SystemMade};
use super::cause::Cause;
use super::names::NamePool;
use super::people::{Crowd, Human, Job, Mails, first_working_day, is_head, is_woman, mail_local};
use super::population::Population;
use super::random::Random;
use super::system_kind::SystemKind;
use crate::model::fold;
use chrono::{Days, NaiveDate};
use std::collections::{BTreeMap, BTreeSet};

/// Of everyone in payroll, those who left: three years of a quarter each, against those who stayed.
const LEFT: f64 = 0.42;

/// Of those who stay, those who came in the same years.
const CAME: f64 = 0.55;

/// Of those who left, those who came back.
const CAME_BACK: f64 = 0.1;

/// Of everyone, those who have changed surname.
const RENAMED: f64 = 0.12;

/// Of those who came, those whose name begins as the name of someone who left: what recycling asks for.
const FOLLOW: f64 = 0.2;

/// What a person was called before.
#[derive(Clone, Debug)]
pub struct Former {
    /// Surname.
    pub surname: String,
    /// Address.
    pub email: String,
}

/// Makes staff leave, come, come back and marry, and hands names and addresses on. Heads of units stay.
pub fn turn_over(crowd: &mut Crowd, random: &mut Random) {
    let pool = NamePool::of(Population::Churn);
    let Crowd { people, mails, .. } = crowd;
    for human in people.iter_mut().enumerate().filter_map(|(at, human)| (!is_head(at)).then_some(human)) {
        if let [job] = human.jobs.as_mut_slice()
            && job.end.is_none()
            && job.start <= super::reference_date()
        {
            leave_or_come(job, human.birth, random);
        }
        come_back(human, random);
        if random.chance(RENAMED) {
            let surname = std::mem::replace(&mut human.surname, pool.surname(random).to_owned());
            let email = std::mem::replace(&mut human.email, mails.next(human.given[human.call], &human.surname));
            human.former = Some(Former { surname, email });
        }
    }
    follow(people, mails, &pool, random);
    hand_on(people, random, |human| stem(&human.user), |heir, user| heir.user = user.user.clone());
    hand_on(
        people,
        random,
        |human| mail_local(human.call_name(), &human.surname),
        |heir, former| heir.email.clone_from(&former.email),
    );
}

/// The first day of payroll's extract, and the days from it to the reference date.
fn extract() -> (NaiveDate, u32) {
    let first = NaiveDate::from_ymd_opt(2024, 1, 2).unwrap_or_default();
    (first, u32::try_from((super::reference_date() - first).num_days()).unwrap_or(1000))
}

fn leave_or_come(job: &mut Job, birth: NaiveDate, random: &mut Random) {
    let (first, days) = extract();
    let day = first + Days::new(u64::from(random.between(0, days - 1)));
    if random.chance(LEFT) {
        job.end = Some(day);
        job.start = job.start.min(day - Days::new(u64::from(random.between(30, 900)))).max(first_working_day(birth));
        job.start = job.start.min(day);
        job.last_worked = job.last_worked.map(|worked| worked.min(day));
    } else if random.chance(CAME) {
        job.start = day.max(first_working_day(birth));
    }
}

/// A third of those who come back get another number; who has no personal number keeps the old one, for nothing else
/// would hold the two together.
fn come_back(human: &mut Human, random: &mut Random) {
    let [job] = human.jobs.as_slice() else { return };
    let gap = Days::new(u64::from(random.between(40, 300)));
    let Some(start) = job.end.map(|end| end + gap).filter(|day| *day < super::reference_date()) else { return };
    if random.chance(CAME_BACK) {
        let renumbered = human.personal_number.is_some() && random.chance(1.0 / 3.0);
        let number = if renumbered { next_number(&job.number) } else { job.number.clone() };
        human.jobs.push(Job { number, start, end: None, last_worked: None, leave: None, ..job.clone() });
    }
}

/// The second of the numbers that one person can be given.
fn next_number(number: &str) -> String {
    number.parse::<u32>().map_or_else(|_| number.to_owned(), |number| (number + 1).to_string())
}

fn stem(user: &str) -> String {
    user.trim_end_matches(|c: char| c.is_ascii_digit()).to_owned()
}

/// Gives some who came a name that begins as the name of someone who had left.
fn follow(people: &mut [Human], mails: &mut Mails, pool: &NamePool, random: &mut Random) {
    let left: Vec<Human> = people.iter().filter(|human| human.left().is_some()).cloned().collect();
    for human in people.iter_mut().filter(|human| human.left().is_none() && human.former.is_none()) {
        let came = human.jobs[0].start;
        if left.is_empty() || !random.chance(FOLLOW) {
            continue;
        }
        let leaver = random.one(&left);
        let woman = |human: &Human| human.personal_number.as_deref().map(is_woman);
        if leaver.left().is_none_or(|end| end >= came) || woman(leaver) != woman(human) {
            continue;
        }
        let begins = |surname: &&str| fold(surname).get(..3) == fold(&leaver.surname).get(..3);
        let like = (0..60).map(|_| pool.surname(random)).find(begins).unwrap_or(&leaver.surname);
        human.surname = like.to_owned();
        human.given = vec![leaver.call_name()];
        human.call = 0;
        human.email = mails.next(leaver.call_name(), &human.surname);
        human.user = format!("{}{}", stem(&leaver.user), &human.jobs[0].number);
    }
}

/// Most of those who came after someone with the same stem had left get what was theirs.
fn hand_on(
    people: &mut [Human],
    random: &mut Random,
    stem: impl Fn(&Human) -> String,
    give: impl Fn(&mut Human, &Human),
) {
    let mut left: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    for (at, human) in people.iter().enumerate().filter(|(_, human)| human.left().is_some()) {
        left.entry(stem(human)).or_default().push(at);
    }
    let stay: Vec<usize> = (0..people.len()).filter(|at| people[*at].left().is_none()).collect();
    for at in stay {
        let Some(leavers) = left.get_mut(&stem(&people[at])) else { continue };
        let came = people[at].jobs.iter().map(|job| job.start).min().unwrap_or_default();
        let before = |leaver: &usize| people[*leaver].left().is_some_and(|end| end < came);
        if let Some(place) = leavers.iter().position(before).filter(|_| random.chance(0.8)) {
            // Nobody's is given away twice.
            let leaver = people[leavers.remove(place)].clone();
            give(&mut people[at], &leaver);
        }
    }
}

/// Lets each system keep what it had: accounts of those who left, names and addresses of before.
pub fn trouble(crowd: &Crowd, systems: &mut [SystemMade], random: &mut Random) {
    let mut heirs: BTreeMap<&str, usize> = BTreeMap::new();
    for (at, human) in crowd.people.iter().enumerate().filter(|(_, human)| human.left().is_none()) {
        heirs.extend([(human.user.as_str(), at), (human.email.as_str(), at)]);
    }
    for system in systems {
        for account in &mut system.accounts {
            let Some(human) = account.holder.map(|holder| &crowd.people[holder]) else { continue };
            keep_number(account, human, random);
            keep_name(system.kind, account, human, random);
            if human.left().is_some() && system.kind != SystemKind::Directory && random.chance(0.3) {
                account.active = true;
            }
        }
        settle_names(system, crowd, &heirs, random);
    }
}

/// Who came back under another number stands under either.
fn keep_number(account: &mut Made, human: &Human, random: &mut Random) {
    let [first, .., last] = human.jobs.as_slice() else { return };
    if first.number == last.number || account.stated.employee_number.is_none() {
        return;
    }
    if random.chance(0.5) {
        account.stated.employee_number = Some(last.number.clone());
    }
    account.cause = account.cause.or(Cause::Rehired);
}

/// The directory remembers every address; a third of accounts still have the old name, or the old address.
fn keep_name(kind: SystemKind, account: &mut Made, human: &Human, random: &mut Random) {
    let Some(former) = human.former.as_ref().filter(|_| account.is_everyday()) else { return };
    let (old_name, old_mail) = match kind {
        SystemKind::Directory => (random.chance(0.3), random.chance(0.2)),
        _ => (random.chance(0.45), random.chance(0.4)),
    };
    if old_name {
        account.called.1.clone_from(&former.surname);
    }
    let new = account.stated.mail.clone();
    if old_mail && new.is_some() {
        account.stated.mail = Some(former.email.clone());
    }
    account.stated.older_mails = if old_mail { new.into_iter().collect() } else { vec![former.email.clone()] };
    if kind == SystemKind::Cloud && old_mail {
        account.name.clone_from(&former.email);
    }
    if old_name || old_mail {
        account.cause = Cause::Renamed;
    }
}

/// The directories delete whoever gave a name or address away. Elsewhere they stay under it, half of them without a key,
/// and the heir gets a name of another form there.
fn settle_names(system: &mut SystemMade, crowd: &Crowd, heirs: &BTreeMap<&str, usize>, random: &mut Random) {
    let gone = |account: &Made| -> bool {
        let left = account.holder.is_some_and(|holder| crowd.people[holder].left().is_some());
        left && heirs.contains_key(account.name.as_str())
    };
    let deletes = matches!(system.kind, SystemKind::Directory | SystemKind::Cloud);
    system.accounts.retain(|account| !gone(account) || !deletes);
    let kept: BTreeSet<String> = system.accounts.iter().filter(|own| gone(own)).map(|own| own.name.clone()).collect();
    for account in &mut system.accounts {
        let Some(holder) = account.holder else { continue };
        let human = &crowd.people[holder];
        let handed_on = gone(account)
            || human.left().is_some() && account.stated.mail.as_deref().is_some_and(|mail| heirs.contains_key(mail));
        if handed_on {
            account.cause = Cause::Recycled;
            if random.chance(0.5) {
                account.lose_key(system.kind);
            }
        } else if human.left().is_none() && kept.contains(&account.name) {
            account.name.push('b');
            account.cause = Cause::Recycled;
        }
    }
}
