use super::*;

const ACCESS_KEY_ID: &str = "AKIAIOSFODNN7EXAMPLE";

const SECRET_KEY: &str = "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY";

/// Writes the files in which AWS delivers access keys: as downloaded, and in UTF-16, as some
/// editors save them.
fn files_with_access_keys(folder: &Path) -> Vec<String> {
    let files = [
        ("rootkey.csv", format!("AWSAccessKeyId={ACCESS_KEY_ID}\r\nAWSSecretKey={SECRET_KEY}\r\n")),
        (
            "accessKeys.csv",
            format!("Access key ID,Secret access key\n{ACCESS_KEY_ID},{SECRET_KEY}\n"),
        ),
        (
            "credentials.csv",
            format!(
                "User name,Password,Access key ID,Secret access key\nana,pw,{ACCESS_KEY_ID},{SECRET_KEY}\n"
            ),
        ),
    ];
    let mut names = Vec::new();
    for (name, text) in files {
        let utf16: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
        for (name, bytes) in [(name.to_owned(), text.into_bytes()), (format!("16-{name}"), utf16)] {
            let file = folder.join(name);
            fs::write(&file, bytes).unwrap();
            names.push(file.to_str().unwrap().to_owned());
        }
    }
    names
}

#[test]
fn access_key_files_are_reported_not_printed() {
    let folder = tempfile::tempdir().unwrap();
    for file in files_with_access_keys(folder.path()) {
        let output = run(&["inspect", &file], b"");
        let (status, lines) = lines(&output);
        assert_eq!(
            (status, &lines[0]["reason"], &lines[0]["kind"]),
            (1, &json!("access_keys"), &json!("access_keys")),
            "{file}"
        );
        let printed = [output.stdout, output.stderr].concat();
        let printed = String::from_utf8(printed).unwrap();
        assert!(!printed.contains(SECRET_KEY), "{printed}");
    }
}

/// Messages and file names can contain the arguments.
#[test]
fn secret_argument_is_rejected_not_printed() {
    for arguments in [
        ["inspect", SECRET_KEY],
        ["inspect", "keys/wJalrXUtnFEMI+K7MDENG+bPxRfiCYEXAMPLEKEY.csv"],
        ["check", "https://app.nops.io/sso/v1/0/?api_key=4021.wJalrXUtnFEMI"],
        ["check", "https://ana:wJalrXUtnFEMI@app.nops.io/"],
    ] {
        let output = run(&arguments, b"");
        let said = String::from_utf8([output.stdout, output.stderr].concat()).unwrap();
        assert_eq!(output.status.code(), Some(2), "{said}");
        assert!(!said.is_empty() && !said.contains("wJalr") && !said.contains('⟦'), "{said}");
    }
}

#[test]
fn access_key_files_are_rejected_as_people() {
    let folder = tempfile::tempdir().unwrap();
    let values = saved(&folder, &json!({"aws_region": "us-east-1"}));
    for file in files_with_access_keys(folder.path()) {
        let output = run(&["provision", "--values", &values, "--people", &file, "--plan"], b"");
        let said = String::from_utf8([output.stdout, output.stderr].concat()).unwrap();
        assert_eq!(output.status.code(), Some(2), "{said}");
        assert!(said.contains("secret access key"), "{file}: {said}");
        assert!(!said.contains("wJalr"), "{said}");
    }
}
