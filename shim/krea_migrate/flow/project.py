"""All modules of the tree: their imports, classes, and from where each function is called."""

from __future__ import annotations

import posixpath
from collections import defaultdict
from collections.abc import Callable, Hashable, Iterator
from typing import TypeVar

from krea_migrate import ir
from krea_migrate.flow.file_names import FileNames
from krea_migrate.flow.higher_order import inner_calls, named_in
from krea_migrate.flow.results import Results
from krea_migrate.languages.import_aliases import Aliases
from krea_migrate.limits import LIMITS, Limits

MadeNode = TypeVar("MadeNode", bound=ir.Node)


class Project:
    """The modules that are looked at together.

    Args:
        load: gives the module of a file of the tree that nobody asked for yet, by its path, or None.
        files: every file of the tree.
        text: gives the text of a file, or None.
        limits: of the analysis.
    """

    def __init__(
        self,
        load: Callable[[str], ir.Module | None] | None = None,
        files: frozenset[str] = frozenset(),
        text: Callable[[str], str | None] = lambda _: None,
        limits: Limits = LIMITS,
    ) -> None:
        self._most_names = limits.names.value
        self.crowded = 0  # how often a name had more other names than are looked at
        self._aliases = Aliases(files, text)
        self.modules: dict[str, ir.Module] = {}
        self.files = set(files)
        self.size = 0  # expressions, about
        self.given: dict[str, list[ir.CallSite]] = defaultdict(list)  # calls by the names among their arguments
        self.words: dict[str, list[ir.CallSite]] = defaultdict(list)
        self._named = FileNames(files)
        self._resolved: dict[tuple[ir.Import, str], ir.Module | None] = {}
        self.placed: dict[str, list[ir.CallSite]] = defaultdict(list)
        self.functions: dict[str, list[ir.Function]] = defaultdict(list)
        self.classes: dict[str, list[ir.Class]] = defaultdict(list)
        self.members: dict[tuple[ir.Class, str], list[ir.Assignment]] = defaultdict(list)
        self.sets: dict[str, list[ir.Assignment]] = defaultdict(list)
        self.updates: list[ir.CallSite] = []
        self.heirs: dict[str, list[ir.Class]] = defaultdict(list)  # classes by the names of their bases
        # What a library calls, by the call that it is given in.
        self.inner: dict[ir.Call, list[ir.Call]] = defaultdict(list)
        self._also_known: dict[str, tuple[list[str], int]] = {}  # and how often a name had more than are looked at
        self._parameters_given: dict[str, set[str]] = {}  # that functions are handed to, by their names
        self._also: dict[str, set[str]] = defaultdict(set)
        self.results = Results(self.also_named)
        self._in_tables: set[str] = set()
        self._keyed: dict[str, set[str]] = defaultdict(set)  # { post: submit }: members that are bound to a name
        self._from_tables: dict[str, set[str]] = defaultdict(set)  # names of tables, and what is bound to a part of one
        self._tables = {""}  # names of dicts that hold functions; "" for one that is asked at once
        self._merged: dict[tuple[ir.Call, ir.Call], ir.Call] = {}
        self._scopes: dict[object, ir.Function] = {}
        self._once: dict[Hashable, ir.Node] = {}
        self._load = load
        self._joined: set[tuple[ir.Call, ir.Node | ir.Function]] = set()

    def add(self, module: ir.Module) -> None:
        """Take a module in."""
        self.modules[module.dotted] = module
        self.size += len(module.names) + len(module.calls) + len(module.texts) + len(module.stores) + len(module.dicts)
        if module.file not in self.files:
            self.files.add(module.file)
            self._named.add(module.file)
        self._resolved.clear()
        self._also_known.clear()
        self._parameters_given.clear()
        for site in list(module.calls):
            self._note(site)
        for function in module.functions:
            self.functions[function.name].append(function)
        for cls in module.classes:
            self.classes[cls.name].append(cls)
            for base in cls.bases:
                self.heirs[ir.tail(base)].append(cls)
        self._note_names(module)
        self.results.add(module)
        for store in module.stores:
            name = _name_set(store)
            if name:
                self.sets[name].append(store)
            owner = _owner_set(store)
            if owner is not None and isinstance(store.target, ir.Attr):
                self.members[owner, store.target.name].append(store)

    def _note(self, site: ir.CallSite) -> None:
        call = site.call
        self._scopes[call] = site.scope
        name = ir.tail(call.of)
        for argument_name in dict.fromkeys(ir.tail(node) for node in given_to(call)):
            self.given[argument_name].append(site)
        for word in call.words:
            if word.name is not None:
                self.words[word.name].append(site)
        self.placed[name].append(site)
        if name in ("update", "assign", "extend"):
            self.updates.append(site)
        for inner in inner_calls(call, name):
            virtual = ir.CallSite(inner, site.scope, site.path)
            self.inner[call].append(inner)
            site.scope.module.calls.append(virtual)
            for target in named_in(inner.of):
                self.placed[target].append(virtual)

    def _note_names(self, module: ir.Module) -> None:
        """Note the other names of functions: imported as, bound to, in tables."""
        for scope in (module.top, *module.functions):
            for name, defs in scope.defs.items():
                bound_name = f"default:{stem_of(module.file)}" if name == "default" else name
                for definition in defs:
                    self._note_table(name, definition.value)
                    for target_name in _names_of(definition.value):
                        if target_name != bound_name:
                            self._also[target_name].add(bound_name)
        self._note_tables(module)

    def _note_table(self, name: str, value: object) -> None:
        """Note a dict of functions, or what is taken out of one: run = {"a": imagine}[word], run = RUNS.get(word)."""
        if isinstance(value, ir.Dict) and any(isinstance(entry.value, (ir.Name, ir.Attr)) for entry in value.entries):
            self._tables.add(name)
        if isinstance(value, ir.Call) and isinstance(value.of, ir.Attr) and value.of.name == "get":
            self._from_tables["" if isinstance(value.of.of, ir.Dict) else ir.tail(value.of.of)].add(name)
        elif isinstance(value, ir.Item):
            self._from_tables["" if isinstance(value.of, ir.Dict) else ir.tail(value.of)].add(name)

    def _note_tables(self, module: ir.Module) -> None:
        """Note what stands in tables, and the names of the members."""
        for literal, _, _ in module.dicts:
            for entry in literal.entries:
                if entry.key is not None and not isinstance(entry.value, ir.Str):
                    if isinstance(entry.value, ir.Closure):
                        self._in_tables.add(entry.value.function.name)
                    for name in named_in(entry.value):
                        self._in_tables.add(name)
                        self._keyed[name] |= {entry.key.value} if isinstance(entry.key, ir.Str) else set()

    def scope_of(self, node: object) -> ir.Function | None:
        """Return the function that a call or a loop stands in."""
        if isinstance(node, ir.Element):
            return node.of.scope if isinstance(node.of, ir.Name) else self._scopes.get(node.of)
        return self._scopes.get(node)

    def also_named(self, name: str) -> list[str]:
        """Return every name that a function or class may be called by; "" when it stands in a table."""
        if name not in self._also_known:
            crowded = self.crowded
            self._also_known[name] = self._aliases_of(name), self.crowded - crowded
            return list(self._also_known[name][0])
        aliases, more = self._also_known[name]
        self.crowded += more
        return list(aliases)

    def _aliases_of(self, name: str) -> list[str]:
        aliases, known_names = [name], {name}
        for alias in aliases:
            further = self._also[alias] | (self._keyed[alias] if alias in self.functions else frozenset[str]())
            further |= self._given_as(alias)
            aliases += sorted(further - known_names)
            known_names |= further
            if len(aliases) > self._most_names:
                self.crowded += 1
                break
        if any(alias in self._in_tables for alias in aliases):
            picked_names = {alias for table in self._tables for alias in self._from_tables.get(table, ())}
            aliases += ["", *sorted(picked_names - set(aliases))]
        return aliases

    def _given_as(self, name: str) -> set[str]:
        """Return the parameters that a function or class is handed to."""
        if name not in self._parameters_given:
            self._parameters_given[name] = self._find_given_as(name)
        return self._parameters_given[name]

    def _find_given_as(self, name: str) -> set[str]:
        if name not in self.functions and name not in self.classes:
            return set()
        places = {
            (ir.tail(site.call.of), place)
            for site in self.given.get(name, ())
            for place, argument in enumerate(site.call.args)
            if ir.tail(argument) == name
        }
        return {
            function.params[place].name
            for callee, place in places
            for function in self.functions.get(callee, ())
            if place < len(function.params)
        }

    def with_ahead(self, ahead: ir.Call | None, call: ir.Call) -> ir.Call:
        """Return a call of what partial() made, as the call of the function with all arguments."""
        if ahead is None:
            return call
        key = ahead, call
        if key not in self._merged:
            args, words = [*ahead.args, *call.args], [*ahead.words, *call.words]
            self._merged[key] = ir.Call(call.start, call.end, call.of, args, words)
        return self._merged[key]

    def once(self, key: Hashable, node: MadeNode) -> MadeNode:
        """Return the node that was first made for a key of this type: what it stands for is remembered by the node."""
        made = self._once.setdefault((type(node), key), node)
        return made if isinstance(made, type(node)) else node

    def joined(self, giver: ir.Call, taker: ir.Node) -> bool:
        """Note that the one hands over to the other; False when that is known already."""
        key = giver, taker.function if isinstance(taker, ir.Closure) else taker
        is_joined = key in self._joined
        self._joined.add(key)
        return not is_joined

    def imported(self, wanted_import: ir.Import, importer: ir.Module) -> ir.Module | None:
        """Return the module of the tree that an import names."""
        key = (wanted_import, importer.file)
        if key not in self._resolved:
            endings = importer.dialect.files(wanted_import, importer, self._aliases)
            candidates = (self._nearest(ending, importer) for ending in endings)
            module = next((candidate for candidate in candidates if candidate is not None), None)
            self._resolved[key] = module
        return self._resolved[key]

    def held(self, wanted_import: ir.Import, importer: ir.Module) -> ir.Module | None:
        """Return the same, when it has been read already; nothing more is read for it."""
        known = self._resolved.get((wanted_import, importer.file))
        if known is not None:
            return known
        load, self._load = self._load, None
        try:
            candidates = (
                self._nearest(ending, importer)
                for ending in importer.dialect.files(wanted_import, importer, self._aliases)
            )
            return next((candidate for candidate in candidates if candidate is not None), None)
        finally:
            self._load = load

    def _nearest(self, ending: str, importer: ir.Module) -> ir.Module | None:
        if ending.startswith("="):
            best = ending[1:] if ending[1:] in self.files else None
        else:
            best = self._named.nearest(ending, posixpath.dirname(importer.file) + "/")
        if best is None or best == importer.file:
            return None
        if best not in self.modules and self._load is not None:
            module = self._load(best)
            if module is None:
                self._named.remove(best)
                self.files.discard(best)
                return None
            self.add(module)
        return self.modules.get(best)


def _names_of(value: object) -> Iterator[str]:
    """Yield the names of the functions that a name is bound to."""
    if isinstance(value, (ir.Function, ir.Class)):
        yield value.name
    elif isinstance(value, ir.Closure):
        yield value.function.name
    elif isinstance(value, ir.Import) and value.name in (None, "default"):
        yield f"default:{stem_of(value.module)}"
    elif not isinstance(value, ir.Str):
        yield from named_in(value)


def stem_of(file: str) -> str:
    """Return what a file is called: krea of src/krea.ts, and of src/krea/index.ts."""
    folder, _, last = file.rpartition("/")
    stem = last.partition(".")[0]
    return stem if stem != "index" or not folder else folder.rpartition("/")[2]


def given_to(call: ir.Call) -> Iterator[ir.Name | ir.Attr]:
    """Yield what a call is given by its name: as it is, as JSON, or under a key."""
    nodes = [*call.args, *(word.value for word in call.words if word.name is not None)]
    for node in nodes:
        if isinstance(node, ir.Dict):
            nodes += [entry.value for entry in node.entries if not isinstance(entry.value, ir.Dict)]
        elif isinstance(node, ir.Call) and ir.tail(node.of) in ("stringify", "dumps"):
            nodes += node.args
        elif isinstance(node, (ir.Name, ir.Attr)):
            yield node


def _name_set(store: ir.Assignment) -> str:
    target = store.target
    if isinstance(target, ir.Attr):
        return target.name
    return target.key.value if isinstance(target.key, ir.Str) else ""


def _owner_set(store: ir.Assignment) -> ir.Class | None:
    # self.x = ... in a method, this.x = ... in a method or a constructor
    target, scope = store.target, store.scope
    while scope.owner is None and scope.outer is not None:
        scope = scope.outer
    if scope.owner is None or not isinstance(target.of, ir.Name):
        return None
    own = target.of.id
    return scope.owner if own == "this" or (scope.params and scope.params[0].name == own) else None
