"""Writes classification.json: classification losses with class weights, focal loss and label smoothing, in double precision.

Cross-entropies are PyTorch's own; the focal loss of truth values is torchvision's sigmoid_focal_loss, written out below. Each loss is a mean over rows
weighted by the class and by the row. Gradients are by autograd.

Run: python3 make_classification.py (PyTorch 1.13.1).
"""
import json
import pathlib

import torch
import torch.nn.functional as F

torch.manual_seed(11)

ROWS = torch.tensor([1.0, 0.0, 2.5, 0.5, 3.0, 1.0]).double()
# Numbers that Float32 holds exactly, some of them large.
LOGITS = torch.randn(6, 4).mul(32).round().div(8).double()
LOGITS[2] *= 8
CLASSES = torch.tensor([0, 3, 1, 1, 2, 3])
TRUTHS = torch.tensor([0.0, 1, 1, 0, 1, 0]).double()
LABELS = torch.tensor([[0.0, 1, 1, 0], [1, 1, 0, 0], [0, 0, 0, 1], [1, 0, 1, 1], [0, 1, 1, 0], [0, 0, 1, 1]]).double()
CLASS_WEIGHTS = torch.tensor([0.5, 4.0, 1.0, 0.25]).double()


def sigmoid_focal_loss(inputs, targets, alpha, gamma):
    """As in torchvision/ops/focal_loss.py, reduction="none"; alpha below 0 for none."""
    p = torch.sigmoid(inputs)
    ce = F.binary_cross_entropy_with_logits(inputs, targets, reduction="none")
    p_t = p * targets + (1 - p) * (1 - targets)
    loss = ce * ((1 - p_t) ** gamma)
    if alpha >= 0:
        loss = (alpha * targets + (1 - alpha) * (1 - targets)) * loss
    return loss


def multiclass(z, weights, smoothing, gamma):
    if gamma is None:
        rows = F.cross_entropy(z, CLASSES, weight=weights, reduction="none", label_smoothing=smoothing)
    else:
        p = z.softmax(1)
        shares = F.one_hot(CLASSES, 4).double() * (1 - smoothing) + smoothing / 4
        rows = (shares * (weights if weights is not None else 1) * (1 - p) ** gamma * -z.log_softmax(1)).sum(1)
    return rows, torch.ones(6).double() if weights is None else weights[CLASSES]


def truths(z, t, weights, smoothing, gamma, alpha):
    """weights: (false, true), numbers or vectors."""
    low, high = weights if weights is not None else (1.0, 1.0)
    if smoothing:
        # Shares of false and true, each with its own loss.
        gamma = gamma or 0
        share = t * (1 - smoothing) + smoothing / 2
        ones = torch.ones_like(t)
        loss = high * share * sigmoid_focal_loss(z, ones, alpha, gamma) + low * (1 - share) * sigmoid_focal_loss(z, 0 * ones, alpha, gamma)
    elif gamma is None:
        loss = F.binary_cross_entropy_with_logits(z, t, weight=t * high + (1 - t) * low, reduction="none")
    else:
        loss = (t * high + (1 - t) * low) * sigmoid_focal_loss(z, t, alpha, gamma)
    return loss, t * high + (1 - t) * low


def cases():
    for gamma in [None, 0.5, 2.0]:
        for smoothing in [0.0, 0.2]:
            for weighted in [False, True]:
                for rows in [None, ROWS]:
                    w = CLASS_WEIGHTS if weighted else None
                    yield case("multiclass", LOGITS, CLASSES, rows, w, smoothing, gamma, -1, lambda z: multiclass(z, w, smoothing, gamma))
                    for alpha in [-1, 0.25]:
                        if (gamma is None or weighted) and alpha > 0:
                            continue
                        pair = (0.5, 3.0) if weighted else None
                        yield case("binary", LOGITS[:, :1], TRUTHS, rows, pair, smoothing, gamma, alpha,
                                   lambda z: truths(z.squeeze(1), TRUTHS, pair, smoothing, gamma, alpha))
                        pairs = (torch.ones(4).double(), CLASS_WEIGHTS) if weighted else None
                        yield case("multi-label", LOGITS, LABELS, rows, CLASS_WEIGHTS if weighted else None, smoothing, gamma, alpha,
                                   lambda z: [part.mean(1) for part in truths(z, LABELS, pairs, smoothing, gamma, alpha)])


def case(task, logits, targets, rows, weights, smoothing, gamma, alpha, of):
    z = logits.clone().requires_grad_(True)
    losses, weight_of_class = of(z)
    weight = 1 if rows is None else rows
    loss = (losses * weight).sum() / (weight_of_class * weight).sum()
    if task == "multiclass" and gamma is None and rows is None:
        reference = F.cross_entropy(z, CLASSES, weight=weights, label_smoothing=smoothing)
        assert torch.allclose(loss, reference, atol=1e-14)
    return {
        "task": task,
        "outputs": logits.tolist(),
        "targets": targets.tolist(),
        "weights": None if rows is None else rows.tolist(),
        "classWeights": None if weights is None else list(map(float, weights)),
        "smoothing": smoothing,
        "gamma": gamma,
        "alpha": None if alpha < 0 else alpha,
        "loss": loss.item(),
        "gradient": torch.autograd.grad(loss, z)[0].tolist(),
    }


pathlib.Path(__file__).with_name("classification.json").write_text(json.dumps(list(cases())) + "\n")
