//! Whether an answer is one of AWS's at all.
//!
//! A write whose output has no members succeeds by its HTTP status alone as far as the SDK is concerned. A
//! sign-in page of the network comes with status 200 too, and is no success.

use aws_sdk_sts::config::{
    ConfigBag, Intercept, RuntimeComponents,
    interceptors::BeforeDeserializationInterceptorContextRef,
};

/// Refuses a success that is neither JSON nor XML.
#[derive(Debug)]
pub struct Plausible;

impl Intercept for Plausible {
    fn name(&self) -> &'static str {
        "Plausible"
    }

    fn read_before_deserialization(
        &self,
        context: &BeforeDeserializationInterceptorContextRef<'_>,
        _: &RuntimeComponents,
        _: &mut ConfigBag,
    ) -> Result<(), aws_sdk_sts::error::BoxError> {
        let response = context.response();
        let content_type = response.headers().get("content-type").unwrap_or("json");
        let is_data = ["json", "xml"]
            .iter()
            .any(|kind| content_type.contains(kind));
        match is_data || !response.status().is_success() {
            true => Ok(()),
            false => Err("what answers is not AWS".into()),
        }
    }
}
