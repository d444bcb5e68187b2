"""Evaluates members that never saw a group on that group.

    python3 evaluate_nuclei.py --data ../shared/data --group fluo_360x360 \\
        --members fold-1.pt fold-2.pt fold-3.pt --out figures.json [--turns]

Prints and writes: F1 at IoU 0.5 and 0.7 over all objects of the group, of each member and of the
ensemble, at the scale of the truth and at the scale found without it.
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path
from typing import Any, Sequence

import numpy as np
import torch

from agreement import Agreement, compare, pooled
from checkpoint import load_nuclei
from fields import Field, read_groups
from instances import Predictor, find_diameter, label_nuclei, predict_at, predictor_of
from nuclei_network import NucleiNet


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--group", required=True)
    parser.add_argument("--members", type=Path, nargs="+", required=True)
    parser.add_argument("--temperature", type=float, default=1.0)
    parser.add_argument("--turns", action="store_true", help="also the ensemble over eight turns")
    parser.add_argument("--out", type=Path, required=True)
    options = parser.parse_args()
    torch.set_num_threads(1)
    fields = read_groups(options.data, options.group)[options.group]
    members = [load_nuclei(path) for path in options.members]
    figures = evaluate(fields, members, options.temperature, options.turns)
    options.out.parent.mkdir(parents=True, exist_ok=True)
    options.out.write_text(json.dumps(figures, indent=1) + "\n")
    for name, row in figures.items():
        print(options.group, name, row)


def evaluate(
    fields: Sequence[Field], members: Sequence[NucleiNet], temperature: float, turns: bool
) -> dict[str, Any]:
    """Figures by way of prediction: `member-1` …, `ensemble`, `ensemble-turns`."""
    ways = {f"member-{i + 1}": predictor_of([one], temperature) for i, one in enumerate(members)}
    if len(members) > 1:
        ways["ensemble"] = predictor_of(members, temperature)
    if turns:
        ways["ensemble-turns"] = predictor_of(members, temperature, turns=True)
    first = ways["member-1"]
    # The scale is found once a field, by one member: that is what the product does.
    found = [find_diameter(first, field.image) for field in fields]
    return {name: figures_of(fields, predict, found) for name, predict in ways.items()}


def figures_of(
    fields: Sequence[Field], predict: Predictor, found: Sequence[float]
) -> dict[str, Any]:
    by_truth = agreement(fields, predict, [field.diameter for field in fields])
    by_itself = agreement(fields, predict, found)
    off = np.array([d / field.diameter for d, field in zip(found, fields)])
    return {
        "truth-scale": row(by_truth),
        "found-scale": row(by_itself),
        "scale-off-by-more-than-a-quarter": int(((off > 1.25) | (off < 0.8)).sum()),
        "fields": len(fields),
    }


def agreement(
    fields: Sequence[Field], predict: Predictor, diameters: Sequence[float]
) -> Agreement:
    return pooled(
        [
            compare(
                label_nuclei(predict_at(predict, field.image, diameter), field.image.shape),
                field.labels,
            )
            for field, diameter in zip(fields, diameters)
        ]
    )


def row(found: Agreement) -> dict[str, float]:
    return {
        "f1-0.5": round(found.f1(0.5), 4),
        "f1-0.7": round(found.f1(0.7), 4),
        "truth": found.truth,
        "predicted": found.predicted,
    }


if __name__ == "__main__":
    main()
