"""Reading trained weights."""

from __future__ import annotations

from pathlib import Path

import torch

from embedding_network import EmbeddingNet
from nuclei_network import NucleiNet


def load_nuclei(path: Path) -> NucleiNet:
    """The network of a file that `train_nuclei.py` wrote (or of its checkpoint), for inference."""
    state = torch.load(path)
    network = NucleiNet()
    network.load_state_dict(state["weights"] if "weights" in state else state["smoothed"])
    return network.eval().to(memory_format=torch.channels_last)


def steps_of(path: Path) -> int:
    """How many steps the network of a file was trained for."""
    return int(torch.load(path)["steps"])


def load_embedding(path: Path) -> EmbeddingNet:
    """The network of a file that `train_embedding.py` wrote, for inference."""
    network = EmbeddingNet()
    network.load_state_dict(torch.load(path)["weights"])
    return network.eval().to(memory_format=torch.channels_last)
