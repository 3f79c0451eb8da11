//! The run folder: the same bytes for the same inputs, whole or not at all, for its owner alone.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::print_stdout)] // A test may fail loudly.

mod common;

use common::{fixture, manifest, publish, run_with, tree};
use std::fs;
use std::path::Path;

fn hash_of(bytes: &[u8]) -> String {
    use std::io::Write;
    use std::process::{Command, Stdio};
    let mut child =
        Command::new("sha256sum").stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().expect("coreutils are there");
    child.stdin.take().unwrap().write_all(bytes).unwrap();
    String::from_utf8(child.wait_with_output().unwrap().stdout).unwrap()[..64].to_owned()
}

/// One thread and several give the same bytes in every file.
#[test]
fn threads_do_not_change_a_byte() {
    let config = fixture("exempelkommunen/samkor.toml");
    let (one, four) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let first = tree(&publish(&config, one.path(), &["--threads", "1"]));
    let second = tree(&publish(&config, four.path(), &["--threads", "4"]));
    assert_eq!(first.keys().collect::<Vec<_>>(), second.keys().collect::<Vec<_>>());
    for (name, bytes) in &first {
        assert!(bytes == &second[name], "{name} differs");
    }
}

/// Every file of the run stands in the manifest with its hash, and the manifest has its own.
#[test]
fn the_manifest_names_every_file() {
    let output = tempfile::tempdir().unwrap();
    let run = publish(&fixture("exempelkommunen/samkor.toml"), output.path(), &[]);
    let manifest = manifest(&run);
    let mut files = tree(&run);
    for line in manifest["outputs"].as_array().unwrap() {
        let bytes = files.remove(line["path"].as_str().unwrap()).unwrap();
        assert_eq!(line["sha256"], hash_of(&bytes), "{line}");
    }
    let own = files.remove("manifest.json").unwrap();
    let stated = String::from_utf8(files.remove("manifest.sha256").unwrap()).unwrap();
    assert_eq!(stated, format!("{}  manifest.json\n", hash_of(&own)));
    assert!(files.is_empty(), "{:?}", files.keys());
}

/// An existing run is never touched: the next one of the same day gets a number.
#[test]
fn a_second_run_gets_a_number() {
    let output = tempfile::tempdir().unwrap();
    let config = fixture("rules/leaver-active/samkor.toml");
    let first = publish(&config, output.path(), &[]);
    let before = tree(&first);
    let second = publish(&config, output.path(), &[]);
    assert_eq!(first.file_name().unwrap(), "2026-11-30");
    assert_eq!(second.file_name().unwrap(), "2026-11-30.2");
    assert_eq!(tree(&first), before);
}

/// Folders and files can be read by their owner alone.
#[cfg(unix)]
#[test]
fn only_the_owner_can_read() {
    use std::os::unix::fs::PermissionsExt;
    fn check(path: &Path) {
        let metadata = fs::metadata(path).unwrap();
        assert_eq!(metadata.permissions().mode() & 0o077, 0, "{}", path.display());
        if metadata.is_dir() {
            fs::read_dir(path).unwrap().for_each(|entry| check(&entry.unwrap().path()));
        }
    }
    let output = tempfile::tempdir().unwrap();
    check(&publish(&fixture("rules/leaver-active/samkor.toml"), output.path(), &[]));
}

/// A run leaves nothing of its making behind, and one that fails leaves no folder at all.
#[test]
fn nothing_is_left_behind() {
    let case = tempfile::tempdir().unwrap();
    let output = case.path().join("ut");
    publish(&fixture("rules/leaver-active/samkor.toml"), &output, &[]);
    let names: Vec<String> =
        fs::read_dir(&output).unwrap().map(|e| e.unwrap().file_name().into_string().unwrap()).collect();
    assert!(names.iter().all(|name| name == "2026-11-30" || name == ".samkor.lock"), "{names:?}");
    let broken =
        common::case(case.path(), "[payroll]\nfile = \"saknas.csv\"\n[[system]]\nid = \"s\"\nfile = \"s.csv\"\n", &[]);
    let nowhere = case.path().join("aldrig");
    let ran = run_with(&["run", broken.to_str().unwrap(), "--output", nowhere.to_str().unwrap()]);
    assert_eq!(ran.code, 2);
    assert!(!nowhere.exists());
}

/// Two runs in one folder at a time are refused with the way out.
#[test]
fn a_second_run_at_the_same_time_is_refused() {
    let output = tempfile::tempdir().unwrap();
    let lock = fs::File::create(output.path().join(".samkor.lock")).unwrap();
    lock.lock().unwrap();
    let config = fixture("rules/leaver-active/samkor.toml");
    let ran = run_with(&["run", config.to_str().unwrap(), "--output", output.path().to_str().unwrap()]);
    assert_eq!(ran.code, 2);
    assert!(ran.err.contains("en annan körning pågår"), "{}", ran.err);
}

/// The order of rows changes no outcome.
#[test]
fn the_order_of_rows_changes_nothing() {
    let case = tempfile::tempdir().unwrap();
    let source = fixture("exempelkommunen");
    fs::create_dir(case.path().join("indata")).unwrap();
    for entry in fs::read_dir(source.join("indata")).unwrap() {
        let path = entry.unwrap().path();
        fs::copy(&path, case.path().join("indata").join(path.file_name().unwrap())).unwrap();
    }
    fs::copy(source.join("samkor.toml"), case.path().join("samkor.toml")).unwrap();
    let straight = publish(&case.path().join("samkor.toml"), &case.path().join("a"), &[]);
    for (file, heads) in [("lon.csv", 4), ("katalog.csv", 2), ("entra.csv", 1)] {
        let path = case.path().join("indata").join(file);
        let text = fs::read_to_string(&path).unwrap();
        let lines: Vec<&str> = text.lines().collect();
        let turned: Vec<&str> = lines[..heads].iter().chain(lines[heads..].iter().rev()).copied().collect();
        fs::write(&path, turned.join("\r\n") + "\r\n").unwrap();
    }
    let turned = publish(&case.path().join("samkor.toml"), &case.path().join("b"), &[]);
    for file in ["accounts.jsonl", "findings.jsonl"] {
        let sorted = |run: &Path| {
            let mut lines: Vec<String> = common::lines(run, file).iter().map(ToString::to_string).collect();
            lines.sort();
            lines
        };
        assert_eq!(sorted(&straight), sorted(&turned), "{file}");
    }
}

/// Which of two posts that tie in everything else is shown does not depend on where their rows stand.
#[test]
fn tied_posts_are_shown_alike_in_any_order() {
    let head = "Anst.nr;Namn;Förvaltning;Enhet;Befattning;Sysselsättningsgrad;Anställd fr.o.m.;Anställd t.o.m.";
    let posts = [
        "1001;Eva Lind;Vård;Norr;Undersköterska;50;2015-01-01;",
        "1001;Eva Lind;Skola;Söder;Elevassistent;50;2015-01-01;",
        "1002;Per Ek;Vård;Öster;Undersköterska;40;2015-01-01;",
        "1002;Per Ek;Skola;Väster;Elevassistent;60;2015-01-01;",
        "1003;Siv Alm;Vård;Norr;Undersköterska;100;2015-01-01;2026-06-30",
        "1003;Siv Alm;Skola;Söder;Elevassistent;100;2015-01-01;2026-06-30",
    ];
    let export = "Konto-ID;Namn;Anst.nr;Status\nevalin;Eva Lind;1001;Aktiv\nperek;Per Ek;1002;Aktiv\nsivalm;Siv Alm;1003;Aktiv\n";
    let config =
        "[review]\nas_of = 2026-11-30\n[payroll]\nfile = \"lon.csv\"\n[[system]]\nid = \"s\"\nfile = \"s.csv\"\n";
    let shown = |order: [usize; 6]| {
        let folder = tempfile::tempdir().unwrap();
        let payroll = order.iter().fold(head.to_owned(), |text, at| format!("{text}\n{}", posts[*at]));
        // Others have one post, so that the file is no history, whose order would say something.
        let payroll =
            (2001..2010).fold(payroll, |text, number| format!("{text}\n{number};Ulf Ny;Vård;Norr;;100;2015-01-01;"));
        let files = [("lon.csv", payroll.as_bytes()), ("s.csv", export.as_bytes())];
        let config = common::case(folder.path(), config, &files);
        let run = publish(&config, &folder.path().join("ut"), &[]);
        let of = |line: &serde_json::Value| (line["unit"].clone(), line["title"].clone(), line["department"].clone());
        common::lines(&run, "accounts.jsonl").iter().map(of).collect::<Vec<_>>()
    };
    let first = shown([0, 1, 2, 3, 4, 5]);
    for order in [[1, 0, 3, 2, 5, 4], [5, 3, 1, 4, 2, 0], [3, 0, 5, 1, 4, 2]] {
        assert_eq!(shown(order), first, "{order:?}");
    }
    assert_eq!(first[1].0, "Väster", "of two posts the larger is shown");
}

/// `--fail-on` decides between done and asks for attention.
#[test]
fn fail_on_sets_the_exit_code() {
    let output = tempfile::tempdir().unwrap();
    let config = fixture("rules/leaver-active/samkor.toml");
    let run = |severity: &str| {
        let output = output.path().to_str().unwrap();
        run_with(&["run", config.to_str().unwrap(), "--output", output, "-q", "--fail-on", severity]).code
    };
    assert_eq!(run("high"), 1);
    assert_eq!(run("critical"), 0);
}

/// Where the command is given, and how the configuration is named there, changes no byte.
#[test]
fn the_working_directory_changes_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let source = fixture("rules/leaver-active");
    for entry in fs::read_dir(&source).unwrap() {
        let path = entry.unwrap().path();
        fs::copy(&path, folder.path().join(path.file_name().unwrap())).unwrap();
    }
    let run_in = |directory: &Path, config: &str, output: &str| {
        let output = folder.path().join(output);
        let mut command = common::samkor();
        let ran = command.current_dir(directory).args(["run", config, "-q", "--output"]).arg(&output).output().unwrap();
        assert!(ran.status.success(), "{}", String::from_utf8_lossy(&ran.stderr));
        tree(&output.join("2026-11-30"))
    };
    let name = folder.path().file_name().unwrap().to_str().unwrap();
    let here = run_in(folder.path(), "samkor.toml", "a");
    let above = run_in(folder.path().parent().unwrap(), &format!("./{name}/samkor.toml"), "b");
    let whole = run_in(Path::new("/"), folder.path().join("samkor.toml").to_str().unwrap(), "c");
    assert!(here == above && here == whole);
}
