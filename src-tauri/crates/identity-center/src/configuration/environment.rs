//! The environment variables of the AWS CLI. An empty variable counts as unset.

use std::path::{MAIN_SEPARATOR, PathBuf};

use aws_types::os_shim_internal::Env;
use identifiers::{AccessKeyError, AccessKeys};

/// The variables that select a profile, in the order in which the AWS CLI checks them.
const PROFILE: [&str; 2] = ["AWS_DEFAULT_PROFILE", "AWS_PROFILE"];
const REGION: [&str; 2] = ["AWS_REGION", "AWS_DEFAULT_REGION"];
/// The variables with access keys. Both are needed.
const KEYS: [&str; 2] = ["AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"];
/// The variables with a session token. The second is an older name.
const TOKEN: [&str; 2] = ["AWS_SESSION_TOKEN", "AWS_SECURITY_TOKEN"];

#[derive(Clone, Debug)]
pub struct Environment(Env);

/// A value from the environment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Variable {
    pub name: &'static str,
    pub value: String,
}

impl Environment {
    pub fn new(env: Env) -> Self {
        Self(env)
    }

    pub fn get(&self, name: &str) -> Option<String> {
        self.0.get(name).ok().filter(|value| !value.trim().is_empty())
    }

    /// Returns the profile that the environment selects.
    pub fn profile(&self) -> Option<Variable> {
        self.first_set(PROFILE)
    }

    pub fn region(&self) -> Option<Variable> {
        let region = self.first_set(REGION)?;
        Some(Variable { value: region.value.trim().to_owned(), ..region })
    }

    pub fn has_keys(&self) -> bool {
        matches!(self.keys(), Some(Ok(_)))
    }

    /// Reads the access keys. Software that copies AWS's API may use other IDs than AWS, so IDs of
    /// any form are accepted.
    ///
    /// # Errors
    ///
    /// Returns an [`AccessKeyError`] if a value is missing or can't be sent.
    pub fn keys(&self) -> Option<Result<AccessKeys, AccessKeyError>> {
        let unquoted = |text: String| text.trim().trim_matches(['"', '\'']).to_owned();
        let token = self.first_set(TOKEN).map(|token| unquoted(token.value));
        let (id, secret) = match KEYS.map(|name| self.get(name).map(unquoted)) {
            [Some(id), Some(secret)] => (id, secret),
            [Some(_), None] => return Some(Err(AccessKeyError::SecretMissing)),
            [None, Some(_)] => return Some(Err(AccessKeyError::IdMissing)),
            [None, None] => return None,
        };
        // The SDK panics on an ID or a token that can't be part of a header.
        let can_be_sent = |text: &String| text.bytes().all(|byte| byte.is_ascii_graphic());
        Some(match AccessKeys::read(&id, &secret, token.as_deref().unwrap_or_default()) {
            Err(AccessKeyError::IdShape)
                if can_be_sent(&id) && token.as_ref().is_none_or(can_be_sent) =>
            {
                Ok(AccessKeys { id, secret: secret.into(), token: token.map(Into::into) })
            }
            keys => keys,
        })
    }

    fn first_set(&self, names: [&'static str; 2]) -> Option<Variable> {
        names.into_iter().find_map(|name| Some(Variable { name, value: self.get(name)? }))
    }

    pub fn home_folder(&self) -> Option<PathBuf> {
        let drive = || Some(self.get("HOMEDRIVE")? + &self.get("HOMEPATH")?);
        let home = self.get("HOME").or_else(|| self.get("USERPROFILE")).or_else(drive)?;
        Some(PathBuf::from(home))
    }

    /// Expands `~` and `$NAME` in a path from a variable or a setting.
    pub fn path(&self, text: &str) -> PathBuf {
        let text = self.expand(text.trim());
        let in_home = text.strip_prefix('~').filter(|rest| rest.starts_with(['/', MAIN_SEPARATOR]));
        match in_home.zip(self.home_folder()) {
            Some((rest, home)) => home.join(&rest[1..]),
            None => PathBuf::from(text),
        }
    }

    /// Expands `$NAME` and `${NAME}`. Unknown names stay unchanged.
    fn expand(&self, text: &str) -> String {
        let mut parts = text.split('$');
        let mut expanded = parts.next().unwrap_or_default().to_owned();
        for part in parts {
            let is_name = |c: char| c.is_ascii_alphanumeric() || c == '_';
            let in_braces = part.strip_prefix('{').and_then(|part| part.split_once('}'));
            let (name, rest) = in_braces
                .unwrap_or_else(|| part.split_at(part.find(|c| !is_name(c)).unwrap_or(part.len())));
            match self.get(name) {
                Some(value) => expanded.extend([value.as_str(), rest]),
                None => expanded.extend(["$", part]),
            }
        }
        expanded
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn empty_variables_are_unset() {
        let env = |variables: &[(&str, &str)]| Environment::new(Env::from_slice(variables));
        let selected = |variables: &[(&str, &str)]| {
            env(variables).profile().map(|profile| format!("{} {}", profile.name, profile.value))
        };
        assert_eq!(selected(&[("AWS_PROFILE", "")]), None);
        assert_eq!(selected(&[("AWS_PROFILE", " ")]), None);
        assert_eq!(selected(&[("AWS_PROFILE", "a")]).as_deref(), Some("AWS_PROFILE a"));
        let both = [("AWS_PROFILE", "a"), ("AWS_DEFAULT_PROFILE", "b")];
        assert_eq!(selected(&both).as_deref(), Some("AWS_DEFAULT_PROFILE b"));
        let region = env(&[("AWS_REGION", ""), ("AWS_DEFAULT_REGION", "us-east-1 ")]).region();
        assert_eq!(region.map(|region| region.value).as_deref(), Some("us-east-1"));
    }

    #[test]
    fn keys_are_complete_or_reported() {
        const ID: &str = "AKIAIOSFODNN7EXAMPLE";
        const TEMPORARY: &str = "ASIAIOSFODNN7EXAMPLE";
        const SECRET: &str = "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY";
        for (id, secret, token, expected) in [
            ("", "", "", None),
            (ID, SECRET, "", Some(Ok(ID))),
            ("test", "test", "", Some(Ok("test"))),
            (
                "AKIAIOSFODNN7EXAMPLE\r",
                "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY\r",
                "",
                Some(Ok(ID)),
            ),
            ("\"AKIAIOSFODNN7EXAMPLE\"", SECRET, "", Some(Ok(ID))),
            (TEMPORARY, SECRET, "IQoJb3JpZ2lu", Some(Ok(TEMPORARY))),
            (ID, "", "", Some(Err(AccessKeyError::SecretMissing))),
            ("", SECRET, "", Some(Err(AccessKeyError::IdMissing))),
            ("test", "", "", Some(Err(AccessKeyError::SecretMissing))),
            ("test", "test", "a\u{1}b", Some(Err(AccessKeyError::IdShape))),
            (TEMPORARY, SECRET, "", Some(Err(AccessKeyError::TokenMissing))),
            ("a\u{1}b", SECRET, "", Some(Err(AccessKeyError::IdShape))),
        ] {
            for name in TOKEN {
                let variables = [(KEYS[0], id), (KEYS[1], secret), (name, token)];
                let keys = Environment::new(Env::from_slice(&variables)).keys();
                let id = keys.as_ref().map(|keys| keys.as_ref().map(|keys| keys.id.as_str()));
                assert_eq!(id, expected.as_ref().map(|expected| expected.as_ref().copied()));
            }
        }
    }

    #[test]
    fn paths_are_expanded() {
        let env = Environment::new(Env::from_slice(&[("HOME", "/home/ana"), ("D", "/x")]));
        for (text, expected) in [
            ("~/.aws/config", "/home/ana/.aws/config"),
            ("$HOME/c", "/home/ana/c"),
            ("${D}y/c", "/xy/c"),
            ("$NOWHERE/c", "$NOWHERE/c"),
            ("~other/c", "~other/c"),
            ("/a b/c ", "/a b/c"),
        ] {
            assert_eq!(env.path(text), PathBuf::from(expected), "{text}");
        }
    }
}
