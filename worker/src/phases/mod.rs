//! The five phases, in order. Each takes the output of the one before; 1, 2 and 4 are pure.

pub mod task_analysis;

pub mod resource_allocation;

pub mod execution;

pub mod aggregation;

pub mod state_management;
