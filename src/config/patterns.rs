//! Patterns with `*` and `?` on account names, roles and columns, without regard to case.

use crate::model::{Message, message};
use globset::{GlobBuilder, GlobSet, GlobSetBuilder};

/// How a pattern is written.
pub fn pattern_help() -> Message {
    message!(
        "Mönster skrivs med * för vad som helst och ? för ett tecken: \"svc*\". Hakparenteser och klammer skrivs med ett \
         bakstreck före, inom enkla citattecken: '*\\[gammal\\]*'.",
        "Patterns are written with * for anything and ? for one letter: \"svc*\". Brackets and braces are written with a \
         backslash before them, in single quotes: '*\\[old\\]*'."
    )
}

/// Some patterns, as written and as matched.
#[derive(Clone, Debug)]
pub struct Patterns {
    /// As written in the configuration.
    pub written: Vec<String>,
    set: GlobSet,
}

impl Default for Patterns {
    fn default() -> Self {
        Self { written: Vec::new(), set: GlobSet::empty() }
    }
}

impl Patterns {
    /// Compiles patterns.
    ///
    /// # Errors
    /// The number of the first pattern that cannot be read.
    pub fn new(written: Vec<String>) -> Result<Self, usize> {
        let mut builder = GlobSetBuilder::new();
        for (number, pattern) in written.iter().enumerate() {
            let glob = GlobBuilder::new(pattern).case_insensitive(true).build().map_err(|_| number)?;
            builder.add(glob);
        }
        let set = builder.build().map_err(|_| 0usize)?;
        Ok(Self { written, set })
    }

    /// Whether any pattern fits.
    pub fn fit(&self, text: &str) -> bool {
        self.set.is_match(text)
    }
}
