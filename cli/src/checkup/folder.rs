//! The data folder of the embedded storage.

use super::Finding;
use lexilingo_shared::store_error::StoreError;
use std::{
    fs::{self, DirBuilder, File, TryLockError},
    io,
    os::unix::fs::DirBuilderExt,
    path::{Path, PathBuf},
};

pub const VARIABLE: &str = "LEXILINGO_DATA_DIR";

pub(super) fn check(data_dir: &Path) -> Finding {
    match try_writing(data_dir) {
        Ok(()) => Finding::ok(VARIABLE, format!("{} can be written", data_dir.display())),
        Err(error) => Finding::fail(VARIABLE, unwritable(data_dir, &error), elsewhere(data_dir)),
    }
}

/// Why the service cannot use the folder, and what to do about that.
pub fn unusable(data_dir: &Path, error: &StoreError) -> (String, String) {
    let other = elsewhere(data_dir);
    if let Err(error) = try_writing(data_dir) {
        return (unwritable(data_dir, &error), other);
    }
    let first = match error {
        _ if is_in_use(data_dir) => "stop the other lexilingo",
        StoreError::Full { .. } => "make room on its disk",
        StoreError::Corrupt { .. } => "put back a copy of the folder that is whole",
        StoreError::Unavailable { .. } => "mend that",
    };
    (error.to_string(), format!("{first}, or {other}"))
}

fn unwritable(data_dir: &Path, error: &io::Error) -> String {
    let shown = data_dir.display();
    match nearest(data_dir) {
        Some(there) if !there.is_dir() => {
            format!("{shown} cannot be made: {} is no folder", there.display())
        }
        Some(there) if there != data_dir => format!("{shown} cannot be made: {error}"),
        _ => format!("{shown} cannot be written: {error}"),
    }
}

/// The folder itself or what is above it, whichever is there.
fn nearest(path: &Path) -> Option<&Path> {
    path.ancestors().find(|part| part.symlink_metadata().is_ok())
}

/// Makes the folder as the service would, and a file in it that is removed again.
fn try_writing(data_dir: &Path) -> io::Result<()> {
    DirBuilder::new().recursive(true).mode(0o700).create(data_dir)?;
    try_file_in(data_dir)
}

fn try_file_in(folder: &Path) -> io::Result<()> {
    let probe = folder.join(format!(".doctor-{}", std::process::id()));
    fs::write(&probe, b"")?;
    fs::remove_file(probe)
}

fn is_in_use(data_dir: &Path) -> bool {
    let lock = File::open(data_dir.join("lexilingo.lock"));
    lock.is_ok_and(|lock| matches!(lock.try_lock_shared(), Err(TryLockError::WouldBlock)))
}

/// The command that names another folder, which whoever runs this may write and nobody uses.
fn elsewhere(unusable: &Path) -> String {
    let homes = [std::env::home_dir(), std::env::current_dir().ok(), Some(std::env::temp_dir())];
    let homes: Vec<PathBuf> = homes.into_iter().flatten().collect();
    let mut folders = homes.iter().flat_map(|home| {
        ["lexilingo", "lexilingo-2", "lexilingo-3"].map(|name| home.join(format!(".{name}")))
    });
    let is_free = |folder: &PathBuf| {
        let writable = nearest(folder).is_some_and(|there| try_file_in(there).is_ok());
        folder.is_absolute() && folder != unusable && writable && !is_in_use(folder)
    };
    match folders.find(is_free) {
        Some(folder) => format!("`export {VARIABLE}={}`", folder.display()),
        None => format!("set {VARIABLE} to a folder that you may write"),
    }
}
