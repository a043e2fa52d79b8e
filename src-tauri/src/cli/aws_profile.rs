//! Prepares the AWS profile of a command: reports the settings that can't be used, and asks for an
//! MFA code.

use std::io::{self, BufRead as _, IsTerminal as _};

use identity_center::{AwsError, Credentials, EnvironmentNote, Profiles, mfa_code, profiles};
use messages::MessageCatalog;

use super::output;

/// Returns the credentials that the AWS CLI would use. If a role requires an MFA code, asks for the
/// code once, before the first call.
pub(super) async fn credentials(words: &MessageCatalog) -> Result<Credentials, String> {
    let profiles = profiles().await;
    report(&profiles, words);
    if profiles.environment.contains(&EnvironmentNote::Keys) {
        return Ok(Credentials::Ambient);
    }
    let name = profiles.selected_name().unwrap_or("default");
    let Some(profile) = profiles.find(name) else {
        return Ok(Credentials::Ambient);
    };
    for hint in &profile.hints {
        print_message(words, &format!("profile_hint-{}", hint.code()), hint.params());
    }
    match &profile.mfa_device {
        None => Ok(Credentials::Ambient),
        Some(device) => prompt_for_mfa_code(name, device, words),
    }
}

/// Reports the settings in the configuration that can't be used.
fn report(profiles: &Profiles, words: &MessageCatalog) {
    for note in &profiles.notes {
        print_message(words, &format!("configuration-{}", note.reason.code()), note.params());
    }
    for note in &profiles.environment {
        let is_problem = matches!(
            note,
            EnvironmentNote::ProfileMissing { .. }
                | EnvironmentNote::ProfileQuoted { .. }
                | EnvironmentNote::RegionUnknown { .. }
        );
        if is_problem {
            print_message(words, &format!("environment-{}", note.code()), note.params());
        }
    }
}

fn print_message(words: &MessageCatalog, key: &str, params: Vec<(&'static str, String)>) {
    let params = params.into_iter().map(|(name, value)| (name.to_owned(), value));
    output::eprint_error(&words.text(key, &params.collect()));
}

fn prompt_for_mfa_code(
    name: &str,
    device: &str,
    words: &MessageCatalog,
) -> Result<Credentials, String> {
    let without = || words.format_plain(&AwsError::CodeNeeded.key());
    if !io::stdin().is_terminal() {
        return Err(without());
    }
    let params = [("device".to_owned(), device.to_owned())].into();
    output::eprint_error(&words.text("provision-code", &params));
    let mut line = String::new();
    io::stdin().lock().read_line(&mut line).map_err(|error| error.to_string())?;
    let code = mfa_code(&line).ok_or_else(|| words.format_plain("failure-mfa_code"))?;
    Ok(Credentials::Profile { name: name.to_owned(), code: Some(code) })
}
