//! nOps's own settings: type, role, groups, domain, Enforce, and who can still get in.

use crate::names::EmailAddress;

use super::super::{Basis, Facts, Field, Finding, Fix, Page, Severity, Step, gate::gate};

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
        found.push(
            Finding::about(Field::NopsDefaultRole, "role_admin", Severity::Warning)
                .with("role", role)
                .expected(role.replace("-admin", "-member"))
                .received(role)
                .fix(Fix::UseValue {
                    field: Field::NopsDefaultRole,
                    value: role.replace("-admin", "-member"),
                }),
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
    found.extend(enforce(facts));
    found
}

/// The recovery administrator is somebody, and stands outside the domain that Enforce shuts.
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
    address.domain().eq_ignore_ascii_case(domain.as_str()).then(|| {
        Finding::about(field, "recovery_in_domain", Severity::Warning)
            .received(name)
            .with("domain", domain)
            .fix(Fix::Again { field })
    })
}

/// The domain that signs in through AWS: nOps's, else the tester's.
pub(in crate::setup) fn domain(facts: &Facts) -> Option<String> {
    let set = facts.text(Field::NopsDomain).filter(|domain| !domain.is_empty());
    let tester = || {
        let address: EmailAddress = facts.text(Field::Tester)?.parse().ok()?;
        Some(address.domain().to_owned())
    };
    set.map(|domain| domain.trim_start_matches('@').to_lowercase()).or_else(tester)
}

/// Enforce is on although the gate is shut.
fn enforce(facts: &Facts) -> Option<Finding> {
    let early = facts.says(Field::NopsEnforce) && !gate(facts, &[], None).open;
    early.then(|| {
        Finding::about(Field::NopsEnforce, "enforce_early", Severity::Error)
            .expected("off")
            .received("on")
            .fix(Fix::Open { page: Page::NopsSso })
            .shown_in(Step::Finish)
    })
}
