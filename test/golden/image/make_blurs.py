"""Images smoothed by scipy.ndimage.gaussian_filter(mode='nearest', truncate=4).

    python3 test/golden/image/make_blurs.py > test/golden/image/blurs.json

Made with scipy 1.10.1. The input is float32; scipy computes here in float64.
"""
import json
import sys

import numpy as np
from scipy.ndimage import gaussian_filter

rng = np.random.default_rng(5)
cases = []
for height, width, sigmas in [(13, 17, [0.3, 0.5, 1, 2.3]), (1, 9, [1.5]), (9, 1, [1.5]), (6, 5, [8])]:
    image = (rng.random((height, width)) * 1000).round(1).astype(np.float32)
    for sigma in sigmas:
        smooth = gaussian_filter(image.astype(float), sigma, mode="nearest", truncate=4)
        cases.append(
            {
                "width": width,
                "height": height,
                "sigma": sigma,
                "pixels": [round(float(v), 1) for v in image.ravel()],
                "smooth": smooth.ravel().tolist(),
            }
        )
json.dump(cases, sys.stdout)
print()
