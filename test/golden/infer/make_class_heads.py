"""Class heads, leave-one-out trials and linear fits by numpy and scipy, as JSON on stdout.

    python3 test/golden/infer/make_class_heads.py > test/golden/infer/class_heads.json
"""

import json
import sys

import numpy as np
from scipy.optimize import minimize, minimize_scalar
from scipy.special import log_softmax, softmax

rng = np.random.default_rng(20)
CLASSES, SIZE, SAMPLES = 3, 5, 30


def unit(x):
    return x / np.linalg.norm(x, axis=1, keepdims=True)


def drawn(samples):
    labels = np.arange(samples) % CLASSES
    centres = np.eye(SIZE)[:CLASSES]
    return unit(0.6 * rng.normal(size=(samples, SIZE)) + centres[labels]), labels


def prototypes(vectors, labels):
    """Snell et al. 2017, with the spread and the temperature that the project's documentation defines."""
    means = np.stack([vectors[labels == k].mean(0) for k in range(CLASSES)])
    spread = np.sqrt(((vectors - means[labels]) ** 2).sum() / (len(labels) - CLASSES))
    counts = np.bincount(labels, minlength=CLASSES)
    squares = ((vectors[:, None] - means[None]) ** 2).sum(2)
    own = np.arange(len(labels)), labels
    squares[own] *= (counts[labels] / (counts[labels] - 1)) ** 2
    logits = -squares / spread**2

    def loss(inverse):
        return -log_softmax(logits * inverse, axis=1)[own].mean()

    best = minimize_scalar(loss, bounds=(0.01, 100), method="bounded", options=dict(xatol=1e-10))
    return means, spread, float(np.clip(1 / best.x, 2 / SIZE, 2))


def logistic(vectors, labels, penalty=1.0):
    """Multinomial, a penalty on the weights only: scikit-learn's LogisticRegression with C = 1 / penalty."""

    def loss(flat):
        w = flat.reshape(CLASSES, SIZE + 1)
        logits = vectors @ w[:, :SIZE].T + w[:, SIZE]
        off = softmax(logits, axis=1) - np.eye(CLASSES)[labels]
        slope = np.hstack([off.T @ vectors + penalty * w[:, :SIZE], off.sum(0)[:, None]])
        value = -log_softmax(logits, axis=1)[np.arange(len(labels)), labels].sum()
        return value + penalty / 2 * (w[:, :SIZE] ** 2).sum(), slope.ravel()

    start = np.zeros(CLASSES * (SIZE + 1))
    options = dict(ftol=1e-16, gtol=1e-12, maxiter=10000)
    w = minimize(loss, start, jac=True, method="L-BFGS-B", options=options).x.reshape(CLASSES, SIZE + 1)
    return w[:, :SIZE], w[:, SIZE]


def heads():
    vectors, labels = drawn(SAMPLES)
    asked, _ = drawn(12)
    means, spread, temperature = prototypes(vectors, labels)
    squares = ((asked[:, None] - means[None]) ** 2).sum(2)
    weights, intercepts = logistic(vectors, labels)
    told = np.zeros((SAMPLES, CLASSES))
    for fold in range(10):
        out = np.arange(SAMPLES) % 10 == fold
        w, b = logistic(vectors[~out], labels[~out])
        told[out] = vectors[out] @ w.T + b

    def loss(inverse):
        return -log_softmax(told * inverse, axis=1)[np.arange(SAMPLES), labels].mean()

    inverse = minimize_scalar(loss, bounds=(0.01, 100), method="bounded", options=dict(xatol=1e-10)).x
    scale = min(inverse, 10)
    right = 0
    for i in range(SAMPLES):
        rest = np.arange(SAMPLES) != i
        m, _, _ = prototypes(vectors[rest], labels[rest])
        right += int(((m - vectors[i]) ** 2).sum(1).argmin() == labels[i])
    return dict(
        vectors=vectors.tolist(),
        labels=labels.tolist(),
        asked=asked.tolist(),
        spread=float(spread),
        temperature=temperature,
        prototypes=softmax(-squares / spread**2 / temperature, axis=1).tolist(),
        distances=(np.sqrt(squares.min(1)) / spread).tolist(),
        logistic=softmax((asked @ weights.T + intercepts) * scale, axis=1).tolist(),
        leftOutRight=right,
    )


def linear_fit():
    """Ridge regression with a free intercept; rows are left out one by one, and each time it is fitted anew."""
    rows = rng.normal(size=(25, 6)) * np.array([1, 2, 0.5, 1, 1, 3]) + 4
    targets = np.stack([rows @ rng.normal(size=6) + 0.5 * rng.normal(size=25), rng.normal(size=25)])
    centred = rows - rows.mean(0)
    unit_penalty = np.trace(centred.T @ centred) / 6

    def fit(x, mean, y, penalty):
        off = x - mean
        ones = np.hstack([off, np.ones((len(x), 1))])
        bound = ones.T @ ones + np.diag([penalty] * 6 + [0])
        return np.linalg.solve(bound, ones.T @ y)

    best = None
    for share in [1e-5, 1e-4, 1e-3, 1e-2, 1e-1, 1]:
        penalty = share * unit_penalty
        explained = []
        for y in targets:
            off = 0
            for i in range(25):
                rest = np.arange(25) != i
                w = fit(rows[rest], rows.mean(0), y[rest], penalty)
                off += (y[i] - (rows[i] - rows.mean(0)) @ w[:6] - w[6]) ** 2
            explained.append(1 - off / ((y - y.mean()) ** 2).sum())
        if best is None or np.mean(explained) > np.mean(best[0]):
            weights = [fit(rows, rows.mean(0), y, penalty)[:6].tolist() for y in targets]
            best = explained, weights
    return dict(rows=rows.tolist(), targets=targets.tolist(), explained=best[0], weights=best[1])


json.dump(dict(heads=heads(), linearFit=linear_fit()), sys.stdout)
print()
