//! Rules about nOps's settings: type, role, groups, and administrators who keep access.

use identifiers::{EmailAddress, EmailDomain};

use super::super::{Basis, Facts, Field, Finding, Fix, Page, Severity};

pub(super) fn findings(facts: &Facts) -> Vec<Finding> {
    let mut found = Vec::new();
    let open = Fix::Open { page: Page::NopsSso };
    if let Some(chosen) = facts.text(Field::NopsSsoType)
        && !chosen.is_empty()
        && !chosen.to_lowercase().contains("aws")
        && !chosen.to_lowercase().contains("amazon")
        && chosen != "not_listed"
    {
        found.push(
            Finding::about(Field::NopsSsoType, "sso_type", Severity::Warning)
                .expected("AWS")
                .received(chosen)
                .fix(open.clone())
                .basis(Basis::Seen),
        );
    }
    if let Some(role) = facts.text(Field::NopsDefaultRole)
        && role.ends_with("-admin")
    {
        let field = Field::NopsDefaultRole;
        let member = role.replace("-admin", "-member");
        // After nOps saved it, the role has to be changed in nOps.
        let fix = match facts.says(Field::NopsSaved) {
            true => open.clone(),
            false => Fix::UseValue { field, value: member.clone() },
        };
        found.push(
            Finding::about(field, "role_admin", Severity::Warning)
                .with("role", role)
                .with("saved", if facts.says(Field::NopsSaved) { "yes" } else { "no" })
                .expected(member)
                .received(role)
                .fix(fix),
        );
    }
    if facts.says(Field::NopsGroupMapping) {
        found.push(
            Finding::about(Field::NopsGroupMapping, "group_mapping", Severity::Error)
                .expected("off")
                .received("on")
                .fix(open.clone()),
        );
    }
    if facts.text(Field::NopsSaved) == Some("false") {
        found.push(
            Finding::about(Field::NopsSaved, "nops_not_saved", Severity::Error).fix(open.clone()),
        );
    }
    found.extend(recovery(facts));
    found.extend(team_below(facts));
    found
}

/// Requires that the recovery administrator is an email address outside the enforced domain.
fn recovery(facts: &Facts) -> Option<Finding> {
    let field = Field::RecoveryAdministrator;
    let name = facts.text(field)?;
    if name.is_empty() {
        return None;
    }
    let Ok(address) = name.parse::<EmailAddress>() else {
        return Some(
            Finding::about(field, "recovery_no_address", Severity::Warning)
                .received(name)
                .fix(Fix::Again { field }),
        );
    };
    let domain = domain(facts)?;
    let code = if *address.domain() == domain {
        "recovery_in_domain"
    } else if address.domain().is_below(&domain) {
        "recovery_below_domain"
    } else {
        return None;
    };
    Some(
        Finding::about(field, code, Severity::Warning)
            .received(name)
            .with("domain", domain.to_string())
            .fix(Fix::Again { field }),
    )
}

/// Reports team members of a subdomain. It isn't documented whether nOps counts `eu.example.com` as
/// `example.com`.
fn team_below(facts: &Facts) -> Option<Finding> {
    let domain = domain(facts)?;
    let below = |member: &&str| {
        member.parse::<EmailAddress>().is_ok_and(|address| address.domain().is_below(&domain))
    };
    match facts.text(Field::NopsTeam)?.lines().filter(below).count() {
        0 => None,
        count => Some(
            Finding::about(Field::NopsTeam, "team_below_domain", Severity::Warning)
                .with("count", count.to_string())
                .with("domain", domain.to_string())
                .fix(Fix::Read)
                .basis(Basis::Inferred),
        ),
    }
}

/// Returns the domain that signs in through AWS: nOps's, or else the tester's.
pub(crate) fn domain(facts: &Facts) -> Option<EmailDomain> {
    let set = facts.text(Field::NopsDomain).filter(|domain| !domain.trim().is_empty());
    match set {
        Some(set) => set.parse().ok(),
        None => Some(facts.text(Field::Tester)?.parse::<EmailAddress>().ok()?.domain().clone()),
    }
}
