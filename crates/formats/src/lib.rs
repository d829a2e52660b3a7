//! Floor 3: foreign bytes read into our words.
