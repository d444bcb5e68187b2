"""What decided the answers of two small random networks, by PyTorch, one covered square at a time.

    python3 test/golden/infer/make_saliency.py > test/golden/infer/saliency.json

Made with torch 1.13 and numpy 1.24 in float64.
"""
import json
import sys

import numpy as np
import torch
from torch.nn.functional import conv2d

rng = np.random.default_rng(3)
HEIGHT, WIDTH = 18, 22


def draw(*shape):
    return torch.from_numpy(rng.normal(size=shape).round(3))


image = draw(1, 2, HEIGHT, WIDTH)
first, second, dense, bias = draw(4, 2, 3, 3), draw(3, 4, 3, 3), draw(2, 3), draw(2)
mask_layer = draw(1, 4, 3, 3)
means = image.mean((2, 3), keepdim=True)


def features(x):
    return conv2d(conv2d(x, first, padding=1).relu(), second, padding=1).relu()


def logits(x):
    return features(x).mean((2, 3)) @ dense.T + bias


def foreground(x):
    return conv2d(conv2d(x, first, padding=1).relu(), mask_layer, padding=1).sigmoid()


def covered(top, left, patch):
    out = image.clone()
    out[:, :, top : top + patch, left : left + patch] = means
    return out


def starts(length, patch, stride):
    return sorted({*range(0, length - patch, stride), length - patch})


fall, count = np.zeros((HEIGHT, WIDTH)), np.zeros((HEIGHT, WIDTH))
for top in starts(HEIGHT, 5, 3):
    for left in starts(WIDTH, 5, 3):
        drop = (logits(image) - logits(covered(top, left, 5)))[0, 1].item()
        fall[top : top + 5, left : left + 5] += drop
        count[top : top + 5, left : left + 5] += 1

squares = [
    [(foreground(covered(top, left, 4)) - foreground(image)).abs().sum().item() for left in range(0, WIDTH, 4)]
    for top in range(0, HEIGHT, 4)
]


def flat(values):
    return [round(float(v), 9) for v in np.asarray(values).ravel()]


json.dump(
    dict(
        width=WIDTH, height=HEIGHT, image=flat(image), first=flat(first), second=flat(second), dense=dense.tolist(),
        bias=flat(bias), mask=flat(mask_layer), logits=flat(logits(image)),
        activation=flat(torch.einsum("c,bchw->hw", dense[1], features(image))),
        occlusion=flat(fall / count), squares=flat(squares),
    ),
    sys.stdout,
)
print()
