"""What PyTorch gives for the operators, modules, optimisers and schedulers the stand-in has: python3 make_torchsharp.py"""
import json
import pathlib

import torch
import torch.nn.functional as F
from torch import nn

HERE = pathlib.Path(__file__).parent


def array(t):
    t = t.detach()
    return {"shape": list(t.shape), "data": [float(v) for v in t.double().flatten()]}


def write(name, value):
    lines = ",\n".join(f"{json.dumps(key)}: {json.dumps(entry)}" for key, entry in value.items())
    (HERE / name).write_text("{\n" + lines + "\n}\n")


# ---- functions of fixed inputs
A = torch.tensor([[0.5, -1.25, 2.0], [3.0, -0.75, 0.25]])
B = torch.tensor([[1.5, 0.5, -2.0], [0.25, 4.0, -1.0]])
P = torch.tensor([[0.5, 1.25, 2.0], [3.0, 0.75, 0.25]])
CLASSES = torch.tensor([2, 0])
BITS = torch.tensor([[1.0, 0.0, 1.0], [0.0, 0.0, 1.0]])
WEIGHTS = torch.tensor([0.5, 2.0, 1.0])
INDEX = torch.tensor([1, 0])
PICK = torch.tensor([[0, 2, 1], [1, 1, 0]])

FUNCTIONS = {
    "add": A + B, "add_alpha": torch.add(A, B, alpha=0.5), "add_scalar": A + 2, "sub": A - B, "rsub": 3 - A, "mul": A * B, "div": A / B,
    "rdiv": 2 / P, "div_floor": torch.div(A, B, rounding_mode="floor"), "div_trunc": torch.div(A, B, rounding_mode="trunc"),
    "remainder": A % B, "pow": P ** B, "pow_scalar": P ** 1.5, "neg": -A, "abs": A.abs(), "sign": A.sign(), "sqrt": P.sqrt(),
    "rsqrt": P.rsqrt(), "square": A.square(), "reciprocal": P.reciprocal(), "exp": A.exp(), "expm1": A.expm1(), "log": P.log(),
    "log1p": P.log1p(), "log2": P.log2(), "log10": P.log10(), "sin": A.sin(), "cos": A.cos(), "floor": A.floor(), "ceil": A.ceil(),
    "trunc": A.trunc(), "round": A.round(), "round1": A.round(decimals=1), "erf": A.erf(), "sigmoid": A.sigmoid(), "tanh": A.tanh(),
    "relu": A.relu(), "softmax": A.softmax(1), "log_softmax": A.log_softmax(0), "clamp": A.clamp(-1, 1), "clamp_min": A.clamp_min(0),
    "clamp_max": A.clamp_max(0), "maximum": torch.maximum(A, B), "minimum": torch.minimum(A, B), "lerp": torch.lerp(A, B, P),
    "addcmul": torch.addcmul(A, B, P, value=0.5), "addcdiv": torch.addcdiv(A, B, P, value=0.5), "where": torch.where(A > 0, A, B),
    "logaddexp": torch.logaddexp(A, B), "lt": (A < B).float(), "le": (A <= B).float(), "gt": (A > B).float(), "ge": (A >= B).float(),
    "eq": (A == A.abs()).float(), "ne": (A != A.abs()).float(),
    "sum": A.sum(), "sum_dim": A.sum(1), "sum_dims": A.sum((0, 1), keepdim=True), "prod": A.prod(), "prod_dim": A.prod(0),
    "mean": A.mean(), "mean_dims": A.mean((0,)), "std": A.std(), "std_biased": A.std(unbiased=False), "std_dim": A.std(1),
    "var": A.var(), "var_dims": A.var((0, 1)), "norm": A.norm(), "norm1": A.norm(1), "norm_dim": A.norm(dim=1), "logsumexp": A.logsumexp(1),
    "max": A.max(), "max_dim": A.max(1).values, "max_dim_index": A.max(1).indices, "min": A.min(), "min_dim": A.min(0).values,
    "amax": A.amax((0,)), "amin": A.amin((1,), keepdim=True), "argmax": A.argmax(), "argmax_dim": A.argmax(1), "argmin": A.argmin(),
    "median": A.median(), "quantile": A.flatten().quantile(torch.tensor([0.1, 0.5])), "cumsum": A.cumsum(1), "cumprod": A.cumprod(0),
    "topk": A.topk(2, 1).values, "topk_index": A.topk(2, 1).indices, "sort": A.sort(1).values, "sort_descending_index": A.sort(0, True).indices,
    "argsort": A.argsort(1), "count_nonzero": torch.relu(A).count_nonzero(), "nan_to_num": torch.nan_to_num(A.log(), 7),
    "mm": A.mm(B.t()), "matmul": A @ P.t(), "mv": A.mv(B[0]), "dot": A[0].dot(B[0]), "outer": A[0].outer(B[1]), "bmm": A[None].bmm(B.t()[None]),
    "addmm": torch.eye(2).addmm(A, B.t(), beta=2, alpha=0.5), "einsum": torch.einsum("ij,kj->ik", A, B), "trace": A.mm(B.t()).trace(),
    "diag": torch.diag(A[0]), "tril": A.tril(), "triu": A.triu(1),
    "t": A.t(), "permute": A.permute(1, 0), "transpose": A.transpose(0, 1), "reshape": A.reshape(3, 2), "flatten": A.flatten(),
    "unflatten": A.flatten().unflatten(0, (2, 3)), "expand": A[0].expand(2, 3), "repeat": A.repeat(1, 2),
    "repeat_interleave": A.repeat_interleave(2, 0), "roll": A.roll(1, 1), "roll_all": A.roll(1), "flip": A.flip(1), "unfold": A.flatten().unfold(0, 3, 2),
    "as_strided": A.as_strided((2, 2), (1, 2), 1), "narrow": A.narrow(1, 1, 2), "slice": A[:, 0:3:2], "select": A.select(0, 1),
    "index_select": A.index_select(1, INDEX), "gather": A.gather(1, PICK), "masked_select": A.masked_select(A > 0),
    "masked_fill": A.masked_fill(A < 0, 9), "nonzero": (A > 0).nonzero(), "bincount": torch.tensor([0, 2, 2, 5]).bincount(), "histc": A.histc(4, -2, 3),
    "scatter": torch.zeros(2, 3).scatter_(1, PICK[:, :2], A[:, :2]), "index_add": A.clone().index_add_(0, INDEX, B, alpha=2),
    "index_copy": A.clone().index_copy_(0, INDEX, B), "cat": torch.cat([A, B]), "stack": torch.stack([A, B], 1), "hstack": torch.hstack([A, B]),
    "unique": torch.tensor([3.0, 1, 3, 2, 1]).unique(), "bucketize": torch.bucketize(A, torch.tensor([-1.0, 0, 2])),
    "arange": torch.arange(2, 8, 2), "arange_float": torch.arange(0, 1, 0.25), "linspace": torch.linspace(-1, 1, 5), "eye": torch.eye(2, 3),
    "full": torch.full((2, 2), 1.5), "tril_eye": torch.eye(3).tril(),
    "affine_grid": F.affine_grid(torch.stack([A, B])[:, :, [0, 2, 1]] / 2, (2, 1, 2, 3), align_corners=False),
    "affine_grid_corners": F.affine_grid(A[None] / 2, (1, 1, 2, 3), align_corners=True),
    "grid_sample": F.grid_sample(A[None, None], B.reshape(1, 1, 3, 2) / 2, align_corners=False),
    "grid_sample_nearest": F.grid_sample(A[None, None], B.reshape(1, 1, 3, 2) / 2, "nearest", "border", align_corners=True),
    "grid_sample_reflection": F.grid_sample(A[None, None], B.reshape(1, 1, 3, 2) / 2, "bilinear", "reflection", align_corners=False),
    "celu": F.celu(A, 1.5), "elu": F.elu(A, 0.7), "gelu": F.gelu(A), "silu": F.silu(A), "mish": F.mish(A), "selu": F.selu(A),
    "leaky_relu": F.leaky_relu(A, 0.2), "relu6": F.relu6(A * 4), "hardswish": F.hardswish(A),
    "softplus": F.softplus(A, 2, 3), "logsigmoid": F.logsigmoid(A),
    "linear": F.linear(A, P, WEIGHTS[:2]), "one_hot": F.one_hot(CLASSES, 4), "pad": F.pad(A, (1, 2), value=5), "pad_reflect": F.pad(A, (1, 1), "reflect"),
    "layer_norm": F.layer_norm(A, (3,), WEIGHTS), "group_norm": F.group_norm(A[:, :, None], 3), "batch_norm": F.batch_norm(A, None, None, training=True),
    "cross_entropy": F.cross_entropy(A, CLASSES), "cross_entropy_weight": F.cross_entropy(A, CLASSES, WEIGHTS),
    "cross_entropy_smooth": F.cross_entropy(A, CLASSES, label_smoothing=0.1), "cross_entropy_none": F.cross_entropy(A, CLASSES, reduction="none"),
    "cross_entropy_ignore": F.cross_entropy(A, CLASSES, ignore_index=0), "cross_entropy_soft": F.cross_entropy(A, P / P.sum(1, True)),
    "nll": F.nll_loss(A.log_softmax(1), CLASSES, WEIGHTS, reduction="sum"), "mse": F.mse_loss(A, B), "mse_sum": F.mse_loss(A, B, reduction="sum"),
    "smooth_l1": F.smooth_l1_loss(A, B, beta=0.5), "huber": F.huber_loss(A, B, delta=0.5), "bce": F.binary_cross_entropy(A.sigmoid(), BITS),
    "bce_logits": F.binary_cross_entropy_with_logits(A, BITS), "bce_logits_pos": F.binary_cross_entropy_with_logits(A, BITS, pos_weight=WEIGHTS),
    "kl_div": F.kl_div(A.log_softmax(1), P / P.sum(1, True), reduction="sum"),
    "kl_div_log": F.kl_div(A.log_softmax(1), B.log_softmax(1), log_target=True, reduction="sum"),
    "solve": torch.linalg.solve(A[:, :2], B), "svdvals": torch.linalg.svdvals(A), "qr_r_abs": torch.linalg.qr(A).R.abs(),
}
write("functions.json", {k: array(v) for k, v in FUNCTIONS.items()})


# ---- modules
def module_case(module, x, after=lambda y: y, evaluate=False):
    torch.manual_seed(3)
    for p in module.parameters():
        nn.init.uniform_(p, -0.5, 0.5)
    state = {k: array(v) for k, v in module.state_dict().items()}
    x = x.clone().requires_grad_(x.is_floating_point())
    if evaluate:
        module.eval()
    y = after(module(x))
    (y * torch.arange(1, y.numel() + 1).view_as(y)).sum().backward()
    return {
        "state": state, "input": array(x), "output": array(y), "input_grad": array(x.grad) if x.is_floating_point() else None,
        "grads": {k: array(p.grad) for k, p in module.named_parameters()}, "buffers": {k: array(b) for k, b in module.named_buffers()},
    }


torch.manual_seed(5)
IMAGE = torch.randn(2, 3, 6, 5)
SERIES = torch.randn(2, 4, 3)
TABLE = torch.randn(5, 4)
MODULES = {
    "linear": (nn.Linear(4, 3), TABLE), "linear_no_bias": (nn.Linear(4, 3, False), TABLE),
    "conv1d": (nn.Conv1d(4, 2, 2, padding=1), SERIES), "conv2d": (nn.Conv2d(3, 4, 3, stride=2, padding=1), IMAGE),
    "conv2d_groups": (nn.Conv2d(3, 6, 2, groups=3, bias=False), IMAGE),
    "conv2d_circular": (nn.Conv2d(3, 2, 3, padding=1, padding_mode="circular"), IMAGE),
    "max_pool1d": (nn.MaxPool1d(2), SERIES), "max_pool2d": (nn.MaxPool2d(2), IMAGE), "avg_pool2d": (nn.AvgPool2d(2, 1, 1), IMAGE),
    "adaptive_avg_pool2d": (nn.AdaptiveAvgPool2d((2, 2)), IMAGE), "adaptive_max_pool2d": (nn.AdaptiveMaxPool2d((2, 2)), IMAGE),
    "batch_norm1d": (nn.BatchNorm1d(4), TABLE), "batch_norm1d_eval": (nn.BatchNorm1d(4), TABLE), "batch_norm2d": (nn.BatchNorm2d(3), IMAGE),
    "layer_norm": (nn.LayerNorm(4), TABLE), "group_norm": (nn.GroupNorm(3, 3), IMAGE),
    "flatten": (nn.Flatten(), IMAGE), "unflatten": (nn.Unflatten(1, (2, 2)), TABLE),
    "embedding": (nn.Embedding(6, 3), torch.tensor([[0, 5, 2], [2, 2, 1]])),
    "rnn_tanh": (nn.RNN(3, 2, 2, batch_first=True), SERIES), "rnn_relu": (nn.RNN(3, 2, nonlinearity="relu"), SERIES),
    "gru": (nn.GRU(3, 2, bidirectional=True, batch_first=True), SERIES), "lstm": (nn.LSTM(3, 2, 2, batch_first=True), SERIES),
    "sequential": (nn.Sequential(nn.Linear(4, 3), nn.Tanh(), nn.Linear(3, 2)), TABLE),
}
write("modules.json", {
    k: module_case(m, x, (lambda y: y[0]) if isinstance(m, nn.RNNBase) else (lambda y: y), k.endswith("_eval")) for k, (m, x) in MODULES.items()})


# ---- optimisers: a quadratic bowl around fixed targets, 12 steps
def bowl(make):
    torch.manual_seed(11)
    parameters = [nn.Parameter(torch.randn(3, 2)), nn.Parameter(torch.randn(4))]
    targets = [torch.randn(3, 2), torch.randn(4)]
    start = [array(p) for p in parameters]
    optimiser = make(parameters)
    path = []
    for step in range(12):
        optimiser.zero_grad()
        sum(((p - t) ** 2 * (1 + i)).sum() for i, (p, t) in enumerate(zip(parameters, targets))).backward()
        optimiser.step()
        if step in (0, 1, 5, 11):
            path.append([array(p) for p in parameters])
    return {"start": start, "targets": [array(t) for t in targets], "path": path}


O = torch.optim
OPTIMISERS = {
    "sgd": lambda p: O.SGD(p, 0.05), "sgd_momentum": lambda p: O.SGD(p, 0.05, momentum=0.9, weight_decay=0.1),
    "sgd_dampened": lambda p: O.SGD(p, 0.05, momentum=0.8, dampening=0.3), "sgd_nesterov": lambda p: O.SGD(p, 0.05, momentum=0.9, nesterov=True),
    "sgd_maximize": lambda p: O.SGD(p, 0.05, maximize=True),
    "adam": lambda p: O.Adam(p, 0.05), "adam_decay": lambda p: O.Adam(p, 0.05, (0.8, 0.99), 1e-6, 0.1), "adam_amsgrad": lambda p: O.Adam(p, 0.05, amsgrad=True),
}
write("optimizers.json", {k: bowl(v) for k, v in OPTIMISERS.items()})

# ---- schedulers: the rate after each of 12 steps
S = torch.optim.lr_scheduler
METRIC = [1.0, 0.8, 0.8, 0.8, 0.8, 0.5, 0.5, 0.5, 0.5, 0.5, 0.5, 0.4]


def rates(make, metric=None):
    optimiser = O.SGD([nn.Parameter(torch.zeros(1))], 0.1, momentum=0.9)
    scheduler = make(optimiser)
    result = []
    for value in METRIC:
        optimiser.step()
        scheduler.step(value) if metric else scheduler.step()
        result.append(optimiser.param_groups[0]["lr"])
    return {"rates": result, "momentum": optimiser.param_groups[0]["momentum"]}


write("schedulers.json", {
    "step": rates(lambda o: S.StepLR(o, 3, 0.5)), "multi_step": rates(lambda o: S.MultiStepLR(o, [2, 5], 0.5)), "exponential": rates(lambda o: S.ExponentialLR(o, 0.9)),
    "cosine": rates(lambda o: S.CosineAnnealingLR(o, 5, 0.01)), "lambda": rates(lambda o: S.LambdaLR(o, lambda e: 1 / (1 + e))),
    "one_cycle": rates(lambda o: S.OneCycleLR(o, 0.2, 14)), "one_cycle_linear": rates(lambda o: S.OneCycleLR(o, 0.2, 14, anneal_strategy="linear", three_phase=True, cycle_momentum=False)),
    "plateau": rates(lambda o: S.ReduceLROnPlateau(o, factor=0.5, patience=2), True), "plateau_max": rates(lambda o: S.ReduceLROnPlateau(o, "max", 0.5, 1, cooldown=2, min_lr=0.02, threshold_mode="abs"), True),
})

# ---- random numbers from seeds
torch.manual_seed(42)
RANDOM = {"rand": torch.rand(5), "randn_short": torch.randn(5), "randn_long": torch.randn(40), "randint": torch.randint(0, 1000, (5,)), "randperm": torch.randperm(10),
          "bernoulli": torch.full((8,), 0.3).bernoulli(), "normal_": torch.empty(3).normal_(2, 3), "uniform_": torch.empty(3).uniform_(-2, 3)}
torch.manual_seed(42)
RANDOM["linear_weight"] = nn.Linear(3, 2).weight
RANDOM["conv_bias"] = nn.Conv2d(2, 3, 2).bias
RANDOM["embedding"] = nn.Embedding(3, 2).weight
RANDOM["lstm"] = nn.LSTM(2, 2).weight_hh_l0
RANDOM["kaiming_normal"] = nn.init.kaiming_normal_(torch.empty(3, 4), nonlinearity="relu")
RANDOM["kaiming_uniform"] = nn.init.kaiming_uniform_(torch.empty(3, 4), a=0.1, mode="fan_out")
RANDOM["xavier_uniform"] = nn.init.xavier_uniform_(torch.empty(3, 4), 2.0)
RANDOM["orthogonal"] = nn.init.orthogonal_(torch.empty(3, 4), 2.0)
RANDOM["orthogonal_tall"] = nn.init.orthogonal_(torch.empty(5, 2, 2))
write("random.json", {k: array(v) for k, v in RANDOM.items()})
