"""What `krea-client check` and `krea-client migrate` do: their settings, their output, their exit codes."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any, BinaryIO, Literal, NamedTuple, TextIO

from krea_migrate import engine
from krea_migrate.findings import Certainty
from krea_migrate.report import BadSettings, Report
from krea_migrate.source import Source
from krea_migrate.walk import language_of

Format = Literal["text", "json", "github", "sarif"]
CLEAN, FOUND, UNREAD = 0, 1, 2
_READ_ONLY = "is read-only, so it was not changed"
_OUTSIDE = "is a link to a file outside of the tree, so it is not changed"


class Options(NamedTuple):
    """What the caller asks for.

    Attributes:
        paths: files and folders.
        format: how findings are printed.
        write: change the files.
        likely: change what is likely, too.
        changed_since: show only what is in files that differ from this revision; "" for everything.
        baseline: a file of findings that are not shown again; "" for none.
        write_baseline: write that file instead of showing anything.
    """

    paths: tuple[str, ...]
    format: Format = "text"
    write: bool = False
    likely: bool = False
    changed_since: str = ""
    baseline: str = ""
    write_baseline: str = ""


def check(options: Options, out: TextIO | None = None, err: TextIO | None = None) -> int:
    """Report findings; return 0 when there are none, 1 when there are some, 2 when something was not read.

    Raises:
        BadSettings: an option or the project's section cannot be used.
    """
    out, err = _stream(out, sys.stdout), _stream(err, sys.stderr)
    report = engine.check(options.paths, settings_for(options.paths))
    if options.changed_since:
        from krea_migrate import changed

        changed.keep_changed(report, options.paths, options.changed_since)
    if options.write_baseline or options.baseline:
        _use_baseline(report, options)
    if options.write_baseline:
        _show_remarks(report, err)
        count = len(report.findings)
        summary = f"{count} {'finding is' if count == 1 else 'findings are'} known from now on"
        err.write(f"krea-client: {options.write_baseline}: {summary}\n")
        return UNREAD if report.problems else CLEAN
    _show(report, options.format, out, err)
    return _code(report)


def _use_baseline(report: Report, options: Options) -> None:
    from krea_migrate import baseline

    if options.write_baseline:
        baseline.write(options.write_baseline, report)
    elif stale := baseline.apply(options.baseline, report):
        count_text = f"{stale} of its findings {'is' if stale == 1 else 'are'} gone"
        report.notes[options.baseline] = f"{count_text}; write it anew with --write-baseline {options.baseline}"


def explain(code: str, out: TextIO | None = None) -> int:
    """Print what a code means.

    Raises:
        BadSettings: no rule has it.
    """
    from krea_migrate import explanations

    try:
        page = explanations.page(code.upper())
    except KeyError:
        existing = ", ".join(sorted(explanations.all_codes()))
        raise BadSettings(f"there is no rule {code!r}; the rules are {existing}") from None
    _stream(out, sys.stdout).write(page + "\n")
    return CLEAN


def migrate(options: Options, out: TextIO | None = None, err: TextIO | None = None) -> int:
    """Show the diff, or write it; return 0 when nothing is left to do, 1 when something is, 2 when a file failed.

    Raises:
        BadSettings: the project's section cannot be used.
    """
    return _migrate(options, _stream(out, sys.stdout), _stream(err, sys.stderr))


def _stream(chosen_stream: TextIO | None, usual: TextIO) -> TextIO:
    """Return where to write; names and lines that its encoding cannot express do not end the run."""
    stream = usual if chosen_stream is None else chosen_stream
    reconfigure: Callable[..., None] | None = getattr(stream, "reconfigure", None)
    if reconfigure is not None:
        reconfigure(errors="backslashreplace")
    return stream


def _migrate(options: Options, out: TextIO, err: TextIO) -> int:
    settings = settings_for(options.paths)
    report = engine.check(options.paths, settings)
    new = settled(report, Certainty.LIKELY if options.likely else Certainty.CERTAIN, settings)
    from krea_migrate import output
    from krea_migrate.writing import NotWritten, leaves, may_be_written, write

    roots = [os.path.realpath(path) for path in options.paths]
    for path in [path for path in new if leaves(path, roots)]:
        report.problems[path] = _OUTSIDE
        del new[path]
    if not options.write:
        _put(output.diff(report, new), out)
        _show_remarks(report, err)
        err.write(f"krea-client: {_changes(len(new), 'would be')}; {output.summary(report)}\n")
        return _code(report)
    unwritable = {path: _OUTSIDE for path, why in report.problems.items() if why == _OUTSIDE}
    unwritable |= {path: _READ_ONLY for path in new if not may_be_written(path)}
    try:
        changed = write({path: source.data for path, source in new.items() if path not in unwritable})
    except NotWritten as error:
        out.writelines(f"{path}\n" for path in error.changed)
        err.write(f"krea-client: {error}; {_changes(len(error.changed), 'were')}\n")
        return UNREAD
    out.writelines(f"{path}\n" for path in changed)
    after = engine.check(options.paths, settings)
    after.problems |= unwritable
    _show(after, "text", err, err)
    err.write(f"krea-client: {_changes(len(changed), 'were')}\n")
    return _code(after)


def _put(lines: Iterable[bytes], out: TextIO) -> None:
    # A stream of text would turn line ends into those of the system, and refuse bytes of another encoding.
    raw: BinaryIO | None = getattr(out, "buffer", None)
    if raw is None:
        out.writelines(line.decode("utf-8", "surrogateescape") for line in lines)
        return
    out.flush()
    raw.writelines(lines)
    raw.flush()  # before the summary, which goes to another stream


def _changes(count: int, verb: str) -> str:
    return f"{count} file{'' if count == 1 else 's'} {'was' if count == 1 and verb == 'were' else verb} changed"


def settled(report: Report, lowest: Certainty, settings: engine.Settings) -> dict[str, Source]:
    """Return the new files, once looking at them again changes nothing more; a file that would no longer parse stays as it is."""
    new = engine.migrated(report, lowest)
    for path, source in list(new.items()):
        if not _parses_as_before(report.sources[path], source):
            report.problems[path] = "would no longer parse after the change, so it stays as it is"
            del new[path]
    if not new:
        return new
    more: dict[str, Source] = {}
    for _ in range(3):
        again = Report(focus=report.focus)
        engine.analyse({path: source.data for path, source in (report.sources | new).items()}, again, settings)
        more = {path: of for path, of in engine.migrated(again, lowest).items() if path not in report.problems}
        if not more:
            break
        new |= more
    else:
        for path in more:
            report.problems[path] = "would change again each time, so it stays as it is"
            del new[path]
    return new


def _parses_as_before(old: Source, new: Source) -> bool:
    return language_of(old.path) != "python" or _parses(new) or not _parses(old)


def _parses(source: Source) -> bool:
    import ast

    try:
        ast.parse(source.text)
    except (SyntaxError, ValueError, RecursionError):
        return False
    return True


def _show(report: Report, form: Format, out: TextIO, err: TextIO) -> None:
    from krea_migrate import output

    if form == "json":
        out.write(output.as_json(report) + "\n")
        return
    if form == "sarif":
        from krea_migrate import sarif

        out.write(sarif.document(report) + "\n")
    else:
        out.writelines(line + "\n" for line in (output.github(report) if form == "github" else output.text(report)))
    _show_remarks(report, err)
    err.write(f"krea-client: {output.summary(report)}\n")


def _show_remarks(report: Report, err: TextIO) -> None:
    from krea_migrate import output

    err.writelines(line + "\n" for line in output.remarks(report))


def _code(report: Report) -> int:
    if report.not_read:
        return UNREAD
    return FOUND if report.findings else CLEAN


def settings_for(paths: Sequence[str]) -> engine.Settings:
    """Return [tool.krea-client.migrate] of the nearest pyproject.toml above the first path.

    Raises:
        BadSettings: it cannot be read.
    """
    folder = Path(os.path.abspath(paths[0] if paths else "."))
    file = next((file for above in (folder, *folder.parents) if os.path.isfile(file := above / "pyproject.toml")), None)
    data = file.read_bytes() if file is not None else b""
    return _section(data, str(file)) if b"tool.krea-client" in data else engine.Settings()


def _section(data: bytes, file: str) -> engine.Settings:
    import tomllib

    from krea_client.codemod_profile import json as _json

    try:
        tools: Mapping[str, Any] = tomllib.loads(data.decode()).get("tool", {})
    except ValueError as error:
        raise BadSettings(f"{file}: is no TOML: {error}") from None
    section: Mapping[str, Any] = tools.get("krea-client", {}).get("migrate", {})
    for name, value in section.items():
        if name not in engine.Settings._fields:
            raise BadSettings(f"{file}: [tool.krea-client.migrate] has no {name!r}; it takes exclude and ignore")
        texts = _json.sequence(value)
        if texts is None or not all(isinstance(text, str) for text in texts):
            raise BadSettings(f"{file}: {name} must be a list of texts")
    return engine.Settings(tuple(section.get("exclude", ())), tuple(section.get("ignore", ())))
