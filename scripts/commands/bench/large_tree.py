"""A large tree of public Python: what several packages ship, wheels and source archives unpacked side by side."""

from __future__ import annotations

import subprocess
import tarfile
import zipfile
from pathlib import Path

# By how they are asked for. A wheel of a newer Python than this one is unpacked as well: it is read, not run.
WHEELS = ("homeassistant", "sympy", "sqlalchemy", "ansible-core")
SOURCES = ("django", "salt")
NEWEST = "3.14"


def packages() -> str:
    """Return what the tree is made of, for a table."""
    return ", ".join((*WHEELS, *SOURCES))


def unpacked(python: Path, folder: Path) -> Path:
    """Return the Python files of the packages below a folder, downloaded once."""
    tree = folder / "tree"
    if tree.exists():
        return tree
    archives = folder / "archives"
    download = [str(python), "-m", "pip", "download", "--quiet", "--no-deps", "--dest", str(archives)]
    subprocess.run([*download, "--only-binary", ":all:", "--python-version", NEWEST, *WHEELS], check=True)
    subprocess.run([*download, "--no-binary", ":all:", *SOURCES], check=True)
    making = folder / "unfinished"
    for archive in sorted(archives.iterdir()):
        _unpack(archive, making / archive.name.split("-")[0])
    making.rename(tree)
    return tree


def _unpack(archive: Path, target: Path) -> None:
    if archive.suffix == ".whl":
        with zipfile.ZipFile(archive) as wheel:
            for name in wheel.namelist():
                if name.endswith(".py"):
                    wheel.extract(name, target)
        return
    with tarfile.open(archive) as source:
        for member in source:
            if member.isfile() and member.name.endswith(".py"):
                source.extract(member, target, filter="data")
