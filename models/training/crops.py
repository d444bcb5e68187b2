"""Fields at the networks' scale in memory, and batches of augmented crops from them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Mapping, Sequence

import cv2
import numpy as np
import torch
from torch import Tensor
from torch.nn import functional

from fields import (
    CLIP,
    DIAMETER,
    Field,
    normalise,
    resize_image,
    resize_labels,
    targets_of,
    weights_of,
)

CROP = 128
SCALE_JITTER = (0.65, 1.5)
# Share of crops whose grey values stay as they are.
PLAIN_SHARE = 0.35
# Share of variants that are out of focus, and by how much (Gaussian, pixels).
BLURRED_SHARE = 0.2
BLUR = (1.5, 4.0)
# People outline what they can still see: further out by this share of the blur.
OUTLINE_GROWTH = 0.8
# Pixels that all variants of one group's fields may have together: bounds memory and time.
PIXELS_PER_GROUP = 180_000_000
MOST_VARIANTS = 10


@dataclass(frozen=True)
class Variant:
    """One field at one random scale: grey values (float16), classes and weights (uint8), `[y, x]`."""

    image: np.ndarray
    target: np.ndarray
    weight: np.ndarray


def make_variants(fields: Sequence[Field], seed: int) -> list[list[Variant]]:
    """For each field with nuclei, the same number of random scales, stretches and rotations."""
    random = np.random.default_rng(seed)
    labelled = [field for field in fields if np.isfinite(field.diameter)]
    pixels = sum(field.image.size * (DIAMETER / field.diameter) ** 2 for field in labelled)
    count = int(np.clip(PIXELS_PER_GROUP / pixels, 2, MOST_VARIANTS))
    return [[make_variant(field, random) for _ in range(count)] for field in labelled]


def make_variant(field: Field, random: np.random.Generator) -> Variant:
    scale = DIAMETER / field.diameter * np.exp(random.uniform(*np.log(SCALE_JITTER)))
    stretch = np.exp(random.uniform(-0.12, 0.12))
    height = max(16, round(field.image.shape[0] * scale * stretch))
    width = max(16, round(field.image.shape[1] * scale / stretch))
    image = resize_image(normalise(field.image), height, width)
    labels = resize_labels(field.labels, height, width)
    image, labels = pad_to_crop(image), pad_to_crop(labels)
    if random.random() < 0.5:
        image, labels = rotate(image, labels, random.uniform(-45, 45))
    if random.random() < BLURRED_SHARE:
        sigma = random.uniform(*BLUR)
        image = cv2.GaussianBlur(image, (0, 0), sigma)
        labels = grow(labels, OUTLINE_GROWTH * sigma)
    return Variant(image.astype(np.float16), targets_of(labels), weights_of(labels))


def pad_to_crop(pixels: np.ndarray) -> np.ndarray:
    """Mirrored on to at least the size of a crop."""
    missing = [max(0, CROP - size) for size in pixels.shape]
    return np.pad(pixels, [(0, miss) for miss in missing], mode="symmetric")


def rotate(
    image: np.ndarray, labels: np.ndarray, degrees: float
) -> tuple[np.ndarray, np.ndarray]:
    height, width = image.shape
    matrix = cv2.getRotationMatrix2D((width / 2, height / 2), degrees, 1.0)
    size, border = (width, height), cv2.BORDER_REFLECT_101
    turned = cv2.warpAffine(image, matrix, size, flags=cv2.INTER_LINEAR, borderMode=border)
    turned_labels = cv2.warpAffine(
        labels.astype(np.float32), matrix, size, flags=cv2.INTER_NEAREST, borderMode=border
    )
    return turned, turned_labels.astype(np.int32)


def grow(labels: np.ndarray, distance: float) -> np.ndarray:
    """Background up to `distance` pixels away from an object becomes part of the nearest one."""
    if not labels.any():
        return labels
    away, nearest = cv2.distanceTransformWithLabels(
        (labels == 0).astype(np.uint8), cv2.DIST_L2, 5, labelType=cv2.DIST_LABEL_PIXEL
    )
    label_of = np.zeros(nearest.max() + 1, labels.dtype)
    label_of[nearest[labels > 0]] = labels[labels > 0]
    return np.where(away <= distance, label_of[nearest], 0)


class CropSampler:
    """Draws batches: first a group, then a field, a variant, a place, and how it is augmented."""

    def __init__(
        self,
        variants: Mapping[str, list[list[Variant]]],
        seed: int,
        empty_share: float = 0.03,
    ) -> None:
        self.groups = [variants[name] for name in sorted(variants)]
        self.shares = group_shares([len(fields) for fields in self.groups])
        self.random = np.random.default_rng(seed)
        self.generator = torch.Generator().manual_seed(seed)
        self.empty_share = empty_share

    def batch(self, size: int) -> tuple[Tensor, Tensor, Tensor]:
        """Images [size,1,CROP,CROP], classes and weights [size,CROP,CROP]."""
        picked = [self.pick() for _ in range(size)]
        images, targets, weights = (torch.from_numpy(np.stack(part)) for part in zip(*picked))
        plain = images.float()[:, None]
        changed = augment(plain, self.random, self.generator)
        keep = torch.from_numpy(self.random.random(size) < PLAIN_SHARE)[:, None, None, None]
        return torch.where(keep, plain, changed), targets.long(), weights.float()

    def pick(self) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        random = self.random
        if random.random() < self.empty_share:
            return empty_crop(random)
        fields = self.groups[random.choice(len(self.groups), p=self.shares)]
        field = fields[random.integers(len(fields))]
        variant = field[random.integers(len(field))]
        y, x = (random.integers(size - CROP + 1) for size in variant.image.shape)
        turns, mirrored = random.integers(4), random.random() < 0.5

        def cut(pixels: np.ndarray) -> np.ndarray:
            piece = np.rot90(pixels[y : y + CROP, x : x + CROP], turns)
            return np.ascontiguousarray(piece[:, ::-1] if mirrored else piece)

        return cut(variant.image), cut(variant.target), cut(variant.weight)


def group_shares(counts: Sequence[int]) -> np.ndarray:
    """Equal shares for groups of 30 fields and more; smaller ones by the root of their size."""
    shares = np.sqrt(np.minimum(np.asarray(counts, float), 30.0))
    return shares / shares.sum()


def empty_crop(random: np.random.Generator) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """What percentiles make of a field without nuclei: noise from 0 to 1, fine or coarse."""
    noise = random.normal(size=(CROP, CROP)).astype(np.float32)
    sigma = random.choice([0.0, 0.7, 1.5])
    if sigma > 0:
        noise = cv2.GaussianBlur(noise, (0, 0), sigma)
    noise = noise / noise.std() * random.uniform(0.1, 0.22) + random.uniform(0.3, 0.5)
    nothing = np.zeros((CROP, CROP), np.uint8)
    return noise.astype(np.float16), nothing, nothing + 1


def augment(images: Tensor, random: np.random.Generator, generator: torch.Generator) -> Tensor:
    """Grey values as other microscopes and other days give them; each image by its own draw."""
    count = images.shape[0]

    def draw(low: float, high: float, chance: float, otherwise: float) -> Tensor:
        """One value an image: uniform with a chance, else what changes nothing."""
        values = random.uniform(low, high, count)
        values = np.where(random.random(count) < chance, values, otherwise)
        return torch.from_numpy(values.astype(np.float32))[:, None, None, None]

    def smooth_noise(cells: int) -> Tensor:
        coarse = torch.randn(count, 1, cells, cells, generator=generator)
        return functional.interpolate(coarse, images.shape[2:], mode="bicubic", align_corners=False)

    x = images
    bright = x.clamp(min=0)
    x = torch.where(x > 0, bright ** torch.exp(draw(-0.7, 0.7, 0.6, 0.0)), x)
    x = x * torch.exp(draw(0.1, 0.7, 0.4, 0.0) * smooth_noise(6))
    x = x * torch.exp(draw(-0.4, 0.5, 0.7, 0.0)) + draw(-0.08, 0.15, 0.5, 0.0)
    x = x + draw(0.02, 0.2, 0.3, 0.0) * smooth_noise(3)
    x = x + draw(0.1, 0.5, 0.2, 0.0) * glare(x.clamp(min=0))
    x = blur_each(x, random)
    noise = torch.randn(x.shape, generator=generator)
    if random.random() < 0.4:
        noise = functional.avg_pool2d(noise, 3, 1, 1, count_include_pad=False) * 2.5
    spread = draw(0.0, 0.1, 0.6, 0.0) + draw(0.0, 0.15, 0.4, 0.0) * x.clamp(min=0).sqrt()
    return (x + spread * noise).clamp(*CLIP)


def glare(x: Tensor) -> Tensor:
    """Light that nuclei throw around them: from other planes, and scattered in the optics."""
    for _ in range(2):
        x = functional.avg_pool2d(x, 11, 1, 5, count_include_pad=False)
    return x


def blur_each(x: Tensor, random: np.random.Generator) -> Tensor:
    """Gaussian blur: often none, often a little, now and then grossly out of focus.

    Some images have first been seen with coarser pixels, as by an objective that magnifies less.
    """
    blurred = []
    for image in x[:, 0].numpy():
        if random.random() < 0.25:
            side = round(CROP / random.uniform(1.2, 2.2))
            coarse = cv2.resize(image, (side, side), interpolation=cv2.INTER_AREA)
            image = cv2.resize(coarse, (CROP, CROP), interpolation=cv2.INTER_LINEAR)
        chance = random.random()
        if chance < 0.04:
            image = cv2.GaussianBlur(image, (0, 0), random.uniform(2.0, 5.0))
        elif chance < 0.4:
            image = cv2.GaussianBlur(image, (0, 0), random.uniform(0.4, 1.2))
        blurred.append(torch.from_numpy(np.ascontiguousarray(image)))
    return torch.stack(blurred)[:, None]
