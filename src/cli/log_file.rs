//! The log: on standard error, or in a file that is asked for.

use super::{Arguments, Command, RunArguments};
use samkor::{Error, ErrorKind, Message, Place};
use std::fs::File;
use std::io::{BufRead, BufReader, Read, Write};
use std::path::Path;

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
    let failed = |cause: std::io::Error| cannot_log(path, &cause);
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

fn cannot_log(path: &Path, cause: &std::io::Error) -> Error {
    let mut error = Error::io(ErrorKind::Output, path, cause);
    if cause.kind() == std::io::ErrorKind::NotFound {
        *error.says =
            Message { sv: "loggens mapp finns inte".to_owned(), en: "the folder of the log does not exist".to_owned() };
    }
    error.way_out(Message {
        sv: "Ange en fil i en mapp som finns och går att skriva i: --log-file FIL".to_owned(),
        en: "Name a file in a folder that is there and can be written: --log-file FILE".to_owned(),
    })
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
