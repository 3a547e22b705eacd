"""Writes gradients.json: what each gradient transform makes of a few steps of gradients.

Run: python3 make_gradients.py (PyTorch 1.13.1, numpy).

Where torch.nn.utils has the rule, it is called; the others are written out here from their papers' formulas, element by element or tensor by
tensor in double precision, and share no code with the library. Gradients are numbers that Float32 holds exactly.
"""
import json
import math
import pathlib

import numpy as np
import torch

torch.manual_seed(11)


def draw(shape, scale):
    return torch.randn(*shape).mul(16).round().div(16).mul(scale).float().double() + 0.0


# Parameters: name, shape, value ("zero" or "random").
NETWORKS = {
    "two layers": [("hidden.weight", (3, 4), "random"), ("output.weight", (2, 3), "random"), ("hidden.bias", (3,), "random"), ("output.bias", (2,), "random")],
    "convolution": [("conv.weight", (3, 2, 2, 2), "random"), ("line.weight", (2, 2, 3), "random"), ("conv.bias", (3,), "random"), ("norm.weight", (2,), "random")],
    "one element": [("point.x", (1,), "random")],
    "all-zero network": [("hidden.weight", (3, 4), "zero"), ("output.weight", (2, 3), "zero"), ("hidden.bias", (3,), "zero")],
}

# The scale of each parameter's gradient, step by step; 0 gives a zero gradient, and a list gives one scale for each parameter.
SCALES = {
    "steady": [1, 0.5, 2, 1, 0.25],
    "spike": [1, 1, 0.5, 1, 1024, 1],
    "zero gradients": [0, 0, 1, [0, 1, 0, 1], 0, 2, 1, 0],
    "tiny": [2.0**-30] * 3,
    "long": [1.5 + math.sin(i) for i in range(30)] + [40, 1, 1, 90, 2, 0, 1.5, 30, 1, 1],
}
LONG_NETWORK = "one element"

KINDS = [
    {"kind": "clip-by-value", "min": -0.25, "max": 0.75},
    {"kind": "clip-by-value", "min": -0.5, "max": 0.5},
    {"kind": "clip-by-norm", "maxNorm": 0.8},
    {"kind": "clip-by-global-norm", "maxNorm": 1.0, "norm": "L2"},
    {"kind": "clip-by-global-norm", "maxNorm": 3.0, "norm": "L1"},
    {"kind": "clip-by-global-norm", "maxNorm": 0.4, "norm": "LInfinity"},
    {"kind": "adaptive", "lambda": 0.01, "epsilon": 0.001, "clipOutput": False},
    {"kind": "adaptive", "lambda": 0.5, "epsilon": 0.25, "clipOutput": True},
    {"kind": "adaptive", "lambda": 1e-5, "epsilon": 1e-4, "clipOutput": True},
    {"kind": "auto-clip", "percentile": 10.0, "history": 10000},
    {"kind": "auto-clip", "percentile": 37.5, "history": 3},
    {"kind": "z-clip", "zThreshold": 2.5, "alpha": 0.97, "warmupSteps": 25},
    {"kind": "z-clip", "zThreshold": 1.5, "alpha": 0.9, "warmupSteps": 3},
    {"kind": "ada-gc", "lambda": 1.05, "beta": 0.98, "warmupSteps": 3, "warmupMaxNorm": 1.0},
    {"kind": "ada-gc", "lambda": 1.5, "beta": 0.5, "warmupSteps": 0, "warmupMaxNorm": 1.0},
    {"kind": "spam-clip", "theta": 5000.0, "beta": 0.999},
    {"kind": "spam-clip", "theta": 4.0, "beta": 0.75},
    {"kind": "centralise"},
]


def parameters_of(gradients):
    result = []
    for gradient in gradients:
        parameter = torch.nn.Parameter(torch.zeros_like(gradient))
        parameter.grad = gradient.clone()
        result.append(parameter)
    return result


def clip_norm(gradients, limit, order=2.0):
    parameters = parameters_of(gradients)
    torch.nn.utils.clip_grad_norm_(parameters, limit, norm_type=order)
    return [parameter.grad for parameter in parameters]


def global_norm(gradients):
    return math.sqrt(sum(float((g * g).sum()) for g in gradients))


def clip_value(p, names, values):
    def apply(gradients):
        if p["min"] == -p["max"]:
            parameters = parameters_of(gradients)
            torch.nn.utils.clip_grad_value_(parameters, p["max"])
            return [parameter.grad for parameter in parameters]
        return [torch.clamp(g, p["min"], p["max"]) for g in gradients]

    return apply


def clip_by_norm(p, names, values):
    return lambda gradients: [clip_norm([g], p["maxNorm"])[0] for g in gradients]


def clip_by_global_norm(p, names, values):
    order = {"L1": 1.0, "L2": 2.0, "LInfinity": math.inf}[p["norm"]]
    return lambda gradients: clip_norm(gradients, p["maxNorm"], order)


def adaptive(p, names, values):
    def unit(g, w):
        limit = p["lambda"] * max(math.sqrt(float((w * w).sum())), p["epsilon"])
        norm = math.sqrt(float((g * g).sum()))
        return g * (limit / max(norm, 1e-6)) if norm > limit else g

    def tensor(name, g, w):
        if not p["clipOutput"] and name.startswith("output."):
            return g
        if g.dim() <= 1:
            return unit(g, w)
        return torch.stack([unit(g[i], w[i]) for i in range(g.shape[0])])

    return lambda gradients: [tensor(n, g, w) for n, g, w in zip(names, gradients, values)]


def auto_clip(p, names, values):
    history = []

    def apply(gradients):
        norm = global_norm(gradients)
        if norm > 0:
            history.append(norm)
        if not history:
            return gradients
        return clip_norm(gradients, float(np.percentile(history[-p["history"]:], p["percentile"])))

    return apply


def z_clip(p, names, values):
    state = {"warm": [], "mean": None, "var": None}

    def apply(gradients):
        norm = global_norm(gradients)
        if norm == 0:
            return gradients
        if state["mean"] is None:
            state["warm"].append(norm)
            if len(state["warm"]) == p["warmupSteps"]:
                state["mean"], state["var"] = float(np.mean(state["warm"])), float(np.var(state["warm"]))
            return gradients
        deviation = math.sqrt(state["var"])
        z = (norm - state["mean"]) / (deviation + 1e-6)
        result = gradients
        if z > p["zThreshold"]:
            limit = state["mean"] + p["zThreshold"] * deviation / (z / p["zThreshold"])
            result, norm = clip_norm(gradients, limit), limit
        a = p["alpha"]
        state["mean"] = a * state["mean"] + (1 - a) * norm
        state["var"] = a * state["var"] + (1 - a) * (norm - state["mean"]) ** 2
        return result

    return apply


def ada_gc(p, names, values):
    averages = [0.0] * len(names)
    steps = [0]

    def apply(gradients):
        if steps[0] < p["warmupSteps"]:
            result = clip_norm(gradients, p["warmupMaxNorm"])
        else:
            result = []
            for g, average in zip(gradients, averages):
                norm = math.sqrt(float((g * g).sum()))
                result.append(g * min(1.0, p["lambda"] * average / norm) if norm > 0 and average > 0 else g)
        steps[0] += 1
        for i, g in enumerate(result):
            norm = math.sqrt(float((g * g).sum()))
            if norm > 0:
                averages[i] = p["beta"] * averages[i] + (1 - p["beta"]) * norm if averages[i] > 0 else norm
        return result

    return apply


def spam(p, names, values):
    moments = [np.zeros(v.shape) for v in values]

    def number(g, v):
        return math.copysign(math.sqrt(p["theta"] * v), g) if v > 0 and g * g > p["theta"] * v else g

    def apply(gradients):
        result = []
        for i, gradient in enumerate(gradients):
            clipped = np.vectorize(number)(gradient.numpy(), moments[i])
            moments[i] = p["beta"] * moments[i] + (1 - p["beta"]) * clipped**2
            result.append(torch.from_numpy(clipped))
        return result

    return apply


def centralise(p, names, values):
    return lambda gradients: [g - g.mean(dim=tuple(range(1, g.dim())), keepdim=True) if g.dim() > 1 else g for g in gradients]


RULES = {
    "clip-by-value": clip_value,
    "clip-by-norm": clip_by_norm,
    "clip-by-global-norm": clip_by_global_norm,
    "adaptive": adaptive,
    "auto-clip": auto_clip,
    "z-clip": z_clip,
    "ada-gc": ada_gc,
    "spam-clip": spam,
    "centralise": centralise,
}


def steps_of(scales, parameters):
    for scale in scales:
        each = (scale * len(parameters))[: len(parameters)] if isinstance(scale, list) else [scale] * len(parameters)
        yield [draw(shape, s) for (_, shape, _), s in zip(parameters, each)]


def flat(tensors):
    return [[float(f"{x:.9g}") for x in t.flatten().tolist()] for t in tensors]


networks, runs, cases = {}, {}, []
for network, parameters in NETWORKS.items():
    values = [draw(shape, 0 if value == "zero" else 1) for _, shape, value in parameters]
    networks[network] = [{"name": n, "shape": s, "value": flat([v])[0]} for (n, s, _), v in zip(parameters, values)]
    names = [name for name, _, _ in parameters]
    for run, scales in SCALES.items():
        if run == "long" and network != LONG_NETWORK:
            continue
        steps = list(steps_of(scales, parameters))
        runs[f"{network}: {run}"] = [flat(step) for step in steps]
        for description in KINDS:
            rule = RULES[description["kind"]](description, names, values)
            cases.append({"description": description, "network": network, "run": f"{network}: {run}", "expected": [flat(rule(step)) for step in steps]})

# The deviation of the noise, η/(1+t)^decay being its variance.
noise = [{"eta": e, "decay": d, "step": t, "deviation": math.sqrt(e / (1 + t) ** d)} for e, d in [(0.01, 0.55), (0.3, 0.55), (1.0, 0.0)] for t in [0, 1, 10, 999]]

text = json.dumps({"torch": torch.__version__, "networks": networks, "runs": runs, "cases": cases, "noise": noise}, separators=(",", ":"))
pathlib.Path(__file__).with_name("gradients.json").write_text(text.replace('{"description"', '\n{"description"') + "\n", encoding="utf-8")
print(len(cases), "cases,", len(text) // 1024, "KiB")
