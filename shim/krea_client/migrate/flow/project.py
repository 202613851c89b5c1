"""All modules of the tree: their imports, classes, and from where each function is called."""

from __future__ import annotations

import posixpath
from collections import defaultdict
from collections.abc import Callable, Iterator

from krea_client.migrate.flow.aliases import Aliases
from krea_client.migrate.languages import tree as t

# Library functions that call another one: what they are given next are its arguments.
_CALLERS = frozenset(
    {"to_thread", "submit", "run_in_executor", "run_sync", "run_in_threadpool", "create_task", "call_soon"}
    | {"retry", "retry_call", "with_retry", "withRetry", "with_retries", "call", "apply", "pRetry", "wrap", "spawn"}
)


class Project:
    """The modules that are looked at together.

    Args:
        load: gives the module of a file of the tree that nobody asked for yet, by its path, or None.
        files: every file of the tree.
        text: gives the text of a file, or None.
    """

    def __init__(
        self,
        load: Callable[[str], t.Module | None] | None = None,
        files: frozenset[str] = frozenset(),
        text: Callable[[str], str | None] = lambda _: None,
    ) -> None:
        self._aliases = Aliases(files, text)
        self.modules: dict[str, t.Module] = {}
        self.files = set(files)
        self.given: dict[str, list[t.Placed]] = defaultdict(list)  # calls by the names among their arguments
        self.words: dict[str, list[t.Placed]] = defaultdict(list)
        self._named: dict[str, list[str]] = defaultdict(list)
        for file in files:
            self._named[file.rsplit("/", 1)[-1]].append(file)
        self._resolved: dict[tuple[int, str], t.Module | None] = {}
        self.placed: dict[str, list[t.Placed]] = defaultdict(list)
        self.functions: dict[str, list[t.Function]] = defaultdict(list)
        self.classes: dict[str, list[t.Class]] = defaultdict(list)
        self.members: dict[tuple[int, str], list[t.Store]] = defaultdict(list)
        self.sets: dict[str, list[t.Store]] = defaultdict(list)
        self.updates: list[t.Placed] = []
        self._load = load

    def add(self, module: t.Module) -> None:
        """Takes a module in."""
        self.modules[module.dotted] = module
        if module.file not in self.files:
            self.files.add(module.file)
            self._named[module.file.rsplit("/", 1)[-1]].append(module.file)
        self._resolved.clear()
        module.calls += list(_bound_ahead(module))
        for placed in list(module.calls):
            self._note(placed)
        for function in module.functions:
            self.functions[function.name].append(function)
        for found in module.classes:
            self.classes[found.name].append(found)
        for store in module.stores:
            name = _name_set(store)
            if name:
                self.sets[name].append(store)
            owner = _owner_set(store)
            if owner is not None and isinstance(store.target, t.Attr):
                self.members[id(owner), store.target.name].append(store)

    def _note(self, placed: t.Placed) -> None:
        call = placed.call
        name = tail(call.of)
        for one in (*call.args, *(word.value for word in call.words)):
            if isinstance(one, (t.Name, t.Attr)):
                self.given[tail(one)].append(placed)
        for word in call.words:
            if word.name is not None:
                self.words[word.name].append(placed)
        self.placed[name].append(placed)
        if name in ("update", "assign", "extend"):
            self.updates.append(placed)
        if name in _CALLERS:
            for number, given in enumerate(call.args[:2]):
                if isinstance(given, (t.Name, t.Attr)):
                    inner = t.Call(call.start, call.end, given, call.args[number + 1 :], call.words)
                    virtual = t.Placed(inner, placed.scope, placed.path)
                    placed.scope.module.calls.append(virtual)
                    self.placed[tail(given)].append(virtual)

    def imported(self, wanted: t.Import, importer: t.Module) -> t.Module | None:
        """The module of the tree that an import names."""
        key = (id(wanted), importer.file)
        if key not in self._resolved:
            endings = self._files_of(wanted, importer)
            found = (self._nearest(ending, importer) for ending in endings)
            module = next((one for one in found if one is not None), None)
            self._resolved[key] = module
        return self._resolved[key]

    def _files_of(self, wanted: t.Import, importer: t.Module) -> Iterator[str]:
        if importer.language == "shell":
            return _shell_files(wanted)
        if importer.language == "script":
            return _script_files(wanted, importer, self._aliases)
        return _python_files(wanted, importer)

    def _nearest(self, ending: str, importer: t.Module) -> t.Module | None:
        if ending.startswith("="):
            fitting = [ending[1:]] if ending[1:] in self.files else []
        else:
            same_name = self._named.get(ending.rsplit("/", 1)[-1], ())
            fitting = [file for file in same_name if file == ending or file.endswith("/" + ending)]
        if not fitting:
            return None
        folder = posixpath.dirname(importer.file)
        best = max(fitting, key=lambda file: (len(posixpath.commonprefix([file, folder + "/"])), -len(file)))
        if best == importer.file:
            return None
        if best not in self.modules and self._load is not None:
            module = self._load(best)
            if module is None:
                self._named[best.rsplit("/", 1)[-1]].remove(best)
                self.files.discard(best)
                return None
            self.add(module)
        return self.modules.get(best)


def _bound_ahead(module: t.Module) -> Iterator[t.Placed]:
    """F = partial(g, a) and f(b), as g(a, b)."""
    made = {
        name: one.value
        for scope in (module.top, *module.functions)
        for name, defs in scope.defs.items()
        for one in defs
        if isinstance(one.value, t.Call) and tail(one.value.of) in ("partial", "bind") and one.value.args
    }
    for placed in module.calls if made else ():
        call = placed.call
        first = made.get(call.of.id) if isinstance(call.of, t.Name) else None
        if first is not None:
            args, words = [*first.args[1:], *call.args], [*first.words, *call.words]
            yield t.Placed(t.Call(call.start, call.end, first.args[0], args, words), placed.scope, placed.path)


def tail(of: t.Node) -> str:
    """The last name of what is called."""
    if isinstance(of, t.Attr):
        return of.name
    return of.id if isinstance(of, t.Name) else ""


def _name_set(store: t.Store) -> str:
    target = store.target
    if isinstance(target, t.Attr):
        return target.name
    return target.key.value if isinstance(target.key, t.Str) else ""


def _owner_set(store: t.Store) -> t.Class | None:
    # self.x = ... in a method, this.x = ... in a method or a constructor
    target, scope = store.target, store.scope
    while scope.owner is None and scope.outer is not None:
        scope = scope.outer
    if scope.owner is None or not isinstance(target.of, t.Name):
        return None
    own = target.of.id
    return scope.owner if own == "this" or (scope.params and scope.params[0].name == own) else None


def _python_files(wanted: t.Import, importer: t.Module) -> Iterator[str]:
    parts = wanted.module.split(".") if wanted.module else []
    exact = ""
    if wanted.level:
        folder = posixpath.dirname(importer.file)
        for _ in range(wanted.level - 1):
            folder = posixpath.dirname(folder)
        parts = [*(folder.split("/") if folder else []), *parts]
        exact = "="
    if wanted.name is not None and parts:
        yield exact + "/".join([*parts, wanted.name]) + ".py"
    if parts:
        yield exact + "/".join(parts) + ".py"
        yield exact + "/".join([*parts, "__init__.py"])
    if wanted.name is not None:
        yield exact + "/".join([*parts, wanted.name, "__init__.py"])


_SCRIPT_ENDINGS = (".ts", ".tsx", ".js", ".jsx", ".mjs", ".cjs", ".mts", ".cts")


def _script_files(wanted: t.Import, importer: t.Module, aliases: Aliases) -> Iterator[str]:
    spec = wanted.module
    if spec.startswith("."):
        yield from _endings("=" + posixpath.normpath(posixpath.join(posixpath.dirname(importer.file), spec)))
        return
    for full in aliases.of(spec, importer.file):
        yield from _endings("=" + full)
    if spec.startswith(("@/", "~/", "src/", "#")):
        yield from _endings(spec.lstrip("@~#/"))


def _endings(full: str) -> Iterator[str]:
    yield full
    stem, dot, ending = full.rpartition(".")
    bare = stem if dot and "." + ending in _SCRIPT_ENDINGS else full  # import "./x.js" of x.ts
    for one in _SCRIPT_ENDINGS:
        yield f"{bare}{one}"
        yield f"{bare}/index{one}"


def _shell_files(wanted: t.Import) -> Iterator[str]:
    # . "$(dirname "$0")/lib.sh": the folder is only known when it runs
    yield wanted.module.rsplit("./", 1)[-1].lstrip("/")
