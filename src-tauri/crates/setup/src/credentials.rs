//! Detects secrets in pasted text, values and files, so that secrets are rejected before they are
//! stored or shown.

use base64::{Engine as _, engine::general_purpose::STANDARD};
use zeroize::Zeroizing;

use saml::certificate::{Certificate, CertificateError};

#[derive(Clone, Copy, Debug, PartialEq, Eq, strum::IntoStaticStr)]
#[strum(serialize_all = "snake_case")]
pub enum SecretKind {
    /// A private key or a key store, in any form.
    PrivateKey,
    /// An AWS secret access key, as in `rootkey.csv`, `accessKeys.csv` and `credentials.csv`.
    AwsSecretKey,
    /// An AWS session token or an AWS access portal token.
    AwsSessionToken,
    /// A SAML response. Anyone who has it can sign in for a few minutes, and it contains personal
    /// data.
    SamlResponse,
    /// A key, token or password in a link.
    LinkToken,
}

impl SecretKind {
    /// Returns the value of the message variable `kind`. It never changes.
    pub fn code(self) -> &'static str {
        self.into()
    }
}

/// The labels of a secret access key in AWS's files, in JSON and in environment variables.
const LABELS: [&str; 4] =
    ["secretaccesskey", "secret_access_key", "secret access key", "awssecretkey"];

/// Token prefixes: first AWS STS session tokens (base64), then the access portal's access and
/// refresh tokens.
const TOKENS: [&str; 5] = ["IQoJ", "FwoG", "FQoG", "aoaAAAAA", "aorAAAAA"];

/// Link parameters that give access to anyone with the link.
const LINK_TOKENS: [&str; 12] = [
    "access_token",
    "api_key",
    "apikey",
    "auth_token",
    "client_secret",
    "id_token",
    "password",
    "refresh_token",
    "secret",
    "signintoken",
    "token",
    "x-amz-security-token",
];

/// The minimum length of a secret parameter value. Shorter values, such as `token=none`, aren't
/// secrets.
const SHORTEST_TOKEN: usize = 8;

pub fn find(text: &str) -> Option<SecretKind> {
    // Removing the zero bytes turns ASCII in UTF-16 into plain ASCII.
    if text.contains('\0') {
        return find(&Zeroizing::new(text.replace('\0', "")));
    }
    let refusal = Certificate::read(text.as_bytes()).err();
    let is_key = matches!(refusal, Some(CertificateError::PrivateKey | CertificateError::KeyStore));
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
    if secret && (id || labeled()) {
        return Some(SecretKind::AwsSecretKey);
    }
    holds_response(text).then_some(SecretKind::SamlResponse)
}

/// Finds a secret in a file of any encoding.
pub fn find_in_file(bytes: &[u8]) -> Option<SecretKind> {
    find(&Zeroizing::new(String::from_utf8_lossy(bytes).into_owned()))
}

/// Finds a secret in a field's value. Also detects an unlabeled key and a token in a link.
pub fn find_in_value(value: &str) -> Option<SecretKind> {
    find(value).or_else(|| is_secret_key(value.trim()).then_some(SecretKind::AwsSecretKey)).or_else(
        || {
            let in_link = holds_link_token(value) || holds_password(value);
            in_link.then_some(SecretKind::LinkToken)
        },
    )
}

/// Finds a secret in a name, a file name or a command-line argument. These texts are short and have
/// no labels, so any part that looks like a secret access key is treated as one. A part may be a
/// file's name in a path.
pub fn find_in_name(name: &str) -> Option<SecretKind> {
    let is_key = |part: &str| is_secret_key(part) || part.split('/').any(is_secret_key);
    find_in_value(name).or_else(|| tokens(name).any(is_key).then_some(SecretKind::AwsSecretKey))
}

/// Returns whether the text contains a SAML response as XML, in base64 or as a form field.
fn holds_response(text: &str) -> bool {
    // Read only the first characters, so that long texts are checked quickly.
    let start: Zeroizing<String> = Zeroizing::new(text.trim_start().chars().take(2048).collect());
    let packed = start.split('=').next().unwrap_or_default();
    let packed: Zeroizing<Vec<u8>> =
        Zeroizing::new(packed.bytes().filter(|byte| !byte.is_ascii_whitespace()).collect());
    let whole = &packed[..packed.len() / 4 * 4];
    let decoded = STANDARD.decode(whole).map(Zeroizing::new);
    text.contains("SAMLResponse=")
        || is_response(&start)
        || decoded.is_ok_and(|xml| is_response(&String::from_utf8_lossy(&xml)))
}

fn is_response(xml: &str) -> bool {
    xml.contains("urn:oasis:names:tc:SAML:2.0:protocol")
        && [":Response", "<Response"].iter().any(|element| xml.contains(element))
}

fn holds_link_token(text: &str) -> bool {
    let parameters = text.split(|c: char| c.is_whitespace() || "?&#;\"'<>".contains(c));
    text.contains("://")
        && parameters.filter_map(|parameter| parameter.split_once('=')).any(|(name, value)| {
            LINK_TOKENS.contains(&name.to_ascii_lowercase().as_str())
                && value.len() >= SHORTEST_TOKEN
        })
}

/// Returns a file name that is safe to show and store.
pub fn file_name(name: String) -> String {
    match find_in_name(&name) {
        Some(_) => "…".to_owned(),
        None => name,
    }
}

fn tokens(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c: char| !(c.is_ascii_alphanumeric() || matches!(c, '/' | '+')))
}

/// Returns whether the token is an access key ID: `AKIA` (long-term) or `ASIA` (temporary),
/// followed by 16 characters (IAM User Guide: IAM identifiers › unique ID prefixes).
fn is_key_id(token: &str) -> bool {
    token.len() == 20
        && (token.starts_with("AKIA") || token.starts_with("ASIA"))
        && token.bytes().all(|byte| byte.is_ascii_uppercase() || byte.is_ascii_digit())
}

/// Returns whether the token looks like 40 random base64 characters. This excludes hexadecimal
/// digests and most paths.
fn is_secret_key(token: &str) -> bool {
    let count = |is: fn(&u8) -> bool| token.as_bytes().iter().filter(|byte| is(byte)).count();
    token.len() == 40
        && count(u8::is_ascii_uppercase) >= 5
        && count(u8::is_ascii_lowercase) >= 5
        && count(u8::is_ascii_digit) >= 1
}

/// Returns whether a link contains a password, as in `https://ana:password@example.com`.
fn holds_password(text: &str) -> bool {
    text.split("://").skip(1).any(|rest| {
        let end = |c: char| c.is_whitespace() || "/?#\\".contains(c);
        let authority = rest.split(end).next().unwrap_or_default();
        let user = authority.rsplit_once('@').map(|(user, _)| user);
        user.and_then(|user| user.split_once(':')).is_some_and(|(_, word)| !word.is_empty())
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    const ID: &str = "AKIAIOSFODNN7EXAMPLE";
    const KEY: &str = "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY";

    #[test]
    fn aws_key_files_are_recognized() {
        for text in [
            format!("AWSAccessKeyId={ID}\r\nAWSSecretKey={KEY}\r\n"),
            format!("\u{feff}Access key ID,Secret access key\r\n{ID},{KEY}\r\n"),
            format!(
                "User name,Password,Access key ID,Secret access key,Console login link\nana,pw,{ID},{KEY},https://123456789012.signin.aws.amazon.com/console\n"
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
    fn responses_are_recognized_in_every_form() {
        let response = include_str!("../../saml/tests/fixtures/response-signed.xml");
        let packed = STANDARD.encode(response);
        let lines: Vec<&str> =
            packed.as_bytes().chunks(76).map(|line| std::str::from_utf8(line).unwrap()).collect();
        for text in [
            response.to_owned(),
            packed.clone(),
            lines.join("\r\n"),
            format!("SAMLResponse={}&RelayState=", packed.replace('+', "%2B")),
        ] {
            assert_eq!(find(&text), Some(SecretKind::SamlResponse), "{text}");
        }
    }

    #[test]
    fn files_are_recognized_in_every_encoding() {
        let text = format!("Access key ID,Secret access key\r\n{ID},{KEY}\r\n");
        let utf16: Vec<u16> = text.encode_utf16().collect();
        let little: Vec<u8> = utf16.iter().flat_map(|unit| unit.to_le_bytes()).collect();
        let big: Vec<u8> = utf16.iter().flat_map(|unit| unit.to_be_bytes()).collect();
        for bytes in [text.as_bytes(), &little, &big, &[&b"\xff\xfe"[..], &little[..]].concat()] {
            assert_eq!(find_in_file(bytes), Some(SecretKind::AwsSecretKey));
        }
        assert_eq!(find_in_file(b"\xff\xfeA\0n\0a\0"), None);
    }

    #[test]
    fn values_with_keys_or_tokens_are_recognized() {
        for (value, kind) in [
            (format!(" {KEY}\n"), SecretKind::AwsSecretKey),
            (
                "https://app.nops.io/c/admin/?api_key=4021.0123456789".to_owned(),
                SecretKind::LinkToken,
            ),
            ("https://ana:hunter2@app.nops.io/sso".to_owned(), SecretKind::LinkToken),
            (
                "https://x.awsapps.com/start#/?access_token=eyJhbGciOi".to_owned(),
                SecretKind::LinkToken,
            ),
            (
                "https://b.s3.amazonaws.com/a?X-Amz-Date=1&X-Amz-Security-Token=IQoJ%2Fa%3D"
                    .to_owned(),
                SecretKind::LinkToken,
            ),
        ] {
            assert_eq!(find_in_value(&value), Some(kind), "{value}");
        }
        for value in [
            "https://app.nops.io/sso/v1/0b7acc21-5a34-4d1e-9a55-1f6f0b7c2d10/?acs",
            "https://app.nops.io/sign-in?token=none",
            "https://app.nops.io:8443/@team:all",
            "https://ana@app.nops.io/",
            "https://portal.sso.us-east-1.amazonaws.com/saml/assertion/MTIzNDU2Nzg5MDEyX2lucy1mZWRjYmE5ODc2NTQzMjEw",
            "https://d-1234567890.awsapps.com/start#/?tab=accounts&SAMLRequest=fZJNT8MwDIbv",
            "ana.token=secretary@example.com",
        ] {
            assert_eq!(find_in_value(value), None, "{value}");
        }
    }

    #[test]
    fn ordinary_text_is_not_a_secret() {
        for text in [
            "",
            "Email,First name,Last name\nana@example.com,Ana,Lima\n",
            "Access key ID\nAKIAIOSFODNN7EXAMPLE\n",
            "Name,Secret access key\nAna,\n",
            "sha1 2fd4e1c67a2d28fced849ee1bb76e7391b93eb12 AKIAIOSFODNN7EXAMPLE",
            "https://portal.sso.us-east-1.amazonaws.com/saml/assertion/MTIzNDU2Nzg5MDEyX2lucy1mZWRjYmE5ODc2NTQzMjEw",
            include_str!("../../saml/tests/fixtures/certificate.pem"),
            r#"<EntityDescriptor xmlns="urn:oasis:names:tc:SAML:2.0:metadata"><IDPSSODescriptor protocolSupportEnumeration="urn:oasis:names:tc:SAML:2.0:protocol">"#,
        ] {
            assert_eq!(find(text), None, "{text}");
        }
    }

    #[test]
    fn secrets_in_names_are_hidden() {
        assert_eq!(find_in_name(KEY), Some(SecretKind::AwsSecretKey));
        assert_eq!(file_name(format!("key {KEY}.pem")), "…");
        // A file's name has no slash.
        let plain = KEY.replace('/', "+");
        for path in ["/home/ana/KEY.csv", "KEY.csv", "keys/KEY", "C:\\Users\\Ana\\KEY.csv"] {
            let path = path.replace("KEY", &plain);
            assert_eq!(find_in_name(&path), Some(SecretKind::AwsSecretKey), "{path}");
        }
        for name in [
            "nops_certificate.pem",
            "Custom SAML 2.0 application_certificate.pem",
            "2fd4e1c67a2d28fced849ee1bb76e7391b93eb12.xml",
            "/home/Ana/Downloads/Example2026/exampleCorp",
            "/home/Ana/Downloads/ExampleCorp2026/SamlApplicationMetadataOfProduction2026.xml",
        ] {
            assert_eq!(file_name(name.to_owned()), name);
        }
    }
}
