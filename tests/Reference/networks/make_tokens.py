"""Writes tokens.json: the transformer for tables, and embeddings in front of a perceptron, in PyTorch, in the form of networks.json.

Attention is PyTorch's own function over all tokens in all blocks. Run: python3 make_tokens.py (PyTorch 1.13.1).
"""
import json
import pathlib

import torch
from recording import record
from torch import nn
from torch.nn import functional as F

torch.manual_seed(21)
KEYS = {"City": 4, "Marks_0": 2, "Marks_1": 2}


def short(value):
    """Nine digits hold any number of single precision."""
    if isinstance(value, float):
        return float(f"{value:.9g}")
    if isinstance(value, dict):
        return {key: short(item) for key, item in value.items()}
    return [short(item) for item in value] if isinstance(value, list) else value


def draw(numbers, keys):
    def rows(count, _):
        columns = [torch.randn(count, numbers)] + [torch.randint(0, values + 1, (count, 1)).float() for values in keys.values()]
        return torch.cat(columns, 1)

    return rows


class Table(nn.Module):
    def __init__(self, values, size):
        super().__init__()
        self.weight = nn.Parameter(torch.randn(values + 1, size))

    def forward(self, keys):
        return F.embedding(keys.long(), self.weight)


def tables(keys, sizes):
    holder = nn.Module()
    for (name, values), size in zip(keys.items(), sizes):
        setattr(holder, name, Table(values, size))
    return holder


class Tokenizer(nn.Module):
    def __init__(self, numbers, keys, width):
        super().__init__()
        self.numbers, self.keys = numbers, keys
        if numbers:
            self.weight = nn.Parameter(torch.randn(numbers, width))
        self.bias = nn.Parameter(torch.randn(numbers + len(keys), width))
        self.cls = nn.Parameter(torch.randn(width))
        if keys:
            self.embedding = tables(keys, [width] * len(keys))

    def forward(self, x):
        tokens = [x[:, i, None] * self.weight[i] for i in range(self.numbers)]
        tokens += [getattr(self.embedding, name)(x[:, self.numbers + i]) for i, name in enumerate(self.keys)]
        tokens = [token + self.bias[i] for i, token in enumerate(tokens)]
        return torch.stack([self.cls.expand(len(x), -1), *tokens], 1)


class Attention(nn.Module):
    def __init__(self, width, heads):
        super().__init__()
        self.heads = heads
        for name in ("query", "key", "value", "out"):
            setattr(self, name, nn.Linear(width, width))

    def forward(self, x):
        x = x.transpose(0, 1)
        weight = torch.cat([self.query.weight, self.key.weight, self.value.weight])
        bias = torch.cat([self.query.bias, self.key.bias, self.value.bias])
        y, _ = F.multi_head_attention_forward(
            x, x, x, x.shape[2], self.heads, weight, bias, None, None, False, 0.0, self.out.weight, self.out.bias, need_weights=False)
        return y.transpose(0, 1)


def shaken(norm):
    nn.init.uniform_(norm.weight, 0.5, 1.5)
    nn.init.uniform_(norm.bias, -0.5, 0.5)
    return norm


class Block(nn.Module):
    def __init__(self, width, heads, hidden, first):
        super().__init__()
        if not first:
            self.attention_norm = shaken(nn.LayerNorm(width))
        self.attention = Attention(width, heads)
        self.feedforward = nn.Module()
        self.feedforward.norm = shaken(nn.LayerNorm(width))
        self.feedforward.expand = nn.Linear(width, 2 * hidden)
        self.feedforward.shrink = nn.Linear(hidden, width)
        self.first = first

    def forward(self, x):
        x = x + self.attention(x if self.first else self.attention_norm(x))
        a, b = self.feedforward.expand(self.feedforward.norm(x)).chunk(2, -1)
        return x + self.feedforward.shrink(a * torch.relu(b))


class Transformer(nn.Module):
    def __init__(self, numbers, keys, width, blocks, heads, expansion):
        super().__init__()
        self.tokenizer = Tokenizer(numbers, keys, width)
        self.blocks = blocks
        for i in range(blocks):
            setattr(self, f"block{i}", Block(width, heads, int(width * expansion), i == 0))
        self.norm = shaken(nn.LayerNorm(width))
        self.output = nn.Linear(width, 2)

    def forward(self, x):
        x = self.tokenizer(x)
        for i in range(self.blocks):
            x = getattr(self, f"block{i}")(x)
        return self.output(torch.relu(self.norm(x[:, 0])))


class Embedded(nn.Module):
    def __init__(self, numbers, keys, sizes):
        super().__init__()
        self.numbers, self.keys = numbers, keys
        self.hidden0 = nn.Linear(numbers + sum(sizes), 5)
        self.output = nn.Linear(5, 2)
        self.embedding = tables(keys, sizes)

    def forward(self, x):
        vectors = [getattr(self.embedding, name)(x[:, self.numbers + i]) for i, name in enumerate(self.keys)]
        return self.output(torch.tanh(self.hidden0(torch.cat([x[:, : self.numbers], *vectors], 1))))


cases = [
    record("numbers", Transformer(3, {}, 6, 2, 3, 4 / 3), 3),
    record("one block", Transformer(2, {}, 4, 1, 1, 2), 2),
    record("keys", Transformer(0, KEYS, 4, 2, 2, 1.5), 3, draw=draw(0, KEYS)),
    record("mixed", Transformer(2, KEYS, 6, 3, 2, 4 / 3), 5, draw=draw(2, KEYS)),
    record("embedding", Embedded(2, KEYS, [3, 2, 2]), 5, draw=draw(2, KEYS)),
]
pathlib.Path(__file__).with_name("tokens.json").write_text(json.dumps({"cases": short(cases)}) + "\n")
