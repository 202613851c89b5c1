"""The input of a bulk run that is a file, read as a stream: JSON lines, CSV or Parquet."""

from __future__ import annotations

import csv
import hashlib
import json
import os
from collections.abc import Callable, Collection, Iterator, Mapping
from pathlib import Path
from typing import Any, BinaryIO, NamedTuple, Protocol

from krea_client import _json
from krea_client.bulk.journal import Checkpoint
from krea_client.bulk.parquet_rows import json_row

_KEY_NAMES = ("custom_id", "key", "id")
_MODEL_NAMES = ("model", "url")
_OTHER_NAMES = frozenset({"method"})  # of batch files that were written for other APIs
_DELIMITERS = ",;\t"
_CHUNK = 1 << 20
LONGEST_KEY = 200  # letters
START = Checkpoint(0, 0)


class InputError(ValueError):
    """The input cannot be read, or is another one than before; the message says where, and what to do."""


class InputLine(NamedTuple):
    """One item of the input.

    Attributes:
        ordinal: its number, from 0.
        position: where it begins, for checkpoints.
        label: where messages say it is, such as "prompts.csv:12".
        key: its key; where the input has none, its number from 1.
        target: the model id, or a request object; None where neither the line nor the options name one.
        body: the fields; None beside a request object.
        is_text: whether the values are texts still to be typed by the schema.
        problem: why the line cannot be read, or "".
        chain: the digest of the items up to this one, of an input that is only known by its items; else "".
    """

    ordinal: int
    position: int
    label: str
    key: str
    target: object = None
    body: Mapping[str, Any] | None = None
    is_text: bool = False
    problem: str = ""
    chain: str = ""


class InputSource(Protocol):
    """Something that items come from."""

    @property
    def name(self) -> str:
        """How messages name it."""
        ...

    @property
    def can_be_read_twice(self) -> bool:
        """Whether all of it can be checked before it is sent."""
        ...

    @property
    def fingerprint_is_whole(self) -> bool:
        """Whether the fingerprint recognises the input without its items being compared."""
        ...

    def lines(self, start: Checkpoint = START) -> Iterator[InputLine]:
        """Yield the items from a checkpoint on."""
        ...

    def fingerprint(self) -> dict[str, str]:
        """Return settings by which `check` recognises the input; empty where it is only known by its items."""
        ...

    def is_unchanged(self, settings: Mapping[str, str]) -> bool:
        """Return True where nothing was appended since these settings; called after `check`."""
        ...

    def check(self, settings: Mapping[str, str]) -> None:
        """Check that the input is the one of these settings; lines may have been appended.

        Raises:
            InputError: it is not.
        """
        ...


def open_input(path: str | os.PathLike[str]) -> InputSource:
    """Return the source of a file, by its name's ending.

    Raises:
        InputError: it cannot be read, or its format is not known.
    """
    file = Path(path)
    kinds: dict[str, Callable[[Path], InputSource]] = {
        ".jsonl": JsonLines,
        ".ndjson": JsonLines,
        ".csv": CsvTable,
        ".tsv": CsvTable,
        ".parquet": ParquetTable,
    }
    kind = kinds.get(file.suffix.lower())
    if kind is None:
        raise InputError(f"{file}: not a known format; give a .jsonl, .csv or .parquet file")
    try:
        with file.open("rb"):
            pass
    except OSError as fault:
        raise InputError(f"{file}: cannot be read: {fault.strerror}; check the path") from None
    return kind(file)


class _InputFile:
    """What all files have: a name, and a fingerprint by which a changed one is seen."""

    can_be_read_twice = True
    fingerprint_is_whole = True

    def __init__(self, path: Path) -> None:
        self._path = path

    @property
    def name(self) -> str:
        """Return the path."""
        return str(self._path)

    def fingerprint(self) -> dict[str, str]:
        """Return size, digest, and the marks by which an untouched file is recognised without reading it."""
        size = self._path.stat().st_size
        return {"input_size": str(size), "input_sha256": self._digest(size), "input_marks": self._marks()}

    def is_unchanged(self, settings: Mapping[str, str]) -> bool:
        """Return True where the file is as long as it was: `check` has compared what it was."""
        return settings.get("input_size") == str(self._path.stat().st_size)

    def check(self, settings: Mapping[str, str]) -> None:
        """Check that the file is the same; see `InputSource.check`."""
        if "input_size" not in settings:
            raise InputError(f"{self._path}: this run was begun with an input that is no file; give that one")
        if settings.get("input_marks") == self._marks():
            return
        size = int(settings["input_size"])
        if self._path.stat().st_size < size or self._digest(size) != settings["input_sha256"]:
            raise InputError(
                f"{self._path}: not the input that this run was begun with; give that one (lines may be appended to it), "
                "or another folder for the changed one"
            )
        if not self._ends_with_line(size):
            raise InputError(f"{self._path}: its former last line goes on now; begin appended lines on a new line")

    def _ends_with_line(self, size: int) -> bool:
        with self._path.open("rb") as file:
            file.seek(max(0, size - 1))
            around = file.read(2)
        return len(around) < 2 or b"\n" in around

    def _marks(self) -> str:
        status = self._path.stat()
        return f"{status.st_size} {status.st_mtime_ns} {status.st_ino}"

    def _digest(self, size: int) -> str:
        sha256 = hashlib.sha256()
        with self._path.open("rb") as file:
            while size > 0 and (piece := file.read(min(size, _CHUNK))):
                sha256.update(piece)
                size -= len(piece)
        return sha256.hexdigest()


class JsonLines(_InputFile):
    """A JSON object a line: custom_id, model and body; without body, the other members are the fields."""

    def lines(self, start: Checkpoint = START) -> Iterator[InputLine]:
        """Yield the items; empty lines are none."""
        ordinal, position = start
        number = 0
        with self._path.open("rb") as file:
            file.seek(position)
            for line in file:
                number += 1
                if line.strip():
                    label = f"{self._path}:{number}" if start == START else f"{self._path}: item {ordinal + 1}"
                    yield _json_line(line, ordinal, position, label)
                    ordinal += 1
                position += len(line)


def _json_line(line: bytes, ordinal: int, position: int, label: str) -> InputLine:
    bare = InputLine(ordinal, position, label, str(ordinal + 1))
    try:
        document = json.loads(line.decode("utf-8-sig"))
    except UnicodeDecodeError as fault:
        return bare._replace(problem=f"is not UTF-8 text (byte {fault.start + 1} of the line)")
    except (ValueError, RecursionError) as fault:
        return bare._replace(problem=f"is not JSON: {fault}")
    if not _json.is_object(document):
        return bare._replace(
            problem=f"is a {type(document).__name__}, must be a JSON object with custom_id, model and body"
        )
    return from_members(_json.members(document), bare)


def from_members(members: Mapping[str, Any], bare: InputLine) -> InputLine:
    """Return a line with the key, model and fields of an object or row."""
    key = next((members[name] for name in _KEY_NAMES if members.get(name) is not None), bare.key)
    target = next((members[name] for name in _MODEL_NAMES if members.get(name)), None)
    body = members.get("body")
    if body is None:
        reserved = {*_KEY_NAMES, *_MODEL_NAMES, *_OTHER_NAMES}
        body = {name: value for name, value in members.items() if name not in reserved}
    if not isinstance(key, (str, int)) or isinstance(key, bool):
        return bare._replace(problem=f"custom_id is a {type(key).__name__}, must be a text")
    return with_key(bare._replace(target=target, body=body), str(key))


def with_key(line: InputLine, key: str) -> InputLine:
    """Return a line with its key, or with the problem of that key."""
    if not key.isprintable() or len(key) > LONGEST_KEY:  # no surrogate is printable
        rule = f"its key {key[:40]!a} has letters that cannot be shown, or more than {LONGEST_KEY}"
        return line._replace(problem=rule)
    return line._replace(key=key)


class CsvTable(_InputFile):
    """A table with a header: one item a row, a field a column; an empty cell leaves its field out."""

    def lines(self, start: Checkpoint = START) -> Iterator[InputLine]:
        """Yield the items; empty rows are none."""
        with self._path.open("rb") as file:
            counted_lines = _CountedLines(file)
            header, delimiter = self._header(counted_lines)
            if start != START:
                file.seek(start.position)
                counted_lines.position = start.position
            rows = csv.reader(counted_lines, delimiter=delimiter, strict=True)
            ordinal = start.ordinal
            while True:
                position, number = counted_lines.position, counted_lines.number + 1
                label = f"{self._path}:{number}" if start == START else f"{self._path}: item {ordinal + 1}"
                bare = InputLine(ordinal, position, label, str(ordinal + 1), is_text=True)
                try:
                    row = next(rows)
                except StopIteration:
                    return
                except (csv.Error, UnicodeDecodeError) as fault:
                    yield bare._replace(problem=f"cannot be read as CSV: {fault}")
                    return
                if any(row):
                    yield _csv_row(header, row, bare)
                    ordinal += 1

    def _header(self, counted_lines: _CountedLines) -> tuple[list[str], str]:
        try:
            first = next(counted_lines, "").removeprefix("\N{ZERO WIDTH NO-BREAK SPACE}")
            delimiter = max(_DELIMITERS, key=first.count)
            rows = list(csv.reader([first], delimiter=delimiter, strict=True))
            header = [name.strip() for name in rows[0]] if rows else []
        except (csv.Error, UnicodeDecodeError) as fault:
            raise InputError(f"{self._path}:1: cannot be read as CSV: {fault}; save it as UTF-8") from None
        doubles = sorted({name for name in header if header.count(name) > 1})
        if not any(header) or doubles:
            reason = f"two columns are called {doubles[0]!r}" if doubles else "there is no header"
            raise InputError(f"{self._path}:1: {reason}; name each column after a field, such as prompt")
        return header, delimiter


def _csv_row(header: list[str], row: list[str], bare: InputLine) -> InputLine:
    if len(row) > len(header):
        return bare._replace(problem=f"has {len(row)} cells, and the header {len(header)}")
    cells = {name: cell for name, cell in zip(header, row, strict=False) if name and cell != ""}
    return from_members(cells, bare)


class _CountedLines:
    """The lines of a file as text, with the position of the next one in bytes."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self.position = 0
        self.number = 0

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        line = self._file.readline()
        if not line:
            raise StopIteration
        self.position += len(line)
        self.number += 1
        return line.decode("utf-8")


class ParquetTable(_InputFile):
    """A Parquet file: one item a row, a field a column; a null leaves its field out; see `json_row`. Needs pyarrow (extra `parquet`)."""

    def lines(self, start: Checkpoint = START) -> Iterator[InputLine]:
        """Yield the items, a batch of rows in memory at a time; the position is the number of the row."""
        try:
            from pyarrow import parquet  # pyright: ignore[reportMissingTypeStubs]  # it has none
        except ModuleNotFoundError:
            text = "reading Parquet needs pyarrow; in a checkout of krea-client, run: pip install '.[parquet]'"
            raise InputError(f"{self._path}: {text}") from None
        file: Any = parquet.ParquetFile(self._path)
        first = 0
        groups: list[int] = []
        for group in range(file.num_row_groups):
            rows = file.metadata.row_group(group).num_rows
            if groups or first + rows > start.position:
                groups.append(group)
            else:
                first += rows
        for batch in file.iter_batches(batch_size=1_000, row_groups=groups):
            types = dict(zip(batch.schema.names, batch.schema.types, strict=True))
            for row in batch.to_pylist():
                if first >= start.position:
                    bare = InputLine(first, first, f"{self._path}: row {first + 1}", str(first + 1))
                    yield _parquet_row(row, types, bare)
                first += 1


def _parquet_row(row: Mapping[str, Any], types: Mapping[str, Any], bare: InputLine) -> InputLine:
    try:
        members = json_row(row, types)
    except (ValueError, RecursionError) as fault:
        return bare._replace(problem=f"a text of the type JSON is not JSON: {fault}")
    return from_members(members, bare)


def pick(source: InputSource, ordinals: Collection[int], checkpoint_of: Any) -> Iterator[InputLine]:
    """Yield single items of a source, by ordinal, each by way of the checkpoint before it."""
    lines: Iterator[InputLine] | None = None
    last_ordinal = -1
    for ordinal in sorted(ordinals):
        checkpoint: Checkpoint = checkpoint_of(ordinal)
        if lines is None or checkpoint.ordinal > last_ordinal + 1:
            lines = source.lines(checkpoint)
        for line in lines:
            last_ordinal = line.ordinal
            if last_ordinal == ordinal:
                yield line
                break
