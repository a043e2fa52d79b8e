//! Describes the effects of the AWS CLI's environment variables, for display.

use strum::{IntoStaticStr, VariantNames};

use super::configuration::{Configuration, Environment};
use identifiers::Region;

/// An environment variable that has an effect. The message key is `environment-<code>`, and the
/// fields are the message's parameters.
#[derive(Clone, Debug, PartialEq, Eq, IntoStaticStr, VariantNames)]
#[strum(serialize_all = "snake_case")]
pub enum EnvironmentNote {
    /// The variable selects this profile.
    Profile {
        variable: &'static str,
        profile: String,
    },
    /// The variable selects a profile that doesn't exist.
    ProfileMissing {
        variable: &'static str,
        profile: String,
        profiles: String,
    },
    /// The profile name is in quotation marks or ends with a space.
    ProfileQuoted {
        variable: &'static str,
        profile: String,
        profiles: String,
    },
    Region {
        variable: &'static str,
        region: String,
    },
    /// The value isn't a Region.
    RegionUnknown {
        variable: &'static str,
        region: String,
    },
    /// The environment has access keys. The AWS CLI uses them unless the user specifies a profile.
    Keys,
    /// The variable specifies the path of a configuration file.
    File {
        variable: &'static str,
        file: String,
    },
}

impl EnvironmentNote {
    /// All codes, for the message-key test.
    pub const CODES: &[&str] = Self::VARIANTS;

    pub fn code(&self) -> &'static str {
        self.into()
    }

    pub fn params(&self) -> Vec<(&'static str, String)> {
        let named = |variable: &str, name, value: &str| {
            vec![("variable", variable.to_owned()), (name, value.to_owned())]
        };
        match self {
            Self::Profile { variable, profile } => named(variable, "profile", profile),
            Self::ProfileMissing { variable, profile, profiles }
            | Self::ProfileQuoted { variable, profile, profiles } => {
                let mut params = named(variable, "profile", profile);
                let any = if profiles.is_empty() { "no" } else { "yes" };
                params.extend([("profiles", profiles.clone()), ("any", any.to_owned())]);
                params
            }
            Self::Region { variable, region } | Self::RegionUnknown { variable, region } => {
                named(variable, "region", region)
            }
            Self::Keys => Vec::new(),
            Self::File { variable, file } => named(variable, "file", file),
        }
    }
}

pub fn find_effective_variables(configuration: &Configuration) -> Vec<EnvironmentNote> {
    let environment = &configuration.environment;
    let mut notes: Vec<EnvironmentNote> = profile(configuration).into_iter().collect();
    notes.extend(region(environment));
    if environment.has_keys() {
        notes.push(EnvironmentNote::Keys);
    }
    for variable in ["AWS_CONFIG_FILE", "AWS_SHARED_CREDENTIALS_FILE"] {
        notes.extend(environment.get(variable).map(|text| {
            let file = environment.path(&text).display().to_string();
            EnvironmentNote::File { variable, file }
        }));
    }
    notes
}

fn profile(configuration: &Configuration) -> Option<EnvironmentNote> {
    let selected = configuration.environment.profile()?;
    let (variable, profile) = (selected.name, selected.value);
    if configuration.profile(&profile).is_some() {
        return Some(EnvironmentNote::Profile { variable, profile });
    }
    let profiles = configuration.list();
    let is_quoted = profile.trim().trim_matches(['"', '\'']).len() != profile.len();
    Some(match is_quoted {
        true => EnvironmentNote::ProfileQuoted { variable, profile, profiles },
        false => EnvironmentNote::ProfileMissing { variable, profile, profiles },
    })
}

fn region(environment: &Environment) -> Option<EnvironmentNote> {
    let selected = environment.region()?;
    let (variable, region) = (selected.name, selected.value);
    Some(match region.parse::<Region>() {
        Ok(_) => EnvironmentNote::Region { variable, region },
        Err(_) => EnvironmentNote::RegionUnknown { variable, region },
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn variables_in_effect_are_named() {
        let config = "[default]\nregion = us-east-1\n[profile work]\nregion = us-east-1\n";
        for (variables, expected) in [
            (vec![], vec![]),
            (vec![("AWS_PROFILE", "")], vec![]),
            (vec![("AWS_PROFILE", "work")], vec!["profile"]),
            (vec![("AWS_DEFAULT_PROFILE", "work")], vec!["profile"]),
            (vec![("AWS_PROFILE", "gone")], vec!["profile_missing"]),
            (vec![("AWS_PROFILE", "\"work\"")], vec!["profile_quoted"]),
            (vec![("AWS_PROFILE", "work ")], vec!["profile_quoted"]),
            (vec![("AWS_REGION", "eu-west-1")], vec!["region"]),
            (vec![("AWS_DEFAULT_REGION", "Ireland")], vec!["region_unknown"]),
            (vec![("AWS_ACCESS_KEY_ID", "AKIAIOSFODNN7EXAMPLE")], vec![]),
            (vec![("AWS_ACCESS_KEY_ID", "a"), ("AWS_SECRET_ACCESS_KEY", "b")], vec!["keys"]),
            (vec![("AWS_CONFIG_FILE", "/home/ana/.aws/config")], vec!["file"]),
        ] {
            let configuration = Configuration::from_texts(config, "", &variables).await;
            let notes = find_effective_variables(&configuration);
            let codes: Vec<&str> = notes.iter().map(EnvironmentNote::code).collect();
            assert_eq!(codes, expected, "{variables:?}");
            for note in &notes {
                if let EnvironmentNote::ProfileMissing { profiles, .. } = note {
                    assert_eq!(profiles, "default, work");
                }
            }
        }
    }
}
