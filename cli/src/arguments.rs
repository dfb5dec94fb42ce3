//! The command line.

use clap::{Args, Parser, Subcommand, ValueEnum};
use clap_complete::Shell;
use lexilingo_shared::{
    api_key::KeyPrefix, id::Tenant, level::Level, principal::Scope, request::ExplainLanguage,
};
use std::{net::SocketAddr, path::PathBuf};

/// Analyses learners' English: as a service on this machine, or as a command on texts.
#[derive(Debug, Parser)]
#[command(
    name = "lexilingo",
    version,
    disable_help_subcommand = true,
    args_conflicts_with_subcommands = true
)]
pub struct Arguments {
    /// Without a command: `up`, with these options.
    #[command(subcommand)]
    pub command: Option<Command>,
    #[command(flatten)]
    pub up: Up,
}

#[derive(Debug, Subcommand)]
pub enum Command {
    /// Run api and worker in this process.
    Up(Up),
    /// Analyse one text.
    Analyze(Analyze),
    /// Find errors in files or lines.
    Check(Check),
    /// Measure the language analysis on sets that people have judged.
    Eval(Eval),
    /// Apply pending migrations to the MongoDB database.
    Migrate,
    /// Print the effective configuration, secrets masked.
    Config,
    /// Check that everything that the configuration names is there.
    Doctor,
    /// The files of models.
    #[command(subcommand)]
    Models(Models),
    /// Make, list and end API keys.
    #[command(subcommand)]
    Keys(Keys),
    /// Print completions for a shell.
    Completions { shell: Shell },
}

#[derive(Debug, Subcommand)]
pub enum Keys {
    /// Make a key and print it: the only time that it is shown.
    Create(CreateKey),
    /// List all keys, without their secrets.
    List {
        /// One JSON object a line.
        #[arg(long)]
        json: bool,
    },
    /// Make a new key in a key's place; the old one works on for a while.
    Rotate(RotateKey),
    /// End a key now.
    Revoke {
        /// The part between the two underscores.
        prefix: KeyPrefix,
    },
}

#[derive(Debug, Args)]
pub struct CreateKey {
    /// Whose data the key opens: 1 to 64 of a-z, 0-9, - and _.
    #[arg(long, value_parser = tenant)]
    pub tenant: Tenant,
    /// What the key is for, to tell it from others.
    #[arg(long, default_value = "")]
    pub name: String,
    /// What the key may do: analyze, grade, read, admin.
    #[arg(long, value_delimiter = ',', default_value = "analyze,grade,read")]
    pub scopes: Vec<Scope>,
    /// Days until it ends; without it the key does not end by itself.
    #[arg(long, value_name = "DAYS", value_parser = clap::value_parser!(u64).range(1..=3650))]
    pub expires_days: Option<u64>,
    /// Submissions a minute of one class, in place of RATE_LIMIT_PER_MINUTE; 0 is no limit.
    #[arg(long, value_name = "N")]
    pub per_minute: Option<u64>,
    /// Submissions a day, in place of DAILY_QUOTA; 0 is no limit.
    #[arg(long, value_name = "N")]
    pub per_day: Option<u64>,
}

#[derive(Debug, Args)]
pub struct RotateKey {
    /// The part between the two underscores.
    pub prefix: KeyPrefix,
    /// Hours that the old key still works.
    #[arg(long, value_name = "HOURS", default_value_t = 24, value_parser = clap::value_parser!(u64).range(0..=720))]
    pub overlap_hours: u64,
}

fn tenant(text: &str) -> Result<Tenant, &'static str> {
    Tenant::new(text).map_err(|_| "a tenant is 1 to 64 of a-z, 0-9, - and _")
}

#[derive(Debug, Default, Args)]
pub struct Up {
    /// Address to listen on (LEXILINGO_BIND).
    #[arg(long, value_name = "ADDRESS:PORT")]
    pub bind: Option<SocketAddr>,
    /// Folder of the embedded storage (LEXILINGO_DATA_DIR).
    #[arg(long, value_name = "DIR")]
    pub data_dir: Option<PathBuf>,
}

#[derive(Debug, Args)]
pub struct Analyze {
    /// The text; `-` or nothing reads standard input.
    pub text: Option<String>,
    /// The learner's level, A1 to C2.
    #[arg(long)]
    pub level: Option<Level>,
    /// Print the result object.
    #[arg(long)]
    pub json: bool,
    /// Language of the explanations.
    #[arg(long, value_name = "LANGUAGE")]
    pub explain: Option<Explain>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Explain {
    En,
    Vi,
    Both,
}

impl From<Explain> for ExplainLanguage {
    fn from(explain: Explain) -> Self {
        match explain {
            Explain::En => ExplainLanguage::En,
            Explain::Vi => ExplainLanguage::Vi,
            Explain::Both => ExplainLanguage::Both,
        }
    }
}

#[derive(Debug, Args)]
pub struct Check {
    /// Files to check; none reads standard input.
    pub files: Vec<PathBuf>,
    /// How findings are printed.
    #[arg(long, value_enum, default_value_t = Format::Human, conflicts_with_all = ["lines", "fluency"])]
    pub format: Format,
    /// One sentence a line in, one corrected sentence a line out.
    #[arg(long, conflicts_with_all = ["files", "fluency"])]
    pub lines: bool,
    /// One sentence a line in, one number from 0 to 1 a line out.
    #[arg(long, conflicts_with = "files")]
    pub fluency: bool,
}

#[derive(Debug, Subcommand)]
pub enum Models {
    /// What is known of each model, and what of it lies in MODEL_DIR.
    List {
        /// Print JSON.
        #[arg(long)]
        json: bool,
    },
    /// Fetch a model from the hub; a broken download goes on where it was.
    Pull(Pull),
    /// Check files against the digests in their manifests.
    Verify {
        /// Note the files' digests as they lie there now.
        #[arg(long)]
        note: bool,
        /// The models to check; none checks all that lie in MODEL_DIR.
        names: Vec<String>,
    },
    /// Measure how long each model of WORKER_MODELS takes here.
    Bench,
    /// Write small models with random weights, for tests and a demonstration.
    MakeTiny { dir: PathBuf },
    /// How to make or convert a model's files.
    ExportGuide { name: String },
}

#[derive(Debug, Args)]
pub struct Pull {
    pub name: String,
    /// A hub that is laid out as huggingface.co is.
    #[arg(long, default_value = "https://huggingface.co", value_name = "URL")]
    pub hub: String,
}

#[derive(Debug, Args)]
pub struct Eval {
    /// Folder of the sets.
    pub dir: PathBuf,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Format {
    Human,
    Json,
    Github,
}

#[cfg(test)]
mod tests {
    use super::*;
    use clap::CommandFactory;

    #[test]
    fn the_command_line_is_sound() {
        Arguments::command().debug_assert();
    }

    #[test]
    fn without_a_command_the_service_starts() {
        assert!(Arguments::try_parse_from(["lexilingo"]).unwrap().command.is_none());
        let arguments = ["lexilingo", "--bind", "127.0.0.1:0", "--data-dir", "here"];
        let arguments = Arguments::try_parse_from(arguments).unwrap();
        assert!(arguments.command.is_none() && arguments.up.bind.is_some());
        assert_eq!(arguments.up.data_dir, Some(PathBuf::from("here")));
    }

    #[test]
    fn a_level_that_is_none_is_refused() {
        assert!(
            Arguments::try_parse_from(["lexilingo", "analyze", "--level", "D1", "Hi"]).is_err()
        );
    }
}
