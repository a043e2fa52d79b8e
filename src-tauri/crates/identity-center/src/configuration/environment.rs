//! The environment variables of the AWS CLI. An empty variable counts as unset.

use std::path::{MAIN_SEPARATOR, PathBuf};

use aws_types::os_shim_internal::Env;

/// The variables that select a profile, in the order in which the AWS CLI checks them.
const PROFILE: [&str; 2] = ["AWS_DEFAULT_PROFILE", "AWS_PROFILE"];
const REGION: [&str; 2] = ["AWS_REGION", "AWS_DEFAULT_REGION"];
/// The variables with access keys. Both are needed.
const KEYS: [&str; 2] = ["AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"];

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
        KEYS.into_iter().all(|name| self.get(name).is_some())
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
        assert!(!env(&[("AWS_ACCESS_KEY_ID", "a"), ("AWS_SECRET_ACCESS_KEY", "")]).has_keys());
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
