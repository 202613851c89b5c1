"""Says what generated/ was made from."""

from __future__ import annotations

import hashlib
from pathlib import Path

from regenerate.operation_files import operations

from .bundle import Document
from .table import as_json


def stamp(document: Document, pins: dict[str, str], spec: Path, new_folder: Path) -> str:
    """Return the text of STAMP.json: tools, sha256 of the inputs, counts of what came out."""
    modules = [path.read_text("utf-8") for path in new_folder.rglob("*.py")]
    return as_json(
        {
            "made_by": "scripts/regenerate",
            "tools": pins,
            "inputs": {
                "spec": _digest(spec, "*.yaml", "shared/**/*.yaml", "operations/**/*.yaml"),
                "templates": _digest(spec, "templates/**/*"),
            },
            "counts": {
                "operations": sum(1 for _ in operations(document)),
                "schemas": len(document["components"]["schemas"]),
                "modules": len(modules),
                "lines": sum(len(module.splitlines()) for module in modules),
            },
        }
    )


def _digest(folder: Path, *patterns: str) -> str:
    digest = hashlib.sha256()
    for path in sorted({path for pattern in patterns for path in folder.glob(pattern) if path.is_file()}):
        digest.update(f"{path.relative_to(folder).as_posix()}\0".encode() + path.read_bytes() + b"\0")
    return digest.hexdigest()
