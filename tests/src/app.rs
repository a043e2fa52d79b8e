//! Drives the app's window like a person. Finds labels by message key, so that tests don't break
//! when labels are reworded.

use std::{collections::BTreeMap, fs, path::Path};

use messages::{MessageCatalog, remove_markup};

use crate::{
    Result,
    desktop::Desktop,
    driver::Driver,
    user_actions::{ClickCount, InputMethod, Label, UserActions, label},
    wait::wait_until,
};

pub struct App<'a> {
    pub driver: &'a Driver,
    desktop: &'a Desktop,
    hands: UserActions<'a>,
    words: MessageCatalog,
}

/// A message that labels a button or a field, with the message's arguments.
#[derive(Clone, Debug)]
pub struct Message<'a> {
    key: &'a str,
    filled: Vec<(&'a str, &'a str)>,
    near: Option<&'a str>,
}

pub fn message(key: &str) -> Message<'_> {
    Message { key, filled: Vec::new(), near: None }
}

impl<'a> Message<'a> {
    pub fn with(mut self, name: &'a str, value: &'a str) -> Self {
        self.filled.push((name, value));
        self
    }

    /// Selects the match that is nearest to another message.
    pub fn near(self, key: &'a str) -> Self {
        Self { near: Some(key), ..self }
    }
}

impl<'a> From<&'a str> for Message<'a> {
    fn from(key: &'a str) -> Self {
        message(key)
    }
}

impl<'a> App<'a> {
    pub fn new(
        desktop: &'a Desktop,
        driver: &'a Driver,
        way: InputMethod,
        clicks: &ClickCount,
    ) -> Self {
        let hands = UserActions::new(driver, way, clicks);
        Self { driver, desktop, hands, words: MessageCatalog::english() }
    }

    pub fn press<'m>(&self, what: impl Into<Message<'m>>) -> Result<()> {
        self.hands.press(self.label(what)?)
    }

    /// Presses a control whose label isn't in the message catalog.
    pub fn press_text(&self, text: &str) -> Result<()> {
        self.hands.press(label(text))
    }

    /// Presses the copy button near a message and waits for the confirmation.
    pub fn copy(&self, near: &str) -> Result<()> {
        self.press(message("copy").near(near))?;
        self.hands.button(self.label(message("copied").near(near))?).map(drop)
    }

    /// Copies an address to open it in another browser window.
    pub fn copy_address(&self, near: &str) -> Result<String> {
        self.copy(near)?;
        self.desktop.clipboard()
    }

    pub fn copy_cell(&self, value: &str, near: &str) -> Result<()> {
        self.hands.press(label(value).near(near))
    }

    /// Pastes the clipboard into a field.
    pub fn paste<'m>(&self, what: impl Into<Message<'m>>) -> Result<()> {
        self.hands.paste(self.label(what)?)
    }

    /// Replaces the content of a field with the clipboard.
    pub fn paste_over<'m>(&self, what: impl Into<Message<'m>>) -> Result<()> {
        self.hands.paste_over(self.label(what)?)
    }

    pub fn write<'m>(&self, what: impl Into<Message<'m>>, text: &str) -> Result<()> {
        self.hands.write(self.label(what)?, text)
    }

    /// Replaces the content of a field by typing.
    pub fn overwrite<'m>(&self, what: impl Into<Message<'m>>, text: &str) -> Result<()> {
        self.hands.overwrite(self.label(what)?, text)
    }

    /// Checks that a required field is marked as empty, which happens after its form is submitted.
    pub fn expect_marked_empty(&self, field: &str) -> Result<()> {
        let label = self.text(&message(field))?;
        self.expect_message(message("field-missing").with("label", &label))
    }

    pub fn value<'m>(&self, what: impl Into<Message<'m>>) -> Result<String> {
        self.hands.value(self.label(what)?)
    }

    /// Selects a radio button or a check box.
    pub fn select_option<'m>(&self, what: impl Into<Message<'m>>) -> Result<()> {
        self.hands.tick(self.label(what)?)
    }

    pub fn select_entry<'m>(
        &self,
        list: impl Into<Message<'m>>,
        option: impl Into<Message<'m>>,
    ) -> Result<()> {
        self.hands.pick(self.label(list)?, &self.text(&option.into())?)
    }

    pub fn expect_message<'m>(&self, what: impl Into<Message<'m>>) -> Result<()> {
        self.hands.see(&self.text(&what.into())?)
    }

    /// Waits until the window shows this text, which isn't in the message catalog.
    pub fn expect_text(&self, words: &str) -> Result<()> {
        self.hands.see(words)
    }

    /// Presses *Continue* and waits for the heading of the next step.
    pub fn press_continue(&self, step: &str) -> Result<()> {
        self.press("continue")?;
        self.at_step(step)
    }

    /// Waits until a step is shown.
    pub fn at_step(&self, step: &str) -> Result<()> {
        self.driver.see("h1", &self.text(&message(&format!("step-{step}")))?)
    }

    pub fn expect_step_done(&self, step: &str) -> Result<()> {
        self.driver.find(&format!("[data-step={step}][data-status=done]")).map(drop)
    }

    /// Presses a button that opens a page in the browser. Returns the page's address.
    pub fn open<'m>(&self, what: impl Into<Message<'m>>) -> Result<String> {
        let known = self.desktop.opened_addresses()?.len();
        self.press(what)?;
        self.desktop.wait_for_opened_address(known)
    }

    /// Saves a document to a new file and returns the file's content. Waits for the file, because
    /// the dialog closes before the app writes the file.
    pub fn save<'m>(&self, what: impl Into<Message<'m>>, file: &Path) -> Result<String> {
        self.press(what)?;
        self.desktop.answer_dialog(file)?;
        wait_until("the saved file", || Ok(Some(fs::read_to_string(file)?)))
    }

    pub fn text(&self, message: &Message<'_>) -> Result<String> {
        let Message { key, filled, .. } = message;
        let filled: BTreeMap<String, String> =
            filled.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
        let text = match key.split_once('.') {
            Some((key, name)) => self.words.attribute(key, name, &filled),
            None => self.words.has(key).then(|| self.words.text(key, &filled)),
        };
        Ok(remove_markup(&text.ok_or_else(|| format!("there is no message {key}"))?))
    }

    fn label<'m>(&self, what: impl Into<Message<'m>>) -> Result<Label> {
        let what = what.into();
        let named = label(&self.text(&what)?);
        Ok(match what.near {
            Some(near) => named.near(&self.text(&message(near))?),
            None => named,
        })
    }
}
