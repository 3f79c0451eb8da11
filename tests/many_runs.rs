//! Many runs in one output folder: of those before the last only the manifest is read, each once.

#![cfg(target_os = "linux")] // The count of bytes that were read is the kernel's.
#![allow(clippy::unwrap_used, clippy::expect_used)] // A test may fail loudly.

mod common;

use common::{case, publish, tree};
use std::fs;
use std::path::Path;

const PAYROLL: &str = "Anst.nr;Förnamn;Efternamn;Anställd fr.o.m.;Anställd t.o.m.\n1001;Eva;Lind;2015-01-01;\n\
    1002;Per;Ekdal;2015-01-01;2026-06-30\n";
const EXPORT: &str = "Användarnamn;Namn;Anst.nr;Status\neva01;Eva Lind;1001;Aktiv\nper01;Per Ekdal;1002;Aktiv\n";

/// Runs beside the last.
const OLDER: u64 = 39;

fn run(folder: &Path, day: &str, output: &Path) {
    let config = format!(
        "[review]\nas_of = {day}\n[payroll]\nfile = \"lon.csv\"\n[[system]]\nid = \"sys\"\nfile = \"sys.csv\"\n\
         owner = \"Administrativ chef\"\n"
    );
    let config = case(folder, &config, &[("lon.csv", PAYROLL.as_bytes()), ("sys.csv", EXPORT.as_bytes())]);
    publish(&config, output, &["--threads", "1"]);
}

/// Bytes that this process and those it has waited for have read.
fn bytes_read() -> u64 {
    let told = fs::read_to_string("/proc/self/io").unwrap();
    let own = told.lines().find_map(|line| line.strip_prefix("rchar: ")).unwrap();
    own.parse().unwrap()
}

/// A second run after one, and after forty whose lists and data were destroyed on schedule: what it reads grows by their
/// manifests and by nothing else. The rest of a run does not depend on how many came before.
#[test]
fn of_older_runs_only_the_manifest_is_read() {
    let folder = tempfile::tempdir().unwrap();
    let first = folder.path().join("en");
    run(folder.path(), "2026-10-31", &first);
    let many = folder.path().join("manga");
    let manifest = first.join("2026-10-31/manifest.json");
    for copy in 0..=OLDER {
        let name = if copy == OLDER {
            "2026-10-31".to_owned()
        } else {
            format!("2026-{:02}-{:02}", copy / 28 + 1, copy % 28 + 1)
        };
        for (file, bytes) in tree(&first.join("2026-10-31")) {
            if copy == OLDER || file.starts_with("manifest") {
                let path = many.join(&name).join(&file);
                fs::create_dir_all(path.parent().unwrap()).unwrap();
                fs::write(path, bytes).unwrap();
            }
        }
    }
    let read = |output: &Path| {
        let before = bytes_read();
        run(folder.path(), "2026-11-30", output);
        bytes_read() - before
    };
    // What is read of the runs themselves, and a little more of what the second wrote: its trend is longer.
    let (one, forty) = (read(&first), read(&many));
    let manifests = OLDER * fs::metadata(&manifest).unwrap().len();
    let more = forty - one;
    assert!(more >= manifests && more < manifests * 3 / 2, "{more} bytes more for manifests of {manifests}");
}
