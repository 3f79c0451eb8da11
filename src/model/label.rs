//! What an account is called in outputs: its name, unless the name may not be shown.

/// The shown names of one system's accounts, in order.
#[derive(Clone, Debug, Default)]
pub struct AccountLabels(Vec<String>);

impl AccountLabels {
    /// Names that were made ready to be shown.
    pub fn new(labels: Vec<String>) -> Self {
        Self(labels)
    }

    /// The shown name of the n-th account.
    pub fn get(&self, at: usize) -> &str {
        self.0.get(at).map_or("", String::as_str)
    }
}
