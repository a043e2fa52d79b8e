//! `practice`: runs practice mode until it is stopped.

use nops_sso_practice::{Practice, Settings, Switches};
use serde_json::{Map, Value};

use super::{CommandResult, output};

pub(super) fn run(settings: Settings, switches: &[String]) -> Result<CommandResult, String> {
    let settings = Settings { switches: parse_switches(switches)?, ..settings };
    let runtime = tokio::runtime::Runtime::new().map_err(|error| error.to_string())?;
    runtime.block_on(async {
        let world = Practice::start(settings).await.map_err(|error| error.to_string())?;
        output::line(world.addresses())?;
        tokio::signal::ctrl_c().await.map_err(|error| error.to_string())?;
        world.stop().await;
        Ok(CommandResult::Fine)
    })
}

/// Parses the names of switches; `-` and `_` are equivalent.
fn parse_switches(names: &[String]) -> Result<Switches, String> {
    let on: Map<String, Value> =
        names.iter().map(|name| (name.replace('-', "_"), Value::Bool(true))).collect();
    serde_json::from_value(Value::Object(on)).map_err(|error| error.to_string())
}
