//! A review over months, as it is lived: a first run, lists that come back filled in, what is said between, and runs that
//! prove what was done, against right answers that were written beforehand.

#![allow(clippy::unwrap_used, clippy::expect_used)] // A test may fail loudly.

mod common;

use common::{done, keys_of, lines, manifest, run_with, text};
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

/// The reference dates: the first run's, and those of the months that follow.
const DAYS: [&str; 4] = ["2026-11-30", "2026-12-31", "2027-01-31", "2027-02-28"];

/// Every state that a finding can have is met in the year.
const STATES: [&str; 10] = [
    "new",
    "open",
    "unanswered",
    "decided",
    "excepted",
    "exception-expired",
    "returned",
    "verified",
    "resolved",
    "untestable",
];

/// The state of each leaver's account that is shown, by system and account.
fn states(all: &[Value]) -> BTreeMap<(String, String), String> {
    let word = |line: &Value, name: &str| line[name].as_str().map(ToOwned::to_owned);
    let own = all.iter().filter_map(|line| {
        Some(((word(line, "system")?, word(line, "account")?.to_lowercase()), word(line, "state")?))
    });
    // The old system does not tell which accounts are closed.
    own.filter(|((system, _), _)| system != "bygg").collect()
}

fn told(run: &Path) -> BTreeMap<(String, String), String> {
    let own = lines(run, "findings.jsonl");
    states(&own.into_iter().filter(|line| line["rule"] == "leaver-active").collect::<Vec<_>>())
}

fn truth(folder: &Path) -> BTreeMap<(String, String), String> {
    let file = fs::read_to_string(folder.join("facit.jsonl")).unwrap();
    states(&file.lines().map(|line| serde_json::from_str(line).unwrap()).collect::<Vec<_>>())
}

/// The municipality's folder of a month.
fn month(place: &Path, day: &str) -> PathBuf {
    if day == DAYS[0] { place.to_owned() } else { place.join(day) }
}

/// First run, answers, what is said of them between runs, next run, proof: each finding stands where the right answers say,
/// in every month, and all that owners wrote is read.
#[test]
fn every_finding_stands_where_it_rightly_does() {
    let folder = tempfile::tempdir().unwrap();
    let place = folder.path().join("kommun");
    done(&["demo", text(&place), "--months", "3", "--seed", "1"]);
    let (results, answers) = (place.join("resultat"), place.join("svar"));
    let mut seen = BTreeSet::new();
    for day in DAYS {
        let config = month(&place, day).join("samkor.toml");
        done(&["run", text(&config), "-q"]);
        let run = results.join(day);
        let (told, right) = (told(&run), truth(&month(&place, day)));
        assert_eq!(told, right, "{day}");
        assert!(keys_of(&run, "answer-unread").is_empty() && keys_of(&run, "answer-tampered").is_empty(), "{day}");
        seen.extend(told.into_values());

        done(&["demo", text(&answers), "--answer", text(&run)]);
        let between = done(&["answers", text(&run), "--config", text(&config)]);
        assert!(results.join(format!("{day}+svar-1")).is_dir(), "{}", between.out);
    }
    // What was decided and not done belongs to the same chain.
    seen.extend((!keys_of(&results.join(DAYS[3]), "decided-not-done").is_empty()).then(|| "decided".to_owned()));
    let missing: Vec<&str> = STATES.into_iter().filter(|state| !seen.contains(*state)).collect();
    assert!(missing.is_empty(), "{missing:?}");
    let verified = &manifest(&results.join(DAYS[1]))["counts"]["findings"]["state"]["verified"];
    assert!(verified.as_u64().unwrap() > 0, "{verified}");
}

/// The lists come back under names and in words that nobody agreed on, and lists of something else are refused.
#[test]
fn lists_are_filled_in_as_people_do() {
    let folder = tempfile::tempdir().unwrap();
    let place = folder.path().join("kommun");
    done(&["demo", text(&place), "--months", "1", "--employees", "150"]);
    done(&["run", text(&place.join("samkor.toml")), "-q"]);
    let run = place.join("resultat").join(DAYS[0]);
    let ran = done(&["demo", text(&place.join("svar")), "--answer", text(&run)]);
    assert!(ran.out.contains("arbetsböcker med svar på"), "{}", ran.out);
    let mut names: Vec<String> = fs::read_dir(place.join("svar").join(DAYS[0]))
        .unwrap()
        .map(|own| own.unwrap().file_name().into_string().unwrap())
        .collect();
    names.sort();
    assert!(names.iter().any(|name| name.starts_with("Kopia av")), "{names:?}");
    let elsewhere = folder.path().join("annat");
    fs::create_dir(&elsewhere).unwrap();
    let ran = run_with(&["demo", text(&elsewhere), "--answer", text(&elsewhere)]);
    assert_eq!(ran.code, 2);
    assert!(ran.err.contains("facit.jsonl"), "{}", ran.err);
}
