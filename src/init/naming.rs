//! What a system is called: by the product that its file names or whose headers it has, else by what is left of the
//! file's name when words of exporting are taken away.

use super::product::Product;
use crate::model::{capitalised, fold};

/// What a system is called, and by what it was told.
#[derive(Clone, Debug)]
pub struct Named {
    /// Its name.
    pub name: String,
    /// The product, where one is known.
    pub product: Option<&'static Product>,
    /// Whether the name is only a place: neither file nor content names the system.
    pub is_placeholder: bool,
}

/// Words that say how a file was made, not of what.
const OF_EXPORTING: [&str; 61] = [
    "anv",
    "anvlista",
    "export",
    "exporter",
    "exports",
    "exporterad",
    "konto",
    "konton",
    "kontolista",
    "kontoexport",
    "anvandare",
    "anvandarlista",
    "anvandarkonton",
    "user",
    "users",
    "userlist",
    "account",
    "accounts",
    "lista",
    "list",
    "uttag",
    "utdrag",
    "rapport",
    "report",
    "behorighet",
    "behorigheter",
    "behorighetslista",
    "alla",
    "all",
    "samtliga",
    "aktiva",
    "aktiv",
    "active",
    "inaktiva",
    "och",
    "and",
    "med",
    "from",
    "fran",
    "per",
    "till",
    "ver",
    "version",
    "final",
    "slutlig",
    "ny",
    "nya",
    "kopia",
    "copy",
    "csvde",
    "ldifde",
    "system",
    "systemet",
    "data",
    "indata",
    "input",
    "raw",
    "fil",
    "download",
    "get",
    "kommun",
];

/// Names a system.
pub fn name(shown: &str, headers: &[String]) -> Named {
    let (folder, file) = shown.rsplit_once('/').unwrap_or(("", shown));
    let (own, above) = (words(stem(file)), words(folder.rsplit('/').next().unwrap_or("")));
    let by_word = || own.iter().chain(&above).find_map(|word| Product::named(word));
    let by_pair = || own.windows(2).find_map(|pair| Product::named(&pair.concat()));
    let by_headers = Product::of_headers(headers);
    if let Some(product) = by_headers.or_else(by_pair).or_else(by_word) {
        return Named { name: product.name.to_owned(), product: Some(product), is_placeholder: false };
    }
    let telling = [own, above].into_iter().map(|words| telling(&words)).find(|words| !words.is_empty());
    match telling {
        Some(words) => Named { name: capitalised(&words.join(" ")), product: None, is_placeholder: false },
        None => Named { name: "System".to_owned(), product: None, is_placeholder: true },
    }
}

/// Whether a file is called after a system of that name: words of the file's name, one after another, are those of the name.
pub fn says(shown: &str, name: &str) -> bool {
    let wanted = fold(name);
    let words: Vec<String> =
        words(stem(shown.rsplit('/').next().unwrap_or(shown))).iter().map(|word| fold(word)).collect();
    let begin = |from: usize| (from + 1..=words.len()).map(move |to| (from, to));
    let mut runs = (0..words.len()).flat_map(begin);
    wanted.len() > 2 && runs.any(|(from, to)| words[from..to].concat() == wanted)
}

/// What is the same in the names of two files of one system: the words that tell, and the folder.
pub fn family(shown: &str) -> String {
    let (folder, file) = shown.rsplit_once('/').unwrap_or(("", shown));
    let words: Vec<String> = telling(&words(stem(file))).into_iter().map(|word| fold(&word)).collect();
    format!("{folder}/{}", words.join("-"))
}

/// The words of a file's name that tell, but those that name its product.
pub fn beside_product(shown: &str) -> String {
    let file = shown.rsplit('/').next().unwrap_or(shown);
    let more: Vec<String> =
        telling(&words(stem(file))).into_iter().filter(|word| Product::named(word).is_none()).collect();
    more.join(" ").to_lowercase()
}

fn stem(file: &str) -> &str {
    file.rsplit_once('.').map_or(file, |(stem, _)| stem)
}

/// Words of a name, divided also where a small letter meets a capital.
fn words(name: &str) -> Vec<String> {
    let mut words = vec![String::new()];
    let mut small = false;
    for c in name.chars() {
        let apart = !c.is_alphanumeric() || small && c.is_uppercase();
        if apart && words.last().is_some_and(|word| !word.is_empty()) {
            words.push(String::new());
        }
        if let Some(word) = words.last_mut().filter(|_| c.is_alphanumeric()) {
            word.push(c);
        }
        small = c.is_lowercase();
    }
    words.retain(|word| !word.is_empty());
    words
}

/// Words that name something: no number, no day, no word of exporting.
fn telling(words: &[String]) -> Vec<String> {
    let tells = |word: &&String| {
        let folded = fold(word);
        let number =
            folded.chars().all(|c| c.is_ascii_digit()) || folded.trim_start_matches('v').parse::<u64>().is_ok();
        folded.len() > 1 && !number && !OF_EXPORTING.contains(&folded.as_str())
    };
    words.iter().filter(tells).cloned().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Files are named as people name them; the system is what is left.
    #[test]
    fn a_system_is_named_by_its_file() {
        for (file, called) in [
            ("Export_Bygglov_2026-11-01.xlsx", "Bygglov"),
            ("treserva-anvandare.csv", "Treserva"),
            ("TreservaBehorigheter20261101.csv", "Treserva"),
            ("skolportalen/export.csv", "Skolportalen"),
            ("Time Care användare.xlsx", "Time Care"),
            ("adusers.csv", "Active Directory"),
        ] {
            assert_eq!(name(file, &[]).name, called, "{file}");
        }
        assert!(name("export-2026.csv", &[]).is_placeholder);
    }

    /// A system's name stands in the names of its files, however these are written.
    #[test]
    fn a_file_says_its_system() {
        for file in ["TakeCare_anv.txt", "take care 2026.csv", "vård/Export TakeCare.xlsx"] {
            assert!(says(file, "TakeCare"), "{file}");
        }
        assert!(!says("TakeCareful.csv", "TakeCare") && !says("care.csv", "TakeCare") && !says("x.csv", ""));
    }

    /// Two extracts of one system have one family, two systems have not.
    #[test]
    fn extracts_of_one_system_are_a_family() {
        assert_eq!(family("ad_users_2026-11-01.csv"), family("ad_users_2026-10-01.csv"));
        assert_ne!(family("bygglov.csv"), family("livsmedel.csv"));
        assert_ne!(family("a/konton.csv"), family("b/konton.csv"));
    }
}
