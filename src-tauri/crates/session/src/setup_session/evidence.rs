//! Steps 6 and 8: the tester, the dry run, and the two sign-in tests.

use jiff::Timestamp;

use super::{Changes, Interruptibility, SetupSession, connect::refused, people::halted};
use crate::{
    Action, Failure, Secret,
    jobs::Outcome,
    reading::{SuppliedBytes, off_actor},
    view::{RowVerdict, SignInTestResult},
};
use changes::{self, AssignmentRequest};
use identity_center::{AwsError, Connection, Principal};
use people::{User, UserState};
use saml::response::{Response, ResponseError};
use setup::{
    Facts, Field, Finding, Fix, Page, Severity, Source, Step, Value, Verdict, diagnosis,
    dry_run::{Dated, Expected, SharedResult, age, dry_run, unread},
    input, test_record,
};

/// The values of [`Field::TesterAssigned`].
const ASSIGNED: &str = "assigned";
const THROUGH_GROUP: &str = "through_group";
const UNASSIGNED: &str = "unassigned";

impl SetupSession {
    pub(super) async fn act_on_evidence(&mut self, action: Action) -> Result<(), Failure> {
        match action {
            Action::ChooseTester { who } => self.choose_tester(who.trim().to_owned()),
            Action::AssignTester => self.assign_tester(true),
            Action::UnassignTester => self.assign_tester(false),
            Action::DryRun { response } => {
                let evidence = off_actor(move || Evidence::read(response.as_ref())).await?;
                self.record(evidence);
                Ok(())
            }
            Action::ForgetResponse => {
                self.forget_response();
                Ok(())
            }
            Action::SignInTest { test, result, error } => {
                self.sign_in_test(test, result, error).await
            }
            _ => Err(Failure::new("no_setup")),
        }
    }

    pub(super) fn choose_tester(&mut self, who: String) -> Result<(), Failure> {
        if who.is_empty() {
            return Err(Failure::new("no_tester"));
        }
        // The look-up couldn't follow while another job runs, so nothing changes.
        if self.job.is_some() {
            return Err(Failure::new("busy"));
        }
        self.tester = None;
        self.notes.remove(&Some(Field::Tester));
        for field in [Field::TesterUserId, Field::TesterAssigned, Field::TesterPassword] {
            self.held.setup.facts.forget(field);
        }
        self.tester_denied = false;
        if self.identity_store().is_err() {
            self.learn([(Field::Tester, Value::Text(who), Source::Entered)]);
            return Ok(());
        }
        // AWS can tell whether this user exists, so the name becomes the tester only after the look-up.
        self.held.setup.facts.forget(Field::Tester);
        self.look_up_tester(who)
    }

    /// Looks up the tester again. Does nothing without a connection.
    pub(super) fn refresh_tester(&mut self) {
        if let Some(who) = self.facts().text(Field::Tester).map(str::to_owned) {
            // The look-up is skipped while another job runs.
            let _busy = self.look_up_tester(who);
        }
    }

    fn look_up_tester(&mut self, who: String) -> Result<(), Failure> {
        let Ok((connection, store)) = self.identity_store() else {
            return Ok(());
        };
        let application = self.facts().text(Field::ApplicationArn).map(str::to_owned);
        self.start("find_tester", Interruptibility::Never, move |_, _| async move {
            let found = async {
                let Some(user) = connection.find_user(&store, &who).await? else {
                    return Ok(None);
                };
                // Without permission for this, the user can go on. Only the check that needs it is skipped.
                let assigned = match &application {
                    Some(application) => {
                        standing(&connection, &store, application, &user).await.map(Some)
                    }
                    None => Ok(None),
                };
                Ok(Some((user, assigned)))
            };
            let found = found.await;
            Outcome::TesterFound { who, found }
        })
    }

    fn assign_tester(&mut self, assign: bool) -> Result<(), Failure> {
        let application = self
            .facts()
            .text(Field::ApplicationArn)
            .ok_or_else(|| Failure::new("no_application"))?
            .to_owned();
        let user = self
            .facts()
            .text(Field::TesterUserId)
            .ok_or_else(|| Failure::new("no_tester"))?
            .to_owned();
        let name = match &self.tester {
            Some(tester) => tester.user_name.clone(),
            None => user.clone(),
        };
        let tester = AssignmentRequest { application, principal: Principal::User(user), name };
        self.start_changes("assign_tester", Interruptibility::Never, move |run, _| async move {
            let Changes { connection, journal, clock, .. } = run;
            let done = match assign {
                true => changes::assign(tester, &connection, &journal, &*clock).await,
                false => changes::unassign(tester, &connection, &journal, &*clock).await,
            };
            Outcome::TesterAssigned(done.map(|()| assign))
        })
    }

    pub(super) fn ended_on_evidence(&mut self, outcome: Outcome) {
        match outcome {
            Outcome::TesterFound { who, .. }
                if self.facts().text(Field::Tester).is_some_and(|tester| tester != who) => {}
            Outcome::TesterFound { who, found: Ok(Some((user, assigned))) } => {
                self.tester_denied = matches!(assigned, Err(AwsError::Denied { .. }));
                self.tester_found(who, user, assigned.ok().flatten());
            }
            Outcome::TesterFound { who, found: Ok(None) } => {
                self.tester = None;
                for field in [Field::Tester, Field::TesterUserId, Field::TesterAssigned] {
                    self.held.setup.facts.forget(field);
                }
                self.save();
                self.note(
                    Some(Field::Tester),
                    Finding::about(Field::Tester, "tester_not_found", Severity::Error)
                        .with("who", who)
                        .fix(Fix::Again { field: Field::Tester }),
                );
            }
            Outcome::TesterFound { who, found: Err(error) } => {
                self.learn([(Field::Tester, Value::Text(who), Source::Entered)]);
                let finding = refused("connection_failed", &error).shown_in(Step::DryRun);
                self.note(Some(Field::Tester), finding);
            }
            Outcome::TesterAssigned(Ok(assigned)) => {
                self.notes.remove(&Some(Field::TesterAssigned));
                let value = if assigned { ASSIGNED } else { UNASSIGNED };
                let value = Value::Text(value.to_owned());
                self.learn([(Field::TesterAssigned, value, Source::Observed)]);
            }
            Outcome::TesterAssigned(Err(error)) => {
                let finding = halted(Field::AwsCaller, "assignment_refused", &error)
                    .fix(Fix::Open { page: Page::AwsApplication })
                    .shown_in(Step::DryRun);
                self.note(Some(Field::TesterAssigned), finding);
            }
            _ => {}
        }
    }

    fn tester_found(&mut self, who: String, user: User, assigned: Option<&'static str>) {
        let about = |code, severity| {
            Finding::about(Field::Tester, code, severity)
                .fix(Fix::Open { page: Page::AwsUser { user_id: user.id.clone() } })
        };
        let mut notes = Vec::new();
        if user.email.is_none() {
            notes.push(about("tester_no_email", Severity::Error));
        }
        if user.state == UserState::Disabled {
            notes.push(about("tester_disabled", Severity::Error));
        }
        self.notes.insert(Some(Field::Tester), notes);
        let mut learned =
            vec![(Field::TesterUserId, Value::Text(user.id.clone()), Source::Observed)];
        if self.facts().text(Field::Tester).is_none() {
            learned.push((Field::Tester, Value::Text(who), Source::Entered));
        }
        if let Some(assigned) = assigned {
            if assigned != UNASSIGNED {
                self.notes.remove(&Some(Field::TesterAssigned));
            }
            learned.push((
                Field::TesterAssigned,
                Value::Text(assigned.to_owned()),
                Source::Observed,
            ));
        }
        self.tester = Some(user);
        self.learn(learned);
    }

    /// Handles input outside the field of step 6 like input pasted into it. Returns false for anything but a
    /// response or a shared result, which is then read as in any other step.
    pub(super) async fn try_dry_run(&mut self, bytes: impl SuppliedBytes) -> Result<bool, Failure> {
        if self.held.setup.current != Step::DryRun {
            return Ok(false);
        }
        let evidence = off_actor(move || Evidence::read(bytes.as_ref())).await?;
        if evidence.is_something_else() {
            return Ok(false);
        }
        self.record(evidence);
        self.notes.remove(&None);
        self.offers.clear();
        Ok(true)
    }

    /// Runs the dry run on a response, which stays in memory, or records a shared result.
    fn record(&mut self, evidence: Evidence) {
        match evidence {
            Evidence::SharedResult(receipt) => self.record_shared_result(&receipt),
            Evidence::Response(read) => self.judge(*read),
        }
    }

    fn judge(&mut self, read: Result<Response, ResponseError>) {
        let field = Field::DryRun;
        self.notes.remove(&Some(field));
        let response = match read {
            Ok(response) => response,
            Err(refusal) => {
                self.note(Some(field), unread(&refusal));
                return;
            }
        };
        let now = self.now();
        let all = self.all();
        let expected = self.expected(&all);
        let dry_run = dry_run(&response, &expected, now);
        let receipt = SharedResult::of(&dry_run, &expected, now);
        let issued = dry_run.issued;
        self.dry_run = Some((now, dry_run));
        self.keep_verdict(&receipt, issued, self.aws_clock(now), Source::Observed);
    }

    /// Records a result from a tester on another computer. It counts as reported by the tester, and only if
    /// it compared the same values.
    fn record_shared_result(&mut self, receipt: &SharedResult) {
        self.dry_run = None;
        self.notes.remove(&Some(Field::DryRun));
        if receipt.compared == self.expected(&self.all()).digest() {
            self.keep_verdict(receipt, Some(receipt.at), Dated::ByUnknownClock, Source::Declared);
        } else {
            let field = Field::DryRun;
            self.note(
                Some(field),
                Finding::about(field, "dry_run_of_other_values", Severity::Error)
                    .fix(Fix::Again { field }),
            );
        }
    }

    /// Compares AWS's clock with ours, if AWS's responses contain the time.
    fn aws_clock(&self, now: Timestamp) -> Dated {
        let aws = self.aws.connection.as_ref().and_then(Connection::aws_now);
        aws.map_or(Dated::ByUnknownClock, |aws| Dated::ByAws { ahead: aws.duration_since(now) })
    }

    fn keep_verdict(
        &mut self,
        receipt: &SharedResult,
        issued: Option<Timestamp>,
        dated: Dated,
        source: Source,
    ) {
        let verdict = match receipt.verdict {
            RowVerdict::Pass | RowVerdict::Warn => Verdict::Passed,
            RowVerdict::Fail => Verdict::Failed,
            // This proves nothing either way, so the earlier result stands.
            RowVerdict::Unchecked => return,
        };
        let field = Field::DryRun;
        let age = match age(self.facts(), issued, dated, self.now()) {
            Ok(age) => age,
            Err(refused) => {
                self.note(Some(field), *refused);
                return;
            }
        };
        if let Some(remark) = age.remark {
            self.note(Some(field), remark);
        }
        let facts = self.facts();
        let made = test_record::dry_run(facts, verdict, age.at, (receipt.passed, receipt.checks));
        self.learn([(field, made, source)]);
    }

    /// Returns what a correct response contains, as far as it's known.
    pub(super) fn expected(&self, all: &Facts) -> Expected {
        let email = self.tester.as_ref().and_then(|user| user.email.as_deref());
        Expected::of(all, email)
    }

    /// Discards the response. Only the result is kept, as a fact.
    pub(super) fn forget_response(&mut self) {
        self.dry_run = None;
        self.notes.remove(&Some(Field::DryRun));
    }

    async fn sign_in_test(
        &mut self,
        sign_in_test: Field,
        result: SignInTestResult,
        error: Option<Secret>,
    ) -> Result<(), Failure> {
        if !matches!(sign_in_test, Field::TestFromPortal | Field::TestFromNops) {
            return Err(Failure::new("no_setup"));
        }
        self.notes.remove(&Some(sign_in_test));
        let verdict = match result {
            SignInTestResult::Passed => Verdict::Passed,
            SignInTestResult::Failed => Verdict::Failed,
            SignInTestResult::Untried => {
                self.held.setup.facts.forget(sign_in_test);
                self.save();
                return Ok(());
            }
        };
        let proof = test_record::sign_in_test(self.facts(), sign_in_test, verdict);
        self.learn([(sign_in_test, proof, Source::Declared)]);
        if let Some(error) = error {
            // The page's address may contain the request that nOps sent to AWS.
            let text = error.clone();
            let read = move || input::requested(text.expose(), Step::SignInTests);
            let request = off_actor(read).await?;
            if request.notes.is_empty() {
                self.learn(request.learned);
            }
            let all = self.all();
            let read = move || diagnosis::decode(error.expose(), &all, sign_in_test);
            let decoded = off_actor(read).await?;
            self.notes.insert(Some(sign_in_test), decoded);
        }
        Ok(())
    }
}

/// What the user can paste in step 6.
enum Evidence {
    SharedResult(SharedResult),
    Response(Box<Result<Response, ResponseError>>),
}

impl Evidence {
    fn read(bytes: &[u8]) -> Self {
        match std::str::from_utf8(bytes).ok().and_then(SharedResult::find) {
            Some(receipt) => Self::SharedResult(receipt),
            None => Self::Response(Box::new(Response::read(bytes))),
        }
    }

    fn is_something_else(&self) -> bool {
        let Self::Response(read) = self else { return false };
        matches!(
            **read,
            Err(ResponseError::Empty
                | ResponseError::TooLarge
                | ResponseError::Request
                | ResponseError::Metadata
                | ResponseError::WebPage
                | ResponseError::Unknown)
        )
    }
}

/// Returns the user's access to the application: assigned, assigned through a group, or unassigned.
async fn standing(
    connection: &Connection,
    store: &str,
    application: &str,
    user: &User,
) -> Result<&'static str, AwsError> {
    let principals = connection.assignments(application).await?;
    if principals.contains(&Principal::User(user.id.clone())) {
        return Ok(ASSIGNED);
    }
    let groups: Vec<String> = principals
        .into_iter()
        .filter_map(|principal| match principal {
            Principal::Group(id) => Some(id),
            Principal::User(_) => None,
        })
        .collect();
    match connection.is_member(store, &user.id, &groups).await?[..] {
        [] => Ok(UNASSIGNED),
        _ => Ok(THROUGH_GROUP),
    }
}
