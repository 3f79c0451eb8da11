//! Headers of protected identity, known as a family and not from a list: a column of theirs that is
//! missed can show where someone in hiding works.
//!
//! A word of the family marks unless what it is put together with is understood as something else. What is neither is
//! asked about, and never passed over.

use super::cut::words;

/// How a header stands to protected identity.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum OfProtection {
    /// It is of something else.
    No,
    /// It has a word of the family beside what nobody knows.
    Perhaps,
    /// It has one beside a permission, which is more likely what an account may do than whose data are protected.
    Permission,
    /// It says who is protected.
    Yes,
}

/// What holds a word of protection without being of a person in protection.
const OTHERWISE: [&str; 32] = [
    "password",
    "losenord",
    "deletion",
    "borttagning",
    "radering",
    "andring",
    "kopiering",
    "overskriv",
    "utskrift",
    "sekretessavtal",
    "sekretessforb",
    "sekretessforsakr",
    "sekretessbevis",
    "sekretessutbildning",
    "agreement",
    "skyddatarbet",
    "skyddadarbet",
    "skyddadanst",
    "skyddatanst",
    "skyddadsyssel",
    "skyddadverkstad",
    "skyddadfil",
    "skyddadmapp",
    "skyddadgrupp",
    "protectedusers",
    "protectedgroup",
    "protectedby",
    "protectedview",
    "writeprotected",
    "fileprotected",
    "deviceprotected",
    "document",
];

/// What may be done with the data of the protected, and by the same words whose data are.
const PERMISSIONS: [&str; 3] = ["behorig", "rattighet", "permission"];

/// From when, at the end of a header.
const SINCE: [&str; 3] = ["fran", "franochmed", "since"];

/// Words that mark a person in any compound, also where the compound is written in two words.
const STEMS: [&str; 9] = [
    "sparrmark",
    "sparrmrk",
    "sakerhetsmark",
    "securitymark",
    "kvarskr",
    "classified",
    "protected",
    "sealed",
    "secrecy",
];

/// The same words turned round.
const DENIED: [&str; 8] = [
    "unclassified",
    "declassified",
    "unprotected",
    "unsealed",
    "nonconfidential",
    "nonclassified",
    "ickekonfid",
    "okonfid",
];

/// Words of mark, cut short: no other word begins so.
const CUT_SHORT: [&str; 3] = ["sparrmarkering", "protected", "fingerad"];

/// Letters of the shortest cut.
const SHORTEST: usize = 6;

/// What follows "skydds" where it is of work and things.
const OF_THINGS: [&str; 31] = [
    "ombud", "rond", "klad", "utrust", "sko", "rum", "glas", "hjalm", "vakt", "omrad", "kommitt", "ingenj", "handsk",
    "mask", "faktor", "jakt", "tillsyn", "arbet", "anst", "plats", "anord", "vast", "konsul", "organ", "assist",
    "delegat", "inspekt", "chef", "ansvar", "drakt", "utbild",
];

/// What stands before "skydd" where it is of a person. "Adresskydd" has lost an s.
const WHAT_PROTECTED: [&str; 23] = [
    "person",
    "pers",
    "pu",
    "identitet",
    "identitets",
    "ident",
    "id",
    "adress",
    "adres",
    "adr",
    "uppgift",
    "uppgifts",
    "personuppgift",
    "personuppgifts",
    "folkbokforing",
    "folkbokforings",
    "folkbokf",
    "insyns",
    "har",
    "ar",
    "med",
    "is",
    "has",
];

/// What stands before "spärr" where it is of a person's whereabouts.
const WHAT_BARRED: [&str; 10] = [
    "adress",
    "adres",
    "adr",
    "identitet",
    "identitets",
    "uppgift",
    "uppgifts",
    "personuppgift",
    "personuppgifts",
    "folkbokforings",
];

/// What stands before it where something else is protected.
const THINGS: [&str; 21] = [
    "o",
    "data",
    "brand",
    "virus",
    "losenords",
    "skriv",
    "las",
    "kopie",
    "anstallnings",
    "arbetar",
    "fall",
    "horsel",
    "miljo",
    "natur",
    "kultur",
    "vatten",
    "strand",
    "sol",
    "klamm",
    "konsument",
    "civil",
];

/// Words that mark together and not apart: what is kept from sight, and whose it is.
const KEPT: [&str; 7] = ["hemlig", "hemliga", "hemligt", "dold", "dolda", "secret", "restricted"];
const WHOSE: [&str; 6] = ["identit", "adress", "address", "person", "uppgift", "individ"];

/// The same of a mark, and of what it is on.
const MARKS: [&str; 4] = ["mark", "flag", "code", "status"];
const MARKED: [&str; 2] = ["protection", "secret"];
const PROTECTIONS: [&str; 3] = ["personprotection", "addressprotection", "identityprotection"];

/// Short forms of "skyddad", and what is protected, cut short too: "Sk. id", "SKPU".
const SHELTERED: [&str; 3] = ["sk", "skydd", "skydad"];
const SHORT: [&str; 13] = [
    "id",
    "ident",
    "identitet",
    "pers",
    "person",
    "pu",
    "uppg",
    "uppgift",
    "uppgifter",
    "adr",
    "adress",
    "folkb",
    "folkbokf",
];

/// What is barred where a person's whereabouts are: the register of the population, an address.
const BARRED: [&str; 7] = ["folkb", "adress", "adr", "identitet", "uppgift", "personuppgift", "address"];

/// Words that mark where they are the whole of a header, and begin words of other things: secret keys.
const ALONE: [&str; 6] = ["hemlig", "hemligt", "secret", "issecret", "protection", "protect"];

/// How a header stands to people in protection.
pub fn of_protection(header: &str) -> OfProtection {
    let words = words(header);
    let whole = words.concat();
    // "Skyddad från" with nothing behind it is the day from when, and of nothing else.
    let said = SINCE.iter().find_map(|since| whole.strip_suffix(since)).unwrap_or(&whole);
    let found = words.iter().map(|word| of_word(word)).max().unwrap_or(OfProtection::No);
    let found = if ALONE.contains(&said) || mark_together(&words, &whole) { OfProtection::Yes } else { found };
    // Hardly any text has a word of the family, and what it is put together with is asked of those that do.
    let has = |others: &[&str]| others.iter().any(|other| said.contains(other));
    if found == OfProtection::No || has(&OTHERWISE) {
        OfProtection::No
    } else if has(&PERMISSIONS) {
        found.min(OfProtection::Permission)
    } else {
        found
    }
}

/// Whether a header is of people in protection.
pub fn is_of_protection(header: &str) -> bool {
    of_protection(header) == OfProtection::Yes
}

/// Whether two words beside each other mark.
fn mark_together(words: &[String], whole: &str) -> bool {
    let both = |first: &[&str], second: &[&str]| {
        let behind = |one| whole.match_indices(one).map(move |(at, _)| &whole[at + str::len(one)..]);
        first.iter().copied().flat_map(behind).any(|rest| second.iter().any(|other| rest.starts_with(other)))
    };
    both(&KEPT, &WHOSE)
        || both(&MARKED, &MARKS)
        || PROTECTIONS.iter().any(|own| whole.contains(own))
        || words.windows(2).any(|two| is_stem(&two.concat()) || is_sheltered(&two[0], &two[1]))
        || is_barred(words)
}

/// Whether two words are a short form of "skyddad" and of what is protected.
fn is_sheltered(first: &str, second: &str) -> bool {
    SHELTERED.contains(&first) && SHORT.contains(&second)
}

/// "Spärr i folkbokföringen", "Adresspärr", "Spärrad adress": what bars the sight of a person. An account that is barred is
/// another thing, and so is its address of mail.
fn is_barred(words: &[String]) -> bool {
    const BAR: &str = "sparr";
    const OF_MACHINES: [&str; 6] = ["ip", "mac", "mail", "epost", "post", "e"];
    let is_bar = |word: &String| word.starts_with(BAR);
    let is_whereabouts = |word: &String| BARRED.iter().any(|own| word.starts_with(own));
    let in_one = |word: &String| word.split_once(BAR).is_some_and(|(before, _)| WHAT_BARRED.contains(&before));
    let is_machines = words.iter().any(|word| OF_MACHINES.contains(&word.as_str()));
    words.iter().any(in_one) || !is_machines && words.iter().any(is_bar) && words.iter().any(is_whereabouts)
}

fn of_word(word: &str) -> OfProtection {
    let is_mark = is_stem(word)
        || is_secrecy(word)
        || is_short(word)
        // A finger's print is no new identity.
        || word.contains("fingera") && !word.contains("fingerav");
    match is_mark {
        true => OfProtection::Yes,
        false => shelter(word).max(confidence(word)),
    }
}

/// "SPU", "SKPU" and their kin in one word, and with a mark behind them.
fn is_short(word: &str) -> bool {
    let of_mark = word.strip_suffix("markering").or_else(|| word.strip_suffix("markerad"));
    let of_mark = of_mark.or_else(|| word.strip_suffix("mark")).unwrap_or(word);
    matches!(of_mark, "spu" | "skpu" | "skid" | "skadr" | "skadress" | "skuppg" | "skfb" | "skpers")
}

fn is_stem(word: &str) -> bool {
    let is_cut = |whole: &&str| word.len() >= SHORTEST && whole.starts_with(word);
    let is_denied = || DENIED.iter().any(|denied| word.contains(denied));
    STEMS.iter().any(|stem| word.contains(stem)) && !is_denied() || CUT_SHORT.iter().any(is_cut)
}

/// Secrecy, however it is cut ("SEKRFL", "Sekretes."): a secretary and a secretion are none, and an office before a short
/// form is a secretary ("Nämndsekr").
fn is_secrecy(word: &str) -> bool {
    const OTHERS: [&str; 3] = ["sekreterar", "sekretari", "sekretion"];
    let Some((before, after)) = word.split_once("sekr") else { return false };
    let is_whole = after.starts_with("etess") || after.starts_with("etera");
    let is_of_person = before.is_empty() || WHAT_PROTECTED.contains(&before);
    !OTHERS.iter().any(|other| word.contains(other)) && (is_whole || is_of_person)
}

/// What a word of confidence is of: in either language of a person; of the quality itself, as information has it, it is
/// not known of whom.
fn confidence(word: &str) -> OfProtection {
    let is_of_it = |stem: &str| word.contains(stem);
    let is_sure_of_itself = word.contains("confidence") || word.ends_with("confident");
    if !["confid", "konfid"].into_iter().any(is_of_it) || is_sure_of_itself || DENIED.into_iter().any(is_of_it) {
        OfProtection::No
    } else if word.contains("konfidentialitet") {
        OfProtection::Perhaps
    } else {
        OfProtection::Yes
    }
}

/// What a word with "skydd" in it is of. What stands behind it tells first: a huvudskyddsombud is an ombud.
fn shelter(word: &str) -> OfProtection {
    let Some((before, after)) = word.split_once("skydd") else { return OfProtection::No };
    let after = after.trim_start_matches('s');
    if OF_THINGS.iter().any(|thing| after.starts_with(thing)) || THINGS.contains(&before) {
        OfProtection::No
    } else if before.is_empty() || WHAT_PROTECTED.contains(&before) {
        OfProtection::Yes
    } else {
        OfProtection::Perhaps
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Ways that a mark of protection is plausibly headed.
    const MARKS: &[&str] = &[
        "Sekretess",
        "Sekretess (J/N)",
        "Sekretessmarkering",
        "Sekretessmarkerad person",
        "SEKRETESSMARK",
        "Sekr",
        "Sekr.",
        "Sekr.mark",
        "sekr_mark",
        "SekrMarkering",
        "Sekreterad",
        "Sekretessnivå",
        "Sekretesskod",
        "Skyddad",
        "Skyddade uppgifter",
        "Skyddad adress",
        "Skyddad identitet",
        "Skyddad id",
        "Skyddad person",
        "Skyddade personuppgifter",
        "Skyddad folkbokföring",
        "skyddadFolkBokföring",
        "Skyddad folkbokf.",
        "Skyddade pers.uppg.",
        "Skydd",
        "Skyddad från",
        "Adress skyddad från",
        "Skyddad fr.o.m.",
        "SEKRM",
        "Skyddskod",
        "Skyddsmarkering",
        "Skyddsidentitet",
        "Identitetsskydd",
        "ID-skydd",
        "Adresskydd",
        "Personskydd",
        "Folkbokföringsskydd",
        "SPU",
        "SPU-markering",
        "Har SPU",
        "Spärrmarkering",
        "Spärrmarkering fr.o.m.",
        "Spärrmarkerad",
        "Spärrmärkt",
        "Spa\u{308}rrmarkering",
        "Kvarskrivning",
        "Kvarskriven",
        "Fingerade uppgifter",
        "Fingerad identitet",
        "isClassified",
        "Classified person",
        "hsaConfidentialPerson",
        "Confidential",
        "Confidential person",
        "Is protected",
        "protectedPerson",
        "Protected identity",
        "PROTECTED_PERSON",
        "IsSealed",
        "Sealed record",
        "Hemlig identitet",
        "Hemlig",
        "Secret",
        "Secrecy",
        "Is secret",
        "Secrecy flag",
        "Restricted identity",
        "Skyddsklass",
        "Identity protection",
        "usr.sekretess",
        "Är skyddad?",
        "Sekret",
        "Sekret.",
        "Sekret mark",
        "Sekret person",
        "Sekretes",
        "SEKRFL",
        "SEKRJN",
        "sekrstatus",
        "perssekr",
        "Spärr-markering",
        "Spärr mark",
        "Spärrm.",
        "Skyddad mot insyn",
        "Skyddad från insyn",
        "isconfidential",
        "Confid",
        "secrecyMarking",
        "Kvarskr",
        "Kvar-skriven",
        "Skyddsinfo",
        "PUSKYDD",
        "PU-skydd",
        "HARSKYDD",
        "Secret flag",
        "Dolda uppgifter",
        "Person/Skyddad identitet",
        "Konfidentiell",
        "Konfidentiella uppgifter",
        "Konfid.",
        "Spärrad folkbokföring",
        "Spärr i folkbokföringen",
        "Spärr folkbokf.",
        "Spärrad adress",
        "Adresspärr",
        "Adress-spärr",
        "Identitetsspärr",
        "Säkerhetsmarkering",
        "Säkerhetsmarkerad",
        "Säkerhets-markering",
        "SKPU",
        "SkPU-markering",
        "Sk. id",
        "Sk id",
        "Sk. pers.uppg.",
        "Sk. adr.",
    ];

    /// Each of them is known.
    #[test]
    fn headers_of_protection_are_known() {
        for header in MARKS {
            assert!(is_of_protection(header), "{header}");
        }
    }

    /// Headers that hold such a word and mean something else mark nobody.
    #[test]
    fn their_siblings_are_not() {
        for header in [
            "Skyddsombud",
            "Skyddsrond",
            "Huvudskyddsombud",
            "Skyddskläder",
            "Skyddsutrustning",
            "Password protected",
            "Sekreterare",
            "Nämndsekreterare",
            "Sekretariat",
            "Protected from accidental deletion",
            "ProtectedFromAccidentalDeletion",
            "SecretKey",
            "ClientSecret",
            "Secretary",
            "Spärrad",
            "Spärrdatum",
            "Spärrkod",
            "Lösenordsskyddad",
            "Skrivskyddad",
            "Dataskyddsombud",
            "Dataskydd",
            "Anställningsskydd",
            "Skyddat arbete",
            "Offentligt skyddat arbete",
            "Sekretessavtal",
            "Sekretessförbindelse undertecknad",
            "Behörighet sekretess",
            "Advanced Protection Program enrollment",
            "Information Protection",
            "Fingeravtryck",
            "Klassning",
            "Classification",
            "Unclassified",
            "HiddenFromAddressListsEnabled",
            "Skyddad mot borttagning",
            "Brandskydd",
            "Protected Users",
            "Märkning",
            "Kommunsekr.",
            "Sekretion",
            "Huvudskyddsombudets namn",
            "Skyddsrum",
            "Skyddskommitté",
            "Oskyddad",
            "Confidence level",
            "Skrivskyddad mot ändring",
            "Spärrmeddelande",
            "Kvartal",
            "Spärr",
            "Marked",
            "Konfidentialitet",
            "Ickekonfidentiell",
            "Spärrad användare",
            "Spärrad e-postadress",
            "E-postadress spärrad",
            "Spärrad IP-adress",
            "Kontospärr",
            "Säkerhetsklass",
            "Säkerhetsgrupp",
            "SK",
            "Sk-nummer",
        ] {
            assert!(!is_of_protection(header), "{header}");
        }
    }

    /// A word of the family beside what nobody knows, or beside a permission, is asked about.
    #[test]
    fn what_may_be_of_protection_is_asked_about() {
        for header in
            ["Skyddade personuppgifter (behörighet)", "Sekretessbehörighet", "Behörighet sekretess", "Trygghetsskydd"]
        {
            let found = of_protection(header);
            assert!(matches!(found, OfProtection::Perhaps | OfProtection::Permission), "{header}");
        }
        assert_eq!(of_protection("Lösenordsskyddad (behörighet)"), OfProtection::No);
    }
}
