"""Reference values for the metrics: scored data and what scikit-learn says of it, written to metrics.json.

Run: /usr/bin/python3 make_metrics.py    (needs numpy and scikit-learn)

Scores are rounded to float32 first, so that the numbers a test reads are the numbers scored here. Where ML.NET's
definition is not scikit-learn's (area under precision over recall), it is computed here from its formula.
"""
import json
import pathlib
import re

import numpy as np
import sklearn
from sklearn import metrics


def lower_trapezoid(labels, scores):
    """Boyd, Eng and Page (2013): each positive adds a trapezoid from the precision just before it to the one at it."""
    order = np.argsort(-scores, kind="stable")
    hits = labels[order].astype(float)
    true = np.cumsum(hits)
    precision = true / np.arange(1, len(hits) + 1)
    before = np.concatenate([[1.0], precision[:-1]])
    return float(np.sum(hits * (before + precision) / 2) / hits.sum())


def binary(rng, rows, ties):
    labels = rng.random(rows) < 0.4
    scores = rng.normal(loc=labels * 1.2 - 0.5, scale=1.0)
    scores = np.round(scores * 2) / 2 if ties else scores
    scores = scores.astype(np.float32)
    probabilities = (1 / (1 + np.exp(-scores.astype(float)))).astype(np.float32)
    predicted = scores > 0
    base = labels.mean()
    entropy = -(base * np.log2(base) + (1 - base) * np.log2(1 - base))
    log_loss = metrics.log_loss(labels, probabilities.astype(float)) / np.log(2)
    return {
        "labels": labels.tolist(),
        "scores": scores.astype(float).tolist(),
        "probabilities": probabilities.astype(float).tolist(),
        "expected": {
            "AreaUnderRocCurve": metrics.roc_auc_score(labels, scores),
            "AreaUnderPrecisionRecallCurve": lower_trapezoid(labels, scores),
            "Accuracy": metrics.accuracy_score(labels, predicted),
            "PositivePrecision": metrics.precision_score(labels, predicted),
            "PositiveRecall": metrics.recall_score(labels, predicted),
            "NegativePrecision": metrics.precision_score(labels, predicted, pos_label=False),
            "NegativeRecall": metrics.recall_score(labels, predicted, pos_label=False),
            "F1Score": metrics.f1_score(labels, predicted),
            "Entropy": entropy,
            "LogLoss": log_loss,
            "LogLossReduction": (entropy - log_loss) / entropy,
        },
        "confusion": metrics.confusion_matrix(labels, predicted, labels=[True, False]).tolist(),
    }


def multiclass(rng, rows, classes, absent):
    present = [c for c in range(classes) if c != absent]
    labels = rng.choice(present, rows)
    logits = rng.normal(size=(rows, classes)) + 1.5 * np.eye(classes)[labels]
    scores = (np.exp(logits) / np.exp(logits).sum(axis=1, keepdims=True)).astype(np.float32)
    wide = scores.astype(float)
    predicted = scores.argmax(axis=1)
    losses = -np.log(wide[np.arange(rows), labels])
    shares = np.array([(labels == c).mean() for c in present])
    entropy = float(-(shares * np.log(shares)).sum())
    return {
        "labels": labels.tolist(),
        "scores": wide.tolist(),
        "expected": {
            "MicroAccuracy": metrics.accuracy_score(labels, predicted),
            "MacroAccuracy": metrics.recall_score(labels, predicted, labels=present, average="macro"),
            "LogLoss": float(losses.mean()),
            "LogLossReduction": (entropy - float(losses.mean())) / entropy,
        },
        "perClassLogLoss": [float(losses[labels == c].mean()) if c in present else 0.0 for c in range(classes)],
        "topK": [metrics.top_k_accuracy_score(labels, wide, k=k, labels=range(classes)) for k in range(1, classes)],
        "confusion": metrics.confusion_matrix(labels, predicted, labels=range(classes)).tolist(),
    }


def regression(rng, rows):
    labels = rng.normal(loc=150, scale=70, size=rows).astype(np.float32).astype(float)
    scores = (labels + rng.normal(scale=40, size=rows)).astype(np.float32).astype(float)
    squared = metrics.mean_squared_error(labels, scores)
    return {
        "labels": labels.tolist(),
        "scores": scores.tolist(),
        "expected": {
            "MeanAbsoluteError": metrics.mean_absolute_error(labels, scores),
            "MeanSquaredError": squared,
            "RootMeanSquaredError": squared ** 0.5,
            "LossFunction": squared,
            "RSquared": metrics.r2_score(labels, scores),
        },
    }


def main():
    rng = np.random.default_rng(1)
    values = {
        "madeWith": f"scikit-learn {sklearn.__version__}",
        "binary": [binary(rng, 60, ties=False), binary(rng, 60, ties=True)],
        "multiclass": [multiclass(rng, 50, 4, absent=None), multiclass(rng, 50, 5, absent=3)],
        "regression": [regression(rng, 40)],
    }
    text = json.dumps(values, indent=1)
    text = re.sub(r"\[\s+([^\[\]{}]*?)\s+\]", lambda list: "[" + " ".join(list[1].split()) + "]", text)
    pathlib.Path(__file__).with_name("metrics.json").write_text(text + "\n")


if __name__ == "__main__":
    main()
