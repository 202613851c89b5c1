"""From a tree of files to findings, and from findings to new files."""

from __future__ import annotations

import atexit
import gc
import re
from collections.abc import Generator, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from contextlib import contextmanager, suppress
from functools import cache
from typing import NamedTuple

from krea_migrate import deep_stack, profile, walk
from krea_migrate.findings import CERTAINTIES, Certainty, Edit, Finding
from krea_migrate.marks import ignored
from krea_migrate.report import Report
from krea_migrate.source import Source, Undecodable

_PROGRAMS = frozenset({"python", "script", "shell", "notebook"})
_IMPORTED = frozenset({"python", "script", "notebook"})
_SENDERS = _PROGRAMS | {"make", "http"}
_DOCUMENTS = frozenset({"json", "yaml", "markdown"})
_ENDING = re.compile(rb"\.(?:json[l5]?|ndjson|ya?ml)\b")
_BACKWARDS = re.compile(rb"[\w.-]+")
_LONGEST = 255  # bytes of the name of a file
_MUCH = 1_000_000  # bytes: a larger document is data, unless it speaks of the API


class Settings(NamedTuple):
    """What pyproject.toml and the command line say.

    Attributes:
        exclude: patterns of files that are left out, written as in .gitignore.
        ignore: codes of rules that say nothing.
    """

    exclude: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()


def check(paths: Sequence[str], settings: Settings | None = None) -> Report:
    """Look at files and folders. Nothing is imported that parses before a file speaks of Krea."""
    settings = settings or Settings()
    tree = walk.walk(paths, settings.exclude)
    report = Report(problems=dict(tree.problems))
    if any(path in tree.files for path in paths):
        report.focus = frozenset((*tree.files, *tree.others, *tree.problems))
        tree = walk.with_context(tree, paths, settings.exclude)
    hits, searched = _hits(tree, report)
    in_focus = [path for path in (*tree.files, *tree.others) if report.focus is None or path in report.focus]
    report.looked_at = len(in_focus), sum(path in hits or path in searched for path in in_focus)
    if hits:
        hits |= _loaders(tree, hits)
        hits |= _neighbours(tree, hits)
        hits |= _importers(tree, hits)
    if hits or searched:
        analyse(hits | searched, report, settings, tree)
    if tree.alone:
        _lower(report, tree.alone)
    if report.focus is not None:
        report.problems = {path: why for path, why in report.problems.items() if path in report.focus}
        report.notes = {path: why for path, why in report.notes.items() if path in report.focus}
    return report


def _lower(report: Report, alone: frozenset[str]) -> None:
    """Say of files that were read without the folder around them that others may import them: nothing in them is certain."""
    from krea_migrate.limits import READING

    why = f"only this file was read: its folder has more than {READING.context.told}"
    report.notes |= dict.fromkeys(alone & report.sources.keys(), why)
    report.findings = [
        finding.at_most(Certainty.LIKELY, f"{finding.reason}, but {why}") if finding.file in alone else finding
        for finding in report.findings
    ]


def _hits(tree: walk.Tree, report: Report) -> tuple[dict[str, bytes], dict[str, bytes]]:
    """Return the files that speak of Krea: those that a reader follows, and the others."""
    hits: dict[str, bytes] = {}
    searched: dict[str, bytes] = {}
    for path in (*tree.files, *tree.others):
        try:
            data = walk.read(path)
        except walk.TooLarge:
            _search_large(path, report)
            continue
        except OSError as error:
            report.problems[path] = f"could not be read: {error.strerror}"
            continue
        if path not in tree.files and data.startswith(b"#!"):
            language = walk.language_of(path, data)
            if language != walk.UNREAD:
                tree.files[path] = language
        if walk.speaks(data):
            (hits if path in tree.files else searched)[path] = data
        elif walk.is_utf_16(data):
            searched[path] = data
    return hits, searched


def _search_large(path: str, report: Report) -> None:
    """Report a file that is too large to be read, where it names Krea and a deprecated field name."""
    from krea_migrate import unread

    try:
        problem = unread.search_large(path)
    except OSError as error:
        problem = f"could not be read: {error.strerror}"
    if problem is not None:
        report.problems[path] = problem


def _loaders(tree: walk.Tree, hits: Mapping[str, bytes]) -> dict[str, bytes]:
    """Return the programs that name a document which has the address of Krea: they need not have it themselves."""
    host = profile.active().host.encode()
    documents = [path for path, data in hits.items() if tree.files[path] in ("json", "yaml") and host in data]
    if not documents:
        return {}
    naming = re.compile("|".join(sorted({re.escape(path.rsplit("/", 1)[-1]) for path in documents})).encode())
    return {path: data for path, data in _beside(documents, _IMPORTED, tree, hits) if naming.search(data)}


def _beside(
    paths: list[str], languages: AbstractSet[str], tree: walk.Tree, hits: Mapping[str, bytes]
) -> Iterator[tuple[str, bytes]]:
    """Yield the files of some languages in the projects that some paths belong to, but for those that speak of Krea."""
    tops = {walk.top_of(path, tree) for path in paths}
    for path, language in tree.files.items():
        if path not in hits and language in languages and _under(path, tops):
            with suppress(OSError, walk.TooLarge):  # reported when it was looked at first
                yield path, walk.read(path)


def _neighbours(tree: walk.Tree, hits: Mapping[str, bytes]) -> dict[str, bytes]:
    """Return the programs of the same projects that use a deprecated name: they may call a helper that goes to Krea.

    Documents too, when they name a model in full, have a prompt, or are named by such a program: it may be given what stands in them.
    """
    sends = profile.active().called
    programs = [path for path, data in hits.items() if tree.files[path] in _SENDERS and sends.search(data)]
    if not programs:
        return {}
    loaded = {name for path in programs for name in _documents_named(hits[path])}
    from krea_migrate import names

    table = names.table()
    words = re.compile("|".join(sorted(table.old.keys() - table.still_current)).encode())
    neighbours: dict[str, bytes] = {}
    loading: dict[str, bytes] = {}
    for path, data in _beside(programs, _PROGRAMS | _DOCUMENTS, tree, hits):
        is_program = tree.files[path] in _PROGRAMS
        if (is_program or (len(data) < _MUCH and _may_feed(path, data, loaded))) and words.search(data):
            neighbours[path] = data
        elif is_program and (b".json" in data or b".yaml" in data or b".yml" in data):
            loading[path] = data
    # Programs that name one of the documents may send it to somebody else.
    documents = {_name(path) for path in neighbours if tree.files[path] in _DOCUMENTS}
    sending = loading.items() if documents else ()
    return neighbours | {path: data for path, data in sending if not documents.isdisjoint(_documents_named(data))}


def _documents_named(data: bytes) -> Iterator[bytes]:
    """Yield the names of JSON and YAML files in a text, from their endings backwards: what is in front may be long."""
    for ending in _ENDING.finditer(data):
        stem = _BACKWARDS.match(data[max(0, ending.start() - _LONGEST) : ending.start()][::-1])
        if stem is not None:
            yield stem[0][::-1] + ending[0]


def _importers(tree: walk.Tree, hits: Mapping[str, bytes]) -> dict[str, bytes]:
    """Return the programs that import one which holds a deprecated name: they may send what they take from it to somebody else."""
    from krea_migrate import unread

    holders = [path for path in hits if tree.files[path] in _IMPORTED and unread.deprecated().search(hits[path])]
    if not holders:
        return {}
    stems = b"|".join(sorted({re.escape(_import_name(path)) for path in holders}))
    imports = re.compile(rb"\b(?:from|import|require)\b[^\n;]{0,200}?\b(?:" + stems + rb")\b")
    return {path: data for path, data in _beside(holders, _IMPORTED, tree, hits) if imports.search(data)}


def _import_name(path: str) -> bytes:
    """Return the word by which others import a program: its stem, or its folder's name where that stands for it."""
    parts = path.split("/")
    stem = parts[-1].partition(".")[0]
    word = parts[-2] if stem in ("__init__", "index") and len(parts) > 1 else stem
    return word.encode("utf-8", "surrogateescape")


def _name(path: str) -> bytes:
    return path.rsplit("/", 1)[-1].encode("utf-8", "surrogateescape")


def _may_feed(path: str, data: bytes, loaded: set[bytes]) -> bool:
    """Return whether a document may hold what a program sends."""
    return b"prompt" in data or _name(path) in loaded or profile.active().modelled.search(data) is not None


def _under(path: str, tops: set[str]) -> bool:
    """Return whether a file is in one of the folders."""
    while True:
        path, slash, _ = path.rpartition("/")
        if path + slash in tops:
            return True
        if not slash:
            return False


def analyse(files: Mapping[str, bytes], report: Report, settings: Settings, tree: walk.Tree | None = None) -> None:
    """Follow the values through files that are held in memory, and add what is found to a report.

    Args:
        files: the bytes of the files.
        report: gets the findings; of those outside of its focus nothing is said.
        settings: of the project.
        tree: all files that imports may name; without it, those files.
    """
    from krea_migrate import condensed_reading, isolation, unread

    unreadable: dict[str, bytes] = {}
    for path, data in files.items():
        if walk.is_utf_16(data) or walk.language_of(path, data) == walk.UNREAD:
            unreadable[path] = data
            continue
        try:
            report.sources[path] = Source(path, data)
        except Undecodable as error:
            report.problems[path] = str(error)
    paths = frozenset(tree.files) if tree is not None else frozenset(files)
    with _uncollected():
        try:
            findings = deep_stack.run(lambda: condensed_reading.findings(report, paths))
        except Exception as error:  # noqa: BLE001  # one file never ends the run
            failure = error
            findings = deep_stack.run(lambda: isolation.findings(report, paths, failure))
    findings.update(unread.search_files(unreadable, report))
    in_scope = (finding for finding in findings if _is_kept(finding, report, settings))
    report.findings += sorted(in_scope, key=lambda finding: (finding.file, finding.start, finding.rule, finding.old))


@contextmanager
def _uncollected() -> Generator[None]:
    """Collect no garbage meanwhile: trees of programs live until the end, and looking through them takes longer than following values."""
    _leave_quickly()
    collects = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if collects:
            gc.enable()


@cache
def _leave_quickly() -> None:
    """Let the process end without a search for garbage in trees of programs: that takes as long as following their values."""
    atexit.register(gc.freeze)


def _is_kept(finding: Finding, report: Report, settings: Settings) -> bool:
    in_focus = report.focus is None or finding.file in report.focus
    return in_focus and finding.rule not in settings.ignore and not ignored(finding, report.sources[finding.file])


def migrated(report: Report, lowest: Certainty = Certainty.CERTAIN) -> dict[str, Source]:
    """Return the files as `migrate` would write them: every finding that is at least so certain, and nothing else."""
    certainties = CERTAINTIES[: CERTAINTIES.index(lowest) + 1]
    edits: dict[str, list[Edit]] = {}
    for finding in report.findings:
        if finding.edits and finding.certainty in certainties:
            edits.setdefault(finding.file, []).extend(finding.edits)
    return {path: report.sources[path].edited(of_file) for path, of_file in edits.items()}
