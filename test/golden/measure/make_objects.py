"""Objects of every awkward kind, measured by scikit-image and numpy.

    python3 test/golden/measure/make_objects.py

Writes labels.tif, dna.tif (16 bits), actin.tif (8 bits), er.tif (float) and objects.json beside itself.
Made with scikit-image 0.19.3 and numpy 1.24.
"""
import json
import pathlib

import numpy as np
import tifffile
from scipy import ndimage
from skimage.measure import regionprops

HERE = pathlib.Path(__file__).parent
HEIGHT, WIDTH = 210, 260


def draw(rng):
    """Blobs over the whole image, cut into touching pieces; then drawn shapes on top of them."""
    image = np.zeros((HEIGHT, WIDTH), np.int32)
    noise = ndimage.gaussian_filter(rng.normal(size=image.shape), 4)
    blobs, _ = ndimage.label(noise > np.quantile(noise, 0.62))
    y, x = np.mgrid[:HEIGHT, :WIDTH]
    image[:] = np.where(blobs > 0, blobs * 100 + x // 60, 0)

    shapes = []
    shapes += [[(3, 3)], [(0, WIDTH - 1)], [(HEIGHT - 1, 0)]]
    shapes += [[(8, 3), (8, 4)], [(12, 3), (13, 3)], [(16, 3), (17, 4)], [(20, 4), (21, 3)]]
    shapes += [[(25, c) for c in range(2, 32)], [(r, 6) for r in range(30, 60)]]
    shapes += [[(30 + i, 10 + i) for i in range(25)], [(30 + i, 70 - i) for i in range(25)]]
    shapes += [[(60 + i // 3, 10 + i) for i in range(40)]]
    ring = np.hypot(y - 100, x - 40)
    shapes += [list(zip(*np.nonzero((ring < 22) & (ring > 15)))), list(zip(*np.nonzero(ring < 9)))]
    shapes += [[(90 + r, 80 + c) for r in range(15) for c in range(25) if r < 4 or c < 5]]
    shapes += [[(120 + r, 80 + c) for r in range(16) for c in range(16) if (r + c) % 2 == 0]]
    shapes += [[(120 + r, 110 + c) for r in range(12) for c in range(12)]]
    shapes += [[(120 + r, 122 + c) for r in range(12) for c in range(7)]]
    shapes += [[(150 + r, 80 + c) for r in range(20) for c in range(r + 1)]]
    shapes += [[(150, 110), (150, 130), (165, 120)]]
    shapes += [[(180 + r, 110 + c) for r in range(3) for c in range(3) if (r, c) != (1, 1)]]
    ellipse = np.hypot((y - 60) / 9.3, (x - 220) / 23.7) < 1
    shapes += [list(zip(*np.nonzero(ellipse)))]
    shapes += [[(HEIGHT - 1, c) for c in range(100, 140)], [(r, WIDTH - 1) for r in range(90, 130)]]
    for number, shape in enumerate(shapes):
        image[tuple(np.transpose(shape))] = 100_000 + number
    return np.unique(image, return_inverse=True)[1].reshape(image.shape).astype(np.uint16)


def orientation(region):
    """Degrees. None where scikit-image's special case for equal variances decides (and errs in its sign)."""
    row_spread, _, _, column_spread = region.inertia_tensor.flat
    if abs(row_spread - column_spread) <= 1e-9 * (row_spread + column_spread):
        return None
    return np.degrees(region.orientation)


def shape_of(region):
    top, left, bottom, right = region.bbox
    perimeter = region.perimeter
    return {
        "AreaShape_Area": region.area,
        "AreaShape_Perimeter": perimeter,
        "AreaShape_EquivalentDiameter": region.equivalent_diameter_area,
        "AreaShape_Eccentricity": region.eccentricity,
        "AreaShape_Solidity": region.solidity,
        "AreaShape_FormFactor": 4 * np.pi * region.area / perimeter**2 if perimeter > 0 else None,
        "AreaShape_MajorAxisLength": region.axis_major_length,
        "AreaShape_MinorAxisLength": region.axis_minor_length,
        "AreaShape_Orientation": orientation(region),
        "AreaShape_Extent": region.extent,
        "AreaShape_BoundingBoxMinimum_X": left,
        "AreaShape_BoundingBoxMinimum_Y": top,
        "AreaShape_BoundingBoxMaximum_X": right,
        "AreaShape_BoundingBoxMaximum_Y": bottom,
        "AreaShape_ConvexArea": region.area_convex,
        "Location_Center_X": region.centroid[1],
        "Location_Center_Y": region.centroid[0],
    }


def intensity_of(pixels, channel):
    return {
        f"Intensity_MeanIntensity_{channel}": pixels.mean(),
        f"Intensity_MedianIntensity_{channel}": np.median(pixels),
        f"Intensity_IntegratedIntensity_{channel}": pixels.sum(),
        f"Intensity_StdIntensity_{channel}": pixels.std(),
        f"Intensity_MinIntensity_{channel}": pixels.min(),
        f"Intensity_MaxIntensity_{channel}": pixels.max(),
    }


def main():
    rng = np.random.default_rng(7)
    labels = draw(rng)
    smooth = ndimage.gaussian_filter(rng.random(labels.shape), 2)
    smooth = (smooth - smooth.min()) / np.ptp(smooth)
    planes = {
        "DNA": (smooth * 40_000 + rng.integers(200, 216, labels.shape)).clip(0, 65535).astype(np.uint16),
        "Actin": (smooth[::-1] * 255).astype(np.uint8),
        "ER": (np.round(smooth[:, ::-1] * 96 - 32) / 32).astype(np.float32),
    }
    ranges = {"DNA": 65535, "Actin": 255, "ER": 1}
    rows = []
    for region in regionprops(labels):
        row = shape_of(region)
        for channel, plane in planes.items():
            pixels = plane[labels == region.label].astype(np.float64) / ranges[channel]
            row |= intensity_of(pixels, channel)
        rows.append({name: None if value is None else float(value) for name, value in row.items()})
    columns = {name: [row[name] for row in rows] for name in rows[0]}
    (HERE / "objects.json").write_text(json.dumps(columns) + "\n")
    for name, image in {"labels": labels, **{k.lower(): v for k, v in planes.items()}}.items():
        tifffile.imwrite(HERE / f"{name}.tif", image, compression="zlib", metadata=None)
    print(len(rows), "objects")


main()
