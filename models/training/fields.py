"""Reading labelled fields, bringing them to the networks' scale and grey values, and making targets.

A *field* is one image with its label image. A *group* is all fields of one size and modality: the
best proxy for an experiment in BBBC038, and what splits are made by.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Sequence

import cv2
import numpy as np

# Equivalent diameter, in pixels, that the median nucleus of a field is brought to.
DIAMETER = 20.0
LOW_PERCENTILE = 1.0
HIGH_PERCENTILE = 99.8
EPSILON = 1e-6
CLIP = (-0.5, 2.0)
# Width in pixels, at the networks' scale, of the ring inside a nucleus that is class "boundary".
RING = 2.0
# A pixel that lies deeper than this share of its nucleus' greatest depth is interior all the same.
CORE = 0.6
BACKGROUND, INTERIOR, BOUNDARY = 0, 1, 2


@dataclass(frozen=True)
class Field:
    """One image `[y, x]` (float32, as read) and its labels `[y, x]` (int32, 0 is background)."""

    group: str
    name: str
    image: np.ndarray
    labels: np.ndarray

    @property
    def diameter(self) -> float:
        """Median equivalent diameter of the labelled nuclei in pixels; NaN without nuclei."""
        return median_diameter(self.labels)


def median_diameter(labels: np.ndarray) -> float:
    """Median over objects of √(4·area/π); NaN where nothing is labelled."""
    areas = np.bincount(labels.ravel())[1:]
    areas = areas[areas > 0]
    return float(np.median(np.sqrt(4.0 * areas / np.pi))) if areas.size else float("nan")


def read_groups(data: Path, prefix: str = "fluo_") -> dict[str, list[Field]]:
    """All fields below `data/nuclei` whose group's name begins with `prefix`, sorted by name."""
    groups = {}
    for folder in sorted((data / "nuclei").iterdir()):
        if folder.name.startswith(prefix):
            groups[folder.name] = [
                read_field(folder.name, path) for path in sorted((folder / "images").glob("*.png"))
            ]
    if not groups:
        raise FileNotFoundError(f"No group {prefix}* in {data / 'nuclei'}")
    return groups


def spread(fields: Sequence[Field], most: int) -> Sequence[Field]:
    """At most so many of the fields, evenly spread."""
    return fields[:: max(1, -(-len(fields) // most))]


def read_field(group: str, path: Path) -> Field:
    """The image at `path` and the labels of the same name in `../labels`."""
    image = read_grey(path)
    labels = cv2.imread(str(path.parent.parent / "labels" / path.name), cv2.IMREAD_UNCHANGED)
    if labels is None or labels.shape != image.shape:
        raise ValueError(f"No labels of the same size for {path}")
    return Field(group, path.stem, image, labels.astype(np.int32))


def read_grey(path: Path) -> np.ndarray:
    """One plane as float32; colours are averaged."""
    image = cv2.imread(str(path), cv2.IMREAD_UNCHANGED)
    if image is None:
        raise ValueError(f"Cannot read {path}")
    return (image if image.ndim == 2 else image[..., :3].mean(axis=2)).astype(np.float32)


def normalise(image: np.ndarray) -> np.ndarray:
    """`scale_range` with percentiles 1 and 99.8 of the whole field, then `clip`, as in rdf.yaml."""
    low, high = np.percentile(image, [LOW_PERCENTILE, HIGH_PERCENTILE])
    return np.clip((image - low) / (high - low + EPSILON), *CLIP).astype(np.float32)


def resize_image(image: np.ndarray, height: int, width: int) -> np.ndarray:
    """Mean over pixel areas where it shrinks, bilinear (half-pixel centres) where it grows."""
    if image.shape == (height, width):
        return image
    shrinks = height * width < image.shape[0] * image.shape[1]
    return cv2.resize(
        image, (width, height), interpolation=cv2.INTER_AREA if shrinks else cv2.INTER_LINEAR
    )


def resize_labels(labels: np.ndarray, height: int, width: int) -> np.ndarray:
    """Nearest neighbour with half-pixel centres, as images are resized (INTER_NEAREST has others)."""
    resized = cv2.resize(
        labels.astype(np.float32), (width, height), interpolation=cv2.INTER_NEAREST_EXACT
    )
    return resized.astype(np.int32)


def targets_of(labels: np.ndarray) -> np.ndarray:
    """Classes `[y, x]` (uint8) of a label image at the networks' scale.

    Boundary is the ring inside each nucleus, towards background and towards neighbours alike, so
    that background is exactly what is no nucleus and touching nuclei keep interiors apart.
    """
    inside = labels > 0
    depth = depth_inside(labels)
    deepest = np.zeros(labels.max() + 1, np.float32)
    np.maximum.at(deepest, labels.ravel(), depth.ravel())
    interior = inside & ((depth > RING) | (depth >= CORE * deepest[labels]))
    # A nucleus of few pixels keeps a core, but not all of it.
    return np.where(interior, INTERIOR, np.where(inside, BOUNDARY, BACKGROUND)).astype(np.uint8)


def depth_inside(labels: np.ndarray) -> np.ndarray:
    """Distance of each labelled pixel to the nearest pixel that is not of its object; 0 outside.

    Pixels at the image's border do not count as edges: the nucleus goes on beyond it.
    """
    padded = np.pad(labels, 1, mode="edge")
    centre = padded[1:-1, 1:-1]
    edge = (
        (padded[:-2, 1:-1] != centre)
        | (padded[2:, 1:-1] != centre)
        | (padded[1:-1, :-2] != centre)
        | (padded[1:-1, 2:] != centre)
    )
    if not edge.any():
        return np.where(centre > 0, np.float32(1e3), np.float32(0))
    distance = cv2.distanceTransform((~edge).astype(np.uint8), cv2.DIST_L2, 5)
    return np.where(centre > 0, distance + 1, 0).astype(np.float32)


def weights_of(labels: np.ndarray) -> np.ndarray:
    """Weights of the loss `[y, x]` (uint8): 3 where two nuclei are within two pixels, else 1."""
    kernel = np.ones((5, 5), np.uint8)
    wide = labels.astype(np.uint16)
    largest = cv2.dilate(wide, kernel)
    smallest = cv2.erode(np.where(wide == 0, np.uint16(65535), wide), kernel)
    return np.where((smallest != 65535) & (largest != smallest), 3, 1).astype(np.uint8)
