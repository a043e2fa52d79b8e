//! The gallery's views: the data that the core sends in each state that has a picture.
//!
//! Most states are reached in practice mode through user actions and injected AWS faults. For
//! states that practice mode can't reach, a view is edited.

mod addresses;
mod application;
mod connect;
mod dry_run;
mod former_members;
mod handover;
mod journey;
mod people;
mod rotation;
mod start;
mod studio;

use std::{collections::BTreeMap, fs, future::Future, path::Path, thread};

use serde::Serialize;
use session::view::{PersonRow, View};

use crate::{Result, ensure};

/// The data that the window needs to show one view.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct GalleryView {
    pub view: View,
    /// The rows of people that `view.setup.people` refers to.
    pub people: Vec<PersonRow>,
    /// The selector of an element to press after the view is shown.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub press: Option<&'static str>,
    /// The item to choose in the native menu after the view is shown.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub choose: Option<MenuItem>,
}

/// An item in the native menu that opens a dialog.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum MenuItem {
    About,
    Keys,
    Support,
    Help { topic: &'static str },
}

pub type Views = BTreeMap<&'static str, GalleryView>;

/// Creates all views. The chapters don't share data, so they run in parallel.
pub fn all() -> Result<Views> {
    let chapters: [fn() -> Result<Views>; 16] = [
        || run(start::views()),
        || run(connect::record_connect_views()),
        || run(connect::record_browser_views()),
        || run(addresses::views()),
        || run(application::views()),
        || run(journey::views()),
        || run(dry_run::views()),
        || run(handover::views()),
        || run(journey::variants()),
        || run(journey::repair()),
        || run(journey::practiced_repair()),
        || run(people::views()),
        || run(people::many()),
        || run(former_members::views()),
        || run(rotation::views()),
        || run(rotation::mistakes()),
    ];
    let made = thread::scope(|scope| {
        let running = chapters
            .map(|chapter| scope.spawn(move || chapter().map_err(|problem| problem.to_string())));
        running.map(|chapter| chapter.join().unwrap_or_else(|_| Err("a chapter panicked".into())))
    });
    let mut all = Views::new();
    let mut problems = Vec::new();
    for views in made {
        match views {
            Ok(views) => all.extend(views),
            Err(problem) => problems.push(problem),
        }
    }
    ensure(problems.is_empty(), || problems.join("\n"))?;
    Ok(all)
}

/// Writes each view to a file in a folder, and removes the files of views that no longer exist.
pub fn write(folder: &Path) -> Result<()> {
    let views = all()?;
    fs::create_dir_all(folder)?;
    for entry in fs::read_dir(folder)? {
        let file = entry?.path();
        let name = file.file_stem().unwrap_or_default().to_string_lossy();
        if !views.contains_key(&*name) {
            fs::remove_file(&file)?;
        }
    }
    for (name, view) in views {
        fs::write(folder.join(format!("{name}.json")), serde_json::to_vec_pretty(&view)?)?;
    }
    Ok(())
}

/// Runs a chapter with several threads, because the scripted person's requests block a thread and
/// practice mode needs another one.
fn run(chapter: impl Future<Output = Result<Views>>) -> Result<Views> {
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
    runtime.block_on(chapter)
}
