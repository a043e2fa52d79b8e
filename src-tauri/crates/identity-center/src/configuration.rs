//! Reads this computer's AWS configuration: `config`, `credentials` and the environment.
//!
//! A wrong line doesn't affect the other profiles. The AWS SDK's own parser rejects the whole file,
//! so the SDK gets only what this module has read.

mod encoding;
mod environment;
mod ini;

use std::{
    collections::BTreeMap,
    io,
    path::{Path, PathBuf},
};

use aws_types::os_shim_internal::Env;
use secrecy::{ExposeSecret, SecretString};
use strum::{IntoStaticStr, VariantNames};

pub use environment::Environment;

use super::aws_files::AwsFiles;
use ini::{Ini, IniValue, Section};

/// A configuration file. Later variants take precedence over earlier ones.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum File {
    Config,
    Credentials,
}

impl File {
    const ALL: [Self; 2] = [Self::Config, Self::Credentials];

    fn variable(self) -> &'static str {
        match self {
            Self::Config => "AWS_CONFIG_FILE",
            Self::Credentials => "AWS_SHARED_CREDENTIALS_FILE",
        }
    }

    fn name(self) -> &'static str {
        match self {
            Self::Config => "config",
            Self::Credentials => "credentials",
        }
    }
}

/// A file or a line that can't be used, or that the AWS CLI reads differently.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ConfigurationNote {
    pub file: PathBuf,
    /// `None` if the note is about the whole file.
    pub line: Option<u32>,
    pub reason: NoteReason,
}

/// The reason for a note. The message key is `configuration-<code>`. The message's parameters are
/// the fields, `file` and `line`.
#[derive(Clone, Debug, PartialEq, Eq, IntoStaticStr, VariantNames)]
#[strum(serialize_all = "snake_case")]
pub enum NoteReason {
    /// A variable points to a file that doesn't exist.
    Missing {
        variable: &'static str,
    },
    /// The file can't be read: permissions are missing, or it isn't a regular file of a usual size.
    Unreadable,
    /// The file isn't text.
    NotText,
    /// The line is before the first section.
    NoSection,
    NoEquals,
    /// The line is read as part of the value above it, which damages that value.
    BrokenValue {
        key: String,
    },
    NoKey,
    /// The section header is empty or has no closing bracket.
    Header,
    /// The line is indented, so the AWS CLI adds it to the value above it.
    Indented,
    DuplicateKey {
        key: String,
        first: u32,
    },
    DuplicateSection {
        name: String,
        first: u32,
    },
    /// A section name with spaces isn't in quotation marks.
    SectionName {
        name: String,
    },
    /// In `config`, a profile's section must start with `profile`.
    PrefixMissing {
        name: String,
    },
    /// In `config`, `profile` must be in lowercase.
    PrefixCase {
        name: String,
    },
    /// In `credentials`, the word `profile` becomes part of the profile's name.
    PrefixInCredentials {
        name: String,
    },
    /// Sections such as `sso-session` are allowed only in `config`.
    SectionInCredentials {
        name: String,
    },
}

impl NoteReason {
    /// All codes, for the message-key test.
    pub const CODES: &[&str] = Self::VARIANTS;

    pub fn code(&self) -> &'static str {
        self.into()
    }
}

impl ConfigurationNote {
    pub fn params(&self) -> Vec<(&'static str, String)> {
        let mut params = vec![("file", self.file.display().to_string())];
        params.extend(self.line.map(|line| ("line", line.to_string())));
        match &self.reason {
            NoteReason::Missing { variable } => params.push(("variable", (*variable).to_owned())),
            NoteReason::BrokenValue { key } => params.push(("key", key.clone())),
            NoteReason::DuplicateKey { key, first } => {
                params.extend([("key", key.clone()), ("first", first.to_string())]);
            }
            NoteReason::DuplicateSection { name, first } => {
                params.extend([("name", name.clone()), ("first", first.to_string())]);
            }
            NoteReason::SectionName { name }
            | NoteReason::PrefixMissing { name }
            | NoteReason::PrefixCase { name }
            | NoteReason::PrefixInCredentials { name }
            | NoteReason::SectionInCredentials { name } => params.push(("name", name.clone())),
            _ => {}
        }
        params
    }
}

/// A section's values, by lowercase key.
#[derive(Clone, Default)]
pub struct Settings(BTreeMap<String, Setting>);

#[derive(Clone)]
struct Setting {
    file: File,
    /// Every value is treated as a secret, because some are.
    text: SecretString,
    nested: BTreeMap<String, String>,
}

impl Settings {
    /// Returns a value, unless it's empty.
    pub fn get(&self, key: &str) -> Option<&str> {
        Some(self.0.get(key)?.text.expose_secret()).filter(|text| !text.is_empty())
    }

    pub fn has(&self, key: &str) -> bool {
        self.get(key).is_some()
    }

    /// Returns the file that contains a value.
    pub fn file(&self, key: &str) -> Option<File> {
        self.get(key)?;
        self.0.get(key).map(|setting| setting.file)
    }

    /// Returns a value from the indented lines below a key.
    pub fn nested(&self, key: &str, below: &str) -> Option<&str> {
        self.0.get(key)?.nested.get(below).map(String::as_str)
    }

    /// Returns the keys that have indented lines.
    pub fn groups(&self) -> impl Iterator<Item = &str> {
        self.0.iter().filter(|(_, setting)| !setting.nested.is_empty()).map(|(key, _)| key.as_str())
    }

    fn add(&mut self, file: File, values: BTreeMap<String, IniValue>) {
        let setting = |IniValue { text, nested, .. }| Setting { file, text: text.into(), nested };
        self.0.extend(values.into_iter().map(|(key, value)| (key, setting(value))));
    }
}

/// This computer's AWS configuration.
#[derive(Clone)]
pub struct Configuration {
    pub environment: Environment,
    pub notes: Vec<ConfigurationNote>,
    profiles: BTreeMap<String, Settings>,
    sessions: BTreeMap<String, Settings>,
    services: BTreeMap<String, Settings>,
}

/// The kind of section that a header in the `config` file starts.
enum Header {
    Profile(String),
    Session(String),
    Services(String),
}

impl Configuration {
    /// Reads `~/.aws/config` and `~/.aws/credentials`, or the files that the environment specifies.
    pub async fn load_from_disk() -> Self {
        Self::load(&AwsFiles::OnDisk, &Env::real()).await
    }

    pub async fn load(files: &AwsFiles, env: &Env) -> Self {
        let mut configuration = Self {
            environment: Environment::new(env.clone()),
            notes: Vec::new(),
            profiles: BTreeMap::new(),
            sessions: BTreeMap::new(),
            services: BTreeMap::new(),
        };
        for file in File::ALL {
            let (path, variable) = configuration.path(file);
            let Some(path) = path else { continue };
            let text = match files.read(&path).await {
                Ok(bytes) => encoding::decode(&bytes).ok_or(NoteReason::NotText),
                Err(error) if error.kind() == io::ErrorKind::NotFound => match variable {
                    None => continue,
                    Some(variable) => Err(NoteReason::Missing { variable }),
                },
                Err(_) => Err(NoteReason::Unreadable),
            };
            match text {
                Ok(text) => configuration.add(file, &path, ini::parse(&text)),
                Err(reason) => configuration.add_note(&path, None, reason),
            }
        }
        configuration
    }

    /// Reads these texts as if they were the two files.
    #[cfg(test)]
    pub async fn from_texts(config: &str, credentials: &str, env: &[(&str, &str)]) -> Self {
        let home = [("HOME", "/home/ana")];
        let env: Vec<(&str, &str)> = home.iter().chain(env).copied().collect();
        let files =
            [("/home/ana/.aws/config", config), ("/home/ana/.aws/credentials", credentials)];
        Self::load(&AwsFiles::from_texts(&files), &Env::from_slice(&env)).await
    }

    /// Returns the names of all profiles, with `default` first.
    pub fn profile_names(&self) -> impl Iterator<Item = &str> {
        let default = self.profiles.get_key_value("default").map(|(name, _)| name);
        let others = self.profiles.keys().filter(|name| *name != "default");
        default.into_iter().chain(others).map(String::as_str)
    }

    /// Returns the profile that the AWS CLI uses without `--profile`.
    pub fn selected_profile(&self) -> String {
        self.environment.profile().map_or_else(|| "default".to_owned(), |profile| profile.value)
    }

    pub fn profile(&self, name: &str) -> Option<&Settings> {
        self.profiles.get(name)
    }

    /// Returns the names of all profiles, joined for display.
    pub fn list(&self) -> String {
        self.profile_names().collect::<Vec<&str>>().join(", ")
    }

    pub fn session(&self, name: &str) -> Option<&Settings> {
        self.sessions.get(name)
    }

    pub fn services(&self, name: &str) -> Option<&Settings> {
        self.services.get(name)
    }

    /// Returns a file's path, and the variable that specifies the path.
    fn path(&self, file: File) -> (Option<PathBuf>, Option<&'static str>) {
        match self.environment.get(file.variable()) {
            Some(text) => (Some(self.environment.path(&text)), Some(file.variable())),
            None => {
                let home = self.environment.home_folder();
                (home.map(|home| home.join(".aws").join(file.name())), None)
            }
        }
    }

    fn add(&mut self, file: File, path: &Path, ini: Ini) {
        for (line, reason) in ini.notes {
            self.add_note(path, Some(line), reason);
        }
        for section in ini.sections {
            let line = Some(section.line);
            match file {
                File::Config => match config_header(&section) {
                    Ok(Some(header)) => self.settings_mut(header).add(file, section.values),
                    Ok(None) => {}
                    Err(reason) => self.add_note(path, line, reason),
                },
                File::Credentials => {
                    if let Some((kind, _)) = section.header.split_once(char::is_whitespace) {
                        let name = section.header.clone();
                        match kind {
                            "profile" => {
                                self.add_note(path, line, NoteReason::PrefixInCredentials { name });
                            }
                            "sso-session" | "services" => {
                                self.add_note(
                                    path,
                                    line,
                                    NoteReason::SectionInCredentials { name },
                                );
                                continue;
                            }
                            _ => {}
                        }
                    }
                    self.profiles.entry(section.header).or_default().add(file, section.values);
                }
            }
        }
    }

    fn settings_mut(&mut self, header: Header) -> &mut Settings {
        let (sections, name) = match header {
            Header::Profile(name) => (&mut self.profiles, name),
            Header::Session(name) => (&mut self.sessions, name),
            Header::Services(name) => (&mut self.services, name),
        };
        sections.entry(name).or_default()
    }

    fn add_note(&mut self, file: &Path, line: Option<u32>, reason: NoteReason) {
        self.notes.push(ConfigurationNote { file: file.to_owned(), line, reason });
    }
}

/// Parses a header in `config`. Returns `None` for a section that isn't about profiles.
fn config_header(section: &Section) -> Result<Option<Header>, NoteReason> {
    let header = section.header.as_str();
    if header == "default" {
        return Ok(Some(Header::Profile(header.to_owned())));
    }
    let kind: fn(String) -> Header = match header.split(char::is_whitespace).next() {
        Some("profile") => Header::Profile,
        Some("sso-session") => Header::Session,
        Some("services") => Header::Services,
        _ => {
            let concerns_profiles = |key: &String| {
                ["region", "role_arn", "source_profile", "credential_process"]
                    .contains(&key.as_str())
                    || key.starts_with("aws_")
                    || key.starts_with("sso_")
            };
            let prefixed = header.split_once(char::is_whitespace);
            if let Some((_, name)) =
                prefixed.filter(|(kind, _)| kind.eq_ignore_ascii_case("profile"))
            {
                return Err(NoteReason::PrefixCase { name: name.trim().to_owned() });
            }
            return match section.values.keys().any(concerns_profiles) {
                true => Err(NoteReason::PrefixMissing { name: header.to_owned() }),
                false => Ok(None),
            };
        }
    };
    match split_shell_words(header).as_deref() {
        Some([_, name]) if !name.is_empty() => Ok(Some(kind(name.clone()))),
        _ => Err(NoteReason::SectionName { name: header.to_owned() }),
    }
}

/// Splits a header into words as a POSIX shell does: spaces in quotation marks or after `\` are
/// kept. Returns `None` if a quotation mark isn't closed.
fn split_shell_words(text: &str) -> Option<Vec<String>> {
    let mut words = Vec::new();
    let mut word: Option<String> = None;
    let mut quote = None;
    let mut characters = text.chars();
    while let Some(c) = characters.next() {
        match (quote, c) {
            (Some('"') | None, '\\') => {
                word.get_or_insert_default().push(characters.next()?);
            }
            (Some(open), c) if c == open => quote = None,
            (Some(_), c) => word.get_or_insert_default().push(c),
            (None, '"' | '\'') => {
                quote = Some(c);
                word.get_or_insert_default();
            }
            (None, c) if c.is_whitespace() => words.extend(word.take()),
            (None, c) => word.get_or_insert_default().push(c),
        }
    }
    words.extend(word);
    quote.is_none().then_some(words)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn format_notes(configuration: &Configuration) -> Vec<String> {
        let note = |note: &ConfigurationNote| {
            let file = note.file.file_name().unwrap().to_string_lossy().into_owned();
            format!("{file} {:?} {}", note.line, note.reason.code())
        };
        configuration.notes.iter().map(note).collect()
    }

    #[tokio::test]
    async fn section_names_are_read_as_the_aws_cli_does() {
        let config = "[default]\nregion=a\n[profile a/b+c]\n[profile \"with space\"]\n[profile 'x']\n[profile o\\'neil]\n[profile two words]\nregion=a\n[naked]\nregion=a\n[preview]\ncloudfront=true\n[sso-session corp]\nsso_region=b\n[services local]\nsts =\n  endpoint_url = http://localhost:1\n";
        let credentials = "[default]\noutput=b\n[with space]\nregion=c\n[profile late]\nregion=d\n[sso-session lost]\nsso_region=b\n";
        let configuration = Configuration::from_texts(config, credentials, &[]).await;
        let names: Vec<&str> = configuration.profile_names().collect();
        assert_eq!(names, ["default", "a/b+c", "o'neil", "profile late", "with space", "x"]);
        let default = configuration.profile("default").unwrap();
        assert_eq!((default.get("region"), default.get("output")), (Some("a"), Some("b")));
        assert_eq!(default.file("output"), Some(File::Credentials));
        assert_eq!(configuration.session("corp").unwrap().get("sso_region"), Some("b"));
        let services = configuration.services("local").unwrap();
        assert_eq!(services.nested("sts", "endpoint_url"), Some("http://localhost:1"));
        assert_eq!(
            format_notes(&configuration),
            [
                "config Some(7) section_name",
                "config Some(9) prefix_missing",
                "credentials Some(5) prefix_in_credentials",
                "credentials Some(7) section_in_credentials",
            ]
        );
    }

    /// The variables can name any path.
    #[cfg(unix)]
    #[tokio::test]
    async fn endless_files_are_unreadable() {
        let folder = tempfile::tempdir().unwrap();
        let at = |name: &str| folder.path().join(name);
        let made = std::process::Command::new("mkfifo").arg(at("pipe")).status().unwrap();
        assert!(made.success());
        std::os::unix::fs::symlink("/dev/zero", at("zero")).unwrap();
        std::os::unix::fs::symlink(at("loop"), at("loop")).unwrap();
        let sparse = std::fs::File::create(at("sparse")).unwrap();
        sparse.set_len(10_000_000_000).unwrap();
        for (config, credentials) in [("pipe", "zero"), ("sparse", "loop"), (".", "missing/..")] {
            let (config, credentials) = (at(config), at(credentials));
            let env = Env::from_slice(&[
                ("AWS_CONFIG_FILE", config.to_str().unwrap()),
                ("AWS_SHARED_CREDENTIALS_FILE", credentials.to_str().unwrap()),
            ]);
            let configuration = Configuration::load(&AwsFiles::OnDisk, &env).await;
            let codes = configuration.notes.iter().map(|note| note.reason.code());
            let codes: Vec<&str> = codes.collect();
            assert!(codes.len() == 2 && codes[0] == "unreadable", "{codes:?}");
        }
    }

    #[tokio::test]
    async fn unusable_file_leaves_the_other() {
        let env = [("HOME", "/home/ana"), ("AWS_CONFIG_FILE", "~/gone"), ("AWS_PROFILE", "")];
        let files =
            AwsFiles::from_texts(&[("/home/ana/.aws/credentials", "[a]\naws_access_key_id = x")]);
        let configuration = Configuration::load(&files, &Env::from_slice(&env)).await;
        assert_eq!(configuration.profile_names().collect::<Vec<&str>>(), ["a"]);
        assert_eq!(format_notes(&configuration), ["gone None missing"]);
        let files = AwsFiles::from_texts(&[("/home/ana/.aws/config", "\0\0\0")]);
        let env = Env::from_slice(&[("HOME", "/home/ana")]);
        assert_eq!(
            format_notes(&Configuration::load(&files, &env).await),
            ["config None not_text"]
        );
        let empty = Configuration::load(&AwsFiles::from_texts(&[]), &env).await;
        assert_eq!((empty.profile_names().count(), empty.notes.len()), (0, 0));
    }
}
