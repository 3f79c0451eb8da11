//! The configuration and the inputs, against their hashes. What is gone cannot be wrong any more: inputs are destroyed
//! on schedule, and the run stands without them.

use super::files::{Content, content};
use super::{Opened, Part};
use crate::model::{Message, Text, counted, message};
use crate::runfolder::InputLine;
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

    /// Where an input is: at the first place where there is anything.
    fn input(&self, path: &str) -> Option<PathBuf> {
        // With the configuration in hand there is one place only; another of the name would be another file.
        let bases = if self.file.is_some() { &self.bases[..1] } else { &self.bases[..] };
        bases.iter().map(|base| base.join(path)).find(|place| place.exists())
    }
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
    let inputs: Vec<(&str, &str)> = run.manifest.inputs.iter().filter_map(hashed).collect();
    let mut part = Part::new(Text::new("Indata", "Inputs"), counted(inputs.len(), ["fil", "filer"], ["file", "files"]));
    for (path, sha256) in inputs {
        match tried(path, sha256, found) {
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

fn hashed(input: &InputLine) -> Option<(&str, &str)> {
    Some((&input.path, input.sha256.as_deref()?))
}

fn tried(path: &str, sha256: &str, found: &Found) -> Tried {
    let gone = || Tried::Gone(message!("{path}", "{path}"));
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
