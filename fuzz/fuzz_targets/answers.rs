//! A returned list: the texts of its rows, one line a row, in the workbook that was issued.

#![no_main]

mod common;

use samkor::{Overrides, RunRequest};
use std::fs;
use std::io::{Cursor, Read};
use std::path::{Path, PathBuf};

const CONFIG: &str = "[review]\nas_of = 2026-11-30\n\n[payroll]\nfile = \"lon.csv\"\nexported = 2026-11-30\n\n[[system]]\nid = \"sys\"\n\
    file = \"sys.csv\"\nowner = \"Administrativ chef\"\nexported = 2026-11-30\n\n[followup]\nanswers = \"svar\"\n";
const PAYROLL: &str = "Anst.nr;Förnamn;Efternamn;Anställd fr.o.m.;Anställd t.o.m.\n1001;Eva;Lind;2015-01-01;\n\
    1002;Per;Ekdal;2015-01-01;2026-06-30\n1003;Siv;Broman;2015-01-01;2026-06-30\n";
const ACCOUNTS: &str = "Användarnamn;Namn;Anst.nr;Status;Roll\neva01;Eva Lind;1001;Aktiv;Läsa\nper01;Per Ekdal;1002;Aktiv;Läsa\n\
    siv01;Siv Broman;1003;Aktiv;Skriva\n";

/// A run that was published, and the list that it issued.
struct Issued {
    folder: tempfile::TempDir,
    run: PathBuf,
    parts: Vec<(String, Vec<u8>)>,
}

thread_local! {
    static ISSUED: Issued = issue();
}

libfuzzer_sys::fuzz_target!(|data: &[u8]| {
    common::leave_libraries_their_panics();
    ISSUED.with(|issued| {
        let sheet = sheet(&String::from_utf8_lossy(data));
        let part = |(name, bytes): &'_ (String, Vec<u8>)| {
            (name.clone(), if name == "xl/worksheets/sheet2.xml" { sheet.clone() } else { bytes.clone() })
        };
        let parts: Vec<(String, Vec<u8>)> = issued.parts.iter().map(part).collect();
        let parts: Vec<(&str, &[u8])> = parts.iter().map(|(name, bytes)| (name.as_str(), &bytes[..])).collect();
        let returned = issued.folder.path().join("svar/lista.xlsx");
        fs::write(&returned, common::archive(&parts)).expect("the list can be written");
        let _ = samkor::answers(&request(issued.folder.path()), &issued.run);
    });
});

fn request(folder: &Path) -> RunRequest<'static> {
    let overrides = Overrides { output: Some(folder.join("resultat")), ..Overrides::default() };
    RunRequest { overrides, ..common::request(folder.join("samkor.toml")) }
}

fn issue() -> Issued {
    let folder = tempfile::Builder::new().tempdir_in(common::memory()).expect("a folder");
    for (name, text) in [("samkor.toml", CONFIG), ("lon.csv", PAYROLL), ("sys.csv", ACCOUNTS)] {
        fs::write(folder.path().join(name), text).expect("the file can be written");
    }
    fs::create_dir(folder.path().join("svar")).expect("the folder can be made");
    let run = samkor::run(&request(folder.path())).unwrap_or_else(|_| panic!("the run is published")).folder;
    let list = fs::read_dir(run.join("agare")).expect("the lists").next().expect("a list").expect("a list").path();
    let mut zip = zip::ZipArchive::new(Cursor::new(fs::read(list).expect("the list"))).expect("an archive");
    let parts = (0..zip.len()).map(|at| {
        let mut part = zip.by_index(at).expect("a part");
        let mut bytes = Vec::new();
        part.read_to_end(&mut bytes).expect("a part");
        (part.name().expect("a name").to_string(), bytes)
    });
    let parts = parts.collect();
    Issued { folder, run, parts }
}

/// Lines of cells between tabs as a sheet of texts.
fn sheet(text: &str) -> Vec<u8> {
    let escaped = |cell: &str| {
        let cell = cell.replace('&', "&amp;").replace('<', "&lt;");
        cell.replace(|letter: char| letter < ' ' || letter > '\u{fffd}', "")
    };
    let mut rows = String::new();
    for line in text.lines() {
        rows.push_str("<row>");
        for cell in line.split('\t') {
            rows.push_str(&format!("<c t=\"inlineStr\"><is><t>{}</t></is></c>", escaped(cell)));
        }
        rows.push_str("</row>");
    }
    format!("<worksheet xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\"><sheetData>{rows}</sheetData></worksheet>")
        .into_bytes()
}
