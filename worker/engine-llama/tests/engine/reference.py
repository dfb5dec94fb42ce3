"""Greedy tokens of a GGUF model by the textbook: Qwen2 and LLaMA in numpy, nothing of llama.cpp in it.

    reference.py MODEL.gguf COUNT TOKEN...      prints COUNT tokens as a JSON list

Reads 32-bit floats only. `tests/run --long` makes the goldens beside this file anew and compares.
"""

import json
import struct
import sys

import numpy as np


def read(path):
    """Metadata and tensors of a GGUF file (ggml's docs/gguf.md)."""
    data = open(path, "rb").read()
    at = 4

    def take(form):
        nonlocal at
        values = struct.unpack_from("<" + form, data, at)
        at += struct.calcsize("<" + form)
        return values[0]

    def text():
        nonlocal at
        length = take("Q")
        at += length
        return data[at - length : at].decode("utf-8", "replace")

    forms = {0: "B", 1: "b", 2: "H", 3: "h", 4: "I", 5: "i", 6: "f", 7: "?", 10: "Q", 11: "q", 12: "d"}

    def value(kind):
        if kind == 8:
            return text()
        if kind == 9:
            inner, length = take("I"), take("Q")
            return [value(inner) for _ in range(length)]
        return take(forms[kind])

    assert data[:4] == b"GGUF" and take("I") == 3
    tensors, entries = take("Q"), take("Q")
    metadata = {}
    for _ in range(entries):
        name = text()
        metadata[name] = value(take("I"))
    described = []
    for _ in range(tensors):
        name = text()
        shape = [take("Q") for _ in range(take("I"))]
        kind, offset = take("I"), take("Q")
        assert kind == 0, "32-bit floats only"
        described.append((name, shape[::-1], offset))
    start = (at + 31) // 32 * 32
    found = {}
    for name, shape, offset in described:
        count = int(np.prod(shape))
        found[name] = np.frombuffer(data, "<f4", count, start + offset).reshape(shape).astype(np.float64)
    return metadata, found


def norm(x, weight, eps):
    return x / np.sqrt((x * x).mean(-1, keepdims=True) + eps) * weight


def rotate(x, base, halves):
    """Rotary positions (Su et al. 2021) on [positions, heads, size]; pairs are halves apart (Qwen2) or neighbours (LLaMA)."""
    positions, _, size = x.shape
    angles = np.arange(positions)[:, None] * base ** (-np.arange(0, size, 2) / size)
    cos, sin = np.cos(angles)[:, None, :], np.sin(angles)[:, None, :]
    out = np.empty_like(x)
    if halves:
        a, b = x[..., : size // 2], x[..., size // 2 :]
        out[..., : size // 2], out[..., size // 2 :] = a * cos - b * sin, b * cos + a * sin
    else:
        a, b = x[..., 0::2], x[..., 1::2]
        out[..., 0::2], out[..., 1::2] = a * cos - b * sin, b * cos + a * sin
    return out


def logits(metadata, w, tokens):
    """Logits behind the last token."""
    arch = metadata["general.architecture"]
    get = lambda key: metadata[f"{arch}.{key}"]
    heads, groups = get("attention.head_count"), get("attention.head_count_kv")
    size, eps = get("embedding_length") // heads, get("attention.layer_norm_rms_epsilon")
    base, halves = get("rope.freq_base"), arch == "qwen2"
    x = w["token_embd.weight"][tokens]
    count = len(tokens)
    mask = np.triu(np.full((count, count), -np.inf), 1)
    for layer in range(get("block_count")):
        part = lambda name: w[f"blk.{layer}.{name}"]
        bias = lambda name: w.get(f"blk.{layer}.{name}.bias", 0.0)
        h = norm(x, part("attn_norm.weight"), eps)
        project = lambda name, n: (h @ part(name + ".weight").T + bias(name)).reshape(count, n, size)
        q, k = rotate(project("attn_q", heads), base, halves), rotate(project("attn_k", groups), base, halves)
        v = project("attn_v", groups)
        k, v = np.repeat(k, heads // groups, 1), np.repeat(v, heads // groups, 1)
        scores = np.einsum("ihd,jhd->hij", q, k) / np.sqrt(size) + mask
        scores = np.exp(scores - scores.max(-1, keepdims=True))
        scores /= scores.sum(-1, keepdims=True)
        x = x + np.einsum("hij,jhd->ihd", scores, v).reshape(count, -1) @ part("attn_output.weight").T
        h = norm(x, part("ffn_norm.weight"), eps)
        gate = h @ part("ffn_gate.weight").T
        x = x + (gate / (1 + np.exp(-gate)) * (h @ part("ffn_up.weight").T)) @ part("ffn_down.weight").T
    return w["output.weight"] @ norm(x[-1], w["output_norm.weight"], eps)


def main():
    metadata, weights = read(sys.argv[1])
    tokens = [int(token) for token in sys.argv[3:]]
    made = []
    for _ in range(int(sys.argv[2])):
        made.append(int(np.argmax(logits(metadata, weights, tokens + made))))
    print(json.dumps(made))


if __name__ == "__main__":
    main()
