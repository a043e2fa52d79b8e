//! Drives Chromium on a test's desktop like a person. Copy and paste use the clipboard of that
//! desktop.

pub mod console;
pub mod nops;
pub mod portal;

use std::{env, path::Path};

use serde_json::{Value, json};

use crate::{
    Result,
    desktop::{self, Desktop, child::Child},
    driver::Driver,
    user_actions::{ClickCount, InputMethod, UserActions},
};

/// The environment variable with the browser that `cargo xtask test` found.
const BROWSER: &str = "TEST_BROWSER";
const WEBDRIVER: &str = "TEST_WEBDRIVER";

/// The default browser, which is Debian's Chromium.
const CHROMIUM: &str = "/usr/bin/chromium";

/// The color scheme that the browser prefers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Theme {
    Light,
    Dark,
}

pub struct Browser {
    // The drop order matters, because the session must end before its server.
    driver: Driver,
    way: InputMethod,
    clicks: ClickCount,
    _server: Child,
}

impl Browser {
    /// Opens a browser window with a new profile.
    pub fn open(
        desktop: &Desktop,
        way: InputMethod,
        theme: Theme,
        clicks: &ClickCount,
    ) -> Result<Self> {
        let profile = tempfile::tempdir_in(desktop.home())?.keep();
        let named = |name, usual: &str| env::var(name).unwrap_or_else(|_| usual.to_owned());
        let program = named(WEBDRIVER, "chromedriver");
        let server = desktop.command(&program);
        let (server, address) = desktop::start_webdriver(server, &profile.join("driver.log"))?;
        let wanted = match program.ends_with("geckodriver") {
            true => firefox(&named(BROWSER, "firefox"), theme),
            false => chromium(&named(BROWSER, CHROMIUM), theme, &profile),
        };
        let driver = Driver::with(&address, &wanted)?;
        // Firefox ignores arguments for the position, so it would cover the app.
        driver.place(800, 0, 800, 900)?;
        Ok(Self { driver, way, clicks: clicks.clone(), _server: server })
    }

    /// Opens an address as if the user had clicked a link in another program.
    pub fn show(&self, address: &str) -> Result<&Self> {
        self.driver.go(address)?;
        Ok(self)
    }

    /// Returns the actions on the current page.
    pub fn user_actions(&self) -> UserActions<'_> {
        UserActions::new(&self.driver, self.way, &self.clicks)
    }

    pub fn driver(&self) -> &Driver {
        &self.driver
    }

    /// Copies the whole page to the clipboard.
    pub fn copy_page(&self) -> Result<()> {
        self.driver.press("Control+a")?;
        self.driver.press("Control+c")
    }
}

/// Returns the capabilities for ChromeDriver.
fn chromium(program: &str, theme: Theme, profile: &Path) -> Value {
    let mut arguments = vec![
        format!("--user-data-dir={}", profile.display()),
        "--window-position=800,0".to_owned(),
        "--window-size=800,900".to_owned(),
        // Tests may run as root, and the machine may not have a graphics card or a keychain.
        "--no-sandbox".to_owned(),
        "--disable-gpu".to_owned(),
        "--password-store=basic".to_owned(),
        "--no-first-run".to_owned(),
    ];
    if theme == Theme::Dark {
        arguments.push("--force-dark-mode".to_owned());
    }
    json!({ "goog:chromeOptions": {
        "binary": program,
        "args": arguments,
        "prefs": { "credentials_enable_service": false, "profile.password_manager_leak_detection": false },
    } })
}

/// Returns the capabilities for geckodriver, which creates its own profile.
fn firefox(program: &str, theme: Theme) -> Value {
    json!({ "moz:firefoxOptions": {
        "binary": program,
        "args": ["--width=800", "--height=900"],
        "prefs": { "layout.css.prefers-color-scheme.content-override": u8::from(theme == Theme::Light) },
    } })
}
