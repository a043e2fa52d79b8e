//! Acts in a window as a person would: finds controls by their visible labels, and uses the mouse
//! or only the keyboard. Either way, text can be pasted and typed.

use std::{cell::Cell, path::Path, rc::Rc};

use serde_json::json;

use crate::{
    Result,
    driver::{Driver, Element, ElementQuery, Kind},
    wait::wait_until,
};

/// A number that is larger than the number of tab stops on any page.
const STOPS: usize = 200;

/// How the person moves from one control to another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum InputMethod {
    Mouse,
    /// The keys Tab, arrows, Enter and Space.
    Keyboard,
}

/// The visible label of a control, and what distinguishes it from other controls with the same
/// label.
#[derive(Clone, Debug)]
pub struct Label {
    text: String,
    near: Option<String>,
    position: i32,
}

/// Returns the first control with this label.
pub fn label(text: &str) -> Label {
    Label { text: text.to_owned(), near: None, position: 0 }
}

impl Label {
    /// Selects the match that is nearest to this text.
    pub fn near(self, words: &str) -> Self {
        Self { near: Some(words.to_owned()), ..self }
    }

    /// Selects the match at this position. A value of -1 means the last match.
    pub fn at(self, position: i32) -> Self {
        Self { position, ..self }
    }

    pub fn last(self) -> Self {
        self.at(-1)
    }

    fn element_query(&self, kind: Kind) -> ElementQuery {
        let Self { text, near, position } = self.clone();
        ElementQuery { kind, label: text, near, position }
    }
}

impl From<&str> for Label {
    fn from(text: &str) -> Self {
        label(text)
    }
}

/// A person who uses one window.
pub struct UserActions<'a> {
    driver: &'a Driver,
    way: InputMethod,
    clicks: ClickCount,
}

/// The number of mouse clicks.
pub type ClickCount = Rc<Cell<u32>>;

impl<'a> UserActions<'a> {
    /// Acts in this window and counts the clicks.
    pub fn new(driver: &'a Driver, way: InputMethod, clicks: &ClickCount) -> Self {
        Self { driver, way, clicks: clicks.clone() }
    }

    pub fn input_method(&self) -> InputMethod {
        self.way
    }

    pub fn press(&self, what: impl Into<Label>) -> Result<()> {
        let spot = what.into().element_query(Kind::Press);
        match self.way {
            InputMethod::Mouse => self.click(&spot),
            InputMethod::Keyboard => {
                self.focus_element(&spot)?;
                self.driver.press("Enter")
            }
        }
    }

    /// Pastes the clipboard into a field.
    pub fn paste(&self, what: impl Into<Label>) -> Result<()> {
        self.enter(&what.into().element_query(Kind::Field))?;
        self.driver.press("Control+v")
    }

    /// Replaces the content of a field with the clipboard.
    pub fn paste_over(&self, what: impl Into<Label>) -> Result<()> {
        self.enter(&what.into().element_query(Kind::Field))?;
        self.driver.press("Control+a")?;
        self.driver.press("Control+v")
    }

    pub fn write(&self, what: impl Into<Label>, text: &str) -> Result<()> {
        self.enter(&what.into().element_query(Kind::Field))?;
        self.driver.write(text)
    }

    /// Replaces the content of a field by typing.
    pub fn overwrite(&self, what: impl Into<Label>, text: &str) -> Result<()> {
        self.enter(&what.into().element_query(Kind::Field))?;
        self.driver.press("Control+a")?;
        self.driver.write(text)
    }

    pub fn value(&self, what: impl Into<Label>) -> Result<String> {
        let element = self.find(&what.into().element_query(Kind::Field))?;
        let value = self.driver.run_on("return arguments[0].value", &element)?;
        Ok(value.as_str().ok_or("the field holds no text")?.to_owned())
    }

    /// Selects a radio button or a check box.
    pub fn tick(&self, what: impl Into<Label>) -> Result<()> {
        let spot = what.into().element_query(Kind::Tick);
        match self.way {
            InputMethod::Mouse => self.click(&spot),
            InputMethod::Keyboard => {
                // When an arrow key reaches a radio button, it selects the button, and the page may
                // then remove the button.
                let Some(element) = self.focus_element(&spot)? else {
                    return Ok(());
                };
                let chosen = self.is_checked(&element).or_else(|_| {
                    Ok::<_, Box<dyn std::error::Error>>(self.driver.spot(&spot).is_err())
                })?;
                if !chosen {
                    self.driver.press("Space")?;
                }
                Ok(())
            }
        }
    }

    /// Selects an entry in a list.
    pub fn pick(&self, what: impl Into<Label>, option: &str) -> Result<()> {
        let list = what.into();
        match self.way {
            InputMethod::Mouse => {
                let spot = Label {
                    text: option.to_owned(),
                    near: Some(list.text),
                    position: list.position,
                };
                self.click(&spot.element_query(Kind::Option))
            }
            InputMethod::Keyboard => {
                self.focus_element(&list.element_query(Kind::Field))?;
                self.driver.write(option)
            }
        }
    }

    pub fn upload(&self, what: impl Into<Label>, file: &Path) -> Result<()> {
        self.driver.upload(&self.find(&what.into().element_query(Kind::Field))?, file)
    }

    /// Waits until the window shows this text.
    pub fn see(&self, words: &str) -> Result<()> {
        self.driver.see("body", words)
    }

    /// Returns the link or button that has this label.
    pub fn button(&self, what: impl Into<Label>) -> Result<Element> {
        self.find(&what.into().element_query(Kind::Press))
    }

    fn click(&self, spot: &ElementQuery) -> Result<()> {
        self.clicks.set(self.clicks.get() + 1);
        wait_until("something to click", || {
            self.driver.click_on(&self.driver.spot(spot)?).map(Some)
        })
    }

    /// Moves the cursor into a field.
    fn enter(&self, spot: &ElementQuery) -> Result<()> {
        match self.way {
            InputMethod::Mouse => self.click(spot)?,
            InputMethod::Keyboard => drop(self.focus_element(spot)?),
        }
        wait_until("the cursor in a field", || {
            let place = self.tab_position(&self.driver.spot(spot)?)?;
            Ok((place == "here").then_some(()))
        })
    }

    fn find(&self, spot: &ElementQuery) -> Result<Element> {
        wait_until("something to find", || self.driver.spot(spot).map(Some))
    }

    /// Moves the focus through the tab stops until it reaches the element. Returns `None` if the
    /// element disappeared because an arrow key reached it.
    fn focus_element(&self, spot: &ElementQuery) -> Result<Option<Element>> {
        let mut element = self.find(spot)?;
        let mut keys = "";
        for _ in 0..STOPS {
            let place = match self.tab_position(&element) {
                Ok(place) => place,
                // The page was redrawn after the element was found, or an arrow key has selected
                // the element.
                Err(_) if keys.starts_with("Arrow") => return Ok(None),
                Err(_) => {
                    element = self.find(spot)?;
                    continue;
                }
            };
            keys = match place.as_str() {
                "here" => return Ok(Some(element)),
                "before" => "Shift+Tab",
                "above" => "ArrowUp",
                "below" => "ArrowDown",
                _ => "Tab",
            };
            self.driver.press(keys)?;
            element = match self.driver.spot(spot) {
                Ok(element) => element,
                Err(_) if keys.starts_with("Arrow") => return Ok(None),
                Err(_) => self.find(spot)?,
            };
        }
        Err(format!("the keyboard does not reach {spot:?}").into())
    }

    /// Returns where an element is relative to the focus. Tab reaches one radio button in each
    /// group, and the arrow keys reach the other buttons.
    fn tab_position(&self, element: &Element) -> Result<String> {
        let script = "const [element] = arguments, focus = document.activeElement;
            if (focus === element) return 'here';
            if (!focus || focus === document.body) return 'after';
            const before = focus.compareDocumentPosition(element) & Node.DOCUMENT_POSITION_PRECEDING;
            const group = element.type === 'radio' && focus.type === 'radio' && focus.name === element.name;
            return group ? (before ? 'above' : 'below') : (before ? 'before' : 'after')";
        let place = self.driver.run_on(script, element)?;
        Ok(place.as_str().unwrap_or_default().to_owned())
    }

    fn is_checked(&self, element: &Element) -> Result<bool> {
        Ok(self.driver.run_on("return arguments[0].checked", element)? == json!(true))
    }
}
