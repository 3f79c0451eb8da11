//! A run folder tried years later: what is as it was passes, whatever was changed is named, and what is gone is gone.

#![allow(clippy::unwrap_used, clippy::expect_used)] // A test may fail loudly.

mod common;

use common::{Ran, case, publish, run_with};
use sha2::{Digest, Sha256};
use std::fs;
use std::path::{Path, PathBuf};

const PAYROLL: &str = "Anst.nr;Förnamn;Efternamn;Anställd fr.o.m.;Anställd t.o.m.\n\
    1001;Eva;Lind;2015-01-01;\n\
    1002;Per;Ekdal;2015-01-01;2026-06-30\n";
const ACCOUNTS: &str = "Användarnamn;Namn;Anst.nr;Status\n\
    eva01;Eva Lind;1001;Aktiv\n\
    per01;Per Ekdal;1002;Aktiv\n";

/// A folder with a configuration and its runs.
struct Place {
    folder: tempfile::TempDir,
    config: PathBuf,
}

impl Place {
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let config = "[review]\nas_of = 2026-11-30\n[payroll]\nfile = \"lon.csv\"\n\
            [[system]]\nid = \"sys\"\nname = \"Systemet\"\nfile = \"konton.csv\"\n";
        let files = [("lon.csv", PAYROLL.as_bytes()), ("konton.csv", ACCOUNTS.as_bytes())];
        let config = case(folder.path(), config, &files);
        Self { folder, config }
    }

    fn run(&self) -> PathBuf {
        publish(&self.config, &self.folder.path().join("resultat"), &[])
    }

    fn input(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }
}

fn verify(run: &Path, more: &[&str]) -> Ran {
    let mut arguments = vec!["verify", run.to_str().unwrap()];
    arguments.extend(more);
    run_with(&arguments)
}

/// Expects a deviation that is told in these words, and returns all that was told.
#[track_caller]
fn deviates(run: &Path, words: &str) -> String {
    let ran = verify(run, &[]);
    assert_eq!(ran.code, 1, "{}{}", ran.out, ran.err);
    assert!(ran.out.contains(words), "{}", ran.out);
    assert!(ran.out.contains("Körningen stämmer inte"), "{}", ran.out);
    ran.out
}

fn sha256(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect()
}

/// Writes a manifest with its hash.
fn seal(run: &Path, manifest: &str) {
    fs::write(run.join("manifest.json"), manifest).unwrap();
    fs::write(run.join("manifest.sha256"), format!("{}  manifest.json\n", sha256(manifest.as_bytes()))).unwrap();
}

/// Puts other content in an output and mends every hash, as one would who hides it.
fn forge(run: &Path, output: &str, change: impl Fn(String) -> String) {
    let file = run.join(output);
    let before = fs::read(&file).unwrap();
    let after = change(String::from_utf8(before.clone()).unwrap());
    fs::write(&file, &after).unwrap();
    let manifest = fs::read_to_string(run.join("manifest.json")).unwrap();
    let manifest = manifest.replace(&sha256(&before), &sha256(after.as_bytes()));
    seal(run, &manifest);
}

/// A run as it was published is as it should be, in both languages, also when its working directory is another.
#[test]
fn a_run_as_it_was_passes() {
    let place = Place::new();
    let run = place.run();
    let ran = verify(&run, &[]);
    assert_eq!((ran.code, ran.err.as_str()), (0, ""), "{}", ran.out);
    assert!(ran.out.ends_with("Körningen stämmer.\n") && !ran.out.contains("avviker"), "{}", ran.out);
    let ran = verify(&run, &["--language", "en"]);
    assert_eq!(ran.code, 0);
    assert!(ran.out.ends_with("The run is as it was.\n"), "{}", ran.out);
    let inside = common::samkor().current_dir(&run).args(["verifiera", "."]).output().unwrap();
    assert_eq!(inside.status.code(), Some(0), "{}", String::from_utf8_lossy(&inside.stdout));
}

/// The example with every kind of output, systems without an export among them, passes too.
#[test]
fn the_example_passes() {
    let output = tempfile::tempdir().unwrap();
    let config = common::fixture("exempelkommunen/samkor.toml");
    let run = publish(&config, output.path(), &[]);
    let ran = verify(&run, &["--config", config.to_str().unwrap()]);
    assert_eq!(ran.code, 0, "{}", ran.out);
    assert!(ran.out.ends_with("Körningen stämmer.\n"), "{}", ran.out);
}

/// One byte in a workbook is seen, and the workbook named.
#[test]
fn a_changed_byte_is_seen() {
    let place = Place::new();
    let run = place.run();
    let book = run.join("agare/sys.xlsx");
    let mut bytes = fs::read(&book).unwrap();
    let middle = bytes.len() / 2;
    bytes[middle] ^= 1;
    fs::write(&book, bytes).unwrap();
    deviates(&run, "agare/sys.xlsx: innehållet är ändrat");
}

/// A line taken out of the data is seen by its hash and by the arithmetic.
#[test]
fn a_removed_line_is_seen() {
    let place = Place::new();
    let run = place.run();
    let file = run.join("data/accounts.jsonl");
    let text = fs::read_to_string(&file).unwrap();
    fs::write(&file, text.split_inclusive('\n').skip(1).collect::<String>()).unwrap();
    let told = deviates(&run, "data/accounts.jsonl: innehållet är ändrat");
    assert!(told.contains("konton med utfallet linked: manifestet säger 2, raderna ger 1"), "{told}");
}

/// Who mends every hash after taking out a finding is caught by the manifest's and the summary's arithmetic.
#[test]
fn mended_hashes_do_not_hide_a_removed_finding() {
    let place = Place::new();
    let run = place.run();
    forge(&run, "data/findings.jsonl", |text| {
        text.split_inclusive('\n').filter(|line| !line.contains("leaver-active")).collect()
    });
    let told = deviates(&run, "avvikelser enligt leaver-active: manifestet säger 1, raderna ger 0");
    assert!(told.contains("raden Systemet stämmer inte med raderna i data"), "{told}");
    assert!(!told.contains("innehållet är ändrat"), "{told}");
}

/// Rows to answer and rows answered are counted again from the findings: who writes other numbers of them into the
/// manifest is caught.
#[test]
fn rows_to_answer_and_rows_answered_are_counted_again() {
    let place = Place::new();
    let config = fs::read_to_string(&place.config).unwrap() + "[followup]\nanswers = \"svar\"\n";
    fs::write(&place.config, config).unwrap();
    fs::create_dir(place.input("svar")).unwrap();
    let first = place.run();
    let heads = vec!["Nyckel", "Beslut", "Beslutad av", "Beslutad den"];
    let row = vec!["sys/per01", "Inaktivera konto", "Administrativ chef", "2026-12-05"];
    common::return_answers(&first, &place.input("svar/svar.xlsx"), &[heads, row]);
    let second = place.run();
    for (was, forged, told) in [
        ("\"to_answer\": 1", "\"to_answer\": 0", "sys, rader att besvara: manifestet säger 0, raderna ger 1"),
        ("\"answered\": 1", "\"answered\": 0", "hela granskningen, rader med svar: manifestet säger 0, raderna ger 1"),
    ] {
        let manifest = fs::read_to_string(second.join("manifest.json")).unwrap();
        assert!(manifest.contains(was), "{manifest}");
        assert_eq!(verify(&second, &[]).code, 0);
        seal(&second, &manifest.replace(was, forged));
        deviates(&second, told);
        seal(&second, &manifest);
    }
}

/// A line that is no line any more is named by its number.
#[test]
fn a_torn_line_is_named() {
    let place = Place::new();
    let run = place.run();
    forge(&run, "data/accounts.jsonl", |text| text.replace("\"system\"", "\"sustem\""));
    deviates(&run, "data/accounts.jsonl: rad 1 kan inte tolkas");
}

/// What the manifest does not list is named, be it a file or a folder; what it lists and is not there, too.
#[test]
fn files_too_many_and_too_few_are_named() {
    let place = Place::new();
    let run = place.run();
    fs::write(run.join("agare/anteckning.txt"), "x").unwrap();
    fs::create_dir(run.join("tom")).unwrap();
    fs::remove_file(run.join("personalregister.xlsx")).unwrap();
    let told = deviates(&run, "agare/anteckning.txt: står inte i manifestet");
    assert!(told.contains("tom: står inte i manifestet"), "{told}");
    assert!(told.contains("personalregister.xlsx: filen saknas"), "{told}");
}

/// An output that is a link to a file of the same content is no output.
#[cfg(unix)]
#[test]
fn a_link_is_no_output() {
    let place = Place::new();
    let run = place.run();
    let (book, kept) = (run.join("agare/sys.xlsx"), place.input("kopia.xlsx"));
    fs::rename(&book, &kept).unwrap();
    std::os::unix::fs::symlink(&kept, &book).unwrap();
    deviates(&run, "agare/sys.xlsx: sökvägen leder ut ur mappen");
}

/// A manifest that was changed, torn or taken away is seen; the rest of the folder is tried as far as it can be.
#[test]
fn a_changed_manifest_is_seen() {
    let place = Place::new();
    let run = place.run();
    let file = run.join("manifest.json");
    let text = fs::read_to_string(&file).unwrap();
    fs::write(&file, text.replace("\"leaver-active\": 1", "\"leaver-active\": 0")).unwrap();
    let told = deviates(&run, "manifest.json: innehållet stämmer inte med manifest.sha256");
    assert!(told.contains("manifestet säger 0, raderna ger 1"), "{told}");
    fs::write(&file, &text[..text.len() / 2]).unwrap();
    deviates(&run, "den kan inte tolkas");
    fs::remove_file(&file).unwrap();
    deviates(&run, "manifest.json: filen saknas");
}

/// A folder that is no run cannot be tried, and the way out is told.
#[test]
fn a_folder_that_is_no_run_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    let ran = verify(folder.path(), &[]);
    assert_eq!(ran.code, 2);
    assert!(ran.err.contains("mappen är ingen körning") && ran.err.contains("Ange en körnings mapp"), "{}", ran.err);
}

/// An input that was altered is named, and so is another configuration.
#[test]
fn altered_inputs_are_named() {
    let place = Place::new();
    let run = place.run();
    fs::write(place.input("konton.csv"), ACCOUNTS.replace("Aktiv", "Avstängd")).unwrap();
    deviates(&run, "konton.csv: innehållet är ändrat");
    let mut config = fs::read_to_string(&place.config).unwrap();
    config.push_str("# senare\n");
    fs::write(&place.config, config).unwrap();
    deviates(&run, "är inte den konfiguration som körningen gjordes med");
}

/// Inputs and a configuration that are gone are gone, not wrong.
#[test]
fn what_is_gone_is_said_to_be_gone() {
    let place = Place::new();
    let run = place.run();
    fs::remove_file(place.input("lon.csv")).unwrap();
    let ran = verify(&run, &[]);
    assert_eq!(ran.code, 0, "{}", ran.out);
    assert!(ran.out.contains("Finns inte kvar och har inte prövats:\n    lon.csv\n"), "{}", ran.out);
    assert!(ran.out.ends_with("Allt som finns kvar stämmer.\n"), "{}", ran.out);
    fs::remove_file(&place.config).unwrap();
    fs::remove_file(place.input("konton.csv")).unwrap();
    let ran = verify(&run, &["--language", "en"]);
    assert_eq!(ran.code, 0, "{}", ran.out);
    assert!(ran.out.contains("samkor.toml: say where it is with --config"), "{}", ran.out);
}

/// A run that was moved with its inputs elsewhere is tried with the configuration named.
#[test]
fn a_run_that_was_moved_is_tried_with_its_configuration() {
    let place = Place::new();
    let run = place.run();
    let archive = tempfile::tempdir().unwrap();
    let moved = archive.path().join("2026-11-30 arkiv");
    fs::rename(&run, &moved).unwrap();
    let ran = verify(&moved, &["--config", place.config.to_str().unwrap()]);
    assert_eq!(ran.code, 0, "{}", ran.out);
    assert!(ran.out.ends_with("Körningen stämmer.\n"), "{}", ran.out);
}

/// A later run holds the earlier ones: changed in its manifest or in what was carried over it is named; gone it is gone.
#[test]
fn the_chain_holds_earlier_runs() {
    let place = Place::new();
    let first = place.run();
    let second = place.run();
    let third = place.run();
    let ran = verify(&third, &[]);
    assert_eq!(ran.code, 0, "{}", ran.out);
    assert!(ran.out.contains("2 tidigare körningar"), "{}", ran.out);

    fs::rename(first.join("data/memory.json"), place.input("gömd")).unwrap();
    fs::write(first.join("data/memory.json"), "{}").unwrap();
    deviates(&third, "körningen 2026-11-30: data/memory.json är ändrad");
    fs::rename(place.input("gömd"), first.join("data/memory.json")).unwrap();

    forge(&first, "data/memory.json", |text| format!("{text}\n"));
    deviates(&third, "körningen 2026-11-30: manifest.json är inte den som körningen efter följde");
    fs::remove_dir_all(&second).unwrap();
    let ran = verify(&third, &[]);
    assert_eq!(ran.code, 0, "{}", ran.out);
    assert!(ran.out.contains("    körningen 2026-11-30.2\n"), "{}", ran.out);
}

/// A run made again from the same inputs is the same to the byte, whatever the time, the folder and the copies' times
/// are now, also when it follows others; nothing of it is left behind.
#[test]
fn a_run_made_again_is_the_same() {
    let place = Place::new();
    place.run();
    let second = place.run();
    place.run();
    for input in ["lon.csv", "konton.csv"] {
        let text = fs::read(place.input(input)).unwrap();
        fs::remove_file(place.input(input)).unwrap();
        fs::write(place.input(input), text).unwrap();
        let file = fs::File::options().write(true).open(place.input(input)).unwrap();
        file.set_modified(std::time::UNIX_EPOCH + std::time::Duration::from_secs(1_000_000_000)).unwrap();
    }
    let scratch = tempfile::tempdir().unwrap();
    let mut command = common::samkor();
    command.env("SOURCE_DATE_EPOCH", "1900000000").env("TMPDIR", scratch.path()).current_dir(scratch.path());
    let output = command.args(["verify", "--reperform"]).arg(&second).output().unwrap();
    let told = String::from_utf8_lossy(&output.stdout);
    assert_eq!(output.status.code(), Some(0), "{told}");
    assert!(told.contains("Gjord om") && told.ends_with("Körningen stämmer.\n"), "{told}");
    assert_eq!(fs::read_dir(scratch.path()).unwrap().count(), 0);
}

/// The example made again is the same in every kind of output.
#[test]
fn the_example_made_again_is_the_same() {
    let output = tempfile::tempdir().unwrap();
    let config = common::fixture("exempelkommunen/samkor.toml");
    let run = publish(&config, output.path(), &["--language", "en", "--accept-incomplete", "prov"]);
    let ran = verify(&run, &["--reperform", "--config", config.to_str().unwrap()]);
    assert_eq!(ran.code, 0, "{}{}", ran.out, ran.err);
}

/// Where a run made again differs, the file, its sheet and its row are named, and who mended every hash is found out.
#[test]
fn differences_are_named_by_file_and_sheet() {
    let place = Place::new();
    let run = place.run();
    let other = Place::new();
    fs::write(other.input("konton.csv"), ACCOUNTS.replace("per01", "per02")).unwrap();
    let forged = other.run();
    for output in ["agare/sys.xlsx", "data/accounts.jsonl"] {
        fs::copy(forged.join(output), run.join(output)).unwrap();
    }
    forge(&run, "data/findings.jsonl", |text| text.replace("per01", "per02"));
    let ran = verify(&run, &["--reperform"]);
    assert_eq!(ran.code, 1, "{}{}", ran.out, ran.err);
    let told = ran.out;
    assert!(told.contains("agare/sys.xlsx: bladet Avvikelser från rad "), "{told}");
    assert!(told.contains("data/accounts.jsonl: skiljer sig från rad 2"), "{told}");
    assert!(told.contains("manifest.json: skiljer sig i outputs"), "{told}");
    assert!(!told.contains("per02"), "{told}");
}

/// A run whose inputs are gone cannot be made again, which is said with the way out; the rest is tried all the same.
#[test]
fn a_run_without_its_inputs_cannot_be_made_again() {
    let place = Place::new();
    let run = place.run();
    fs::remove_file(place.input("lon.csv")).unwrap();
    let ran = verify(&run, &["--reperform"]);
    assert_eq!(ran.code, 2, "{}", ran.out);
    assert!(ran.out.contains("Allt som finns kvar stämmer."), "{}", ran.out);
    assert!(ran.err.contains("körningen kan inte göras om"), "{}", ran.err);
    assert!(ran.err.contains("Lägg tillbaka"), "{}", ran.err);
}

/// Answers that came after a run are no part of it when it is made again; those that it read are.
#[test]
fn later_answers_do_not_change_a_run_made_again() {
    let place = Place::new();
    let config = fs::read_to_string(&place.config).unwrap() + "[followup]\nanswers = \"svar\"\n";
    fs::write(&place.config, config).unwrap();
    fs::create_dir(place.input("svar")).unwrap();
    let heads = vec!["Nyckel", "Beslut", "Beslutad av", "Beslutad den"];
    let answer = |run: &Path, name: &str, decision| {
        let rows = [heads.clone(), vec!["sys/per01", decision, "Administrativ chef", "2026-12-05"]];
        common::return_answers(run, &place.input("svar").join(name), &rows);
    };
    let first = place.run();
    answer(&first, "ett.xlsx", "Inaktivera konto");
    let second = place.run();
    answer(&second, "två.xlsx", "Behåll");
    for run in [first, second] {
        let ran = verify(&run, &["--reperform"]);
        assert_eq!(ran.code, 0, "{}{}", ran.out, ran.err);
    }
}

const TWO_SYSTEMS: &str = "[review]\nas_of = 2026-11-30\n[payroll]\nfile = \"lon.csv\"\n\
    [[system]]\nid = \"ett\"\nname = \"Första systemet\"\nfile = \"konton.csv\"\n\
    [[system]]\nid = \"tva\"\nname = \"Andra systemet\"\nfile = \"andra.csv\"\n";

/// A place of two systems, of which the first has a deviation and the second none.
fn two_systems() -> Place {
    let place = Place::new();
    fs::write(&place.config, TWO_SYSTEMS).unwrap();
    fs::write(place.input("andra.csv"), "Användarnamn;Namn;Anst.nr;Status\neva01;Eva Lind;1001;Aktiv\n").unwrap();
    place
}

/// Replaces texts in the shared strings and sheets of a workbook, and mends every hash.
fn forge_book(run: &Path, output: &str, change: impl Fn(&str) -> String) {
    let file = run.join(output);
    let before = fs::read(&file).unwrap();
    let parts = common::parts(&before);
    let parts: Vec<(&str, Vec<u8>)> =
        parts.iter().map(|(name, text)| (name.as_str(), change(text).into_bytes())).collect();
    let after = common::archive(&parts);
    fs::write(&file, &after).unwrap();
    let manifest = fs::read_to_string(run.join("manifest.json")).unwrap();
    let manifest = manifest.replace(&sha256(&before), &sha256(&after));
    seal(run, &manifest);
}

/// The rows of the summary are the systems' by their names: two systems whose names change places are found out, though
/// every number stands somewhere.
#[test]
fn rows_of_the_summary_are_held_by_their_names() {
    let place = two_systems();
    let run = place.run();
    assert_eq!(verify(&run, &[]).code, 0);
    forge_book(&run, "sammanstallning.xlsx", |text| {
        text.replace("Första systemet", "\u{1}")
            .replace("Andra systemet", "Första systemet")
            .replace('\u{1}', "Andra systemet")
    });
    let told = deviates(&run, "raden Första systemet stämmer inte med raderna i data");
    assert!(told.contains("raden Andra systemet stämmer inte med raderna i data"), "{told}");
    assert!(!told.contains("innehållet är ändrat"), "{told}");
}

/// Systems that are called the same are told apart by their numbers, and a run of many systems passes.
#[test]
fn systems_of_one_name_and_many_systems_pass() {
    let place = two_systems();
    let mut config = TWO_SYSTEMS.replace("Andra", "Första");
    for number in 0..30 {
        config += &format!("[[system]]\nid = \"s{number}\"\nfile = \"andra.csv\"\n");
    }
    fs::write(&place.config, config).unwrap();
    let ran = verify(&place.run(), &[]);
    assert_eq!(ran.code, 0, "{}", ran.out);
}

/// An input whose name is hidden is found by its content; where no file has that, it is said why it cannot be looked
/// for, and it is neither gone nor wrong.
#[test]
fn an_input_of_a_masked_name_is_told_as_such() {
    let place = Place::new();
    let name = "konton 19811218-9876.csv";
    fs::rename(place.input("konton.csv"), place.input(name)).unwrap();
    let config = fs::read_to_string(&place.config).unwrap().replace("konton.csv", name);
    fs::write(&place.config, config).unwrap();
    let run = place.run();
    let ran = verify(&run, &[]);
    assert_eq!(ran.code, 0, "{}", ran.out);
    assert!(ran.out.ends_with("Körningen stämmer.\n"), "{}", ran.out);
    assert_eq!(verify(&run, &["--reperform"]).code, 0);
    fs::write(place.input(name), ACCOUNTS.replace("Aktiv", "Avstängd")).unwrap();
    let ran = verify(&run, &[]);
    assert_eq!(ran.code, 0, "{}", ran.out);
    assert!(ran.out.contains("kan inte sökas, eftersom något i namnet inte får visas"), "{}", ran.out);
    assert!(!ran.out.contains("19811218-9876") && !ran.out.contains("innehållet är ändrat"), "{}", ran.out);
}
