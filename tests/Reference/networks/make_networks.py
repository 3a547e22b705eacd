"""Writes networks.json: outputs, gradients and running statistics of small networks in PyTorch, with the weights they started from.

For each network: outputs in training mode on `input`, gradients of the mean of their squares, buffers after that pass, outputs in evaluation mode.
Run: python3 make_networks.py (PyTorch 1.13.1).
"""
import json
import pathlib

import torch
from recording import record
from torch import nn
from torch.nn.utils import spectral_norm, weight_norm

torch.manual_seed(11)

ACTIVATIONS = {
    "relu": nn.ReLU(),
    "leaky-relu": nn.LeakyReLU(0.1),
    "tanh": nn.Tanh(),
    "sigmoid": nn.Sigmoid(),
    "gelu": nn.GELU(),
    "silu": nn.SiLU(),
    "mish": nn.Mish(),
    "elu": nn.ELU(0.7),
    "selu": nn.SELU(),
}


class Multiplier(nn.Module):
    def __init__(self):
        super().__init__()
        self.weight = nn.Parameter(torch.tensor([0.75]))

    def forward(self, x):
        return x * self.weight


class Net(nn.Module):
    """The multilayer perceptron of the library, layer names included."""

    def __init__(self, inputs, hidden, outputs, activation, norm=None, wrap=lambda layer: layer, blocks=()):
        super().__init__()
        self.blocks = blocks
        self.depth = len(hidden)
        self.activation = activation
        widths = [inputs, *hidden]
        for i, width in enumerate(hidden):
            setattr(self, f"hidden{i}", wrap(nn.Linear(widths[i], width)))
            if norm:
                layer = norm(width)
                nn.init.uniform_(layer.weight, 0.5, 1.5)
                nn.init.uniform_(layer.bias, -0.5, 0.5)
                setattr(self, f"norm{i}", layer)
            if i - 1 in blocks:
                setattr(self, f"multiplier{i}", Multiplier())
        self.output = nn.Linear(widths[-1], outputs)

    def forward(self, x):
        for i in range(self.depth):
            if i in self.blocks:
                skip = x
            x = getattr(self, f"hidden{i}")(x)
            if hasattr(self, f"norm{i}"):
                x = getattr(self, f"norm{i}")(x)
            if i - 1 in self.blocks:
                x = skip + getattr(self, f"multiplier{i}")(x)
            x = self.activation(x)
        return self.output(x)


relu = ACTIVATIONS["relu"]
cases = [record(f"activation:{name}", Net(4, [6, 3], 2, f), 4) for name, f in ACTIVATIONS.items()]
cases += [
    record("linear", Net(3, [], 2, relu), 3),
    record("batch", Net(4, [6, 4], 3, relu, norm=lambda w: nn.BatchNorm1d(w, eps=1e-3, momentum=0.2)), 4),
    record("layer", Net(4, [6, 4], 3, relu, norm=nn.LayerNorm), 4),
    record("group", Net(4, [6, 4], 3, relu, norm=lambda w: nn.GroupNorm(2, w, eps=1e-3)), 4),
    record("weight", Net(4, [6, 3], 2, relu, wrap=weight_norm), 4),
    record("weight-one-unit", Net(1, [1], 1, ACTIVATIONS["tanh"], wrap=weight_norm), 1, rows=1),
    record("spectral", Net(4, [6, 3], 2, relu, wrap=spectral_norm), 4, spectral=True),
    record("spectral-3", Net(4, [6, 3], 2, relu, wrap=lambda l: spectral_norm(l, n_power_iterations=3)), 4, spectral=True),
    record("residual", Net(3, [5, 5, 5, 5, 5, 4, 4], 2, relu, blocks=(1, 3)), 3),
    record("residual-batch", Net(3, [5, 5, 5], 2, relu, norm=nn.BatchNorm1d, blocks=(1,)), 3),
]
pathlib.Path(__file__).with_name("networks.json").write_text(json.dumps({"cases": cases}) + "\n")
