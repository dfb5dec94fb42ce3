//! What the queue on Redis has to stand that no seam can express: its growth, its cost, and a server that goes away.

mod durability;
mod fixture;
mod growth;
mod jobs;
mod lanes;
mod wakeups;
