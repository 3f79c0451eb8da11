//! One account as an owner reads it: the row of Avvikelser, Höga behörigheter and Konton.

use super::holder::{self, candidates, name, possible};
use super::{Door, RecipientShown, RunFacts, Shown};
use crate::answer_form::Decision;
use crate::followup::{State, Tracked};
use crate::ingest::SourceReport;
use crate::matching::Outcome;
use crate::model::{
    AccountClass, AccountKey, AccountState, FileIx, Language, LastLogin, PersonIx, Severity, SourceRef, Text, days,
    fold,
};
use crate::review::{AccountCx, Modifiers, Receiver, Rule, Tells};
use chrono::NaiveDate;

/// One finding on a row.
#[derive(Clone, Debug)]
pub struct ReasonShown {
    /// The rule.
    pub rule: &'static Rule,
    /// Its title, or what it found in as few words.
    pub title: &'static str,
    /// The same in a few words, with the one figure that matters.
    pub short: String,
    /// What was found.
    pub message: Shown,
    /// How grave.
    pub severity: Severity,
    /// How it became so, where it was moved: "hög + känsligt system".
    pub grading: Option<String>,
    /// What could be done.
    pub proposal: &'static str,
    /// Reference date of the run that first saw it.
    pub first_seen: NaiveDate,
    /// Where it stands between runs.
    pub state: State,
    /// What was decided of it before.
    pub decision: Option<Decision>,
}

/// Somebody who takes over a row that was sent to another.
#[derive(Clone, Debug)]
pub struct PassedShown {
    /// What tells him from others.
    pub key: String,
    /// Who it is.
    pub to: Shown,
    /// The same as the recipient of a workbook.
    pub recipient: RecipientShown,
    /// Who passed it on.
    pub by: Option<Shown>,
    /// When.
    pub on: Option<NaiveDate>,
}

/// One account.
#[derive(Clone, Debug)]
pub struct AccountRow {
    /// The key answers are joined on.
    pub key: AccountKey,
    /// The linked person, to put a person's accounts together.
    pub person: Option<PersonIx>,
    /// The system's name.
    pub system: Shown,
    /// Findings, the gravest first.
    pub reasons: Vec<ReasonShown>,
    /// Account name.
    pub account: Shown,
    /// The holder's name, or the name the export states.
    pub name: Shown,
    /// The holder's employee numbers, or in words whose it may be.
    pub employee_number: Shown,
    /// The first number of the holder or of the likeliest one: whether it is certain or not is the same question.
    pub likeliest: Shown,
    /// Förvaltning.
    pub department: Shown,
    /// Enhet.
    pub unit: Shown,
    /// Befattning.
    pub title: Shown,
    /// Närmaste chef.
    pub manager: Shown,
    /// Last day of employment.
    pub employment_end: Option<NaiveDate>,
    /// Days from that day to the tested day, where it has passed.
    pub days_since_end: Option<i64>,
    /// Aktivt, avstängt or not stated.
    pub state: &'static str,
    /// The account that signing in goes through, with its state.
    pub sign_in: Shown,
    /// Roles and groups.
    pub roles: Shown,
    /// Last sign-in, or in words that there was none.
    pub last_login: Result<NaiveDate, &'static str>,
    /// How certain the holder is.
    pub certainty: Shown,
    /// The persons it may be, a line each, the likeliest first, where HR is asked who it is; of a linked account the one
    /// it is.
    pub possible: Shown,
    /// Whose it is, in a word.
    pub outcome: &'static str,
    /// Whether it is under review, and not left out on purpose.
    pub under_review: bool,
    /// The kind of account, in a word.
    pub class: &'static str,
    /// How the holder was found, in words.
    pub matched_how: Shown,
    /// The holder's standing, in words, with every engagement in a register.
    pub standing: Shown,
    /// Whether it has high rights.
    pub privileged: bool,
    /// To whom it was passed on, where somebody takes it over.
    pub passed_on: Option<Box<PassedShown>>,
    /// Where it stands: file and row of the export, and of payroll or a register where a holder is known.
    pub sources: Shown,
}

impl AccountRow {
    /// The code people cite.
    pub fn code(&self) -> String {
        self.key.code()
    }

    /// The gravest of its findings.
    pub fn severity(&self) -> Option<Severity> {
        self.reasons.iter().map(|reason| reason.severity).max()
    }

    /// The gravest of the findings that ask whose it is: what else was found of the account is not HR's to answer.
    pub fn severity_of_question(&self) -> Option<Severity> {
        self.reasons.iter().filter(|own| own.rule.tells.asks_who()).map(|own| own.severity).max()
    }

    /// Whether it stands on the list of what is to be answered.
    pub fn is_listed(&self, run: &RunFacts) -> bool {
        self.reasons.iter().any(|own| run.asks.lists(own.severity, own.state.is_settled()))
    }

    /// Whether it asks for an answer though nothing puts it on that list.
    pub fn is_attested(&self, run: &RunFacts) -> bool {
        run.asks.attests(self.privileged) && !self.is_listed(run)
    }

    /// Findings from a severity on.
    pub fn reasons_from(&self, line: Severity) -> impl Iterator<Item = &ReasonShown> {
        self.reasons.iter().filter(move |reason| reason.severity >= line)
    }

    /// The same, without lighter ones that a heavier one makes superfluous.
    pub fn telling_reasons_from(&self, line: Severity) -> impl Iterator<Item = &ReasonShown> {
        let superfluous = move |reason: &&ReasonShown| {
            let explains = |other: &ReasonShown| {
                other.rule.tells.makes_superfluous(reason.rule.group) && other.severity >= reason.severity
            };
            self.reasons_from(line).any(explains)
        };
        self.reasons_from(line).filter(move |reason| !superfluous(reason))
    }
}

fn passed_on(cx: &AccountCx<'_>, door: &Door<'_>) -> Option<PassedShown> {
    let passed = cx.passed_on()?;
    let Receiver::Known(key) = &passed.receiver else { return None };
    let by = passed.by.as_deref().map(|by| door.names.shown(by));
    let (to, recipient) = (door.names.shown(&passed.to), door.names.recipient(&passed.to));
    Some(PassedShown { key: key.clone(), to, recipient, by, on: passed.on })
}

/// Makes the row of an account.
pub fn account(cx: &AccountCx<'_>, findings: &[&Tracked], door: &Door<'_>, run: &RunFacts) -> AccountRow {
    let language = run.language;
    let key = cx.key();
    let main = cx.tenure().and_then(|tenure| tenure.main);
    let text = |value: Option<&String>| door.show_often(value.map_or("", String::as_str));
    let own = |sym| door.show_often(cx.text(sym).unwrap_or(""));
    let end = cx.tenure().and_then(|tenure| tenure.end);
    let manager = main.and_then(|employment| employment.manager.as_deref());
    let reasons = reasons(findings, cx, door);
    AccountRow {
        key,
        person: cx.matched.person(),
        system: door.show_often(&cx.system.config.system.name),
        account: door.label(cx),
        name: name(cx, door),
        employee_number: holder::employee_number(cx, door),
        likeliest: holder::likeliest(cx, door),
        department: holder::department(cx, door),
        unit: main.map_or_else(|| own(cx.account.unit), |e| text(e.unit.as_ref())),
        title: main.map_or_else(|| own(cx.account.title), |e| text(e.title.as_ref())),
        manager: manager.map(|written| door.names.shown(written)).unwrap_or_default(),
        employment_end: end,
        days_since_end: end.map(|end| (cx.tested_day() - end).num_days()).filter(|days| *days > 0),
        state: state(cx.account.state).get(language),
        sign_in: sign_in(cx, door),
        roles: Shown::join(door.show_list(cx.roles()), "; "),
        last_login: match cx.account.last_login {
            Some(LastLogin::On(day)) => Ok(day),
            Some(LastLogin::Never) => Err(Text::new("aldrig", "never").get(language)),
            Some(LastLogin::NotUnderstood) => Err(Text::new("kan inte läsas", "cannot be read").get(language)),
            None => Err(""),
        },
        certainty: door.own_words(&holder::certainty(cx.matched, language)),
        possible: match asks_who(&reasons) {
            true => Shown::join(possible(cx, door).take(3), "\n"),
            false => Shown::default(),
        },
        reasons,
        outcome: outcome(cx.matched.outcome).get(language),
        under_review: cx.matched.outcome != Outcome::Excluded,
        class: class(cx.matched.class).get(language),
        matched_how: door.own_words(&holder::matched_how(cx.matched, language)),
        standing: holder::standing(cx, door),
        privileged: cx.is_privileged(),
        passed_on: passed_on(cx, door).map(Box::new),
        sources: sources(cx, door),
    }
}

/// Whether HR can say whose an account with these findings is before the owner is asked.
pub fn asks_who(reasons: &[ReasonShown]) -> bool {
    reasons.iter().any(|reason| reason.rule.tells.asks_who())
}

/// Findings in words, with the persons and names that the owner or HR is to choose between.
fn reasons(findings: &[&Tracked], cx: &AccountCx<'_>, door: &Door<'_>) -> Vec<ReasonShown> {
    let mut reasons = reasons_of(findings, door);
    for reason in &mut reasons {
        match reason.rule.tells {
            Tells::Unsettled => reason.message = std::mem::take(&mut reason.message).with(candidates(cx, door)),
            Tells::Doubted => tell_names(reason, cx, door),
            _ => {}
        }
    }
    reasons
}

/// Tells the name that the system has, in sight, and among the explanations payroll's beside it: who is to say which is
/// right must see both.
fn tell_names(reason: &mut ReasonShown, cx: &AccountCx<'_>, door: &Door<'_>) {
    let Some(in_system) = name_in_system(cx, door) else { return };
    let t = |sv, en| Text::new(sv, en).get(door.language);
    reason.short.push_str(&format!("\n{}: {in_system}", t("I systemet", "In the system")));
    let both = Shown::default().with(t(" I systemet: ", " In the system: ")).with(in_system);
    let both = both.with(t(". I personalregistret: ", ". In payroll: ")).with(name(cx, door)).with(".");
    reason.message = std::mem::take(&mut reason.message).with(both);
}

/// The name that the system has of an account whose holder is called otherwise.
fn name_in_system(cx: &AccountCx<'_>, door: &Door<'_>) -> Option<Shown> {
    let stated = cx.stated_name();
    let differs = cx.person.is_some_and(|person| fold(&stated) != fold(&person.name));
    let called_so: Vec<PersonIx> = cx.called_so().into_iter().collect();
    differs.then(|| door.names.reference(&stated, &called_so)).filter(|name| !name.is_empty())
}

/// Findings in words, the gravest first.
pub fn reasons_of(findings: &[&Tracked], door: &Door<'_>) -> Vec<ReasonShown> {
    let shown = |tracked: &&Tracked| {
        let finding = &tracked.finding;
        let hit = finding.hit(door.review);
        let title = hit.title.unwrap_or(finding.rule.title).get(door.language);
        ReasonShown {
            rule: finding.rule,
            title,
            short: short(title, hit.days(), door.language),
            message: door.say(&hit.message),
            severity: finding.graded.result,
            grading: grading(finding.graded.base, finding.graded.modifiers, door),
            proposal: finding.rule.proposal.get(door.language),
            first_seen: tracked.first_seen,
            state: tracked.state,
            decision: tracked.answer.as_ref().map(|answer| answer.decision),
        }
    };
    let mut reasons: Vec<ReasonShown> = findings.iter().map(shown).collect();
    reasons.sort_by_key(|reason| std::cmp::Reverse(reason.severity));
    reasons
}

/// "Avslutad anställning, kontot aktivt (964 dagar)"; what stands in brackets already goes on in them.
fn short(title: &str, figure: Option<i64>, language: Language) -> String {
    let Some(figure) = figure.filter(|days| *days > 0).map(days) else { return title.to_owned() };
    let figure = figure.get(language);
    match title.strip_suffix(')') {
        Some(open) => format!("{open}, {figure})"),
        None => format!("{title} ({figure})"),
    }
}

/// Where it stands, as an auditor looks it up: "treserva.csv rad 12; lön.csv rad 7, 8". The names of files pass the
/// door; the numbers of rows are the program's own and name nobody.
fn sources(cx: &AccountCx<'_>, door: &Door<'_>) -> Shown {
    let word = Text::new("rad", "row").get(door.language);
    let told = |rows: &[SourceRef], report: Option<&SourceReport>| {
        let file = door.show_often(report.map_or("", |report| report.path.as_str()));
        file.with(format_args!(" {word} {}", row_numbers(rows.iter().map(|own| own.row).collect())))
    };
    let of_one_file = |one: &SourceRef, next: &SourceRef| one.file == next.file;
    let of_account = cx.export.rows_of(cx.ix);
    let accounts = of_account.chunk_by(of_one_file).map(|rows| told(rows, cx.export.report_of(rows[0])));
    let employments = cx.person.iter().flat_map(|person| &person.employments);
    let mut of_holder: Vec<SourceRef> = employments.map(|employment| employment.source).collect();
    of_holder.sort_unstable();
    let people = |file: FileIx| door.review.payroll.iter().chain(door.review.registers).nth(usize::from(file.0));
    let holders = of_holder.chunk_by(of_one_file).map(|rows| told(rows, people(rows[0].file)));
    Shown::join(accounts.chain(holders), "; ")
}

/// "2, 5–7": every number once, those that follow each other as a span.
fn row_numbers(mut rows: Vec<u32>) -> String {
    rows.sort_unstable();
    rows.dedup();
    let span = |own: &[u32]| match own {
        [one] => one.to_string(),
        [one, two] => format!("{one}, {two}"),
        [first, .., last] => format!("{first}–{last}"),
        [] => String::new(),
    };
    let spans: Vec<String> = rows.chunk_by(|one, next| one + 1 == *next).map(span).collect();
    spans.join(", ")
}

/// How a severity was reached: "Hög + känsligt system".
fn grading(base: Severity, modifiers: Modifiers, door: &Door<'_>) -> Option<String> {
    modifiers.iter().next()?;
    let mut words = base.text().get(door.language).to_owned();
    for modifier in modifiers.iter() {
        let sign = if modifier.steps() > 0 { '+' } else { '−' };
        let steps = modifier.steps().abs();
        words.push_str(&format!(" {sign}{steps} {}", modifier.text().get(door.language)));
    }
    Some(words)
}

/// "annlin03 (aktivt)". A hidden account is as if it were not found.
fn sign_in(cx: &AccountCx<'_>, door: &Door<'_>) -> Shown {
    let Some(found) = cx.sign_in_account() else { return Shown::default() };
    let open = found.filter(|account| !door.is_hidden(account.system.place, account.ix));
    match open {
        Some(account) => {
            let words = state(account.account.state).get(door.language).to_lowercase();
            door.label(&account).with(format_args!(" ({words})"))
        }
        None => Shown::default().with(Text::new("hittas inte", "not found").get(door.language)),
    }
}

fn state(state: AccountState) -> Text {
    match state {
        AccountState::Active => Text::new("Aktivt", "Active"),
        AccountState::Disabled => Text::new("Avstängt", "Disabled"),
        AccountState::NotStated => Text::new("Ej angivet", "Not stated"),
    }
}

/// An outcome as a recipient reads it.
pub fn outcome(outcome: Outcome) -> Text {
    match outcome {
        Outcome::Linked => Text::new("Innehavare funnen", "Holder found"),
        Outcome::Candidate => Text::new("Möjlig innehavare", "Possible holder"),
        Outcome::Disputed => Text::new("Motstridiga uppgifter", "Contradicting data"),
        Outcome::Unmatched => Text::new("Ingen träff", "No match"),
        Outcome::Exempt => Text::new("Har namngiven ägare", "Has a named owner"),
        Outcome::Excluded => Text::new("Utanför granskningen", "Left out"),
    }
}

fn class(class: AccountClass) -> Text {
    match class {
        AccountClass::Personal => Text::new("Personligt", "Personal"),
        AccountClass::Admin => Text::new("Administratör", "Administrator"),
        AccountClass::Service => Text::new("Tjänstekonto", "Service"),
        AccountClass::Shared => Text::new("Gruppkonto", "Shared"),
        AccountClass::Test => Text::new("Testkonto", "Test"),
        AccountClass::External => Text::new("Externt", "External"),
        AccountClass::Unknown => Text::new("Okänt slag", "Unknown kind"),
    }
}

#[cfg(test)]
mod tests {
    use super::row_numbers;

    /// Rows are told once each, neighbours as a span.
    #[test]
    fn rows_are_told_in_few_words() {
        assert_eq!(row_numbers(vec![9, 2, 5, 6, 7, 5]), "2, 5–7, 9");
        assert_eq!(row_numbers(vec![3, 4]), "3, 4");
        assert_eq!(row_numbers(vec![8]), "8");
    }
}
