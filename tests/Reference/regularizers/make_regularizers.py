"""Writes regularizers.json: penalties, constraints and smoothed losses as PyTorch computes them, with gradients by autograd, in double precision.

Run: python3 make_regularizers.py (PyTorch 1.13.1).
"""
import json
import pathlib

import torch
import torch.nn.functional as F

torch.manual_seed(3)


def draw(*shape):
    # Numbers that Float32 holds exactly, so that both sides start from the same weights.
    return torch.randn(*shape).mul(8).round().div(16).double()


def with_zeros(weight):
    weight.view(-1)[::3] = 0
    return weight


def orthogonality(weight, strength):
    rows = weight.flatten(1)
    if rows.shape[0] > rows.shape[1]:
        rows = rows.t()
    return strength * (rows @ rows.t() - torch.eye(rows.shape[0], dtype=rows.dtype)).square().sum()


PENALTIES = [
    ({"kind": "l1", "lambda": 0.01}, lambda w: 0.01 * w.abs().sum()),
    ({"kind": "l2", "lambda": 0.05}, lambda w: 0.05 * w.square().sum()),
    ({"kind": "elastic-net", "l1": 0.02, "l2": 0.03}, lambda w: 0.02 * w.abs().sum() + 0.03 * w.square().sum()),
    ({"kind": "elastic-net", "l1": 0.0, "l2": 0.03}, lambda w: 0.03 * w.square().sum()),
    ({"kind": "elastic-net", "l1": 0.02, "l2": 0.0}, lambda w: 0.02 * w.abs().sum()),
    ({"kind": "orthogonality", "lambda": 0.1}, lambda w: orthogonality(w, 0.1)),
    (
        {"kind": "sum", "terms": [{"kind": "l1", "lambda": 0.01}, {"kind": "orthogonality", "lambda": 0.2}]},
        lambda w: 0.01 * w.abs().sum() + orthogonality(w, 0.2),
    ),
]

WEIGHTS = {
    "square": lambda: [draw(3, 3)],
    "wide and tall": lambda: [draw(2, 5), draw(5, 2)],
    "some zeros": lambda: [with_zeros(draw(4, 3))],
    "all zero": lambda: [torch.zeros(2, 3).double()],
    "one element": lambda: [torch.full((1, 1), -0.75).double()],
    "convolutions": lambda: [draw(4, 2, 3, 3), draw(6, 1, 2)],
    "orthonormal": lambda: [torch.eye(3).double()],
}


def penalties():
    for description, penalty in PENALTIES:
        for name, make in WEIGHTS.items():
            weights = [w.requires_grad_(True) for w in make()]
            value = sum(penalty(w) for w in weights)
            yield {
                "description": description,
                "weights": name,
                "shapes": [list(w.shape) for w in weights],
                "values": [w.flatten().tolist() for w in weights],
                "penalty": value.item(),
                "gradients": [g.flatten().tolist() for g in torch.autograd.grad(value, weights)],
            }


def unit(weight):
    norms = weight.flatten(1).norm(dim=1).view(-1, *[1] * (weight.dim() - 1))
    return torch.where(norms > 0, weight / norms, weight)


CONSTRAINTS = [
    ({"kind": "max-norm", "maxNorm": 0.7}, lambda w: torch.renorm(w, 2, 0, 0.7)),
    ({"kind": "unit-norm"}, unit),
    ({"kind": "non-negative"}, lambda w: w.clamp(min=0)),
    ({"kind": "chain", "steps": [{"kind": "non-negative"}, {"kind": "unit-norm"}]}, lambda w: unit(w.clamp(min=0))),
]


def constraints():
    for description, constrain in CONSTRAINTS:
        for name, make in WEIGHTS.items():
            weights = make()
            yield {
                "description": description,
                "weights": name,
                "shapes": [list(w.shape) for w in weights],
                "values": [w.flatten().tolist() for w in weights],
                "expected": [constrain(w).flatten().tolist() for w in weights],
            }


def losses():
    for smoothing in [0.0, 0.1, 0.5]:
        for weighted in [False, True]:
            for task in ["multiclass", "binary", "regression"]:
                if task == "regression" and smoothing > 0:
                    continue
                outputs = draw(5, 4 if task == "multiclass" else 1).mul(4).requires_grad_(True)
                weights = torch.tensor([1.0, 0.0, 2.5, 0.5, 3.0]).double() if weighted else torch.ones(5).double()
                if task == "multiclass":
                    targets = torch.tensor([0, 3, 1, 1, 2])
                    rows = F.cross_entropy(outputs, targets, reduction="none", label_smoothing=smoothing)
                elif task == "binary":
                    targets = torch.tensor([0.0, 1, 1, 0, 1]).double()
                    smooth = targets * (1 - smoothing) + smoothing / 2
                    rows = F.binary_cross_entropy_with_logits(outputs[:, 0], smooth, reduction="none")
                else:
                    targets = draw(5)
                    rows = (outputs[:, 0] - targets).square()
                loss = (rows * weights).sum() / weights.sum()
                yield {
                    "task": task,
                    "smoothing": smoothing,
                    "outputs": outputs.tolist(),
                    "targets": targets.tolist(),
                    "weights": weights.tolist() if weighted else None,
                    "loss": loss.item(),
                    "gradient": torch.autograd.grad(loss, outputs)[0].tolist(),
                }


reference = {"penalties": list(penalties()), "constraints": list(constraints()), "losses": list(losses())}
pathlib.Path(__file__).with_name("regularizers.json").write_text(json.dumps(reference) + "\n")
