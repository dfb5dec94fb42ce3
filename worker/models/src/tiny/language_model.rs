//! Language models with random weights, in the two architectures that the fleet runs.

use super::{
    byte_pairs::BytePairs,
    gguf_file::{GgufFile, Precision, Value},
    noise::Noise,
};

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Architecture {
    Qwen2,
    Llama,
}

/// Sizes of a model.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Shape {
    pub layers: usize,
    pub width: usize,
    pub heads: usize,
    pub key_value_heads: usize,
    pub feed_forward: usize,
    pub vocabulary: usize,
    pub context: u32,
    pub precision: Precision,
}

impl Shape {
    /// Under two megabytes; loads in no time.
    pub const TINY: Shape = Shape {
        layers: 2,
        width: 64,
        heads: 4,
        key_value_heads: 2,
        feed_forward: 128,
        vocabulary: 768,
        context: 4096,
        precision: Precision::F32,
    };

    /// Qwen2.5-0.5B's, 8 bits a weight.
    pub const QWEN_HALF_BILLION: Shape = Shape {
        layers: 24,
        width: 896,
        heads: 14,
        key_value_heads: 2,
        feed_forward: 4864,
        vocabulary: 151_936,
        context: 32_768,
        precision: Precision::Q8_0,
    };
}

const QWEN_TEMPLATE: &str = "{% for message in messages %}{{'<|im_start|>' + message['role'] + '\n' + message['content'] + '<|im_end|>' + '\n'}}{% endfor %}{% if add_generation_prompt %}{{ '<|im_start|>assistant\n' }}{% endif %}";
const LLAMA_TEMPLATE: &str = "{% set loop_messages = messages %}{% for message in loop_messages %}{% set content = '<|start_header_id|>' + message['role'] + '<|end_header_id|>\n\n'+ message['content'] | trim + '<|eot_id|>' %}{{ content }}{% endfor %}{% if add_generation_prompt %}{{ '<|start_header_id|>assistant<|end_header_id|>\n\n' }}{% endif %}";

/// Kinds of token in a file.
const NORMAL: i32 = 1;
const CONTROL: i32 = 3;
const UNUSED: i32 = 5;

/// A whole model.
pub fn model(architecture: Architecture, shape: Shape, seed: u64) -> GgufFile {
    let mut file = GgufFile::default();
    let name = match architecture {
        Architecture::Qwen2 => "qwen2",
        Architecture::Llama => "llama",
    };
    file.set("general.architecture", Value::Text(name.to_owned()));
    file.set("general.name", Value::Text("random weights".to_owned()));
    let number = |file: &mut GgufFile, key: &str, value: usize| {
        file.set(&format!("{name}.{key}"), Value::U32(value as u32));
    };
    number(&mut file, "context_length", shape.context as usize);
    number(&mut file, "embedding_length", shape.width);
    number(&mut file, "block_count", shape.layers);
    number(&mut file, "feed_forward_length", shape.feed_forward);
    number(&mut file, "attention.head_count", shape.heads);
    number(&mut file, "attention.head_count_kv", shape.key_value_heads);
    file.set(&format!("{name}.attention.layer_norm_rms_epsilon"), Value::F32(1e-6));
    let base = if architecture == Architecture::Qwen2 { 1e6 } else { 5e5 };
    file.set(&format!("{name}.rope.freq_base"), Value::F32(base));
    if architecture == Architecture::Llama {
        number(&mut file, "rope.dimension_count", shape.width / shape.heads);
        number(&mut file, "vocab_size", shape.vocabulary);
    }
    vocabulary(&mut file, architecture, shape.vocabulary);
    weights(&mut file, architecture, shape, &mut Noise::new(seed));
    file
}

fn vocabulary(file: &mut GgufFile, architecture: Architecture, size: usize) {
    let control: &[&str] = match architecture {
        Architecture::Qwen2 => &["<|endoftext|>", "<|im_start|>", "<|im_end|>"],
        Architecture::Llama => &[
            "<|begin_of_text|>",
            "<|end_of_text|>",
            "<|start_header_id|>",
            "<|end_header_id|>",
            "<|eot_id|>",
        ],
    };
    let room = size.saturating_sub(control.len());
    let BytePairs { mut tokens, merges } = BytePairs::learn(300);
    let mut kinds = vec![NORMAL; tokens.len()];
    for unused in 0..room.saturating_sub(tokens.len()) {
        tokens.push(format!("[unused {unused}]"));
        kinds.push(UNUSED);
    }
    let first_control = tokens.len();
    tokens.extend(control.iter().map(|token| (*token).to_owned()));
    kinds.resize(tokens.len(), CONTROL);
    let (before, end, template) = match architecture {
        Architecture::Qwen2 => ("qwen2", 2, QWEN_TEMPLATE),
        Architecture::Llama => ("llama-bpe", 4, LLAMA_TEMPLATE),
    };
    let id = |n: usize| Value::U32((first_control + n) as u32);
    file.set("tokenizer.ggml.model", Value::Text("gpt2".to_owned()));
    file.set("tokenizer.ggml.pre", Value::Text(before.to_owned()));
    file.set("tokenizer.ggml.tokens", Value::Texts(tokens));
    file.set("tokenizer.ggml.token_type", Value::I32s(kinds));
    file.set("tokenizer.ggml.merges", Value::Texts(merges));
    file.set("tokenizer.ggml.bos_token_id", id(0));
    file.set("tokenizer.ggml.eos_token_id", id(end));
    let starts = architecture == Architecture::Llama;
    file.set("tokenizer.ggml.add_bos_token", Value::Bool(starts));
    file.set("tokenizer.chat_template", Value::Text(template.to_owned()));
}

fn weights(file: &mut GgufFile, architecture: Architecture, shape: Shape, noise: &mut Noise) {
    let Shape { width, feed_forward, precision, .. } = shape;
    let key_value = shape.key_value_heads * (width / shape.heads);
    let deviation = 1.0 / (width as f32).sqrt();
    let mut matrix = |file: &mut GgufFile, name: &str, rows: usize, columns: usize, scale: f32| {
        let numbers = noise.weights(rows * columns, deviation * scale);
        file.tensor(name, &[rows, columns], &numbers, precision);
    };
    matrix(file, "token_embd.weight", shape.vocabulary, width, 1.0);
    // Large models of this size share the matrix of words; the tiny ones have a second, so that outputs vary.
    if shape == Shape::TINY {
        matrix(file, "output.weight", shape.vocabulary, width, 3.0);
    }
    for layer in 0..shape.layers {
        let name = |part: &str| format!("blk.{layer}.{part}.weight");
        matrix(file, &name("attn_q"), width, width, 2.0);
        matrix(file, &name("attn_k"), key_value, width, 2.0);
        matrix(file, &name("attn_v"), key_value, width, 2.0);
        matrix(file, &name("attn_output"), width, width, 2.0);
        matrix(file, &name("ffn_gate"), feed_forward, width, 1.0);
        matrix(file, &name("ffn_up"), feed_forward, width, 1.0);
        matrix(file, &name("ffn_down"), width, feed_forward, 1.0);
    }
    let ones = vec![1.0; width];
    file.tensor("output_norm.weight", &[width], &ones, Precision::F32);
    for layer in 0..shape.layers {
        for part in ["attn_norm", "ffn_norm"] {
            file.tensor(&format!("blk.{layer}.{part}.weight"), &[width], &ones, Precision::F32);
        }
        if architecture == Architecture::Qwen2 {
            for (part, size) in [("attn_q", width), ("attn_k", key_value), ("attn_v", key_value)] {
                let bias = noise.weights(size, 0.1);
                file.tensor(&format!("blk.{layer}.{part}.bias"), &[size], &bias, Precision::F32);
            }
        }
    }
}

/// A LoRA adapter (Hu et al. 2021) for a model of this shape: rank `rank`, on the attention's queries and outputs.
pub fn adapter(architecture: Architecture, shape: Shape, rank: usize, seed: u64) -> GgufFile {
    let mut file = GgufFile::default();
    let name = if architecture == Architecture::Qwen2 { "qwen2" } else { "llama" };
    file.set("general.architecture", Value::Text(name.to_owned()));
    file.set("general.type", Value::Text("adapter".to_owned()));
    file.set("adapter.type", Value::Text("lora".to_owned()));
    file.set("adapter.lora.alpha", Value::F32(2.0 * rank as f32));
    let mut noise = Noise::new(seed);
    for layer in 0..shape.layers {
        for part in ["attn_q", "attn_output"] {
            let numbers = noise.weights(rank * shape.width, 0.3);
            let name = format!("blk.{layer}.{part}.weight.lora_a");
            file.tensor(&name, &[rank, shape.width], &numbers, Precision::F32);
            let numbers = noise.weights(shape.width * rank, 0.3);
            let name = format!("blk.{layer}.{part}.weight.lora_b");
            file.tensor(&name, &[shape.width, rank], &numbers, Precision::F32);
        }
    }
    file
}
