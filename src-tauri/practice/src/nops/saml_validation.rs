//! Validates a response in the same way as python3-saml 1.16 in strict mode, with the same error
//! texts in the same order, because nOps very likely uses python3-saml. The validation is equally
//! lenient: it compares the Destination as a prefix without the query, matches the Recipient as a
//! substring, and tolerates 300 seconds of clock difference.
//!
//! Two things differ from python3-saml. Signatures must use exclusive canonical XML with
//! RSA-SHA256. Only the parts of the XML schema that practice mode's responses can violate are
//! checked.

use base64::{Engine, engine::general_purpose::STANDARD};
use jiff::{SignedDuration, Timestamp};

use crate::{
    saml::{BEARER, SUCCESS, XmlElement, XmlTree, signature_holds},
    world::SentRequest,
};

/// A result whose error is the text from python3-saml.
type Validation<T = ()> = Result<T, String>;

const SCHEMA: &str = "Invalid SAML Response. Not match the saml-schema-protocol-2.0.xsd";
const CLOCK_DRIFT: SignedDuration = SignedDuration::from_secs(300);

pub struct ServiceProviderState<'a> {
    /// nOps's Entity ID.
    pub sp_entity_id: &'a str,
    /// *Issuer URL (entityId)* as entered.
    pub idp_entity_id: &'a str,
    /// *X.509 Certificate* as entered.
    pub certificate: &'a str,
    /// The address that received the response, without its query.
    pub current_url: &'a str,
    /// The full address that Destination and Recipient must equal. If `None`, they're compared
    /// leniently.
    pub exact_url: Option<&'a str>,
    /// Whether a signature on the response alone isn't enough.
    pub assertion_must_be_signed: bool,
    /// The requests that have no response yet, oldest first.
    pub sent_requests: &'a [SentRequest],
    pub now: Timestamp,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AcceptedResponse {
    pub name_id: String,
    pub in_response_to: Option<String>,
    /// The attributes' names and first values.
    attributes: Vec<(String, Option<String>)>,
}

impl AcceptedResponse {
    /// Returns the first value of an attribute. Attribute names are case-sensitive.
    pub fn attribute(&self, name: &str) -> Option<&str> {
        let (_, value) = self.attributes.iter().find(|(candidate, _)| candidate == name)?;
        value.as_deref()
    }
}

/// Validates the value of the `SAMLResponse` form field. If validation fails, returns the error
/// text from python3-saml.
pub fn validate_response(
    posted: &str,
    expected: &ServiceProviderState<'_>,
) -> Validation<AcceptedResponse> {
    if posted.is_empty() {
        return Err("SAML Response not found, Only supported HTTP_POST Binding".to_owned());
    }
    let base64: String = posted.split_whitespace().collect();
    let xml = STANDARD
        .decode(base64)
        .ok()
        .and_then(|bytes| String::from_utf8(bytes).ok())
        .ok_or("The SAML Response is not base64 of XML")?;
    let tree = XmlTree::parse(&xml).map_err(|_| "The SAML Response is not well-formed XML")?;
    let root = tree.root().ok_or("The SAML Response is not well-formed XML")?;
    Validator { tree: &tree, root, expected }.run()
}

fn ensure(condition: bool, text: impl Into<String>) -> Validation {
    if condition { Ok(()) } else { Err(text.into()) }
}

struct Validator<'a> {
    tree: &'a XmlTree<'a>,
    root: XmlElement<'a>,
    expected: &'a ServiceProviderState<'a>,
}

impl<'a> Validator<'a> {
    fn run(&self) -> Validation<AcceptedResponse> {
        let root = self.root;
        ensure(root.attribute("Version") == Some("2.0"), "Unsupported SAML version")?;
        ensure(root.attribute("ID").is_some(), "Missing ID attribute on SAML Response")?;
        self.check_status()?;
        let assertion = self.only_assertion()?;
        let signatures = self.signatures()?;
        self.check_schema(assertion)?;
        let in_response_to = self.check_in_response_to()?;
        let conditions = self.check_conditions(assertion)?;
        let statement = check_statements(assertion)?;
        self.check_destination()?;
        self.check_audience(conditions)?;
        self.check_issuers(assertion)?;
        self.check_session(statement)?;
        self.check_confirmation(assertion, in_response_to)?;
        self.check_signatures(&signatures)?;
        Ok(AcceptedResponse {
            attributes: attributes(assertion)?,
            name_id: self.name_id(assertion)?,
            in_response_to: in_response_to.map(str::to_owned),
        })
    }

    fn check_status(&self) -> Validation {
        let status = self.root.child("samlp:Status").ok_or("Missing Status on response")?;
        let code = status
            .child("samlp:StatusCode")
            .and_then(|code| code.attribute("Value"))
            .ok_or("Missing StatusCode on response")?;
        let name = code.rsplit(':').next().unwrap_or(code);
        let message = match status.child("samlp:StatusMessage") {
            Some(message) => format!(" -> {}", message.text()),
            None => String::new(),
        };
        let text = format!("The status code of the Response was not Success, was {name}{message}");
        ensure(code == SUCCESS, text)
    }

    fn only_assertion(&self) -> Validation<XmlElement<'a>> {
        let is_only = self.tree.all("saml:Assertion").len() == 1
            && self.tree.all("saml:EncryptedAssertion").is_empty();
        let assertion = self.root.child("saml:Assertion").filter(|_| is_only);
        Ok(assertion.ok_or("SAML Response must contain 1 assertion")?)
    }

    /// Returns the signatures. Each signature must be a child of the element that it references.
    fn signatures(&self) -> Validation<Vec<XmlElement<'a>>> {
        let signatures = self.tree.all("ds:Signature");
        let mut signed = Vec::new();
        for signature in &signatures {
            let id = signature
                .parent()
                .filter(|parent| parent.is("samlp:Response") || parent.is("saml:Assertion"))
                .ok_or("Invalid Signature Element SAML Response rejected")?
                .attribute("ID")
                .filter(|id| !id.is_empty())
                .ok_or("Signed Element must contain an ID. SAML Response rejected")?;
            ensure(!signed.contains(&id), "Duplicated ID. SAML Response rejected")?;
            signed.push(id);
            let reference = signature
                .child("ds:SignedInfo")
                .and_then(|info| info.child("ds:Reference"))
                .and_then(|reference| reference.attribute("URI"));
            ensure(
                reference.is_none_or(|uri| uri.get(1..) == Some(id)),
                "Found an invalid Signed Element. SAML Response rejected",
            )?;
        }
        Ok(signatures)
    }

    fn check_schema(&self, assertion: XmlElement<'_>) -> Validation {
        let has = |element: XmlElement<'_>, name| element.attribute(name).is_some();
        let fits = self.root.is("samlp:Response")
            && has(self.root, "IssueInstant")
            && ["ID", "Version", "IssueInstant"].into_iter().all(|name| has(assertion, name))
            && assertion.children("saml:AttributeStatement").all(|statement| {
                let mut attributes = statement.children("saml:Attribute");
                statement.child("saml:Attribute").is_some()
                    && attributes.all(|attribute| has(attribute, "Name"))
            });
        ensure(fits, SCHEMA)
    }

    /// Checks `InResponseTo` only if a request has no response yet. Otherwise, python3-saml accepts
    /// any value.
    fn check_in_response_to(&self) -> Validation<Option<&'a str>> {
        let answered = self.root.attribute("InResponseTo");
        let sent = self.expected.sent_requests;
        match (answered, sent.last()) {
            (Some(id), Some(last)) if sent.iter().all(|sent| sent.id != id) => Err(format!(
                "The InResponseTo of the Response: {id}, does not match the ID of the AuthNRequest sent by the SP: {}",
                last.id
            )),
            _ => Ok(answered),
        }
    }

    fn check_conditions<'e>(&self, assertion: XmlElement<'e>) -> Validation<XmlElement<'e>> {
        let conditions = assertion
            .only_child("saml:Conditions")
            .ok_or("The Assertion must include a Conditions element")?;
        let now = self.expected.now;
        ensure(
            time(conditions, "NotBefore")?.is_none_or(|begins| begins <= now + CLOCK_DRIFT),
            "Could not validate timestamp: not yet valid. Check system clock.",
        )?;
        ensure(
            time(conditions, "NotOnOrAfter")?.is_none_or(|ends| ends + CLOCK_DRIFT > now),
            "Could not validate timestamp: expired. Check system clock.",
        )?;
        Ok(conditions)
    }

    fn check_destination(&self) -> Validation {
        let Some(destination) = self.root.attribute("Destination") else {
            return Ok(());
        };
        ensure(!destination.is_empty(), "The response has an empty Destination value")?;
        let current = self.expected.current_url;
        ensure(
            self.expected.exact_url.is_none_or(|exact| exact == destination)
                && normalize_link(destination).starts_with(&normalize_link(current)),
            format!("The response was received at {current} instead of {destination}"),
        )
    }

    fn check_audience(&self, conditions: XmlElement<'_>) -> Validation {
        let audiences: Vec<String> = conditions
            .children("saml:AudienceRestriction")
            .flat_map(|restriction| restriction.children("saml:Audience"))
            .map(XmlElement::text)
            .filter(|audience| !audience.is_empty())
            .collect();
        let ours = self.expected.sp_entity_id;
        ensure(
            audiences.is_empty() || audiences.iter().any(|audience| audience == ours),
            format!("{ours} is not a valid audience for this Response"),
        )
    }

    fn check_issuers(&self, assertion: XmlElement<'_>) -> Validation {
        ensure(
            self.root.children("saml:Issuer").count() <= 1,
            "Issuer of the Response is multiple.",
        )?;
        let of_assertion = assertion
            .only_child("saml:Issuer")
            .ok_or("Issuer of the Assertion not found or multiple.")?;
        let expected = self.expected.idp_entity_id;
        for issuer in self.root.child("saml:Issuer").into_iter().chain([of_assertion]) {
            let issuer = issuer.text();
            ensure(
                issuer.is_empty() || issuer == expected,
                format!(
                    "Invalid issuer in the Assertion/Response (expected {expected}, got {issuer})"
                ),
            )?;
        }
        Ok(())
    }

    fn check_session(&self, statement: XmlElement<'_>) -> Validation {
        let ends = time(statement, "SessionNotOnOrAfter")?;
        ensure(
            ends.is_none_or(|ends| ends > self.expected.now),
            "The attributes have expired, based on the SessionNotOnOrAfter of the AttributeStatement of this Response",
        )
    }

    fn check_confirmation(
        &self,
        assertion: XmlElement<'_>,
        in_response_to: Option<&str>,
    ) -> Validation {
        let now = self.expected.now;
        let subject = assertion.child("saml:Subject").into_iter();
        for confirmation in subject.flat_map(|subject| subject.children("saml:SubjectConfirmation"))
        {
            let is_bearer = confirmation.attribute("Method").is_none_or(|method| method == BEARER);
            let data = confirmation.child("saml:SubjectConfirmationData");
            let Some(data) = data.filter(|_| is_bearer) else {
                continue;
            };
            let answers_other = in_response_to.is_some_and(|id| {
                data.attribute("InResponseTo").is_some_and(|answered| answered != id)
            });
            let recipient = data.attribute("Recipient").unwrap_or_default();
            let for_other = match self.expected.exact_url {
                Some(exact) => recipient != exact,
                None => !recipient.is_empty() && !recipient.contains(self.expected.current_url),
            };
            let is_over = time(data, "NotOnOrAfter")?.is_some_and(|ends| ends <= now);
            let is_early = time(data, "NotBefore")?.is_some_and(|begins| begins > now);
            if !(answers_other || for_other || is_over || is_early) {
                return Ok(());
            }
        }
        Err("A valid SubjectConfirmation was not found on this Response".to_owned())
    }

    fn check_signatures(&self, signatures: &[XmlElement<'_>]) -> Validation {
        ensure(!signatures.is_empty(), "No Signature found. SAML Response rejected")?;
        let signs_assertion = |signature: &XmlElement<'_>| {
            signature.parent().is_some_and(|parent| parent.is("saml:Assertion"))
        };
        ensure(
            !self.expected.assertion_must_be_signed || signatures.iter().any(signs_assertion),
            "The Assertion of the Response is not signed and the SP require it",
        )?;
        let certificate = self.expected.certificate;
        ensure(
            signatures.iter().all(|&signature| signature_holds(signature, certificate)),
            "Signature validation failed. SAML Response rejected",
        )
    }

    fn name_id(&self, assertion: XmlElement<'_>) -> Validation<String> {
        let name_id = assertion
            .child("saml:Subject")
            .and_then(|subject| subject.child("saml:NameID"))
            .ok_or("NameID not found in the assertion of the Response")?;
        let value = name_id.text();
        ensure(!value.is_empty(), "An empty NameID value found")?;
        let qualifier = name_id.attribute("SPNameQualifier").unwrap_or_default();
        ensure(
            qualifier.is_empty() || qualifier == self.expected.sp_entity_id,
            "The SPNameQualifier value mistmatch the SP entityID value.",
        )?;
        Ok(value)
    }
}

/// Checks that there are statements, and returns the authentication statement.
fn check_statements(assertion: XmlElement<'_>) -> Validation<XmlElement<'_>> {
    let statement = assertion
        .only_child("saml:AuthnStatement")
        .ok_or("The Assertion must include an AuthnStatement element")?;
    let attributes = assertion.child("saml:AttributeStatement");
    ensure(attributes.is_some(), "There is no AttributeStatement on the Response")?;
    Ok(statement)
}

fn attributes(assertion: XmlElement<'_>) -> Validation<Vec<(String, Option<String>)>> {
    let mut attributes: Vec<(String, Option<String>)> = Vec::new();
    let statements = assertion.children("saml:AttributeStatement");
    for attribute in statements.flat_map(|statement| statement.children("saml:Attribute")) {
        let name = attribute.attribute("Name").unwrap_or_default();
        ensure(
            attributes.iter().all(|(known, _)| known != name),
            "Found an Attribute element with duplicated Name",
        )?;
        let value = attribute
            .children("saml:AttributeValue")
            .map(|value| value.text().trim().to_owned())
            .find(|value| !value.is_empty());
        attributes.push((name.to_owned(), value));
    }
    Ok(attributes)
}

fn time(element: XmlElement<'_>, name: &str) -> Validation<Option<Timestamp>> {
    let time = element.attribute(name).map(str::parse).transpose();
    time.map_err(|_| SCHEMA.to_owned())
}

/// Returns a link, with its scheme and host converted to lowercase.
fn normalize_link(link: &str) -> String {
    let link = link.trim_start();
    let authority = link.find("://").map_or(0, |colon| colon + 3);
    let end = link[authority..].find(['/', '?', '#']).map_or(link.len(), |end| authority + end);
    [&link[..end].to_lowercase(), &link[end..]].concat()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::saml::{AWS, Attribute, NameId, Response, SignedElement, new_identity, sign};
    use crate::world::Identity;

    const BASE: &str = "https://app.nops.io/sso/v1/1/";
    const ISSUER: &str = "https://portal.sso.us-east-1.amazonaws.com/saml/assertion/T";

    fn now() -> Timestamp {
        "2026-11-24T09:30:15Z".parse().unwrap()
    }

    fn identity() -> Identity {
        new_identity(1, now(), &AWS).unwrap()
    }

    fn correct_response() -> Response {
        Response {
            id: "_1".to_owned(),
            issued: now(),
            valid_for: SignedDuration::from_hours(1),
            session: SignedDuration::from_hours(1),
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
        sign(&response.to_xml(), SignedElement::Response, &identity()).unwrap()
    }

    fn validate_at(
        xml: &str,
        now: Timestamp,
        certificate: &str,
        sent: &[SentRequest],
    ) -> Validation<AcceptedResponse> {
        let expected = ServiceProviderState {
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

    fn validate(response: &Response) -> Validation<AcceptedResponse> {
        validate_at(&signed(response), now(), &identity().certificate_pem(), &[])
    }

    #[test]
    fn valid_response_passes_with_either_signature() {
        let accepted = validate(&correct_response()).unwrap();
        assert_eq!(accepted.name_id, "ana@example.com");
        assert_eq!(accepted.attribute("User.Email"), Some("x"));
        assert_eq!(accepted.attribute("User.email"), None);
        let assertion =
            sign(&correct_response().to_xml(), SignedElement::Assertion, &identity()).unwrap();
        assert!(validate_at(&assertion, now(), &identity().certificate_base64, &[]).is_ok());
    }

    #[test]
    fn errors_have_the_text_of_python3_saml() {
        let text = str::to_owned;
        let cases = [
            (
                Response { audience: text("x"), ..correct_response() },
                "https://app.nops.io/sso/v1/1/metadata is not a valid audience for this Response",
            ),
            (
                Response { issuer: text("x"), ..correct_response() },
                "Invalid issuer in the Assertion/Response (expected https://portal.sso.us-east-1.amazonaws.com/saml/assertion/T, got x)",
            ),
            (
                Response { destination: text("https://other.example/?acs"), ..correct_response() },
                "The response was received at https://app.nops.io/sso/v1/1/ instead of https://other.example/?acs",
            ),
            (
                Response {
                    destination: format!("{BASE}metadata?acs").to_uppercase(),
                    ..correct_response()
                },
                "The response was received at https://app.nops.io/sso/v1/1/ instead of HTTPS://APP.NOPS.IO/SSO/V1/1/METADATA?ACS",
            ),
            (
                Response {
                    destination: text("HTTPS://APP.nops.io/sso/v1/1/?acs"),
                    ..correct_response()
                },
                "A valid SubjectConfirmation was not found on this Response",
            ),
            (
                Response { name_id: None, ..correct_response() },
                "NameID not found in the assertion of the Response",
            ),
            (
                Response {
                    name_id: Some(NameId { value: String::new(), format: text("f") }),
                    ..correct_response()
                },
                "An empty NameID value found",
            ),
            (
                Response { attributes: Vec::new(), ..correct_response() },
                "There is no AttributeStatement on the Response",
            ),
            (
                Response { attributes: vec![attribute("a"), attribute("a")], ..correct_response() },
                "Found an Attribute element with duplicated Name",
            ),
        ];
        for (response, error) in cases {
            assert_eq!(validate(&response).unwrap_err(), error);
        }
    }

    #[test]
    fn destination_without_query_is_accepted() {
        assert!(validate(&Response { destination: BASE.to_owned(), ..correct_response() }).is_ok());
    }

    #[test]
    fn clock_skew_of_five_minutes_is_accepted() {
        let xml = signed(&correct_response());
        let at = |time: &str| {
            validate_at(&xml, time.parse().unwrap(), &identity().certificate_pem(), &[])
        };
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
        let unsigned = validate_at(&correct_response().to_xml(), now(), &pem, &[]);
        assert_eq!(unsigned.unwrap_err(), "No Signature found. SAML Response rejected");
        let tampered = signed(&correct_response()).replace("ana@example.com", "eve@example.com");
        let failed = "Signature validation failed. SAML Response rejected";
        assert_eq!(validate_at(&tampered, now(), &pem, &[]).unwrap_err(), failed);
        let other = new_identity(2, now(), &AWS).unwrap().certificate_pem();
        assert_eq!(
            validate_at(&signed(&correct_response()), now(), &other, &[]).unwrap_err(),
            failed
        );
        assert_eq!(
            validate_at(&signed(&correct_response()), now(), "<html>", &[]).unwrap_err(),
            failed
        );
    }

    #[test]
    fn mismatched_response_is_refused_while_request_is_open() {
        let sent = [SentRequest { id: "ONELOGIN_1".to_owned(), sent_at: now() }];
        let pem = identity().certificate_pem();
        let answer = |id: &str| {
            signed(&Response { in_response_to: Some(id.to_owned()), ..correct_response() })
        };
        assert!(validate_at(&answer("ONELOGIN_1"), now(), &pem, &sent).is_ok());
        assert!(
            validate_at(&answer("ONELOGIN_2"), now(), &pem, &sent)
                .unwrap_err()
                .starts_with("The InResponseTo of the Response: ONELOGIN_2,")
        );
        assert!(validate_at(&answer("ONELOGIN_2"), now(), &pem, &[]).is_ok());
    }
}
