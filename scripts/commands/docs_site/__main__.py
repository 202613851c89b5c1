"""Build the site and check its links."""

from __future__ import annotations

import argparse
import shutil
import sys
import tempfile
from pathlib import Path

from sphinx.cmd.build import build_main

from . import site_links, source_tree

ROOT = Path(__file__).resolve().parents[3]
HERE = Path(__file__).resolve().parent


def main() -> int:
    """Return the exit code."""
    parser = argparse.ArgumentParser(prog="scripts/docs-site", description="Build the documentation site.")
    parser.add_argument("folder", nargs="?", type=Path, default=ROOT / "build" / "site", help="default: build/site")
    folder = parser.parse_args().folder.resolve()
    if folder.exists() and any(folder.iterdir()) and not (folder / "objects.inv").exists():
        print(f"scripts/docs-site: {folder} is not empty and not a site; name another folder", file=sys.stderr)
        return 2
    shutil.rmtree(folder, ignore_errors=True)
    with tempfile.TemporaryDirectory() as temporary:
        source = Path(temporary) / "source"
        source_tree.write(ROOT, source)
        options = ["--builder", "html", "--conf-dir", str(HERE), "--doctree-dir", f"{temporary}/doctrees"]
        code: int = build_main([*options, "--fail-on-warning", "--keep-going", "--quiet", str(source), str(folder)])
    if code:
        print("scripts/docs-site: FAILED, see the warnings above", file=sys.stderr)
        return code
    (folder / ".buildinfo").unlink(missing_ok=True)
    if problems := site_links.problems(folder):
        print("\n".join(problems), file=sys.stderr)
        print(f"scripts/docs-site: FAILED, {len(problems)} broken links", file=sys.stderr)
        return 1
    print(f"{folder / 'index.html'}: {len(list(folder.rglob('*.html')))} pages, all links inside the site work")
    return 0


if __name__ == "__main__":
    sys.exit(main())
