"""Agreement of predicted with true objects, counted as `parfocal evaluate` counts it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Sequence

import numpy as np
from scipy.sparse import csr_matrix
from scipy.sparse.csgraph import maximum_bipartite_matching

THRESHOLDS = (0.5, 0.55, 0.6, 0.65, 0.7, 0.75, 0.8, 0.85, 0.9, 0.95)


@dataclass
class Agreement:
    """Objects and matched pairs by threshold, summed over fields."""

    truth: int = 0
    predicted: int = 0
    matched: dict[float, int] = field(default_factory=lambda: dict.fromkeys(THRESHOLDS, 0))

    def f1(self, threshold: float) -> float:
        """2·matched / (true + predicted); 1 where there was nothing and nothing was found."""
        objects = self.truth + self.predicted
        return 2 * self.matched[threshold] / objects if objects else 1.0

    def __add__(self, other: Agreement) -> Agreement:
        matched = {t: self.matched[t] + other.matched[t] for t in THRESHOLDS}
        return Agreement(self.truth + other.truth, self.predicted + other.predicted, matched)


def compare(predicted: np.ndarray, truth: np.ndarray) -> Agreement:
    """Largest matching of objects whose intersection over union reaches each threshold."""
    iou = overlaps(predicted, truth)
    matched = {
        threshold: int((maximum_bipartite_matching(csr_matrix(iou >= threshold)) >= 0).sum())
        if iou.size
        else 0
        for threshold in THRESHOLDS
    }
    return Agreement(iou.shape[0], iou.shape[1], matched)


def overlaps(predicted: np.ndarray, truth: np.ndarray) -> np.ndarray:
    """Intersection over union [true objects, predicted objects]."""
    _, rows = np.unique(np.append(0, truth.ravel()), return_inverse=True)
    _, columns = np.unique(np.append(0, predicted.ravel()), return_inverse=True)
    counts = np.zeros((rows.max() + 1, columns.max() + 1))
    np.add.at(counts, (rows[1:], columns[1:]), 1)
    union = counts.sum(1, keepdims=True) + counts.sum(0, keepdims=True) - counts
    return counts[1:, 1:] / union[1:, 1:]


def pooled(parts: Sequence[Agreement]) -> Agreement:
    return sum(parts, Agreement())
