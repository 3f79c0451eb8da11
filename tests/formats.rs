//! One and the same list in every format comes to the same accounts.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::print_stdout)] // A test may fail loudly.

mod common;

use common::xlsb::{formatted_xlsb, xlsb};
use common::{archive, fixture, lines, manifest, publish, unpacked};
use serde_json::Value;
use std::io::{Cursor, Read};
use std::path::Path;

/// Publishes one export against a payroll of two.
fn publish_export(folder: &Path, bytes: &[u8]) -> std::path::PathBuf {
    let payroll = "Anst.nr;Personnummer;Namn;Anställd t.o.m.\n1001;19850101-2382;Eva Lind;\n1002;;Per Ek;2026-01-01\n";
    let config = "[review]\nas_of = 2026-11-30\n[payroll]\nfile = \"l.csv\"\n[[system]]\nid = \"s\"\nfile = \"s\"\nowner = \"IT-chef\"\n";
    let config = common::case(folder, config, &[("l.csv", payroll.as_bytes()), ("s", bytes)]);
    publish(&config, &folder.join("ut"), &[])
}

/// A binary workbook is told by its content and read: texts, and twelve digits kept as a number.
#[test]
fn binary_workbooks_are_read() {
    let folder = tempfile::tempdir().unwrap();
    let rows: [&[&str]; 3] = [
        &["Konto-ID", "Namn", "Personnummer", "Anst.nr"],
        &["eva", "Eva Lind", "198501012382"],
        &["per", "Per Ek", "", "1002"],
    ];
    let run = publish_export(folder.path(), &xlsb(&rows));
    let accounts = lines(&run, "accounts.jsonl");
    let people: Vec<&Value> = accounts.iter().map(|account| &account["person"]).collect();
    assert_eq!(people, ["1001", "1002"]);
    assert_eq!(manifest(&run)["inputs"][1]["format"], "xlsb");
}

/// What `inspect --csv` writes of bytes, and what it tells beside them.
fn as_csv(bytes: &[u8]) -> (String, Vec<String>) {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("fil");
    std::fs::write(&file, bytes).unwrap();
    let mut out = Vec::new();
    let told = samkor::write_csv(&file, samkor::Wanted::Best, &mut out).map_err(|error| error.says.en).unwrap();
    (String::from_utf8(out).unwrap(), told.into_iter().map(|told| told.en).collect())
}

/// A formula that failed is shown as such in a binary workbook too, and not as an empty cell, wherever in its row it is.
#[test]
fn failed_formulas_of_binary_workbooks_are_read() {
    let rows: [&[&str]; 4] =
        [&["Konto-ID", "Namn", "Anst.nr"], &["eva", "#N/A", "1001"], &["per", "Per Ek", "#N/A"], &["#N/A"]];
    assert_eq!(as_csv(&xlsb(&rows)).0, "Konto-ID,Namn,Anst.nr\neva,#N/A,1001\nper,Per Ek,#N/A\n#N/A,,\n");
}

/// A text with one part of it replaced, which must be there.
fn replaced(bytes: &[u8], old: &str, new: &str) -> Vec<u8> {
    let text = std::str::from_utf8(bytes).unwrap();
    assert!(text.contains(old), "{text}");
    text.replace(old, new).into_bytes()
}

/// A sheet of old macros refuses no workbook, neither of XML nor binary.
#[test]
fn macro_sheets_are_passed_over() {
    let mut workbook = rust_xlsxwriter::Workbook::new();
    workbook.add_worksheet().write(0, 0, "Konto-ID").unwrap();
    workbook.add_worksheet().set_name("Makro").unwrap();
    let xlsx = workbook.save_to_buffer().unwrap();
    let rows: [&[&str]; 1] = [&["Konto-ID"]];
    for bytes in [xlsx, xlsb(&rows)] {
        let with_macro = |(name, bytes): (String, Vec<u8>)| {
            let bytes = match name.as_str() {
                // The second sheet becomes one of macros.
                "xl/_rels/workbook.xml.rels" => replaced(
                    &bytes,
                    "officeDocument/2006/relationships/worksheet\" Target=\"worksheets/sheet2.xml",
                    "officeDocument/2006/relationships/xlMacrosheet\" Target=\"macrosheets/sheet2.xml",
                ),
                "xl/_rels/workbook.bin.rels" => replaced(
                    &bytes,
                    "</Relationships>",
                    "<Relationship Id=\"rId9\" Type=\"x\" Target=\"macrosheets/sheet1.bin\"/></Relationships>",
                ),
                "xl/workbook.bin" => {
                    let end = bytes.windows(3).position(|three| three == [0x90, 0x01, 0]).unwrap();
                    let wide = |text: &str| text.encode_utf16().flat_map(u16::to_le_bytes).collect::<Vec<u8>>();
                    let sheet = [&[0x9C, 1, 34, 0, 0, 0, 0, 2, 0, 0, 0, 4, 0, 0, 0][..], &wide("rId9"), &[5, 0, 0, 0]];
                    [&bytes[..end], &sheet.concat(), &wide("Makro"), &bytes[end..]].concat()
                }
                _ => bytes,
            };
            (name, bytes)
        };
        let parts: Vec<(String, Vec<u8>)> = unpacked(&bytes).into_iter().map(with_macro).collect();
        let parts: Vec<(&str, Vec<u8>)> = parts.iter().map(|(name, bytes)| (name.as_str(), bytes.clone())).collect();
        assert_eq!(as_csv(&archive(&parts)).0, "Konto-ID\n");
    }
}

/// Shared texts that promise more than their part has room for are refused before anybody takes room for them, however they
/// are written.
#[test]
fn a_promise_of_texts_beyond_its_part_is_refused() {
    let mut workbook = rust_xlsxwriter::Workbook::new();
    workbook.add_worksheet().write(0, 0, "Konto-ID").unwrap();
    let xlsx = workbook.save_to_buffer().unwrap();
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("fil");
    let honest = "uniqueCount=\"1\"";
    for promise in
        ["uniqueCount=\"3000000000\"", "uniqueCount = '+3000000000' x=\"\"", "count='2' uniqueCount='100000000000'"]
    {
        for before in ["<sst", "<!-- x --><a></b><b/>\n<sst"] {
            let part = |(name, bytes): (String, Vec<u8>)| match name.as_str() {
                "xl/sharedStrings.xml" => (name, replaced(&replaced(&bytes, honest, promise), "<sst", before)),
                _ => (name, bytes),
            };
            let parts: Vec<(String, Vec<u8>)> = unpacked(&xlsx).into_iter().map(part).collect();
            let parts: Vec<(&str, Vec<u8>)> = parts.iter().map(|(name, bytes)| (&name[..], bytes.clone())).collect();
            std::fs::write(&file, archive(&parts)).unwrap();
            let read = samkor::write_csv(&file, samkor::Wanted::Best, &mut Vec::new());
            assert!(read.is_err_and(|error| error.says.en.contains("unreasonable size")), "{before} {promise}");
        }
    }
}

/// Rows that repeat the header are no data, and their number is told.
#[test]
fn repeated_headers_are_counted() {
    let (table, told) = as_csv("Konto;Namn;Roll\na;Eva;x\nKonto;Namn;Roll\nb;Per;y\n".as_bytes());
    assert_eq!(table, "Konto,Namn,Roll\na,Eva,x\nb,Per,y\n");
    assert_eq!(told, ["not written, repeating the header: 1 row"]);
}

/// A directory written as LDIF comes to the same accounts as the same directory as CSV: folded lines, base64, several
/// values, a change type of ldifde, UTF-16.
#[test]
fn directories_written_as_ldif_are_read() {
    let csv = "DN,sAMAccountName,displayName,employeeNumber,userAccountControl,accountExpires,lastLogonTimestamp,memberOf\n\
        \"CN=Eva Lind,DC=x\",eva,Eva Lind,1001,512,9223372036854775807,133801632000000000,CN=A;CN=B\n\
        \"CN=Per Öst,DC=x\",per,Per Öst,1002,514,0,0,\n";
    let ldif = "# uttag\r\ndn: CN=Eva Lind,\r\n DC=x\r\nchangetype: add\r\nsAMAccountName: eva\r\ndisplayName: Eva Lind\r\n\
        employeeNumber: 1001\r\nuserAccountControl: 512\r\naccountExpires: 9223372036854775807\r\nlastLogonTimestamp: 133801632000000000\r\nmemberOf: CN=A\r\nmemberOf: CN=B\r\n\r\n\
        dn:: Q049UGVyIMOWc3QsREM9eA==\r\nchangetype: add\r\nsAMAccountName: per\r\ndisplayName:: UGVyIMOWc3Q=\r\n\
        employeeNumber: 1002\r\nuserAccountControl: 514\r\naccountExpires: 0\r\nlastLogonTimestamp: 0\r\n";
    let wide: Vec<u8> = format!("\u{feff}{ldif}").encode_utf16().flat_map(u16::to_le_bytes).collect();
    let read = |bytes: &[u8]| {
        let folder = tempfile::tempdir().unwrap();
        let run = publish_export(folder.path(), bytes);
        let format = manifest(&run)["inputs"][1]["format"].clone();
        // Who signed in long ago is told by moments in Windows' own count; 0 and the largest number are none.
        assert_eq!(common::keys_of(&run, "dormant"), ["dormant/s/eva"]);
        assert!(common::keys_of(&run, "expired-yet-enabled").is_empty());
        (lines(&run, "accounts.jsonl"), format)
    };
    let expected = read(csv.as_bytes()).0;
    assert_eq!(expected.len(), 2);
    for bytes in [ldif.as_bytes(), &wide] {
        assert_eq!(read(bytes), (expected.clone(), Value::from("ldif")));
    }
}

/// Of a whole directory the accounts are reviewed, those that look after services among them; groups, computers, contacts
/// and units are counted and told, in LDIF and under a column of classes alike.
#[test]
fn of_a_whole_directory_the_accounts_are_reviewed() {
    const PERSON: &str = "top;person;organizationalPerson";
    let entries = [
        ("OU=Skolan", "top;organizationalUnit".to_owned(), "", "", ""),
        ("CN=Eva Lind", format!("{PERSON};user"), "eva", "1001", "512"),
        ("CN=Lärare", "top;group".to_owned(), "larare", "", ""),
        ("CN=PC1", format!("{PERSON};user;computer"), "PC1$", "", "4096"),
        ("CN=Ny Partner", format!("{PERSON};contact"), "", "", ""),
        ("CN=Kö1", "top;leaf;connectionPoint;printQueue".to_owned(), "", "", ""),
        ("CN=ekonomi", format!("{PERSON};user;computer;msDS-GroupManagedServiceAccount"), "ekonomi$", "", "4096"),
    ];
    let mut ldif = String::new();
    let mut csv = String::from("DN,objectClass,sAMAccountName,employeeNumber,userAccountControl\n");
    for (dn, classes, name, number, control) in &entries {
        let attributes = [("sAMAccountName", name), ("employeeNumber", number), ("userAccountControl", control)];
        let classes: Vec<String> = classes.split(';').map(|class| format!("objectClass: {class}\n")).collect();
        let attributes = attributes.iter().filter(|(_, value)| !value.is_empty());
        let attributes: Vec<String> = attributes.map(|(attribute, value)| format!("{attribute}: {value}\n")).collect();
        ldif += &format!("dn: {dn},DC=x\n{}{}\n", classes.concat(), attributes.concat());
    }
    for (dn, classes, name, number, control) in &entries {
        csv += &format!("\"{dn},DC=x\",{classes},{name},{number},{control}\n");
    }
    for bytes in [ldif.as_bytes(), csv.as_bytes()] {
        let folder = tempfile::tempdir().unwrap();
        let run = publish_export(folder.path(), bytes);
        let accounts = lines(&run, "accounts.jsonl");
        let told: Vec<_> = accounts.iter().map(|own| [&own["account"], &own["class"]]).collect();
        assert_eq!(told, [["eva", "personal"], ["ekonomi$", "service"]]);
        let input = &manifest(&run)["inputs"][1];
        assert_eq!((&input["rows"]["other_objects"], &input["rows"]["rejected"]), (&Value::from(5), &Value::from(0)));
        let remarks = input["remarks"].to_string();
        let said = "Rader som inte är konton: 5 (grupper 1, datorer 1, kontakter 1, enheter i katalogens träd 1, printQueue 1)";
        assert!(remarks.contains(said), "{remarks}");
        common::done(&["verify", common::text(&run)]);
    }
}

/// A list of groups that a configuration names as accounts is told to look like one; where the accounts' column is stated
/// nothing is said.
#[test]
fn a_list_of_groups_named_as_accounts_is_told() {
    let groups = "displayName,mail,groupType,membershipType\nSkolan,skolan@x.se,Security,Assigned\n";
    let folder = tempfile::tempdir().unwrap();
    let run = publish_export(folder.path(), groups.as_bytes());
    let remarks = manifest(&run)["inputs"][1]["remarks"].to_string();
    assert!(remarks.contains("en lista över grupper och ingen lista över konton"), "{remarks}");
}

/// Names of a payroll that lost å, ä and ö are compared all the same, and the loss is said.
#[test]
fn lost_letters_of_payroll_are_told() {
    let folder = tempfile::tempdir().unwrap();
    let payroll = "Anst.nr;Namn;Anställd t.o.m.\n1001;Bj?rn ?berg;\n1002;Eva Lind;\n";
    let export = "Konto-ID;Namn\nbjoobe;Björn Öberg\nevalin;Eva Lind\n";
    let config = "[review]\nas_of = 2026-11-30\n[payroll]\nfile = \"l.csv\"\n[[system]]\nid = \"s\"\nfile = \"s\"\nowner = \"IT-chef\"\n";
    let files: [(&str, &[u8]); 2] = [("l.csv", payroll.as_bytes()), ("s", export.as_bytes())];
    let config = common::case(folder.path(), config, &files);
    let ran = common::run_with(&["check", config.to_str().unwrap()]);
    assert!(format!("{}{}", ran.out, ran.err).contains("1 namn har förlorat bokstäver"), "{}{}", ran.out, ran.err);
    let run = publish(&config, &folder.path().join("ut"), &[]);
    assert_eq!(lines(&run, "accounts.jsonl")[0]["candidates"][0], "1001");
}

/// A payroll register in PAXml comes to the same as one in CSV: who is found, and who has left.
#[test]
fn payroll_in_paxml_is_read() {
    let person = |number: &str, names: [&str; 2], rest: &str| {
        let [given, surname] = names;
        format!("<person {number}><fornamn>{given}</fornamn><efternamn>{surname}</efternamn>{rest}</person>")
    };
    let paxml = format!(
        "<?xml version=\"1.0\" encoding=\"ISO-8859-1\"?><paxml><header><version>2.2</version></header><personal>{}{}</personal></paxml>",
        person("anstid=\"1001\" persnr=\"198501012382\"", ["Eva", "Lind"], "<anstdatum>2020-01-01</anstdatum>"),
        person(
            "anstid=\"1002\" persnr=\"\"",
            ["Per", "Öst"],
            "<anstdatum>2020-01-01</anstdatum><avgdatum>2026-01-01</avgdatum>"
        ),
    );
    let csv = "anstid;persnr;fornamn;efternamn;anstdatum;avgdatum\n\
        1001;198501012382;Eva;Lind;2020-01-01;\n1002;;Per;Öst;2020-01-01;2026-01-01\n";
    let export = "Konto-ID;Namn;Anst.nr\neva;Eva Lind;1001\nper;Per Öst;1002\n";
    let read = |payroll: &[u8]| {
        let folder = tempfile::tempdir().unwrap();
        let config = "[review]\nas_of = 2026-11-30\n[payroll]\nfile = \"l\"\n[[system]]\nid = \"s\"\nfile = \"s\"\nowner = \"IT-chef\"\n";
        let config = common::case(folder.path(), config, &[("l", payroll), ("s", export.as_bytes())]);
        let run = publish(&config, &folder.path().join("ut"), &[]);
        let format = manifest(&run)["inputs"][0]["format"].clone();
        let rules: Vec<Value> = lines(&run, "findings.jsonl")
            .into_iter()
            .filter(|f| f["system"] == "s")
            .map(|f| f["rule"].clone())
            .collect();
        ((lines(&run, "accounts.jsonl"), rules), format)
    };
    let latin: Vec<u8> = paxml.chars().map(|c| u8::try_from(u32::from(c)).unwrap()).collect();
    let (same, format) = read(&latin);
    assert_eq!((same, format), (read(csv.as_bytes()).0, Value::from("paxml")));
}

/// A workbook with the text of each part changed.
fn changed(workbook: &[u8], change: impl Fn(&str, String) -> String) -> Vec<u8> {
    let mut zip = zip::ZipArchive::new(Cursor::new(workbook)).unwrap();
    let names: Vec<String> = zip.file_names().map(|name| name.unwrap().into_owned()).collect();
    let mut parts = Vec::new();
    for name in &names {
        let mut text = String::new();
        zip.by_name(name).unwrap().read_to_string(&mut text).unwrap();
        parts.push((&**name, change(name, text).into_bytes()));
    }
    archive(&parts)
}

/// The day of a sign-in in a workbook that was changed part by part.
fn last_login(change: impl Fn(&str, String) -> String) -> Value {
    let mut workbook = rust_xlsxwriter::Workbook::new();
    let sheet = workbook.add_worksheet();
    for (head, column) in ["Konto-ID", "Namn", "Anst.nr", "Senast inloggad"].iter().zip(0u16..) {
        sheet.write(0, column, *head).unwrap();
    }
    let date = rust_xlsxwriter::Format::new().set_num_format("yyyy-mm-dd");
    sheet.write(1, 0, "eva").unwrap().write(1, 2, "1001").unwrap();
    sheet.write_with_format(1, 3, 44_000, &date).unwrap();
    let bytes = changed(&workbook.save_to_buffer().unwrap(), change);
    let folder = tempfile::tempdir().unwrap();
    let run = publish_export(folder.path(), &bytes);
    let dormant = lines(&run, "findings.jsonl").into_iter().find(|f| f["rule"] == "dormant").unwrap();
    dormant["facts"]["last_login"].clone()
}

/// Days count from 1900 or from 1904 as the workbook says, and a date whose format was lost is still a date.
#[test]
fn days_are_counted_as_the_workbook_says() {
    assert_eq!(last_login(|_, text| text), "2020-06-18");
    let of_1904 = |name: &str, text: String| match name {
        "xl/workbook.xml" => text.replace("<workbookPr ", "<workbookPr date1904=\"1\" "),
        _ => text,
    };
    assert_eq!(last_login(of_1904), "2024-06-19");
    let unformatted = |name: &str, text: String| match name {
        "xl/worksheets/sheet1.xml" => text.replace("<c r=\"D2\" s=\"1\">", "<c r=\"D2\">"),
        _ => text,
    };
    assert_eq!(last_login(unformatted), "2020-06-18");
    assert_eq!(last_login(|name, text| unformatted(name, of_1904(name, text))), "2024-06-19");
}

/// A workbook of accounts whose names and numbers are numbers, shown by a format.
fn shown_by(code: &str) -> Vec<u8> {
    let mut workbook = rust_xlsxwriter::Workbook::new();
    let sheet = workbook.add_worksheet();
    for (head, column) in ["Konto-ID", "Namn", "Personnummer"].iter().zip(0u16..) {
        sheet.write(0, column, *head).unwrap();
    }
    let format = rust_xlsxwriter::Format::new().set_num_format(code);
    sheet.write_with_format(1, 0, 123, &format).unwrap().write(1, 1, "Eva Lind").unwrap();
    sheet.write_with_format(1, 2, 8_501_012_382.0, &format).unwrap();
    workbook.save_to_buffer().unwrap()
}

/// Identifiers that are numbers keep the noughts that their format shows, in every kind of workbook, and not what it shows
/// beside them; amounts are numbers, and `inspect --csv` writes them as they are shown.
#[test]
fn noughts_of_identifiers_are_kept() {
    let rows: [&[&str]; 2] = [&["Konto-ID", "Namn", "Personnummer"], &["123", "Eva Lind", "8501012382"]];
    let read = |bytes: &[u8]| {
        let folder = tempfile::tempdir().unwrap();
        let accounts = lines(&publish_export(folder.path(), bytes), "accounts.jsonl");
        (accounts[0]["account"].clone(), accounts[0]["person"].clone())
    };
    let eva = Value::from("1001");
    for (code, account) in
        [("00000", "00123"), ("000000-0000", "123"), ("\"Anst \"00000", "123"), ("0", "123"), ("0000.00", "123")]
    {
        for bytes in [shown_by(code), formatted_xlsb(&rows, code)] {
            assert_eq!(read(&bytes), (account.into(), eva.clone()), "{code}");
        }
    }
    for bytes in [shown_by("#,##0.0"), formatted_xlsb(&rows, "#,##0.0")] {
        assert_eq!(as_csv(&bytes).0, "Konto-ID,Namn,Personnummer\n123.0,Eva Lind,\"8,501,012,382.0\"\n");
    }
}

/// XLSX, ODS, XLS and a workbook under a wrong name: numbers, dates, identifiers, roles and row counts agree.
#[test]
fn every_format_comes_to_the_same() {
    let output = tempfile::tempdir().unwrap();
    let run = publish(&fixture("format/samkor.toml"), output.path(), &[]);
    let of = |system: &str, file: &str| -> Vec<Value> {
        let mut own: Vec<Value> = lines(&run, file).into_iter().filter(|line| line["system"] == system).collect();
        for line in &mut own {
            line["system"] = Value::Null;
            line["key"] = Value::Null;
            // What a leaver has elsewhere differs by design: each system names the others.
            if let Some(message) = line["message"].as_str().map(|m| m.split(" Personen har fler").next().unwrap()) {
                line["message"] = Value::from(message);
                line["facts"].as_object_mut().unwrap().remove("other_accounts");
            }
        }
        own
    };
    for file in ["accounts.jsonl", "findings.jsonl"] {
        let expected = of("xlsx", file);
        assert!(!expected.is_empty());
        for system in ["ods", "xls", "felnamn"] {
            assert_eq!(of(system, file), expected, "{system} {file}");
        }
    }
    let manifest = manifest(&run);
    let formats: Vec<&str> =
        manifest["inputs"].as_array().unwrap().iter().map(|input| input["format"].as_str().unwrap()).collect();
    assert_eq!(formats, ["csv", "xlsx", "ods", "xls", "xlsx"]);
    let rows: Vec<&Value> = manifest["inputs"].as_array().unwrap().iter().skip(1).map(|input| &input["rows"]).collect();
    assert!(rows.iter().all(|row| *row == rows[0]), "{rows:?}");
}

/// Twelve-digit numbers kept as numbers, leading zeros kept as text, and real dates are read as what they are.
#[test]
fn values_are_read_as_data() {
    let output = tempfile::tempdir().unwrap();
    let run = publish(&fixture("format/samkor.toml"), output.path(), &[]);
    let accounts = lines(&run, "accounts.jsonl");
    let eva = accounts.iter().find(|line| line["system"] == "xls" && line["account"] == "evalin01").unwrap();
    assert_eq!(eva["person"], "0042");
    let fields: Vec<&str> = eva["evidence"].as_array().unwrap().iter().map(|e| e["field"].as_str().unwrap()).collect();
    assert_eq!(fields[..4], ["personal_number", "employee_number", "given_name", "surname"]);
    assert_eq!(eva["roles"], serde_json::json!(["Läsare"]));
}

/// Every visible sheet whose header fits is read as one list, in a macro workbook too; hidden ones are not.
#[test]
fn several_sheets_are_one_list() {
    let mut workbook = rust_xlsxwriter::Workbook::new();
    for (name, account, number) in [("Norr", "eva", "1001"), ("Söder", "per", "1002"), ("Gammalt", "borta", "1001")] {
        let sheet = workbook.add_worksheet();
        sheet.set_name(name).unwrap();
        for (head, column) in ["Konto-ID", "Namn", "Anst.nr"].iter().zip(0u16..) {
            sheet.write(0, column, *head).unwrap();
        }
        sheet.write(1, 0, account).unwrap().write(1, 2, number).unwrap();
        sheet.set_hidden(name == "Gammalt");
    }
    // What tells a macro workbook from another is its content type.
    let bytes = changed(&workbook.save_to_buffer().unwrap(), |_, text| {
        text.replace("spreadsheetml.sheet.main+xml", "ms-excel.sheet.macroEnabled.main+xml")
    });
    let folder = tempfile::tempdir().unwrap();
    let run = publish_export(folder.path(), &bytes);
    let accounts = lines(&run, "accounts.jsonl");
    let names: Vec<&Value> = accounts.iter().map(|account| &account["account"]).collect();
    assert_eq!(names, ["eva", "per"]);
    let input = manifest(&run)["inputs"][1].clone();
    assert_eq!((input["sheet"].as_str(), input["rows"]["in_file"].as_u64()), (Some("Norr, Söder"), Some(4)));
}
