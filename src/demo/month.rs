//! The months of a review: the first, and those that follow.

use super::system_kind::SystemKind;
use chrono::{Datelike, Days, Months, NaiveDate};

/// Which month is written.
#[derive(Clone, Copy, Debug)]
pub struct Month {
    /// 0 for the first.
    pub number: u32,
    /// How many follow the first in all.
    pub of: u32,
}

/// The month in which one system's export does not come.
const UNDELIVERED: u32 = 2;

impl Month {
    /// The reference date: the last day of the month.
    pub fn day(self) -> NaiveDate {
        let first = super::reference_date().with_day(1).unwrap_or_default() + Months::new(self.number + 1);
        first - Days::new(1)
    }

    /// The month before.
    pub fn before(self) -> Self {
        Self { number: self.number.saturating_sub(1), ..self }
    }

    /// Last day to answer what is issued this month.
    pub fn answer_by(self) -> NaiveDate {
        self.day() + Days::new(19)
    }

    /// Whether a system's export comes.
    pub fn delivers(self, kind: SystemKind) -> bool {
        self.number != UNDELIVERED || kind != SystemKind::School
    }

    /// What the review is called.
    pub fn title(self) -> &'static str {
        if self.number == 0 { "Årlig behörighetsgenomgång 2026" } else { "Månadens uppföljning" }
    }

    /// The folder of the results: every month's beside each other, since each follows the one before.
    pub fn output(self) -> &'static str {
        if self.number == 0 { "resultat" } else { "../resultat" }
    }

    /// Where answers are read from, where there are months to read them in.
    pub fn followup(self) -> String {
        let text = |folder: &str| {
            format!(
                "\n[followup]\nanswers = \"{folder}\"                   # besvarade arbetsböcker, vad de än heter\n"
            )
        };
        match (self.of, self.number) {
            (0, _) => String::new(),
            (_, 0) => text(ANSWERS),
            _ => text("../svar"),
        }
    }
}

/// The folder of returned workbooks.
pub const ANSWERS: &str = "svar";
