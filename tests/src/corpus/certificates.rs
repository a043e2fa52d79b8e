//! Certificates: the correct certificate in many encodings, other certificates that are acceptable,
//! and unacceptable certificates.

use base64::{Engine as _, engine::general_purpose::STANDARD};
use jiff::{SignedDuration, Timestamp, ToSpan as _};
use saml::inspection::{ExpectedKind, InputKind, InspectionReason};

use super::{
    ExpectedResult, Sample,
    cert_factory::{Certificate, CertificateFactory},
};
use crate::Result;

const TAKEN: ExpectedResult = ExpectedResult::Nothing(InputKind::Certificate);

pub(super) fn samples(workshop: &CertificateFactory) -> Result<Vec<Sample>> {
    let mut all = decorated_certificates(workshop)?;
    all.extend(in_other_files(workshop)?);
    all.extend(acceptable_certificates(workshop)?);
    all.extend(suspicious_certificates(workshop)?);
    all.extend(certificate_bundles(workshop)?);
    all.extend(damaged(workshop));
    all.extend(at_other_times(workshop)?);
    Ok(all)
}

/// Returns one certificate in the forms that mail programs, editors, consoles and shells convert it
/// to.
fn decorated_certificates(workshop: &CertificateFactory) -> Result<Vec<Sample>> {
    let own = &workshop.own;
    let pem = own.pem.as_str();
    let base64 = own.base64();
    let first = "-----BEGIN CERTIFICATE-----";
    let last = "-----END CERTIFICATE-----";
    let text = |with: fn(&str) -> String| with(pem);
    let texts: Vec<(&str, String)> = vec![
        ("as it was downloaded", pem.to_owned()),
        ("CRLF", text(|pem| pem.replace('\n', "\r\n"))),
        ("CR", text(|pem| pem.replace('\n', "\r"))),
        ("CR CR LF", text(|pem| pem.replace('\n', "\r\r\n"))),
        ("a byte order mark", format!("\u{feff}{pem}")),
        ("no final line break", pem.trim_end().to_owned()),
        ("three final line breaks", format!("{pem}\n\n\n")),
        ("blank lines before it", format!("\n \n\t\n{pem}")),
        ("one line", text(|pem| pem.replace('\n', ""))),
        ("blanks for line breaks", text(|pem| pem.replace('\n', " "))),
        ("tabs for line breaks", text(|pem| pem.replace('\n', "\t"))),
        ("two line breaks each", text(|pem| pem.replace('\n', "\n\n"))),
        ("blanks at the ends of lines", text(|pem| pem.replace('\n', "   \n"))),
        ("indented", text(|pem| format!("    {}", pem.replace('\n', "\n    ")))),
        ("literal \\n", text(|pem| pem.replace('\n', "\\n"))),
        ("literal \\r\\n", text(|pem| pem.replace('\n', "\\r\\n"))),
        ("a string of JSON", format!("{:?}", pem)),
        ("an answer of JSON", format!("{{\"certificate\":{:?}}}", pem)),
        ("a string of JSON with escaped slashes", format!("{:?}", pem).replace('/', "\\/")),
        ("no-break spaces", text(|pem| pem.replace('\n', "\u{a0}\n"))),
        ("zero-width spaces", text(|pem| pem.replace("\nM", "\n\u{200b}M"))),
        ("a soft hyphen", pem.replacen("MII", "M\u{ad}II", 1)),
        ("marks of direction", format!("\u{202a}{pem}\u{202c}")),
        ("em dashes", text(|pem| pem.replace("-----", "——–"))),
        ("en dashes", text(|pem| pem.replace("--", "–"))),
        ("minus signs", text(|pem| pem.replace('-', "\u{2212}"))),
        ("four dashes", text(|pem| pem.replace("-----", "----"))),
        (
            "lower-case labels",
            text(|pem| {
                pem.replace("BEGIN CERTIFICATE", "begin certificate")
                    .replace("END CERTIFICATE", "end certificate")
            }),
        ),
        ("an older label", text(|pem| pem.replace("CERTIFICATE", "X509 CERTIFICATE"))),
        ("lines of 76", own.wrapped(76)),
        ("lines of 40", own.wrapped(40)),
        ("lines of 7", own.wrapped(7)),
        ("a single long line between the labels", own.wrapped(usize::MAX)),
        ("bare base64", base64.clone()),
        (
            "bare base64 in lines",
            text(|pem| {
                pem.lines().filter(|line| !line.starts_with('-')).collect::<Vec<_>>().join("\n")
            }),
        ),
        ("bare base64 in quotes", format!("\"{base64}\"")),
        ("bare base64 in single quotes", format!("'{base64}'\n")),
        ("bare base64 without its padding", base64.trim_end_matches('=').to_owned()),
        ("the first line is missing", pem.replacen(first, "", 1)),
        ("the last line is missing", pem.replacen(last, "", 1)),
        ("text above it", format!("Your certificate for nOps:\n\n{pem}")),
        ("text around it", format!("Hello Ana,\n\nhere it is: \n{pem}\nBest\nBen\n")),
        ("quoted in a mail", text(|pem| format!("> {}", pem.trim_end().replace('\n', "\n> ")))),
        (
            "quoted twice in a mail",
            text(|pem| format!(">> {}", pem.trim_end().replace('\n', "\n>> "))),
        ),
        ("fenced in a chat", format!("```\n{pem}```\n")),
        ("in a YAML file", text(|pem| format!("certificate: |\n  {}", pem.replace('\n', "\n  ")))),
        ("in a shell variable", format!("CERTIFICATE=\"{pem}\"\n")),
        (
            "with a header of RFC 1421",
            format!(
                "{first}\nProc-Type: 4,MIC-CLEAR\nContent-Domain: RFC822\n\n{base64}\n{last}\n"
            ),
        ),
        ("the same one twice", format!("{pem}{pem}")),
        (
            "the same one three times in two dresses",
            format!("{pem}{}\n{pem}", pem.replace('\n', "\r\n")),
        ),
        ("an element of metadata", format!("<ds:X509Certificate>{base64}</ds:X509Certificate>")),
        (
            "an element of metadata in lines",
            format!(
                "<X509Certificate>\n{}\n</X509Certificate>\n",
                own.wrapped(64)
                    .lines()
                    .filter(|line| !line.starts_with('-'))
                    .collect::<Vec<_>>()
                    .join("\n")
            ),
        ),
        (
            "a key descriptor of metadata",
            format!(
                "<KeyDescriptor use=\"signing\"><ds:KeyInfo><ds:X509Data><ds:X509Certificate>{base64}</ds:X509Certificate></ds:X509Data></ds:KeyInfo></KeyDescriptor>"
            ),
        ),
        ("base64 of the whole file", STANDARD.encode(pem)),
        (
            "base64 of the whole file in lines",
            STANDARD
                .encode(pem)
                .as_bytes()
                .chunks(76)
                .map(|line| String::from_utf8_lossy(line).into_owned())
                .collect::<Vec<_>>()
                .join("\n"),
        ),
        (
            "encoded for a URL",
            pem.replace('\n', "%0A")
                .replace(' ', "%20")
                .replace('+', "%2B")
                .replace('/', "%2F")
                .replace('=', "%3D"),
        ),
        ("line separators of Unicode", text(|pem| pem.replace('\n', "\u{2028}"))),
        ("next-line characters", text(|pem| pem.replace('\n', "\u{85}"))),
        (
            "openssl's text above it",
            String::from_utf8(workshop.openssl(&["x509", "-in", "own.pem", "-text"])?)?,
        ),
    ];
    let mut all: Vec<Sample> = texts
        .into_iter()
        .map(|(what, text)| Sample::new(what, text, TAKEN, workshop.now).holding(&[own]))
        .collect();
    let utf16 = |mark: &[u8], order: fn(u16) -> [u8; 2]| -> Vec<u8> {
        let units = pem.encode_utf16().flat_map(order);
        mark.iter().copied().chain(units).collect()
    };
    let german = [b"Zertifikat f\xFCr nOps:\n".as_slice(), pem.as_bytes()].concat();
    for (what, bytes) in [
        ("UTF-16 LE", utf16(&[0xFF, 0xFE], u16::to_le_bytes)),
        ("UTF-16 BE", utf16(&[0xFE, 0xFF], u16::to_be_bytes)),
        ("UTF-16 LE without its mark", utf16(&[], u16::to_le_bytes)),
        ("UTF-16 BE without its mark", utf16(&[], u16::to_be_bytes)),
        ("Windows-1252 above it", german),
    ] {
        all.push(Sample::new(what, bytes, TAKEN, workshop.now).holding(&[own]));
    }
    Ok(all)
}

/// Returns the same certificate in other file formats and under other names.
fn in_other_files(workshop: &CertificateFactory) -> Result<Vec<Sample>> {
    let own = &workshop.own;
    let sample =
        |what: &str, bytes: Vec<u8>| Sample::new(what, bytes, TAKEN, workshop.now).holding(&[own]);
    let der = own.der.clone();
    workshop.openssl(&["crl2pkcs7", "-nocrl", "-certfile", "own.pem", "-out", "own.p7b"])?;
    let bundle = String::from_utf8(workshop.read("own.p7b")?)?;
    // `-stream` signs while reading, so the outer ASN.1 structures have indefinite lengths.
    let streamed = workshop.openssl(&[
        "cms",
        "-sign",
        "-stream",
        "-nodetach",
        "-binary",
        "-signer",
        "own.pem",
        "-inkey",
        "own.key",
        "-in",
        "own.p7b",
        "-outform",
        "DER",
    ])?;
    if !streamed.starts_with(b"\x30\x80") {
        return Err("openssl wrote no indefinite length".into());
    }
    let binary =
        workshop.openssl(&["crl2pkcs7", "-nocrl", "-certfile", "own.pem", "-outform", "DER"])?;
    let trusted =
        workshop.openssl(&["x509", "-in", "own.pem", "-trustout", "-addtrust", "serverAuth"])?;
    workshop.openssl(&[
        "pkcs12",
        "-export",
        "-inkey",
        "own.key",
        "-in",
        "own.pem",
        "-name",
        "nOps",
        "-out",
        "own.p12",
        "-passout",
        "pass:practice",
    ])?;
    let bag =
        workshop.openssl(&["pkcs12", "-in", "own.p12", "-nokeys", "-passin", "pass:practice"])?;
    Ok(vec![
        sample("DER", der.clone()),
        sample("DER and a line break", [der.as_slice(), b"\r\n"].concat()),
        sample("DER named as text", der.clone()).named("certificate.txt"),
        sample("DER named as a picture", der.clone()).named("certificate.jpg"),
        sample("DER named as PEM", der.clone()).named("certificate.pem"),
        sample("DER without an ending", der.clone()).named("certificate"),
        sample("a whole file whose name says that it is not", der)
            .named("certificate.cer.crdownload"),
        sample("AWS's usual name", own.pem.clone().into_bytes())
            .named("AWS_SSO_for_Custom SAML 2.0 application_certificate.pem"),
        sample("a name with every kind of letter", own.pem.clone().into_bytes())
            .named("Zertifikat nOps (1) – Kopie ‘neu’ 証明書.cer"),
        sample("PKCS#7 with indefinite lengths", streamed.clone()).named("certificate.p7b"),
        Sample::new(
            "PKCS#7 with indefinite lengths, cut off",
            &streamed[..streamed.len() - 2],
            ExpectedResult::Refusal(InputKind::Download, InspectionReason::Unfinished),
            workshop.now,
        ),
        sample("PKCS#7", bundle.clone().into_bytes()).named("certificate.p7b"),
        sample("PKCS#7 with CRLF", bundle.replace('\n', "\r\n").into_bytes()),
        sample(
            "PKCS#7 under its long label",
            bundle.replace("PKCS7", "PKCS #7 SIGNED DATA").into_bytes(),
        ),
        sample("PKCS#7 as CMS", bundle.replace("PKCS7", "CMS").into_bytes()),
        sample("PKCS#7 in binary", binary),
        sample("OpenSSL's trusted form", trusted),
        sample("bag attributes above it", bag),
        Sample {
            expect: ExpectedKind::Certificate,
            ..sample("said to be a certificate", own.pem.clone().into_bytes())
        },
    ])
}

/// Returns other certificates that an application in Identity Center could have.
fn acceptable_certificates(workshop: &CertificateFactory) -> Result<Vec<Sample>> {
    let sample = |what: &str, certificate: &Certificate, at: Timestamp| {
        Sample::new(what, certificate.pem.clone(), TAKEN, at).holding(&[certificate])
    };
    let now = workshop.now;
    let mut all = vec![
        sample("of another application", &workshop.second, now),
        sample("a day old", &workshop.own, now + SignedDuration::from_hours(24)),
        sample("four years old", &workshop.own, now + SignedDuration::from_hours(24 * 1461)),
    ];
    for (name, how) in [
        ("rsa-3072", ["-newkey", "rsa:3072", "-sha256"].as_slice()),
        ("rsa-4096", &["-newkey", "rsa:4096", "-sha256"]),
        ("sha-384", &["-key", "own.key", "-sha384"]),
        ("sha-512", &["-key", "own.key", "-sha512"]),
        ("serial-1", &["-key", "own.key", "-sha256", "-set_serial", "1"]),
        ("serial-high", &["-key", "own.key", "-sha256", "-set_serial", "0xA1B2C3D4E5F60718"]),
        (
            "serial-long",
            &[
                "-key",
                "own.key",
                "-sha256",
                "-set_serial",
                "0x7FFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFF",
            ],
        ),
        ("until-2055", &["-key", "own.key", "-sha256", "-days", "10957"]),
        ("version-3", &["-key", "own.key", "-sha256", "-addext", "subjectKeyIdentifier=hash"]),
        ("signing-only", &["-key", "own.key", "-sha256", "-addext", "keyUsage=digitalSignature"]),
        (
            "openssl-default",
            &[
                "-key",
                "own.key",
                "-sha256",
                "-addext",
                "basicConstraints=critical,CA:true",
                "-addext",
                "subjectKeyIdentifier=hash",
            ],
        ),
    ] {
        all.push(sample(name, &workshop.amazon(name, how)?, now));
    }
    let utf8 = workshop.self_signed(
        "utf8",
        "/C=US/O=Amazon/OU=IDAS/CN=amazonaws.com",
        &["-key", "own.key", "-sha256", "-utf8"],
    )?;
    all.push(sample("the name in the other order", &utf8, now));
    Ok(all)
}

/// Returns certificates that can be read but probably don't belong to the application.
fn suspicious_certificates(workshop: &CertificateFactory) -> Result<Vec<Sample>> {
    let now = workshop.now;
    let warned = |what: &str, certificate: &Certificate, reason: InspectionReason| {
        let said = ExpectedResult::Warning(InputKind::Certificate, reason);
        Sample::new(what, certificate.pem.clone(), said, now).holding(&[certificate])
    };
    let mut all = Vec::new();
    for (name, reason, how) in [
        ("RSA 1024", InspectionReason::WeakKey, ["-newkey", "rsa:1024", "-sha256"].as_slice()),
        ("RSA 512", InspectionReason::WeakKey, &["-newkey", "rsa:512", "-sha256"]),
        ("RSA 2040", InspectionReason::WeakKey, &["-newkey", "rsa:2040", "-sha256"]),
        ("SHA-1", InspectionReason::WeakSignature, &["-key", "own.key", "-sha1"]),
        ("MD5", InspectionReason::WeakSignature, &["-key", "own.key", "-md5"]),
        (
            "P-256",
            InspectionReason::KeyType,
            &["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-sha256"],
        ),
        (
            "P-384",
            InspectionReason::KeyType,
            &["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-384", "-sha384"],
        ),
        (
            "P-521",
            InspectionReason::KeyType,
            &["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-521", "-sha512"],
        ),
        (
            "secp256k1",
            InspectionReason::KeyType,
            &["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:secp256k1", "-sha256"],
        ),
        ("Ed25519", InspectionReason::KeyType, &["-newkey", "ed25519"]),
        ("Ed448", InspectionReason::KeyType, &["-newkey", "ed448"]),
        (
            "RSA-PSS",
            InspectionReason::KeyType,
            &["-newkey", "rsa-pss", "-pkeyopt", "rsa_keygen_bits:2048", "-sha256"],
        ),
    ] {
        all.push(warned(name, &workshop.amazon(&name.replace(' ', "-"), how)?, reason));
    }
    let root = workshop.self_signed(
        "root",
        "/O=Example Trust/CN=Example Root CA",
        &[
            "-key",
            "own.key",
            "-sha256",
            "-addext",
            "basicConstraints=critical,CA:true",
            "-addext",
            "keyUsage=critical,keyCertSign,cRLSign",
        ],
    )?;
    all.push(warned("an authority's root", &root, InspectionReason::OtherUse));
    let local = workshop.self_signed(
        "local",
        "/CN=localhost",
        &[
            "-key",
            "own.key",
            "-sha256",
            "-addext",
            "subjectAltName=DNS:localhost",
            "-addext",
            "extendedKeyUsage=serverAuth",
        ],
    )?;
    all.push(warned("a web server's own", &local, InspectionReason::OtherUse));
    let code = workshop.self_signed(
        "code",
        "/CN=Example Publisher",
        &["-key", "own.key", "-sha256", "-addext", "extendedKeyUsage=codeSigning"],
    )?;
    all.push(warned("for signing programs", &code, InspectionReason::OtherUse));
    workshop.openssl(&[
        "req",
        "-new",
        "-key",
        "own.key",
        "-config",
        "plain.cnf",
        "-subj",
        "/CN=www.example.com",
        "-out",
        "leaf.csr",
    ])?;
    workshop
        .write("leaf.ext", "subjectAltName=DNS:www.example.com\nextendedKeyUsage=serverAuth\n")?;
    workshop.openssl(&[
        "x509",
        "-req",
        "-in",
        "leaf.csr",
        "-CA",
        "root.pem",
        "-CAkey",
        "own.key",
        "-days",
        "800",
        "-set_serial",
        "77",
        "-extfile",
        "leaf.ext",
        "-out",
        "leaf.pem",
    ])?;
    all.push(warned(
        "a web server's",
        &workshop.certificate("leaf.pem")?,
        InspectionReason::NotSelfSigned,
    ));
    workshop.openssl(&[
        "x509",
        "-req",
        "-in",
        "leaf.csr",
        "-CA",
        "own.pem",
        "-CAkey",
        "own.key",
        "-days",
        "800",
        "-set_serial",
        "78",
        "-out",
        "issued.pem",
    ])?;
    all.push(warned(
        "issued by another",
        &workshop.certificate("issued.pem")?,
        InspectionReason::NotSelfSigned,
    ));
    Ok(all)
}

/// Returns files that contain several certificates. The user has to choose one of them.
fn certificate_bundles(workshop: &CertificateFactory) -> Result<Vec<Sample>> {
    let (own, second) = (&workshop.own, &workshop.second);
    let (leaf, root) = (workshop.certificate("leaf.pem")?, workshop.certificate("root.pem")?);
    let said =
        ExpectedResult::Refusal(InputKind::Certificate, InspectionReason::SeveralCertificates);
    workshop.write("pair.pem", format!("{}{}", own.pem, second.pem))?;
    let bundle = |form: &str| {
        workshop.openssl(&["crl2pkcs7", "-nocrl", "-certfile", "pair.pem", "-outform", form])
    };
    let sample = |what: &str, bytes: Vec<u8>, holds: &[&Certificate]| {
        Sample::new(what, bytes, said, workshop.now).holding(holds)
    };
    Ok(vec![
        sample("a pair", format!("{}{}", own.pem, second.pem).into_bytes(), &[own, second]),
        sample(
            "a pair and one again",
            format!("{}{}{}", own.pem, second.pem, own.pem).into_bytes(),
            &[own, second],
        ),
        sample(
            "a pair on one line",
            format!("{}{}", own.pem, second.pem).replace('\n', "").into_bytes(),
            &[own, second],
        ),
        sample(
            "a pair with text between",
            format!("old:\n{}\nnew:\n{}", own.pem, second.pem).into_bytes(),
            &[own, second],
        ),
        sample("a chain", format!("{}{}", leaf.pem, root.pem).into_bytes(), &[&leaf, &root]),
        sample("a pair in PKCS#7", bundle("PEM")?, &[own, second]),
        sample("a pair in binary PKCS#7", bundle("DER")?, &[own, second]),
    ])
}

/// Returns certificates that were truncated or changed during transfer.
fn damaged(workshop: &CertificateFactory) -> Vec<Sample> {
    let own = &workshop.own;
    let pem = own.pem.as_str();
    let malformed = ExpectedResult::Refusal(InputKind::Certificate, InspectionReason::Malformed);
    let sample = |what: &str, bytes: Vec<u8>, said| Sample::new(what, bytes, said, workshop.now);
    let flipped = |at: usize| {
        let mut der = own.der.clone();
        if let Some(byte) = der.get_mut(at) {
            *byte ^= 0x10;
        }
        der
    };
    let end = own.der.len();
    let without_line = |number: usize| {
        let lines = pem.lines().enumerate().filter(|(at, _)| *at != number);
        lines.map(|(_, line)| format!("{line}\n")).collect::<String>()
    };
    vec![
        sample("cut in the middle", pem.as_bytes()[..500].to_vec(), malformed),
        sample("cut after the first line", pem.as_bytes()[..28].to_vec(), malformed),
        sample("cut at the end of a line", pem.as_bytes()[..pem.len() / 2].to_vec(), malformed),
        sample(
            "cut before its last character",
            pem.as_bytes()[..pem.len() - 40].to_vec(),
            malformed,
        ),
        sample(
            "an empty block",
            b"-----BEGIN CERTIFICATE-----\n-----END CERTIFICATE-----\n".to_vec(),
            malformed,
        ),
        sample("a line is missing", without_line(5).into_bytes(), malformed),
        sample("a character is missing", pem.replacen("\nMII", "\nMI", 1).into_bytes(), malformed),
        sample("a star in the middle", pem.replacen("\nM", "\n*", 1).into_bytes(), malformed),
        sample("an ellipsis in the middle", pem.replacen("\nM", "\n…", 1).into_bytes(), malformed),
        sample(
            "only its beginning and end shown",
            format!("{}\n…\n{}", &pem[..200], &pem[pem.len() - 90..]).into_bytes(),
            malformed,
        ),
        sample(
            "not its own base64",
            b"-----BEGIN CERTIFICATE-----\nSGVsbG8sIHdvcmxkIQ==\n-----END CERTIFICATE-----\n"
                .to_vec(),
            malformed,
        ),
        sample("DER cut in the middle", own.der[..end / 2].to_vec(), malformed),
        sample("DER cut after four bytes", own.der[..4].to_vec(), malformed),
        sample("DER with a wrong length inside", flipped(5), malformed),
        sample("DER that is damaged near its beginning", flipped(6), malformed),
        sample("bare base64, cut", own.base64().as_bytes()[..401].to_vec(), malformed),
        sample(
            "one bit of its signature changed",
            flipped(end - 9),
            ExpectedResult::Refusal(InputKind::Certificate, InspectionReason::SelfSignature),
        ),
        sample(
            "one bit of its serial number changed",
            flipped(20),
            ExpectedResult::Refusal(InputKind::Certificate, InspectionReason::SelfSignature),
        ),
    ]
}

/// Returns the correct certificate, checked before and after it is valid.
fn at_other_times(workshop: &CertificateFactory) -> Result<Vec<Sample>> {
    let own = &workshop.own;
    let sample = |what: &str, at: Timestamp, reason: Option<InspectionReason>| {
        let said = match reason {
            Some(reason) => ExpectedResult::Warning(InputKind::Certificate, reason),
            None => TAKEN,
        };
        Sample::new(what, own.pem.clone(), said, at).holding(&[own])
    };
    let days = |days: i64| SignedDuration::from_hours(24 * days);
    Ok(vec![
        sample(
            "a second before it begins",
            own.not_before.checked_sub(1.second())?,
            Some(InspectionReason::NotYetValid),
        ),
        sample("in its first second", own.not_before, None),
        sample("a day too early", own.not_before - days(1), Some(InspectionReason::NotYetValid)),
        sample("with ninety-one days left", own.not_after - days(91), None),
        sample(
            "with eighty-nine days left",
            own.not_after - days(89),
            Some(InspectionReason::ExpiresSoon),
        ),
        sample(
            "on its last day",
            own.not_after - SignedDuration::from_hours(3),
            Some(InspectionReason::ExpiresSoon),
        ),
        sample("in its last second", own.not_after, Some(InspectionReason::ExpiresSoon)),
        sample(
            "a second after its end",
            own.not_after.checked_add(1.second())?,
            Some(InspectionReason::Expired),
        ),
        sample("a year after its end", own.not_after + days(365), Some(InspectionReason::Expired)),
    ])
}
