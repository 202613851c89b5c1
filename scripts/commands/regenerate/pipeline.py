"""The steps of `scripts/regenerate`, in order."""

from __future__ import annotations

import json
import tempfile
from pathlib import Path

from regenerate import formatting, generator, lint, lock, pins, publish, retiring, shadows, sources, stamp, table
from regenerate.generator_view import python_view

from .bundle import Document, bundle
from .decided import decided
from .problems import GenerationFailed


def build(root: Path, target: Path) -> None:
    """Write a complete generated/ to `target`. Raises GenerationFailed with every problem it found, file and line."""
    spec = root / "spec"
    versions = pins.pinned(root / "scripts" / "constraints.txt")
    bundled = bundle(sources.read_folder(spec))
    if findings := lint.findings(bundled):
        raise GenerationFailed(findings)
    document = bundled.document
    shadows.verify(spec / "templates")
    package = target / "krea_api"
    generator.generate(document, python_view(document), spec / "templates", package)
    formatting.finish(package)
    (package / "py.typed").write_bytes(b"")
    (package / "operations").mkdir()
    for name, text in table.table(document).items():
        (package / "operations" / name).write_text(text, "utf-8")
    (target / lock.LOCK).write_text(lock.lock(package), "utf-8")
    (package / "decided_differences.json").write_text(table.as_json(decided(spec)), "utf-8")
    (target / "openapi.json").write_text(table.as_json(publish.described(document)), "utf-8")
    (target / "STAMP.json").write_text(stamp.stamp(document, versions, spec, target), "utf-8")


def check(root: Path) -> list[str]:
    """Return a line for every file of generated/ that is stale, missing or extra; writes nothing."""
    with tempfile.TemporaryDirectory() as folder:
        target = Path(folder) / "generated"
        target.mkdir()
        build(root, target)
        return publish.differences(target, root / "generated")


def regenerate(root: Path, *, rename: bool = False, retire: bool = True) -> list[str]:
    """Bring generated/ up to date and return what changed, in words; empty when nothing did.

    A field that left a request gets its row of x-krea-retired-fields in spec/ first, unless `retire` says that it never
    was one. Raises GenerationFailed when a public name would be gone and `rename` does not say that this is meant.
    """
    with tempfile.TemporaryDirectory() as folder:
        target = Path(folder) / "generated"
        target.mkdir()
        published = root / "generated"
        old = _published(published)
        rows = _rows(root, old) if old and retire else retiring.RetiredRows([], {})
        try:
            rows.write(root)
            build(root, target)
            changed = publish.differences(target, published)
            if not rename:
                lock.verify(target, published)
        except GenerationFailed:
            rows.take_back(root)
            raise
        if not changed:
            return rows.lines
        # griffe is slow to import, and --check, which runs at every commit, does without.
        from regenerate.release_summary import summary

        lines = summary(root, old, target) if old else []
        publish.replace(target, published)
        return [*rows.lines, *lines, f"generated/: {publish.summary(changed)}"]


def _published(published: Path) -> Document | None:
    file = published / "openapi.json"
    return json.loads(file.read_text("utf-8")) if file.is_file() else None


def _rows(root: Path, old: Document) -> retiring.RetiredRows:
    gone = retiring.left(old, bundle(sources.read_folder(root / "spec")).document)
    return retiring.rows(root, gone) if gone else retiring.RetiredRows([], {})
