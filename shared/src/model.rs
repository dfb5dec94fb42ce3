//! The models that a worker may be asked to hold.

use serde::{Deserialize, Serialize};
use std::{collections::BTreeSet, fmt, str::FromStr, time::Duration};

macro_rules! models {
    ($($variant:ident = $name:literal, priority $priority:literal;)+) => {
        /// What a worker can be told to hold, by the name that `WORKER_MODELS` uses, whether or not this release ships an
        /// engine of that name.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        pub enum ModelName { $(#[serde(rename = $name)] $variant),+ }

        impl ModelName {
            pub const ALL: &'static [ModelName] = &[$(ModelName::$variant),+];

            pub fn as_str(self) -> &'static str {
                match self { $(ModelName::$variant => $name),+ }
            }

            /// Eviction order: the lowest goes first (the original's figures, its section on resources).
            pub fn priority(self) -> u8 {
                match self { $(ModelName::$variant => $priority),+ }
            }
        }
    };
}

impl ModelName {
    /// How long a model that is not pinned stays loaded without being used (the original's gateway).
    pub fn idle_unload(self) -> Duration {
        Duration::from_secs(match self {
            ModelName::Qwen => 600,
            ModelName::Llama3Vi | ModelName::Hubert => 300,
            ModelName::Rules
            | ModelName::Minilm
            | ModelName::Gop
            | ModelName::Whisper
            | ModelName::Tts
            | ModelName::Remote => 180,
        })
    }
}

models! {
    Rules = "rules", priority 10;
    Qwen = "qwen", priority 10;
    Llama3Vi = "llama3-vi", priority 3;
    Hubert = "hubert", priority 5;
    Minilm = "minilm", priority 6;
    Gop = "gop", priority 9;
    Whisper = "whisper", priority 8;
    Tts = "tts", priority 7;
    Remote = "remote", priority 4;
}

impl utoipa::PartialSchema for ModelName {
    fn schema() -> utoipa::openapi::RefOr<utoipa::openapi::Schema> {
        utoipa::openapi::ObjectBuilder::new()
            .schema_type(utoipa::openapi::schema::Type::String)
            .enum_values(Some(ModelName::ALL.iter().map(|model| model.as_str())))
            .into()
    }
}

impl utoipa::ToSchema for ModelName {}

impl fmt::Display for ModelName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// The name is none of the known models.
#[derive(Debug, thiserror::Error, PartialEq, Eq)]
#[error("“{0}” is not a model; known are {known}", known = known())]
pub struct UnknownModel(pub String);

fn known() -> String {
    let names: Vec<&str> = ModelName::ALL.iter().map(|model| model.as_str()).collect();
    names.join(", ")
}

impl FromStr for ModelName {
    type Err = UnknownModel;

    fn from_str(s: &str) -> Result<Self, UnknownModel> {
        ModelName::ALL
            .iter()
            .copied()
            .find(|model| model.as_str() == s)
            .ok_or_else(|| UnknownModel(s.to_owned()))
    }
}

/// A set of models, written with commas.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(transparent)]
pub struct ModelSet(BTreeSet<ModelName>);

impl ModelSet {
    pub fn contains(&self, model: ModelName) -> bool {
        self.0.contains(&model)
    }

    pub fn iter(&self) -> impl Iterator<Item = ModelName> + '_ {
        self.0.iter().copied()
    }

    pub fn is_subset(&self, other: &ModelSet) -> bool {
        self.0.is_subset(&other.0)
    }

    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    pub fn insert(&mut self, model: ModelName) {
        self.0.insert(model);
    }
}

impl FromIterator<ModelName> for ModelSet {
    fn from_iter<I: IntoIterator<Item = ModelName>>(models: I) -> Self {
        ModelSet(models.into_iter().collect())
    }
}

impl FromStr for ModelSet {
    type Err = UnknownModel;

    /// Names with commas between; blanks and empty items are skipped.
    fn from_str(s: &str) -> Result<Self, UnknownModel> {
        s.split(',').map(str::trim).filter(|item| !item.is_empty()).map(str::parse).collect()
    }
}

impl fmt::Display for ModelSet {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (i, model) in self.iter().enumerate() {
            if i > 0 {
                f.write_str(",")?;
            }
            f.write_str(model.as_str())?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_model_set_reads_back_and_names_what_it_does_not_know() {
        let set: ModelSet = "rules, qwen".parse().unwrap();
        assert_eq!(set.to_string().parse(), Ok(set));
        assert_eq!("rules,gpt".parse::<ModelSet>(), Err(UnknownModel("gpt".to_owned())));
    }
}
