//! The faults that make a run end, and the error that each causes.

use acceptance::proxy::Fault;
use serde_json::json;

/// A fault that makes the run end.
pub struct FaultCase {
    pub name: &'static str,
    pub fault: fn() -> Fault,
    /// The message key of the error that is shown.
    pub says: &'static str,
    /// Whether the outcome of the change stays unknown.
    pub open: bool,
}

pub const CASES: &[FaultCase] = &[
    FaultCase {
        name: "endless throttling",
        fault: || throttled(0),
        says: "aws-throttled",
        open: false,
    },
    FaultCase {
        name: "internal error in AWS",
        fault: || Fault::Refused {
            status: 500,
            kind: "InternalServerException",
            members: json!({}),
        },
        says: "aws-unavailable",
        open: true,
    },
    FaultCase {
        name: "error page from a proxy",
        fault: || Fault::Page { status: 503 },
        says: "aws-unavailable",
        open: true,
    },
    FaultCase {
        name: "sign-in page of a network",
        fault: || Fault::Page { status: 200 },
        says: "aws-unreadable",
        open: true,
    },
    FaultCase {
        name: "refusal page from a proxy",
        fault: || Fault::Page { status: 403 },
        says: "aws-unreadable",
        open: true,
    },
    FaultCase { name: "no response", fault: || Fault::Silence, says: "aws-timeout", open: true },
    FaultCase {
        name: "connection reset before the request arrives",
        fault: || Fault::LostRequest,
        says: "aws-unreachable",
        open: true,
    },
    FaultCase {
        name: "connection reset after the change",
        fault: || Fault::LostAnswer,
        says: "aws-unreachable",
        open: true,
    },
    FaultCase {
        name: "incomplete response",
        fault: || Fault::HalfAnswer,
        says: "aws-unreadable",
        open: true,
    },
    FaultCase {
        name: "expired keys",
        fault: || Fault::refused("ExpiredTokenException"),
        says: "aws-expired",
        open: false,
    },
    FaultCase {
        name: "revoked keys",
        fault: || Fault::refused("UnrecognizedClientException"),
        says: "aws-bad_credentials",
        open: false,
    },
    FaultCase {
        name: "wrong clock",
        fault: || Fault::Refused {
            status: 400,
            kind: "InvalidSignatureException",
            members: json!({"Message": "Signature expired: 20261124T080000Z is now earlier than 20261124T095500Z"}),
        },
        says: "aws-clock",
        open: false,
    },
    FaultCase {
        name: "missing permission",
        fault: || Fault::refused("AccessDeniedException"),
        says: "aws-denied",
        open: false,
    },
    FaultCase {
        name: "quota reached",
        fault: || Fault::refused("ServiceQuotaExceededException"),
        says: "aws-quota",
        open: false,
    },
];

pub fn throttled(seconds: u32) -> Fault {
    Fault::Refused {
        status: 400,
        kind: "ThrottlingException",
        members: json!({"RetryAfterSeconds": seconds}),
    }
}
