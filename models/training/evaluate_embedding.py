"""Evaluates an embedding that never saw some experiments on those.

    python3 evaluate_embedding.py --data ../shared/data --outlines member.pt \\
        --weights held-out.pt --out figures.json

Held out are one BBBC038 group and both planes of BBBC006 (the same cells in focus and grossly out
of focus). References, of which nearest neighbours are taken, are crops of the other experiments.
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path

import cv2
import numpy as np
import torch
from scipy.stats import rankdata

from checkpoint import load_embedding
from embedding_crops import CropSet, crops_of, plain_view
from embedding_network import EmbeddingNet
from fields import read_groups
from train_embedding import load_crops

HELD_OUT = ("fluo_360x360", "bbbc006_z10_near_focus", "bbbc006_z00_out_of_focus")
NEIGHBOURS = 5
REFERENCES = 150
DEFOCUS = 3.0


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--outlines", type=Path, required=True)
    parser.add_argument("--weights", type=Path, required=True, help="trained without HELD_OUT")
    parser.add_argument("--cache", type=Path)
    parser.add_argument("--out", type=Path, required=True)
    options = parser.parse_args()
    torch.set_num_threads(1)
    sets = load_crops(options.data, options.outlines, options.cache)
    figures = evaluate(load_embedding(options.weights), sets, options.data)
    options.out.parent.mkdir(parents=True, exist_ok=True)
    options.out.write_text(json.dumps(figures, indent=1) + "\n")
    print(json.dumps(figures, indent=1))


def evaluate(network: EmbeddingNet, sets: dict[str, CropSet], data: Path) -> dict[str, float]:
    random = np.random.default_rng(2)
    picked = {name: some(crops, random) for name, crops in sets.items()}
    vectors = {name: embed(network, crops.crops) for name, crops in picked.items()}
    known = [name for name in sorted(vectors) if name not in HELD_OUT]
    references = np.concatenate([vectors[name] for name in known])
    usual = distance(vectors["fluo_360x360"], references)
    figures = {
        "experiment-by-neighbours": retrieval(picked, vectors),
        "focus-by-neighbours": focus_accuracy(network, picked, vectors, known),
    }
    novel = {"defocused": vectors["bbbc006_z00_out_of_focus"]}
    for prefix in ("stained_", "brightfield_"):
        crops = [
            crop
            for fields in read_groups(data, prefix).values()
            for field in fields[:12]
            for crop in crops_of(field, random)
        ]
        chosen = random.choice(len(crops), min(len(crops), 2 * REFERENCES), replace=False)
        novel[prefix.rstrip("_")] = embed(network, np.stack(crops)[chosen])
    for name, found in novel.items():
        figures[f"novelty-auroc-{name}"] = auroc(distance(found, references), usual)
    return {name: round(value, 4) for name, value in figures.items()}


def some(crops: CropSet, random: np.random.Generator) -> CropSet:
    count = min(len(crops.crops), REFERENCES)
    chosen = random.choice(len(crops.crops), count, replace=False)
    return CropSet(crops.crops[chosen], crops.field[chosen])


@torch.no_grad()
def embed(network: EmbeddingNet, crops: np.ndarray) -> np.ndarray:
    """Embeddings [n, 64] of the middles of wide crops."""
    parts = [network(view)[0].numpy() for view in torch.split(plain_view(crops), 128)]
    return np.concatenate(parts)


def distance(vectors: np.ndarray, references: np.ndarray) -> np.ndarray:
    """Mean of 1 − cosine over the nearest references."""
    nearest = np.sort(1 - vectors @ references.T, axis=1)[:, :NEIGHBOURS]
    return nearest.mean(1)


def retrieval(picked: dict[str, CropSet], vectors: dict[str, np.ndarray]) -> float:
    """Share of crops of experiments with several fields whose neighbours in *other* fields are
    mostly of the same experiment; experiments weigh alike."""
    names = [name for name in sorted(vectors) if len(np.unique(picked[name].field)) > 1]
    stacked = np.concatenate([vectors[name] for name in names])
    of = np.concatenate([np.full(len(vectors[name]), i) for i, name in enumerate(names)])
    field = np.concatenate([picked[name].field for name in names])
    similarity = stacked @ stacked.T
    similarity[(of[:, None] == of) & (field[:, None] == field)] = -2
    neighbours = of[np.argsort(-similarity, axis=1)[:, :NEIGHBOURS]]
    right = (neighbours == of[:, None]).mean(1) > 0.5
    return float(np.mean([right[of == i].mean() for i in range(len(names))]))


def focus_accuracy(
    network: EmbeddingNet,
    picked: dict[str, CropSet],
    vectors: dict[str, np.ndarray],
    known: list[str],
) -> float:
    """Balanced accuracy of telling BBBC006 in focus from out of focus by neighbours in other
    experiments, half of which were put out of focus by a Gaussian blur."""
    sharp = np.concatenate([vectors[name] for name in known])
    blurred = np.concatenate([embed(network, defocus(picked[name].crops)) for name in known])
    references = np.concatenate([sharp, blurred])
    out_of_focus = np.arange(len(references)) >= len(sharp)
    rates = []
    for name, truth in (("bbbc006_z10_near_focus", False), ("bbbc006_z00_out_of_focus", True)):
        order = np.argsort(-(vectors[name] @ references.T), axis=1)[:, :NEIGHBOURS]
        rates.append(((out_of_focus[order].mean(1) > 0.5) == truth).mean())
    return float(np.mean(rates))


def defocus(crops: np.ndarray) -> np.ndarray:
    blurred = [cv2.GaussianBlur(crop.astype(np.float32), (0, 0), DEFOCUS) for crop in crops]
    return np.stack(blurred).astype(np.float16)


def auroc(positive: np.ndarray, negative: np.ndarray) -> float:
    """Chance that a positive ranks above a negative (Mann and Whitney)."""
    ranks = rankdata(np.concatenate([positive, negative]))[: len(positive)]
    return float((ranks.sum() / len(positive) - (len(positive) + 1) / 2) / len(negative))


if __name__ == "__main__":
    main()
