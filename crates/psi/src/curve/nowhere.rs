//! The kernel of eight points at once, on machines that cannot have it: there is never one.

use curve25519_dalek::RistrettoPoint;
use curve25519_dalek::scalar::Scalar;

use super::By;

/// Never made.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Affine {}

/// Never made.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Wide {}

impl Wide {
    pub(super) fn find() -> Option<Wide> {
        None
    }

    pub(crate) fn digests(self, _: &[&[u8]], _: bool) -> Vec<[u8; 64]> {
        match self {}
    }

    pub(super) fn read(self, _: &[[u8; 32]]) -> Vec<Option<Affine>> {
        match self {}
    }

    pub(super) fn twice_raised(self, _: &[&Affine], _: By) -> Vec<[u8; 32]> {
        match self {}
    }

    pub(super) fn twice_raised_uniform(self, _: &[[u8; 64]], _: By) -> Vec<[u8; 32]> {
        match self {}
    }

    pub(super) fn elements_of_uniform(self, _: &[[u8; 64]], _: By) -> Vec<([u8; 32], Affine)> {
        match self {}
    }

    pub(super) fn sum(self, _: &[Scalar], _: &[&Affine]) -> RistrettoPoint {
        match self {}
    }
}
