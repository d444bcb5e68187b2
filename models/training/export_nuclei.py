"""Writes the package of one member of `nuclei`: description, weights, test tensors, card.

    python3 export_nuclei.py --weights member.pt --id nuclei-1 --version 1.0.0 \\
        --facts facts.json --test-image image.npy --out ../nuclei-1/1.0.0
"""

from __future__ import annotations

import argparse
import copy
import json
import warnings
from pathlib import Path
from typing import Any

import numpy as np
import onnx
import torch
from torch import nn
from torch.nn.utils import fuse_conv_bn_eval

import nuclei_card
from checkpoint import load_nuclei
from crops import CROP
from fields import normalise
from nuclei_description import describe
from nuclei_network import DROPOUT_RATE, ConvUnit, NucleiNet, random_dropout
from package import write_json, write_npy, write_yaml

OPSET = 13


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--weights", type=Path, required=True)
    parser.add_argument("--id", required=True)
    parser.add_argument("--version", default="1.0.0")
    parser.add_argument("--facts", type=Path, required=True, help="figures, as make.py writes them")
    parser.add_argument("--test-image", type=Path, required=True, help=".npy at network scale")
    parser.add_argument("--out", type=Path, required=True)
    options = parser.parse_args()
    torch.set_num_threads(1)
    facts = json.loads(options.facts.read_text())
    image = np.load(options.test_image)
    write_package(load_nuclei(options.weights), options.id, options.version, facts, image, options.out)


def write_package(
    network: NucleiNet,
    model_id: str,
    version: str,
    facts: dict[str, Any],
    image: np.ndarray,
    out: Path,
) -> None:
    """Everything in `out` but pictures of failures, which are drawn elsewhere."""
    out.mkdir(parents=True, exist_ok=True)
    write_onnx(folded(network), sum(network.dropout_widths), out / "weights.onnx")
    write_test_tensors(network, image, out)
    write_json(out / "ood.json", facts["ood"][model_id])
    (out / "README.md").write_text(nuclei_card.text(model_id, facts))
    write_yaml(out / "rdf.yaml", describe(model_id, version, facts, network, out))


def folded(network: nn.Module) -> nn.Module:
    """The same function with each batch normalisation inside the convolution before it."""
    plain = copy.deepcopy(network).eval()
    for unit in plain.modules():
        if isinstance(unit, ConvUnit):
            unit[0] = fuse_conv_bn_eval(unit[0], unit[1])
            unit[1] = nn.Identity()
    return plain.to(memory_format=torch.contiguous_format)


def write_onnx(network: nn.Module, dropout_columns: int, path: Path) -> None:
    """Opset 13, one file, sizes of batch and space left open; checked as it was written."""
    example = (torch.zeros(1, 1, 64, 64), torch.ones(1, dropout_columns))
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        torch.onnx.export(
            network,
            example,
            str(path),
            opset_version=OPSET,
            input_names=["image", "dropout"],
            output_names=["logits", "features"],
            dynamic_axes={
                "image": {0: "b", 2: "y", 3: "x"},
                "dropout": {0: "b"},
                "logits": {0: "b", 2: "y", 3: "x"},
                "features": {0: "b", 2: "fy", 3: "fx"},
            },
        )
    check_onnx(path)


def check_onnx(path: Path) -> None:
    """Takes out what names this machine, and refuses what the contract does not allow."""
    graph = onnx.load(str(path))
    graph.doc_string = ""
    for node in graph.graph.node:
        node.doc_string = ""
    onnx.checker.check_model(graph, full_check=True)
    if any(entry.data_location == onnx.TensorProto.EXTERNAL for entry in graph.graph.initializer):
        raise ValueError(f"{path} refers to data outside itself")
    if [(o.domain, o.version) for o in graph.opset_import] != [("", OPSET)]:
        raise ValueError(f"{path} needs other operators than opset {OPSET}")
    onnx.save(graph, str(path))


def write_test_tensors(network: NucleiNet, image: np.ndarray, out: Path) -> None:
    """Inputs before preprocessing and outputs after postprocessing, as the specification wants."""
    if image.shape != (CROP, CROP):
        raise ValueError(f"The test image must be {CROP}×{CROP}, not {image.shape}")
    generator = torch.Generator().manual_seed(11)
    dropout = random_dropout(1, network.dropout_widths, DROPOUT_RATE, generator)
    with torch.no_grad():
        logits, features = network(torch.from_numpy(normalise(image))[None, None], dropout)
    write_npy(out / "test-input-image.npy", image[None, None].astype(np.float32))
    write_npy(out / "test-input-dropout.npy", dropout.numpy())
    write_npy(out / "test-output-logits.npy", torch.softmax(logits, 1).numpy())
    write_npy(out / "test-output-features.npy", features.numpy())


if __name__ == "__main__":
    main()
