"""The peer of the hostile suite: the training loop most people write. Each line on the input asks for one training."""
import json
import math
import sys

import torch
from torch import nn

print(torch.__version__, flush=True)
torch.set_num_threads(1)


def loss_of(goal, outputs, targets):
    if goal == "Class":
        return nn.functional.cross_entropy(outputs, targets.long())
    if goal == "Rare":
        return nn.functional.binary_cross_entropy_with_logits(outputs[:, 0], targets)
    return nn.functional.mse_loss(outputs[:, 0], targets)


def spoil(kind, x, y):
    if kind == "Nan":
        return torch.full_like(x, math.nan), y
    if kind == "Label":
        return x, y * 30
    return x * 1e4, y


def train(goal, outputs, x, y, test, hidden, activation, epochs, batch, optimizer, rate, clip, std, bad, bad_steps, seed):
    torch.manual_seed(seed)
    x, y, test = (torch.tensor(numbers, dtype=torch.float32) for numbers in (x, y, test))
    widths = [x.shape[1], *hidden]
    layers = []
    for inputs, units in zip(widths, widths[1:]):
        layers += [nn.Linear(inputs, units), nn.Tanh() if activation == "tanh" else nn.ReLU()]
    net = nn.Sequential(*layers, nn.Linear(widths[-1], outputs))
    if std is not None:
        for layer in net:
            if isinstance(layer, nn.Linear):
                nn.init.normal_(layer.weight, std=std)
                nn.init.zeros_(layer.bias)
    rule = torch.optim.SGD(net.parameters(), rate) if optimizer == "sgd" else torch.optim.Adam(net.parameters(), rate)
    bad_steps, step, broken = set(bad_steps), 0, 0
    for _ in range(epochs):
        for rows in torch.randperm(len(x)).split(batch):
            features, targets = x[rows], y[rows]
            if step in bad_steps:
                features, targets = spoil(bad, features, targets)
            rule.zero_grad()
            loss = loss_of(goal, net(features), targets)
            loss.backward()
            if clip is not None:
                nn.utils.clip_grad_norm_(net.parameters(), clip)
            rule.step()
            broken += not math.isfinite(loss.item())
            step += 1
    with torch.no_grad():
        scores = net(test).tolist()
    return {"scores": [[score if math.isfinite(score) else "not finite" for score in row] for row in scores], "broken": broken}


for line in sys.stdin:
    print(json.dumps(train(**json.loads(line))), flush=True)
