//! Tests `doctor` behind a proxy that can't be reached, so that no test reaches AWS.

use super::*;

fn doctor(arguments: &[&str]) -> Output {
    command(&[&["doctor"], arguments].concat())
        .env_clear()
        .env("HOME", "/nonexistent")
        .env("HTTPS_PROXY", "http://127.0.0.1:9")
        .output()
        .unwrap()
}

#[test]
fn doctor_says_what_to_allow() {
    let output = doctor(&["--region", "eu-west-1"]);
    let (status, answer) = lines(&output);
    assert_eq!(status, 1);
    let hosts = answer[0]["hosts"].as_array().unwrap();
    let names: Vec<_> = hosts.iter().map(|host| host["host"].as_str().unwrap()).collect();
    assert!(names.contains(&"identitystore.eu-west-1.amazonaws.com"), "{names:?}");
    let stderr = String::from_utf8(output.stderr).unwrap();
    for host in hosts {
        assert_eq!(host["state"], "blocked", "{host}");
        let rule = host["rule"].as_str().unwrap();
        assert!(stderr.contains(rule) && rule.contains(host["host"].as_str().unwrap()), "{rule}");
    }
}

#[test]
fn doctor_needs_a_region() {
    for arguments in [&[][..], &["--region", "europe"], &["--region", ""]] {
        let output = doctor(arguments);
        assert_eq!(output.status.code(), Some(2), "{arguments:?}");
        assert!(output.stdout.is_empty() && !output.stderr.is_empty(), "{arguments:?}");
    }
}

#[test]
fn doctor_uses_the_aws_configuration() {
    let home = tempfile::tempdir().unwrap();
    let config = home.path().join("config");
    let bundle = home.path().join("company.pem");
    let text = format!("[default]\nregion = eu-west-1\nca_bundle = {}\n", bundle.display());
    fs::write(&config, text).unwrap();
    let output = command(&["doctor"])
        .env_clear()
        .env("AWS_CONFIG_FILE", &config)
        .env("AWS_REGION", "")
        .env("HTTPS_PROXY", "http://127.0.0.1:9")
        .output()
        .unwrap();
    let (status, answer) = lines(&output);
    assert_eq!(answer[0]["region"], "eu-west-1", "an empty variable is unset");
    // The file doesn't exist, so no host can be tried.
    assert_eq!((status, answer[0]["hosts"][0]["state"].as_str()), (2, Some("unchecked")));
    let reason = answer[0]["hosts"][0]["reason"].as_str().unwrap();
    assert!(reason.contains("company.pem"), "{reason}");
}
