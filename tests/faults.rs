//! Disks that fill, folders that vanish, links and rights that are in the way: whatever happens around a run, it is
//! published whole or not at all, says why, and leaves nothing behind.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::print_stderr)] // A test may fail loudly, and say what it skips.
#![cfg(unix)]

mod common;

use common::{fixture, names, small};
use std::fs;
use std::os::unix::fs::{PermissionsExt, symlink};
use std::path::Path;
use std::process::{Command, Output, Stdio};

/// The program with some arguments, in a known environment.
fn samkor(arguments: &[&str]) -> Command {
    let mut command = Command::new(assert_cmd::cargo::cargo_bin!("samkor"));
    command.env_clear().env("SOURCE_DATE_EPOCH", "1796083200").env("TZ", "UTC").args(arguments);
    command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
    command
}

fn run(config: &Path, output: &Path) -> Command {
    samkor(&["run", config.to_str().unwrap(), "--output", output.to_str().unwrap(), "-q"])
}

fn told(output: &Output) -> String {
    format!("{}{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr))
}

#[track_caller]
fn refused(output: &Output, words: &[&str]) {
    let told = told(output);
    assert_eq!(output.status.code(), Some(2), "{told}");
    words.iter().for_each(|word| assert!(told.contains(word), "{word}: {told}"));
}

/// A script in a namespace of its own, where a small disk can be put up without being anybody; `None` where the system
/// allows none, which is said.
fn with_own_disks(script: &str, arguments: &[&str]) -> Option<Output> {
    let mut command = Command::new("unshare");
    command.args(["--user", "--map-root-user", "--mount", "/bin/sh", "-c"]);
    let can = command.arg("mount -t tmpfs -o size=64k none /mnt").stderr(Stdio::null()).status();
    if !can.is_ok_and(|status| status.success()) {
        eprintln!("SKIPPED: this system lets nobody put up a disk of his own");
        return None;
    }
    let mut command = Command::new("unshare");
    command.args(["--user", "--map-root-user", "--mount", "/bin/sh", "-c", script, "sh"]).args(arguments);
    command.env("SOURCE_DATE_EPOCH", "1796083200").env("TZ", "UTC");
    Some(command.output().unwrap())
}

/// On a disk that is full at any stage a run says so with the way out and leaves nothing on it; on one that holds it, it is
/// whole. So it is where the disk has room for bytes and none for more files.
#[test]
fn a_full_disk_is_told_at_every_stage() {
    // Prints for each size the exit code, what is left on the disk, and whether it was told in the right words.
    const SCRIPT: &str = r#"
        for options in $3; do
            mount -t tmpfs -o "$options" none /mnt || exit 9
            told=$("$1" run "$2" --output /mnt/ut -q 2>&1); code=$?
            left=$(find /mnt -mindepth 1 -not -path '/mnt/ut/2026-11-30*' | grep -vc -e '^/mnt/ut$' -e '/.samkor.lock$')
            if [ $code = 0 ]; then "$1" verify /mnt/ut/2026-11-30 --config "$2" >/dev/null && words=whole || words=broken
            else case $told in *"disken är full"*"Frigör utrymme"*) words=full;; *) words=$told;; esac
                 [ -e /mnt/ut ] && left="output"; fi
            echo "$code $left $words"
            umount /mnt
        done"#;
    let sizes =
        "size=4k size=40k size=150k size=300k size=600k size=900k size=8m,nr_inodes=4 size=8m,nr_inodes=20 size=8m";
    let program = assert_cmd::cargo::cargo_bin!("samkor").to_str().unwrap();
    let config = fixture("exempelkommunen/samkor.toml");
    let Some(ran) = with_own_disks(SCRIPT, &[program, config.to_str().unwrap(), sizes]) else { return };
    let told = told(&ran);
    let lines: Vec<&str> = told.lines().collect();
    assert_eq!(lines.len(), sizes.split_whitespace().count(), "{told}");
    let full = lines.iter().filter(|line| **line == "2 0 full").count();
    let whole = lines.iter().filter(|line| **line == "0 0 whole").count();
    assert!(full + whole == lines.len() && full > 5 && whole > 0, "{told}");
}

/// Where the output stands on another disk than the temporary files and the inputs, and where it is one of its own, a run
/// is published, verified and made again as anywhere.
#[test]
fn an_output_on_another_disk_is_as_any() {
    const SCRIPT: &str = r#"
        mount -t tmpfs -o size=32m none /mnt && export TMPDIR=/tmp || exit 9
        "$1" run "$2" --output /mnt -q && "$1" verify /mnt/2026-11-30 --config "$2" --reperform --sample 3 --seed 1 \
            && find /mnt -mindepth 1 -maxdepth 1 | sort"#;
    let program = assert_cmd::cargo::cargo_bin!("samkor").to_str().unwrap();
    let Some(ran) = with_own_disks(SCRIPT, &[program, small().to_str().unwrap()]) else { return };
    let told = told(&ran);
    assert!(ran.status.success(), "{told}");
    assert!(told.contains("Körningen stämmer.") && told.contains("Gjord om"), "{told}");
    assert!(told.contains("/mnt/2026-11-30\n/mnt/2026-11-30+stickprov-1\n"), "{told}");
}

/// An output that is taken away or moved while the run works is told, and nothing comes in its place.
#[test]
fn an_output_that_vanishes_is_told() {
    type Away = fn(&Path);
    let ways: [Away; 3] = [
        // What is being written may come back once.
        |output| (0..50).for_each(|_| drop(fs::remove_dir_all(output))),
        |output| fs::rename(output, output.with_file_name("flyttad")).unwrap(),
        |output| (0..50).for_each(|_| drop(fs::remove_dir_all(output.join(".samkor-tillfalligt")))),
    ];
    for (way, at) in ways.iter().zip(0..) {
        let folder = tempfile::tempdir().unwrap();
        let output = folder.path().join("ut");
        let child = run(&fixture("exempelkommunen/samkor.toml"), &output).spawn().unwrap();
        while !output.join(".samkor-tillfalligt").exists() {
            std::thread::yield_now();
        }
        way(&output);
        refused(&child.wait_with_output().unwrap(), &["kan inte skrivas", "mappen finns inte"]);
        assert!(!output.exists(), "{at}: {:?}", names(&output));
    }
}

/// An output that is a link to a folder is that folder; one that leads nowhere or in a ring is refused, and nothing is
/// made where it points.
#[test]
fn an_output_that_is_a_link_is_what_it_leads_to() {
    let folder = tempfile::tempdir().unwrap();
    let real = folder.path().join("riktig");
    fs::create_dir(&real).unwrap();
    let link = |to: &Path, name: &str| {
        let link = folder.path().join(name);
        symlink(to, &link).unwrap();
        link
    };
    let output = link(&real, "ut");
    assert!(run(&small(), &output).status().unwrap().success());
    assert_eq!(names(&real), ["2026-11-30"]);
    let nowhere = folder.path().join("ingenstans");
    let ring = folder.path().join("ring");
    for output in [link(&nowhere, "borta"), link(&ring, "ring")] {
        refused(&run(&small(), &output).output().unwrap(), &["kan inte skrivas", "--output MAPP"]);
    }
    assert!(!nowhere.exists());
}

/// A run is never written through a link or over a file that has its name.
#[test]
fn a_name_that_is_taken_is_left_alone() {
    let folder = tempfile::tempdir().unwrap();
    let config = folder.path().join("samkor.toml");
    for entry in fs::read_dir(small().parent().unwrap()).unwrap() {
        let path = entry.unwrap().path();
        fs::copy(&path, folder.path().join(path.file_name().unwrap())).unwrap();
    }
    let text = fs::read_to_string(&config).unwrap();
    fs::write(&config, text + "\n[followup]\nprevious = \"none\"\n").unwrap();
    let (output, other) = (folder.path().join("ut"), folder.path().join("annan"));
    fs::create_dir(&output).unwrap();
    fs::create_dir(&other).unwrap();
    symlink(&other, output.join("2026-11-30")).unwrap();
    symlink("../ingenstans", output.join("2026-11-30.2")).unwrap();
    fs::write(output.join("2026-11-30.3"), "fil").unwrap();
    let ran = run(&config, &output).output().unwrap();
    assert!(ran.status.success(), "{}", told(&ran));
    assert_eq!(names(&output), ["2026-11-30", "2026-11-30.2", "2026-11-30.3", "2026-11-30.4"]);
    assert!(names(&other).is_empty() && !folder.path().join("ingenstans").exists());
    assert_eq!(fs::read_to_string(output.join("2026-11-30.3")).unwrap(), "fil");
}

/// Inputs may be links, which are followed and hashed as what they lead to; a link that leads nowhere or in a ring, to a
/// folder or a device, is told.
#[test]
fn inputs_that_are_links_are_what_they_lead_to() {
    let folder = tempfile::tempdir().unwrap();
    let source = small();
    for entry in fs::read_dir(source.parent().unwrap()).unwrap() {
        let path = entry.unwrap().path();
        symlink(&path, folder.path().join(path.file_name().unwrap())).unwrap();
    }
    let (config, output, input) =
        (folder.path().join("samkor.toml"), folder.path().join("ut"), folder.path().join("lon.csv"));
    assert!(run(&config, &output).status().unwrap().success());
    let verified =
        samkor(&["verify", output.join("2026-11-30").to_str().unwrap(), "--config", config.to_str().unwrap()]);
    assert!({ verified }.status().unwrap().success());
    for (to, words) in [
        ("ingenstans", "filen finns inte"),
        ("lon.csv", "länken leder i en ring"),
        ("/", "det är en mapp"),
        ("/dev/zero", "en pipe eller en enhet"),
    ] {
        fs::remove_file(&input).unwrap();
        symlink(to, &input).unwrap();
        refused(&run(&config, &folder.path().join("ut2")).output().unwrap(), &["lon.csv", words]);
        assert!(!folder.path().join("ut2").exists());
    }
}

/// A log is never written into an input through a link or another name of it, and never where a run is being made.
#[test]
fn a_log_is_written_to_nothing_else() {
    let folder = tempfile::tempdir().unwrap();
    let (input, output) = (folder.path().join("lon.csv"), folder.path().join("ut"));
    fs::copy(small().with_file_name("lon.csv"), &input).unwrap();
    let before = fs::read(&input).unwrap();
    symlink(&input, folder.path().join("lank.log")).unwrap();
    fs::hard_link(&input, folder.path().join("namn.log")).unwrap();
    for log in ["lank.log", "namn.log", "ut/.samkor-pagaende/x.log"] {
        let log = folder.path().join(log);
        let ran = run(&small(), &output).arg("--log-file").arg(&log).output().unwrap();
        assert_eq!(ran.status.code(), Some(2), "{}", told(&ran));
        assert_eq!(names(&output), [""; 0]);
    }
    assert_eq!(fs::read(&input).unwrap(), before);
}

/// A lock that another program holds is waited for by nobody: the run says that one is under way. It is let go with that
/// program, however it ends.
#[test]
fn a_lock_held_elsewhere_is_told() {
    let folder = tempfile::tempdir().unwrap();
    let output = folder.path().join("ut");
    fs::create_dir(&output).unwrap();
    let held = fs::File::create(output.join(".samkor.lock")).unwrap();
    held.lock().unwrap();
    refused(&run(&small(), &output).output().unwrap(), &["en annan körning pågår", "Vänta tills den är klar"]);
    drop(held);
    assert!(run(&small(), &output).status().unwrap().success());
}

/// Folders and files without the rights that are needed are told with the place and the way out; one export that cannot be
/// read holds up no other. Who may do everything cannot try it.
#[test]
fn missing_rights_are_told() {
    let folder = tempfile::tempdir().unwrap();
    let closed = folder.path().join("stängd");
    fs::create_dir(&closed).unwrap();
    fs::set_permissions(&closed, fs::Permissions::from_mode(0o555)).unwrap();
    if fs::write(closed.join("prov"), "").is_ok() {
        eprintln!("SKIPPED: run as somebody who may write everywhere");
        return;
    }
    refused(&run(&small(), &closed).output().unwrap(), &["åtkomst nekas", "--output MAPP"]);
    refused(&run(&small(), &closed.join("ut")).output().unwrap(), &["åtkomst nekas", "--output MAPP"]);
    let output = folder.path().join("ut");
    assert!(run(&small(), &output).status().unwrap().success());
    let made = output.join("2026-11-30");
    let again = samkor(&["verify", made.to_str().unwrap(), "--config", small().to_str().unwrap(), "--reperform"])
        .env("TMPDIR", &closed)
        .output()
        .unwrap();
    refused(&again, &["åtkomst nekas", "TMPDIR"]);
    fs::set_permissions(made.join("sammanstallning.xlsx"), fs::Permissions::from_mode(0o000)).unwrap();
    let verified = samkor(&["verify", made.to_str().unwrap()]).output().unwrap();
    assert_eq!(verified.status.code(), Some(1));
    assert!(told(&verified).contains("sammanstallning.xlsx: åtkomst nekas"), "{}", told(&verified));
}
