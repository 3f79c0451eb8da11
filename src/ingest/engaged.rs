//! What tells a list of people outside payroll, and for what they are engaged: its name, or its headers.

use super::header::has_one_of;
use crate::model::plain_letters;

/// Words in a file's name for people outside payroll.
pub fn of_whom(name: &str) -> Option<&'static str> {
    const WORDS: [(&str, &[&str]); 3] = [
        ("external", &["konsult", "extern", "inhyrd", "bemanning", "entreprenor", "consultant"]),
        ("elected", &["fortroendevald", "politiker", "ledamoter", "elected"]),
        ("student", &["elever", "elevregister", "student", "praktikant", "pupil"]),
    ];
    let name = plain_letters(name);
    WORDS.into_iter().find(|(_, words)| words.iter().any(|word| name.contains(word))).map(|(kind, _)| kind)
}

/// For what people outside payroll are engaged, by the headers of a file that lists them: a mandate has a party or a body,
/// and hired staff have a supplier with an agreement or somebody who called them off. None where its people may be anybody's.
pub fn engaged_by(headers: &[String]) -> Option<&'static str> {
    const MANDATES: [&str; 7] =
        ["parti", "partibeteckning", "partitillhorighet", "politisktparti", "party", "mandat", "mandatperiod"];
    const BODIES: [&str; 8] =
        ["instans", "organ", "politisktorgan", "namnd", "namndstyrelse", "styrelse", "namndorgan", "forum"];
    const TASKS: [&str; 3] = ["uppdrag", "fortroendeuppdrag", "uppdragstyp"];
    const SUPPLIERS: [&str; 9] = [
        "leverantor",
        "konsultbolag",
        "konsultforetag",
        "bemanningsforetag",
        "bemanningsbolag",
        "underleverantor",
        "supplier",
        "vendor",
        "entreprenor",
    ];
    const AGREEMENTS: [&str; 12] = [
        "avrop",
        "avropsnummer",
        "avropsnr",
        "avropandechef",
        "avropare",
        "avtal",
        "avtalsnummer",
        "avtalsnr",
        "ramavtal",
        "bestallare",
        "bestallandechef",
        "timpris",
    ];
    let plain: Vec<String> = headers.iter().map(|header| plain_letters(header)).collect();
    let has = |words: &[&str]| has_one_of(&plain, words);
    if has(&MANDATES) || has(&BODIES) && has(&TASKS) {
        return Some("elected");
    }
    (has(&SUPPLIERS) && has(&AGREEMENTS)).then_some("external")
}
