//! What goes wrong on a disk while it works, and what programs are told of it.

/// What is to go wrong.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Fault {
    /// What fails.
    pub what: Failure,
    /// Which one, counted from 1 over the whole disk.
    pub nth: u64,
    /// Whether all that follow fail too.
    pub lasts: bool,
}

/// How the disk fails.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Failure {
    /// A write meets a broken disk (EIO).
    WriteBroken,
    /// A write meets a full disk (ENOSPC).
    WriteFull,
    /// A sync fails (EIO).
    Sync,
    /// The machine or the program stops right before a sync: from then on nothing reaches the disk.
    Stop,
}

/// Why the disk did not do it.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum DiskError {
    /// No file stands under the name.
    #[error("there is no {0}")]
    Missing(String),
    /// A file stands under the name that was to be new.
    #[error("{0} is there")]
    There(String),
    /// No space is left.
    #[error("the disk is full")]
    Full,
    /// The disk is broken.
    #[error("the disk is broken")]
    Broken,
    /// The file ends before what was to be read does.
    #[error("the file ends")]
    Short,
}

impl DiskError {
    /// Stable snake_case.
    pub fn code(&self) -> &'static str {
        match self {
            DiskError::Missing(_) => "file_missing",
            DiskError::There(_) => "file_there",
            DiskError::Full => "disk_full",
            DiskError::Broken => "disk_broken",
            DiskError::Short => "file_short",
        }
    }
}
