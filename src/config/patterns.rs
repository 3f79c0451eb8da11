//! Patterns with `*` and `?` on account names, roles and columns, without regard to case.

use globset::{GlobBuilder, GlobSet, GlobSetBuilder};

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
