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
from typing import Any, Iterator, Sequence

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
    single = [predictor_of([member], temperature) for member in members]
    turned = predictor_of(members, temperature, turns=True) if turns else None
    parts: dict[str, dict[str, list[Agreement]]] = {}
    off = []
    for field in fields:
        # The scale is found once a field, by one member: that is what the product does.
        found = find_diameter(single[0], field.image)
        off.append(found / field.diameter)
        for scale, diameter in (("truth-scale", field.diameter), ("found-scale", found)):
            for way, maps in maps_of(field, diameter, single, turned):
                agreement = compare(label_nuclei(maps, field.image.shape), field.labels)
                parts.setdefault(way, {}).setdefault(scale, []).append(agreement)
    wrong = int(sum(ratio > 1.25 or ratio < 0.8 for ratio in off))
    return {
        way: {
            **{scale: row(pooled(agreements)) for scale, agreements in scales.items()},
            "scale-off-by-more-than-a-quarter": wrong,
            "fields": len(fields),
        }
        for way, scales in parts.items()
    }


def maps_of(
    field: Field, diameter: float, single: Sequence[Predictor], turned: Predictor | None
) -> Iterator[tuple[str, np.ndarray]]:
    """Probabilities of the field at one scale, by each way of prediction."""
    maps = [predict_at(predict, field.image, diameter) for predict in single]
    yield from ((f"member-{i + 1}", one) for i, one in enumerate(maps))
    if len(maps) > 1:
        yield "ensemble", np.mean(maps, axis=0)
    if turned is not None:
        yield "ensemble-turns", predict_at(turned, field.image, diameter)


def row(found: Agreement) -> dict[str, float]:
    return {
        "f1-0.5": round(found.f1(0.5), 4),
        "f1-0.7": round(found.f1(0.7), 4),
        "truth": found.truth,
        "predicted": found.predicted,
    }


if __name__ == "__main__":
    main()
