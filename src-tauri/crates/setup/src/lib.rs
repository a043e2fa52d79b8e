//! A setup: its facts, and everything that is derived from them. This crate performs no I/O.

pub mod assessment;
pub mod cause;
pub mod checks;
pub mod credentials;
pub mod derive;
pub mod diagnosis;
pub mod drift;
pub mod dry_run;
pub mod enforcement;
pub mod fact;
pub mod field;
pub mod finding;
pub mod handover;
pub mod idp;
pub mod inferred;
pub mod input;
pub mod lane;
pub mod locks;
pub mod mappings;
pub mod pages;
pub mod problems;
pub mod progress;
pub mod rotation;
pub mod rules;
pub mod sp_metadata;
pub mod step;
pub mod template;
pub mod test_record;
pub mod transfers;
pub mod values;

pub use cause::MessageCause;
pub use fact::{
    Fact, FactValue, Facts, LoggedEvent, Mapping, Origin, OriginalSource, RecordedResult, Source,
    Verdict,
};
pub use field::{Field, Side};
pub use finding::{
    CertificateForm, CopyableValue, Finding, FindingItem, Fix, Page, RuleBasis, Severity,
};
pub use step::{Step, StepStatus};
pub use values::ValuesDocument;
