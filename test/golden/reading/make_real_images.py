"""What tifffile and Pillow read from the shared images: sizes, types and hashes, no pixels.

    python3 make_real_images.py DATA     # tifffile 2026.3.3, imagecodecs 2026.3.6, Pillow 12.3.0, numpy

real-images.json has for each TIFF and PNG its pages: 'plain' where a page is grayscale or RGB of 8, 16 or 32 bits
float, which Parfocal must read; 'other' where it may refuse. hostile-images.json has the first page of each hostile
file of which tifffile or Pillow makes an image.
"""

import hashlib
import json
import logging
import sys
from pathlib import Path

import numpy as np
import tifffile
from PIL import Image

logging.disable(logging.CRITICAL)
Image.MAX_IMAGE_PIXELS = None
FOLDER = Path(__file__).parent
DATA = Path(sys.argv[1])
TIFF = (b'II*\0', b'MM\0*', b'II+\0', b'MM\0+')
LOSSY = (6, 7)
MINISWHITE, MINISBLACK, RGB = 0, 1, 2


def digest(array):
    """16 digits are enough to tell images apart, and keep the file short."""
    little = array.astype(array.dtype.newbyteorder('<'), copy=False)
    return hashlib.sha256(np.ascontiguousarray(little).tobytes()).hexdigest()[:16]


def describe(array, plain):
    if array.dtype == bool:
        array = array.astype('u1')
    kind = 'plain' if plain and array.dtype.str[1:] in ('u1', 'u2', 'f4') else 'other'
    return [kind, array.shape[1], array.shape[0], array.dtype.str[1:], digest(array)]


def read_tiff_page(page):
    array = page.asarray()
    if page.planarconfig == 2 and page.samplesperpixel > 1:
        array = np.moveaxis(array, 0, -1)
    gray = page.photometric in (MINISWHITE, MINISBLACK) and page.samplesperpixel == 1
    colour = page.photometric == RGB and page.samplesperpixel in (3, 4)
    plain = (gray or colour) and page.bitspersample in (8, 16, 32)
    return describe(array, plain and page.compression not in LOSSY)


def read_tiff(path):
    pages = []
    with tifffile.TiffFile(path) as file:
        for i in range(len(file.pages)):
            try:
                pages.append(read_tiff_page(file.pages[i]))
            except Exception:
                pages.append(['other', 0, 0, 'none', 'none'])
    return pages


def read_png(path):
    image = Image.open(path)
    plain = image.mode in ('L', 'I;16', 'RGB', 'RGBA')
    array = np.array(image.convert('RGB') if image.mode == 'P' else image)
    if array.dtype == bool:
        array = array.astype('u1') * 255
    if array.dtype == np.int32:
        array = array.astype('u2')
    return [describe(array, plain)]


def candidates(path):
    """What either of the two makes of the first page."""
    found = []
    try:
        with tifffile.TiffFile(path) as file:
            found.append(read_tiff_page(file.pages[0])[1:])
    except Exception:
        pass
    try:
        image = Image.open(path)
        image.load()
        found.append(describe(np.array(image), True)[1:])
    except Exception:
        pass
    return [image for image in found if image[0] and image[1]]


def write(name, images):
    lines = [f'  {json.dumps(key)}: {json.dumps(value, separators=(",", ":"))}' for key, value in sorted(images.items())]
    (FOLDER / name).write_text('{\n' + ',\n'.join(lines) + '\n}\n')


real, hostile = {}, {}
for path in sorted(DATA.rglob('*')):
    if not path.is_file():
        continue
    name = path.relative_to(DATA).as_posix()
    with path.open('rb') as file:
        start = file.read(8)
    if name.startswith('hostile/'):
        images = candidates(path)
        if images:
            hostile[name] = images
    elif start[:4] in TIFF:
        real[name] = read_tiff(path)
    elif start == b'\x89PNG\r\n\x1a\n':
        real[name] = read_png(path)
write('real-images.json', real)
write('hostile-images.json', hostile)
