//! How a person acts in the window: with the mouse, or with the keyboard alone.

use std::cell::Cell;

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

/// What a setup costs a person, in the window and on the pages beside it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Effort {
    /// Presses of the mouse.
    pub clicks: u32,
    /// Keys, without what is typed into fields.
    pub keystrokes: u32,
    /// Values pasted, here or there.
    pub pastes: u32,
    /// Characters typed into fields, here or there.
    pub typed: u32,
    /// How often another window had to be brought to the front. The strip lies beside the page.
    pub switches: u32,
}

/// Where the person is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Place {
    Window,
    Strip,
    Page,
}

/// A person at the window.
pub struct Hands<'a> {
    desktop: &'a Desktop,
    app: &'a Driver,
    way: Way,
    effort: Cell<Effort>,
    place: Cell<Place>,
}

impl<'a> Hands<'a> {
    /// Hands on this desktop, in this window.
    pub fn new(desktop: &'a Desktop, app: &'a Driver, way: Way) -> Self {
        Self { desktop, app, way, effort: Cell::default(), place: Cell::new(Place::Window) }
    }

    /// What it has cost so far.
    pub fn effort(&self) -> Effort {
        self.effort.get()
    }

    /// Makes the window the narrow strip beside the page, or the strip a window again.
    pub fn strip(&self, on: bool) -> Result<()> {
        self.come_to(Place::Window);
        if on {
            self.press("[data-action=companion]")?;
            self.app.find("main.strip")?;
            self.place.set(Place::Strip);
        } else {
            self.press("[data-action=main-window]")?;
            self.app.find(".rail")?;
        }
        Ok(())
    }

    /// On a page beside the window, so many copied values are pasted, and this is typed.
    pub fn on_page(&self, pastes: u32, typed: &str) {
        self.come_to(Place::Page);
        self.count(|effort| {
            effort.pastes += pastes;
            effort.typed += letters(typed);
        });
    }

    /// Goes where the next thing is done. Between strip and page nothing has to be brought to the front.
    fn come_to(&self, next: Place) {
        match (self.place.get(), next) {
            (here, there) if here == there => {}
            (Place::Strip, Place::Page) => {}
            (Place::Strip, _) => self.place.set(next),
            _ => {
                self.count(|effort| effort.switches += 1);
                self.place.set(next);
            }
        }
    }

    fn count(&self, change: impl FnOnce(&mut Effort)) {
        let mut effort = self.effort.get();
        change(&mut effort);
        self.effort.set(effort);
    }

    fn click(&self, selector: &str) -> Result<()> {
        if self.place.get() == Place::Page {
            self.come_to(Place::Window);
        }
        self.count(|effort| effort.clicks += 1);
        self.app.click(selector)
    }

    fn key(&self, keys: &str) -> Result<()> {
        if self.place.get() == Place::Page {
            self.come_to(Place::Window);
        }
        self.count(|effort| effort.keystrokes += 1);
        self.app.press(keys)
    }

    /// Presses a button.
    pub fn press(&self, selector: &str) -> Result<()> {
        match self.way {
            Way::Mouse => self.click(selector),
            Way::Keyboard => {
                self.reach(selector)?;
                self.key("Enter")
            }
        }
    }

    /// Goes on to the next step, whose heading this is.
    pub fn go_on(&self, heading: &str) -> Result<()> {
        match self.way {
            Way::Mouse => self.click(".foot [data-action=continue]")?,
            Way::Keyboard => self.key("Alt+ArrowRight")?,
        }
        self.app.see("h1", heading)?;
        // A new page is read from its heading on.
        self.focused("h1")
    }

    /// Ticks a box that is not ticked yet.
    pub fn tick(&self, selector: &str) -> Result<()> {
        match self.way {
            Way::Mouse => self.click(selector)?,
            Way::Keyboard => {
                self.reach(selector)?;
                self.key("Space")?;
            }
        }
        self.holds(selector, "checked", &json!(true))
    }

    /// Chooses one of several radio buttons. What becomes of the choice is for the caller to look at.
    pub fn choose(&self, selector: &str) -> Result<()> {
        match self.way {
            Way::Mouse => self.click(selector),
            Way::Keyboard => self.choose_by_arrows(selector),
        }
    }

    /// Chooses the entry of a list that begins with these letters.
    pub fn pick(&self, selector: &str, letters: &str, value: &str) -> Result<()> {
        match self.way {
            Way::Mouse => self.click(&format!("{selector} option[value='{value}']"))?,
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
        self.count(|effort| effort.typed += letters(text));
        self.app.write(text)
    }

    /// Pastes into a field what was copied on another page, which is open until what this returns is dropped.
    pub fn paste(&self, selector: &str, text: &str) -> Result<Copied> {
        self.come_to(Place::Page);
        let page = self.desktop.copy_elsewhere(text)?;
        self.enter(selector)?;
        self.count(|effort| effort.pastes += 1);
        self.key("Control+v")?;
        Ok(page)
    }

    /// Copies a numbered value of this step.
    pub fn copy(&self, number: u32) -> Result<String> {
        match self.way {
            Way::Mouse => self.click(&format!("main [data-copy='{number}']"))?,
            Way::Keyboard => self.key(&format!("Control+{number}"))?,
        }
        self.app.find(&format!(
            "main :is([data-copy='{number}'].is-copied, .is-copied > [data-copy='{number}'])"
        ))?;
        self.desktop.clipboard()
    }

    /// Puts the cursor into a field.
    fn enter(&self, selector: &str) -> Result<()> {
        match self.way {
            Way::Mouse => self.click(selector)?,
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
            self.key("Tab")?;
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
                return self.key("Space");
            }
            self.key("ArrowDown")?;
        }
        Err(format!("the arrows do not reach {selector}").into())
    }

    fn is_focused(&self, selector: &str) -> Result<bool> {
        let script = "return document.activeElement?.matches(arguments[0]) ?? false";
        Ok(self.app.run(script, &[json!(selector)])? == json!(true))
    }

    fn focused(&self, selector: &str) -> Result<()> {
        until(&format!("the focus on {selector}"), || Ok(self.is_focused(selector)?.then_some(())))
    }

    fn holds(&self, selector: &str, property: &str, value: &serde_json::Value) -> Result<()> {
        until(&format!("{selector} with {property} {value}"), || {
            let holds = self.app.property(selector, property)?;
            if holds == *value { Ok(Some(())) } else { Err(format!("it has {holds}").into()) }
        })
    }
}

fn letters(text: &str) -> u32 {
    text.chars().fold(0, |count, _| count + 1)
}
