//! The `samkor` command: reads the command line, the clock and the environment, and hands everything on
//! to the library as values.

mod cli;
mod terminal;

use chrono::{DateTime, Datelike, Local, Utc};
use clap::FromArgMatches;
use cli::{Arguments, Command};
use samkor::{Errors, Language, Progress, RunRequest, Stopped};
use std::collections::BTreeMap;
use std::ffi::OsString;
use std::io::{self, IsTerminal, Write};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

/// Matching and writing allocate much and on every core.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// Done.
const DONE: u8 = 0;
/// Done, and something asks for attention.
const ATTENTION: u8 = 1;
/// Could not be done.
const FAILED: u8 = 2;

fn main() -> ExitCode {
    let typed: Vec<OsString> = std::env::args_os().collect();
    let read = cli::help::language(&typed, locale().as_deref());
    let arguments = match arguments(typed, read) {
        Ok(arguments) => arguments,
        Err(refused) => return refuse(&refused, read),
    };
    if let Err(text) = fixed_time() {
        complain(&format!(
            "SOURCE_DATE_EPOCH är ingen tid i sekunder mellan 1970 och 9998: {text}\nSOURCE_DATE_EPOCH is no time in \
             seconds between 1970 and 9998: {text}"
        ));
        return ExitCode::from(FAILED);
    }
    if let Err(error) = cli::start_log(&arguments) {
        return ExitCode::from(fail(&error.into(), arguments.command.language()));
    }
    stop_when_told();
    // A panic in a parsing library is caught where files are read; it must not print a trace.
    std::panic::set_hook(Box::new(|_| log::debug!("a panic was caught")));
    let outcome = catch_unwind(AssertUnwindSafe(|| dispatch(&arguments, read)));
    ExitCode::from(outcome.unwrap_or_else(|_| {
        complain(
            "Ett oväntat fel har inträffat och inget har publicerats. / An unexpected error occurred and nothing \
             was published.",
        );
        FAILED
    }))
}

/// What was typed, with help and errors in the language that is read.
fn arguments(typed: Vec<OsString>, read: Language) -> Result<Arguments, clap::Error> {
    let mut command = cli::help::command(read);
    let matches = command.try_get_matches_from_mut(typed)?;
    Arguments::from_arg_matches(&matches).map_err(|refused| refused.format(&mut command))
}

/// Shows the help that was asked for, or why the command line cannot be taken.
fn refuse(refused: &clap::Error, read: Language) -> ExitCode {
    let wanted = !refused.use_stderr();
    let terminal = if wanted { io::stdout().is_terminal() } else { io::stderr().is_terminal() };
    let text = cli::refusal::told(refused, read, terminal && !no_colour());
    if wanted {
        // Whoever reads it may have read enough.
        let _ = write!(io::stdout(), "{text}");
        return ExitCode::from(DONE);
    }
    // What was typed may hold anything.
    let _ = write!(io::stderr(), "{}", samkor::masked(&text, today()));
    ExitCode::from(FAILED)
}

/// The system's locale for messages.
#[allow(clippy::disallowed_methods)] // main is where the environment is read.
fn locale() -> Option<String> {
    let set = |name: &&str| std::env::var(name).ok().filter(|value| !value.is_empty());
    ["LC_ALL", "LC_MESSAGES", "LANG"].iter().find_map(set)
}

/// Whether no colours are wanted.
#[allow(clippy::disallowed_methods)] // main is where the environment is read.
fn no_colour() -> bool {
    std::env::var_os("NO_COLOR").is_some_and(|value| !value.is_empty())
}

/// Cleans up behind the program when it is told to stop: by Ctrl-C, by a scheduler, by a terminal that is closed, by a
/// computer that shuts down.
#[cfg(unix)]
fn stop_when_told() {
    use signal_hook::consts::{SIGHUP, SIGINT, SIGQUIT, SIGTERM};
    let heard = [SIGINT, SIGTERM, SIGQUIT].into_iter().chain((!hangup_is_ignored()).then_some(SIGHUP));
    let Ok(mut signals) = signal_hook::iterator::Signals::new(heard) else { return };
    std::thread::spawn(move || {
        if signals.forever().next().is_some() {
            stop();
        }
    });
}

/// Whether the program was started to outlive its terminal, as by `nohup`: a handler would undo that. The system tells
/// which signals are passed over as bits, the first for signal 1; where it does not tell, none is.
#[cfg(unix)]
fn hangup_is_ignored() -> bool {
    let Ok(told) = std::fs::read_to_string("/proc/self/status") else { return false };
    let ignored = told.lines().find_map(|line| line.strip_prefix("SigIgn:"));
    let bits = ignored.and_then(|bits| u64::from_str_radix(bits.trim(), 16).ok());
    bits.is_some_and(|bits| bits >> (signal_hook::consts::SIGHUP - 1) & 1 == 1)
}

/// The same on Windows.
#[cfg(windows)]
fn stop_when_told() {
    // Without it the program stops all the same, and the next run cleans up.
    let _ = ctrlc::set_handler(stop);
}

/// Nothing is known of how such a computer stops a program.
#[cfg(not(any(unix, windows)))]
fn stop_when_told() {}

#[cfg(any(unix, windows))]
#[allow(clippy::exit)] // The other threads are in the middle of their work, which is not to be finished.
fn stop() {
    if samkor::stop() == Stopped::Unpublished {
        complain("Avbrutet, och inget har publicerats. / Stopped, and nothing was published.");
        std::process::exit(i32::from(FAILED));
    }
}

fn dispatch(arguments: &Arguments, read: Language) -> u8 {
    match &arguments.command {
        Command::Init(init_arguments) => init(init_arguments),
        Command::Run(run_arguments) => run(arguments, run_arguments),
        Command::Check(run_arguments) => check(arguments, run_arguments),
        Command::Answers(answers_arguments) => answers(answers_arguments),
        Command::Verify(verify_arguments) => verify(verify_arguments, arguments.quiet),
        Command::Deliver(deliver_arguments) => deliver(deliver_arguments),
        Command::Inspect(inspect_arguments) => inspect(inspect_arguments),
        Command::Explain(explain_arguments) => explain(explain_arguments),
        Command::Fields(fields_arguments) => {
            let language = fields_arguments.language.unwrap_or_default();
            tell(samkor::fields(fields_arguments.field.as_deref(), language), language)
        }
        Command::Schema => tell(Ok(samkor::schema()), Language::Sv),
        Command::Completions(completions_arguments) => {
            let mut script = Vec::new();
            let mut command = cli::help::command(read);
            clap_complete::generate(completions_arguments.shell, &mut command, "samkor", &mut script);
            // Whoever reads it may have read enough.
            let _ = io::stdout().write_all(&script);
            DONE
        }
        Command::Man(man_arguments) => {
            // Any name that is let through has a page.
            let page = cli::manual::page(man_arguments.command.as_deref(), read).unwrap_or_default();
            let _ = io::stdout().write_all(page.as_bytes());
            DONE
        }
        Command::Rules(rules_arguments) => rules(rules_arguments),
        Command::Demo(demo_arguments) => demo(demo_arguments, arguments.language.unwrap_or_default()),
    }
}

fn run(arguments: &Arguments, run_arguments: &cli::RunArguments) -> u8 {
    let result = with_request(arguments, run_arguments, samkor::run);
    match result {
        Ok(done) => report(&done, arguments, run_arguments),
        Err(errors) => fail(&errors, run_arguments.language.unwrap_or_default()),
    }
}

fn init(arguments: &cli::InitArguments) -> u8 {
    let language = arguments.language.unwrap_or_default();
    match samkor::init(&arguments.folder, today(), samkor::InitWish { inventory: arguments.inventory, language }) {
        Ok(begun) => {
            let _ = writeln!(io::stdout(), "{}", begun.text);
            if begun.is_ready { DONE } else { ATTENTION }
        }
        Err(error) => fail(&error.into(), language),
    }
}

fn check(arguments: &Arguments, run_arguments: &cli::RunArguments) -> u8 {
    match with_request(arguments, run_arguments, samkor::check) {
        Ok(checked) => {
            if arguments.verbose > 0 {
                let _ = writeln!(io::stdout(), "{}\n", checked.details);
            }
            let _ = writeln!(io::stdout(), "{}", checked.text);
            if checked.problems > 0 { ATTENTION } else { DONE }
        }
        Err(errors) => fail(&errors, run_arguments.language.unwrap_or_default()),
    }
}

fn answers(arguments: &cli::AnswersArguments) -> u8 {
    let told = samkor::answers(
        &RunRequest {
            config: arguments.config.clone(),
            overrides: samkor::Overrides { language: arguments.language, ..samkor::Overrides::default() },
            arguments: BTreeMap::new(),
            today: today(),
            clock: &now,
            threads: None,
            accept_incomplete: None,
            progress: &|_| {},
        },
        &arguments.run,
    );
    match told {
        Ok(told) => {
            let _ = writeln!(io::stdout(), "{}", told.text);
            if told.unread > 0 { ATTENTION } else { DONE }
        }
        Err(errors) => fail(&errors, arguments.language.unwrap_or_default()),
    }
}

fn verify(arguments: &cli::VerifyArguments, quiet: bool) -> u8 {
    let language = arguments.language.unwrap_or_default();
    let verified = samkor::verify(&samkor::VerifyRequest {
        run: arguments.run.clone(),
        config: arguments.config.clone(),
        sample: arguments.sample(),
        again_in: arguments.reperform.then(std::env::temp_dir),
        language,
        today: today(),
        progress: &progress(quiet, language),
    });
    match verified {
        Ok(told) => {
            let _ = writeln!(io::stdout(), "{}", told.text);
            let failed = told.undone.into_iter().map(|error| fail(&error.into(), language)).max();
            failed.unwrap_or(if told.deviations > 0 { ATTENTION } else { DONE })
        }
        Err(errors) => fail(&errors, language),
    }
}

fn deliver(arguments: &cli::DeliverArguments) -> u8 {
    match samkor::deliver(&arguments.run, arguments.via(), arguments.to.as_deref(), now()) {
        Ok(delivered) => {
            let _ = writeln!(io::stdout(), "{}", delivered.text);
            if delivered.unaddressed > 0 { ATTENTION } else { DONE }
        }
        Err(error) => fail(&error.into(), arguments.language.unwrap_or_default()),
    }
}

/// Hands the command line, the clock and the terminal on as values.
fn with_request<T>(arguments: &Arguments, run: &cli::RunArguments, work: fn(&RunRequest<'_>) -> T) -> T {
    work(&RunRequest {
        config: run.config.clone(),
        overrides: run.overrides(today()),
        arguments: run.recorded(today()),
        today: today(),
        clock: &now,
        threads: run.threads(),
        accept_incomplete: run.accept_incomplete.clone(),
        progress: &progress(arguments.quiet, run.language.unwrap_or_default()),
    })
}

/// Tells on a terminal what is being done, and how far it has come.
fn progress(quiet: bool, language: Language) -> impl Fn(Progress) + Sync {
    let line = terminal::Line::new(language, io::stderr().is_terminal() && !quiet);
    move |progress: Progress| line.tell(&progress)
}

/// Prints what a run came to and decides on the exit code.
fn report(done: &samkor::Done, arguments: &Arguments, run_arguments: &cli::RunArguments) -> u8 {
    for error in &done.missing {
        complain(error);
    }
    if !arguments.quiet {
        let intro = match done.language {
            Language::Sv => "Resultatet finns i",
            Language::En => "The result is in",
        };
        let coloured = io::stdout().is_terminal() && !no_colour();
        let table = if coloured { done.table.coloured() } else { done.table.to_string() };
        let _ = writeln!(io::stdout(), "{table}\n\n{intro} {}", done.folder.display());
    }
    if let Some(unchanged) = &done.unchanged {
        log::info!("{}", unchanged.en);
        if !arguments.quiet {
            complain(unchanged.get(done.language));
        }
    }
    match (run_arguments.fail_on, done.gravest) {
        (Some(line), Some(gravest)) if gravest >= line => ATTENTION,
        _ => DONE,
    }
}

/// Looks at each file; one that cannot be read holds up no other.
fn inspect(arguments: &cli::InspectArguments) -> u8 {
    let language = arguments.language.unwrap_or_default();
    let looked_at = if arguments.csv {
        arguments.files.iter().map(|file| there(file).and_then(|()| write_csv(file, arguments, language))).collect()
    } else {
        inspect_each(arguments, language)
    };
    let failed = looked_at.into_iter().filter_map(Result::err);
    failed.fold(DONE, |_, error| fail(&error.into(), language))
}

/// Tells how each file is read, all of them looked at before anything is said.
fn inspect_each(arguments: &cli::InspectArguments, language: Language) -> Vec<Result<(), samkor::Error>> {
    let missing = arguments.files.iter().filter_map(|file| there(file).err());
    let mut looked_at: Vec<Result<(), samkor::Error>> = missing.map(Err).collect();
    let files: Vec<PathBuf> = arguments.files.iter().filter(|file| file.exists()).cloned().collect();
    for told in samkor::inspect(&files, arguments.role, today(), language) {
        looked_at.push(told.map(|text| drop(writeln!(io::stdout(), "{text}\n"))));
    }
    looked_at
}

fn there(file: &Path) -> Result<(), samkor::Error> {
    if file.exists() { Ok(()) } else { Err(cli::no_such_file(file)) }
}

/// Writes the tables of a file, and says beside them what should be known.
fn write_csv(file: &Path, arguments: &cli::InspectArguments, language: Language) -> Result<(), samkor::Error> {
    let wanted = match (&arguments.sheet, &arguments.to) {
        (Some(sheet), _) => samkor::Wanted::Sheet(sheet),
        (None, Some(folder)) => samkor::Wanted::Each(folder),
        (None, None) => samkor::Wanted::Best,
    };
    let remarks = samkor::write_csv(file, wanted, &mut io::stdout().lock())?;
    for remark in remarks {
        complain(&format!("{}: {}", file.display(), remark.get(language)));
    }
    Ok(())
}

fn rules(arguments: &cli::RulesArguments) -> u8 {
    let language = arguments.language.unwrap_or_default();
    tell(samkor::rules(arguments.rule.as_deref(), language), language)
}

fn explain(arguments: &cli::ExplainArguments) -> u8 {
    let language = arguments.language.unwrap_or_default();
    tell(samkor::explain(&arguments.run, &arguments.system, &arguments.account, language), language)
}

/// Prints an answer, or why there is none.
fn tell(answer: Result<String, samkor::Error>, language: Language) -> u8 {
    match answer {
        Ok(text) => {
            let _ = writeln!(io::stdout(), "{text}");
            DONE
        }
        Err(error) => fail(&error.into(), language),
    }
}

fn demo(arguments: &cli::DemoArguments, language: Language) -> u8 {
    let folder = arguments.folder.as_deref().unwrap_or(Path::new(""));
    let told = match (&arguments.score, &arguments.answer) {
        (Some(run), _) => samkor::demo::score(run).map(|score| score.told(language)),
        (None, Some(run)) => samkor::demo::answer(run, folder).map(|told| told.get(language).to_owned()),
        (None, None) => {
            let written = samkor::demo::write(folder, &arguments.size(), arguments.months);
            written.map(|told| told.get(language).to_owned())
        }
    };
    tell(told, language)
}

fn fail(errors: &Errors, language: Language) -> u8 {
    complain(&errors.show(language));
    FAILED
}

/// Writes to standard error, no personal number whole; if that is closed there is nobody left to tell.
fn complain(text: &str) {
    let _ = writeln!(io::stderr(), "{}", samkor::masked(text, today()));
}

/// The time now, or `SOURCE_DATE_EPOCH` for runs that are to be the same to the byte.
#[allow(clippy::disallowed_methods)] // main is where the clock is read.
fn now() -> DateTime<Utc> {
    fixed_time().ok().flatten().unwrap_or_else(Utc::now)
}

/// The time of `SOURCE_DATE_EPOCH`, where it is set; the text where it is no time that a workbook can hold. Passed over,
/// it would give other bytes than were asked for, and nobody would know.
#[allow(clippy::disallowed_methods)] // main is where the environment is read.
fn fixed_time() -> Result<Option<DateTime<Utc>>, String> {
    let Some(text) = std::env::var_os("SOURCE_DATE_EPOCH").filter(|text| !text.is_empty()) else { return Ok(None) };
    let text = text.to_string_lossy().into_owned();
    let time = text.trim().parse().ok().and_then(|seconds| DateTime::from_timestamp(seconds, 0));
    let time = time.filter(|time| (1970..=9998).contains(&time.year()));
    time.map(Some).ok_or(text)
}

/// The day of the run, where the computer stands.
fn today() -> chrono::NaiveDate {
    now().with_timezone(&Local).date_naive()
}
