//! Headers of protected identity, known as a family and not from a list: a column of theirs that is
//! missed can show where someone in hiding works.

use super::cut::words;

/// What holds a word of protection without being of a person in protection.
const OTHERWISE: [&str; 37] = [
    "password",
    "losenord",
    "deletion",
    "borttagning",
    "radering",
    "sekretessavtal",
    "sekretessforb",
    "sekretessforsakr",
    "sekretessbevis",
    "sekretessutbildning",
    "confidentialityagreement",
    "agreement",
    "behorig",
    "rattighet",
    "permission",
    "skyddatarbet",
    "skyddadarbet",
    "skyddadanst",
    "skyddatanst",
    "skyddadsyssel",
    "skyddadverkstad",
    "skyddadmot",
    "skyddatmot",
    "skyddadfran",
    "skyddatfran",
    "skyddadfil",
    "skyddadmapp",
    "skyddadgrupp",
    "skyddsutrust",
    "protectedusers",
    "protectedgroup",
    "protectedby",
    "protectedview",
    "writeprotected",
    "fileprotected",
    "deviceprotected",
    "document",
];

/// From when, at the end of a header.
const SINCE: [&str; 3] = ["fran", "franochmed", "since"];

/// Words that mark a person in any compound.
const STEMS: [&str; 5] = ["sparrmark", "kvarskriv", "classified", "protected", "sealed"];

/// The same words turned round.
const DENIED: [&str; 4] = ["unclassified", "declassified", "unprotected", "unsealed"];

/// What follows "skydd" or "skydds" where it is of a person: not ombud, rond or utrustning.
const PROTECTED_WHAT: [&str; 19] = [
    "ad", "at", "uppg", "ident", "id", "pers", "adr", "folkbok", "mark", "kod", "flagg", "status", "sekr", "niva",
    "typ", "klass", "grad", "behov", "atgard",
];

/// What stands before "skydd": not data, brand, virus, lösenord or skriv. "Adresskydd" has lost an s.
const WHAT_PROTECTED: [&str; 16] = [
    "person",
    "pers",
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
];

/// What follows the short "sekr": sekreterare and sekretariat are no marks.
const SHORT_SECRECY: [&str; 10] = ["mark", "mrk", "kod", "typ", "skydd", "pers", "uppg", "ident", "adr", "flag"];

/// Words that mark together and not apart.
const PHRASES: [&str; 23] = [
    "hemligidentitet",
    "hemligadress",
    "hemligperson",
    "hemligauppgift",
    "hemligapersonuppgift",
    "doldidentitet",
    "doldadress",
    "doldperson",
    "doldapersonuppgift",
    "secretidentity",
    "secretaddress",
    "secretperson",
    "restrictedidentity",
    "restrictedperson",
    "restrictedaddress",
    "restrictedpersonaldata",
    "protectionmark",
    "protectionflag",
    "protectioncode",
    "protectionstatus",
    "personprotection",
    "addressprotection",
    "identityprotection",
];

/// Words that mark where they are the whole of a header, and begin words of other things: secret keys, secretaries.
const ALONE: [&str; 6] = ["hemlig", "hemligt", "secret", "secrecy", "secrecyflag", "issecret"];

/// Whether a header is of people in protection.
pub fn is_of_protection(header: &str) -> bool {
    let words = words(header);
    let whole = words.concat();
    // "Skyddad från" with nothing behind it is the day from when, and of nothing else.
    let said = SINCE.iter().find_map(|since| whole.strip_suffix(since)).unwrap_or(&whole);
    if OTHERWISE.iter().any(|other| said.contains(other)) {
        return false;
    }
    ALONE.contains(&said) || PHRASES.iter().any(|phrase| whole.contains(phrase)) || words.iter().any(|word| marks(word))
}

fn marks(word: &str) -> bool {
    let stem = STEMS.iter().any(|stem| word.contains(stem)) && !DENIED.iter().any(|denied| word.contains(denied));
    stem || is_secrecy(word)
        || is_shelter(word)
        || word == "spu"
        || word.starts_with("spumark")
        || word.starts_with("confidential")
        // A finger's print is no new identity.
        || word.contains("fingera") && !word.contains("fingerav")
}

fn is_secrecy(word: &str) -> bool {
    let office = word.contains("sekreterar") || word.contains("sekretari");
    let short =
        word.strip_prefix("sekr").is_some_and(|rest| matches!(rest, "" | "m") || starts_any(rest, &SHORT_SECRECY));
    !office && (word.contains("sekretess") || word.contains("sekretera") || short)
}

fn is_shelter(word: &str) -> bool {
    let Some((before, after)) = word.split_once("skydd") else { return false };
    if before.is_empty() {
        after.is_empty()
            || starts_any(after, &PROTECTED_WHAT)
            || starts_any(after.trim_start_matches('s'), &PROTECTED_WHAT)
    } else {
        WHAT_PROTECTED.contains(&before)
    }
}

fn starts_any(text: &str, starts: &[&str]) -> bool {
    starts.iter().any(|start| text.starts_with(start))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Every way that a mark of protection is plausibly headed is known.
    #[test]
    fn headers_of_protection_are_known() {
        for header in [
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
            "Person/Skyddad identitet",
        ] {
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
            "Spärr",
            "Marked",
        ] {
            assert!(!is_of_protection(header), "{header}");
        }
    }
}
