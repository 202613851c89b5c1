"""The document as one page for people, by Redoc, with everything in it: it is read without a network."""

from __future__ import annotations

import subprocess
from pathlib import Path

from .workplace import DOCUMENT, FOLDER, surroundings


class PageFailed(Exception):
    """What Redoc said instead of making the page."""


def write_page(target: Path, document: Path = DOCUMENT) -> None:
    """Write the page. Raises PageFailed."""
    command = ["redocly", "build-docs", str(document), "--output", str(target.resolve()), "--inlineBundle"]
    # Prices and deprecated names stand in extensions.
    command += ["--openapi.showExtensions=true"]
    completed = subprocess.run(
        command, cwd=FOLDER, env=surroundings(), stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False
    )
    if completed.returncode or not target.is_file():
        raise PageFailed(completed.stdout + completed.stderr)
