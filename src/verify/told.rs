//! What was tried, in words: a line for each part, then everything that deviates and everything that is gone.

use super::{Part, Verified};
use crate::model::{Language, Message, Text, counted, message};

/// The whole as it is printed.
pub fn told(verified: &Verified<'_>, language: Language) -> String {
    let t = |sv, en| Text::new(sv, en).get(language);
    let mut text = vec![format!("{} {}", t("Körningen", "The run"), verified.run)];
    let widest = |of: fn(&Part, Language) -> &str| {
        verified.parts.iter().map(|part| of(part, language).chars().count()).max().unwrap_or(0)
    };
    let (names, extents) = (widest(name), widest(extent));
    for part in &verified.parts {
        let (name, extent, outcome) = (name(part, language), extent(part, language), outcome(part));
        text.push(format!("    {name:names$}  {extent:>extents$}  {}", outcome.get(language)));
    }
    listed(&mut text, t("Avviker:", "Deviates:"), verified, language, |part| &part.deviations);
    let gone = t("Finns inte kvar och har inte prövats:", "Is gone and was not tried:");
    listed(&mut text, gone, verified, language, |part| &part.gone);
    text.push(format!("\n{}", conclusion(verified).get(language)));
    text.join("\n")
}

fn name(part: &Part, language: Language) -> &str {
    part.name.get(language)
}

fn extent(part: &Part, language: Language) -> &str {
    part.extent.get(language)
}

fn outcome(part: &Part) -> Message {
    let deviate = counted(part.deviations.len(), ["avviker", "avviker"], ["deviates", "deviate"]);
    let gone = counted(part.gone.len(), ["finns inte kvar", "finns inte kvar"], ["is gone", "are gone"]);
    match (part.deviations.is_empty(), part.gone.is_empty()) {
        (true, true) => message!("stämmer", "as it should be"),
        (false, true) => deviate,
        (true, false) => gone,
        (false, false) => {
            let ((sv, en), (gone, gone_en)) = (deviate.both(), gone.both());
            message!("{sv}, {gone}", "{en}, {gone_en}")
        }
    }
}

/// A heading and what stands under it, where anything does.
fn listed(
    text: &mut Vec<String>,
    heading: &str,
    verified: &Verified<'_>,
    language: Language,
    of: fn(&Part) -> &Vec<Message>,
) {
    let mut own = verified.parts.iter().flat_map(of).peekable();
    if own.peek().is_some() {
        text.push(format!("\n{heading}"));
        text.extend(own.map(|message| format!("    {}", message.get(language))));
    }
}

fn conclusion(verified: &Verified<'_>) -> Message {
    let deviations = verified.deviations();
    if deviations > 0 {
        let found = counted(deviations, ["avvikelse", "avvikelser"], ["deviation", "deviations"]);
        let (sv, en) = found.both();
        return message!("Körningen stämmer inte: {sv}.", "The run is not as it was: {en}.");
    }
    if verified.gone() > 0 {
        return message!("Allt som finns kvar stämmer.", "Everything that is still there is as it was.");
    }
    message!("Körningen stämmer.", "The run is as it was.")
}
