"""Makes arrays in all the forms that NumPy writes, and what they hold.

    /usr/bin/python3 test/golden/infer/npy_arrays.py
"""

import base64
import io
import json
from pathlib import Path

import numpy as np
from numpy.lib import format as npy

HERE = Path(__file__).parent


def write(array, version=None):
    buffer = io.BytesIO()
    npy.write_array(buffer, array, version=version)
    return buffer.getvalue()


def value(number):
    number = number.item()
    return str(number) if isinstance(number, float) or abs(number) > 2**53 else int(number)


def describe(name, array, version=None):
    # What a single-precision, row-major reader is to find.
    single = array.astype(np.float32).ravel(order="C")
    return {
        "name": name,
        "file": base64.b64encode(write(array, version)).decode(),
        "dtype": array.dtype.newbyteorder("=").name,
        "dims": list(array.shape),
        "fortran": bool(array.flags.f_contiguous and not array.flags.c_contiguous),
        "inFile": [value(v) for v in array.ravel(order="K")],
        "single": base64.b64encode(single.astype("<f4").tobytes()).decode(),
    }


def arrays():
    rng = np.random.default_rng(3)
    for order in "<>":
        for code in ["f2", "f4", "f8", "u1", "u2", "u4", "u8", "i1", "i2", "i4", "i8"]:
            dtype = np.dtype(order + code)
            if code[0] == "f":
                values = rng.normal(size=(2, 3, 4)) * 100
            else:
                limits = np.iinfo(dtype)
                values = rng.integers(
                    limits.min, limits.max, (2, 3, 4), dtype=dtype.newbyteorder("="), endpoint=True
                )
            yield f"{order}{code}", values.astype(dtype), None
    yield "bool", rng.integers(0, 2, (3, 5)).astype(bool), None
    yield "fortran", np.asfortranarray(rng.normal(size=(2, 3, 4, 5)).astype(np.float32)), None
    yield "fortran big-endian", np.asfortranarray(np.arange(24).reshape(2, 3, 4).astype(">i2")), None
    yield "half extremes", np.array([0.0, -0.0, 6e-8, 65504, -65504, np.inf, -np.inf, np.nan], "f2"), None
    yield "a number alone", np.array(3.5, np.float32), None
    yield "one axis", np.arange(7, dtype=np.uint16), None
    yield "empty", np.zeros((0, 3), np.float32), None
    yield "version 2", np.arange(6, dtype=np.float32).reshape(2, 3), (2, 0)
    yield "version 3", np.arange(6, dtype=np.float32).reshape(2, 3), (3, 0)


def refused():
    yield "text", write(np.array(["ab", "c"]))
    yield "complex", write(np.array([1 + 2j]))
    yield "records", write(np.zeros(2, dtype=[("a", "<f4"), ("b", "<i2")]))
    yield "dates", write(np.array(["2020-01-01"], "M8[D]"))
    buffer = io.BytesIO()
    npy.write_array(buffer, np.array([{"a": 1}], dtype=object), allow_pickle=True)
    yield "objects", buffer.getvalue()


cases = [describe(*case) for case in arrays()]
bad = [{"name": n, "file": base64.b64encode(f).decode()} for n, f in refused()]
lines = [json.dumps(case) for case in cases], [json.dumps(case) for case in bad]
(HERE / "npy_arrays.json").write_text(
    '{"arrays": [\n' + ",\n".join(lines[0]) + '\n], "refused": [\n' + ",\n".join(lines[1]) + "\n]}\n"
)
