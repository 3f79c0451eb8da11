//! What stands beside a run: samples for an auditor, and how far answers had come. Both are tried with the run.

#![allow(clippy::unwrap_used, clippy::expect_used)] // A test may fail loudly.

mod common;

use common::{Ran, case, publish, run_with};
use sha2::{Digest, Sha256};
use std::fs;
use std::path::Path;

fn verify(run: &Path, more: &[&str]) -> Ran {
    let mut arguments = vec!["verify", run.to_str().unwrap()];
    arguments.extend(more);
    run_with(&arguments)
}

fn sha256(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect()
}

/// A sample is drawn by its seed alone: the same again, another by another seed, none twice, with what the run tells of
/// each account, its findings and the rows of its files; it stands beside the run, which is as it was.
#[test]
fn a_sample_is_drawn_by_its_seed() {
    let output = tempfile::tempdir().unwrap();
    let config = common::fixture("exempelkommunen/samkor.toml");
    let run = publish(&config, output.path(), &[]);
    let draw = |seed: &str, number: u32| {
        let ran = verify(&run, &["--config", config.to_str().unwrap(), "--sample", "40", "--seed", seed]);
        assert_eq!(ran.code, 0, "{}{}", ran.out, ran.err);
        assert!(ran.out.contains("Stickprovet, 40 av 934 konton, finns i"), "{}", ran.out);
        let book = output.path().join(format!("2026-11-30+stickprov-{number}/stickprov.xlsx"));
        assert!(ran.out.contains(book.parent().unwrap().to_str().unwrap()), "{}", ran.out);
        (common::sheet(&book, "Stickprov"), book)
    };
    let accounts = |rows: &[Vec<String>]| -> Vec<String> {
        let heads = rows.iter().filter(|row| row[0].contains(" · "));
        heads.map(|row| row[0].split_once(". ").unwrap().1.to_owned()).collect()
    };
    let (first, book) = draw("7", 1);
    let (again, same) = draw("7", 1);
    let (other, _) = draw("8", 2);
    assert_eq!((&first, &book), (&again, &same));
    let (own, others) = (accounts(&first), accounts(&other));
    let once: std::collections::BTreeSet<&String> = own.iter().collect();
    assert_eq!((own.len(), once.len(), others.len()), (40, 40, 40));
    assert_ne!(own, others);
    let facts = |head: &str| first.iter().filter(|row| row[0] == head).count();
    assert_eq!(facts("Konto"), 40);
    assert_eq!(facts("Utfall i data"), 40);
    assert!(facts("Avvikelse") > 5, "{}", facts("Avvikelse"));
    assert_eq!(facts("Källa"), 40);
    let all = common::lines(&run, "accounts.jsonl");
    let known = |title: &String| {
        let (system, account) = title.split_once(" · ").unwrap();
        all.iter().any(|line| line["system"] == system && line["account"] == account)
    };
    assert!(own.iter().all(known));
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        assert_eq!(fs::metadata(book).unwrap().permissions().mode() & 0o777, 0o600);
    }
}

/// No protected person is in a sample of all there is; a run whose data was changed gives none.
#[test]
fn a_sample_leaves_protected_persons_out() {
    let output = tempfile::tempdir().unwrap();
    let config = common::fixture("protection/043-mark-x/samkor.toml");
    let run = publish(&config, output.path(), &[]);
    let ran = verify(&run, &["--config", config.to_str().unwrap(), "--sample", "10000", "--seed", "1"]);
    assert_eq!(ran.code, 0, "{}{}", ran.out, ran.err);
    let rows = common::sheet(&output.path().join("2026-11-30+stickprov-1/stickprov.xlsx"), "Stickprov");
    let listed = rows.iter().filter(|row| row[0].contains(" · ")).count();
    assert_eq!(listed, common::lines(&run, "accounts.jsonl").len());
    let hidden = common::manifest(&run)["counts"]["protected"].clone();
    assert_ne!(hidden, 0, "the case protects somebody");

    let file = run.join("data/accounts.jsonl");
    fs::write(&file, fs::read_to_string(&file).unwrap() + "\n").unwrap();
    let ran = verify(&run, &["--sample", "5", "--seed", "1"]);
    assert_eq!(ran.code, 2);
    assert!(ran.err.contains("stickprovet kan inte dras"), "{}", ran.err);
    assert_eq!(run_with(&["verify", run.to_str().unwrap(), "--sample", "5"]).code, 2, "a sample needs a seed");
}

/// What stands beside a run is tried too: its hash, its sums, its rows against the run and its answers against the
/// returned workbooks, and that nothing else lies there.
#[test]
fn what_stands_beside_a_run_is_tried() {
    let folder = tempfile::tempdir().unwrap();
    let config = "[review]\nas_of = 2026-11-30\n[payroll]\nfile = \"lon.csv\"\n[followup]\nanswers = \"svar\"\n\
        [[system]]\nid = \"sys\"\nname = \"Systemet\"\nfile = \"konton.csv\"\n";
    let payroll = "Anst.nr;Förnamn;Efternamn;Anställd fr.o.m.;Anställd t.o.m.\n1002;Per;Ekdal;2015-01-01;2026-06-30\n\
        1001;Eva;Lind;2015-01-01;\n";
    let accounts = "Användarnamn;Namn;Anst.nr;Status\nper01;Per Ekdal;1002;Aktiv\n";
    let files = [("lon.csv", payroll.as_bytes()), ("konton.csv", accounts.as_bytes())];
    let config = case(folder.path(), config, &files);
    fs::create_dir(folder.path().join("svar")).unwrap();
    let run = publish(&config, &folder.path().join("resultat"), &[]);
    let deviates = |words: &str| {
        let ran = verify(&run, &[]);
        assert_eq!(ran.code, 1, "{}{}", ran.out, ran.err);
        assert!(ran.out.contains(words), "{}", ran.out);
        ran.out
    };
    let rows = [
        vec!["Nyckel", "Beslut", "Beslutad av", "Beslutad den"],
        vec!["sys/per01", "Inaktivera konto", "Chef", "2026-12-01"],
    ];
    common::return_answers(&run, &folder.path().join("svar/ett.xlsx"), &rows);
    let ran = run_with(&["answers", run.to_str().unwrap(), "--config", config.to_str().unwrap()]);
    assert_eq!(ran.code, 0, "{}{}", ran.out, ran.err);
    let beside = folder.path().join("resultat/2026-11-30+svar-1");
    let ran = verify(&run, &[]);
    assert_eq!(ran.code, 0, "{}", ran.out);
    assert!(ran.out.contains("Bredvid körningen") && ran.out.contains("1 mapp"), "{}", ran.out);

    let book = beside.join("sammanstallning.xlsx");
    let kept = fs::read(&book).unwrap();
    let sealed = fs::read_to_string(beside.join("svar.sha256")).unwrap();
    let forged = |change: &dyn Fn(&str) -> String| {
        let parts = common::parts(&kept);
        let parts: Vec<(&str, Vec<u8>)> =
            parts.iter().map(|(name, text)| (name.as_str(), change(text).into_bytes())).collect();
        let bytes = common::archive(&parts);
        fs::write(&book, &bytes).unwrap();
        sealed.replace(&sha256(&kept), &sha256(&bytes))
    };
    // The hash alone.
    let mended = forged(&|text| text.replace("Systemet", "Ett annat"));
    deviates("2026-11-30+svar-1/sammanstallning.xlsx: innehållet stämmer inte med svar.sha256");
    // Its rows, with the hash mended.
    fs::write(beside.join("svar.sha256"), mended).unwrap();
    let told = deviates("2026-11-30+svar-1/sammanstallning.xlsx: raden Systemet stämmer inte");
    assert!(!told.contains("svar.sha256"), "{told}");
    fs::write(&book, &kept).unwrap();
    fs::write(beside.join("svar.sha256"), &sealed).unwrap();
    fs::write(beside.join("annat.txt"), "x").unwrap();
    deviates("2026-11-30+svar-1/annat.txt: har inte skrivits av samkor");
    fs::remove_file(beside.join("annat.txt")).unwrap();
    // Answers that came later say nothing of what was told then.
    fs::remove_file(folder.path().join("svar/ett.xlsx")).unwrap();
    let ran = verify(&run, &[]);
    assert_eq!(ran.code, 0, "{}", ran.out);
}
