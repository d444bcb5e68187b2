"""Times segmentation and measurement by scikit-image and scipy.

    python3 segmentation.py <width> <height> <plane.u16> <repeats>

Prints JSON: seconds (median) of both, and the number of objects.
"""
import json
import os
import statistics
import sys
import time

for threads in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ[threads] = "1"

import numpy as np
from scipy import ndimage
from skimage.feature import peak_local_max
from skimage.filters import gaussian, threshold_otsu
from skimage.measure import regionprops_table
from skimage.segmentation import watershed

MEASURES = [
    "area", "perimeter", "equivalent_diameter_area", "eccentricity", "solidity", "extent", "area_convex",
    "axis_major_length", "axis_minor_length", "orientation", "bbox", "centroid",
    "intensity_mean", "intensity_min", "intensity_max",
]  # fmt: skip


def median(mask, pixels):
    return np.median(pixels[mask])


def deviation(mask, pixels):
    return np.std(pixels[mask])


def total(mask, pixels):
    return np.sum(pixels[mask])


def segment(image):
    smooth = gaussian(image, 1, preserve_range=True)
    mask = ndimage.binary_fill_holes(smooth > threshold_otsu(smooth))
    distance = gaussian(ndimage.distance_transform_edt(mask), 2)
    peaks = peak_local_max(distance, min_distance=8, labels=ndimage.label(mask)[0])
    seeds = np.zeros(image.shape, int)
    seeds[tuple(peaks.T)] = np.arange(1, len(peaks) + 1)
    return watershed(-distance, seeds, mask=mask)


def main():
    width, height, path, repeats = sys.argv[1:]
    image = np.fromfile(path, np.uint16).reshape(int(height), int(width))
    segmenting, measuring = [], []
    for _ in range(int(repeats)):
        start = time.perf_counter()
        labels = segment(image)
        segmented = time.perf_counter()
        table = regionprops_table(
            labels, image / 65535, MEASURES, extra_properties=(median, deviation, total)
        )
        measuring.append(time.perf_counter() - segmented)
        segmenting.append(segmented - start)
    json.dump(
        {
            "segmentSeconds": statistics.median(segmenting),
            "measureSeconds": statistics.median(measuring),
            "objects": len(table["area"]),
        },
        sys.stdout,
    )


main()
