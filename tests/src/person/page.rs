//! A practice page. It's read through the IDs and names that practice mode documents.

use ureq::{Body, http::Response};

use crate::Result;

/// A page that the server returned.
#[derive(Clone, Debug)]
pub struct Page {
    pub status: u16,
    /// The response body, which can be HTML or anything else.
    pub body: String,
}

impl Page {
    pub(super) fn from_response(mut answer: Response<Body>) -> Result<Self> {
        Ok(Self { status: answer.status().as_u16(), body: answer.body_mut().read_to_string()? })
    }

    /// Returns the text or value of the element with this ID.
    pub fn element(&self, id: &str) -> Result<String> {
        let start = self
            .body
            .find(&format!("id=\"{id}\""))
            .ok_or_else(|| format!("the page has no #{id}: {}", self.heading()))?;
        let tag_end = start + self.body[start..].find('>').ok_or("no opening tag")?;
        let tag = &self.body[start..tag_end];
        if let Some(value) = attribute(tag, "value") {
            return Ok(value);
        }
        let text = &self.body[tag_end + 1..];
        Ok(unescape(&text[..text.find("</").unwrap_or(text.len())]))
    }

    /// Returns the value of the form field with this name.
    pub fn field(&self, name: &str) -> Result<String> {
        self.hidden()
            .into_iter()
            .find(|(known, _)| known == name)
            .map(|(_, value)| value)
            .ok_or_else(|| format!("the page has no field {name}: {}", self.heading()).into())
    }

    /// Returns the target of the first link with this class.
    pub fn link(&self, class: &str) -> Result<String> {
        self.tags("a")
            .find(|tag| tag.contains(&format!("class=\"{class}\"")))
            .and_then(|tag| attribute(tag, "href"))
            .ok_or_else(|| format!("the page has no link .{class}: {}", self.heading()).into())
    }

    /// Returns the text that a browser copies from the page, one line for each element. Contents of
    /// form fields aren't copied.
    pub fn copied_text(&self) -> String {
        let mut text = String::new();
        let mut skipped = "";
        for part in self.body.split('<').skip(1) {
            let (tag, after) = part.split_once('>').unwrap_or_default();
            let name = tag.split(' ').next().unwrap_or_default();
            if skipped.is_empty() {
                const SKIPPED: [&str; 5] = ["head", "script", "textarea", "select", "template"];
                skipped = SKIPPED.into_iter().find(|one| *one == name).unwrap_or_default();
            } else if name.strip_prefix('/') == Some(skipped) {
                skipped = "";
            }
            let line = unescape(after.trim());
            if skipped.is_empty() && !line.is_empty() {
                text += &line;
                text += "\n";
            }
        }
        text
    }

    pub fn has_link(&self, text: &str) -> bool {
        self.body.contains(&format!(">{text}</a>"))
    }

    pub fn heading(&self) -> String {
        let start = self.body.find("<h1");
        let text = start.map(|at| &self.body[at..]).unwrap_or_default();
        let text = text.split_once('>').map(|(_, rest)| rest).unwrap_or_default();
        unescape(text.split("</h1").next().unwrap_or_default())
    }

    /// Returns the text in the first column of a table.
    pub(super) fn first_cells(&self) -> Vec<String> {
        let rows = self.body.split("<tr><td>").skip(1);
        rows.map(|row| {
            let cell = row.split("</td>").next().unwrap_or_default();
            let texts = cell.split('<').map(|part| match part.split_once('>') {
                Some((_tag, text)) => text,
                None => part,
            });
            unescape(&texts.collect::<String>())
        })
        .collect()
    }

    /// Returns whether the person is signed in to nOps.
    pub fn is_signed_in(&self) -> bool {
        self.body.contains("id=\"welcome\"")
    }

    /// Returns whether nOps is waiting for the email confirmation.
    pub fn is_waiting_for_confirmation(&self) -> bool {
        self.heading().contains("Confirm that SSO access is allowed")
    }

    /// Returns the error text from nOps or AWS. If there's no error, returns the heading.
    pub fn error(&self) -> String {
        self.element("error").unwrap_or_else(|_| self.heading())
    }

    pub fn ensure_no_error(&self, what: &str) -> Result<()> {
        match self.status < 400 {
            true => Ok(()),
            false => Err(format!("{what} answered {}: {}", self.status, self.error()).into()),
        }
    }

    pub(super) fn has_field(&self, field: &str) -> bool {
        self.tags("input").any(|tag| attribute(tag, "name").as_deref() == Some(field))
    }

    pub(super) fn is_self_submitting(&self) -> bool {
        let saml = ["SAMLResponse", "SAMLRequest"];
        saml.iter().any(|name| self.has_field(name)) && !self.body.contains("id=\"saml-xml\"")
    }

    pub(super) fn action(&self) -> Result<String> {
        self.tags("form")
            .find(|tag| !tag.contains("class=\"action\""))
            .and_then(|tag| attribute(tag, "action"))
            .ok_or_else(|| format!("the page has no form: {}", self.heading()).into())
    }

    /// Returns the hidden fields from all forms.
    pub(super) fn hidden(&self) -> Vec<(String, String)> {
        self.tags("input")
            .filter(|tag| attribute(tag, "type").as_deref() == Some("hidden"))
            .filter_map(|tag| {
                Some((attribute(tag, "name")?, attribute(tag, "value").unwrap_or_default()))
            })
            .collect()
    }

    fn tags<'a>(&'a self, name: &str) -> impl Iterator<Item = &'a str> + use<'a> {
        let open = format!("<{name} ");
        self.body.match_indices(&open).map(|(at, _)| at).collect::<Vec<_>>().into_iter().map(|at| {
            let rest = &self.body[at..];
            &rest[..rest.find('>').unwrap_or(rest.len())]
        })
    }
}

fn attribute(tag: &str, name: &str) -> Option<String> {
    let start = tag.find(&format!(" {name}=\""))? + name.len() + 3;
    Some(unescape(&tag[start..start + tag[start..].find('"')?]))
}

fn unescape(text: &str) -> String {
    text.replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&quot;", "\"")
        .replace("&#39;", "'")
        .replace("&amp;", "&")
}
