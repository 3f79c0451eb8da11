//! The command line: what can be typed, and what it means.

use chrono::{Datelike, Days, NaiveDate};
use clap::builder::{PossibleValue, PossibleValuesParser, TypedValueParser};
use clap::{Args, Parser, Subcommand, ValueEnum};
use samkor::demo::{Population, Size};
use samkor::{Draw, Error, ErrorKind, Language, Message, Overrides, Place, Role, Severity, Via};
use std::collections::BTreeMap;
use std::fs::File;
use std::io::{BufRead, BufReader, Read, Write};
use std::path::{Path, PathBuf};

/// Cross-matches account exports with the payroll register and writes Excel deviation reports.
#[derive(Parser)]
#[command(name = "samkor", version, about, disable_help_subcommand = true)]
pub struct Arguments {
    /// What to do.
    #[command(subcommand)]
    pub command: Command,
    /// Print errors only
    #[arg(short, long, global = true)]
    pub quiet: bool,
    /// Log more (-v steps, -vv details); never personal data
    #[arg(short, long, global = true, action = clap::ArgAction::Count)]
    pub verbose: u8,
}

/// The commands.
#[derive(Subcommand)]
pub enum Command {
    /// Look at a folder of exports and write a first configuration there
    #[command(visible_alias = "borja")]
    Init(InitArguments),
    /// The whole job: read, match, review, publish a run folder
    #[command(visible_alias = "kor")]
    Run(RunArguments),
    /// Read and validate configuration and inputs, and tell what a run would trip over
    #[command(visible_alias = "kontrollera")]
    Check(RunArguments),
    /// Read returned workbooks between runs: who has answered what, and whom to remind
    #[command(visible_alias = "las-svar")]
    Answers(AnswersArguments),
    /// Try a run folder against its manifest: every file, every input, the arithmetic, the chain of runs
    #[command(visible_alias = "verifiera")]
    Verify(VerifyArguments),
    /// Explain one account of a run: the decision bit by bit, whom else it could be, the rules that fired
    #[command(visible_alias = "forklara")]
    Explain(ExplainArguments),
    /// Hand a run out: a copy of each workbook in its recipient's folder, or a draft message to each
    #[command(visible_alias = "skicka-ut")]
    Deliver(DeliverArguments),
    /// Show how files are read: format, header, columns, counts, a masked sample
    #[command(visible_alias = "visa-fil")]
    Inspect(InspectArguments),
    /// Show every field of the configuration: names, meaning, headers that are recognised
    #[command(visible_alias = "falt")]
    Fields(FieldsArguments),
    /// Print a JSON Schema of the configuration, by which editors complete its keys
    Schema,
    /// Print completions for a shell
    Completions(CompletionsArguments),
    /// Show the rule catalogue, or one rule: what, why, what to do, clauses
    #[command(visible_alias = "regler")]
    Rules(RulesArguments),
    /// Write a made-up municipality with right answers, or measure a run against them
    Demo(DemoArguments),
}

impl Command {
    /// The language that is asked for.
    pub fn language(&self) -> Language {
        let asked = match self {
            Self::Run(own) | Self::Check(own) => own.language,
            Self::Answers(own) => own.language,
            Self::Verify(own) => own.language,
            Self::Inspect(own) => own.language,
            Self::Rules(own) => own.language,
            Self::Deliver(own) => own.language,
            Self::Init(own) => own.language,
            Self::Explain(own) => own.language,
            Self::Fields(own) => own.language,
            Self::Demo(_) | Self::Completions(_) | Self::Schema => None,
        };
        asked.unwrap_or_default()
    }
}

/// `samkor init`.
#[derive(Args)]
pub struct InitArguments {
    /// The folder with payroll, exports and lists; samkor.toml is written there, and never over one that is there
    #[arg(value_name = "DIR")]
    pub folder: PathBuf,
    /// Write the list of systems too, as a workbook to fill in: owners, committees, classes
    #[arg(long)]
    pub inventory: bool,
    /// Language of what is told and of the list of systems; the configuration's comments are in Swedish
    #[arg(long, value_name = "sv|en", value_parser = read_language)]
    pub language: Option<Language>,
}

/// `samkor run`.
#[derive(Args)]
pub struct RunArguments {
    /// The configuration; paths in it are relative to its folder
    #[arg(default_value = "samkor.toml")]
    pub config: PathBuf,
    /// Reference date, 2026-11-30, or "last-month-end" (förra-månadsskiftet): the last day of the month before today's
    #[arg(long, value_name = "DATE", value_parser = read_as_of)]
    pub as_of: Option<AsOf>,
    /// Folder to publish the run in
    #[arg(long, value_name = "DIR")]
    pub output: Option<PathBuf>,
    /// Language of everything a recipient reads
    #[arg(long, value_name = "sv|en", value_parser = read_language)]
    pub language: Option<Language>,
    /// Threads to use [default: all]
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=1024))]
    threads: Option<u16>,
    /// Exit with 1 if a finding is this severe or more: info, low, medium, high, critical
    #[arg(long, value_name = "SEVERITY", value_parser = read_severity)]
    pub fail_on: Option<Severity>,
    /// Go on with incomplete inputs; the reason is printed in every workbook
    #[arg(long, value_name = "REASON", value_parser = clap::builder::NonEmptyStringValueParser::new())]
    pub accept_incomplete: Option<String>,
    /// Write the log to a file
    #[arg(long, value_name = "FILE")]
    pub log_file: Option<PathBuf>,
}

/// A reference date as typed.
#[derive(Clone, Copy, Debug)]
pub enum AsOf {
    /// A date.
    On(NaiveDate),
    /// The last day of the month before the run.
    LastMonthEnd,
}

impl AsOf {
    fn date(self, today: NaiveDate) -> NaiveDate {
        match self {
            Self::On(date) => date,
            Self::LastMonthEnd => today - Days::new(u64::from(today.day())),
        }
    }
}

impl RunArguments {
    /// What the command line changes in the configuration.
    pub fn overrides(&self, today: NaiveDate) -> Overrides {
        Overrides {
            as_of: self.as_of.map(|as_of| as_of.date(today)),
            output: self.output.clone(),
            language: self.language,
        }
    }

    /// The same for the manifest: what changes the result, not where it is put or how fast.
    pub fn recorded(&self, today: NaiveDate) -> BTreeMap<String, String> {
        let as_of = self.as_of.map(|as_of| as_of.date(today).to_string());
        let language = self.language.map(|language| language.code().to_owned());
        let named = [("as-of", as_of), ("language", language), ("accept-incomplete", self.accept_incomplete.clone())];
        named.into_iter().filter_map(|(name, value)| Some((name.to_owned(), value?))).collect()
    }

    /// Threads to use.
    pub fn threads(&self) -> Option<usize> {
        self.threads.map(usize::from)
    }
}

/// `samkor answers`.
#[derive(Args)]
pub struct AnswersArguments {
    /// The run folder that was answered
    pub run: PathBuf,
    /// The configuration, whose [followup] names the folder with returned workbooks
    #[arg(long, value_name = "FILE", default_value = "samkor.toml")]
    pub config: PathBuf,
    /// Language of what is told
    #[arg(long, value_name = "sv|en", value_parser = read_language)]
    pub language: Option<Language>,
}

/// `samkor verify`.
#[derive(Args)]
pub struct VerifyArguments {
    /// The run folder
    pub run: PathBuf,
    /// The configuration, where it is not where it was [default: in a folder around the run]
    #[arg(long, value_name = "FILE")]
    pub config: Option<PathBuf>,
    /// Make the run again from the same inputs and compare every file, byte for byte
    #[arg(long)]
    pub reperform: bool,
    /// Put a random sample of so many accounts beside the run, with everything about them; protected persons left out
    #[arg(long, value_name = "N", requires = "seed", value_parser = clap::value_parser!(u32).range(1..=10_000))]
    sample: Option<u32>,
    /// The same seed draws the same accounts
    #[arg(long, value_name = "S", requires = "sample")]
    seed: Option<u64>,
    /// Language of what is told
    #[arg(long, value_name = "sv|en", value_parser = read_language)]
    pub language: Option<Language>,
}

impl VerifyArguments {
    /// The sample that is asked for.
    pub fn sample(&self) -> Option<Draw> {
        let size = usize::try_from(self.sample?).ok()?;
        Some(Draw { size, seed: self.seed? })
    }
}

/// `samkor deliver`.
#[derive(Args)]
pub struct DeliverArguments {
    /// The run folder
    pub run: PathBuf,
    /// How: "folder", a folder a recipient; "eml", a draft message a recipient with the workbooks attached
    #[arg(long, value_name = "WAY", value_enum, default_value = "folder")]
    via: Way,
    /// Folder to write in [default: RUN+utskick, beside the run]
    #[arg(long, value_name = "DIR")]
    pub to: Option<PathBuf>,
    /// Language of errors; what is delivered is in the language of the run
    #[arg(long, value_name = "sv|en", value_parser = read_language)]
    pub language: Option<Language>,
}

/// A way to deliver, as typed.
#[derive(Clone, Copy, Debug, ValueEnum)]
enum Way {
    Folder,
    Eml,
}

impl DeliverArguments {
    /// How workbooks reach their recipients.
    pub fn via(&self) -> Via {
        match self.via {
            Way::Folder => Via::Folder,
            Way::Eml => Via::Eml,
        }
    }
}

/// `samkor inspect`.
#[derive(Args)]
pub struct InspectArguments {
    /// Files to look at
    #[arg(required = true, value_name = "FILE")]
    pub files: Vec<PathBuf>,
    /// What the files are [default: what they are recognised as]
    #[arg(long = "as", value_name = "payroll|system|register|inventory", value_parser = read_role, conflicts_with = "csv")]
    pub role: Option<Role>,
    /// Write the whole table as UTF-8 CSV on standard output instead, unmasked
    #[arg(long)]
    pub csv: bool,
    /// With --csv: the sheet to write [default: the one whose header is known best]
    #[arg(long, value_name = "NAME", requires = "csv")]
    pub sheet: Option<String>,
    /// With --csv: write every visible sheet that holds a table, each into a file of its own in this folder
    #[arg(long, value_name = "DIR", requires = "csv", conflicts_with = "sheet")]
    pub to: Option<PathBuf>,
    /// Language of the answer
    #[arg(long, value_name = "sv|en", value_parser = read_language)]
    pub language: Option<Language>,
}

/// `samkor rules`.
#[derive(Args)]
pub struct RulesArguments {
    /// One rule by its id, such as leaver-active
    pub rule: Option<String>,
    /// Language [default: sv]
    #[arg(long, value_name = "sv|en", value_parser = read_language)]
    pub language: Option<Language>,
}

/// `samkor explain`.
#[derive(Args)]
pub struct ExplainArguments {
    /// The run folder
    pub run: PathBuf,
    /// Id of the system
    pub system: String,
    /// Name of the account
    pub account: String,
    /// Language [default: sv]
    #[arg(long, value_name = "sv|en", value_parser = read_language)]
    pub language: Option<Language>,
}

/// `samkor fields`.
#[derive(Args)]
pub struct FieldsArguments {
    /// One field by its English or Swedish name, with every header it is known by
    pub field: Option<String>,
    /// Language [default: sv]
    #[arg(long, value_name = "sv|en", value_parser = read_language)]
    pub language: Option<Language>,
}

/// `samkor completions`.
#[derive(Args)]
pub struct CompletionsArguments {
    /// The shell
    #[arg(value_enum)]
    pub shell: clap_complete::Shell,
}

/// `samkor demo`.
#[derive(Args)]
pub struct DemoArguments {
    /// Folder to write to; it must not exist or be empty. With --answer the folder of answers
    #[arg(required_unless_present = "score")]
    pub folder: Option<PathBuf>,
    /// Fill in the lists of a run as its owners would, into DIR
    #[arg(long, value_name = "RUN", conflicts_with_all = ["score", "kind", "employees", "accounts", "seed", "months"])]
    pub answer: Option<PathBuf>,
    /// Measure a run folder against the right answers
    #[arg(long, value_name = "RUN", conflicts_with_all = ["folder", "kind", "employees", "accounts", "seed", "months"])]
    pub score: Option<PathBuf>,
    /// What is particular about the municipality
    #[arg(long, default_value = Population::default().code(), value_parser = populations())]
    kind: Population,
    /// People in payroll [default: 400; of the small kind 250]
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(20..=200_000))]
    employees: Option<u32>,
    /// Accounts in all systems together [default: about what so many people have]
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(20..=2_000_000))]
    accounts: Option<u32>,
    /// Another seed gives another municipality
    #[arg(long, value_name = "S", default_value_t = 1)]
    seed: u64,
    /// Months that follow the first, each in a folder of its own, with what owners answer
    #[arg(long, value_name = "N", default_value_t = 0, value_parser = clap::value_parser!(u32).range(0..=24))]
    pub months: u32,
}

impl DemoArguments {
    /// How large and which.
    pub fn size(&self) -> Size {
        Size {
            population: self.kind,
            employees: self.employees.unwrap_or(self.kind.employees()),
            accounts: self.accounts,
            seed: self.seed,
        }
    }
}

/// The kinds of municipality by their codes, told in the language of those who try them.
fn populations() -> impl TypedValueParser<Value = Population> {
    let told = Population::ALL.map(|own| PossibleValue::new(own.code()).help(own.about().sv));
    PossibleValuesParser::new(told).map(|code| Population::from_code(&code).unwrap_or_default())
}

fn read_as_of(text: &str) -> Result<AsOf, String> {
    // å is one sign or two, as the keyboard or the file has it.
    let is_word = ["last-month-end", "förra-månadsskiftet", "fo\u{308}rra-ma\u{30a}nadsskiftet", "forra-manadsskiftet"]
        .contains(&text);
    if is_word {
        return Ok(AsOf::LastMonthEnd);
    }
    let date = NaiveDate::parse_from_str(text, "%Y-%m-%d").ok().filter(|date| (1..=9999).contains(&date.year()));
    date.map(AsOf::On).ok_or_else(|| "write 2026-11-30, last-month-end or förra-månadsskiftet".to_owned())
}

fn read_language(text: &str) -> Result<Language, String> {
    Language::from_code(text).ok_or_else(|| "sv or en".to_owned())
}

fn read_role(text: &str) -> Result<Role, String> {
    match text {
        "payroll" => Ok(Role::Payroll),
        "system" => Ok(Role::Accounts),
        "register" => Ok(Role::Register),
        "inventory" => Ok(Role::Inventory),
        _ => Err("payroll, system, register or inventory".to_owned()),
    }
}

fn read_severity(text: &str) -> Result<Severity, String> {
    Severity::from_code(text).ok_or_else(|| "info, low, medium, high or critical".to_owned())
}

/// Starts the log: on standard error, or in a file. Only the program's own messages are let through; a
/// library's trace could print cells.
///
/// # Errors
/// A log file that cannot be written, or holds anything else than a log.
pub fn start_log(arguments: &Arguments) -> Result<(), Error> {
    let mut builder = env_logger::Builder::new();
    builder.filter_level(log::LevelFilter::Off).filter_module("samkor", level(arguments));
    if let Command::Run(RunArguments { log_file: Some(path), .. })
    | Command::Check(RunArguments { log_file: Some(path), .. }) = &arguments.command
    {
        let file = open_log(path)?;
        builder.target(env_logger::Target::Pipe(Box::new(file)));
        builder.filter_module("samkor", level(arguments).max(log::LevelFilter::Info));
    }
    builder.format(|line, record| {
        let (time, level, target) = (line.timestamp(), record.level(), record.target());
        let text = samkor::masked(&record.args().to_string(), crate::today());
        writeln!(line, "[{time} {level:<5} {target}] {text}")
    });
    // Started once, at the top of main.
    let _ = builder.try_init();
    Ok(())
}

/// Opens a file to log in. What is there already is only added to where it is a log of the program's own: an input or
/// any other file that is named by mistake is left as it is.
fn open_log(path: &Path) -> Result<File, Error> {
    let failed = |cause: std::io::Error| Error::io(ErrorKind::Output, path, &cause);
    match std::fs::metadata(path) {
        Ok(metadata) if !metadata.is_file() || !is_log(path).map_err(failed)? => return Err(no_log(path)),
        _ => {}
    }
    let mut options = File::options();
    options.create(true).append(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(path).map_err(failed)
}

/// Whether a file is empty or begins as the program's own log does: `[time level samkor…] …`.
fn is_log(path: &Path) -> std::io::Result<bool> {
    let mut first = Vec::new();
    BufReader::new(File::open(path)?.take(200)).read_until(b'\n', &mut first)?;
    let first = String::from_utf8_lossy(&first);
    let told = first.strip_prefix('[').and_then(|line| line.split_once(']'));
    let by = told.and_then(|(told, _)| told.split_whitespace().nth(2));
    Ok(first.is_empty() || by.is_some_and(|target| target.starts_with("samkor")))
}

fn no_log(path: &Path) -> Error {
    let says = Message {
        sv: "--log-file: filen är ingen logg från samkor".to_owned(),
        en: "--log-file: the file is no log of samkor".to_owned(),
    };
    Error::new(ErrorKind::Output, Place::file(path.display().to_string()), says).way_out(Message {
        sv: "Ange en fil som inte finns, eller en logg från en tidigare körning.".to_owned(),
        en: "Name a file that does not exist, or the log of an earlier run.".to_owned(),
    })
}

/// `-v` and `RUST_LOG` both count; the more talkative wins.
#[allow(clippy::disallowed_methods)] // Part of main: the environment is read here.
fn level(arguments: &Arguments) -> log::LevelFilter {
    let typed = match arguments.verbose {
        0 => log::LevelFilter::Warn,
        1 => log::LevelFilter::Info,
        2 => log::LevelFilter::Debug,
        _ => log::LevelFilter::Trace,
    };
    let wanted = std::env::var("RUST_LOG").unwrap_or_default();
    let own = wanted.split(',').filter_map(|directive| match directive.split_once('=') {
        None => directive.trim().parse().ok(),
        Some((target, level)) if target.trim().starts_with("samkor") => level.trim().parse().ok(),
        Some(_) => None,
    });
    own.max().unwrap_or(log::LevelFilter::Off).max(typed)
}
