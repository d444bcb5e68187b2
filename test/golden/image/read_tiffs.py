"""What tifffile reads in the TIFFs that write-tiffs.ts wrote.

    node test/golden/image/write-tiffs.ts && python3 test/golden/image/read_tiffs.py

Writes tiffs.json beside itself. Warnings of tifffile are errors. Made with tifffile 2023.2.3.
"""
import json
import logging
import pathlib

import tifffile

HERE = pathlib.Path(__file__).parent


class Refuse(logging.Handler):
    def emit(self, record):
        raise ValueError(record.getMessage())


logging.getLogger("tifffile").addHandler(Refuse())
found = {}
for path in sorted(HERE.glob("*.tif")):
    with tifffile.TiffFile(path) as file:
        (page,) = file.pages
        pixels = page.asarray()
        found[path.stem] = {
            "type": str(pixels.dtype),
            "rows": pixels.tolist(),
            "description": page.description,
        }
(HERE / "tiffs.json").write_text(json.dumps(found) + "\n")
