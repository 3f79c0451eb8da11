//! Records of texts that follow the rules for quotes, and of those that break them.

use super::*;
use proptest::prelude::*;

fn read(text: &str, dialect: Dialect) -> Vec<(u32, Vec<String>)> {
    let mut rows = Vec::new();
    records(text, dialect, &mut |number, fields| {
        rows.push((number, fields.iter().map(ToString::to_string).collect()));
        ControlFlow::Continue(())
    });
    rows
}

fn rows(text: &str) -> Vec<(u32, Vec<String>)> {
    read(text, Dialect::plain(';'))
}

fn cells(text: &str) -> Vec<Vec<String>> {
    rows(text).into_iter().map(|(_, cells)| cells).collect()
}

/// Row numbers are those of Excel under every line ending, blank lines counted.
#[test]
fn row_numbers_are_those_of_excel() {
    for end in ["\n", "\r\n", "\r"] {
        let text = ["a;b", "", "c;d", "\"e\";f", "", "", "g;h"].join(end);
        let numbers: Vec<u32> = rows(&text).iter().map(|(number, _)| *number).collect();
        assert_eq!(numbers, [1, 3, 4, 7], "{end:?}");
    }
}

/// A field with a line break in quotes is one row, as Excel shows it.
#[test]
fn a_quoted_line_break_is_one_row() {
    let read = rows("a;\"x\ny\"\nb;c\n");
    assert_eq!(read, [(1, vec!["a".into(), "x\ny".into()]), (2, vec!["b".into(), "c".into()])]);
}

/// A stray quote swallows nothing: the lines after it are still rows, and it is a letter where it stands.
#[test]
fn a_stray_quote_swallows_no_line() {
    let read = cells("1;a\n2;\"b\n3;c\n4;\"d\"\n");
    assert_eq!(read, [["1", "a"], ["2", "\"b"], ["3", "c"], ["4", "d"]]);
}

/// A stray quote swallows no column of its own line either.
#[test]
fn a_stray_quote_swallows_no_column() {
    let lines = [
        ("2;\"1;x;\"Lind; Eva\";z", ["2", "\"1", "x", "Lind; Eva", "z"]),
        ("2;1;x;\"\"Lind; Eva\";z", ["2", "1", "x", "\"Lind; Eva", "z"]),
        ("2;\"rör 10\"\";x;\"y; y\";z", ["2", "rör 10\"", "x", "y; y", "z"]),
        ("2;1;x;\"Eva \"Bibbi\" Lind; chef\";z", ["2", "1", "x", "Eva \"Bibbi\" Lind; chef", "z"]),
        ("2;1;x;y;\"", ["2", "1", "x", "y", "\""]),
    ];
    for (line, fields) in lines {
        assert_eq!(cells(&format!("{line}\na;b;c;\"d; d\";e\n"))[0], fields, "{line}");
    }
}

/// Lines between two stray quotes are lines where each has as many delimiters as the first, and those are many.
#[test]
fn lines_between_stray_quotes_are_lines() {
    let text: String = (0..8).map(|n| format!("{n};b;c;d;e;f;g;h;\"\n")).collect();
    assert_eq!(rows(&text).len(), 8);
}

/// One line with another delimiter than the rest has its columns, if they are as many as the table's.
#[test]
fn a_line_may_have_a_delimiter_of_its_own() {
    let dialect = Dialect { width: Some(3), ..Dialect::plain(';') };
    let read = read("a;b;c\n1,\"x;y\",2\n3;4\n", dialect);
    let fields: Vec<usize> = read.iter().map(|(_, cells)| cells.len()).collect();
    assert_eq!((fields, &read[1].1[1]), (vec![3, 3, 2], &"x;y".to_owned()));
}

/// A blank behind a delimiter is no part of the field, and quotes open behind it.
#[test]
fn blanks_after_delimiters_are_skipped() {
    let dialect = Dialect { blanks: Blanks::Skipped, ..Dialect::plain(',') };
    assert_eq!(read("a, \"b, c\" , d\n", dialect)[0].1, ["a", "b, c", "d"]);
    assert_eq!(read("  a   b  c \n", Dialect::plain(' '))[0].1, ["a", "b", "c"]);
}

/// Texts made to be looked through again and again are read in one look: every quote left open, or opened anew.
#[test]
fn hostile_quotes_cost_no_more_than_the_text() {
    for line in ["a;\"b\n", "a;\"\n", "y\";\"x\n", "a;\"\"x\n", "\"\"x;", "\"x;\"\";", "\"\"\"y\"\";"] {
        let text = line.repeat(400_000 / line.len());
        let delimiters = text.matches(';').count();
        let fields: usize = cells(&text).iter().map(Vec::len).sum();
        assert!(fields > delimiters / 2, "{line:?}: {fields} of {delimiters}");
    }
}

fn field() -> impl Strategy<Value = String> {
    "[a-zåäö0-9 ;\"\n\r]{0,8}"
}

proptest! {
    /// What an independent writer of CSV writes comes back as it was.
    #[test]
    fn an_independent_writer_is_understood(table in proptest::collection::vec(proptest::collection::vec(field(), 2..5), 1..12)) {
        let mut writer = csv::WriterBuilder::new().delimiter(b';').flexible(true).from_writer(Vec::new());
        for row in &table {
            writer.write_record(row).unwrap();
        }
        let text = String::from_utf8(writer.into_inner().unwrap()).unwrap();
        prop_assert_eq!(cells(&text), table);
    }

    /// Wherever an independent reader and the rules agree that a text is well written, the records are the same.
    #[test]
    fn an_independent_reader_agrees(text in "[a-z;\"\n]{0,40}") {
        let mut reader = csv::ReaderBuilder::new().has_headers(false).flexible(true).delimiter(b';').from_reader(text.as_bytes());
        let theirs: Vec<Vec<String>> = reader.records().map(|r| r.unwrap().iter().map(ToOwned::to_owned).collect()).collect();
        let mut writer = csv::WriterBuilder::new().delimiter(b';').flexible(true).from_writer(Vec::new());
        for row in &theirs {
            writer.write_record(row).unwrap();
        }
        if String::from_utf8(writer.into_inner().unwrap()).unwrap() == text {
            prop_assert_eq!(cells(&text), theirs);
        }
    }

    /// Plain fields come back as they were, with the row number of their line.
    #[test]
    fn plain_rows_survive(lines in proptest::collection::vec("[a-zåäö0-9 ]{1,8}(;[a-zåäö0-9 ]{0,8}){1,3}", 1..20)) {
        let read = rows(&lines.join("\r\n"));
        prop_assert_eq!(read.len(), lines.len());
        for ((number, cells), (line, place)) in read.iter().zip(lines.iter().zip(1u32..)) {
            prop_assert_eq!(*number, place);
            prop_assert_eq!(cells.join(";"), line.as_str());
        }
    }

    /// No text makes the reader panic, and no letter of it outside quotes and delimiters is lost.
    #[test]
    fn any_text_is_survived(text in "[aå;\"'\r\n ,]{0,60}", delimiter in "[;, ¦]", quote in "[\"']") {
        let plain = Dialect::plain(delimiter.chars().next().unwrap());
        let dialect = Dialect { quote: quote.as_bytes()[0], width: Some(3), ..plain };
        let letters: usize = read(&text, dialect).iter().flat_map(|(_, cells)| cells).map(|cell| cell.matches('a').count()).sum();
        prop_assert_eq!(letters, text.matches('a').count());
    }
}
