//! How grave a deviation is. How certain the match behind it is, is another axis and never mixed in.

use super::Text;

/// Gravity, ordered from the lightest.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// For information.
    Info,
    /// Low.
    Low,
    /// Medium.
    Medium,
    /// High.
    High,
    /// Critical.
    Critical,
}

impl Severity {
    /// Every severity, the lightest first.
    pub const ALL: [Self; 5] = [Self::Info, Self::Low, Self::Medium, Self::High, Self::Critical];

    /// The word in configuration and data files.
    pub fn code(self) -> &'static str {
        match self {
            Self::Info => "info",
            Self::Low => "low",
            Self::Medium => "medium",
            Self::High => "high",
            Self::Critical => "critical",
        }
    }

    /// The severity with that word.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|severity| severity.code() == code)
    }

    /// The word a recipient reads.
    pub fn text(self) -> Text {
        match self {
            Self::Info => Text::new("Information", "Information"),
            Self::Low => Text::new("Låg", "Low"),
            Self::Medium => Text::new("Medel", "Medium"),
            Self::High => Text::new("Hög", "High"),
            Self::Critical => Text::new("Kritisk", "Critical"),
        }
    }

    /// Some steps up or down, never past either end.
    pub fn shifted(self, steps: i8) -> Self {
        let place = (self as i8).saturating_add(steps).clamp(0, 4);
        Self::ALL[place.unsigned_abs() as usize]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Steps stop at either end.
    #[test]
    fn severity_stops_at_its_ends() {
        assert_eq!(Severity::High.shifted(2), Severity::Critical);
        assert_eq!(Severity::Low.shifted(-2), Severity::Info);
        assert_eq!(Severity::Medium.shifted(1), Severity::High);
    }
}
