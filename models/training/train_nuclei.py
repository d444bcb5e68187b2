"""Trains one member of the ensemble `nuclei`, or one that never sees a given group.

    python3 train_nuclei.py --data ../shared/data --out member.pt --seed 1 --steps 4000
    python3 train_nuclei.py --data ../shared/data --out fold.pt --seed 1 --leave-out fluo_360x360

Equal arguments give equal weights on one machine with one thread. A run that was interrupted goes
on from its last checkpoint, `<out>.checkpoint`.
"""

from __future__ import annotations

import argparse
import copy
import math
import pickle
import time
from pathlib import Path
from typing import Any

import torch
from torch import nn
from torch.nn import functional

from crops import CropSampler, Variant, make_variants
from fields import read_groups
from nuclei_network import DROPOUT_RATE, NucleiNet, random_dropout

BATCH = 8
PEAK_RATE = 3e-3
WARM_UP = 100
SMOOTHING = 0.995
CHECKPOINT_EVERY = 500


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--steps", type=int, default=4000)
    parser.add_argument("--leave-out", help="a group that is neither seen nor looked at")
    parser.add_argument("--cache", type=Path, help="file for the prepared fields")
    options = parser.parse_args()
    torch.set_num_threads(1)
    variants = load_variants(options.data, options.cache)
    if options.leave_out is not None:
        del variants[options.leave_out]
    train(variants, options.out, options.seed, options.steps)


def load_variants(data: Path, cache: Path | None) -> dict[str, list[list[Variant]]]:
    """Every group's fields at random scales, from the cache where it is there."""
    if cache is not None and cache.exists():
        return pickle.loads(cache.read_bytes())
    variants = {name: make_variants(fields, 7) for name, fields in read_groups(data).items()}
    if cache is not None:
        cache.parent.mkdir(parents=True, exist_ok=True)
        partial = cache.with_suffix(".partial")
        partial.write_bytes(pickle.dumps(variants, protocol=5))
        partial.replace(cache)
    return variants


def train(variants: dict[str, list[list[Variant]]], out: Path, seed: int, steps: int) -> None:
    torch.manual_seed(seed)
    network = NucleiNet().to(memory_format=torch.channels_last)
    smoothed = copy.deepcopy(network)
    optimiser = torch.optim.AdamW(network.parameters(), lr=PEAK_RATE, weight_decay=1e-2)
    sampler = CropSampler(variants, seed)
    masks = torch.Generator().manual_seed(seed)
    checkpoint = out.with_suffix(out.suffix + ".checkpoint")
    first = 0
    if checkpoint.exists():
        first = restore(checkpoint, network, smoothed, optimiser, sampler, masks)
    began, losses = time.time(), []
    network.train()
    for step in range(first, steps):
        for group in optimiser.param_groups:
            group["lr"] = learning_rate(step, steps)
        losses.append(train_step(network, optimiser, sampler, masks))
        follow(smoothed, network, min(SMOOTHING, (step + 1) / (step + 10)))
        if (step + 1) % 100 == 0:
            pace = (time.time() - began) / (step + 1 - first)
            print(f"{step + 1} loss {sum(losses) / len(losses):.4f} {pace:.3f} s/step", flush=True)
            losses = []
        if (step + 1) % CHECKPOINT_EVERY == 0:
            save(checkpoint, step + 1, network, smoothed, optimiser, sampler, masks)
    out.parent.mkdir(parents=True, exist_ok=True)
    torch.save({"weights": smoothed.state_dict(), "seed": seed, "steps": steps}, out)
    checkpoint.unlink(missing_ok=True)


def learning_rate(step: int, steps: int) -> float:
    """Linear warm-up, then a cosine down to nothing."""
    if step < WARM_UP:
        return PEAK_RATE * (step + 1) / WARM_UP
    return PEAK_RATE * 0.5 * (1 + math.cos(math.pi * (step - WARM_UP) / (steps - WARM_UP)))


def train_step(
    network: NucleiNet,
    optimiser: torch.optim.Optimizer,
    sampler: CropSampler,
    masks: torch.Generator,
) -> float:
    images, targets, weights = sampler.batch(BATCH)
    dropout = random_dropout(BATCH, network.dropout_widths, DROPOUT_RATE, masks)
    with torch.autocast("cpu", dtype=torch.bfloat16):
        logits, _ = network(images.to(memory_format=torch.channels_last), dropout)
    loss = functional.cross_entropy(logits.float(), targets, reduction="none")
    mean = (loss * weights).sum() / weights.sum()
    optimiser.zero_grad(set_to_none=True)
    mean.backward()
    nn.utils.clip_grad_norm_(network.parameters(), 1.0)
    optimiser.step()
    return mean.item()


@torch.no_grad()
def follow(smoothed: nn.Module, network: nn.Module, keep: float) -> None:
    """Moves the smoothed weights towards the network's; statistics of batches are taken over."""
    for slow, fast in zip(smoothed.parameters(), network.parameters()):
        slow.lerp_(fast, 1 - keep)
    for slow, fast in zip(smoothed.buffers(), network.buffers()):
        slow.copy_(fast)


def save(
    path: Path,
    step: int,
    network: nn.Module,
    smoothed: nn.Module,
    optimiser: torch.optim.Optimizer,
    sampler: CropSampler,
    masks: torch.Generator,
) -> None:
    state: dict[str, Any] = {
        "step": step,
        "network": network.state_dict(),
        "smoothed": smoothed.state_dict(),
        "optimiser": optimiser.state_dict(),
        "random": sampler.random.bit_generator.state,
        "generator": sampler.generator.get_state(),
        "masks": masks.get_state(),
    }
    path.parent.mkdir(parents=True, exist_ok=True)
    partial = path.with_suffix(".partial")
    torch.save(state, partial)
    partial.replace(path)


def restore(
    path: Path,
    network: nn.Module,
    smoothed: nn.Module,
    optimiser: torch.optim.Optimizer,
    sampler: CropSampler,
    masks: torch.Generator,
) -> int:
    """Puts everything back as it was saved; returns the next step."""
    state = torch.load(path)
    network.load_state_dict(state["network"])
    smoothed.load_state_dict(state["smoothed"])
    optimiser.load_state_dict(state["optimiser"])
    sampler.random.bit_generator.state = state["random"]
    sampler.generator.set_state(state["generator"])
    masks.set_state(state["masks"])
    return int(state["step"])


if __name__ == "__main__":
    main()
