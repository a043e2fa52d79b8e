//! Handles files that are dragged over the window or dropped on it.

use std::path::PathBuf;

use session::Wizard;
use tauri::{DragDropEvent, Manager, Window};

use crate::ui_channel::UiChannel;

/// Whether a file is being dragged over the window.
pub type IsDragging = bool;

/// Reports a drag to the page and reads dropped files.
pub fn handle_drag_event(window: &Window, event: &DragDropEvent) {
    let hovering = window.state::<UiChannel<IsDragging>>();
    match event {
        DragDropEvent::Enter { .. } => hovering.send(true),
        DragDropEvent::Leave => hovering.send(false),
        DragDropEvent::Drop { paths, .. } => {
            hovering.send(false);
            import(window.state::<Wizard>().inner().clone(), paths.clone());
        }
        _ => {}
    }
}

/// Reads files that the page didn't ask for.
pub fn import(wizard: Wizard, paths: Vec<PathBuf>) {
    if paths.is_empty() {
        return;
    }
    tauri::async_runtime::spawn(async move {
        // The view shows problems with a file. Without an open setup, no page takes files.
        let _no_setup = wizard.import_all(paths).await;
    });
}
