"""The real specification, bundled once, and copies of it to break."""

import json
import shutil
from collections.abc import Callable
from copy import deepcopy
from pathlib import Path
from typing import Any

import pytest

from generation import pipeline
from generation.bundle import Bundle, bundle
from generation.sources import Source, read_folder

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="session")
def bundled() -> Bundle:
    return bundle(read_folder(ROOT / "spec"))


@pytest.fixture
def document(bundled: Bundle) -> dict[str, Any]:
    """A copy to change."""
    return deepcopy(bundled.document)


class Part:
    """A document, and in it the operation, the request and the fields of z-image."""

    def __init__(self, document: dict[str, Any]) -> None:
        self.document = document
        self.operation: dict[str, Any] = document["paths"]["/generate/image/z-image/z-image"]["post"]
        self.fields: dict[str, Any] = document["components"]["schemas"]["ZImageRequest"]["properties"]


@pytest.fixture
def part(document: dict[str, Any]) -> Part:
    return Part(document)


@pytest.fixture(scope="session")
def files_bundled() -> Callable[..., dict[str, Any]]:
    """Bundles files given by name, `openapi.yaml` among them or not."""
    top = 'openapi: "3.1.0"\ninfo: {title: T, version: "1"}\n'

    def make(**files: str) -> dict[str, Any]:
        texts = {"spec/openapi.yaml": top} | {f"spec/{name}.yaml": text for name, text in files.items()}
        return bundle({name: Source(name, text) for name, text in texts.items()}).document

    return make


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A root of its own with everything that generation reads, and what it made."""
    shutil.copytree(ROOT / "spec", tmp_path / "spec")
    (tmp_path / "scripts").mkdir()
    shutil.copy(ROOT / "scripts" / "constraints.txt", tmp_path / "scripts")
    shutil.copytree(ROOT / "generated", tmp_path / "generated", ignore=shutil.ignore_patterns("__pycache__", ".*"))
    return tmp_path


@pytest.fixture
def edit() -> Callable[[Path, str, str], None]:
    """Replaces a text in a file, and fails when it is not there."""

    def change(path: Path, old: str, new: str) -> None:
        text = path.read_text("utf-8")
        assert old in text
        path.write_text(text.replace(old, new), "utf-8")

    return change


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A fresh build of the real specification."""
    target = tmp_path_factory.mktemp("built")
    pipeline.build(ROOT, target)
    return target


@pytest.fixture(scope="session")
def index(built: Path) -> dict[str, Any]:
    loaded: dict[str, Any] = json.loads((built / "krea_api" / "operations" / "index.json").read_text("utf-8"))
    return loaded
