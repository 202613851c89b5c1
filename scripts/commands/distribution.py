"""Checks the archives of scripts/build by the rules of a package index: metadata, classifiers, long description, file names."""

from __future__ import annotations

import argparse
import re
import sys
import tarfile
import zipfile
from collections.abc import Iterator
from pathlib import Path

import trove_classifiers
from packaging.metadata import Metadata
from packaging.utils import parse_sdist_filename, parse_wheel_filename
from readme_renderer import markdown

LOCAL = re.compile(r'(?:href|src)="(?!https?://|#|mailto:)([^"]*)"')
REQUIRED = ("summary", "description", "license_expression", "requires_python", "keywords", "classifiers")
PAGE = """<!doctype html><meta charset="utf-8"><title>{title}</title>
<style>
body {{ max-width: 46em; margin: 2em auto; font: 16px/1.5 sans-serif; }}
pre {{ background: #f1f1f1; padding: 1em; overflow: auto; }}
</style>
{body}
"""


def archives(folder: Path) -> Iterator[tuple[Path, bytes]]:
    """Yield each archive with its core metadata."""
    for path in sorted(folder.glob("*.whl")):
        with zipfile.ZipFile(path) as wheel:
            [name] = [name for name in wheel.namelist() if name.endswith(".dist-info/METADATA")]
            yield path, wheel.read(name)
    for path in sorted(folder.glob("*.tar.gz")):
        with tarfile.open(path) as sdist:
            member = sdist.extractfile(f"{path.name.removesuffix('.tar.gz')}/PKG-INFO")
            yield path, member.read() if member else b""


def problems(file_name: str, text: bytes) -> list[str]:
    """Return what an index would reject or show badly."""
    try:
        metadata = Metadata.from_email(text)
    except ExceptionGroup as group:
        return [f"{file_name}: {error}" for error in group.exceptions]
    messages = [f"{file_name}: {field} is missing" for field in REQUIRED if not getattr(metadata, field)]
    unknown = set(metadata.classifiers or ()) - trove_classifiers.classifiers
    messages += [f"{file_name}: unknown classifier {name!r}" for name in sorted(unknown)]
    parse = parse_wheel_filename if file_name.endswith(".whl") else parse_sdist_filename
    name, version = parse(file_name)[:2]
    if (name, version) != (metadata.name.replace("_", "-").lower(), metadata.version):
        messages.append(f"{file_name}: holds {metadata.name} {metadata.version}")
    return [*messages, *(f"{file_name}: {problem}" for problem in description_problems(metadata.description or ""))]


def description_problems(text: str) -> list[str]:
    """Return what is wrong with a long description in Markdown."""
    page = markdown.render(text)
    if page is None:
        return ["the long description cannot be rendered"]
    return [f"the long description links to {target!r}, which an index does not have" for target in LOCAL.findall(page)]


def main() -> int:
    """Return the exit code."""
    parser = argparse.ArgumentParser(prog="scripts/build", description="Check the archives in a folder.")
    parser.add_argument("folder", type=Path)
    parser.add_argument("--page", type=Path, help="write the long description as HTML to this file")
    options = parser.parse_args()
    contents = list(archives(options.folder))
    messages = [problem for path, text in contents for problem in problems(path.name, text)]
    if {path.suffix for path, _ in contents} != {".whl", ".gz"}:
        messages.append(f"{options.folder}: expected a wheel and an sdist")
    if options.page and contents:
        metadata = Metadata.from_email(contents[0][1])
        body = markdown.render(metadata.description or "") or ""
        options.page.write_text(PAGE.format(title=f"{metadata.name} {metadata.version}", body=body), "utf-8")
    for line in messages or [f"ok  {path}" for path, _ in contents]:
        print(line)
    return 1 if messages else 0


if __name__ == "__main__":
    sys.exit(main())
