//! The same inputs give the same bytes wherever the program runs, and the order in which an export happens to list its
//! rows, or a configuration its systems, decides no outcome and no shown value.

#![allow(clippy::unwrap_used, clippy::expect_used)] // A test may fail loudly.

mod common;

use common::{fixture, lines, publish, tree};
use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

/// Language and time zone of the computer, the folder for temporary files and the number of threads that the environment
/// asks for change no byte.
#[test]
fn the_environment_changes_no_byte() {
    let config = fixture("exempelkommunen/samkor.toml");
    let own = tempfile::tempdir().unwrap();
    let first = tree(&publish(&config, own.path(), &[]));
    let environments = [
        [("LC_ALL", "tr_TR.UTF-8"), ("TZ", "Pacific/Kiritimati"), ("RAYON_NUM_THREADS", "1"), ("HOME", "/nowhere")],
        [("LC_ALL", "sv_SE.ISO-8859-1"), ("TZ", "XXX+12"), ("RAYON_NUM_THREADS", "7"), ("TMPDIR", "/nowhere")],
    ];
    for environment in environments {
        let folder = tempfile::tempdir().unwrap();
        let mut command = common::samkor();
        command.envs(environment).arg("run").arg(&config).arg("-q").arg("--output").arg(folder.path());
        let ran = command.output().unwrap();
        assert!(ran.status.success(), "{}", String::from_utf8_lossy(&ran.stderr));
        let same = tree(&folder.path().join("2026-11-30"));
        let differ: Vec<&String> = first.keys().filter(|file| first.get(*file) != same.get(*file)).collect();
        assert!(differ.is_empty() && first.len() == same.len(), "{environment:?}: {differ:?}");
    }
}

/// Copies a folder with all that is in it.
fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let path = entry.unwrap().path();
        let own = to.join(path.file_name().unwrap());
        if path.is_dir() {
            copy(&path, &own);
        } else {
            fs::copy(&path, own).unwrap();
        }
    }
}

/// Turns around the rows of a delimited file between its header, which begins with a word, and what stands below its data.
fn turn_around(file: &Path, header: &str, below: usize) {
    let bytes = fs::read(file).unwrap();
    let mut rows: Vec<&[u8]> = bytes.split_inclusive(|byte| *byte == b'\n').collect();
    let is_head = |row: &&[u8]| row.windows(header.len()).any(|part| part == header.as_bytes());
    let first = rows.iter().position(is_head).unwrap() + 1;
    let last = rows.len() - below;
    rows[first..last].reverse();
    fs::write(file, rows.concat()).unwrap();
}

/// Lines of the data without regard to their order.
fn data(run: &Path) -> BTreeMap<String, u32> {
    let mut all = BTreeMap::new();
    for file in ["accounts.jsonl", "findings.jsonl"] {
        lines(run, file).iter().for_each(|line| *all.entry(line.to_string()).or_default() += 1);
    }
    all
}

fn differing<'d>(a: &'d BTreeMap<String, u32>, b: &'d BTreeMap<String, u32>) -> Vec<&'d String> {
    a.iter().filter(|(line, count)| b.get(*line) != Some(count)).map(|(line, _)| line).take(3).collect()
}

/// Payroll, directory and exports listed the other way round say the same of every account, with roles on several rows,
/// several employments, namesakes and all.
#[test]
fn the_order_of_rows_decides_nothing_that_is_shown() {
    let folder = tempfile::tempdir().unwrap();
    let config = folder.path().join("samkor.toml");
    copy(&fixture("exempelkommunen"), folder.path());
    let first = publish(&config, &folder.path().join("ett"), &[]);
    let inputs = folder.path().join("indata");
    turn_around(&inputs.join("lon.csv"), "Anst.nr", 1);
    turn_around(&inputs.join("katalog.csv"), "SamAccountName", 0);
    turn_around(&inputs.join("treserva.csv"), "Personnr", 0);
    turn_around(&inputs.join("entra.csv"), "objectId", 0);
    let second = publish(&config, &folder.path().join("två"), &[]);
    let (first_data, second_data) = (data(&first), data(&second));
    assert_eq!(differing(&first_data, &second_data), [""; 0]);
    assert_eq!(differing(&second_data, &first_data), [""; 0]);
    assert_eq!(common::manifest(&first)["counts"], common::manifest(&second)["counts"]);
}

/// Systems named in another order are the same systems.
#[test]
fn the_order_of_systems_decides_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let payroll = "Anst.nr;Förnamn;Efternamn;E-post;Anställd fr.o.m.;Anställd t.o.m.\n\
        1001;Eva;Lind;eva@ex.se;2015-01-01;\n1002;Per;Ekdal;per@ex.se;2015-01-01;2026-06-30\n\
        1003;Eva;Lind;eva2@ex.se;2015-01-01;2026-06-30\n";
    let one = "Användarnamn;Namn;Anst.nr;Status\neva01;Eva Lind;1001;Aktiv\nper01;Per Ekdal;1002;Aktiv\n";
    let two = "Användarnamn;Namn;E-post;Status\neva02;Eva Lind;eva2@ex.se;Aktiv\nper01;Per Ekdal;per@ex.se;Aktiv\n";
    let three = "Användarnamn;Namn;Status\neva01;Eva Lind;Aktiv\nper01;Per Ekdal;Aktiv\n";
    let files = [("lon.csv", payroll), ("a.csv", one), ("b.csv", two), ("c.csv", three)];
    let run = |order: [&str; 3]| {
        let mut config = "[review]\nas_of = 2026-11-30\n[payroll]\nfile = \"lon.csv\"\n".to_owned();
        for id in order {
            config += &format!("[[system]]\nid = \"{id}\"\nfile = \"{id}.csv\"\n");
        }
        let files = files.map(|(name, text)| (name, text.as_bytes()));
        let config = common::case(folder.path(), &config, &files);
        let output = folder.path().join(order.concat());
        data(&publish(&config, &output, &[]))
    };
    let first = run(["a", "b", "c"]);
    for order in [["c", "b", "a"], ["b", "c", "a"]] {
        let other = run(order);
        assert_eq!((differing(&first, &other), differing(&other, &first)), (Vec::new(), Vec::new()), "{order:?}");
    }
}
