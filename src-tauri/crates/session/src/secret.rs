//! Text that must never be shown, logged or stored.

use std::fmt;

use serde::Deserialize;
use specta::Type;
use zeroize::Zeroizing;

/// A secret in the user's input. `Debug` shows nothing, dropping the secret wipes its memory, and
/// it can't be serialized.
#[derive(Clone, Deserialize, Type)]
#[serde(transparent)]
#[specta(transparent)]
pub struct Secret(#[specta(type = String)] Zeroizing<String>);

impl Secret {
    pub fn new(text: String) -> Self {
        Self(Zeroizing::new(text))
    }

    /// Returns the text. Call this only where the text is needed.
    pub fn expose(&self) -> &str {
        &self.0
    }
}

impl AsRef<[u8]> for Secret {
    fn as_ref(&self) -> &[u8] {
        self.0.as_bytes()
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Secret(…)")
    }
}
