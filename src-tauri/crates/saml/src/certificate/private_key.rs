//! Finds private keys and SSH keys in text without decoding it.

use zeroize::Zeroizing;

use super::read::CertificateError;

/// Returns the error for a private or SSH key anywhere in `text`. Private keys take precedence.
pub(super) fn key(text: &str) -> Option<CertificateError> {
    let upper = Zeroizing::new(text.to_ascii_uppercase());
    if names_private_key(&upper) || is_private_by_form(text) {
        return Some(CertificateError::PrivateKey);
    }
    if upper.contains("BEGIN SSH2 PUBLIC KEY") || text.lines().any(is_ssh_key) {
        return Some(CertificateError::SshKey);
    }
    None
}

/// Identifies a JSON Web Key or key set (RFC 7517), with or without private keys.
pub(super) fn json_web_key(text: &str) -> Option<CertificateError> {
    let packed: Zeroizing<String> =
        Zeroizing::new(text.chars().filter(|c| !c.is_whitespace()).collect());
    if !packed.contains("\"kty\":") {
        return None;
    }
    let private = ["\"d\":\"", "\"k\":\"", "\"p\":\"", "\"priv\":\""];
    Some(match private.iter().any(|name| packed.contains(name)) {
        true => CertificateError::PrivateKey,
        false => CertificateError::PublicKey,
    })
}

/// The number of bytes to search before `PRIVATE KEY`.
///
/// This is enough for the longest labels, `-BEGIN ENCRYPTED ` and `-BEGIN OPENSSH `.
const LONGEST_LABEL: usize = 41;

/// Returns whether the text has a complete or truncated `BEGIN … PRIVATE KEY` or `END … PRIVATE
/// KEY` line.
fn names_private_key(upper: &str) -> bool {
    upper.match_indices("PRIVATE KEY").any(|(at, name)| {
        // Search only the nearest bytes, so that long lines don't slow down the search.
        let before = &upper.as_bytes()[at.saturating_sub(LONGEST_LABEL)..at];
        let before = before.rsplit(|byte| *byte == b'\n').next().unwrap_or_default();
        let after = upper[at + name.len()..].trim_start_matches(' ');
        let opens = [b"-BEGIN ".as_slice(), b" BEGIN ", b"-END ", b" END "]
            .iter()
            .any(|word| before.windows(word.len()).any(|here| here == *word));
        opens || after.starts_with('-') || after.starts_with("BLOCK-")
    })
}

fn is_private_by_form(text: &str) -> bool {
    text.starts_with("PuTTY-User-Key-File")
        || text.contains("AGE-SECRET-KEY-1")
        || (text.contains("<RSAKeyValue") && text.contains("<D>"))
}

/// Recognizes a line from `authorized_keys` or `known_hosts`: a key type, followed by base64 that
/// starts with a length.
fn is_ssh_key(line: &str) -> bool {
    let mut words = line.split_ascii_whitespace().take(8);
    let kind = |word: &str| {
        ["ssh-", "ecdsa-sha2-", "sk-ssh-", "sk-ecdsa-"].iter().any(|start| word.starts_with(start))
    };
    words.any(kind) && words.next().is_some_and(|body| body.starts_with("AAAA"))
}
