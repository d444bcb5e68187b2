"""From a field to labelled nuclei: scale, network, seeds, watershed, outlines in full resolution.

This is the reference of what the product does with `config.parfocal.task: instances-from-boundary`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Callable, Sequence

import cv2
import numpy as np
import torch
from scipy import ndimage
from skimage.filters import threshold_otsu
from skimage.segmentation import watershed

from fields import BACKGROUND, DIAMETER, INTERIOR, median_diameter, normalise, resize_image
from nuclei_network import CLASSES, STRIDE, NucleiNet

# Twice the halo and one more step: less would leave nothing where tiles are cut.
LEAST_SIDE = 120
TYPICAL_AREA = np.pi / 4 * DIAMETER**2
# Fields are never brought to a scale outside these: a guess so far off is wrong.
SCALES = (0.1, 5.0)
# Equivalent diameter of a nucleus over the radius of the disc inscribed in it.
INSCRIBED = 2.2


@dataclass(frozen=True)
class InstanceRules:
    """Thresholds of probabilities; areas as shares of the area of a nucleus of DIAMETER."""

    seed: float = 0.5
    """Interior probability from which pixels are seeds."""
    split: tuple[float, ...] = (0.6, 0.7, 0.8, 0.9)
    """Higher interior probabilities at which one seed may turn out to be several."""
    foreground: float = 0.5
    """Probability of not being background from which a pixel belongs to a nucleus."""
    least_seed: float = 0.01
    least_split: float = 0.2
    """Area that each part of a seed must have where it is split."""
    least_object: float = 0.04


# Probabilities [3, y, x] of an image [y, x] at the networks' scale.
Predictor = Callable[[np.ndarray], np.ndarray]


def predictor_of(
    networks: Sequence[NucleiNet], temperature: float = 1.0, turns: bool = False
) -> Predictor:
    """Mean probabilities of all networks without dropout, on request over the eight turns."""

    @torch.no_grad()
    def predict(image: np.ndarray) -> np.ndarray:
        height, width = image.shape
        down, right = (max(LEAST_SIDE, size + -size % STRIDE) - size for size in (height, width))
        padded = np.pad(image, ((0, down), (0, right)), mode="symmetric")
        total = np.zeros((len(CLASSES), height, width), np.float32)
        views = [(k, flip) for k in range(4) for flip in (False, True)] if turns else [(0, False)]
        for quarter, flip in views:
            view = np.rot90(padded, quarter)
            view = np.ascontiguousarray(view[:, ::-1] if flip else view)
            tensor = torch.from_numpy(view)[None, None].to(memory_format=torch.channels_last)
            for network in networks:
                logits, _ = network(tensor, torch.ones(1, sum(network.dropout_widths)))
                maps = torch.softmax(logits[0] / temperature, 0).numpy()
                maps = maps[:, :, ::-1] if flip else maps
                total += np.rot90(maps, -quarter, axes=(1, 2))[:, :height, :width]
        return total / (len(networks) * len(views))

    return predict


def predict_at(predict: Predictor, image: np.ndarray, diameter: float) -> np.ndarray:
    """Probabilities at the networks' scale of a field whose nuclei measure `diameter` pixels."""
    scale = np.clip(DIAMETER / diameter, *SCALES)
    height, width = (max(8, round(size * scale)) for size in image.shape)
    return predict(resize_image(normalise(image), height, width))


def label_nuclei(
    probabilities: np.ndarray, shape: tuple[int, int], rules: InstanceRules = InstanceRules()
) -> np.ndarray:
    """Labels in the field's own resolution `shape` from probabilities [3, y, x]."""
    interior = probabilities[INTERIOR]
    outer = 1 - probabilities[BACKGROUND]
    # A little beyond the outline, so that the outline of full resolution finds labels everywhere.
    mask = outer > 0.5 * rules.foreground
    labels = watershed(-interior, find_seeds(interior, rules), mask=mask)
    grown = nearest(labels, shape)
    inside = cv2.resize(outer, shape[::-1], interpolation=cv2.INTER_LINEAR) > rules.foreground
    grown[~inside] = 0
    share = grown.size / labels.size
    return renumber(without_small(grown, rules.least_object * TYPICAL_AREA * share))


def find_seeds(interior: np.ndarray, rules: InstanceRules) -> np.ndarray:
    """One label for the inside of each nucleus, neighbours by their sides.

    Nuclei that touch often hang together at a low probability and come apart at a higher one: from
    level to level, a seed that holds several large enough parts is replaced by them.
    """
    seeds = components_above(interior, rules.seed, rules.least_seed)
    for level in rules.split:
        parts = components_above(interior, level, rules.least_split)
        count = parts.max()
        if count == 0:
            continue
        parent = np.zeros(count + 1, np.int64)
        parent[parts.ravel()] = seeds.ravel()
        parent[0] = 0
        held = np.bincount(parent[1:], minlength=seeds.max() + 1)
        held[0] = 0
        divided = held >= 2
        replacing = divided[parent][parts]
        largest = seeds.max()
        seeds[divided[seeds]] = 0
        seeds[replacing] = parts[replacing] + largest
    return seeds


def components_above(interior: np.ndarray, level: float, least: float) -> np.ndarray:
    """Components of interior > level, numbered from 1, without those of a smaller area."""
    components, _ = ndimage.label(interior > level)
    return renumber(without_small(components, least * TYPICAL_AREA))


def without_small(labels: np.ndarray, least: float) -> np.ndarray:
    sizes = np.bincount(labels.ravel())
    return np.where((sizes >= least)[labels], labels, 0)


def nearest(labels: np.ndarray, shape: tuple[int, int]) -> np.ndarray:
    rows, columns = (
        np.minimum(((np.arange(new) + 0.5) * old / new).astype(int), old - 1)
        for new, old in zip(shape, labels.shape)
    )
    return labels[rows][:, columns].astype(np.int32)


def renumber(labels: np.ndarray) -> np.ndarray:
    numbers, inverse = np.unique(labels, return_inverse=True)
    first = 0 if numbers[0] == 0 else 1
    return (inverse + first).reshape(labels.shape).astype(np.int32)


def rough_diameter(image: np.ndarray) -> float:
    """A typical diameter of what Otsu's threshold tells from the background; 20 where nothing is.

    By the discs inscribed in it, which touching nuclei do not change; large ones count by area,
    because specks are many.
    """
    smooth = cv2.GaussianBlur(normalise(image), (0, 0), 1.0)
    foreground = ndimage.binary_fill_holes(smooth > threshold_otsu(smooth)).astype(np.uint8)
    padded = np.pad(foreground, 1, mode="edge")
    depth = cv2.distanceTransform(padded, cv2.DIST_L2, 5)[1:-1, 1:-1]
    ridge = cv2.GaussianBlur(depth, (0, 0), 1.0)
    peaks = (ridge == cv2.dilate(ridge, np.ones((7, 7), np.uint8))) & (depth >= 2)
    radii = np.sort(depth[peaks])
    if radii.size == 0:
        return DIAMETER
    areas = np.cumsum(radii**2)
    return float(INSCRIBED * radii[np.searchsorted(areas, areas[-1] / 2)])


def find_diameter(
    predict: Predictor, image: np.ndarray, rounds: int = 3, tolerance: float = 0.2
) -> float:
    """The diameter at which what the network finds has the size it was trained for."""
    diameter = rough_diameter(image)
    for _ in range(rounds):
        labels = label_nuclei(predict_at(predict, image, diameter), image.shape)
        found = median_diameter(labels)
        if not np.isfinite(found):
            break
        ratio = found / diameter
        diameter = found
        if 1 / (1 + tolerance) <= ratio <= 1 + tolerance:
            break
    return diameter
