//! Rules about nOps's settings: SSO type, role, groups, and the administrators who keep access.

use identifiers::{EmailAddress, EmailDomain};

use crate::{Basis, Facts, Field::*, Finding, Fix, Page};

pub(super) fn findings(facts: &Facts) -> Vec<Finding> {
    let other_type = facts.known(NopsSsoType).filter(|chosen| {
        let lower = chosen.to_lowercase();
        !lower.contains("aws") && !lower.contains("amazon") && *chosen != "not_listed"
    });
    [
        other_type.map(|chosen| {
            Finding::warning(NopsSsoType, "sso_type")
                .expected("AWS")
                .received(chosen)
                .open(Page::NopsSso)
                .basis(Basis::Seen)
        }),
        role(facts),
        partner_role(facts),
        facts.is_true(NopsGroupMapping).then(|| {
            Finding::error(NopsGroupMapping, "group_mapping")
                .expected("off")
                .received("on")
                .open(Page::NopsSso)
        }),
        facts
            .is(NopsSaved, "false")
            .then(|| Finding::error(NopsSaved, "nops_not_saved").open(Page::NopsSso)),
        recovery_administrator(facts),
        team_below(facts),
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
        .received(role);
    // After nOps has saved the role, the user must change it in nOps.
    Some(if saved { finding.open(Page::NopsSso) } else { finding })
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
            .received(role)
            .basis(Basis::Seen),
    )
}

/// Checks that the recovery administrator's email address is outside the enforced domain.
fn recovery_administrator(facts: &Facts) -> Option<Finding> {
    let name = facts.known(RecoveryAdministrator)?;
    let about = |code| Finding::warning(RecoveryAdministrator, code).received(name).ask_again();
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
fn team_below(facts: &Facts) -> Option<Finding> {
    let domain = domain(facts)?;
    let below = |member: &&str| {
        member.parse::<EmailAddress>().is_ok_and(|address| address.domain().is_below(&domain))
    };
    let count = facts.text(NopsTeam)?.lines().filter(below).count();
    (count > 0).then(|| {
        Finding::warning(NopsTeam, "team_below_domain")
            .with("count", count)
            .with("domain", domain)
            .fix(Fix::Read)
            .basis(Basis::Inferred)
    })
}

/// Returns the domain that signs in through AWS. This is the domain in nOps, or the tester's domain
/// if that isn't known.
pub(crate) fn domain(facts: &Facts) -> Option<EmailDomain> {
    match facts.text(NopsDomain).filter(|domain| !domain.trim().is_empty()) {
        Some(set) => set.parse().ok(),
        None => Some(facts.parsed::<EmailAddress>(Tester)?.domain().clone()),
    }
}
