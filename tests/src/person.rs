//! A scripted person who uses a browser to read practice mode's pages, fill in their forms and
//! follow their links.
//!
//! The person knows only what a user knows: the real links that the wizard shows, and the labels on
//! the pages.

mod page;

use ureq::{Agent, ResponseExt as _};

use crate::Result;
pub use page::Page;

pub struct ScriptedPerson {
    base: String,
    region: String,
    portal: String,
    agent: Agent,
}

/// One row of *Edit attribute mappings*: the attribute, its value and its format.
pub type Row<'a> = (&'a str, &'a str, &'a str);

/// A draft on the *Configure application* page, with the values that AWS shows before *Submit*.
#[derive(Clone, Debug)]
pub struct ApplicationDraft {
    /// The application's ID, which has 16 characters.
    pub id: String,
    /// *IAM Identity Center SAML issuer URL*.
    pub issuer: String,
    /// The metadata link.
    pub metadata: String,
}

/// The addresses on the *SSO* page of nOps.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Addresses {
    pub acs: String,
    pub entity_id: String,
    pub link: String,
}

/// The password that all seeded users share.
pub const PASSWORD: &str = "practice-1";

impl ScriptedPerson {
    /// Returns a person who uses the practice mode at `base` (`http://127.0.0.1:PORT`) and the
    /// access portal `portal` (`https://d-xxxxxxxxxx.awsapps.com/start`, or the form of another
    /// partition).
    pub fn new(base: &str, portal: &str) -> Self {
        let shared_host = portal.split_once("/directory/").map(|(host, _)| host);
        let region = match shared_host {
            Some(host) if host.ends_with(".cn") => "cn-north-1",
            Some(host) if host.ends_with(".eu") => "eusc-de-east-1",
            Some(_) => "us-gov-west-1",
            None if portal.contains(".awsapps.cn/") => "cn-north-1",
            None => "us-east-1",
        };
        let portal = shared_host.map_or_else(|| portal.to_owned(), |host| format!("{host}/start"));
        let config = Agent::config_builder().http_status_as_error(false).build();
        Self {
            base: base.trim_end_matches('/').to_owned(),
            region: region.to_owned(),
            portal: portal.trim_end_matches('/').to_owned(),
            agent: config.into(),
        }
    }

    /// Returns a person who has a practice page open but doesn't know the access portal yet.
    pub fn with_practice_page(page: &str) -> Result<Self> {
        let (base, _) =
            page.split_once("/at/").ok_or_else(|| format!("{page} is not in practice"))?;
        Ok(Self::new(base, UNKNOWN_PORTAL))
    }

    /// Returns the same person in a private window, where no session exists.
    pub fn in_private_window(&self) -> Self {
        Self { region: self.region.clone(), ..Self::new(&self.base, &self.portal) }
    }

    /// Returns the same person, who now knows the address of the access portal.
    pub fn with_portal(&self, portal: &str) -> Self {
        Self { region: self.region.clone(), ..Self::new(&self.base, portal) }
    }

    /// Returns the same person, who uses the console in this Region.
    pub fn in_region(self, region: &str) -> Self {
        Self { region: region.to_owned(), ..self }
    }

    pub fn open(&self, url: &str) -> Result<Page> {
        Page::from_response(self.agent.get(self.local(url)).call()?)
    }

    pub fn send(&self, url: &str, fields: &[(&str, &str)]) -> Result<Page> {
        Page::from_response(self.agent.post(self.local(url)).send_form(fields.iter().copied())?)
    }

    /// Clicks Applications › Add application and continues to *Configure application*.
    pub fn draft(&self) -> Result<ApplicationDraft> {
        let page = self.open(&self.console("applications/configure"))?;
        Ok(ApplicationDraft {
            id: page.field("draft")?,
            issuer: page.element("issuer-url")?,
            metadata: page.element("metadata-url")?,
        })
    }

    /// Clicks *Submit* with an uploaded metadata file. Returns the ID of the application.
    pub fn submit_with_file(
        &self,
        draft: &ApplicationDraft,
        name: &str,
        description: &str,
        xml: &str,
    ) -> Result<String> {
        self.submit(
            draft,
            &[("display_name", name), ("description", description), ("metadata_xml", xml)],
        )
    }

    /// Clicks *Submit* with typed values. Returns the ID of the application.
    pub fn submit_typed(
        &self,
        draft: &ApplicationDraft,
        name: &str,
        acs: &str,
        audience: &str,
    ) -> Result<String> {
        self.submit(
            draft,
            &[
                ("display_name", name),
                ("description", ""),
                ("acs_url", acs),
                ("audience", audience),
            ],
        )
    }

    fn submit(&self, draft: &ApplicationDraft, fields: &[(&str, &str)]) -> Result<String> {
        let mut fields = fields.to_vec();
        fields.push(("draft", &draft.id));
        let page = self.send(&self.console("applications/add"), &fields)?;
        page.ensure_no_error("adding the application")?;
        Ok(draft.id.clone())
    }

    /// Changes values through Actions › Edit configuration.
    pub fn edit(&self, application: &str, name: &str, acs: &str, audience: &str) -> Result<()> {
        let fields =
            [("display_name", name), ("description", ""), ("acs_url", acs), ("audience", audience)];
        self.send(&self.console(&format!("applications/{application}/edit")), &fields)?
            .ensure_no_error("editing the application")
    }

    /// Changes mappings through Actions › Edit attribute mappings › Save changes.
    pub fn edit_mappings(&self, application: &str, rows: &[Row<'_>]) -> Result<()> {
        let fields: Vec<(&str, &str)> = rows
            .iter()
            .flat_map(|(attribute, value, format)| {
                [("attribute", *attribute), ("value", *value), ("format", *format)]
            })
            .collect();
        self.send(&self.console(&format!("applications/{application}/mappings")), &fields)?
            .ensure_no_error("saving the mappings")
    }

    /// Returns the ID of the application with this name in the list of applications.
    pub fn application(&self, name: &str) -> Result<String> {
        let page = self.open(&self.console("applications"))?;
        let (before, _) = page
            .body
            .split_once(&format!(">{name}</a>"))
            .ok_or_else(|| format!("no application is named {name}"))?;
        let (_, link) = before.rsplit_once("/applications/").ok_or("no link")?;
        Ok(link.chars().take_while(char::is_ascii_alphanumeric).collect())
    }

    /// Returns the application with this name, with the values on its page.
    pub fn existing_application(&self, name: &str) -> Result<ApplicationDraft> {
        let id = self.application(name)?;
        let page = self.application_page(&id)?;
        let (issuer, metadata) = (page.element("issuer-url")?, page.element("metadata-url")?);
        Ok(ApplicationDraft { id, issuer, metadata })
    }

    /// Opens the page of an application.
    pub fn application_page(&self, application: &str) -> Result<Page> {
        self.open(&self.console(&format!("applications/{application}")))
    }

    /// Opens Actions › Edit attribute mappings.
    pub fn mappings_page(&self, application: &str) -> Result<Page> {
        self.open(&self.console(&format!("applications/{application}/mappings")))
    }

    /// Opens the *SSO* page in nOps.
    pub fn sso_page(&self) -> Result<Page> {
        self.open(&format!("{NOPS}?tab=SSO"))
    }

    /// Assigns one user through *Assign users and groups*.
    pub fn assign(&self, application: &str, user_id: &str) -> Result<()> {
        self.send(
            &self.console(&format!("applications/{application}/assign")),
            &[("user", user_id)],
        )?
        .ensure_no_error("assigning the user")
    }

    /// Assigns one group through *Assign users and groups*.
    pub fn assign_group(&self, application: &str, group_id: &str) -> Result<()> {
        self.send(
            &self.console(&format!("applications/{application}/assign")),
            &[("group", group_id)],
        )?
        .ensure_no_error("assigning the group")
    }

    /// Assigns one user to an account through AWS accounts › Assign users or groups.
    pub fn give_account(&self, user_id: &str) -> Result<()> {
        self.send(&self.console("accounts"), &[("user", user_id)])?
            .ensure_no_error("assigning the user to the account")
    }

    pub fn metadata_file(&self, application: &str) -> Result<String> {
        let page = self.open(&self.console(&format!("applications/{application}/metadata.xml")))?;
        page.ensure_no_error("downloading the metadata file")?;
        Ok(page.body)
    }

    /// Downloads the certificate from the page of the application.
    pub fn certificate(&self, application: &str) -> Result<String> {
        let page =
            self.open(&self.console(&format!("applications/{application}/certificate.pem")))?;
        page.ensure_no_error("downloading the certificate")?;
        Ok(page.body)
    }

    pub fn user_names(&self) -> Result<Vec<String>> {
        let page = self.open(&self.console("users"))?;
        page.ensure_no_error("listing the users")?;
        Ok(page.first_cells())
    }

    /// Resets a password through Users › … › Reset password. Returns the one-time password.
    pub fn reset_password(&self, user_id: &str) -> Result<String> {
        self.send(&self.console(&format!("users/{user_id}/reset-password")), &[])?
            .element("one-time-password")
    }

    pub fn sign_in(&self, user_name: &str) -> Result<Page> {
        let fields = [("user_name", user_name), ("password", PASSWORD)];
        self.send(&format!("{}/sign-in", self.portal), &fields)
    }

    /// Signs in with a one-time password and sets a new password.
    pub fn sign_in_first(&self, user_name: &str, one_time: &str) -> Result<Page> {
        let fields = [("user_name", user_name), ("password", one_time), ("new_password", PASSWORD)];
        self.send(&format!("{}/sign-in", self.portal), &fields)
    }

    /// Shift-clicks the tile, then clicks *Copy XML*.
    pub fn copy_xml(&self, application: &str) -> Result<String> {
        self.administrator_mode(application)?.element("saml-xml")
    }

    /// Shift-clicks the tile.
    pub fn administrator_mode(&self, application: &str) -> Result<Page> {
        self.open(&format!("{}/tile/{application}?admin=1", self.portal))
    }

    /// Runs the sign-in test from the AWS access portal: clicks the tile and follows the sign-in to
    /// the last page.
    pub fn tile(&self, application: &str) -> Result<Page> {
        self.follow(self.open(&format!("{}/tile/{application}", self.portal))?)
    }

    /// Runs the same sign-in test as [`Self::tile`], but calls `meanwhile` before submitting the
    /// form.
    pub fn open_tile_after(&self, application: &str, meanwhile: impl FnOnce()) -> Result<Page> {
        let form = self.open(&format!("{}/tile/{application}", self.portal))?;
        meanwhile();
        self.follow(form)
    }

    /// Runs the sign-in test from nOps with the Shareable Link, and signs in to AWS when asked.
    pub fn link(&self, link: &str, user_name: &str) -> Result<Page> {
        let mut page = self.follow(self.open(link)?)?;
        if page.has_field("password") {
            let mut fields = page.hidden();
            fields.push(("user_name".to_owned(), user_name.to_owned()));
            fields.push(("password".to_owned(), PASSWORD.to_owned()));
            page = self.follow(self.submit_form(&page, &fields)?)?;
        }
        Ok(page)
    }

    /// Returns the address that the browser shows after it follows a link.
    pub fn follow_link(&self, link: &str) -> Result<String> {
        Ok(self.agent.get(self.local(link)).call()?.get_uri().to_string())
    }

    /// Opens the newest confirmation email from nOps and follows its link.
    pub fn confirm_mail(&self) -> Result<Page> {
        let mailbox =
            Page::from_response(self.agent.get(format!("{}/mailbox", self.base)).call()?)?;
        let link = mailbox.link("mail-link")?;
        Page::from_response(self.agent.get(self.local(&link)).call()?)
    }

    /// Turns on *Enable SSO Login* in nOps and reads the addresses if nOps shows them.
    pub fn enable_sso(&self) -> Result<Option<Addresses>> {
        self.send(NOPS, &[("enable_sso", "on")])?;
        self.addresses()
    }

    /// Reads the addresses in nOps if nOps shows them.
    pub fn addresses(&self) -> Result<Option<Addresses>> {
        let page = self.open(&format!("{NOPS}?tab=SSO"))?;
        let Ok(acs) = page.element("acs-url") else {
            return Ok(None);
        };
        Ok(Some(Addresses {
            acs,
            entity_id: page.element("entity-id")?,
            link: page.element("shareable-link")?,
        }))
    }

    /// Copies the *Users* page in nOps.
    pub fn team_page(&self) -> Result<String> {
        Ok(self.open(&format!("{NOPS}?tab=Users"))?.body)
    }

    /// Asks nOps support to turn on SSO if nOps has no SSO entry.
    pub fn ask_nops_support(&self) -> Result<()> {
        self.send(&format!("{NOPS}/support"), &[])?.ensure_no_error("asking nOps support")
    }

    /// Signs in to nOps with the password that all seeded users share.
    pub fn sign_in_to_nops(&self, email: &str) -> Result<Page> {
        let fields = [("email", email), ("password", PASSWORD)];
        self.send("https://app.nops.io/login", &fields)
    }

    /// Fills in *Your SSO Details* in nOps and clicks *Setup SSO Configuration*.
    pub fn set_up_sso(
        &self,
        issuer: &str,
        endpoint: &str,
        certificate: &str,
        role: &str,
    ) -> Result<()> {
        let fields = [
            ("enable_sso", "on"),
            ("sso_type", "AWS"),
            ("issuer_url", issuer),
            ("sso_endpoint", endpoint),
            ("x509_certificate", certificate),
            ("default_role", role),
            ("domain", ""),
        ];
        self.send(NOPS, &fields)?.ensure_no_error("saving the SSO configuration")
    }

    /// Submits forms that post themselves, like a browser with scripts turned on.
    fn follow(&self, mut page: Page) -> Result<Page> {
        for _ in 0..6 {
            if !page.is_self_submitting() {
                return Ok(page);
            }
            let fields = page.hidden();
            page = self.submit_form(&page, &fields)?;
        }
        Err("the pages go round in circles".into())
    }

    fn submit_form(&self, page: &Page, fields: &[(String, String)]) -> Result<Page> {
        let action = page.action()?;
        let fields = fields.iter().map(|(name, value)| (name.as_str(), value.as_str()));
        Page::from_response(self.agent.post(self.local(&action)).send_form(fields)?)
    }

    /// Returns the local address that serves a real link or a link in practice mode.
    fn local(&self, url: &str) -> String {
        match url.strip_prefix("https://") {
            Some(rest) => format!("{}/at/{rest}", self.base),
            None if url.starts_with('/') => format!("{}{url}", self.base),
            None => url.to_owned(),
        }
    }

    /// Returns the real link of a console page.
    pub fn console(&self, path: &str) -> String {
        let domain = match &self.region {
            region if region.starts_with("cn-") => "console.amazonaws.cn",
            region if region.starts_with("us-gov-") => "console.amazonaws-us-gov.com",
            region if region.starts_with("eusc-") => "console.amazonaws-eusc.eu",
            _ => "console.aws.amazon.com",
        };
        format!("https://{}.{domain}/singlesignon/{path}", self.region)
    }
}

/// A valid access portal address that no portal uses.
pub const UNKNOWN_PORTAL: &str = "https://d-0000000000.awsapps.com/start";

const NOPS: &str = "https://app.nops.io/v3/settings";
