//! How the program is started.

use anyhow::{Context, bail};
use std::{ffi::OsString, path::PathBuf};

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Options {
    /// `--model`: the GGUF file.
    pub model: PathBuf,
    /// `--adapter`: a LoRA adapter for it.
    pub adapter: Option<PathBuf>,
    /// `--context`: tokens that all calls share.
    pub context: u32,
    /// `--slots`: calls that are worked on at once.
    pub slots: u32,
    /// `--threads`.
    pub threads: i32,
    /// `--gpu-layers`: layers that go to the GPU.
    pub gpu_layers: u32,
}

impl Options {
    pub fn parse(args: impl IntoIterator<Item = OsString>) -> anyhow::Result<Self> {
        let (mut model, mut adapter) = (None, None);
        let (mut context, mut slots, mut threads, mut gpu_layers) = (4096, 4, 1, 0);
        let mut args = args.into_iter();
        while let Some(flag) = args.next() {
            let flag = flag.to_string_lossy().into_owned();
            let value = args.next().with_context(|| format!("{flag} needs a value"))?;
            let number = || -> anyhow::Result<u32> {
                let text = value.to_string_lossy();
                text.parse().with_context(|| format!("{flag} {text}: not a number"))
            };
            match flag.as_str() {
                "--model" => model = Some(PathBuf::from(value)),
                "--adapter" => adapter = Some(PathBuf::from(value)),
                "--context" => context = number()?.clamp(64, 131_072),
                "--slots" => slots = number()?.clamp(1, 64),
                "--threads" => threads = number()?.clamp(1, 256) as i32,
                "--gpu-layers" => gpu_layers = number()?,
                _ => bail!("{flag} is not an option"),
            }
        }
        let model = model.context("--model is missing")?;
        Ok(Options { model, adapter, context, slots, threads, gpu_layers })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(args: &str) -> anyhow::Result<Options> {
        Options::parse(args.split(' ').map(OsString::from))
    }

    #[test]
    fn numbers_are_held_within_bounds_and_faults_name_their_option() {
        assert_eq!(parse("--model m.gguf --slots 0").unwrap().slots, 1);
        assert!(parse("--model m.gguf --slots many").unwrap_err().to_string().contains("--slots"));
        assert!(parse("--slots 2").unwrap_err().to_string().contains("--model"));
        assert!(parse("--model m.gguf --speed 9").unwrap_err().to_string().contains("--speed"));
    }
}
