"""The peer of the speed benchmark. Each line on the input asks for one piece of work; the answer is its figure. Started with an argument, it does one
piece of work alone and prints the most memory the process has held."""
import json
import os
import sys
import tempfile
import time

import torch
from torch import nn

CLASSES = 10


class Reshape(nn.Module):
    def __init__(self, *shape):
        super().__init__()
        self.shape = shape

    def forward(self, x):
        return x.reshape(len(x), *self.shape)


class LastOutput(nn.Module):
    def __init__(self, features, hidden):
        super().__init__()
        self.lstm = nn.LSTM(features, hidden, batch_first=True)

    def forward(self, x):
        return self.lstm(x)[0][:, -1]


class BasicBlock(nn.Module):
    def __init__(self, inputs, outputs, stride):
        super().__init__()
        self.body = nn.Sequential(
            nn.Conv2d(inputs, outputs, 3, stride, 1, bias=False), nn.BatchNorm2d(outputs), nn.ReLU(),
            nn.Conv2d(outputs, outputs, 3, 1, 1, bias=False), nn.BatchNorm2d(outputs))
        self.shortcut = nn.Sequential() if stride == 1 and inputs == outputs else nn.Sequential(
            nn.Conv2d(inputs, outputs, 1, stride, bias=False), nn.BatchNorm2d(outputs))

    def forward(self, x):
        return torch.relu(self.body(x) + self.shortcut(x))


class TabularBlock(nn.Module):
    def __init__(self, width, expansion):
        super().__init__()
        self.body = nn.Sequential(nn.BatchNorm1d(width), nn.Linear(width, expansion * width), nn.ReLU(), nn.Linear(expansion * width, width))

    def forward(self, x):
        return x + self.body(x)


def build(kind, features, side=0, width=0, depth=0, hidden=()):
    if kind == "mlp":
        sizes = [features, *hidden]
        layers = [layer for i, o in zip(sizes, sizes[1:]) for layer in (nn.Linear(i, o), nn.ReLU())]
        return nn.Sequential(*layers, nn.Linear(sizes[-1], CLASSES))
    if kind == "cnn":
        return nn.Sequential(
            Reshape(1, side, side), nn.Conv2d(1, width, 3, 1, 1), nn.ReLU(), nn.Conv2d(width, 2 * width, 3, 1, 1), nn.ReLU(), nn.MaxPool2d(2), nn.Flatten(),
            nn.Linear(2 * width * (side // 2) ** 2, 4 * width), nn.ReLU(), nn.Linear(4 * width, CLASSES))
    if kind == "resnet":
        layers, inputs = [Reshape(1, side, side), nn.Conv2d(1, width, 3, 1, 1, bias=False), nn.BatchNorm2d(width), nn.ReLU()], width
        for stage in range(4):
            for block in range(2):
                layers.append(BasicBlock(inputs, width << stage, 2 if stage and not block else 1))
                inputs = width << stage
        return nn.Sequential(*layers, nn.AdaptiveAvgPool2d(1), nn.Flatten(), nn.Linear(inputs, CLASSES))
    if kind == "lstm":
        return nn.Sequential(Reshape(side, features // side), LastOutput(features // side, width), nn.Linear(width, CLASSES))
    if kind == "tabular":
        blocks = [TabularBlock(width, 2) for _ in range(depth)]
        return nn.Sequential(nn.Linear(features, width), *blocks, nn.BatchNorm1d(width), nn.ReLU(), nn.Linear(width, CLASSES))
    raise ValueError(kind)


def train(net, batch, steps, accumulate=1, clip=True, rows=None):
    """Training steps a second, data in memory, everything in its fastest form."""
    torch.manual_seed(1)
    module = build(**net)
    optimizer = torch.optim.Adam(module.parameters(), 1e-3, foreach=True)
    rows = rows or steps * batch * accumulate
    x, y = torch.randn(rows, net["features"]), torch.randint(CLASSES, (rows,))
    start = time.perf_counter()
    for group in torch.randperm(rows).split(batch * accumulate):
        optimizer.zero_grad(set_to_none=True)
        for chosen in group.split(batch):
            loss = nn.functional.cross_entropy(module(x.index_select(0, chosen)), y.index_select(0, chosen)) / accumulate
            loss.backward()
            loss.item()
        if clip:
            nn.utils.clip_grad_norm_(module.parameters(), 1.0)
        optimizer.step()
    return steps / (time.perf_counter() - start)


def chain(net, batch, steps):
    """Median microseconds from the end of backward to the end of the step."""
    module = build(**net)
    optimizer = torch.optim.Adam(module.parameters(), 1e-4, foreach=True)
    x, y, times = torch.randn(batch, net["features"]), torch.randint(CLASSES, (batch,)), []
    for _ in range(steps):
        optimizer.zero_grad(set_to_none=True)
        nn.functional.cross_entropy(module(x), y).backward()
        start = time.perf_counter()
        nn.utils.clip_grad_norm_(module.parameters(), 1.0)
        optimizer.step()
        times.append(time.perf_counter() - start)
    return sorted(times)[len(times) // 2] * 1e6


def forward(net, rows, batch):
    """Rows a second, scored batch by batch, probabilities included."""
    module, x = build(**net).eval(), torch.randn(rows, net["features"])
    start = time.perf_counter()
    with torch.inference_mode():
        for part in x.split(batch):
            module(part).softmax(1)
    return rows / (time.perf_counter() - start)


def one_row(net, calls):
    """Median microseconds of scoring one row."""
    module, times = build(**net).eval(), []
    row = [0.5] * net["features"]
    with torch.inference_mode():
        for _ in range(calls):
            start = time.perf_counter()
            module(torch.tensor([row])).softmax(1).tolist()
            times.append(time.perf_counter() - start)
    return sorted(times)[calls // 2] * 1e6


def files(net, turns):
    """Milliseconds of saving and of loading."""
    module, times = build(**net), []
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, "net.pt")
        for _ in range(turns):
            start = time.perf_counter()
            torch.save(module.state_dict(), path)
            saved = time.perf_counter()
            build(**net).load_state_dict(torch.load(path))
            times.append((saved - start, time.perf_counter() - saved))
    return [sorted(column)[turns // 2] * 1e3 for column in zip(*times)]


def parameters(net):
    return sum(p.numel() for p in build(**net).parameters())


def peak_mib():
    with open("/proc/self/status") as status:
        return next(int(line.split()[1]) for line in status if line.startswith("VmHWM")) / 1024


WORK = {"train": train, "chain": chain, "forward": forward, "one_row": one_row, "files": files, "parameters": parameters}


def do(request):
    torch.set_num_threads(request.pop("threads", 1))
    return WORK[request.pop("do")](**request)


if __name__ == "__main__":
    if len(sys.argv) > 1:
        do(json.loads(sys.argv[1]))
        print(peak_mib(), flush=True)
    else:
        print(torch.__version__, flush=True)
        for line in sys.stdin:
            print(json.dumps(do(json.loads(line))), flush=True)
