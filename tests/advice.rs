//! What `check` and `init` advise can be done as it stands, and is right where it says that it is.

#![allow(clippy::unwrap_used, clippy::expect_used)] // A test may fail loudly.

mod common;

use common::{case, keys_of, lines, publish, run_with};
use std::fs;
use std::path::Path;
use toml::{Table, Value};

const PAYROLL: &str = "Anst.nr;Namn;Anst.form;Anställd t.o.m.;Sekretess\n\
    1001;Eva Lind;Tillsvidare;;N\n1002;Per Ek;Tillsvidare;2026-08-31;N\n1003;Siv Broman;Tillsvidare;;N\n";

/// A matrix: a column for each role, a mark where the account has it.
const MATRIX: &str = "Anv.id;Namn;Anst.nr;Attestant;Beslutsattest;Leverantörsregister\n\
    EL;Eva Lind;1001;x;;X\nPE;Per Ek;1002;;;ja\nSB;Siv Broman;1003;x;1;\n";

fn config(more: &str) -> String {
    format!(
        "[review]\nas_of = 2026-11-30\n[payroll]\nfile = \"lon.csv\"\n[[system]]\nid = \"eko\"\nowner = \"Ekonomichef\"\n\
         file = \"eko.csv\"\n{more}"
    )
}

fn check(folder: &Path, config: &str, files: &[(&str, &str)], language: &str) -> String {
    let files: Vec<(&str, &[u8])> = files.iter().map(|(name, text)| (*name, text.as_bytes())).collect();
    let config = case(folder, config, &files);
    run_with(&["check", config.to_str().unwrap(), "--language", language]).out
}

/// The line behind each arrow, with where it is said to stand.
fn pasted(told: &str) -> Vec<(&str, &str)> {
    let lines = told.lines().filter_map(|line| line.split_once('→'));
    lines.map(|(_, line)| line.split_once("  # under ").unwrap_or_else(|| panic!("no line: {line}"))).collect()
}

/// The tables that "[[system]] id = \"x\", [system.columns], if …" names, under which a line stands.
fn table_of<'t>(root: &'t mut Table, under: &str) -> &'t mut Table {
    let system = under.split_once("id = \"").map(|(_, rest)| rest.split('"').next().unwrap());
    let of_table = under.split(", ").filter(|part| part.starts_with('[')).last().unwrap();
    let name = of_table.trim_start_matches('[').split([']', ' ']).next().unwrap();
    let mut table = root;
    for part in name.split('.') {
        let value = table.entry(part).or_insert_with(|| Value::Table(Table::new()));
        table = match value {
            Value::Array(all) => {
                let is_own = |own: &&mut Value| system.is_none_or(|id| own["id"].as_str() == Some(id));
                all.iter_mut().find(is_own).unwrap_or_else(|| panic!("{under}")).as_table_mut().unwrap()
            }
            other => other.as_table_mut().unwrap(),
        };
    }
    table
}

/// Puts each line that a check tells where it says, and reads the configuration again.
fn every_line_can_be_pasted(config: &Path, language: &str) -> usize {
    let told = run_with(&["check", config.to_str().unwrap(), "--language", language]).out;
    let text = fs::read_to_string(config).unwrap();
    let pasted = pasted(&told);
    for (line, under) in &pasted {
        let own: Table = toml::from_str(line).unwrap_or_else(|cause| panic!("{line}: {cause}"));
        let mut whole: Table = toml::from_str(&text).unwrap();
        table_of(&mut whole, under).extend(own);
        let tried = config.with_file_name("prov.toml");
        fs::write(&tried, toml::to_string(&whole).unwrap()).unwrap();
        let ran = run_with(&["check", tried.to_str().unwrap()]);
        assert!(!ran.err.contains("prov.toml"), "{line} under {under}\n{}", ran.err);
    }
    pasted.len()
}

/// Whatever stands behind an arrow is a line of TOML that the configuration takes under the table that it names, in both
/// languages; what is no line has no arrow.
#[test]
fn what_stands_behind_an_arrow_can_be_pasted() {
    let folder = tempfile::tempdir().unwrap();
    let payroll = "Anst.nr;Namn;Skyddad ident\n1001;Eva Lind;\n1002;Per Ek;Ja\n";
    let export = "Konto;Namn;Status;\"Låg \"\"nivå\"\" \\\";Spärrad av IT;Attest;Bokför;Anst.nr\n\
        a;Eva Lind;Vilande;2026-01-01;Ja;x;;9\nb;Per Ek;Vilande;2026-02-01;Nej;;x;8\n";
    let text = "[review]\nas_of = 2026-11-30\n[payroll]\nfile = \"lon.csv\"\n[[system]]\nid = \"a\"\nfile = \"s.csv\"\n\
        privileged_roles = [\"*finns inte*\"]\nallow = [\"elected\"]\ndepartments = [\"Ingen\"]\n[system.status]\nactive = [\"Saknas\"]\n\
        [[system]]\nid = \"b\"\nfile = \"saknas.csv\"\n[[conflict]]\nname = \"x\"\na = { system = \"a\", role = \"Betala\" }\n\
        b = { system = \"a\", role = \"Lägga upp\" }\n";
    let files: [(&str, &[u8]); 2] = [("lon.csv", payroll.as_bytes()), ("s.csv", export.as_bytes())];
    let own = case(folder.path(), text, &files);
    let example = folder.path().join("exempel");
    run_with(&["demo", example.to_str().unwrap(), "--kind", "small"]);
    for (config, least) in [(own, 6), (example.join("samkor.toml"), 1)] {
        for language in ["sv", "en"] {
            let tried = every_line_can_be_pasted(&config, language);
            assert!(tried >= least, "{tried} lines of {}", config.display());
        }
    }
}

/// Columns of marks are a matrix of roles: the advice is one line that names them all, and following it gives each account
/// the roles of the headers, so that pairs of roles are tested. Nothing is said of open and closed.
#[test]
fn a_matrix_of_roles_is_advised_and_read_by_its_headers() {
    let folder = tempfile::tempdir().unwrap();
    let files = [("lon.csv", PAYROLL), ("eko.csv", MATRIX)];
    let told = check(folder.path(), &config(""), &files, "sv");
    let line = "role = [\"Attestant\", \"Beslutsattest\", \"Leverantörsregister\"]";
    assert!(told.contains(line) && !told.contains("enabled ="), "{told}");
    let more = format!(
        "privileged_roles = [\"Beslut*\"]\n[system.columns]\n{line}\n[[conflict]]\nname = \"Attest\"\na = {{ system = \"eko\", \
         role = \"Leverantörsregister\" }}\nb = {{ system = \"eko\", role = \"Attestant\" }}\n"
    );
    check(folder.path(), &config(&more), &files, "sv");
    let run = publish(&folder.path().join("samkor.toml"), &folder.path().join("ut"), &[]);
    let roles: Vec<String> = lines(&run, "accounts.jsonl").iter().map(|own| own["roles"].to_string()).collect();
    assert_eq!(
        roles,
        ["[\"Attestant\",\"Leverantörsregister\"]", "[\"Leverantörsregister\"]", "[\"Attestant\",\"Beslutsattest\"]"]
    );
    assert_eq!(keys_of(&run, "conflicting-roles").len(), 1);
    assert_eq!(keys_of(&run, "leaver-active").len(), 1);
    let high: Vec<bool> =
        lines(&run, "accounts.jsonl").iter().map(|own| own["privileged"].as_bool().unwrap()).collect();
    assert_eq!(high, [false, false, true]);
}

/// A column of roles that holds words beside a mark, or codes of one letter, keeps its words.
#[test]
fn codes_of_roles_are_no_marks() {
    let folder = tempfile::tempdir().unwrap();
    let export =
        "Anv.id;Namn;Anst.nr;Roll;Grupper\nEL;Eva Lind;1001;S;x\nPE;Per Ek;1002;S;Attest\nSB;Siv Broman;1003;;\n";
    check(folder.path(), &config(""), &[("lon.csv", PAYROLL), ("eko.csv", export)], "sv");
    let run = publish(&folder.path().join("samkor.toml"), &folder.path().join("ut"), &[]);
    let roles: Vec<String> = lines(&run, "accounts.jsonl").iter().map(|own| own["roles"].to_string()).collect();
    assert_eq!(roles, ["[\"S\",\"x\"]", "[\"S\",\"Attest\"]", "[]"]);
}

/// What a column is for is said as a question where it is not known, and nothing is offered that its header rules out or
/// that would put another column out of use.
#[test]
fn advice_is_what_the_column_can_be() {
    let folder = tempfile::tempdir().unwrap();
    let course = "Namn;E-post;Kursdatum;Genomförd\nEva Lind;eva@x.se;2026-10-01;Ja\nPer Ek;per@x.se;2026-10-02;Nej\n";
    let used = "Konto;Namn;Senaste inloggning;Giltig t.o.m.;Kursdatum\nel;Eva Lind;2026-10-01;;2026-01-01\npe;Per Ek;2026-10-02;;2026-01-02\n";
    let register = "Namn;E-post;Företag;Spärrad;Senast inloggad;Kursdatum\n\
        Kim Berg;kim@c.se;C AB;N;2026-11-01;2026-10-01\nLi Dal;li@c.se;C AB;J;2026-11-02;2026-10-02\n";
    let with_register = config("[[register]]\nid = \"konsulter\"\nkind = \"external\"\nfile = \"reg.csv\"\n");
    let cases: [(&str, &str, &[&str], &[&str]); 3] = [
        (
            "eko.csv",
            course,
            &[
                "om den säger om kontot är öppet: enabled = \"Genomförd\"",
                "senast användes: last_login = \"Kursdatum\"",
            ],
            &[],
        ),
        ("eko.csv", used, &["last_login = [\"Senaste inloggning\", \"Kursdatum\"]"], &["= \"Kursdatum\""]),
        (
            "reg.csv",
            register,
            &["om den säger när någon slutar: employment_end = \"Kursdatum\"", "\"Senast inloggad\" är en kontolistas"],
            &["= \"Senast inloggad\"", "= \"Spärrad\""],
        ),
    ];
    for (name, file, said, not_said) in cases {
        let text = if name == "reg.csv" { with_register.clone() } else { config("") };
        let told = check(folder.path(), &text, &[("lon.csv", PAYROLL), ("eko.csv", MATRIX), (name, file)], "sv");
        said.iter().for_each(|words| assert!(told.contains(words), "{words}\n{told}"));
        not_said.iter().for_each(|words| assert!(!told.contains(words), "{words}\n{told}"));
    }
}

/// Each suggestion of a configuration that `init` wrote holds when its # is taken away.
#[test]
fn every_suggestion_of_init_can_be_taken() {
    let folder = tempfile::tempdir().unwrap();
    let directory = "SamAccountName,Name,EmployeeID,Enabled,DistinguishedName,Status\nel,Eva Lind,1001,True,\"CN=E,DC=ek\",Vilande\n";
    let cloud = "userPrincipalName,displayName,accountEnabled,userType\neva@ek.se,Eva Lind,true,Member\n";
    let roles = "Konto;Namn;Roll\nel;Eva Lind;Läsa\npe;Per Ek;Systemadministratör\n";
    let plain = "Konto;Namn;Roll\nel;Eva Lind;Läsa\n";
    for (name, text) in [
        ("lon.csv", PAYROLL),
        ("adusers.csv", directory),
        ("entra.csv", cloud),
        ("Treserva.csv", roles),
        ("Vklass.csv", plain),
        ("matris.csv", MATRIX),
    ] {
        fs::write(folder.path().join(name), text).unwrap();
    }
    run_with(&["init", folder.path().to_str().unwrap()]);
    let text = fs::read_to_string(folder.path().join("samkor.toml")).unwrap();
    assert_eq!(text.matches("privileged_roles = [").count(), 1, "{text}");
    let all: Vec<&str> = text.lines().collect();
    let is_suggestion = |line: &str| {
        let key = line.strip_prefix("# ").and_then(|line| line.split_once(" = "));
        key.is_some_and(|(key, _)| key.chars().all(|c| c.is_ascii_lowercase() || c == '_'))
    };
    let suggestions: Vec<usize> = (0..all.len()).filter(|at| is_suggestion(all[*at])).collect();
    assert!(suggestions.len() > 12, "{text}");
    for at in suggestions {
        let mut taken: Vec<String> = all.iter().map(|line| (*line).to_owned()).collect();
        // The heading of a table of suggestions stands above them.
        let above = (0..at).rev().take_while(|above| all[*above].starts_with("# "));
        let heading = above.into_iter().find(|above| all[*above].starts_with("# [") && all[*above].ends_with(']'));
        for line in heading.into_iter().chain([at]) {
            taken[line] = all[line][2..].to_owned();
        }
        let tried = folder.path().join("prov.toml");
        fs::write(&tried, taken.join("\n")).unwrap();
        let ran = run_with(&["check", tried.to_str().unwrap()]);
        assert!(!ran.err.contains("prov.toml"), "{}\n{}", all[at], ran.err);
    }
}

/// Rows of the register of service accounts that fit no account are named, and those that are marked by their number only.
#[test]
fn rows_that_fit_no_account_are_named() {
    let folder = tempfile::tempdir().unwrap();
    let service =
        "Konto;Ägare;Skyddade personuppgifter\nsvc_finnsej;IT-chef;Nej\nsvc_dold;IT-chef;Ja\nEL;IT-chef;Nej\n";
    let files = [("lon.csv", PAYROLL), ("eko.csv", MATRIX), ("tj.csv", service)];
    let told = check(folder.path(), &config("[service_accounts]\nfile = \"tj.csv\"\n"), &files, "sv");
    assert!(told.contains("Passar inget konto i de lästa exporterna: svc_finnsej (rad 2), rad 3."), "{told}");
    assert!(!told.contains("svc_dold"), "{told}");
}

/// A file that holds no table is to be taken out anew: no program saves it as one.
#[test]
fn a_file_without_a_table_is_to_be_taken_out_anew() {
    let folder = tempfile::tempdir().unwrap();
    for bytes in ["", "%PDF-1.7\n"] {
        let told = check(folder.path(), &config(""), &[("lon.csv", PAYROLL), ("eko.csv", bytes)], "sv");
        let ran = run_with(&["check", folder.path().join("samkor.toml").to_str().unwrap()]);
        let told = format!("{told}{}", ran.err);
        assert!(told.contains("Ta ut listan på nytt ur systemet") && !told.contains("Öppna filen"), "{told}");
    }
}

/// Of a misspelt word of the configuration the line is offered as the files have it, the other words kept; of one that is
/// like nothing there no line is offered, least of all the one that stands there.
#[test]
fn a_misspelt_word_is_offered_as_the_files_have_it() {
    let folder = tempfile::tempdir().unwrap();
    let payroll = "Anst.nr;Namn;Förvaltning;Företag;Anst.form;Sekretess\n1001;Eva Lind;Socialförvaltningen;Kommunen;Tillsvidare;N\n\
        1002;Per Ek;Barn och utbildning;Kommunen;Timavlönad;N\n";
    let more = "companies = [\"Komunen\"]\ndepartments = [\"Barn och utbildning\", \"Socialförvaltninge\"]\n\
        privileged_roles = [\"Xyz*\"]\n";
    let told = check(folder.path(), &config(more), &[("lon.csv", payroll), ("eko.csv", MATRIX)], "sv");
    for line in ["companies = [\"Kommunen\"]", "departments = [\"Barn och utbildning\", \"Socialförvaltningen\"]"] {
        assert!(told.contains(&format!("→ {line}")), "{line}: {told}");
    }
    assert!(!told.contains("→ privileged_roles") && told.contains("Xyz*"), "{told}");
}
