"""Deprecated names, their operations and the addresses that they are sent to, out of the operation table."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property
from typing import Literal, NamedTuple

from krea_client.codemod_profile import Alias, Operation, RetiredField, nearest
from krea_migrate import profile
from krea_migrate.holes import HOLE
from krea_migrate.profile import Gone, for_each_api

_OPEN = re.compile(rf"[\s{{}}$<>*%{HOLE}]")  # what only the run fills in
Kind = Literal["operation", "dynamic", "gone", "other", "unknown", "none"]


class Target(NamedTuple):
    """Where an address leads.

    Attributes:
        kind: one known operation; one of several that only the run decides; a model that is gone; another vendor; not
            known; or the API, but nothing that takes a body we know.
        operations: those that it may be.
        told: the address as messages name it.
    """

    kind: Kind
    operations: tuple[Operation, ...]
    told: str


@dataclass(frozen=True)
class Table:
    """Everything that the codemod asks of the operation table."""

    by_path: dict[str, Operation]
    old: dict[str, dict[str, list[Operation]]]  # deprecated name -> new name -> operations
    retired: dict[str, list[Operation]]
    gone: tuple[Gone, ...]

    @cached_property
    def fields(self) -> frozenset[str]:
        """The current names of all operations."""
        return frozenset(field for operation in self.by_path.values() for field in operation.fields)

    @cached_property
    def still_current(self) -> frozenset[str]:
        """The deprecated names that are current names of other operations."""
        return frozenset(self.old) & self.fields

    def only_new(self, old: str) -> str | None:
        """Return the new name of one that no operation takes any more, where it is the same for all of them."""
        news = self.old.get(old, {})
        return next(iter(news)) if len(news) == 1 and old not in self.still_current else None

    @property
    def interesting(self) -> frozenset[str]:
        """Every name that a body had once."""
        return frozenset(self.old) | frozenset(self.retired)


@for_each_api
def table() -> Table:
    """Return the table, made once for each API."""
    api = profile.active()
    operations = api.operations()
    old: dict[str, dict[str, list[Operation]]] = {}
    retired: dict[str, list[Operation]] = {}
    for operation in operations:
        for alias in operation.aliases.values():
            old.setdefault(alias.old, {}).setdefault(alias.new, []).append(operation)
        for name in operation.retired:
            retired.setdefault(name, []).append(operation)
    by_path = {operation.path: operation for operation in operations if operation.schema}
    return Table(by_path, old, retired, tuple(api.gone()))


def gone_in(text: str) -> Gone | None:
    """Return the switched-off model that an address, a path or a full model id names."""
    full = text.split("?", maxsplit=1)[0].strip("/")
    segment = profile.active().segment
    if segment in full:
        full = full.rsplit(segment, 1)[1]
    for model in table().gone:
        if full == model.model or (model.model.endswith("/*") and full.startswith(model.model[:-1])):
            return model
    return None


@for_each_api
def gone_named(text: str) -> Gone | None:
    """Return the switched-off model that a text is the id of, in full or without its kind."""
    for model in table().gone:
        if text in (model.model, model.model.partition("/")[2]):
            return model
    host, path = _split(text.strip())
    if host == profile.active().host:
        return gone_in(path)
    return gone_in(text) if profile.active().segment in text else None


@for_each_api
def _paths() -> re.Pattern[str]:
    """Return every path of the API, and what is in front of one."""
    api = profile.active()
    paths = api.paths()
    fronts = {path[: slash.start()] for path in paths for slash in re.finditer("/", path)}
    known = sorted({*paths, *fronts, *api.other_paths})
    pattern = "|".join(re.sub(r"\\{\w+\\}", "[^/]+", re.escape(path)) for path in known)
    return re.compile(f"(?:/api)?(?:{pattern})/?")


@for_each_api
def is_no_operation(text: str) -> str | None:
    """Return the path of a whole address of the API that leads to none of its operations; None for everything else."""
    text = text.strip().split("?")[0].split("#")[0]
    host, path = _split(text)
    if host is None or host.rsplit(":", 1)[0] != profile.active().host or _OPEN.search(text):
        return None
    if not path.strip("/") or "://" in path or _paths().fullmatch(path) or gone_in(path) is not None:
        return None
    return path


@for_each_api  # a search takes 10 ms
def nearest_path(path: str) -> list[str]:
    """Return the paths of operations that are most like one."""
    return nearest(path.strip("/"), [known_path.strip("/") for known_path in table().by_path], 2)


def target(text: str, hint: str = "") -> Target:
    """Return where an address with holes leads; `hint` is how the source names what fills the holes."""
    return _target(text.strip().split("?")[0].split("#")[0], hint)


@for_each_api
def _target(text: str, hint: str) -> Target:
    api = profile.active()
    is_own = api.names(hint)
    host, path = _split(text)
    shown_text = text.replace(HOLE, "…")
    if host is not None and HOLE not in host:
        if host.rsplit(":", 1)[0].rstrip(".") == api.host:
            is_own = True
        elif _is_glued(host):
            return Target("none", (), shown_text)
        elif host.split(":")[0] not in ("localhost", "127.0.0.1", "0.0.0.0", "[::1]", "host.docker.internal"):  # noqa: S104  # an address that is read, nothing is served on it
            return Target("other", (), host)
        else:
            shown_text = path.replace(HOLE, "…")
    if is_own and path.startswith("/api/") and api.domain not in text:
        path = path[4:]
    exact = table().by_path.get("/" + path.strip("/"))
    if exact is not None:
        return Target("operation", (exact,), exact.model)
    if gone_in(path) is not None and HOLE not in path:
        return Target("gone", (), shown_text)
    return _of_pattern(path, shown_text, is_own=is_own)


def _split(text: str) -> tuple[str | None, str]:
    api_host = profile.active().host
    scheme, mark, address = text.partition("://")
    if mark:
        host, slash, path = address.partition("/")
        if host.startswith(api_host + HOLE):  # https://host${path}
            return api_host, address[len(api_host) :]
        return host, slash + path
    if text.startswith(api_host):
        return api_host, text[len(api_host) :]
    if text.startswith(HOLE):
        return HOLE, text[1:]
    return None, scheme


def _is_glued(host: str) -> bool:
    """Return whether something stands behind the host of the API that no run puts there: values of two paths, side by side."""
    own = profile.active().host
    return host.startswith(own) and not host[len(own) :].startswith((".", ":"))


def _of_pattern(path: str, shown_text: str, *, is_own: bool) -> Target:
    full = re.sub(r"/+", "/", path)
    if HOLE not in full and full.strip("/"):
        return Target("none" if is_own else "unknown", (), shown_text)
    segment, kinds = profile.active().segment, profile.active().kinds
    if not is_own and not any(segment + kind in full for kind in (*kinds, HOLE)):  # or the run names the kind
        return Target("unknown", (), shown_text)
    pattern = re.compile("/?" + ".*".join(map(re.escape, full.lstrip("/").split(HOLE))) + "/?")
    fitting = tuple(operation for way, operation in table().by_path.items() if pattern.fullmatch(way))
    if not full.strip("/" + HOLE):
        fitting = tuple(table().by_path.values())
    if not fitting:
        return Target("none" if is_own else "unknown", (), shown_text)
    if not is_own:
        return Target("unknown", fitting, shown_text)
    return Target("operation" if len(fitting) == 1 else "dynamic", fitting, shown_text)


class Verdict(NamedTuple):
    """What is to be done with a name in a body for some operations."""

    new: str | None
    alias: Alias | None
    lost: str | None  # why it cannot be renamed
    retired: RetiredField | None = None
    operation: Operation | None = None
    stranger: Operation | None = None  # one of the operations that takes neither the deprecated name nor the new one


def judge(name: str, operations: tuple[Operation, ...]) -> Verdict | None:
    """Return the new name, if it is the same for all the operations; None when the name is nothing old for any of them."""
    targets: dict[str, tuple[Alias, Operation]] = {}
    dead: tuple[Alias, Operation] | None = None
    for candidate in operations:
        alias = candidate.aliases.get(name)
        if alias is not None and alias.new in candidate.fields:
            targets[alias.new] = alias, candidate
        elif alias is not None:
            dead = alias, candidate
    if len(targets) == 1:
        new, (alias, operation) = next(iter(targets.items()))
        current = next((candidate for candidate in operations if name in candidate.fields), None)
        if current is not None:
            return Verdict(None, alias, f"{current.model} still takes {name!r}", None, operation)
        stranger = next((candidate for candidate in operations if new not in candidate.fields), None)
        return Verdict(new, alias, None, None, operation, stranger)
    if targets:
        return Verdict(None, None, f"it is {' or '.join(sorted(targets))}, by the model", None, operations[0])
    if dead is not None:
        alias, operation = dead
        reason = f"it stood for {alias.new!r}, which {operation.model} no longer has"
        return Verdict(None, alias, reason, operation.retired.get(alias.new), operation)
    retiring = [candidate for candidate in operations if name in candidate.retired and name not in candidate.fields]
    if retiring and len(retiring) == len(operations):
        operation = retiring[0]
        return Verdict(None, None, f"{operation.model} no longer takes {name!r}", operation.retired[name], operation)
    return None
