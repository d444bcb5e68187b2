"""Steps of the BioImage Model Zoo's pre- and post-processing, by numpy.

    python3 test/golden/infer/make_processing.py > test/golden/infer/processing.json

Formulas of specification 0.5 and of bioimageio.core (proc_ops.py), in float64 from float32 inputs. Made with numpy 1.24.2.
"""
import json
import sys

import numpy as np

rng = np.random.default_rng(7)
NAMES = ["batch", "channel", "y", "x"]


def tensor(shape, low=0, high=4000, digits=2):
    return (rng.random(shape) * (high - low) + low).round(digits).astype(np.float32)


def places(axes, names):
    return tuple(range(len(axes))) if names is None else tuple(axes.index(n) for n in names if n in axes)


def along(values, axes, axis):
    if axis is None:
        return values if np.isscalar(values) else values[0]
    if np.isscalar(values):
        return values
    shape = [1] * len(axes)
    shape[axes.index(axis)] = len(values)
    return np.array(values, float).reshape(shape)


def apply(t, axes, step, named):
    id = step["id"]
    x = t.astype(float)
    if id == "binarize":
        return (t > along(step["threshold"], axes, step["axis"])).astype(float)
    if id == "clip":
        return np.clip(x, step["min"], step["max"])
    if id == "ensure_dtype":
        return t.astype(step["dtype"]).astype(float)
    if id == "scale_linear":
        return x * along(step["gain"], axes, step["axis"]) + along(step["offset"], axes, step["axis"])
    if id == "sigmoid":
        return 1 / (1 + np.exp(-x))
    if id == "softmax":
        e = np.exp(x - x.max(axis=axes.index(step["axis"]), keepdims=True))
        return e / e.sum(axis=axes.index(step["axis"]), keepdims=True)
    if id == "fixed_zero_mean_unit_variance":
        return (x - along(step["mean"], axes, step["axis"])) / (along(step["std"], axes, step["axis"]) + 1e-6)
    over = places(axes, step["axes"])
    if id == "zero_mean_unit_variance":
        return (x - x.mean(over, keepdims=True)) / (x.std(over, keepdims=True) + step["eps"])
    if id == "scale_range":
        r = x if step["reference"] is None else named[step["reference"]].astype(float)
        lower, upper = np.percentile(r, [step["minPercentile"], step["maxPercentile"]], axis=over, keepdims=True)
        return (x - lower) / (upper - lower + step["eps"])
    if id == "scale_mean_variance":
        r = named[step["reference"]].astype(float)
        own = (x - x.mean(over, keepdims=True)) / (x.std(over, keepdims=True) + step["eps"])
        return own * (r.std(over, keepdims=True) + step["eps"]) + r.mean(over, keepdims=True)
    raise ValueError(id)


cases = []


def case(name, t, axes, step, named=None):
    named = named or {}
    out = apply(t, axes, step, named)
    assert out.shape == t.shape
    cases.append(
        {
            "name": name,
            "dims": t.shape,
            "axes": axes,
            "data": [float(v) for v in t.ravel()],
            "step": step,
            "named": {k: {"dims": v.shape, "data": [float(x) for x in v.ravel()]} for k, v in named.items()},
            "expected": [float(np.float32(v)) for v in out.ravel()],
        }
    )


image = tensor((2, 3, 5, 4))
last = tensor((2, 5, 4, 3))
LAST = ["batch", "y", "x", "channel"]
logits = tensor((1, 4, 3, 3), -30, 30)

case("binarize at one threshold", image, NAMES, {"id": "binarize", "threshold": 1000.5, "axis": None})
case("binarize a channel", image, NAMES, {"id": "binarize", "threshold": [500, 1000, 3000], "axis": "channel"})
case("clip", image, NAMES, {"id": "clip", "min": 100, "max": 2000})
case("clip from below", image, NAMES, {"id": "clip", "min": 1500, "max": None})
case("scale_linear", image, NAMES, {"id": "scale_linear", "gain": 0.25, "offset": -3, "axis": None})
case("scale_linear a channel", last, LAST, {"id": "scale_linear", "gain": [1, 2, -3], "offset": [0, -100.5, 7], "axis": "channel"})
case("scale_linear gain alone along rows", image, NAMES, {"id": "scale_linear", "gain": [1, 2, 3, 4, 5], "offset": 1, "axis": "y"})
case("sigmoid", logits, NAMES, {"id": "sigmoid"})
case("softmax over channels", logits, NAMES, {"id": "softmax", "axis": "channel"})
case("softmax over the last axis", last / 500, LAST, {"id": "softmax", "axis": "channel"})
case("softmax of large logits", logits * 1000, NAMES, {"id": "softmax", "axis": "channel"})
case("fixed mean and deviation", image, NAMES, {"id": "fixed_zero_mean_unit_variance", "mean": 103.5, "std": 13.7, "axis": None})
case("fixed a channel", image, NAMES, {"id": "fixed_zero_mean_unit_variance", "mean": [1, 2, 3], "std": [0.01, 4, 5], "axis": "channel"})
for axes in [None, ["y", "x"], ["channel", "y", "x"], ["batch", "y", "x"], ["x"]]:
    case(f"zero mean over {axes}", image, NAMES, {"id": "zero_mean_unit_variance", "axes": axes, "eps": 1e-6})
    case(f"range over {axes}", image, NAMES, {"id": "scale_range", "axes": axes, "minPercentile": 1, "maxPercentile": 99.8, "eps": 1e-6, "reference": None})
case("zero mean with channels last", last, LAST, {"id": "zero_mean_unit_variance", "axes": ["y", "x"], "eps": 0.01})
case("zero mean far from 0", image + np.float32(60000), NAMES, {"id": "zero_mean_unit_variance", "axes": ["y", "x"], "eps": 1e-6})
case("zero mean of one image without batch", image[0], NAMES[1:], {"id": "zero_mean_unit_variance", "axes": ["batch", "y", "x"], "eps": 1e-6})
case("range with channels last", last, LAST, {"id": "scale_range", "axes": ["y", "x"], "minPercentile": 3, "maxPercentile": 50, "eps": 0.1, "reference": None})
case("range of a constant", np.full((1, 1, 3, 3), 5, np.float32), NAMES, {"id": "scale_range", "axes": None, "minPercentile": 0, "maxPercentile": 100, "eps": 1e-6, "reference": None})
raw = tensor((2, 3, 6, 2))
case("range of a reference", image, NAMES, {"id": "scale_range", "axes": ["y", "x"], "minPercentile": 10, "maxPercentile": 90, "eps": 1e-6, "reference": "raw"}, {"raw": raw})
for axes in [None, ["y", "x"], ["batch", "y", "x"]]:
    case(f"mean and variance of a reference over {axes}", image, NAMES, {"id": "scale_mean_variance", "axes": axes, "eps": 1e-6, "reference": "raw"}, {"raw": raw})

whole = np.array([[-3.7, -0.5, 0, 0.5, 1.5, 2.999, 254.9, 255, 100.2]], np.float32)
for dtype in ["float32", "float64", "uint8", "int8", "uint16", "int16", "uint32", "int32", "int64", "bool"]:
    # What numpy makes of a value outside the range is left to the compiler for negative and large ones.
    values = whole[:, 2:] if dtype.startswith("u") else whole[:, :6] if dtype == "int8" else whole
    case(f"as {dtype}", values, ["y", "x"], {"id": "ensure_dtype", "dtype": dtype})
case("wrapped to uint8", np.array([[256, 300.7, 511, 512, 65535, -1, -2.5, -256]], np.float32), ["y", "x"], {"id": "ensure_dtype", "dtype": "uint8"})
case("wrapped to int8", np.array([[127, 128, 200, 256, -129]], np.float32), ["y", "x"], {"id": "ensure_dtype", "dtype": "int8"})
case("wrapped to uint16", np.array([[65536, 70000.5, -1]], np.float32), ["y", "x"], {"id": "ensure_dtype", "dtype": "uint16"})
halves = np.concatenate(
    [
        tensor((1, 40), -70000 / 2, 70000 / 2),
        tensor((1, 20), -1, 1, 7),
        (tensor((1, 12), 0, 1, 7) * np.float32(2**-15)).astype(np.float32),
        np.array([[65504, 65519, 2049, 2051, 2**-24, 2**-25, 1.5 * 2**-24, 0, -0.0, 1 / 3]], np.float32),
    ],
    axis=1,
)
case("as float16", halves, ["y", "x"], {"id": "ensure_dtype", "dtype": "float16"})

json.dump(cases, sys.stdout)
print()
