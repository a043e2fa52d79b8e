//! Draws the gallery's pictures. It draws all views or only the named views, in light and dark,
//! wide and narrow, and in the pseudo-language with long words.
//!
//! `cargo xtask gallery` builds everything that this program needs and runs it.

use std::{
    env, fs,
    io::{Write, stdout},
    path::{Path, PathBuf},
    process::ExitCode,
    thread,
};

use acceptance::{
    Result,
    gallery::{Gallery, THEMES, view_names},
};

/// The page sizes of a window on a laptop, and of a window that is next to a browser.
const SIZES: [(u32, u32); 2] = [(1280, 840), (800, 900)];

struct Order {
    folder: PathBuf,
    whole: bool,
    views: Vec<String>,
}

fn main() -> ExitCode {
    match order(env::args().skip(1)).and_then(|order| draw(&order)) {
        Ok(()) => ExitCode::SUCCESS,
        Err(problem) => {
            // If stderr is closed, the exit code is the only way to report the problem.
            let _gone = writeln!(std::io::stderr(), "{problem}");
            ExitCode::FAILURE
        }
    }
}

/// Parses `FOLDER [--whole] [VIEW…]`. A view can be a prefix that matches several names.
fn order(arguments: impl Iterator<Item = String>) -> Result<Order> {
    let (options, mut rest): (Vec<_>, Vec<_>) =
        arguments.partition(|argument| argument == "--whole");
    if rest.is_empty() {
        return Err("say into which folder".into());
    }
    let folder = PathBuf::from(rest.remove(0));
    let all = view_names()?;
    if let Some(unknown) = rest.iter().find(|name| !all.iter().any(|view| view.starts_with(*name)))
    {
        return Err(format!("no view's name begins with {unknown}").into());
    }
    let views = all
        .into_iter()
        .filter(|view| rest.is_empty() || rest.iter().any(|name| view.starts_with(name)))
        .collect();
    Ok(Order { folder, whole: !options.is_empty(), views })
}

/// Draws with one browser per size, in parallel.
fn draw(order: &Order) -> Result<()> {
    fs::create_dir_all(&order.folder)?;
    let gallery = Gallery::serve()?;
    thread::scope(|scope| {
        let sizes = SIZES.map(|size| {
            let gallery = &gallery;
            scope
                .spawn(move || draw_at(gallery, order, size).map_err(|problem| problem.to_string()))
        });
        for size in sizes {
            size.join().map_err(|_panic| "a browser's thread ended early")??;
        }
        Ok(())
    })
}

fn draw_at(gallery: &Gallery, order: &Order, (width, height): (u32, u32)) -> Result<()> {
    let browser = gallery.browser(width, height)?;
    for view in &order.views {
        let spoken = THEMES.map(|theme| ("en", theme, theme));
        for (language, theme, name) in spoken.into_iter().chain([("pseudo", THEMES[0], "pseudo")]) {
            browser
                .show_in(language, view, theme)
                .map_err(|problem| format!("{view}, {name}: {problem}"))?;
            let picture = match order.whole {
                true => browser.whole_picture()?,
                false => browser.picture()?,
            };
            let file = file(&order.folder, view, name, width);
            fs::write(&file, picture)?;
            writeln!(stdout().lock(), "{}", file.display())?;
        }
    }
    Ok(())
}

fn file(folder: &Path, view: &str, name: &str, width: u32) -> PathBuf {
    folder.join(format!("{view}-{name}-{width}.png"))
}
