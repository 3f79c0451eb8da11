//! What an answer lacks to be followed up. It is kept all the same, and what is missing is told.

use super::issued::{Facts, Issue};
use crate::answer_form::{Decision, KEEPS_WITH_REASON};
use crate::model::Severity;
use crate::runfolder::{AnswerLine, Lack};
use chrono::NaiveDate;

/// The run that reads answers.
#[derive(Clone, Copy, Debug)]
pub struct Reader {
    /// Its reference date.
    pub run: NaiveDate,
    /// The last day on which anything that is read can have happened: that date, or the day of the run where it is made
    /// later.
    pub latest: NaiveDate,
    /// The severity that its lists begin with.
    pub list_from: Severity,
}

/// Notes when an answer was read, of whose account, what it lacks, and what only a change of its account's roles can show.
pub fn complete(line: &mut AnswerLine, issue: &Issue, facts: Option<&Facts>, reader: Reader) {
    let severity = issue.severity.get(&line.row).copied();
    line.read_on = Some(reader.run);
    line.unasked = !issue.asks_of(&line.row);
    line.holder = facts.and_then(Facts::holder);
    lacks_reason(line, severity);
    lacks_role(line, facts, severity >= Some(reader.list_from));
    if line.decision == Decision::NotMine && line.pass_on_to.is_none() {
        line.lacks.push(Lack::Receiver);
    }
    // A day that has not come says nothing of when it was, and would put off what a newer export shows.
    for (day, lack) in [(&mut line.decided_on, Lack::DecidedOn), (&mut line.done_on, Lack::DoneOn)] {
        if day.take_if(|day| *day > reader.latest).is_some() {
            line.lacks.push(lack);
        }
    }
}

/// A reason goes with everything but keeping an account, and with that too where the row is grave. Whoever only names the
/// holder decides nothing.
fn lacks_reason(line: &mut AnswerLine, severity: Option<Severity>) {
    let is_needed = match line.decision {
        Decision::Keep => severity >= Some(KEEPS_WITH_REASON),
        Decision::Unknown => line.right_holder.is_none(),
        Decision::Disable | Decision::ChangeRole | Decision::Done | Decision::Exception | Decision::NotMine => true,
    };
    if is_needed && line.reason.is_none() {
        line.lacks.push(Lack::Reason);
    }
}

/// A role is what shows that access was changed, and one that the account never had shows nothing: any change of its roles
/// must do then.
fn lacks_role(line: &mut AnswerLine, facts: Option<&Facts>, is_listed: bool) {
    if !matches!(line.decision, Decision::ChangeRole | Decision::Done) {
        return;
    }
    let lack = match &line.role {
        Some(role) if facts.is_none_or(|facts| facts.has_role(role)) => return,
        Some(_) => Some(Lack::RoleOfAccount),
        None => (line.decision == Decision::ChangeRole).then_some(Lack::Role),
    };
    line.lacks.extend(lack);
    // Of a row that was listed the deviation tells whether it was put right.
    if line.decision == Decision::ChangeRole || !is_listed {
        line.held = Some(facts.map(|facts| facts.roles.clone()).unwrap_or_default());
    }
}
