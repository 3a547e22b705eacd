"""Ten training steps of a small net under every optimiser and schedule that PyTorch has, and under rules re-derived here where it has none:
python3 make_optimizers.py > optimizers.json"""
import json
import math

import torch
from torch import nn
from torch.optim import lr_scheduler as sched
from torch.optim.swa_utils import AveragedModel

STEPS, PER_EPOCH = 10, 2
torch.manual_seed(11)
START = {"hidden0.weight": torch.randn(4, 3) * 0.7, "hidden0.bias": torch.randn(4) * 0.1, "output.weight": torch.randn(2, 4) * 0.6, "output.bias": torch.randn(2) * 0.1}
X = torch.randn(STEPS, 5, 3)
Y = torch.randn(STEPS, 5, 2)
SINGLE = [1.0, -2.0, 0.5, 0.25, -0.125, 3.0, -1.0, 0.0, 1e-4, 2.0]


def network():
    net = nn.Sequential()
    net.add_module("hidden0", nn.Linear(3, 4))
    net.add_module("activation0", nn.Tanh())
    net.add_module("output", nn.Linear(4, 2))
    net.load_state_dict(START)
    return net


def groups(params, decay):
    """Weights are decayed, biases are not."""
    params = list(params)
    return [{"params": [p for p in params if p.dim() > 1], "weight_decay": decay}, {"params": [p for p in params if p.dim() <= 1], "weight_decay": 0}]


class Lion(torch.optim.Optimizer):
    """arXiv:2302.06675, algorithm 2."""

    def __init__(self, params, lr, decay, beta1, beta2):
        super().__init__(groups(params, decay), {"lr": lr})
        self.beta1, self.beta2 = beta1, beta2

    @torch.no_grad()
    def step(self):
        for group in self.param_groups:
            for p in group["params"]:
                m = self.state[p].setdefault("m", torch.zeros_like(p))
                c = self.beta1 * m + (1 - self.beta1) * p.grad
                p -= group["lr"] * (torch.sign(c) + group["weight_decay"] * p)
                m.copy_(self.beta2 * m + (1 - self.beta2) * p.grad)


class LocalGlobalSgd(torch.optim.Optimizer):
    """g = mean + rest; the mean moves by 0.01·lr·(1 + alpha), the rest by 0.01·lr."""

    def __init__(self, params, lr, alpha):
        super().__init__(params, {"lr": lr})
        self.alpha = alpha

    @torch.no_grad()
    def step(self):
        for group in self.param_groups:
            local = 0.01 * group["lr"]
            for p in group["params"]:
                mean = p.grad.mean().expand_as(p)
                p -= (local + self.alpha * local) * mean + local * (p.grad - mean)


class NAdam(torch.optim.Optimizer):
    """Dozat 2016 as PyTorch 2 has it. PyTorch 1.13 multiplies mu into the product of the next step twice."""

    def __init__(self, params, lr, beta1=0.9, beta2=0.999, eps=1e-8, decay=0.004):
        super().__init__(params, {"lr": lr})
        self.beta1, self.beta2, self.eps, self.decay = beta1, beta2, eps, decay
        self.t, self.product = 0, 1.0

    @torch.no_grad()
    def step(self):
        self.t += 1
        mu = self.beta1 * (1 - 0.5 * 0.96 ** (self.t * self.decay))
        mu_next = self.beta1 * (1 - 0.5 * 0.96 ** ((self.t + 1) * self.decay))
        self.product *= mu
        for group in self.param_groups:
            for p in group["params"]:
                m = self.state[p].setdefault("m", torch.zeros_like(p))
                v = self.state[p].setdefault("v", torch.zeros_like(p))
                m.copy_(self.beta1 * m + (1 - self.beta1) * p.grad)
                v.copy_(self.beta2 * v + (1 - self.beta2) * p.grad ** 2)
                deviation = (v / (1 - self.beta2 ** self.t)).sqrt() + self.eps
                p -= group["lr"] * ((1 - mu) / (1 - self.product) * p.grad + mu_next / (1 - self.product * mu_next) * m) / deviation


RULES = {
    "sgd": (0.05, lambda p, lr: torch.optim.SGD(p, lr)),
    "momentum": (0.05, lambda p, lr: torch.optim.SGD(p, lr, momentum=0.9)),
    "nesterov": (0.05, lambda p, lr: torch.optim.SGD(p, lr, momentum=0.8, nesterov=True)),
    "adam": (0.01, lambda p, lr: torch.optim.Adam(p, lr)),
    "adamw": (0.01, lambda p, lr: torch.optim.AdamW(groups(p, 0.1), lr, betas=(0.8, 0.99))),
    "radam": (0.01, lambda p, lr: torch.optim.RAdam(p, lr)),
    "rmsprop": (0.01, lambda p, lr: torch.optim.RMSprop(p, lr)),
    "rmsprop-centered": (0.005, lambda p, lr: torch.optim.RMSprop(p, lr, alpha=0.9, momentum=0.5, centered=True)),
    "adagrad": (0.05, lambda p, lr: torch.optim.Adagrad(p, lr, initial_accumulator_value=0.1)),
}
OWN = {
    "nadam": (0.01, NAdam),
    "lion": (0.01, lambda p, lr: Lion(p, lr, 0.1, 0.9, 0.99)),
    "local-global-sgd": (5.0, lambda p, lr: LocalGlobalSgd(p, lr, 2.0)),
}
SCHEDULES = {
    "constant": lambda o: sched.ConstantLR(o, factor=1),
    "step": lambda o: sched.StepLR(o, 3, 0.5),
    "step-per-epoch": lambda o: sched.StepLR(o, 2, 0.5),
    "multi-step": lambda o: sched.MultiStepLR(o, [2, 7], 0.3),
    "exponential": lambda o: sched.ExponentialLR(o, 0.8),
    "polynomial": lambda o: sched.PolynomialLR(o, total_iters=STEPS, power=2),
    "cosine": lambda o: sched.CosineAnnealingLR(o, T_max=STEPS, eta_min=1e-3),
    "cosine-restarts": lambda o: sched.CosineAnnealingWarmRestarts(o, T_0=2, T_mult=2, eta_min=1e-3),
    "one-cycle": lambda o: sched.OneCycleLR(o, max_lr=[g["lr"] for g in o.param_groups], total_steps=STEPS, pct_start=0.3, cycle_momentum=False),
    "inverse-sqrt": lambda o: sched.LambdaLR(o, lambda s: math.sqrt(3 / (3 + s))),
    "warmup-cosine": lambda o: sched.SequentialLR(o, [sched.LinearLR(o, start_factor=0.5, total_iters=1), sched.CosineAnnealingLR(o, T_max=STEPS - 2)], milestones=[2]),
    "exponential-warmup": lambda o: sched.SequentialLR(o, [sched.LinearLR(o, start_factor=0.5, total_iters=1), sched.ExponentialLR(o, 0.8)], milestones=[2]),
    "plateau": lambda o: sched.ReduceLROnPlateau(o, factor=0.5, patience=0, threshold=0.3, cooldown=1),
}
EPOCH_WISE = {"step-per-epoch", "plateau"}


def loss_of(net, step):
    return nn.functional.mse_loss(net(X[step]), Y[step])


def train(net, optimizer, schedule_name="constant", after=lambda step: None, sam=0):
    schedule = SCHEDULES[schedule_name](optimizer)
    losses, rates = [], []
    for step in range(STEPS):
        optimizer.zero_grad()
        loss = loss_of(net, step)
        loss.backward()
        losses.append(loss.item())
        rates.append(optimizer.param_groups[0]["lr"])
        if sam:
            params = list(net.parameters())
            with torch.no_grad():
                before = [p.clone() for p in params]
                norm = torch.sqrt(sum((p.grad ** 2).sum() for p in params))
                for p in params:
                    p += sam * p.grad / norm
            optimizer.zero_grad()
            loss_of(net, step).backward()
            with torch.no_grad():
                for p, b in zip(params, before):
                    p.copy_(b)
        optimizer.step()
        after(step)
        if schedule_name not in EPOCH_WISE:
            schedule.step()
        elif step % PER_EPOCH == PER_EPOCH - 1:
            mean = sum(losses[-PER_EPOCH:]) / PER_EPOCH
            schedule.step(mean) if schedule_name == "plateau" else schedule.step()
    return losses, rates


def weights(net):
    return {name: p.tolist() for name, p in net.named_parameters()}


def pair(rule, rate, create, schedule):
    net = network()
    losses, rates = train(net, create(net.parameters(), rate), schedule)
    return {"optimizer": rule, "rate": rate, "schedule": schedule, "losses": losses, "rates": rates, "after": weights(net)}


def alone(rule, rate, create):
    """One number as a 1x1 weight under given gradients, and under zero gradients."""
    result = {"optimizer": rule, "rate": rate}
    for name, gradients in (("single", SINGLE), ("zero", [0.0] * 3)):
        p = nn.Parameter(torch.tensor([[0.75]]))
        optimizer = create([p], rate)
        path = []
        for g in gradients:
            p.grad = torch.full_like(p, g)
            optimizer.step()
            path.append(p.item())
        result[name] = path
    return result


def sam():
    net = network()
    losses, _ = train(net, torch.optim.SGD(net.parameters(), 0.05, momentum=0.9), sam=0.1)
    return {"losses": losses, "after": weights(net)}


def averages():
    net = network()
    ema = [p.detach().clone() for p in net.parameters()]
    swa = AveragedModel(net)

    def after(step):
        d = min(0.6, (1 + step) / (10 + step))
        for m, p in zip(ema, net.parameters()):
            m.copy_(d * m + (1 - d) * p.detach())
        if step % PER_EPOCH == PER_EPOCH - 1 and (step + 1) // PER_EPOCH > 0.4 * STEPS / PER_EPOCH:
            swa.update_parameters(net)

    train(net, torch.optim.SGD(net.parameters(), 0.05), after=after)
    names = [name for name, _ in net.named_parameters()]
    return {"ema": dict(zip(names, [m.tolist() for m in ema])), "swa": weights(swa.module)}


every = {**RULES, **OWN}
print(json.dumps({
    "torch": torch.__version__,
    "start": {name: value.tolist() for name, value in START.items()},
    "x": X.tolist(),
    "y": Y.tolist(),
    "singleGradients": SINGLE,
    "pairs": [pair(rule, rate, create, schedule) for rule, (rate, create) in every.items() for schedule in SCHEDULES],
    "alone": [alone(rule, rate, create) for rule, (rate, create) in every.items()],
    "sam": sam(),
    "averages": averages(),
}, indent=None, separators=(",", ":")))
