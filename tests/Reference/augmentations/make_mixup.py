"""Writes mixup.json: features and losses of mixed rows, after mixup_data and mixup_criterion of facebookresearch/mixup-cifar10, in double precision.

With weights each of the two losses is a weighted mean; weights go with their rows. Gradients are by autograd.

Run: python3 make_mixup.py (PyTorch 1.13.1).
"""
import json
import pathlib

import torch
import torch.nn.functional as F

torch.manual_seed(3)


def mixup_data(x, y, w, lam, index):
    return lam * x + (1 - lam) * x[index], (y, w), (y[index], w[index])


def mixup_criterion(criterion, pred, a, b, lam):
    return lam * criterion(pred, *a) + (1 - lam) * criterion(pred, *b)


def mean(per_row):
    return lambda pred, y, w: (per_row(pred, y) * w).sum() / w.sum()


CRITERIA = {
    "multiclass": (3, mean(lambda z, y: F.cross_entropy(z, y.long(), reduction="none"))),
    "binary": (1, mean(lambda z, y: F.binary_cross_entropy_with_logits(z.squeeze(1), y, reduction="none"))),
    "regression": (1, mean(lambda z, y: F.mse_loss(z.squeeze(1), y, reduction="none"))),
}


def cases():
    for task, (outputs, criterion) in CRITERIA.items():
        for weighted in [False, True]:
            for lam in [0.5, 0.8125, 1.0]:
                # Numbers that Float32 holds exactly.
                x = torch.randn(5, 4).mul(16).round().div(16).double()
                z = torch.randn(5, outputs).mul(16).round().div(8).double().requires_grad_(True)
                y = torch.randint(0, 3 if task == "multiclass" else 2, (5,)).double()
                w = torch.tensor([1.0, 0.0, 2.5, 0.5, 3.0]).double() if weighted else torch.ones(5).double()
                index = torch.randperm(5)
                mixed, a, b = mixup_data(x, y, w, lam, index)
                loss = mixup_criterion(criterion, z, a, b, lam)
                yield {
                    "task": task, "lambda": lam, "others": index.tolist(), "features": x.tolist(), "mixed": mixed.tolist(), "targets": y.tolist(),
                    "weights": w.tolist() if weighted else None, "outputs": z.tolist(), "loss": loss.item(),
                    "gradient": torch.autograd.grad(loss, z)[0].tolist(),
                }


pathlib.Path(__file__).with_name("mixup.json").write_text(json.dumps(list(cases())) + "\n")
