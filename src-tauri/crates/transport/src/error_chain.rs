//! Iterates over an error and its sources.

use std::error::Error;

/// Returns an error and its chain of sources.
pub fn error_sources<'a>(
    error: &'a (dyn Error + 'static),
) -> impl Iterator<Item = &'a (dyn Error + 'static)> {
    std::iter::successors(Some(error), |&error| error.source())
}

/// Returns the messages of an error and its sources in lower case, one per line.
pub fn texts(error: &(dyn Error + 'static)) -> String {
    error_sources(error).map(|error| error.to_string().to_lowercase() + "\n").collect()
}
