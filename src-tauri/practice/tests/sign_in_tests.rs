//! Sets up SSO on the practice pages, and signs in from the access portal and from nOps. Repeats
//! this with each switch that affects these pages.

#![expect(clippy::expect_used, reason = "a missing value fails the test")]

use std::collections::HashMap;

use base64::{Engine, engine::general_purpose::STANDARD};
use nops_sso_practice::{Addresses, Practice, Settings, Switches};
use ureq::{Agent, Body, http::Response};

/// The heading of the page after a sign-in, or the page's error.
type ResultHeading = String;

#[tokio::test]
async fn both_sign_in_tests_pass_after_confirmation() {
    with_practice_mode(Switches::default(), |mut person| {
        person.set_up();
        assert_eq!(person.by_tile(), "Confirm that SSO access is allowed");
        person.confirm();
        assert_eq!(person.by_tile(), "Welcome to nOps, Dana Whitfield");
        assert_eq!(person.by_link(), "Welcome to nOps, Dana Whitfield");
    })
    .await;
}

#[tokio::test]
async fn each_user_confirms_and_gets_an_account() {
    with_practice_mode(Switches::default(), |mut person| {
        person.set_up();
        person.assign_and_sign_in("samuel.okafor@example.com");
        assert_eq!(person.by_link(), "Confirm that SSO access is allowed");
        person.confirm();
        assert_eq!(person.by_link(), "Welcome to nOps, Samuel Okafor");
        person.assign_and_sign_in("dana.whitfield@example.com");
        assert_eq!(person.by_link(), "Confirm that SSO access is allowed");
    })
    .await;
}

#[tokio::test]
async fn used_or_replaced_confirmation_link_says_so() {
    with_practice_mode(Switches::default(), |mut person| {
        person.set_up();
        person.by_tile();
        let replaced = person.confirmation_link();
        person.by_tile();
        let used = person.confirmation_link();
        let (status, page) = person.get(&replaced);
        assert!(status == 200 && page.contains("This link was replaced"), "{page}");
        person.confirm();
        for link in [used, replaced] {
            let (status, page) = person.get(&link);
            assert!(status == 200 && page.contains("SSO access is already allowed"), "{page}");
        }
        let unknown = person.local("https://app.nops.io/sso/confirm/0");
        assert_eq!(person.get(&unknown).0, 404);
    })
    .await;
}

#[tokio::test]
async fn save_changes_is_confirmed() {
    with_practice_mode(Switches::default(), |person| {
        let saved = "class=\"notice saved\"";
        let settings = person.console("settings");
        assert!(!person.get(&settings).1.contains(saved));
        assert!(person.post(&settings, &[("send_email_otp", "on")]).1.contains(saved));
        let nops = person.addresses.nops.clone();
        assert!(!person.post(&nops, &[("enable_sso", "on")]).1.contains(saved));
        let typed = [("issuer_url", "x"), ("sso_endpoint", "x"), ("x509_certificate", "x")];
        assert!(person.post(&nops, &typed).1.contains(saved));
    })
    .await;
}

#[tokio::test]
async fn sign_in_requires_assignment_and_email() {
    with_practice_mode(Switches::default(), |mut person| {
        person.set_up();
        person.sign_in("samuel.okafor@example.com");
        assert_eq!(person.by_link(), "ForbiddenException: No access");
        let start = person.get(&person.addresses.portal.clone()).1;
        assert!(start.contains("Team wiki"), "FinOps has the wiki");
        assert!(!start.contains(">nOps<"), "no tile without an assignment");
        person.assign_and_sign_in("praman");
        assert_eq!(person.by_tile(), "ForbiddenException: No access");
    })
    .await;
}

#[tokio::test]
async fn sign_in_from_nops_works_with_both_bindings() {
    with_practice_mode(Switches::default(), |mut person| {
        person.set_up();
        person.by_tile();
        person.confirm();
        person.cookie.clear();
        person.browser.cookie_jar_lock().clear();
        let page = person.get(&person.local(&person.shareable_link)).1;
        assert!(page.contains("Sign in") && !page.contains("SAMLResponse"), "{page}");
        let page = person.sign_in_for(&page, "dana.whitfield@example.com");
        assert_eq!(person.submit(&page), "Welcome to nOps, Dana Whitfield");

        person.cookie.clear();
        person.browser.cookie_jar_lock().clear();
        let request = concat!(
            r#"<p:AuthnRequest xmlns:p="urn:oasis:names:tc:SAML:2.0:protocol" ID="_asked" Version="2.0" IssueInstant="2026-11-24T09:00:00Z">"#,
            r#"<a:Issuer xmlns:a="urn:oasis:names:tc:SAML:2.0:assertion">nops</a:Issuer></p:AuthnRequest>"#,
        );
        let link = person.local(&person.links["sign-in-url"]);
        let page = person.post(&link, &[("SAMLRequest", &STANDARD.encode(request)), ("RelayState", "back & forth")]).1;
        let page = person.sign_in_for(&page, "dana.whitfield@example.com");
        assert_eq!(text_between(&page, r#"name="RelayState" value=""#, "\""), Some("back &amp; forth"));
        let response = text_between(&page, r#"name="SAMLResponse" value=""#, "\"").expect("a response");
        let xml = String::from_utf8(STANDARD.decode(response).expect("base64")).expect("text");
        assert_eq!(xml.matches(r#" InResponseTo="_asked""#).count(), 2, "{xml}");
    })
    .await;
}

#[tokio::test]
async fn malformed_request_and_unknown_link_are_refused() {
    with_practice_mode(Switches::default(), |mut person| {
        person.set_up();
        let link = person.local(&person.links["sign-in-url"]);
        assert_eq!(person.get(&link).0, 400);
        assert_eq!(person.post(&link, &[("SAMLRequest", "PGEvPg==")]).0, 400);
        assert_eq!(person.get(&format!("{link}x")).0, 403);
    })
    .await;
}

#[tokio::test]
async fn invited_user_sets_password_but_sees_no_tiles() {
    with_practice_mode(Switches::default(), |mut person| {
        let typed = [
            ("user_name", "eve.long@example.com"),
            ("email", "eve.long@example.com"),
            ("given_name", "Eve"),
            ("family_name", "Long"),
            ("display_name", "Eve Long"),
        ];
        let add = person.console("users/add");
        assert_eq!(person.post(&add, &typed).0, 200);
        assert_eq!(person.post(&add, &typed).0, 400, "the user name is taken");
        let mails = person.get(&person.addresses.mailbox).1;
        assert!(
            mails.contains(
                "Invitation to join AWS IAM Identity Center (successor to AWS Single Sign-On)"
            ),
            "{mails}"
        );
        let link = text_between(&mails, r#"class="mail-link" href=""#, "\"").expect("a link");
        assert!(person.get(link).1.contains("eve.long@example.com"));
        person.post(link, &[("new_password", "practice-1")]);
        assert_eq!(person.get(link).0, 404, "an invitation is accepted once");
        person.sign_in("eve.long@example.com");
        let start = person.get(&person.addresses.portal.clone()).1;
        assert_eq!(text_of(&start, "error").as_deref(), Some("You do not have any applications"));
    })
    .await;
}

#[tokio::test]
async fn signed_assertion_alone_is_accepted() {
    let switches = Switches { sign_assertion_only: true, ..Switches::default() };
    with_practice_mode(switches, |mut person| {
        person.set_up();
        let xml = person.administrator_mode().expect("the copied XML");
        let (response, assertion) = xml.split_once("<saml2:Assertion").expect("an assertion");
        assert!(
            !response.contains("<ds:Signature") && assertion.contains("<ds:Signature"),
            "{xml}"
        );
        person.by_tile();
        person.confirm();
        assert_eq!(person.by_link(), "Welcome to nOps, Dana Whitfield");
    })
    .await;
}

#[tokio::test]
async fn sign_in_works_with_other_nops_host() {
    let switches = Switches { other_nops_host: true, ..Switches::default() };
    with_practice_mode(switches, |mut person| {
        person.set_up();
        assert!(
            person.acs_url.starts_with("https://app.practice-partner.example/sso/v1/"),
            "{}",
            person.acs_url
        );
        person.by_tile();
        person.confirm();
        assert_eq!(person.by_tile(), "Welcome to nOps, Dana Whitfield");
        assert_eq!(person.by_link(), "Welcome to nOps, Dana Whitfield");
        let usual = person.local(&person.acs_url.replace("practice-partner.example", "nops.io"));
        assert_eq!(person.post(&usual, &[]).0, 404, "the usual host does not have these addresses");
    })
    .await;
}

#[tokio::test]
async fn addresses_can_appear_after_first_save() {
    let switches = Switches { addresses_after_first_save: true, ..Switches::default() };
    with_practice_mode(switches, |mut person| {
        let nops = person.addresses.nops.clone();
        let enabled = person.post(&nops, &[("enable_sso", "on")]).1;
        assert_eq!(text_of(&enabled, "acs-url"), None);
        person.open_draft();
        person.save_nops();
        let saved = person.get(&nops).1;
        assert!(text_of(&saved, "acs-url").is_some_and(|url| url.ends_with("/?acs")));
        person.set_up();
        person.by_tile();
        person.confirm();
        assert_eq!(person.by_link(), "Welcome to nOps, Dana Whitfield");
    })
    .await;
}

#[tokio::test]
async fn sign_in_works_without_metadata_link() {
    let switches =
        Switches { opaque_tokens: true, metadata_unreachable: true, ..Switches::default() };
    with_practice_mode(switches, |mut person| {
        person.set_up();
        let metadata = person.local(&person.links["metadata-url"]);
        assert_eq!(person.get(&metadata).0, 503);
        let file = person.console(&format!("applications/{}/metadata.xml", person.application));
        assert!(
            person.get(&file).1.contains(&person.links["issuer-url"]),
            "the downloaded file still has the issuer"
        );
        person.by_tile();
        person.confirm();
        assert_eq!(person.by_link(), "Welcome to nOps, Dana Whitfield");
    })
    .await;
}

#[tokio::test]
async fn administrator_mode_can_be_off() {
    with_practice_mode(Switches::default(), |mut person| {
        person.set_up();
        assert!(person.administrator_mode().is_some());
    })
    .await;
    let switches = Switches { no_shift_click: true, ..Switches::default() };
    with_practice_mode(switches, |mut person| {
        person.set_up();
        assert_eq!(person.administrator_mode(), None);
        let start = person.get(&person.addresses.portal.clone()).1;
        assert!(!start.contains("shiftKey"));
    })
    .await;
}

#[tokio::test]
async fn only_empty_fields_are_refused() {
    with_practice_mode(Switches::default(), |person| {
        let add = person.console("applications/add");
        let typed = [("display_name", "nOps"), ("acs_url", " not a link "), ("audience", "")];
        assert_eq!(person.post(&add, &typed).0, 400);
        let typed = [("display_name", "nOps"), ("acs_url", " not a link "), ("audience", "a b")];
        let (status, page) = person.post(&add, &typed);
        assert_eq!(status, 200);
        assert_eq!(text_of(&page, "acs-url").as_deref(), Some(" not a link "));
        assert_eq!(text_of(&page, "audience").as_deref(), Some("a b"));
        let nops = person.addresses.nops.clone();
        let typed = [
            ("enable_sso", "on"),
            ("issuer_url", "x"),
            ("sso_endpoint", "x"),
            ("x509_certificate", ""),
        ];
        assert_eq!(person.post(&nops, &typed).0, 400);
    })
    .await;
}

#[tokio::test]
async fn both_kinds_of_api_keys_are_checked() {
    with_practice_mode(Switches::default(), |person| {
        let legacy = person.local("https://app.nops.io/c/admin/current_client/");
        let key = "4021.practice-legacy-secret";
        let (status, kind, body) = person.with_header(&legacy, "X-Nops-Api-Key", key);
        assert_eq!((status, kind.as_str()), (200, "application/json"));
        assert!(body.contains(r#""id":4021"#), "{body}");
        let (status, kind, _) = person.with_header(&legacy, "X-Nops-Api-Key", "4021.no");
        assert_eq!(status, 200, "a wrong key returns status 200");
        assert!(kind.starts_with("text/html"), "{kind}");

        let reports = format!("{}/reports", person.addresses.nops_api);
        let bearer =
            |key: &str| person.with_header(&reports, "Authorization", &format!("Bearer {key}"));
        assert_eq!(bearer("practice-public-key").0, 200);
        let (status, _, body) = bearer("no");
        assert_eq!(status, 401);
        assert!(body.contains("invalid_credentials"), "{body}");
        assert_eq!(bearer("practice-public-key-limited").0, 403);
    })
    .await;
}

/// Starts practice mode and runs `work` on a blocking thread.
async fn with_practice_mode(switches: Switches, work: impl FnOnce(Person) + Send + 'static) {
    let practice =
        Practice::start(Settings { switches, ..Settings::default() }).await.expect("a world");
    let person = Person::new(practice.addresses().clone());
    tokio::task::spawn_blocking(move || work(person)).await.expect("the work");
    practice.stop().await;
}

/// A browser used by an AWS and nOps administrator, who is also the user signed in to the portal.
struct Person {
    addresses: Addresses,
    browser: Agent,
    cookie: String,
    application: String,
    links: HashMap<&'static str, String>,
    acs_url: String,
    shareable_link: String,
}

impl Person {
    fn new(addresses: Addresses) -> Self {
        let browser = Agent::config_builder()
            .max_redirects(0)
            .http_status_as_error(false)
            .proxy(None)
            .build();
        Self {
            addresses,
            browser: browser.into(),
            cookie: String::new(),
            application: String::new(),
            links: HashMap::new(),
            acs_url: String::new(),
            shareable_link: String::new(),
        }
    }

    fn set_up(&mut self) {
        let nops = self.addresses.nops.clone();
        let page = self.post(&nops, &[("enable_sso", "on")]).1;
        self.acs_url = text_of(&page, "acs-url").expect("the ACS");
        self.shareable_link = text_of(&page, "shareable-link").expect("the Shareable Link");
        let metadata =
            self.get(&self.local(&text_of(&page, "entity-id").expect("the Entity ID"))).1;
        if self.application.is_empty() {
            self.open_draft();
        }
        let typed = [
            ("draft", self.application.as_str()),
            ("display_name", "nOps"),
            ("metadata_xml", &metadata),
        ];
        let (status, page) = self.post(&self.console("applications/add"), &typed);
        assert_eq!(status, 200, "{page}");
        let rows = [
            ("Subject", "${user:subject}", "emailAddress"),
            ("User.Email", "${user:email}", "basic"),
            ("User.FirstName", "${user:givenName}", "basic"),
            ("User.LastName", "${user:familyName}", "basic"),
        ];
        let rows = rows.map(|(attribute, value, format)| {
            [("attribute", attribute), ("value", value), ("format", format)]
        });
        self.post(
            &self.console(&format!("applications/{}/mappings", self.application)),
            &rows.concat(),
        );
        self.save_nops();
        self.assign_and_sign_in("dana.whitfield@example.com");
    }

    fn open_draft(&mut self) {
        let page = self.get(&self.console("applications/configure")).1;
        for name in ["issuer-url", "sign-in-url", "metadata-url"] {
            self.links.insert(name, text_of(&page, name).expect(name));
        }
        self.application =
            text_between(&page, r#"name="draft" value=""#, "\"").expect("the draft").to_owned();
    }

    fn save_nops(&self) {
        let file = self.console(&format!("applications/{}/certificate.pem", self.application));
        let certificate = self.get(&file).1;
        let typed = [
            ("sso_type", "AWS"),
            ("issuer_url", self.links["issuer-url"].as_str()),
            ("sso_endpoint", &self.links["sign-in-url"]),
            ("x509_certificate", &certificate),
            ("default_role", "client-member"),
        ];
        assert_eq!(self.post(&self.addresses.nops, &typed).0, 200);
    }

    fn assign_and_sign_in(&mut self, user_name: &str) {
        let users = self.get(&self.console("users")).1;
        let (before, _) = users.split_once(&format!(">{user_name}<")).expect("the user");
        let id = text_between(&before[before.rfind("/users/").expect("a link")..], "/users/", "\"")
            .expect("an id");
        self.post(
            &self.console(&format!("applications/{}/assign", self.application)),
            &[("user", id)],
        );
        self.sign_in(user_name);
    }

    fn sign_in(&mut self, user_name: &str) {
        let address = format!("{}/sign-in", self.addresses.portal);
        let answer = self
            .browser
            .post(&address)
            .send_form([("user_name", user_name), ("password", "practice-1")])
            .expect("an answer");
        let cookie = answer.headers().get("set-cookie").expect("a session").to_str().expect("text");
        self.cookie = cookie.split(';').next().unwrap_or_default().to_owned();
    }

    /// Signs in on a page that requires it, and returns the next page.
    fn sign_in_for(&mut self, page: &str, user_name: &str) -> String {
        let next = text_between(page, r#"name="next" value=""#, "\"").expect("where to go");
        let next = next.replace("&amp;", "&");
        self.sign_in(user_name);
        let root = self.addresses.aws_endpoint.trim_end_matches('/');
        self.get(&format!("{root}{next}")).1
    }

    fn confirm(&self) {
        assert_eq!(self.get(&self.confirmation_link()).0, 200);
    }

    /// Returns the link in the newest email.
    fn confirmation_link(&self) -> String {
        let mails = self.get(&self.addresses.mailbox).1;
        let link = text_between(&mails, r#"class="mail-link" href=""#, "\"");
        link.expect("a mail with a link").to_owned()
    }

    fn administrator_mode(&self) -> Option<String> {
        let page =
            self.get(&format!("{}/tile/{}?admin=1", self.addresses.portal, self.application)).1;
        text_of(&page, "saml-xml")
    }

    fn by_tile(&self) -> ResultHeading {
        self.submit(&self.get(&format!("{}/tile/{}", self.addresses.portal, self.application)).1)
    }

    fn by_link(&self) -> ResultHeading {
        self.submit(&self.get(&self.local(&self.shareable_link)).1)
    }

    /// Submits the response on the page and returns nOps's answer. If the page has no response,
    /// returns the page's error.
    fn submit(&self, page: &str) -> ResultHeading {
        let Some(response) = text_between(page, r#"name="SAMLResponse" value=""#, "\"") else {
            return text_of(page, "error").expect("an error");
        };
        let address = text_between(page, r#"<form class="saml" method="post" action=""#, "\"")
            .expect("a form");
        let (_, page) = self.post(address, &[("SAMLResponse", response), ("RelayState", "")]);
        let heading =
            text_between(&page, "<h1", "</h1>").and_then(|heading| heading.split_once('>'));
        text_of(&page, "error").unwrap_or_else(|| heading.expect("a heading").1.to_owned())
    }

    fn local(&self, link: &str) -> String {
        format!("{}at/{}", self.addresses.aws_endpoint, link.trim_start_matches("https://"))
    }

    fn console(&self, page: &str) -> String {
        let (base, _) = self.addresses.console.split_once("home").expect("the console");
        format!("{base}{page}")
    }

    fn get(&self, address: &str) -> (u16, String) {
        let answer =
            self.browser.get(address).header("cookie", &self.cookie).call().expect("an answer");
        self.follow(answer)
    }

    fn post(&self, address: &str, fields: &[(&str, &str)]) -> (u16, String) {
        let request = self.browser.post(address).header("cookie", &self.cookie);
        let answer = request.send_form(fields.iter().copied()).expect("an answer");
        self.follow(answer)
    }

    fn with_header(&self, address: &str, name: &str, value: &str) -> (u16, String, String) {
        let mut answer = self.browser.get(address).header(name, value).call().expect("an answer");
        let kind = answer
            .headers()
            .get("content-type")
            .expect("a type")
            .to_str()
            .expect("text")
            .to_owned();
        let body = answer.body_mut().read_to_string().expect("text");
        (answer.status().as_u16(), kind, body)
    }

    fn follow(&self, mut answer: Response<Body>) -> (u16, String) {
        if let Some(place) = answer.headers().get("location") {
            let place = place.to_str().expect("text");
            let root = self.addresses.aws_endpoint.trim_end_matches('/');
            let address =
                if place.starts_with('/') { format!("{root}{place}") } else { place.to_owned() };
            return self.get(&address);
        }
        (answer.status().as_u16(), answer.body_mut().read_to_string().expect("text"))
    }
}

/// Returns the text of the element with this ID. HTML entities are decoded.
fn text_of(page: &str, id: &str) -> Option<String> {
    let from = page.split_once(&format!(r#" id="{id}""#))?.1.split_once('>')?.1;
    let text = from.split_once("</")?.0;
    Some(
        text.replace("&lt;", "<")
            .replace("&gt;", ">")
            .replace("&quot;", "\"")
            .replace("&amp;", "&"),
    )
}

fn text_between<'a>(text: &'a str, before: &str, after: &str) -> Option<&'a str> {
    Some(text.split_once(before)?.1.split_once(after)?.0)
}
