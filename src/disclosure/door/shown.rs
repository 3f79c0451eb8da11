//! A text that has passed the door.

use std::borrow::Borrow;
use std::fmt;
use std::ops::Deref;

/// What stands where something may not be shown.
pub const HIDDEN: &str = "[skyddad]";

/// A text that may be shown: the only kind that report and record take of what came from a file, a configuration or a
/// match. Only the door can make one.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Shown(String);

impl Shown {
    /// Let out by the door, and by nothing else.
    pub(super) fn let_out(text: String) -> Self {
        Self(text)
    }

    /// Something that may not be shown.
    pub fn hidden() -> Self {
        Self(HIDDEN.to_owned())
    }

    /// The text.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Several with something between them.
    pub fn join(parts: impl IntoIterator<Item = Self>, between: &str) -> Self {
        let parts: Vec<String> = parts.into_iter().map(|part| part.0).collect();
        Self(parts.join(between))
    }

    /// The program's own words behind it.
    #[must_use]
    pub fn with(mut self, words: impl fmt::Display) -> Self {
        use fmt::Write;
        // Writing into a string does not fail.
        let _ = write!(self.0, "{words}");
        self
    }
}

impl Deref for Shown {
    type Target = str;

    fn deref(&self) -> &str {
        &self.0
    }
}

/// Several are joined as texts are.
impl Borrow<str> for Shown {
    fn borrow(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Shown {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(&self.0)
    }
}

impl From<Shown> for String {
    fn from(shown: Shown) -> Self {
        shown.0
    }
}

impl From<&Shown> for String {
    fn from(shown: &Shown) -> Self {
        shown.0.clone()
    }
}
