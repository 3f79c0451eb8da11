//! Everyday forms of given names: Lasse for Lars, Stina for Kristina.

use super::fold_word;
use foldhash::{HashMap, HashMapExt};
use std::sync::LazyLock;

const TABLE: &str = include_str!("short-forms.tsv");

/// Names by form, and forms by name: folded words, sorted, each once.
static RELATED: LazyLock<HashMap<String, Vec<String>>> = LazyLock::new(|| {
    let mut related: HashMap<String, Vec<String>> = HashMap::new();
    for line in TABLE.lines().filter(|line| !line.starts_with('#')) {
        let Some((name, forms)) = line.split_once('\t') else { continue };
        for form in forms.split(' ') {
            let (name, form) = (folded(name), folded(form));
            related.entry(name.clone()).or_default().push(form.clone());
            related.entry(form).or_default().push(name);
        }
    }
    #[allow(clippy::iter_over_hash_type)] // Each list is put in order by itself.
    for list in related.values_mut() {
        list.sort();
        list.dedup();
    }
    related
});

/// A compound is compared by its first word, as names of people are.
fn folded(name: &str) -> String {
    fold_word(name.split('-').next().unwrap_or(name))
}

/// The names a word may be an everyday form of, and the everyday forms of a name.
pub fn short_forms(word: &str) -> &'static [String] {
    RELATED.get(word).map_or(&[], Vec::as_slice)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A short form leads to its names and a name to its short forms; a name is never its own.
    #[test]
    fn forms_and_names_lead_to_each_other() {
        assert!(short_forms("lasse").contains(&"lars".to_owned()));
        assert!(short_forms("lars").contains(&"lasse".to_owned()));
        assert!(short_forms("stina").contains(&"kristina".to_owned()));
        assert!(short_forms("xylander").is_empty());
        let pairs = TABLE.lines().filter_map(|l| l.split_once('\t')).flat_map(|(_, forms)| forms.split(' ')).count();
        assert!(pairs >= 150, "{pairs}");
    }
}
