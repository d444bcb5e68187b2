"""The card (README.md) of one member of `nuclei`."""

from __future__ import annotations

from typing import Any

from fields import CLIP, DIAMETER, HIGH_PERCENTILE, LOW_PERCENTILE
from instances import InstanceRules

NAMES = {
    "member-1": "one network",
    "ensemble": "ensemble of {count}",
    "ensemble-turns": "the same over eight turns",
}


def text(model_id: str, facts: dict[str, Any]) -> str:
    member = model_id.rsplit("-", 1)[-1]
    rules = InstanceRules()
    split = ", ".join(f"{level:g}" for level in rules.split)
    return f"""# Parfocal nuclei {member}

Outlines nuclei in fluorescence images (DAPI, Hoechst and the like). One of three networks of the same
kind that were trained from different beginnings; what they disagree about is uncertain.

## What goes in and comes out

- `image`: one channel, **resized so that the median nucleus measures {DIAMETER:g} pixels across** (√(4·area/π)),
  grey values (x − p{LOW_PERCENTILE:g}) / (p{HIGH_PERCENTILE:g} − p{LOW_PERCENTILE:g}) clipped to {CLIP[0]:g} … {CLIP[1]:g}, percentiles of the whole field.
- `dropout`: factors of channels. Ones switch dropout off; 0 and 1.11 at random (one in ten is 0) give one
  Monte Carlo pass, and the same masks give the same bits.
- `logits`: background, interior, boundary; boundary is a ring of two pixels inside each nucleus.
- `features`: 128 channels of the bottleneck, at an eighth of the size.

Nothing further than {facts["receptive_field"]} pixels away changes a pixel of the output (measured with `receptive_field.py`), so a
halo of 56 makes tiles equal to the whole. Convolutions pad with zeros, at the border of a field too; tiles must
begin at multiples of 8.

## From probabilities to nuclei

1. Seeds: connected interiors (by sides) of p(interior) > {rules.seed:g} and at least {rules.least_seed:g} of a typical nucleus' area. At
   {split}, a seed that holds two parts or more, each at least {rules.least_split:g} of that area, is replaced by them.
2. Watershed of −p(interior) from the seeds, a little beyond the outline.
3. In the field's own resolution: labels by nearest neighbour, cut where 1 − p(background), interpolated
   linearly, is not above {rules.foreground:g}; objects below {rules.least_object:g} of a typical area are dropped.

The scale is found without the truth: run at a rough scale, measure what was found, run again where it is off.

## Training data

BBBC038 (2018 Data Science Bowl), fluorescence images with corrected masks, CC0: {facts["fields"]} fields, {facts["nuclei"]} nuclei
in six groups of one size and modality each{left_out(facts)}. The groups weigh alike but for the smallest, whatever
their number of images. {facts["training"][model_id]["training_preprocessing"]}

## How good it is

Splits are **by experiment**: for each group, networks were trained in the same way on all *other* groups only, and
evaluated on it: one, and where there are more the mean of them. The thresholds above, the kinds of augmentation and
the temperature were chosen with a look at part of the same left-out groups, so the figures are a little too good.
F1 over all nuclei of the group, matched one to one at an intersection over union of 0.5 and 0.7.

{table(facts)}

Calibration on the left-out groups: {calibration(facts)}

## Where it fails

{failures(facts)}- Micronuclei and fragments beside large nuclei, nuclei that overlap, dense tissue, strong halos (where even
  people draw outlines of different size).
- A wrong scale: give the pixel size or a diameter where it is known.
- It knows fluorescence only. Bright field, phase contrast and histology are out of scope; `ood.json` lets
  Parfocal warn of them.

Made by `models/training`, licence CC0-1.0.
"""


def left_out(facts: dict[str, Any]) -> str:
    group = facts.get("left_out")
    return f" (the group {group} was left out)" if group else ""


def table(facts: dict[str, Any]) -> str:
    if not facts["figures"]:
        return "Not measured yet."
    lines = [
        "| left-out group | prediction | scale of the truth: 0.5 | 0.7 | scale found: 0.5 | 0.7 |",
        "| --- | --- | --- | --- | --- | --- |",
    ]
    for group, ways in facts["figures"].items():
        count = sum(way.startswith("member-") for way in ways)
        for way, figures in ways.items():
            if way in NAMES:
                shown = [
                    f"{figures[scale][measure]:.3f}"
                    for scale in ("truth-scale", "found-scale")
                    for measure in ("f1-0.5", "f1-0.7")
                ]
                lines.append(f"| {group} | {NAMES[way].format(count=count)} | " + " | ".join(shown) + " |")
    return "\n".join(lines)


def calibration(facts: dict[str, Any]) -> str:
    found = facts.get("calibration")
    if not found:
        return "not measured yet."
    lines = [f"the temperature {facts['temperature']:.2f} divides the logits. Expected calibration error of pixels"]
    lines.append("(15 bins), likeliest class / foreground, before and after:")
    for group, errors in found.items():
        before, after = errors["before"], errors["after"]
        lines.append(
            f"{group} {before['classes']:.3f} / {before['foreground']:.3f} → "
            f"{after['classes']:.3f} / {after['foreground']:.3f};"
        )
    return "\n".join(lines)[:-1] + "."


def failures(facts: dict[str, Any]) -> str:
    """Pictures, outlines only where the image is not ours to pass on."""
    lines = [f"![{caption}](failures/{name})\n\n{caption}\n" for name, caption in facts["failures"].items()]
    return "\n".join(lines) + ("\n" if lines else "")
