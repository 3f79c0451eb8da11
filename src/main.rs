//! The `samkor` command: reads the command line, the clock and the environment, and hands everything on
//! to the library as values.

mod cli;

use chrono::{DateTime, Local, Utc};
use clap::Parser;
use cli::{Arguments, Command};
use samkor::{Errors, Language, Message, RunRequest};
use std::io::{self, IsTerminal, Write};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::process::ExitCode;

/// Done.
const DONE: u8 = 0;
/// Done, and something asks for attention.
const ATTENTION: u8 = 1;
/// Could not be done.
const FAILED: u8 = 2;

fn main() -> ExitCode {
    let arguments = Arguments::parse();
    if let Err(cause) = cli::start_log(&arguments) {
        complain(&format!("--log-file: {cause}"));
        return ExitCode::from(FAILED);
    }
    // A panic in a parsing library is caught where files are read; it must not print a trace.
    std::panic::set_hook(Box::new(|_| log::debug!("a panic was caught")));
    let outcome = catch_unwind(AssertUnwindSafe(|| dispatch(&arguments)));
    ExitCode::from(outcome.unwrap_or_else(|_| {
        complain(
            "Ett oväntat fel har inträffat och inget har publicerats. / An unexpected error occurred and nothing \
             was published.",
        );
        FAILED
    }))
}

fn dispatch(arguments: &Arguments) -> u8 {
    match &arguments.command {
        Command::Run(run_arguments) => run(arguments, run_arguments),
        Command::Demo(demo_arguments) => demo(demo_arguments),
    }
}

fn run(arguments: &Arguments, run_arguments: &cli::RunArguments) -> u8 {
    let show_progress = io::stderr().is_terminal() && !arguments.quiet;
    let language = run_arguments.language.unwrap_or_default();
    let request = RunRequest {
        config: run_arguments.config.clone(),
        overrides: run_arguments.overrides(today()),
        arguments: run_arguments.recorded(today()),
        today: today(),
        clock: &now,
        threads: run_arguments.threads(),
        accept_incomplete: run_arguments.accept_incomplete.clone(),
        progress: &|step: Message| {
            log::info!("{}", step.en);
            if show_progress {
                complain(&format!("{} …", step.get(language)));
            }
        },
    };
    match samkor::run(&request) {
        Ok(done) => report(&done, arguments, run_arguments),
        Err(errors) => fail(&errors, language),
    }
}

/// Prints what a run came to and decides on the exit code.
fn report(done: &samkor::Done, arguments: &Arguments, run_arguments: &cli::RunArguments) -> u8 {
    for error in &done.missing {
        complain(&error.show(done.language));
    }
    if !arguments.quiet {
        let intro = match done.language {
            Language::Sv => "Resultatet finns i",
            Language::En => "The result is in",
        };
        let _ = writeln!(io::stdout(), "{}\n\n{intro} {}", done.table, done.folder.display());
    }
    match (run_arguments.fail_on, done.gravest) {
        (Some(line), Some(gravest)) if gravest >= line => ATTENTION,
        _ => DONE,
    }
}

fn demo(arguments: &cli::DemoArguments) -> u8 {
    match samkor::demo::write(&arguments.folder, &arguments.size()) {
        Ok(summary) => {
            let _ = writeln!(io::stdout(), "{summary}");
            DONE
        }
        Err(error) => fail(&error.into(), Language::Sv),
    }
}

fn fail(errors: &Errors, language: Language) -> u8 {
    complain(&errors.show(language));
    FAILED
}

/// Writes to standard error; if that is closed there is nobody left to tell.
fn complain(text: &str) {
    let _ = writeln!(io::stderr(), "{text}");
}

/// The time now, or `SOURCE_DATE_EPOCH` for runs that are to be the same to the byte.
#[allow(clippy::disallowed_methods)] // main is where the clock and the environment are read.
fn now() -> DateTime<Utc> {
    let fixed = std::env::var("SOURCE_DATE_EPOCH").ok().and_then(|text| text.trim().parse().ok());
    fixed.and_then(|seconds| DateTime::from_timestamp(seconds, 0)).unwrap_or_else(Utc::now)
}

/// The day of the run, where the computer stands.
fn today() -> chrono::NaiveDate {
    now().with_timezone(&Local).date_naive()
}
