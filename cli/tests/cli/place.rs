//! A folder and an environment of its own for one user of the program, who follows remedies to the letter.

use std::{
    collections::BTreeMap,
    ffi::OsString,
    io::Write,
    path::{Path, PathBuf},
    process::{Command, Output, Stdio},
};
use tempfile::TempDir;

pub struct Place {
    folder: TempDir,
    variables: BTreeMap<String, OsString>,
}

/// What a run printed and how it ended.
#[derive(Debug)]
pub struct Said {
    pub status: Option<i32>,
    pub out: String,
    pub err: String,
}

impl Place {
    /// The shipped engines only, so that a healthy place has nothing to warn of.
    pub fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let mut place = Place { variables: BTreeMap::new(), folder };
        place.set("WORKER_MODELS", "rules");
        place.set("LEXILINGO_BIND", "127.0.0.1:0");
        place.set("WORKER_OPS_BIND", "127.0.0.1:0");
        // Small machines are warned of the default, which is not what these tests are about.
        place.set("ORCHESTRATOR_MAX_MEMORY_GB", "0.5");
        place
    }

    pub fn path(&self) -> &Path {
        self.folder.path()
    }

    pub fn set(&mut self, variable: &str, value: impl Into<OsString>) {
        self.variables.insert(variable.to_owned(), value.into());
    }

    /// The program with these arguments, ready to start. Nothing of the test's own environment shows but the PATH.
    pub fn command(&self, arguments: &[&str]) -> Command {
        self.any_command(env!("CARGO_BIN_EXE_lexilingo"), arguments)
    }

    fn any_command(&self, program: &str, arguments: &[&str]) -> Command {
        let mut command = Command::new(program);
        command.args(arguments).current_dir(self.path()).env_clear();
        command.env("PATH", path()).env("HOME", self.path()).envs(&self.variables);
        command.stdin(Stdio::null());
        command
    }

    pub fn run(&self, arguments: &[&str]) -> Said {
        Said::of(self.command(arguments).output().unwrap())
    }

    pub fn run_with_input(&self, arguments: &[&str], input: &str) -> Said {
        let mut command = self.command(arguments);
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut child = command.spawn().unwrap();
        child.stdin.take().unwrap().write_all(input.as_bytes()).unwrap();
        Said::of(child.wait_with_output().unwrap())
    }

    /// Does what stands between the backticks of a remedy: variables are changed here, other commands are returned for
    /// the test to run.
    pub fn follow(&mut self, remedy: &str) -> Option<Command> {
        let command = remedy.split('`').nth(1).unwrap_or_else(|| panic!("no command in {remedy}"));
        if let Some(settings) = command.strip_prefix("export ") {
            for setting in settings.split(' ') {
                let (variable, value) = setting.split_once('=').unwrap();
                self.set(variable, value);
            }
            return None;
        }
        if let Some(variable) = command.strip_prefix("unset ") {
            self.variables.remove(variable).expect("a variable that was set");
            return None;
        }
        // The shell gives way to the last command, so that ending the child ends that.
        let command = match command.rsplit_once("&& ") {
            Some((before, last)) => format!("{before}&& exec {last}"),
            None => format!("exec {command}"),
        };
        Some(self.any_command("sh", &["-c", &command]))
    }
}

impl Said {
    fn of(output: Output) -> Self {
        let text = |bytes| String::from_utf8(bytes).unwrap();
        Said { status: output.status.code(), out: text(output.stdout), err: text(output.stderr) }
    }

    /// The remedy below the line that begins with `verdict` and `variable`.
    pub fn remedy(&self, verdict: &str, variable: &str) -> String {
        self.find_remedy(verdict, variable)
            .unwrap_or_else(|| panic!("no {verdict} for {variable} in:\n{}{}", self.out, self.err))
    }

    pub fn find_remedy(&self, verdict: &str, variable: &str) -> Option<String> {
        let beginning = format!("{verdict} {variable}: ");
        let text = format!("{}{}", self.out, self.err);
        let (_, below) = text.split_once(&beginning)?;
        let remedy = below.lines().find_map(|line| line.trim().strip_prefix("remedy: "))?;
        Some(remedy.to_owned())
    }
}

/// This test's PATH, with the program itself and the MongoDB server of the tests in front.
fn path() -> OsString {
    let program = Path::new(env!("CARGO_BIN_EXE_lexilingo")).parent().map(PathBuf::from);
    let mongod = std::env::var_os("LEXILINGO_MONGOD").map(PathBuf::from);
    let mongod = mongod.as_deref().and_then(Path::parent).map(PathBuf::from);
    let rest = std::env::var_os("PATH").unwrap_or_default();
    let folders = program.into_iter().chain(mongod).chain(std::env::split_paths(&rest));
    std::env::join_paths(folders).unwrap()
}
