//! The AWS access portal.

use super::Browser;
use crate::{
    Result,
    person::PASSWORD,
    user_actions::{InputMethod, UserActions},
};

pub struct Portal<'a> {
    browser: &'a Browser,
    hands: UserActions<'a>,
}

impl<'a> Portal<'a> {
    pub fn of(browser: &'a Browser) -> Self {
        Self { browser, hands: browser.user_actions() }
    }

    pub fn sign_in(&self, user_name: &str) -> Result<()> {
        self.hands.write("Username", user_name)?;
        self.hands.write("Password", PASSWORD)?;
        self.hands.press("Sign in")
    }

    pub fn open(&self, tile: &str) -> Result<()> {
        self.hands.press(tile)
    }

    /// Copies the SAML response that the page shows.
    pub fn copy_shown(&self) -> Result<()> {
        self.hands.press("Copy XML")
    }

    /// Shift-clicks a tile and copies the SAML response.
    pub fn copy_xml(&self, tile: &str) -> Result<()> {
        let driver = self.browser.driver();
        let tile = self.hands.button(tile)?;
        match self.hands.input_method() {
            InputMethod::Mouse => driver.click_with("Shift", &tile)?,
            InputMethod::Keyboard => {
                driver.run_on("arguments[0].focus()", &tile)?;
                driver.press("Shift+Enter")?;
            }
        }
        self.hands.see("You are now in administrator mode")?;
        self.copy_shown()
    }
}
