"""What a package says about its network: figures, calibration, novelty; measured, never typed in."""

from __future__ import annotations

import json
from datetime import datetime, timezone
from pathlib import Path
from typing import Any, Mapping, Sequence

import numpy as np
import torch

from calibration import FIELDS_PER_GROUP, calibration_errors, fit_temperature, sample_pixels
from crops import SCALE_JITTER
from fields import DIAMETER, Field, normalise, resize_image, resize_labels, spread, targets_of
from nuclei_network import STRIDE, NucleiNet
from novelty import pooled_groups, statistics
from receptive_field import reach

BBBC038 = "https://bbbc.broadinstitute.org/BBBC038"
# The groups with enough fields to be left out in turn.
EVALUATED = ("fluo_256x256", "fluo_360x360", "fluo_696x520")


def gather(
    groups: Mapping[str, Sequence[Field]],
    members: Sequence[str],
    calibrated: dict[str, Any],
    figures: dict[str, Any],
    steps: Mapping[str, int],
    ood: Mapping[str, Any],
    left_out: str | None = None,
) -> dict[str, Any]:
    """Everything that descriptions and cards of the members (trained on `groups`) quote."""
    timestamp = datetime.now(timezone.utc).replace(microsecond=0).isoformat()
    return {
        "timestamp": timestamp.replace("+00:00", "Z"),
        "fields": sum(len(fields) for fields in groups.values()),
        "nuclei": int(sum(np.unique(f.labels).size - 1 for fs in groups.values() for f in fs)),
        "left_out": left_out,
        "receptive_field": reach(),
        "temperature": calibrated["temperature"],
        "calibration": calibrated["errors"],
        "figures": figures,
        "failures": {},
        "training": {name: training_details(steps[name]) for name in members},
        "evaluations": evaluations(figures),
        "ood": dict(ood),
    }


def novelty_of(network: NucleiNet, groups: Mapping[str, Sequence[Field]]) -> dict[str, Any]:
    return statistics(pooled_groups(network, groups))


def calibrate(held_out: Mapping[str, tuple[NucleiNet, Sequence[Field]]]) -> dict[str, Any]:
    """One temperature for networks on groups they never saw, and what it does to each group."""
    random = np.random.default_rng(5)
    sampled = {
        name: pixels_of(network, fields, random) for name, (network, fields) in held_out.items()
    }
    temperature = round(fit_temperature(list(sampled.values())), 3)
    errors = {
        name: {
            "before": calibration_errors(*pixels, 1.0),
            "after": calibration_errors(*pixels, temperature),
        }
        for name, pixels in sampled.items()
    }
    return {"temperature": temperature, "errors": errors}


@torch.no_grad()
def pixels_of(
    network: NucleiNet, fields: Sequence[Field], random: np.random.Generator
) -> tuple[np.ndarray, np.ndarray]:
    """Logits [n, 3] and classes [n] of pixels of fields at the scale of their truth."""
    samples = []
    for field in spread(fields, FIELDS_PER_GROUP):
        size = [
            max(64, round(side * DIAMETER / field.diameter) // STRIDE * STRIDE)
            for side in field.image.shape
        ]
        image = resize_image(normalise(field.image), *size)
        tensor = torch.from_numpy(image)[None, None].to(memory_format=torch.channels_last)
        logits, _ = network(tensor, torch.ones(1, sum(network.dropout_widths)))
        targets = targets_of(resize_labels(field.labels, *size))
        samples.append(sample_pixels(logits[0].numpy(), targets, random))
    logits, targets = (np.concatenate(part) for part in zip(*samples))
    return logits, targets


def training_details(steps: int) -> dict[str, Any]:
    low, high = SCALE_JITTER
    return {
        "training_preprocessing": "Scale by the truth's median diameter, jittered by a factor of "
        f"{low:g} to {high:g}; turns, mirroring, rotation, stretch; gamma, contrast, uneven light, "
        "glare, blur up to gross defocus, coarser pixels, noise; empty fields.",
        "training_batch_size": 8,
        "initial_learning_rate": 3e-3,
        "learning_rate_schedule": f"100 steps of warm-up, then a cosine to 0 over {steps} steps",
        "loss_function": "cross entropy; pixels within two of two nuclei weigh three times",
        "optimizer": "AdamW",
        "optimizer_kwargs": {"weight_decay": 0.01},
        "regularization": "dropout of channels, rate 0.1; weights averaged (0.995 a step)",
    }


def evaluations(figures: dict[str, Any]) -> list[dict[str, Any]]:
    """A table a left-out group: the networks evaluated never saw it."""
    shown = ("member-1", "ensemble", "ensemble-turns")
    short = {"member-1": "single", "ensemble": "ensemble", "ensemble-turns": "ensemble+turns"}
    long = {
        "member-1": "one network",
        "ensemble": "mean of several networks",
        "ensemble-turns": "mean of several networks over eight turns and mirrorings",
    }
    tables = []
    for group, ways in figures.items():
        names = [name for name in shown if name in ways]
        measures = [
            (scale, measure)
            for scale in ("truth-scale", "found-scale")
            for measure in ("f1-0.5", "f1-0.7")
        ]
        tables.append(
            {
                "dataset_id": f"bbbc038-{group.replace('_', '-')}",
                "dataset_source": BBBC038,
                "dataset_role": "validation",
                "sample_count": ways[names[0]]["fields"],
                "evaluation_factors": [short[name] for name in names],
                "evaluation_factors_long": [long[name] for name in names],
                "metrics": [f"{m} {s.removesuffix('-scale')}" for s, m in measures],
                "metrics_long": [
                    f"F1 at an IoU of {measure.removeprefix('f1-')}, scale "
                    + ("of the truth" if scale == "truth-scale" else "found without the truth")
                    for scale, measure in measures
                ],
                "results": [[ways[name][s][m] for name in names] for s, m in measures],
                "results_summary": f"Trained on all other groups, evaluated on {group}. The rules that make "
                "objects of probabilities were chosen on part of the left-out groups.",
            }
        )
    return tables


def read_figures(folder: Path) -> dict[str, Any]:
    """Figures that `evaluate_nuclei.py` wrote, by group."""
    return {path.stem: json.loads(path.read_text()) for path in sorted(folder.glob("*.json"))}
