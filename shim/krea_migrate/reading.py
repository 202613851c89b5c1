"""Every file by the reader of its language, all programs followed together."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace
from typing import TYPE_CHECKING

from krea_migrate import documentation, ir, profile, rules, time_limit, unread, walk
from krea_migrate.findings import Certainty, Finding
from krea_migrate.flow.callees import named_in_requests
from krea_migrate.flow.files import is_meant
from krea_migrate.flow.project import Project
from krea_migrate.languages import needs
from krea_migrate.limits import LIMITS, PRECISION, READING, LimitReached, Limits
from krea_migrate.rules.survey import Survey
from krea_migrate.source import Source, Undecodable

if TYPE_CHECKING:
    from krea_migrate.languages.json_text import Value
    from krea_migrate.languages.view import View
    from krea_migrate.report import Report


TOO_LARGE = "has more than {limit} MB, so it was not read; a program sends what it holds to {api}"


class Reading:
    """The files of a report, read.

    Args:
        report: has the sources; problems and notes are added to it.
        files: every file of the tree, for imports.
        limits: of the analysis.
    """

    def __init__(self, report: Report, files: frozenset[str], limits: Limits = LIMITS) -> None:
        self.report = report
        self.limits = limits
        self.failed: set[str] = set()  # files whose names are searched for, because they could not be read
        self.project = Project(self._load, files, _text, limits)
        self.mended: set[str] = set()
        self.views: dict[str, View] = {}
        self.bundles: list[Source] = []
        self.parsed: dict[str, list[Value]] = {}  # documents that were read for the programs in them

    def findings(self) -> Iterator[Finding]:
        """Yield what the rules find in all of them."""
        documents: list[Source] = []
        examples: list[Source] = []
        for path, source in list(self.report.sources.items()):
            language = walk.language_of(path, source.text)
            if language in ("json", "yaml"):
                documents.append(source)
            elif language == "markdown":
                examples.append(source)
            for module in self._modules(source, language):
                self.project.add(module)
        reported: dict[str, set[int]] = {}
        for finding in self._followed(documents, examples):
            reported.setdefault(finding.file, set()).add(finding.start)
            yield finding
        yield from self._documentation(examples, reported)
        for source in self.bundles:
            from krea_migrate.languages import bundles

            gaps, places = bundles.unread(source.text), reported.get(source.path, set())
            yield from unread.search_parts(source, gaps, places, "this part of a bundle is not read")
        for path in sorted(self.failed):
            yield from unread.search_source(self.report.sources[path])

    def _followed(self, documents: list[Source], examples: list[Source]) -> Iterator[Finding]:
        """Yield what the rules find by following values, in programs, documents and examples."""
        survey = self._survey()
        reported: set[tuple[str, int]] = set()
        for finding in rules.findings(survey):
            reported.add((finding.file, finding.start))
            in_file = self.views[finding.file].told(finding) if finding.file in self.views else finding
            yield in_file.at_most(Certainty.LIKELY) if finding.file in self.mended else in_file
        documents += self._loaded_files(survey, {document.path for document in documents})
        yield from self._in_documents(documents, survey)
        for finding in (finding for source in examples for finding in self._in_blocks(source)):
            if (finding.file, finding.start) not in reported:
                yield finding

    def _documentation(self, examples: list[Source], reported: dict[str, set[int]]) -> Iterator[Finding]:
        """Yield what documents and texts tell of deprecated names."""
        modules: dict[str, list[ir.Module]] = {}
        for module in self.project.modules.values():
            if module.dialect.has_documentation and module.file not in self.views:
                modules.setdefault(module.file, []).append(module)
        for source in examples:
            modules.pop(source.path, None)
            yield from documentation.in_markdown(source, reported.get(source.path, set()))
        for path, of_file in modules.items():
            program = self.report.sources.get(path)
            if program is not None and walk.speaks(program.text) and unread.deprecated().search(program.text):
                yield from documentation.in_texts(program, of_file, reported.get(path, set()))

    def _in_documents(self, documents: list[Source], survey: Survey) -> list[Finding]:
        """Return what stands in JSON and YAML files; where one of them fails, each is looked at alone."""
        if not documents:
            return []
        from krea_migrate.rules import payload_files

        try:
            findings = list(payload_files.find(documents, survey, self.report.problems, self.parsed))
        except Exception as error:  # noqa: BLE001  # one file never ends the run
            if len(documents) == 1:
                self._fail(documents[0].path, why_unread(error))
                return []
            return [in_document for source in documents for in_document in self._in_documents([source], survey)]
        self.failed |= {document.path for document in documents} & self.report.problems.keys()
        return findings

    def _in_blocks(self, source: Source) -> list[Finding]:
        """Return what stands in the JSON and YAML blocks of a Markdown file."""
        from krea_migrate.rules import payload_files

        try:
            with time_limit.one_file():
                return list(payload_files.find_in_blocks(source))
        except Exception as error:  # noqa: BLE001  # one file never ends the run
            self._fail(source.path, why_unread(error))
            return []

    def _fail(self, path: str, why: str) -> None:
        """Report a file that could not be read; its names are searched for instead."""
        self.report.problems[path] = why
        self.failed.add(path)

    def _survey(self) -> Survey:
        """Return the programs, followed again whenever an import brought in a file that nobody had read before."""
        while True:
            self._import_ahead()
            existing = len(self.project.modules)
            survey = Survey(self.project, self.limits)
            if len(self.project.modules) == existing:
                return survey
            survey.reach.ask.forget()

    def _import_ahead(self) -> None:
        """Read what the requests of the programs surely ask for, so that they are not followed once more for each of it."""
        modules = list(self.project.modules.values())
        for module in modules:  # it grows
            before = len(self.project.modules)
            defs = module.top.defs if len(self.project.files) <= PRECISION.files else named_in_requests(module)
            for name in sorted(defs):
                for entry in module.top.defs.get(name, ()):
                    if isinstance(entry.value, ir.Import):
                        self.project.imported(entry.value, module)
            if len(self.project.modules) > before:
                modules += list(self.project.modules.values())[before:]

    def _loaded_files(self, survey: Survey, paths: set[str]) -> Iterator[Source]:
        """Yield the payload files that programs load and send."""
        loaded = {path.split("#")[0] for path in survey.reach.files}
        for path in sorted(self.project.files - paths):
            if walk.LANGUAGES.get(path.rsplit(".", 1)[-1]) not in ("json", "yaml"):
                continue
            if any(is_meant(entry, path) for entry in loaded):
                try:
                    yield self.report.sources.setdefault(path, Source(path, walk.read(path)))
                except walk.TooLarge:
                    limit = READING.bytes.value // 1_000_000
                    self.report.problems[path] = profile.active().say(TOO_LARGE, limit=limit)
                except (OSError, Undecodable):
                    continue

    def _load(self, path: str) -> ir.Module | None:
        """Return a file that another one imports."""
        try:
            source = Source(path, walk.read(path))
        except (OSError, Undecodable, walk.TooLarge):
            return None
        self.report.sources.setdefault(path, source)
        result = list(self._modules(source, walk.language_of(path, source.text)))
        return result[0] if result else None

    def _modules(self, source: Source, language: str | None) -> Iterator[ir.Module]:
        reader = getattr(self, f"_{language}", None)
        if reader is None:
            return
        try:
            with time_limit.one_file():
                modules = list(reader(source))
        except Exception as error:  # noqa: BLE001  # one file never ends the run
            self._fail(source.path, why_unread(error))
            return
        for module in modules:
            yield module
            yield from module.inner

    def _python(self, source: Source) -> Iterator[ir.Module]:
        from krea_migrate.languages import python

        try:
            module = python.read(source.text, source.path, source.path)
            if b">>> " in source.text:
                module.inner.append(_doctests(source, module))
            yield module
        except (SyntaxError, ValueError, RecursionError, MemoryError):
            from krea_migrate.languages import python_tokens

            module, how = python_tokens.read(source.text, source.path)
            self.report.notes[source.path] = how
            self.mended.add(source.path)
            yield module

    def _shell(self, source: Source) -> Iterator[ir.Module]:
        from krea_migrate.languages import shell

        yield shell.read(source.text, source.path)

    def _yaml(self, source: Source) -> Iterator[ir.Module]:
        if b"curl" not in source.text and b"http" not in source.text:
            return
        with suppress(ModuleNotFoundError, ValueError):  # said when its bodies are looked for
            from krea_migrate.languages import documents, markdown, workflow

            self.parsed[source.path] = documents.parse(source.letters, yaml=True)
            view = workflow.view(source.letters, self.parsed[source.path])
            if view is not None:
                self.views[source.path] = view
                yield from markdown.read(view.text, source.path, self.report.problems)

    def _json(self, source: Source) -> Iterator[ir.Module]:
        if b'Code":' not in source.text or b'"connections"' not in source.text:
            return
        with suppress(ModuleNotFoundError, ValueError):
            from krea_migrate.languages import documents, n8n

            self.parsed[source.path] = documents.parse(source.letters, yaml=False)
            self.views[source.path], result = n8n.modules(source.letters, source.path, self.parsed[source.path])
            yield from result

    def _make(self, source: Source) -> Iterator[ir.Module]:
        from krea_migrate.languages import makefile

        yield self._viewed(source, makefile.view(source.letters))

    def _http(self, source: Source) -> Iterator[ir.Module]:
        from krea_migrate.languages import http_text

        yield self._viewed(source, http_text.view(source.letters))

    def _viewed(self, source: Source, view: View) -> ir.Module:
        from krea_migrate.languages import shell

        self.views[source.path] = view
        return shell.read(view.text, source.path)

    def _notebook(self, source: Source) -> Iterator[ir.Module]:
        from krea_migrate.languages import json_text, markdown, notebook

        try:
            view = notebook.view(source.letters)
        except json_text.NotJson as error:
            self._fail(source.path, f"is no notebook: {error}")
            return
        self.views[source.path] = view
        yield from markdown.read(view.text, source.path, self.report.problems)

    def _script(self, source: Source) -> Iterator[ir.Module]:
        try:
            from krea_migrate.languages import script
        except ModuleNotFoundError as missing:
            self._fail(source.path, needs(missing))
            return
        read = script.read(source.text, source.path)
        if read.broken:
            self.report.notes[source.path] = f"line {read.broken} could not be parsed; the rest was read"
        if read.is_bundle:
            size, total = read.size // 1000, len(source.text) // 1000
            self.report.notes[source.path] = (
                f"is a bundle: {size} of {total} kB were followed, around addresses of {profile.active().title}"
            )
            self.mended.add(source.path)
            self.bundles.append(source)
        yield read.module

    def _markdown(self, source: Source) -> Iterator[ir.Module]:
        from krea_migrate.languages import markdown

        yield from markdown.read(source.text, source.path, self.report.problems)


def _doctests(source: Source, module: ir.Module) -> ir.Module:
    """Return the examples in the docstrings of a Python file; they run when all names of the file are bound."""
    from krea_migrate.languages import markdown

    examples = ir.Module(source.path, f"{source.path}#doctest", module.dialect, source.text)
    for name, bindings in module.top.defs.items():
        examples.top.defs[name] = [replace(binding, order=binding.order - len(source.text) * 4) for binding in bindings]
    markdown.read_python(examples, source.text, 0)
    return examples


def why_unread(error: Exception) -> str:
    """Return what is said of a file whose reader raised an error."""
    if isinstance(error, LimitReached):
        return f"{error}, so it was not read"
    if isinstance(error, RecursionError):
        return "is nested too deeply to be read"
    if isinstance(error, MemoryError):
        return "needs more memory than there is"
    if isinstance(error, time_limit.TookTooLong):
        return f"took longer than {READING.seconds.value} s, so it was not read"
    return f"could not be read: the reader failed with {type(error).__name__}; please report it with the file"


def _text(path: str) -> str | None:
    try:
        return walk.read(path).decode("utf-8", "replace")
    except (OSError, walk.TooLarge):
        return None
