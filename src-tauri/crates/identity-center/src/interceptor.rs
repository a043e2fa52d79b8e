//! Checks that every response comes from AWS, and reads AWS's time from it.
//!
//! For a write whose output is empty, the SDK checks only the HTTP status. A network's sign-in page
//! also has status 200, although AWS never received the write.

use aws_sdk_sts::config::{
    ConfigBag, Intercept, RuntimeComponents,
    interceptors::AfterDeserializationInterceptorContextRef,
};

use super::aws_clock::AwsClock;

/// Updates the [`AwsClock`], and rejects a successful response whose body is neither JSON nor XML.
#[derive(Clone, Debug, Default)]
pub struct Interceptor(pub AwsClock);

impl Intercept for Interceptor {
    fn name(&self) -> &'static str {
        "Interceptor"
    }

    fn read_after_deserialization(
        &self,
        context: &AfterDeserializationInterceptorContextRef<'_>,
        _: &RuntimeComponents,
        _: &mut ConfigBag,
    ) -> Result<(), aws_sdk_sts::error::BoxError> {
        let response = context.response();
        let body = response.body().bytes().unwrap_or_default();
        if response.status().is_success() && !is_data(body) {
            return Err("the response isn't from AWS".into());
        }
        if let Some(date) = response.headers().get("date") {
            self.0.set_from_header(date);
        }
        Ok(())
    }
}

fn is_data(body: &[u8]) -> bool {
    let start = body.trim_ascii_start();
    let begins_with =
        |text: &[u8]| start.get(..text.len()).is_some_and(|start| start.eq_ignore_ascii_case(text));
    match start.first() {
        None | Some(b'{') => true,
        Some(b'<') => !begins_with(b"<!") && !begins_with(b"<html"),
        Some(_) => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn html_and_text_are_not_aws_data() {
        let cases: [(&[u8], bool); 7] = [
            (b"", true),
            (b" {}", true),
            (b"<?xml version=\"1.0\"?><GetCallerIdentityResponse/>", true),
            (b"<GetCallerIdentityResponse/>", true),
            (b"\r\n<!DOCTYPE html>", false),
            (b"<HTML><body>", false),
            (b"Sign in to the network", false),
        ];
        for (body, expected) in cases {
            assert_eq!(is_data(body), expected, "{}", String::from_utf8_lossy(body));
        }
    }
}
