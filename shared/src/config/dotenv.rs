//! The file `.env`: variables for people who start programs by hand.

use super::env::Fault;
use std::{collections::HashMap, path::Path};

/// What the file sets, and what is wrong with it. No file sets nothing.
pub(super) fn read(path: &Path) -> (HashMap<String, String>, Option<Fault>) {
    let mut variables = HashMap::new();
    let lines = match dotenvy::from_path_iter(path) {
        Ok(lines) => lines,
        Err(error) if error.not_found() => return (variables, None),
        Err(error) => return (variables, Some(fault(&error))),
    };
    for line in lines {
        match line {
            Ok((name, value)) => drop(variables.insert(name, value)),
            Err(error) => return (variables, Some(fault(&error))),
        }
    }
    (variables, None)
}

/// Says where the line is broken, not what it holds: that may be a password.
fn fault(error: &dotenvy::Error) -> Fault {
    let problem = match error {
        dotenvy::Error::LineParse(_, at) => {
            format!("a line is not VARIABLE=value (its character {})", at + 1)
        }
        dotenvy::Error::Io(error) => format!("cannot be read: {error}"),
        _ => "cannot be read".to_owned(),
    };
    Fault { variable: ".env".to_owned(), problem }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_that_is_not_there_sets_nothing() {
        let folder = tempfile::tempdir().unwrap();
        let (variables, fault) = read(&folder.path().join(".env"));
        assert!(variables.is_empty() && fault.is_none());
    }

    #[test]
    fn a_broken_line_is_told_of_without_what_it_holds() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join(".env");
        std::fs::write(&path, "A=1\nPASSWORD 'hush\n").unwrap();
        let (variables, fault) = read(&path);
        assert_eq!(variables["A"], "1");
        assert!(!fault.unwrap().problem.contains("hush"));
    }
}
