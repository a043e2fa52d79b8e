//! Chromium on a test's desktop, driven as a person does. What it copies and pastes goes through the
//! clipboard of that desktop.

pub mod console;
pub mod nops;
pub mod portal;

use std::{env, path::PathBuf};

use serde_json::json;

use crate::{
    Result,
    desktop::{self, Desktop, child::Child},
    driver::Driver,
    hands::{Clicks, Hands, Way},
};

const DRIVERS: [&str; 2] = ["chromedriver", "chromium.chromedriver"];
const BROWSERS: [&str; 4] = ["chromium", "google-chrome", "google-chrome-stable", "chrome"];

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
    way: Way,
    clicks: Clicks,
    _server: Child,
}

impl Browser {
    /// Opens a browser window that nobody is signed in with.
    pub fn open(desktop: &Desktop, way: Way, theme: Theme, clicks: &Clicks) -> Result<Self> {
        let profile = tempfile::tempdir_in(desktop.home())?.keep();
        let server = desktop.command(
            DRIVERS
                .into_iter()
                .find(|name| installed(name).is_some())
                .ok_or("there is no chromedriver")?,
        );
        let (server, address) = desktop::serve(server, &profile.join("driver.log"))?;
        let browser = BROWSERS.into_iter().find_map(installed).ok_or("there is no Chromium")?;
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
        let wanted = json!({ "goog:chromeOptions": {
            "binary": browser,
            "args": arguments,
            "prefs": { "credentials_enable_service": false, "profile.password_manager_leak_detection": false },
        } });
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
    pub fn hands(&self) -> Hands<'_> {
        Hands::new(&self.driver, self.way, &self.clicks)
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

/// Where a program is on the search path.
fn installed(name: &str) -> Option<PathBuf> {
    let path = env::var_os("PATH")?;
    env::split_paths(&path).map(|folder| folder.join(name)).find(|program| program.is_file())
}
