"""Measures how far a pixel of the image reaches in the outputs of `nuclei`.

    python3 receptive_field.py

Random weights would do, and are used: with all of them positive nothing can cancel, so that the
reach is the architecture's and no weights can exceed it.
"""

from __future__ import annotations

import torch
from torch import nn

from nuclei_network import STRIDE, NucleiNet

SIDE = 256


@torch.no_grad()
def reach() -> int:
    """Largest distance in pixels, along an axis, of a pixel of the logits from one that moves it."""
    network = NucleiNet().double().eval()
    for module in network.modules():
        if isinstance(module, nn.Conv2d):
            module.weight.abs_().div_(module.weight.sum((1, 2, 3), keepdim=True))
            if module.bias is not None:
                module.bias.zero_()
    dropout = torch.ones(1, sum(network.dropout_widths), dtype=torch.double)
    furthest = 0
    # Poolings make the reach depend on where in its cell of 8×8 the pixel lies.
    for offset in range(STRIDE):
        image = torch.zeros(1, 1, SIDE, SIDE, dtype=torch.double)
        place = SIDE // 2 + offset
        before, _ = network(image, dropout)
        image[0, 0, place, place] = 1e6
        after, _ = network(image, dropout)
        moved = (after != before).any(1)[0].nonzero()
        furthest = max(furthest, int((moved - place).abs().max()))
    return furthest


if __name__ == "__main__":
    pixels = reach()
    print(f"{pixels} pixels; halo {-(-pixels // STRIDE) * STRIDE}")
