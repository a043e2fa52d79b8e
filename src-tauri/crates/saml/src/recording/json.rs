//! Splits JSON into its strings, each with the HTTP request it belongs to.
//!
//! Headers and cookies are skipped while parsing.

use std::fmt;

use serde::Deserialize;
use serde::de::{self, Deserializer, IgnoredAny, MapAccess, SeqAccess, Visitor};
use zeroize::Zeroizing;

use super::search::{MessageSearch, TextPlace};

/// Keys whose values never contain a SAML message, but may contain cookies and other secrets.
const SKIPPED: [&str; 10] = [
    "headers",
    "requestheaders",
    "responseheaders",
    "cookies",
    "cookie",
    "set-cookie",
    "authorization",
    "timings",
    "cache",
    "pages",
];

/// Keys for the content of an HTTP response.
const ANSWERS: [&str; 3] = ["response", "responsebody", "responsecontent"];

/// Searches the strings in JSON documents. If the text isn't JSON, searches the text itself.
pub(super) fn search(text: &str, search: &mut MessageSearch) {
    if !text.starts_with(['{', '[', '"']) || !search_documents(text, search) {
        search.text(text, TextPlace::default());
    }
}

/// Searches consecutive JSON documents. Returns false if the text doesn't end with a complete
/// document.
fn search_documents(text: &str, search: &mut MessageSearch) -> bool {
    let documents = serde_json::Deserializer::from_str(text).into_iter::<Json<'_>>();
    for document in documents {
        match document {
            Ok(document) => search_json(&document, TextPlace::default(), None, search),
            Err(_) => return false,
        }
    }
    true
}

/// A JSON value, without the parts that can't contain a SAML message.
enum Json<'t> {
    Borrowed(&'t str),
    /// A string with escapes.
    Owned(Zeroizing<String>),
    Number(u64),
    Array(Vec<Json<'t>>),
    Object(Vec<(String, Json<'t>)>),
    Other,
}

impl<'t> Json<'t> {
    fn text(&self) -> Option<&str> {
        match self {
            Self::Borrowed(text) => Some(text),
            Self::Owned(text) => Some(text),
            Self::Number(_) | Self::Array(_) | Self::Object(_) | Self::Other => None,
        }
    }

    fn get(&self, name: &str) -> Option<&Self> {
        let Self::Object(fields) = self else { return None };
        fields.iter().find(|(key, _)| key == name).map(|(_, value)| value)
    }

    fn link(&self) -> Option<&str> {
        let link = ["url", "uri"].iter().find_map(|name| self.get(name)?.text())?;
        link.get(..4).is_some_and(|start| start.eq_ignore_ascii_case("http")).then_some(link)
    }

    /// Returns the status of the HTTP response in this object.
    fn status(&self) -> Option<u16> {
        let own = ["status", "responsestatus", "statuscode"].iter().find_map(|name| self.get(name));
        match own.or_else(|| self.get("response")?.get("status"))? {
            Self::Number(status) => u16::try_from(*status).ok().filter(|status| *status >= 100),
            Self::Borrowed(_) | Self::Owned(_) | Self::Array(_) | Self::Object(_) | Self::Other => {
                None
            }
        }
    }
}

/// Searches all strings below `json`. `label` is the name that belongs to a value: an object's key
/// or *name*, or the first of two strings in an array.
fn search_json<'j>(
    json: &'j Json<'_>,
    place: TextPlace<'j>,
    label: Option<&'j str>,
    search: &mut MessageSearch,
) {
    match json {
        Json::Borrowed(_) | Json::Owned(_) => {
            let text = json.text().unwrap_or_default();
            search.search_labeled(label, text, place);
        }
        Json::Array(items) => {
            let mut label = label;
            for item in items {
                search_json(item, place, label, search);
                label = item.text().or(label);
            }
        }
        Json::Object(fields) => {
            let place = exchange_of(json, place, search);
            let name = json.get("name").and_then(Json::text);
            for (key, value) in fields {
                let place = match ANSWERS.contains(&key.as_str()) {
                    true => TextPlace { is_answer: true, ..place },
                    false => place,
                };
                let label = if key == "value" { name.or(label) } else { Some(key.as_str()) };
                search_json(value, place, label, search);
            }
        }
        Json::Number(_) | Json::Other => {}
    }
}

/// Returns the place of an object's strings. If the object has an address, this is a new HTTP
/// request.
fn exchange_of<'j>(
    json: &'j Json<'_>,
    place: TextPlace<'j>,
    search: &mut MessageSearch,
) -> TextPlace<'j> {
    let link = json.link().or_else(|| json.get("request")?.link());
    match link {
        Some(url) if place.exchange.is_none() => TextPlace {
            url: Some(url),
            status: json.status(),
            exchange: Some(search.exchange()),
            ..place
        },
        _ => place,
    }
}

impl<'de> Deserialize<'de> for Json<'de> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(JsonVisitor)
    }
}

struct JsonVisitor;

impl<'de> Visitor<'de> for JsonVisitor {
    type Value = Json<'de>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("JSON")
    }

    fn visit_borrowed_str<E: de::Error>(self, text: &'de str) -> Result<Self::Value, E> {
        Ok(Json::Borrowed(text))
    }

    fn visit_str<E: de::Error>(self, text: &str) -> Result<Self::Value, E> {
        Ok(Json::Owned(Zeroizing::new(text.to_owned())))
    }

    fn visit_u64<E: de::Error>(self, number: u64) -> Result<Self::Value, E> {
        Ok(Json::Number(number))
    }

    fn visit_i64<E: de::Error>(self, _: i64) -> Result<Self::Value, E> {
        Ok(Json::Other)
    }

    fn visit_f64<E: de::Error>(self, _: f64) -> Result<Self::Value, E> {
        Ok(Json::Other)
    }

    fn visit_bool<E: de::Error>(self, _: bool) -> Result<Self::Value, E> {
        Ok(Json::Other)
    }

    fn visit_unit<E: de::Error>(self) -> Result<Self::Value, E> {
        Ok(Json::Other)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Self::Value, A::Error> {
        let mut all = Vec::new();
        while let Some(item) = items.next_element()? {
            all.push(item);
        }
        Ok(Json::Array(all))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut fields: A) -> Result<Self::Value, A::Error> {
        let mut all = Vec::new();
        while let Some(key) = fields.next_key::<String>()? {
            let lower = key.to_ascii_lowercase();
            if SKIPPED.contains(&lower.as_str()) {
                fields.next_value::<IgnoredAny>()?;
            } else {
                // The name of a SAML parameter keeps its case.
                let key = if key.starts_with("SAML") { key } else { lower };
                all.push((key, fields.next_value()?));
            }
        }
        Ok(Json::Object(all))
    }
}
