//! A WebDriver client that drives a webview like a person and reads what the webview shows.
//!
//! The commands are from <https://www.w3.org/TR/webdriver2/>. Commands that find, click and read
//! wait until the page is ready.

use std::{path::Path, time::Duration};

use base64::{Engine, engine::general_purpose::STANDARD};
use serde_json::{Value, json};
use ureq::Agent;

use crate::{Result, wait::wait_until};

/// The key that holds an element's ID in WebDriver responses.
const ELEMENT: &str = "element-6066-11e4-a52e-4f735466cecf";

/// A time limit that is longer than the time to type any text in these tests.
const TYPING: Duration = Duration::from_secs(10);

/// An open session. Dropping this value ends the session and the app.
pub struct Driver {
    agent: Agent,
    session: String,
}

#[derive(Clone, Debug)]
pub struct Element(String);

/// Describes an element by what a person sees.
#[derive(Clone, Debug)]
pub struct ElementQuery {
    pub kind: Kind,
    /// The visible label, or the beginning of the label.
    pub label: String,
    /// Text near the element, which is needed if several elements have the same label.
    pub near: Option<String>,
    /// The position among the matches. A value of -1 means the last match.
    pub position: i32,
}

/// The kinds of elements that a person can tell apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// A button or a link.
    Press,
    /// A text box or a drop-down list.
    Field,
    /// A radio button or a check box.
    Tick,
    /// An entry in a list.
    Option,
}

impl Driver {
    /// Opens `program` (or the driver's own browser) through the WebDriver at `server`.
    pub fn open(server: &str, program: Option<&Path>) -> Result<Self> {
        let wanted = match program {
            Some(program) => {
                json!({ "webkitgtk:browserOptions": { "binary": program, "args": [] } })
            }
            None => json!({}),
        };
        Self::with(server, &wanted)
    }

    /// Opens a session with these capabilities.
    pub fn with(server: &str, wanted: &Value) -> Result<Self> {
        let agent = Agent::config_builder()
            .http_status_as_error(false)
            .timeout_global(Some(Duration::from_secs(60)))
            .build()
            .new_agent();
        let capabilities = json!({ "capabilities": { "alwaysMatch": wanted } });
        let opened = send(&agent, &format!("{server}/session"), &capabilities)?;
        let id = opened["sessionId"].as_str().ok_or("the WebDriver opened no session")?;
        Ok(Self { session: format!("{server}/session/{id}"), agent })
    }

    pub fn go(&self, address: &str) -> Result<()> {
        self.post("url", &json!({ "url": address })).map(drop)
    }

    /// Waits for the first element that matches the CSS selector.
    pub fn find(&self, selector: &str) -> Result<Element> {
        wait_until(selector, || self.look(selector).map(Some))
    }

    /// Returns all elements that currently match.
    pub fn find_all(&self, selector: &str) -> Result<Vec<Element>> {
        let found = self.post("elements", &css_selector(selector))?;
        let found = found.as_array().ok_or("the WebDriver returned no elements")?;
        found.iter().map(element).collect()
    }

    pub fn text(&self, selector: &str) -> Result<String> {
        wait_until(selector, || {
            let element = self.look(selector)?;
            self.read(&format!("element/{}/text", element.0)).map(Some)
        })
    }

    /// Waits until an element's text contains this text.
    pub fn see(&self, selector: &str, text: &str) -> Result<()> {
        wait_until(&format!("{selector} showing {text:?}"), || {
            let element = self.look(selector)?;
            let shown = self.read(&format!("element/{}/text", element.0))?;
            if shown.contains(text) {
                Ok(Some(()))
            } else {
                Err(format!("it shows {shown:?}").into())
            }
        })
    }

    /// Waits until an element no longer shows this text.
    pub fn wait_until_text_gone(&self, selector: &str, text: &str) -> Result<()> {
        wait_until(&format!("{selector} without {text:?}"), || {
            let element = self.look(selector)?;
            let shown = self.read(&format!("element/{}/text", element.0))?;
            Ok((!shown.contains(text)).then_some(()))
        })
    }

    /// Waits until no element matches the selector.
    pub fn wait_until_gone(&self, selector: &str) -> Result<()> {
        wait_until(&format!("{selector} to be gone"), || {
            Ok(self.find_all(selector)?.is_empty().then_some(()))
        })
    }

    /// Returns the current value of a property, such as `value` or `checked`.
    pub fn property(&self, selector: &str, name: &str) -> Result<Value> {
        wait_until(selector, || {
            let element = self.look(selector)?;
            self.get(&format!("element/{}/property/{name}", element.0)).map(Some)
        })
    }

    /// Scrolls an element away from sticky bars, waits until it stops moving, and clicks it.
    /// Without the wait, a layout change between press and release could make the click miss the
    /// element.
    pub fn click(&self, selector: &str) -> Result<()> {
        wait_until(&format!("{selector} to click"), || {
            self.click_on(&self.look(selector)?).map(Some)
        })
    }

    /// Clicks an element after it stops moving.
    pub fn click_on(&self, element: &Element) -> Result<()> {
        let still = self.run_async(include_str!("driver/stand_still.js"), &[element.argument()])?;
        if still != json!(true) {
            return Err("it still moves".into());
        }
        self.post(&format!("element/{}/click", element.0), &json!({})).map(drop)
    }

    pub fn spot(&self, spot: &ElementQuery) -> Result<Element> {
        let kind = match spot.kind {
            Kind::Press => "press",
            Kind::Field => "field",
            Kind::Tick => "tick",
            Kind::Option => "option",
        };
        let arguments = [json!(kind), json!(spot.label), json!(spot.near), json!(spot.position)];
        let found = self.run(include_str!("driver/labeled.js"), &arguments)?;
        element(&found).map_err(|_| format!("nothing looks like {spot:?}").into())
    }

    /// Runs a script that gets an element as its argument, and returns the result.
    pub fn run_on(&self, script: &str, element: &Element) -> Result<Value> {
        self.run(script, &[element.argument()])
    }

    /// Selects a file in a file field as if the user had chosen the file in the dialog.
    pub fn upload(&self, element: &Element, file: &Path) -> Result<()> {
        let path = file.to_str().ok_or("the path isn't UTF-8")?;
        self.post(&format!("element/{}/value", element.0), &json!({ "text": path })).map(drop)
    }

    /// Clicks an element while holding a key.
    pub fn click_with(&self, held: &str, element: &Element) -> Result<()> {
        let pause = json!({ "type": "pause" });
        let keys = json!({ "type": "key", "id": "keyboard", "actions": [
            { "type": "keyDown", "value": key(held) }, pause, pause, { "type": "keyUp", "value": key(held) },
        ] });
        let mouse = json!({ "type": "pointer", "id": "mouse", "actions": [
            { "type": "pointerMove", "origin": element.argument(), "x": 0, "y": 0 },
            { "type": "pointerDown", "button": 0 }, { "type": "pointerUp", "button": 0 }, pause,
        ] });
        self.post("actions", &json!({ "actions": [keys, mouse] })).map(drop)
    }

    /// Drags the mouse from just inside the upper left corner of an element to just beyond its
    /// lower right corner.
    pub fn select_by_drag(&self, element: &Element) -> Result<()> {
        let script = "arguments[0].scrollIntoView({ block: 'center' });
            const box = arguments[0].getBoundingClientRect();
            return [box.left + 1, box.top + 4, box.right - 1, box.bottom + 3].map(Math.round)";
        let ends = self.run_on(script, element)?;
        let point = |at: usize| json!({ "type": "pointerMove", "x": ends[at], "y": ends[at + 1] });
        let actions = json!([
            point(0), { "type": "pointerDown", "button": 0 }, point(2), point(2), { "type": "pointerUp", "button": 0 },
        ]);
        self.post(
            "actions",
            &json!({ "actions": [
            { "type": "pointer", "id": "mouse", "actions": actions },
        ] }),
        )
        .map(drop)
    }

    pub fn fill(&self, selector: &str, text: &str) -> Result<()> {
        let keys = json!({ "text": text.replace('\n', &key("Enter")) });
        wait_until(&format!("{selector} to type into"), || {
            let element = self.look(selector)?;
            self.post(&format!("element/{}/clear", element.0), &json!({}))?;
            // If a busy window misses keys, the command fails and all keys are typed again.
            let address = format!("{}/element/{}/value", self.session, element.0);
            let typed = self.agent.post(&address).config();
            let typed = typed.timeout_global(Some(TYPING)).build();
            answer(typed.send_json(&keys).map_err(|error| format_error(&address, &error))?)
                .map(Some)
        })
        .map(drop)
    }

    /// Presses keys such as `Alt+ArrowLeft`, `Tab` or `a` together on the focused element.
    pub fn press(&self, keys: &str) -> Result<()> {
        let keys: Vec<String> = keys.split('+').map(key).collect();
        let down = keys.iter().map(|key| json!({ "type": "keyDown", "value": key }));
        let up = keys.iter().rev().map(|key| json!({ "type": "keyUp", "value": key }));
        self.keys(down.chain(up).collect())
    }

    /// Types text into the focused element, one key at a time.
    pub fn write(&self, text: &str) -> Result<()> {
        let strokes = text.chars().flat_map(|character| {
            let key = character.to_string();
            [json!({ "type": "keyDown", "value": key }), json!({ "type": "keyUp", "value": key })]
        });
        self.keys(strokes.collect())
    }

    /// Runs a script as the body of a function with `arguments`, and returns the result.
    pub fn run(&self, script: &str, arguments: &[Value]) -> Result<Value> {
        self.post("execute/sync", &json!({ "script": script, "args": arguments }))
    }

    /// Runs an asynchronous script. The script's last argument is a callback. Returns the value
    /// passed to it.
    pub fn run_async(&self, script: &str, arguments: &[Value]) -> Result<Value> {
        self.post("execute/async", &json!({ "script": script, "args": arguments }))
    }

    /// Takes a PNG screenshot of the current frame and not of the previous frame.
    pub fn screenshot(&self) -> Result<Vec<u8>> {
        self.run_async(
            "const done = arguments[0]; requestAnimationFrame(() => requestAnimationFrame(() => done(null)))",
            &[],
        )?;
        Ok(STANDARD.decode(self.read("screenshot")?)?)
    }

    /// Resizes the page, without the window frame.
    pub fn resize(&self, width: u32, height: u32) -> Result<()> {
        let inner = || self.run("return [innerWidth, innerHeight, outerWidth, outerHeight]", &[]);
        let number = |sizes: &Value, index: usize| sizes[index].as_i64().unwrap_or(0);
        wait_until(&format!("a page of {width}×{height}"), || {
            let now = inner()?;
            if number(&now, 0) == i64::from(width) && number(&now, 1) == i64::from(height) {
                return Ok(Some(()));
            }
            let frame = [number(&now, 2) - number(&now, 0), number(&now, 3) - number(&now, 1)];
            let size = json!({
                "width": i64::from(width) + frame[0],
                "height": i64::from(height) + frame[1],
            });
            self.post("window/rect", &size)?;
            Err(format!("it is {now}").into())
        })
    }

    /// Moves the window to a position in screen pixels.
    pub fn place(&self, x: u32, y: u32, width: u32, height: u32) -> Result<()> {
        let place = json!({ "x": x, "y": y, "width": width, "height": height });
        self.post("window/rect", &place).map(drop)
    }

    /// Starts recording the errors that would appear in a browser's console.
    pub fn watch_errors(&self) -> Result<()> {
        self.run(include_str!("driver/watch_errors.js"), &[]).map(drop)
    }

    /// Returns the recorded errors, and all content security policy violations since the page was
    /// loaded.
    pub fn errors(&self) -> Result<Vec<String>> {
        Ok(serde_json::from_value(self.run("return window.acceptanceErrors ?? []", &[])?)?)
    }

    /// Starts recording which controls move after they are clicked.
    pub fn watch_movement(&self) -> Result<()> {
        self.run(include_str!("driver/watch_movement.js"), &[]).map(drop)
    }

    /// Returns the recorded movements, each with its step, control and distance.
    pub fn movements(&self) -> Result<Vec<String>> {
        Ok(serde_json::from_value(self.run("return window.acceptanceMovement()", &[])?)?)
    }

    fn keys(&self, strokes: Vec<Value>) -> Result<()> {
        let keyboard = json!({ "type": "key", "id": "keyboard", "actions": strokes });
        self.post("actions", &json!({ "actions": [keyboard] })).map(drop)
    }

    fn look(&self, selector: &str) -> Result<Element> {
        element(&self.post("element", &css_selector(selector))?)
    }

    fn read(&self, path: &str) -> Result<String> {
        Ok(self.get(path)?.as_str().ok_or("the WebDriver returned no text")?.to_owned())
    }

    fn get(&self, path: &str) -> Result<Value> {
        let address = format!("{}/{path}", self.session);
        let answered = self.agent.get(&address).call();
        answer(answered.map_err(|error| format_error(&address, &error))?)
    }

    fn post(&self, path: &str, body: &Value) -> Result<Value> {
        send(&self.agent, &format!("{}/{path}", self.session), body)
    }
}

impl Element {
    fn argument(&self) -> Value {
        json!({ ELEMENT: self.0 })
    }
}

impl Drop for Driver {
    fn drop(&mut self) {
        // If the test killed the app, the session may have already ended.
        let _ended = self.agent.delete(&self.session).call();
    }
}

fn css_selector(selector: &str) -> Value {
    json!({ "using": "css selector", "value": selector })
}

fn element(value: &Value) -> Result<Element> {
    Ok(Element(value[ELEMENT].as_str().ok_or("the WebDriver returned no element")?.to_owned()))
}

fn send(agent: &Agent, address: &str, body: &Value) -> Result<Value> {
    let answered = agent.post(address).send_json(body);
    answer(answered.map_err(|error| format_error(address, &error))?)
}

/// Formats an error and includes the command that got no response from the WebDriver.
fn format_error(address: &str, error: &ureq::Error) -> String {
    let command = address.split("/session").last().unwrap_or(address);
    format!("session{command}: {error}")
}

fn answer(mut response: ureq::http::Response<ureq::Body>) -> Result<Value> {
    let good = response.status().is_success();
    let mut answer: Value = response.body_mut().with_config().limit(64 << 20).read_json()?;
    let value = answer["value"].take();
    if good {
        return Ok(value);
    }
    let part = |name: &str| value[name].as_str().unwrap_or_default().to_owned();
    Err(format!("{}: {}", part("error"), part("message")).into())
}

/// Returns the WebDriver character of a key: <https://www.w3.org/TR/webdriver2/#keyboard-actions>.
fn key(name: &str) -> String {
    let code = match name {
        "Backspace" => '\u{E003}',
        "Tab" => '\u{E004}',
        "Enter" => '\u{E007}',
        "Shift" => '\u{E008}',
        "Control" => '\u{E009}',
        "Alt" => '\u{E00A}',
        "Escape" => '\u{E00C}',
        "Space" => ' ',
        "End" => '\u{E010}',
        "Home" => '\u{E011}',
        "ArrowLeft" => '\u{E012}',
        "ArrowUp" => '\u{E013}',
        "ArrowRight" => '\u{E014}',
        "ArrowDown" => '\u{E015}',
        "Delete" => '\u{E017}',
        "F6" => '\u{E036}',
        other => return other.to_owned(),
    };
    code.to_string()
}
