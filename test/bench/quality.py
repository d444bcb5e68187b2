"""Times CellProfiler's image-quality measures as its module computes them, with numpy and scipy.

    python3 quality.py <width> <height> <pixels.u16> [repeats]

Prints JSON: seconds (medians) and values. The formulas and the array operations follow
MeasureImageQuality and centrosome (float64 pixels scaled by the container, label images and
scipy.ndimage sums, fftpack's full transform); the Laplacian is OpenCV's.
"""
import json
import os
import statistics
import sys
import time

for threads in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ[threads] = "1"

import cv2
import numpy as np
import scipy.fftpack
import scipy.linalg
import scipy.ndimage

cv2.setNumThreads(1)
SCALE = 20


def focus_score(x):
    mean = x.mean()
    return ((x - mean) ** 2).sum() / (x.size * mean) if mean > 0 else 0.0


def local_focus_score(x):
    rows, columns = x.shape
    i, j = np.mgrid[0:rows, 0:columns].astype(float)
    m, n = -(-rows // SCALE), -(-columns // SCALE)
    tile = (i * m / rows).astype(int) * n + (j * n / columns).astype(int) + 1
    tiles = np.arange(1, m * n + 1)
    means = np.concatenate([[0.0], scipy.ndimage.mean(x, tile, tiles)])
    squares = (x - means[tile]) ** 2
    lit = tiles[means[1:] != 0]
    if lit.size == 0:
        return 0.0
    counts = scipy.ndimage.sum(np.ones(x.shape), tile, lit)
    score = scipy.ndimage.sum(squares, tile, lit) / (counts * means[lit])
    median = np.median(score)
    return score.var() / median if np.isfinite(median) and median > 0 else 0.0


def correlation(x):
    labels = np.ones(x.shape, int)
    low, high = scipy.ndimage.extrema(x, labels, [1])[:2]
    divisor = high[0] - low[0] if high[0] > low[0] else 1.0
    levels = np.array(((x - low[0]) / divisor) // (1 / 8), dtype="i1").clip(0, 7)
    if x.shape[1] <= SCALE:
        return 0.0
    left, right = levels[:, :-SCALE].astype(int), levels[:, SCALE:]
    same = (labels[:, :-SCALE] == labels[:, SCALE:]) & (labels[:, SCALE:] > 0)
    pairs = np.bincount(8 * left[same] + right[same], minlength=64).reshape(8, 8)
    p = pairs / scipy.ndimage.sum(same, labels[:, SCALE:], [1])[0]
    level = np.arange(1, 9)
    px, py = p.sum(1), p.sum(0)
    mx, my = level @ px, level @ py
    sx, sy = np.sqrt((level - mx) ** 2 @ px), np.sqrt((level - my) ** 2 @ py)
    with np.errstate(all="ignore"):
        value = ((np.outer(level, level) * p).sum() - mx * my) / (sx * sy)
    return value if np.isfinite(value) else 0.0


def power_slope(x):
    if np.ptp(x) == 0:
        return 0.0
    rows, columns = x.shape
    squared = np.arange(rows)[:, None] ** 2 + np.arange(columns) ** 2
    squared = np.minimum(squared, np.flipud(squared))
    squared = np.minimum(squared, np.fliplr(squared))
    y = x / np.median(abs(x - x.mean()))
    magnitude = abs(scipy.fftpack.fft2(y - y.mean()))
    power = magnitude**2
    ring = np.floor(np.sqrt(squared)).astype(int) + 1
    rings = np.arange(2, np.floor(min(rows, columns) / 8)).astype(int)
    if rings.size == 0:
        return 0.0
    magnitudes = scipy.ndimage.sum(magnitude, ring, rings)
    powers = scipy.ndimage.sum(power, ring, rings)
    kept = magnitudes > 0
    if kept.sum() < 2 or np.unique(x).size < 2:
        return 0.0
    design = np.stack([np.log(rings[kept]), np.ones(kept.sum())], 1)
    return scipy.linalg.lstsq(design, np.log(powers[kept]))[0][0]


def running_variance(sorted_values):
    n = sorted_values.size
    means = sorted_values.cumsum() / np.arange(1, n + 1)
    squares = ((sorted_values[1:] - means[:-1]) * (sorted_values[1:] - means[1:])).cumsum()
    return np.concatenate([[0.0], squares / np.arange(1, n)])


def otsu_threshold(x):
    y = x.astype(np.float32).ravel()
    y = y[y >= 0]
    low, high = scipy.ndimage.extrema(y)[:2]
    floor = low + (high - low) / np.float32(256) + np.finfo(np.float32).eps
    y[y < floor] = floor
    y = np.log(y)
    low, high = float(y.min()), float(y.max())
    y = y.astype(float)
    if high > low:
        y = (y - low) / (high - low)
    n = y.size
    y.sort()
    step = n // min(256, n)
    below = running_variance(y)
    above = running_variance(y[::-1])[::-1]
    candidates = y[1:n:step]
    score = below[0 : n - 1 : step] * np.arange(0, n - 1, step)
    score = score + above[1:n:step] * (n - np.arange(1, n, step))
    best = int(np.argmin(score))
    threshold = (candidates[max(best - 1, 0)] + candidates[min(best + 1, len(candidates) - 1)]) / 2
    return float(np.exp(threshold * (high - low) + low))


def saturation(x):
    return {
        "PercentMaximal": 100.0 * (x == x.max()).sum() / x.size,
        "PercentMinimal": 100.0 * (x == x.min()).sum() / x.size,
    }


def intensity(x):
    median = np.median(x)
    return {
        "TotalIntensity": x.sum(),
        "MeanIntensity": x.sum() / x.size,
        "MedianIntensity": median,
        "StdIntensity": x.std(),
        "MADIntensity": np.median(abs(x - median)),
        "MinIntensity": x.min(),
        "MaxIntensity": x.max(),
    }


def measure(x):
    return {
        "FocusScore": focus_score(x),
        "LocalFocusScore_20": local_focus_score(x),
        "Correlation_20": correlation(x),
        "PowerLogLogSlope": power_slope(x),
        **saturation(x),
        **intensity(x),
        "ThresholdOtsu": otsu_threshold(x),
    }


def timed(run, repeats):
    seconds = []
    for _ in range(repeats):
        start = time.perf_counter()
        value = run()
        seconds.append(time.perf_counter() - start)
    return statistics.median(seconds), value


def main():
    width, height, path = int(sys.argv[1]), int(sys.argv[2]), sys.argv[3]
    repeats = int(sys.argv[4]) if len(sys.argv) > 4 else 3
    raw = np.fromfile(path, np.uint16).reshape(height, width)
    all_seconds, values = timed(lambda: measure(raw / 65535.0), repeats)
    laplacian_seconds, laplacian = timed(lambda: cv2.Laplacian(raw, cv2.CV_64F).var(), 5 * repeats)
    json.dump(
        {
            "seconds": {"all": all_seconds, "laplacian": laplacian_seconds},
            "values": {name: float(value) for name, value in values.items()}
            | {"laplacian_variance": float(laplacian)},
        },
        sys.stdout,
    )


if __name__ == "__main__":
    main()
