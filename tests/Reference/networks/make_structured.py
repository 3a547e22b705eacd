"""Writes structured.json: convolutional, residual, recurrent and tabular networks in PyTorch, in the form of networks.json.

Run: python3 make_structured.py (PyTorch 1.13.1).
"""
import json
import pathlib

import torch
from recording import record
from torch import nn

torch.manual_seed(12)


def shaken(norm):
    nn.init.uniform_(norm.weight, 0.5, 1.5)
    nn.init.uniform_(norm.bias, -0.5, 0.5)
    return norm


class Cnn(nn.Module):
    """Network.Cnn([2, 6, 7], [Conv(4, 3, stride 2), AveragePool(2, 1), Conv(3, 2, Valid), GlobalAveragePool, Dense(4)]) with batch normalisation and LeakyReLU(0.1)."""

    def __init__(self):
        super().__init__()
        self.conv0 = nn.Conv2d(2, 4, 3, stride=2, padding=1)
        self.norm0 = shaken(nn.BatchNorm2d(4))
        self.conv2 = nn.Conv2d(4, 3, 2)
        self.norm2 = shaken(nn.BatchNorm2d(3))
        self.dense4 = nn.Linear(3, 4)
        self.norm4 = shaken(nn.BatchNorm1d(4))
        self.output = nn.Linear(4, 2)
        self.activation = nn.LeakyReLU(0.1)

    def forward(self, x):
        x = x.view(-1, 2, 6, 7)
        x = self.activation(self.norm0(self.conv0(x)))
        x = nn.functional.avg_pool2d(x, 2, stride=1)
        x = self.activation(self.norm2(self.conv2(x)))
        x = x.mean((2, 3))
        return self.output(self.activation(self.norm4(self.dense4(x))))


class PooledCnn(nn.Module):
    """Network.Cnn([1, 5, 5], [Conv(3, 3), MaxPool(2), Flatten]) with tanh."""

    def __init__(self):
        super().__init__()
        self.conv0 = nn.Conv2d(1, 3, 3, padding=1)
        self.output = nn.Linear(12, 2)

    def forward(self, x):
        x = torch.tanh(self.conv0(x.view(-1, 1, 5, 5)))
        return self.output(nn.functional.max_pool2d(x, 2).flatten(1))


class Block(nn.Module):
    """The basic and the bottleneck block of torchvision."""

    def __init__(self, inputs, width, stride, bottleneck):
        super().__init__()
        outputs = 4 * width if bottleneck else width
        if bottleneck:
            convolutions = [(inputs, width, 1, 1), (width, width, 3, stride), (width, outputs, 1, 1)]
        else:
            convolutions = [(inputs, width, 3, stride), (width, width, 3, 1)]
        for i, (a, b, kernel, step) in enumerate(convolutions, 1):
            setattr(self, f"conv{i}", nn.Conv2d(a, b, kernel, stride=step, padding=kernel // 2, bias=False))
            setattr(self, f"bn{i}", shaken(nn.BatchNorm2d(b)))
        self.count = len(convolutions)
        self.downsample = None
        if stride > 1 or inputs != outputs:
            self.downsample = nn.Sequential(nn.Conv2d(inputs, outputs, 1, stride=stride, bias=False), shaken(nn.BatchNorm2d(outputs)))
        self.outputs = outputs

    def forward(self, x):
        skip = x if self.downsample is None else self.downsample(x)
        for i in range(1, self.count + 1):
            x = getattr(self, f"bn{i}")(getattr(self, f"conv{i}")(x))
            x = torch.relu(x) if i < self.count else x
        return torch.relu(x + skip)


class ResNet(nn.Module):
    def __init__(self, shape, width, blocks, bottleneck, large):
        super().__init__()
        self.shape = shape
        self.conv1 = nn.Conv2d(shape[0], width, 7, stride=2, padding=3, bias=False) if large else nn.Conv2d(shape[0], width, 3, padding=1, bias=False)
        self.bn1 = shaken(nn.BatchNorm2d(width))
        self.large = large
        inputs = width
        for stage, count in enumerate(blocks):
            layers = []
            for i in range(count):
                layers.append(Block(inputs, width << stage, 2 if stage and not i else 1, bottleneck))
                inputs = layers[-1].outputs
            setattr(self, f"layer{stage + 1}", nn.Sequential(*layers))
        self.output = nn.Linear(inputs, 2)

    def forward(self, x):
        x = torch.relu(self.bn1(self.conv1(x.view(-1, *self.shape))))
        if self.large:
            x = nn.functional.max_pool2d(x, 3, stride=2, padding=1)
        for stage in range(1, 5):
            x = getattr(self, f"layer{stage}")(x)
        return self.output(x.mean((2, 3)))


class Recurrent(nn.Module):
    def __init__(self, cell, shape, hidden, layers, bidirectional, outputs):
        super().__init__()
        self.shape, self.outputs, self.layers, self.bidirectional = shape, outputs, layers, bidirectional
        width = hidden * (2 if bidirectional else 1)
        for i in range(layers):
            holder = nn.Module()
            holder.cell = cell(shape[1] if i == 0 else width, hidden, batch_first=True, bidirectional=bidirectional)
            setattr(self, f"recurrent{i}", holder)
        self.output = nn.Linear(width * (shape[0] if outputs == "all" else 1), 2)

    def forward(self, x):
        x = x.view(-1, *self.shape)
        for i in range(self.layers):
            x, state = getattr(self, f"recurrent{i}").cell(x)
        if self.outputs == "last":
            # The states behind the last step as the module itself gives them.
            state = state[0] if isinstance(state, tuple) else state
            return self.output(state.transpose(0, 1).flatten(1))
        return self.output(x.mean(1) if self.outputs == "mean" else x.flatten(1))


class TabularResNet(nn.Module):
    def __init__(self, inputs, width, blocks, expansion):
        super().__init__()
        self.blocks = blocks
        self.input = nn.Linear(inputs, width)
        for i in range(blocks):
            setattr(self, f"norm{i}", shaken(nn.BatchNorm1d(width)))
            setattr(self, f"expand{i}", nn.Linear(width, expansion * width))
            setattr(self, f"shrink{i}", nn.Linear(expansion * width, width))
        self.norm = shaken(nn.BatchNorm1d(width))
        self.output = nn.Linear(width, 2)

    def forward(self, x):
        x = self.input(x)
        for i in range(self.blocks):
            y = torch.relu(getattr(self, f"expand{i}")(getattr(self, f"norm{i}")(x)))
            x = x + getattr(self, f"shrink{i}")(y)
        return self.output(torch.relu(self.norm(x)))


def short(value):
    """Nine digits hold any number of single precision."""
    if isinstance(value, float):
        return float(f"{value:.9g}")
    if isinstance(value, dict):
        return {key: short(item) for key, item in value.items()}
    return [short(item) for item in value] if isinstance(value, list) else value


def irnn(*sizes, **options):
    return nn.RNN(*sizes, nonlinearity="relu", **options)


cases = [
    record("cnn", Cnn(), 84),
    record("cnn-pooled", PooledCnn(), 25),
    record("resnet-10", ResNet((2, 5, 4), 1, [1, 1, 1, 1], False, False), 40),
    record("resnet-50-large", ResNet((1, 9, 11), 1, [3, 4, 6, 3], True, True), 99, dtype=torch.float64),
    record("rnn", Recurrent(nn.RNN, (4, 2), 3, 1, False, "last"), 8),
    record("irnn", Recurrent(irnn, (4, 2), 3, 1, False, "mean"), 8),
    record("gru", Recurrent(nn.GRU, (4, 2), 3, 2, False, "all"), 8),
    record("lstm", Recurrent(nn.LSTM, (4, 2), 3, 2, True, "last"), 8),
    record("tabular", TabularResNet(3, 4, 2, 2), 3),
]
pathlib.Path(__file__).with_name("structured.json").write_text(json.dumps({"cases": short(cases)}) + "\n")
