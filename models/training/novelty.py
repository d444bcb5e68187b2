"""How far fields lie from what a network was trained on: statistics of pooled features.

A field's vector is the mean of the features that the network gives at the field's own scale, where
positions weigh by how probable foreground is there: nuclei out of focus are told by themselves, not
by the background (AUROC 1.00 instead of 0.84 against a left-out group in focus). Distances are
Mahalanobis distances to the training fields, which weigh by group as in training. What distances
are usual is read from each group against all others.
"""

from __future__ import annotations

from typing import Any, Mapping, Sequence

import numpy as np
import torch
from torch.nn import functional

from crops import group_shares
from fields import BACKGROUND, DIAMETER, Field, normalise, resize_image
from instances import LEAST_SIDE
from nuclei_network import STRIDE, NucleiNet

# Share of the covariance that is taken from a sphere of the same trace.
SHRINKAGE = 0.05
QUANTILES = tuple(round(0.05 * i, 2) for i in range(20)) + (0.97, 0.99, 1.0)


@torch.no_grad()
def pooled_features(network: NucleiNet, image: np.ndarray, diameter: float) -> np.ndarray:
    """Features [C] of a field (grey values as read) whose nuclei measure `diameter` pixels."""
    scale = DIAMETER / diameter
    small = resize_image(normalise(image), *(max(8, round(size * scale)) for size in image.shape))
    down, right = (max(LEAST_SIDE, size + -size % STRIDE) - size for size in small.shape)
    padded = np.pad(small, ((0, down), (0, right)), mode="symmetric")
    tensor = torch.from_numpy(padded)[None, None].to(memory_format=torch.channels_last)
    logits, features = network(tensor, torch.ones(1, sum(network.dropout_widths)))
    foreground = 1 - torch.softmax(logits, 1)[:, BACKGROUND]
    weights = functional.avg_pool2d(foreground[:, None], STRIDE)[0, 0].double()
    if weights.mean() < 1e-6:
        weights = torch.ones_like(weights)
    return ((features[0].double() * weights).sum((1, 2)) / weights.sum()).numpy()


def pooled_groups(
    network: NucleiNet, groups: Mapping[str, Sequence[Field]]
) -> dict[str, np.ndarray]:
    """Vectors [fields, C] of each group at the scale of its truth."""
    return {
        name: np.stack(
            [pooled_features(network, f.image, f.diameter) for f in fields if f.diameter > 0]
        )
        for name, fields in groups.items()
    }


def fit(vectors: Mapping[str, np.ndarray]) -> tuple[np.ndarray, np.ndarray]:
    """Mean [C] and shrunken covariance [C, C] of groups that weigh as in training."""
    names = sorted(vectors)
    shares = group_shares([len(vectors[name]) for name in names])
    weights = np.concatenate([np.full(len(vectors[n]), s / len(vectors[n])) for n, s in zip(names, shares)])
    stacked = np.concatenate([vectors[name] for name in names])
    mean = weights @ stacked
    off = stacked - mean
    covariance = (off * weights[:, None]).T @ off
    sphere = np.eye(len(mean)) * np.trace(covariance) / len(mean)
    return mean, (1 - SHRINKAGE) * covariance + SHRINKAGE * sphere


def distances(vectors: np.ndarray, mean: np.ndarray, covariance: np.ndarray) -> np.ndarray:
    """Mahalanobis distance of each row."""
    off = vectors - mean
    return np.sqrt(np.einsum("ij,ij->i", off, np.linalg.solve(covariance, off.T).T))


def held_out_quantiles(vectors: Mapping[str, np.ndarray]) -> list[float]:
    """Quantiles of the distances of fields to statistics of all *other* groups.

    What a new experiment is usually like is what the groups are to each other; they weigh as in
    training. The network itself has seen all of them, so this is on the cautious side.
    """
    names = sorted(vectors)
    shares = group_shares([len(vectors[name]) for name in names])
    found, weights = [], []
    for name, share in zip(names, shares):
        rest = {other: rows for other, rows in vectors.items() if other != name}
        found.append(distances(vectors[name], *fit(rest)))
        weights.append(np.full(len(vectors[name]), share / len(vectors[name])))
    return weighted_quantiles(np.concatenate(found), np.concatenate(weights))


def weighted_quantiles(values: np.ndarray, weights: np.ndarray) -> list[float]:
    """At QUANTILES, linear between the values, from the smallest to the largest."""
    order = np.argsort(values)
    below = np.cumsum(weights[order]) - weights[order]
    return [float(q) for q in np.interp(QUANTILES, below / below[-1], values[order])]


def statistics(vectors: Mapping[str, np.ndarray]) -> dict[str, Any]:
    """The document `ood.json`: seven digits, quantiles of the distances of held-out fields."""
    mean, covariance = fit(vectors)
    return {
        "format": 1,
        "features": "features",
        "pool": "mean",
        "weights": "foreground",
        "mean": [float(f"{value:.7g}") for value in mean],
        "covariance": [[float(f"{value:.7g}") for value in row] for row in covariance],
        "quantiles": {
            "p": list(QUANTILES),
            "distance": [float(f"{value:.6g}") for value in held_out_quantiles(vectors)],
        },
    }
