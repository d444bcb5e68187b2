"""The U-Net of `nuclei-1` to `nuclei-3`: three classes a pixel, dropout masks as an input."""

from __future__ import annotations

from typing import Sequence

import torch
from torch import Tensor, nn
from torch.nn import functional

CLASSES = ("background", "interior", "boundary")
WIDTHS = (16, 32, 64, 128)
DROPOUT_RATE = 0.1
# Three poolings: sizes are multiples of 8, and so are shifts under which the output moves along.
STRIDE = 8


class ConvUnit(nn.Sequential):
    """3×3 convolution (zero padding), batch normalisation, ReLU."""

    def __init__(self, channels_in: int, channels_out: int) -> None:
        super().__init__(
            nn.Conv2d(channels_in, channels_out, 3, padding=1, bias=False),
            nn.BatchNorm2d(channels_out),
            nn.ReLU(inplace=True),
        )


class NucleiNet(nn.Module):
    """Encoder of four levels, decoder that adds the skips; only translation-equivariant layers.

    `forward(image [b,1,y,x], dropout [b,D])` gives `(logits [b,3,y,x], features [b,C,y/8,x/8])`.
    The columns of `dropout` are factors of channels: first the bottleneck's, then those of the
    decoder from coarse to fine. A column is 0 or 1/(1 − rate); ones leave everything in.
    """

    def __init__(self, widths: Sequence[int] = WIDTHS) -> None:
        super().__init__()
        self.widths = tuple(widths)
        ins = (1, *self.widths[:-1])
        self.encoder = nn.ModuleList(
            nn.Sequential(ConvUnit(a, b), ConvUnit(b, b)) for a, b in zip(ins, self.widths)
        )
        coarse_to_fine = list(reversed(self.widths))
        self.reduce = nn.ModuleList(
            nn.Conv2d(a, b, 1) for a, b in zip(coarse_to_fine, coarse_to_fine[1:])
        )
        self.decoder = nn.ModuleList(
            nn.Sequential(ConvUnit(c, c), ConvUnit(c, c)) for c in coarse_to_fine[1:]
        )
        self.head = nn.Conv2d(self.widths[0], len(CLASSES), 1)

    @property
    def dropout_widths(self) -> tuple[int, ...]:
        """Channels of each stage that has a mask, in the order of the columns of `dropout`."""
        return tuple(reversed(self.widths))

    def forward(self, image: Tensor, dropout: Tensor) -> tuple[Tensor, Tensor]:
        masks = torch.split(dropout, list(self.dropout_widths), dim=1)
        skips = []
        x = image
        for level, stage in enumerate(self.encoder):
            if level > 0:
                x = functional.max_pool2d(x, 2)
            x = stage(x)
            skips.append(x)
        features = skips.pop()
        x = features * masks[0][:, :, None, None]
        for reduce, stage, mask in zip(self.reduce, self.decoder, masks[1:]):
            x = functional.interpolate(reduce(x), scale_factor=2.0, mode="nearest")
            x = stage(x + skips.pop()) * mask[:, :, None, None]
        return self.head(x), features


def random_dropout(
    batch: int, widths: Sequence[int], rate: float, generator: torch.Generator
) -> Tensor:
    """Masks [batch, sum(widths)] of 0 and 1/(1 − rate)."""
    keep = torch.rand(batch, sum(widths), generator=generator) >= rate
    return keep.float() / (1.0 - rate)
