//! A setup in which all ten steps are done, and changes in AWS after that.

use acceptance::{
    Result,
    harness::Harness,
    person::ApplicationDraft,
    steps::{
        check_nops, dry_run, fill_nops, prepare_dry_run, prepare_enforce, request_plan,
        run_sign_in_tests,
    },
};
use nops_sso_practice::Switches;
use session::{
    action::{PeopleAction, RecheckAction},
    recheck::RecheckReport,
    view::GroupChoice,
};
use setup::Step;

pub const GROUP: &str = "nOps users";
const PEOPLE: &str = "First name,Last name,Email\nLena,Fischer,lena.fischer@example.com\n\
                      Samuel,Okafor,samuel.okafor@example.com\n";

/// A setup in which all ten steps are done.
pub struct FinishedSetup {
    pub rig: Harness,
    pub draft: ApplicationDraft,
}

impl FinishedSetup {
    pub async fn start() -> Result<Self> {
        Self::start_with(Switches::default()).await
    }

    pub async fn start_with(switches: Switches) -> Result<Self> {
        Self::start_on(Harness::start(switches).await?).await
    }

    pub async fn start_on(rig: Harness) -> Result<Self> {
        let draft = prepare_dry_run(&rig).await?;
        dry_run(&rig, &draft).await?;
        fill_nops(&rig).await?;
        check_nops(&rig).await?;
        run_sign_in_tests(&rig, &draft).await?;
        rig.go_to_step(Step::People).await?;
        let group = GroupChoice::New { name: GROUP.to_owned() };
        rig.act(PeopleAction::ChooseGroup { group }).await?;
        rig.act(PeopleAction::AddPeople { csv: PEOPLE.to_owned() }).await?;
        let plan = request_plan(&rig).await?.id;
        rig.act(PeopleAction::Apply { plan }).await?;
        rig.wait_until("the changes", |view| view.job.is_none()).await?;
        prepare_enforce(&rig).await?;
        rig.go_to_step(Step::Finish).await?;
        Ok(Self { rig, draft })
    }

    pub async fn check(&self) -> Result<RecheckReport> {
        self.rig.act(RecheckAction::CheckNow).await?;
        let view = self.rig.wait_until("the check", |view| !view.recheck.is_running).await?;
        Ok(view.recheck.report.ok_or("no report")?)
    }

    /// Sends a form in the console.
    pub fn send(&self, page: &str, fields: &[(&str, &str)]) -> Result<()> {
        let person = self.rig.person()?;
        person.send(&person.console(page), fields)?.ensure_no_error(page)
    }

    /// Generates, activates or deletes a certificate on *Manage certificate*.
    pub fn change_certificate(&self, action: &str) -> Result<()> {
        self.send(&format!("applications/{}/certificates", self.draft.id), &[("do", action)])
    }

    /// Returns the ID of the group, and the ID of a member.
    pub fn group_ids(&self) -> Result<(String, String)> {
        let person = self.rig.person()?;
        let id_after = |page: String, start: &str| {
            let rest = page.split_once(start).ok_or(format!("no {start} in {page}"))?.1;
            Ok::<_, String>(rest.chars().take_while(|c| !"\"/".contains(*c)).collect::<String>())
        };
        let groups = person.open(&person.console("groups"))?.body;
        let row = groups.split("<li").find(|row| row.contains(GROUP)).unwrap_or_default();
        let group = id_after(row.to_owned(), "/groups/")?;
        let members = person.open(&person.console(&format!("groups/{group}")))?.body;
        let member = id_after(members, "name=\"user\" value=\"")?;
        Ok((group, member))
    }
}
