use super::*;
use transport::test_server::{http_response, one_page};

/// Checks a key against one nOps response. Returns the result and the request.
async fn checked(
    key: &str,
    status: u16,
    content_type: &str,
    body: &str,
) -> (Result<KeyOwner, KeyError>, String) {
    let (reach, request) = one_page(http_response(status, content_type, body)).await;
    let owner = check_key(&SecretString::from(key.to_owned()), &reach).await;
    (owner, request.await.unwrap())
}

const LEGACY: &str = "4021.made-up-secret";
const PUBLIC: &str = "made-up-public-key";

#[tokio::test]
async fn legacy_key_returns_its_client() {
    let (owner, request) =
        checked(LEGACY, 200, "application/json", r#"{"id":4021,"name":"X"}"#).await;
    assert_eq!(owner.unwrap().name(), "client 4021");
    assert!(request.starts_with("GET /at/app.nops.io/c/admin/current_client/ HTTP/1.1\r\n"));
    assert!(request.contains("x-nops-api-key: 4021.made-up-secret\r\n"));
}

#[tokio::test]
async fn public_key_is_sent_to_public_api() {
    let (owner, request) = checked(PUBLIC, 200, "application/json", r#"{"data":[]}"#).await;
    assert_eq!(owner.unwrap().name(), "public API key");
    assert!(request.starts_with("GET /at/api.nops.io/v1/reports HTTP/1.1\r\n"));
    assert!(request.contains("authorization: Bearer made-up-public-key\r\n"));
}

#[tokio::test]
async fn unexpected_responses_are_rejected() {
    let json = "application/json";
    let cases = [
        (LEGACY, 200, "text/html", "<p>Sign in to go on.</p>", "web_page"),
        (LEGACY, 200, json, "<p>Sign in to go on.</p>", "unexpected"),
        (LEGACY, 200, json, r#"{"name":"X"}"#, "unexpected"),
        (LEGACY, 200, json, "[]", "unexpected"),
        (LEGACY, 401, json, "{}", "refused"),
        (LEGACY, 302, "text/html", "", "redirected"),
        (PUBLIC, 200, "text/html", "<html>", "web_page"),
        (PUBLIC, 200, json, r#"{"error":{"code":"x"}}"#, "unexpected"),
        (PUBLIC, 200, json, "4021", "unexpected"),
        (PUBLIC, 401, json, "{}", "refused"),
        (PUBLIC, 403, json, "{}", "not_allowed"),
        (PUBLIC, 404, json, "{}", "unexpected"),
        (PUBLIC, 429, json, "{}", "too_many"),
        (PUBLIC, 503, "text/html", "", "unavailable"),
    ];
    for (key, status, content_type, body, expected) in cases {
        let (owner, _) = checked(key, status, content_type, body).await;
        let error = owner.unwrap_err();
        assert_eq!(error.code(), expected, "{status} {body}");
        assert!(!format!("{error} {error:?}").contains("made-up"));
    }
}

/// No server listens on port 1, so sending a key would fail with another error.
#[tokio::test]
async fn malformed_key_is_not_sent() {
    let nowhere = Transport::Practice { port: 1 };
    for text in ["", " ", "two words", "4021.sec ret", "4021.line\r\nbreak", "schlüssel"] {
        let error = check_key(&SecretString::from(text.to_owned()), &nowhere).await;
        assert_eq!(error, Err(KeyError::Shape), "{text:?}");
    }
    let error = check_key(&SecretString::from(LEGACY.to_owned()), &nowhere).await;
    assert_eq!(error.unwrap_err().code(), "unreachable");
}

#[test]
fn legacy_key_is_recognized_by_format() {
    let cases = [
        ("4021.secret", Some("4021")),
        ("4021.", None),
        (".secret", None),
        ("nops.secret", None),
        ("4021secret", None),
    ];
    for (key, client) in cases {
        assert_eq!(legacy_client(key), client, "{key}");
    }
}

#[test]
fn project_list_is_used_without_client_page() {
    let page = |status, body: &str| Page {
        status,
        content_type: "application/json".to_owned(),
        body: body.as_bytes().to_vec(),
        tls_certificate: None,
        location: None,
    };
    assert_eq!(answer::current_client(&page(404, "{}")), Ok(LegacyKeyOwner::NotFound));
    assert_eq!(answer::projects(&page(200, "[]")), Ok(()));
    assert_eq!(answer::projects(&page(200, "{}")), Err(KeyError::Unexpected));
    assert_eq!(answer::projects(&page(401, "[]")), Err(KeyError::Refused));
}
