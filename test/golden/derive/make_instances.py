"""Reference results of scikit-image for objects made from probabilities of background, interior and boundary.

Run with: python3 test/golden/derive/make_instances.py > test/golden/derive/instances.json
Made with numpy, scipy 1.x and scikit-image 0.19.3. Probabilities are whole thousandths, so both sides see
the same landscape: 1000 minus the interior's.
"""

import json
import sys

import numpy as np
from scipy import ndimage
from skimage.filters import gaussian
from skimage.measure import label
from skimage.segmentation import watershed

HEIGHT, WIDTH = 72, 96
SMALLEST_SEED = 4
CONFIDENCE = 0.7
random = np.random.default_rng(20260301)


def squash(field, steepness):
    return 1 / (1 + np.exp(-steepness * field / field.std()))


# Clumps with several maxima each; some of them too faint in the middle to be seeds.
coarse = gaussian(random.normal(size=(HEIGHT, WIDTH)), 3)
fine = gaussian(random.normal(size=(HEIGHT, WIDTH)), 2)
inside = squash(coarse - 0.6 * coarse.std(), 3)
core = squash(fine - 0.2 * fine.std(), 2.5)
interior = np.round(1000 * inside * core).astype(int)
background = np.round(1000 * (1 - inside)).astype(int)

foreground = 1000 - background > 500
seeds = label(interior > 500, connectivity=1)
areas = np.bincount(seeds.ravel())
seeds[areas[seeds] < SMALLEST_SEED] = 0
grown = watershed(1000 - interior, seeds, mask=foreground)
parts = label(foreground & (grown == 0), connectivity=1)
seedless = []
for part in range(1, parts.max() + 1):
    of_part = parts == part
    kept = bool(1 - background[of_part].mean() / 1000 >= CONFIDENCE)
    seedless.append(kept)
    if kept:
        grown[of_part] = grown.max() + 1
filled = grown.copy()
for number in range(1, grown.max() + 1):
    holes = ndimage.binary_fill_holes(grown == number) & (grown == 0)
    filled[holes] = number
# Numbers in raster order of the first pixel.
numbers = [n for n in dict.fromkeys(filled.ravel().tolist()) if n > 0]
ranks = np.zeros(filled.max() + 1, int)
ranks[numbers] = np.arange(1, len(numbers) + 1)

json.dump(
    {
        "width": WIDTH,
        "height": HEIGHT,
        "smallestSeed": SMALLEST_SEED,
        "seedlessConfidence": CONFIDENCE,
        "background": background.ravel().tolist(),
        "interior": interior.ravel().tolist(),
        "seeds": len(np.unique(seeds)) - 1,
        "seedless": seedless,
        "labels": ranks[filled].ravel().tolist(),
    },
    sys.stdout,
    separators=(",", ":"),
)
