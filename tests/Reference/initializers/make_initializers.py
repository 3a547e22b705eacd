"""Writes initializers.json: the standard deviations and bounds that torch.nn.init draws with, by rule and shape, and its gains.

Run: python3 make_initializers.py (PyTorch 1.13.1).
"""
import json
import math
import pathlib

import torch
from torch.nn import init

SHAPES = [[1, 1], [1, 7], [5, 1], [64, 32], [3, 200], [8, 3, 3, 3], [4, 2, 5], [2, 3, 1, 1], [6, 4, 2, 3, 2]]


class Recorder(torch.Tensor):
    """A tensor that notes what it is asked to be filled with."""

    def normal_(self, mean=0.0, std=1.0, **_):
        self.drawn = ["normal", mean, std]
        return self

    def uniform_(self, low=0.0, high=1.0, **_):
        self.drawn = ["uniform", low, high]
        return self


def drawn(rule, shape):
    tensor = torch.zeros(shape).as_subclass(Recorder)
    rule(tensor)
    return tensor.drawn


RULES = {
    "xavier-normal": init.xavier_normal_,
    "xavier-uniform": init.xavier_uniform_,
    "xavier-normal-gain": lambda t: init.xavier_normal_(t, gain=5 / 3),
    "xavier-uniform-gain": lambda t: init.xavier_uniform_(t, gain=5 / 3),
    "he-normal": lambda t: init.kaiming_normal_(t, nonlinearity="relu"),
    "he-uniform": lambda t: init.kaiming_uniform_(t, nonlinearity="relu"),
    "he-normal-leaky": lambda t: init.kaiming_normal_(t, a=0.1),
    "he-uniform-leaky": lambda t: init.kaiming_uniform_(t, a=0.1),
    "he-normal-out": lambda t: init.kaiming_normal_(t, mode="fan_out", nonlinearity="relu"),
    "lecun-normal": lambda t: init.kaiming_normal_(t, nonlinearity="linear"),
    "lecun-uniform": lambda t: init.kaiming_uniform_(t, nonlinearity="linear"),
}

result = {
    "cases": [
        {"rule": name, "shape": shape, "drawn": drawn(rule, shape)} for name, rule in RULES.items() for shape in SHAPES
    ],
    "gains": {
        "tanh": init.calculate_gain("tanh"),
        "relu": init.calculate_gain("relu"),
        "leaky_relu_0.1": init.calculate_gain("leaky_relu", 0.1),
        "selu": init.calculate_gain("selu"),
        "sigmoid": init.calculate_gain("sigmoid"),
    },
    # E[f(z)²] for z ~ N(0, 1), by the trapezoid rule, for the activations that PyTorch lists no gain for.
    "second_moments": {},
}

z = torch.linspace(-14, 14, 2_000_001, dtype=torch.float64)
density = torch.exp(-z * z / 2) / math.sqrt(2 * math.pi)
for name, f in {
    "gelu": torch.nn.functional.gelu,
    "silu": torch.nn.functional.silu,
    "mish": torch.nn.functional.mish,
    "elu": torch.nn.functional.elu,
    "elu_0.5": lambda x: torch.nn.functional.elu(x, 0.5),
    "relu": torch.nn.functional.relu,
}.items():
    result["second_moments"][name] = torch.trapezoid(f(z).square() * density, z).item()

pathlib.Path(__file__).with_name("initializers.json").write_text(json.dumps(result) + "\n")
