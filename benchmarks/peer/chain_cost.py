"""The peer of the chain-cost benchmark: time of clip and Adam step, in microseconds a step. Each line on the input asks for one turn."""
import json
import sys
import time

import torch
from torch import nn

print(torch.__version__, flush=True)


def network(layers, width, classes):
    parts = []
    for _ in range(layers):
        linear = nn.Linear(width, width)
        nn.init.kaiming_normal_(linear.weight, nonlinearity="relu")
        parts += [linear, nn.ReLU()]
    return nn.Sequential(*parts, nn.Linear(width, classes))


def clip_foreach(parameters, limit):
    grads = [p.grad for p in parameters]
    norm = torch.norm(torch.stack(torch._foreach_norm(grads)))
    torch._foreach_mul_(grads, min(1.0, limit / (norm.item() + 1e-6)))
    return norm


def turn(way, steps, threads, layers, width, classes, batch):
    torch.set_num_threads(threads)
    torch.manual_seed(1)
    net = network(layers, width, classes)
    parameters = list(net.parameters())
    optimizer = torch.optim.Adam(parameters, 1e-4, foreach=way == "foreach")
    times = []
    for _ in range(steps):
        loss = nn.functional.cross_entropy(net(torch.randn(batch, width)), torch.randint(classes, (batch,)))
        optimizer.zero_grad(set_to_none=False)
        loss.backward()
        start = time.perf_counter()
        norm = clip_foreach(parameters, 1.0) if way == "foreach" else nn.utils.clip_grad_norm_(parameters, 1.0)
        finite = torch.isfinite(norm).item()
        if finite:
            optimizer.step()
        times.append((time.perf_counter() - start) * 1e6)
    return times


for line in sys.stdin:
    print(json.dumps(turn(**json.loads(line))), flush=True)
