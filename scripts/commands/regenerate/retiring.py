"""Fields that left a request: each becomes a row of x-krea-retired-fields in its file of spec/, so that callers who still send it are told.

The row is written into spec/, which stays the only place where the fact stands; generated/ alone would forget it at the next run.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, NamedTuple

from regenerate.operation_files import operations

from .bundle import Bundle, Document, bundle
from .problems import GenerationFailed
from .sources import SourceFile, read_folder
from .table import entries

KEY = "x-krea-retired-fields"
# Where the rows go when an operation has none yet: before the first of these, which every operation has.
_BEFORE = ("parameters", "requestBody", "responses")


class Retired(NamedTuple):
    """One field that left the request of an operation."""

    path: str
    method: str
    operation_id: str
    name: str
    row: str


def left(old: Document, new: Document, today: str | None = None) -> list[Retired]:
    """Return the top-level fields that requests had and have no more, but for those that became deprecated names."""
    before = {entry["operation_id"]: entry for entry in entries(old)}
    looks = (old["info"]["version"], today or datetime.now(UTC).date().isoformat())
    return [
        retired
        for entry in entries(new)
        if entry["operation_id"] in before
        for retired in _left(before[entry["operation_id"]], entry, looks)
    ]


def _left(before: dict[str, Any], after: dict[str, Any], looks: tuple[str, str]) -> Iterator[Retired]:
    old_fields, new_fields = _fields(before), _fields(after)
    documented = {row["from"] for row in after["aliases"]} | {row["name"] for row in after["retired_fields"]}
    came = [name for name in new_fields if name not in old_fields]
    for name in old_fields:
        if name in new_fields or name in documented:
            continue
        alike = [new_name for new_name in came if new_fields[new_name] == old_fields[name]]
        use = f", use: {alike[0]}" if len(alike) == 1 else ""
        last_seen, gone_by = before["captured"] or looks[0], after["captured"] or looks[1]
        # A look that was not written down cannot be the one at which the field was missing.
        gone_by = gone_by if gone_by > last_seen else looks[1]
        row = f'{{ name: {name}{use}, last_seen: "{last_seen}", gone_by: "{gone_by}" }}'
        yield Retired(after["path"], after["method"].lower(), after["operation_id"], name, row)


def _fields(entry: dict[str, Any]) -> dict[str, Any]:
    """Return fields of the body with what is said of them, wording left out."""
    properties = (entry["request_schema"] or {}).get("properties", {})
    return {
        name: {key: value for key, value in field.items() if key != "description"} for name, field in properties.items()
    }


class RetiredRows(NamedTuple):
    """What is to be written: a line for each row, and by file of spec/ the text before and after."""

    lines: list[str]
    texts: dict[str, tuple[str, str]]

    def write(self, root: Path) -> None:
        """Write the files."""
        for name, (_, after) in self.texts.items():
            (root / name).write_text(after, "utf-8")

    def take_back(self, root: Path) -> None:
        """Write the files as they were."""
        for name, (before, _) in self.texts.items():
            (root / name).write_text(before, "utf-8")


def rows(root: Path, retired: list[Retired]) -> RetiredRows:
    """Return the rows for what left, each in the file of its operation.

    Raises GenerationFailed, with the row to paste, where a file is written so that the row cannot be put in safely.
    """
    sources = read_folder(root / "spec")
    before = {name: source.text for name, source in sources.items()}
    for field in retired:
        source = _owner(bundle(sources), sources, ("paths", field.path, field.method))
        sources[source.name] = SourceFile(source.name, inserted(source, field))
    rows = {op["operationId"]: op.get(KEY, []) for _, _, op in operations(bundle(sources).document)}
    if unwritten := [field for field in retired if field.name not in [row["name"] for row in rows[field.operation_id]]]:
        raise GenerationFailed(_by_hand(field, f"spec/, {field.operation_id}") for field in unwritten)
    lines = [f"{field.operation_id}: {field.name} left; its row was added to spec/: {field.row}" for field in retired]
    texts = {name: (before[name], source.text) for name, source in sources.items() if source.text != before[name]}
    return RetiredRows(lines, texts)


def _owner(bundled: Bundle, sources: dict[str, SourceFile], place: tuple[str, ...]) -> SourceFile:
    return sources[bundled.at(place).rpartition(":")[0]]


def inserted(source: SourceFile, field: Retired) -> str:
    """Return the text of a file with the row in it. Raises GenerationFailed where it is not written line by line."""
    lines = source.text.split("\n")
    operation = source.value["paths"][field.path][field.method]
    if KEY in operation:
        at = _line(source, field, KEY)
        if not re.fullmatch(rf"\s*{KEY}:\s*(?:#.*)?", lines[at]):
            raise GenerationFailed([_by_hand(field, source.at(("paths", field.path, field.method, KEY)))])
        indent = re.match(r"\s*", lines[at + 1])
        row = f"{indent[0] if indent else ''}- {field.row}"
        last = _line(source, field, KEY, len(operation[KEY]) - 1)
        # A row may run over several lines; the next one begins where something stands no deeper.
        depth = len(indent[0]) if indent else 0
        end = last + 1
        while end < len(lines) and lines[end].strip() and len(lines[end]) - len(lines[end].lstrip()) > depth:
            end += 1
        return "\n".join([*lines[:end], row, *lines[end:]])
    at = min((_line(source, field, key) for key in _BEFORE if key in operation), default=-1)
    if at < 0 or not re.match(rf"\s+(?:{'|'.join(_BEFORE)}):", lines[at]):
        raise GenerationFailed([_by_hand(field, source.at(("paths", field.path, field.method)))])
    indent_text = lines[at][: len(lines[at]) - len(lines[at].lstrip())]
    return "\n".join([*lines[:at], f"{indent_text}{KEY}:", f"{indent_text}  - {field.row}", *lines[at:]])


def _line(source: SourceFile, field: Retired, *steps: str | int) -> int:
    return int(source.at(("paths", field.path, field.method, *steps)).rpartition(":")[2]) - 1


def _by_hand(field: Retired, place: str) -> str:
    return f"{place}: the field {field.name} left this request; add to {KEY}: - {field.row}"
