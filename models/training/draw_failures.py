"""Pictures of what went wrong: outlines of truth and prediction.

Images of collections are not drawn, only outlines; images of the simulated microscope are.
"""

from __future__ import annotations

from pathlib import Path
from typing import Mapping, Sequence

import cv2
import numpy as np

from agreement import compare
from fields import Field, normalise, spread
from instances import Predictor, label_nuclei, predict_at

SIDE = 640
# Among which the worst of a group is sought.
MOST_FIELDS = 40
# Blue and orange (blue, green, red), told apart by most people with a colour vision deficiency.
TRUTH = (178, 114, 0)
PREDICTED = (0, 94, 213)


def draw_failures(
    folder: Path, held_out: Mapping[str, tuple[Predictor, Sequence[Field]]]
) -> dict[str, str]:
    """Draws a field of low F1 at IoU 0.7 of each group; captions by file name."""
    folder.mkdir(parents=True, exist_ok=True)
    captions = {}
    for group, (predict, fields) in held_out.items():
        f1, _, field, found = min(
            (
                (compare(found, field.labels).f1(0.7), number, field, found)
                for number, field in enumerate(spread(fields, MOST_FIELDS))
                if field.labels.max() >= 5
                for found in [outlines(predict, field)]
            ),
            key=lambda one: one[:2],
        )
        name = f"{group}.png"
        cv2.imwrite(str(folder / name), picture(field, found, group == "simulated"))
        captions[name] = (
            f"{group}: the worst of {len(spread(fields, MOST_FIELDS))} fields by F1 at an IoU of 0.7 ({f1:.2f}). "
            "Blue: truth; orange: prediction."
        )
    return captions


def outlines(predict: Predictor, field: Field) -> np.ndarray:
    return label_nuclei(predict_at(predict, field.image, field.diameter), field.image.shape)


def picture(field: Field, found: np.ndarray, with_pixels: bool) -> np.ndarray:
    """Outlines [SIDE or less, SIDE or less, 3] on white, or on the darkened image."""
    scale = SIDE / max(field.image.shape)
    size = tuple(round(side * scale) for side in field.image.shape[::-1])
    if with_pixels:
        grey = np.clip(normalise(field.image), 0, 1) * 255
        canvas = cv2.cvtColor(255 - cv2.resize(grey, size).astype(np.uint8) // 2, cv2.COLOR_GRAY2BGR)
    else:
        canvas = np.full((*size[::-1], 3), 255, np.uint8)
    for labels, colour in ((field.labels, TRUTH), (found, PREDICTED)):
        large = cv2.resize(labels.astype(np.float32), size, interpolation=cv2.INTER_NEAREST)
        for number in np.unique(labels[labels > 0]):
            mask = (large == number).astype(np.uint8)
            contours, _ = cv2.findContours(mask, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_SIMPLE)
            cv2.drawContours(canvas, contours, -1, colour, 1, cv2.LINE_AA)
    return canvas
