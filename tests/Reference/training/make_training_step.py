"""One training step and three epochs of full-batch steps in PyTorch, for the three tasks: python3 make_training_step.py > training_step.json"""
import json

import torch
from torch import nn
import torch.nn.functional as F

torch.manual_seed(7)
ROWS, INPUTS, HIDDEN = 6, 4, 5
CLIP, RATE, DECAY = 0.05, 0.01, 0.1


def scaled(y):
    low, median, high = y.quantile(torch.tensor([0.1, 0.5, 0.9]).double())
    return (y - median) / min(y.std(unbiased=False), (high - low) / 2.5631031310892007)


def case(task, outputs, weighted):
    net = nn.Sequential()
    net.add_module("hidden0", nn.Linear(INPUTS, HIDDEN))
    net.add_module("activation0", nn.Tanh())
    net.add_module("output", nn.Linear(HIDDEN, outputs))
    x = torch.randn(ROWS, INPUTS)
    if task == "multiclass":
        y = torch.tensor([0, 1, 2, 1, 0, 2])
    elif task == "binary":
        y = torch.tensor([0.0, 1, 1, 0, 1, 0])
    else:
        y = torch.randn(ROWS) * 50 + 100
    w = torch.rand(ROWS) if weighted else None
    target = scaled(y.double()).float() if task == "regression" else y

    def loss_of():
        out = net(x)
        reduction = "none" if weighted else "mean"
        if task == "multiclass":
            loss = F.cross_entropy(out, target, reduction=reduction)
        elif task == "binary":
            loss = F.binary_cross_entropy_with_logits(out.squeeze(1), target, reduction=reduction)
        else:
            loss = F.mse_loss(out.squeeze(1), target, reduction=reduction)
        return (loss * w).sum() / w.sum() if weighted else loss

    result = {
        "task": task,
        "x": x.tolist(),
        "y": y.tolist(),
        "w": w.tolist() if weighted else None,
        "clip": CLIP,
        "rate": RATE,
        "decay": DECAY,
        "initial": {n: p.tolist() for n, p in net.named_parameters()},
        "outputs": net(x).tolist(),
    }
    weights = [p for p in net.parameters() if p.dim() > 1]
    biases = [p for p in net.parameters() if p.dim() <= 1]
    optimizer = torch.optim.AdamW([{"params": weights, "weight_decay": DECAY}, {"params": biases, "weight_decay": 0}], lr=RATE)
    losses = []
    for step in range(3):
        optimizer.zero_grad()
        loss = loss_of()
        loss.backward()
        losses.append(loss.item())
        if step == 0:
            result["gradients"] = {n: p.grad.tolist() for n, p in net.named_parameters()}
        result.setdefault("norms", []).append(nn.utils.clip_grad_norm_(net.parameters(), CLIP).item())
        if step == 0:
            result["clipped"] = {n: p.grad.tolist() for n, p in net.named_parameters()}
        optimizer.step()
        if step == 0:
            result["after1"] = {n: p.tolist() for n, p in net.named_parameters()}
    result["losses"] = losses
    result["after3"] = {n: p.tolist() for n, p in net.named_parameters()}
    return result


cases = [case(t, o, w) for t, o in (("multiclass", 3), ("binary", 1), ("regression", 1)) for w in (False, True)]
print(json.dumps({"torch": torch.__version__, "cases": cases}, indent=1))
