//! Publishing under everything that can go wrong: a run is published whole or not at all, and leaves no personal data
//! behind where it was not.

#![allow(clippy::unwrap_used, clippy::expect_used)] // A test may fail loudly.
#![cfg(unix)]

mod common;

use common::{fixture, names, run_with, small};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::time::{Duration, Instant};

/// The program on a configuration, into a folder.
fn command(config: &Path, output: &Path) -> Command {
    let mut command = Command::new(assert_cmd::cargo::cargo_bin!("samkor"));
    command.env_clear().env("SOURCE_DATE_EPOCH", "1796083200").env("TZ", "UTC");
    command.arg("run").arg(config).arg("--output").arg(output).arg("-q");
    command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
    command
}

fn told(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

/// The program in a shell that is set up before.
fn shell(before: &str, config: &Path, output: &Path) -> Command {
    let inner = command(config, output);
    let mut shell = Command::new("/bin/sh");
    shell.env_clear().env("SOURCE_DATE_EPOCH", "1796083200").env("TZ", "UTC").stdin(Stdio::null());
    shell.args(["-c", &format!("{before}; exec \"$@\""), "sh"]).arg(inner.get_program()).args(inner.get_args());
    shell
}

/// Where no file may grow beyond a size, as on a disk that fills, the run says so with the way out and leaves nothing,
/// at every size until the whole run fits; a panic of a library is never what is told.
#[test]
fn files_that_cannot_grow_are_told() {
    let config = fixture("exempelkommunen/samkor.toml");
    let mut failed = 0;
    for blocks in [0u32, 8, 24, 80, 100_000] {
        let folder = tempfile::tempdir().unwrap();
        let output = folder.path().join("ut");
        let ran = shell(&format!("trap '' XFSZ; ulimit -f {blocks}"), &config, &output).output().unwrap();
        if ran.status.success() {
            assert_eq!(names(&output), ["2026-11-30"]);
            continue;
        }
        failed += 1;
        let told = told(&ran);
        assert_eq!(ran.status.code(), Some(2), "{blocks}: {told}");
        assert!(told.contains("kan inte skrivas: filen får inte bli så stor"), "{blocks}: {told}");
        assert!(told.contains("Frigör utrymme"), "{blocks}: {told}");
        assert!(!output.exists(), "{blocks}: {:?}", names(&output));
    }
    assert!((3..5).contains(&failed), "{failed} sizes were too small");
}

/// A lock that is a link empties nothing, one that is a pipe is not waited for; both are told.
#[test]
fn a_lock_that_is_no_file_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    let output = folder.path().join("ut");
    fs::create_dir(&output).unwrap();
    let (lock, precious) = (output.join(".samkor.lock"), folder.path().join("viktigt.txt"));
    fs::write(&precious, "behåll").unwrap();
    std::os::unix::fs::symlink(&precious, &lock).unwrap();
    let refused = || {
        let ran = command(&small(), &output).output().unwrap();
        assert_eq!(ran.status.code(), Some(2));
        assert!(told(&ran).contains("låsfilen är en länk eller ingen vanlig fil"), "{}", told(&ran));
        assert_eq!(names(&output), [""; 0]);
    };
    refused();
    assert_eq!(fs::read_to_string(&precious).unwrap(), "behåll");
    fs::remove_file(&lock).unwrap();
    assert!(Command::new("mkfifo").arg(&lock).status().unwrap().success());
    refused();
}

/// A staging folder that is a link is taken away without what is behind it.
#[test]
fn links_in_the_output_lead_nowhere() {
    let folder = tempfile::tempdir().unwrap();
    let (output, other) = (folder.path().join("ut"), folder.path().join("annan"));
    fs::create_dir(&output).unwrap();
    fs::create_dir(&other).unwrap();
    fs::write(other.join("viktigt.txt"), "behåll").unwrap();
    std::os::unix::fs::symlink(&other, output.join(".samkor-pagaende")).unwrap();
    let ran = command(&small(), &output).output().unwrap();
    assert!(ran.status.success(), "{}", told(&ran));
    assert_eq!(names(&other), ["viktigt.txt"]);
    assert_eq!(names(&output), ["2026-11-30"]);
}

/// Whatever the umask, everything that a run makes is its owner's alone, and its owner can use it.
#[test]
fn no_umask_opens_or_closes_a_run() {
    use std::os::unix::fs::PermissionsExt;
    fn check(path: &Path) {
        let metadata = fs::symlink_metadata(path).unwrap();
        let wanted = if metadata.is_dir() { 0o700 } else { 0o600 };
        assert_eq!(metadata.permissions().mode() & 0o777, wanted, "{}", path.display());
        if metadata.is_dir() {
            fs::read_dir(path).unwrap().for_each(|entry| check(&entry.unwrap().path()));
        }
    }
    for umask in ["000", "777"] {
        let folder = tempfile::tempdir().unwrap();
        let output = folder.path().join("resultat/ut");
        let ran = shell(&format!("umask {umask}"), &small(), &output).output().unwrap();
        assert!(ran.status.success(), "{umask}: {}", told(&ran));
        check(&folder.path().join("resultat"));
    }
}

/// Kills tried, and stops. Two hundred of each were, and nothing was half published.
const MOMENTS: usize = 12;

/// Moments within a time, made from a seed.
fn moments(seed: u64, within: Duration) -> impl Iterator<Item = Duration> {
    let mut state = seed;
    std::iter::repeat_with(move || {
        // Marsaglia's xorshift, which is random enough to hit every stage.
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        within.mul_f64(f64::from(u16::try_from(state >> 48).unwrap()) / f64::from(u16::MAX))
    })
}

/// How long a run takes here.
fn usual(config: &Path) -> Duration {
    let folder = tempfile::tempdir().unwrap();
    let begun = Instant::now();
    assert!(command(config, &folder.path().join("ut")).status().unwrap().success());
    begun.elapsed()
}

/// Starts a run, sends it a signal after a while, and waits for its end.
fn interrupted(config: &Path, output: &Path, after: Duration, signal: &str) -> Output {
    let child = command(config, output).spawn().unwrap();
    std::thread::sleep(after);
    // One that is done already cannot be reached any more.
    let _ = Command::new("kill").args([signal, &child.id().to_string()]).stderr(Stdio::null()).status().unwrap();
    child.wait_with_output().unwrap()
}

fn is_whole(run: &Path, config: &Path) {
    let ran = run_with(&["verify", run.to_str().unwrap(), "--config", config.to_str().unwrap()]);
    assert_eq!(ran.code, 0, "{}{}", ran.out, ran.err);
}

/// Killed at any moment, a run is published whole or not at all; the next one clears up and publishes.
#[test]
fn a_killed_run_is_whole_or_not_there() {
    let config = small();
    let usual = usual(&config);
    for after in moments(7, usual.mul_f64(1.1)).take(MOMENTS) {
        let folder = tempfile::tempdir().unwrap();
        let output = folder.path().join("ut");
        interrupted(&config, &output, after, "-KILL");
        let left = names(&output);
        for run in left.iter().filter(|name| !name.starts_with('.')) {
            is_whole(&output.join(run), &config);
        }
        let next = command(&config, &output).output().unwrap();
        assert!(next.status.success(), "{}", told(&next));
        let runs = names(&output);
        assert!(runs.iter().all(|name| name.starts_with("2026-11-30")), "{runs:?}");
        is_whole(&output.join(runs.last().unwrap()), &config);
    }
}

/// Told to stop at any moment, a run takes everything unfinished with it, and says that it stopped.
#[test]
fn a_stopped_run_leaves_nothing() {
    let config = small();
    let usual = usual(&config);
    for (after, at) in moments(11, usual).zip(0..MOMENTS) {
        let folder = tempfile::tempdir().unwrap();
        let output = folder.path().join("ut");
        let signal = ["-TERM", "-INT", "-HUP", "-QUIT"][at % 4];
        let ran = interrupted(&config, &output, after, signal);
        match ran.status.code() {
            Some(0) => is_whole(&output.join("2026-11-30"), &config),
            // None where it had not yet begun to listen.
            Some(2) | None => assert_eq!(names(&output), [""; 0], "{after:?} {signal}"),
            other => panic!("{after:?} {signal}: {other:?} {}", told(&ran)),
        }
    }
}

/// Started to outlive its terminal, a run goes on when that is closed.
#[test]
fn a_run_without_a_terminal_outlives_it() {
    let folder = tempfile::tempdir().unwrap();
    let (config, output) = (fixture("exempelkommunen/samkor.toml"), folder.path().join("ut"));
    let child = shell("trap '' HUP", &config, &output).spawn().unwrap();
    // Sent when it has begun to write, and so to listen.
    while names(&output).is_empty() {
        std::thread::yield_now();
    }
    assert!(Command::new("kill").args(["-HUP", &child.id().to_string()]).status().unwrap().success());
    let ran = child.wait_with_output().unwrap();
    assert!(ran.status.success(), "{}", told(&ran));
    is_whole(&output.join("2026-11-30"), &config);
}

/// Of several runs at once into one folder each publishes whole or is refused, and those after them get numbers.
#[test]
fn runs_at_once_do_not_touch_each_other() {
    let folder = tempfile::tempdir().unwrap();
    let (config, output) = (small(), folder.path().join("ut"));
    let children: Vec<_> = (0..5).map(|_| command(&config, &output).spawn().unwrap()).collect();
    let mut published = 0;
    for child in children {
        let ran = child.wait_with_output().unwrap();
        match ran.status.code() {
            Some(0) => published += 1,
            _ => assert!(told(&ran).contains("en annan körning pågår"), "{}", told(&ran)),
        }
    }
    let runs = names(&output);
    assert!(published > 0 && runs.len() == published, "{published} {runs:?}");
    runs.iter().for_each(|run| is_whole(&output.join(run), &config));
}

/// An output that cannot be a folder is told before any work, with the way out.
#[test]
fn an_output_that_cannot_be_written_is_told() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("fil.txt");
    fs::write(&file, "x").unwrap();
    for output in [file.join("ut"), file.clone(), PathBuf::from("/proc/samkor/ut")] {
        let ran = command(&small(), &output).output().unwrap();
        assert_eq!(ran.status.code(), Some(2), "{}", told(&ran));
        assert!(told(&ran).contains("kan inte skrivas") && told(&ran).contains("--output MAPP"), "{}", told(&ran));
    }
    assert_eq!(fs::read_to_string(&file).unwrap(), "x");
}
