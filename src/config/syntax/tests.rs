//! Each mistake that people make in TOML, with exactly what is said of it.

use super::report;
use crate::config::document::Document;
use crate::error::Error;
use crate::model::Language;
use toml::de::DeTable;

fn problems(text: &str) -> Vec<Error> {
    let document = Document::new("samkor.toml", text);
    let (_, mistakes) = DeTable::parse_recoverable(text);
    report(&document, &mistakes);
    document.into_problems(|| unreachable!("nothing was read"))
}

/// Holds the one problem of a text against its line, what is said in Swedish, and the first line of the way out.
fn assert_told(text: &str, line: usize, says: &str, way_out: &str) {
    let problems = problems(text);
    let told: Vec<(Option<usize>, &str, &str)> = problems
        .iter()
        .map(|problem| {
            (problem.place.line, problem.says.sv.as_str(), problem.way_out.as_ref().map_or("", |way| &way.sv))
        })
        .collect();
    assert_eq!(told, [(Some(line), says, way_out)], "{text:?}");
}

/// Quotes that are missing, curly, single or inside.
#[test]
fn quotes() {
    let curly = |c: char| format!("citattecknet {c} är ett typografiskt tecken, som TOML inte förstår");
    for (text, says, way_out) in [
        ("file = lon.csv\n", "texten lon.csv saknar citattecken".to_owned(), "Skriv file = \"lon.csv\""),
        ("id = treserva # kort\n", "texten treserva saknar citattecken".to_owned(), "Skriv id = \"treserva\""),
        ("owner = O’Brien\n", "texten O’Brien saknar citattecken".to_owned(), "Skriv owner = \"O’Brien\""),
        (
            "file = C:\\in\\lon.csv\n",
            "texten C:\\in\\lon.csv saknar citattecken".to_owned(),
            "Skriv file = \"C:/in/lon.csv\"",
        ),
        ("l = [a, \"b\"]\n", "texten a saknar citattecken".to_owned(), "Skriv \"a\""),
        ("x = 850101-2382\n", "texten 850101-2382 saknar citattecken".to_owned(), "Skriv x = \"850101-2382\""),
        ("[rules]\ndormant = off\n", "texten off saknar citattecken".to_owned(), "Skriv dormant = \"off\""),
        ("file = “lon.csv”\n", curly('“'), "Skriv raka citattecken: file = \"lon.csv\""),
        ("file = »lon.csv«\n", curly('»'), "Skriv raka citattecken: file = \"lon.csv\""),
        ("file = \"lon.csv”\n", curly('”'), "Skriv raka citattecken: file = \"lon.csv\""),
        ("l = [\"a\", “b”]\n", curly('“'), "Skriv raka citattecken: l = [\"a\", \"b\"]"),
        ("“förnamn” = \"x\"\n", curly('“'), "Skriv raka citattecken: \"förnamn\" = \"x\""),
        ("id = \"lon\nb = 1\n", "texten \"lon har bara ett citattecken".to_owned(), "Skriv id = \"lon\""),
        ("id = 'lon\n", "texten 'lon har bara ett citattecken".to_owned(), "Skriv id = \"lon\""),
        ("id = lon\"\n", "texten lon\" har bara ett citattecken".to_owned(), "Skriv id = \"lon\""),
        ("x = 'it's'\n", "texten 'it's' har citattecken inuti".to_owned(), "Skriv x = \"it's\""),
        ("x = \"say \"hi\"\"\n", "texten \"say \"hi\"\" har citattecken inuti".to_owned(), "Skriv x = 'say \"hi\"'"),
    ] {
        let line = if text.starts_with("[rules]") { 2 } else { 1 };
        assert_told(text, line, &says, way_out);
    }
    assert_told(
        "a = 1\nx = \"\"\"a\nb\n",
        2,
        "texten med tre citattecken stängs aldrig",
        "Skriv tre citattecken efter texten också.",
    );
}

/// Backslashes are explained whatever the letter behind them.
#[test]
fn backslashes() {
    for path in ["C:\\indata\\lon.csv", "C:\\Users\\lon.csv", "C:\\xa.csv", "\\\\server\\x", "C:\\indata\\"] {
        let problems = problems(&format!("file = \"{path}\"\n"));
        assert_eq!(problems.len(), 1, "{path}");
        assert_eq!(problems[0].says.sv, format!("bakstrecket i \"{path}\" kan inte tolkas"));
        assert!(problems[0].way_out.as_ref().is_some_and(|way| way.sv.contains("Skriv sökvägen med snedstreck")));
    }
}

/// Dates written otherwise are turned, and those that no calendar has are told so.
#[test]
fn dates() {
    let form = "Datum skrivs år-månad-dag, utan citattecken: 2026-11-30";
    for (value, says, way_out) in [
        ("2026-11-31", "datumet 2026-11-31 finns inte", "Månad 11 har 30 dagar det året."),
        ("2026-02-29", "datumet 2026-02-29 finns inte", "Månad 2 har 28 dagar det året."),
        ("2026-13-01", "datumet 2026-13-01 finns inte", "Året har tolv månader; datum skrivs år-månad-dag."),
        ("30/11/2026", "datumet 30/11/2026 är skrivet på ett annat sätt", "Skriv d = 2026-11-30"),
        ("30.11.2026", "datumet 30.11.2026 är skrivet på ett annat sätt", "Skriv d = 2026-11-30"),
        ("2026/11/30", "datumet 2026/11/30 är skrivet på ett annat sätt", "Skriv d = 2026-11-30"),
        ("2026-1-5", "datumet 2026-1-5 är skrivet på ett annat sätt", "Skriv d = 2026-01-05"),
        ("2026–11–30", "datumet 2026–11–30 är skrivet på ett annat sätt", "Skriv d = 2026-11-30"),
        ("26-11-30", "26-11-30 är inget datum", form),
        ("2026-11", "2026-11 är inget helt datum", form),
        ("30 november 2026", "30 november 2026 är inget datum", form),
        ("2026-11-30 kl 12", "2026-11-30 kl 12 är inget datum", form),
    ] {
        assert_told(&format!("d = {value}\n"), 1, says, way_out);
    }
}

/// Truth, numbers and nothing in the words that people use.
#[test]
fn values() {
    let truth = |word: &str| format!("{word} är inget värde; ja och nej skrivs true och false");
    let number = |word: &str| format!("talet {word} är skrivet på ett sätt som TOML inte läser");
    for (value, says, way_out) in [
        ("ja", truth("ja"), "Skriv x = true"),
        ("True", truth("True"), "Skriv x = true"),
        ("nej", truth("nej"), "Skriv x = false"),
        ("tru", truth("tru"), "Skriv x = true"),
        ("0,95", number("0,95"), "Skriv x = 0.95"),
        (".5", number(".5"), "Skriv x = 0.5"),
        ("1 000", number("1 000"), "Skriv x = 1000"),
        ("90 dagar", number("90 dagar"), "Skriv x = 90"),
        ("10%", number("10%"), "Skriv x = 10"),
        ("05", "talet 05 börjar med noll".to_owned(), "Skriv x = 5, eller x = \"05\" om det är en beteckning."),
        ("ingen", "ingen är inget värde".to_owned(), "Ta bort raden; det som inte står där är inte angivet."),
        ("", "x saknar värde".to_owned(), "Skriv ett värde efter likhetstecknet, eller ta bort raden."),
        ("true,", "raden slutar med ,".to_owned(), "Skriv x = true"),
        ("\"a\";", "raden slutar med ;".to_owned(), "Skriv x = \"a\""),
        ("\"a\" (lön)", "efter värdet \"a\" står (lön)".to_owned(), "Skriv x = \"a\", och en anmärkning efter #."),
        ("1 // dagar", "// inleder ingen anmärkning i TOML".to_owned(), "Anmärkningar börjar med #."),
        ("= \"a\"", "raden har två likhetstecken".to_owned(), "Skriv x = \"a\""),
    ] {
        assert_told(&format!("x = {value}\n"), 1, &says, way_out);
    }
}

/// Lists without brackets, commas or an end; what is never closed is told where it opens, and nothing below it.
#[test]
fn lists() {
    let commas = "Värdena i en lista skiljs åt med komma: [\"a\", \"b\"]";
    for (text, line, says, way_out) in [
        ("l = \"a\", \"b\"\n", 1, "\"a\", \"b\" är ingen lista", "Skriv l = [\"a\", \"b\"]"),
        ("l = \"a\"]\n", 1, "\"a\"] är ingen lista", "Skriv l = [\"a\"]"),
        ("l = (\"a\")\n", 1, "(\"a\") är ingen lista", "Skriv l = [\"a\"]"),
        ("l = [\"a\" \"b\"]\n", 1, "komma saknas i listan före \"b\"]", commas),
        ("l = [\n  \"a\"\n  \"b\",\n]\n", 3, "komma saknas i listan före \"b\",", commas),
        ("l = [\"a\",, \"b\"]\n", 1, "listan har ett komma för mycket", "Ta bort det ena av de två kommatecknen."),
        ("z = 1\nl = [\"a\", \"b\"\nx = 1\n", 2, "[\"a\", \"b\" stängs aldrig", "Skriv ] efter det sista värdet."),
        ("l = [\n  \"a\",\n\n[system]\nid = \"b\"\n", 1, "[ stängs aldrig", "Skriv ] efter det sista värdet."),
        ("a = { b = 1, c = 2\nx = 1\n", 1, "{ b = 1, c = 2 stängs aldrig", "Skriv } efter det sista värdet."),
        ("x = 1, y = 2\n", 1, "två värden står på en rad: x = 1, y = 2", "Skriv en rad för varje nyckel."),
    ] {
        assert_told(text, line, says, way_out);
    }
}

/// Keys and headings.
#[test]
fn keys_and_headings() {
    let spaced = "Till vänster står programmets ord utan mellanslag; filens rubrik skrivs till höger inom citattecken.";
    let remark = "Anmärkningar börjar med #.";
    for (text, says, way_out) in [
        ("file \"lon.csv\"\n", "likhetstecken saknas efter file", "Skriv file = \"lon.csv\""),
        ("file: lon.csv\n", "mellan nyckel och värde står :", "Skriv file = \"lon.csv\""),
        ("file\n", "file saknar värde", "Skriv file = och ett värde, eller ta bort raden."),
        ("= \"x\"\n", "före värdet \"x\" saknas en nyckel", "Skriv nyckel = \"x\""),
        ("Anst nr = \"x\"\n", "nyckeln \"Anst nr\" innehåller mellanslag", spaced),
        (
            "förnamn = \"x\"\n",
            "nyckeln förnamn kan inte innehålla ö",
            "Skriv fornamn, eller \"förnamn\" med citattecken.",
        ),
        ("anst/nr = \"x\"\n", "nyckeln anst/nr kan inte innehålla /", "En nyckel har bara a–z, siffror, - och _."),
        ("// lön\n", "// inleder ingen anmärkning i TOML", remark),
        ("; lön\n", "; inleder ingen anmärkning i TOML", remark),
        ("[payroll\nx = 1\n", "hakparenteserna i [payroll är inte hela", "Skriv [payroll]"),
        ("payroll]\nx = 1\n", "hakparenteserna i payroll] är inte hela", "Skriv [payroll]"),
        ("[[system]\nx = 1\n", "hakparenteserna i [[system] är inte hela", "Skriv [[system]]"),
        ("[payroll] file = \"x\"\n", "efter rubriken [payroll] står file = \"x\"", "Skriv rubriken på en egen rad."),
        (
            "[lön]\nx = 1\n",
            "[lön] är ingen rubrik",
            "En rubrik är ett av programmets ord inom hakparenteser, som [payroll] eller [[system]].",
        ),
    ] {
        assert_told(text, 1, says, way_out);
    }
}

/// What stands twice is told with where it stood first, and what may have been forgotten between.
#[test]
fn twice() {
    for (text, line, says, way_out) in [
        ("[payroll]\nfile = \"a\"\nfile = \"b\"\n", 3, "file står redan på rad 2", "Behåll en av raderna."),
        (
            "[[system]]\nid = \"a\"\n[[system]]\nid = \"b\"\nid = \"c\"\n",
            5,
            "id står redan på rad 4",
            "Behåll en av raderna, eller skriv rubriken [[system]] ovanför om något nytt börjar här.",
        ),
        (
            "[payroll]\nfile = \"a\"\n[[payroll.file]]\nfile = \"b\"\n",
            3,
            "file är redan ett värde på rad 2",
            "Skriv antingen file = … eller [[payroll.file]], inte båda.",
        ),
        (
            "[review]\na = 1\n[payroll]\nb = 1\n[review]\nc = 1\n",
            5,
            "rubriken [review] står redan på rad 1",
            "Flytta raderna dit; [review] får stå en gång. Vad det finns flera av skrivs med dubbla hakparenteser varje gång.",
        ),
        (
            "[[system]]\nid = \"a\"\n[system]\nid = \"b\"\n",
            3,
            "rubriken [system] står tidigare som [[system]]",
            "Skriv [[system]] på båda ställena om det finns flera, annars [system] en gång.",
        ),
    ] {
        assert_told(text, line, says, way_out);
    }
}

/// Characters that nobody sees are named by their number.
#[test]
fn characters_that_nobody_sees() {
    for (text, says) in [
        ("x\u{a0}= 1\n", "raden innehåller ett osynligt tecken (U+00A0)"),
        ("\u{feff}x = 1\n\u{feff}y = 1\n", "raden innehåller ett osynligt tecken (U+FEFF)"),
        ("x = 'a\u{1}b'\n", "raden innehåller ett styrtecken (U+0001)"),
        ("x = \"a\u{0}\"\n", "raden innehåller ett styrtecken (U+0000)"),
    ] {
        let problems = problems(text);
        assert_eq!(problems.iter().map(|problem| problem.says.sv.as_str()).collect::<Vec<_>>(), [says], "{text:?}");
    }
}

/// None of the parser's own words reach a reader of Swedish, and each mistake has a way out in both languages.
#[test]
fn the_parser_is_never_quoted() {
    for text in
        ["a.b.c\n", "x = [1, 2\n\n", "{\n", "[a.\n", "x = \"\\q\"\n", "[[[a]]]\n", "x = 0xZZ\n", "\"a\n", "x = 1e\n"]
    {
        let problems = problems(text);
        assert!(!problems.is_empty(), "{text:?}");
        for problem in problems {
            let shown = problem.show(Language::Sv);
            assert!(problem.way_out.is_some() && !shown.contains("expected") && !shown.contains("invalid"), "{shown}");
        }
    }
}
