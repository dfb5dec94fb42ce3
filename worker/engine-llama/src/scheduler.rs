//! Works on many calls at once: each step of the model takes the next token of every call that writes and a piece of a
//! prompt that is still to be read (continuous batching). Between steps calls come, end and are canceled.

use crate::{
    calls::{Calls, Incoming},
    language_model::{BATCH, LanguageModel},
    options::Options,
    prefix_cache::PrefixCache,
    prompt_tokens::PromptTokens,
    sequence::Sequence,
    token_choice::TokenChoice,
};
use lexilingo_engine_protocol::{
    completion::{Completion, Finish, MAX_TOKENS, Prompt},
    engine_error::EngineError,
    frame,
    message::{FromEngine, ToEngine},
};
use llama_cpp_2::{DecodeError, context::LlamaContext, llama_batch::LlamaBatch, token::LlamaToken};
use std::{
    collections::VecDeque,
    io,
    time::{Duration, Instant},
};

/// Tokens of prompts that one step reads: a cancellation waits for one step at most.
const READ: usize = 64;
/// Beginnings of prompts that are kept.
const PREFIXES: i32 = 2;
/// Calls that may wait for a slot; more are refused.
const WAITING: usize = 64;

type Answer = Result<Completion, EngineError>;

struct Waiting {
    call: u64,
    deadline: Instant,
    prompt: Prompt,
}

pub struct Scheduler<'a> {
    model: &'a LanguageModel,
    context: LlamaContext<'a>,
    batch: LlamaBatch<'a>,
    slots: Vec<Option<Sequence>>,
    waiting: VecDeque<Waiting>,
    prefixes: PrefixCache<LlamaToken>,
    context_tokens: usize,
}

impl<'a> Scheduler<'a> {
    pub fn new(model: &'a LanguageModel, options: &Options) -> anyhow::Result<Self> {
        let slots = options.slots as i32;
        Ok(Scheduler {
            model,
            context: model.context(options.slots + PREFIXES as u32)?,
            batch: LlamaBatch::new(BATCH as usize, 1),
            slots: (0..slots).map(|_| None).collect(),
            waiting: VecDeque::new(),
            prefixes: PrefixCache::new(slots..slots + PREFIXES),
            context_tokens: options.context as usize,
        })
    }

    /// One step of the largest size, so that all memory which calls need is taken before the model is measured.
    pub fn warm_up(&mut self) -> anyhow::Result<()> {
        let tokens = self.context_tokens.min(BATCH as usize);
        self.batch.clear();
        for at in 0..tokens {
            self.batch.add(LlamaToken(0), at as i32, &[0], at + 1 == tokens)?;
        }
        self.context.decode(&mut self.batch)?;
        self.context.clear_kv_cache();
        Ok(())
    }

    /// Works until there are no more calls.
    pub fn serve(&mut self, calls: &Calls) -> anyhow::Result<()> {
        loop {
            if self.is_idle() {
                match calls.wait() {
                    Some(incoming) => self.take_in(incoming)?,
                    None => return Ok(()),
                }
            }
            loop {
                match calls.look() {
                    Ok(Some(incoming)) => self.take_in(incoming)?,
                    Ok(None) => break,
                    // Nobody would hear the answers.
                    Err(_) => return Ok(()),
                }
            }
            self.end_overdue()?;
            self.admit()?;
            self.step()?;
        }
    }

    fn is_idle(&self) -> bool {
        self.waiting.is_empty() && self.slots.iter().all(Option::is_none)
    }

    fn take_in(&mut self, incoming: Incoming) -> io::Result<()> {
        match incoming.message {
            ToEngine::Run { call, timeout_ms, input } => {
                if self.waiting.len() >= WAITING {
                    let full = EngineError::Unavailable("too many calls are waiting".to_owned());
                    return answer(call, Err(full));
                }
                let deadline = incoming.at + Duration::from_millis(timeout_ms);
                self.waiting.push_back(Waiting { call, deadline, prompt: input });
                Ok(())
            }
            ToEngine::Cancel { call } => {
                if let Some(at) = self.waiting.iter().position(|waiting| waiting.call == call) {
                    self.waiting.remove(at);
                    return answer(call, Err(EngineError::Canceled));
                }
                let running =
                    |slot: &Option<Sequence>| slot.as_ref().is_some_and(|s| s.call == call);
                match self.slots.iter().position(running) {
                    Some(slot) => self.end(slot, |_| Err(EngineError::Canceled)),
                    None => Ok(()),
                }
            }
        }
    }

    /// Ends what is out of time; what was written by then is the answer.
    fn end_overdue(&mut self) -> io::Result<()> {
        let now = Instant::now();
        for slot in 0..self.slots.len() {
            if self.slots[slot].as_ref().is_some_and(|sequence| sequence.deadline <= now) {
                self.end(slot, |sequence| match sequence.made {
                    0 => Err(EngineError::TimedOut),
                    _ => Ok(sequence.finish(Finish::Time)),
                })?;
            }
        }
        while let Some(at) = self.waiting.iter().position(|waiting| waiting.deadline <= now) {
            if let Some(late) = self.waiting.remove(at) {
                answer(late.call, Err(EngineError::TimedOut))?;
            }
        }
        Ok(())
    }

    /// Gives free slots to those who wait.
    fn admit(&mut self) -> io::Result<()> {
        while let Some(slot) = self.slots.iter().position(Option::is_none) {
            let Some(waiting) = self.waiting.pop_front() else { return Ok(()) };
            match self.begin(slot, &waiting) {
                Ok(sequence) => self.slots[slot] = Some(sequence),
                Err(e) => answer(waiting.call, Err(EngineError::Failed(format!("{e:#}"))))?,
            }
        }
        Ok(())
    }

    fn begin(&mut self, slot: usize, waiting: &Waiting) -> anyhow::Result<Sequence> {
        let tokens = PromptTokens::of(self.model, &waiting.prompt)?;
        let max_tokens = waiting.prompt.max_tokens.clamp(1, MAX_TOKENS);
        if tokens.is_empty() || tokens.len() + max_tokens as usize > self.context_tokens {
            anyhow::bail!(
                "{} tokens and {max_tokens} for the answer do not fit into a context of {}",
                tokens.len(),
                self.context_tokens
            );
        }
        let choice = TokenChoice::for_prompt(self.model, &waiting.prompt)?;
        let mut sequence =
            Sequence::new(waiting.call, waiting.deadline, tokens, max_tokens, choice);
        if let Some(prefix) = self.prefixes.find(&sequence.prompt.shared) {
            self.context.copy_kv_cache_seq(prefix, slot as i32, None, None)?;
            sequence.held = sequence.prompt.shared.len();
            sequence.cached = sequence.held;
        }
        Ok(sequence)
    }

    /// One step of the model for all calls, then the next token of each that has one.
    fn step(&mut self) -> anyhow::Result<()> {
        self.batch.clear();
        // Where the logits of a slot will stand.
        let mut outputs: Vec<(usize, i32)> = Vec::new();
        let mut planned: Vec<(usize, usize)> = Vec::new();
        for (slot, sequence) in self.slots.iter().enumerate() {
            let Some(sequence) = sequence else { continue };
            if let Some(token) = sequence.pending {
                outputs.push((slot, self.batch.n_tokens()));
                self.batch.add(token, sequence.held as i32, &[slot as i32], true)?;
                planned.push((slot, 1));
            }
        }
        let mut room = READ;
        for (slot, sequence) in self.slots.iter().enumerate() {
            let Some(sequence) = sequence.as_ref().filter(|s| s.is_reading()) else { continue };
            // The shared part is read to its end first, so that it can be kept for others.
            let whole = sequence.prompt.len();
            let shared = sequence.prompt.shared.len();
            let until = if sequence.held < shared { shared } else { whole };
            let count = room.min(until - sequence.held);
            for at in sequence.held..sequence.held + count {
                let Some(token) = sequence.prompt.get(at) else { break };
                let last = at + 1 == whole;
                if last {
                    outputs.push((slot, self.batch.n_tokens()));
                }
                self.batch.add(token, at as i32, &[slot as i32], last)?;
            }
            planned.push((slot, count));
            room -= count;
        }
        if self.batch.n_tokens() == 0 {
            return Ok(());
        }
        match self.context.decode(&mut self.batch) {
            Ok(()) => {}
            Err(DecodeError::NoKvCacheSlot) => return Ok(self.make_room()?),
            Err(e) => return Err(e.into()),
        }
        for (slot, count) in planned {
            self.advance(slot, count)?;
        }
        for (slot, index) in outputs {
            self.write(slot, index)?;
        }
        Ok(())
    }

    /// Counts what the context now holds of a call, and keeps its prompt's beginning for others.
    fn advance(&mut self, slot: usize, count: usize) -> anyhow::Result<()> {
        let Some(sequence) = &mut self.slots[slot] else { return Ok(()) };
        sequence.held += count;
        sequence.pending = None;
        let shared = &sequence.prompt.shared;
        if sequence.held != shared.len() || self.prefixes.find(shared).is_some() {
            return Ok(());
        }
        if let Some(prefix) = self.prefixes.claim(shared) {
            self.context.clear_kv_cache_seq(Some(prefix as u32), None, None)?;
            self.context.copy_kv_cache_seq(slot as i32, prefix, None, None)?;
        }
        Ok(())
    }

    /// Takes the next token of a call, and ends the call when it is done.
    fn write(&mut self, slot: usize, index: i32) -> io::Result<()> {
        let Some(sequence) = &mut self.slots[slot] else { return Ok(()) };
        let token = match sequence.choice.next(&self.context, index) {
            Ok(token) => token,
            Err(e) => return self.end(slot, |_| Err(EngineError::Failed(format!("{e:#}")))),
        };
        let vocabulary = self.model.model.vocab();
        if vocabulary.is_eog(token) {
            return self.end(slot, |sequence| Ok(sequence.finish(Finish::Stop)));
        }
        sequence.made += 1;
        sequence.pending = Some(token);
        sequence.write(&vocabulary.token_to_piece(token, false, None));
        if let Some(part) = sequence.news() {
            let call = sequence.call;
            send(&FromEngine::Partial { call, part })?;
        }
        if sequence.made >= sequence.max_tokens {
            return self.end(slot, |sequence| Ok(sequence.finish(Finish::Length)));
        }
        Ok(())
    }

    /// The context is full: first kept beginnings go, then the call that came last.
    fn make_room(&mut self) -> io::Result<()> {
        if let Some(prefix) = self.prefixes.forget_oldest() {
            self.clear(prefix);
            return Ok(());
        }
        let youngest = self
            .slots
            .iter()
            .enumerate()
            .filter_map(|(slot, sequence)| Some((sequence.as_ref()?.call, slot)))
            .max();
        match youngest {
            Some((_, slot)) => self.end(slot, |sequence| match sequence.made {
                0 => Err(EngineError::Unavailable("the model's context is full".to_owned())),
                _ => Ok(sequence.finish(Finish::Length)),
            }),
            None => Ok(()),
        }
    }

    fn end(&mut self, slot: usize, how: impl FnOnce(Sequence) -> Answer) -> io::Result<()> {
        self.clear(slot as i32);
        match self.slots[slot].take() {
            Some(sequence) => {
                let call = sequence.call;
                answer(call, how(sequence))
            }
            None => Ok(()),
        }
    }

    fn clear(&mut self, sequence: i32) {
        // Whole sequences can always be cleared.
        let _ = self.context.clear_kv_cache_seq(Some(sequence as u32), None, None);
    }
}

fn answer(call: u64, answer: Answer) -> io::Result<()> {
    send(&FromEngine::Done { call, answer })
}

fn send(message: &FromEngine<String, Completion>) -> io::Result<()> {
    frame::write(&mut io::stdout().lock(), message)
}
