//! Validates a response like python3-saml 1.16 in strict mode, with the same error texts and order,
//! because nOps very likely uses it. It's as lenient: the Destination is compared as a prefix without
//! the query, the Recipient by substring, and clocks can differ by 300 seconds.
//!
//! Differences: signatures must use exclusive canonical XML with RSA-SHA256, and only the parts of the
//! XML schema that practice mode's responses can violate are checked.

use base64::{Engine, engine::general_purpose::STANDARD};
use bergshamra_xml::NodeId;
use jiff::{SignedDuration, Timestamp};

use crate::{
    saml::{
        BEARER, SUCCESS, Tree,
        namespace::{ASSERTION, PROTOCOL, SIGNATURE},
        signature_holds,
    },
    world::SentRequest,
};

const CLOCK_DRIFT: SignedDuration = SignedDuration::from_secs(300);

/// The service provider's settings and state.
pub(super) struct Expected<'a> {
    /// nOps's Entity ID.
    pub(super) sp_entity_id: &'a str,
    /// *Issuer URL (entityId)* as entered.
    pub(super) idp_entity_id: &'a str,
    /// *X.509 Certificate* as entered.
    pub(super) certificate: &'a str,
    /// Address that received the response, without the query.
    pub(super) current_url: &'a str,
    /// Full address that Destination and Recipient must equal. `None` compares leniently.
    pub(super) exact_url: Option<&'a str>,
    /// Whether a signature on the response alone isn't enough.
    pub(super) assertion_must_be_signed: bool,
    /// Requests without a response, oldest first.
    pub(super) sent_requests: &'a [SentRequest],
    pub(super) now: Timestamp,
}

/// The content of an accepted response.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Accepted {
    pub(super) name_id: String,
    pub(super) in_response_to: Option<String>,
    attributes: Vec<(String, Vec<String>)>,
}

impl Accepted {
    /// Returns the first value of an attribute. The name is case-sensitive.
    pub(super) fn attribute(&self, name: &str) -> Option<&str> {
        let (_, values) = self.attributes.iter().find(|(candidate, _)| candidate == name)?;
        values.first().map(String::as_str)
    }
}

/// Validates the value of the form field `SAMLResponse`. Returns python3-saml's error text on failure.
pub(super) fn validate_response(posted: &str, expected: &Expected<'_>) -> Result<Accepted, String> {
    if posted.is_empty() {
        return Err("SAML Response not found, Only supported HTTP_POST Binding".to_owned());
    }
    let base64: String = posted.split_whitespace().collect();
    let xml = STANDARD
        .decode(base64)
        .ok()
        .and_then(|bytes| String::from_utf8(bytes).ok())
        .ok_or("The SAML Response is not base64 of XML")?;
    let tree = Tree::parse(&xml).map_err(|_| "The SAML Response is not well-formed XML")?;
    let root = tree.root().ok_or("The SAML Response is not well-formed XML")?;
    Judgement { tree: &tree, root, expected }.run()
}

struct Judgement<'a> {
    tree: &'a Tree<'a>,
    root: NodeId,
    expected: &'a Expected<'a>,
}

impl Judgement<'_> {
    fn run(&self) -> Result<Accepted, String> {
        let tree = self.tree;
        if tree.attribute(self.root, "Version") != Some("2.0") {
            return Err("Unsupported SAML version".to_owned());
        }
        if tree.attribute(self.root, "ID").is_none() {
            return Err("Missing ID attribute on SAML Response".to_owned());
        }
        self.check_status()?;
        let assertion = self.only_assertion()?;
        let signatures = self.signatures()?;
        self.check_schema(assertion)?;
        let in_response_to = self.check_in_response_to()?;
        let conditions = self.check_conditions(assertion)?;
        self.check_statements(assertion)?;
        self.check_destination()?;
        self.check_audience(conditions)?;
        self.check_issuers(assertion)?;
        self.check_session(assertion)?;
        self.check_confirmation(assertion, in_response_to.as_deref())?;
        self.check_signatures(&signatures)?;
        Ok(Accepted {
            attributes: self.attributes(assertion)?,
            name_id: self.name_id(assertion)?,
            in_response_to,
        })
    }

    fn check_status(&self) -> Result<(), String> {
        let tree = self.tree;
        let status =
            tree.child(self.root, PROTOCOL, "Status").ok_or("Missing Status on response")?;
        let code = tree
            .child(status, PROTOCOL, "StatusCode")
            .and_then(|code| tree.attribute(code, "Value"))
            .ok_or("Missing StatusCode on response")?;
        if code == SUCCESS {
            return Ok(());
        }
        let name = code.rsplit(':').next().unwrap_or(code);
        let message = match tree.child(status, PROTOCOL, "StatusMessage") {
            Some(message) => format!(" -> {}", tree.text(message)),
            None => String::new(),
        };
        Err(format!("The status code of the Response was not Success, was {name}{message}"))
    }

    fn only_assertion(&self) -> Result<NodeId, String> {
        let all = self.tree.all(ASSERTION, "Assertion");
        let encrypted = self.tree.all(ASSERTION, "EncryptedAssertion");
        match (all.as_slice(), encrypted.is_empty()) {
            ([one], true) if self.tree.parent(*one) == Some(self.root) => Ok(*one),
            _ => Err("SAML Response must contain 1 assertion".to_owned()),
        }
    }

    /// Returns the signatures. Each must be a child of the element that it references.
    fn signatures(&self) -> Result<Vec<NodeId>, String> {
        let tree = self.tree;
        let signatures = tree.all(SIGNATURE, "Signature");
        let mut signed = Vec::new();
        for &signature in &signatures {
            let parent = tree.parent(signature).filter(|&parent| {
                tree.is(parent, PROTOCOL, "Response") || tree.is(parent, ASSERTION, "Assertion")
            });
            let parent = parent.ok_or("Invalid Signature Element SAML Response rejected")?;
            let id = tree
                .attribute(parent, "ID")
                .filter(|id| !id.is_empty())
                .ok_or("Signed Element must contain an ID. SAML Response rejected")?;
            if signed.contains(&id) {
                return Err("Duplicated ID. SAML Response rejected".to_owned());
            }
            signed.push(id);
            let reference = tree
                .child(signature, SIGNATURE, "SignedInfo")
                .and_then(|info| tree.child(info, SIGNATURE, "Reference"))
                .and_then(|reference| tree.attribute(reference, "URI"));
            if reference.is_some_and(|uri| uri.get(1..) != Some(id)) {
                return Err("Found an invalid Signed Element. SAML Response rejected".to_owned());
            }
        }
        Ok(signatures)
    }

    fn check_schema(&self, assertion: NodeId) -> Result<(), String> {
        let tree = self.tree;
        let has = |node, name| tree.attribute(node, name).is_some();
        let statements = tree.children(assertion, ASSERTION, "AttributeStatement");
        let attributes = |&statement: &NodeId| tree.children(statement, ASSERTION, "Attribute");
        let fits = tree.is(self.root, PROTOCOL, "Response")
            && has(self.root, "IssueInstant")
            && ["ID", "Version", "IssueInstant"].iter().all(|name| has(assertion, name))
            && statements.iter().all(|statement| !attributes(statement).is_empty())
            && statements.iter().flat_map(attributes).all(|attribute| has(attribute, "Name"));
        match fits {
            true => Ok(()),
            false => {
                Err("Invalid SAML Response. Not match the saml-schema-protocol-2.0.xsd".to_owned())
            }
        }
    }

    /// Checks `InResponseTo` only while a request is open: python3-saml accepts any value otherwise.
    fn check_in_response_to(&self) -> Result<Option<String>, String> {
        let answered = self.tree.attribute(self.root, "InResponseTo").map(str::to_owned);
        let sent = self.expected.sent_requests;
        match (&answered, sent.last()) {
            (Some(id), Some(last)) if sent.iter().all(|sent| sent.id != *id) => Err(format!(
                "The InResponseTo of the Response: {id}, does not match the ID of the AuthNRequest sent by the SP: {}",
                last.id
            )),
            _ => Ok(answered),
        }
    }

    fn check_conditions(&self, assertion: NodeId) -> Result<NodeId, String> {
        let [conditions] = self
            .tree
            .children(assertion, ASSERTION, "Conditions")
            .try_into()
            .map_err(|_| "The Assertion must include a Conditions element")?;
        let now = self.expected.now;
        if self.time(conditions, "NotBefore")?.is_some_and(|begins| begins > now + CLOCK_DRIFT) {
            return Err(
                "Could not validate timestamp: not yet valid. Check system clock.".to_owned()
            );
        }
        if self.time(conditions, "NotOnOrAfter")?.is_some_and(|ends| ends + CLOCK_DRIFT <= now) {
            return Err("Could not validate timestamp: expired. Check system clock.".to_owned());
        }
        Ok(conditions)
    }

    fn check_statements(&self, assertion: NodeId) -> Result<(), String> {
        if self.tree.children(assertion, ASSERTION, "AuthnStatement").len() != 1 {
            return Err("The Assertion must include an AuthnStatement element".to_owned());
        }
        match self.tree.child(assertion, ASSERTION, "AttributeStatement") {
            Some(_) => Ok(()),
            None => Err("There is no AttributeStatement on the Response".to_owned()),
        }
    }

    fn check_destination(&self) -> Result<(), String> {
        let current = self.expected.current_url;
        match self.tree.attribute(self.root, "Destination") {
            Some("") => Err("The response has an empty Destination value".to_owned()),
            Some(destination)
                if self.expected.exact_url.is_some_and(|exact| exact != destination) =>
            {
                Err(format!("The response was received at {current} instead of {destination}"))
            }
            Some(destination) if !normalised(destination).starts_with(&normalised(current)) => {
                Err(format!("The response was received at {current} instead of {destination}"))
            }
            _ => Ok(()),
        }
    }

    fn check_audience(&self, conditions: NodeId) -> Result<(), String> {
        let tree = self.tree;
        let restrictions = tree.children(conditions, ASSERTION, "AudienceRestriction");
        let audiences: Vec<String> = restrictions
            .into_iter()
            .flat_map(|restriction| tree.children(restriction, ASSERTION, "Audience"))
            .map(|audience| tree.text(audience))
            .filter(|audience| !audience.is_empty())
            .collect();
        let ours = self.expected.sp_entity_id;
        match audiences.is_empty() || audiences.iter().any(|audience| audience == ours) {
            true => Ok(()),
            false => Err(format!("{ours} is not a valid audience for this Response")),
        }
    }

    fn check_issuers(&self, assertion: NodeId) -> Result<(), String> {
        let tree = self.tree;
        let of_response = tree.children(self.root, ASSERTION, "Issuer");
        let of_assertion = tree.children(assertion, ASSERTION, "Issuer");
        if of_response.len() > 1 {
            return Err("Issuer of the Response is multiple.".to_owned());
        }
        if of_assertion.len() != 1 {
            return Err("Issuer of the Assertion not found or multiple.".to_owned());
        }
        let expected = self.expected.idp_entity_id;
        let issuers = of_response.into_iter().chain(of_assertion).map(|issuer| tree.text(issuer));
        match issuers.filter(|issuer| !issuer.is_empty()).find(|issuer| issuer != expected) {
            Some(issuer) => Err(format!(
                "Invalid issuer in the Assertion/Response (expected {expected}, got {issuer})"
            )),
            None => Ok(()),
        }
    }

    fn check_session(&self, assertion: NodeId) -> Result<(), String> {
        let statement = self.tree.child(assertion, ASSERTION, "AuthnStatement");
        let ends = match statement {
            Some(statement) => self.time(statement, "SessionNotOnOrAfter")?,
            None => None,
        };
        match ends.is_some_and(|ends| ends <= self.expected.now) {
            true => Err("The attributes have expired, based on the SessionNotOnOrAfter of the AttributeStatement of this Response".to_owned()),
            false => Ok(()),
        }
    }

    fn check_confirmation(
        &self,
        assertion: NodeId,
        in_response_to: Option<&str>,
    ) -> Result<(), String> {
        let tree = self.tree;
        let confirmations = tree
            .child(assertion, ASSERTION, "Subject")
            .map(|subject| tree.children(subject, ASSERTION, "SubjectConfirmation"))
            .unwrap_or_default();
        for confirmation in confirmations {
            if tree.attribute(confirmation, "Method").is_some_and(|method| method != BEARER) {
                continue;
            }
            let Some(data) = tree.child(confirmation, ASSERTION, "SubjectConfirmationData") else {
                continue;
            };
            let answers_other = match (in_response_to, tree.attribute(data, "InResponseTo")) {
                (Some(whole), Some(part)) => whole != part,
                _ => false,
            };
            let recipient = tree.attribute(data, "Recipient").unwrap_or_default();
            let for_other = match self.expected.exact_url {
                Some(exact) => recipient != exact,
                None => !recipient.is_empty() && !recipient.contains(self.expected.current_url),
            };
            let over =
                self.time(data, "NotOnOrAfter")?.is_some_and(|ends| ends <= self.expected.now);
            let early =
                self.time(data, "NotBefore")?.is_some_and(|begins| begins > self.expected.now);
            if !(answers_other || for_other || over || early) {
                return Ok(());
            }
        }
        Err("A valid SubjectConfirmation was not found on this Response".to_owned())
    }

    fn check_signatures(&self, signatures: &[NodeId]) -> Result<(), String> {
        if signatures.is_empty() {
            return Err("No Signature found. SAML Response rejected".to_owned());
        }
        let signs_assertion = |&signature: &NodeId| {
            let parent = self.tree.parent(signature);
            parent.is_some_and(|parent| self.tree.is(parent, ASSERTION, "Assertion"))
        };
        if self.expected.assertion_must_be_signed && !signatures.iter().any(signs_assertion) {
            return Err(
                "The Assertion of the Response is not signed and the SP require it".to_owned()
            );
        }
        let hold =
            |&signature: &NodeId| signature_holds(self.tree, signature, self.expected.certificate);
        match signatures.iter().all(hold) {
            true => Ok(()),
            false => Err("Signature validation failed. SAML Response rejected".to_owned()),
        }
    }

    fn attributes(&self, assertion: NodeId) -> Result<Vec<(String, Vec<String>)>, String> {
        let tree = self.tree;
        let mut attributes: Vec<(String, Vec<String>)> = Vec::new();
        for statement in tree.children(assertion, ASSERTION, "AttributeStatement") {
            for attribute in tree.children(statement, ASSERTION, "Attribute") {
                let name = tree.attribute(attribute, "Name").unwrap_or_default();
                if attributes.iter().any(|(known, _)| known == name) {
                    return Err("Found an Attribute element with duplicated Name".to_owned());
                }
                let values = tree
                    .children(attribute, ASSERTION, "AttributeValue")
                    .into_iter()
                    .map(|value| tree.text(value).trim().to_owned())
                    .filter(|value| !value.is_empty())
                    .collect();
                attributes.push((name.to_owned(), values));
            }
        }
        Ok(attributes)
    }

    fn name_id(&self, assertion: NodeId) -> Result<String, String> {
        let tree = self.tree;
        let name_id = tree
            .child(assertion, ASSERTION, "Subject")
            .and_then(|subject| tree.child(subject, ASSERTION, "NameID"))
            .ok_or("NameID not found in the assertion of the Response")?;
        let value = tree.text(name_id);
        if value.is_empty() {
            return Err("An empty NameID value found".to_owned());
        }
        match tree.attribute(name_id, "SPNameQualifier") {
            Some(qualifier) if !qualifier.is_empty() && qualifier != self.expected.sp_entity_id => {
                Err("The SPNameQualifier value mistmatch the SP entityID value.".to_owned())
            }
            _ => Ok(value),
        }
    }

    fn time(&self, node: NodeId, name: &str) -> Result<Option<Timestamp>, String> {
        match self.tree.attribute(node, name) {
            None => Ok(None),
            Some(value) => match value.parse() {
                Ok(time) => Ok(Some(time)),
                Err(_) => {
                    Err("Invalid SAML Response. Not match the saml-schema-protocol-2.0.xsd"
                        .to_owned())
                }
            },
        }
    }
}

/// Returns a link with its scheme and host in lowercase.
fn normalised(link: &str) -> String {
    let link = link.trim_start();
    let authority = link.find("://").map_or(0, |colon| colon + 3);
    let end = link[authority..].find(['/', '?', '#']).map_or(link.len(), |end| authority + end);
    [&link[..end].to_lowercase(), &link[end..]].concat()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::saml::{Attribute, NameId, Response, Signed, new_identity, sign};
    use crate::world::Identity;

    const BASE: &str = "https://app.nops.io/sso/v1/1/";
    const ISSUER: &str = "https://portal.sso.us-east-1.amazonaws.com/saml/assertion/T";

    fn now() -> Timestamp {
        "2026-11-24T09:30:15Z".parse().unwrap()
    }

    fn identity() -> Identity {
        new_identity(1, now()).unwrap()
    }

    fn right() -> Response {
        Response {
            id: "_1".to_owned(),
            issued: now(),
            valid_for: SignedDuration::from_hours(1),
            issuer: ISSUER.to_owned(),
            destination: format!("{BASE}?acs"),
            audience: format!("{BASE}metadata"),
            in_response_to: None,
            name_id: Some(NameId {
                value: "ana@example.com".to_owned(),
                format: "urn:f".to_owned(),
            }),
            attributes: vec![attribute("User.Email")],
        }
    }

    fn attribute(name: &str) -> Attribute {
        Attribute {
            name: name.to_owned(),
            name_format: "urn:b".to_owned(),
            values: vec!["x".to_owned()],
        }
    }

    fn signed(response: &Response) -> String {
        sign(&response.to_xml(), Signed::Response, &identity()).unwrap()
    }

    fn judged_at(
        xml: &str,
        now: Timestamp,
        certificate: &str,
        sent: &[SentRequest],
    ) -> Result<Accepted, String> {
        let expected = Expected {
            sp_entity_id: &format!("{BASE}metadata"),
            idp_entity_id: ISSUER,
            certificate,
            current_url: BASE,
            exact_url: None,
            assertion_must_be_signed: false,
            sent_requests: sent,
            now,
        };
        validate_response(&STANDARD.encode(xml), &expected)
    }

    fn judged(response: &Response) -> Result<Accepted, String> {
        judged_at(&signed(response), now(), &identity().certificate_pem(), &[])
    }

    #[test]
    fn valid_response_passes_with_either_signature() {
        let accepted = judged(&right()).unwrap();
        assert_eq!(accepted.name_id, "ana@example.com");
        assert_eq!(accepted.attribute("User.Email"), Some("x"));
        assert_eq!(accepted.attribute("User.email"), None);
        let assertion = sign(&right().to_xml(), Signed::Assertion, &identity()).unwrap();
        assert!(judged_at(&assertion, now(), &identity().certificate_base64, &[]).is_ok());
    }

    #[test]
    fn errors_have_the_text_of_python3_saml() {
        let text = str::to_owned;
        let cases = [
            (
                Response { audience: text("x"), ..right() },
                "https://app.nops.io/sso/v1/1/metadata is not a valid audience for this Response",
            ),
            (
                Response { issuer: text("x"), ..right() },
                "Invalid issuer in the Assertion/Response (expected https://portal.sso.us-east-1.amazonaws.com/saml/assertion/T, got x)",
            ),
            (
                Response { destination: text("https://other.example/?acs"), ..right() },
                "The response was received at https://app.nops.io/sso/v1/1/ instead of https://other.example/?acs",
            ),
            (
                Response { destination: format!("{BASE}metadata?acs").to_uppercase(), ..right() },
                "The response was received at https://app.nops.io/sso/v1/1/ instead of HTTPS://APP.NOPS.IO/SSO/V1/1/METADATA?ACS",
            ),
            (
                Response { destination: text("HTTPS://APP.nops.io/sso/v1/1/?acs"), ..right() },
                "A valid SubjectConfirmation was not found on this Response",
            ),
            (
                Response { name_id: None, ..right() },
                "NameID not found in the assertion of the Response",
            ),
            (
                Response {
                    name_id: Some(NameId { value: String::new(), format: text("f") }),
                    ..right()
                },
                "An empty NameID value found",
            ),
            (
                Response { attributes: Vec::new(), ..right() },
                "There is no AttributeStatement on the Response",
            ),
            (
                Response { attributes: vec![attribute("a"), attribute("a")], ..right() },
                "Found an Attribute element with duplicated Name",
            ),
        ];
        for (response, error) in cases {
            assert_eq!(judged(&response).unwrap_err(), error);
        }
    }

    #[test]
    fn destination_without_query_is_accepted() {
        assert!(judged(&Response { destination: BASE.to_owned(), ..right() }).is_ok());
    }

    #[test]
    fn clock_skew_of_five_minutes_is_accepted() {
        let xml = signed(&right());
        let at =
            |time: &str| judged_at(&xml, time.parse().unwrap(), &identity().certificate_pem(), &[]);
        assert!(at("2026-11-24T09:20:15Z").is_ok());
        assert_eq!(
            at("2026-11-24T09:20:14Z").unwrap_err(),
            "Could not validate timestamp: not yet valid. Check system clock."
        );
        assert_eq!(
            at("2026-11-24T10:35:15Z").unwrap_err(),
            "Could not validate timestamp: expired. Check system clock."
        );
    }

    #[test]
    fn untrusted_responses_are_refused() {
        let pem = identity().certificate_pem();
        let unsigned = judged_at(&right().to_xml(), now(), &pem, &[]);
        assert_eq!(unsigned.unwrap_err(), "No Signature found. SAML Response rejected");
        let tampered = signed(&right()).replace("ana@example.com", "eve@example.com");
        let failed = "Signature validation failed. SAML Response rejected";
        assert_eq!(judged_at(&tampered, now(), &pem, &[]).unwrap_err(), failed);
        let other = new_identity(2, now()).unwrap().certificate_pem();
        assert_eq!(judged_at(&signed(&right()), now(), &other, &[]).unwrap_err(), failed);
        assert_eq!(judged_at(&signed(&right()), now(), "<html>", &[]).unwrap_err(), failed);
    }

    #[test]
    fn mismatched_response_is_refused_while_request_is_open() {
        let sent = [SentRequest { id: "ONELOGIN_1".to_owned(), sent_at: now() }];
        let pem = identity().certificate_pem();
        let answer =
            |id: &str| signed(&Response { in_response_to: Some(id.to_owned()), ..right() });
        assert!(judged_at(&answer("ONELOGIN_1"), now(), &pem, &sent).is_ok());
        assert!(
            judged_at(&answer("ONELOGIN_2"), now(), &pem, &sent)
                .unwrap_err()
                .starts_with("The InResponseTo of the Response: ONELOGIN_2,")
        );
        assert!(judged_at(&answer("ONELOGIN_2"), now(), &pem, &[]).is_ok());
    }
}
