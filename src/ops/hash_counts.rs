//! How a transaction changes the numbers of users whose hashes have a cost.

use std::cell::RefCell;
use std::collections::BTreeMap;

use crate::domain::floor::HashCost;

/// The changes of one transaction. They are written once, at its end.
#[derive(Debug, Default)]
pub(super) struct HashCounts(RefCell<BTreeMap<HashCost, i64>>);

impl HashCounts {
    pub fn add(&self, cost: Option<HashCost>, by: i64) {
        if let Some(cost) = cost {
            *self.0.borrow_mut().entry(cost).or_default() += by;
        }
    }

    /// The changes since the last call.
    pub fn take(&self) -> BTreeMap<HashCost, i64> {
        self.0.take()
    }
}
