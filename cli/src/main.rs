use std::process::ExitCode;

fn main() -> ExitCode {
    lexilingo_cli::program::run(std::env::args_os())
}
