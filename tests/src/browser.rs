//! Chromium on a test's desktop, driven as a person does. What it copies and pastes goes through the
//! clipboard of that desktop.

pub mod console;
pub mod nops;
pub mod portal;

use std::{env, path::Path};

use serde_json::{Value, json};

use crate::{
    Result,
    desktop::{self, Desktop, child::Child},
    driver::Driver,
    user_actions::{Clicks, InputMethod, UserActions},
};

/// Where `cargo xtask test` names the browser that it found.
const BROWSER: &str = "TEST_BROWSER";
const WEBDRIVER: &str = "TEST_WEBDRIVER";

/// Debian's, which is installed where no browser is.
const CHROMIUM: &str = "/usr/bin/chromium";

/// The colors that the browser prefers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Theme {
    /// Dark on light.
    Light,
    /// Light on dark.
    Dark,
}

/// A browser. It ends when it is dropped.
pub struct Browser {
    // Dropped in this order: the session first, then what serves it.
    driver: Driver,
    way: InputMethod,
    clicks: Clicks,
    _server: Child,
}

impl Browser {
    /// Opens a browser window that nobody is signed in with.
    pub fn open(
        desktop: &Desktop,
        way: InputMethod,
        theme: Theme,
        clicks: &Clicks,
    ) -> Result<Self> {
        let profile = tempfile::tempdir_in(desktop.home())?.keep();
        let named = |name, usual: &str| env::var(name).unwrap_or_else(|_| usual.to_owned());
        let program = named(WEBDRIVER, "chromedriver");
        let server = desktop.command(&program);
        let (server, address) = desktop::serve(server, &profile.join("driver.log"))?;
        let wanted = match program.ends_with("geckodriver") {
            true => firefox(&named(BROWSER, "firefox"), theme),
            false => chromium(&named(BROWSER, CHROMIUM), theme, &profile),
        };
        Ok(Self {
            driver: Driver::with(&address, &wanted)?,
            way,
            clicks: clicks.clone(),
            _server: server,
        })
    }

    /// Shows the page at an address, as a browser does when another program opens it.
    pub fn show(&self, address: &str) -> Result<&Self> {
        self.driver.go(address)?;
        Ok(self)
    }

    /// Acts on the page that is shown.
    pub fn hands(&self) -> UserActions<'_> {
        UserActions::new(&self.driver, self.way, &self.clicks)
    }

    /// What reads the page.
    pub fn driver(&self) -> &Driver {
        &self.driver
    }

    /// Copies the whole page.
    pub fn copy_page(&self) -> Result<()> {
        self.driver.press("Control+a")?;
        self.driver.press("Control+c")
    }
}

/// What ChromeDriver is asked for.
fn chromium(program: &str, theme: Theme, profile: &Path) -> Value {
    let mut arguments = vec![
        format!("--user-data-dir={}", profile.display()),
        "--window-position=800,0".to_owned(),
        "--window-size=800,900".to_owned(),
        // Tests may run as root, and on machines without a graphics card or a keychain.
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

/// What geckodriver is asked for. It makes a profile of its own.
fn firefox(program: &str, theme: Theme) -> Value {
    json!({ "moz:firefoxOptions": {
        "binary": program,
        "args": ["--width=800", "--height=900"],
        "prefs": { "layout.css.prefers-color-scheme.content-override": u8::from(theme == Theme::Light) },
    } })
}
