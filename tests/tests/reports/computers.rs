//! Keychains that don't answer, and the certificates of a company's network.

use std::{
    fs,
    process::Stdio,
    sync::{Arc, Mutex, PoisonError, mpsc},
};

use acceptance::{
    Result,
    corporate_proxy::{CorporateProxy, Policy},
};
use keyring_core::{CredentialStore, Error, api::CredentialStoreApi, mock};
use nops_sso_practice::{Practice, Settings};
use serde_json::Value;
use setup::MessageCause;
use storage::vault::{Keychain, Opener, SecretStore, opener};
use tokio::process::Command;

use crate::{Judgment, Row, Words};

/// Returns a row with what the window says about the keychain after this many requests.
async fn keychain_row(
    source: &'static str,
    open: Opener,
    requests: usize,
    (expected, words_to_show): (&str, &'static str),
    words: &Words,
) -> Row {
    let store = SecretStore::new(open);
    for _ in 0..requests {
        store.check_keychain().await;
    }
    let found = match store.keychain() {
        Keychain::Unknown => "unknown",
        Keychain::Available => "available",
        Keychain::Locked => "locked",
        Keychain::Missing => "missing",
        Keychain::Silent => "silent",
    };
    // The window says nothing about a keychain that works.
    let shown = match found {
        "available" => String::new(),
        state => words.text(&format!("keys-keychain-{state}"), &[]),
    };
    Row {
        source,
        judgment: Judgment::Right,
        expected: expected.to_owned(),
        found: found.to_owned(),
        holds: vec![words_to_show],
        shown,
    }
}

/// Returns a keychain whose next request fails, as if it were locked.
fn locked() -> Result<Arc<CredentialStore>> {
    let store = mock::Store::new()?;
    let entry = store.build("nops-sso-setup", "probe", None)?;
    let credential: &mock::Cred = entry.as_any().downcast_ref().ok_or("no mock entry")?;
    credential.set_error(Error::NoStorageAccess("locked".into()));
    Ok(store)
}

async fn keychain_rows(words: &Words) -> Result<Vec<Row>> {
    // The service takes the call and never answers it.
    let (answer, answers) = mpsc::channel::<()>();
    let answers = Mutex::new(answers);
    let silent: Opener = Arc::new(move || {
        let answers = answers.lock().unwrap_or_else(PoisonError::into_inner);
        // Returns an error when the test ends.
        let _ended = answers.recv();
        None
    });
    let in_memory = "The keys stay in memory until the window closes.";
    let mut rows = vec![
        keychain_row("kDrive#2109 (E02)", silent, 1, ("silent", in_memory), words).await,
        keychain_row(
            "cosmic-epoch#3453 (E02)",
            opener(Some(locked()?)),
            1,
            ("locked", "Unlock it to keep the keys."),
            words,
        )
        .await,
        keychain_row(
            "swiesend/secret-service#39 (E02) unlocked later",
            opener(Some(locked()?)),
            2,
            ("available", ""),
            words,
        )
        .await,
        keychain_row("pithos#554", opener(None), 1, ("missing", in_memory), words).await,
    ];
    drop(answer);
    let started: Arc<CredentialStore> = mock::Store::new()?;
    let later = Mutex::new(vec![Some(started), None]);
    let late: Opener =
        Arc::new(move || later.lock().unwrap_or_else(PoisonError::into_inner).pop().flatten());
    let source = "pithos#554 service started later";
    rows.push(keychain_row(source, late, 2, ("available", ""), words).await);
    Ok(rows)
}

/// Connects in a company network whose proxy decrypts TLS.
async fn certificate_rows(words: &Words) -> Result<Vec<Row>> {
    let world = Practice::start(Settings::default()).await?;
    let at = world.addresses();
    let company = CorporateProxy::in_front_of(&at.aws_endpoint, Policy::Inspect).await?;
    let home = tempfile::tempdir()?;
    fs::copy(company.roots(), home.path().join("company.pem"))?;
    let mut config = String::new();
    let mut credentials = String::new();
    for (name, bundle) in [
        ("path", format!("ca_bundle = {}\n", home.path().join("company.pem").display())),
        ("tilde", "ca_bundle = ~/company.pem\n".to_owned()),
        ("gone", "ca_bundle = /nowhere/company.pem\n".to_owned()),
        ("none", String::new()),
    ] {
        config += &format!("[profile {name}]\nregion = us-east-1\n{bundle}");
        credentials += &format!(
            "[{name}]\naws_access_key_id = {}\naws_secret_access_key = {}\n",
            at.access_key_id, at.secret_access_key
        );
    }
    fs::write(home.path().join("config"), config)?;
    fs::write(home.path().join("credentials"), credentials)?;
    let mut rows = Vec::new();
    for (source, profile, expected, holds) in [
        ("codex#43381 (C15)", "path", "connected", vec![]),
        ("awsume#266 (C15)", "tilde", "connected", vec![]),
        (
            "aws-cli#7602 (C15)",
            "gone",
            "failed aws-certificates",
            vec!["/nowhere/company.pem", "ca_bundle"],
        ),
        (
            "aws-cli#7602 (C15) without a bundle",
            "none",
            "failed aws-tls",
            vec!["doesn’t trust the certificate of sts.us-east-1.amazonaws.com"],
        ),
    ] {
        let output = Command::new(env!("CARGO_BIN_EXE_outward"))
            .args(["connect", profile])
            .env_clear()
            .env("HOME", home.path())
            .env("AWS_CONFIG_FILE", home.path().join("config"))
            .env("AWS_SHARED_CREDENTIALS_FILE", home.path().join("credentials"))
            .env("HTTPS_PROXY", company.proxy())
            .stdin(Stdio::null())
            .output()
            .await?;
        let view: Value = serde_json::from_slice(&output.stdout)?;
        let failed = view["findings"].as_array().and_then(|findings| {
            findings.iter().find(|finding| finding["code"] == "connection_failed")
        });
        let cause = failed.map(|finding| finding["cause"].clone());
        let cause: Option<MessageCause> = cause.map(serde_json::from_value).transpose()?;
        let state = view["connection"]["state"].as_str().unwrap_or_default();
        rows.push(Row {
            source,
            judgment: Judgment::Right,
            expected: expected.to_owned(),
            found: [state, cause.as_ref().map_or("", |cause| &cause.key)]
                .join(" ")
                .trim()
                .to_owned(),
            holds,
            shown: cause.map_or_else(String::new, |cause| words.0.text(&cause.key, &cause.params)),
        });
    }
    Ok(rows)
}

pub async fn rows(words: &Words) -> Result<Vec<Row>> {
    let mut rows = keychain_rows(words).await?;
    rows.extend(certificate_rows(words).await?);
    Ok(rows)
}
