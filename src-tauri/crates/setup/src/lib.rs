//! A setup: its facts, and everything that is derived from them. This crate performs no I/O.

pub mod assessment;
pub mod cause;
pub mod checks;
pub mod credentials;
pub mod derive;
pub mod diagnosis;
pub mod dry_run;
pub mod enforcement;
pub mod fact;
pub mod field;
pub mod finding;
pub mod idp;
pub mod input;
pub mod locks;
pub mod mappings;
pub mod pages;
pub mod problems;
pub mod progress;
pub mod rules;
pub mod sp_metadata;
pub mod step;
pub mod test_record;
pub mod transfers;
pub mod values;

pub use cause::Cause;
pub use fact::{Fact, Facts, LoggedEvent, Mapping, RecordedResult, Source, Value, Verdict};
pub use field::{Field, Side};
pub use finding::{Basis, CertificateForm, Copyable, Finding, Fix, Item, Page, Severity};
pub use step::{Step, StepStatus};
pub use values::Values;
