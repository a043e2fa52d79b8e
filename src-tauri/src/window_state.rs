//! Remembers the window's size, position, theme and zoom for the next start.
//!
//! The window has two sizes, one as the full window and one as the mini window. Tauri's plugin
//! remembers one size for each window, so it can't be used. If the desktop doesn't report positions
//! (Wayland), only sizes are remembered.

use std::{
    io,
    path::{Path, PathBuf},
    sync::{Mutex, MutexGuard, PoisonError},
};

use serde::{Deserialize, Serialize};
use specta::Type;
use storage::store;
use tauri::{LogicalSize, Monitor, PhysicalPosition, WebviewWindow};

use crate::cli::eprint_error;

/// The initial size of the mini window. It covers little of the page, and longer lists scroll.
const MINI_WINDOW: LogicalSize<f64> = LogicalSize { width: 360.0, height: 480.0 };

/// The initial size of the full window.
const WINDOW: LogicalSize<f64> = LogicalSize { width: 1280.0, height: 840.0 };

/// The size limit of `window.json`, in bytes.
const LARGEST: u64 = 64 * 1024;

/// The zoom factors of the page.
const ZOOMS: [f64; 14] = [0.5, 0.67, 0.75, 0.8, 0.9, 1.0, 1.1, 1.25, 1.5, 1.75, 2.0, 2.5, 3.0, 4.0];

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "snake_case")]
pub enum Theme {
    /// The desktop's theme.
    #[default]
    System,
    Light,
    Dark,
}

impl Theme {
    /// All themes, in menu order.
    pub const ALL: [Self; 3] = [Self::System, Self::Light, Self::Dark];
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ZoomLevel {
    In,
    Out,
    /// Resets to 100%.
    Reset,
}

/// The remembered window state, and whether the mini window is on.
pub struct WindowState {
    file: PathBuf,
    state: Mutex<SavedState>,
}

#[derive(Default)]
struct SavedState {
    kept: StoredState,
    mini: bool,
}

/// The content of `window.json`.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
struct StoredState {
    window: Option<WindowRect>,
    maximized: bool,
    mini: Option<WindowRect>,
    theme: Theme,
    zoom: Option<f64>,
}

/// A window's position in screen pixels and its page's size in CSS pixels.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
struct WindowRect {
    x: i32,
    y: i32,
    width: f64,
    height: f64,
}

/// A monitor's work area in screen pixels. `scale` is the number of screen pixels per CSS pixel.
#[derive(Clone, Copy, Debug)]
struct WorkArea {
    x: i32,
    y: i32,
    width: u32,
    height: u32,
    scale: f64,
}

impl WindowState {
    /// Removes leftover temporary files from `folder`, and reads the state. If the file can't be read, prints the error to stderr and
    /// uses the defaults.
    pub fn load(folder: &Path) -> Self {
        let file = folder.join("window.json");
        local_files::remove_all_leftovers(folder);
        let kept = match local_files::read(&file, LARGEST).map_err(io::Error::from) {
            Ok(bytes) => serde_json::from_slice(&bytes).map_err(|error| error.to_string()),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(StoredState::default()),
            Err(error) => Err(error.to_string()),
        };
        let mut kept = kept.unwrap_or_else(|problem| {
            eprint_error(&format!("{}: {problem}", file.display()));
            StoredState::default()
        });
        // Outside these limits, the page is too large or too small for the user to change the zoom
        // back.
        let [smallest, .., largest] = ZOOMS;
        kept.zoom = kept.zoom.filter(|zoom| (smallest..=largest).contains(zoom));
        let state = Mutex::new(SavedState { kept, mini: false });
        Self { file, state }
    }

    /// Restores the window's position and size.
    pub fn restore(&self, window: &WebviewWindow) -> tauri::Result<()> {
        let kept = self.state().kept.clone();
        place_window(window, kept.window, WINDOW)?;
        if kept.maximized {
            window.maximize()?;
        }
        Ok(())
    }

    /// Applies the chosen theme and zoom.
    pub fn apply_appearance(&self, window: &WebviewWindow) -> tauri::Result<()> {
        let kept = self.state().kept.clone();
        // With `Theme::System`, leave the window theme unset.
        if kept.theme != Theme::System {
            window.set_theme(set_window_theme(kept.theme))?;
        }
        kept.zoom.map_or(Ok(()), |zoom| window.set_zoom(zoom))
    }

    pub fn theme(&self) -> Theme {
        self.state().kept.theme
    }

    /// Applies and remembers a theme.
    pub fn set_theme(&self, window: &WebviewWindow, theme: Theme) -> tauri::Result<()> {
        {
            let mut state = self.state();
            if state.kept.theme == theme {
                return Ok(());
            }
            state.kept.theme = theme;
            self.write(&state.kept);
        }
        window.set_theme(set_window_theme(theme))
    }

    /// Changes and remembers the zoom.
    pub fn zoom(&self, window: &WebviewWindow, change: ZoomLevel) -> tauri::Result<()> {
        let zoom = {
            let mut state = self.state();
            let zoom = zoomed(state.kept.zoom.unwrap_or(1.0), change);
            state.kept.zoom = Some(zoom);
            self.write(&state.kept);
            zoom
        };
        window.set_zoom(zoom)
    }

    /// Remembers the window's current position and size.
    pub fn remember_position(&self, window: &WebviewWindow) -> tauri::Result<()> {
        // Query the window before locking, because the response comes from the window's thread,
        // which may be waiting for the lock.
        let maximized = window.is_maximized()?;
        let place = window_rect(window)?;
        let mut state = self.state();
        if state.mini {
            state.kept.mini = Some(place);
        } else {
            state.kept.maximized = maximized;
            // Keep the size from before maximizing, so that it can be restored.
            if !maximized {
                state.kept.window = Some(place);
            }
        }
        self.write(&state.kept);
        Ok(())
    }

    /// Switches between the mini window and the full window. Each keeps its own position and size.
    pub fn set_mini_window(&self, window: &WebviewWindow, on: bool) -> tauri::Result<()> {
        self.remember_position(window)?;
        let kept = {
            let mut state = self.state();
            if state.mini == on {
                return Ok(());
            }
            state.mini = on;
            state.kept.clone()
        };
        window.set_always_on_top(on)?;
        if on {
            window.unmaximize()?;
            let corner = window
                .current_monitor()?
                .map(|monitor| WorkArea::from(&monitor).mini_window_position());
            place_window(window, kept.mini.or(corner), MINI_WINDOW)
        } else {
            self.restore(window)
        }
    }

    fn state(&self) -> MutexGuard<'_, SavedState> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn write(&self, kept: &StoredState) {
        let written =
            serde_json::to_vec_pretty(kept).map_err(|error| error.to_string()).and_then(|bytes| {
                store::replace(&self.file, &bytes).map_err(|error| error.to_string())
            });
        if let Err(problem) = written {
            eprint_error(&format!("{}: {problem}", self.file.display()));
        }
    }
}

fn set_window_theme(theme: Theme) -> Option<tauri::Theme> {
    match theme {
        Theme::System => None,
        Theme::Light => Some(tauri::Theme::Light),
        Theme::Dark => Some(tauri::Theme::Dark),
    }
}

fn zoomed(now: f64, change: ZoomLevel) -> f64 {
    match change {
        ZoomLevel::In => ZOOMS.into_iter().find(|zoom| *zoom > now),
        ZoomLevel::Out => ZOOMS.into_iter().rev().find(|zoom| *zoom < now),
        ZoomLevel::Reset => Some(1.0),
    }
    .unwrap_or(now)
}

fn window_rect(window: &WebviewWindow) -> tauri::Result<WindowRect> {
    let PhysicalPosition { x, y } = window.outer_position()?;
    let LogicalSize { width, height } = window.inner_size()?.to_logical(window.scale_factor()?);
    Ok(WindowRect { x, y, width, height })
}

fn place_window(
    window: &WebviewWindow,
    place: Option<WindowRect>,
    otherwise: LogicalSize<f64>,
) -> tauri::Result<()> {
    let areas: Vec<WorkArea> = window.available_monitors()?.iter().map(WorkArea::from).collect();
    let (position, size) = fit_to_areas(place, otherwise, &areas);
    window.set_size(size)?;
    if let Some(position) = position {
        window.set_position(position)?;
    }
    Ok(())
}

/// Returns a position and size that are fully visible on one of the areas. The position is `None`
/// if the old position is outside all areas.
fn fit_to_areas(
    place: Option<WindowRect>,
    otherwise: LogicalSize<f64>,
    areas: &[WorkArea],
) -> (Option<PhysicalPosition<i32>>, LogicalSize<f64>) {
    // A window without an area can't be seen.
    let place = place.filter(|place| place.width >= 1.0 && place.height >= 1.0);
    let size = place.map_or(otherwise, |place| LogicalSize::new(place.width, place.height));
    let best = place.and_then(|place| {
        areas
            .iter()
            .map(|area| (area, area.visible_pixels(place)))
            .filter(|(_, shown)| *shown > 0)
            .max_by_key(|(_, shown)| *shown)
            .map(|(area, _)| (place, area))
    });
    match best {
        Some((place, area)) => {
            let size = area.limit_size(size);
            let free = |whole: u32, used: f64| {
                let used = (used * area.scale).ceil() as i64;
                i32::try_from((i64::from(whole) - used).max(0)).unwrap_or(0)
            };
            let position = PhysicalPosition::new(
                place.x.clamp(area.x, area.x + free(area.width, size.width)),
                place.y.clamp(area.y, area.y + free(area.height, size.height)),
            );
            (Some(position), size)
        }
        None => (None, areas.first().map_or(size, |area| area.limit_size(size))),
    }
}

impl WorkArea {
    /// Returns how many pixels of a window are visible in the area.
    fn visible_pixels(&self, place: WindowRect) -> i64 {
        let along = |start: i32, length: f64, from: i32, whole: u32| {
            let end = i64::from(start) + (length * self.scale) as i64;
            let shown = end.min(i64::from(from) + i64::from(whole)) - i64::from(start.max(from));
            shown.max(0)
        };
        along(place.x, place.width, self.x, self.width)
            * along(place.y, place.height, self.y, self.height)
    }

    /// Returns the mini window's position in the top right corner, where it covers as little as
    /// possible of a page's form.
    fn mini_window_position(&self) -> WindowRect {
        let LogicalSize { width, height } = MINI_WINDOW;
        let right = i64::from(self.x) + i64::from(self.width) - (width * self.scale).ceil() as i64;
        let x = i32::try_from(right).unwrap_or(self.x).max(self.x);
        WindowRect { x, y: self.y, width, height }
    }

    fn limit_size(&self, size: LogicalSize<f64>) -> LogicalSize<f64> {
        LogicalSize::new(
            size.width.min(f64::from(self.width) / self.scale),
            size.height.min(f64::from(self.height) / self.scale),
        )
    }
}

impl From<&Monitor> for WorkArea {
    fn from(monitor: &Monitor) -> Self {
        let area = monitor.work_area();
        Self {
            x: area.position.x,
            y: area.position.y,
            width: area.size.width,
            height: area.size.height,
            scale: monitor.scale_factor(),
        }
    }
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    const LAPTOP: WorkArea = WorkArea { x: 0, y: 0, width: 1600, height: 1000, scale: 1.0 };
    const SHARP: WorkArea = WorkArea { x: 1600, y: 0, width: 3200, height: 2000, scale: 2.0 };

    fn check(
        areas: &[WorkArea],
        (x, y, width, height): (i32, i32, f64, f64),
        position: Option<(i32, i32)>,
        size: (f64, f64),
    ) {
        let place = WindowRect { x, y, width, height };
        let (at, large) = fit_to_areas(Some(place), WINDOW, areas);
        assert_eq!(at.map(|at| (at.x, at.y)), position, "{place:?}");
        assert_eq!((large.width, large.height), size, "{place:?}");
    }

    #[test]
    fn window_is_restored_fully_visible() {
        let both = [LAPTOP, SHARP];
        // A window that is fully visible doesn't change.
        check(&both, (100, 50, 900.0, 700.0), Some((100, 50)), (900.0, 700.0));
        check(&both, (1700, 100, 900.0, 700.0), Some((1700, 100)), (900.0, 700.0));
        // A window beyond an edge is moved inside.
        check(&[LAPTOP], (1500, 900, 900.0, 700.0), Some((700, 300)), (900.0, 700.0));
        check(&[LAPTOP], (-80, -20, 900.0, 700.0), Some((0, 0)), (900.0, 700.0));
        // A window across two monitors is moved to the monitor that showed more of the window.
        check(&both, (1500, 0, 900.0, 700.0), Some((1600, 0)), (900.0, 700.0));
        // A window larger than the monitor is shrunk.
        check(&[LAPTOP], (10, 10, 2560.0, 1440.0), Some((0, 0)), (1600.0, 1000.0));
        check(&[SHARP], (1600, 0, 1900.0, 700.0), Some((1600, 0)), (1600.0, 700.0));
        // If the monitor is gone, the desktop chooses the position.
        check(&[LAPTOP], (1700, 100, 900.0, 700.0), None, (900.0, 700.0));
        check(&[], (1700, 100, 900.0, 700.0), None, (900.0, 700.0));
    }

    #[test]
    fn mini_window_opens_in_top_right_corner() {
        let tiny = WorkArea { width: 300, ..LAPTOP };
        for (area, corner) in [(LAPTOP, (1240, 0)), (SHARP, (4080, 0)), (tiny, (0, 0))] {
            let (position, size) = fit_to_areas(Some(area.mini_window_position()), WINDOW, &[area]);
            assert_eq!(position.map(|at| (at.x, at.y)), Some(corner), "{area:?}");
            assert!(size.width <= MINI_WINDOW.width, "{area:?}");
        }
    }

    #[test]
    fn first_window_fits_the_screen() {
        let small = WorkArea { width: 1024, height: 700, ..LAPTOP };
        assert_eq!(fit_to_areas(None, WINDOW, &[small]).1, LogicalSize::new(1024.0, 700.0));
        assert_eq!(fit_to_areas(None, WINDOW, &[LAPTOP]).1, WINDOW);
    }

    #[test]
    fn zoom_stays_within_limits() {
        let many = |change| (0..30).fold(1.0, |now, _| zoomed(now, change));
        assert_eq!(many(ZoomLevel::In), 4.0);
        assert_eq!(many(ZoomLevel::Out), 0.5);
        assert_eq!(zoomed(1.0, ZoomLevel::In), 1.1);
        assert_eq!(zoomed(2.5, ZoomLevel::Reset), 1.0);
    }

    #[test]
    fn zoom_out_of_range_is_reset() {
        let folder = tempfile::tempdir().unwrap();
        for (zoom, expected) in [
            ("0.0", None),
            ("-1", None),
            ("40", None),
            ("1e300", None),
            ("0.5", Some(0.5)),
            ("1.3", Some(1.3)),
            ("4.0", Some(4.0)),
            ("null", None),
        ] {
            let text = format!("{{\"zoom\": {zoom}, \"theme\": \"dark\"}}");
            fs::write(folder.path().join("window.json"), text).unwrap();
            let read = WindowState::load(folder.path());
            assert_eq!(read.state().kept.zoom, expected, "{zoom}");
            assert_eq!(read.theme(), Theme::Dark, "{zoom}");
        }
    }

    #[test]
    fn window_sizes_out_of_range_fit_the_screen() {
        check(&[LAPTOP], (0, 200, 1e9, 1e9), Some((0, 0)), (1600.0, 1000.0));
        check(&[LAPTOP], (0, 200, 0.0, 0.0), None, (1280.0, 840.0));
        check(&[LAPTOP], (0, 200, 900.0, -1.0), None, (1280.0, 840.0));
        check(&[LAPTOP], (i32::MIN, i32::MAX, 900.0, 700.0), None, (900.0, 700.0));
    }

    /// tauri-apps/plugins-workspace#245 and its neighbors (E09 of the shared cases).
    #[test]
    fn reported_states_show_the_window() {
        let folder = tempfile::tempdir().unwrap();
        for (name, text) in [
            (
                "missing monitor",
                r#"{"window": {"x": 5000, "y": 200, "width": 1280.0, "height": 840.0}}"#,
            ),
            (
                "missing monitor, maximized",
                r#"{"window": {"x": 5000, "y": 200, "width": 1280.0, "height": 840.0}, "maximized": true, "zoom": 40.0}"#,
            ),
            (
                "minimized on Windows",
                r#"{"window": {"x": -32000, "y": -32000, "width": 1280.0, "height": 840.0}}"#,
            ),
            (
                "one visible pixel",
                r#"{"window": {"x": 1599, "y": 999, "width": 1280.0, "height": 840.0}}"#,
            ),
            (
                "huge",
                r#"{"window": {"x": 0, "y": 200, "width": 1000000000.0, "height": 1000000000.0}}"#,
            ),
            ("no area", r#"{"window": {"x": 0, "y": 200, "width": 0.0, "height": 0.0}}"#),
            (
                "mini window on a missing monitor",
                r#"{"mini": {"x": 5000, "y": 200, "width": 360.0, "height": 640.0}}"#,
            ),
            ("no zoom", r#"{"zoom": 0.0}"#),
        ] {
            fs::write(folder.path().join("window.json"), text).unwrap();
            let read = WindowState::load(folder.path());
            let kept = read.state().kept.clone();
            for (place, otherwise) in [(kept.window, WINDOW), (kept.mini, MINI_WINDOW)] {
                let (position, size) = fit_to_areas(place, otherwise, &[LAPTOP]);
                assert!(size.width >= 300.0 && size.height >= 300.0, "{name}: {size:?}");
                // Without a position, the desktop chooses one on a monitor.
                let at = position.unwrap_or_else(|| PhysicalPosition::new(0, 0));
                let end = (f64::from(at.x) + size.width, f64::from(at.y) + size.height);
                assert!(at.x >= 0 && at.y >= 0, "{name}: {at:?}");
                assert!(end.0 <= 1600.0 && end.1 <= 1000.0, "{name}: {end:?}");
            }
            assert!(kept.zoom.is_none_or(|zoom| (0.5..=4.0).contains(&zoom)), "{name}");
        }
    }

    #[test]
    fn start_removes_leftover_temporary_files() {
        let folder = tempfile::tempdir().unwrap();
        let leftover = folder.path().join(".tmp-window.json-Ab3dEf");
        fs::write(&leftover, "{").unwrap();
        WindowState::load(folder.path());
        assert!(!leftover.exists());
    }

    #[cfg(unix)]
    #[test]
    fn endless_state_is_reset() {
        let folder = tempfile::tempdir().unwrap();
        std::os::unix::fs::symlink("/dev/zero", folder.path().join("window.json")).unwrap();
        let read = WindowState::load(folder.path());
        assert_eq!(read.state().kept, StoredState::default());
    }

    #[test]
    fn unreadable_state_is_reset() {
        let folder = tempfile::tempdir().unwrap();
        let kept = || WindowState::load(folder.path()).state().kept.clone();
        assert_eq!(kept(), StoredState::default());
        let place = WindowRect { x: 1, y: 2, width: 900.0, height: 700.0 };
        let some = StoredState { window: Some(place), ..StoredState::default() };
        WindowState::load(folder.path()).write(&some);
        assert_eq!(kept(), some);
        fs::write(folder.path().join("window.json"), "{").unwrap();
        assert_eq!(kept(), StoredState::default());
    }
}
