//! Floor 5: the event log in SQLite, kept originals and segments in files.
