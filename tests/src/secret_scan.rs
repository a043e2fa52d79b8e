//! Searches files and processes for canaries, which are secrets that must not be found anywhere
//! after the app has received them.

use std::{
    fs, io,
    path::{Path, PathBuf},
};

use base64::{Engine, engine::general_purpose::STANDARD};

use crate::Result;

/// Returns the files in `folder`, except those in `except`, that contain the secret in any common
/// encoding.
pub fn files(secret: &str, folder: &Path, except: &[PathBuf]) -> Result<Vec<PathBuf>> {
    let writings = encode_all_ways(secret);
    let mut found = Vec::new();
    search(folder, except, &mut |file, content| {
        if writings.iter().any(|writing| holds(content, writing)) {
            found.push(file.to_owned());
        }
    })?;
    Ok(found)
}

/// Returns the processes whose arguments or environment contain the secret.
pub fn processes(secret: &str, processes: &[u32]) -> Result<Vec<u32>> {
    let writings = encode_all_ways(secret);
    let mut found = Vec::new();
    for process in processes {
        for file in ["cmdline", "environ"] {
            let content = fs::read(format!("/proc/{process}/{file}"))?;
            if writings.iter().any(|writing| holds(&content, writing)) {
                found.push(*process);
            }
        }
    }
    Ok(found)
}

/// Returns the secret in plain text, UTF-16 (both byte orders), Base64 and hexadecimal.
fn encode_all_ways(secret: &str) -> Vec<Vec<u8>> {
    let hex: String = secret.bytes().map(|byte| format!("{byte:02x}")).collect();
    vec![
        secret.as_bytes().to_vec(),
        secret.encode_utf16().flat_map(u16::to_le_bytes).collect(),
        secret.encode_utf16().flat_map(u16::to_be_bytes).collect(),
        // Leave out the last characters, because they depend on the text after the secret.
        STANDARD.encode(&secret.as_bytes()[..secret.len() / 3 * 3]).into_bytes(),
        hex.to_uppercase().into_bytes(),
        hex.into_bytes(),
    ]
}

fn holds(content: &[u8], writing: &[u8]) -> bool {
    content.windows(writing.len()).any(|part| part == writing)
}

fn search(path: &Path, except: &[PathBuf], seen: &mut impl FnMut(&Path, &[u8])) -> Result<()> {
    if except.iter().any(|left_out| left_out == path) {
        return Ok(());
    }
    let kind = match path.symlink_metadata() {
        Ok(metadata) => metadata.file_type(),
        // The app may delete files while the scan runs.
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(()),
        Err(error) => return Err(error.into()),
    };
    if kind.is_dir() {
        for entry in fs::read_dir(path)? {
            search(&entry?.path(), except, seen)?;
        }
    } else if kind.is_file() {
        seen(path, &fs::read(path)?);
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use std::io::BufRead;

    use super::*;

    #[test]
    fn secret_is_found_in_every_encoding() {
        let secret = "canary-wJalrXUtnFEMI/K7MDENG";
        let folder = tempfile::tempdir().unwrap();
        fs::create_dir(folder.path().join("keychain")).unwrap();
        for (name, writing) in encode_all_ways(secret).iter().enumerate() {
            let content = [b"before ".as_slice(), writing, b" after"].concat();
            fs::write(folder.path().join(name.to_string()), content).unwrap();
        }
        fs::write(folder.path().join("other"), "canary-of-another-kind").unwrap();
        fs::write(folder.path().join("keychain/kept"), secret).unwrap();

        let except = [folder.path().join("keychain")];
        assert_eq!(
            files(secret, folder.path(), &except).unwrap().len(),
            encode_all_ways(secret).len()
        );
        assert_eq!(files("no-such-secret", folder.path(), &[]).unwrap(), Vec::<PathBuf>::new());
        assert_eq!(
            files(secret, folder.path(), &[]).unwrap().len(),
            encode_all_ways(secret).len() + 1
        );
    }

    #[test]
    fn secret_is_found_in_process_arguments() {
        let secret = "canary-in-arguments";
        let mut shell = std::process::Command::new("sh")
            .args(["-c", "echo ready; read line", secret])
            .stdin(std::process::Stdio::piped())
            .stdout(std::process::Stdio::piped())
            .spawn()
            .unwrap();
        // Wait until the process has started, because its arguments aren't visible before that.
        let mut ready = String::new();
        io::BufReader::new(shell.stdout.take().unwrap()).read_line(&mut ready).unwrap();
        assert_eq!(ready, "ready\n");
        assert_eq!(processes(secret, &[shell.id()]).unwrap(), [shell.id()]);
        assert_eq!(processes("another", &[shell.id()]).unwrap(), Vec::<u32>::new());
        shell.kill().unwrap();
        shell.wait().unwrap();
    }
}
