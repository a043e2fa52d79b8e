//! Journeys through the public surface against practice mode, and rules for the whole tree.
//!
//! They are one program, because linking one for each file takes longer than running them.

mod disconnect;
mod dry_run;
mod event_history;
mod evidence;
mod faults;
mod fewest_calls;
mod history;
mod house;
mod inputs;
mod journey;
mod keychain;
mod labels;
mod mistakes;
mod model;
mod network;
mod nops_check;
mod permissions;
mod readers;
mod regions;
mod repair;
mod sign_in;
mod switches;
mod team;
mod values;
mod words;
