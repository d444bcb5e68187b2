"""Writes the package `phenotype-embedding`; trains and evaluates it first where that is left to do.

It ships as it was evaluated: what it was measured on, it was never trained on.
"""

from __future__ import annotations

import json
import subprocess
import sys
import warnings
from datetime import datetime, timezone
from pathlib import Path
from typing import Any

import numpy as np
import torch
from torch import nn

import embedding_card
from checkpoint import load_embedding
from embedding_crops import CropSet, crops_of, plain_view
from embedding_description import describe
from embedding_network import EmbeddingNet
from evaluate_embedding import HELD_OUT, NEIGHBOURS, distance, embed
from export_nuclei import OPSET, check_onnx, folded
from fields import normalise
from novelty import QUANTILES
from package import write_json, write_npy, write_yaml
from simulated import simulate
from train_embedding import load_crops

HERE = Path(__file__).resolve().parent
# Crops of an experiment that others are compared with, and from which distances are learnt.
REFERENCES_PER_GROUP = 60


def write_embedding_package(data: Path, outlines: Path, work: Path, version: str, out: Path) -> None:
    """`outlines`: weights of a nuclei network, for collections without labels."""
    cache = work / "embedding-crops.pickle"
    shared = ["--data", data, "--outlines", outlines, "--cache", cache]
    weights = work / "weights" / "phenotype-embedding.pt"
    figures = work / "embedding.json"
    if not weights.exists():
        run("train_embedding.py", *shared, "--out", weights, "--leave-out", *HELD_OUT)
    if not figures.exists():
        run("evaluate_embedding.py", *shared, "--weights", weights, "--out", figures)
    sets = {n: crops for n, crops in load_crops(data, outlines, cache).items() if n not in HELD_OUT}
    now = datetime.now(timezone.utc).replace(microsecond=0).isoformat()
    facts = {
        "timestamp": now.replace("+00:00", "Z"),
        "crops": {name: len(crops.crops) for name, crops in sets.items()},
        "figures": json.loads(figures.read_text()),
    }
    crop = example(work)
    write_files(load_embedding(weights), sets, crop, version, facts, out)
    print(f"{out} is written", flush=True)


def example(work: Path) -> np.ndarray:
    """A normalised crop [64, 64] of a simulated nucleus."""
    fields = simulate(work / "simulated")
    crops = [crop for field in fields for crop in crops_of(field, np.random.default_rng(0))]
    return plain_view(np.stack(crops[:1])).numpy()[0, 0]


def write_files(
    network: EmbeddingNet,
    sets: dict[str, CropSet],
    crop: np.ndarray,
    version: str,
    facts: dict[str, Any],
    out: Path,
) -> None:
    out.mkdir(parents=True, exist_ok=True)
    write_onnx(folded(network), out / "weights.onnx")
    with torch.no_grad():
        embedding, features = network(torch.from_numpy(normalise(crop))[None, None])
    write_npy(out / "test-input-crop.npy", crop[None, None])
    write_npy(out / "test-output-embedding.npy", embedding.numpy())
    write_npy(out / "test-output-features.npy", features.numpy())
    write_json(out / "ood.json", novelty_statistics(network, sets))
    (out / "README.md").write_text(embedding_card.text(facts))
    write_yaml(out / "rdf.yaml", describe(version, facts, network, out))


def write_onnx(network: nn.Module, path: Path) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        torch.onnx.export(
            network,
            (torch.zeros(2, 1, 64, 64),),
            str(path),
            opset_version=OPSET,
            input_names=["crop"],
            output_names=["embedding", "features"],
            dynamic_axes={name: {0: "b"} for name in ("crop", "embedding", "features")},
        )
    check_onnx(path)


def novelty_statistics(network: EmbeddingNet, sets: dict[str, CropSet]) -> dict[str, Any]:
    """What `ood.json` says of embeddings.

    Distances that are usual are those of each experiment's crops to the other experiments.
    """
    random = np.random.default_rng(4)
    vectors = {
        name: embed(network, crops.crops[sample(len(crops.crops), random)]).astype(float)
        for name, crops in sets.items()
    }
    everything = np.concatenate(list(vectors.values()))
    covariance = shrunken(everything)
    by_mean, by_neighbours = [], []
    for name, own in vectors.items():
        rest = np.concatenate([rows for other, rows in vectors.items() if other != name])
        off = own - rest.mean(0)
        by_mean.append(np.sqrt(np.einsum("ij,ij->i", off, np.linalg.solve(shrunken(rest), off.T).T)))
        by_neighbours.append(distance(own, rest))
    return {
        "format": 1,
        "features": "embedding",
        "pool": "mean",
        "weights": "none",
        "mean": digits(everything.mean(0)),
        "covariance": [digits(row) for row in covariance],
        "quantiles": quantiles(by_mean),
        "neighbours": {
            "k": NEIGHBOURS,
            "vectors": [digits(row) for row in everything],
            "quantiles": quantiles(by_neighbours),
        },
    }


def sample(count: int, random: np.random.Generator) -> np.ndarray:
    return random.choice(count, min(count, REFERENCES_PER_GROUP), replace=False)


def shrunken(rows: np.ndarray, share: float = 0.1) -> np.ndarray:
    covariance = np.cov(rows, rowvar=False, bias=True)
    sphere = np.eye(len(covariance)) * np.trace(covariance) / len(covariance)
    return (1 - share) * covariance + share * sphere


def quantiles(parts: list[np.ndarray]) -> dict[str, list[float]]:
    distances = np.quantile(np.concatenate(parts), QUANTILES)
    return {"p": list(QUANTILES), "distance": digits(distances)}


def digits(values: np.ndarray) -> list[float]:
    return [float(f"{value:.7g}") for value in values]


def run(script: str, *arguments: object) -> None:
    subprocess.run([sys.executable, str(HERE / script), *map(str, arguments)], cwd=HERE, check=True)
