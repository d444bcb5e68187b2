"""Mirrored borders and turned images, by numpy.

    python3 test/golden/infer/make_tiles.py > test/golden/infer/tiles.json

Made with numpy 1.24.2.
"""
import json
import sys

import numpy as np

rng = np.random.default_rng(3)


def tensor(array):
    return {"dims": array.shape, "data": array.ravel().tolist()}


pads = []
for shape, top, bottom, left, right in [
    ((1, 2, 5, 7), 2, 3, 4, 1),
    ((1, 1, 5, 7), 0, 0, 0, 6),
    ((3, 4), 9, 20, 13, 31),
    ((1, 6), 2, 1, 5, 17),
    ((1, 1, 2, 2), 7, 8, 3, 5),
    ((1, 1), 3, 0, 2, 4),
]:
    image = rng.integers(0, 1000, shape)
    width = [(0, 0)] * (len(shape) - 2) + [(top, bottom), (left, right)]
    pads.append(
        {
            "padding": {"top": top, "bottom": bottom, "left": left, "right": right},
            "image": tensor(image),
            "padded": tensor(np.pad(image, width, mode="reflect")),
        }
    )

turns = []
image = rng.integers(0, 1000, (1, 2, 3, 5))
for k in range(8):
    first = image[..., ::-1] if k >= 4 else image
    turns.append({"dihedral": k, "turned": tensor(np.rot90(first, k % 4, axes=(-2, -1)))})

json.dump({"pads": pads, "image": tensor(image), "turns": turns}, sys.stdout)
print()
