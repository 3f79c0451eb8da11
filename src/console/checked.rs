//! What `check` prints: how everything was read, a line a file, then what asks for attention, the gravest first, each
//! thing once and with what mends it.

use super::{SystemTable, coverage, input_lines, listed, quality_lines, shape};
use crate::disclosure::{ControlFinding, InputShown, MendShown, Shown, SourceShown, SummaryBook, SystemLine};
use crate::matching::Found;
use crate::model::{Language, Severity, Text, join_words, message};
use std::collections::BTreeSet;

/// What a check came to, in words.
#[derive(Debug)]
pub struct CheckedText {
    /// The whole on a screen.
    pub text: String,
    /// Every column as it is read and every figure, for those who ask.
    pub details: String,
    /// Things that ask for attention.
    pub problems: usize,
}

/// A system whose export could not be read: told where the finding stands, and not a second time.
#[derive(Debug)]
pub struct Unread {
    /// The system's name.
    pub system: Shown,
    /// The file.
    pub file: Shown,
    /// Why.
    pub says: Shown,
    /// What to do.
    pub way_out: Option<Shown>,
}

impl Unread {
    fn is_told_by(&self, finding: &ControlFinding) -> bool {
        let own = finding.system.as_deref() == Some(self.system.as_str());
        // A system without a file has nothing to add to the finding.
        own && self.way_out.is_some() && finding.message.ends_with(&format!("{}.", self.says.as_str()))
    }

    /// The finding's words with the file among them.
    fn placed(&self, says: &str) -> String {
        let why = self.says.as_str();
        says.replace(why, &format!("{}: {why}", self.file.as_str()))
    }
}

/// Something to be said of one system, several, a file or the whole.
struct Thing {
    /// What it is about, in words: more than one where the same holds for several systems.
    about: Vec<String>,
    /// How grave, where it is a finding.
    severity: Option<Severity>,
    /// What.
    says: String,
    /// What mends it.
    mends: Vec<Mending>,
}

/// What is to be done, or a line to write: what stands behind an arrow can be pasted as it is.
#[derive(PartialEq)]
struct Mending {
    says: String,
    /// Of a line: the table it stands under, as a comment behind it; of several systems each has its own.
    under: Option<String>,
}

/// What a check found.
pub fn checked(summary: &SummaryBook, unread: &[Unread], language: Language) -> CheckedText {
    let t = |sv, en| Text::new(sv, en).get(language);
    let asking: Vec<&ControlFinding> =
        summary.control.iter().filter(|finding| finding.severity >= Severity::Medium).collect();
    let things = things(summary, &asking, unread, language);
    let mut text = vec![SystemTable::new(summary, language).to_string(), String::new(), t("Läst:", "Read:").to_owned()];
    text.extend(summary.inputs.iter().filter_map(|input| read_line(input, summary, language)));
    text.push(match (asking.is_empty(), things.is_empty()) {
        (true, true) => t("\nInget att rätta.", "\nNothing to mend.").to_owned(),
        (true, false) => t("\nInget att rätta. Att känna till:", "\nNothing to mend. To know:").to_owned(),
        (false, _) => t("\nAtt se över, det allvarligaste först:", "\nTo look at, the gravest first:").to_owned(),
    });
    let mut told = BTreeSet::new();
    text.extend(sections(&things).iter().flat_map(|section| section_lines(section, &mut told, language)));
    let more = t("Varje kolumn och alla mått: samkor check -v", "Every column and all figures: samkor check -v");
    text.push(format!("\n{more}"));
    let inputs = summary.inputs.iter().flat_map(|input| input_lines(input, language));
    let details: Vec<String> = inputs.chain(summary.systems.iter().flat_map(quality_lines)).collect();
    CheckedText { text: text.join("\n"), details: details.join("\n"), problems: asking.len() }
}

/// Everything that is to be said, each once.
fn things(summary: &SummaryBook, asking: &[&ControlFinding], unread: &[Unread], language: Language) -> Vec<Thing> {
    let whole = Text::new("Hela granskningen", "The whole review").get(language);
    let mut things: Vec<Thing> = Vec::new();
    for finding in asking {
        let about = finding.system.as_deref().unwrap_or(whole).to_owned();
        let file = unread.iter().find(|own| own.is_told_by(finding));
        let says = file.map_or_else(|| finding.message.to_string(), |own| own.placed(&finding.message));
        let way_out = file.and_then(|own| own.way_out.as_ref()).map(|way_out| one_line(way_out));
        let mends = mends(finding, way_out);
        let lines = |mends: &[Mending]| mends.iter().map(|own| own.says.clone()).collect::<Vec<_>>();
        let same = |own: &&mut Thing| own.says == says && lines(&own.mends) == lines(&mends);
        match things.iter_mut().find(same).filter(|_| finding.system.is_some()) {
            Some(own) => {
                own.about.push(about);
                own.mends.iter_mut().filter_map(|own| own.under.as_mut()).for_each(|under| of_each(under, language));
            }
            None => things.push(Thing { about: vec![about], severity: Some(finding.severity), says, mends }),
        }
    }
    things.extend(summary.inputs.iter().flat_map(|input| of_input(input, summary, asking, language)));
    things
}

/// The lines to write, or else what the file's reader advises, or else what is to be done.
fn mends(finding: &ControlFinding, way_out: Option<String>) -> Vec<Mending> {
    let under = |own: &MendShown| {
        let when = own.when.map_or_else(String::new, |when| format!(", {when}"));
        format!("{}{when}", own.table)
    };
    let line = |own: &MendShown| Mending { says: own.line.to_string(), under: Some(under(own)) };
    match finding.mends.as_slice() {
        [] => vec![Mending { says: way_out.unwrap_or_else(|| finding.action.to_owned()), under: None }],
        mends => mends.iter().map(line).collect(),
    }
}

fn one_line(text: &str) -> String {
    text.lines().collect::<Vec<_>>().join(" ")
}

/// The place of a line in the table of one system becomes its place in the table of each.
fn of_each(under: &mut String, language: Language) {
    let each = Text::new("[[system]] för vart och ett", "[[system]] of each").get(language);
    let of_one = under.strip_prefix("[[system]] id = \"").and_then(|rest| rest.split_once('"'));
    if let Some((_, below)) = of_one {
        *under = format!("{each}{below}");
    }
}

/// What a file says of itself: headers that name nothing known, remarks that no finding repeats, rows that were left out.
fn of_input(input: &InputShown, summary: &SummaryBook, asking: &[&ControlFinding], language: Language) -> Vec<Thing> {
    /// Rows told of each file; the summary lists all.
    const ROWS: usize = 5;
    let Some(report) = &input.source else { return Vec::new() };
    let about = system_of(input, summary).map_or_else(|| input.path.to_string(), |system| system.name.to_string());
    let thing = |says: String, mend: Option<Mending>| Thing {
        about: vec![about.clone()],
        severity: None,
        says,
        mends: mend.into_iter().collect(),
    };
    let told = |remark: &&Shown| !asking.iter().any(|finding| repeats(finding, report, remark));
    let mut things: Vec<Thing> =
        report.remarks.iter().filter(told).map(|remark| thing(remark.to_string(), None)).collect();
    let t = |sv, en| Text::new(sv, en).get(language);
    // Where several columns answer for one field it is a choice, and the reader must know of it.
    let joined = report.columns.iter().filter(|column| column.headers.len() > 1);
    things.extend(joined.map(|column| {
        let field = column.field.called(language);
        thing(format!("{field} {} {}", t("läses ur", "is read from"), column.shown()), None)
    }));
    if !report.unknown.is_empty() {
        let says = format!("{}: {}", t("okända rubriker", "unknown headers"), listed(&report.unknown));
        let table = report.role.columns_table();
        let to_do = message!(
            "Behövs någon av dem: ange fältet med rubriken under {table}; fälten visas av samkor fields",
            "If one of them is needed: state the field with the header under {table}; samkor fields shows the fields"
        );
        things.push(thing(says, Some(Mending { says: to_do.get(language).to_owned(), under: None })));
    }
    things.extend(report.rejected.iter().take(ROWS).map(|rejected| {
        let (row, why) = (rejected.row, rejected.reason.message());
        let (sv, en) = (why.sv, why.en);
        thing(message!("rad {row}: {sv}", "row {row}: {en}").get(language).to_owned(), None)
    }));
    things
}

/// Whether a finding says what a remark on one of the file's columns does.
fn repeats(finding: &ControlFinding, report: &SourceShown, remark: &str) -> bool {
    let header = remark.strip_prefix('"').and_then(|rest| rest.split('"').next());
    header.is_some_and(|header| {
        finding.message.contains(report.path.as_str()) && finding.message.contains(&format!("\"{header}\""))
    })
}

fn system_of<'s>(input: &InputShown, summary: &'s SummaryBook) -> Option<&'s SystemLine> {
    let id = input.system.as_deref()?;
    summary.systems.iter().find(|system| system.id == id)
}

/// Things about the same, under one head; the gravest section first, and in it the gravest thing.
fn sections(things: &[Thing]) -> Vec<Vec<&Thing>> {
    let mut sections: Vec<Vec<&Thing>> = Vec::new();
    for thing in things {
        match sections.iter_mut().find(|section| section[0].about == thing.about) {
            Some(section) => section.push(thing),
            None => sections.push(vec![thing]),
        }
    }
    sections.sort_by_key(|section| std::cmp::Reverse(section.iter().map(|thing| thing.severity).max().flatten()));
    sections
}

/// What is to be done is told where it first stands, and not again.
fn section_lines<'t>(section: &[&'t Thing], told: &mut BTreeSet<&'t str>, language: Language) -> Vec<String> {
    let names: Vec<&str> = section[0].about.iter().map(String::as_str).collect();
    let mut lines = vec![format!("\n{}", join_words(&names, language))];
    for thing in section {
        let grave = thing.severity.map_or_else(String::new, |own| format!("{}: ", own.text().get(language)));
        lines.push(format!("  {grave}{}", thing.says));
        for Mending { says, under } in &thing.mends {
            if told.insert(says) || under.is_some() {
                lines.push(match under {
                    Some(under) => format!("      → {says}  # under {under}"),
                    None => format!("      {}: {says}", Text::new("Att göra", "To do").get(language)),
                });
            }
        }
    }
    lines
}

/// How a file was read, on a line.
fn read_line(input: &InputShown, summary: &SummaryBook, language: Language) -> Option<String> {
    let report = input.source.as_ref()?;
    let system = system_of(input, summary);
    let what = system.map_or_else(|| report.role.text().get(language).to_owned(), |system| system.name.to_string());
    let keys = coverage(report, language).join(", ");
    let parts = [format!("{}: {what}", input.path), shape(report, language), keys];
    let found = system.and_then(|system| system.found).map(|found| both_sides(found, language));
    let parts = parts.into_iter().chain(found).filter(|part| !part.is_empty());
    Some(format!("  {}", parts.collect::<Vec<_>>().join("; ")))
}

/// Whose accounts have been found, seen from both sides.
fn both_sides(found: Found, language: Language) -> String {
    let Found { accounts, with_holder, employed, with_account } = found;
    let says = message!(
        "innehavare till {with_holder} av {accounts}, konto åt {with_account} av {employed} anställda",
        "holders of {with_holder} of {accounts}, accounts of {with_account} of {employed} employed"
    );
    says.get(language).to_owned()
}
