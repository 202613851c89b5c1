"""The steps of `scripts/regenerate`, in order."""

from __future__ import annotations

import json
import tempfile
from pathlib import Path

from . import engine, formatting, lint, lock, pins, publish, shadows, sources, stamp, table
from .bundle import bundle
from .problems import GenerationFailed
from .report import report
from .view import python_view


def build(root: Path, target: Path) -> None:
    """Writes a complete generated/ to `target`. Raises GenerationFailed with every problem it found, file and line."""
    spec = root / "spec"
    versions = pins.pinned(root / "scripts" / "constraints.txt")
    bundled = bundle(sources.read_folder(spec))
    if findings := lint.findings(bundled):
        raise GenerationFailed(findings)
    document = bundled.document
    shadows.verify(spec / "templates")
    package = target / "krea_api"
    engine.generate(document, python_view(document), spec / "templates", package)
    formatting.finish(package)
    (package / "py.typed").write_bytes(b"")
    (package / "operations").mkdir()
    for name, text in table.table(document).items():
        (package / "operations" / name).write_text(text, "utf-8")
    (target / lock.LOCK).write_text(lock.lock(package), "utf-8")
    (target / "openapi.json").write_text(table.as_json(document), "utf-8")
    (target / "STAMP.json").write_text(stamp.stamp(document, versions, spec, target), "utf-8")


def check(root: Path) -> list[str]:
    """Returns a line for every file of generated/ that is stale, missing or extra; writes nothing."""
    with tempfile.TemporaryDirectory() as folder:
        target = Path(folder) / "generated"
        target.mkdir()
        build(root, target)
        return publish.differences(target, root / "generated")


def regenerate(root: Path, *, rename: bool = False) -> list[str]:
    """Brings generated/ up to date and returns what changed, in words; empty when nothing did.

    Raises GenerationFailed when a public name would be gone and `rename` does not say that this is meant.
    """
    with tempfile.TemporaryDirectory() as folder:
        target = Path(folder) / "generated"
        target.mkdir()
        build(root, target)
        published = root / "generated"
        changed = publish.differences(target, published)
        if not changed:
            return []
        if not rename:
            lock.verify(target, published)
        before = published / "openapi.json"
        old = json.loads(before.read_text("utf-8")) if before.is_file() else None
        lines = report(old, json.loads((target / "openapi.json").read_text("utf-8"))) if old else []
        publish.replace(target, published)
        return [*lines, f"generated/: {publish.summary(changed)}"]
