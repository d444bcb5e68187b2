"""Uncertainty, calibration and novelty of random predictions by numpy and scipy.

    python3 test/golden/infer/make_uncertainty.py > test/golden/infer/uncertainty.json

Made with numpy 1.24 and scipy 1.10.1. Inputs are float32 numbers of three decimals, results are rounded to nine.
"""
import json
import sys

import numpy as np
from scipy.ndimage import binary_dilation, generate_binary_structure, mean as mean_of, maximum
from scipy.optimize import minimize, minimize_scalar
from scipy.spatial.distance import cdist, mahalanobis
from scipy.special import log_softmax, softmax
from scipy.stats import entropy

rng = np.random.default_rng(11)


def single(values):
    return np.asarray(values, float).round(3).astype(np.float32).astype(float)


def flat(values):
    return [round(value, 9) for value in np.asarray(values, float).ravel().tolist()]


def passes():
    """Logits [passes, classes, height, width] with sure, doubtful and contested pixels."""
    cases = []
    for classes, count, height, width in [(3, 5, 9, 11), (2, 4, 6, 7), (5, 2, 4, 5), (3, 1, 5, 6)]:
        logits = rng.normal(size=(1, classes, height, width)) * rng.choice([0.2, 2, 12], size=(1, 1, height, width))
        logits = single(logits + rng.normal(size=(count, classes, height, width)) * rng.choice([0, 3], size=(1, 1, height, width)))
        temperature = float(rng.choice([0.7, 1, 1.6]))
        p = softmax(logits / temperature, axis=1)
        mean = p.mean(0)
        predictive = entropy(mean, axis=0) / np.log(classes)
        expected = entropy(p, axis=1).mean(0) / np.log(classes)
        cases.append(
            dict(
                classes=classes, width=width, height=height, temperature=temperature,
                logits=[flat(one) for one in logits], probabilities=flat(mean), entropy=flat(predictive),
                expectedEntropy=flat(expected), mutualInformation=flat(predictive - expected),
            )
        )
    return cases


def calibration():
    cases = []
    for classes, samples, truth in [(3, 300, 2.3), (2, 200, 0.6), (8, 150, 1.2)]:
        logits = single(rng.normal(size=(classes, samples)) * 3)
        labels = np.array([rng.choice(classes, p=column) for column in softmax(logits / truth, axis=0).T])

        def loss(log_t):
            return -log_softmax(logits / np.exp(log_t), axis=0)[labels, np.arange(samples)].mean()

        best = minimize_scalar(loss, bounds=(-4, 4), method="bounded", options=dict(xatol=1e-10))
        p = softmax(logits, axis=0).astype(np.float32).astype(float)
        confidence, correct = p.max(0), p.argmax(0) == labels
        edges = np.linspace(0, 1, 16)
        gap, bins = 0.0, []
        for low, high in zip(edges[:-1], edges[1:]):
            inside = (confidence > low) & (confidence <= high)
            bins.append([int(inside.sum()), *([confidence[inside].mean(), correct[inside].mean()] if inside.any() else [None, None])])
            if inside.any():
                gap += inside.mean() * abs(confidence[inside].mean() - correct[inside].mean())
        cases.append(
            dict(
                classes=classes, logits=flat(logits), labels=labels.tolist(), temperature=float(np.exp(best.x)),
                loss=best.fun, lossBefore=loss(0.0), confidence=flat(confidence),
                correct=correct.astype(int).tolist(), ece=gap, bins=bins,
                brier=((p - np.eye(classes)[labels].T) ** 2).sum(0).mean(),
            )
        )
    return cases


def objects():
    height, width = 40, 50
    y, x = np.mgrid[:height, :width]
    labels = np.zeros((height, width), int)
    for i, (cy, cx, r) in enumerate([(8, 9, 6), (8, 20, 6), (0, 40, 7), (30, 30, 9), (30, 44, 5), (25, 5, 0.5)], 1):
        labels[np.hypot(y - cy, x - cx) <= r] = i
    maps = {name: single(rng.random((height, width)) * top) for name, top in [("foreground", 1), ("entropy", 1), ("mutualInformation", 0.4)]}
    numbers = np.arange(1, labels.max() + 1)
    cross = generate_binary_structure(2, 1)
    outline_entropy, outline_mi = [], []
    differs = np.zeros(labels.shape, bool)
    differs[1:] |= labels[1:] != labels[:-1]
    differs[:-1] |= labels[1:] != labels[:-1]
    differs[:, 1:] |= labels[:, 1:] != labels[:, :-1]
    differs[:, :-1] |= labels[:, 1:] != labels[:, :-1]
    for number in numbers:
        own = labels == number
        band = (own & differs) | (binary_dilation(own, cross) & (labels == 0))
        outline_entropy.append(maps["entropy"][band].mean())
        outline_mi.append(maps["mutualInformation"][band].mean())
    return dict(
        width=width, height=height, labels=labels.ravel().tolist(), **{name: flat(values) for name, values in maps.items()},
        area=np.bincount(labels.ravel())[1:].tolist(), meanForeground=flat(mean_of(maps["foreground"], labels, numbers)),
        meanEntropy=flat(mean_of(maps["entropy"], labels, numbers)), maxEntropy=flat(maximum(maps["entropy"], labels, numbers)),
        meanMutualInformation=flat(mean_of(maps["mutualInformation"], labels, numbers)),
        outlineEntropy=flat(outline_entropy), outlineMutualInformation=flat(outline_mi),
    )


def ledoit_wolf(x):
    """Written from the paper with explicit sums, n by p, other than the implementation does it."""
    n, p = x.shape
    x = x - x.mean(0)
    s = x.T @ x / n
    m = np.trace(s) / p
    d2 = np.linalg.norm(s - m * np.eye(p), "fro") ** 2 / p
    b2 = sum(np.linalg.norm(np.outer(row, row) - s, "fro") ** 2 / p for row in x) / n ** 2
    b2 = min(b2, d2)
    return b2 / d2, b2 / d2 * m * np.eye(p) + (d2 - b2) / d2 * s


def novelty():
    mixing = rng.normal(size=(6, 6))
    known = single(rng.normal(size=(15, 6)) @ mixing + 2)
    asked = single(rng.normal(size=(8, 6)) @ mixing * 2 + 2)
    shrinkage, covariance = ledoit_wolf(known)
    precision = np.linalg.inv(covariance)
    mean = known.mean(0)
    cosine = np.sort(cdist(asked, known, "cosine"), axis=1)[:, :3].mean(1)
    features = single(rng.normal(size=(4, 5, 7)))
    weights = single(rng.random((5, 7)))
    pooled = np.average(features.reshape(4, -1), axis=1, weights=weights.ravel())
    std = np.sqrt(np.average((features.reshape(4, -1) - pooled[:, None]) ** 2, axis=1, weights=weights.ravel()))
    return dict(
        known=known.tolist(), asked=asked.tolist(), shrinkage=shrinkage, mean=flat(mean), covariance=covariance.tolist(),
        precision=precision.tolist(), distances=[mahalanobis(one, mean, precision) for one in asked], nearest=flat(cosine),
        features=flat(features), weights=flat(weights), mean_pooled=flat(features.mean((1, 2))),
        std_pooled=flat(features.std((1, 2))), weighted_mean=flat(pooled), weighted_std=flat(std),
    )


def logistic():
    classes, size, samples, penalty = 3, 5, 36, 0.3
    labels = rng.permutation(np.arange(samples) % classes)
    vectors = single(rng.normal(size=(samples, size)) + rng.normal(size=(classes, size))[labels])
    asked = single(rng.normal(size=(10, size)) * 2)

    def loss(flat_weights):
        w = flat_weights.reshape(classes, size + 1)
        logits = vectors @ w[:, :size].T + w[:, size]
        p = softmax(logits, axis=1)
        off = p - np.eye(classes)[labels]
        slope = np.hstack([off.T @ vectors + penalty * w[:, :size], off.sum(0)[:, None]])
        value = -log_softmax(logits, axis=1)[np.arange(samples), labels].sum() + penalty / 2 * (w[:, :size] ** 2).sum()
        return value, slope.ravel()

    best = minimize(loss, np.zeros(classes * (size + 1)), jac=True, method="L-BFGS-B", options=dict(ftol=1e-16, gtol=1e-12, maxiter=10000))
    w = best.x.reshape(classes, size + 1)
    means = np.stack([vectors[labels == k].mean(0) for k in range(classes)])
    spread = np.sqrt(((vectors - means[labels]) ** 2).sum() / (samples - classes))
    return dict(
        classes=classes, penalty=penalty, vectors=vectors.tolist(), labels=labels.tolist(), asked=asked.tolist(),
        weights=w[:, :size].tolist(), intercepts=flat(w[:, size] - w[:, size].mean()),
        probabilities=softmax(asked @ w[:, :size].T + w[:, size], axis=1).tolist(),
        means=means.tolist(), spread=spread, distances=flat(cdist(asked, means).min(1) / spread),
    )


json.dump(dict(passes=passes(), calibration=calibration(), objects=objects(), novelty=novelty(), logistic=logistic()), sys.stdout)
print()
