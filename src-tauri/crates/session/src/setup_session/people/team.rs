//! Who has access through AWS, and how *Enforce* affects the nOps team.

use std::collections::HashMap;

use super::{PeopleState, count};
use crate::{
    setup_session::context::SetupContext,
    view::{EmailMismatch, TeamView},
};
use changes::{AttemptState, PlannedChange};
use people::{
    Person, User,
    nops_team::{self, EnforceImpact, ExpectedUser},
};
use setup::{
    Facts, Field, Source,
    enforcement::{EnforcementPeople, Team},
    test_record::{self, ResultState},
};

/// The maximum number of nOps team members that the window lists by name.
const NAMED: usize = 50;

impl PeopleState {
    /// Returns whether AWS showed that the group is assigned to this application, or whether we
    /// assigned the group.
    fn group_is_assigned(&self, cx: &SetupContext) -> bool {
        let Some(application) = cx.facts().text(Field::ApplicationArn) else {
            return false;
        };
        let plan = self.plan.as_ref();
        plan.is_some_and(|plan| plan.application.is_some() && !plan.assigns_group())
            || cx.history.has_assigned_group(application)
    }

    /// Returns whether this person is in the assigned group: AWS showed the membership, we added
    /// the person, or the user confirmed that everyone on the list was added.
    fn is_added(&self, cx: &SetupContext, person: &Person) -> bool {
        let planned = self.plan.as_ref().and_then(|plan| plan.person(&person.key));
        let is_member = planned.is_some_and(|planned| planned.member == PlannedChange::Keep)
            || cx.history.person_state(&person.key).member == Some(AttemptState::Done);
        cx.facts().is_true(Field::PeopleAdded) || (is_member && self.group_is_assigned(cx))
    }

    /// Returns the data about people for *Ready to enforce*.
    pub(crate) fn roster(&self, cx: &SetupContext, tester: Option<&User>) -> EnforcementPeople {
        let rows = cx.held.setup.people.rows();
        EnforcementPeople {
            addresses: rows.iter().map(|person| person.email.clone()).collect(),
            listed: count(rows.len()),
            added: count(rows.iter().filter(|person| self.is_added(cx, person)).count()),
            team: self.team_counts(cx, tester),
        }
    }

    /// Returns everyone known to have access through AWS: people on the list who were added,
    /// members of the assigned group, and the tester. Each user has the email address that AWS
    /// sends.
    fn expected_users(&self, cx: &SetupContext, tester: Option<&User>) -> Vec<ExpectedUser> {
        let known: HashMap<&str, &User> =
            self.users.iter().map(|user| (user.id.as_str(), user)).collect();
        let of = |user: &User| ExpectedUser {
            user_name: user.user_name.clone(),
            email: user.email.clone().unwrap_or_default(),
        };
        let plan = self.plan.as_ref();
        let listed = cx.held.setup.people.rows().iter().filter_map(|person| {
            let planned = plan.and_then(|plan| plan.person(&person.key));
            if !self.is_added(cx, person) {
                return None;
            }
            let user = planned.and_then(|planned| known.get(planned.user_id.as_deref()?));
            Some(user.map_or_else(
                || ExpectedUser {
                    user_name: person.user_name.clone(),
                    email: person.email.clone(),
                },
                |user| of(user),
            ))
        });
        let group: &[_] = if self.group_is_assigned(cx) { &self.members } else { &[] };
        let members = group.iter();
        let members = members.filter_map(|member| known.get(member.user_id.as_deref()?));
        let tester = tester_has_access(cx.facts()).then(|| match tester {
            Some(user) => Some(of(user)),
            None => cx.facts().text(Field::Tester).map(|name| ExpectedUser {
                user_name: name.to_owned(),
                email: if name.contains('@') { name.to_owned() } else { String::new() },
            }),
        });
        listed.chain(members.map(|user| of(user))).chain(tester.flatten()).collect()
    }

    /// Returns the nOps team's members, each with the effect of *Enforce*. Returns `None` until the
    /// user pastes the team.
    fn enforce_impacts(
        &self,
        cx: &SetupContext,
        tester: Option<&User>,
    ) -> Option<Vec<(String, EnforceImpact)>> {
        let pasted = cx.facts().text(Field::NopsTeam)?;
        let members: Vec<String> = pasted.lines().map(str::to_owned).collect();
        let domain = cx.facts().text(Field::NopsDomain).and_then(|domain| domain.parse().ok());
        Some(nops_team::enforce_impacts(
            &members,
            &self.expected_users(cx, tester),
            domain.as_ref(),
        ))
    }

    /// Returns the nOps team's counts for *Ready to enforce*.
    fn team_counts(&self, cx: &SetupContext, tester: Option<&User>) -> Option<Team> {
        let enforce_impacts = self.enforce_impacts(cx, tester)?;
        let number = |wanted: &EnforceImpact| {
            count(enforce_impacts.iter().filter(|(_, fate)| fate == wanted).count())
        };
        Some(Team {
            members: count(enforce_impacts.len()),
            locked_out: number(&EnforceImpact::LockedOut),
            domain_unknown: number(&EnforceImpact::DomainUnknown),
        })
    }

    pub(super) fn team(&self, cx: &SetupContext, tester: Option<&User>) -> Option<TeamView> {
        let enforce_impacts = self.enforce_impacts(cx, tester)?;
        let number = |wanted: &EnforceImpact| {
            count(enforce_impacts.iter().filter(|(_, fate)| fate == wanted).count())
        };
        let locked_out =
            enforce_impacts.iter().filter(|(_, fate)| *fate == EnforceImpact::LockedOut);
        let differing: Vec<EmailMismatch> = enforce_impacts
            .iter()
            .filter_map(|(member, fate)| {
                let EnforceImpact::Differs { sent } = fate else { return None };
                Some(EmailMismatch { nops: member.clone(), aws: sent.clone() })
            })
            .collect();
        Some(TeamView {
            members: count(enforce_impacts.len()),
            with_access: number(&EnforceImpact::SignsIn),
            outside: number(&EnforceImpact::Outside),
            locked_out: number(&EnforceImpact::LockedOut),
            domain_unknown: number(&EnforceImpact::DomainUnknown),
            who: locked_out.take(NAMED).map(|(member, _)| member.clone()).collect(),
            differ: count(differing.len()),
            differing: differing.into_iter().take(NAMED).collect(),
        })
    }
}

/// Returns whether the tester signs in through AWS: AWS lists the assignment, or the user confirmed
/// it and both sign-in tests passed.
fn tester_has_access(facts: &Facts) -> bool {
    let Some(assigned) = facts.get(Field::TesterAssigned) else {
        return false;
    };
    let is_fresh = |test| test_record::result_state(facts, test) == ResultState::Fresh;
    facts.text(Field::TesterAssigned).is_some_and(|how| how != "unassigned")
        && (assigned.source == Source::Observed
            || [Field::TestFromPortal, Field::TestFromNops].into_iter().all(is_fresh))
}
