"""Writes losses.json: regression losses as PyTorch computes them, with gradients by autograd, in double precision.

Run: python3 make_losses.py (PyTorch 1.13.1).
"""
import json
import pathlib

import torch
import torch.nn.functional as F

torch.manual_seed(5)

LOSSES = [
    ({"kind": "mse"}, lambda p, t: F.mse_loss(p, t, reduction="none")),
    ({"kind": "mae"}, lambda p, t: F.l1_loss(p, t, reduction="none")),
    # Ours is twice the usual form.
    ({"kind": "huber", "delta": 0.5}, lambda p, t: 2 * F.huber_loss(p, t, reduction="none", delta=0.5)),
    ({"kind": "huber", "delta": 3.0}, lambda p, t: 2 * F.huber_loss(p, t, reduction="none", delta=3.0)),
    ({"kind": "quantile", "q": 0.1}, lambda p, t: torch.maximum(0.1 * (t - p), -0.9 * (t - p))),
    ({"kind": "quantile", "q": 0.75}, lambda p, t: torch.maximum(0.75 * (t - p), -0.25 * (t - p))),
]


def cases():
    for description, per_row in LOSSES:
        for weighted in [False, True]:
            # Numbers that Float32 holds exactly; errors up to about 10, some of them 0.
            outputs = torch.randn(9).mul(32).round().div(8).double().requires_grad_(True)
            targets = torch.randn(9).mul(32).round().div(8).double()
            targets[0] = outputs[0].item()
            weights = torch.tensor([1.0, 0.0, 2.5, 0.5, 3.0, 1, 1, 2, 0.25]).double() if weighted else torch.ones(9).double()
            loss = (per_row(outputs, targets) * weights).sum() / weights.sum()
            yield {
                "description": description,
                "outputs": outputs.tolist(),
                "targets": targets.tolist(),
                "weights": weights.tolist() if weighted else None,
                "loss": loss.item(),
                "gradient": torch.autograd.grad(loss, outputs)[0].tolist(),
            }


pathlib.Path(__file__).with_name("losses.json").write_text(json.dumps(list(cases())) + "\n")
