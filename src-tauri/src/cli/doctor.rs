//! `doctor`: checks whether this network lets this computer reach AWS.

use std::collections::BTreeMap;

use identity_center::profiles;
use messages::MessageCatalog;
use serde::Serialize;
use session::doctor::{HostCheck, HostState, doctor};

use super::{CommandResult, output};
use crate::network;

/// The JSON output.
#[derive(Serialize)]
struct DoctorOutput {
    region: String,
    hosts: Vec<HostOutput>,
}

#[derive(Serialize)]
struct HostOutput {
    #[serde(flatten)]
    check: HostCheck,
    reason: Option<String>,
    /// What to change in the network.
    rule: Option<String>,
}

pub(super) fn run(region: Option<String>) -> Result<CommandResult, String> {
    let words = MessageCatalog::english().without_markup();
    let runtime = tokio::runtime::Runtime::new().map_err(|error| error.to_string())?;
    runtime.block_on(async {
        let region = match region {
            Some(region) => region,
            None => {
                usual_region().await.ok_or_else(|| words.format_plain("failure-doctor_region"))?
            }
        };
        let checks = doctor(&region, &network::network())
            .await
            .ok_or_else(|| words.format_plain("failure-region_unknown"))?;
        let result = result(&checks);
        let hosts: Vec<_> = checks.into_iter().map(|check| host_output(check, &words)).collect();
        for rule in hosts.iter().filter_map(|host| host.rule.as_ref()) {
            output::eprint_error(rule);
        }
        output::line(&DoctorOutput { region, hosts })?;
        Ok(result)
    })
}

/// Returns the Region of the profile that the AWS CLI would use.
async fn usual_region() -> Option<String> {
    let profiles = profiles().await;
    let profile = profiles.find(profiles.selected_name().unwrap_or("default"));
    let named = ["AWS_REGION", "AWS_DEFAULT_REGION"];
    let environment = named.into_iter().find_map(|name| std::env::var(name).ok());
    environment.or_else(|| profile?.region.clone())
}

fn result(checks: &[HostCheck]) -> CommandResult {
    let needed = || checks.iter().filter(|check| check.is_required);
    if needed().any(|check| !check.is_usable() && check.state != HostState::Unchecked) {
        CommandResult::Errors
    } else if needed().any(|check| check.state == HostState::Unchecked) {
        CommandResult::Unchecked
    } else {
        CommandResult::Fine
    }
}

fn host_output(check: HostCheck, words: &MessageCatalog) -> HostOutput {
    let params = BTreeMap::from([("host".to_owned(), check.host.clone())]);
    HostOutput {
        reason: check.cause.as_ref().map(|cause| words.text(&cause.key, &cause.params)),
        rule: check.rule_key().map(|key| words.text(key, &params)),
        check,
    }
}
