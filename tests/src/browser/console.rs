use std::path::Path;

use super::Browser;
use crate::{
    Result,
    user_actions::{InputMethod, UserActions, label},
};

/// The page of an application, or the list of applications.
pub struct Console<'a> {
    browser: &'a Browser,
    pub hands: UserActions<'a>,
}

const ATTRIBUTE: &str = "User attribute in the application";
const VALUE: &str = "Maps to this string value or user attribute in IAM Identity Center";

impl<'a> Console<'a> {
    pub fn of(browser: &'a Browser) -> Self {
        Self { browser, hands: browser.user_actions() }
    }

    /// Clicks *Add application* and continues to *Configure application*.
    pub fn add_application(&self) -> Result<()> {
        self.hands.press("Add application")?;
        self.hands.press("Next")?;
        self.hands.see("Configure application")
    }

    /// Chooses the metadata file. AWS fills in the form with the file's values.
    pub fn upload(&self, file: &Path) -> Result<()> {
        self.hands.upload("Upload application SAML metadata file", file)
    }

    pub fn submit(&self) -> Result<()> {
        self.hands.press("Submit")?;
        self.hands.see("The application was added.")
    }

    /// Returns the ID of the current application, which is part of the page's address.
    pub fn application(&self) -> Result<String> {
        let address = self.browser.driver().run("return location.pathname", &[])?;
        let address = address.as_str().unwrap_or_default();
        let (_, id) = address.split_once("/applications/").ok_or("no application is shown")?;
        Ok(id.split('/').next().unwrap_or_default().to_owned())
    }

    /// Opens *Edit attribute mappings* from the page of the application.
    pub fn edit_mappings(&self) -> Result<()> {
        self.hands.press("Actions")?;
        self.hands.press("Edit attribute mappings")?;
        self.hands.see("Add new attribute mapping")
    }

    pub fn add_row(&self) -> Result<()> {
        self.hands.press("Add new attribute mapping")
    }

    /// Pastes into the first cell of the last row.
    pub fn paste_attribute(&self) -> Result<()> {
        self.hands.paste(label(ATTRIBUTE).last())
    }

    /// Pastes into the second cell of the last row.
    pub fn paste_value(&self) -> Result<()> {
        self.hands.paste(label(VALUE).last())
    }

    /// Removes every row except *Subject*.
    pub fn clear_rows(&self) -> Result<()> {
        let driver = self.browser.driver();
        while !driver.find_all("tbody tr:nth-child(2)")?.is_empty() {
            self.hands.press(label("Remove").last())?;
        }
        Ok(())
    }

    /// Types a mapping row.
    pub fn write_row(&self, attribute: &str, value: &str) -> Result<()> {
        if attribute != "Subject" {
            self.add_row()?;
            self.hands.write(label(ATTRIBUTE).last(), attribute)?;
        }
        self.hands.overwrite(label(VALUE).last(), value)
    }

    pub fn save_mappings(&self) -> Result<()> {
        self.hands.press("Save changes")?;
        self.hands.see("The attribute mappings were saved.")
    }

    /// Copies the table by dragging the mouse over it, or by copying the whole page.
    pub fn copy_table(&self) -> Result<()> {
        match self.hands.input_method() {
            InputMethod::Keyboard => self.browser.copy_page(),
            InputMethod::Mouse => {
                let driver = self.browser.driver();
                driver.select_by_drag(&driver.find("table")?)?;
                driver.press("Control+c")
            }
        }
    }
}
