//! The app's window as a person uses it. Labels are named by their messages, so that new wording
//! breaks no test.

use std::{collections::BTreeMap, fs, path::Path};

use messages::{Words, plain};

use crate::{
    Result,
    desktop::Desktop,
    driver::Driver,
    user_actions::{Clicks, InputMethod, Label, UserActions, label},
    wait::until,
};

/// The app's window on a desktop.
pub struct App<'a> {
    /// What reads the window.
    pub driver: &'a Driver,
    desktop: &'a Desktop,
    hands: UserActions<'a>,
    words: Words,
}

/// A message that stands on a button or a field, with what is filled in.
#[derive(Clone, Debug)]
pub struct Message<'a> {
    key: &'a str,
    filled: Vec<(&'a str, &'a str)>,
    near: Option<&'a str>,
}

/// The message under a key; `key.attribute` for one of its attributes.
pub fn message(key: &str) -> Message<'_> {
    Message { key, filled: Vec::new(), near: None }
}

impl<'a> Message<'a> {
    /// Fills in a value.
    pub fn with(mut self, name: &'a str, value: &'a str) -> Self {
        self.filled.push((name, value));
        self
    }

    /// The one that stands nearest to another message.
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
    /// The window that `driver` opened.
    pub fn new(
        desktop: &'a Desktop,
        driver: &'a Driver,
        way: InputMethod,
        clicks: &Clicks,
    ) -> Self {
        let hands = UserActions::new(driver, way, clicks);
        Self { driver, desktop, hands, words: Words::english() }
    }

    /// Presses a button.
    pub fn press<'m>(&self, what: impl Into<Message<'m>>) -> Result<()> {
        self.hands.press(self.label(what)?)
    }

    /// Presses the button that copies, and waits until it says that it did.
    pub fn copy(&self, near: &str) -> Result<()> {
        self.press(message("copy").near(near))?;
        self.hands.button(self.label(message("copied").near(near))?).map(drop)
    }

    /// Presses a cell that copies itself.
    pub fn copy_cell(&self, value: &str, near: &str) -> Result<()> {
        self.hands.press(label(value).near(near))
    }

    /// Pastes what is on the clipboard into a field.
    pub fn paste<'m>(&self, what: impl Into<Message<'m>>) -> Result<()> {
        self.hands.paste(self.label(what)?)
    }

    /// Pastes over what a field holds.
    pub fn paste_over<'m>(&self, what: impl Into<Message<'m>>) -> Result<()> {
        self.hands.paste_over(self.label(what)?)
    }

    /// Types into a field.
    pub fn write<'m>(&self, what: impl Into<Message<'m>>, text: &str) -> Result<()> {
        self.hands.write(self.label(what)?, text)
    }

    /// Types over what a field holds.
    pub fn overwrite<'m>(&self, what: impl Into<Message<'m>>, text: &str) -> Result<()> {
        self.hands.overwrite(self.label(what)?, text)
    }

    /// Says below a field that it is empty, as a required one is after its form was sent.
    pub fn see_missing(&self, field: &str) -> Result<()> {
        let label = self.text(&message(field))?;
        self.see(message("field-missing").with("label", &label))
    }

    /// What a field holds.
    pub fn value<'m>(&self, what: impl Into<Message<'m>>) -> Result<String> {
        self.hands.value(self.label(what)?)
    }

    /// Chooses a radio button or checks a box.
    pub fn tick<'m>(&self, what: impl Into<Message<'m>>) -> Result<()> {
        self.hands.tick(self.label(what)?)
    }

    /// Chooses an entry of a list.
    pub fn pick<'m>(
        &self,
        list: impl Into<Message<'m>>,
        option: impl Into<Message<'m>>,
    ) -> Result<()> {
        self.hands.pick(self.label(list)?, &self.text(&option.into())?)
    }

    /// Waits until the window shows a message.
    pub fn see<'m>(&self, what: impl Into<Message<'m>>) -> Result<()> {
        self.hands.see(&self.text(&what.into())?)
    }

    /// Waits until the window shows these words, which are nobody's message.
    pub fn see_text(&self, words: &str) -> Result<()> {
        self.hands.see(words)
    }

    /// Presses *Continue*, and waits for the next step's heading.
    pub fn go_on(&self, step: &str) -> Result<()> {
        self.press("continue")?;
        self.at_step(step)
    }

    /// Waits until a step is on show.
    pub fn at_step(&self, step: &str) -> Result<()> {
        self.driver.see("h1", &self.text(&message(&format!("step-{step}")))?)
    }

    /// Waits until the list of steps shows a step as done.
    pub fn done(&self, step: &str) -> Result<()> {
        self.driver.find(&format!("[data-step={step}][data-status=done]")).map(drop)
    }

    /// Presses a button that opens a page in the browser; the page's address.
    pub fn open<'m>(&self, what: impl Into<Message<'m>>) -> Result<String> {
        let known = self.desktop.opened()?.len();
        self.press(what)?;
        self.desktop.next_opened(known)
    }

    /// Saves a document where nothing was, and reads it: the dialog closes before the file is written.
    pub fn save<'m>(&self, what: impl Into<Message<'m>>, file: &Path) -> Result<String> {
        self.press(what)?;
        self.desktop.answer_dialog(file)?;
        until("the saved file", || Ok(Some(fs::read_to_string(file)?)))
    }

    /// What a message says.
    pub fn text(&self, message: &Message<'_>) -> Result<String> {
        let Message { key, filled, .. } = message;
        let filled: BTreeMap<String, String> =
            filled.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
        let text = match key.split_once('.') {
            Some((key, name)) => self.words.attribute(key, name, &filled),
            None => self.words.has(key).then(|| self.words.text(key, &filled)),
        };
        Ok(plain(&text.ok_or_else(|| format!("there is no message {key}"))?))
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
