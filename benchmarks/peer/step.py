"""The peer of the step benchmark: whole training steps a second. Each line on the input asks for one turn."""
import json
import sys
import time

import torch
from torch import nn

print(torch.__version__, flush=True)


def turn(steps, threads, features, classes, batch):
    torch.set_num_threads(threads)
    torch.manual_seed(1)
    net = nn.Sequential(nn.Linear(features, 512), nn.ReLU(), nn.Linear(512, 512), nn.ReLU(), nn.Linear(512, classes))
    optimizer = torch.optim.Adam(net.parameters(), 1e-3)
    x = torch.randn(steps * batch, features)
    y = torch.randint(classes, (steps * batch,))
    start = time.perf_counter()
    for rows in torch.randperm(len(x)).split(batch):
        optimizer.zero_grad()
        outputs = net(x[rows])
        loss = nn.functional.cross_entropy(outputs, y[rows])
        loss.backward()
        nn.utils.clip_grad_norm_(net.parameters(), 1.0)
        optimizer.step()
        loss.item()
    return steps / (time.perf_counter() - start)


for line in sys.stdin:
    print(json.dumps(turn(**json.loads(line))), flush=True)
