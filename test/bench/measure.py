"""Times scikit-image's regionprops_table on the measures that Parfocal makes of objects.

    python3 measure.py <width> <height> <labels.u32> <repeats> <channel.u16>…

Prints JSON: seconds (median), the number of objects, and sums of some columns to compare with.
"""
import json
import os
import statistics
import sys
import time

for threads in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ[threads] = "1"

import numpy as np
from skimage.measure import regionprops_table

SHAPE = [
    "area", "perimeter", "equivalent_diameter_area", "eccentricity", "solidity", "extent", "area_convex",
    "axis_major_length", "axis_minor_length", "orientation", "bbox", "centroid",
]  # fmt: skip
INTENSITY = ["intensity_mean", "intensity_min", "intensity_max"]


def median(mask, pixels):
    return np.median(pixels[mask])


def deviation(mask, pixels):
    return np.std(pixels[mask])


def total(mask, pixels):
    return np.sum(pixels[mask])


def main():
    width, height, labels_path, repeats, *channel_paths = sys.argv[1:]
    size = int(height), int(width)
    labels = np.fromfile(labels_path, np.uint32).reshape(size).astype(np.int32)
    channels = np.stack([np.fromfile(p, np.uint16).reshape(size) for p in channel_paths], -1) / 65535
    seconds = []
    for _ in range(int(repeats)):
        start = time.perf_counter()
        table = regionprops_table(
            labels, channels, SHAPE + INTENSITY, extra_properties=(median, deviation, total)
        )
        seconds.append(time.perf_counter() - start)
    sums = {
        "AreaShape_Perimeter": table["perimeter"],
        "AreaShape_Solidity": table["solidity"],
        "Intensity_MedianIntensity_1": table["median-0"],
    }
    json.dump(
        {
            "seconds": statistics.median(seconds),
            "objects": len(table["area"]),
            "sums": {name: float(values.sum()) for name, values in sums.items()},
        },
        sys.stdout,
    )


main()
