"""Crops centred on nuclei, from every collection that shows them, and pairs of views of each."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Iterator

import cv2
import numpy as np
import torch
from scipy import ndimage
from torch import Tensor

from embedding_network import CROP
from fields import (
    CLIP,
    DIAMETER,
    Field,
    normalise,
    read_grey,
    read_groups,
    resize_image,
    resize_labels,
)
from instances import find_diameter, label_nuclei, predict_at, predictor_of
from nuclei_network import NucleiNet

# Cut larger than shown, so that views can be turned, scaled and moved.
WIDE = 96
CROPS_PER_GROUP = 3000
CROPS_PER_FIELD = 120


@dataclass(frozen=True)
class CropSet:
    """Wide crops [n, 96, 96] (float16) of one experiment, and the field that each is from."""

    crops: np.ndarray
    field: np.ndarray


def collect(data: Path, network: NucleiNet, seed: int = 3) -> dict[str, CropSet]:
    """Crop sets by experiment. Labels where there are some, else what `network` finds."""
    random = np.random.default_rng(seed)
    found = {}
    for name, fields in [*read_groups(data).items(), *unlabelled(data, network)]:
        cut = [
            (crop, number)
            for number, field in enumerate(fields)
            for crop in crops_of(field, random)
        ]
        if len(cut) > CROPS_PER_GROUP:
            cut = [cut[i] for i in sorted(random.choice(len(cut), CROPS_PER_GROUP, replace=False))]
        if cut:
            crops, numbers = zip(*cut)
            found[name] = CropSet(np.stack(crops).astype(np.float16), np.array(numbers))
    return found


def unlabelled(data: Path, network: NucleiNet) -> Iterator[tuple[str, list[Field]]]:
    """Collections without labels, outlined by the network at the scale that it finds.

    Both focal planes of BBBC006 take the diameter of the plane in focus: they show the same cells.
    """
    predict = predictor_of([network])
    sharp = [read_grey(path) for path in sorted((data / "focus/bbbc006_z10_near_focus").iterdir())]
    diameter = float(np.median([find_diameter(predict, image) for image in sharp]))
    for name in ("bbbc006_z10_near_focus", "bbbc006_z00_out_of_focus"):
        images = [read_grey(path) for path in sorted((data / "focus" / name).iterdir())]
        yield name, [outlined(name, image, diameter, network) for image in images]
    paths = sorted((data / "plates/imagexpress_htd").glob("**/*_w1.TIF"))
    images = [read_grey(path) for path in paths if "thumb" not in path.name.lower()]
    yield "imagexpress_htd", [
        outlined("imagexpress_htd", image, find_diameter(predict, image), network)
        for image in images
        if image.max() > image.min()
    ]


def outlined(group: str, image: np.ndarray, diameter: float, network: NucleiNet) -> Field:
    labels = label_nuclei(predict_at(predictor_of([network]), image, diameter), image.shape)
    return Field(group, "", image, labels)


def crops_of(field: Field, random: np.random.Generator) -> list[np.ndarray]:
    """Wide crops around nuclei that are wholly in the field; missing surroundings are mirrored."""
    if not field.diameter > 0:
        return []
    scale = DIAMETER / field.diameter
    size = [max(8, round(side * scale)) for side in field.image.shape]
    image = np.pad(resize_image(normalise(field.image), *size), WIDE // 2, mode="symmetric")
    labels = resize_labels(field.labels, *size)
    boxes = ndimage.find_objects(labels)
    centres = [
        [(part.start + part.stop) // 2 for part in box]
        for box in boxes
        if box is not None
        and all(part.start > 0 and part.stop < side for part, side in zip(box, labels.shape))
    ]
    if len(centres) > CROPS_PER_FIELD:
        centres = [centres[i] for i in random.choice(len(centres), CROPS_PER_FIELD, replace=False)]
    return [image[y : y + WIDE, x : x + WIDE] for y, x in centres]


def plain_view(crops: np.ndarray) -> Tensor:
    """The middles [n, 1, 64, 64] of wide crops, as the network is used."""
    edge = (WIDE - CROP) // 2
    middle = crops[:, edge : edge + CROP, edge : edge + CROP].astype(np.float32)
    return torch.from_numpy(middle)[:, None]


def random_view(
    crops: np.ndarray, random: np.random.Generator, generator: torch.Generator
) -> Tensor:
    """Each crop turned, mirrored, scaled, moved, and its grey values changed; blur is left alone.

    Focus and texture are phenotype, so views of one nucleus keep them; brightness is not.
    """
    turned = []
    for crop in crops:
        matrix = cv2.getRotationMatrix2D(
            (WIDE / 2, WIDE / 2), random.uniform(0, 360), random.uniform(0.85, 1.18)
        )
        matrix[:, 2] += (CROP - WIDE) / 2 + random.uniform(-4, 4, 2)
        view = cv2.warpAffine(
            crop.astype(np.float32), matrix, (CROP, CROP), borderMode=cv2.BORDER_REFLECT_101
        )
        turned.append(view[:, ::-1] if random.random() < 0.5 else view)
    images = torch.from_numpy(np.ascontiguousarray(np.stack(turned)))[:, None]
    return change_light(images, random, generator)


def change_light(
    images: Tensor, random: np.random.Generator, generator: torch.Generator
) -> Tensor:
    count = len(images)

    def draw(low: float, high: float) -> Tensor:
        values = random.uniform(low, high, count).astype(np.float32)
        return torch.from_numpy(values)[:, None, None, None]

    x = torch.where(images > 0, images.clamp(min=0) ** torch.exp(draw(-0.4, 0.4)), images)
    x = x * torch.exp(draw(-0.4, 0.4)) + draw(-0.08, 0.08)
    x = x + draw(0, 0.04) * torch.randn(x.shape, generator=generator)
    return x.clamp(*CLIP)
