"""Reference results of scipy and scikit-image for the building blocks of segmentation.

Run with: python3 test/golden/derive/make_building_blocks.py > test/golden/derive/building-blocks.json
Made with numpy, scipy 1.x and scikit-image 0.19.3.
"""

import json
import sys

import numpy as np
from scipy import ndimage
from skimage.filters import gaussian, threshold_otsu
from skimage.segmentation import watershed

HEIGHT, WIDTH = 48, 64
random = np.random.default_rng(20260214)

# Clumps of smoothed noise: blobs with holes, necks and pieces that only corners join.
field = gaussian(random.normal(size=(HEIGHT, WIDTH)), 2)
image = np.round(255 * (field - field.min()) / np.ptp(field)).astype(np.uint8)
threshold = int(threshold_otsu(image))
mask = image > threshold
mask[5:9, 5:9] = True
mask[7, 7] = False

# All levels differ, so that no tie decides where floods meet.
landscape = np.argsort(np.argsort(field.ravel())).reshape(field.shape).astype(np.int32)
minima = ndimage.minimum_filter(landscape, size=9) == landscape
seeds = ndimage.label(minima)[0]
flood_mask = ndimage.binary_dilation(minima, iterations=9)


def flat(array):
    return np.asarray(array).ravel().tolist()


json.dump(
    {
        "width": WIDTH,
        "height": HEIGHT,
        "image": flat(image),
        "otsu": threshold,
        "mask": flat(mask.astype(int)),
        "components4": flat(ndimage.label(mask)[0]),
        "components8": flat(ndimage.label(mask, structure=np.ones((3, 3)))[0]),
        "filled": flat(ndimage.binary_fill_holes(mask).astype(int)),
        "squaredDistance": flat(np.round(ndimage.distance_transform_edt(mask) ** 2).astype(int)),
        "landscape": flat(landscape),
        "seeds": flat(seeds),
        "floodMask": flat(flood_mask.astype(int)),
        "watershed": flat(watershed(landscape, seeds, mask=flood_mask)),
    },
    sys.stdout,
    separators=(",", ":"),
)
