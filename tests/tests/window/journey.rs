//! The whole setup in practice, in the window: once with the mouse, once with the keyboard alone.

use std::{fs, io::Write, path::Path};

use acceptance::{
    Result,
    desktop::Desktop,
    driver::Driver,
    hands::{Effort, Hands, Way},
    person::{Draft, Person, Row},
    wait::until,
};

const TESTER: &str = "samuel.okafor@example.com";

#[test]
fn a_newcomer_sets_practice_up_with_the_mouse() -> Result<()> {
    set_up(Way::Mouse)
}

#[test]
fn a_newcomer_sets_practice_up_with_the_keyboard_alone() -> Result<()> {
    set_up(Way::Keyboard)
}

/// Everything is as large as at 200 % text size, and has to be reached all the same.
#[test]
fn a_newcomer_sets_practice_up_with_the_keyboard_at_twice_the_text_size() -> Result<()> {
    let desktop = Desktop::start()?;
    let app = desktop.open()?;
    app.run("document.documentElement.style.fontSize = '200%'", &[])?;
    go_through(&desktop, &app, Way::Keyboard, false).map(drop)
}

/// The help page's procedure has 30 switches between windows, 104 typed characters and 13 pastes.
#[test]
fn the_short_way_costs_less_than_the_help_page() -> Result<()> {
    let desktop = Desktop::start()?;
    let app = desktop.open()?;
    let ours = go_through(&desktop, &app, Way::Mouse, true)?;
    writeln!(
        std::io::stderr(),
        "clicks {}, keystrokes {}; window switches {} (help page 30), typed characters {} (104), pastes {} (13)",
        ours.clicks,
        ours.keystrokes,
        ours.switches,
        ours.typed,
        ours.pastes
    )?;
    assert!(ours.switches < 30 && ours.typed < 104 && ours.pastes < 13, "{ours:?}");
    Ok(())
}

fn set_up(way: Way) -> Result<()> {
    let desktop = Desktop::start()?;
    let app = desktop.open()?;
    go_through(&desktop, &app, way, false).map(drop)
}

fn go_through(desktop: &Desktop, app: &Driver, way: Way, short: bool) -> Result<Effort> {
    let newcomer = Newcomer { hands: Hands::new(desktop, app, way), desktop, app, short };
    newcomer.goes().map_err(|error| match app.text("body") {
        Ok(shown) => format!("{error}\nThe window shows:\n{shown}").into(),
        Err(_) => error,
    })?;
    assert_eq!(app.errors()?, Vec::<String>::new());
    Ok(newcomer.hands.effort())
}

/// Someone who does what the window says, and nothing else.
struct Newcomer<'a> {
    hands: Hands<'a>,
    desktop: &'a Desktop,
    app: &'a Driver,
    /// Takes what is offered to save pastes, and leaves out what can be left out.
    short: bool,
}

impl Newcomer<'_> {
    fn goes(&self) -> Result<()> {
        self.connect()?;
        let person = self.bring_addresses()?;
        let draft = self.add_application(&person)?;
        self.map(&person, &draft)?;
        let person = self.dry_run(&person, &draft)?;
        self.fill_nops(&person)?;
        self.run_sign_in_tests(&person, &draft)?;
        self.bring_people()?;
        self.finish()
    }

    /// Steps 1 and 2.
    fn connect(&self) -> Result<()> {
        self.hands.press("[data-action=practice]")?;
        self.app.see("h1", "Connect AWS")?;
        self.hands.press("[data-action=connect]")?;
        self.app.see("main", "123456789012, the management account")?;
        self.hands.go_on("nOps addresses")
    }

    /// Step 3: the three addresses, from nOps's page in the browser.
    fn bring_addresses(&self) -> Result<Person> {
        let page = self.open("[data-action=open-nops-sso]")?;
        let person = Person::who_opened(&page)?;
        let shown = person.enable_sso()?.ok_or("nOps shows no addresses")?;

        self.hands.tick("[data-field=admin_signed_in]")?;
        self.hands.tick("[data-field=admin_password]")?;
        self.hands.write("[data-field=recovery_administrator]", "ops@example.net")?;
        if self.short {
            let section = format!(
                "Assertion Consumer Service\n{}\nEntity ID\n{}\nShareable Link for IDP Login\n{}\n",
                shown.acs, shown.entity_id, shown.link
            );
            self.hands.press("[data-action=paste-all]")?;
            self.hands.paste("[data-field=any]", &section)?;
        } else {
            self.hands.paste("[data-field=sp_acs_url]", &shown.acs)?;
            self.hands.paste("[data-field=sp_entity_id]", &shown.entity_id)?;
            self.hands.paste("[data-field=sp_login_url]", &shown.link)?;
        }
        self.done("addresses")?;
        self.hands.go_on("AWS application")?;
        Ok(person)
    }

    /// Step 4: the application, made in the console with the file from here, and noticed.
    fn add_application(&self, person: &Person) -> Result<Draft> {
        let file = self.desktop.home().join("nops-metadata.xml");
        let metadata = self.save("[data-action=save-sp-metadata]", &file)?;
        let (name, description) = match self.short {
            // As short as this they are typed sooner than pasted.
            true => ("nOps".to_owned(), "nOps sign-in".to_owned()),
            false => (self.hands.copy(1)?, self.hands.copy(2)?),
        };
        self.open("[data-action=open-aws-applications]")?;
        match self.short {
            true => self.hands.on_page(0, &format!("{name}{description}")),
            false => self.hands.on_page(2, ""),
        }
        let draft = person.draft()?;
        person.submit_with_file(&draft, &name, &description, &metadata)?;
        self.app.see("main", &draft.issuer)?;
        self.done("application")?;
        self.hands.go_on("Attribute mappings")?;
        Ok(draft)
    }

    /// Step 5: cell by cell into the console, then back as the page shows it.
    fn map(&self, person: &Person, draft: &Draft) -> Result<()> {
        self.hands.on_page(0, "");
        if self.short {
            self.hands.strip(true)?;
        }
        let subject = self.hands.copy(1)?;
        let cells: Vec<String> =
            (2..8).map(|number| self.hands.copy(number)).collect::<Result<_>>()?;
        let mut rows: Vec<Row<'_>> = vec![("Subject", &subject, "emailAddress")];
        rows.extend(cells.chunks_exact(2).map(|cell| -> Row<'_> { (&cell[0], &cell[1], "basic") }));
        person.map(&draft.id, &rows)?;
        self.hands.on_page(7, "");
        if self.short {
            self.hands.strip(false)?;
            // What was typed shows in the dry run too.
            return self.hands.go_on("DryRun");
        }
        let table: Vec<String> = rows
            .iter()
            .map(|(attribute, value, format)| format!("{attribute}\t{value}\t{format}"))
            .collect();
        self.hands.paste("[data-field=attribute_mappings]", &table.join("\n"))?;
        self.done("mappings")?;
        self.hands.go_on("DryRun")
    }

    /// Step 6: the tester, and what *Copy XML* gives.
    fn dry_run(&self, person: &Person, draft: &Draft) -> Result<Person> {
        self.hands.write("[data-field=tester]", TESTER)?;
        self.hands.press("[data-action=choose-tester]")?;
        self.hands.press("[data-action=assign-tester]")?;
        self.hands.press("[data-action=confirm-assign-tester]")?;
        self.app.gone("dialog[open]")?;
        self.app.see("main", "Assigned to the nOps application")?;
        let portal = match self.short {
            true => self.follow("[data-action=open-aws-portal]", "aws")?,
            false => self.hands.copy(1)?,
        };
        self.hands.on_page(u32::from(!self.short), "");
        let person = person.at_portal(&portal);
        person.sign_in(TESTER)?;
        self.hands.tick("[data-field=empties_clipboard]")?;
        let page = self.hands.paste("#response", &person.copy_xml(&draft.id)?)?;
        self.app.find("[data-dry-run=pass]")?;
        until("the clipboard without the response", || {
            Ok(self.desktop.clipboard()?.is_empty().then_some(()))
        })?;
        drop(page);
        self.done("dry_run")?;
        self.hands.go_on("nOps details")?;
        Ok(person)
    }

    /// Step 7: three values into nOps, and *Setup SSO Configuration*.
    fn fill_nops(&self, person: &Person) -> Result<()> {
        let issuer = self.hands.copy(1)?;
        self.hands.on_page(2, "");
        let certificate = self.hands.copy(2)?;
        self.hands.on_page(1, "");
        self.hands.pick("[data-field=nops_default_role]", "client-m", "client-member")?;
        person.set_up_sso(&issuer, &issuer, &certificate, "client-member")?;
        self.hands.choose("[data-field=nops_saved] input[value=true]")?;
        self.done("details")?;
        self.hands.go_on("Test sign-in")
    }

    /// Step 8: the tile and the Shareable Link, the confirmation mail in between.
    fn run_sign_in_tests(&self, person: &Person, draft: &Draft) -> Result<()> {
        self.hands.on_page(0, "");
        let tile = person.tile(&draft.id)?;
        assert!(tile.waits_for_mail(), "the first sign-in waits for a mail");
        person.confirm_mail()?;
        self.hands.tick("[data-field=confirmation_mail]")?;
        assert!(person.tile(&draft.id)?.welcomes(), "the tile opens nOps");
        self.hands.choose("[data-sign-in-test=test_from_portal] input[value=passed]")?;
        self.app.find("[data-sign-in-test=test_from_portal][data-result=passed]")?;
        let link = match self.short {
            true => self.follow("[data-action=open-nops-link]", "nops")?,
            false => self.hands.copy(2)?,
        };
        self.hands.on_page(u32::from(!self.short), "");
        let page = person.in_private_window().link(&link, TESTER)?;
        assert!(page.welcomes(), "the Shareable Link opens nOps");
        self.hands.choose("[data-sign-in-test=test_from_nops] input[value=passed]")?;
        self.app.find("[data-sign-in-test=test_from_nops][data-result=passed]")?;
        self.done("sign_in_tests")?;
        self.hands.go_on("People")
    }

    /// Step 9: everyone else, by one confirmed plan.
    fn bring_people(&self) -> Result<()> {
        let people = "First name,Last name,Email\nLena,Fischer,lena.fischer@example.com\n\
                      Samuel,Okafor,samuel.okafor@example.com\n";
        self.hands.press("[data-action=open-add-people]")?;
        if self.short {
            let file = self.desktop.home().join("people.csv");
            fs::write(&file, people)?;
            self.hands.press("[data-action=choose-csv]")?;
            self.desktop.answer_dialog(&file)?;
        } else {
            self.hands.paste("[data-field=csv]", people)?;
            self.hands.press("[data-action=add-people]")?;
        }
        self.app.see("main", "lena.fischer@example.com")?;
        self.hands.press(".foot [data-action=plan]")?;
        self.hands.press(".foot [data-action=apply]")?;
        self.hands.press("[data-action=confirm-apply]")?;
        self.app.find("[data-stage=applied]")?;
        self.done("people")?;
        self.hands.go_on("Finish")
    }

    /// Step 10: the gate is open, and the report is kept.
    fn finish(&self) -> Result<()> {
        self.hands.press("details:has([data-field=nops_domain]) > summary")?;
        self.hands.write("[data-field=nops_domain]", "example.com")?;
        self.app.find("[data-gate=open]")?;
        let file = self.desktop.home().join("report.html");
        let report = self.save("[data-action=save-report-html]", &file)?;
        assert!(report.contains("123456789012"), "{report:.400}");
        assert!(!report.contains("lena.fischer"), "nobody asked for people");
        Ok(())
    }

    /// The address that a button opens in the browser.
    fn open(&self, selector: &str) -> Result<String> {
        let known = self.desktop.opened()?.len();
        self.hands.press(selector)?;
        let page = self.desktop.next_opened(known)?;
        self.hands.on_page(0, "");
        Ok(page)
    }

    /// Opens an address by its button in place of copying it, and says which one it was.
    fn follow(&self, selector: &str, side: &str) -> Result<String> {
        let address = self.app.text(&format!("[data-side={side}] .box--guided .box__value"))?;
        self.open(selector)?;
        Ok(address.trim().to_owned())
    }

    /// Saves a document where nothing was, and reads it: the dialog closes before the file is written.
    fn save(&self, selector: &str, file: &Path) -> Result<String> {
        self.hands.press(selector)?;
        self.desktop.answer_dialog(file)?;
        until("the saved file", || Ok(Some(fs::read_to_string(file)?)))
    }

    /// Waits until the rail shows the step as done.
    fn done(&self, step: &str) -> Result<()> {
        self.app.find(&format!("[data-step={step}][data-status=done]")).map(drop)
    }
}
