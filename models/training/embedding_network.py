"""The network of `phenotype-embedding`: a small encoder of crops that show one nucleus."""

from __future__ import annotations

from torch import Tensor, nn
from torch.nn import functional

from nuclei_network import ConvUnit

WIDTHS = (16, 32, 64, 96)
DIMENSIONS = 64
CROP = 64


class EmbeddingNet(nn.Module):
    """`forward(crop [b,1,64,64])` gives `(embedding [b,64], features [b,96,8,8])`.

    The embedding is the normalised linear map of the features' mean, so that a direction of it is a
    weighted sum of the features: that is what class activation maps need.
    """

    def __init__(self) -> None:
        super().__init__()
        layers: list[nn.Module] = []
        for level, (before, width) in enumerate(zip((1, *WIDTHS), WIDTHS)):
            layers += [nn.MaxPool2d(2)] if level > 0 else []
            layers += [ConvUnit(before, width), ConvUnit(width, width)]
        self.encoder = nn.Sequential(*layers)
        self.project = nn.Linear(WIDTHS[-1], DIMENSIONS)

    def forward(self, crop: Tensor) -> tuple[Tensor, Tensor]:
        features = self.encoder(crop)
        return functional.normalize(self.project(features.mean((2, 3))), dim=1), features
