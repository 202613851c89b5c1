"""What the files of a project say that its own modules are called: tsconfig.json, package.json, deno.json."""

from __future__ import annotations

import posixpath
from collections.abc import Callable, Iterator

from krea_migrate.languages import json_text
from krea_migrate.limits import LimitReached

_CONFIGS = ("tsconfig.json", "jsconfig.json", "tsconfig.base.json", "tsconfig.app.json", "deno.json", "deno.jsonc")
_ENTRIES = ("source", "module", "main", "exports", "types")


class Aliases:
    """Other names of files, by the folder that they hold in.

    Args:
        files: every file of the tree.
        text: gives the text of one of them, or None.
    """

    def __init__(self, files: frozenset[str], text: Callable[[str], str | None]) -> None:
        self._files = files
        self._text = text
        self._read: dict[str, json_text.Value] = {}
        self._packages: dict[str, str] | None = None

    def of(self, spec: str, importer: str) -> list[str]:
        """Return the paths that a name stands for, the nearest first; some may be no files."""
        paths: list[str] = []
        folder = posixpath.dirname(importer)
        while True:
            for name in (*_CONFIGS, "package.json"):
                path = posixpath.join(folder, name)
                if path in self._files:
                    paths += self._mapped(path, spec)
            if not folder or folder in ("/", "."):
                break
            folder = posixpath.dirname(folder)
        return paths + list(self._of_package(spec))

    def _mapped(self, path: str, spec: str, extending: frozenset[str] = frozenset()) -> Iterator[str]:
        """Yield what one file says of a name, and what it extends."""
        value = self._value(path)
        folder = posixpath.dirname(path)
        options = value.get("compilerOptions")
        root = posixpath.join(folder, options.get("baseUrl").text or ".")
        for table, at in ((options.get("paths"), root), (value.get("imports"), folder)):
            for alias in table.members:
                for target in _targets(alias, spec):
                    yield posixpath.normpath(posixpath.join(at, target))
        if options.get("baseUrl") is not json_text.MISSING:
            yield posixpath.normpath(posixpath.join(root, spec))
        parent = value.get("extends").text
        if parent is not None and parent.startswith(".") and path not in extending:
            full = posixpath.normpath(posixpath.join(folder, parent))
            for one_path in (full, full + ".json"):
                if one_path in self._files:
                    yield from self._mapped(one_path, spec, extending | {path})

    def _of_package(self, spec: str) -> Iterator[str]:
        """Yield a package of the same tree, by the name that it gives itself."""
        if self._packages is None:
            self._packages = {}
            for path in sorted(file for file in self._files if posixpath.basename(file) == "package.json"):
                package_name = self._value(path).get("name").text
                if package_name is not None:
                    self._packages[package_name] = path
        name = "/".join(spec.split("/")[: 2 if spec.startswith("@") else 1])
        if name not in self._packages:
            return
        path = self._packages[name]
        folder, inner_path = posixpath.dirname(path), spec[len(name) + 1 :]
        if inner_path:
            yield posixpath.join(folder, inner_path)
            yield posixpath.join(folder, "src", inner_path)
            return
        for entry in _ENTRIES:
            for target in _texts(self._value(path).get(entry)):
                plain = posixpath.normpath(posixpath.join(folder, target))
                yield plain
                yield plain.replace("/dist/", "/src/").removesuffix(".d.ts")
        yield posixpath.join(folder, "src")
        yield folder or "."

    def _value(self, path: str) -> json_text.Value:
        if path not in self._read:
            text = self._text(path)
            try:
                documents = json_text.parse(text) if text is not None else []
            except (json_text.NotJson, LimitReached):
                documents = []
            self._read[path] = documents[0] if len(documents) == 1 else json_text.MISSING
        return self._read[path]


def _targets(alias: json_text.Member, spec: str) -> Iterator[str]:
    """Yield what "@app/*": ["./src/*"] makes of a name."""
    before, star, after = alias.name.partition("*")
    if not star and alias.name.endswith("/"):  # of Deno
        star = "/"
    if spec != alias.name and not (star and spec.startswith(before) and spec.endswith(after)):
        return
    middle = spec[len(before) : len(spec) - len(after)]
    for target in _texts(alias.value):
        yield target.replace("*", middle) if star != "/" else target + middle


def _texts(value: json_text.Value) -> Iterator[str]:
    """Yield the texts in a value: exports may be nested."""
    if value.text is not None:
        yield value.text
    for element in (*value.items, *(member.value for member in value.members)):
        yield from _texts(element)
