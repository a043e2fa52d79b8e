//! Runs openssl in a separate folder to make the keys and certificates of the corpus.

use std::{fs, path::PathBuf, process::Command};

use jiff::{Timestamp, ToSpan as _};
use tempfile::TempDir;

use crate::Result;

/// The subject that every Identity Center certificate has.
const AMAZON: &str = "/CN=amazonaws.com/OU=IDAS/O=Amazon/C=US";

/// A certificate and the facts that openssl reports about it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Certificate {
    /// The PEM text that openssl wrote.
    pub pem: String,
    pub der: Vec<u8>,
    /// The SHA-256 fingerprint in uppercase hexadecimal digits.
    pub sha256: String,
    /// The serial number in uppercase hexadecimal digits.
    pub serial: String,
    pub not_before: Timestamp,
    pub not_after: Timestamp,
}

impl Certificate {
    /// Returns the base64 text on one line.
    pub fn base64(&self) -> String {
        self.pem.lines().filter(|line| !line.starts_with('-')).collect()
    }

    /// Returns PEM text whose lines have this length.
    pub fn wrapped(&self, columns: usize) -> String {
        let base64 = self.base64();
        let mut rest = base64.as_str();
        let mut pem = String::from("-----BEGIN CERTIFICATE-----\n");
        while !rest.is_empty() {
            let (line, after) = rest.split_at(columns.min(rest.len()));
            pem.push_str(line);
            pem.push('\n');
            rest = after;
        }
        pem.push_str("-----END CERTIFICATE-----\n");
        pem
    }
}

/// A temporary folder that contains the generated certificates.
pub struct CertificateFactory {
    folder: TempDir,
    /// The time when the factory was opened. All certificates are valid from this time on.
    pub now: Timestamp,
    /// The certificate of an application, in Identity Center's format.
    pub own: Certificate,
    pub second: Certificate,
}

impl CertificateFactory {
    /// Makes the two certificates that all other files are based on.
    ///
    /// # Errors
    /// Returns an error if openssl is missing.
    pub fn open() -> Result<Self> {
        let folder = tempfile::tempdir()?;
        fs::write(folder.path().join("plain.cnf"), "[req]\ndistinguished_name = name\n[name]\n")?;
        let empty = Certificate {
            pem: String::new(),
            der: Vec::new(),
            sha256: String::new(),
            serial: String::new(),
            not_before: Timestamp::UNIX_EPOCH,
            not_after: Timestamp::UNIX_EPOCH,
        };
        let mut workshop =
            Self { folder, now: Timestamp::now(), own: empty.clone(), second: empty };
        workshop.own = workshop.amazon("own", &["-newkey", "rsa:2048", "-sha256"])?;
        workshop.second = workshop.amazon("second", &["-newkey", "rsa:2048", "-sha256"])?;
        // This time is later than the start of validity of all certificates that openssl makes from
        // now on.
        workshop.now = workshop.second.not_before.checked_add(1.hour())?;
        Ok(workshop)
    }

    /// Makes a self-signed certificate with Identity Center's subject and without extensions. Saves
    /// its key as `NAME.key`.
    ///
    /// # Errors
    /// Returns an error if openssl fails.
    pub fn amazon(&self, name: &str, how: &[&str]) -> Result<Certificate> {
        self.self_signed(name, AMAZON, how)
    }

    /// Makes a self-signed certificate that is valid for five years, with this subject and only the
    /// requested extensions.
    ///
    /// # Errors
    /// Returns an error if openssl fails.
    pub fn self_signed(&self, name: &str, subject: &str, how: &[&str]) -> Result<Certificate> {
        let (key, certificate) = (format!("{name}.key"), format!("{name}.pem"));
        let mut arguments = vec![
            "req",
            "-x509",
            "-nodes",
            "-config",
            "plain.cnf",
            "-days",
            "1826",
            "-subj",
            subject,
            "-keyout",
            &key,
            "-out",
            &certificate,
        ];
        arguments.extend(how);
        self.openssl(&arguments)?;
        self.certificate(&certificate)
    }

    /// Reads a certificate from this folder, together with the facts that openssl reports about it.
    ///
    /// # Errors
    /// Returns an error if the file doesn't exist or isn't a certificate.
    pub fn certificate(&self, file: &str) -> Result<Certificate> {
        let pem = self.openssl(&["x509", "-in", file])?;
        let der = self.openssl(&["x509", "-in", file, "-outform", "DER"])?;
        let facts = self.openssl(&[
            "x509",
            "-in",
            file,
            "-noout",
            "-fingerprint",
            "-sha256",
            "-serial",
            "-startdate",
            "-enddate",
            "-dateopt",
            "iso_8601",
        ])?;
        let facts = String::from_utf8(facts)?;
        let fact = |name: &str| -> Result<String> {
            let line = facts.lines().find_map(|line| {
                line.split_once('=').filter(|(key, _)| key.eq_ignore_ascii_case(name))
            });
            let (_, value) = line.ok_or_else(|| format!("openssl says nothing of {name}"))?;
            Ok(value.to_owned())
        };
        Ok(Certificate {
            pem: String::from_utf8(pem)?,
            der,
            sha256: fact("sha256 fingerprint")?.replace(':', ""),
            serial: fact("serial")?,
            not_before: fact("notbefore")?.replace(' ', "T").parse()?,
            not_after: fact("notafter")?.replace(' ', "T").parse()?,
        })
    }

    /// Runs openssl in this folder and returns its standard output.
    ///
    /// # Errors
    /// Returns openssl's message if openssl fails.
    pub fn openssl(&self, arguments: &[&str]) -> Result<Vec<u8>> {
        self.run("openssl", arguments)
    }

    /// Runs a program in this folder and returns its standard output.
    ///
    /// # Errors
    /// Returns the program's message if the program fails.
    pub fn run(&self, program: &str, arguments: &[&str]) -> Result<Vec<u8>> {
        let output = Command::new(program)
            .current_dir(self.folder.path())
            .args(arguments)
            .output()
            .map_err(|error| format!("{program} can't be run: {error}"))?;
        if output.status.success() {
            Ok(output.stdout)
        } else {
            let words = String::from_utf8_lossy(&output.stderr);
            Err(format!("{program} {}: {words}", arguments.join(" ")).into())
        }
    }

    /// Writes a file into this folder.
    ///
    /// # Errors
    /// Returns an error if the file can't be written.
    pub fn write(&self, file: &str, bytes: impl AsRef<[u8]>) -> Result<()> {
        Ok(fs::write(self.path(file), bytes)?)
    }

    pub fn read(&self, file: &str) -> Result<Vec<u8>> {
        Ok(fs::read(self.path(file))?)
    }

    fn path(&self, file: &str) -> PathBuf {
        self.folder.path().join(file)
    }
}
