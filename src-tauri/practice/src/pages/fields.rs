//! The fields of a query or a posted form, in both encodings that browsers support.

use axum::{
    body::Bytes,
    extract::{FromRequest, Multipart, Request, rejection::BytesRejection},
    http::header::CONTENT_TYPE,
    response::{IntoResponse, Response},
};
use url::form_urlencoded;

/// The names and values in the order in which they were sent. An uploaded file also counts as a
/// field. Bytes that aren't valid UTF-8 are replaced.
#[derive(Debug, Default)]
pub struct Fields(Vec<(String, String)>);

impl Fields {
    /// Returns the first value of `name`, or an empty string.
    pub fn one(&self, name: &str) -> &str {
        let found = self.0.iter().find(|(candidate, _)| candidate == name);
        found.map(|(_, value)| value.as_str()).unwrap_or_default()
    }

    /// Same as [`Self::one`], but returns an owned string.
    pub fn text(&self, name: &str) -> String {
        self.one(name).to_owned()
    }

    /// Returns all values of `name`.
    pub fn all<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a str> {
        let named = move |(candidate, value): &'a (String, String)| {
            (candidate == name).then_some(value.as_str())
        };
        self.0.iter().filter_map(named)
    }

    /// Returns whether `name` was sent.
    pub fn has(&self, name: &str) -> bool {
        self.0.iter().any(|(candidate, _)| candidate == name)
    }

    /// Returns whether a toggle is on: it was sent, and its value isn't empty, `off`, `false` or
    /// `0`.
    pub fn is_on(&self, name: &str) -> bool {
        !matches!(self.one(name), "" | "off" | "false" | "0")
    }

    /// Replaces each text whose field was sent with the value of that field.
    pub fn fill<const N: usize>(&self, texts: [(&str, &mut String); N]) {
        for (name, text) in texts {
            if self.has(name) {
                self.one(name).clone_into(text);
            }
        }
    }

    /// Returns the label of the first required field that is missing or blank, if any.
    pub fn first_blank<'l>(&self, required: &[(&str, &'l str)]) -> Option<&'l str> {
        let blank = required.iter().find(|(name, _)| self.one(name).trim().is_empty());
        blank.map(|(_, label)| *label)
    }

    /// Removes all values of `name`.
    pub fn without(mut self, name: &str) -> Self {
        self.0.retain(|(candidate, _)| candidate != name);
        self
    }

    /// Parses a urlencoded form or query.
    pub fn parse(encoded: &[u8]) -> Self {
        Self(form_urlencoded::parse(encoded).into_owned().collect())
    }
}

impl<S: Send + Sync> FromRequest<S> for Fields {
    type Rejection = Response;

    async fn from_request(request: Request, state: &S) -> Result<Self, Response> {
        if request.method().is_safe() {
            return Ok(Self::parse(request.uri().query().unwrap_or_default().as_bytes()));
        }
        if !is_multipart(&request) {
            let body =
                Bytes::from_request(request, state).await.map_err(BytesRejection::into_response)?;
            return Ok(Self::parse(&body));
        }
        let mut parts =
            Multipart::from_request(request, state).await.map_err(IntoResponse::into_response)?;
        let mut fields = Vec::new();
        while let Some(part) = parts.next_field().await.map_err(IntoResponse::into_response)? {
            let name = part.name().unwrap_or_default().to_owned();
            let value = part.bytes().await.map_err(IntoResponse::into_response)?;
            fields.push((name, String::from_utf8_lossy(&value).into_owned()));
        }
        Ok(Self(fields))
    }
}

fn is_multipart(request: &Request) -> bool {
    let kind = request.headers().get(CONTENT_TYPE);
    kind.is_some_and(|kind| kind.as_bytes().starts_with(b"multipart/form-data"))
}

#[cfg(test)]
mod tests {
    use axum::body::Body;

    use super::*;

    #[test]
    fn fields_can_repeat_or_be_absent() {
        let fields = Fields::parse(b"a=1&b=&a=2%20x&on=on&off=off");
        assert_eq!(fields.one("a"), "1");
        assert_eq!(fields.all("a").collect::<Vec<_>>(), ["1", "2 x"]);
        assert!(fields.has("b") && !fields.has("c"));
        assert!(fields.is_on("on"));
        assert!(!fields.is_on("off") && !fields.is_on("b") && !fields.is_on("c"));
    }

    #[tokio::test]
    async fn uploaded_file_is_a_field() {
        let body = "--x\r\nContent-Disposition: form-data; name=\"metadata_xml\"; filename=\"sp.xml\"\r\nContent-Type: text/xml\r\n\r\n<a/>\r\n--x--\r\n";
        let request = Request::post("/")
            .header(CONTENT_TYPE, "multipart/form-data; boundary=x")
            .body(Body::from(body))
            .unwrap();
        let fields = Fields::from_request(request, &()).await.unwrap();
        assert_eq!(fields.one("metadata_xml"), "<a/>");
    }
}
