"""Makes all packages of Parfocal's own networks again, from data, on a CPU.

    python3 models/training/make.py --data ../shared/data
    python3 models/training/make.py --data ../shared/data --leave-out fluo_360x360 --out somewhere

The first makes `models/nuclei-{1,2,3}` and `models/phenotype-embedding`, with figures from networks
that never saw the group they are measured on. The second makes only nuclei-{1,2,3}, without one
group, below `--out`: to evaluate the whole product on that group. What is in `--work` already is
not made again, so that an interrupted run goes on where it was.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import torch

from checkpoint import load_nuclei, steps_of
from draw_failures import draw_failures
from export_embedding import write_embedding_package
from export_nuclei import write_package
from facts import EVALUATED, calibrate, gather, novelty_of, read_figures
from fields import Field, read_groups
from instances import predictor_of
from nuclei_network import NucleiNet
from simulated import simulate, test_image

HERE = Path(__file__).resolve().parent
MODELS = HERE.parent


@dataclass(frozen=True)
class Plan:
    data: Path
    work: Path
    out: Path
    version: str
    steps: int
    fold_steps: int
    members: int
    fold_members: int
    leave_out: str | None

    def weights(self, leave_out: str | None, member: int) -> Path:
        name = f"nuclei-{member}" if leave_out is None else f"{leave_out}-{member}"
        return self.work / "weights" / f"{name}.pt"

    def numbers(self) -> range:
        return range(1, self.members + 1)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True, help="the folder with nuclei/ and focus/")
    parser.add_argument("--leave-out", help="a group that the networks must never see")
    parser.add_argument("--out", type=Path, default=MODELS)
    parser.add_argument("--work", type=Path, default=Path(tempfile.gettempdir()) / "parfocal-training")
    parser.add_argument("--version", default="1.0.0")
    parser.add_argument("--steps", type=int, default=2400, help="of members that see everything")
    parser.add_argument("--fold-steps", type=int, default=1500, help="of members that miss a group")
    parser.add_argument("--members", type=int, default=3)
    parser.add_argument("--fold-members", type=int, default=3, help="for figures of ensembles")
    options = parser.parse_args()
    if options.leave_out is not None and options.out.resolve() == MODELS:
        parser.error("--leave-out needs another --out: these networks are not the ones to ship")
    torch.set_num_threads(1)
    plan = Plan(**{**vars(options), "data": options.data.resolve(), "work": options.work.resolve()})
    groups = read_groups(plan.data)
    if plan.leave_out is None:
        make_all(plan, groups)
    else:
        make_fold(plan, groups, plan.leave_out)


def make_all(plan: Plan, groups: dict[str, list[Field]]) -> None:
    for member in plan.numbers():
        train(plan, None, member, plan.steps)
    for member in range(1, plan.fold_members + 1):
        for group in EVALUATED:
            train(plan, group, member, plan.fold_steps)
    calibrated = calibration(plan, groups)
    for group in EVALUATED:
        evaluate(plan, group, calibrated["temperature"])
    figures = read_figures(plan.work / "figures")
    members = {f"nuclei-{n}": load_nuclei(plan.weights(None, n)) for n in plan.numbers()}
    steps = {f"nuclei-{n}": steps_of(plan.weights(None, n)) for n in plan.numbers()}
    ood = novelty(plan, members, groups)
    facts = gather(groups, list(members), calibrated, figures, steps, ood)
    drawn = plan.work / "failures"
    held_out = {
        group: (predictor_of([load_nuclei(plan.weights(group, 1))]), groups[group])
        for group in EVALUATED
    }
    simulated = simulate(plan.work / "simulated")
    held_out["simulated"] = (predictor_of([members["nuclei-1"]]), simulated)
    facts["failures"] = draw_failures(drawn, held_out)
    for model_id, network in members.items():
        out = plan.out / model_id / plan.version
        write_package(network, model_id, plan.version, facts, test_image(simulated), out)
        pictures = out / "failures"
        pictures.mkdir(exist_ok=True)
        for name in facts["failures"]:
            (pictures / name).write_bytes((drawn / name).read_bytes())
        print(f"{out} is written", flush=True)
    out = plan.out / "phenotype-embedding" / plan.version
    write_embedding_package(plan.data, plan.weights(None, 1), plan.work, plan.version, out)


def make_fold(plan: Plan, groups: dict[str, list[Field]], group: str) -> None:
    for member in plan.numbers():
        train(plan, group, member, plan.fold_steps)
    calibrated = calibration(plan, groups, group)
    figures = evaluate(plan, group, calibrated["temperature"])
    members = {f"nuclei-{n}": load_nuclei(plan.weights(group, n)) for n in plan.numbers()}
    seen = {name: fields for name, fields in groups.items() if name != group}
    steps = {f"nuclei-{n}": steps_of(plan.weights(group, n)) for n in plan.numbers()}
    ood = novelty(plan, members, seen)
    facts = gather(seen, list(members), calibrated, {group: figures}, steps, ood, left_out=group)
    image = test_image(simulate(plan.work / "simulated"))
    for model_id, network in members.items():
        out = plan.out / model_id / plan.version
        write_package(network, model_id, plan.version, facts, image, out)
        print(f"{out} is written", flush=True)


def train(plan: Plan, leave_out: str | None, member: int, steps: int) -> None:
    out = plan.weights(leave_out, member)
    if out.exists():
        return
    print(f"Training {out.stem}: {steps} steps", flush=True)
    extra = [] if leave_out is None else ["--leave-out", leave_out]
    run(
        "train_nuclei.py",
        *("--data", plan.data, "--cache", plan.work / "variants.pickle", "--out", out),
        *("--seed", member, "--steps", steps, *extra),
    )


def evaluate(plan: Plan, group: str, temperature: float) -> dict[str, Any]:
    out = plan.work / "figures" / f"{group}.json"
    if not out.exists():
        members = [plan.weights(group, n) for n in plan.numbers() if plan.weights(group, n).exists()]
        run(
            "evaluate_nuclei.py",
            *("--data", plan.data, "--group", group, "--out", out),
            *("--temperature", temperature, "--members", *members),
        )
    return json.loads(out.read_text())


def calibration(
    plan: Plan, groups: dict[str, list[Field]], only: str | None = None
) -> dict[str, Any]:
    """The temperature from first members on the groups that they never saw; kept in `work`."""
    kept = plan.work / ("calibration.json" if only is None else f"calibration-{only}.json")
    if not kept.exists():
        held_out = {
            group: (load_nuclei(plan.weights(group, 1)), groups[group])
            for group in (EVALUATED if only is None else [only])
        }
        kept.write_text(json.dumps(calibrate(held_out), indent=1) + "\n")
    return json.loads(kept.read_text())


def novelty(
    plan: Plan, members: dict[str, NucleiNet], groups: dict[str, list[Field]]
) -> dict[str, Any]:
    """What each `ood.json` says; kept in `work`."""
    found = {}
    for name, network in members.items():
        kept = plan.work / "novelty" / (plan.leave_out or "all") / f"{name}.json"
        if not kept.exists():
            kept.parent.mkdir(parents=True, exist_ok=True)
            kept.write_text(json.dumps(novelty_of(network, groups)))
        found[name] = json.loads(kept.read_text())
    return found


def run(script: str, *arguments: object) -> None:
    command = [sys.executable, str(HERE / script), *map(str, arguments)]
    subprocess.run(command, cwd=HERE, check=True)


if __name__ == "__main__":
    main()
