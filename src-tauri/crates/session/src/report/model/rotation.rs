//! The last rotation of AWS's certificate.

use serde::Serialize;

use super::super::redaction::Redactor;
use super::{name, values::source};
use crate::view::SetupView;
use messages::MessageCatalog;
use setup::{
    Field,
    rotation::{RotatedCertificate, RotationStage, TaskState},
};

#[derive(Clone, Debug, Serialize)]
pub struct Rotation {
    /// When all tasks were done, RFC 3339. `None` if the rotation is under way.
    pub finished: Option<String>,
    /// The replaced certificate.
    pub old: Option<RotatedCertificate>,
    pub new: Option<RotatedCertificate>,
    pub tasks: Vec<ReportedTask>,
}

#[derive(Clone, Debug, Serialize)]
pub struct ReportedTask {
    pub name: String,
    pub state: TaskState,
    /// The state as text.
    pub status: String,
    /// How we know that the task is done, as text.
    pub source: Option<String>,
    /// When the task was done, RFC 3339.
    pub at: Option<String>,
}

pub(super) fn rotation(
    view: &SetupView,
    redactor: &Redactor,
    words: &MessageCatalog,
) -> Option<Rotation> {
    let state = &view.rotation.state;
    let finished = match state.stage {
        RotationStage::NotStarted => return None,
        RotationStage::UnderWay => None,
        RotationStage::Done => view.facts.get(&Field::RotationFinished).map(|fact| fact.at.clone()),
    };
    let tasks = state.tasks.iter().map(|task| ReportedTask {
        name: words.format_plain(&format!("rotation-{}", task.task.name())),
        state: task.state,
        status: words.format_plain(&format!("rotation-state-{}", name(&task.state))),
        source: task.source.as_ref().map(|known| source(known, redactor, words)),
        at: task.at.clone(),
    });
    Some(Rotation {
        finished,
        old: state.old.clone(),
        new: state.new.clone(),
        tasks: tasks.collect(),
    })
}
