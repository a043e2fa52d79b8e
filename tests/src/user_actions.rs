//! How a person acts in a window: finds things by what is written on them, and uses the mouse, or the
//! keyboard alone. Text is pasted or typed either way.

use std::{cell::Cell, path::Path, rc::Rc};

use serde_json::json;

use crate::{
    Result,
    driver::{Driver, Element, Kind, Spot},
    wait::until,
};

/// More stops than any page has: who passes that many has gone round.
const STOPS: usize = 200;

/// What the person uses to get from one control to another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum InputMethod {
    /// Points and clicks.
    Mouse,
    /// Tab, arrows, Enter and Space.
    Keyboard,
}

/// Where something is: its visible label, and what tells it from others with this label.
#[derive(Clone, Debug)]
pub struct Label {
    text: String,
    near: Option<String>,
    position: i32,
}

/// The first thing with this label.
pub fn label(text: &str) -> Label {
    Label { text: text.to_owned(), near: None, position: 0 }
}

impl Label {
    /// The one that stands nearest to these words.
    pub fn near(self, words: &str) -> Self {
        Self { near: Some(words.to_owned()), ..self }
    }

    /// The one at this position; -1 is the last.
    pub fn at(self, position: i32) -> Self {
        Self { position, ..self }
    }

    /// The last one.
    pub fn last(self) -> Self {
        self.at(-1)
    }

    fn spot(&self, kind: Kind) -> Spot {
        let Self { text, near, position } = self.clone();
        Spot { kind, label: text, near, position }
    }
}

impl From<&str> for Label {
    fn from(text: &str) -> Self {
        label(text)
    }
}

/// A person at one window.
pub struct UserActions<'a> {
    driver: &'a Driver,
    way: InputMethod,
    clicks: Clicks,
}

/// How often somebody pressed the mouse.
pub type Clicks = Rc<Cell<u32>>;

impl<'a> UserActions<'a> {
    /// Hands in this window, whose clicks are counted.
    pub fn new(driver: &'a Driver, way: InputMethod, clicks: &Clicks) -> Self {
        Self { driver, way, clicks: clicks.clone() }
    }

    /// What the person uses.
    pub fn way(&self) -> InputMethod {
        self.way
    }

    /// Presses a button or follows a link.
    pub fn press(&self, what: impl Into<Label>) -> Result<()> {
        let spot = what.into().spot(Kind::Press);
        match self.way {
            InputMethod::Mouse => self.click(&spot),
            InputMethod::Keyboard => {
                self.reach(&spot)?;
                self.driver.press("Enter")
            }
        }
    }

    /// Pastes into a field what is on the clipboard.
    pub fn paste(&self, what: impl Into<Label>) -> Result<()> {
        self.enter(&what.into().spot(Kind::Field))?;
        self.driver.press("Control+v")
    }

    /// Replaces what a field holds by what is on the clipboard.
    pub fn paste_over(&self, what: impl Into<Label>) -> Result<()> {
        self.enter(&what.into().spot(Kind::Field))?;
        self.driver.press("Control+a")?;
        self.driver.press("Control+v")
    }

    /// Types into a field.
    pub fn write(&self, what: impl Into<Label>, text: &str) -> Result<()> {
        self.enter(&what.into().spot(Kind::Field))?;
        self.driver.write(text)
    }

    /// Types over what a field holds.
    pub fn overwrite(&self, what: impl Into<Label>, text: &str) -> Result<()> {
        self.enter(&what.into().spot(Kind::Field))?;
        self.driver.press("Control+a")?;
        self.driver.write(text)
    }

    /// What a field holds.
    pub fn value(&self, what: impl Into<Label>) -> Result<String> {
        let element = self.find(&what.into().spot(Kind::Field))?;
        let value = self.driver.run_on("return arguments[0].value", &element)?;
        Ok(value.as_str().ok_or("the field holds no text")?.to_owned())
    }

    /// Chooses a radio button or checks a box.
    pub fn tick(&self, what: impl Into<Label>) -> Result<()> {
        let spot = what.into().spot(Kind::Tick);
        match self.way {
            InputMethod::Mouse => self.click(&spot),
            InputMethod::Keyboard => {
                // Arrows choose the radio button that they reach, and the page may then take it away.
                let Some(element) = self.reach(&spot)? else {
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

    /// Chooses an entry of a list.
    pub fn pick(&self, what: impl Into<Label>, option: &str) -> Result<()> {
        let list = what.into();
        match self.way {
            InputMethod::Mouse => {
                let spot = Label {
                    text: option.to_owned(),
                    near: Some(list.text),
                    position: list.position,
                };
                self.click(&spot.spot(Kind::Option))
            }
            InputMethod::Keyboard => {
                self.reach(&list.spot(Kind::Field))?;
                self.driver.write(option)
            }
        }
    }

    /// Names a file in a file field.
    pub fn upload(&self, what: impl Into<Label>, file: &Path) -> Result<()> {
        self.driver.upload(&self.find(&what.into().spot(Kind::Field))?, file)
    }

    /// Waits until the window shows these words.
    pub fn see(&self, words: &str) -> Result<()> {
        self.driver.see("body", words)
    }

    /// The link or button with this label.
    pub fn button(&self, what: impl Into<Label>) -> Result<Element> {
        self.find(&what.into().spot(Kind::Press))
    }

    fn click(&self, spot: &Spot) -> Result<()> {
        self.clicks.set(self.clicks.get() + 1);
        until("something to click", || self.driver.click_on(&self.driver.spot(spot)?).map(Some))
    }

    /// Puts the cursor into a field.
    fn enter(&self, spot: &Spot) -> Result<()> {
        match self.way {
            InputMethod::Mouse => self.click(spot)?,
            InputMethod::Keyboard => drop(self.reach(spot)?),
        }
        until("the cursor in a field", || {
            let place = self.place_of(&self.driver.spot(spot)?)?;
            Ok((place == "here").then_some(()))
        })
    }

    fn find(&self, spot: &Spot) -> Result<Element> {
        until("something to find", || self.driver.spot(spot).map(Some))
    }

    /// Goes from stop to stop until the focus is on the element; none if it went away as an arrow reached it.
    fn reach(&self, spot: &Spot) -> Result<Option<Element>> {
        let mut element = self.find(spot)?;
        for _ in 0..STOPS {
            let keys = match self.place_of(&element)?.as_str() {
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

    /// Where an element is, seen from the focus. Tab stops once in a group of radio buttons; the
    /// arrows lead to the others.
    fn place_of(&self, element: &Element) -> Result<String> {
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
