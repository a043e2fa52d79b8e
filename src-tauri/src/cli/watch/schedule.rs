//! Lines that run `watch` every day.

use std::{
    collections::BTreeMap,
    env,
    path::{Path, PathBuf, absolute},
};

use clap::ValueEnum;
use messages::MessageCatalog;

#[derive(Clone, Copy, ValueEnum)]
pub(super) enum Scheduler {
    /// A line for `crontab -e`.
    Cron,
    /// A service and a timer for systemd.
    Systemd,
    /// A workflow for GitHub Actions.
    Github,
}

impl Scheduler {
    /// Returns the lines for these setups.
    ///
    /// # Errors
    ///
    /// Returns an error if a path has a character that would end a line.
    pub(super) fn lines(
        self,
        setups: &[PathBuf],
        words: &MessageCatalog,
    ) -> Result<String, String> {
        if let Some(unsafe_path) = setups.iter().find(|path| has_line_end(path)) {
            let file = unsafe_path.to_string_lossy().replace(is_line_end, "\u{fffd}");
            let params = BTreeMap::from([("file".to_owned(), file)]);
            return Err(words.text("failure-watch_path", &params));
        }
        let program = env::current_exe().map_err(|error| error.to_string())?;
        let files = || -> Result<Vec<PathBuf>, String> {
            setups.iter().map(|file| absolute(file).map_err(|error| error.to_string())).collect()
        };
        Ok(match self {
            Self::Cron => {
                let quoted = join(&files()?, cron_word);
                include_str!("schedule/cron.txt")
                    .replace("@PROGRAM@", &cron_word(&program))
                    .replace("@SETUPS@", &quoted)
            }
            Self::Systemd => {
                let quoted = join(&files()?, systemd_word);
                include_str!("schedule/systemd.txt")
                    .replace("@PROGRAM@", &systemd_word(&program))
                    .replace("@SETUPS@", &quoted)
            }
            Self::Github => {
                let names: Vec<PathBuf> =
                    setups.iter().filter_map(|file| file.file_name().map(PathBuf::from)).collect();
                include_str!("schedule/github.txt").replace("@SETUPS@", &join(&names, github_word))
            }
        })
    }
}

fn join(files: &[PathBuf], quote: fn(&Path) -> String) -> String {
    files.iter().map(|file| quote(file)).collect::<Vec<_>>().join(" ")
}

/// Quotes a path for a POSIX shell.
fn shell_word(path: &Path) -> String {
    format!("'{}'", path.to_string_lossy().replace('\'', "'\\''"))
}

/// Returns whether a path has a character that ends a line in one of the formats, or that YAML
/// doesn't allow.
fn has_line_end(path: &Path) -> bool {
    path.to_string_lossy().contains(is_line_end)
}

fn is_line_end(character: char) -> bool {
    character.is_control() || matches!(character, '\u{2028}' | '\u{2029}' | '\u{fffe}' | '\u{ffff}')
}

/// Quotes a path for a shell command in a GitHub workflow, which replaces `${{ … }}` before the
/// shell sees it.
fn github_word(path: &Path) -> String {
    shell_word(path).replace("${{", "${{ '${{' }}")
}

/// Quotes a path for cron, which turns `%` into a line break.
fn cron_word(path: &Path) -> String {
    shell_word(path).replace('%', "\\%")
}

/// Quotes a path for a systemd unit, which expands `%` and `$`.
fn systemd_word(path: &Path) -> String {
    let text = path.to_string_lossy().replace('\\', "\\\\").replace('"', "\\\"");
    format!("\"{}\"", text.replace('%', "%%").replace('$', "$$"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_scheduler_reads_unusual_paths() {
        let path = Path::new("/a b/it's 100%$x\"/\\.json");
        assert_eq!(shell_word(path), "'/a b/it'\\''s 100%$x\"/\\.json'");
        assert_eq!(cron_word(path), "'/a b/it'\\''s 100\\%$x\"/\\.json'");
        assert_eq!(systemd_word(path), "\"/a b/it's 100%%$$x\\\"/\\\\.json\"");
    }

    fn words() -> MessageCatalog {
        MessageCatalog::english().without_markup()
    }

    /// Returns the value of the first key with this name in a YAML document.
    fn scalar_after(text: &str, key: &str) -> String {
        let events = saphyr_parser::Parser::new_from_str(text).map(|event| event.unwrap().0);
        let scalars: Vec<String> = events
            .filter_map(|event| match event {
                saphyr_parser::Event::Scalar(value, ..) => Some(value.into_owned()),
                _ => None,
            })
            .collect();
        let at = scalars.iter().position(|scalar| scalar == key).unwrap();
        scalars[at + 1].clone()
    }

    #[test]
    fn github_workflow_is_yaml_with_any_path() {
        for (name, expected) in [
            ("a.json", "'a.json'"),
            ("a # b.json", "'a # b.json'"),
            ("a: b.json", "'a: b.json'"),
            ("- {x}, [y] & *z !t | > % @ `", "'- {x}, [y] & *z !t | > % @ `'"),
            ("it's \"q\" \\.json", "'it'\\''s \"q\" \\.json'"),
            ("${{ secrets.X }}", "'${{ '${{' }} secrets.X }}'"),
            ("ü\u{1f600}", "'ü\u{1f600}'"),
        ] {
            let text = Scheduler::Github.lines(&[name.into(), "b.json".into()], &words()).unwrap();
            let run = scalar_after(&text, "run");
            let command =
                format!("nops-sso-setup watch --junit nops-sso-watch.xml {expected} 'b.json'\n");
            assert_eq!(run, command, "{text}");
        }
    }

    #[test]
    fn path_that_would_end_a_line_is_refused() {
        for scheduler in Scheduler::value_variants() {
            for name in ["a\nb", "a\rb", "a\u{85}b", "a\u{2028}b", "a\u{1b}b"] {
                let refused = scheduler.lines(&[name.into()], &words()).unwrap_err();
                assert!(refused.contains("a\u{fffd}b"), "{refused}");
            }
        }
    }
}
