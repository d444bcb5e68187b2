"""Images of Parfocal's own simulated microscope, whose truth is known: for test tensors and pictures."""

from __future__ import annotations

import subprocess
from pathlib import Path

import numpy as np
import tifffile

from crops import CROP
from fields import DIAMETER, Field, resize_image

REPOSITORY = Path(__file__).resolve().parents[2]


def simulate(folder: Path, fields: int = 4) -> list[Field]:
    """Fields of 512×512 from `parfocal simulate`; what is in `folder` already is used again."""
    images, truth = folder / "images", folder / "truth"
    if not truth.exists():
        folder.mkdir(parents=True, exist_ok=True)
        command = "node src/cli/parfocal.ts simulate --fields 1 --channels 1 --size 512x512 --defects none"
        arguments = [*command.split(), "--wells", str(fields), "--truth", str(truth), str(images)]
        subprocess.run(arguments, cwd=REPOSITORY, check=True, stdout=subprocess.DEVNULL)
    found = []
    for labels in sorted((truth / "labels").glob("*.labels.tif")):
        name = labels.name.removesuffix(".labels.tif")
        image = next(images.rglob(f"{name}.tif"))
        found.append(
            Field(
                "simulated",
                name,
                tifffile.imread(image).astype(np.float32),
                tifffile.imread(labels).astype(np.int32),
            )
        )
    return found


def test_image(fields: list[Field]) -> np.ndarray:
    """A crop [128, 128] of the field with most nuclei, at the networks' scale, where most light is."""
    field = max(fields, key=lambda one: one.labels.max())
    scale = DIAMETER / field.diameter
    image = resize_image(field.image, *(round(size * scale) for size in field.image.shape))
    sums = np.pad(image.cumsum(0).cumsum(1), ((1, 0), (1, 0)))
    light = sums[CROP:, CROP:] - sums[:-CROP, CROP:] - sums[CROP:, :-CROP] + sums[:-CROP, :-CROP]
    y, x = np.unravel_index(light.argmax(), light.shape)
    return np.round(image[y : y + CROP, x : x + CROP]).astype(np.float32)
