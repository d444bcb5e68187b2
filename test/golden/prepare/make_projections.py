"""Stacks projected by numpy: np.max, and np.mean in double precision, of whole counts rounded by np.rint.

    python3 test/golden/prepare/make_projections.py > test/golden/prepare/projections.json

Made with numpy 1.24.2.
"""
import json
import sys

import numpy as np

rng = np.random.default_rng(23)


def listed(pixels):
    # JSON has no words for what is not finite.
    return [float(v) if np.isfinite(v) else str(v) for v in pixels.ravel()]


stacks = []
for stack in [
    rng.integers(0, 256, (2, 40)).astype(np.uint8),
    rng.integers(0, 256, (7, 30)).astype(np.uint8),
    rng.integers(0, 65536, (4, 50)).astype(np.uint16),
    rng.poisson(100, (31, 20)).astype(np.uint16),
    np.full((100, 3), 65535, np.uint16),
    rng.normal(0, 100, (5, 40)).astype(np.float32),
    np.array([[np.nan, 1, -np.inf, 3], [1, np.nan, 2, 3], [1, 1, 1, np.inf]], np.float32),
]:
    mean = stack.mean(axis=0, dtype=np.float64)
    whole = stack.dtype.kind == "u"
    stacks.append(
        {
            "type": str(stack.dtype),
            "planes": [listed(plane) for plane in stack],
            "maximum": listed(stack.max(axis=0)),
            "mean": listed((np.rint(mean) if whole else mean).astype(stack.dtype)),
        }
    )

json.dump({"stacks": stacks}, sys.stdout)
print()
