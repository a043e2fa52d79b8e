//! The last rotation of AWS's certificate.

use serde::Serialize;

use super::super::redaction::Redactor;
use super::{name, values::source};
use crate::view::SetupView;
use messages::MessageCatalog;
use setup::{
    Field,
    rotation::{PointState, RotatedCertificate, RotationStage},
};

#[derive(Clone, Debug, Serialize)]
pub struct Rotation {
    /// When all points were done, RFC 3339. `None` if the rotation is under way.
    pub finished: Option<String>,
    /// The replaced certificate.
    pub old: Option<RotatedCertificate>,
    pub new: Option<RotatedCertificate>,
    pub points: Vec<RotationPoint>,
}

#[derive(Clone, Debug, Serialize)]
pub struct RotationPoint {
    pub name: String,
    pub state: PointState,
    /// The state as text.
    pub status: String,
    /// How we know that the point is done, as text.
    pub source: Option<String>,
    /// When the point was done, RFC 3339.
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
    let points = state.points.iter().map(|point| RotationPoint {
        name: words.format_plain(&format!("rotation-{}", point.task.name())),
        state: point.state,
        status: words.format_plain(&format!("rotation-state-{}", name(&point.state))),
        source: point.source.as_ref().map(|known| source(known, redactor, words)),
        at: point.at.clone(),
    });
    Some(Rotation {
        finished,
        old: state.old.clone(),
        new: state.new.clone(),
        points: points.collect(),
    })
}
