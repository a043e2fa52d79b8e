//! Access keys as people paste them into the three fields.

use identifiers::AccessKeys;

use crate::{Judgment, Row, Words};

const ID: &str = "AKIAIOSFODNN7EXAMPLE";
const SECRET: &str = "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY";

/// The source, the texts of the three fields, and the expected message; `ready` if the keys can be
/// used.
type Report = (&'static str, [String; 3], &'static str);

fn reports() -> Vec<Report> {
    let token = "IQoJb3JpZ2luX2VjEXAMPLE";
    let temporary = ID.replace("AKIA", "ASIA");
    let fields = |id: &str, secret: &str| [id.to_owned(), secret.to_owned(), String::new()];
    vec![
        ("leapp#88 (C17) spaces", fields(&format!("{ID} "), &format!(" {SECRET}  ")), "ready"),
        (
            "leapp#88 (C17) carriage return",
            fields(&format!("{ID}\r\n"), &format!("{SECRET}\r\n")),
            "ready",
        ),
        (
            "leapp#88 (C17) exports",
            fields(
                &format!("export AWS_ACCESS_KEY_ID={ID}"),
                &format!("export AWS_SECRET_ACCESS_KEY={SECRET}"),
            ),
            "ready",
        ),
        (
            "leapp#88 (C17) labels",
            fields(&format!("Access key: {ID}"), &format!("Secret access key: {SECRET}")),
            "ready",
        ),
        (
            "leapp#88 (C17) line break",
            fields(ID, "wJalrXUtnFEMI/K7MDEN\nG/bPxRfiCYEXAMPLEKEY"),
            "ready",
        ),
        ("aws-cli#5755 (C17) percent of zsh", fields(ID, &format!("{SECRET}%")), "ready"),
        ("leapp#88 (C17) quotes", fields(&format!("\"{ID}\""), &format!("'{SECRET}'")), "ready"),
        ("leapp#88 (C17) swapped", fields(SECRET, ID), "ready"),
        ("leapp#88 (C17) zero width", fields(&format!("{ID}\u{200b}"), SECRET), "ready"),
        (
            "leapp#88 (C17) session without token",
            fields(&temporary, SECRET),
            "failure-key_token_missing",
        ),
        (
            "leapp#88 (C17) shell block",
            fields(
                &format!(
                    "export AWS_ACCESS_KEY_ID=\"{temporary}\"\nexport AWS_SECRET_ACCESS_KEY=\"{SECRET}\"\nexport AWS_SESSION_TOKEN=\"{token}\""
                ),
                "",
            ),
            "ready",
        ),
        (
            "leapp#88 (C17) PowerShell block",
            fields(
                &format!(
                    "$Env:AWS_ACCESS_KEY_ID=\"{temporary}\"\n$Env:AWS_SECRET_ACCESS_KEY=\"{SECRET}\"\n$Env:AWS_SESSION_TOKEN=\"{token}\""
                ),
                "",
            ),
            "ready",
        ),
        (
            "leapp#88 (C17) INI block",
            fields(
                &format!(
                    "[123456789012_Admin]\naws_access_key_id={temporary}\naws_secret_access_key={SECRET}\naws_session_token={token}"
                ),
                "",
            ),
            "ready",
        ),
        (
            "aws/aws-cli#7744",
            fields(
                &format!("\u{feff}User Name,Access key ID,Secret access key\nana,{ID},{SECRET}\n"),
                "",
            ),
            "ready",
        ),
        (
            "guess: table of the console",
            fields(&format!("Access key ID\tSecret access key\n{ID}\t{SECRET}"), ""),
            "ready",
        ),
        ("guess: id and secret with a colon", fields(&format!("{ID}:{SECRET}"), ""), "ready"),
        (
            "guess: variables in front of a command",
            fields(&format!("AWS_ACCESS_KEY_ID={ID} AWS_SECRET_ACCESS_KEY={SECRET} aws s3 ls"), ""),
            "ready",
        ),
        (
            "guess: one export of all variables",
            fields(
                &format!(
                    "export AWS_ACCESS_KEY_ID={temporary} AWS_SECRET_ACCESS_KEY={SECRET} AWS_SESSION_TOKEN={token}"
                ),
                "",
            ),
            "ready",
        ),
        (
            "guess: fish",
            fields(
                &format!("set -gx AWS_ACCESS_KEY_ID {ID}\nset -gx AWS_SECRET_ACCESS_KEY {SECRET}"),
                "",
            ),
            "ready",
        ),
        (
            "guess: Terraform provider",
            fields(
                &format!(
                    "provider \"aws\" {{\n  access_key = \"{ID}\"\n  secret_key = \"{SECRET}\"\n}}"
                ),
                "",
            ),
            "ready",
        ),
        (
            "guess: words after the secret",
            fields(&format!("Access key ID: {ID}"), &format!("Secret access key: {SECRET} (hide)")),
            "ready",
        ),
        ("guess: percent-encoded", fields(ID, &SECRET.replace('/', "%2F")), "ready"),
        ("guess: masked secret", fields(ID, &"*".repeat(40)), "failure-key_secret_shape"),
        ("guess: role ID", fields("AROAIOSFODNN7EXAMPLE", SECRET), "failure-key_id_shape"),
        ("guess: lowercase ID", fields(&ID.to_lowercase(), SECRET), "failure-key_id_shape"),
        (
            "guess: no-break space",
            fields(&format!("{ID}\u{a0}"), &format!("\u{a0}{SECRET}")),
            "ready",
        ),
        (
            "guess: aws sts assume-role",
            fields(
                &format!(
                    "{{\"Credentials\": {{\"AccessKeyId\": \"{temporary}\", \"SecretAccessKey\": \"{SECRET}\", \"SessionToken\": \"{token}\"}}, \"AssumedRoleUser\": {{\"Arn\": \"arn:aws:sts::123456789012:assumed-role/Admin/s\"}}}}"
                ),
                "",
            ),
            "ready",
        ),
    ]
}

pub fn rows(words: &Words) -> Vec<Row> {
    let row = |(source, [id, secret, token], expected): Report| {
        let read = AccessKeys::read(&id, &secret, &token);
        let found = match &read {
            Ok(keys) if keys.id.ends_with("IOSFODNN7EXAMPLE") => "ready".to_owned(),
            Ok(keys) => format!("{keys:?}"),
            Err(error) => format!("failure-key_{}", error.code()),
        };
        let shown = if read.is_ok() { String::new() } else { words.text(&found, &[]) };
        Row {
            source,
            judgment: Judgment::Right,
            expected: expected.to_owned(),
            found,
            holds: Vec::new(),
            shown,
        }
    };
    reports().into_iter().map(row).collect()
}
