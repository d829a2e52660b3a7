//! Where entries lie while a set grows: in drawers, by the first byte of their tags. Memory holds
//! those of a small set; whoever has more than memory should hold gives drawers that lie elsewhere.

use std::convert::Infallible;

/// There are so many: every shard is some whole drawers, or a part of one.
pub const DRAWERS: usize = 256;

/// Drawers, each of which keeps bytes in the order in which they came.
pub trait Drawers {
    /// Why one cannot be filled or read.
    type Error;

    /// Puts bytes at the end of a drawer.
    fn put(&mut self, drawer: u8, bytes: &[u8]) -> Result<(), Self::Error>;

    /// All that lies in a drawer.
    fn read(&mut self, drawer: u8) -> Result<Vec<u8>, Self::Error>;

    /// All that lay in a drawer: it is not asked for again.
    fn take(&mut self, drawer: u8) -> Result<Vec<u8>, Self::Error> {
        self.read(drawer)
    }
}

impl<D: Drawers + ?Sized> Drawers for Box<D> {
    type Error = D::Error;

    fn put(&mut self, drawer: u8, bytes: &[u8]) -> Result<(), D::Error> {
        (**self).put(drawer, bytes)
    }

    fn read(&mut self, drawer: u8) -> Result<Vec<u8>, D::Error> {
        (**self).read(drawer)
    }

    fn take(&mut self, drawer: u8) -> Result<Vec<u8>, D::Error> {
        (**self).take(drawer)
    }
}

/// Drawers in memory.
pub struct Held(Vec<Vec<u8>>);

impl Held {
    /// Drawers that are going to have about so many bytes each. They are asked for at once, so that
    /// the memory of one that was emptied goes back to the system.
    pub(super) fn of(bytes: usize) -> Held {
        Held((0..DRAWERS).map(|_| Vec::with_capacity(bytes)).collect())
    }
}

impl Drawers for Held {
    type Error = Infallible;

    fn put(&mut self, drawer: u8, bytes: &[u8]) -> Result<(), Infallible> {
        let drawer = &mut self.0[usize::from(drawer)];
        if drawer.len() + bytes.len() > drawer.capacity() {
            // Doubling would take twice the memory where all drawers grow alike.
            drawer.reserve_exact(drawer.len() / 8 + 64 * bytes.len());
        }
        drawer.extend_from_slice(bytes);
        Ok(())
    }

    fn read(&mut self, drawer: u8) -> Result<Vec<u8>, Infallible> {
        Ok(self.0[usize::from(drawer)].clone())
    }

    fn take(&mut self, drawer: u8) -> Result<Vec<u8>, Infallible> {
        Ok(std::mem::take(&mut self.0[usize::from(drawer)]))
    }
}
