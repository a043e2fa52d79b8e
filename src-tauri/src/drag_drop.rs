//! Files that are dragged over the window and dropped on it.

use std::path::PathBuf;

use session::Wizard;
use tauri::{DragDropEvent, Manager, Window};

use crate::ui_channel::UiChannel;

/// Whether a file is held over the window.
pub type Held = bool;

/// Follows a drag; what is dropped is read.
pub fn follow(window: &Window, event: &DragDropEvent) {
    let hovering = window.state::<UiChannel<Held>>();
    match event {
        DragDropEvent::Enter { .. } => hovering.tell(true),
        DragDropEvent::Leave => hovering.tell(false),
        DragDropEvent::Drop { paths, .. } => {
            hovering.tell(false);
            import(window.state::<Wizard>().inner().clone(), paths.clone());
        }
        _ => {}
    }
}

fn import(wizard: Wizard, paths: Vec<PathBuf>) {
    tauri::async_runtime::spawn(async move {
        // What is wrong with a file shows in the view; without an open setup there is nowhere to
        // put one, and no page that asks for one.
        let _no_setup = wizard.import_all(paths).await;
    });
}
