//! CloudTrail's event history, which shows what AWS logged about sign-ins and an application.
//!
//! We need only CloudTrail's `LookupEvents` operation, but the SDK's crate for CloudTrail is as
//! large as the crate for IAM Identity Center. So this module sends the call through the SDK's
//! runtime, with the same HTTP client, credentials, signing, endpoints and timeouts as other calls.
//! A failed call isn't retried here, because the app looks up the event history again anyway.

mod logged_event;

use aws_config::Region;
use aws_credential_types::provider::SharedCredentialsProvider;
use aws_runtime::auth::{
    SigV4OperationSigningConfig,
    sigv4::{SCHEME_ID, SigV4AuthScheme},
};
use aws_smithy_runtime::client::orchestrator::operation::Operation;
use aws_smithy_runtime_api::client::{
    auth::{
        AuthSchemeOptionResolverParams, SharedAuthScheme, SharedAuthSchemeOptionResolver,
        static_resolver::StaticAuthSchemeOptionResolver,
    },
    identity::SharedIdentityResolver,
    orchestrator::{HttpRequest, HttpResponse, OrchestratorError},
    runtime_components::RuntimeComponentsBuilder,
    runtime_plugin::StaticRuntimePlugin,
};
use aws_smithy_types::{body::SdkBody, config_bag::Layer, error::ErrorMetadata};
use aws_types::{SigningName, region::SigningRegion};
use jiff::Timestamp;
use serde::Deserialize;
use serde_json::json;

use super::{AwsError, Connection, domain, interceptor::Interceptor};
pub use logged_event::{EventName, LoggedEvent, SavedValues};

const ACTION: &str = "cloudtrail:LookupEvents";
const TARGET: &str = "CloudTrail_20131101.LookupEvents";
/// AWS's maximum page size.
const PAGE: u32 = 50;

/// A page of events.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Output {
    #[serde(default)]
    events: Vec<logged_event::ListedEvent>,
    next_token: Option<String>,
}

#[derive(Deserialize)]
struct ErrorResponse {
    #[serde(rename = "__type")]
    kind: String,
    #[serde(alias = "Message")]
    message: Option<String>,
}

impl Connection {
    /// Returns the events with this name from the connection's Region, newest first, as far back as
    /// `since`. Reads at most `pages` pages of 50 events. AWS logs an event a few minutes late.
    pub async fn logged_events(
        &self,
        name: EventName,
        since: Timestamp,
        pages: u32,
    ) -> Result<Vec<LoggedEvent>, AwsError> {
        let mut events = Vec::new();
        let mut token = None;
        for _ in 0..pages {
            // Practice mode has no rate limit.
            if !self.shared.is_practice {
                self.acquire(ACTION).await;
            }
            let input = json!({
                "LookupAttributes": [{
                    "AttributeKey": "EventName",
                    "AttributeValue": <&str>::from(name),
                }],
                "StartTime": since.as_second(),
                "MaxResults": PAGE,
                "NextToken": token,
            });
            let page = self.lookup(without_nulls(input)).await?;
            events.extend(page.events.into_iter().filter_map(|event| event.read(name)));
            token = page.next_token;
            if token.is_none() {
                break;
            }
        }
        Ok(events)
    }

    async fn lookup(&self, input: serde_json::Value) -> Result<Output, AwsError> {
        let operation = self.lookup_operation()?;
        let answer = operation.invoke(input.to_string()).await;
        answer.map_err(|error| AwsError::from_sdk_error(ACTION, &self.host(ACTION), &error).0)
    }

    fn lookup_operation(&self) -> Result<Operation<String, Output, ErrorMetadata>, AwsError> {
        let config = &self.config;
        let credentials = config.credentials_provider().ok_or(AwsError::NoCredentials)?;
        let http = config.http_client().ok_or(AwsError::Unreadable)?;
        let mut builder = Operation::builder()
            .service_name("CloudTrail")
            .operation_name("LookupEvents")
            .http_client(http)
            .endpoint_url(&self.lookup_endpoint())
            .no_retry()
            .interceptor(Interceptor(self.shared.clock.clone()))
            .runtime_plugin(signing(self.region.clone(), credentials, config));
        if let Some(behavior) = config.behavior_version() {
            builder = builder.behavior_version(behavior);
        }
        if let Some(timeouts) = config.timeout_config() {
            builder = builder.timeout_config(timeouts.clone());
        }
        if let Some(sleep) = config.sleep_impl() {
            builder = builder.sleep_impl(sleep);
        }
        if let Some(time) = config.time_source() {
            builder = builder.time_source(time);
        }
        Ok(builder.serializer(request).deserializer(output).build())
    }

    fn lookup_endpoint(&self) -> String {
        if let Some(custom) = self.endpoints.service("cloudtrail") {
            return custom.to_owned();
        }
        // In GovCloud, the regular endpoint is the FIPS endpoint.
        let use_fips = self.shared.use_fips && !self.region.starts_with("us-gov-");
        let host = match use_fips && super::fips::has_endpoint("cloudtrail", &self.region) {
            true => "cloudtrail-fips",
            false => "cloudtrail",
        };
        format!("https://{host}.{}.{}", self.region, domain(&self.region))
    }
}

/// Returns the plugin that signs a CloudTrail call in a Region.
fn signing(
    region: String,
    credentials: SharedCredentialsProvider,
    config: &aws_config::SdkConfig,
) -> StaticRuntimePlugin {
    let mut layer = Layer::new("LookupEvents");
    layer.store_put(SigningName::from_static("cloudtrail"));
    layer.store_put(SigningRegion::from(Region::new(region)));
    layer.store_put(SigV4OperationSigningConfig::default());
    layer.store_put(AuthSchemeOptionResolverParams::new(()));
    let schemes = StaticAuthSchemeOptionResolver::new(vec![SCHEME_ID]);
    let mut components = RuntimeComponentsBuilder::new("LookupEvents");
    components
        .set_auth_scheme_option_resolver(Some(SharedAuthSchemeOptionResolver::new(schemes)))
        .push_auth_scheme(SharedAuthScheme::new(SigV4AuthScheme::new()))
        .set_identity_cache(config.identity_cache())
        .set_identity_resolver(SCHEME_ID, SharedIdentityResolver::new(credentials));
    StaticRuntimePlugin::new().with_config(layer.freeze()).with_runtime_components(components)
}

fn request(body: String) -> Result<HttpRequest, aws_sdk_sts::error::BoxError> {
    let mut request = HttpRequest::new(SdkBody::from(body));
    request.set_method("POST")?;
    request.set_uri("/")?;
    let headers = request.headers_mut();
    headers.insert("content-type", "application/x-amz-json-1.1");
    headers.insert("x-amz-target", TARGET);
    Ok(request)
}

fn output(response: &HttpResponse) -> Result<Output, OrchestratorError<ErrorMetadata>> {
    let body = response.body().bytes().unwrap_or_default();
    if response.status().is_success() {
        return serde_json::from_slice(body).map_err(OrchestratorError::other);
    }
    let mut error = ErrorMetadata::builder();
    if let Ok(refusal) = serde_json::from_slice::<ErrorResponse>(body) {
        let kind = refusal.kind.rsplit('#').next().unwrap_or_default();
        error = error.code(kind).message(refusal.message.unwrap_or_default());
    }
    Err(OrchestratorError::operation(error.build()))
}

fn without_nulls(mut input: serde_json::Value) -> serde_json::Value {
    if let Some(members) = input.as_object_mut() {
        members.retain(|_, value| !value.is_null());
    }
    input
}
