"""The BioImage Model Zoo description (rdf.yaml) of one member of `nuclei`."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from fields import CLIP, DIAMETER, EPSILON, HIGH_PERCENTILE, LOW_PERCENTILE
from instances import LEAST_SIDE
from nuclei_network import CLASSES, DROPOUT_RATE, STRIDE, NucleiNet
from package import file_of

FORMAT_VERSION = "0.5.5"
AUTHORS = [{"name": "The Parfocal authors"}]
BBBC038 = "https://bbbc.broadinstitute.org/BBBC038"
# Verified by `receptive_field.py`: pixels further away than this change nothing.
HALO = 56
CITATIONS = [
    {
        "text": "Caicedo et al. Nucleus segmentation across imaging experiments: the 2018 Data "
        "Science Bowl. Nature Methods 2019.",
        "doi": "10.1038/s41592-019-0612-7",
    },
    {
        "text": "Ronneberger, Fischer, Brox. U-Net: convolutional networks for biomedical image "
        "segmentation. MICCAI 2015.",
        "doi": "10.1007/978-3-319-24574-4_28",
    },
    {
        "text": "Lakshminarayanan, Pritzel, Blundell. Simple and scalable predictive uncertainty "
        "estimation using deep ensembles. NIPS 2017.",
        "url": "https://arxiv.org/abs/1612.01474",
    },
]


def describe(
    model_id: str, version: str, facts: dict[str, Any], network: NucleiNet, folder: Path
) -> dict[str, Any]:
    """The whole document; the files it names must be in `folder` already."""
    features = network.widths[-1]
    columns = sum(network.dropout_widths)
    member = model_id.rsplit("-", 1)[-1]
    return {
        "format_version": FORMAT_VERSION,
        "type": "model",
        "id": model_id,
        "name": f"Parfocal nuclei {member}",
        "description": "Outlines nuclei in fluorescence images: background, interior and boundary "
        f"of each pixel. Member {member} of an ensemble of three; dropout masks are an input.",
        "version": version,
        "timestamp": facts["timestamp"],
        "authors": AUTHORS,
        "cite": CITATIONS,
        "license": "CC0-1.0",
        "tags": ["nuclei", "fluorescence-light-microscopy", "instance-segmentation", "unet", "2d"],
        "documentation": "README.md",
        "attachments": [file_of(folder / "ood.json")],
        "inputs": [image_input(folder), dropout_input(columns, folder)],
        "outputs": [logits_output(folder), features_output(features, folder)],
        "training_data": training_data(facts),
        "weights": {
            "onnx": {
                **file_of(folder / "weights.onnx"),
                "opset_version": 13,
                "authors": AUTHORS,
            }
        },
        "config": {
            "bioimageio": bioimageio_config(model_id, facts, network),
            "parfocal": parfocal_config(facts, network),
        },
    }


def space(name: str, size: dict[str, Any], **more: Any) -> dict[str, Any]:
    return {"type": "space", "id": name, "size": size, **more}


def test_tensor(folder: Path, name: str) -> dict[str, Any]:
    return file_of(folder / f"test-{name}.npy")


def image_input(folder: Path) -> dict[str, Any]:
    size = {"min": LEAST_SIDE, "step": STRIDE}
    return {
        "id": "image",
        "description": "Nuclear stain, resized so that the median nucleus has an equivalent "
        f"diameter of {DIAMETER:g} pixels. Percentiles are those of the whole field, before tiling.",
        "axes": [
            {"type": "batch"},
            {"type": "channel", "channel_names": ["nucleus"]},
            space("y", size, scale=1.0),
            space("x", size, scale=1.0),
        ],
        "data": {"type": "float32"},
        "test_tensor": test_tensor(folder, "input-image"),
        "preprocessing": [
            {"id": "ensure_dtype", "kwargs": {"dtype": "float32"}},
            {
                "id": "scale_range",
                "kwargs": {
                    "axes": ["channel", "y", "x"],
                    "min_percentile": LOW_PERCENTILE,
                    "max_percentile": HIGH_PERCENTILE,
                    "eps": EPSILON,
                },
            },
            {"id": "clip", "kwargs": {"min": CLIP[0], "max": CLIP[1]}},
        ],
    }


def dropout_input(columns: int, folder: Path) -> dict[str, Any]:
    return {
        "id": "dropout",
        "description": "Factors of channels: 0 drops one, 1/(1 − rate) keeps it, all ones switch "
        "dropout off. See config.parfocal.dropout for which column is what.",
        "axes": [{"type": "batch"}, {"type": "index", "id": "index", "size": columns}],
        "data": {"type": "float32"},
        "test_tensor": test_tensor(folder, "input-dropout"),
    }


def logits_output(folder: Path) -> dict[str, Any]:
    return {
        "id": "logits",
        "description": "Scores of the three classes; probabilities after the softmax.",
        "axes": [
            {"type": "batch"},
            {"type": "channel", "channel_names": list(CLASSES)},
            space("y", {"tensor_id": "image", "axis_id": "y"}, scale=1.0, halo=HALO),
            space("x", {"tensor_id": "image", "axis_id": "x"}, scale=1.0, halo=HALO),
        ],
        "data": {"type": "float32"},
        "test_tensor": test_tensor(folder, "output-logits"),
        "postprocessing": [{"id": "softmax", "kwargs": {"axis": "channel"}}],
    }


def features_output(channels: int, folder: Path) -> dict[str, Any]:
    scale, halo = float(STRIDE), HALO // STRIDE
    return {
        "id": "features",
        "description": "Activations of the bottleneck, before dropout.",
        "axes": [
            {"type": "batch"},
            {"type": "channel", "channel_names": [f"feature{i}" for i in range(channels)]},
            space("y", {"tensor_id": "image", "axis_id": "y"}, scale=scale, halo=halo),
            space("x", {"tensor_id": "image", "axis_id": "x"}, scale=scale, halo=halo),
        ],
        "data": {"type": "float32"},
        "test_tensor": test_tensor(folder, "output-features"),
    }


def training_data(facts: dict[str, Any]) -> dict[str, Any]:
    left_out = facts.get("left_out")
    return {
        "id": "bbbc038",
        "name": "BBBC038, fluorescence groups, with corrected masks",
        "type": "dataset",
        "format_version": "0.3.0",
        "description": f"{facts['fields']} fields, {facts['nuclei']} nuclei."
        + (f" Without the group {left_out}." if left_out else ""),
        "authors": [{"name": "Juan C. Caicedo and others"}],
        "cite": CITATIONS[:1],
        "license": "CC0-1.0",
        "source": BBBC038,
    }


def parfocal_config(facts: dict[str, Any], network: NucleiNet) -> dict[str, Any]:
    names = ["bottleneck", *(f"decoder-{level}" for level in range(len(network.widths) - 2, -1, -1))]
    first, stages = 0, []
    for name, width in zip(names, network.dropout_widths):
        stages.append({"stage": name, "first": first, "count": width})
        first += width
    return {
        "task": "instances-from-boundary",
        "diameter": DIAMETER,
        "temperature": facts["temperature"],
        "dropout": {"input": "dropout", "rate": DROPOUT_RATE, "stages": stages},
        "features": "features",
        "out_of_distribution": "ood.json",
    }


def bioimageio_config(
    model_id: str, facts: dict[str, Any], network: NucleiNet
) -> dict[str, Any]:
    return {
        "reproducibility_tolerance": [
            {
                "relative_tolerance": 1e-3,
                "absolute_tolerance": 1e-4,
                "mismatched_elements_per_million": 0,
                "output_ids": ["logits", "features"],
            }
        ],
        "architecture_type": "2D U-Net",
        "architecture_description": "Four levels of " + ", ".join(map(str, network.widths))
        + " channels, two 3×3 convolutions each, skips added, nearest-neighbour upsampling.",
        "modality": "fluorescence microscopy",
        "target_structure": ["nuclei"],
        "task": "instance segmentation",
        "model_parameter_count": sum(p.numel() for p in network.parameters()),
        "out_of_scope_use": "Bright field, phase contrast and histology; images without a nuclear "
        "stain; any decision about patients.",
        "bias_risks_limitations": {
            "known_biases": "Trained on one public collection, mostly of cultured human cells in "
            "two dimensions. The small groups weigh more than their share of images.",
            "risks": "A wrong scale gives plausible but wrong outlines. Uncertainty is calibrated "
            "on groups of the same collection.",
            "limitations": "Nuclei much smaller or larger than the median of their field, "
            "micronuclei, fragments, dense tissue and nuclei that overlap are found least well. "
            "The scale must be known or estimated before.",
            "recommendations": "Look at the fields that rank as most uncertain, and compare with "
            "outlines of your own on your own experiment before figures are used.",
        },
        "training": facts["training"][model_id],
        "evaluations": facts["evaluations"],
    }
