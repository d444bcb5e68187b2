"""Truth and predictions whose objects compete for each other, matched by scipy's linear_sum_assignment.

    python3 test/golden/review/make_matches.py > test/golden/review/matches.json

The number of pairs is that of StarDist's `matching` (its cost, word for word); the sum of IoU
is the largest one over the pairs that count. From 0.5 on the two definitions agree, which is asserted.
"""
import json
import sys

import numpy as np
from scipy.optimize import linear_sum_assignment

THRESHOLDS = [0.05, 0.1, 0.2, 0.3, 0.4, 0.5, 0.55, 0.6, 0.65, 0.7, 0.75, 0.8, 0.85, 0.9, 0.95]
SIZE = 48


def patchwork(rng, seeds, covered):
    """Nearest-seed regions, with everything far from its seed left as background."""
    at = rng.uniform(0, SIZE, (seeds, 2))
    y, x = np.mgrid[:SIZE, :SIZE]
    distance = np.hypot(y[..., None] - at[:, 0], x[..., None] - at[:, 1])
    image = np.where(distance.min(-1) < covered, distance.argmin(-1) + 1, 0)
    return compact(image)


def compact(image):
    kept = np.unique(image[image > 0])
    return np.searchsorted(kept, image) * (image > 0) + (image > 0)


def disturb(rng, image):
    """Shifts, splits and merges, so that IoUs of all sizes occur, 0.5 among them."""
    shift = rng.integers(-2, 3, 2) * (rng.random(2) < 0.3)
    out = np.roll(image, shift, (0, 1))
    for label in range(1, image.max() + 1):
        y, x = np.nonzero(out == label)
        if len(y) == 0:
            continue
        kind = rng.integers(8)
        if kind == 0:
            half = np.arange(len(y)) < len(y) // 2
            out[y[half], x[half]] = out.max() + 1
        elif kind == 1:
            out[y, x] = rng.integers(1, image.max() + 1)
        elif kind == 2:
            out[y, x] = 0
        elif kind < 6:
            eaten = rng.random(len(y)) < rng.uniform(0, 0.5)
            out[y[eaten], x[eaten]] = 0
    return compact(out)


def matched(cost, iou, threshold):
    rows, columns = linear_sum_assignment(cost)
    counted = iou[rows, columns] >= threshold
    return int(counted.sum()), float(iou[rows, columns][counted].sum())


def expected(truth, predicted):
    shared = np.zeros((truth.max() + 1, predicted.max() + 1))
    np.add.at(shared, (truth.ravel(), predicted.ravel()), 1)
    union = shared.sum(1)[:, None] + shared.sum(0)[None] - shared
    iou = (shared / np.maximum(union, 1))[1:, 1:]
    result = []
    for threshold in THRESHOLDS:
        counts = (iou >= threshold).astype(float)
        n = max(1, min(iou.shape))
        pairs, stardist_sum = matched(-counts - iou / (2 * n), iou, threshold)
        same, iou_sum = matched(-counts * (1 + iou / (2 * n)), iou, threshold)
        assert pairs == same
        assert threshold < 0.5 or abs(iou_sum - stardist_sum) < 1e-12
        result.append({"threshold": threshold, "matched": pairs, "iouSum": iou_sum})
    return result


def runs(image):
    flat = image.ravel()
    starts = np.flatnonzero(np.r_[True, flat[1:] != flat[:-1]])
    lengths = np.diff(np.r_[starts, flat.size])
    return np.c_[flat[starts], lengths].ravel().tolist()


def main():
    rng = np.random.default_rng(2024)
    cases = []
    for _ in range(24):
        truth = patchwork(rng, rng.integers(1, 40), rng.uniform(2, 8))
        if rng.random() < 0.4:
            predicted = patchwork(rng, rng.integers(1, 40), rng.uniform(2, 8))
        else:
            predicted = disturb(rng, truth)
        case = {"truth": runs(truth), "predicted": runs(predicted), "expected": expected(truth, predicted)}
        cases.append(case)
    json.dump({"size": SIZE, "cases": cases}, sys.stdout)
    print()


main()
