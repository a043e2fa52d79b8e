//! Tests of whole workflows that use the public API and practice mode, and rules that apply to the
//! whole source tree.
//!
//! All tests are in one program, because linking a program for each file would take longer than
//! running the tests.

mod consultant;
mod disconnect;
mod dry_run;
mod event_history;
mod evidence;
mod faults;
mod fewest_calls;
mod finished_setup;
mod former_members;
mod handover;
mod history;
mod house;
mod inputs;
mod journey;
mod keychain;
mod labels;
mod lists;
mod mistakes;
mod model;
mod network;
mod nops_check;
mod permissions;
mod practice_repair;
mod readers;
mod recheck;
mod recordings;
mod regions;
mod repair;
mod rotation;
mod sign_in;
mod support;
mod switches;
mod team;
mod undo;
mod values;
mod words;
