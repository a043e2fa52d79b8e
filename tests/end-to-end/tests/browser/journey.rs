//! Completes a whole practice setup by following the instructions on the screen, once with the
//! mouse and once with the keyboard.

use std::{fs, io::Write};

use acceptance::{
    Result,
    app::{App, message},
    browser::{
        Browser, Theme,
        console::Console,
        nops::{self, Settings},
        portal::Portal,
    },
    desktop::Desktop,
    user_actions::{ClickCount, InputMethod},
    wait::wait_until,
};

const TESTER: &str = "samuel.okafor@example.com";
const TESTER_NAME: &str = "Samuel Okafor";
const APPLICATION: &str = "nOps";

#[test]
fn newcomer_finishes_practice_with_mouse() -> Result<()> {
    let desktop = Desktop::start()?;
    let driver = desktop.open()?;
    desktop.place_window(0, 0, 1280, 840)?;
    let clicks = ClickCount::default();
    let app = App::new(&desktop, &driver, InputMethod::Mouse, &clicks);
    InstructedUser::goes(&desktop, &app, Theme::Light, &clicks)?;
    writeln!(std::io::stderr(), "the practice journey takes {} clicks", clicks.get())?;
    assert!(clicks.get() <= 90, "the practice journey takes {} clicks", clicks.get());
    Ok(())
}

#[test]
fn newcomer_finishes_practice_with_keyboard() -> Result<()> {
    let desktop = Desktop::start()?;
    let driver = desktop.open()?;
    desktop.place_window(0, 0, 800, 600)?;
    desktop.press("alt+v")?;
    for key in ["Down", "Down", "Return"] {
        desktop.press(key)?;
    }
    driver.find("html[data-theme=dark]")?;
    let clicks = ClickCount::default();
    let app = App::new(&desktop, &driver, InputMethod::Keyboard, &clicks);
    InstructedUser::goes(&desktop, &app, Theme::Dark, &clicks)?;
    assert_eq!(clicks.get(), 0, "the keyboard journey used the mouse");
    Ok(())
}

type StepOfUser<'a> = fn(&InstructedUser<'a>) -> Result<()>;

/// A user who only follows the window's instructions.
struct InstructedUser<'a> {
    desktop: &'a Desktop,
    app: &'a App<'a>,
    way: InputMethod,
    theme: Theme,
    clicks: &'a ClickCount,
    browser: Browser,
    /// The tester's browser window.
    private: Browser,
}

impl<'a> InstructedUser<'a> {
    fn goes(
        desktop: &'a Desktop,
        app: &'a App<'a>,
        theme: Theme,
        clicks: &'a ClickCount,
    ) -> Result<()> {
        let way = match theme {
            Theme::Light => InputMethod::Mouse,
            Theme::Dark => InputMethod::Keyboard,
        };
        app.driver.watch_movement()?;
        let browser = Browser::open(desktop, way, theme, clicks)?;
        let private = Browser::open(desktop, way, theme, clicks)?;
        let newcomer = Self { desktop, app, way, theme, clicks, browser, private };
        newcomer.steps().map_err(|error| {
            let shown = |text: Result<String>| text.unwrap_or_else(|error| error.to_string());
            let window = shown(app.driver.text("body"));
            let page = shown(newcomer.browser.driver().text("body"));
            format!("{error}\nThe window shows:\n{window}\nThe browser shows:\n{page}")
        })?;
        assert_eq!(app.driver.errors()?, Vec::<String>::new());
        assert_eq!(app.driver.movements()?, Vec::<String>::new());
        Ok(())
    }

    fn steps(&self) -> Result<()> {
        let steps: [(&str, StepOfUser<'a>); 9] = [
            ("connect", Self::connect),
            ("addresses", Self::copy_addresses),
            ("application", Self::add_application),
            ("mappings", Self::map_attributes),
            ("dry run", Self::run_dry_run),
            ("details", Self::configure_nops),
            ("sign-in tests", Self::test_sign_in),
            ("people", Self::add_people),
            ("finish", Self::finish),
        ];
        for (name, step) in steps {
            let before = self.clicks.get();
            step(self)?;
            writeln!(std::io::stderr(), "{name}: {} clicks", self.clicks.get() - before)?;
        }
        Ok(())
    }

    fn connect(&self) -> Result<()> {
        self.app.press("start-practice-new")?;
        self.app.at_step("connect")?;
        self.app.press("connect")?;
        self.app.expect_text("123456789012")?;
        self.app.expect_step_done("connect")?;
        self.app.press_continue("addresses")
    }

    fn copy_addresses(&self) -> Result<()> {
        self.app.select_option("before-signed-in")?;
        self.app.select_option("before-password")?;
        self.app.write("before-recovery", "ops@example.net")?;
        let page = self.app.open(message("open-page").near("nops-sso-page"))?;
        let settings = Settings(self.browser.show(&page)?.user_actions());
        settings.switch_on()?;
        match self.way {
            InputMethod::Keyboard => {
                for (label, field) in [
                    ("Assertion Consumer Service", "field-sp_acs_url"),
                    ("Entity ID", "field-sp_entity_id"),
                    ("Shareable Link for IDP Login", "field-sp_login_url"),
                ] {
                    settings.copy(label)?;
                    self.app.paste(field)?;
                }
            }
            InputMethod::Mouse => {
                self.browser.copy_page()?;
                self.app.paste("addresses-all")?;
            }
        }
        self.app.expect_step_done("addresses")?;
        self.app.press_continue("application")
    }

    fn add_application(&self) -> Result<()> {
        let page = self.app.open(message("open-page").near("applications-page"))?;
        let console = Console::of(self.browser.show(&page)?);
        console.add_application()?;
        self.app.copy("field-aws_display_name")?;
        console.hands.paste("Display name")?;
        match self.way {
            InputMethod::Mouse => {
                let file = self.desktop.home().join("nops-metadata.xml");
                self.app.save("save-as", &file)?;
                console.upload(&file)?;
            }
            InputMethod::Keyboard => {
                self.app.select_option("application-typed")?;
                self.app.copy("field-aws_acs_url")?;
                console.hands.paste("Application ACS URL")?;
                self.app.copy("field-aws_audience")?;
                console.hands.paste("Application SAML audience")?;
            }
        }
        console.submit()?;
        self.app.expect_step_done("application")?;
        self.app.press_continue("mappings")
    }

    /// Copies the mappings into the console cell by cell, then copies the saved table back.
    fn map_attributes(&self) -> Result<()> {
        self.app.select_option("subject-email")?;
        let page = self.app.open(message("open-page").near("mappings-page"))?;
        let console = Console::of(self.browser.show(&page)?);
        console.edit_mappings()?;
        self.app.copy_cell("${user:email}", "Subject")?;
        console.paste_value()?;
        for (attribute, value) in [
            ("User.Email", "${user:email}"),
            ("User.FirstName", "${user:givenName}"),
            ("User.LastName", "${user:familyName}"),
        ] {
            console.add_row()?;
            self.app.copy_cell(attribute, value)?;
            console.paste_attribute()?;
            self.app.copy_cell(value, attribute)?;
            console.paste_value()?;
        }
        console.save_mappings()?;
        console.edit_mappings()?;
        console.copy_table()?;
        self.app.paste("mappings-back")?;
        self.app.expect_step_done("mappings")?;
        self.app.press_continue("dry_run")
    }

    fn run_dry_run(&self) -> Result<()> {
        self.app.press_text(TESTER_NAME)?;
        self.app.press(message("dry-run-assign-do").with("name", TESTER_NAME))?;
        self.app.expect_message("dry-run-assigned")?;
        let page = self.app.copy_address("field-access_portal_url")?;
        let portal = Portal::of(self.private.show(&page)?);
        portal.sign_in(TESTER)?;
        portal.copy_xml(APPLICATION)?;
        self.app.select_option("dry-run-clipboard")?;
        self.app.paste("dry-run-first")?;
        self.app.driver.find("[data-dry-run=pass]")?;
        wait_until("the clipboard without the response", || {
            Ok(self.desktop.clipboard()?.is_empty().then_some(()))
        })?;
        self.app.expect_step_done("dry_run")?;
        self.app.press_continue("details")
    }

    fn configure_nops(&self) -> Result<()> {
        let page = self.app.open(message("open-page").near("details-nops-page"))?;
        let settings = Settings(self.browser.show(&page)?.user_actions());
        self.app.copy("field-nops_issuer_url")?;
        settings.0.paste(nops::ISSUER)?;
        settings.0.paste(nops::ENDPOINT)?;
        self.app.copy("field-nops_x509")?;
        settings.0.paste(nops::CERTIFICATE)?;
        settings.choose("client-member")?;
        self.app.select_entry(
            "details-role",
            message("details-role-advised").with("role", "client-member"),
        )?;
        settings.save()?;
        self.app.select_option("details-saved")?;
        self.app.expect_step_done("details")?;
        self.app.press_continue("sign_in_tests")
    }

    /// Tests sign-in from the access portal, where the user must confirm the first sign-in by
    /// email, and then from nOps.
    fn test_sign_in(&self) -> Result<()> {
        let page = self.app.copy_address("field-access_portal_url")?;
        Portal::of(self.private.show(&page)?).open(APPLICATION)?;
        self.private.user_actions().see("Confirm that SSO access is allowed")?;
        self.app.select_option(message("sign-in-tests-said-mail").near("sign-in-tests-1"))?;
        let mailbox = self.app.open("sign-in-tests-mailbox")?;
        self.browser.show(&mailbox)?.user_actions().press("Allow SSO access")?;
        self.browser.user_actions().see("SSO access is allowed")?;
        Portal::of(self.private.show(&page)?).open(APPLICATION)?;
        self.private.user_actions().see(TESTER)?;
        self.app.select_option(message("sign-in-tests-said-passed").near("sign-in-tests-1"))?;

        let page = self.app.copy_address("field-sp_login_url")?;
        let private = Browser::open(self.desktop, self.way, self.theme, self.clicks)?;
        Portal::of(private.show(&page)?).sign_in(TESTER)?;
        private.user_actions().see("client-member")?;
        self.app.select_option(message("sign-in-tests-said-passed").near("sign-in-tests-2"))?;
        self.app.expect_step_done("sign_in_tests")?;
        self.app.press_continue("people")
    }

    fn add_people(&self) -> Result<()> {
        let file = self.desktop.home().join("people.csv");
        let people = "First name,Last name,Email\nLena,Fischer,lena.fischer@example.com\n\
                      Samuel,Okafor,samuel.okafor@example.com\n";
        fs::write(&file, people)?;
        match self.way {
            InputMethod::Mouse => self.desktop.drop_file(self.app.driver, &file, 640, 420)?,
            InputMethod::Keyboard => {
                self.app.press("people-add-list")?;
                self.app.press("people-list-file")?;
                self.desktop.answer_dialog(&file)?;
            }
        }
        self.app.expect_text("lena.fischer@example.com")?;
        self.app.press("people-plan")?;
        self.app.press(message("people-apply").with("changes", "5"))?;
        self.app.press(message("people-confirm-do").with("changes", "5"))?;
        self.app.expect_message("people-applied")?;
        self.app.select_option("people-in-otp")?;
        self.app.expect_step_done("people")?;
        self.app.press_continue("finish")
    }

    fn finish(&self) -> Result<()> {
        self.app.write("field-nops_domain", "example.com")?;
        self.app.write("team-text", "lena.fischer@example.com, samuel.okafor@example.com")?;
        self.app.press("team-compare")?;
        self.app.driver.find("[data-enforcement=open]")?;
        let file = self.desktop.home().join("report.html");
        let report = self.app.save("finish-save-html", &file)?;
        assert!(!report.contains("lena.fischer"), "people weren't requested");
        let address = format!("file://{}", file.display());
        self.browser.show(&address)?.user_actions().see("123456789012")
    }
}
