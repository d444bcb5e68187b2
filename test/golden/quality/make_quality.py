"""Draws small planes and computes CellProfiler's image-quality measures of them, straight from their definitions.

    python3 make_quality.py

Writes <name>.tif and quality.json beside itself. Independent of the code under test and of numpy's own statistics
where the definition is unusual: loops over tiles, pairs and rings, a full Fourier transform, running sums for Otsu.
Laplacian variance is OpenCV's.
"""
import json
import math
from pathlib import Path

import cv2
import numpy as np
import tifffile
from scipy import ndimage

HERE = Path(__file__).parent
SCALE = 20


def draw(seed, height, width, objects, light, blur):
    """Discs under a Gaussian blur with shot noise, in counts of a camera with an offset of 100."""
    rng = np.random.default_rng(seed)
    y, x = np.mgrid[:height, :width]
    field = np.full((height, width), 40.0)
    for _ in range(objects):
        centre = rng.uniform(0, (height, width))
        radius = rng.uniform(2, 7)
        field[np.hypot(y - centre[0], x - centre[1]) < radius] += light * rng.uniform(0.5, 1)
    return 100 + rng.poisson(ndimage.gaussian_filter(field, blur))


def planes():
    return {
        "sixteen-bits-64x96": draw(1, 64, 96, 12, 3000, 1.2).astype(np.uint16),
        "sixteen-bits-primes-101x83": draw(2, 101, 83, 15, 800, 3).astype(np.uint16),
        "eight-bits-139x58": np.clip(draw(3, 139, 58, 14, 200, 1) / 2, 0, 255).astype(np.uint8),
        "low-15x40": draw(4, 15, 40, 4, 500, 1).astype(np.uint16),
        "narrow-40x15": draw(5, 40, 15, 4, 500, 1).astype(np.uint16),
        "float-62x74": (draw(6, 62, 74, 9, 900, 2) / 4095).astype(np.float32),
        "constant-33x47": np.full((33, 47), 1234, np.uint16),
        "black-26x34": np.zeros((26, 34), np.uint8),
        "two-values-50x70": np.where(draw(7, 50, 70, 9, 900, 1) > 400, 200, 10).astype(np.uint8),
        "one-pixel": np.array([[77]], np.uint8),
    }


def focus(x):
    mean = x.mean()
    return np.sum((x - mean) ** 2) / (x.size * mean) if mean > 0 else 0.0


def local_focus(x):
    height, width = x.shape
    rows, columns = math.ceil(height / SCALE), math.ceil(width / SCALE)
    scores = []
    for row in range(rows):
        ys = [y for y in range(height) if y * rows // height == row]
        for column in range(columns):
            xs = [c for c in range(width) if c * columns // width == column]
            tile = x[np.ix_(ys, xs)]
            if tile.mean() != 0:
                scores.append(np.sum((tile - tile.mean()) ** 2) / (tile.size * tile.mean()))
    median = np.median(scores) if scores else 0
    return np.var(scores) / median if median > 0 else 0.0


def correlation(x):
    height, width = x.shape
    if width <= SCALE or x.max() == x.min():
        return 0.0
    levels = np.minimum(7, np.floor((x - x.min()) / (x.max() - x.min()) / 0.125)).astype(int) + 1
    a = levels[:, : width - SCALE].ravel()
    b = levels[:, SCALE:].ravel()
    if a.std() == 0 or b.std() == 0:
        return 0.0
    return np.mean((a - a.mean()) * (b - b.mean())) / (a.std() * b.std())


def power_slope(x):
    height, width = x.shape
    if x.max() == x.min():
        return 0.0
    power = abs(np.fft.fft2(x - x.mean())) ** 2
    rings = {}
    for i in range(height):
        for j in range(width):
            distance = math.hypot(min(i, height - 1 - i), min(j, width - 1 - j))
            rings.setdefault(math.floor(distance) + 1, []).append(power[i, j])
    wanted = [ring for ring in range(2, math.floor(min(height, width) / 8))]
    points = [(math.log(ring), math.log(sum(rings[ring]))) for ring in wanted if sum(rings[ring]) > 0]
    return float(np.polyfit(*zip(*points), 1)[0]) if len(points) > 1 else 0.0


def variances(values):
    """Sample variance of values[0..i] for every i, by Welford's running sums."""
    mean, squares, found = 0.0, 0.0, []
    for i, value in enumerate(values):
        delta = value - mean
        mean += delta / (i + 1)
        squares += delta * (value - mean)
        found.append(squares / i if i > 0 else 0.0)
    return found


def otsu(x):
    y = x.ravel().astype(np.float32)
    y = y[y >= 0]
    floor = y.min() + (y.max() - y.min()) / np.float32(256) + np.finfo(np.float32).eps
    y = np.log(np.maximum(y, floor))
    low, high = float(y.min()), float(y.max())
    if high == low:
        return math.exp(low)
    y = np.sort((y.astype(float) - low) / (high - low))
    n = len(y)
    step = n // min(256, n)
    below, above = variances(y), variances(y[::-1])[::-1]
    candidates = range(1, n, step)
    scores = [below[i - 1] * (i - 1) + above[i] * (n - i) for i in candidates]
    best = scores.index(min(scores))
    before = y[candidates[max(0, best - 1)]]
    after = y[candidates[min(len(candidates) - 1, best + 1)]]
    return math.exp((before + after) / 2 * (high - low) + low)


def measure(pixels):
    scale = {"uint8": 255.0, "uint16": 65535.0, "float32": 1.0}[pixels.dtype.name]
    x = pixels.astype(float) / scale
    median = np.median(x)
    return {
        "FocusScore": focus(x),
        "LocalFocusScore_20": local_focus(x),
        "Correlation_20": correlation(x),
        "PowerLogLogSlope": power_slope(x),
        "PercentMaximal": 100 * np.count_nonzero(x == x.max()) / x.size,
        "PercentMinimal": 100 * np.count_nonzero(x == x.min()) / x.size,
        "TotalIntensity": x.sum(),
        "MeanIntensity": x.mean(),
        "MedianIntensity": median,
        "StdIntensity": x.std(),
        "MADIntensity": np.median(abs(x - median)),
        "MinIntensity": x.min(),
        "MaxIntensity": x.max(),
        "ThresholdOtsu": otsu(x),
        "laplacian_variance": cv2.Laplacian(pixels.astype(float), cv2.CV_64F).var(),
    }


def main():
    expected = {}
    for name, pixels in planes().items():
        tifffile.imwrite(HERE / f"{name}.tif", pixels, compression="zlib", metadata=None)
        expected[name] = {metric: float(value) for metric, value in measure(pixels).items()}
    (HERE / "quality.json").write_text(json.dumps(expected, indent=2) + "\n")


if __name__ == "__main__":
    main()
