//! The section about the last rotation of AWS's certificate.

use super::super::{
    document::{
        ReportBlock, ReportCell, ReportSection, ResultMark, mark_cell, text_cell, time_cell,
    },
    model::{Report, ReportedTask, params, time},
};
use messages::MessageCatalog;
use setup::rotation::{RotatedCertificate, TaskState};

pub(super) fn section(report: &Report, words: &MessageCatalog) -> Option<ReportSection> {
    let rotation = report.rotation.as_ref()?;
    let certificate = |key: &str, shown: &Option<RotatedCertificate>| {
        let shown = shown.as_ref()?;
        let params = params([
            ("sha256", super::group_fingerprint(&shown.sha256)),
            ("until", time(&shown.not_after)),
        ]);
        Some(words.text(&format!("report-rotation-{key}"), &params))
    };
    let state = match &rotation.finished {
        Some(at) => words.text("report-rotation-finished", &params([("at", time(at))])),
        None => words.format_plain("report-rotation-under_way"),
    };
    let lines = [certificate("old", &rotation.old), certificate("new", &rotation.new), Some(state)];
    let columns = ["report-rotation-task", "report-status", "report-rotation-how", "report-since"];
    let rows = rotation.tasks.iter().map(row);
    let blocks = vec![
        ReportBlock::Bullets(lines.into_iter().flatten().collect()),
        super::table("report-rotation", None, columns, rows, words),
    ];
    Some(super::section("report-rotation", words, blocks))
}

fn row(task: &ReportedTask) -> Vec<ReportCell> {
    let mark = match task.state {
        TaskState::Done if task.source.is_some() => ResultMark::Said,
        TaskState::Done => ResultMark::Good,
        TaskState::Skipped | TaskState::Open => ResultMark::Open,
        TaskState::Problem => ResultMark::Bad,
    };
    vec![
        text_cell(task.name.clone()),
        mark_cell(mark, task.status.clone()),
        text_cell(task.source.clone().unwrap_or_default()),
        task.at.as_deref().map_or_else(|| text_cell(String::new()), time_cell),
    ]
}
