//! Parses what the user pastes, types or drops, and finds the fields that the values belong to.
//!
//! A readable value is accepted even if a rule later reports a problem. An unreadable value or a
//! secret is rejected, and the field keeps its previous value.

mod console;
mod labeled;

use std::{collections::BTreeSet, str::FromStr};

use aws_lc_rs::digest::{SHA256, digest};
use jiff::Timestamp;

use crate::credentials::{self, SecretKind};
use identifiers::{
    AccountId, ApplicationArn, InstanceArn, Region,
    link::{self, CleanedText, ConsolePage, Link, ParsedLink, PortalLinkKind, TruncatedLinkKind},
};
use saml::{
    certificate::Certificate,
    inspection::{self, ExpectedKind, InspectedContent, Inspection},
    metadata::Metadata,
    request::AuthnRequest,
};

use super::{
    FactValue, Facts, Field, Finding, FindingItem, Fix, Severity, Side, Source, Step,
    derive::derive,
    mappings,
    rules::{link_name, names_application, replaced_application},
};

/// The maximum length of a field's value, in bytes. Metadata and certificates have separate limits.
pub(crate) const LONGEST: usize = 8 * 1024;

/// The minimum length of a value inside longer text, in bytes. Account IDs and identity store IDs
/// are the shortest values.
const SHORTEST: usize = 12;

/// The maximum length of the text that is kept as nOps's *X.509 Certificate*, in bytes.
pub(crate) const LONGEST_DOCUMENT: usize = 256 * 1024;

#[derive(Debug, Default, PartialEq)]
pub struct ParsedInput {
    pub learned: Vec<(Field, FactValue, Source)>,
    /// Findings about this input. They are shown once and never stored.
    pub notes: Vec<Finding>,
    /// Alternatives for the user to choose from. None of them is stored yet.
    pub offers: Vec<InputOffer>,
    /// The console page that was pasted, and the field it was pasted into. The values from the page
    /// depend on the known facts.
    console: Option<(ConsolePage, Option<Field>, Step)>,
}

/// One of several certificates or metadata documents for the user to choose from.
#[derive(Clone, Debug, PartialEq)]
pub struct InputOffer {
    pub field: Field,
    pub value: FactValue,
    pub source: Source,
    pub certificate: Certificate,
}

impl InputOffer {
    /// Returns an ID based on the content and the field. The same content and field always have the
    /// same ID.
    pub fn id(&self) -> String {
        let text = self.value.text().unwrap_or_default();
        let digest = hex::encode(digest(&SHA256, text.as_bytes()));
        format!("{}-{digest}", self.field.name())
    }
}

impl ParsedInput {
    /// Adds the values that a console page implies, given the known facts. If the values don't
    /// belong to the known application, none of them is stored, and a note reports the problem.
    /// `from` is the field that the user entered the values into.
    pub fn with_implied_values(
        mut self,
        facts: &Facts,
        from: Option<Field>,
        (step, now): (Step, Timestamp),
    ) -> Self {
        if let Some((page, field, step)) = self.console.take() {
            let (learned, note) =
                console::read_console_page(&page, &derive(facts, now), field, step);
            self.learned.extend(learned);
            self.notes.extend(note);
        }
        if let Some(finding) = replaced_application(facts, &self.learned, from) {
            return Self::from_finding(finding.with_step(step));
        }
        self
    }

    /// Returns the other link field to clear. The input field for the application's link accepts
    /// two kinds of links, but contains only one link at a time.
    pub fn field_to_clear(&self, from: Option<Field>) -> Option<Field> {
        let brings = |field| self.learned.iter().any(|(learned, _, _)| *learned == field);
        match from {
            Some(Field::IdpLink) if brings(Field::IdpMetadataUrl) => Some(Field::IdpLink),
            Some(Field::IdpLink) if brings(Field::IdpLink) => Some(Field::IdpMetadataUrl),
            _ => None,
        }
    }

    pub fn names_application(&self) -> bool {
        self.learned.iter().any(|(field, value, _)| names_application(*field, value))
    }

    /// Stores the parsed values in the facts and returns the notes.
    pub fn store(self, facts: &mut Facts, now: Timestamp) -> Vec<Finding> {
        for (field, value, source) in self.learned {
            facts.record(field, value, source, now);
        }
        self.notes
    }

    /// Returns all usable values as offers, without storing any of them.
    pub fn into_offers(self) -> Vec<InputOffer> {
        let learned = self.learned.into_iter().filter_map(build_offer);
        learned.chain(self.offers).collect()
    }

    /// Creates an input from values that are already parsed.
    pub fn from_values(learned: impl IntoIterator<Item = (Field, FactValue, Source)>) -> Self {
        Self { learned: learned.into_iter().collect(), ..Self::default() }
    }

    /// Stores a certificate as the new certificate of a rotation. The setup's certificate is the old
    /// one.
    pub fn into_new_certificate(mut self) -> Self {
        let is_certificate = |field: &Field| *field == Field::IdpCertificate;
        let learned = self.learned.iter_mut().map(|(field, _, _)| field);
        let offered = self.offers.iter_mut().map(|offer| &mut offer.field);
        for field in learned.chain(offered).filter(|field| is_certificate(field)) {
            *field = Field::NewCertificate;
        }
        for note in &mut self.notes {
            if note.field.as_ref().is_some_and(is_certificate) {
                note.field = Some(Field::NewCertificate);
            }
        }
        self
    }

    fn from_value(field: Field, value: FactValue, source: Source) -> Self {
        Self::from_values([(field, value, source)])
    }

    fn from_entered(values: impl IntoIterator<Item = (Field, FactValue)>) -> Self {
        Self::from_values(values.into_iter().map(|(field, value)| (field, value, Source::Entered)))
    }

    fn from_finding(finding: Finding) -> Self {
        Self { notes: vec![finding], ..Self::default() }
    }

    fn with_cleanup_note(mut self, field: Field, cleanups: &CleanedText) -> Self {
        let count = cleanups.invisible + cleanups.quotes + cleanups.space + cleanups.around;
        if count > 0 {
            self.notes.push(Finding::info(field, "cleanups").with("count", count));
        }
        self
    }
}

/// Parses text that was pasted or typed into `field`.
pub fn parse_entered(field: Field, text: &str, step: Step, now: Timestamp) -> ParsedInput {
    let is_document = is_document(field);
    let secret = match is_document {
        true => credentials::find(text),
        false => credentials::find_in_value(text),
    };
    match secret {
        None => {}
        // The document parser below reports a more specific reason for these.
        Some(SecretKind::SamlResponse) if is_document => {}
        Some(secret) => {
            let refusal = about(field, "secret_pasted", step).with("kind", secret.code());
            return ParsedInput::from_finding(refusal);
        }
    }
    let Some(value) = is_page(field, text).then(|| labeled::find_value(field, text)).flatten()
    else {
        let is_value = is_document || (field == Field::NopsX509 && looks_like_document(text));
        let other = (!is_value).then(|| other_page(field, text, step, now)).flatten();
        return other.unwrap_or_else(|| parse_value(field, text, step, now));
    };
    let mut all = parse_value(field, &value, step, now);
    // The page also shows its copies of the other side's values.
    let (others, _) = labeled::split_labeled_values(text);
    let mut fields = BTreeSet::from([field]);
    let others = others
        .into_iter()
        .filter(|(other, _)| other.side() == field.side() && fields.insert(*other));
    all.learned.extend(others.map(|(field, value)| (field, value, Source::Entered)));
    all
}

fn is_document(field: Field) -> bool {
    matches!(field, Field::IdpCertificate | Field::IdpMetadata | Field::NewCertificate)
}

fn parse_value(field: Field, text: &str, step: Step, now: Timestamp) -> ParsedInput {
    match field {
        Field::NewCertificate => {
            parse_value(Field::IdpCertificate, text, step, now).into_new_certificate()
        }
        _ if is_document(field) => {
            document(field, None, text.as_bytes(), Source::Entered, (step, now))
        }
        Field::NopsX509 if text.len() <= LONGEST_DOCUMENT => {
            ParsedInput::from_entered([(field, FactValue::Text(text.trim().to_owned()))])
        }
        Field::RequestNameIdFormat => requested(text, step),
        Field::AttributeMappings => match mappings::read_table(text) {
            Some(rows) => ParsedInput::from_entered([(field, FactValue::Mappings(rows))]),
            None => ParsedInput::from_finding(unreadable(field, step)),
        },
        _ if text.len() > LONGEST => ParsedInput::from_finding(about(field, "too_long", step)),
        Field::IdpLink | Field::ApplicationArn => identity_link(field, text, step),
        _ => parse_plain(field, text, step),
    }
}

/// Returns whether the text contains several values, so that only a label shows which value is for
/// the field.
fn is_page(field: Field, text: &str) -> bool {
    field == Field::NopsX509
        || text.len() > LONGEST
        || matches!(link::identify_link(text).link, Link::Several { .. })
        || labeled::split_labeled_values(text).0.len() > 1
}

/// Reads a whole page that doesn't show this field but shows several others.
fn other_page(field: Field, text: &str, step: Step, now: Timestamp) -> Option<ParsedInput> {
    /// The minimum number of lines in a page. A link that a program broke into lines has fewer.
    const PAGE: usize = 4;
    if text.len() > LONGEST_DOCUMENT || text.trim().lines().count() < PAGE {
        return None;
    }
    let page = parse_pasted(text, step, now);
    let is_table = matches!(page.learned.as_slice(), [(_, FactValue::Mappings(_), _)]);
    let fills_others = is_table || page.learned.len() > 1;
    (field != Field::AttributeMappings && fills_others).then_some(page)
}

/// Parses the attribute-mapping page as copied from the browser, as text and HTML. Returns `None`
/// if this is a different field, the text contains a secret, or there is no table.
pub fn copied_table(field: Field, text: &str, html: Option<&str>) -> Option<ParsedInput> {
    let secret = |text: &str| credentials::find(text).is_some();
    if field != Field::AttributeMappings || secret(text) || html.is_some_and(secret) {
        return None;
    }
    let rows = mappings::read_copied(text, html)?;
    Some(ParsedInput::from_entered([(field, FactValue::Mappings(rows))]))
}

/// Parses any kind of text, and finds the fields that the values belong to.
pub fn parse_pasted(text: &str, step: Step, now: Timestamp) -> ParsedInput {
    if text.len() > inspection::MAX_BYTES {
        return oversized_file(None, text.len() as u64, step);
    }
    let secret = match text.len() > LONGEST {
        true => credentials::find(text),
        false => credentials::find_in_value(text),
    };
    match secret {
        // The document parser below reports a more specific reason for a response.
        None | Some(SecretKind::SamlResponse) => {}
        Some(secret) => return ParsedInput::from_finding(secret_in(step, secret)),
    }
    if let Some(rows) = mappings::read_table(text) {
        return ParsedInput::from_entered([(Field::AttributeMappings, FactValue::Mappings(rows))]);
    }
    let read_document =
        || document(Field::IdpMetadata, None, text.as_bytes(), Source::Entered, (step, now));
    // The links in metadata aren't separate values.
    if text.contains("EntityDescriptor") {
        return read_document();
    }
    if text.contains("SAMLRequest") {
        return requested(text, step);
    }
    let (mut learned, unlabeled) = labeled::split_labeled_values(text);
    let mut console = None;
    let words = unlabeled.split_whitespace().filter(|word| word.len() >= SHORTEST);
    learned.extend(words.flat_map(|word| {
        let reading = link::identify_link(word);
        if let Link::Console(page) = &reading.link {
            console = Some((page.clone(), None, step));
        }
        recognized(&reading)
    }));
    let mut all = ParsedInput::from_entered(learned);
    all.console = console;
    if all.learned.is_empty() && all.console.is_none() {
        let finding = unused_link(text, step)
            .or_else(|| (!looks_like_document(text)).then(|| page_without_values(step)));
        return finding.map_or_else(read_document, ParsedInput::from_finding);
    }
    all
}

/// Returns whether the text could be a certificate or metadata: XML, PEM, or text without spaces
/// such as Base64.
fn looks_like_document(text: &str) -> bool {
    let is_wrapped = |line: &str| !line.trim().contains(char::is_whitespace);
    text.contains('<') || text.contains("-----") || text.lines().all(is_wrapped)
}

/// Reports a pasted page or sentence without any value of a setup.
fn page_without_values(step: Step) -> Finding {
    Finding::for_step(step, Side::Aws, "page_without_values", Severity::Warning).with_fix(Fix::Read)
}

/// Identifies a link that no field accepts.
fn unused_link(text: &str, step: Step) -> Option<Finding> {
    let link = link::identify_link(text).link;
    let (given, side) = match &link {
        // The link is incomplete.
        Link::Portal(_) => ("cut", Side::Aws),
        Link::Cut { of: TruncatedLinkKind::PortalLink | TruncatedLinkKind::Arn }
        | Link::Inbound { .. }
        | Link::OtherAws { .. }
        | Link::InstanceIssuer
        | Link::OtherArn { .. }
        | Link::OtherUrl { .. } => (link_name(&link), Side::Aws),
        Link::Cut { .. }
        | Link::HelpPageSample { .. }
        | Link::NopsStem(_)
        | Link::NopsOther { .. } => (link_name(&link), Side::Nops),
        _ => return None,
    };
    let finding = Finding::for_step(step, side, "link_not_used", Severity::Warning);
    Some(finding.with_received(text.trim()).with("given", given).with_fix(Fix::Read))
}

/// Parses the address of the page that nOps's Shareable Link opens. This address contains nOps's
/// SAML request.
pub fn requested(text: &str, step: Step) -> ParsedInput {
    match AuthnRequest::read(text) {
        Ok(AuthnRequest { issuer, acs_url, name_id_format, .. }) => ParsedInput::from_entered(
            [
                (Field::RequestIssuer, issuer),
                (Field::RequestAcsUrl, acs_url),
                (Field::RequestNameIdFormat, name_id_format),
            ]
            .map(|(field, text)| (field, FactValue::Text(text.unwrap_or_default()))),
        ),
        Err(refusal) => ParsedInput::from_finding(
            about(Field::RequestNameIdFormat, "request_unreadable", step)
                .with("reason", refusal.code()),
        ),
    }
}

pub fn imported(name: &str, bytes: &[u8], step: Step, now: Timestamp) -> ParsedInput {
    let secret = match bytes.len() > inspection::MAX_BYTES {
        true => None,
        false => credentials::find_in_file(bytes),
    };
    match secret {
        // The document parser below reports a more specific reason for these.
        None | Some(SecretKind::PrivateKey | SecretKind::SamlResponse) => {}
        Some(secret) => return ParsedInput::from_finding(secret_in(step, secret)),
    }
    let source = Source::imported(Some(name.to_owned()));
    document(Field::IdpCertificate, Some(name), bytes, source, (step, now))
}

/// Combines several parsed files. If more than one file is usable, the user has to choose.
pub fn combined(intakes: Vec<ParsedInput>) -> ParsedInput {
    let mut all = ParsedInput::default();
    for intake in intakes {
        all.learned.extend(intake.learned);
        all.notes.extend(intake.notes);
        all.offers.extend(intake.offers);
        all.console = all.console.or(intake.console);
    }
    if all.learned.len() + all.offers.len() > 1 {
        let learned = std::mem::take(&mut all.learned);
        all.offers.extend(learned.into_iter().filter_map(build_offer));
        let mut seen = BTreeSet::new();
        all.offers.retain(|offer| seen.insert(offer.id()));
        // If two files have the same content, the user doesn't have to choose.
        if let [only] = all.offers.as_slice() {
            all.learned = vec![(only.field, only.value.clone(), only.source.clone())];
            all.offers.clear();
        }
    }
    all
}

fn build_offer((field, value, source): (Field, FactValue, Source)) -> Option<InputOffer> {
    let text = value.text()?;
    let certificate = match field {
        Field::IdpMetadata => {
            let metadata = Metadata::read(text.as_bytes()).ok()?;
            metadata.certificates.into_iter().next()?
        }
        _ => Certificate::read(text.as_bytes()).ok()?.certificate,
    };
    Some(InputOffer { field, value, source, certificate })
}

/// Reports that a file couldn't be opened. `cause` is `folder`, `missing`, `denied`, `special` or
/// `failed`.
pub fn unopened_file(name: &str, cause: &str, step: Step) -> ParsedInput {
    let finding = refusal(Field::IdpCertificate, &inspection::unreadable(cause), step);
    ParsedInput::from_finding(with_file_name(finding, Some(name)))
}

/// Reports that a file is too large to read.
pub fn oversized_file(name: Option<&str>, bytes: u64, step: Step) -> ParsedInput {
    let finding = refusal(Field::IdpCertificate, &inspection::too_large(bytes), step);
    ParsedInput::from_finding(with_file_name(finding, name))
}

fn with_file_name(finding: Finding, name: Option<&str>) -> Finding {
    match name {
        Some(name) => finding.with_item(FindingItem::File { name: name.to_owned() }),
        None => finding,
    }
}

/// Parses a certificate or metadata in text or a file.
fn document(
    field: Field,
    name: Option<&str>,
    bytes: &[u8],
    source: Source,
    (step, now): (Step, Timestamp),
) -> ParsedInput {
    let inspection = inspection::inspect_file_at(name, bytes, ExpectedKind::Auto, now);
    match &inspection.content {
        Some(InspectedContent::Certificate(certificate)) => ParsedInput::from_value(
            Field::IdpCertificate,
            FactValue::Text(certificate.pem()),
            source,
        ),
        Some(InspectedContent::Metadata(metadata)) => {
            let value = FactValue::Text(metadata.xml().to_owned());
            let mut read = ParsedInput::from_value(Field::IdpMetadata, value, source);
            if metadata.is_from_other_text() {
                read.notes.push(Finding::info(Field::IdpMetadata, "metadata_extracted"));
            }
            read
        }
        None => {
            let refused = with_file_name(refusal(field, &inspection, step), name);
            let offers = inspection.choices.into_iter().map(|certificate| InputOffer {
                field: Field::IdpCertificate,
                value: FactValue::Text(certificate.pem()),
                source: source.clone(),
                certificate,
            });
            ParsedInput { offers: offers.collect(), ..ParsedInput::from_finding(refused) }
        }
    }
}

/// Creates the finding for a rejected document. Its message key is `reading-<reason>`.
fn refusal(field: Field, inspection: &Inspection, step: Step) -> Finding {
    let reason = inspection.reason.map_or("unreadable", |reason| reason.name());
    Finding {
        params: inspection.params.clone(),
        ..about(field, &format!("reading-{reason}"), step)
    }
}

/// Parses a link or ARN of the application.
fn identity_link(field: Field, text: &str, step: Step) -> ParsedInput {
    let reading = link::identify_link(text);
    if let Link::Console(page) = reading.link {
        return ParsedInput { console: Some((page, Some(field), step)), ..ParsedInput::default() };
    }
    // Ignore nOps's links. This field is for AWS's links, so a nOps link here is from the wrong
    // page.
    let mut learned = recognized(&link::identify_link(&reading.cleanups.text));
    learned.retain(|(learned, _)| learned.side() == Side::Aws);
    if !learned.is_empty() {
        return ParsedInput::from_entered(learned).with_cleanup_note(field, &reading.cleanups);
    }
    if field == Field::ApplicationArn {
        return ParsedInput::from_finding(unreadable(field, step));
    }
    parse_plain(field, text, step)
}

/// Returns the fields that a link or ARN contains values for.
fn recognized(reading: &ParsedLink) -> Vec<(Field, FactValue)> {
    let value = FactValue::Text(reading.cleanups.text.clone());
    match &reading.link {
        Link::NopsAcs(_) => vec![(Field::SpAcsUrl, value)],
        Link::NopsEntityId(_) => vec![(Field::SpEntityId, value)],
        Link::NopsShareable(_) => vec![(Field::SpLoginUrl, value)],
        Link::Portal(link) if link.whole => match link.kind {
            PortalLinkKind::Metadata => vec![(Field::IdpMetadataUrl, value)],
            PortalLinkKind::SignIn | PortalLinkKind::SignOut => vec![(Field::IdpLink, value)],
        },
        Link::ApplicationArn { arn } => {
            let instance = FactValue::Text(arn.instance().to_string());
            vec![(Field::ApplicationArn, value), (Field::InstanceArn, instance)]
        }
        Link::InstanceArn { .. } => vec![(Field::InstanceArn, value)],
        Link::IdentityStore { .. } => vec![(Field::IdentityStoreId, value)],
        Link::Account { id } => vec![(Field::AwsAccountId, FactValue::Text(id.to_string()))],
        Link::AccessPortal { .. } => vec![(Field::AccessPortalUrl, value)],
        _ => Vec::new(),
    }
}

/// Parses a value as the user typed it, after removing what the clipboard added.
fn parse_plain(field: Field, text: &str, step: Step) -> ParsedInput {
    let cleanups = link::identify_link(text).cleanups;
    let text = cleanups.text.as_str();
    let shaped = match field {
        Field::AwsAccountId => normalize_if_valid::<AccountId>(&text.replace(['-', ' '], "")),
        Field::AwsRegion => normalize_if_valid::<Region>(text),
        Field::ApplicationArn => normalize_if_valid::<ApplicationArn>(text),
        Field::InstanceArn => normalize_if_valid::<InstanceArn>(text),
        _ => Some(text.to_owned()),
    };
    match shaped {
        Some(text) => ParsedInput::from_entered([(field, FactValue::Text(text))])
            .with_cleanup_note(field, &cleanups),
        None => ParsedInput::from_finding(unreadable(field, step)),
    }
}

fn normalize_if_valid<T: FromStr + ToString>(text: &str) -> Option<String> {
    text.parse().ok().map(|value: T| value.to_string())
}

pub fn metadata_text(bytes: &[u8], now: Timestamp) -> Option<String> {
    match inspection::inspect_file_at(None, bytes, ExpectedKind::Metadata, now).content {
        Some(InspectedContent::Metadata(metadata)) => Some(metadata.xml().to_owned()),
        _ => None,
    }
}

fn secret_in(step: Step, secret: SecretKind) -> Finding {
    let side = Field::IdpCertificate.side();
    Finding::for_step(step, side, "secret_pasted", Severity::Error).with("kind", secret.code())
}

fn unreadable(field: Field, step: Step) -> Finding {
    about(field, "unreadable_value", step).with("field", field.name())
}

fn about(field: Field, code: &str, step: Step) -> Finding {
    Finding::error(field, code).with_reentry_fix().with_step(step)
}

#[cfg(test)]
mod tests;
