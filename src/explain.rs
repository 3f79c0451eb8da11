//! One account of a published run, explained: what spoke for the chosen person, bit by bit, whom else it could be, and
//! which rules fired with their facts, and which came near.
//!
//! All of it is read from the run's own data, so that it tells no more than the run has shown: an account of a protected
//! person is not there, and is told like one that does not exist.

use crate::config::nearest;
use crate::disclosure::outcome_text;
use crate::error::{Error, ErrorKind, Place};
use crate::matching::{EvidenceField, Level, Outcome};
use crate::model::{AccountName, Language, Message, Severity, Text, message};
use crate::review::RULES;
use crate::runfolder::{ACCOUNTS, AccountLine, EvidenceLine, FINDINGS, FindingLine, LearnedLine, RunFolder, is_over};
use serde_json::Value;
use std::collections::BTreeSet;

/// Explains an account.
///
/// # Errors
/// A run that is damaged, or a system or an account that its data do not hold.
pub fn explain(run: &RunFolder, system: &str, account: &str, language: Language) -> Result<String, Error> {
    let lines: Vec<AccountLine> = run.lines(ACCOUNTS)?;
    let own: Vec<&AccountLine> = lines.iter().filter(|line| line.system.eq_ignore_ascii_case(system)).collect();
    if own.is_empty() {
        return Err(no_system(system, &lines));
    }
    let wanted = AccountName::new(account);
    let found = own.iter().find(|line| line.account == account);
    let found = found.or_else(|| own.iter().find(|line| AccountName::new(&line.account) == wanted));
    let line = found.ok_or_else(|| no_account(account, &own))?;
    let findings: Vec<FindingLine> = run.lines(FINDINGS)?;
    let told = Told { run, line, language };
    let mut text = told.decision();
    text.extend(told.runners_up());
    text.extend(told.findings(&findings));
    text.extend(told.nearly());
    text.extend(told.untested());
    Ok(text.join("\n"))
}

/// An account being told.
struct Told<'a> {
    run: &'a RunFolder,
    line: &'a AccountLine,
    language: Language,
}

impl Told<'_> {
    fn t(&self, sv: &'static str, en: &'static str) -> &'static str {
        Text::new(sv, en).get(self.language)
    }

    fn say(&self, message: &Message) -> String {
        message.get(self.language).to_owned()
    }

    fn learned(&self) -> Option<&LearnedLine> {
        self.run.manifest.learned.get(&self.line.system)
    }

    /// What was decided, and the waterfall of the person it was decided for.
    fn decision(&self) -> Vec<String> {
        let AccountLine { account, system, .. } = self.line;
        let outcome = Outcome::ALL.into_iter().find(|own| own.code() == self.line.outcome);
        let outcome = outcome.map_or(self.line.outcome.as_str(), |own| outcome_text(own).get(self.language));
        let mut lines = vec![format!("{account}, {system}: {outcome}")];
        lines.extend(self.account());
        let best = self.line.person.as_ref().or_else(|| self.line.candidates.first());
        let Some(best) = best else {
            lines.push(self.t("Ingen person liknar kontot.", "No person is like the account.").to_owned());
            return lines;
        };
        let percent = self.percent(self.line.probability);
        lines.push(String::new());
        lines.push(self.say(&message!("Troligast: {best}, {percent}", "Likeliest: {best}, {percent}")));
        lines.extend(self.waterfall(&self.line.evidence));
        lines
    }

    /// What is known of the account and of the one it is linked to.
    fn account(&self) -> Vec<String> {
        let line = self.line;
        let state = match line.enabled {
            Some(true) => self.t("aktivt", "active"),
            Some(false) => self.t("stängt", "closed"),
            None => self.t("exporten säger inte om det är aktivt", "the export does not say whether it is active"),
        };
        let high = line.privileged.then(|| self.t("hög behörighet", "high rights").to_owned());
        let parts: Vec<String> = [Some(state.to_owned()), high].into_iter().flatten().collect();
        let mut lines = vec![format!("  {}: {}", self.t("kontot", "the account"), parts.join(", "))];
        let person = [&line.title, &line.unit, &line.department].into_iter().flatten().cloned().collect::<Vec<_>>();
        if !person.is_empty() {
            lines.push(format!("  {}: {}", self.t("personen", "the person"), person.join(", ")));
        }
        if let Some(end) = &line.employment_end {
            lines.push(self.say(&message!("  anställningen slutar {end}", "  employment ends on {end}")));
        }
        lines
    }

    /// Each comparison with its bits and what share of certain accounts agree so, then their sum.
    fn waterfall(&self, evidence: &[EvidenceLine]) -> Vec<String> {
        let mut lines: Vec<String> = evidence.iter().map(|own| self.comparison(own)).collect();
        if !evidence.is_empty() {
            let sum: f64 = evidence.iter().map(|own| own.bits).sum();
            lines.push(format!("  {:<44} {:>7}", self.t("summa", "sum"), self.bits(sum)));
        }
        lines
    }

    fn comparison(&self, own: &EvidenceLine) -> String {
        /// A name that fewer than one in about a thousand bears.
        const RARE_BITS: f64 = 10.0;
        let field = EvidenceField::ALL.iter().find(|field| field.key() == own.field);
        let level = Level::ALL.iter().find(|level| level.key() == own.level);
        let words = field.map_or(own.field.as_str(), |field| field.text().get(self.language));
        let agrees = level.map_or(own.level.as_str(), |level| level.text().get(self.language));
        let rare = field.is_some_and(|field| field.is_name()) && level == Some(&Level::Exact) && own.bits >= RARE_BITS;
        let rare = if rare { self.t(", ovanligt", ", rare") } else { "" };
        let what = format!("{words} {agrees}{rare}");
        let share = self.learned().and_then(|learned| learned.levels.get(&own.field)?.get(&own.level));
        let share = share.map(|share| {
            let percent = self.percent(*share);
            self.say(&message!("  ({percent} av säkra konton i systemet)", "  ({percent} of certain accounts here)"))
        });
        format!("  {what:<44} {:>7}{}", self.bits(own.bits), share.unwrap_or_default())
    }

    /// Whom else it could be, and that it is nobody of them.
    fn runners_up(&self) -> Vec<String> {
        let mut lines = Vec::new();
        for own in &self.line.runners_up {
            let (person, percent) = (&own.person, self.percent(own.probability));
            lines.push(String::new());
            lines.push(self.say(&message!("Därnäst: {person}, {percent}", "Next: {person}, {percent}")));
            lines.extend(self.waterfall(&own.evidence));
        }
        let others: f64 = self.line.runners_up.iter().map(|own| own.probability).sum();
        let rest = self.percent((1.0 - self.line.probability - others).max(0.0));
        lines.push(String::new());
        lines.push(self.say(&message!("Någon annan eller ingen: {rest}", "Somebody else or nobody: {rest}")));
        lines
    }

    /// The rules that fired, the gravest first, each with its facts.
    fn findings(&self, all: &[FindingLine]) -> Vec<String> {
        let is_own = |own: &&FindingLine| {
            let of = (own.system.as_deref(), own.account.as_deref());
            of == (Some(self.line.system.as_str()), Some(self.line.account.as_str())) && !is_over(&own.state)
        };
        let mut own: Vec<&FindingLine> = all.iter().filter(is_own).collect();
        own.sort_by_key(|own| std::cmp::Reverse(Severity::from_code(&own.severity)));
        let mut lines = vec![String::new(), self.t("Regler som slog till:", "Rules that fired:").to_owned()];
        if own.is_empty() {
            lines.push(format!("  {}", self.t("inga", "none")));
        }
        for finding in own {
            let severity = Severity::from_code(&finding.severity).map(|own| own.text().get(self.language));
            let severity = severity.unwrap_or(&finding.severity).to_lowercase();
            lines.extend(self.of_rule(&format!("{} ({severity})", finding.rule), &finding.rule, &finding.message));
            lines.extend(finding.facts.iter().map(|(name, value)| format!("      {name} = {}", shown(value))));
            lines.extend(finding.modifiers.iter().map(|own| format!("      {:+} {}", own.steps, own.reason)));
        }
        lines
    }

    /// Rules that came near, and what was missing.
    fn nearly(&self) -> Vec<String> {
        if self.line.nearly.is_empty() {
            return Vec::new();
        }
        let head = self.t("Regler som var nära men inte slog till:", "Rules that came near and did not fire:");
        let near = self.line.nearly.iter().flat_map(|own| self.of_rule(&own.rule, &own.rule, &own.message));
        [String::new(), head.to_owned()].into_iter().chain(near).collect()
    }

    /// Rules on accounts that could not be tested in the system, and why.
    fn untested(&self) -> Vec<String> {
        let untested = self.run.manifest.untested.get(&self.line.system);
        let rules: Vec<String> = untested
            .into_iter()
            .flatten()
            .filter(|(rule, _)| RULES.iter().any(|own| own.id == rule.as_str()))
            .flat_map(|(rule, why)| self.of_rule(rule, rule, why))
            .collect();
        if rules.is_empty() {
            return Vec::new();
        }
        let head = self.t("Regler som inte kunde prövas här:", "Rules that could not be tested here:").to_owned();
        [String::new(), head].into_iter().chain(rules).collect()
    }

    /// What the run says of a rule, which it wrote in its own language: for who reads another, the rule's title stands
    /// before it.
    fn of_rule(&self, head: &str, rule: &str, says: &str) -> Vec<String> {
        let written = self.run.manifest.letterhead.as_ref().and_then(|own| Language::from_code(&own.language));
        let title = RULES.iter().find(|own| own.id == rule).map(|own| own.title.get(self.language));
        match title.filter(|_| written.unwrap_or_default() != self.language) {
            Some(title) => {
                vec![format!("  {head}: {title}"), format!("      {}: {says}", self.t("körningen", "the run"))]
            }
            None => vec![format!("  {head}: {says}")],
        }
    }

    fn percent(&self, share: f64) -> String {
        let percent = share * 100.0;
        let text = if percent > 0.0 && percent < 0.1 { "< 0.1".to_owned() } else { format!("{percent:.1}") };
        match self.language {
            Language::Sv => format!("{} %", text.replace('.', ",")),
            Language::En => format!("{text} %"),
        }
    }

    fn bits(&self, bits: f64) -> String {
        let text = format!("{bits:+.1}");
        match self.language {
            Language::Sv => text.replace('.', ","),
            Language::En => text,
        }
    }
}

/// A fact without the quotes of JSON.
fn shown(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        Value::Array(list) => list.iter().map(shown).collect::<Vec<_>>().join(", "),
        other => other.to_string(),
    }
}

fn no_system(system: &str, lines: &[AccountLine]) -> Error {
    let ids: BTreeSet<&str> = lines.iter().map(|line| line.system.as_str()).collect();
    let says = message!("körningen har inget system \"{system}\"", "the run has no system \"{system}\"");
    let error = Error::new(ErrorKind::Unusable, Place::file("samkor explain"), says);
    let all = ids.iter().copied().collect::<Vec<_>>().join(", ");
    let way_out = match nearest(system, ids.iter().copied()) {
        Some(near) => message!("Menade du \"{near}\"?", "Did you mean \"{near}\"?"),
        None => message!("System i körningen: {all}", "Systems in the run: {all}"),
    };
    error.way_out(way_out)
}

/// The same of an account that is not there and of one that may not be shown.
fn no_account(account: &str, own: &[&AccountLine]) -> Error {
    let says = message!("kontot \"{account}\" kan inte visas", "the account \"{account}\" cannot be shown");
    let error = Error::new(ErrorKind::Unusable, Place::file("samkor explain"), says);
    let why = message!(
        "Det finns inte i exporten, eller hör eller kan höra till en person med skyddade personuppgifter.",
        "It is not in the export, or is or may be the account of a person with protected personal data."
    );
    let near = nearest(&account.to_lowercase(), own.iter().map(|line| line.account.as_str()));
    match near {
        Some(near) => {
            let (sv, en) = (why.sv, why.en);
            error.way_out(message!("{sv}\nMenade du \"{near}\"?", "{en}\nDid you mean \"{near}\"?"))
        }
        None => error.way_out(why),
    }
}
