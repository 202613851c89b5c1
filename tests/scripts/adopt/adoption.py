"""Adopting a changed document in a project, and what lint and the specification say then."""

import json
import re
from pathlib import Path
from typing import Any

from adopt.__main__ import main
from krea_client.cli.document_diff.openapi_reader import statements
from krea_client.cli.document_diff.operation_facts import Statement
from regenerate import lint
from regenerate.bundle import Document, bundle
from regenerate.sources import read_folder

Z_IMAGE = "/generate/image/z-image/z-image"
KREA_2 = "/generate/image/krea/krea-2/large"
KLING = "/generate/video/kling/kling-1"
ENHANCE = "/generate/enhance/krea/enhance"
HAILUO = "/generate/video/minimax/hailuo-02"
DAY = "2026-12-24"


def findings(root: Path) -> set[str]:
    """Return what lint says, without the lines, which move."""
    return {re.sub(r":\d+: ", ": ", line) for line in lint.findings(bundle(read_folder(root / "spec")))}


def rules(lines: set[str]) -> set[str]:
    return {line.rpartition("[")[2].rstrip("]") for line in lines}


def adopt(root: Path, document: Document, *paths: str) -> int:
    source = root / "document.json"
    source.write_text(json.dumps(document), "utf-8")
    return main([str(source), *paths, "--captured", DAY], root)


def operation(document: Document, path: str = Z_IMAGE) -> Any:
    return document["paths"][path]["post"]


def body(document: Document, path: str = Z_IMAGE) -> Any:
    return operation(document, path)["requestBody"]["content"]["application/json"]["schema"]


def field(document: Document, name: str, path: str = Z_IMAGE) -> Any:
    return body(document, path)["properties"][name]


def read(root: Path) -> dict[str, Statement]:
    return {statement.path: statement for statement in statements(bundle(read_folder(root / "spec")).document)}
