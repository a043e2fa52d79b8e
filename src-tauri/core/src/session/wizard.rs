//! The handle that the window and the command line hold.

use std::path::PathBuf;

use tokio::sync::watch;

use super::{Action, Failure, View, document::Document, view::PeoplePage};
use crate::setup::{Copyable, Page};

/// A running wizard. Clones talk to the same actor.
#[derive(Clone)]
pub struct Wizard {
    views: watch::Receiver<View>,
}

impl Wizard {
    /// Every view from now on, the present one first.
    pub fn views(&self) -> watch::Receiver<View> {
        self.views.clone()
    }

    /// Does what a person asks for.
    pub async fn act(&self, _action: Action) -> Result<(), Failure> {
        Err(Failure::new("later"))
    }

    /// Reads a file that was dropped or chosen, whatever it is.
    pub async fn import(&self, _file: PathBuf) -> Result<(), Failure> {
        Err(Failure::new("later"))
    }

    /// A page of the people listed in step 9.
    pub async fn people(&self, _offset: u32, _limit: u32) -> Result<PeoplePage, Failure> {
        Err(Failure::new("later"))
    }

    /// The text that is copied for `what`.
    pub async fn text(&self, _what: Copyable) -> Result<String, Failure> {
        Err(Failure::new("later"))
    }

    /// A file's proposed name and content.
    pub async fn document(&self, _document: Document) -> Result<(String, Vec<u8>), Failure> {
        Err(Failure::new("later"))
    }

    /// The address to open for `page`.
    pub async fn address(&self, _page: Page) -> Result<String, Failure> {
        Err(Failure::new("later"))
    }
}
