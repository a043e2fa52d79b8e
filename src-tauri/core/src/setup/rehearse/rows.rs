//! The rows, one check after the other, and what to do where one is not right.

use jiff::Timestamp;

use super::{Expected, RehearsalRow, RowVerdict};
use crate::{
    saml::response::{Assertion, Claims, Part, Response, Signature},
    setup::{Basis, Copyable, Field, Finding, Fix, Page, Severity, Step},
};

/// The clock skew that python3-saml allows, and so very likely nOps (inferred), in seconds.
const SKEW: i64 = 300;

/// The three attributes nOps reads, with the row of the mappings that brings each.
const ATTRIBUTES: [(&str, &str, u32); 3] = [
    ("user_email", "User.Email", 1),
    ("user_first_name", "User.FirstName", 2),
    ("user_last_name", "User.LastName", 3),
];

const EMAIL_FORMAT: &str = "urn:oasis:names:tc:SAML:1.1:nameid-format:emailAddress";

pub(super) fn rows(
    response: &Response,
    expected: &Expected,
    now: Timestamp,
) -> (Vec<RehearsalRow>, Vec<Finding>) {
    let mut sheet = Sheet::default();
    let verification = response.verify(&expected.certificates);
    let claims = response.unverified();
    // A signed assertion speaks for itself; the envelope around it may not be signed, and then its
    // rows are compared and never believed beyond that.
    let assertion = verification.assertion.or(claims.assertion.as_ref());
    sheet.signature(&verification.signature, expected);
    sheet.status(claims);
    sheet.compared(
        "issuer",
        Field::IdpEntityId,
        expected.issuer.as_deref(),
        assertion
            .and_then(|assertion| assertion.issuer.as_deref())
            .or(claims.envelope.issuer.as_deref()),
        Fix::Go {
            step: Step::Application,
        },
    );
    let acs_fix = || Fix::Copy {
        what: Copyable::Value {
            field: Field::SpAcsUrl,
        },
    };
    sheet.compared(
        "destination",
        Field::AwsAcsUrl,
        expected.acs.as_deref(),
        claims.envelope.destination.as_deref(),
        acs_fix(),
    );
    let Some(assertion) = assertion else {
        sheet.no_assertion(claims);
        return (sheet.rows, sheet.findings);
    };
    let recipient = assertion
        .confirmations
        .iter()
        .find_map(|confirmation| confirmation.recipient.as_deref());
    sheet.compared(
        "recipient",
        Field::AwsAcsUrl,
        expected.acs.as_deref(),
        recipient,
        acs_fix(),
    );
    let audience = assertion
        .audiences
        .iter()
        .flatten()
        .next()
        .map(|audience| audience.as_str());
    sheet.compared(
        "audience",
        Field::AwsAudience,
        expected.entity_id.as_deref(),
        audience,
        Fix::Copy {
            what: Copyable::Value {
                field: Field::SpEntityId,
            },
        },
    );
    sheet.time(assertion, now);
    sheet.subject(assertion, expected);
    for (check, name, row) in ATTRIBUTES {
        sheet.attribute(assertion, check, name, row, expected);
    }
    sheet.others(assertion);
    (sheet.rows, sheet.findings)
}

#[derive(Default)]
struct Sheet {
    rows: Vec<RehearsalRow>,
    findings: Vec<Finding>,
}

impl Sheet {
    fn row(&mut self, check: &str, verdict: RowVerdict, expected: &str, received: &str) {
        self.rows.push(RehearsalRow {
            check: check.to_owned(),
            expected: expected.to_owned(),
            received: received.to_owned(),
            verdict,
            finding: None,
        });
    }

    /// Adds what to do about the row added last.
    fn because(&mut self, finding: Finding) {
        if let Some(row) = self.rows.last_mut() {
            row.finding = Some(finding.code.clone());
        }
        self.findings.push(finding.shown_in(Step::Rehearsal));
    }

    fn signature(&mut self, signature: &Signature, expected: &Expected) {
        let by = expected.certificates.first().map_or_else(
            || "rehearsal-expected-certificate".to_owned(),
            |certificate| certificate.sha256(),
        );
        let about = |code: &str| Finding::about(Field::IdpCertificate, code, Severity::Error);
        match signature {
            Signature::Good { certificate, on } => {
                let on = match on {
                    Part::Response | Part::Both => "rehearsal-received-signed-response",
                    Part::Assertion => "rehearsal-received-signed-assertion",
                };
                let by = expected
                    .certificates
                    .get(*certificate)
                    .map_or(by, |made| made.sha256());
                self.row("signature", RowVerdict::Pass, &by, on);
            }
            Signature::WrongCertificate => {
                self.row(
                    "signature",
                    RowVerdict::Fail,
                    &by,
                    "rehearsal-received-other-certificate",
                );
                self.because(about("rehearsal_certificate").fix(Fix::Go {
                    step: Step::Application,
                }));
            }
            Signature::Altered => {
                self.row(
                    "signature",
                    RowVerdict::Fail,
                    &by,
                    "rehearsal-received-altered",
                );
                self.because(about("rehearsal_altered").fix(again()));
            }
            Signature::Reformatted => {
                self.row(
                    "signature",
                    RowVerdict::Unchecked,
                    &by,
                    "rehearsal-received-reformatted",
                );
                self.because(Finding {
                    severity: Severity::Warning,
                    ..about("rehearsal_reformatted").fix(again())
                });
            }
            Signature::NoCertificate => {
                self.row(
                    "signature",
                    RowVerdict::Unchecked,
                    &by,
                    "rehearsal-received-not-known",
                );
                self.because(Finding {
                    severity: Severity::Warning,
                    ..about("rehearsal_no_certificate").fix(Fix::Go {
                        step: Step::Application,
                    })
                });
            }
            Signature::None => {
                self.row(
                    "signature",
                    RowVerdict::Fail,
                    &by,
                    "rehearsal-received-unsigned",
                );
                self.because(about("rehearsal_unsigned").fix(again()));
            }
            Signature::Refused(reason) => {
                self.row(
                    "signature",
                    RowVerdict::Fail,
                    &by,
                    "rehearsal-received-refused",
                );
                self.because(
                    about("rehearsal_refused")
                        .with("reason", reason.code())
                        .fix(again()),
                );
            }
        }
    }

    fn status(&mut self, claims: &Claims) {
        let status = &claims.envelope.status;
        let shown = status
            .codes
            .last()
            .map_or("", |code| code.rsplit(':').next().unwrap_or(""));
        if status.is_success() {
            self.row("status", RowVerdict::Pass, "Success", shown);
        } else {
            self.row("status", RowVerdict::Fail, "Success", shown);
            let finding = Finding::about(Field::Rehearsal, "rehearsal_status", Severity::Error);
            self.because(finding.received(shown).fix(again()));
        }
    }

    fn no_assertion(&mut self, claims: &Claims) {
        let code = if claims.encrypted > 0 {
            "rehearsal_encrypted"
        } else {
            "rehearsal_no_assertion"
        };
        self.row(
            "assertion",
            RowVerdict::Fail,
            "rehearsal-expected-one",
            "rehearsal-received-none",
        );
        self.because(Finding::about(Field::Rehearsal, code, Severity::Error).fix(again()));
    }

    /// A value that has to be the same, character by character.
    fn compared(
        &mut self,
        check: &str,
        field: Field,
        expected: Option<&str>,
        received: Option<&str>,
        fix: Fix,
    ) {
        let shown = received
            .filter(|text| !text.is_empty())
            .unwrap_or("rehearsal-received-none");
        let Some(expected) = expected else {
            self.row(
                check,
                RowVerdict::Unchecked,
                "rehearsal-received-not-known",
                shown,
            );
            return;
        };
        if received == Some(expected) {
            self.row(check, RowVerdict::Pass, expected, shown);
            return;
        }
        self.row(check, RowVerdict::Fail, expected, shown);
        self.because(
            Finding::about(field, &format!("rehearsal_{check}"), Severity::Error)
                .expected(expected)
                .received(received.unwrap_or_default())
                .fix(fix),
        );
    }

    fn time(&mut self, assertion: &Assertion, now: Timestamp) {
        let starts = assertion.not_before.as_ref().and_then(|instant| instant.at);
        let ends = [assertion.not_on_or_after.as_ref()]
            .into_iter()
            .chain(
                assertion
                    .confirmations
                    .iter()
                    .map(|c| c.not_on_or_after.as_ref()),
            )
            .flatten()
            .filter_map(|instant| instant.at)
            .min();
        let shown = |at: Option<Timestamp>| {
            at.map_or_else(|| "…".to_owned(), |at| at.strftime("%H:%M:%S").to_string())
        };
        let received = format!("{} – {} UTC", shown(starts), shown(ends));
        let early = starts.is_some_and(|starts| now.as_second() + SKEW < starts.as_second());
        let late = ends.is_some_and(|ends| now.as_second() - SKEW >= ends.as_second());
        let verdict = match (early || late, ends) {
            (true, _) => RowVerdict::Fail,
            (false, None) => RowVerdict::Warn,
            (false, Some(_)) => RowVerdict::Pass,
        };
        self.row("time", verdict, "rehearsal-expected-now", &received);
        if early || late {
            let code = if early {
                "rehearsal_too_early"
            } else {
                "rehearsal_too_late"
            };
            self.because(
                Finding::about(Field::Rehearsal, code, Severity::Error)
                    .received(received)
                    .fix(again()),
            );
        }
    }

    fn subject(&mut self, assertion: &Assertion, expected: &Expected) {
        let name = assertion.name_id.as_ref();
        let value = name.map_or("", |name| name.value.as_str());
        let format = name
            .and_then(|name| name.format.as_deref())
            .unwrap_or_default();
        let short_format = format.rsplit(':').next().unwrap_or_default();
        let shown = format!("{}, {short_format}", masked(value));
        let about = |code, severity| {
            Finding::about(Field::AttributeMappings, code, severity).fix(Fix::Copy {
                what: Copyable::MappingValue { row: 0 },
            })
        };
        if value.trim().is_empty() {
            self.row(
                "subject",
                RowVerdict::Fail,
                "rehearsal-expected-subject",
                "rehearsal-received-none",
            );
            self.because(about("rehearsal_subject_empty", Severity::Error));
        } else if is_literal(value) {
            self.row(
                "subject",
                RowVerdict::Fail,
                "rehearsal-expected-subject",
                value,
            );
            self.because(
                about("rehearsal_literal", Severity::Error)
                    .received(value)
                    .with("name", "Subject"),
            );
        } else if !value.contains('@') {
            self.row(
                "subject",
                RowVerdict::Fail,
                "rehearsal-expected-subject",
                &shown,
            );
            self.because(
                about("rehearsal_subject_no_address", Severity::Error).basis(Basis::Inferred),
            );
        } else if format != EMAIL_FORMAT {
            self.row(
                "subject",
                RowVerdict::Warn,
                "rehearsal-expected-subject",
                &shown,
            );
            self.because(
                about("rehearsal_subject_format", Severity::Warning)
                    .expected("emailAddress")
                    .received(short_format)
                    .fix(Fix::Open {
                        page: Page::AwsApplication,
                    })
                    .basis(Basis::Seen),
            );
        } else if expected.subject_is_address
            && expected
                .tester_email
                .as_deref()
                .is_some_and(|email| !email.eq_ignore_ascii_case(value))
        {
            self.row(
                "subject",
                RowVerdict::Warn,
                "rehearsal-expected-subject",
                &shown,
            );
            self.because(about("rehearsal_other_person", Severity::Warning).fix(again()));
        } else {
            self.row(
                "subject",
                RowVerdict::Pass,
                "rehearsal-expected-subject",
                &shown,
            );
        }
    }

    fn attribute(
        &mut self,
        assertion: &Assertion,
        check: &str,
        name: &str,
        row: u32,
        expected: &Expected,
    ) {
        let sent: Vec<_> = assertion
            .attributes
            .iter()
            .filter(|attribute| &*attribute.name == name)
            .collect();
        let copy_name = Fix::Copy {
            what: Copyable::MappingAttribute { row },
        };
        let copy_value = Fix::Copy {
            what: Copyable::MappingValue { row },
        };
        let about = |code| {
            Finding::about(Field::AttributeMappings, code, Severity::Error).with("name", name)
        };
        let once = "rehearsal-expected-once";
        let value = sent
            .first()
            .and_then(|attribute| attribute.values.first())
            .map_or("", |v| v.as_str());
        if sent.is_empty() {
            let near = assertion
                .attributes
                .iter()
                .map(|attribute| attribute.name.as_str())
                .find(|other| is_near(other, name));
            self.row(
                check,
                RowVerdict::Fail,
                once,
                near.unwrap_or("rehearsal-received-none"),
            );
            self.because(match near {
                Some(near) => about("rehearsal_attribute_name")
                    .expected(name)
                    .received(near)
                    .fix(copy_name),
                None => about("rehearsal_attribute_missing")
                    .expected(name)
                    .fix(copy_name),
            });
        } else if sent.len() > 1 {
            self.row(check, RowVerdict::Fail, once, "rehearsal-received-twice");
            self.because(about("rehearsal_attribute_twice").fix(Fix::Open {
                page: Page::AwsApplication,
            }));
        } else if value.trim().is_empty() {
            self.row(check, RowVerdict::Fail, once, "rehearsal-received-empty");
            self.because(about("rehearsal_attribute_empty").fix(copy_value));
        } else if is_literal(value) {
            self.row(check, RowVerdict::Fail, once, value);
            self.because(about("rehearsal_literal").received(value).fix(copy_value));
        } else if check == "user_email" && !value.contains('@') {
            self.row(check, RowVerdict::Fail, once, value);
            self.because(
                about("rehearsal_no_address")
                    .received(value)
                    .fix(copy_value),
            );
        } else if check != "user_email" && value.contains('@') {
            self.row(check, RowVerdict::Warn, once, &masked(value));
            self.because(Finding {
                severity: Severity::Warning,
                ..about("rehearsal_swapped_columns").fix(copy_value)
            });
        } else if check == "user_email"
            && expected
                .tester_email
                .as_deref()
                .is_some_and(|email| !email.eq_ignore_ascii_case(value))
        {
            self.row(check, RowVerdict::Warn, once, &masked(value));
            self.because(Finding {
                severity: Severity::Warning,
                ..about("rehearsal_other_person").fix(again())
            });
        } else if check == "user_email" {
            self.row(check, RowVerdict::Pass, once, &masked(value));
        } else {
            self.row(check, RowVerdict::Pass, once, value);
        }
    }

    /// Attributes that nOps does not read: harmless, unless they repeat a name.
    fn others(&mut self, assertion: &Assertion) {
        let mut seen: Vec<&str> = Vec::new();
        for attribute in &assertion.attributes {
            let name = attribute.name.as_str();
            let known = ATTRIBUTES
                .iter()
                .any(|(_, known, _)| *known == name || is_near(name, known));
            if known {
                continue;
            }
            let about = |code, severity| {
                Finding::about(Field::AttributeMappings, code, severity)
                    .with("name", name)
                    .fix(Fix::Open {
                        page: Page::AwsApplication,
                    })
            };
            if seen.contains(&name) {
                self.row(
                    "attributes",
                    RowVerdict::Fail,
                    "rehearsal-expected-three",
                    name,
                );
                self.because(about("rehearsal_attribute_twice", Severity::Error));
            } else {
                seen.push(name);
                self.row(
                    "attributes",
                    RowVerdict::Warn,
                    "rehearsal-expected-three",
                    name,
                );
                self.because(
                    about("rehearsal_attribute_extra", Severity::Warning).basis(Basis::Seen),
                );
            }
        }
    }
}

fn again() -> Fix {
    Fix::Again {
        field: Field::Rehearsal,
    }
}

/// AWS replaces `${user:…}`; what comes through with braces was not understood.
fn is_literal(value: &str) -> bool {
    value.contains("user:") && value.contains(['{', '(']) || value.contains("${")
}

/// The same name but for case, blanks, or a slip of up to two characters.
fn is_near(other: &str, name: &str) -> bool {
    let plain = |text: &str| text.trim().to_lowercase();
    other != name
        && (plain(other) == plain(name)
            || super::super::rules::distance(&plain(other), &plain(name)) <= 2)
}

/// The first letter and the domain: enough for the tester to know themselves.
fn masked(value: &str) -> String {
    match value.split_once('@') {
        Some((local, domain)) => {
            format!(
                "{}…@{domain}",
                local.chars().next().map(String::from).unwrap_or_default()
            )
        }
        None => value.to_owned(),
    }
}
