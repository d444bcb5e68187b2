"""The doctor's test field, drawn again and measured by NumPy, OpenCV and scikit-image.

    python3 test/golden/doctor/make_numbers.py > test/golden/doctor/numbers.json
"""
import json

import cv2
import numpy as np
from scipy import ndimage
from skimage.filters import threshold_otsu

SIDE, PITCH = 256, 64
y, x = np.mgrid[:SIDE, :SIDE]
column, row = x // PITCH, y // PITCH
radius = 10 + (column + row) % 4
inside = radius**2 - (x - column * PITCH - PITCH // 2) ** 2 - (y - row * PITCH - PITCH // 2) ** 2
disc = np.where(inside > 0, 1000 + 3000 * inside // radius**2, 0)

noise = np.empty(SIDE * SIDE, np.int64)
state = 1
for i in range(noise.size):
    state = (state * 1664525 + 1013904223) % 2**32
    noise[i] = state >> 26
field = (400 + (x + 2 * y) // 8 + disc + noise.reshape(SIDE, SIDE)).astype(np.uint16)

scaled = field / 65535
level = int(threshold_otsu(field))
labels, objects = ndimage.label(field > level)
print(
    json.dumps(
        {
            "sumOfPixels": int(field.sum(dtype=np.int64)),
            "meanIntensity": scaled.mean(),
            "stdIntensity": scaled.std(),
            "focusScore": scaled.var() / scaled.mean(),
            "laplacianVariance": cv2.Laplacian(field.astype(np.float64), cv2.CV_64F).var(),
            "otsuLevel": level,
            "objects": objects,
        },
        indent=2,
    )
)
