"""Reference for objects from flows, written from Stringer et al. (2021) and the steps of Cellpose's `dynamics`.

Run with: python3 test/golden/derive/make_flows.py > test/golden/derive/flows.json
Made with numpy and scipy 1.x. Cellpose itself was not installed: diffusion, Euler steps with bilinear flows,
peaks of the histogram and their growth are written here in numpy, with padding of the histogram as there.
"""

import json
import sys

import numpy as np
from scipy import ndimage

HEIGHT, WIDTH, STEPS, PAD = 48, 64, 200, 20


def draw_labels():
    """Ellipses that touch, and one that the border cuts; turned, so that no flow is zero by symmetry."""
    y, x = np.mgrid[:HEIGHT, :WIDTH]
    labels = np.zeros((HEIGHT, WIDTH), int)
    ellipses = [(14.3, 14.2, 11, 9), (16.4, 34.1, 9, 12), (36.2, 22.4, 9, 13), (34.1, 48.3, 11, 9),
                (4.2, 58.4, 9, 8)]
    for number, (cy, cx, b, a) in enumerate(ellipses, 1):
        u, v = x - cx + 0.3 * (y - cy), y - cy - 0.2 * (x - cx)
        inside = (u / a) ** 2 + (v / b) ** 2 < 1
        labels[inside & (labels == 0)] = number
    return labels


def flows_of(labels):
    flows = np.zeros((2, HEIGHT, WIDTH))
    for number in range(1, labels.max() + 1):
        mask = np.pad(labels == number, 1)
        y, x = np.nonzero(mask)
        middle = np.argmin((x - np.median(x)) ** 2 + (y - np.median(y)) ** 2)
        heat = np.zeros(mask.shape)
        for _ in range(2 * (np.ptp(x) + np.ptp(y))):
            heat[y[middle], x[middle]] += 1
            heat = ndimage.correlate(heat, np.full((3, 3), 1 / 9), mode="constant") * mask
        heat = np.log1p(heat)
        flow = np.stack((heat[y + 1, x] - heat[y - 1, x], heat[y, x + 1] - heat[y, x - 1]))
        flows[:, y - 1, x - 1] = flow / (1e-20 + np.hypot(*flow))
    return flows


def follow(flows, cells):
    flows = (flows * cells / 5).astype(np.float32)
    places = np.array(np.nonzero(cells)).astype(np.float32)
    for _ in range(STEPS):
        move = [ndimage.map_coordinates(flow, places, order=1, mode="nearest") for flow in flows]
        for axis, size in enumerate(cells.shape):
            places[axis] = np.clip(places[axis] + move[axis], 0, size - 1)
    return places.astype(int)


def masks_from(ends, cells):
    count = np.zeros((HEIGHT + 2 * PAD, WIDTH + 2 * PAD), int)
    np.add.at(count, tuple(ends + PAD), 1)
    peaks = np.argwhere((count == ndimage.maximum_filter(count, 5)) & (count > 10))
    peaks = peaks[np.argsort(count[tuple(peaks.T)], kind="stable")]
    sinks = np.zeros(count.shape, int)
    for number, peak in enumerate(peaks, 1):
        grown = np.zeros(count.shape, bool)
        grown[tuple(peak)] = True
        for _ in range(5):
            grown = ndimage.binary_dilation(grown, np.ones((3, 3))) & (count > 2)
        sinks[grown] = number
    masks = np.zeros(cells.shape, int)
    masks[cells] = sinks[tuple(ends + PAD)]
    return masks


def raster_order(labels):
    held = {}
    return [held.setdefault(n, len(held) + 1) if n else 0 for n in labels.ravel().tolist()]


truth = draw_labels()
own = flows_of(truth)
cells = truth > 0
random = np.random.default_rng(20260303)
noisy = np.round(5 * own + random.normal(scale=1.0, size=own.shape), 2)
found = masks_from(follow(noisy, cells), cells)
compared = flows_of(found)
difference = ((compared - noisy / 5) ** 2).sum(axis=0)
order = raster_order(found)
errors = ndimage.mean(difference.ravel(), order, np.arange(1, max(order) + 1))

json.dump(
    {
        "width": WIDTH,
        "height": HEIGHT,
        "truth": truth.ravel().tolist(),
        "ownDown": np.round(own[0], 4).ravel().tolist(),
        "ownAcross": np.round(own[1], 4).ravel().tolist(),
        "down": noisy[0].ravel().tolist(),
        "across": noisy[1].ravel().tolist(),
        "found": order,
        "errors": np.round(errors, 5).tolist(),
    },
    sys.stdout,
    separators=(",", ":"),
)
