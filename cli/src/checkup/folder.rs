//! The data folder of the embedded storage.

use super::Finding;
use std::{
    fs, io,
    path::{Path, PathBuf},
};

const VARIABLE: &str = "LEXILINGO_DATA_DIR";

pub(super) fn check(data_dir: &Path) -> Finding {
    match try_writing(data_dir) {
        Ok(()) => Finding::ok(VARIABLE, format!("{} can be written", data_dir.display())),
        Err(error) => Finding::fail(
            VARIABLE,
            format!("{} cannot be written: {error}", data_dir.display()),
            format!("`export {VARIABLE}={}`", writable_instead().display()),
        ),
    }
}

/// Makes the folder as the service would, and a file in it that is removed again.
fn try_writing(data_dir: &Path) -> io::Result<()> {
    fs::create_dir_all(data_dir)?;
    let probe = data_dir.join(format!(".doctor-{}", std::process::id()));
    fs::write(&probe, b"")?;
    fs::remove_file(probe)
}

/// A folder that whoever runs this surely may write.
pub fn writable_instead() -> PathBuf {
    std::env::home_dir().unwrap_or_else(std::env::temp_dir).join(".lexilingo")
}
