"""What the wheel and the sdist hold, and that the same tree always gives the same bytes."""

import json
import re
import shutil
import tarfile
import zipfile
from email.parser import Parser
from pathlib import Path

import pytest

import krea_client

from .conftest import build

# Every file of a wheel is one of these; what is none was packed by mistake.
EXPECTED = re.compile(
    r"""
      krea_(?:client|migrate)/(?:[a-z_]+/)*[a-z_0-9]+\.py
    | krea_client/_pyinstaller/hook-krea_(?:api|client)(?:\.(?:cli|sandbox))?\.py
    | krea_api/(?:[a-z_0-9]+/)*[a-z_0-9]+\.py
    | krea_api/operations/[a-z_0-9]+\.json
    | krea_api/openapi\.json
    | krea_api/decided_differences\.json
    | krea_client/legacy/gateway/preload/redirect\.cjs
    | krea_client-[^/]+\.data/data/share/man/man1/krea-client(?:-[a-z]+)*\.1
    | krea_(?:client|api)/py\.typed
    | krea_client-[\d.]+\.dist-info/(?:METADATA|WHEEL|RECORD|entry_points\.txt|licenses/LICENSE)
    """,
    re.VERBOSE,
)


@pytest.fixture(scope="module")
def packed(wheel: Path) -> set[str]:
    with zipfile.ZipFile(wheel) as archive:
        return set(archive.namelist())


@pytest.fixture(scope="module")
def metadata(wheel: Path) -> str:
    with zipfile.ZipFile(wheel) as archive:
        [name] = [name for name in archive.namelist() if name.endswith("METADATA")]
        return archive.read(name).decode()


@pytest.mark.parametrize("name", ["krea_client/notes.txt", "krea_client/__pycache__/a.pyc", "tests/test_x.py", "a.pth"])
def test_a_stray_file_would_be_found(name: str) -> None:
    assert not EXPECTED.fullmatch(name)


def test_the_wheel_holds_no_stray_file(packed: set[str]) -> None:
    assert sorted(name for name in packed if not EXPECTED.fullmatch(name)) == []


def test_the_wheel_holds_every_module_the_types_and_the_document(packed: set[str], tree: Path) -> None:
    sources = {tree / "shim": "krea_client", tree / "generated": "krea_api"}
    expected = {
        path.relative_to(root).as_posix()
        for root, package in sources.items()
        for path in (root / package).rglob("*")
        if path.is_file()
    }
    assert packed >= expected | {"krea_client/py.typed", "krea_api/py.typed", "krea_api/openapi.json"}


def test_the_document_in_the_wheel_is_the_generated_one(wheel: Path, tree: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        shipped = archive.read("krea_api/openapi.json")
    assert shipped == (tree / "generated" / "openapi.json").read_bytes()
    assert json.loads(shipped)["openapi"].startswith("3.1")


def test_the_metadata_says_what_the_package_says(metadata: str) -> None:
    fields = Parser().parsestr(metadata)
    assert fields["Name"] == "krea-client"
    assert fields["Version"] == krea_client.__version__
    assert fields["License-Expression"] == "MIT"
    assert fields["Requires-Python"] == ">=3.11"
    required = {re.split(r"[<>=;]", line)[0] for line in fields.get_all("Requires-Dist", []) if "extra ==" not in line}
    assert required == {"httpx", "attrs", "jsonschema-rs"}
    assert {"cli", "sandbox"} <= set(fields.get_all("Provides-Extra", []))


def test_the_changelog_begins_with_this_version(tree: Path) -> None:
    first = re.search(r"^## (\S+)", (tree / "CHANGELOG.md").read_text("utf-8"), re.MULTILINE)
    assert first
    assert first[1] == krea_client.__version__


def test_the_sdist_is_enough_to_build_test_and_regenerate_from(sdist: Path) -> None:
    with tarfile.open(sdist) as archive:
        names = {name.partition("/")[2] for name in archive.getnames()}
    assert names >= {
        "pyproject.toml",
        "LICENSE",
        "README.md",
        "CHANGELOG.md",
        "spec/openapi.yaml",
        "generated/openapi.json",
        "scripts/regenerate",
        "scripts/constraints.txt",
        "shim/krea_client/__init__.py",
        "docs/api.md",
        "tests/package/test_archives.py",
    }
    tops = {name.partition("/")[0] for name in names}
    assert tops <= {
        *("shim", "generated", "spec", "scripts", "tests", "docs"),
        *(
            "README.md",
            "CHANGELOG.md",
            "CONTRIBUTING.md",
            "SECURITY.md",
            "LICENSE",
            "pyproject.toml",
            "PKG-INFO",
            ".gitignore",
        ),
    }


@pytest.mark.pythons
def test_a_second_build_elsewhere_and_later_gives_the_same_bytes(
    tree: Path, distributions: Path, tmp_path: Path
) -> None:
    second_tree = tmp_path / "another" / "name"
    shutil.copytree(tree, second_tree)
    for path in second_tree.rglob("*"):
        path.touch()  # another time on every file
    build(second_tree, tmp_path / "again", PYTHONHASHSEED="7", TZ="Asia/Tokyo")
    again = {path.name: path.read_bytes() for path in (tmp_path / "again").iterdir()}
    assert again == {path.name: path.read_bytes() for path in distributions.iterdir()}


@pytest.mark.pythons
def test_source_date_epoch_is_honoured(tree: Path, tmp_path: Path) -> None:
    build(tree, tmp_path, "wheel", SOURCE_DATE_EPOCH="1795132800")
    [wheel] = tmp_path.iterdir()
    with zipfile.ZipFile(wheel) as archive:
        assert {info.date_time[:3] for info in archive.infolist()} == {(2026, 11, 20)}


@pytest.mark.pythons
def test_the_wheel_from_the_sdist_is_the_wheel_from_the_tree(sdist: Path, wheel: Path, tmp_path: Path) -> None:
    with tarfile.open(sdist) as archive:
        archive.extractall(tmp_path, filter="data")
    [unpacked] = [path for path in tmp_path.iterdir() if path.is_dir()]
    build(unpacked, tmp_path / "out", "wheel")
    [again] = (tmp_path / "out").iterdir()
    assert again.read_bytes() == wheel.read_bytes()
