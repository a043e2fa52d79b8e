//! How a person acts in the window: with the mouse, or with the keyboard alone.

use serde_json::json;

use crate::{
    Result,
    desktop::{Copied, Desktop},
    driver::Driver,
    wait::until,
};

/// More stops than any page has: who passes that many has gone round.
const STOPS: usize = 150;

/// What the person uses to get from one control to another. Text is pasted or typed either way.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Way {
    /// Points and clicks.
    Mouse,
    /// Tab, arrows, Enter, Space, and the window's own shortcuts.
    Keyboard,
}

/// A person at the window.
pub struct Hands<'a> {
    desktop: &'a Desktop,
    app: &'a Driver,
    way: Way,
}

impl<'a> Hands<'a> {
    /// Hands on this desktop, in this window.
    pub fn new(desktop: &'a Desktop, app: &'a Driver, way: Way) -> Self {
        Self { desktop, app, way }
    }

    /// Presses a button.
    pub fn press(&self, selector: &str) -> Result<()> {
        match self.way {
            Way::Mouse => self.app.click(selector),
            Way::Keyboard => {
                self.reach(selector)?;
                self.app.press("Enter")
            }
        }
    }

    /// Goes on to the next step, whose heading this is.
    pub fn go_on(&self, heading: &str) -> Result<()> {
        match self.way {
            Way::Mouse => self.app.click(".foot [data-action=continue]")?,
            Way::Keyboard => self.app.press("Alt+ArrowRight")?,
        }
        self.app.see("h1", heading)?;
        // A new page is read from its heading on.
        self.focused("h1")
    }

    /// Ticks a box that is not ticked yet.
    pub fn tick(&self, selector: &str) -> Result<()> {
        match self.way {
            Way::Mouse => self.app.click(selector)?,
            Way::Keyboard => {
                self.reach(selector)?;
                self.app.press("Space")?;
            }
        }
        self.holds(selector, "checked", &json!(true))
    }

    /// Chooses one of several radio buttons. What becomes of the choice is for the caller to look at.
    pub fn choose(&self, selector: &str) -> Result<()> {
        match self.way {
            Way::Mouse => self.app.click(selector),
            Way::Keyboard => self.choose_by_arrows(selector),
        }
    }

    /// Chooses the entry of a list that begins with these letters.
    pub fn pick(&self, selector: &str, letters: &str, value: &str) -> Result<()> {
        match self.way {
            Way::Mouse => self
                .app
                .click(&format!("{selector} option[value='{value}']"))?,
            Way::Keyboard => {
                self.reach(selector)?;
                self.app.write(letters)?;
            }
        }
        self.holds(selector, "value", &json!(value))
    }

    /// Types into a field that is empty.
    pub fn write(&self, selector: &str, text: &str) -> Result<()> {
        self.enter(selector)?;
        self.app.write(text)
    }

    /// Pastes into a field what was copied on another page, which is open until what this returns is dropped.
    pub fn paste(&self, selector: &str, text: &str) -> Result<Copied> {
        let page = self.desktop.copy_elsewhere(text)?;
        self.enter(selector)?;
        self.app.press("Control+v")?;
        Ok(page)
    }

    /// Copies a numbered value of this step.
    pub fn copy(&self, number: u32) -> Result<String> {
        match self.way {
            Way::Mouse => self.app.click(&format!("main [data-copy='{number}']"))?,
            Way::Keyboard => self.app.press(&format!("Control+{number}"))?,
        }
        self.app
            .find(&format!("main [data-copy='{number}'].is-copied"))?;
        self.desktop.clipboard()
    }

    /// Puts the cursor into a field.
    fn enter(&self, selector: &str) -> Result<()> {
        match self.way {
            Way::Mouse => self.app.click(selector)?,
            Way::Keyboard => self.reach(selector)?,
        }
        self.focused(selector)
    }

    /// Goes from stop to stop until the focus is on the control.
    fn reach(&self, selector: &str) -> Result<()> {
        self.app.find(selector)?;
        for _ in 0..STOPS {
            if self.is_focused(selector)? {
                return Ok(());
            }
            self.app.press("Tab")?;
        }
        Err(format!("the keyboard does not reach {selector}").into())
    }

    /// Tab stops at one button of a group; the arrows lead to the others.
    fn choose_by_arrows(&self, selector: &str) -> Result<()> {
        let name = self.app.property(selector, "name")?;
        let name = name.as_str().ok_or("the button belongs to no group")?;
        self.reach(&format!("input[name='{name}']"))?;
        for _ in 0..STOPS {
            if self.is_focused(selector)? {
                return self.app.press("Space");
            }
            self.app.press("ArrowDown")?;
        }
        Err(format!("the arrows do not reach {selector}").into())
    }

    fn is_focused(&self, selector: &str) -> Result<bool> {
        let script = "return document.activeElement?.matches(arguments[0]) ?? false";
        Ok(self.app.run(script, &[json!(selector)])? == json!(true))
    }

    fn focused(&self, selector: &str) -> Result<()> {
        until(&format!("the focus on {selector}"), || {
            Ok(self.is_focused(selector)?.then_some(()))
        })
    }

    fn holds(&self, selector: &str, property: &str, value: &serde_json::Value) -> Result<()> {
        until(&format!("{selector} with {property} {value}"), || {
            let holds = self.app.property(selector, property)?;
            if holds == *value {
                Ok(Some(()))
            } else {
                Err(format!("it has {holds}").into())
            }
        })
    }
}
