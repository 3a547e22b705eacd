"""Rates of torch's ReduceLROnPlateau, and the epochs at which Keras's EarlyStopping ends and is best: python3 make_callbacks.py > callbacks.json"""
import json
import math

import torch
from torch.optim.lr_scheduler import ReduceLROnPlateau

NAN = math.nan
SERIES = {
    "falls": [1.0, 0.8, 0.6, 0.5, 0.45, 0.42, 0.41, 0.405, 0.4049, 0.4048, 0.4047, 0.4046],
    "flat": [0.5] * 12,
    "rises": [0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1.0, 1.1, 1.2, 1.3, 1.4],
    "saw": [1.0, 0.7, 0.9, 0.69, 0.95, 0.68, 0.99, 0.70, 0.71, 0.67, 0.8, 0.9],
    "nan": [1.0, 0.9, NAN, 0.85, NAN, NAN, 0.84, NAN, NAN, NAN, NAN, 0.1],
    "nan first": [NAN, NAN, 0.9, 0.8, 0.85, 0.86, NAN, 0.87, 0.88, 0.7, 0.71, 0.72],
    "tiny": [1.0, 0.99995, 0.9999, 0.99985, 0.9998, 0.99975, 0.9997, 0.99965, 0.9996, 0.99955, 0.9995, 0.99945],
}


def plateau(values, mode, factor, patience, min_delta, cooldown, min_scale):
    weight = torch.zeros(1, requires_grad=True)
    optimizer = torch.optim.SGD([weight], lr=1.0)
    rule = ReduceLROnPlateau(
        optimizer, mode, factor, patience, threshold=min_delta, threshold_mode="abs", cooldown=cooldown, min_lr=min_scale, eps=0)
    scales = []
    for value in values:
        rule.step(value)
        scales.append(optimizer.param_groups[0]["lr"])
    return scales


def early(values, mode, patience, min_delta):
    """The rules of keras/src/callbacks/early_stopping.py. Keras also takes a first epoch of NaN for the best; here nothing that is not finite is."""
    better = (lambda a, b: a + min_delta < b) if mode == "min" else (lambda a, b: a - min_delta > b)
    best, best_epoch, wait = math.inf if mode == "min" else -math.inf, 0, 0
    for epoch, value in enumerate(values, 1):
        wait += 1
        if better(value, best):
            best, best_epoch, wait = value, epoch, 0
        elif wait >= patience and epoch > 1:
            return epoch, best_epoch
    return 0, best_epoch


def text(numbers):
    return [repr(n) if math.isnan(n) else n for n in numbers]


result = {"torch": torch.__version__, "plateau": [], "early": []}
for name, series in SERIES.items():
    for mode in ("min", "max"):
        values = series if mode == "min" else [-v for v in series]
        for factor, patience, min_delta, cooldown, min_scale in ((0.5, 0, 0, 0, 0), (0.1, 2, 1e-4, 0, 0), (0.5, 1, 0.05, 2, 0.2), (0.3, 0, 1e-4, 1, 0.1)):
            result["plateau"].append({
                "name": name, "mode": mode, "values": text(values), "factor": factor, "patience": patience, "minDelta": min_delta, "cooldown": cooldown,
                "minScale": min_scale, "scales": plateau(values, mode, factor, patience, min_delta, cooldown, min_scale)})
        for patience, min_delta in ((2, 0), (3, 0), (5, 0), (2, 0.05), (4, 1e-4)):
            stop, best = early(values, mode, patience, min_delta)
            result["early"].append({
                "name": name, "mode": mode, "values": text(values), "patience": patience, "minDelta": min_delta, "stopped": stop, "best": best})
lines = {key: "[\n" + ",\n".join(json.dumps(case) for case in result[key]) + "]" for key in ("plateau", "early")}
print("{" + f'"torch": "{torch.__version__}",\n"plateau": {lines["plateau"]},\n"early": {lines["early"]}' + "}")
