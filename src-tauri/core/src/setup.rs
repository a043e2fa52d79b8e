//! A set-up: its facts, and everything that follows from them. Pure.

pub mod fact;
pub mod field;
pub mod finding;
pub mod step;
pub mod values;

pub use fact::{Fact, Facts, Mapping, Proof, Source, Value, Verdict};
pub use field::{Field, Side};
pub use finding::{Basis, Copyable, Finding, Fix, Page, Severity};
pub use step::{Step, StepStatus};
pub use values::Values;
