"""The networks that providers are probed with, by PyTorch in float64; writes the checksum that the doctor expects.

    python3 test/golden/inference/make_probe.py
"""
import json
from pathlib import Path

import torch
from torch.nn import functional

SIDE, CHANNELS = 16, 4


def values(count, step, modulus, offset, divisor):
    return torch.tensor([((i * step) % modulus - offset) / divisor for i in range(count)], dtype=torch.float64)


image = values(SIDE * SIDE, 37, 33, 16, 8).reshape(1, 1, SIDE, SIDE)
first = values(CHANNELS * 9, 7, 11, 4, 16).reshape(CHANNELS, 1, 3, 3)
second = values(CHANNELS * 9, 5, 13, 6, 16).reshape(1, CHANNELS, 3, 3)

one_node = torch.relu(image)
convolved = functional.conv2d(torch.relu(functional.conv2d(image, first, padding=1)), second, padding=1)
given = torch.cat([one_node.flatten(), convolved.flatten()])
weights = 1 + torch.arange(len(given)) % 7
checksum = {"checksum": float((given * weights).sum())}
Path(__file__).with_name("probe.json").write_text(json.dumps(checksum) + "\n")
