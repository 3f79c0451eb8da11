//! LibreOffice as a tool of tests, where it is installed.

use serde::de::DeserializeOwned;
use std::ffi::OsStr;
use std::path::Path;
use std::process::{Command, Stdio};

/// LibreOffice without a window, with a profile of its own so that one that is open does not matter.
pub fn soffice(profile: &Path) -> Command {
    let mut command = Command::new("soffice");
    command.arg(format!("-env:UserInstallation=file://{}", profile.display())).arg("--headless");
    command.stdout(Stdio::null()).stderr(Stdio::null());
    command
}

/// Whether there is any LibreOffice.
pub fn is_installed(profile: &Path) -> bool {
    soffice(profile).arg("--version").status().is_ok_and(|told| told.success())
}

/// A Python that can steer the LibreOffice that is installed: that of the path, or the system's own beside it. Where there is
/// none, what was not tried is said.
#[allow(clippy::print_stderr)] // Who reads the tests must see it.
pub fn steering_python(profile: &Path, untried: &str) -> Option<&'static str> {
    let steers = |python: &&str| {
        let mut command = Command::new(python);
        command.args(["-c", "import uno"]).stdout(Stdio::null()).stderr(Stdio::null());
        command.status().is_ok_and(|told| told.success())
    };
    let found = ["python3", "/usr/bin/python3"].into_iter().find(steers).filter(|_| is_installed(profile));
    if found.is_none() {
        eprintln!("LibreOffice with a Python that steers it is not installed: {untried}");
    }
    found
}

/// What a script beside this file tells.
pub fn told<T: DeserializeOwned>(python: &str, script: &str, arguments: &[&OsStr]) -> T {
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/common").join(script);
    // Nothing compiled is left beside the scripts.
    let told = Command::new(python).arg("-B").arg(script).args(arguments).output().unwrap();
    assert!(told.status.success(), "{}", String::from_utf8_lossy(&told.stderr));
    serde_json::from_slice(&told.stdout).unwrap()
}
