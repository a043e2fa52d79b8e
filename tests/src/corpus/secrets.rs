//! Private keys of every type, key stores that may contain a private key, and files that often
//! accompany certificates: requests, public keys and revocation lists. All keys are generated here
//! and aren't used anywhere else.

use base64::{Engine as _, engine::general_purpose::STANDARD};
use saml::inspection::{InputKind, InspectionReason};

use super::{ExpectedResult, Sample, cert_factory::CertificateFactory};
use crate::Result;

/// Output of `openssl rand` in base64, used instead of a key's numbers.
const FILLER: &str = "b3BlbnNzaC1rZXktdjEAAAAABG5vbmUAAAAEbm9uZQAAAAAAAAABAAAAMwAAAAtzc2gtZW";

pub(super) fn samples(workshop: &CertificateFactory) -> Result<Vec<Sample>> {
    let mut all = private_keys(workshop)?;
    all.extend(stores(workshop)?);
    all.extend(beside_certificates(workshop)?);
    Ok(all)
}

fn private_keys(workshop: &CertificateFactory) -> Result<Vec<Sample>> {
    let said = ExpectedResult::Refusal(InputKind::PrivateKey, InspectionReason::PrivateKey);
    let openssl = |arguments: &[&str]| workshop.openssl(arguments);
    let pkcs8 = workshop.read("own.key")?;
    let text = String::from_utf8(pkcs8.clone())?;
    let body: String = text.lines().filter(|line| !line.starts_with('-')).collect();
    let pkcs1 = openssl(&["rsa", "-in", "own.key", "-traditional"])?;
    let ec = openssl(&["ecparam", "-name", "prime256v1", "-genkey"])?;
    workshop.write("ec.key", &ec)?;
    let dsa = openssl(&["dsaparam", "-genkey", "-noout", "1024"])?;
    let locked = ["-topk8", "-v2", "aes-256-cbc", "-passout", "pass:practice"];
    let sealed = openssl(&[["pkcs8", "-in", "own.key"].as_slice(), &locked].concat())?;
    let sealed_der =
        openssl(&[["pkcs8", "-in", "own.key", "-outform", "DER"].as_slice(), &locked].concat())?;
    let certificate = workshop.own.pem.as_str();
    let utf16: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
    let half = &body[..body.len() / 2 - 1];
    let texts: Vec<(&str, Vec<u8>)> = vec![
        ("PKCS#8", pkcs8.clone()),
        ("PKCS#8 in DER", openssl(&["pkcs8", "-topk8", "-nocrypt", "-in", "own.key", "-outform", "DER"])?),
        ("PKCS#8 under a password", sealed),
        ("PKCS#8 under a password, in DER", sealed_der),
        ("PKCS#1", pkcs1.clone()),
        ("PKCS#1 in DER", openssl(&["rsa", "-in", "own.key", "-traditional", "-outform", "DER"])?),
        ("PKCS#1 under a password", openssl(&["rsa", "-in", "own.key", "-traditional", "-aes128", "-passout", "pass:practice"])?),
        ("EC with its parameters", ec),
        ("EC in DER", openssl(&["ec", "-in", "ec.key", "-outform", "DER"])?),
        ("Ed25519", openssl(&["genpkey", "-algorithm", "ed25519"])?),
        ("Ed25519 in DER", openssl(&["genpkey", "-algorithm", "ed25519", "-outform", "DER"])?),
        ("X25519", openssl(&["genpkey", "-algorithm", "x25519"])?),
        ("DSA", dsa),
        ("openssl's text above it", openssl(&["rsa", "-in", "own.key", "-text"])?),
        ("after a certificate", [certificate.as_bytes(), &pkcs8].concat()),
        ("before a certificate", [&pkcs8, certificate.as_bytes()].concat()),
        ("CRLF", text.replace('\n', "\r\n").into_bytes()),
        ("UTF-16", utf16),
        ("one line", text.replace('\n', "").into_bytes()),
        ("literal \\n", text.replace('\n', "\\n").into_bytes()),
        ("typographic dashes", text.replace("-----", "—–—").into_bytes()),
        ("zero-width characters", text.replace("PRIVATE", "PRI\u{200b}VATE").into_bytes()),
        ("no-break spaces", text.replace("PRIVATE KEY", "PRIVATE\u{a0}KEY").into_bytes()),
        ("lower-case labels", text.replace("PRIVATE KEY", "private key").into_bytes()),
        ("bare base64", body.clone().into_bytes()),
        ("bare base64, cut", half.as_bytes().to_vec()),
        ("the first line is missing", text.replacen("-----BEGIN PRIVATE KEY-----", "", 1).into_bytes()),
        ("the last line is missing", text.replacen("-----END PRIVATE KEY-----", "", 1).into_bytes()),
        ("cut", text.as_bytes()[..text.len() / 2].to_vec()),
        ("cut in its first line", text.as_bytes()[..24].to_vec()),
        ("base64 of the whole file", STANDARD.encode(&pkcs8).into_bytes()),
        ("a string of JSON", format!("{{\"key\":{text:?}}}").into_bytes()),
        ("labelled as a certificate", text.replace("PRIVATE KEY", "CERTIFICATE").into_bytes()),
        ("encoded for a URL", text.replace('\n', "%0A").replace(' ', "%20").replace('+', "%2B").into_bytes()),
        ("OpenSSH", format!("-----BEGIN OPENSSH PRIVATE KEY-----\n{FILLER}\n-----END OPENSSH PRIVATE KEY-----\n").into_bytes()),
        ("SSH2", format!("---- BEGIN SSH2 ENCRYPTED PRIVATE KEY ----\n{FILLER}\n---- END SSH2 ENCRYPTED PRIVATE KEY ----\n").into_bytes()),
        ("PuTTY", format!("PuTTY-User-Key-File-3: ssh-ed25519\nEncryption: none\nPrivate-Lines: 1\n{FILLER}\n").into_bytes()),
        ("PGP", format!("-----BEGIN PGP PRIVATE KEY BLOCK-----\n\n{FILLER}\n-----END PGP PRIVATE KEY BLOCK-----\n").into_bytes()),
        ("JSON Web Key", br#"{"kty":"RSA","n":"0vx7ago","e":"AQAB","d":"X4cTteJ"}"#.to_vec()),
        ("a set of JSON Web Keys", br#"{ "keys" : [ { "kty" : "EC", "crv":"P-256", "x":"MKBC", "y":"4Etl", "d" : "870M" } ] }"#.to_vec()),
        ("XML of .NET", b"<RSAKeyValue><Modulus>0vx7</Modulus><Exponent>AQAB</Exponent><P>83i-</P><D>X4cT</D></RSAKeyValue>".to_vec()),
        ("Microsoft's PVK", [b"\x1E\xF1\xB5\xB0".as_slice(), &[0; 60]].concat()),
        ("Microsoft's key blob", [b"\x07\x02\0\0\0\xA4\0\0RSA2".as_slice(), &[8; 60]].concat()),
    ];
    Ok(texts
        .into_iter()
        .map(|(what, bytes)| Sample::new(format!("private key: {what}"), bytes, said, workshop.now))
        .collect())
}

fn stores(workshop: &CertificateFactory) -> Result<Vec<Sample>> {
    let said = ExpectedResult::Refusal(InputKind::KeyStore, InspectionReason::WrongKind);
    let sample = |what: &str, bytes: Vec<u8>| Sample::new(what, bytes, said, workshop.now);
    let store = workshop.read("own.p12")?;
    let bare = workshop.openssl(&[
        "pkcs12",
        "-export",
        "-nokeys",
        "-in",
        "own.pem",
        "-passout",
        "pass:practice",
    ])?;
    Ok(vec![
        sample("PKCS#12", store.clone()).named("nops.pfx"),
        sample("PKCS#12 without a key", bare),
        sample("PKCS#12 in base64", STANDARD.encode(&store).into_bytes()),
        sample(
            "PKCS#12 in a block",
            format!("-----BEGIN PKCS12-----\n{}\n-----END PKCS12-----\n", STANDARD.encode(&store))
                .into_bytes(),
        ),
        sample("a Java key store", b"\xFE\xED\xFE\xED\0\0\0\x02\0\0\0\x01".to_vec()),
        sample("an older Java key store", b"\xCE\xCE\xCE\xCE\0\0\0\x02\0\0\0\x01".to_vec()),
    ])
}

fn beside_certificates(workshop: &CertificateFactory) -> Result<Vec<Sample>> {
    let sample = |what: &str, bytes: Vec<u8>, kind: InputKind| {
        Sample::new(
            what,
            bytes,
            ExpectedResult::Refusal(kind, InspectionReason::WrongKind),
            workshop.now,
        )
    };
    let request = workshop.read("leaf.csr")?;
    let public = workshop.openssl(&["rsa", "-in", "own.key", "-pubout"])?;
    let revoked = revocation_list(workshop)?;
    let ssh = format!("ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAI{FILLER} ana@example.com\n");
    let empty = workshop.openssl(&["crl2pkcs7", "-in", "own.crl", "-outform", "DER"])?;
    Ok(vec![
        sample("a request", request.clone(), InputKind::CertificateRequest),
        sample("a request under its older label", String::from_utf8(request)?.replace("CERTIFICATE REQUEST", "NEW CERTIFICATE REQUEST").into_bytes(), InputKind::CertificateRequest),
        sample("a request in DER", workshop.openssl(&["req", "-in", "leaf.csr", "-outform", "DER"])?, InputKind::CertificateRequest),
        sample("a public key", public.clone(), InputKind::PublicKey),
        sample("a public key in DER", workshop.openssl(&["rsa", "-in", "own.key", "-pubout", "-outform", "DER"])?, InputKind::PublicKey),
        sample("a public key of PKCS#1", workshop.openssl(&["rsa", "-in", "own.key", "-RSAPublicKey_out"])?, InputKind::PublicKey),
        sample("an EC public key", workshop.openssl(&["ec", "-in", "ec.key", "-pubout"])?, InputKind::PublicKey),
        sample("a public key in base64", String::from_utf8(public)?.lines().filter(|line| !line.starts_with('-')).collect::<String>().into_bytes(), InputKind::PublicKey),
        sample("a PGP public key", format!("-----BEGIN PGP PUBLIC KEY BLOCK-----\n\n{FILLER}\n-----END PGP PUBLIC KEY BLOCK-----\n").into_bytes(), InputKind::PublicKey),
        sample("a public JSON Web Key", br#"{"keys":[{"kty":"RSA","use":"sig","kid":"d","n":"0vx7ago","e":"AQAB"}]}"#.to_vec(), InputKind::PublicKey),
        sample("an SSH key", ssh.clone().into_bytes(), InputKind::SshKey),
        sample("an SSH key below a comment", format!("# laptop\n{ssh}").into_bytes(), InputKind::SshKey),
        sample("an SSH key with options", format!("restrict,pty {ssh}").into_bytes(), InputKind::SshKey),
        sample("an SSH certificate", ssh.replace("ssh-ed25519", "ssh-ed25519-cert-v01@openssh.com").into_bytes(), InputKind::SshKey),
        sample("an SSH2 public key", format!("---- BEGIN SSH2 PUBLIC KEY ----\n{FILLER}\n---- END SSH2 PUBLIC KEY ----\n").into_bytes(), InputKind::SshKey),
        sample("a revocation list", revoked.clone(), InputKind::RevocationList),
        sample("a revocation list in DER", workshop.openssl(&["crl", "-in", "own.crl", "-outform", "DER"])?, InputKind::RevocationList),
        sample("a bundle without certificates", empty, InputKind::Bundle),
        sample("a signed message's signature", b"-----BEGIN PGP SIGNATURE-----\n\nwsBc\n-----END PGP SIGNATURE-----\n".to_vec(), InputKind::Unknown),
    ])
}

fn revocation_list(workshop: &CertificateFactory) -> Result<Vec<u8>> {
    workshop.write("index.txt", "")?;
    workshop.write("crlnumber", "01\n")?;
    workshop.write(
        "ca.cnf",
        "[ca]\ndefault_ca = own\n[own]\ndatabase = index.txt\ncrlnumber = crlnumber\ndefault_md = sha256\ndefault_crl_days = 30\n",
    )?;
    workshop.openssl(&[
        "ca", "-gencrl", "-config", "ca.cnf", "-cert", "own.pem", "-keyfile", "own.key", "-out",
        "own.crl",
    ])?;
    workshop.read("own.crl")
}
