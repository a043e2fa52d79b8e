//! `doctor`: checks whether this network lets this computer reach AWS.

use std::collections::BTreeMap;

use messages::MessageCatalog;
use serde::Serialize;
use session::doctor::{HostCheck, NetworkResult, doctor};

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

pub(super) fn run(region: Option<&str>) -> Result<CommandResult, String> {
    let words = MessageCatalog::english().without_markup();
    let runtime = tokio::runtime::Runtime::new().map_err(|error| error.to_string())?;
    let checks = runtime.block_on(doctor(region, &network::network()));
    let checks = checks.map_err(|failure| failure.sentence(&words))?;
    let result = match checks.result() {
        NetworkResult::Usable => CommandResult::Fine,
        NetworkResult::Blocked => CommandResult::Errors,
        NetworkResult::Unchecked => CommandResult::Unchecked,
    };
    let hosts: Vec<_> = checks.hosts.into_iter().map(|check| host_output(check, &words)).collect();
    for rule in hosts.iter().filter_map(|host| host.rule.as_ref()) {
        output::eprint_error(rule);
    }
    output::line(&DoctorOutput { region: checks.region, hosts })?;
    Ok(result)
}

fn host_output(check: HostCheck, words: &MessageCatalog) -> HostOutput {
    let params = BTreeMap::from([("host".to_owned(), check.host.clone())]);
    HostOutput {
        reason: check.cause.as_ref().map(|cause| words.text(&cause.key, &cause.params)),
        rule: check.rule_key().map(|key| words.text(key, &params)),
        check,
    }
}
