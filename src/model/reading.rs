//! What became of a value: the three ways there are, so that what is not understood is never taken for absent.

/// A value that a rule may rest on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reading<T> {
    /// Nothing is there, or a word for "nothing".
    Absent,
    /// It was understood.
    Known(T),
    /// Something is there that is not understood.
    NotUnderstood,
}

impl<T> Reading<T> {
    /// The value, where it was understood.
    pub fn known(self) -> Option<T> {
        match self {
            Self::Known(value) => Some(value),
            Self::Absent | Self::NotUnderstood => None,
        }
    }

    /// The same reading of something made from the value.
    pub fn map<U>(self, make: impl FnOnce(T) -> U) -> Reading<U> {
        match self {
            Self::Absent => Reading::Absent,
            Self::Known(value) => Reading::Known(make(value)),
            Self::NotUnderstood => Reading::NotUnderstood,
        }
    }
}
