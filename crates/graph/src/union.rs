//! Sets that only ever join (union-find), with the smallest member as each set's name.

/// Which of the numbers 0 to n belong together.
pub(crate) struct Union {
    parents: Vec<u32>,
}

impl Union {
    /// Each number alone.
    pub(crate) fn new(count: usize) -> Union {
        Union { parents: (0..count as u32).collect() }
    }

    /// The smallest number of the set that holds this one.
    pub(crate) fn find(&mut self, member: u32) -> u32 {
        let mut at = member;
        while let Some(parent) = self.parents.get(at as usize).copied().filter(|p| *p != at) {
            // Path halving: every second step points past its parent.
            let above = self.parents.get(parent as usize).copied().unwrap_or(parent);
            if let Some(slot) = self.parents.get_mut(at as usize) {
                *slot = above;
            }
            at = above;
        }
        at
    }

    /// Joins two sets; the order of joins never changes the outcome. Returns whether they were two.
    pub(crate) fn join(&mut self, left: u32, right: u32) -> bool {
        let (left, right) = (self.find(left), self.find(right));
        if let Some(slot) = self.parents.get_mut(left.max(right) as usize) {
            *slot = left.min(right);
        }
        left != right
    }
}
