use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use jiff::Timestamp;

use super::super::{CertificateKey, CertificateWarning, SelfSignature, SignatureAlgorithm};
use super::*;

const PEM: &str = include_str!("../../../tests/fixtures/certificate.pem");
const SECOND: &str = include_str!("../../../tests/fixtures/certificate-second.pem");
const DER: &[u8] = include_bytes!("../../../tests/fixtures/certificate.der");

/// Computed with `openssl x509 -fingerprint -sha256` and Python's `cryptography`.
const SHA256: &str = "55E9A24405C1B5B0BBA6FEDD093CA9D10D6C0DB5BF96994AD1AD3665A6659683";

macro_rules! fixture {
    ($name:literal) => {
        include_bytes!(concat!("../../../tests/fixtures/", $name)).as_slice()
    };
}

fn body() -> String {
    PEM.lines().filter(|line| !line.starts_with('-')).collect()
}

fn utf16(text: &str, mark: &[u8], order: fn(u16) -> [u8; 2]) -> Vec<u8> {
    mark.iter().copied().chain(text.encode_utf16().flat_map(order)).collect()
}

#[test]
fn accepts_pem_variants() {
    let one_line = format!("-----BEGIN CERTIFICATE-----{}-----END CERTIFICATE-----", body());
    let wide: String = body()
        .as_bytes()
        .chunks(76)
        .map(|line| format!("{}\n", std::str::from_utf8(line).unwrap()))
        .collect();
    let check = |dress: &str, bytes: &[u8], cleanups: &[Normalization]| {
        let found = read(bytes).unwrap_or_else(|refusal| panic!("{dress}: {refusal:?}"));
        assert_eq!(found.certificate.sha256(), SHA256, "{dress}");
        assert!(found.others.is_empty(), "{dress}");
        assert_eq!(found.cleanups, cleanups, "{dress}");
    };
    check("as it is", PEM.as_bytes(), &[]);
    check("CRLF", PEM.replace('\n', "\r\n").as_bytes(), &[]);
    check("CR", PEM.replace('\n', "\r").as_bytes(), &[]);
    check("no final line break", PEM.trim_end().as_bytes(), &[]);
    check("blank lines around", format!("\n\n{PEM}\n\n").as_bytes(), &[]);
    check("byte order mark", format!("\u{feff}{PEM}").as_bytes(), &[]);
    check("UTF-16 LE", &utf16(PEM, &[0xFF, 0xFE], u16::to_le_bytes), &[Normalization::Utf16]);
    check("UTF-16 BE", &utf16(PEM, &[0xFE, 0xFF], u16::to_be_bytes), &[Normalization::Utf16]);
    check("UTF-16 unmarked", &utf16(PEM, &[], u16::to_le_bytes), &[Normalization::Utf16]);
    check("one line", one_line.as_bytes(), &[]);
    check("blanks for line breaks", PEM.replace('\n', " ").as_bytes(), &[]);
    check("no line breaks", PEM.replace('\n', "").as_bytes(), &[]);
    check(
        "long lines",
        format!("-----BEGIN CERTIFICATE-----\n{wide}-----END CERTIFICATE-----").as_bytes(),
        &[],
    );
    check("literal \\n", PEM.replace('\n', "\\n").as_bytes(), &[Normalization::LineBreaks]);
    check("no-break space", PEM.replace('\n', "\u{a0}\n").as_bytes(), &[Normalization::Spaces]);
    check(
        "zero-width",
        PEM.replacen("MII", "\u{200b}MII", 1).as_bytes(),
        &[Normalization::Invisible],
    );
    check("em dashes", PEM.replace("-----", "—–").as_bytes(), &[Normalization::Dashes]);
    check("indented", PEM.replace('\n', "\n    ").as_bytes(), &[]);
    check("quoted mail", format!("> {}", PEM.trim_end().replace('\n', "\n> ")).as_bytes(), &[]);
    check(
        "bag attributes",
        format!("Bag Attributes\n    friendlyName: nOps\nsubject=CN = a\n{PEM}").as_bytes(),
        &[Normalization::Surroundings { lines: 3 }],
    );
    check("X509 label", PEM.replace("CERT", "X509 CERT").as_bytes(), &[Normalization::Label]);
    check("twice", format!("{PEM}{PEM}").as_bytes(), &[Normalization::Repeated]);
    check("glued", format!("{0}{0}", PEM.trim_end()).as_bytes(), &[Normalization::Repeated]);
    check("bare", body().as_bytes(), &[Normalization::Bare]);
    check("bare, quoted", format!("\"{}\"\n", body()).as_bytes(), &[Normalization::Bare]);
    check("bare, in lines", wide.as_bytes(), &[Normalization::Bare]);
    check(
        "bare, closed",
        format!("{wide}-----END CERTIFICATE-----").as_bytes(),
        &[Normalization::Bare],
    );
    check(
        "not closed",
        PEM.split("-----END").next().unwrap().as_bytes(),
        &[Normalization::ClosingLine],
    );
    check("DER", DER, &[Normalization::Binary]);
    check("bundle", fixture!("bundle.p7b"), &[Normalization::Binary, Normalization::Bundle]);
}

#[test]
fn openssl_trust_settings_are_dropped() {
    let mut der = DER.to_vec();
    der.extend([0x30, 0x06, 0x0C, 0x04, b'n', b'O', b'p', b's']);
    let pem = format!(
        "-----BEGIN TRUSTED CERTIFICATE-----\n{}\n-----END TRUSTED CERTIFICATE-----\n",
        STANDARD.encode(der)
    );
    let found = read(pem.as_bytes()).unwrap();
    assert_eq!(found.certificate.der, DER);
    assert_eq!(found.cleanups, [Normalization::Label]);
}

#[test]
fn identifies_other_file_types() {
    let check = |what: &str, bytes: &[u8], expect: CertificateError| {
        assert_eq!(read(bytes).expect_err(what), expect, "{what}");
    };
    check("nothing", b"", CertificateError::Empty);
    check("white space", b" \r\n\t", CertificateError::Empty);
    check("too large", &vec![b'a'; MAX_BYTES + 1], CertificateError::TooLarge { bytes: 1_048_577 });
    for (what, bytes) in [
        ("PKCS#8 PEM", fixture!("test-only-private-key-second.pem")),
        ("PKCS#8 DER", fixture!("test-only-private-key-pkcs8.der")),
        ("encrypted DER", fixture!("test-only-private-key-pkcs8-encrypted.der")),
        ("encrypted PEM", fixture!("test-only-private-key-pkcs8-encrypted.pem")),
        ("PKCS#1 DER", fixture!("test-only-private-key-pkcs1.der")),
        ("PKCS#1 encrypted", fixture!("test-only-private-key-pkcs1-encrypted.pem")),
        ("EC DER", fixture!("test-only-private-key-ec.der")),
        ("EC PEM", fixture!("test-only-private-key-ec.pem")),
        ("Ed25519", fixture!("test-only-private-key-ed25519.der")),
        ("OpenSSH", fixture!("test-only-private-key-openssh.pem")),
        ("PuTTY", b"PuTTY-User-Key-File-3: ssh-rsa\n"),
    ] {
        check(what, bytes, CertificateError::PrivateKey);
    }
    let key = STANDARD.encode(fixture!("test-only-private-key-pkcs8.der"));
    check("a bare key", key.as_bytes(), CertificateError::PrivateKey);
    let mut both = PEM.as_bytes().to_vec();
    both.extend(fixture!("test-only-private-key-second.pem"));
    check("certificate and key", &both, CertificateError::PrivateKey);
    let cut = &fixture!("test-only-private-key-pkcs8.der")[..600];
    check("a cut key", cut, CertificateError::PrivateKey);
    check("PKCS#12", fixture!("store.p12"), CertificateError::KeyStore);
    check("Java key store", b"\xFE\xED\xFE\xED\0\0\0\x02", CertificateError::KeyStore);
    check("request", fixture!("request.pem"), CertificateError::Request);
    check("request DER", fixture!("request.der"), CertificateError::Request);
    check("public key", fixture!("public-key.pem"), CertificateError::PublicKey);
    check("public key DER", fixture!("public-key.der"), CertificateError::PublicKey);
    check("SSH key", fixture!("ssh-key.pub"), CertificateError::SshKey);
    check(
        "a web page",
        b"<!DOCTYPE html>\n<html><head><TITLE>\n Sign in </TITLE></head></html>",
        CertificateError::WebPage { title: Some("Sign in".to_owned()) },
    );
    check(
        "JSON",
        b"{\"message\":\"Forbidden\"}",
        CertificateError::Json { message: Some("Forbidden".to_owned()) },
    );
    for configuration in [
        "[default]\nregion = us-east-1\n",
        "\n  [profile work]\n\n  sso_session = corp\n",
        "[sso-session corp]\r\nsso_start_url = https://d-1234567890.awsapps.com/start\r\n",
        "[work]\nrole_arn=arn:aws:iam::123456789012:role/Admin\n",
    ] {
        check(configuration, configuration.as_bytes(), CertificateError::AwsConfiguration);
    }
    for list in ["[]", "[1, 2]", "[{\"region\": \"a=b\"}]", "[default]", "[other]\nkey = 1\n"] {
        check(list, list.as_bytes(), CertificateError::Json { message: None });
    }
    check("XML", b"<?xml version=\"1.0\"?><a/>", CertificateError::Xml);
    check("zip", b"PK\x03\x04\x14\0", CertificateError::OtherFile { kind: OtherFile::Archive });
    check(
        "picture",
        b"\x89PNG\r\n\x1a\n",
        CertificateError::OtherFile { kind: OtherFile::Picture },
    );
    check("prose", b"Dear administrator, here is the certificate.", CertificateError::Unknown);
    check("noise", &[0x01, 0x00, 0x02, 0x90, 0x00], CertificateError::Unknown);
}

#[test]
fn damage_position_is_reported() {
    let check = |what: &str, bytes: &[u8], expect: DecodeError| {
        assert_eq!(read(bytes).expect_err(what), CertificateError::Damaged(expect), "{what}");
    };
    let third = PEM.lines().nth(3).unwrap();
    let spoilt = PEM.replace(third, &third.replacen(&third[10..11], "*", 1));
    check(
        "a wrong character",
        spoilt.as_bytes(),
        DecodeError::Character { line: 4, character: '*' },
    );
    check("cut PEM", &PEM.as_bytes()[..600], DecodeError::Cut);
    check("cut DER", &DER[..500], DecodeError::Cut);
    check("cut bare", &body().as_bytes()[..501], DecodeError::Cut);
    check("half a block", PEM.replace(third, "").as_bytes(), DecodeError::Cut);
    check(
        "empty block",
        b"-----BEGIN CERTIFICATE-----\n-----END CERTIFICATE-----",
        DecodeError::Cut,
    );
    let four = b"-----BEGIN CERTIFICATE-----\nMIID\n-----END CERTIFICATE-----";
    check("four characters", four, DecodeError::Cut);
    let mut broken = DER.to_vec();
    broken[30] = 0xFF;
    check("broken DER", &broken, DecodeError::Der { at: None });
}

#[test]
fn several_certificates_are_all_returned() {
    let found = read(format!("{PEM}\n{SECOND}").as_bytes()).unwrap();
    assert_eq!(found.certificate.sha256(), SHA256);
    assert_eq!(found.others.len(), 1);
    let bundle = read(fixture!("bundle-two.p7b")).unwrap();
    assert_eq!(bundle.others.len(), 1);
}

#[test]
fn parsed_values_match_openssl() {
    let certificate = read(DER).unwrap().certificate;
    assert_eq!(certificate.serial(), "A1B2C3D4E5F60718");
    assert_eq!(certificate.subject(), "CN=amazonaws.com, OU=IDAS, O=Amazon, C=US");
    assert_eq!(certificate.issuer(), certificate.subject());
    assert_eq!(certificate.not_before().to_string(), "2026-01-15T12:00:00Z");
    assert_eq!(certificate.not_after().to_string(), "2031-01-15T12:00:00Z");
    assert_eq!((certificate.key().kind(), certificate.key().bit_length()), ("RSA", Some(2048)));
    assert_eq!(certificate.signature_algorithm.name(), "sha256WithRSAEncryption");
    assert_eq!(certificate.self_signature(), SelfSignature::Holds);
    assert_eq!(certificate.pem(), PEM);
    assert_eq!(certificate.one_line(), body());
    assert_eq!(format!("{certificate:?}"), format!("Certificate({SHA256})"));
}

#[test]
fn warnings_depend_on_clock_and_key() {
    let at = |text: &str| text.parse::<Timestamp>().unwrap();
    let remarks = |bytes: &[u8], now: &str| read(bytes).unwrap().certificate.warnings(at(now));
    let end = at("2031-01-15T12:00:00Z");
    assert_eq!(remarks(DER, "2026-01-15T12:00:00Z"), []);
    assert_eq!(remarks(DER, "2026-11-24T00:00:00Z"), []);
    assert_eq!(
        remarks(DER, "2026-01-15T11:59:59Z"),
        [CertificateWarning::NotYetValid { from: at("2026-01-15T12:00:00Z") }]
    );
    assert_eq!(
        remarks(DER, "2030-12-05T12:00:00Z"),
        [CertificateWarning::ExpiresSoon { on: end, days: 41 }]
    );
    assert_eq!(remarks(DER, "2030-10-17T12:00:00Z"), [], "no warning 90 days before expiry");
    assert_eq!(remarks(DER, "2031-01-15T12:00:01Z"), [CertificateWarning::Expired { on: end }]);

    let now = "2026-11-24T00:00:00Z";
    assert_eq!(
        remarks(fixture!("certificate-weak-key.pem"), now),
        [CertificateWarning::WeakKey { bits: 1024 }]
    );
    assert_eq!(
        remarks(fixture!("certificate-weak-signature.pem"), now),
        [CertificateWarning::WeakSignature { algorithm: "sha1WithRSAEncryption".to_owned() }]
    );
    assert_eq!(
        remarks(fixture!("certificate-broken-signature.pem"), now),
        [CertificateWarning::SelfSignature]
    );
    assert_eq!(
        remarks(fixture!("certificate-ec.pem"), now),
        [CertificateWarning::KeyType { key: "EC".to_owned() }]
    );
    let edwards = read(fixture!("certificate-ed25519.pem")).unwrap().certificate;
    assert_eq!(edwards.self_signature(), SelfSignature::Holds);
    assert_eq!(*edwards.key(), CertificateKey::Other { oid: "1.3.101.112".to_owned() });
    let weak = read(fixture!("certificate-weak-signature.pem")).unwrap().certificate;
    assert!(matches!(weak.signature_algorithm, SignatureAlgorithm::Weak { .. }));
    assert_eq!(weak.self_signature(), SelfSignature::Holds);
    assert!(matches!(
        remarks(fixture!("certificate-issued.pem"), now)[..],
        [CertificateWarning::IssuedByOther { .. }]
    ));
}

#[test]
fn damaged_bytes_are_never_accepted_as_intact() {
    for length in 0..PEM.len() {
        if let Ok(found) = read(&PEM.as_bytes()[..length]) {
            assert_eq!(found.certificate.sha256(), SHA256, "{length}");
        }
    }
    for at in 0..DER.len() {
        let mut bytes = DER.to_vec();
        bytes[at] ^= 0x40;
        if let Ok(found) = read(&bytes) {
            let altered = found.certificate;
            assert_ne!(altered.sha256(), SHA256, "{at}");
            assert_ne!(altered.self_signature(), SelfSignature::Holds, "byte {at}");
        }
    }
}

#[test]
fn several_certificates_are_never_read_as_one() {
    let first = include_str!("../../../tests/fixtures/certificate.pem").trim();
    let second = include_str!("../../../tests/fixtures/certificate-second.pem").trim();
    let body = |pem: &str| pem.lines().filter(|line| !line.starts_with('-')).collect::<String>();
    let lines = |pem: &str| {
        pem.lines().filter(|line| !line.starts_with('-')).collect::<Vec<_>>().join("\n")
    };
    for text in [
        format!("{first}\n{}\n-----END CERTIFICATE-----\n", lines(second)),
        format!("{}\n\n{}", body(first), body(second)),
        format!("{}\n{}", body(first), body(second)),
        format!("{}\n\n{}", lines(first), lines(second)),
    ] {
        assert_eq!(read(text.as_bytes()).unwrap().others.len(), 1, "{text}");
    }
    assert_eq!(read(body(first).as_bytes()).unwrap().others.len(), 0);
}

#[test]
fn fingerprints_are_recognized() {
    let hex = "a6dbd43ea834a0b041f23391f2d8903fdf006310d4e289ae2bf08f85355d56ec";
    let pairs: Vec<&str> = (0..32).map(|at| &hex[2 * at..2 * at + 2]).collect();
    let fingerprint = |algorithm| CertificateError::Fingerprint { algorithm };
    for text in [
        hex.to_owned(),
        pairs.join(":").to_uppercase(),
        pairs.join(" "),
        format!("sha256 Fingerprint={}", pairs.join(":")),
        format!("SHA256:{}", pairs.join(":")),
    ] {
        assert_eq!(read(text.as_bytes()).unwrap_err(), fingerprint("SHA-256"), "{text}");
    }
    assert_eq!(read(&hex.as_bytes()[..40]).unwrap_err(), fingerprint("SHA-1"));
    assert_eq!(read(&hex.as_bytes()[..42]).unwrap_err(), CertificateError::Unknown);
}
