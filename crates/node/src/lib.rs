//! Floor 4: commands in, events out; one step of the journey a file.
