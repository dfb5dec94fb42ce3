//! Picks the next token: freely first, and under the grammar's full mask only when the free choice breaks it. A mask
//! over the whole vocabulary costs a hundred times as much as asking for one token.

use crate::{constraint, language_model::LanguageModel};
use anyhow::{Context, anyhow};
use lexilingo_engine_protocol::completion::Prompt;
use llama_cpp_2::{
    context::LlamaContext,
    sampling::LlamaSampler,
    token::{LlamaToken, data::LlamaTokenData, data_array::LlamaTokenDataArray},
};

pub struct TokenChoice {
    grammar: Option<LlamaSampler>,
    /// None takes the likeliest.
    chance: Option<LlamaSampler>,
}

impl TokenChoice {
    pub fn for_prompt(model: &LanguageModel, prompt: &Prompt) -> anyhow::Result<Self> {
        let grammar = match &prompt.schema {
            Some(schema) => {
                let grammar = constraint::grammar(schema)?;
                let sampler = LlamaSampler::grammar(&model.model, &grammar, constraint::ROOT);
                Some(sampler.context("the schema's grammar is refused")?)
            }
            None => None,
        };
        let chance = (prompt.temperature > 0.0).then(|| {
            LlamaSampler::chain_simple([
                LlamaSampler::temp(prompt.temperature),
                LlamaSampler::dist(prompt.seed),
            ])
        });
        Ok(TokenChoice { grammar, chance })
    }

    /// The next token by the logits at `index` of the last step.
    pub fn next(&mut self, context: &LlamaContext<'_>, index: i32) -> anyhow::Result<LlamaToken> {
        let free = match &mut self.chance {
            None => likeliest(context.get_logits_ith(index)),
            Some(chance) => pick(chance, context.token_data_array_ith(index))?,
        };
        let Some(grammar) = &mut self.grammar else { return Ok(free) };
        let mut alone = LlamaTokenDataArray::new(vec![LlamaTokenData::new(free, 1.0, 0.0)], false);
        grammar.apply(&mut alone);
        let allowed = alone.data.first().is_some_and(|data| data.logit() > f32::NEG_INFINITY);
        let token = if allowed {
            free
        } else {
            let mut masked = context.token_data_array_ith(index);
            grammar.apply(&mut masked);
            masked.data.retain(|data| data.logit() > f32::NEG_INFINITY);
            match &mut self.chance {
                None => masked
                    .data
                    .iter()
                    .max_by(|a, b| a.logit().total_cmp(&b.logit()))
                    .map(LlamaTokenData::id)
                    .context("the grammar allows no token")?,
                Some(chance) => pick(chance, masked)?,
            }
        };
        grammar.try_accept(token).map_err(|_| anyhow!("the grammar refuses its own token"))?;
        Ok(token)
    }
}

/// The first of the tokens with the highest logit.
pub fn likeliest(logits: &[f32]) -> LlamaToken {
    let mut best = 0;
    for (token, logit) in logits.iter().enumerate() {
        if *logit > logits[best] {
            best = token;
        }
    }
    LlamaToken(best as i32)
}

fn pick(chance: &mut LlamaSampler, mut from: LlamaTokenDataArray) -> anyhow::Result<LlamaToken> {
    if from.data.is_empty() {
        return Err(anyhow!("the grammar allows no token"));
    }
    chance.apply(&mut from);
    from.selected_token().context("no token was chosen")
}
