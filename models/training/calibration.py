"""Temperature of the softmax and expected calibration error, of pixels of held-out fields."""

from __future__ import annotations

from typing import Sequence

import numpy as np
from scipy.optimize import minimize_scalar
from scipy.special import log_softmax, softmax

from fields import BACKGROUND

BINS = 15
PIXELS_PER_FIELD = 4000
FIELDS_PER_GROUP = 60


def sample_pixels(
    logits: np.ndarray, targets: np.ndarray, random: np.random.Generator
) -> tuple[np.ndarray, np.ndarray]:
    """Some pixels of one field: logits [n, 3] from [3, y, x] and classes [n]."""
    picked = random.integers(targets.size, size=PIXELS_PER_FIELD)
    return logits.reshape(3, -1).T[picked], targets.ravel()[picked]


def negative_log_likelihood(logits: np.ndarray, targets: np.ndarray, temperature: float) -> float:
    scores = log_softmax(logits / temperature, axis=1)
    return float(-scores[np.arange(len(targets)), targets].mean())


def fit_temperature(groups: Sequence[tuple[np.ndarray, np.ndarray]]) -> float:
    """The temperature of the least negative log-likelihood, each group weighing alike."""

    def mean_loss(log_temperature: float) -> float:
        temperature = float(np.exp(log_temperature))
        return float(np.mean([negative_log_likelihood(*group, temperature) for group in groups]))

    found = minimize_scalar(mean_loss, bounds=(np.log(0.25), np.log(4)), method="bounded")
    return float(np.exp(found.x))


def calibration_errors(
    logits: np.ndarray, targets: np.ndarray, temperature: float
) -> dict[str, float]:
    """Expected calibration errors of the likeliest class and of foreground against background."""
    probabilities = softmax(logits / temperature, axis=1)
    likeliest = probabilities.argmax(1)
    foreground = 1 - probabilities[:, BACKGROUND]
    return {
        "classes": expected_error(probabilities.max(1), likeliest == targets),
        "foreground": expected_error(foreground, targets != BACKGROUND),
    }


def expected_error(confidence: np.ndarray, right: np.ndarray) -> float:
    """Mean over bins of equal width, weighed by their pixels, of |mean confidence − share right|."""
    bins = np.minimum((confidence * BINS).astype(int), BINS - 1)
    count = np.bincount(bins, minlength=BINS)
    gap = np.bincount(bins, confidence, BINS) - np.bincount(bins, right, BINS)
    return float(np.abs(gap).sum() / count.sum())
