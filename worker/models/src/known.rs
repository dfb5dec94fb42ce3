//! The models that the fleet knows how to fetch or to prepare.

/// Where a model's files come from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Source {
    /// Files of a repository on the hub: their path there, and their name in the model's folder.
    Hub { repository: &'static str, files: &'static [(&'static str, &'static str)] },
    /// Nobody publishes it in the shape that the engine needs: the user makes it (`export_guide`).
    Own,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Known {
    /// As `WORKER_MODELS` names it.
    pub name: &'static str,
    /// What it does, in a few words.
    pub does: &'static str,
    pub source: Source,
    /// SPDX expression of the files on the hub, or what to look at.
    pub licence: &'static str,
    /// The files that the engine cannot do without.
    pub needs: &'static [&'static str],
    /// How to make or convert the files, in Markdown.
    pub export_guide: &'static str,
}

use crate::folder::GGUF;

pub const KNOWN: &[Known] = &[
    Known {
        name: "qwen",
        does: "comprehensive analysis and the tutor's reply",
        source: Source::Hub {
            repository: "Qwen/Qwen2.5-0.5B-Instruct-GGUF",
            files: &[("qwen2.5-0.5b-instruct-q8_0.gguf", GGUF)],
        },
        licence: "Apache-2.0",
        needs: &[GGUF],
        export_guide: include_str!("export_guides/qwen.md"),
    },
    Known {
        name: "llama3-vi",
        does: "explanations in Vietnamese",
        source: Source::Own,
        licence: "that of the weights you choose",
        needs: &[GGUF],
        export_guide: include_str!("export_guides/llama3-vi.md"),
    },
];

/// The model of this name.
pub fn known(name: &str) -> Option<&'static Known> {
    KNOWN.iter().find(|model| model.name == name)
}

/// Address of a file on a hub that is laid out as huggingface.co is.
pub fn address(hub: &str, repository: &str, path: &str) -> String {
    format!("{}/{repository}/resolve/main/{path}", hub.trim_end_matches('/'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_model_can_be_got_in_some_way() {
        for model in KNOWN {
            assert!(model.export_guide.contains(model.name), "{}", model.name);
            if let Source::Hub { files, .. } = model.source {
                let comes = |file: &&str| files.iter().any(|(_, name)| name == file);
                assert!(model.needs.iter().all(comes), "{}", model.name);
            }
        }
    }

    #[test]
    fn an_address_is_that_of_the_hub() {
        assert_eq!(
            address("https://hub.example/", "a/b", "c.gguf"),
            "https://hub.example/a/b/resolve/main/c.gguf"
        );
    }
}
