"""A project with a few models, and the document of a provider who has the same."""

import shutil
from pathlib import Path

import pytest

from prove_adoption.provider_shape import provider_shape
from regenerate.bundle import Document, bundle
from regenerate.sources import read_folder

from ..regenerate.conftest import copy_spec
from .adoption import ENHANCE, HAILUO, KLING, KREA_2, Z_IMAGE, findings


@pytest.fixture(scope="module")
def original(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("original")
    copy_spec((Z_IMAGE, KREA_2, KLING, HAILUO, ENHANCE), root / "spec")
    return root


@pytest.fixture(scope="module")
def document(original: Path) -> Document:
    return provider_shape(bundle(read_folder(original / "spec")).document)


@pytest.fixture(scope="module")
def found_before(original: Path) -> set[str]:
    """Return what lint says of the few: they are no whole specification, and some components are used by nobody."""
    return findings(original)


@pytest.fixture
def root(original: Path, tmp_path: Path) -> Path:
    shutil.copytree(original / "spec", tmp_path / "spec")
    return tmp_path
