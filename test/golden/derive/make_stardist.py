"""Reference for star-convex polygons, written from the formulas of Schmidt et al. (2018) and of the authors' code.

Run with: python3 test/golden/derive/make_stardist.py > test/golden/derive/stardist.json
Made with numpy and scikit-image 0.19.3. StarDist itself was not installed: rays are walked as in its
`star_dist`, corners placed as in `dist_to_coord` (y = d sin, x = d cos), suppression follows
`non_maximum_suppression` (corners cut to whole pixels, intersection over the smaller area) and polygons
are drawn by skimage.draw.polygon, as there. Shared areas are counted on a raster eight times as fine; the script
fails if one comes so near to the threshold that this could decide.
"""

import json
import sys

import numpy as np
from skimage.draw import polygon

HEIGHT, WIDTH, RAYS, FINE = 64, 80, 16, 8
PROBABILITY, OVERLAP, BORDER = 0.5, 0.4, 2
MARGIN = 0.004
random = np.random.default_rng(20260302)


def draw_labels():
    """Ellipses, some of which touch."""
    y, x = np.mgrid[:HEIGHT, :WIDTH]
    labels = np.zeros((HEIGHT, WIDTH), int)
    ellipses = [(14, 13, 9, 7, 0.3), (16, 30, 10, 8, 1.2), (14, 52, 8, 12, 0.1), (30, 68, 8, 8, 0),
                (42, 14, 11, 6, 2.2), (46, 34, 7, 9, 0.8), (48, 50, 9, 7, 1.9), (60, 72, 9, 7, 0.4)]
    for number, (cy, cx, a, b, turn) in enumerate(ellipses, 1):
        u = (x - cx) * np.cos(turn) + (y - cy) * np.sin(turn)
        v = (y - cy) * np.cos(turn) - (x - cx) * np.sin(turn)
        labels[((u / a) ** 2 + (v / b) ** 2 < 1) & (labels == 0)] = number
    return labels


def distance_along(labels, y, x, angle):
    dy, dx = np.sin(angle), np.cos(angle)
    u = v = 0.0
    while True:
        u, v = u + dy, v + dx
        i, j = int(np.rint(y + u)), int(np.rint(x + v))
        outside = i < 0 or j < 0 or i >= HEIGHT or j >= WIDTH
        if outside or labels[i, j] != labels[y, x]:
            back = 1 - 0.5 / max(abs(dy), abs(dx))
            return np.hypot(u - back * dy, v - back * dx)


def corners_of(point, distances):
    angles = np.linspace(0, 2 * np.pi, RAYS, endpoint=False)
    corners = (distances * np.array([np.sin(angles), np.cos(angles)])).astype(np.float32)
    return corners + np.asarray(point, np.float32)[:, None]


def fine_mask(corners):
    """Centres of the pixels of a finer raster that lie in the polygon."""
    mask = np.zeros((FINE * (HEIGHT + 40), FINE * (WIDTH + 40)), bool)
    mask[polygon(*((np.trunc(corners) + 20) * FINE - 0.5), mask.shape)] = True
    return mask


def double_area(corners):
    y, x = np.trunc(corners)
    return abs(np.sum(x * np.roll(y, -1) - y * np.roll(x, -1)))


def find_stars(probability, distances, grid):
    rows, columns = probability.shape
    inner = np.zeros(probability.shape, bool)
    inner[BORDER:rows - BORDER, BORDER:columns - BORDER] = True
    points = np.argwhere((probability > PROBABILITY) & inner)
    points = points[np.argsort(-probability[tuple(points.T)], kind="stable")]
    shapes = [corners_of(point * grid, distances[:, point[0], point[1]]) for point in points]
    left = list(range(len(points)))
    kept = []
    while left:
        best = left.pop(0)
        kept.append(best)
        mine, rest = fine_mask(shapes[best]), []
        for other in left:
            shared = np.count_nonzero(mine & fine_mask(shapes[other])) / FINE**2
            overlap = shared / (min(double_area(shapes[best]), double_area(shapes[other])) / 2)
            assert abs(overlap - OVERLAP) > MARGIN, overlap
            if overlap <= OVERLAP:
                rest.append(other)
        left = rest
    labels = np.zeros((HEIGHT, WIDTH), int)
    for number in reversed(range(len(kept))):
        labels[polygon(*shapes[kept[number]], labels.shape)] = number + 1
    return len(points), labels


def case_of(grid):
    truth = draw_labels()
    coarse = truth[::grid, ::grid]
    angles = np.linspace(0, 2 * np.pi, RAYS, endpoint=False)
    distances = np.zeros((RAYS, *coarse.shape), np.float32)
    for i, j in np.argwhere(coarse > 0):
        distances[:, i, j] = [distance_along(truth, i * grid, j * grid, angle) for angle in angles]
    nearest = distances.min(axis=0)
    largest = np.array([nearest[coarse == n].max(initial=1) for n in range(truth.max() + 1)])
    # All differ, so that no tie decides which polygon is the more probable.
    jitter = random.permutation(coarse.size).reshape(coarse.shape) / coarse.size
    probability = np.where(coarse > 0, 0.3 + 0.6 * nearest / largest[coarse], 0) + 0.05 * jitter
    distances = np.round(distances + random.normal(scale=0.4, size=distances.shape), 2) * (coarse > 0)
    probability = np.round(probability, 6)
    candidates, labels = find_stars(probability, distances, grid)
    held = {}
    labels = [held.setdefault(n, len(held) + 1) if n else 0 for n in labels.ravel().tolist()]
    return {
        "grid": grid,
        "width": coarse.shape[1],
        "height": coarse.shape[0],
        "candidates": candidates,
        "probability": probability.ravel().tolist(),
        "distances": np.round(distances, 2).ravel().tolist(),
        "labels": labels,
    }


def polygon_case():
    """Corners on pixels' centres, sides through them, beyond the border, and one that is not convex."""
    rows = [1, 1, 9, 4, 12, 20, 6]
    columns = [1, 9, 9, 5, -3, 6, 3]
    mask = np.zeros((16, 12), int)
    mask[polygon(rows, columns, mask.shape)] = 1
    return {"x": columns, "y": rows, "width": 12, "height": 16, "covered": mask.ravel().tolist()}


json.dump(
    {
        "width": WIDTH,
        "height": HEIGHT,
        "rays": RAYS,
        "probabilityThreshold": PROBABILITY,
        "overlapThreshold": OVERLAP,
        "border": BORDER,
        "polygon": polygon_case(),
        "cases": [case_of(1), case_of(2)],
    },
    sys.stdout,
    separators=(",", ":"),
)
