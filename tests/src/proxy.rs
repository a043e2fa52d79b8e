//! A recording proxy in front of practice mode's AWS API. It can inject faults.

use std::{
    io,
    net::{Ipv4Addr, SocketAddr},
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use serde_json::{Value, json};
use tokio::{
    io::{AsyncRead, AsyncReadExt, AsyncWriteExt},
    net::{TcpListener, TcpStream},
    sync::watch,
    task::JoinHandle,
};

use crate::{Result, wait};

/// A fault that can be injected into a call.
#[derive(Clone)]
pub enum Fault {
    /// Returns this error without calling AWS.
    Refused {
        status: u16,
        /// The error type, such as `AccessDeniedException`.
        kind: &'static str,
        /// Other members of the error response.
        members: Value,
    },
    /// Returns a web page, as an intermediary between this computer and AWS might.
    Page { status: u16 },
    /// Doesn't respond, so the caller times out.
    Silence,
    /// Resets the connection before AWS receives the call.
    LostRequest,
    /// Lets AWS process the call, then resets the connection before the caller gets a response.
    LostAnswer,
    /// Lets AWS process the call, then cuts off the response in the middle.
    HalfAnswer,
    /// Sends the same call first, as if another client had sent it.
    Twice,
    /// Calls a function right before AWS receives the call.
    Meanwhile(Arc<dyn Fn() -> Result<()> + Send + Sync>),
    /// Changes AWS's response.
    Altered(fn(&mut Value)),
}

impl Fault {
    /// An error of this type with status 400, which AWS uses for nearly all errors.
    pub fn refused(kind: &'static str) -> Self {
        Self::Refused { status: 400, kind, members: json!({}) }
    }
}

#[derive(Clone, Debug)]
pub struct RecordedCall {
    /// The `X-Amz-Target` header without the service, or the `Action` in the form.
    pub operation: String,
    /// The full target, with service and operation.
    pub target: String,
    /// The Region that the call is signed for.
    pub region: String,
    pub input: String,
    /// The response status, or `None` if there was no complete response.
    pub status: Option<u16>,
    /// The response body.
    pub output: String,
}

/// The proxy. It stops when the last clone is dropped.
#[derive(Clone)]
pub struct Proxy {
    address: SocketAddr,
    shared: Arc<Shared>,
    _serving: Arc<ServerTask>,
}

struct ServerTask(JoinHandle<()>);

impl Drop for ServerTask {
    fn drop(&mut self) {
        self.0.abort();
    }
}

#[derive(Default)]
struct Shared {
    target: Mutex<Option<SocketAddr>>,
    faults: Mutex<Vec<PlannedFault>>,
    /// The host whose pages can't be reached.
    blocked: Mutex<Option<String>>,
    calls: Mutex<Vec<RecordedCall>>,
    heard: watch::Sender<()>,
}

/// A fault for one operation. It starts at a certain call and affects a certain number of calls.
struct PlannedFault {
    operation: &'static str,
    after: u32,
    times: u32,
    fault: Fault,
}

impl Proxy {
    /// Starts listening. [`Self::set_target`] sets the server that the proxy forwards to.
    pub async fn listen() -> io::Result<Self> {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await?;
        let address = listener.local_addr()?;
        let shared = Arc::new(Shared::default());
        let serving = tokio::spawn(serve(listener, Arc::clone(&shared)));
        Ok(Self { address, shared, _serving: Arc::new(ServerTask(serving)) })
    }

    /// Starts a proxy in front of this address, which is `http://127.0.0.1:PORT` with or without a
    /// trailing slash.
    pub async fn in_front_of(base: &str) -> Result<Self> {
        let proxy = Self::listen().await?;
        proxy.set_target(base)?;
        Ok(proxy)
    }

    pub fn set_target(&self, base: &str) -> Result<()> {
        let at = base.trim_start_matches("http://").trim_end_matches('/');
        *lock(&self.shared.target) = Some(at.parse()?);
        Ok(())
    }

    pub fn base_url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// Makes the pages of this host unreachable.
    pub fn block_host(&self, host: &str) {
        *lock(&self.shared.blocked) = Some(host.to_owned());
    }

    /// Injects a fault into every call of this operation. `*` matches all operations.
    pub fn inject_fault(&self, operation: &'static str, fault: Fault) {
        self.inject_some(operation, 0, u32::MAX, fault);
    }

    /// Injects a fault into `times` calls of this operation, after `after` calls without a fault.
    pub fn inject_some(&self, operation: &'static str, after: u32, times: u32, fault: Fault) {
        lock(&self.shared.faults).push(PlannedFault { operation, after, times, fault });
    }

    pub fn clear(&self) {
        lock(&self.shared.faults).clear();
    }

    pub fn calls(&self) -> Vec<RecordedCall> {
        lock(&self.shared.calls).clone()
    }

    pub async fn wait_for_call(&self, operation: &str) -> Result<()> {
        self.wait_for_calls_after(operation, 0).await
    }

    /// Waits until this operation has been called more than `times` times.
    pub async fn wait_for_calls_after(&self, operation: &str, times: usize) -> Result<()> {
        let mut heard = self.shared.heard.subscribe();
        let called = |_: &()| self.call_count(operation) > times;
        tokio::time::timeout(wait::DEADLINE, heard.wait_for(called)).await??;
        Ok(())
    }

    pub fn call_count(&self, operation: &str) -> usize {
        lock(&self.shared.calls).iter().filter(|call| call.operation == operation).count()
    }

    /// Returns the operations that were called so far, and resets the list.
    pub fn take_operations(&self) -> Vec<String> {
        let calls = std::mem::take(&mut *lock(&self.shared.calls));
        calls.into_iter().map(|call| call.operation).collect()
    }
}

async fn serve(listener: TcpListener, shared: Arc<Shared>) {
    while let Ok((stream, _)) = listener.accept().await {
        let shared = Arc::clone(&shared);
        tokio::spawn(async move {
            // If the caller or practice mode disconnects, the other side reports the error.
            let _gone = forward_request(stream, &shared).await;
        });
    }
}

/// Forwards one request and its response. Each connection is used for only one request.
async fn forward_request(mut client: TcpStream, shared: &Shared) -> Result<()> {
    let Some(request) = Request::read(&mut client).await? else {
        return Ok(());
    };
    let target = lock(&shared.target).ok_or("the proxy has no target")?;
    let Some(call) = request.call() else {
        let blocked = lock(&shared.blocked).clone();
        if blocked.is_some_and(|host| request.head.contains(&format!("/at/{host}/"))) {
            return reset(&client);
        }
        let answer = request.ask(target).await?;
        client.write_all(&answer).await?;
        return Ok(client.shutdown().await?);
    };
    // Choose the fault before counting the call, so that faults that are added later can't affect
    // it.
    let fault = shared.fault(&call);
    let number = {
        let mut calls = lock(&shared.calls);
        calls.push(call.clone());
        calls.len() - 1
    };
    shared.heard.send_replace(());
    let answered = |answer: &[u8]| {
        if let Some(call) = lock(&shared.calls).get_mut(number) {
            call.status = status(answer);
            call.output = body(answer);
        }
    };
    let answer = match fault {
        None => request.ask(target).await?,
        Some(Fault::Refused { status, kind, members }) => refusal(&call, status, kind, members),
        Some(Fault::Page { status }) => {
            let page = "<!doctype html><title>Sign in</title><p>Sign in to the network.";
            build_response(status, "text/html", page)
        }
        Some(Fault::Silence) => {
            client.read_to_end(&mut Vec::new()).await?;
            return Ok(());
        }
        Some(Fault::LostRequest) => return reset(&client),
        Some(Fault::LostAnswer) => {
            request.ask(target).await?;
            return reset(&client);
        }
        Some(Fault::HalfAnswer) => {
            let answer = request.ask(target).await?;
            let end = answer.len() - body(&answer).len() / 2 - 1;
            client.write_all(&answer[..end]).await?;
            return Ok(client.shutdown().await?);
        }
        Some(Fault::Twice) => {
            request.ask(target).await?;
            request.ask(target).await?
        }
        Some(Fault::Meanwhile(happens)) => {
            tokio::task::block_in_place(|| happens())?;
            request.ask(target).await?
        }
        Some(Fault::Altered(alter)) => {
            let original = request.ask(target).await?;
            let mut output = serde_json::from_str(&body(&original))?;
            alter(&mut output);
            let status = status(&original).unwrap_or(500);
            build_response(status, "application/x-amz-json-1.1", &output.to_string())
        }
    };
    answered(&answer);
    client.write_all(&answer).await?;
    Ok(client.shutdown().await?)
}

impl Shared {
    /// Returns the fault for the next call of an operation. Faults that were added later take
    /// precedence.
    fn fault(&self, call: &RecordedCall) -> Option<Fault> {
        let mut faults = lock(&self.faults);
        let mut found = None;
        for planned in faults.iter_mut().rev() {
            let same = planned.operation == "*" || planned.operation == call.operation;
            if !same {
                continue;
            }
            if planned.after > 0 {
                planned.after -= 1;
            } else if found.is_none() && planned.times > 0 {
                planned.times -= 1;
                found = Some(planned.fault.clone());
            }
        }
        found
    }
}

pub(crate) struct Request {
    pub(crate) head: String,
    body: Vec<u8>,
}

impl Request {
    /// Reads a request. Returns `None` if the caller opened a connection without sending anything.
    pub(crate) async fn read(stream: &mut (impl AsyncRead + Unpin)) -> Result<Option<Self>> {
        let mut bytes = Vec::new();
        loop {
            if let Some(end) = end_of_head(&bytes) {
                let head = String::from_utf8(bytes[..end].to_vec())?;
                let length: usize = match header(&head, "content-length") {
                    Some(length) => length.parse()?,
                    None => 0,
                };
                if bytes.len() >= end + length {
                    let body = bytes[end..].to_vec();
                    return Ok(Some(Self { head, body }));
                }
            }
            let mut buffer = [0; 16 * 1024];
            match stream.read(&mut buffer).await? {
                0 => return Ok(None),
                count => bytes.extend_from_slice(&buffer[..count]),
            }
        }
    }

    /// Returns the AWS call that this request contains, if any.
    fn call(&self) -> Option<RecordedCall> {
        let input = String::from_utf8_lossy(&self.body).into_owned();
        let target = match header(&self.head, "x-amz-target") {
            Some(target) => target.to_owned(),
            None => {
                let mut form = url::form_urlencoded::parse(&self.body);
                let action = form.find(|(name, _)| name == "Action")?.1;
                header(&self.head, "authorization").map(|_| format!("STS.{action}"))?
            }
        };
        let signed = header(&self.head, "authorization").unwrap_or_default();
        let region = signed.split('/').nth(2).unwrap_or_default().to_owned();
        Some(RecordedCall {
            operation: target.rsplit('.').next().unwrap_or_default().to_owned(),
            target,
            region,
            input,
            status: None,
            output: String::new(),
        })
    }

    /// Sends the request to `target` and returns the whole response.
    pub(crate) async fn ask(&self, target: SocketAddr) -> Result<Vec<u8>> {
        let mut server = TcpStream::connect(target).await?;
        let mut lines = self.head.trim_end().lines();
        let mut head = format!("{}\r\n", lines.next().unwrap_or_default());
        for line in lines.filter(|line| !line.to_lowercase().starts_with("connection:")) {
            head.push_str(line);
            head.push_str("\r\n");
        }
        head.push_str("connection: close\r\n\r\n");
        server.write_all(head.as_bytes()).await?;
        server.write_all(&self.body).await?;
        let mut answer = Vec::new();
        server.read_to_end(&mut answer).await?;
        Ok(answer)
    }
}

/// Resets the connection to simulate a broken network.
fn reset(stream: &TcpStream) -> Result<()> {
    Ok(stream.set_zero_linger()?)
}

fn refusal(call: &RecordedCall, status: u16, kind: &str, members: Value) -> Vec<u8> {
    if call.target.starts_with("STS.") {
        let document = format!(
            "<ErrorResponse xmlns=\"https://sts.amazonaws.com/doc/2011-06-15/\"><Error><Type>Sender</Type><Code>{kind}</Code><Message>words</Message></Error><RequestId>1</RequestId></ErrorResponse>"
        );
        return build_response(status, "text/xml", &document);
    }
    let mut output = json!({"__type": kind, "Message": "words"});
    if let (Value::Object(output), Value::Object(members)) = (&mut output, members) {
        output.extend(members);
    }
    build_response(status, "application/x-amz-json-1.1", &output.to_string())
}

pub(crate) fn build_response(status: u16, content_type: &str, body: &str) -> Vec<u8> {
    let length = body.len();
    format!(
        "HTTP/1.1 {status} Answer\r\ncontent-type: {content_type}\r\ncontent-length: {length}\r\nconnection: close\r\n\r\n{body}"
    )
    .into_bytes()
}

fn end_of_head(bytes: &[u8]) -> Option<usize> {
    let end = bytes.windows(4).position(|four| four == b"\r\n\r\n")?;
    Some(end + 4)
}

fn header<'h>(head: &'h str, name: &str) -> Option<&'h str> {
    head.lines().find_map(|line| {
        let (key, value) = line.split_once(':')?;
        key.eq_ignore_ascii_case(name).then(|| value.trim())
    })
}

fn status(answer: &[u8]) -> Option<u16> {
    let line = answer.get(..12)?;
    std::str::from_utf8(line).ok()?.split(' ').nth(1)?.parse().ok()
}

fn body(answer: &[u8]) -> String {
    let start = end_of_head(answer).unwrap_or(answer.len());
    String::from_utf8_lossy(&answer[start..]).into_owned()
}

pub(crate) fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
