//! What a sheet looks like on paper, by what its file says: widths, heights, letters, page. The arithmetic is Excel's own.

use super::parts;
use regex::Regex;
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

/// A sheet that people see.
pub struct Printed {
    /// Its name.
    pub name: String,
    /// The least points of letters on paper.
    pub letters: f64,
    /// Pages it takes in width.
    pub wide: usize,
}

/// A text in a cell of a sheet.
pub struct Cell {
    /// Its row and column, from 0.
    pub place: (u32, usize),
    /// What it says.
    pub text: String,
    /// Points and weight of its letters.
    pub letters: (f64, bool),
    /// Whether it goes on in a new line where it does not fit.
    pub wraps: bool,
    /// Characters that its indent takes.
    pub indents: usize,
    /// Whether it stands on end.
    pub on_end: bool,
    /// Pixels it may take in width, with the margins of the cell, and points in height.
    pub room: (f64, f64),
}

/// A workbook's parts, and what its sheets share.
struct Book {
    parts: BTreeMap<String, String>,
    styles: Vec<Style>,
}

impl Book {
    fn open(workbook: &Path) -> Self {
        let parts: BTreeMap<String, String> = parts(&fs::read(workbook).unwrap()).into_iter().collect();
        let styles = styles(&parts["xl/styles.xml"]);
        Self { parts, styles }
    }

    /// The sheets that are not hidden: their numbers, from 0, their names and what they say.
    fn shown(&self) -> impl Iterator<Item = (usize, String, &str)> {
        let all = all(r#"<sheet name="([^"]*)" sheetId="\d+"( state="hidden")?"#, &self.parts["xl/workbook.xml"]);
        let shown = all.into_iter().enumerate().filter(|(_, own)| own[1].is_empty());
        shown.map(|(at, own)| (at, own[0].clone(), &*self.parts[&format!("xl/worksheets/sheet{}.xml", at + 1)]))
    }
}

/// How every sheet of a workbook that is not hidden looks on paper.
pub fn printed(workbook: &Path) -> Vec<Printed> {
    let book = Book::open(workbook);
    let read = |(at, name, text)| {
        let area = format!(r#"<definedName name="_xlnm.Print_Area" localSheetId="{at}">[^<]*:\$([A-Z]+)\$\d+<"#);
        let last = all(&area, &book.parts["xl/workbook.xml"]).first().map(|own| column(&own[0]));
        sheet(name, text, &book.styles, last, &drawing(&book.parts, at + 1))
    };
    book.shown().map(read).collect()
}

/// The texts of every sheet that is not hidden.
pub fn texts(workbook: &Path) -> Vec<(String, Vec<Cell>)> {
    let book = Book::open(workbook);
    let strings = book.parts.get("xl/sharedStrings.xml").map_or_else(Vec::new, |text| strings(text));
    book.shown().map(|(_, name, text)| (name, cells(text, &Grid::new(text), &book.styles, &strings))).collect()
}

/// Pixels that the first columns of a sheet take, as its file says.
pub fn pixels(sheet: &str, columns: usize) -> f64 {
    Grid::new(sheet).pixels(0, columns - 1)
}

/// The texts in brackets of each place where an expression is met.
fn all(expression: &str, text: &str) -> Vec<Vec<String>> {
    let groups = |found: regex::Captures<'_>| {
        (1..found.len()).map(|at| found.get(at).map_or("", |own| own.as_str()).to_owned()).collect()
    };
    Regex::new(expression).unwrap().captures_iter(text).map(groups).collect()
}

/// The number of a column by its letters, from 0.
fn column(letters: &str) -> usize {
    letters.bytes().fold(0, |number, letter| number * 26 + usize::from(letter - b'A') + 1) - 1
}

fn number(text: &str) -> f64 {
    text.parse().unwrap_or_else(|_| panic!("{text:?} is no number"))
}

/// How the cells of a style look.
struct Style {
    letters: (f64, bool),
    wraps: bool,
    indents: usize,
    on_end: bool,
}

fn styles(text: &str) -> Vec<Style> {
    let fonts = all(r"(?s)<font>(.*?)</font>", &text[..text.find("</fonts>").unwrap()]);
    let size = |font: &str| number(&all(r#"<sz val="([\d.]+)""#, font)[0][0]);
    let fonts: Vec<(f64, bool)> = fonts.iter().map(|own| (size(&own[0]), own[0].contains("<b/>"))).collect();
    let cells = &text[text.find("<cellXfs").unwrap()..text.find("</cellXfs>").unwrap()];
    let all = all(r#"(?s)<xf [^>]*?fontId="(\d+)"[^>]*?(?:/>|>(.*?)</xf>)"#, cells);
    let style = |own: Vec<String>| Style {
        letters: fonts[own[0].parse::<usize>().unwrap()],
        wraps: own[1].contains("wrapText=\"1\""),
        indents: usize::from(own[1].contains("indent=\"1\"")),
        on_end: own[1].contains("textRotation"),
    };
    all.into_iter().map(style).collect()
}

fn unescaped(text: &str) -> String {
    let mut plain = text.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"");
    plain = plain.replace("&apos;", "'").replace("&#10;", "\n");
    plain.replace("&amp;", "&")
}

fn strings(text: &str) -> Vec<String> {
    all(r"(?s)<si><t[^>]*>(.*?)</t></si>", text).into_iter().map(|own| unescaped(&own[0])).collect()
}

/// The rows and columns at which the drawings of a sheet end.
fn drawing(parts: &BTreeMap<String, String>, sheet: usize) -> Vec<(u32, usize)> {
    let Some(links) = parts.get(&format!("xl/worksheets/_rels/sheet{sheet}.xml.rels")) else { return Vec::new() };
    let named = all(r"drawings/(drawing\d+\.xml)", links);
    let Some(drawing) = named.first().map(|own| &parts[&format!("xl/drawings/{}", own[0])]) else { return Vec::new() };
    let ends = all(r"(?s)<xdr:to><xdr:col>(\d+)</xdr:col>.*?<xdr:row>(\d+)</xdr:row>", drawing);
    ends.iter().map(|own| (own[1].parse().unwrap(), own[0].parse().unwrap())).collect()
}

/// Widths of columns in pixels and heights of rows in points; what is not told is as Excel has it.
struct Grid {
    widths: BTreeMap<usize, f64>,
    folded: BTreeSet<usize>,
    heights: BTreeMap<u32, f64>,
}

impl Grid {
    fn new(text: &str) -> Self {
        let mut grid = Self { widths: BTreeMap::new(), folded: BTreeSet::new(), heights: BTreeMap::new() };
        for own in all(r#"<col min="(\d+)" max="(\d+)" width="([\d.]+)"([^>]*)/>"#, text) {
            for at in own[0].parse::<usize>().unwrap()..=own[1].parse().unwrap() {
                grid.widths.insert(at - 1, (number(&own[2]) * 7.0).round());
                if own[3].contains("hidden") {
                    grid.folded.insert(at - 1);
                }
            }
        }
        for own in all(r#"<row r="(\d+)"[^>]*? ht="([\d.]+)""#, text) {
            grid.heights.insert(own[0].parse::<u32>().unwrap() - 1, number(&own[1]));
        }
        grid
    }

    fn pixels(&self, from: usize, to: usize) -> f64 {
        (from..=to).filter(|at| !self.folded.contains(at)).map(|at| self.widths.get(&at).unwrap_or(&64.0)).sum()
    }

    fn points(&self, rows: u32) -> f64 {
        (0..rows).map(|at| self.heights.get(&at).unwrap_or(&15.0)).sum()
    }
}

fn sheet(name: String, text: &str, styles: &[Style], printed: Option<usize>, drawings: &[(u32, usize)]) -> Printed {
    let grid = Grid::new(text);
    let dimension = &all(r#"<dimension ref="(?:[A-Z]+\d+:)?([A-Z]+)(\d+)""#, text)[0];
    let last = drawings.iter().map(|own| own.1).fold(column(&dimension[0]), usize::max);
    let last = printed.unwrap_or(last);
    let rows = drawings.iter().map(|own| own.0 + 1).fold(dimension[1].parse().unwrap(), u32::max);
    let wide = all(r#"<pageSetup[^>]* fitToWidth="(\d+)""#, text).first().map_or(1, |own| own[0].parse().unwrap());
    let pixels = match wide {
        1 => grid.pixels(0, last),
        // The first column stands on each page.
        pages => grid.pixels(0, 0) + grid.pixels(1, last.div_ceil(pages)),
    };
    let percent = (scale(text, pixels * 0.75, grid.points(rows)) * 100.0).floor();
    let used: BTreeSet<&str> = text.split(" s=\"").skip(1).filter_map(|own| own.split('"').next()).collect();
    let least = used.iter().map(|own| styles[own.parse::<usize>().unwrap()].letters.0).fold(11.0, f64::min);
    Printed { name, letters: least * percent / 100.0, wide }
}

/// How much a sheet of so many points is scaled down to its pages.
fn scale(text: &str, wide: f64, high: f64) -> f64 {
    assert!(text.contains("fitToPage=\"1\"") && text.contains("paperSize=\"9\""), "a sheet that fits no page of A4");
    let setup = &all("<pageSetup([^>]*)/>", text)[0][0];
    let margin = |side: &str| number(&all(&format!(r#"<pageMargins[^>]* {side}="([\d.]+)""#), text)[0][0]);
    let (mut paper, mut down) = (8.27, 11.69);
    if setup.contains("landscape") {
        (paper, down) = (down, paper);
    }
    let across = (paper - margin("left") - margin("right")) * 72.0 / wide;
    let along = (down - margin("top") - margin("bottom")) * 72.0 / high;
    if setup.contains("fitToHeight=\"0\"") { across.min(1.0) } else { across.min(along).min(1.0) }
}

fn cells(text: &str, grid: &Grid, styles: &[Style], strings: &[String]) -> Vec<Cell> {
    let merged: BTreeMap<(u32, usize), usize> = all(r#"<mergeCell ref="([A-Z]+)(\d+):([A-Z]+)\d+""#, text)
        .into_iter()
        .map(|own| ((own[1].parse::<u32>().unwrap() - 1, column(&own[0])), column(&own[2])))
        .collect();
    let cells = all(r#"(?s)<c r="([A-Z]+)(\d+)"(?: s="(\d+)")?(?: t="(s|inlineStr)")>(.*?)</c>"#, text);
    let columns = column_styles(text);
    let cell = |own: Vec<String>| {
        let place = (own[1].parse::<u32>().unwrap() - 1, column(&own[0]));
        let style = own[2].parse::<usize>().ok().or_else(|| columns.get(&place.1).copied());
        let style = &styles[style.unwrap_or(0)];
        let to = merged.get(&place).copied().unwrap_or(place.1);
        let value = all(r"(?s)<(?:v|t[^>]*)>(.*?)</(?:v|t)>", &own[4]);
        let value = value.first().map_or("", |own| own[0].as_str());
        Cell {
            place,
            text: if own[3] == "s" { strings[value.parse::<usize>().unwrap()].clone() } else { unescaped(value) },
            letters: style.letters,
            wraps: style.wraps,
            indents: style.indents,
            on_end: style.on_end,
            room: (grid.pixels(place.1, to), *grid.heights.get(&place.0).unwrap_or(&15.0)),
        }
    };
    cells.into_iter().map(cell).filter(|own| !grid.folded.contains(&own.place.1)).collect()
}

/// The styles that columns carry for cells without one of their own.
fn column_styles(text: &str) -> BTreeMap<usize, usize> {
    let columns = all(r#"<col min="(\d+)" max="(\d+)"[^>]*? style="(\d+)""#, text);
    let each = |own: Vec<String>| {
        let (from, to): (usize, usize) = (own[0].parse().unwrap(), own[1].parse().unwrap());
        let style = own[2].parse().unwrap();
        (from..=to).map(move |at| (at - 1, style))
    };
    columns.into_iter().flat_map(each).collect()
}
