//! A text that has passed the door.

use std::borrow::{Borrow, Cow};
use std::fmt;
use std::ops::Deref;
use std::sync::Arc;

/// What stands where something may not be shown.
pub const HIDDEN: &str = "[skyddad]";

/// Whether something in a text was not shown.
pub fn is_hidden(text: &str) -> bool {
    text.contains(HIDDEN)
}

/// A text that may be shown: the only kind that report and record take of what came from a file, a configuration or a
/// match. Only the door can make one. A copy shares the text: there are millions of rows, and few names of departments.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Shown(Arc<str>);

impl Shown {
    /// Let out by the door, and by nothing else.
    pub(super) fn let_out(text: &str) -> Self {
        if text.is_empty() { Self::default() } else { Self(text.into()) }
    }

    /// Something that may not be shown.
    pub fn hidden() -> Self {
        Self(HIDDEN.into())
    }

    /// The text.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Several with something between them.
    pub fn join(parts: impl IntoIterator<Item = Self>, between: &str) -> Self {
        let parts: Vec<Self> = parts.into_iter().collect();
        match &parts[..] {
            [one] => one.clone(),
            parts => Self::let_out(&parts.join(between)),
        }
    }

    /// The program's own words behind it.
    #[must_use]
    pub fn with(self, words: impl fmt::Display) -> Self {
        Self::let_out(&format!("{self}{words}"))
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
        shown.0.as_ref().to_owned()
    }
}

impl From<&Shown> for String {
    fn from(shown: &Shown) -> Self {
        shown.0.as_ref().to_owned()
    }
}

impl<'a> From<&'a Shown> for Cow<'a, str> {
    fn from(shown: &'a Shown) -> Self {
        Cow::Borrowed(&shown.0)
    }
}

impl From<Shown> for Cow<'_, str> {
    fn from(shown: Shown) -> Self {
        Cow::Owned(shown.into())
    }
}
