//! Rules about nOps's settings: SSO type, role, groups, and the administrators who keep access.

use identifiers::{EmailAddress, EmailDomain};

use crate::{Facts, Field::*, Finding, Fix, Page, RuleBasis};

pub(super) fn findings(facts: &Facts) -> Vec<Finding> {
    let other_type = facts.non_empty_text(NopsSsoType).filter(|chosen| {
        let lower = chosen.to_lowercase();
        !lower.contains("aws") && !lower.contains("amazon") && *chosen != "not_listed"
    });
    [
        other_type.map(|chosen| {
            Finding::warning(NopsSsoType, "sso_type")
                .with_expected("AWS")
                .with_received(chosen)
                .with_page_to_open(Page::NopsSso)
                .with_basis(RuleBasis::Seen)
        }),
        role(facts),
        partner_role(facts),
        facts.is_true(NopsGroupMapping).then(|| {
            Finding::error(NopsGroupMapping, "group_mapping")
                .with_expected("off")
                .with_received("on")
                .with_page_to_open(Page::NopsSso)
        }),
        facts
            .equals(NopsSaved, "false")
            .then(|| Finding::error(NopsSaved, "nops_not_saved").with_page_to_open(Page::NopsSso)),
        recovery_administrator(facts),
        check_subdomain_members(facts),
    ]
    .into_iter()
    .flatten()
    .collect()
}

fn role(facts: &Facts) -> Option<Finding> {
    let role = facts.text(NopsDefaultRole).filter(|role| role.ends_with("-admin"))?;
    let saved = facts.is_true(NopsSaved);
    let finding = Finding::warning(NopsDefaultRole, "role_admin")
        .with("role", role)
        .with("saved", if saved { "yes" } else { "no" })
        .corrected(&role.replace("-admin", "-member"))
        .with_received(role);
    // After nOps has saved the role, the user must change it in nOps.
    Some(if saved { finding.with_page_to_open(Page::NopsSso) } else { finding })
}

/// Reports a partner portal role, because the nOps addresses in this setup belong to a client
/// organization.
fn partner_role(facts: &Facts) -> Option<Finding> {
    let role = facts.text(NopsDefaultRole)?;
    let client = role.strip_prefix("partner-").map(|rest| format!("client-{rest}"))?;
    Some(
        Finding::warning(NopsDefaultRole, "role_partner")
            .with("role", role)
            .corrected(&client)
            .with_received(role)
            .with_basis(RuleBasis::Seen),
    )
}

/// Checks that the recovery administrator's email address is outside the enforced domain.
fn recovery_administrator(facts: &Facts) -> Option<Finding> {
    let name = facts.non_empty_text(RecoveryAdministrator)?;
    let about =
        |code| Finding::warning(RecoveryAdministrator, code).with_received(name).with_reentry_fix();
    let Ok(address) = name.parse::<EmailAddress>() else {
        return Some(about("recovery_no_address"));
    };
    let domain = domain(facts)?;
    let finding = if *address.domain() == domain {
        about("recovery_in_domain")
    } else if address.domain().is_below(&domain) {
        about("recovery_below_domain")
    } else {
        return None;
    };
    Some(finding.with("domain", domain))
}

/// Reports team members whose address is in a subdomain. nOps doesn't document whether it treats
/// `eu.example.com` like `example.com`.
fn check_subdomain_members(facts: &Facts) -> Option<Finding> {
    let domain = domain(facts)?;
    let below = |member: &&str| {
        member.parse::<EmailAddress>().is_ok_and(|address| address.domain().is_below(&domain))
    };
    let count = facts.text(NopsTeam)?.lines().filter(below).count();
    (count > 0).then(|| {
        Finding::warning(NopsTeam, "team_below_domain")
            .with("count", count)
            .with("domain", domain)
            .with_fix(Fix::Read)
            .with_basis(RuleBasis::Inferred)
    })
}

/// Returns the domain that signs in through AWS. This is the domain in nOps or, if that isn't
/// known, the tester's domain.
pub(crate) fn domain(facts: &Facts) -> Option<EmailDomain> {
    match facts.text(NopsDomain).filter(|domain| !domain.trim().is_empty()) {
        Some(set) => set.parse().ok(),
        None => Some(facts.parsed::<EmailAddress>(Tester)?.domain().clone()),
    }
}
