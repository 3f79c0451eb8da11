//! Paper: how much of a sheet stands on a page so that it can still be read. A sheet is scaled to one page's width, so its
//! columns decide how small the letters become.

use rust_xlsxwriter::Worksheet;

/// Points of the smallest letters on paper.
const LEAST: f64 = 8.0;

/// Points of an inch, and of a pixel.
const INCH: f64 = 72.0;
const PIXEL: f64 = 0.75;

/// Inches around what is printed: left and right, top, bottom, and before head and foot.
const SIDES: f64 = 0.4;
const TOP: f64 = 0.75;
const BOTTOM: f64 = 0.6;
const HEAD: f64 = 0.3;

/// An A4 in Excel's list of papers, and its sides in inches.
const A4: (u8, f64, f64) = (9, 8.27, 11.69);

/// How a sheet lies on paper.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Paper {
    /// On its long side.
    Lying,
    /// On its short side.
    Upright,
}

/// Letters of which size stand on a sheet, by which it may be scaled down more or less.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Print {
    /// Of eleven points or more.
    Ordinary,
    /// Small print of ten points too.
    Small,
}

impl Print {
    /// The least scale at which all of it can be read, in the whole percents that Excel scales by.
    fn scale(self) -> f64 {
        let points = match self {
            Self::Ordinary => 11.0,
            Self::Small => 10.0,
        };
        (LEAST * 100.0 / points).ceil() / 100.0
    }
}

impl Paper {
    /// Lays a sheet on it.
    pub fn set(self, worksheet: &mut Worksheet) {
        worksheet.set_paper_size(A4.0);
        worksheet.set_margins(SIDES, SIDES, TOP, BOTTOM, HEAD, HEAD);
        match self {
            Self::Lying => worksheet.set_landscape(),
            Self::Upright => worksheet.set_portrait(),
        };
    }

    /// Pixels that the columns of a sheet may take together.
    pub fn pixels(self, print: Print) -> f64 {
        let (_, short, long) = A4;
        let wide = if self == Self::Lying { long } else { short };
        ((wide - 2.0 * SIDES) * INCH / PIXEL / print.scale()).floor()
    }

    /// Points that the rows on a page may take together, where the columns are so many pixels wide.
    pub fn points(self, print: Print, pixels: f64) -> f64 {
        let (_, short, long) = A4;
        let high = if self == Self::Lying { short } else { long };
        let scale = (self.pixels(print) * print.scale() / pixels).clamp(print.scale(), 1.0);
        ((high - TOP - BOTTOM) * INCH / scale).floor()
    }
}

/// Pixels of a column: seven a character, and five around them.
pub fn of_column(width: f64) -> f64 {
    (width * 7.0 + 5.0).round()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What fills a page is printed in letters of eight points or a little more.
    #[test]
    fn full_pages_can_be_read() {
        for (paper, wide) in [(Paper::Lying, 10.89), (Paper::Upright, 7.47)] {
            for (print, size) in [(Print::Ordinary, 11.0), (Print::Small, 10.0)] {
                let scale = (wide * 96.0 / paper.pixels(print) * 100.0).floor() / 100.0;
                assert!((8.0..8.2).contains(&(size * scale)), "{paper:?} {print:?}: {}", size * scale);
            }
        }
    }
}
