//! The same row answered several times: on two sheets, in a copy, in a draft.

use super::book::Answered;
use super::{Problem, ProblemKind};
use crate::model::{AccountKey, Message, Text, fold, message};
use crate::runfolder::AnswerLine;
use std::collections::BTreeMap;

/// One answer a row, and beside it whom somebody else only named as the holder: the one is asked of the owner, the other of
/// HR. Equal answers are one; of answers that differ none is taken.
pub fn merge(answered: Vec<Answered>) -> (Vec<Answered>, Vec<Problem>) {
    let mut rows: BTreeMap<(AccountKey, String), Vec<Answered>> = BTreeMap::new();
    for own in answered {
        rows.entry((own.line.row.clone(), own.line.issued_in.clone())).or_default().push(own);
    }
    let (mut taken, mut problems) = (Vec::new(), Vec::new());
    for own in rows.into_values() {
        let (deciding, naming): (Vec<_>, Vec<_>) = own.into_iter().partition(|own| own.line.decides());
        match name_others(&deciding, &naming) {
            true => problems.extend(deciding.into_iter().chain(naming).map(differing)),
            false => [deciding, naming].into_iter().for_each(|own| one_of(own, &mut taken, &mut problems)),
        }
    }
    (taken, problems)
}

/// Whether who decides names another holder than who only names one.
fn name_others(deciding: &[Answered], naming: &[Answered]) -> bool {
    let named = |own: &Answered| own.line.right_holder.as_deref().map(fold);
    let named_beside: Vec<String> = naming.iter().filter_map(named).collect();
    deciding.iter().filter_map(named).any(|own| named_beside.iter().any(|other| *other != own))
}

/// One of several that say the same.
fn one_of(own: Vec<Answered>, taken: &mut Vec<Answered>, problems: &mut Vec<Problem>) {
    match own.iter().all(|other| says_the_same(&other.line, &own[0].line)) {
        true => taken.extend(own.into_iter().next()),
        false => problems.extend(own.into_iter().map(differing)),
    }
}

fn differing(own: Answered) -> Problem {
    Problem {
        about: None,
        place: own.place,
        kind: ProblemKind::Unusable,
        why: message!(
            "raden har besvarats på olika sätt i flera arbetsböcker eller blad; inget av svaren är taget",
            "the row was answered in different ways in several workbooks or sheets; no answer was taken"
        ),
    }
}

/// Answers that were read before: the same again, in a copy that was saved anew, says nothing new.
pub struct Known<'m>(BTreeMap<&'m AccountKey, Vec<&'m AnswerLine>>);

impl<'m> Known<'m> {
    /// Puts them in order.
    pub fn of(answers: &'m [AnswerLine]) -> Self {
        let mut rows: BTreeMap<&AccountKey, Vec<&AnswerLine>> = BTreeMap::new();
        answers.iter().for_each(|own| rows.entry(&own.row).or_default().push(own));
        Self(rows)
    }

    /// Whether an answer is among them.
    pub fn says(&self, answer: &AnswerLine) -> bool {
        self.answers(&answer.row).iter().any(|own| says_the_same(own, answer))
    }

    fn answers(&self, row: &AccountKey) -> &[&'m AnswerLine] {
        self.0.get(row).map_or(&[], Vec::as_slice)
    }

    /// Weighs answers that were read now against each other and against these: those that are kept, and what is to be
    /// told.
    pub fn weigh(&self, taken: Vec<Answered>) -> (Vec<Answered>, Vec<Problem>) {
        let lines: Vec<AnswerLine> = taken.iter().map(|own| own.line.clone()).collect();
        let mut now: BTreeMap<&AccountKey, Vec<&AnswerLine>> = BTreeMap::new();
        lines.iter().for_each(|own| now.entry(&own.row).or_default().push(own));
        let (mut kept, mut problems) = (Vec::new(), Vec::new());
        for own in taken {
            let of_row = now.get(&own.line.row).map_or(&[][..], Vec::as_slice);
            let (kind, why) = match weigh(&own.line, self.answers(&own.line.row), of_row) {
                Weighed::Alone => {
                    kept.push(own);
                    continue;
                }
                Weighed::Neither(why) => (ProblemKind::Unusable, why),
                Weighed::Kept(why) => (ProblemKind::Differing, why),
            };
            problems.push(Problem { place: own.place.clone(), kind, why, about: None });
            kept.extend((kind == ProblemKind::Differing).then_some(own));
        }
        (kept, problems)
    }
}

/// Whether two answers say the same, whatever workbook they stand in and whenever they are read.
fn says_the_same(one: &AnswerLine, other: &AnswerLine) -> bool {
    // The holder is told as he is known by today, in an answer that was read long ago.
    let bare = |line: &AnswerLine| AnswerLine { workbook: String::new(), read_on: None, holder: None, ..line.clone() };
    bare(one) == bare(other)
}

/// Whether two answers to a row decide differently. Whoever only names the holder decides nothing.
fn contradict(one: &AnswerLine, other: &AnswerLine) -> bool {
    let what = |line: &AnswerLine| (line.decision, line.role.clone(), line.last_day(), line.pass_on_to.clone());
    one.decides() && other.decides() && what(one) != what(other)
}

/// "Behåll", and of which day.
fn decision(line: &AnswerLine) -> Message {
    let Text { sv, en } = line.decision.text();
    match line.day() {
        Some(day) => message!("\"{sv}\", {day}", "\"{en}\", {day}"),
        None => message!("\"{sv}\"", "\"{en}\""),
    }
}

/// What came of an answer beside others to its row.
enum Weighed {
    /// It says nothing that another gainsays.
    Alone,
    /// It holds, or has been outdone: either way it is kept, and told.
    Kept(Message),
    /// Nothing tells which of two is meant.
    Neither(Message),
}

/// Weighs an answer against others to its row: the later day holds, whatever order they came in.
fn weigh(own: &AnswerLine, known: &[&AnswerLine], now: &[&AnswerLine]) -> Weighed {
    let gainsays = |other: &&&AnswerLine| contradict(own, other);
    let of_same_list = |other: &&&AnswerLine| other.issued_in == own.issued_in;
    if let Some(other) = known.iter().filter(gainsays).filter(of_same_list).find(|other| other.day() == own.day()) {
        let Message { sv, en } = decision(other);
        return Weighed::Neither(message!(
            "raden har redan ett annat svar ({sv}) från samma dag; svaret är inte taget. Skriv ett senare beslutsdatum om \
             det ska gälla",
            "the row has another answer already ({en}) of the same day; the answer was not taken. State a later day of \
             decision if it is to hold"
        ));
    }
    let latest = known.iter().chain(now).filter(gainsays).max_by_key(|other| other.rank());
    if let Some(later) = latest.filter(|other| other.rank() > own.rank()) {
        let Message { sv, en } = decision(later);
        return Weighed::Kept(message!(
            "raden har ett senare svar ({sv}), som gäller",
            "the row has a later answer ({en}), which holds"
        ));
    }
    match known.iter().filter(gainsays).filter(of_same_list).max_by_key(|other| other.rank()) {
        None => Weighed::Alone,
        Some(earlier) => {
            let Message { sv, en } = decision(earlier);
            Weighed::Kept(message!(
                "svaret gäller i stället för ett tidigare till samma lista ({sv})",
                "the answer holds instead of an earlier one to the same list ({en})"
            ))
        }
    }
}
