//! Step 6: the tester and the dry run.

use std::sync::Arc;

use jiff::{SignedDuration, Timestamp};

use super::{
    connection::build_error_finding,
    context::{Changes, SetupContext},
    people::build_stop_finding,
};
use crate::{
    Failure,
    action::DryRunAction,
    blocking::{SuppliedBytes, on_parser_thread},
    jobs::{JobKind, JobOutcome, TesterOutcome},
    view::RowVerdict,
};
use changes::{self, AssignmentRequest};
use identity_center::{AwsError, Connection, Principal};
use people::{User, UserState};
use saml::recording::Recording;
use setup::{
    FactValue, Facts, Field, Finding, Fix, Page, Severity, Source, Step, Verdict,
    dry_run::{
        DryRun, ExpectedValues, RecordedResponse, RecordingCheck, SharedResult, TimeSource, age,
        check_recording,
    },
    rotation, test_record,
};

/// The values of [`Field::TesterAssigned`].
const ASSIGNED: &str = "assigned";
const THROUGH_GROUP: &str = "through_group";
const UNASSIGNED: &str = "unassigned";

/// The tester and the last dry run.
#[derive(Default)]
pub(crate) struct DryRunState {
    pub(crate) checked: Option<CheckedResponse>,
    pub(crate) tester: Option<User>,
    /// AWS denied the request for the tester's assignment.
    pub(crate) tester_denied: bool,
}

/// Where a recorded result comes from.
struct ResponseOrigin {
    /// When AWS issued the response.
    issued: Option<Timestamp>,
    /// SHA-256 (hex) of the response's ID.
    id_digest: Option<String>,
    /// The user pasted the response alone, as *Copy XML* shows it.
    is_copied: bool,
    /// The certificate that signed the response (SHA-256).
    signer: Option<String>,
}

/// A response, which stays in memory, and its dry run.
pub(crate) struct CheckedResponse {
    pub(crate) pasted: Timestamp,
    pub(crate) dry_run: DryRun,
    /// The values that the response was compared with.
    pub(crate) expected: ExpectedValues,
    response: Arc<RecordedResponse>,
    /// Notes about the recording that contained the response.
    notes: Vec<Finding>,
}

impl DryRunState {
    pub(super) async fn act(
        &mut self,
        cx: &mut SetupContext,
        action: DryRunAction,
    ) -> Result<(), Failure> {
        match action {
            DryRunAction::ChooseTester { who } => self.choose_tester(cx, who.trim().to_owned()),
            DryRunAction::AssignTester => self.assign_tester(cx, true),
            DryRunAction::UnassignTester => self.assign_tester(cx, false),
            DryRunAction::DryRun { response } => {
                let input = self.parse_input(cx, response).await?;
                self.record(cx, input);
                Ok(())
            }
            DryRunAction::ForgetResponse => {
                self.forget_response(cx);
                Ok(())
            }
        }
    }

    pub(super) fn choose_tester(
        &mut self,
        cx: &mut SetupContext,
        who: String,
    ) -> Result<(), Failure> {
        if who.is_empty() {
            return Err(Failure::new("no_tester"));
        }
        // The lookup can't run while another job does.
        cx.must_be_idle()?;
        cx.notes.remove(&Some(Field::Tester));
        if cx.identity_store().is_err() {
            // AWS allows no spaces in user names, so this is a display name.
            if who.contains(char::is_whitespace) {
                let field = Field::Tester;
                let finding = Finding::about(field, "tester_not_user_name", Severity::Error);
                cx.add_note(Some(field), finding.with("who", who).with_fix(Fix::Again { field }));
                return Ok(());
            }
            self.forget_tester(cx);
            cx.record_facts([(Field::Tester, FactValue::Text(who), Source::Entered)]);
            return Ok(());
        }
        // AWS can tell whether this user exists, so the current tester is replaced only after the
        // lookup.
        self.look_up_tester(cx, who, true)
    }

    fn forget_tester(&mut self, cx: &mut SetupContext) {
        self.tester = None;
        self.tester_denied = false;
        cx.remove_facts([
            Field::Tester,
            Field::TesterUserId,
            Field::TesterAssigned,
            Field::TesterPassword,
        ]);
    }

    /// Looks up the tester again. Does nothing without a connection.
    pub(super) fn refresh_tester(&mut self, cx: &mut SetupContext) {
        if let Some(who) = cx.facts().text(Field::Tester).map(str::to_owned) {
            // The lookup is skipped while another job runs.
            let _busy = self.look_up_tester(cx, who, false);
        }
    }

    fn look_up_tester(
        &mut self,
        cx: &mut SetupContext,
        who: String,
        chosen: bool,
    ) -> Result<(), Failure> {
        let Ok((connection, store)) = cx.identity_store() else {
            return Ok(());
        };
        let application = cx.facts().text(Field::ApplicationArn).map(str::to_owned);
        cx.start(JobKind::FindTester, move |_, _| async move {
            let found = async {
                let Some(user) = connection.find_user(&store, &who).await? else {
                    return Ok(None);
                };
                // If AWS denies this request, the user can continue. Only the check that needs the
                // assignment is skipped.
                let assigned = match &application {
                    Some(application) => {
                        find_tester_access(&connection, &store, application, &user).await.map(Some)
                    }
                    None => Ok(None),
                };
                Ok(Some(Box::new((user, assigned))))
            };
            let found = found.await;
            JobOutcome::Tester(TesterOutcome::Found { who, chosen, found })
        })
    }

    fn assign_tester(&mut self, cx: &mut SetupContext, assign: bool) -> Result<(), Failure> {
        let application = cx
            .facts()
            .text(Field::ApplicationArn)
            .ok_or_else(|| Failure::new("no_application"))?
            .to_owned();
        let user = cx
            .facts()
            .text(Field::TesterUserId)
            .ok_or_else(|| Failure::new("no_tester"))?
            .to_owned();
        let name = match &self.tester {
            Some(tester) => tester.user_name.clone(),
            None => user.clone(),
        };
        let tester = AssignmentRequest { application, principal: Principal::User(user), name };
        cx.start_changes(JobKind::AssignTester, move |run, _| async move {
            let Changes { connection, history, clock, .. } = run;
            let done = match assign {
                true => changes::assign(tester, &connection, &history, &*clock).await,
                false => changes::unassign(tester, &connection, &history, &*clock).await,
            };
            JobOutcome::Tester(TesterOutcome::Assigned(done.map(|()| assign)))
        })
    }

    pub(super) fn handle_tester_outcome(&mut self, cx: &mut SetupContext, outcome: TesterOutcome) {
        match outcome {
            // The tester has changed in the meantime.
            TesterOutcome::Found { who, chosen: false, .. }
                if cx.facts().text(Field::Tester) != Some(who.as_str()) => {}
            TesterOutcome::Found { who, chosen, found: Ok(Some(found)) } => {
                let (user, assigned) = *found;
                if chosen {
                    self.forget_tester(cx);
                }
                self.tester_denied = assigned.as_ref().is_err_and(AwsError::is_denied);
                self.tester_found(cx, who, user, assigned.ok().flatten());
            }
            TesterOutcome::Found { who, chosen, found: Ok(None) } => {
                if !chosen {
                    self.forget_tester(cx);
                }
                cx.add_note(
                    Some(Field::Tester),
                    Finding::about(Field::Tester, "tester_not_found", Severity::Error)
                        .with("who", who)
                        .with_fix(Fix::Again { field: Field::Tester }),
                );
            }
            TesterOutcome::Found { who, chosen, found: Err(error) } => {
                if chosen {
                    self.forget_tester(cx);
                }
                cx.record_facts([(Field::Tester, FactValue::Text(who), Source::Entered)]);
                let finding =
                    build_error_finding("connection_failed", &error).with_step(Step::DryRun);
                cx.add_note(Some(Field::Tester), finding);
            }
            TesterOutcome::Assigned(Ok(assigned)) => {
                cx.notes.remove(&Some(Field::TesterAssigned));
                let value = if assigned { ASSIGNED } else { UNASSIGNED };
                let value = FactValue::Text(value.to_owned());
                cx.record_facts([(Field::TesterAssigned, value, Source::Observed)]);
            }
            TesterOutcome::Assigned(Err(error)) => {
                let finding = build_stop_finding(Field::AwsCaller, "assignment_refused", &error)
                    .with_fix(Fix::Open { page: Page::AwsApplication })
                    .with_step(Step::DryRun);
                cx.add_note(Some(Field::TesterAssigned), finding);
            }
        }
    }

    fn tester_found(
        &mut self,
        cx: &mut SetupContext,
        who: String,
        user: User,
        assigned: Option<&'static str>,
    ) {
        let about = |code, severity| {
            Finding::about(Field::Tester, code, severity)
                .with_fix(Fix::Open { page: Page::AwsUser { user_id: user.id.clone() } })
        };
        let mut notes = Vec::new();
        if user.email.is_none() {
            notes.push(about("tester_no_email", Severity::Error));
        }
        if user.state == UserState::Disabled {
            notes.push(about("tester_disabled", Severity::Error));
        }
        cx.notes.insert(Some(Field::Tester), notes);
        let mut learned =
            vec![(Field::TesterUserId, FactValue::Text(user.id.clone()), Source::Observed)];
        if cx.facts().text(Field::Tester).is_none() {
            learned.push((Field::Tester, FactValue::Text(who), Source::Entered));
        }
        if let Some(assigned) = assigned {
            if assigned != UNASSIGNED {
                cx.notes.remove(&Some(Field::TesterAssigned));
            }
            learned.push((
                Field::TesterAssigned,
                FactValue::Text(assigned.to_owned()),
                Source::Observed,
            ));
        }
        self.tester = Some(user);
        cx.record_facts(learned);
    }

    /// Records a response or a shared result. Returns false for anything else.
    pub(super) async fn try_dry_run_input(
        &mut self,
        cx: &mut SetupContext,
        bytes: impl SuppliedBytes,
    ) -> Result<bool, Failure> {
        let input = self.parse_input(cx, bytes).await?;
        if !input.is_about_response() {
            return Ok(false);
        }
        self.record(cx, input);
        Ok(true)
    }

    async fn parse_input(
        &self,
        cx: &SetupContext,
        bytes: impl SuppliedBytes,
    ) -> Result<DryRunInput, Failure> {
        let (expected, now) = (self.expected_values(&cx.all_facts()), cx.now());
        on_parser_thread(move || DryRunInput::parse(bytes.as_ref(), expected, now)).await
    }

    /// Records the dry run of a response, which stays in memory, or a shared result.
    fn record(&mut self, cx: &mut SetupContext, input: DryRunInput) {
        match input {
            DryRunInput::SharedResult(receipt) => self.record_shared_result(cx, &receipt),
            DryRunInput::Recording(checked) => self.check_recording(cx, *checked),
        }
    }

    fn check_recording(
        &mut self,
        cx: &mut SetupContext,
        (check, expected): (RecordingCheck, ExpectedValues),
    ) {
        let field = Field::DryRun;
        cx.notes.insert(Some(field), check.notes.clone());
        cx.record_facts(requested(check.learned));
        let Some((response, dry_run)) = check.checked else { return };
        let repeated = setup::dry_run::find_repeated_failure(cx.facts(), &dry_run);
        let checked = CheckedResponse {
            pasted: cx.now(),
            dry_run,
            expected,
            response: Arc::new(response),
            notes: check.notes,
        };
        let clock = self.aws_clock(cx, cx.now());
        let signer = checked.dry_run.signer.clone();
        self.store_checked_response(cx, checked, clock, signer);
        let notes = cx.notes.entry(Some(field)).or_default();
        if notes.iter().all(|note| note.severity == Severity::Info) {
            notes.extend(repeated);
        }
    }

    /// Checks the response in memory again if a value that it was compared with has changed.
    /// Discards the response if that takes too long.
    pub(super) async fn recheck_response(&mut self, cx: &mut SetupContext) {
        let expected = self.expected_values(&cx.all_facts());
        let Some(checked) = self.checked.take_if(|checked| checked.expected != expected) else {
            return;
        };
        let (response, pasted) = (Arc::clone(&checked.response), checked.pasted);
        let check = move || (response.dry_run(&expected, pasted), expected);
        cx.notes.remove(&Some(Field::DryRun));
        let Ok((dry_run, expected)) = on_parser_thread(check).await else { return };
        cx.notes.insert(Some(Field::DryRun), checked.notes.clone());
        let checked = CheckedResponse { dry_run, expected, ..checked };
        let recorded = cx.facts().recorded_result(Field::DryRun);
        let is_before_change = recorded.is_some_and(|recorded| {
            recorded.depends_on != test_record::dependency_digest(cx.facts(), Field::DryRun)
        });
        let clock = if is_before_change {
            TimeSource::BeforeChange
        } else {
            // The response was pasted earlier, so there is no tolerance.
            match self.aws_clock(cx, cx.now()) {
                TimeSource::ByUnknownClock => TimeSource::ByAws { ahead: SignedDuration::ZERO },
                known @ (TimeSource::ByAws { .. } | TimeSource::BeforeChange) => known,
            }
        };
        // The response doesn't show what AWS signs with now.
        self.store_checked_response(cx, checked, clock, None);
        // The assessment already reports that a passed result is outdated.
        if cx
            .facts()
            .recorded_result(Field::DryRun)
            .is_some_and(|result| result.verdict == Verdict::Passed)
        {
            let notes = cx.notes.entry(Some(Field::DryRun)).or_default();
            notes.retain(|note| note.code != "dry_run_older");
        }
    }

    fn store_checked_response(
        &mut self,
        cx: &mut SetupContext,
        checked: CheckedResponse,
        clock: TimeSource,
        signer: Option<String>,
    ) {
        let CheckedResponse { pasted, dry_run, expected, .. } = &checked;
        let receipt = SharedResult::from_dry_run(dry_run, expected, *pasted);
        let origin = ResponseOrigin {
            issued: dry_run.issued,
            id_digest: dry_run.response.clone(),
            is_copied: checked.response.is_alone(),
            signer,
        };
        self.checked = Some(checked);
        self.store_result(cx, &receipt, origin, clock, Source::Observed);
    }

    /// Records a result from a tester on another computer. The result is recorded as reported by
    /// the tester, and only if the tester's app compared the same values.
    fn record_shared_result(&mut self, cx: &mut SetupContext, receipt: &SharedResult) {
        self.forget_response(cx);
        if receipt.compared == self.expected_values(&cx.all_facts()).digest() {
            self.store_result(
                cx,
                receipt,
                ResponseOrigin {
                    issued: Some(receipt.at),
                    id_digest: None,
                    is_copied: false,
                    signer: None,
                },
                TimeSource::ByUnknownClock,
                Source::Declared,
            );
        } else {
            let field = Field::DryRun;
            cx.add_note(
                Some(field),
                Finding::about(field, "dry_run_of_other_values", Severity::Error)
                    .with_fix(Fix::Again { field }),
            );
        }
    }

    /// Compares AWS's clock with this computer's clock, if AWS's responses contain the time.
    fn aws_clock(&self, cx: &SetupContext, now: Timestamp) -> TimeSource {
        let aws = cx.connection.as_ref().and_then(Connection::aws_now);
        aws.map_or(TimeSource::ByUnknownClock, |aws| TimeSource::ByAws {
            ahead: aws.duration_since(now),
        })
    }

    fn store_result(
        &mut self,
        cx: &mut SetupContext,
        receipt: &SharedResult,
        origin: ResponseOrigin,
        dated: TimeSource,
        source: Source,
    ) {
        let verdict = match receipt.verdict {
            RowVerdict::Pass | RowVerdict::Warn => Verdict::Passed,
            RowVerdict::Fail => Verdict::Failed,
            // An unchecked response proves nothing, so keep the earlier result.
            RowVerdict::Unchecked => return,
        };
        let field = Field::DryRun;
        let age = match age(cx.facts(), origin.issued, dated, cx.now()) {
            Ok(age) => age,
            Err(finding) => {
                cx.add_note(Some(field), *finding);
                return;
            }
        };
        if let Some(remark) = age.remark {
            cx.add_note(Some(field), remark);
        }
        let signer = origin.signer.and_then(|signer| rotation::signer(cx.facts(), &signer));
        cx.record_facts(signer);
        let facts = cx.facts();
        let counts = (receipt.passed, receipt.checks);
        let mut made = test_record::dry_run(facts, verdict, age.at, counts, origin.id_digest);
        if let FactValue::Result(result) = &mut made {
            result.copied = origin.is_copied;
        }
        cx.record_facts([(field, made, source)]);
    }

    /// Returns the values that a correct response contains, as far as they're known.
    pub(super) fn expected_values(&self, all: &Facts) -> ExpectedValues {
        let email = self.tester.as_ref().and_then(|user| user.email.as_deref());
        ExpectedValues::from_facts(all, email)
    }

    /// Discards the response. Only the result is kept, as a fact.
    pub(super) fn forget_response(&mut self, cx: &mut SetupContext) {
        self.checked = None;
        cx.notes.remove(&Some(Field::DryRun));
    }
}

/// Returns the values that nOps requested, marked as entered.
pub(super) fn requested(
    learned: Vec<(Field, FactValue)>,
) -> impl Iterator<Item = (Field, FactValue, Source)> {
    learned.into_iter().map(|(field, value)| (field, value, Source::Entered))
}

/// Input that the user can paste in step 6.
enum DryRunInput {
    SharedResult(SharedResult),
    /// The check of a recording, and the values that it was compared with.
    Recording(Box<(RecordingCheck, ExpectedValues)>),
}

impl DryRunInput {
    fn parse(bytes: &[u8], expected: ExpectedValues, now: Timestamp) -> Self {
        match std::str::from_utf8(bytes).ok().and_then(SharedResult::find) {
            Some(receipt) => Self::SharedResult(receipt),
            None => {
                let recording = Recording::read(bytes);
                let check = check_recording(&recording, &expected, now);
                Self::Recording(Box::new((check, expected)))
            }
        }
    }

    fn is_about_response(&self) -> bool {
        match self {
            Self::SharedResult(_) => true,
            Self::Recording(checked) => checked.0.is_about_response,
        }
    }
}

/// Returns the user's access to the application: assigned, assigned through a group, or unassigned.
async fn find_tester_access(
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
