"""OME-TIFFs with several pages, series and levels, written by tifffile; ome-tiffs.json says what tifffile reads as
the plane of each series, channel, depth and time.

    python3 make_ome_tiffs.py     # tifffile 2023.2.3, numpy
"""

import hashlib
import json
from pathlib import Path

import numpy as np
import tifffile

FOLDER = Path(__file__).parent / 'ome-tiff'
random = np.random.default_rng(20262)


def draw(*shape):
    return random.integers(0, 4000, shape, dtype=np.uint16)


def gray(axes, **metadata):
    return {'photometric': 'minisblack', 'metadata': {'axes': axes, **metadata}}


stack = draw(3, 2, 32, 48)
with tifffile.TiffWriter(FOLDER / 'pyramid.ome.tif', bigtiff=True) as tiff:
    names = {'Channel': {'Name': ['DAPI', 'FITC']}}
    tiff.write(stack, subifds=2, tile=(16, 16), **gray('ZCYX', **names))
    for step in (2, 4):
        level = stack[:, :, ::step, ::step]
        tiff.write(level, subfiletype=1, tile=(16, 16), photometric='minisblack')

with tifffile.TiffWriter(FOLDER / 'series.ome.tif') as tiff:
    tiff.write(draw(2, 20, 30), **gray('CYX'))
    tiff.write(draw(3, 10, 12), **gray('TYX'))

# Levels in the chain of directories, as before OME 6.0, which no metadata names.
chain = draw(2, 16, 24)
text = (
    '<?xml version="1.0" encoding="UTF-8"?>'
    '<OME xmlns="http://www.openmicroscopy.org/Schemas/OME/2016-06"><Image ID="Image:0">'
    '<Pixels ID="Pixels:0" DimensionOrder="XYCZT" Type="uint16" SizeX="24" SizeY="16" SizeZ="1" SizeC="2" SizeT="1">'
    '<Channel ID="Channel:0"/><Channel ID="Channel:1"/><TiffData/></Pixels></Image></OME>'
)
with tifffile.TiffWriter(FOLDER / 'chain.ome.tif') as tiff:
    plain = {'photometric': 'minisblack', 'metadata': None}
    tiff.write(chain[0], description=text, **plain)
    tiff.write(chain[0, ::2, ::2], subfiletype=1, **plain)
    tiff.write(chain[1], **plain)
    tiff.write(chain[1, ::2, ::2], subfiletype=1, **plain)

tifffile.imwrite(
    FOLDER / 'colour.ome.tif',
    random.integers(0, 255, (12, 18, 3), dtype=np.uint8),
    photometric='rgb',
    metadata={'axes': 'YXS'},
)


def plane(series, axes, array, name):
    """Every plane of a series; axes count from 0."""
    moving = [axis for axis in axes if axis not in 'YXS']
    for place in np.ndindex(*array.shape[: len(moving)]):
        at = dict(zip(moving, place))
        image = np.ascontiguousarray(array[place])
        yield {
            'file': name,
            'series': series,
            **{axis.lower(): int(at.get(axis, 0)) for axis in 'CZT'},
            'sha256': hashlib.sha256(image.tobytes()).hexdigest(),
        }


planes = []
for name in ('colour', 'pyramid', 'series'):
    with tifffile.TiffFile(FOLDER / f'{name}.ome.tif') as tiff:
        for i, series in enumerate(tiff.series):
            planes += plane(i, series.axes, series.asarray(), f'{name}.ome.tif')
# tifffile takes the levels for planes here: these are its pages 0 and 2.
with tifffile.TiffFile(FOLDER / 'chain.ome.tif') as tiff:
    array = np.stack([tiff.pages[0].asarray(), tiff.pages[2].asarray()])
    planes += plane(0, 'CYX', array, 'chain.ome.tif')

lines = ',\n'.join('  ' + json.dumps(each) for each in planes)
(FOLDER.parent / 'ome-tiffs.json').write_text(f'[\n{lines}\n]\n')
