"""Small TIFFs of depths that become real numbers, written by tifffile; depths.json says what numpy makes of them.

    python3 make_depths.py     # tifffile 2023.2.3, numpy 1.24.2
"""

import hashlib
import json
from pathlib import Path

import numpy as np
import tifffile

FOLDER = Path(__file__).parent
random = np.random.default_rng(7)
SHAPE = (13, 17)

signed = random.integers(-32768, 32768, SHAPE).astype('i2')
counts = random.integers(0, 2**24 + 1, SHAPE).astype('u4')
wide = random.integers(-2**24, 2**24 + 1, SHAPE).astype('i4')
real = random.normal(0, 1e3, SHAPE)
real[0, :4] = [np.nan, np.inf, -np.inf, 1e-310]

expected = {}
for name, image, options in [
    ('signed-8-bit.tif', signed.astype('i1'), {}),
    ('signed-16-bit.tif', signed, {'tile': (16, 16)}),
    ('signed-16-bit-big-endian.tif', signed, {'byteorder': '>', 'rowsperstrip': 5}),
    ('counts-32-bit.tif', counts, {'bigtiff': True}),
    ('signed-32-bit.tif', wide, {'byteorder': '>'}),
    ('float-64-bit.tif', real, {'rowsperstrip': 4}),
    ('float-64-bit-big-endian.tif', real, {'byteorder': '>', 'tile': (16, 16)}),
    ('float-64-bit-deflate.tif', real, {'compression': 'zlib'}),
]:
    tifffile.imwrite(FOLDER / name, image, metadata=None, software=False, **options)
    read = tifffile.imread(FOLDER / name)
    pixels = read.astype('<f4')
    pixels[np.isnan(pixels)] = np.nan
    expected[name] = {
        'sha256': hashlib.sha256(pixels.tobytes()).hexdigest(),
        'range': 1 if read.dtype.kind == 'f' else int(np.iinfo(read.dtype).max),
    }

lines = [f'  {json.dumps(name)}: {json.dumps(page)}' for name, page in sorted(expected.items())]
(FOLDER / 'depths.json').write_text('{\n' + ',\n'.join(lines) + '\n}\n')
