//! The report's style sheet, compiled in.

/// See the file's own head.
pub(super) const CSS: &str = include_str!("report.css");
