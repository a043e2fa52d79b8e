//! Reads AWS access keys from any text that people copy: fields, labels, shell commands, JSON.

use secrecy::{ExposeSecret, SecretString};
use strum::{IntoStaticStr, VariantNames};

/// The minimum and maximum length of an access key ID (IAM API reference, *AccessKey*).
const ID_LENGTH: std::ops::RangeInclusive<usize> = 16..=128;
/// The length of the secret access keys that AWS creates.
const SECRET_LENGTH: usize = 40;

/// An access key ID, its secret and, for temporary keys, the session token.
#[derive(Clone, Debug)]
pub struct AccessKeys {
    pub id: String,
    pub secret: SecretString,
    /// `None` for long-term keys, which have no session token.
    pub token: Option<SecretString>,
}

/// Why the input doesn't contain access keys. The message key is `failure-key_<code>`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, IntoStaticStr, VariantNames, thiserror::Error)]
#[strum(serialize_all = "snake_case")]
#[error("{}", self.code())]
pub enum AccessKeyError {
    IdMissing,
    SecretMissing,
    /// Temporary keys (`ASIA…`) don't work without their session token.
    TokenMissing,
    /// The ID doesn't begin with `AKIA` or `ASIA`, contains characters that IDs don't have, or has
    /// the wrong length.
    IdShape,
    /// The secret contains characters that no secret access key has.
    SecretShape,
    /// The session token is cut off: it contains `…` or spaces.
    TokenShape,
}

impl AccessKeyError {
    /// All codes, for the message-key test.
    pub const CODES: &[&str] = Self::VARIANTS;

    /// Returns the message key without the prefix `failure-key_`.
    pub fn code(self) -> &'static str {
        self.into()
    }
}

/// Returns whether keys with this ID come with a session token. IDs from AWS STS begin with `ASIA`
/// (<https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html>).
pub fn is_temporary(id: &str) -> bool {
    id.starts_with("ASIA")
}

/// Returns whether the text looks like an access key ID: `AKIA` (long-term) or `ASIA` (temporary),
/// followed by uppercase letters and digits.
pub fn is_access_key_id(text: &str) -> bool {
    ID_LENGTH.contains(&text.len())
        && (text.starts_with("AKIA") || is_temporary(text))
        && text.bytes().all(|byte| byte.is_ascii_uppercase() || byte.is_ascii_digit())
}

/// The three values, by position in [`AccessKeys::read`].
#[derive(Clone, Copy, PartialEq, Eq)]
enum KeyPart {
    Id,
    Secret,
    Token,
}

impl AccessKeys {
    /// Reads keys from the text in three fields. A field may contain the whole block that AWS shows
    /// (shell, PowerShell, cmd, INI, JSON, CSV). If a value has a label, the label decides which of
    /// the three values it is, and swapped values are swapped back.
    ///
    /// # Errors
    ///
    /// Returns an [`AccessKeyError`] if AWS can't accept the keys.
    pub fn read(id: &str, secret: &str, token: &str) -> Result<Self, AccessKeyError> {
        let mut found: [Option<String>; 3] = [None, None, None];
        let mut put = |part: KeyPart, value: String| {
            let value = if part == KeyPart::Token { join_broken_token(value) } else { value };
            if !value.is_empty() {
                found[part as usize].get_or_insert(value);
            }
        };
        let mut plain = Vec::new();
        for (own, text) in [(KeyPart::Id, id), (KeyPart::Secret, secret), (KeyPart::Token, token)] {
            let (labeled, rest) = split_labeled_values(text);
            for (part, value) in labeled {
                put(part, value);
            }
            plain.push((own, rest));
        }
        for (own, pieces) in plain {
            // If a value is split across several lines, none of the pieces looks like a known
            // value.
            let has_shape = |piece: &String| guess_key_part(piece).is_some();
            if !pieces.iter().any(has_shape) {
                put(own, pieces.concat());
                continue;
            }
            for piece in pieces {
                if let Some(part) = guess_key_part(&piece) {
                    put(part, piece);
                }
            }
        }
        let [id, secret, token] = found;
        Self {
            id: id.unwrap_or_default(),
            secret: secret.unwrap_or_default().into(),
            token: token.map(SecretString::from),
        }
        .checked()
    }

    fn checked(self) -> Result<Self, AccessKeyError> {
        let is_plain =
            |text: &SecretString| text.expose_secret().bytes().all(|byte| byte.is_ascii_graphic());
        match self {
            Self { ref id, .. } if id.is_empty() => Err(AccessKeyError::IdMissing),
            Self { ref id, .. } if !is_access_key_id(id) => Err(AccessKeyError::IdShape),
            Self { ref secret, .. } if secret.expose_secret().is_empty() => {
                Err(AccessKeyError::SecretMissing)
            }
            // AWS's page shows asterisks until the user chooses *Show*.
            Self { ref secret, .. }
                if !is_plain(secret) || secret.expose_secret().contains("***") =>
            {
                Err(AccessKeyError::SecretShape)
            }
            Self { ref id, token: None, .. } if is_temporary(id) => {
                Err(AccessKeyError::TokenMissing)
            }
            Self { token: Some(ref token), .. } if !is_plain(token) => {
                Err(AccessKeyError::TokenShape)
            }
            Self { id, secret, token } => {
                let token = token.filter(|_| is_temporary(&id));
                Ok(Self { id, secret, token })
            }
        }
    }
}

/// Returns which of the three values unlabeled text looks like. A session token has no format of
/// its own, so any long base64 text counts as a session token.
fn guess_key_part(text: &str) -> Option<KeyPart> {
    if is_access_key_id(text) {
        Some(KeyPart::Id)
    } else if text.len() == SECRET_LENGTH && is_base64(text) {
        Some(KeyPart::Secret)
    } else if text.len() >= 100 && is_base64(text) {
        Some(KeyPart::Token)
    } else {
        None
    }
}

fn is_base64(text: &str) -> bool {
    text.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'/' | b'+' | b'='))
}

/// Joins a session token that was broken into lines of one width, whose line breaks may have become
/// spaces.
fn join_broken_token(value: String) -> String {
    let words: Vec<&str> = value.split_whitespace().collect();
    let is_broken = words.split_last().is_some_and(|(last, lines)| {
        let width = lines.first().map_or(0, |line| line.len());
        width >= SECRET_LENGTH
            && last.len() <= width
            && lines.iter().all(|line| line.len() == width)
            && words.iter().all(|word| is_base64(word))
    });
    if is_broken { words.concat() } else { value }
}

/// Splits text into labeled values and other pieces, and removes quotes and invisible characters
/// from them.
fn split_labeled_values(text: &str) -> (Vec<(KeyPart, String)>, Vec<String>) {
    let (mut labeled, mut rest): (Vec<(KeyPart, String)>, _) = (Vec::new(), Vec::new());
    let mut pending = None;
    for line in restore_line_breaks(text).split(['\r', '\n']) {
        let pieces = line.split(|c: char| ",;{}&|".contains(c)).map(remove_invisible_characters);
        let pieces: Vec<String> =
            pieces.filter(|piece| !piece.is_empty()).flat_map(split_values).collect();
        let is_alone = pieces.len() == 1;
        for piece in pieces {
            let (part, value) = assignment(&piece);
            let value = clean(value);
            if value.is_empty() {
                // A label on its own line applies to the next line.
                pending = part.filter(|_| is_alone);
            } else if let Some(part) = part.or(pending.take()) {
                let seen = guess_key_part(&value).filter(|seen| *seen != KeyPart::Token);
                labeled.push((seen.unwrap_or(part), value));
            } else if let Some((KeyPart::Token, token)) = labeled.last_mut()
                && is_alone
                && is_base64(&value)
                && !is_access_key_id(&value)
            {
                // A session token that is broken into lines.
                token.push_str(&value);
            } else if !value.starts_with('[') {
                rest.push(value);
            }
        }
    }
    (labeled, rest)
}

/// Splits a piece that contains several values, or a value and other words: `ID:SECRET`, cells of a
/// table, or variables in front of a command.
fn split_values(piece: String) -> Vec<String> {
    let value = |text: &str| clean(assignment(text).1);
    let is_value =
        |text: &str| guess_key_part(&value(text)).is_some_and(|part| part != KeyPart::Token);
    if let Some((id, secret)) = piece.split_once(':')
        && is_access_key_id(id)
        && is_value(secret)
    {
        return vec![id.to_owned(), secret.to_owned()];
    }
    let words: Vec<&str> = piece.split_whitespace().collect();
    match value(&piece).contains(' ') && words.iter().any(|word| is_value(word)) {
        true => words.into_iter().map(str::to_owned).collect(),
        false => vec![piece],
    }
}

/// Restores the line breaks that a single-line text box removed from a pasted block.
fn restore_line_breaks(text: &str) -> String {
    const COMMANDS: [&str; 3] = ["export aws_", "$env:aws_", "set aws_"];
    const NAMES: [&str; 4] =
        ["aws_access_key_id", "aws_secret_access_key", "aws_session_token", "aws_security_token"];
    let lower = text.to_ascii_lowercase();
    let has_command = COMMANDS.iter().any(|command| lower.contains(command));
    let starts = if has_command { &COMMANDS[..] } else { &NAMES[..] };
    let mut cuts: Vec<usize> =
        starts.iter().flat_map(|start| lower.match_indices(start)).map(|(at, _)| at).collect();
    cuts.sort_unstable();
    let mut unglued = text.to_owned();
    for at in cuts.into_iter().rev() {
        unglued.insert(at, '\n');
    }
    unglued
}

/// Returns the label of a piece, if it has one, and its value.
fn assignment(piece: &str) -> (Option<KeyPart>, &str) {
    if let Some(part) = label(piece) {
        return (Some(part), "");
    }
    let start = piece.get(..5).filter(|start| start.eq_ignore_ascii_case("$env:"));
    let named = start.map_or(piece, |start| &piece[start.len()..]);
    for separator in ['=', ':'] {
        if let Some((name, value)) = named.split_once(separator)
            && let Some(part) = label(name)
        {
            return (Some(part), value);
        }
    }
    // Commands such as `setx AWS_ACCESS_KEY_ID AKIA…` and `aws configure set aws_access_key_id
    // AKIA…`.
    if let Some((name, value)) = piece.rsplit_once(' ')
        && let Some(part) = label(name)
    {
        return (Some(part), value);
    }
    (None, piece)
}

/// Returns which of the three values a label stands for, such as `Access key ID`,
/// `AWS_ACCESS_KEY_ID` or `export aws_access_key_id`.
fn label(text: &str) -> Option<KeyPart> {
    let word = text.trim().trim_matches(['"', '\'']).to_ascii_lowercase();
    let mut name: String = word.chars().filter(char::is_ascii_alphabetic).collect();
    for start in ["awsconfigureset", "export", "setx", "set", "env", "your", "default", "aws"] {
        if let Some(rest) = name.strip_prefix(start) {
            name = rest.to_owned();
        }
    }
    match name.as_str() {
        "accesskeyid" | "accesskey" | "keyid" | "accessid" => Some(KeyPart::Id),
        "secretaccesskey" | "secretkey" | "secret" | "accesskeysecret" | "secretaccesskeyid" => {
            Some(KeyPart::Secret)
        }
        "sessiontoken" | "securitytoken" | "token" => Some(KeyPart::Token),
        _ => None,
    }
}

fn remove_invisible_characters(text: &str) -> String {
    let is_invisible = |c: char| {
        c.is_control()
            || matches!(c, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}' | '\u{feff}')
    };
    let text = text.replace('\t', " ");
    text.chars().filter(|c| !is_invisible(*c)).collect::<String>().trim().to_owned()
}

/// Removes the quotes around a value, and the `%` that zsh prints after output without a final
/// newline.
fn clean(text: &str) -> String {
    let quotes = ['"', '\'', '`', '“', '”', '‘', '’', '«', '»'];
    let text = text.trim().trim_matches(quotes).trim();
    let text = text.trim_end_matches('%').trim_matches(quotes);
    // A secret copied from a link.
    text.replace("%2F", "/").replace("%2f", "/").replace("%2B", "+").replace("%2b", "+")
}

#[cfg(test)]
mod tests {
    use super::*;

    const ID: &str = "AKIAIOSFODNN7EXAMPLE";
    const TEMPORARY: &str = "ASIAIOSFODNN7EXAMPLE";
    const SECRET: &str = "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY";
    const TOKEN: &str = "IQoJb3JpZ2luX2VjEXAMPLE";

    #[test]
    fn copied_keys_are_cleaned_up() {
        let broken = SECRET.replace("MDENG", "MDEN\nG");
        for (id, secret) in [
            (ID.to_owned(), SECRET.to_owned()),
            (format!(" {ID}\r\n"), format!("{SECRET} \t")),
            (format!("\u{200b}{ID}"), format!("{SECRET}\u{feff}")),
            (format!("\"{ID}\""), format!("'{SECRET}'")),
            (format!("“{ID}”"), format!("`{SECRET}`")),
            (format!("Access key: {ID}"), format!("Secret access key: {SECRET}")),
            (format!("Access key ID\n{ID}"), format!("Secret access key\n{SECRET}")),
            (format!("export AWS_ACCESS_KEY_ID={ID}"), format!("AWS_SECRET_ACCESS_KEY={SECRET}")),
            (format!("set AWS_ACCESS_KEY_ID={ID}"), format!("setx AWS_SECRET_ACCESS_KEY {SECRET}")),
            (ID.to_owned(), format!("{SECRET}%")),
            (ID.to_owned(), broken),
            (SECRET.to_owned(), ID.to_owned()),
            (format!("{ID}\n{SECRET}"), String::new()),
            (String::new(), format!("{ID},{SECRET}")),
            (format!("Access key ID,Secret access key\r\n{ID},{SECRET}\r\n"), String::new()),
            (format!("AWSAccessKeyId={ID}\nAWSSecretKey={SECRET}\n"), String::new()),
            (format!("Access key ID\tSecret access key\n{ID}\t{SECRET}"), String::new()),
            (format!("aws_access_key_id\t=\t{ID}"), format!("aws_secret_access_key\t=\t{SECRET}")),
            (format!("{ID}:{SECRET}"), String::new()),
            (format!("{ID} {SECRET}"), String::new()),
            (
                format!("AWS_ACCESS_KEY_ID={ID} AWS_SECRET_ACCESS_KEY={SECRET} aws s3 ls"),
                String::new(),
            ),
            (
                format!("Access key ID: {ID} (active)\nSecret access key: {SECRET} (hide)"),
                String::new(),
            ),
            (ID.to_owned(), SECRET.replace('/', "%2F")),
            (
                format!("{{\"AccessKeyId\": \"{ID}\", \"SecretAccessKey\": \"{SECRET}\"}}"),
                String::new(),
            ),
        ] {
            let keys = AccessKeys::read(&id, &secret, "").unwrap();
            assert_eq!(keys.id, ID, "{id:?} {secret:?}");
            assert_eq!(keys.secret.expose_secret(), SECRET, "{id:?} {secret:?}");
            assert!(keys.token.is_none(), "{id:?} {secret:?}");
        }
    }

    #[test]
    fn broken_session_tokens_are_joined() {
        let token = TOKEN.repeat(8);
        let lines: Vec<&str> =
            token.as_bytes().chunks(76).map(|line| str::from_utf8(line).unwrap()).collect();
        let (lines, spaces) = (lines.join("\n"), lines.join(" "));
        let block = |token: &str| {
            format!(
                "export AWS_ACCESS_KEY_ID={TEMPORARY}\nexport AWS_SECRET_ACCESS_KEY={SECRET}\nexport AWS_SESSION_TOKEN={token}\n"
            )
        };
        for (id, secret, given) in [
            (TEMPORARY, SECRET, &lines),
            (TEMPORARY, SECRET, &spaces),
            (TEMPORARY, SECRET, &token),
            (&block(&lines), "", &String::new()),
            (&block(&format!("\"{lines}\"")), "", &String::new()),
            (&block(&token), "", &String::new()),
            (TEMPORARY, SECRET, &format!("AWS_SESSION_TOKEN={spaces}")),
        ] {
            let keys = AccessKeys::read(id, secret, given).unwrap();
            let joined = keys.token.as_ref().map(ExposeSecret::expose_secret);
            assert_eq!(joined, Some(token.as_str()), "{id:?} {given:?}");
        }
        let command = format!("{token} aws s3 ls");
        let cut = AccessKeys::read(TEMPORARY, SECRET, &command).map(drop);
        assert_eq!(cut, Err(AccessKeyError::TokenShape));
    }

    #[test]
    fn portal_blocks_fill_all_fields() {
        for block in [
            format!(
                "export AWS_ACCESS_KEY_ID=\"{TEMPORARY}\"\nexport AWS_SECRET_ACCESS_KEY=\"{SECRET}\"\nexport AWS_SESSION_TOKEN=\"{TOKEN}\""
            ),
            format!(
                "$Env:AWS_ACCESS_KEY_ID=\"{TEMPORARY}\"\r\n$Env:AWS_SECRET_ACCESS_KEY=\"{SECRET}\"\r\n$Env:AWS_SESSION_TOKEN=\"{TOKEN}\""
            ),
            format!(
                "$env:AWS_ACCESS_KEY_ID = '{TEMPORARY}'; $env:AWS_SECRET_ACCESS_KEY = '{SECRET}'; $env:AWS_SESSION_TOKEN = '{TOKEN}'"
            ),
            format!(
                "SET AWS_ACCESS_KEY_ID={TEMPORARY}&& SET AWS_SECRET_ACCESS_KEY={SECRET}&& SET AWS_SESSION_TOKEN={TOKEN}"
            ),
            format!(
                "export AWS_ACCESS_KEY_ID=\"{TEMPORARY}\" AWS_SECRET_ACCESS_KEY=\"{SECRET}\" AWS_SESSION_TOKEN=\"{TOKEN}\""
            ),
            format!(
                "[123456789012_AdministratorAccess]\naws_access_key_id={TEMPORARY}\naws_secret_access_key={SECRET}\naws_session_token={TOKEN}"
            ),
            format!(
                "[default]\naws_access_key_id = {TEMPORARY}\naws_secret_access_key = {SECRET}\naws_security_token = {TOKEN}\n"
            ),
            format!(
                "{{\"Version\":1,\"AccessKeyId\":\"{TEMPORARY}\",\"SecretAccessKey\":\"{SECRET}\",\"SessionToken\":\"{TOKEN}\"}}"
            ),
        ] {
            let glued = block.replace(['\r', '\n'], "");
            for block in [&block, &glued] {
                for fields in [[block.as_str(), "", ""], ["", block, ""], ["", "", block]] {
                    let keys = AccessKeys::read(fields[0], fields[1], fields[2]).unwrap();
                    assert_eq!(
                        (keys.id.as_str(), keys.secret.expose_secret()),
                        (TEMPORARY, SECRET),
                        "{block}"
                    );
                    let token = keys.token.as_ref().map(ExposeSecret::expose_secret);
                    assert_eq!(token, Some(TOKEN), "{block}");
                }
            }
        }
    }

    #[test]
    fn incomplete_keys_are_reported() {
        for (id, secret, token, expected) in [
            ("", SECRET, "", AccessKeyError::IdMissing),
            (ID, "", "", AccessKeyError::SecretMissing),
            (TEMPORARY, SECRET, "", AccessKeyError::TokenMissing),
            ("AKIA", SECRET, "", AccessKeyError::IdShape),
            ("akiaiosfodnn7example", SECRET, "", AccessKeyError::IdShape),
            ("AIDAIOSFODNN7EXAMPLE", SECRET, "", AccessKeyError::IdShape),
            // With two IDs, the secret is missing.
            (ID, "AKIAI44QH8DHBEXAMPLE", "", AccessKeyError::SecretMissing),
            (ID, "Secret access key", "", AccessKeyError::SecretMissing),
            (ID, "wJalrXUtn • • • •", "", AccessKeyError::SecretShape),
            (ID, "****************************************", "", AccessKeyError::SecretShape),
            (TEMPORARY, SECRET, "IQoJb3JpZ2lu…", AccessKeyError::TokenShape),
        ] {
            let error = AccessKeys::read(id, secret, token).err();
            assert_eq!(error, Some(expected), "{id} {secret}");
        }
        let keys = AccessKeys::read(ID, SECRET, TOKEN).unwrap();
        assert!(keys.token.is_none(), "long-term keys have no session token");
    }

    #[test]
    fn debug_output_hides_secret() {
        let keys = AccessKeys::read(ID, SECRET, "").unwrap();
        assert!(!format!("{keys:?}").contains(SECRET));
    }
}
