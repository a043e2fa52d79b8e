//! Mistakes in files, certificates, attribute mappings and nOps's fields.

use super::*;

pub(super) fn file_mistakes(bench: &MistakeFixture) -> Result<Vec<MistakeRow>> {
    let workshop = &bench.workshop;
    let pem = workshop.own.pem.clone();
    let (wrong, again) = ("reading-wrong_kind", "again");
    let key = workshop.read("own.key")?;
    workshop.openssl(&[
        "pkcs12",
        "-export",
        "-inkey",
        "own.key",
        "-in",
        "own.pem",
        "-out",
        "own.p12",
        "-passout",
        "pass:practice",
    ])?;
    workshop.openssl(&[
        "req",
        "-new",
        "-key",
        "own.key",
        "-config",
        "plain.cnf",
        "-subj",
        "/CN=x",
        "-out",
        "own.csr",
    ])?;
    let provider = |entity: &str| {
        format!("<EntityDescriptor xmlns=\"urn:oasis:names:tc:SAML:2.0:metadata\" entityID=\"{entity}\"><SPSSODescriptor/></EntityDescriptor>").into_bytes()
    };
    let page = b"<!DOCTYPE html><html><head><title>Sign in</title></head></html>".to_vec();
    let opened = |number, what, act, code| MistakeRow {
        slip: vec![act],
        ..dropped(number, what, "", Vec::new(), code, again)
    };
    Ok(vec![
        dropped("39", "a PKCS#12 store", "nops.p12", workshop.read("own.p12")?, wrong, again),
        dropped("40", "a private key", "nops.key", key.clone(), "reading-private_key", again),
        dropped(
            "40",
            "a key below a certificate",
            "nops.pem",
            [pem.as_bytes(), &key].concat(),
            "reading-private_key",
            again,
        ),
        pasted(
            "40",
            "a private key as certificate in nOps",
            Field::NopsX509,
            String::from_utf8(key)?,
            "secret_pasted",
            again,
        ),
        dropped("41", "a request", "nops.csr", workshop.read("own.csr")?, wrong, again),
        dropped(
            "41",
            "a public key",
            "nops.pub",
            workshop.openssl(&["rsa", "-in", "own.key", "-pubout"])?,
            wrong,
            again,
        ),
        dropped(
            "41",
            "an SSH key",
            "id.pub",
            b"ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIJ ana@example.com".to_vec(),
            wrong,
            again,
        ),
        dropped(
            "42",
            "two certificates",
            "both.pem",
            format!("{pem}{}", workshop.second.pem).into_bytes(),
            "reading-several_certificates",
            again,
        ),
        dropped("46", "nOps's own metadata", "nops.xml", provider(&bench.entity_id), wrong, again),
        dropped(
            "46",
            "Identity Center's metadata for providers",
            "aws.xml",
            provider("https://us-east-1.signin.aws.amazon.com/platform/saml/d-9067abcdef"),
            wrong,
            again,
        ),
        dropped("48", "a sign-in page", "certificate.pem", page.clone(), wrong, again),
        dropped("48", "a sign-in page as metadata", "metadata.xml", page, wrong, again),
        dropped("54", "nothing", "certificate.pem", Vec::new(), "reading-empty", again),
        dropped(
            "54",
            "an unfinished download",
            "certificate.pem.crdownload",
            pem.as_bytes()[..300].to_vec(),
            "reading-unfinished",
            again,
        ),
        dropped("54", "an archive", "certificates.zip", b"PK\x03\x04\x14\0".to_vec(), wrong, again),
        dropped(
            "54",
            "a shortcut",
            "certificate.lnk",
            b"L\0\0\0\x01\x14\x02\0".to_vec(),
            wrong,
            again,
        ),
        opened("54", "a folder", InputEvent::Unopened("folder"), "reading-unreadable"),
        opened("54", "more than a megabyte", InputEvent::Oversized(5 << 20), "reading-too_large"),
    ])
}

pub(super) fn certificate_mistakes(bench: &MistakeFixture) -> Result<Vec<MistakeRow>> {
    let workshop = &bench.workshop;
    let weak = workshop.amazon("weak", &["-newkey", "rsa:1024", "-sha256"])?;
    let sha1 = workshop.amazon("sha1", &["-key", "own.key", "-sha1"])?;
    let fresh =
        || vec![InputEvent::Forget(Field::NopsX509), InputEvent::Forget(Field::IdpCertificate)];
    let pem = |pem: &str| pem.as_bytes().to_vec();
    let at = |number, what, pause: SignedDuration, code| MistakeRow {
        before: [fresh(), vec![InputEvent::Wait(pause)]].concat(),
        ..dropped(number, what, "nOps_certificate.pem", pem(&workshop.own.pem), code, "open")
    };
    let alone = |number, what, bytes: Vec<u8>, code| MistakeRow {
        before: fresh(),
        ..dropped(number, what, "nOps_certificate.pem", bytes, code, "open")
    };
    let days = |days: i64| SignedDuration::from_hours(24 * days);
    let metadata = metadata(&bench.aws.issuer, &workshop.own.base64());
    let second_known = vec![
        InputEvent::Forget(Field::NopsX509),
        InputEvent::Enter(Field::IdpMetadata, metadata.clone()),
    ];
    let not_from_aws = second_known.clone();
    let wiki = workshop.self_signed(
        "wiki",
        "/CN=wiki.example.com",
        &["-newkey", "rsa:2048", "-sha256"],
    )?;
    let rotated = MistakeRow {
        moment: DetectionMoment::Later,
        before: vec![InputEvent::Enter(Field::IdpMetadata, metadata)],
        ..pasted(
            "86",
            "rotated in AWS, the old one in nOps",
            Field::NopsX509,
            workshop.second.pem.clone(),
            "nops_certificate_differs",
            "copy",
        )
    };
    Ok(vec![
        MistakeRow {
            before: second_known,
            ..dropped(
                "32",
                "of another application",
                "nOps_certificate.pem",
                pem(&workshop.second.pem),
                "certificate_of_other_application",
                "again",
            )
        },
        MistakeRow {
            before: not_from_aws,
            ..dropped(
                "32",
                "of a website",
                "wiki.pem",
                pem(&wiki.pem),
                "certificate_not_from_aws",
                "again",
            )
        },
        at("33", "expired", days(1900), "certificate_expired"),
        at("34", "not yet valid", days(-3), "certificate_not_yet_valid"),
        at("35", "a few weeks left", days(1826 - 41), "certificate_expires_soon"),
        alone("37", "RSA 1024", pem(&weak.pem), "certificate_weak_key"),
        alone("37", "SHA-1", pem(&sha1.pem), "certificate_weak_signature"),
        rotated,
        pasted(
            "86",
            "another certificate in nOps",
            Field::NopsX509,
            workshop.second.pem.clone(),
            "nops_certificate_differs",
            "copy",
        ),
        pasted(
            "48",
            "a page in nOps's certificate",
            Field::NopsX509,
            "<html><title>Sign in</title></html>".to_owned(),
            "nops_certificate_unreadable",
            "copy",
        ),
        pasted(
            "56",
            "an empty certificate in nOps",
            Field::NopsX509,
            String::new(),
            "nops_certificate_missing",
            "copy",
        ),
    ])
}

pub(super) fn metadata(issuer: &str, certificate: &str) -> String {
    format!(
        "<EntityDescriptor xmlns=\"urn:oasis:names:tc:SAML:2.0:metadata\" entityID=\"{issuer}\"><IDPSSODescriptor><KeyDescriptor use=\"signing\"><KeyInfo xmlns=\"http://www.w3.org/2000/09/xmldsig#\"><X509Data><X509Certificate>{certificate}</X509Certificate></X509Data></KeyInfo></KeyDescriptor><SingleSignOnService Binding=\"urn:oasis:names:tc:SAML:2.0:bindings:HTTP-Redirect\" Location=\"{issuer}\"/></IDPSSODescriptor></EntityDescriptor>"
    )
}

pub(super) fn mapping_mistakes(bench: &MistakeFixture) -> Vec<MistakeRow> {
    let table = |number, what, text, code, fix| {
        pasted(number, what, Field::AttributeMappings, text, code, fix)
    };
    let changed = |number, what, (row, column, text): (usize, usize, &'static str), code, fix| {
        table(number, what, bench.rows(row, column, text), code, fix)
    };
    let good = with_tabs(&GOOD);
    let without_last: String = good.lines().take(3).map(|line| format!("{line}\n")).collect();
    vec![
        changed("57", "Subject is empty", (0, 1, ""), "mapping_empty", "copy"),
        changed("58", "another capital", (2, 0, "User.Firstname"), "mapping_name", "copy"),
        changed("58", "small letters", (1, 0, "user.email"), "mapping_name", "copy"),
        changed("58", "a blank behind", (2, 0, "User.FirstName "), "mapping_name", "copy"),
        changed("58", "the front part lost", (3, 0, "LastName"), "mapping_name", "copy"),
        changed(
            "58",
            "a claim's long name",
            (1, 0, "http://schemas.xmlsoap.org/ws/2005/05/identity/claims/Email"),
            "mapping_name",
            "copy",
        ),
        changed("59", "a dot for the colon", (1, 1, "${user.email}"), "mapping_literal", "copy"),
        changed("59", "no dollar sign", (1, 1, "{user:email}"), "mapping_marks", "copy"),
        changed("59", "no marks", (3, 1, "user:familyName"), "mapping_marks", "copy"),
        changed("59", "no braces", (3, 1, "$user:familyName"), "mapping_marks", "copy"),
        changed("59", "the last brace lost", (2, 1, "${user:givenName"), "mapping_marks", "copy"),
        changed("59", "cut off on the page", (2, 1, "${user:givenN…"), "mapping_cut", "again"),
        changed("59", "round brackets", (1, 1, "$(user:email)"), "mapping_literal", "copy"),
        changed("59", "a name AWS does not have", (1, 1, "${user:mail}"), "mapping_value", "copy"),
        changed("59", "two rows exchanged", (2, 1, "${user:familyName}"), "mapping_value", "copy"),
        changed("62", "another format", (0, 2, "persistent"), "mapping_format", "open"),
        table("64", "a row is missing", without_last, "mapping_missing", "copy"),
        table(
            "64",
            "a row twice",
            format!("{good}User.Email\t${{user:email}}\tbasic\n"),
            "mapping_twice",
            "open",
        ),
        table(
            "64",
            "a row for groups",
            format!("{good}groups\t${{user:groups}}\tunspecified\n"),
            "mapping_extra",
            "open",
        ),
    ]
}

pub(super) fn nops_mistakes() -> Vec<MistakeRow> {
    use Field::{
        NopsDefaultRole, NopsEnforce, NopsGroupMapping, NopsSsoType, RecoveryAdministrator,
    };
    let chosen = |number, what, field: Field, value, code, fix| MistakeRow {
        slip: vec![InputEvent::Declare(field, value)],
        ..pasted(number, what, field, String::new(), code, fix)
    };
    vec![
        chosen("66", "roles by groups", NopsGroupMapping, "true", "group_mapping", "open"),
        chosen("78", "another type", NopsSsoType, "OneLogin", "sso_type", "open"),
        chosen(
            "79",
            "everybody an administrator",
            NopsDefaultRole,
            "client-admin",
            "role_admin",
            "use_value",
        ),
        chosen(
            "79",
            "everybody an administrator, at a partner",
            NopsDefaultRole,
            "partner-admin",
            "role_admin",
            "use_value",
        ),
        chosen("80", "Enforce before the proof", NopsEnforce, "true", "enforce_early", "open"),
        MistakeRow {
            before: vec![InputEvent::Declare(Field::NopsDomain, "example.com")],
            ..pasted(
                "80",
                "a recovery administrator of the domain",
                RecoveryAdministrator,
                "eva@example.com".to_owned(),
                "recovery_in_domain",
                "again",
            )
        },
    ]
}
