//! Files that are dragged over the window and dropped on it.

use std::{path::PathBuf, sync::Mutex};

use nops_sso_setup_core::session::Wizard;
use tauri::{DragDropEvent, Manager, Window, ipc::Channel};

/// Who is told that a file is held over the window: the page that is on show.
#[derive(Default)]
pub struct Hovering(Mutex<Option<Channel<bool>>>);

impl Hovering {
    /// From now on tells this page, and no other.
    pub fn tell(&self, page: Channel<bool>) {
        if let Ok(mut listener) = self.0.lock() {
            *listener = Some(page);
        }
    }

    fn say(&self, held: bool) {
        if let Ok(mut listener) = self.0.lock() {
            // A page that is gone does not want to know any more.
            listener.take_if(|page| page.send(held).is_err());
        }
    }
}

/// Follows a drag; what is dropped is read.
pub fn follow(window: &Window, event: &DragDropEvent) {
    let hovering = window.state::<Hovering>();
    match event {
        DragDropEvent::Enter { .. } => hovering.say(true),
        DragDropEvent::Leave => hovering.say(false),
        DragDropEvent::Drop { paths, .. } => {
            hovering.say(false);
            import(window.state::<Wizard>().inner().clone(), paths.clone());
        }
        _ => {}
    }
}

fn import(wizard: Wizard, paths: Vec<PathBuf>) {
    tauri::async_runtime::spawn(async move {
        // What is wrong with a file shows in the view; without an open set-up there is nowhere to
        // put one, and no page that asks for one.
        let _no_setup = wizard.import_all(paths).await;
    });
}
