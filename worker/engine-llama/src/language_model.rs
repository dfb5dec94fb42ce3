//! A loaded model file with its adapter and chat template.

use crate::{options::Options, token_choice};
use anyhow::{Context, bail};
use llama_cpp_2::{
    LogOptions,
    context::{LlamaContext, params::LlamaContextParams},
    llama_backend::LlamaBackend,
    llama_batch::LlamaBatch,
    model::{
        LlamaChatMessage, LlamaChatTemplate, LlamaLoraAdapter, LlamaModel, params::LlamaModelParams,
    },
    send_logs_to_tracing,
    token::LlamaToken,
};
use std::{cell::RefCell, num::NonZeroU32};

/// Tokens that one step may read.
pub const BATCH: u32 = 512;

/// Stands in a rendered template where the call's own words go.
const PLACE: &str = "\u{1}the words of the call\u{1}";

pub struct LanguageModel {
    backend: LlamaBackend,
    pub(crate) model: LlamaModel,
    /// Applied to every context that is made.
    adapter: Option<RefCell<LlamaLoraAdapter>>,
    template: LlamaChatTemplate,
    options: Options,
}

impl LanguageModel {
    /// Reads the file wholly into memory, so that what the process holds is what the model takes.
    pub fn load(options: &Options) -> anyhow::Result<Self> {
        send_logs_to_tracing(LogOptions::default().with_logs_enabled(false));
        let backend = LlamaBackend::init().context("llama.cpp cannot be started")?;
        let parameters =
            LlamaModelParams::default().with_use_mmap(false).with_n_gpu_layers(options.gpu_layers);
        let path = options.model.display();
        if !options.model.is_file() {
            bail!("{path} is not there");
        }
        let mut model = LlamaModel::load_from_file(&backend, &options.model, &parameters)
            .map_err(|_| anyhow::anyhow!("{path} is not a model that llama.cpp can load"))?;
        let template =
            model.chat_template(None).with_context(|| format!("{path} has no chat template"))?;
        let adapter = match &options.adapter {
            Some(path) => Some(model.lora_adapter_init(path).map_err(|_| {
                anyhow::anyhow!("{} is not an adapter for this model", path.display())
            })?),
            None => None,
        };
        let adapter = adapter.map(RefCell::new);
        let loaded = LanguageModel { backend, model, adapter, template, options: options.clone() };
        loaded.around("").with_context(|| format!("{path}: its chat template is not known"))?;
        Ok(loaded)
    }

    /// Architecture and number of parameters.
    pub fn describe(&self) -> String {
        let architecture =
            self.model.meta_val_str("general.architecture").unwrap_or("unknown".to_owned());
        format!("{architecture} with {} parameters", self.model.n_params())
    }

    /// A text as tokens, without control tokens around it.
    pub fn tokenize(&self, text: &str) -> Vec<i32> {
        let tokens = self.model.vocab().tokenize(text.as_bytes(), false, false);
        tokens.into_iter().map(|token| token.0).collect()
    }

    /// The `count` likeliest tokens behind `prompt`, one after another, end marks among them.
    pub fn greedy(&self, prompt: &[i32], count: usize) -> anyhow::Result<Vec<i32>> {
        let mut context = self.context(1)?;
        let mut batch = LlamaBatch::new(BATCH as usize, 1);
        let mut pending = prompt.to_vec();
        let (mut held, mut made) = (0, Vec::new());
        while made.len() < count {
            batch.clear();
            for (n, token) in pending.iter().enumerate() {
                batch.add(LlamaToken(*token), held + n as i32, &[0], n + 1 == pending.len())?;
            }
            context.decode(&mut batch)?;
            held += pending.len() as i32;
            let next = token_choice::likeliest(context.get_logits_ith(batch.n_tokens() - 1));
            made.push(next.0);
            pending = vec![next.0];
        }
        Ok(made)
    }

    /// A context for `sequences` sequences that share its tokens, with the adapter applied.
    pub(crate) fn context(&self, sequences: u32) -> anyhow::Result<LlamaContext<'_>> {
        let options = &self.options;
        let parameters = LlamaContextParams::default()
            .with_n_ctx(NonZeroU32::new(options.context))
            .with_n_batch(BATCH)
            .with_n_ubatch(BATCH)
            .with_n_seq_max(sequences)
            .with_kv_unified(true)
            .with_n_threads(options.threads)
            .with_n_threads_batch(options.threads);
        let mut context =
            self.model.new_context(&self.backend, parameters).context("no memory for a context")?;
        if let Some(adapter) = &self.adapter {
            context
                .lora_adapter_set(&mut adapter.borrow_mut(), 1.0)
                .context("the adapter cannot be applied")?;
        }
        Ok(context)
    }

    /// What the chat template puts before and behind the call's own words.
    pub(crate) fn around(&self, system: &str) -> anyhow::Result<(String, String)> {
        let message =
            |role: &str, content: &str| LlamaChatMessage::new(role.to_owned(), content.to_owned());
        let mut messages = Vec::new();
        if !system.is_empty() {
            messages.push(message("system", system)?);
        }
        messages.push(message("user", PLACE)?);
        let rendered = self.model.apply_chat_template(&self.template, &messages, true)?;
        let (before, behind) =
            rendered.split_once(PLACE).context("the chat template drops the user's words")?;
        Ok((before.to_owned(), behind.to_owned()))
    }
}
