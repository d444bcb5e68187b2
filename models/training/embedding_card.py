"""The card (README.md) of `phenotype-embedding`."""

from __future__ import annotations

from typing import Any

from embedding_description import MEASURES
from fields import DIAMETER


def text(facts: dict[str, Any]) -> str:
    crops = "\n".join(f"| {name} | {count} |" for name, count in facts["crops"].items())
    figures = "\n".join(
        f"| {MEASURES[name][1]} | {value:.3f} |" for name, value in facts["figures"].items()
    )
    return f"""# Parfocal phenotype embedding

Describes how a nucleus looks by 64 numbers. Nobody labelled anything: the network learnt to recognise two
views of one nucleus (turned, moved, scaled a little, brighter or darker) among those of others (SimCLR).
Focus and texture stay as they are in both views, so they count; brightness does not.

For similarity ("more like this one"), novelty ("unlike anything before") and classes from a few examples.

## What goes in and comes out

- `crop`: 64×64 pixels around one nucleus, from a field that was resized so that the median nucleus measures
  {DIAMETER:g} pixels across; grey values (x − p1)/(p99.8 − p1), percentiles of the whole field, clipped to −0.5 … 2.
- `embedding`: 64 numbers of length 1; the cosine says how alike two nuclei are.
- `features`: 96 channels of 8×8 before the mean is taken. The embedding is a normalised linear map of that
  mean, so any direction in it can be shown as a map over the crop.

## Training data

Crops of nuclei; where a collection has no labels, `nuclei-1` outlined them.

| experiment | crops |
| --- | --- |
{crops}

## How good it is

BBBC038's 360² group and BBBC006 were kept out of training, for evaluation:

| | |
| --- | --- |
{figures}

Neighbours are five, by cosine; references are crops of the experiments that the network was trained on.

## Where it fails

- Crops of stained tissue and of bright field do not lie further away than those of a good new experiment (an AUROC below
  a half): for images of another kind trust the novelty of `nuclei-1` to `nuclei-3`, which tells them apart.
- Experiments differ by microscope as well as by biology. Compare within a plate, or correct for plates first.
- One channel. What differs only in another channel looks the same.
- Nuclei at the border of a field see mirrored surroundings.

Made by `models/training`, licence CC0-1.0.
"""
