//! Lines that run `watch` every day.

use std::{
    env,
    path::{Path, PathBuf, absolute},
};

use clap::ValueEnum;

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
    pub(super) fn lines(self, setups: &[PathBuf]) -> Result<String, String> {
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
                include_str!("schedule/github.txt").replace("@SETUPS@", &join(&names, shell_word))
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
}
