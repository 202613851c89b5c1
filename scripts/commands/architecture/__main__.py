"""Write the pictures, or with --check compare them with the committed ones."""

import argparse
import sys
from pathlib import Path

from . import layers, request_flow
from .structure import read as read_structure

ROOT = Path(__file__).resolve().parents[3]
FOLDER = ROOT / "docs" / "images"


def pictures(root: Path = ROOT) -> dict[str, str]:
    """Return each picture's file name and SVG text.

    Raises:
        ValueError: a picture names a module that does not exist, or leaves one out.
    """
    structure = read_structure(root)
    return {"layers.svg": layers.draw(structure), "request.svg": request_flow.draw(structure)}


def main() -> int:
    """Return the exit code."""
    parser = argparse.ArgumentParser(
        prog="scripts/architecture", description="Draw the pictures of docs/architecture.md."
    )
    parser.add_argument("--check", action="store_true", help="write nothing; exit 1 when a picture is out of date")
    check = parser.parse_args().check
    stale = [
        (FOLDER / name, text)
        for name, text in pictures().items()
        if not (FOLDER / name).is_file() or (FOLDER / name).read_text("utf-8") != text
    ]
    for path, text in stale:
        if check:
            print(f"{path.relative_to(ROOT)}: out of date; run scripts/architecture")
        else:
            path.parent.mkdir(exist_ok=True)
            path.write_text(text, "utf-8")
            print(f"wrote {path.relative_to(ROOT)}")
    return 1 if check and stale else 0


if __name__ == "__main__":
    try:
        sys.exit(main())
    except ValueError as error:
        sys.exit(f"scripts/architecture: {error}")
