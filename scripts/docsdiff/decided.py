"""The table of spec/notes/known.md: differences that were looked at, and kept."""

from __future__ import annotations

from pathlib import Path

from generation.problems import GenerationFailed
from krea_client.cli.difference.known import Known

_SOURCES = ("page", "document", "*")
_COLUMNS = 5


def rows_of(file: Path) -> list[Known]:
    """Reads the table; no file, no rows. Raises GenerationFailed with the line of a row that is none."""
    rows: list[Known] = []
    lines = file.read_text("utf-8").splitlines() if file.is_file() else []
    for number, line in enumerate(lines, 1):
        cells = [cell.strip() for cell in line.strip().strip("|").split("|")]
        if not line.startswith("|") or cells[0] in ("source", "") or set(cells[0]) <= {"-", ":"}:
            continue
        if len(cells) != _COLUMNS or cells[0] not in _SOURCES or not all(cells):
            what = "a row is | page, document or * | operation | field | says | why |, none of them empty"
            raise GenerationFailed([f"spec/notes/{file.name}:{number}: {what}"])
        rows.append(Known(*cells[:4]))
    return rows
