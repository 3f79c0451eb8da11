//! What clap says of a command line that cannot be taken, in Swedish where that is read.

use super::help;
use super::value::Expected;
use clap::error::{ContextKind, ContextValue, ErrorKind};
use samkor::Language;
use std::error::Error as _;

/// The text of an error, or of the help that was asked for; with colours where they are wanted.
pub fn told(error: &clap::Error, language: Language, colours: bool) -> String {
    let own = error.render();
    let own = if colours { own.ansi().to_string() } else { own.to_string() };
    let of_help = matches!(
        error.kind(),
        ErrorKind::DisplayHelp | ErrorKind::DisplayVersion | ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand
    );
    if of_help || language == Language::En {
        return format!("{}\n", help::in_words(&own, language).trim_end());
    }
    match says(error) {
        Some(says) => {
            let ways = [way_out(error), usage(error)].into_iter().flatten();
            let head = format!("fel: {says}");
            let parts: Vec<String> = [head].into_iter().chain(ways).collect();
            format!("{}\n\nMer om vad som kan skrivas: samkor --help\n", parts.join("\n\n"))
        }
        None => help::in_words(&own, language),
    }
}

/// What is wrong.
fn says(error: &clap::Error) -> Option<String> {
    let text = |kind| error.get(kind).map(shown);
    let arg = || text(ContextKind::InvalidArg);
    Some(match error.kind() {
        ErrorKind::InvalidSubcommand => format!("kommandot '{}' finns inte", text(ContextKind::InvalidSubcommand)?),
        ErrorKind::UnknownArgument => format!("'{}' går inte att ange här", arg()?),
        ErrorKind::InvalidValue => match text(ContextKind::InvalidValue)? {
            blank if blank.is_empty() => format!("{} saknar ett värde", arg()?),
            value => format!("värdet '{value}' går inte att ange för {}", arg()?),
        },
        ErrorKind::ValueValidation => {
            let why = error.source().and_then(|cause| cause.downcast_ref::<Expected>());
            let why = why.map_or_else(String::new, |expected| format!(": {}", expected.0.sv));
            format!("värdet '{}' går inte att ange för {}{why}", text(ContextKind::InvalidValue)?, arg()?)
        }
        ErrorKind::MissingRequiredArgument => format!("det här saknas: {}", arg()?),
        ErrorKind::MissingSubcommand => "ett kommando saknas".to_owned(),
        ErrorKind::ArgumentConflict => match text(ContextKind::PriorArg) {
            Some(prior) if prior == arg()? => format!("{prior} kan bara anges en gång"),
            Some(prior) => format!("{} kan inte anges tillsammans med {prior}", arg()?),
            None => format!("{} kan inte anges tillsammans med något annat", arg()?),
        },
        ErrorKind::TooManyValues => {
            format!("värdet '{}' är ett för mycket för {}", text(ContextKind::InvalidValue)?, arg()?)
        }
        ErrorKind::TooFewValues | ErrorKind::WrongNumberOfValues | ErrorKind::NoEquals => {
            format!("{} saknar ett värde", arg()?)
        }
        ErrorKind::InvalidUtf8 => "något på raden är ingen text som kan läsas".to_owned(),
        _ => return None,
    })
}

/// What may be meant, or what can be written.
fn way_out(error: &clap::Error) -> Option<String> {
    let suggested = [ContextKind::SuggestedSubcommand, ContextKind::SuggestedArg, ContextKind::SuggestedValue];
    let meant = suggested.into_iter().find_map(|kind| error.get(kind)).map(nearest).filter(|text| !text.is_empty());
    let values = || error.get(ContextKind::ValidValue).map(shown).filter(|text| !text.is_empty());
    meant
        .map(|meant| format!("  Menade du {meant}?"))
        .or_else(|| values().map(|values| format!("  Möjliga värden: {values}")))
}

/// Of several that may be meant the likeliest, which clap puts last.
fn nearest(value: &ContextValue) -> String {
    match value {
        ContextValue::Strings(several) => several.last().cloned().unwrap_or_default(),
        other => shown(other),
    }
}

/// How the command is written.
fn usage(error: &clap::Error) -> Option<String> {
    let Some(ContextValue::StyledStr(usage)) = error.get(ContextKind::Usage) else { return None };
    Some(help::in_words(&usage.to_string(), Language::Sv))
}

fn shown(value: &ContextValue) -> String {
    match value {
        ContextValue::Strings(texts) => texts.join(", "),
        ContextValue::StyledStrs(texts) => texts.iter().map(ToString::to_string).collect::<Vec<_>>().join(", "),
        ContextValue::None => String::new(),
        other => other.to_string(),
    }
}
