//! The `lexilingo` program: the whole product in one process, and the tools to run it.
