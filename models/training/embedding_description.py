"""The BioImage Model Zoo description (rdf.yaml) of `phenotype-embedding`."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from embedding_network import CROP, DIMENSIONS, WIDTHS, EmbeddingNet
from fields import CLIP, DIAMETER, EPSILON, HIGH_PERCENTILE, LOW_PERCENTILE
from nuclei_description import AUTHORS, BBBC038, CITATIONS, FORMAT_VERSION, space, test_tensor
from package import file_of

SIMCLR = {
    "text": "Chen, Kornblith, Norouzi, Hinton. A simple framework for contrastive learning of "
    "visual representations. ICML 2020.",
    "url": "https://arxiv.org/abs/2002.05709",
}
MEASURES = {
    "experiment-by-neighbours": (
        "kNN experiment",
        "Share of nuclei whose neighbours in other fields are mostly of their own experiment",
    ),
    "focus-by-neighbours": (
        "kNN focus",
        "Balanced accuracy of in focus against out of focus, by neighbours in other experiments",
    ),
    "novelty-auroc-defocused": (
        "AUROC defocus",
        "AUROC of out-of-focus nuclei against those of a good experiment, by distance",
    ),
    "novelty-auroc-stained": (
        "AUROC stained",
        "AUROC of purple-stained tissue against a good experiment, by distance",
    ),
    "novelty-auroc-brightfield": (
        "AUROC bright",
        "AUROC of bright-field cytology against a good experiment, by distance",
    ),
}


def describe(
    version: str, facts: dict[str, Any], network: EmbeddingNet, folder: Path
) -> dict[str, Any]:
    """The whole document; the files it names must be in `folder` already."""
    side = CROP // 8
    return {
        "format_version": FORMAT_VERSION,
        "type": "model",
        "id": "phenotype-embedding",
        "name": "Parfocal phenotype embedding",
        "description": "Describes a nucleus by 64 numbers, learnt without labels: nuclei that look "
        "alike lie close together. For similarity, novelty and classes from few examples.",
        "version": version,
        "timestamp": facts["timestamp"],
        "authors": AUTHORS,
        "cite": [SIMCLR, CITATIONS[0]],
        "license": "CC0-1.0",
        "tags": ["nuclei", "fluorescence-light-microscopy", "embedding", "self-supervision", "2d"],
        "documentation": "README.md",
        "attachments": [file_of(folder / "ood.json")],
        "inputs": [
            {
                "id": "crop",
                "description": "A crop centred on one nucleus, from its field: resized so that the "
                f"median nucleus has an equivalent diameter of {DIAMETER:g} pixels, grey values "
                "(x − p1)/(p99.8 − p1) with percentiles of the whole field, before cropping, clipped to −0.5 … 2.",
                "axes": [
                    {"type": "batch"},
                    {"type": "channel", "channel_names": ["nucleus"]},
                    space("y", CROP),
                    space("x", CROP),
                ],
                "data": {"type": "float32"},
                "test_tensor": test_tensor(folder, "input-crop"),
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
        ],
        "outputs": [
            {
                "id": "embedding",
                "description": "Of length 1; compare by the cosine.",
                "axes": [
                    {"type": "batch"},
                    {"type": "channel", "channel_names": [f"e{i}" for i in range(DIMENSIONS)]},
                ],
                "data": {"type": "float32"},
                "test_tensor": test_tensor(folder, "output-embedding"),
            },
            {
                "id": "features",
                "description": "Last activations. The embedding is the normalised linear map of "
                "their mean, so its directions can be mapped back.",
                "axes": [
                    {"type": "batch"},
                    {"type": "channel", "channel_names": [f"feature{i}" for i in range(WIDTHS[-1])]},
                    space("y", side),
                    space("x", side),
                ],
                "data": {"type": "float32"},
                "test_tensor": test_tensor(folder, "output-features"),
            },
        ],
        "training_data": {
            "id": "parfocal-nucleus-crops",
            "name": "Crops of nuclei from public collections",
            "type": "dataset",
            "format_version": "0.3.0",
            "description": ", ".join(f"{name}: {count}" for name, count in facts["crops"].items()),
            "authors": [{"name": "Authors of BBBC038, BBBC006 and faim-ipa"}],
            "cite": [CITATIONS[0]],
            "license": "other",
            "source": BBBC038,
        },
        "weights": {
            "onnx": {**file_of(folder / "weights.onnx"), "opset_version": 13, "authors": AUTHORS}
        },
        "config": {
            "bioimageio": {
                "reproducibility_tolerance": [
                    {
                        "relative_tolerance": 1e-3,
                        "absolute_tolerance": 1e-4,
                        "mismatched_elements_per_million": 0,
                        "output_ids": ["embedding", "features"],
                    }
                ],
                "architecture_type": "2D CNN",
                "modality": "fluorescence microscopy",
                "target_structure": ["nuclei"],
                "task": "embedding",
                "model_parameter_count": sum(p.numel() for p in network.parameters()),
                "bias_risks_limitations": {
                    "known_biases": "Knows the collections it was trained on; experiments differ "
                    "by microscope as well as by biology, and so do the embeddings.",
                    "risks": "Close together means that two nuclei look alike, not that they are "
                    "of one phenotype.",
                    "limitations": "Brightness is ignored on purpose. One channel, one nucleus "
                    "and what is around it.",
                    "recommendations": "Compare within one plate, or correct for plates first.",
                },
                "evaluations": [evaluation(facts["figures"])],
            },
            "parfocal": {
                "task": "embedding",
                "diameter": DIAMETER,
                "features": "features",
                "out_of_distribution": "ood.json",
            },
        },
    }


def evaluation(figures: dict[str, float]) -> dict[str, Any]:
    return {
        "dataset_id": "bbbc038-360-and-bbbc006",
        "dataset_source": BBBC038,
        "dataset_role": "independent",
        "sample_count": 450,
        "evaluation_factors": ["held out"],
        "evaluation_factors_long": ["experiments that the network never saw"],
        "metrics": [MEASURES[name][0] for name in figures],
        "metrics_long": [MEASURES[name][1] for name in figures],
        "results": [[value] for value in figures.values()],
        "results_summary": "BBBC038's 360² group and BBBC006 were kept out of training.",
    }
