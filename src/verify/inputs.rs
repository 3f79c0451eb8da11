//! The configuration and the inputs, against their hashes. What is gone cannot be wrong any more: inputs are destroyed
//! on schedule, and the run stands without them.

use super::files::{Content, content};
use super::{Opened, Part};
use crate::config::{self, Config, Overrides, Surroundings};
use crate::model::{Message, Text, counted, message};
use crate::runfolder::InputLine;
use std::fs;
use std::path::{Path, PathBuf};

/// The configuration as it was found.
pub struct Found {
    /// Where it is, where anything is there.
    pub file: Option<PathBuf>,
    /// Whether it is the run's own.
    pub is_the_same: bool,
    /// Folders that the paths of inputs may begin in, the likeliest first.
    bases: Vec<PathBuf>,
}

impl Found {
    /// Looks for the configuration: where it is said to be, else in the folders around the run and where the command is
    /// given. One of the run's hash goes before others.
    pub fn of(run: &Opened<'_>, said: Option<&Path>) -> Self {
        let named = Path::new(&run.manifest.config.path);
        let name = named.file_name().map_or_else(|| named.to_owned(), PathBuf::from);
        let output = run.output();
        let around = output.ancestors().take(4).map(|folder| folder.join(&name));
        let places: Vec<PathBuf> = match said {
            Some(said) => vec![said.to_owned()],
            None => around.chain([named.to_owned()]).collect(),
        };
        let own = |place: &&PathBuf| is_hash(place, &run.manifest.config.sha256);
        let same = places.iter().find(own);
        let file = same.or_else(|| places.iter().find(|place| place.is_file())).cloned();
        let folder = |place: &PathBuf| place.parent().map(Path::to_owned).unwrap_or_default();
        let bases = file.iter().chain(&places).map(folder).collect();
        Self { is_the_same: same.is_some(), file, bases }
    }

    /// The run's own configuration, where it is there and can still be read.
    pub(super) fn config(&self, rules: &[&'static str]) -> Option<Config> {
        let file = self.file.as_ref().filter(|_| self.is_the_same)?;
        let overrides = Overrides { as_of: None, output: None, language: None };
        // No day is asked for here, so any will do for those that the file leaves out.
        let surroundings = Surroundings { today: chrono::NaiveDate::default(), overrides: &overrides, rules };
        config::load(file, &surroundings).ok()
    }

    /// Where inputs are looked for. With the configuration in hand there is one place only; another of the name would be
    /// another file.
    fn places(&self) -> &[PathBuf] {
        if self.file.is_some() { &self.bases[..1] } else { &self.bases }
    }

    /// Where an input is: at the first place where there is anything.
    fn input(&self, path: &str) -> Option<PathBuf> {
        self.places().iter().map(|base| base.join(path)).find(|place| place.exists())
    }

    /// Whether a file of the same size and hash stands where one did whose name may not be shown.
    fn is_under_another_name(&self, input: &InputLine, sha256: &str) -> bool {
        let folder = Path::new(&input.path).parent().unwrap_or(Path::new(""));
        let entries =
            self.places().iter().filter_map(|base| fs::read_dir(folder_or_here(&base.join(folder))).ok()).flatten();
        let mut files = entries.flatten().map(|entry| entry.path());
        let is_as_long = |file: &PathBuf| fs::metadata(file).is_ok_and(|own| Some(own.len()) == input.bytes);
        files.any(|file| is_as_long(&file) && is_hash(&file, sha256))
    }
}

/// No folder named is the one that the command is given in.
fn folder_or_here(folder: &Path) -> &Path {
    if folder.as_os_str().is_empty() { Path::new(".") } else { folder }
}

fn is_hash(place: &Path, sha256: &str) -> bool {
    matches!(content(place), Content::Hash(hash) if hash == sha256)
}

/// The configuration against its hash.
pub fn configuration(run: &Opened<'_>, found: &Found) -> Part {
    let mut part = Part::new(Text::new("Konfigurationen", "The configuration"), message!("1 fil", "1 file"));
    match &found.file {
        Some(_) if found.is_the_same => {}
        Some(file) => {
            let file = file.display();
            part.deviations.push(message!(
                "{file}: är inte den konfiguration som körningen gjordes med",
                "{file}: is not the configuration that the run was made with"
            ));
        }
        None => {
            let path = &run.manifest.config.path;
            part.gone.push(message!("{path}: ange var den är med --config", "{path}: say where it is with --config"));
        }
    }
    part
}

/// Each input against its hash.
pub fn inputs(run: &Opened<'_>, found: &Found) -> Part {
    // What could not be read then has no hash, and a system whose export was never delivered not even a name.
    let inputs: Vec<(&InputLine, &str)> = run.manifest.inputs.iter().filter_map(hashed).collect();
    let mut part = Part::new(Text::new("Indata", "Inputs"), counted(inputs.len(), ["fil", "filer"], ["file", "files"]));
    for (input, sha256) in inputs {
        match tried(input, sha256, found) {
            Tried::AsItWas => {}
            Tried::Deviates(why) => part.deviations.push(why),
            Tried::Gone(why) => part.gone.push(why),
        }
    }
    part
}

enum Tried {
    AsItWas,
    Deviates(Message),
    Gone(Message),
}

/// A file that is not found by its name may be gone or altered, and nobody can tell which.
fn masked(path: &str) -> Message {
    message!(
        "{path}: kan inte sökas, eftersom något i namnet inte får visas och är dolt; ingen fil med samma innehåll finns \
         i mappen",
        "{path}: cannot be looked for, since something in its name may not be shown and is hidden; no file of the same \
         content is in the folder"
    )
}

fn hashed(input: &InputLine) -> Option<(&InputLine, &str)> {
    Some((input, input.sha256.as_deref()?))
}

fn tried(input: &InputLine, sha256: &str, found: &Found) -> Tried {
    let path = &input.path;
    let gone = || Tried::Gone(message!("{path}", "{path}"));
    if input.masked {
        return match found.is_under_another_name(input, sha256) {
            true => Tried::AsItWas,
            false => Tried::Gone(masked(path)),
        };
    }
    match found.input(path).map(|place| content(&place)) {
        None | Some(Content::Nothing) => gone(),
        Some(Content::Hash(hash)) if hash == sha256 => Tried::AsItWas,
        Some(Content::Hash(_)) => {
            Tried::Deviates(message!("{path}: innehållet är ändrat", "{path}: its content was changed"))
        }
        Some(Content::Unreadable(why)) => {
            let (sv, en) = why.both();
            Tried::Deviates(message!("{path}: {sv}", "{path}: {en}"))
        }
    }
}
