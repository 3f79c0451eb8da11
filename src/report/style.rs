//! How things look. Colours also differ in darkness, so that a print in grey says the same.

use super::letters::BOLD;
use crate::model::Severity;
use rust_xlsxwriter::{Color, Format, FormatAlign, FormatBorder, Workbook};

/// Ink of headings and table heads.
pub const DARK: Color = Color::RGB(0x1F_3A_4D);
/// Ground of the heads of answer columns.
pub const ANSWER_DARK: Color = Color::RGB(0x5A_4A_1E);
/// Ground of cells to answer in.
const ANSWER_LIGHT: Color = Color::RGB(0xFF_FB_EB);
const LINE: Color = Color::RGB(0xD0_D5_DA);
const QUIET: Color = Color::RGB(0x5B_66_70);
const BOX: Color = Color::RGB(0xEE_F3_F6);

/// What running text is written in: the format, and the room it takes.
pub struct Ink {
    /// The format.
    pub format: Format,
    /// Points of a line, in whole pixels as Excel has them.
    pub line: f64,
    /// How much wider it is than ordinary text.
    pub wider: f64,
}

impl Ink {
    /// Ordinary text.
    fn new(format: Format) -> Self {
        Self { format, line: 15.0, wider: 1.0 }
    }

    /// Letters of another size.
    fn of_size(format: Format, points: f64, line: f64) -> Self {
        Self { format: format.set_font_size(points), line, wider: points / 11.0 }
    }

    fn bold(self) -> Self {
        Self { format: self.format.set_bold(), wider: self.wider * BOLD, ..self }
    }
}

/// Every format of a workbook, made once.
pub struct Styles {
    /// A table's head.
    pub head: Format,
    /// A table's head over numbers.
    pub number_head: Format,
    /// The head of answer columns.
    pub answer_head: Format,
    /// Text in a table.
    pub text: Format,
    /// A whole number in a table.
    pub number: Format,
    /// A day in a table.
    pub date: Format,
    /// A place to answer in.
    pub answer: Format,
    /// A place to answer with a date.
    pub answer_date: Format,
    /// The title of a page.
    pub title: Ink,
    /// Under the title.
    pub subtitle: Ink,
    /// A heading.
    pub heading: Ink,
    /// Running text.
    pub paragraph: Ink,
    /// A label before a value.
    pub label: Format,
    /// A value after a label.
    pub value: Format,
    /// A day after a label.
    pub value_date: Format,
    /// What must be seen first.
    pub boxed: Ink,
    /// The day in it.
    pub boxed_date: Format,
    /// The label before a line to sign on.
    pub sign_label: Format,
    /// A line to sign on.
    pub sign: Format,
    /// A key figure.
    pub figure: Ink,
    /// What it is.
    pub figure_label: Ink,
    /// The last row of a small table.
    pub total: Format,
    /// A number in it.
    pub total_number: Format,
    /// Small print.
    pub small: Ink,
    severities: [Format; 5],
}

impl Styles {
    /// Makes the formats.
    pub fn new() -> Self {
        let base = || Format::new().set_align(FormatAlign::Top);
        let cell = || base().set_text_wrap().set_border_bottom(FormatBorder::Thin).set_border_bottom_color(LINE);
        let head = |ground: Color| {
            let head = base().set_text_wrap().set_bold().set_font_color(Color::White);
            head.set_background_color(ground).set_align(FormatAlign::VerticalCenter)
        };
        let answer = || cell().set_background_color(ANSWER_LIGHT).set_border(FormatBorder::Thin).set_border_color(LINE);
        let boxed = || base().set_background_color(BOX).set_font_color(DARK).set_align(FormatAlign::VerticalCenter);
        let date = "yyyy-mm-dd";
        Self {
            head: head(DARK).set_align(FormatAlign::Left).set_indent(1),
            number_head: head(DARK).set_align(FormatAlign::Right).set_indent(1),
            answer_head: head(ANSWER_DARK).set_align(FormatAlign::Left).set_indent(1),
            text: cell().set_align(FormatAlign::Left).set_indent(1),
            // Wrapped, a number at the right edge loses its indent in LibreOffice.
            number: cell().unset_text_wrap().set_num_format("#,##0").set_align(FormatAlign::Right).set_indent(1),
            date: cell().set_num_format(date).set_align(FormatAlign::Left).set_indent(1),
            answer: answer(),
            answer_date: answer().set_num_format(date).set_align(FormatAlign::Left),
            title: Ink::of_size(base().set_font_color(DARK).set_text_wrap(), 20.0, 27.0).bold(),
            subtitle: Ink::of_size(base().set_font_color(QUIET).set_text_wrap(), 12.0, 17.25),
            heading: Ink::of_size(base().set_font_color(DARK).set_text_wrap(), 13.0, 18.75).bold(),
            paragraph: Ink::new(base().set_text_wrap()),
            label: base().set_font_color(QUIET).set_text_wrap(),
            value: base().set_text_wrap().set_align(FormatAlign::Left),
            value_date: base().set_num_format(date).set_align(FormatAlign::Left),
            boxed: Ink::of_size(boxed().set_text_wrap(), 13.0, 18.0).bold(),
            boxed_date: boxed().set_bold().set_font_size(13).set_num_format(date).set_align(FormatAlign::Left),
            sign_label: Format::new().set_font_color(QUIET).set_align(FormatAlign::Bottom),
            sign: base().set_border_bottom(FormatBorder::Thin),
            figure: Ink::of_size(boxed().set_align(FormatAlign::Center), 20.0, 30.0).bold(),
            figure_label: Ink::of_size(
                base().set_font_color(QUIET).set_background_color(BOX).set_text_wrap().set_align(FormatAlign::Center),
                11.0,
                15.0,
            ),
            total: base()
                .set_bold()
                .set_text_wrap()
                .set_align(FormatAlign::Left)
                .set_indent(1)
                .set_border_top(FormatBorder::Thin),
            total_number: base()
                .set_bold()
                .set_num_format("#,##0")
                .set_align(FormatAlign::Right)
                .set_indent(1)
                .set_border_top(FormatBorder::Thin),
            small: Ink::of_size(base().set_font_color(QUIET).set_text_wrap(), 10.0, 14.25),
            severities: Severity::ALL.map(|severity| grounded(cell(), severity)),
        }
    }

    /// The ground of a cell that still has to be filled.
    pub fn wanted() -> Format {
        Format::new().set_background_color(Color::RGB(0xFF_E6_6D))
    }

    /// The format of a severity.
    pub fn severity(&self, severity: Severity) -> &Format {
        &self.severities[severity as usize]
    }
}

/// The numbers by which a workbook knows the formats of cells in lists, as they are written.
#[derive(Clone, Debug)]
pub struct FormatNumbers {
    /// Of text.
    pub text: String,
    /// Of a whole number.
    pub number: String,
    /// Of a day.
    pub date: String,
    /// Of a place to answer in.
    pub answer: String,
    /// Of a place to answer with a date.
    pub answer_date: String,
    /// Of each severity.
    pub severities: [String; 5],
}

impl FormatNumbers {
    /// Makes the formats known to a new workbook, which numbers them in this order; those that are equal have one number,
    /// and 0 is that of a plain cell.
    pub fn register(workbook: &mut Workbook, styles: &Styles) -> Self {
        let mut known = vec![Format::default()];
        let mut number = |format: &Format| {
            workbook.register_format(format);
            let at = known.iter().position(|own| own == format);
            let at = at.unwrap_or_else(|| {
                known.push(format.clone());
                known.len() - 1
            });
            at.to_string()
        };
        Self {
            text: number(&styles.text),
            number: number(&styles.number),
            date: number(&styles.date),
            answer: number(&styles.answer),
            answer_date: number(&styles.answer_date),
            severities: Severity::ALL.map(|severity| number(styles.severity(severity))),
        }
    }
}

/// A word on a quiet ground: the graver, the heavier the word. In grey the words tell.
fn grounded(format: Format, severity: Severity) -> Format {
    let format = format.set_background_color(tint(severity)).set_align(FormatAlign::Center);
    match severity {
        Severity::Critical => format.set_bold().set_font_color(ground(Severity::Critical)),
        Severity::High => format.set_bold(),
        Severity::Medium | Severity::Low | Severity::Info => format,
    }
}

/// The ground of a severity in a cell.
fn tint(severity: Severity) -> Color {
    match severity {
        Severity::Critical => Color::RGB(0xF6_D9_D7),
        Severity::High => Color::RGB(0xFB_E6_D8),
        Severity::Medium => Color::RGB(0xFD_F3_DC),
        Severity::Low | Severity::Info => Color::RGB(0xF7_F8_F9),
    }
}

/// The colour of a severity in charts.
pub fn ground(severity: Severity) -> Color {
    match severity {
        Severity::Critical => Color::RGB(0x7A_12_1D),
        Severity::High => Color::RGB(0xE0_8A_5B),
        Severity::Medium => Color::RGB(0xF5_CF_8E),
        Severity::Low => Color::RGB(0xF6_EB_CB),
        Severity::Info => Color::RGB(0xF4_F6_F7),
    }
}
