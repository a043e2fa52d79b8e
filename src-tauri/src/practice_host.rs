//! Runs practice mode for practice setups, in this process.

use std::path::PathBuf;

use nops_sso_practice::{Practice, Settings, StartError};
use session::{
    Failure,
    config::{self, PracticeServer, PracticeStart},
};

/// Starts practice mode on loopback and keeps its state next to the setup.
#[derive(Default)]
pub struct PracticeHost {
    /// The inferred behaviors that are off in new practice setups.
    pub switches: nops_sso_practice::Switches,
}

impl config::Practice for PracticeHost {
    fn start(&self, folder: PathBuf, repair: bool) -> PracticeStart {
        let switches = self.switches.clone();
        Box::pin(async move {
            let settings = Settings {
                seed: seed(&folder),
                made_by_hand: repair,
                state: Some(folder),
                switches,
                ..Settings::default()
            };
            let world = Practice::start(settings).await.map_err(|error| failure(&error))?;
            let at = world.addresses();
            Ok(PracticeServer {
                base: at.aws_endpoint.trim_end_matches('/').to_owned(),
                access_key_id: at.access_key_id.clone(),
                secret_access_key: at.secret_access_key.clone().into(),
                region: at.region.clone(),
                portal: at.portal_link(),
                moved_from: at.moved_from,
                running: Box::new(world),
            })
        })
    }
}

fn failure(error: &StartError) -> Failure {
    Failure::new(match error {
        StartError::State(_) | StartError::Certificate(_) => "practice_state",
        _ => "practice_port",
    })
}

/// Derives the seed from the folder's name, which is the setup's ID, so that each setup has its own
/// data.
fn seed(folder: &std::path::Path) -> u64 {
    let name = folder.file_name().unwrap_or_default().to_string_lossy();
    name.bytes().fold(0xcbf2_9ce4_8422_2325, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
    })
}
