"""Percentiles by numpy and resized images by OpenCV.

    python3 test/golden/prepare/make_prepare.py > test/golden/prepare/prepare.json

Made with numpy 1.24.2 and OpenCV 4.6.0. Percentiles are those of the finite pixels.
"""
import json
import sys

import cv2
import numpy as np

rng = np.random.default_rng(11)
PERCENTS = [0, 0.1, 1, 25, 50, 66.6, 99.8, 100]

ranked = []
for name, pixels in [
    ("uint8", rng.integers(0, 256, 101).astype(np.uint8)),
    ("uint16", rng.integers(90, 65536, 300).astype(np.uint16)),
    ("uint16", rng.poisson(100, 777).astype(np.uint16)),
    ("float32", (rng.normal(0, 100, 501)).astype(np.float32)),
    ("float32", np.array([0.25], np.float32)),
    ("float32", np.concatenate([rng.normal(0, 1e-3, 99), [np.nan, np.inf, -np.inf, 0.0, -0.0]]).astype(np.float32)),
    ("float32", np.repeat(np.float32([1.5, -2.5]), 20)),
]:
    finite = pixels[np.isfinite(pixels)].astype(float)
    ranked.append(
        {
            "type": name,
            # JSON has no words for what is not finite.
            "pixels": [float(v) if np.isfinite(v) else str(v) for v in pixels],
            "percents": PERCENTS,
            "values": np.percentile(finite, PERCENTS).tolist(),
        }
    )

resized = []
for height, width, to_height, to_width in [
    (12, 16, 6, 8),
    (13, 17, 5, 6),
    (23, 19, 22, 18),
    (31, 29, 11, 13),
    (9, 14, 3, 1),
    (7, 5, 13, 11),
    (6, 8, 12, 16),
    (5, 6, 13, 17),
    (1, 1, 4, 3),
    (1, 5, 7, 9),
    (22, 18, 23, 19),
]:
    image = (rng.random((height, width)) * 4000).round(1).astype(np.float32)
    how = cv2.INTER_AREA if to_height <= height else cv2.INTER_LINEAR
    result = cv2.resize(image, (to_width, to_height), interpolation=how)
    resized.append(
        {
            "width": width,
            "height": height,
            "size": {"width": to_width, "height": to_height},
            "pixels": [round(float(v), 1) for v in image.ravel()],
            "resized": [float(v) for v in result.ravel()],
        }
    )

json.dump({"ranked": ranked, "resized": resized}, sys.stdout)
print()
