//! Checks that every code from AWS, nOps, the list of people and the change history has a message,
//! and that the message's variables are filled.

use std::{collections::BTreeMap, path::PathBuf};

use changes::{CHANGES, HistoryError, RetentionReason};
use identifiers::{AccessDenied, AccessKeyError};
use identity_center::{
    AwsError, CredentialProcessError, EnvironmentNote, KeyProblem, NoteReason, ProfileHint,
    ProfileProblem, ProfileProblemReason, UnreachableReason, metadata::MetadataError,
};
use messages::MessageCatalog;
use nops::{KeyError, sign_in_addresses::NoInformationReason};
use people::{
    PersonError,
    former_members::{IncompleteList, ProtectedRole},
    matching::ISSUE_CODES,
};
use session::provision::ProvisionError;
use storage::store::StoreError;
use transport::ReachError;

fn check(key: &str, params: &BTreeMap<String, String>) {
    let text = MessageCatalog::english().text(key, params);
    assert!(!text.contains(['⟦', '{', '}']), "{key}: {text}");
}

fn host() -> String {
    "sso.us-east-1.amazonaws.com".to_owned()
}

#[test]
fn aws_errors_have_messages() {
    let text = || "text".to_owned();
    let unreachable = |reason| AwsError::Unreachable { host: host(), reason };
    let no_keys = |reason| AwsError::CredentialProcess { reason };
    let denied = "User: arn:aws:iam::123456789012:user/ana is not authorized to perform: sso:ListInstances with an explicit deny";
    let denial = AccessDenied::read(denied).unwrap();
    let errors = [
        AwsError::Denied { action: text() },
        AwsError::DeniedBy { denial: Box::new(denial) },
        AwsError::Key { reason: KeyProblem::Denied },
        AwsError::Key { reason: KeyProblem::NotFound },
        AwsError::Key { reason: KeyProblem::Unusable },
        AwsError::Expired,
        AwsError::BadCredentials,
        AwsError::NoCredentials,
        AwsError::Profile {
            problem: Box::new(ProfileProblem {
                profile: text(),
                reason: ProfileProblemReason::NoCredentials,
            }),
        },
        AwsError::SignInNeeded { command: text() },
        AwsError::CodeNeeded,
        AwsError::CredentialsTimeout,
        AwsError::CredentialsFailed,
        no_keys(CredentialProcessError::NotFound),
        no_keys(CredentialProcessError::Failed),
        no_keys(CredentialProcessError::Unreadable),
        AwsError::WrongCode,
        AwsError::SignInDenied,
        AwsError::SignInLapsed,
        AwsError::UnknownPortal { address: text(), region: text() },
        AwsError::NoRedirect,
        AwsError::NoRole,
        AwsError::Root,
        AwsError::NoRegion,
        AwsError::WrongRegion,
        AwsError::Clock { minutes: -16 },
        AwsError::Throttled,
        AwsError::NotFound,
        AwsError::Conflict,
        AwsError::Validation { message: text() },
        AwsError::Quota,
        unreachable(UnreachableReason::Name),
        unreachable(UnreachableReason::Refused),
        unreachable(UnreachableReason::Broken),
        AwsError::Proxy { host: host() },
        AwsError::Tls { host: host() },
        AwsError::Certificates { file: PathBuf::from("roots.pem"), setting: "ca_bundle" },
        AwsError::TokenFile { file: PathBuf::from("token") },
        AwsError::PlainEndpoint { endpoint: text() },
        AwsError::Timeout { host: host() },
        AwsError::Unavailable { code: text() },
        AwsError::Unreadable,
        AwsError::Other { code: text() },
    ];
    for code in AwsError::CODES.iter().copied() {
        assert!(errors.iter().any(|error| error.code() == code), "{code}");
    }
    for error in errors {
        let params = error.params().into_iter();
        let params = params.map(|(name, value)| (name.to_owned(), value));
        check(&error.key(), &params.collect());
    }
    let none = BTreeMap::new();
    check("aws-not_done", &none);
    for reason in RetentionReason::ALL {
        check(&format!("aws-{}", reason.code()), &none);
    }
}

/// Checks messages about the AWS configuration with the parameters of all their reasons.
#[test]
fn configuration_notes_have_messages() {
    let names = [
        "account", "address", "any", "arn", "at", "command", "error", "file", "first", "key",
        "line", "name", "other", "profile", "profiles", "region", "session", "source", "variable",
    ];
    let params = names.map(|name| (name.to_owned(), "text".to_owned())).into();
    for (area, codes) in [
        ("profile", ProfileProblemReason::CODES),
        ("profile_hint", ProfileHint::CODES),
        ("configuration", NoteReason::CODES),
        ("environment", EnvironmentNote::CODES),
        ("failure-key", AccessKeyError::CODES),
    ] {
        let separator = if area == "failure-key" { '_' } else { '-' };
        for code in codes {
            check(&format!("{area}{separator}{code}"), &params);
        }
    }
}

#[test]
fn network_and_nops_errors_have_messages() {
    let host =
        BTreeMap::from([("host".to_owned(), host()), ("file".to_owned(), "roots.pem".to_owned())]);
    for code in ReachError::CODES {
        for area in ["reach", "metadata", "nops"] {
            check(&format!("{area}-{code}"), &host);
        }
    }
    for error in [MetadataError::NoAddress, MetadataError::Refused { status: 404 }] {
        check(&format!("metadata-{}", error.code()), &host);
    }
    let params = KeyError::Unavailable { status: 502 }.params();
    for code in KeyError::CODES {
        check(&format!("nops-{code}"), &params);
    }
    for reason in [
        NoInformationReason::Refused { status: 404 },
        NoInformationReason::WebPage,
        NoInformationReason::OtherRedirect,
        NoInformationReason::Unexpected,
    ] {
        check(&reason.key(), &reason.params());
    }
}

#[test]
fn people_and_history_codes_have_messages() {
    let names = ["user_name", "other", "count", "given", "email", "domain", "usual"];
    let params = names.map(|name| (name.to_owned(), "2".to_owned())).into();
    for remark in ISSUE_CODES {
        check(&format!("person-{remark}"), &params);
    }
    let none = BTreeMap::new();
    for refusal in PersonError::ALL {
        check(&format!("csv-{}", refusal.code()), &none);
        check(&format!("failure-person_{}", refusal.code()), &none);
    }
    let errors = [
        HistoryError::Damaged { line: 7 },
        HistoryError::Version { found: 2 },
        HistoryError::Busy,
        HistoryError::Foreign,
        HistoryError::Disk(StoreError::DiskFull),
        HistoryError::Disk(StoreError::Refused { path: PathBuf::from("setups") }),
        HistoryError::Disk(StoreError::NotFound),
    ];
    for code in HistoryError::CODES {
        assert!(errors.iter().any(|error| error.code() == code), "{code}");
    }
    for error in errors {
        check(&format!("failure-{}", error.code()), &error.params());
    }
    for error in [
        ProvisionError::Application,
        ProvisionError::OtherAccount {
            named: "123456789012".to_owned(),
            caller: "210987654321".to_owned(),
        },
        ProvisionError::NoInstance,
        ProvisionError::SeveralInstances,
        ProvisionError::Held,
    ] {
        check(&error.key(), &error.params());
    }
    for change in CHANGES {
        let params = ["subject", "group"].map(|name| (name.to_owned(), "text".to_owned()));
        let params = params.into();
        for area in ["journal", "report-change"] {
            check(&format!("{area}-{change}"), &params);
            check(&format!("{area}-undo_{change}"), &params);
        }
    }
    for outcome in
        ["intended", "done", "existed", "failed", "interrupted", "undone", "found", "unknown"]
    {
        check(&format!("journal-outcome-{outcome}"), &none);
        check(&format!("report-outcome-{outcome}"), &none);
    }
}

#[test]
fn former_members_have_messages() {
    let none = BTreeMap::new();
    for role in ProtectedRole::ALL {
        check(&format!("former-protected-{}", role.code()), &none);
    }
    for problem in IncompleteList::ALL {
        check(&format!("failure-{}", problem.code()), &none);
    }
}
