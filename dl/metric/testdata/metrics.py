"""Writes metrics.json: numbers of scikit-learn for the tests of package metric.

    python metrics.py        (needs numpy and scikit-learn)
"""
import json
import pathlib

import numpy as np
import sklearn
from sklearn import metrics as skm

rng = np.random.default_rng(7)


def scores(name, classes, logits, target):
    pred = logits.argmax(1)
    labels = list(range(classes))
    p, r, f, s = skm.precision_recall_fscore_support(target, pred, labels=labels, zero_division=0)
    case = dict(
        name=name, classes=classes, logits=logits.tolist(), target=target.tolist(),
        matrix=skm.confusion_matrix(target, pred, labels=labels).tolist(),
        accuracy=skm.accuracy_score(target, pred),
        precision=p.tolist(), recall=r.tolist(), f1=f.tolist(), support=s.tolist(),
        kappa=skm.cohen_kappa_score(target, pred),
    )
    for average in ("macro", "micro", "weighted"):
        a = skm.precision_recall_fscore_support(target, pred, average=average, zero_division=0)
        case[average] = [float(v) for v in a[:3]]
    if classes > 2 and name != "absent classes":  # which has ties
        case["topk"] = {
            str(k): skm.top_k_accuracy_score(target, logits, k=k, labels=labels) for k in (1, 2, 3)
        }
    return case


def noisy(n, classes, noise, p=None):
    target = rng.choice(classes, n, p=p)
    logits = rng.normal(0, noise, (n, classes)).astype(np.float32)
    logits[np.arange(n), target] += 1
    return logits, target


multi = [
    scores("ten classes", 10, *noisy(400, 10, 0.6)),
    scores("imbalanced", 4, *noisy(200, 4, 0.9, [0.85, 0.1, 0.04, 0.01])),
    scores("two classes", 2, *noisy(50, 2, 1.0)),
    scores("perfect", 3, *noisy(30, 3, 0.0)),
]
# A class that is never predicted and one that never occurs.
target = np.array([0, 0, 1, 1, 2, 2, 0])
logits = np.zeros((7, 4), np.float32)
logits[np.arange(7), [0, 1, 1, 0, 3, 1, 0]] = 1
multi.append(scores("absent classes", 4, logits, target))

curves = []
for name, n, rounding in (("smooth", 150, 6), ("ties", 150, 1), ("few", 6, 2)):
    y = rng.integers(0, 2, n)
    y[:2] = [0, 1]
    s = np.round(y * 0.6 + rng.normal(0, 0.7, n), rounding).astype(np.float32)
    fpr, tpr, th = skm.roc_curve(y, s, drop_intermediate=False)
    precision, recall, _ = skm.precision_recall_curve(y, s)
    curves.append(dict(
        name=name, target=y.tolist(), score=s.tolist(), auc=skm.roc_auc_score(y, s),
        ap=skm.average_precision_score(y, s), fpr=fpr.tolist(), tpr=tpr.tolist(),
        thresholds=th[1:].tolist(), precision=precision[::-1].tolist(), recall=recall[::-1].tolist(),
        accuracy=skm.accuracy_score(y, s > 0.3),
    ))

regressions = []
for name, n, offset in (("small", 20, 0), ("far from zero", 300, 1e4), ("constant", 5, 3)):
    t = (rng.normal(0, 2, n) + offset).astype(np.float32)
    if name == "constant":
        t[:] = offset
    p = (t + rng.normal(0, 0.5, n)).astype(np.float32)
    regressions.append(dict(
        name=name, target=t.tolist(), prediction=p.tolist(),
        mse=skm.mean_squared_error(t.astype(float), p.astype(float)),
        mae=skm.mean_absolute_error(t.astype(float), p.astype(float)),
        rmse=skm.root_mean_squared_error(t.astype(float), p.astype(float)),
        r2=skm.r2_score(t.astype(float), p.astype(float)),
    ))

out = dict(
    meta=dict(sklearn=sklearn.__version__, numpy=np.__version__),
    multi=multi, curves=curves, regressions=regressions,
)
path = pathlib.Path(__file__).with_name("metrics.json")
path.write_text(json.dumps(out, separators=(",", ":")).replace("},{", "},\n{") + "\n")
