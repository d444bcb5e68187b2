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
DIAMETER = 8
TYPICAL_AREA = np.pi / 4 * DIAMETER**2
SMALLEST_SEED = 0.08
SPLIT_LEVELS = [0.6, 0.7, 0.8, 0.9]
SMALLEST_PART = 0.12
SMALLEST_AREA = 0.1
CONFIDENCE = 0.7
random = np.random.default_rng(20260301)


def squash(field, steepness):
    return 1 / (1 + np.exp(-steepness * field / field.std()))


def components_above(level, least):
    """Components of pixels with a larger interior probability, joined by edges, not too small."""
    components = label(interior > level, connectivity=1)
    areas = np.bincount(components.ravel())
    return np.where(areas[components] >= least * TYPICAL_AREA, components, 0)


# Clumps with several maxima each; some of them too faint in the middle to be seeds.
coarse = gaussian(random.normal(size=(HEIGHT, WIDTH)), 3)
fine = gaussian(random.normal(size=(HEIGHT, WIDTH)), 2)
inside = squash(coarse - 0.6 * coarse.std(), 3)
core = squash(fine - 0.2 * fine.std(), 2.5)
interior = np.round(1000 * inside * core).astype(int)
background = np.round(1000 * (1 - inside)).astype(int)

foreground = 1000 - background > 500
seeds = components_above(500, SMALLEST_SEED)
before = len(np.unique(seeds)) - 1
for level in SPLIT_LEVELS:
    parts = components_above(round(1000 * level), SMALLEST_PART)
    for seed in np.unique(seeds[seeds > 0]):
        of_seed = seeds == seed
        held = np.unique(parts[of_seed & (parts > 0)])
        if len(held) > 1:
            seeds[of_seed] = 0
            for part in held:
                seeds[parts == part] = seeds.max() + 1
after = len(np.unique(seeds)) - 1
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
areas = np.bincount(filled.ravel())
filled[areas[filled] < SMALLEST_AREA * TYPICAL_AREA] = 0
# Numbers in raster order of the first pixel.
numbers = [n for n in dict.fromkeys(filled.ravel().tolist()) if n > 0]
ranks = np.zeros(filled.max() + 1, int)
ranks[numbers] = np.arange(1, len(numbers) + 1)

json.dump(
    {
        "width": WIDTH,
        "height": HEIGHT,
        "params": {
            "diameter": DIAMETER,
            "seedThreshold": 0.5,
            "smallestSeed": SMALLEST_SEED,
            "splitLevels": SPLIT_LEVELS,
            "smallestPart": SMALLEST_PART,
            "foregroundThreshold": 0.5,
            "seedless": CONFIDENCE,
            "smallestArea": SMALLEST_AREA,
            "largestArea": 1000,
            "fillHoles": True,
            "borderObjects": "keep",
        },
        "background": background.ravel().tolist(),
        "interior": interior.ravel().tolist(),
        "seeds": [before, after],
        "seedless": seedless,
        "labels": ranks[filled].ravel().tolist(),
    },
    sys.stdout,
    separators=(",", ":"),
)
