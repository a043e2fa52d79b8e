//! Checks every view in the window's web engine. Each view must be complete, fit the window, and be
//! accessible.

use std::{env, fs, path::Path, thread};

use acceptance::{
    Result, ensure,
    gallery::{
        Gallery, GalleryBrowser, ShownView, THEMES, approved, approved::CoarsePicture, view_names,
    },
};
use serde_json::{Value, json};

/// The widths of a full-size window and of a window that is next to a browser.
const WIDTHS: [u32; 2] = [1280, 800];

/// Three common window widths: small, default and large.
const WINDOWS: [u32; 3] = [800, 1280, 1440];

/// Pseudo-languages that strain the layout more than real languages: one has longer messages, the
/// other has longer words.
const HARD_LANGUAGES: [&str; 2] = ["pseudo", "compound"];

/// The width of a 1280-pixel window that is zoomed to 400%.
const ZOOMED: u32 = 320;

/// Finds missing text, pages wider than the window, and text that is cut off without an ellipsis.
const FAULTS: &str = include_str!("gallery/faults.js");

/// Finds layout problems caused by long words: text in a column that is only a few letters wide,
/// and controls outside the screen or their table.
const CROWDED: &str = include_str!("gallery/many.js");

/// Runs axe-core from the gallery, with all rules or only the named rules.
const AUDIT: &str = "const [rules, done] = arguments; \
    window.audit(rules).then(done, (problem) => done([`axe stopped: ${problem}`]))";

#[test]
fn every_view_fits_at_every_width() -> Result<()> {
    on_every_view(|browser, view| {
        let [wide, narrow] = WIDTHS;
        let widths = [wide, narrow, ZOOMED];
        lines(&browser.run_at_widths(&ShownView::new(view, "en"), &widths, &[FAULTS])?)
    })
}

#[test]
fn long_words_do_not_break_layout() -> Result<()> {
    on_every_view(|browser, view| {
        let mut faults = Vec::new();
        for language in HARD_LANGUAGES {
            let shown = ShownView::new(view, language);
            let seen = lines(&browser.run_at_widths(&shown, &WINDOWS, &[FAULTS, CROWDED])?)?;
            faults.extend(seen.into_iter().map(|fault| format!("{language}, {fault}")));
        }
        Ok(faults)
    })
}

#[test]
fn missing_browser_does_not_break_layout() -> Result<()> {
    on_every_view(|browser, view| {
        let shown = ShownView {
            refused: Some("browser"),
            press: Some("main [data-action^=open-]"),
            ..ShownView::new(view, "en")
        };
        lines(&browser.run_at_widths(&shown, &WINDOWS, &[FAULTS, CROWDED])?)
    })
}

/// The page of the smallest window: 800 × 600 pixels with its title bar and its menu.
const SMALLEST: (u32, u32) = (800, 540);

/// Measures the height between the heading of the step and the footer, in CSS pixels.
const ROOM: &str = "const head = document.querySelector('.main__in > .head'); \
    const foot = document.querySelector('.foot'); \
    return head && foot ? foot.getBoundingClientRect().top - head.getBoundingClientRect().bottom : null";

#[test]
fn work_gets_most_of_the_smallest_window() -> Result<()> {
    let (width, height) = SMALLEST;
    let gallery = Gallery::serve()?;
    let browser = gallery.browser(width, height)?;
    let mut faults = Vec::new();
    for view in view_names()? {
        browser.show(&view, THEMES[0])?;
        // The mini window and the comparison of a handover have no step.
        if let Some(room) = browser.ask(ROOM)?.as_f64()
            && room * 2.0 < f64::from(height)
        {
            faults.push(format!("{view}: {room} px"));
        }
    }
    ensure(faults.is_empty(), || format!("{} faults\n{}", faults.len(), faults.join("\n")))
}

/// Runs all WCAG 2.2 AA and best-practice rules in the light theme, and the contrast rule in the
/// dark theme.
#[test]
fn axe_passes_in_both_themes() -> Result<()> {
    on_every_view(|browser, view| {
        let mut faults = Vec::new();
        browser.show(view, THEMES[0])?;
        for (theme, rules) in THEMES.into_iter().zip([json!(null), json!(["color-contrast"])]) {
            browser.switch_theme(theme)?;
            let seen = lines(&browser.await_answer(AUDIT, &[rules])?)?;
            faults.extend(seen.into_iter().map(|fault| format!("{theme}: {fault}")));
        }
        Ok(faults)
    })
}

/// An approved picture: page width, language and theme.
type Picture = (u32, &'static str, &'static str);

/// The approved pictures, in the same order as in the stored file (from left to right).
const PICTURES: [Picture; 5] = [
    (1280, "en", "light"),
    (1280, "en", "dark"),
    (800, "en", "light"),
    (800, "en", "dark"),
    (800, "pseudo", "light"),
];

/// Describes the element at this position on the page, in CSS pixels.
const PLACE: &str = include_str!("gallery/place.js");

/// Compares each view with the pictures in `ui/gallery/approved`. `UPDATE=1 cargo xtask test
/// gallery` approves the current look. The test draws views that differ at full size and saves them
/// in a folder whose path it prints.
#[test]
fn every_view_matches_approved_pictures() -> Result<()> {
    let drawn = Path::new(env!("CARGO_TARGET_TMPDIR")).join("changed");
    fs::create_dir_all(&drawn)?;
    let views = view_names()?;
    let mut changes = left_over(&views)?;
    let gallery = Gallery::serve()?;
    let (some, others) = views.split_at(views.len() / 2);
    thread::scope(|scope| {
        let looks = [some, others].map(|views| {
            let (gallery, drawn) = (&gallery, &drawn);
            let look = move || {
                let mut browser = gallery.browser(WIDTHS[0], 840)?;
                let mut changes = Vec::new();
                for view in views {
                    changes.extend(changed(&mut browser, view, drawn)?);
                }
                Ok(changes)
            };
            scope.spawn(move || {
                look().map_err(|problem: Box<dyn std::error::Error>| problem.to_string())
            })
        });
        for look in looks {
            changes.extend(look.join().map_err(|_| "a browser's thread ended early")??);
        }
        Result::Ok(())
    })?;
    assert!(
        changes.is_empty(),
        "{} pictures are not as approved; they are drawn in {}\n{}",
        changes.len(),
        drawn.display(),
        changes.join("\n")
    );
    Ok(())
}

/// Returns how a view differs from its approved pictures, or approves the current look.
fn changed(browser: &mut GalleryBrowser, view: &str, drawn: &Path) -> Result<Vec<String>> {
    let kept = approved(view);
    let then = match kept.exists() {
        true => CoarsePicture::read(&kept, &PICTURES.map(|(width, ..)| width))?,
        false => Vec::new(),
    };
    let mut now = Vec::new();
    let mut changes = Vec::new();
    let mut shown = None;
    for (at, (width, language, theme)) in PICTURES.into_iter().enumerate() {
        // Resizing the window and opening a view take longer than all checks of the view, so
        // don't repeat them for each picture.
        let before = shown.replace((width, language));
        match before {
            Some(before) if before == (width, language) => browser.switch_theme(theme)?,
            _ => {
                browser.resize(width)?;
                match before {
                    Some((_, before)) if before == language => browser.switch_theme(theme)?,
                    _ => browser.show_in(language, view, theme)?,
                }
                browser.show_whole_page()?;
            }
        }
        let picture = browser.picture()?;
        let coarse = CoarsePicture::from_png(&picture)?;
        let change = match then.get(at) {
            Some(then) => coarse.differs_from(then).map(|found| {
                let (x, y) = found.first;
                let place = browser.ask_about(PLACE, &[json!(x), json!(y)])?;
                let place = place.as_str().unwrap_or_default();
                Ok(format!("{} squares, first in {place}", found.squares))
            }),
            None => Some(Ok("it has no approved picture".to_owned())),
        };
        now.push(coarse);
        if let Some(change) = change {
            let change: Result<String> = change;
            let name = format!("{view}-{language}-{theme}-{width}");
            fs::write(drawn.join(format!("{name}.png")), picture)?;
            changes.push(format!("{name}: {}", change?));
        }
    }
    if env::var_os("UPDATE").is_some() && !changes.is_empty() {
        CoarsePicture::write(&now, &kept)?;
        changes.clear();
    }
    Ok(changes)
}

/// Returns the approved pictures of views that no longer exist.
fn left_over(views: &[String]) -> Result<Vec<String>> {
    let mut names = Vec::new();
    for entry in fs::read_dir(approved("").with_file_name(""))? {
        let file = entry?.path();
        let name = file.file_stem().unwrap_or_default().to_string_lossy();
        if !views.iter().any(|view| *view == name) {
            names.push(format!("{name}: there is no such view any more"));
        }
    }
    Ok(names)
}

/// Checks every view in a separate browser for each test, because the tests run in parallel in one
/// process.
fn on_every_view(look: impl Fn(&mut GalleryBrowser, &str) -> Result<Vec<String>>) -> Result<()> {
    let gallery = Gallery::serve()?;
    let mut browser = gallery.browser(WIDTHS[0], 840)?;
    let views = view_names()?;
    ensure(views.len() > 50, || format!("only {} views", views.len()))?;
    let mut faults = Vec::new();
    for view in &views {
        let seen = look(&mut browser, view).map_err(|problem| format!("{view}: {problem}"))?;
        faults.extend(seen.into_iter().map(|fault| format!("{view}, {fault}")));
    }
    ensure(faults.is_empty(), || format!("{} faults\n{}", faults.len(), faults.join("\n")))
}

fn lines(answer: &Value) -> Result<Vec<String>> {
    Ok(serde_json::from_value(answer.clone())?)
}
