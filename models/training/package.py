"""Files of a model package, written so that equal contents give equal bytes."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Any

import numpy as np
import yaml


class _Dumper(yaml.SafeDumper):
    """Block style throughout, lists of plain values on one line, no references."""

    def ignore_aliases(self, data: Any) -> bool:
        return True


def _list(dumper: yaml.SafeDumper, items: list[Any]) -> yaml.Node:
    plain = all(isinstance(item, (int, float)) or isinstance(item, str) and len(item) < 24 for item in items)
    return dumper.represent_sequence("tag:yaml.org,2002:seq", items, flow_style=plain)


def _text(dumper: yaml.SafeDumper, text: str) -> yaml.Node:
    style = "|" if "\n" in text else None
    return dumper.represent_scalar("tag:yaml.org,2002:str", text, style=style)


_Dumper.add_representer(list, _list)
_Dumper.add_representer(str, _text)


def write_yaml(path: Path, document: dict[str, Any]) -> None:
    text = yaml.dump(document, Dumper=_Dumper, sort_keys=False, allow_unicode=True, width=110)
    path.write_text("%YAML 1.2\n---\n" + text)


def write_json(path: Path, document: Any) -> None:
    path.write_text(json.dumps(document, indent=1, allow_nan=False) + "\n")


def write_npy(path: Path, array: np.ndarray) -> None:
    np.save(path, np.ascontiguousarray(array, dtype="<f4"))


def file_of(path: Path) -> dict[str, str]:
    """Name and hash, as descriptions refer to files beside them."""
    return {"source": path.name, "sha256": hashlib.sha256(path.read_bytes()).hexdigest()}
