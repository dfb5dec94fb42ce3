//! What a request may use of the worker's models. Made by phase 2, carried out by the pool.

use lexilingo_shared::model::ModelName;

/// What is known of a model before it is loaded.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Availability {
    /// It can be loaded and will take about this much of the budget.
    Loadable { bytes: u64 },
    /// It cannot be used; the reason goes into the answer.
    Refused(String),
}

/// What phase 3 may use, and what must happen before.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Allocation {
    /// Evict these first, in this order.
    pub evict: Vec<ModelName>,
    /// Load these.
    pub load: Vec<ModelName>,
    /// Lend these to the request, the newly loaded ones among them.
    pub lend: Vec<ModelName>,
    /// Do without these, for these reasons.
    pub skip: Vec<(ModelName, String)>,
}
