//! Writes GGUF files, version 3 (ggml's `docs/gguf.md`): a header, metadata, tensor descriptions, then the tensors.

use half::f16;
use std::io::{self, Write};

const MAGIC: &[u8; 4] = b"GGUF";
const VERSION: u32 = 3;
const ALIGNMENT: usize = 32;
/// Numbers that share a scale in `Q8_0`.
const BLOCK: usize = 32;

/// A metadata value.
#[derive(Debug, Clone)]
pub enum Value {
    U32(u32),
    F32(f32),
    Bool(bool),
    Text(String),
    Texts(Vec<String>),
    I32s(Vec<i32>),
}

impl Value {
    fn kind(&self) -> u32 {
        match self {
            Value::U32(_) => 4,
            Value::F32(_) => 6,
            Value::Bool(_) => 7,
            Value::Text(_) => 8,
            Value::Texts(_) | Value::I32s(_) => 9,
        }
    }
}

/// How a tensor's numbers are kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Precision {
    F32,
    /// Blocks of 32 bytes with one half-precision scale.
    Q8_0,
}

impl Precision {
    /// The number that GGUF uses for it.
    fn kind(self) -> u32 {
        match self {
            Precision::F32 => 0,
            Precision::Q8_0 => 8,
        }
    }
}

struct Tensor {
    name: String,
    /// Innermost dimension first, as GGUF has them.
    shape: Vec<u64>,
    precision: Precision,
    bytes: Vec<u8>,
}

/// A file in the making.
#[derive(Default)]
pub struct GgufFile {
    metadata: Vec<(String, Value)>,
    tensors: Vec<Tensor>,
}

impl GgufFile {
    pub fn set(&mut self, key: &str, value: Value) {
        self.metadata.push((key.to_owned(), value));
    }

    /// Adds a tensor; `shape` is outermost dimension first. Rows of `Q8_0` must be whole blocks, others stay `F32`.
    pub fn tensor(&mut self, name: &str, shape: &[usize], numbers: &[f32], precision: Precision) {
        let row = shape.last().copied().unwrap_or(0);
        let precision =
            if shape.len() > 1 && row % BLOCK == 0 { precision } else { Precision::F32 };
        let bytes = match precision {
            Precision::F32 => numbers.iter().flat_map(|number| number.to_le_bytes()).collect(),
            Precision::Q8_0 => numbers.chunks(BLOCK).flat_map(quantised).collect(),
        };
        let shape = shape.iter().rev().map(|size| *size as u64).collect();
        self.tensors.push(Tensor { name: name.to_owned(), shape, precision, bytes });
    }

    pub fn write(&self, to: &mut impl Write) -> io::Result<()> {
        let mut head = Vec::new();
        head.extend(MAGIC);
        head.extend(VERSION.to_le_bytes());
        head.extend((self.tensors.len() as u64).to_le_bytes());
        head.extend((self.metadata.len() as u64).to_le_bytes());
        for (key, value) in &self.metadata {
            put_text(&mut head, key);
            head.extend(value.kind().to_le_bytes());
            put_value(&mut head, value);
        }
        let mut offset = 0;
        for tensor in &self.tensors {
            put_text(&mut head, &tensor.name);
            head.extend((tensor.shape.len() as u32).to_le_bytes());
            head.extend(tensor.shape.iter().flat_map(|size| size.to_le_bytes()));
            head.extend(tensor.precision.kind().to_le_bytes());
            head.extend((offset as u64).to_le_bytes());
            offset += tensor.bytes.len().next_multiple_of(ALIGNMENT);
        }
        head.resize(head.len().next_multiple_of(ALIGNMENT), 0);
        to.write_all(&head)?;
        for tensor in &self.tensors {
            to.write_all(&tensor.bytes)?;
            let padding = tensor.bytes.len().next_multiple_of(ALIGNMENT) - tensor.bytes.len();
            to.write_all(&[0; ALIGNMENT][..padding])?;
        }
        Ok(())
    }
}

/// A block of `Q8_0`: a scale, then the numbers in steps of it.
fn quantised(block: &[f32]) -> Vec<u8> {
    let largest = block.iter().fold(0f32, |largest, number| largest.max(number.abs()));
    let scale = largest / 127.0;
    let inverse = if scale > 0.0 { 1.0 / scale } else { 0.0 };
    let mut bytes = f16::from_f32(scale).to_le_bytes().to_vec();
    bytes.extend(block.iter().map(|number| (number * inverse).round() as i8 as u8));
    bytes
}

fn put_text(to: &mut Vec<u8>, text: &str) {
    to.extend((text.len() as u64).to_le_bytes());
    to.extend(text.as_bytes());
}

fn put_value(to: &mut Vec<u8>, value: &Value) {
    let list = |to: &mut Vec<u8>, kind: u32, length: usize| {
        to.extend(kind.to_le_bytes());
        to.extend((length as u64).to_le_bytes());
    };
    match value {
        Value::U32(number) => to.extend(number.to_le_bytes()),
        Value::F32(number) => to.extend(number.to_le_bytes()),
        Value::Bool(flag) => to.push(u8::from(*flag)),
        Value::Text(text) => put_text(to, text),
        Value::Texts(texts) => {
            list(to, 8, texts.len());
            texts.iter().for_each(|text| put_text(to, text));
        }
        Value::I32s(numbers) => {
            list(to, 5, numbers.len());
            to.extend(numbers.iter().flat_map(|number| number.to_le_bytes()));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tensors_begin_at_aligned_places() {
        let mut file = GgufFile::default();
        file.set("general.architecture", Value::Text("qwen2".to_owned()));
        file.tensor("a", &[3], &[1.0, 2.0, 3.0], Precision::Q8_0);
        file.tensor("b", &[1, 32], &[0.5; 32], Precision::Q8_0);
        let mut bytes = Vec::new();
        file.write(&mut bytes).unwrap();
        assert_eq!(&bytes[..4], MAGIC);
        // 12 bytes of `a` and 34 of `b`, each filled up.
        let data = &bytes[bytes.len() - 32 - 64..];
        assert_eq!(data[..4], 1.0f32.to_le_bytes());
        assert_eq!(data[34], 127, "half of the largest number is 127 steps of itself");
    }
}
