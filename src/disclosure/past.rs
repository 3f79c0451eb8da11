//! What is let out of earlier runs: findings that did not come back, and what is carried to the next run.

use super::hidden::HiddenRows;
use super::{Audience, Disclosure, Door, lines};
use crate::followup::{Fate, Followed, Gone};
use crate::history::{Recalled, Whose};
use crate::matching::StatedHolder;
use crate::model::{AccountKey, FindingKey, NameKey};
use crate::review::{AccountCx, PassedOn, Receiver, Review};
use crate::roster::remembered;
use crate::runfolder::{
    AnswerLine, FindingLine, HolderLine, Memory, PersonLine, RenamedLine, StatedLine, VerifiedLine,
};
use serde_json::Value;
use std::collections::BTreeMap;

/// Those that may be shown.
pub fn open<'f>(door: &Door<'_>, followed: &'f Followed) -> Vec<&'f Gone> {
    let hidden = HiddenRows::new(door);
    followed.gone.iter().filter(|gone| !hidden.has_gone(gone)).collect()
}

/// Those that only the post for protected persons may see. The door is that for the others.
pub fn restricted<'f>(door: &Door<'_>, followed: &'f Followed) -> Vec<&'f Gone> {
    let hidden = HiddenRows::new(door);
    followed.gone.iter().filter(|gone| hidden.has_gone(gone)).collect()
}

/// The line of the run before once more, with what became of it. It was let out then; who is protected may have
/// changed since.
pub fn line(gone: &Gone, door: &Door<'_>) -> FindingLine {
    let proof = match &gone.fate {
        Fate::Verified(proof, on) => Some(door.say(&proof.text().into()).with(format_args!(", {on}"))),
        Fate::Resolved(Some(why)) | Fate::Untestable(why) => Some(door.say(why)),
        Fate::Resolved(None) => None,
    };
    let then = &gone.then;
    FindingLine {
        state: gone.fate.code().to_owned(),
        proof: proof.map(String::from),
        message: door.show(&then.message).into(),
        facts: then.facts.iter().map(|(name, fact)| (name.clone(), shown(fact, door))).collect(),
        answered: gone.answer.is_some(),
        answer: carried_answer(gone, door),
        ..then.clone()
    }
}

/// The answer to what could not be tested; the restricted part alone carries those to its rows.
fn carried_answer(gone: &Gone, door: &Door<'_>) -> Option<AnswerLine> {
    let is_carried = door.audience == Audience::Restricted && matches!(gone.fate, Fate::Untestable(_));
    let mut answer = gone.answer.clone().filter(|_| is_carried)?;
    let_out(&mut answer, door);
    Some(answer)
}

/// The answers on an account's row, as the next run is to know them: each once.
pub fn answers_of(cx: &AccountCx<'_>, door: &Door<'_>) -> Vec<AnswerLine> {
    let mut answers: Vec<AnswerLine> = Vec::new();
    for answer in cx.answers() {
        let mut answer = answer.clone();
        answer.holder = answer.holder.take().map(|holder| known_by(holder, &answer.row, door.review));
        follow(&mut answer, &cx.key());
        let_out(&mut answer, door);
        if !answers.contains(&answer) {
            answers.push(answer);
        }
    }
    answers
}

/// Lets an answer go with its account to another name.
fn follow(answer: &mut AnswerLine, now: &AccountKey) {
    answer.findings = answer.findings.iter().map(|finding| finding.moved(&answer.row, now)).collect();
    answer.row = now.clone();
}

fn shown(fact: &Value, door: &Door<'_>) -> Value {
    match fact {
        Value::String(text) => Value::String(door.show(text).into()),
        Value::Array(list) if list.iter().all(Value::is_string) => {
            lines::texts(list.iter().filter_map(Value::as_str), door).into()
        }
        Value::Array(list) => Value::Array(list.iter().map(|fact| shown(fact, door)).collect()),
        other => other.clone(),
    }
}

/// Answers, and what was verified, go with their accounts where those got other names; late answers will.
fn follow_names(memory: &mut Memory, review: &Review<'_>) {
    let now: BTreeMap<&AccountKey, AccountKey> = review
        .accounts_then()
        .iter()
        .filter_map(|(then, (system, account))| Some((then, review.account(*system, *account)?.key())))
        .filter(|(then, now)| *then != now)
        .collect();
    for answer in &mut memory.answers {
        answer.holder = answer.holder.take().map(|holder| known_by(holder, &answer.row, review));
        if let Some(now) = now.get(&answer.row) {
            follow(answer, now);
        }
    }
    let seen_on = review.config.review.as_of;
    let renamed = now.iter().map(|(then, now)| RenamedLine { then: (*then).clone(), now: now.clone(), seen_on });
    memory.renamed.extend(renamed);
    let moved = |key: FindingKey| match key.account().and_then(|then| Some((now.get(&then)?, then))) {
        Some((now, then)) => key.moved(&then, now),
        None => key,
    };
    let verified = std::mem::take(&mut memory.verified).into_iter().map(|(key, mut own)| {
        let row = key.account();
        own.holder = own.holder.take().zip(row).map(|(holder, row)| known_by(holder, &row, review));
        (moved(key), own)
    });
    memory.verified = verified.collect();
}

/// A holder as he is known by from now on. Whose number went on to another is nobody's of those to come.
fn known_by(holder: HolderLine, row: &AccountKey, review: &Review<'_>) -> HolderLine {
    let here = review.accounts_then().get(row).and_then(|(system, account)| review.account(*system, *account));
    let Some(now) = here.and_then(|cx| cx.holder()) else { return holder };
    match holder.whose(now) {
        Whose::Same => HolderLine::of(now),
        Whose::Anothers => HolderLine::nobody(),
        Whose::Unknown => holder,
    }
}

/// A holder as he may be told of.
fn shown_holder(holder: HolderLine, door: &Door<'_>) -> HolderLine {
    let is_shown = |text: &String| *door.show_open(text) == **text;
    let open = is_shown(&holder.person) && holder.employee_numbers.iter().all(is_shown);
    if open { holder } else { HolderLine::nobody() }
}

/// What people wrote in an answer may name anyone.
pub fn let_out(answer: &mut AnswerLine, door: &Door<'_>) {
    let texts = [
        &mut answer.role,
        &mut answer.reason,
        &mut answer.right_holder,
        &mut answer.pass_on_to,
        &mut answer.decided_by,
        &mut answer.done_by,
    ];
    for text in texts.into_iter().flatten().chain(answer.held.iter_mut().flatten()) {
        *text = door.show(text).into();
    }
    answer.holder = answer.holder.take().map(|holder| shown_holder(holder, door));
}

/// The same of signatures, of what was said of the list of systems, and of what HR said of rows of payroll.
fn let_out_said(memory: &mut Memory, hidden: &HiddenRows<'_, '_>, door: &Door<'_>) {
    memory.corrections.retain(|own| !hidden.has_person(&own.row));
    let signed = memory.sign_offs.iter_mut().flat_map(|own| [&mut own.by, &mut own.post]);
    let confirmed = memory.confirmations.iter_mut().flat_map(|own| [&mut own.correction, &mut own.by]);
    let corrected = memory.corrections.iter_mut().flat_map(|own| [&mut own.comment, &mut own.by]);
    for text in signed.chain(confirmed).chain(corrected).flatten() {
        *text = door.show(text).into();
    }
}

/// Who was named as the holder of accounts, by the ids of those persons. One who stands in no register any more is
/// dropped: the account is nobody's then, and says so.
fn links(review: &Review<'_>, hidden: &HiddenRows<'_, '_>, door: &Door<'_>) -> BTreeMap<AccountKey, StatedLine> {
    let row = |then: &AccountKey| {
        let (system, account) = review.accounts_then().get(then)?;
        Some(review.account(*system, *account)?.key())
    };
    let link = |(then, stated): (&AccountKey, &StatedHolder)| {
        let person = stated.person.filter(|person| !review.protection.persons.contains(person))?;
        // An account whose system was not delivered keeps what was said of it.
        let row = row(then).unwrap_or_else(|| then.clone());
        let stated_by = stated.by.as_deref().map(|by| door.show(by).into());
        let who = review.roster.person(person).id.0.clone();
        (!hidden.has(&row)).then_some((row, StatedLine { who, stated_by, stated_on: stated.on }))
    };
    review.stated.all().filter_map(link).collect()
}

/// To whom rows were passed on. Of whoever cannot answer the row is its owner's again, and it is remembered as long as
/// nobody has said anything else of it, since it is as long to be told.
fn receivers(review: &Review<'_>, hidden: &HiddenRows<'_, '_>, door: &Door<'_>) -> BTreeMap<AccountKey, StatedLine> {
    let own = |(then, passed): (&AccountKey, &PassedOn)| {
        let here = review.accounts_then().get(then);
        let row = here.and_then(|(system, account)| Some(review.account(*system, *account)?.key()));
        let row = row.unwrap_or_else(|| then.clone());
        let is_kept = match passed.receiver {
            Receiver::Known(_) => true,
            Receiver::Unmet(_) => review.ledger.is_passed_on(then),
            Receiver::Own => false,
        };
        let is_kept = is_kept && !hidden.has(&row);
        let stated_by = passed.by.as_deref().map(|by| door.show(by).into());
        let stated = StatedLine { who: door.show(&passed.to).into(), stated_by, stated_on: passed.on };
        is_kept.then_some((row, stated))
    };
    review.receivers().all().filter_map(own).collect()
}

/// How persons are known again. Nobody who is protected, and nobody whose id the door would change.
fn persons(review: &Review<'_>, door: &Door<'_>) -> BTreeMap<String, PersonLine> {
    let open = review.roster.persons().filter(|(ix, _)| !review.protection.persons.contains(ix));
    let shown = open.filter(|(_, person)| *door.show_open(&person.id.0) == *person.id.0);
    shown.map(|(_, person)| (person.id.0.clone(), remembered(person, review.names))).collect()
}

/// What the next run needs to know. Nothing of a protected person is carried: the restricted part keeps her history.
pub fn memory(disclosure: &Disclosure<'_>, recalled: &Recalled, names: &NameKey) -> Memory {
    let review = disclosure.door.review;
    let protected = review.protection.kept.clone();
    let mut memory = Memory { name_key: Some(names.to_hex()), protected, ..recalled.memory.clone() };
    follow_names(&mut memory, review);
    let hidden = HiddenRows::new(&disclosure.door);
    memory.manual_links = links(review, &hidden, &disclosure.door);
    memory.owners = receivers(review, &hidden, &disclosure.door);
    memory.persons = persons(review, &disclosure.door);
    memory.answers.retain(|answer| !hidden.has(&answer.row));
    memory.renamed.retain(|own| !hidden.has(&own.then) && !hidden.has(&own.now));
    memory.verified.retain(|key, _| !hidden.has_finding(key));
    memory.exceptions.retain(|row, _| AccountKey::read(row).is_none_or(|row| !hidden.has(&row)));
    memory.answers.iter_mut().for_each(|answer| let_out(answer, &disclosure.door));
    for done in memory.verified.values_mut() {
        done.holder = done.holder.take().map(|holder| shown_holder(holder, &disclosure.door));
    }
    let_out_said(&mut memory, &hidden, &disclosure.door);
    let verified = |gone: &&Gone| match gone.fate {
        Fate::Verified(_, on) => {
            let own = VerifiedLine {
                first_seen: gone.then.first_seen.clone(),
                runs: gone.then.runs,
                verified_on: on,
                holder: gone.answer.as_ref().and_then(|answer| answer.holder.clone()),
            };
            Some((gone.then.key.clone(), own))
        }
        Fate::Resolved(_) | Fate::Untestable(_) => None,
    };
    let verified: Vec<(FindingKey, VerifiedLine)> = disclosure.gone.iter().filter_map(verified).collect();
    memory.verified.extend(verified);
    memory.extracts.extend(review.extracts_carried());
    memory
}
