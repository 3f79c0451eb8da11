//! A score in words, for whoever tries the made-up municipality: what the run got right, what it said too much of, and
//! what it left to people.

use super::cause::Cause;
use super::score::{Bin, Score, Tally};
use crate::model::{Language, Message, Text, message};

impl Score {
    /// What the run came to, in sentences, then by system, by difficulty and by stated probability.
    pub fn told(&self, language: Language) -> String {
        let mut lines: Vec<String> = sentences(&self.whole).iter().map(|own| own.get(language).to_owned()).collect();
        let systems = self.systems.iter().map(|(name, tally)| (name.clone(), tally));
        lines.extend(table(Text::new("System", "System"), systems, language));
        let causes = self.causes.iter().map(|(code, tally)| (difficulty(code, language), tally));
        lines.extend(table(Text::new("Svårighet", "Difficulty"), causes, language));
        lines.extend(probabilities(&self.calibration, language));
        lines.extend(named(&self.silent, Text::new("Förbigångna i tysthet", "Passed over in silence"), language));
        lines.extend(named(&self.wrong, Text::new("Fel person", "The wrong person"), language));
        lines.join("\n")
    }
}

/// The whole in five sentences.
fn sentences(whole: &Tally) -> Vec<Message> {
    let Tally { accounts, of_someone, links, right, deviations, silent, at_work, false_alarms, undecided, .. } = *whole;
    let (wrong, told) = (links - right, deviations - silent);
    let Message { sv: found, en: found_en } = share(right, of_someone);
    vec![
        message!(
            "Mätt mot facit: {accounts} konton, varav {of_someone} är någons i personalregistret.",
            "Measured against the right answers: {accounts} accounts, {of_someone} of them of somebody in payroll."
        ),
        message!(
            "Innehavare: {right} av {links} kopplingar är rätt, {wrong} fel; {found} av det som är någons är kopplat.",
            "Holders: {right} of {links} links are right, {wrong} wrong; {found_en} of what is somebody's is linked."
        ),
        message!(
            "Avvikelser: {told} av {deviations} är sagda, {silent} gick förbi i tysthet.",
            "Deviations: {told} of {deviations} are told, {silent} went by in silence."
        ),
        message!(
            "Fellarm: {false_alarms} av {at_work} konton hos dem som arbetar sägs vara någons som slutat eller inte finns.",
            "False alarms: {false_alarms} of {at_work} accounts of people at work are said to be of somebody who left or is not there."
        ),
        message!(
            "Frågade: vid {undecided} konton får ägaren avgöra vem som är innehavare.",
            "Asked: of {undecided} accounts the owner is to say who the holder is."
        ),
    ]
}

/// One line a group, with heads in words.
fn table<'t>(first: Text, groups: impl Iterator<Item = (String, &'t Tally)>, language: Language) -> Vec<String> {
    let heads: [Text; 7] = [
        Text::new("Konton", "Accounts"),
        Text::new("Rätt", "Right"),
        Text::new("Fel", "Wrong"),
        Text::new("Avvikelser", "Deviations"),
        Text::new("Tysta", "Silent"),
        Text::new("Fellarm", "False alarms"),
        Text::new("Frågade", "Asked"),
    ];
    let mut rows = vec![(first.get(language).to_owned(), heads.map(|head| head.get(language).to_owned()))];
    rows.extend(groups.map(|(name, own)| {
        let numbers = [
            own.accounts,
            own.right,
            own.links - own.right,
            own.deviations,
            own.silent,
            own.false_alarms,
            own.undecided,
        ];
        (name, numbers.map(|number| number.to_string()))
    }));
    aligned(&rows)
}

/// Whether what is said to be so likely is right so often.
fn probabilities(bins: &[Bin], language: Language) -> Vec<String> {
    let heads = [Text::new("Konton", "Accounts"), Text::new("Sagt %", "Stated %"), Text::new("Rätt %", "Right %")];
    let first = Text::new("Sannolikhet", "Probability").get(language).to_owned();
    let mut rows = vec![(first, heads.map(|head| head.get(language).to_owned()))];
    let from = Text::new("från", "from").get(language);
    rows.extend(bins.iter().filter(|bin| bin.best > 0).map(|bin| {
        #[allow(clippy::cast_precision_loss)] // Counts of accounts.
        let (right, best) = (bin.right as f64, bin.best as f64);
        let percent = |sum: f64| figure(sum * 100.0 / best, language);
        (
            format!("{from} {}", figure_of(bin.from, language)),
            [bin.best.to_string(), percent(bin.stated), percent(right)],
        )
    }));
    aligned(&rows)
}

/// The accounts, where there are any.
fn named(accounts: &[String], head: Text, language: Language) -> Vec<String> {
    if accounts.is_empty() {
        return Vec::new();
    }
    vec![String::new(), format!("{}: {}", head.get(language), accounts.join(", "))]
}

fn difficulty(code: &str, language: Language) -> String {
    Cause::from_code(code).map_or_else(|| code.to_owned(), |cause| cause.text().get(language).to_owned())
}

/// "97,5 %"; nothing of nothing is a dash.
fn share(part: u64, of: u64) -> Message {
    #[allow(clippy::cast_precision_loss)] // Counts of accounts.
    let percent = part as f64 * 100.0 / of as f64;
    if of == 0 {
        return Message::same("–");
    }
    let (sv, en) = (figure(percent, Language::Sv), figure(percent, Language::En));
    message!("{sv} %", "{en} %")
}

fn figure(number: f64, language: Language) -> String {
    decimal(format!("{number:.1}"), language)
}

fn figure_of(number: f64, language: Language) -> String {
    decimal(number.to_string(), language)
}

fn decimal(figure: String, language: Language) -> String {
    match language {
        Language::Sv => figure.replace('.', ","),
        Language::En => figure,
    }
}

/// Words to the left, numbers to the right, under a blank line.
fn aligned<const N: usize>(rows: &[(String, [String; N])]) -> Vec<String> {
    let width = |text: &String| text.chars().count();
    let first = rows.iter().map(|(name, _)| width(name)).max().unwrap_or(0);
    let widths: [usize; N] =
        std::array::from_fn(|at| rows.iter().map(|(_, cells)| width(&cells[at])).max().unwrap_or(0));
    let line = |(name, cells): &(String, [String; N])| {
        let cells = cells.iter().zip(widths).map(|(cell, width)| format!("  {cell:>width$}"));
        format!("{name:<first$}{}", cells.collect::<String>())
    };
    std::iter::once(String::new()).chain(rows.iter().map(line)).collect()
}
