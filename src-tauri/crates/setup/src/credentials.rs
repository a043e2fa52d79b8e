//! Recognizes secrets in text that isn't meant to hold any, so that it is refused before it is kept or shown.

use saml::certificate::{Certificate, Refusal};

/// The kind of secret that a text holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SecretKind {
    /// A private key or a key store, in any form.
    PrivateKey,
    /// A secret access key of AWS, as in `rootkey.csv`, `accessKeys.csv` and `credentials.csv`.
    AwsSecretKey,
    /// A session token of AWS.
    AwsSessionToken,
}

impl SecretKind {
    /// A stable name, the value of `kind` in its messages.
    pub fn code(self) -> &'static str {
        match self {
            Self::PrivateKey => "private_key",
            Self::AwsSecretKey => "aws_secret_key",
            Self::AwsSessionToken => "aws_session_token",
        }
    }
}

/// What a secret access key is called next to its value: in AWS's files, its JSON, and its environment variables.
const LABELS: [&str; 4] =
    ["secretaccesskey", "secret_access_key", "secret access key", "awssecretkey"];

/// How session tokens of AWS STS begin (in base64).
const TOKENS: [&str; 3] = ["IQoJ", "FwoG", "FQoG"];

/// The secret in `text`, if any.
pub fn find(text: &str) -> Option<SecretKind> {
    let refusal = Certificate::read(text.as_bytes()).err();
    let is_key = matches!(refusal, Some(Refusal::PrivateKey | Refusal::KeyStore));
    if is_key || text.contains("PRIVATE KEY-") {
        return Some(SecretKind::PrivateKey);
    }
    let (mut id, mut secret) = (false, false);
    for token in tokens(text) {
        if token.len() >= 100 && TOKENS.iter().any(|start| token.starts_with(start)) {
            return Some(SecretKind::AwsSessionToken);
        }
        id |= is_key_id(token);
        secret |= is_secret_key(token);
    }
    let labeled = || {
        let lower = text.to_ascii_lowercase();
        LABELS.iter().any(|label| lower.contains(label))
    };
    (secret && (id || labeled())).then_some(SecretKind::AwsSecretKey)
}

/// The secret in a command-line argument or a file name. These are short and have no labels, so a text that looks
/// like a secret access key counts as one.
pub fn find_in_name(name: &str) -> Option<SecretKind> {
    find(name).or_else(|| tokens(name).any(is_secret_key).then_some(SecretKind::AwsSecretKey))
}

/// A file name as it may be shown and kept.
pub fn file_name(name: String) -> String {
    match find_in_name(&name) {
        Some(_) => "…".to_owned(),
        None => name,
    }
}

fn tokens(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c: char| !(c.is_ascii_alphanumeric() || matches!(c, '/' | '+')))
}

/// `AKIA` (long-lived) or `ASIA` (temporary) and 16 more (IAM User Guide: IAM identifiers › unique ID prefixes).
fn is_key_id(token: &str) -> bool {
    token.len() == 20
        && (token.starts_with("AKIA") || token.starts_with("ASIA"))
        && token.bytes().all(|byte| byte.is_ascii_uppercase() || byte.is_ascii_digit())
}

/// 40 random characters of base64: no hexadecimal digest, and hardly a path.
fn is_secret_key(token: &str) -> bool {
    let count = |is: fn(&u8) -> bool| token.as_bytes().iter().filter(|byte| is(byte)).count();
    token.len() == 40
        && count(u8::is_ascii_uppercase) >= 5
        && count(u8::is_ascii_lowercase) >= 5
        && count(u8::is_ascii_digit) >= 1
}

#[cfg(test)]
mod tests {
    use super::*;

    const ID: &str = "AKIAIOSFODNN7EXAMPLE";
    const KEY: &str = "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY";

    #[test]
    fn files_of_aws_are_recognized() {
        for text in [
            format!("AWSAccessKeyId={ID}\r\nAWSSecretKey={KEY}\r\n"),
            format!("\u{feff}Access key ID,SecretKind access key\r\n{ID},{KEY}\r\n"),
            format!(
                "User name,Password,Access key ID,SecretKind access key,Console login link\nana,pw,{ID},{KEY},https://123456789012.signin.aws.amazon.com/console\n"
            ),
            format!("[default]\naws_access_key_id = {ID}\naws_secret_access_key = {KEY}\n"),
            format!("export AWS_SECRET_ACCESS_KEY=\"{KEY}\""),
            format!("{{\"AccessKeyId\":\"{ID}\",\"SecretAccessKey\":\"{KEY}\"}}"),
            format!("Ana,{ID},{KEY}"),
        ] {
            assert_eq!(find(&text), Some(SecretKind::AwsSecretKey), "{text}");
        }
        let token = format!("aws_session_token={}{}", "IQoJb3JpZ2luX2VjE", "A".repeat(200));
        assert_eq!(find(&token), Some(SecretKind::AwsSessionToken));
        let key = "-----BEGIN PRIVATE KEY-----\nMIIB\n-----END PRIVATE KEY-----\n";
        assert_eq!(find(key), Some(SecretKind::PrivateKey));
    }

    #[test]
    fn ordinary_text_is_no_secret() {
        for text in [
            "",
            "Email,First name,Last name\nana@example.com,Ana,Lima\n",
            "Access key ID\nAKIAIOSFODNN7EXAMPLE\n",
            "Name,SecretKind access key\nAna,\n",
            "sha1 2fd4e1c67a2d28fced849ee1bb76e7391b93eb12 AKIAIOSFODNN7EXAMPLE",
            "https://portal.sso.us-east-1.amazonaws.com/saml/assertion/MTIzNDU2Nzg5MDEyX2lucy1mZWRjYmE5ODc2NTQzMjEw",
            include_str!("../../saml/tests/fixtures/certificate.pem"),
            include_str!("../../saml/tests/fixtures/response-signed.xml"),
        ] {
            assert_eq!(find(text), None, "{text}");
        }
    }

    #[test]
    fn names_hold_no_secret_either() {
        assert_eq!(find_in_name(KEY), Some(SecretKind::AwsSecretKey));
        assert_eq!(file_name(format!("key {KEY}.pem")), "…");
        for name in [
            "nops_certificate.pem",
            "Custom SAML 2.0 application_certificate.pem",
            "2fd4e1c67a2d28fced849ee1bb76e7391b93eb12.xml",
            "/home/Ana/Downloads/Example2026/exampleCorp",
        ] {
            assert_eq!(file_name(name.to_owned()), name);
        }
    }
}
