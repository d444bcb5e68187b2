"""Trains `phenotype-embedding` without labels: views of one nucleus should fall together (SimCLR).

    python3 train_embedding.py --data ../shared/data --outlines member.pt --out embedding.pt

`--leave-out` keeps an experiment away, for evaluation on it. Half of each batch comes from one
experiment, so that telling experiments apart is not enough: nuclei of one must be told apart too.
"""

from __future__ import annotations

import argparse
import copy
import pickle
import time
from pathlib import Path

import numpy as np
import torch
from torch import Tensor
from torch.nn import functional

from checkpoint import load_nuclei
from embedding_crops import CropSet, collect, random_view
from embedding_network import EmbeddingNet
from train_nuclei import follow, learning_rate

BATCH = 64
TEMPERATURE = 0.15
SMOOTHING = 0.995


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--outlines", type=Path, required=True, help="weights of a nuclei member")
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--steps", type=int, default=800)
    parser.add_argument("--leave-out", nargs="*", default=[], help="experiments never seen")
    parser.add_argument("--cache", type=Path, help="file for the crops")
    options = parser.parse_args()
    torch.set_num_threads(1)
    sets = load_crops(options.data, options.outlines, options.cache)
    seen = {name: crops for name, crops in sets.items() if name not in options.leave_out}
    train(seen, options.out, options.seed, options.steps)


def load_crops(data: Path, outlines: Path, cache: Path | None) -> dict[str, CropSet]:
    """Crops of every experiment, from the cache where it is there."""
    if cache is not None and cache.exists():
        return pickle.loads(cache.read_bytes())
    sets = collect(data, load_nuclei(outlines))
    if cache is not None:
        cache.parent.mkdir(parents=True, exist_ok=True)
        cache.write_bytes(pickle.dumps(sets, protocol=5))
    return sets


def train(sets: dict[str, CropSet], out: Path, seed: int, steps: int) -> None:
    torch.manual_seed(seed)
    random = np.random.default_rng(seed)
    generator = torch.Generator().manual_seed(seed)
    network = EmbeddingNet().to(memory_format=torch.channels_last)
    smoothed = copy.deepcopy(network)
    optimiser = torch.optim.AdamW(network.parameters(), weight_decay=1e-2)
    names = sorted(sets)
    # Small experiments come up less often, but more often than by their number of crops.
    shares = np.sqrt([len(sets[name].crops) for name in names])
    shares /= shares.sum()
    network.train()
    began, losses = time.time(), []
    for step in range(steps):
        for group in optimiser.param_groups:
            group["lr"] = 0.5 * learning_rate(step, steps)
        crops = draw(sets, names, shares, random)
        losses.append(train_step(network, optimiser, crops, random, generator))
        follow(smoothed, network, min(SMOOTHING, (step + 1) / (step + 10)))
        if (step + 1) % 100 == 0:
            pace = (time.time() - began) / (step + 1)
            print(f"{step + 1} loss {np.mean(losses):.4f} {pace:.3f} s/step", flush=True)
            losses = []
    out.parent.mkdir(parents=True, exist_ok=True)
    torch.save({"weights": smoothed.state_dict(), "seed": seed, "steps": steps}, out)


def draw(
    sets: dict[str, CropSet], names: list[str], shares: np.ndarray, random: np.random.Generator
) -> np.ndarray:
    """Half a batch from one experiment, the other half from all; no crop twice."""
    one = random.choice(len(names), p=shares)
    picked = {one: min(BATCH // 2, len(sets[names[one]].crops) // 2)}
    for other in random.choice(len(names), BATCH // 2, p=shares):
        picked[other] = picked.get(other, 0) + 1
    parts = []
    for index, count in picked.items():
        crops = sets[names[index]].crops
        chosen = random.choice(len(crops), min(count, len(crops)), replace=False)
        parts.append(crops[chosen])
    return np.concatenate(parts)


def train_step(
    network: EmbeddingNet,
    optimiser: torch.optim.Optimizer,
    crops: np.ndarray,
    random: np.random.Generator,
    generator: torch.Generator,
) -> float:
    views = torch.cat([random_view(crops, random, generator) for _ in range(2)])
    with torch.autocast("cpu", dtype=torch.bfloat16):
        embedding, _ = network(views.to(memory_format=torch.channels_last))
    loss = contrast(functional.normalize(embedding.float(), dim=1))
    optimiser.zero_grad(set_to_none=True)
    loss.backward()
    optimiser.step()
    return loss.item()


def contrast(embedding: Tensor) -> Tensor:
    """NT-Xent (Chen et al. 2020): row i and row i + n are views of one crop."""
    count = len(embedding) // 2
    similarity = embedding @ embedding.T / TEMPERATURE
    similarity.fill_diagonal_(-1e9)
    partner = torch.arange(2 * count).roll(count)
    return functional.cross_entropy(similarity, partner)


if __name__ == "__main__":
    main()
