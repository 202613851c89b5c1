"""The real specification, and a few of its files that make a whole of their own, to be broken in no time."""

import fcntl
import json
import os
import re
import shutil
from collections.abc import Callable, Iterable
from copy import deepcopy
from pathlib import Path
from typing import Any

import pytest

from regenerate import pipeline
from regenerate.bundle import Bundle, bundle
from regenerate.sources import SourceFile, read_folder

ROOT = Path(__file__).resolve().parents[3]
# One of each kind: pictures, 3D, a file to upload, what refuses with 403 and 409.
SOME_OPERATIONS = (
    "/generate/image/z-image/z-image",
    "/generate/image/openai/gpt-image-2",
    "/generate/3d/tripo/tripo",
    "/jobs",
    "/assets",
    "/export/3d",
    "/usage",
)


def file_of(path: str, spec: Path = ROOT / "spec") -> Path:
    """Return the file of an operation below spec/; which one it is, is no fact of the API."""
    files = (spec / "operations").rglob("*.yaml")
    return next(file for file in files if re.search(rf"^ *{re.escape(path)}:$", file.read_text("utf-8"), re.MULTILINE))


def copy_spec(paths: Iterable[str], target: Path) -> None:
    """Copy openapi.yaml, the files of operations, what they refer to, and the templates."""
    waiting = {Path("openapi.yaml"), *(file_of(path).relative_to(ROOT / "spec") for path in paths)}
    visited: set[Path] = set()
    while waiting:
        visited.add(path := waiting.pop())
        text = (ROOT / "spec" / path).read_text("utf-8")
        (target / path).parent.mkdir(parents=True, exist_ok=True)
        (target / path).write_text(text, "utf-8")
        for file in re.findall(r"\$ref: \"?([\w./-]+\.yaml)#", text):
            waiting.add(Path(os.path.normpath(path.parent / file)))
        waiting -= visited
    shutil.copytree(ROOT / "spec" / "templates", target / "templates")


@pytest.fixture(scope="session")
def small_root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a root with the few, as it is before its first generation. Not to be changed."""
    root = tmp_path_factory.mktemp("few")
    copy_spec(SOME_OPERATIONS, root / "spec")
    (root / "scripts").mkdir()
    shutil.copy(ROOT / "scripts" / "constraints.txt", root / "scripts")
    return root


@pytest.fixture(scope="session")
def small_sources(small_root: Path) -> dict[str, SourceFile]:
    return read_folder(small_root / "spec")


@pytest.fixture(scope="session")
def bundled(small_sources: dict[str, SourceFile]) -> Bundle:
    """Return the few, bundled."""
    return bundle(small_sources)


@pytest.fixture(scope="session")
def full_bundle() -> Bundle:
    """Return the whole specification, bundled."""
    return bundle(read_folder(ROOT / "spec"))


@pytest.fixture
def document(bundled: Bundle) -> dict[str, Any]:
    """Return a copy to change."""
    return deepcopy(bundled.document)


class Part:
    """A document, and in it the operation, the request and the fields of z-image."""

    def __init__(self, document: dict[str, Any]) -> None:
        self.document = document
        self.operation: dict[str, Any] = document["paths"]["/generate/image/z-image/z-image"]["post"]
        self.body: dict[str, Any] = self.operation["requestBody"]["content"]["application/json"]
        self.request: dict[str, Any] = document["components"]["schemas"]["ZImageRequest"]
        self.fields: dict[str, Any] = self.request["properties"]


@pytest.fixture
def part(document: dict[str, Any]) -> Part:
    return Part(document)


@pytest.fixture(scope="session")
def files_bundled() -> Callable[..., dict[str, Any]]:
    """Bundle files given by name, `openapi.yaml` among them or not."""
    top = 'openapi: "3.1.0"\ninfo: {title: T, version: "1"}\n'

    def make(**files: str) -> dict[str, Any]:
        texts = {"spec/openapi.yaml": top} | {f"spec/{name}.yaml": text for name, text in files.items()}
        return bundle({name: SourceFile(name, text) for name, text in texts.items()}).document

    return make


@pytest.fixture(scope="session")
def small_build(small_root: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return what the few make."""
    target = tmp_path_factory.mktemp("few_built")
    pipeline.build(small_root, target)
    return target


@pytest.fixture
def project(small_root: Path, small_build: Path, tmp_path: Path) -> Path:
    """Return a root of its own with everything that generation reads, and what it made."""
    shutil.copytree(small_root, tmp_path, dirs_exist_ok=True)
    shutil.copytree(small_build, tmp_path / "generated")
    return tmp_path


@pytest.fixture
def edit() -> Callable[[Path, str, str], None]:
    """Replace a text in a file, and fails when it is not there."""

    def change(path: Path, old: str, new: str) -> None:
        text = path.read_text("utf-8")
        assert old in text
        path.write_text(text.replace(old, new), "utf-8")

    return change


@pytest.fixture(scope="session")
def full_build(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a fresh build of the real specification, which the workers of pytest-xdist share. Not to be changed."""
    base = tmp_path_factory.getbasetemp()
    folder = base.parent if "PYTEST_XDIST_WORKER" in os.environ else base
    target = folder / "built"
    with (folder / "built.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not target.is_dir():
            unfinished = base / "unfinished"
            unfinished.mkdir()
            pipeline.build(ROOT, unfinished)
            unfinished.rename(target)
    return target


@pytest.fixture(scope="session")
def index(full_build: Path) -> dict[str, Any]:
    loaded: dict[str, Any] = json.loads((full_build / "krea_api" / "operations" / "index.json").read_text("utf-8"))
    return loaded
