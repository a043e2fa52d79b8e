//! The sign-in's redirect target: a loopback page that accepts one authorization code.
//!
//! The page rejects a callback whose `state` isn't ours (CSRF, RFC 6749, section 10.12). A stolen
//! code can't be used without our verifier (RFC 7636).

use std::{net::Ipv4Addr, time::Duration};

use aws_lc_rs::{
    digest::{SHA256, digest},
    rand,
};
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use futures_util::{StreamExt, stream::FuturesUnordered};
use secrecy::{ExposeSecret, SecretString};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::{TcpListener, TcpStream},
    time::timeout,
};
use url::Url;

use crate::AwsError;
use messages::MessageCatalog;

/// The redirect URI to register. The actual port may differ (RFC 8252, section 7.3).
pub const REGISTERED: &str = "http://127.0.0.1/oauth/callback";
const PATH: &str = "/oauth/callback";
/// The maximum length of a request, in bytes. A browser's request for this page is shorter.
const LONGEST_REQUEST: usize = 16 * 1024;
/// The time limit for receiving a request's head, and for sending the response. A browser sends its
/// request immediately, but a preconnected or unrelated connection may send nothing.
const HEAD_LIMIT: Duration = Duration::from_secs(5);
/// The maximum number of concurrent connections. Additional connections wait until one of them
/// ends.
const MOST_CONNECTIONS: usize = 8;

/// Waits for the browser's redirect.
pub struct RedirectListener {
    listener: TcpListener,
    port: u16,
    state: SecretString,
    verifier: SecretString,
}

/// What a request to the page contains.
enum CallbackRequest {
    Code(SecretString),
    Denied,
    /// A request that isn't our redirect, such as a request for an icon.
    Other,
}

impl RedirectListener {
    /// Listens on a free loopback port, with a new state and verifier.
    pub async fn open() -> Result<Self, AwsError> {
        let opened = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await;
        let listener = opened.map_err(|_| AwsError::NoRedirect)?;
        let address = listener.local_addr().map_err(|_| AwsError::NoRedirect)?;
        Ok(Self {
            listener,
            port: address.port(),
            state: random_token()?,
            verifier: random_token()?,
        })
    }

    pub fn uri(&self) -> String {
        format!("http://127.0.0.1:{}{PATH}", self.port)
    }

    /// Returns the PKCE code verifier.
    pub fn verifier(&self) -> &SecretString {
        &self.verifier
    }

    /// Returns the URL of this host's authorization page.
    pub fn address(&self, host: &str, client: &str, scope: &str) -> String {
        let challenge = digest(&SHA256, self.verifier.expose_secret().as_bytes());
        let mut query = url::form_urlencoded::Serializer::new(String::new());
        query
            .append_pair("response_type", "code")
            .append_pair("client_id", client)
            .append_pair("redirect_uri", &self.uri())
            .append_pair("state", self.state.expose_secret())
            .append_pair("code_challenge_method", "S256")
            .append_pair("code_challenge", &URL_SAFE_NO_PAD.encode(challenge))
            .append_pair("scopes", scope);
        format!("https://{host}/authorize?{}", query.finish())
    }

    /// Waits for the code. Serves connections concurrently, so an idle connection doesn't block
    /// others. Answers unrelated requests and otherwise ignores them.
    pub async fn code(&self) -> Result<SecretString, AwsError> {
        let mut connections = FuturesUnordered::new();
        loop {
            tokio::select! {
                accepted = self.listener.accept(), if connections.len() < MOST_CONNECTIONS => {
                    let (stream, _) = accepted.map_err(|_| AwsError::NoRedirect)?;
                    connections.push(self.serve(stream));
                }
                Some(callback) = connections.next(), if !connections.is_empty() => match callback {
                    CallbackRequest::Code(code) => return Ok(code),
                    CallbackRequest::Denied => return Err(AwsError::SignInDenied),
                    CallbackRequest::Other => {}
                },
            }
        }
    }

    /// Reads one request and responds to it.
    async fn serve(&self, mut stream: TcpStream) -> CallbackRequest {
        let Ok(Some(request)) = timeout(HEAD_LIMIT, first_line(&mut stream)).await else {
            return CallbackRequest::Other;
        };
        let callback = self.parse(&request);
        let (status, key) = match &callback {
            CallbackRequest::Code(_) => ("200 OK", "sign_in-page-done"),
            CallbackRequest::Denied => ("200 OK", "sign_in-page-denied"),
            CallbackRequest::Other => ("404 Not Found", "sign_in-page-else"),
        };
        // The code has already arrived, so it doesn't matter if the browser has disconnected.
        let _gone = timeout(HEAD_LIMIT, stream.write_all(page(status, key).as_bytes())).await;
        callback
    }

    /// Parses a request line: `GET /oauth/callback?code=…&state=… HTTP/1.1`.
    fn parse(&self, request: &str) -> CallbackRequest {
        let mut parts = request.split(' ');
        let (Some("GET"), Some(target)) = (parts.next(), parts.next()) else {
            return CallbackRequest::Other;
        };
        let Ok(url) = Url::parse("http://127.0.0.1").and_then(|base| base.join(target)) else {
            return CallbackRequest::Other;
        };
        let of = |wanted: &str| {
            let mut pairs = url.query_pairs();
            pairs.find_map(|(name, value)| (name == wanted).then(|| value.into_owned()))
        };
        let is_ours = url.path() == PATH
            && url.host_str() == Some("127.0.0.1")
            && of("state").is_some_and(|state| state == self.state.expose_secret());
        match (is_ours, of("code"), of("error")) {
            (true, Some(code), None) => CallbackRequest::Code(code.into()),
            (true, _, Some(_)) => CallbackRequest::Denied,
            _ => CallbackRequest::Other,
        }
    }
}

/// Reads the whole head of a request and returns its first line.
async fn first_line(stream: &mut TcpStream) -> Option<String> {
    let mut head = Vec::new();
    let mut buffer = [0; 2048];
    while !head.windows(4).any(|four| four == b"\r\n\r\n") {
        let count = stream.read(&mut buffer).await.ok()?;
        head.extend_from_slice(&buffer[..count]);
        if count == 0 || head.len() > LONGEST_REQUEST {
            return None;
        }
    }
    let text = String::from_utf8(head).ok()?;
    text.lines().next().map(str::to_owned)
}

fn page(status: &str, key: &str) -> String {
    let words = MessageCatalog::english().text(key, &Default::default());
    let body = maud::html! {
        (maud::DOCTYPE)
        html lang="en" {
            head { meta charset="utf-8"; title { "nOps SSO Setup" } }
            body { p { (words) } }
        }
    }
    .into_string();
    format!(
        "HTTP/1.1 {status}\r\ncontent-type: text/html; charset=utf-8\r\ncontent-security-policy: default-src 'none'\r\nreferrer-policy: no-referrer\r\ncontent-length: {}\r\nconnection: close\r\n\r\n{body}",
        body.len()
    )
}

/// Returns 32 random bytes as text. This is the length that RFC 7636 recommends for a verifier.
fn random_token() -> Result<SecretString, AwsError> {
    let mut bytes = [0; 32];
    rand::fill(&mut bytes).map_err(|_| AwsError::NoRedirect)?;
    Ok(URL_SAFE_NO_PAD.encode(bytes).into())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Returns how the listener classifies a request for this target. Replaces `STATE` in the
    /// target first.
    async fn classify_request(target: &str) -> &'static str {
        let listener = RedirectListener::open().await.unwrap();
        let target = target.replace("STATE", listener.state.expose_secret());
        match listener.parse(&format!("GET {target} HTTP/1.1")) {
            CallbackRequest::Code(code) if code.expose_secret() == "abc" => "code",
            CallbackRequest::Code(_) => "another code",
            CallbackRequest::Denied => "denied",
            CallbackRequest::Other => "nothing",
        }
    }

    #[tokio::test]
    async fn only_callback_with_our_state_is_accepted() {
        let cases = [
            ("/oauth/callback?code=abc&state=STATE", "code"),
            ("/oauth/callback?state=STATE&error=access_denied", "denied"),
            ("/oauth/callback?code=abc&state=other", "nothing"),
            ("/oauth/callback?code=abc", "nothing"),
            ("/oauth/callback?error=access_denied&state=other", "nothing"),
            ("/oauth/callback?state=STATE", "nothing"),
            ("/favicon.ico", "nothing"),
            ("//example.com/oauth/callback?code=abc&state=STATE", "nothing"),
            ("http://[", "nothing"),
        ];
        for (target, expected) in cases {
            assert_eq!(classify_request(target).await, expected, "{target}");
        }
    }

    #[tokio::test]
    async fn browser_gets_page_and_app_gets_code() {
        let listener = RedirectListener::open().await.unwrap();
        let uri = listener.uri();
        let state = listener.state.expose_secret().to_owned();
        let browser = async {
            let mut answers = Vec::new();
            for query in ["code=abc&state=forged", &format!("code=abc&state={state}")] {
                let mut stream = TcpStream::connect(("127.0.0.1", listener.port)).await.unwrap();
                let request = format!("GET {PATH}?{query} HTTP/1.1\r\nhost: 127.0.0.1\r\n\r\n");
                stream.write_all(request.as_bytes()).await.unwrap();
                let mut answer = String::new();
                stream.read_to_string(&mut answer).await.unwrap();
                answers.push(answer);
            }
            answers
        };
        let (code, answers) = tokio::join!(listener.code(), browser);
        assert_eq!(code.unwrap().expose_secret(), "abc");
        assert!(answers[0].starts_with("HTTP/1.1 404 "));
        assert!(answers[1].starts_with("HTTP/1.1 200 "));
        assert!(uri.starts_with("http://127.0.0.1:") && uri.ends_with(PATH));
    }

    /// Opens silent connections, then sends the code.
    async fn code_after_silence(silent: usize) -> SecretString {
        let listener = RedirectListener::open().await.unwrap();
        let at = ("127.0.0.1", listener.port);
        let mut idle = Vec::new();
        for _ in 0..silent {
            idle.push(TcpStream::connect(at).await.unwrap());
        }
        let state = listener.state.expose_secret();
        let request = format!("GET {PATH}?code=abc&state={state} HTTP/1.1\r\n\r\n");
        let mut stream = TcpStream::connect(at).await.unwrap();
        stream.write_all(request.as_bytes()).await.unwrap();
        let code = timeout(Duration::from_secs(60), listener.code()).await.unwrap().unwrap();
        drop(idle);
        code
    }

    #[tokio::test]
    async fn silent_connections_do_not_block_callback() {
        let started = std::time::Instant::now();
        assert_eq!(code_after_silence(MOST_CONNECTIONS - 1).await.expose_secret(), "abc");
        assert!(started.elapsed() < HEAD_LIMIT, "{:?}", started.elapsed());
    }

    #[tokio::test(start_paused = true)]
    async fn silent_connections_time_out() {
        let started = tokio::time::Instant::now();
        assert_eq!(code_after_silence(3 * MOST_CONNECTIONS).await.expose_secret(), "abc");
        assert!(started.elapsed() >= 3 * HEAD_LIMIT, "concurrent connections are limited");
    }

    #[tokio::test]
    async fn oversized_request_is_closed_at_once() {
        let listener = RedirectListener::open().await.unwrap();
        let began = std::time::Instant::now();
        let mut stream = TcpStream::connect(("127.0.0.1", listener.port)).await.unwrap();
        let browser = async {
            // The listener may close the connection while we are still sending.
            let _closed = stream.write_all(&[b'a'; LONGEST_REQUEST + 1]).await;
            stream.read(&mut [0]).await
        };
        tokio::select! {
            _ = listener.code() => panic!("there is no code"),
            answer = browser => assert!(!matches!(answer, Ok(1..)), "{answer:?}"),
        }
        assert!(began.elapsed() < HEAD_LIMIT);
    }

    #[tokio::test]
    async fn authorization_url_has_required_parameters() {
        let listener = RedirectListener::open().await.unwrap();
        let address =
            listener.address("oidc.us-east-1.amazonaws.com", "client", "sso:account:access");
        let url = Url::parse(&address).unwrap();
        let of = |wanted: &str| {
            let mut pairs = url.query_pairs();
            pairs.find(|(name, _)| name == wanted).unwrap().1.into_owned()
        };
        assert_eq!(of("redirect_uri"), listener.uri());
        assert_eq!(of("code_challenge").len(), 43);
        assert_eq!(of("scopes"), "sso:account:access");
        assert!(!address.contains(listener.verifier.expose_secret()));
    }
}
