"""The table of spec/notes/known.md: differences that were looked at, and kept."""

from __future__ import annotations

from pathlib import Path

from .problems import GenerationFailed

_SOURCES = ("page", "document", "*")
COLUMNS = ("source", "operation", "field", "says", "why")


def decided(spec: Path) -> list[dict[str, str]]:
    """Return the rows of the table by column; no file, no rows. Raises GenerationFailed with the line of a row that is none."""
    file = spec / "notes" / "known.md"
    rows: list[dict[str, str]] = []
    lines = file.read_text("utf-8").splitlines() if file.is_file() else []
    for number, line in enumerate(lines, 1):
        cells = [cell.strip() for cell in line.strip().strip("|").split("|")]
        if not line.startswith("|") or cells[0] in ("source", "") or set(cells[0]) <= {"-", ":"}:
            continue
        if len(cells) != len(COLUMNS) or cells[0] not in _SOURCES or not all(cells):
            complaint = "a row is | page, document or * | operation | field | says | why |, none of them empty"
            raise GenerationFailed([f"spec/notes/{file.name}:{number}: {complaint}"])
        rows.append(dict(zip(COLUMNS, cells, strict=True)))
    return rows
