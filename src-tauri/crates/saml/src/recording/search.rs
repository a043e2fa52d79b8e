//! Searches texts for SAML messages, and limits the work.

use std::collections::{HashMap, HashSet, VecDeque};
use std::hash::{DefaultHasher, Hash as _, Hasher as _};

use bergshamra_xml::uppsala::Document;
use zeroize::Zeroizing;

use super::{Message, MessageKind, Recording, Repair, encoded, markup, unescape};
use crate::response::{self, ResponseError};
use crate::xml::{self, Node, PROTOCOL};

/// The maximum number of texts to search for each text in the recording, including the text itself.
const MOST_TEXTS: usize = 12;
/// The maximum number of times to unescape a text in succession, for example a URL in HTML in JSON.
const MOST_UNESCAPED: u32 = 3;
/// The maximum length of text to unescape, in bytes.
const MOST_UNESCAPED_BYTES: usize = 4 << 20;
/// The maximum total size of unescaped texts to search, in bytes. The recording itself doesn't
/// count.
const MOST_AGAIN: usize = 24 << 20;
/// The maximum number of base64 runs to decode.
const MOST_RUNS: u32 = 512;
const MOST_MESSAGES: usize = 64;
/// The maximum total size of XML to parse, in bytes.
const MOST_XML: usize = 2 << 20;
/// The maximum size of the form around a message, in bytes. The form contains names, the relay
/// state and markup.
const MOST_FORM: usize = 100;

/// The maximum length of a placeholder, in bytes.
const LONGEST_PLACEHOLDER: usize = 100;
/// The maximum number of XML documents to parse.
const MOST_DOCUMENTS: usize = 512;

/// The place in the recording that the text comes from.
#[derive(Clone, Copy, Default)]
pub(super) struct TextPlace<'t> {
    pub(super) url: Option<&'t str>,
    pub(super) status: Option<u16>,
    /// The number of the HTTP request, starting at 1.
    pub(super) exchange: Option<usize>,
    /// Whether the text is in the HTTP response.
    pub(super) is_answer: bool,
}

pub(super) struct MessageSearch {
    recording: Recording,
    /// The index of each known message, by its kind and ID and the address it was sent to.
    known: HashMap<(bool, String), usize>,
    used: HashSet<usize>,
    /// The number of bytes that may still be searched.
    budget: usize,
    /// The number of base64 runs that may still be decoded.
    runs: u32,
    xml_budget: usize,
    /// The text isn't UTF-8, so it was read as Windows-1252.
    is_ansi: bool,
    damage: Option<ResponseError>,
}

impl MessageSearch {
    pub(super) fn new(length: usize, is_ansi: bool) -> Self {
        Self {
            recording: Recording::default(),
            known: HashMap::new(),
            used: HashSet::new(),
            budget: length + (length * 3).min(MOST_AGAIN) + (1 << 18),
            runs: MOST_RUNS,
            xml_budget: MOST_XML,
            is_ansi,
            damage: None,
        }
    }

    /// Counts another HTTP request and returns its number.
    pub(super) fn exchange(&mut self) -> usize {
        self.recording.exchanges += 1;
        self.recording.exchanges
    }

    /// Searches text, whose name is `label` if it has one.
    pub(super) fn search_labeled(&mut self, label: Option<&str>, text: &str, place: TextPlace<'_>) {
        let is_named = label.is_some_and(|label| NAMES.contains(&label));
        if is_named && is_placeholder(text) {
            self.mask(place);
        } else {
            self.text(text, place);
        }
    }

    /// Searches text and its unescaped versions.
    pub(super) fn text(&mut self, text: &str, place: TextPlace<'_>) {
        let mut next = VecDeque::from([(None, 0)]);
        let mut seen = HashSet::new();
        let mut searched = 0;
        while let Some((unescaped, depth)) = next.pop_front() {
            let unescaped: Option<Zeroizing<String>> = unescaped;
            let text = unescaped.as_ref().map_or(text, |unescaped| unescaped.as_str());
            if searched == MOST_TEXTS || (depth > 0 && !seen.insert(hash(text))) {
                continue;
            }
            searched += 1;
            let Some(budget) = self.budget.checked_sub(text.len()) else {
                self.damage.get_or_insert(ResponseError::TooLarge);
                return;
            };
            self.budget = budget;
            let mut pages = Vec::new();
            let (hinted, complete) = self.search_once(text, place, &mut pages);
            if !hinted || complete {
                continue;
            }
            if depth < MOST_UNESCAPED && text.len() <= MOST_UNESCAPED_BYTES {
                next.extend(pages.into_iter().map(|page| (Some(page), depth + 1)));
                next.extend(unescape::unescape_all_ways(text).map(|text| (Some(text), depth + 1)));
            }
        }
    }

    /// Searches text without unescaping it. Returns whether it may contain a message, and whether
    /// everything in it was found. Adds decoded base64 with other content to `pages`.
    fn search_once(
        &mut self,
        text: &str,
        place: TextPlace<'_>,
        pages: &mut Vec<Zeroizing<String>>,
    ) -> (bool, bool) {
        let is_named = text.contains("SAML");
        let mut complete = false;
        if is_named {
            if NAMES.iter().any(|name| has_placeholder(text, name)) {
                self.mask(place);
            }
            complete |= self.markup(text, text.len(), None, place);
        }
        let mut after = 0;
        let mut is_encoded = false;
        for start in encoded::base64_starts(text) {
            is_encoded = true;
            if start < after {
                continue;
            }
            let run = encoded::run(&text[start..]);
            let (budget, runs) = (self.budget.checked_sub(2 * run.len()), self.runs.checked_sub(1));
            let (Some(budget), Some(runs)) = (budget, runs) else { break };
            (self.budget, self.runs) = (budget, runs);
            if self.base64(run, text.len(), place, 0, pages) {
                complete = true;
                after = start + run.len();
            }
        }
        let requests = text.contains("SAMLRequest") && self.recording.requests().next().is_none();
        (is_named || is_encoded, complete && !requests)
    }

    /// Searches decoded base64. Returns whether it contains a message.
    fn base64(
        &mut self,
        run: &str,
        around: usize,
        place: TextPlace<'_>,
        nested: u32,
        pages: &mut Vec<Zeroizing<String>>,
    ) -> bool {
        let repair = (nested > 0).then_some(Repair::Twice);
        let around = around.saturating_sub(run.trim_end().len());
        for plus in [false, true] {
            if plus && !run.trim().contains(' ') {
                break;
            }
            let Some(decoded) = encoded::decode(run, plus) else { continue };
            let repair = if plus { Some(Repair::Spaces) } else { repair };
            if self.markup(&decoded, around + decoded.len(), repair, place) {
                return true;
            }
            let inner = decoded.trim();
            let is_base64 = encoded::run(inner).len() + encoded::PADDING >= inner.len();
            if is_base64 && nested < encoded::MOST_NESTED {
                if self.base64(inner, around + inner.len(), place, nested + 1, pages) {
                    return true;
                }
            } else if decoded.contains("SAML") {
                pages.push(decoded);
            }
        }
        false
    }

    /// Searches for XML. `length` is the length of the text around it. Returns whether the text
    /// contains an intact message.
    fn markup(
        &mut self,
        text: &str,
        length: usize,
        repair: Option<Repair>,
        place: TextPlace<'_>,
    ) -> bool {
        let found = markup::find(text);
        if found.cut {
            self.damage.get_or_insert(ResponseError::Cut);
        }
        let mut intact = false;
        for (kind, range) in found.complete {
            let around = length.saturating_sub(range.len());
            let xml = text.get(range).unwrap_or_default();
            intact |= self.message(kind, xml, around, repair, place);
        }
        intact
    }

    /// Parses and keeps a message. Returns whether the message is intact.
    fn message(
        &mut self,
        kind: MessageKind,
        xml: &str,
        around: usize,
        repair: Option<Repair>,
        place: TextPlace<'_>,
    ) -> bool {
        // Even a tiny document takes some time to parse.
        let cost = xml.len().max(MOST_XML / MOST_DOCUMENTS);
        let Some(budget) = self.xml_budget.checked_sub(cost) else {
            self.damage.get_or_insert(ResponseError::TooLarge);
            return false;
        };
        self.xml_budget = budget;
        if self.is_ansi && !xml.is_ascii() {
            self.damage.get_or_insert(ResponseError::Encoding);
            return false;
        }
        let document = match xml::parse(xml) {
            Ok(document) => document,
            Err(error) => {
                self.damage.get_or_insert(error.into());
                return false;
            }
        };
        let Some((id, intact)) = about(kind, &document) else { return false };
        self.add_exchange(place);
        if self.recording.messages.is_empty() {
            self.recording.around = around > MOST_FORM;
        }
        let sent_to = place.url.filter(|_| !place.is_answer).map(|url| match kind {
            MessageKind::Request => url.split(['?', '#']).next().unwrap_or(url).to_owned(),
            MessageKind::Response => url.to_owned(),
        });
        let status = place.status.filter(|_| !place.is_answer);
        let text = Zeroizing::new(xml.to_owned());
        let message = Message { kind, sent_to, status, repair, text, id, intact };
        self.add_message(message);
        intact
    }

    /// Adds a message, or merges it with another copy of the same message.
    fn add_message(&mut self, message: Message) {
        let key = (message.kind == MessageKind::Request, message.id.clone());
        let messages = &mut self.recording.messages;
        let Some(known) = self.known.get(&key).and_then(|at| messages.get_mut(*at)) else {
            if messages.len() < MOST_MESSAGES {
                self.known.insert(key, messages.len());
                messages.push(message);
            }
            return;
        };
        let Message { sent_to, status, .. } = &message;
        let (sent_to, status) = match known.sent_to {
            Some(_) => (known.sent_to.take(), known.status),
            None => (sent_to.clone(), *status),
        };
        if message.intact && !known.intact {
            *known = message;
        }
        (known.sent_to, known.status) = (sent_to, status);
    }

    fn mask(&mut self, place: TextPlace<'_>) {
        self.recording.masked = true;
        self.add_exchange(place);
    }

    fn add_exchange(&mut self, place: TextPlace<'_>) {
        self.used.extend(place.exchange);
    }

    /// Ends the search of `text` and returns the recording.
    pub(super) fn into_recording(self, text: &str) -> Recording {
        let Self { mut recording, damage, used, is_ansi, .. } = self;
        recording.used = used.len();
        if recording.responses().next().is_none() {
            recording.refusal = Some(match damage {
                _ if recording.masked => ResponseError::Masked,
                Some(damage) => damage,
                None if recording.requests().next().is_some() => ResponseError::Request,
                None if recording.exchanges > 0 => ResponseError::NoMessage,
                None => response::refusal(text, is_ansi),
            });
        }
        recording
    }
}

/// Returns a message's ID, and whether the digests of its signatures match. Returns `None` for
/// other documents.
fn about(kind: MessageKind, document: &Document<'_>) -> Option<(String, bool)> {
    let root = Node::document_element(document)?;
    let name = match kind {
        MessageKind::Request => "AuthnRequest",
        MessageKind::Response => "Response",
    };
    let id = root.attribute("ID").unwrap_or_default().to_owned();
    let intact = kind == MessageKind::Request || response::is_intact(document, root);
    root.has_name(PROTOCOL, name).then_some((id, intact))
}

/// The parameters in the HTTP bindings (SAML bindings, 3.4.4 and 3.5.4).
const NAMES: [&str; 2] = ["SAMLResponse", "SAMLRequest"];

/// Returns whether a parameter's value in the text is a placeholder.
fn has_placeholder(text: &str, name: &str) -> bool {
    text.match_indices(name).any(|(at, _)| {
        let rest = text[at + name.len()..].trim_start_matches(['"', '\'', ' ']);
        rest.strip_prefix(['=', ':']).is_some_and(|value| {
            let value = value.trim_start_matches(['"', '\'', ' ', '>']);
            let ends = |b: u8| matches!(b, b'&' | b'"' | b'\'' | b'\n' | b',' | b' ');
            let longest = value.len().min(LONGEST_PLACEHOLDER + 1);
            let end = value.bytes().take(longest).position(ends).unwrap_or(longest);
            value.get(..end).is_some_and(is_placeholder)
        })
    })
}

/// Returns whether a tool replaced a value with a placeholder, such as `[redacted]`, `***` or
/// `{hash:…}`.
fn is_placeholder(value: &str) -> bool {
    const WORDS: [&str; 9] =
        ["redact", "mask", "remov", "hidden", "hash", "filter", "sanit", "scrub", "xxxx"];
    let value = value.trim();
    if value.len() > LONGEST_PLACEHOLDER {
        return false;
    }
    let lower = value.to_ascii_lowercase();
    let in_brackets =
        |open, close| value.len() > 2 && value.starts_with(open) && value.ends_with(close);
    WORDS.iter().any(|word| lower.contains(word))
        || ["**", "••", "…"].iter().any(|sign| value.starts_with(sign))
        || in_brackets('[', ']')
        || in_brackets('{', '}')
}

fn hash(text: &str) -> u64 {
    let mut hasher = DefaultHasher::new();
    text.hash(&mut hasher);
    hasher.finish()
}
