//! Backward.
