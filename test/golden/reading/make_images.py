"""Small images of every layout that Parfocal reads, written by tifffile, imagecodecs and Pillow, or by the few
lines below where those write no such layout; images.json says what the pixels are.

    python3 make_images.py     # tifffile 2026.3.3, imagecodecs 2026.3.6, Pillow 12.3.0, numpy
"""

import hashlib
import json
import struct
import zlib
from pathlib import Path

import imagecodecs
import numpy as np
import tifffile
from PIL import Image

FOLDER = Path(__file__).parent
HEIGHT, WIDTH = 21, 27
random = np.random.default_rng(20240)


def draw(dtype, samples=1, bits=None):
    """Smooth enough to compress, with noise and both ends of the range."""
    y, x = np.mgrid[:HEIGHT, :WIDTH, :samples][:2]
    wave = 0.5 + 0.4 * np.sin(x / 5) * np.cos(y / 4) + 0.05 * random.standard_normal(y.shape)
    if np.dtype(dtype).kind == 'f':
        image = (wave * 7 - 2).astype(dtype)
        image[0, :3] = [[np.inf] * samples, [-0.0] * samples, [1e-40] * samples]
    else:
        top = 2 ** (bits or np.dtype(dtype).itemsize * 8) - 1
        image = (np.clip(wave, 0, 1) * top).astype(dtype)
        image[0, 0], image[-1, -1] = top, 0
    return image[:, :, 0] if samples == 1 else image


def describe(image):
    image = np.ascontiguousarray(image)
    return {
        'width': image.shape[1],
        'height': image.shape[0],
        'samples': 1 if image.ndim == 2 else image.shape[2],
        'dtype': image.dtype.str[1:],
        'sha256': hashlib.sha256(image.tobytes()).hexdigest(),
    }


def packed_tiff(name, image, bits, planar=False):
    """Samples of `bits` bits, each row from a new byte, in one uncompressed strip (a plane)."""
    samples = 1 if image.ndim == 2 else image.shape[2]
    planes = [image[:, :, i] for i in range(samples)] if planar else [image.reshape(HEIGHT, -1)]
    row = planes[0].shape[1]
    strips = [
        b''.join(imagecodecs.packints_encode(np.ascontiguousarray(line), bits) for line in plane)
        for plane in planes
    ]
    assert len(strips[0]) == HEIGHT * -(-row * bits // 8)
    write_tiff(name, strips, [
        (256, [WIDTH]), (257, [HEIGHT]), (258, [bits] * samples), (259, [1]),
        (262, [1 if samples == 1 else 2]), (273, None), (277, [samples]), (278, [HEIGHT]),
        (279, [len(strip) for strip in strips]), (284, [2 if planar else 1]),
    ])


def write_tiff(name, strips, tags):
    """A little-endian TIFF of LONGs, the strips after the directory; tag 273 is filled in."""
    table = 8 + 2 + 12 * len(tags) + 4
    spare = sum(4 * len(values or strips) for _, values in tags if len(values or strips) > 1)
    places, at = [], table + spare
    for strip in strips:
        places.append(at)
        at += len(strip)
    entries, tail = b'', b''
    for tag, values in tags:
        values = places if values is None else values
        body = struct.pack(f'<{len(values)}I', *values)
        if len(values) > 1:
            body, tail = struct.pack('<I', table + len(tail)), tail + body
        entries += struct.pack('<HHI', tag, 4, len(values)) + body
    header = b'II*\0' + struct.pack('<IH', 8, len(tags))
    (FOLDER / name).write_bytes(header + entries + b'\0\0\0\0' + tail + b''.join(strips))


def interlaced_png(name, image):
    """Adam7, each pass with one filter, for Pillow writes no interlaced images."""
    samples = 1 if image.ndim == 2 else image.shape[2]
    bits = image.dtype.itemsize * 8
    per_pixel = samples * bits // 8
    raw = b''
    passes = [(0, 0, 8, 8), (4, 0, 8, 8), (0, 4, 4, 8), (2, 0, 4, 4), (0, 2, 2, 4), (1, 0, 2, 2), (0, 1, 1, 2)]
    for number, (left, top, step_x, step_y) in enumerate(passes):
        part = image[top::step_y, left::step_x]
        if part.size == 0:
            continue
        rows = part.astype(part.dtype.newbyteorder('>')).reshape(part.shape[0], -1).view('u1')
        raw += filter_rows(rows, number % 5, per_pixel)
    write_png(name, image, bits, {1: 0, 3: 2}[samples], 1, raw)


def filter_rows(rows, kind, per_pixel):
    rows = rows.astype(int)
    above = np.vstack([np.zeros_like(rows[:1]), rows[:-1]])
    left = np.hstack([np.zeros_like(rows[:, :per_pixel]), rows[:, :-per_pixel]])
    corner = np.hstack([np.zeros_like(rows[:, :per_pixel]), above[:, :-per_pixel]])
    guess = left + above - corner
    distances = np.stack([abs(guess - left), abs(guess - above), abs(guess - corner)])
    paeth = np.choose(distances.argmin(axis=0), [left, above, corner])
    predicted = [0 * rows, left, above, (left + above) // 2, paeth][kind]
    filtered = ((rows - predicted) % 256).astype('u1')
    return b''.join(bytes([kind]) + line.tobytes() for line in filtered)


def write_png(name, image, bits, colour, interlace, raw):
    def chunk(kind, body):
        checksum = zlib.crc32(kind + body)
        return struct.pack('>I', len(body)) + kind + body + struct.pack('>I', checksum)

    header = struct.pack('>IIBBBBB', image.shape[1], image.shape[0], bits, colour, 0, 0, interlace)
    data = zlib.compress(raw, 9)
    half = len(data) // 2
    (FOLDER / name).write_bytes(
        b'\x89PNG\r\n\x1a\n' + chunk(b'IHDR', header) + chunk(b'IDAT', data[:half])
        + chunk(b'IDAT', data[half:]) + chunk(b'IEND', b'')
    )


expected = {}


def tiff(name, pages, **options):
    with tifffile.TiffWriter(FOLDER / name, bigtiff=options.pop('bigtiff', False),
                             byteorder=options.pop('byteorder', '<')) as file:
        for page in pages:
            file.write(page, metadata=None, software=False, **options)
    with tifffile.TiffFile(FOLDER / name) as file:
        read = [page.asarray() for page in file.pages]
    if options.get('planarconfig') == 'separate':
        read = [np.moveaxis(page, 0, -1) for page in read]
    expected[name] = [describe(page) for page in read]


gray8, gray16, float32 = draw('u1'), draw('u2'), draw('f4')
rgb8, rgb16 = draw('u1', 3), draw('u2', 3)
tile = (16, 16)
tiff('strips.tif', [gray16], rowsperstrip=5)
tiff('big-endian-tiles.tif', [gray16], byteorder='>', tile=tile)
tiff('big-endian-rgb.tif', [rgb16], byteorder='>', photometric='rgb')
tiff('bigtiff-pages.tif', [gray8, gray8[::-1], gray8[:, ::-1]], bigtiff=True)
tiff('big-endian-bigtiff.tif', [float32], bigtiff=True, byteorder='>')
tiff('lzw.tif', [gray16], compression='lzw', rowsperstrip=10)
tiff('lzw-tiles-predictor.tif', [gray16], compression='lzw', predictor=2, tile=tile)
tiff('lzw-rgb-predictor.tif', [rgb8], compression='lzw', predictor=2, photometric='rgb')
tiff('lzw-noise.tif', [random.integers(0, 65536, (60, 64), dtype='u2')], compression='lzw', rowsperstrip=60)
tiff('lzw-blank.tif', [np.zeros((200, 150), 'u2')], compression='lzw', rowsperstrip=200)
tiff('deflate-big-endian-predictor.tif', [gray16], compression='zlib', predictor=2, byteorder='>')
tiff('deflate-float-predictor.tif', [float32], compression='zlib', predictor=3, rowsperstrip=7)
tiff('deflate-float-predictor-tiles.tif', [draw('f4', 3)], compression='zlib', predictor=3, tile=tile,
     photometric='rgb', byteorder='>')
tiff('packbits.tif', [gray8], compression='packbits', rowsperstrip=4)
tiff('planar-rgb.tif', [np.moveaxis(rgb16, -1, 0)], photometric='rgb', planarconfig='separate', rowsperstrip=8)
tiff('planar-rgb-tiles.tif', [np.moveaxis(rgb8, -1, 0)], photometric='rgb', planarconfig='separate', tile=tile,
     compression='zlib')
tiff('rgba.tif', [draw('u1', 4)], photometric='rgb', extrasamples=['unassalpha'])
tiff('gray-alpha.tif', [draw('u2', 2)], photometric='minisblack', extrasamples=['unassalpha'])
tiff('white-is-zero.tif', [gray8], photometric='miniswhite')
tiff('gray-palette.tif', [gray8], photometric='palette', colormap=np.tile(np.arange(256, dtype='u2') * 257, (3, 1)))
tiff('one-bit.tif', [draw('u1', bits=1).astype(bool)], photometric='miniswhite')
expected['one-bit.tif'] = [describe(tifffile.imread(FOLDER / 'one-bit.tif').astype('u1'))]

for bits in (2, 4, 6, 10, 12, 14):
    image = draw('u1' if bits <= 8 else 'u2', bits=bits)
    packed_tiff(f'packed-{bits}-bit.tif', image, bits)
    expected[f'packed-{bits}-bit.tif'] = [describe(tifffile.imread(FOLDER / f'packed-{bits}-bit.tif'))]
twelve = draw('u2', 3, bits=12)
packed_tiff('packed-12-bit-planar.tif', twelve, 12, planar=True)
assert (tifffile.imread(FOLDER / 'packed-12-bit-planar.tif') == np.moveaxis(twelve, -1, 0)).all()
expected['packed-12-bit-planar.tif'] = [describe(twelve)]

# The bits of every byte reversed, as fax machines and some scanners write them.
strip = imagecodecs.bitorder_encode(imagecodecs.zlib_encode(gray16.tobytes()))
write_tiff('reversed-bits.tif', [strip], [
    (256, [WIDTH]), (257, [HEIGHT]), (258, [16]), (259, [8]), (262, [1]), (266, [2]), (273, None),
    (277, [1]), (278, [HEIGHT]), (279, [len(strip)]),
])
expected['reversed-bits.tif'] = [describe(tifffile.imread(FOLDER / 'reversed-bits.tif'))]

# The last strip is filled up to the height of the others; tifffile does not take it, libtiff does.
high = np.vstack([gray16, np.zeros((11, WIDTH), 'u2')])
strips = [imagecodecs.zlib_encode(high[y:y + 16].tobytes()) for y in (0, 16)]
write_tiff('filled-last-strip.tif', strips, [
    (256, [WIDTH]), (257, [HEIGHT]), (258, [16]), (259, [8]), (262, [1]), (273, None),
    (277, [1]), (278, [16]), (279, [len(strip) for strip in strips]),
])
expected['filled-last-strip.tif'] = [describe(gray16)]


def png(name, image, mode=None, **options):
    picture = Image.fromarray(image) if mode is None else Image.fromarray(image).convert(mode)
    picture.save(FOLDER / name, **options)
    read = Image.open(FOLDER / name)
    if read.mode == 'P':
        read = read.convert('RGB')
    array = np.array(read)
    if array.dtype == bool:
        array = array.astype('u1') * 255
    assert array.dtype in ('u1', 'u2')
    expected[name] = [describe(array)]


png('gray8.png', gray8)
png('gray16.png', gray16)
png('gray-alpha.png', draw('u1', 2))
png('rgb.png', rgb8)
png('rgba.png', draw('u1', 4))
png('palette.png', rgb8, 'P')
png('one-bit.png', gray8, '1')
png('transparent-gray.png', gray8, transparency=7)
interlaced_png('interlaced-gray16.png', gray16)
interlaced_png('interlaced-rgb.png', rgb8)
for name in ('interlaced-gray16.png', 'interlaced-rgb.png'):
    array = np.array(Image.open(FOLDER / name))
    expected[name] = [describe(array.astype('u2') if array.dtype.itemsize == 4 else array)]
# Pillow reads colour of 16 bits as 8, so what was written stands for what is read.
rows = rgb16.astype('>u2').reshape(HEIGHT, -1).view('u1')
write_png('rgb16.png', rgb16, 16, 2, 0, filter_rows(rows, 4, 6))
expected['rgb16.png'] = [describe(rgb16)]
# Two bits a pixel; Pillow stretches them to eight.
quarter = draw('u1', bits=2)
raw = b''.join(b'\0' + bytes(imagecodecs.packints_encode(np.ascontiguousarray(row), 2)) for row in quarter)
write_png('two-bit.png', quarter, 2, 0, 0, raw)
expected['two-bit.png'] = [describe(np.array(Image.open(FOLDER / 'two-bit.png')))]

lines = [f'  {json.dumps(name)}: {json.dumps(pages)}' for name, pages in sorted(expected.items())]
(FOLDER / 'images.json').write_text('{\n' + ',\n'.join(lines) + '\n}\n')
