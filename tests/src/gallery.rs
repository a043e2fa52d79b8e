//! The gallery: views of every state, drawn by the real UI in the web engine of the app's window.

pub mod approved;
pub mod views;

use std::{
    fs,
    net::TcpListener,
    path::{Path, PathBuf},
    process::Command,
};

use serde_json::{Value, json};
use tempfile::TempDir;

use crate::{
    Result,
    desktop::{
        child::Child, command_with_home, create_home_folders, screen::Screen, start_webdriver,
    },
    driver::Driver,
    wait::wait_until,
};

pub const THEMES: [&str; 2] = ["light", "dark"];

/// The height for drawing a whole page, which is larger than any page.
const HIGHEST: u32 = 8000;

/// Returns the names of all views that were written, in alphabetical order.
pub fn view_names() -> Result<Vec<String>> {
    let folder = views_folder();
    let entries = fs::read_dir(&folder)
        .map_err(|problem| format!("{}: {problem}; `cargo xtask` writes it", folder.display()))?;
    let mut names = Vec::new();
    for entry in entries {
        let file = entry?.path();
        let name = file.file_stem().and_then(|name| name.to_str());
        names.push(name.ok_or("unexpected name of a view")?.to_owned());
    }
    names.sort();
    Ok(names)
}

/// Returns the path of the approved picture of a view.
pub fn approved(name: &str) -> PathBuf {
    ui().join(format!("gallery/approved/{name}.png"))
}

/// Returns the folder that the UI reads the views from.
pub fn views_folder() -> PathBuf {
    ui().join("gallery/views")
}

/// The built gallery, which is served on loopback until this value is dropped.
pub struct Gallery {
    address: String,
    _server: Child,
}

impl Gallery {
    /// Serves `ui/dist-gallery`, which `cargo xtask gallery` builds.
    pub fn serve() -> Result<Self> {
        let port = free_port()?;
        let mut server = Command::new("node");
        server
            .args(["node_modules/vite/bin/vite.js", "preview"])
            .args(["--config", "gallery/vite.config.ts", "--logLevel", "warn"])
            .args(["--host", "127.0.0.1", "--strictPort", "--port"])
            .arg(port.to_string())
            .current_dir(ui());
        let server = Child::start(&mut server)?;
        let address = format!("http://127.0.0.1:{port}/gallery.html");
        wait_until("the gallery to be served", || Ok(ureq::get(&address).call().ok()))?;
        Ok(Self { address, _server: server })
    }

    /// Opens a browser with a page of `width` × `height` CSS pixels.
    pub fn browser(&self, width: u32, height: u32) -> Result<GalleryBrowser> {
        let home = tempfile::tempdir()?;
        create_home_folders(home.path())?;
        disable_animations(home.path())?;
        let screen = Screen::start(width.max(800) + 200, HIGHEST)?;
        let mut webdriver = command_with_home(home.path(), "WebKitWebDriver");
        webdriver.env("DISPLAY", screen.name());
        let (webdriver, server) = start_webdriver(webdriver, &home.path().join("browser.log"))?;
        let driver = Driver::open(&server, None)?;
        driver.resize(width, height)?;
        Ok(GalleryBrowser {
            driver,
            gallery: self.address.clone(),
            width,
            height,
            _webdriver: webdriver,
            _screen: screen,
            _home: home,
        })
    }
}

/// A view and the options for showing it.
#[derive(Clone, Copy, Debug)]
pub struct ShownView<'a> {
    pub view: &'a str,
    /// The language: `en` or a pseudo-language.
    pub language: &'a str,
    /// The error code that the gallery returns to refuse every request.
    pub refused: Option<&'a str>,
    /// The selector of elements to press after the view is shown. If no element matches, the view
    /// isn't surveyed.
    pub press: Option<&'a str>,
}

impl<'a> ShownView<'a> {
    pub fn new(view: &'a str, language: &'a str) -> Self {
        Self { view, language, refused: None, press: None }
    }
}

pub struct GalleryBrowser {
    // The drop order matters, because the session must end before its folders are removed.
    driver: Driver,
    gallery: String,
    width: u32,
    height: u32,
    _webdriver: Child,
    _screen: Screen,
    _home: TempDir,
}

impl GalleryBrowser {
    /// Shows a view in a theme and waits until it is complete.
    pub fn show(&self, view: &str, theme: &str) -> Result<()> {
        self.show_in("en", view, theme)
    }

    /// Shows a view in a language: `en`, or `pseudo`, whose text is longer than in any real
    /// language.
    pub fn show_in(&self, language: &str, view: &str, theme: &str) -> Result<()> {
        self.open_gallery()?;
        let show = "const [shown, done] = arguments; \
            window.show(shown).then(() => done(true), (problem) => done(String(problem)))";
        let shown = json!({ "view": view, "theme": theme, "locale": language });
        match self.await_answer(show, &[shown])? {
            Value::Bool(true) => Ok(()),
            problem => Err(format!("{view} isn't shown: {problem}").into()),
        }
    }

    /// Opens the gallery once and keeps it open, because loading the page takes longer than all
    /// work on a view.
    fn open_gallery(&self) -> Result<()> {
        let is_open = "return typeof window.show === 'function'";
        if self.ask(is_open)? != json!(true) {
            self.driver.go(&self.gallery)?;
            wait_until("the gallery to open", || {
                Ok((self.ask(is_open)? == json!(true)).then_some(()))
            })?;
        }
        Ok(())
    }

    pub fn switch_theme(&self, theme: &str) -> Result<()> {
        let switch =
            "const [theme, done] = arguments; window.switchTheme(theme).then(() => done(true))";
        self.await_answer(switch, &[json!(theme)]).map(drop)
    }

    /// Runs scripts on a view at each of these widths and returns their results. The view is shown
    /// in a frame, because a window would have to redraw for each width and can't be as narrow.
    pub fn run_at_widths(
        &self,
        shown: &ShownView<'_>,
        widths: &[u32],
        looks: &[&str],
    ) -> Result<Value> {
        self.open_gallery()?;
        let ShownView { view, language, refused, press } = shown;
        let shown =
            json!({ "view": view, "theme": "light", "locale": language, "refuse": refused });
        let looks: String = looks.iter().map(|look| format!("() => {{ {look} }},\n")).collect();
        let script = format!("const LOOKS = [{looks}];\n{}", include_str!("gallery/survey.js"));
        self.await_answer(&script, &[shown, json!(widths), json!(press)])
    }

    pub fn picture(&self) -> Result<Vec<u8>> {
        self.driver.screenshot()
    }

    /// Takes a PNG screenshot of the page at its full height.
    pub fn whole_picture(&self) -> Result<Vec<u8>> {
        self.show_whole_page()?;
        let picture = self.driver.screenshot();
        self.driver.resize(self.width, self.height)?;
        picture
    }

    /// Makes the window as tall as the page until the next call of [`Self::resize`].
    pub fn show_whole_page(&self) -> Result<()> {
        let page = self.driver.run("return document.documentElement.scrollHeight", &[])?;
        let page = page.as_u64().and_then(|page| u32::try_from(page).ok());
        let page = page.ok_or("the page has no height")?;
        self.driver.resize(self.width, page.clamp(self.height, HIGHEST))
    }

    pub fn resize(&mut self, width: u32) -> Result<()> {
        self.width = width;
        self.driver.resize(width, self.height)
    }

    /// Runs a script as the body of a function and returns the result.
    pub fn ask(&self, script: &str) -> Result<Value> {
        self.driver.run(script, &[])
    }

    /// Runs a script that gets arguments, and returns the result.
    pub fn ask_about(&self, script: &str, arguments: &[Value]) -> Result<Value> {
        self.driver.run(script, arguments)
    }

    /// Runs an asynchronous script. The script's last argument is a callback. Returns the value
    /// passed to it.
    pub fn await_answer(&self, script: &str, arguments: &[Value]) -> Result<Value> {
        self.driver.run_async(script, arguments)
    }
}

/// Turns off animations, so that a picture doesn't depend on when it's taken.
fn disable_animations(home: &Path) -> Result<()> {
    for toolkit in ["gtk-3.0", "gtk-4.0"] {
        let folder = home.join("config").join(toolkit);
        fs::create_dir_all(&folder)?;
        fs::write(folder.join("settings.ini"), "[Settings]\ngtk-enable-animations=0\n")?;
    }
    Ok(())
}

fn ui() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../ui")
}

fn free_port() -> Result<u16> {
    Ok(TcpListener::bind("127.0.0.1:0")?.local_addr()?.port())
}
