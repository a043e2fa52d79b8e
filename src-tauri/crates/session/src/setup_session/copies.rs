//! The texts that the user copies, the files that the user saves and the pages that the user opens.

use super::SetupSession;
use crate::{
    Failure,
    action::ApplicationAction,
    calendar,
    document::Document,
    reports::{self, Format},
    support_details,
    support_messages::SupportMessages,
    view::WatchState,
};
use identifiers::InstanceArn;
use identity_center::PolicyResources;
use setup::{
    CertificateForm, CopyableValue, Facts, Field, Page, Step, credentials,
    handover::PersonalData,
    idp::{self, IdentityProvider},
    mappings, pages, sp_metadata, transfers,
};

impl SetupSession {
    /// Returns the text to copy for `what`.
    pub(crate) fn text(&self, what: &CopyableValue) -> Result<String, Failure> {
        let cx = &self.cx;
        let all = cx.all_facts();
        let nothing = || Failure::new("nothing_to_copy");
        let wanted = mappings::wanted_mappings(&all);
        let words = SupportMessages::new(self, &all);
        match what {
            CopyableValue::Value { field } => {
                let transferred = transfers::transfers_in_step(&all, cx.held.setup.current)
                    .into_iter()
                    .find(|transfer| transfer.copy == *what)
                    .and_then(|transfer| transfer.value);
                let value = transferred.or_else(|| all.text(*field).map(str::to_owned));
                let value = value.ok_or_else(nothing)?;
                // The browser opens these links. In practice mode, the browser can open the links
                // only at the practice server's address.
                let is_opened = *field == Field::AccessPortalUrl
                    || (*field == Field::SpLoginUrl
                        && (cx.held.setup.current == Step::SignInTests || self.rotation.is_shown));
                Ok(match &cx.practice {
                    Some(practice) if is_opened => practice.practice_url(&value),
                    _ => value,
                })
            }
            CopyableValue::CertificatePem => certificate(&all, saml::certificate::Certificate::pem),
            CopyableValue::CertificateOneLine => {
                certificate(&all, saml::certificate::Certificate::one_line)
            }
            CopyableValue::Certificate { sha256, form } => {
                let (_, certificate) = idp::displayed_certificates(&all)
                    .into_iter()
                    .find(|(_, certificate)| certificate.sha256() == *sha256)
                    .ok_or_else(nothing)?;
                Ok(match form {
                    CertificateForm::Pem => certificate.pem(),
                    CertificateForm::OneLine => certificate.one_line(),
                    CertificateForm::Sha256 => certificate.sha256(),
                })
            }
            CopyableValue::MappingAttribute { row } => {
                wanted.get(*row as usize).map(|row| row.attribute.clone()).ok_or_else(nothing)
            }
            CopyableValue::MappingValue { row } => {
                wanted.get(*row as usize).map(|row| row.value.clone()).ok_or_else(nothing)
            }
            CopyableValue::UserName { key } => {
                let person = cx.held.setup.people.row(key).ok_or_else(nothing)?;
                Ok(person.user_name.clone())
            }
            CopyableValue::Verdict => {
                let checked = self.dry_run.checked.as_ref().ok_or_else(nothing)?;
                Ok(words.verdict(checked.pasted, &checked.dry_run, &checked.expected))
            }
            CopyableValue::SupportQuestion => Ok(words.support_question()),
            CopyableValue::Address { page } => self.address(page),
            CopyableValue::SupportDetails => Ok(support_details::text(self)),
            CopyableValue::PeopleRequest => Ok(words.people_request(&cx.held.setup.people)),
            CopyableValue::LockoutMessage => Ok(words.lockout_message()),
            CopyableValue::DrawingError { error } => {
                Ok(words.drawing_error(error, cx.held.setup.current, &self.findings()))
            }
            CopyableValue::Policy => Ok(policy(&all)),
            CopyableValue::EventHistoryPolicy => Ok(identity_center::event_history_policy()),
        }
    }

    /// Returns the proposed name and the content of a file.
    pub(crate) fn document(&mut self, document: Document) -> Result<(String, Vec<u8>), Failure> {
        let all = self.cx.all_facts();
        let none = || Failure::new("no_document");
        match document {
            Document::SpMetadata => {
                let xml = sp_metadata::sp_metadata(&all).ok_or_else(none)?;
                Ok((sp_metadata::FILE_NAME.to_owned(), xml.into_bytes()))
            }
            Document::Certificate { sha256 } => {
                let (field, certificate) = idp::displayed_certificates(&all)
                    .into_iter()
                    .find(|(_, certificate)| certificate.sha256() == sha256)
                    .ok_or_else(none)?;
                let whose = if field == Field::NopsX509 { "nops" } else { "identity-center" };
                // The last characters of the fingerprint distinguish two certificates of one
                // application. The certificates' cards show the same characters.
                let tail = &sha256[sha256.len().saturating_sub(8)..];
                let name = format!("{whose}-certificate-{tail}.pem");
                Ok((name, certificate.pem().into_bytes()))
            }
            Document::ReportHtml { people } => reports::report(self, Format::Html, people),
            Document::ReportMarkdown { people } => reports::report(self, Format::Markdown, people),
            Document::ReportJson { people } => reports::report(self, Format::Json, people),
            Document::Values => reports::values(self),
            Document::Handover { to, people, sender } => {
                if let Some(kind) = credentials::find_in_name(&sender) {
                    return Err(Failure::new("secret").with("kind", kind.code()));
                }
                let personal = match people {
                    true => PersonalData::Included { sender: &sender },
                    false => PersonalData::LeftOut,
                };
                self.handover.prepare(&self.cx, to, personal)
            }
            Document::Calendar => calendar::reminder(self, &all).ok_or_else(none),
        }
    }

    /// Returns the address of a page that the user opens. Opening AWS's applications page also
    /// starts the watch, because the user adds the application on that page.
    pub(crate) fn open_page(&mut self, page: &Page) -> Result<String, Failure> {
        let address = self.address(page)?;
        if matches!(page, Page::AwsApplications) && self.application.watch.state == WatchState::Idle
        {
            // If the watch can't start, *Watch for it* shows the reason. Open the page anyway.
            let _not_now = self.application.act(&mut self.cx, ApplicationAction::Watch);
        }
        Ok(address)
    }

    /// Returns the address of `page`: the real address, or practice mode's address for it.
    fn address(&self, page: &Page) -> Result<String, Failure> {
        let cx = &self.cx;
        let known = if *page == Page::AwsSignIn {
            self.aws.sign_in_page()
        } else {
            pages::address(&cx.all_facts(), page).map(|(url, _)| url)
        };
        let url = known.ok_or_else(|| Failure::new("no_page"))?;
        let practice = cx.practice.as_ref();
        let url = practice.map_or_else(|| url.clone(), |practice| practice.practice_url(&url));
        pages::normalize_safe_address(&url, practice.map(|practice| practice.base.as_str()))
            .ok_or_else(|| Failure::new("address_not_opened").with("url", url))
    }
}

fn certificate(
    all: &Facts,
    form: fn(&saml::certificate::Certificate) -> String,
) -> Result<String, Failure> {
    IdentityProvider::from_facts(all)
        .certificate()
        .map(|(_, certificate)| form(certificate))
        .ok_or_else(|| Failure::new("nothing_to_copy"))
}

/// Returns the policy with the permissions for this setup, limited to its resources.
fn policy(all: &Facts) -> String {
    let instance = all.text(Field::InstanceArn).and_then(|arn| arn.parse::<InstanceArn>().ok());
    let denied = all.text(Field::DeniedActions).unwrap_or_default();
    // Without `sso:DescribeInstance`, the app doesn't know the key, so the policy allows any key.
    let any_key = denied.split(' ').any(|action| action == "kms:Decrypt").then_some("*");
    identity_center::policy(PolicyResources {
        identity_store: all.text(Field::IdentityStoreId),
        application: all.text(Field::ApplicationArn),
        kms_key: all.text(Field::InstanceKmsKey).or(any_key),
        partition: instance.as_ref().map(|arn| arn.partition().as_str()),
    })
}
