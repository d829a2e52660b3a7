//! Floor 2: every text that people read, in Vietnamese and English.
