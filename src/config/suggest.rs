//! The known word nearest to a misspelt one.

use super::SystemConfig;
use super::table::{Placed, Table};
use crate::model::{SystemId, fold, message};

/// Tells of a system that is nowhere, and of the one that may be meant: by its name, or nearly by its id.
pub fn refuse_unknown(systems: &[SystemConfig], (id, offset): &Placed<SystemId>, table: &Table<'_>) {
    if systems.iter().any(|config| config.system.id == *id) {
        return;
    }
    let by_name = systems.iter().find(|config| fold(&config.system.name) == fold(id.as_str()));
    let ids = || systems.iter().map(|config| config.system.id.as_str());
    let near = by_name.map(|config| config.system.id.as_str()).or_else(|| nearest(id.as_str(), ids()));
    let way_out = near.map_or_else(
        || {
            let ids = ids().collect::<Vec<_>>().join(", ");
            message!("System med id: {ids}", "Systems by id: {ids}")
        },
        |near| message!("Menade du \"{near}\"?", "Did you mean \"{near}\"?"),
    );
    table.problem_at(*offset, message!("inget system har id \"{id}\"", "no system has the id \"{id}\""), Some(way_out));
}

/// The nearest of `known`, if it is near enough to be what was meant.
pub fn nearest<'a>(word: &str, known: impl Iterator<Item = &'a str>) -> Option<&'a str> {
    // Two slips of the finger, or a word cut short: 0.8 lets "fiel" reach "file" and keeps
    // unrelated words apart.
    const NEAR_ENOUGH: f64 = 0.8;
    known
        .map(|candidate| (strsim::jaro_winkler(word, candidate), candidate))
        .filter(|(likeness, _)| *likeness >= NEAR_ENOUGH)
        .max_by(|a, b| a.0.total_cmp(&b.0).then_with(|| b.1.cmp(a.1)))
        .map(|(_, candidate)| candidate)
}

/// What people write in Swedish for keys, folded, each with the keys that it may be.
const SWEDISH: [(&str, &[&str]); 44] = [
    ("agare", &["owner"]),
    ("systemagare", &["owner"]),
    ("administrator", &["administrator"]),
    ("forvaltare", &["administrator"]),
    ("systemforvaltare", &["administrator"]),
    ("fil", &["file"]),
    ("filer", &["files", "file"]),
    ("blad", &["sheet"]),
    ("flik", &["sheet"]),
    ("namn", &["name"]),
    ("teckenkodning", &["encoding"]),
    ("kodning", &["encoding"]),
    ("avgransare", &["delimiter"]),
    ("skiljetecken", &["delimiter"]),
    ("rubrikrad", &["header_row"]),
    ("uttagsdag", &["exported"]),
    ("uttagsdatum", &["exported"]),
    ("uttagen", &["exported"]),
    ("uttagenav", &["exported_by"]),
    ("exporteradav", &["exported_by"]),
    ("urval", &["selection"]),
    ("antal", &["control_total"]),
    ("kontrollsumma", &["control_total"]),
    ("kolumner", &["columns"]),
    ("forvaltning", &["departments"]),
    ("forvaltningar", &["departments"]),
    ("namnd", &["committee"]),
    ("klassning", &["classification"]),
    ("kanslig", &["sensitive"]),
    ("katalog", &["directory", "output"]),
    ("inloggning", &["login"]),
    ("undantag", &["exclude", "exemption"]),
    ("regler", &["rules"]),
    ("granser", &["thresholds", "limits"]),
    ("referensdag", &["as_of"]),
    ("referensdatum", &["as_of"]),
    ("datum", &["as_of", "exported"]),
    ("sprak", &["language"]),
    ("utmapp", &["output"]),
    ("resultat", &["output"]),
    ("svar", &["answers"]),
    ("skal", &["reason"]),
    ("bolag", &["company", "companies"]),
    ("mottagare", &["recipient"]),
];

/// The key that a Swedish word stands for, if it is one of those that fit.
pub fn of_swedish<'a>(word: &str, fitting: &[&'a str]) -> Option<&'a str> {
    let word = fold(word);
    let (_, keys) = SWEDISH.iter().find(|(own, _)| *own == word)?;
    keys.iter().find_map(|key| fitting.iter().copied().find(|fits| fits == key))
}

/// The key that a Swedish word stands for first of all.
pub fn key_of_swedish(word: &str) -> Option<&'static str> {
    let word = fold(word);
    SWEDISH.iter().find(|(own, _)| *own == word).and_then(|(_, keys)| keys.first().copied())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A slip finds the word meant, and an unrelated word finds nothing.
    #[test]
    fn a_slip_is_recognised() {
        let known = ["file", "owner", "exported", "administrator"];
        assert_eq!(nearest("fiel", known.into_iter()), Some("file"));
        assert_eq!(nearest("exporterad", known.into_iter()), Some("exported"));
        assert_eq!(nearest("xyz", known.into_iter()), None);
    }

    /// A Swedish word finds the key that it stands for, where that fits, and every word of the list is found.
    #[test]
    fn swedish_words_are_recognised() {
        assert_eq!(of_swedish("ägare", &["file", "owner"]), Some("owner"));
        assert_eq!(of_swedish("Uttagen av", &["exported_by"]), Some("exported_by"));
        assert_eq!(of_swedish("ägare", &["file"]), None);
        for (word, keys) in SWEDISH {
            assert_eq!((fold(word).as_str(), of_swedish(word, keys)), (word, Some(keys[0])));
        }
    }
}
