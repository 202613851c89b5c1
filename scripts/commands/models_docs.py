"""Writes docs/models.md: every model of the specification, a table for each kind, and the models that are gone."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from krea_client._spec.catalogue import Catalogue, catalogue
from krea_client.cli import price_text, text_layout
from krea_client.cli.commands import models

PAGE = Path(__file__).resolve().parents[2] / "docs" / "models.md"
KINDS = {"image": "Pictures", "video": "Video", "enhance": "Enhancing", "3d": "3D", "audio": "Audio"}


def page(loaded: Catalogue) -> str:
    """Return the whole page."""
    rows = list(models.rows(loaded))
    counts = Counter(row["kind"] for row in rows)
    counts_line = ", ".join(f"[{KINDS[kind]}](#{KINDS[kind].lower()}) {counts[kind]}" for kind in KINDS)
    vendors = len({row["vendor"] for row in rows})
    parts = [
        "# Models",
        "<!-- scripts/models-docs writes this page out of the specification; edits are lost at its next run. -->",
        f"{len(rows)} models of {vendors} vendors, as documented on {loaded.index['spec_version']}: {counts_line}.",
        (
            "Prices are the lowest published ones, in USD (/s: for each second of the result; -: none is published), with their dates "
            "and cases in `krea-client models show MODEL` and `krea.price(...)`. The usual time is the documented average."
        ),
    ]
    for kind, name in KINDS.items():
        table = _table(row for row in rows if row["kind"] == kind)
        parts += [f"## {name}", f"[How to use them, with an example](kinds/{kind}.md).", table]
    parts += ["## Gone", _gone(loaded), _platform(loaded)]
    return "\n\n".join(parts) + "\n"


def _table(rows: Iterator[Mapping[str, Any]]) -> str:
    lines = ["| model | request class | what for | USD | usually |", "|---|---|---|---|---|"]
    for row in rows:
        about = f"{'*Deprecated.* ' if row['deprecated'] else ''}{row['summary']}"
        cells = (f"`{row['model']}`", f"`{row['request_class']}`", about)
        lines.append(
            f"| {' | '.join((*cells, price_text.in_short(row['price']), text_layout.duration(row['typical_seconds'])))} |"
        )
    return "\n".join(lines)


def _gone(loaded: Catalogue) -> str:
    lines = ["Known by name, so that a request for one says so before it is sent.", ""]
    lines += ["| model | switched off | instead |", "|---|---|---|"]
    for row in loaded.index["gone_models"]:
        instead = f"`{row['replacement']}`" if row["replacement"] else "-"
        lines.append(f"| `{row['model']}` | {row['sunset'] or 'on an unknown day'} | {instead} |")
    return "\n".join(lines)


def _platform(loaded: Catalogue) -> str:
    platform_entries = [entry for entry in loaded.index["operations"].values() if not entry["kind"]]
    lines = [
        "## Everything else",
        f"{len(platform_entries)} operations around the models; what calls them is in [api.md](api.md).",
        "",
    ]
    lines += ["| operation | what for |", "|---|---|"]
    lines += [f"| `{entry['method']} {entry['path']}` | {entry['summary']} |" for entry in platform_entries]
    return "\n".join([lines[0], "", *lines[1:]])


def main(arguments: list[str]) -> int:
    """Write the page, or with --check only compare it. Return the exit code, 1 where it is not as it should be."""
    if arguments not in ([], ["--check"]):
        print("usage: scripts/models-docs [--check]", file=sys.stderr)
        return 2
    new = page(catalogue())
    if PAGE.is_file() and PAGE.read_text("utf-8") == new:
        return 0
    if arguments:
        print("docs/models.md is not up to date: run scripts/models-docs", file=sys.stderr)
        return 1
    PAGE.write_text(new, "utf-8")
    print("scripts/models-docs: docs/models.md has been brought up to date")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
