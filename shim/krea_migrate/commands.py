"""What `krea-client check` and `krea-client migrate` do: their settings, their output, their exit codes."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, BinaryIO, Literal, NamedTuple, TextIO

from krea_migrate import engine
from krea_migrate.findings import Certainty
from krea_migrate.report import Report
from krea_migrate.source import Source
from krea_migrate.walk import language_of

Form = Literal["text", "json", "github", "sarif"]
CLEAN, FOUND, UNREAD = 0, 1, 2


class BadSettings(ValueError):
    """The section of pyproject.toml cannot be used."""


class Wish(NamedTuple):
    """What the caller asked for."""

    paths: tuple[str, ...]
    form: Form = "text"
    write: bool = False
    likely: bool = False


def check(wish: Wish, out: TextIO | None = None, err: TextIO | None = None) -> int:
    """Reports; gives 0 when nothing was found, 1 when something was, 2 when something could not be read."""
    report = engine.check(wish.paths, settings_for(wish.paths))
    _show(report, wish.form, _stream(out, sys.stdout), _stream(err, sys.stderr))
    return _code(report)


def migrate(wish: Wish, out: TextIO | None = None, err: TextIO | None = None) -> int:
    """Shows the diff, or writes it; gives 0 when nothing is left to do, 1 when something is, 2 when a file failed."""
    return _migrate(wish, _stream(out, sys.stdout), _stream(err, sys.stderr))


def _stream(given: TextIO | None, usual: TextIO) -> TextIO:
    """Where to write; names and lines that its encoding cannot express do not end the run."""
    stream = usual if given is None else given
    reconfigure: Callable[..., None] | None = getattr(stream, "reconfigure", None)
    if reconfigure is not None:
        reconfigure(errors="backslashreplace")
    return stream


def _migrate(wish: Wish, out: TextIO, err: TextIO) -> int:
    settings = settings_for(wish.paths)
    report = engine.check(wish.paths, settings)
    new = settled(report, Certainty.LIKELY if wish.likely else Certainty.CERTAIN, settings)
    from krea_migrate import output

    if not wish.write:
        _put(output.diff(report, new), out)
        _remarks(report, err)
        err.write(f"krea-client: {_told(len(new), 'would be')}; {output.summary(report)}\n")
        return _code(report)
    from krea_migrate.writing import NotWritten, may_be_written, write

    locked = {path: "is read-only, so it was not changed" for path in new if not may_be_written(path)}
    try:
        changed = write({path: source.data for path, source in new.items() if path not in locked})
    except NotWritten as error:
        out.writelines(f"{path}\n" for path in error.changed)
        err.write(f"krea-client: {error}; {_told(len(error.changed), 'were')}\n")
        return UNREAD
    out.writelines(f"{path}\n" for path in changed)
    left = engine.check(wish.paths, settings)
    left.problems |= locked
    _show(left, "text", err, err)
    err.write(f"krea-client: {_told(len(changed), 'were')}\n")
    return _code(left)


def _put(lines: Iterable[bytes], out: TextIO) -> None:
    # A stream of text would turn line ends into those of the system, and refuse bytes of another encoding.
    raw: BinaryIO | None = getattr(out, "buffer", None)
    if raw is None:
        out.writelines(line.decode("utf-8", "surrogateescape") for line in lines)
        return
    out.flush()
    raw.writelines(lines)


def _told(count: int, verb: str) -> str:
    return f"{count} file{'' if count == 1 else 's'} {'was' if count == 1 and verb == 'were' else verb} changed"


def settled(report: Report, lowest: Certainty, settings: engine.Settings) -> dict[str, Source]:
    """The new files, once looking at them again changes nothing more; a file that would no longer parse stays as it is."""
    new = engine.migrated(report, lowest)
    for path, source in list(new.items()):
        if not _parses_as_before(report.sources[path], source):
            report.problems[path] = "would no longer parse after the change, so it stays as it is"
            del new[path]
    for _ in range(3):
        again = Report()
        engine.analyse(
            {**{p: s.data for p, s in report.sources.items()}, **{p: s.data for p, s in new.items()}}, again, settings
        )
        more = engine.migrated(again, lowest)
        if not {path for path in more if path not in report.problems}:
            break
        new |= {path: source for path, source in more.items() if path not in report.problems}
    return new


def _parses_as_before(old: Source, new: Source) -> bool:
    if language_of(old.path) != "python":
        return True
    import ast

    try:
        ast.parse(old.text)
    except (SyntaxError, ValueError, RecursionError):
        return True
    try:
        ast.parse(new.text)
    except (SyntaxError, ValueError, RecursionError):
        return False
    return True


def _show(report: Report, form: Form, out: TextIO, err: TextIO) -> None:
    from krea_migrate import output

    if form == "json":
        out.write(output.as_json(report) + "\n")
        return
    if form == "sarif":
        import json

        from krea_client.codemod_profile import version
        from krea_migrate import sarif

        out.write(json.dumps(sarif.document(report, version), indent=2) + "\n")
        return
    out.writelines(line + "\n" for line in (output.github(report) if form == "github" else output.text(report)))
    _remarks(report, err)
    err.write(f"krea-client: {output.summary(report)}\n")


def _remarks(report: Report, err: TextIO) -> None:
    from krea_migrate import output

    err.writelines(line + "\n" for line in output.remarks(report))


def _code(report: Report) -> int:
    if report.not_read:
        return UNREAD
    return FOUND if report.findings else CLEAN


def settings_for(paths: Sequence[str]) -> engine.Settings:
    """[tool.krea-client.migrate] of the nearest pyproject.toml above the first path.

    Raises:
        BadSettings: it cannot be read.
    """
    folder = os.path.abspath(paths[0] if paths else ".")
    while True:
        file = os.path.join(folder, "pyproject.toml")
        if os.path.isfile(file):
            with open(file, "rb") as opened:
                data = opened.read()
            return _section(data, file) if b"tool.krea-client" in data else engine.Settings()
        above = os.path.dirname(folder)
        if above == folder:
            return engine.Settings()
        folder = above


def _section(data: bytes, file: str) -> engine.Settings:
    import tomllib

    from krea_client.codemod_profile import json as _json

    try:
        section: Mapping[str, Any] = (
            tomllib.loads(data.decode()).get("tool", {}).get("krea-client", {}).get("migrate", {})
        )
    except ValueError as error:
        raise BadSettings(f"{file}: is no TOML: {error}") from None
    for name, value in section.items():
        if name not in engine.Settings._fields:
            raise BadSettings(f"{file}: [tool.krea-client.migrate] has no {name!r}; it takes exclude and ignore")
        texts = _json.sequence(value)
        if texts is None or not all(isinstance(one, str) for one in texts):
            raise BadSettings(f"{file}: {name} must be a list of texts")
    return engine.Settings(tuple(section.get("exclude", ())), tuple(section.get("ignore", ())))
