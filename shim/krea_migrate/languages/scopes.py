"""Where a reader of programs stands: in which function, on which branch, after how many bindings."""

from __future__ import annotations

from collections.abc import Generator
from contextlib import contextmanager

from krea_migrate import ir

Bound = ir.Node | ir.Function | ir.Class | ir.Import | None


class Scopes:
    """Where a reader stands, and the module that takes what it reads there.

    Args:
        module: takes what is read.
        shift: how many bytes into the file the program begins.
    """

    def __init__(self, module: ir.Module, shift: int) -> None:
        self.module = module
        self.shift = shift
        self.scope = module.top
        self.path: ir.Path = ()
        self.order = shift

    def define(self, name: str, value: Bound, annotation: str = "") -> None:
        """Bind a name here: what was read before it in the same line does not see it, what follows does."""
        self.scope.defs.setdefault(name, []).append(ir.Def(value, self.order + 1, self.path, annotation))
        self.order += 2

    def literal(self, span: tuple[int, int], entries: list[ir.Entry]) -> ir.Dict:
        """Return a dict or object, and note it."""
        literal = ir.Dict(*span, entries)
        self.module.dicts.append((literal, self.scope, self.path))
        return literal

    def called(self, call: ir.Call) -> ir.Call:
        """Note a call, and return it."""
        self.module.calls.append(ir.CallSite(call, self.scope, self.path))
        return call

    def request(self, request: ir.RequestNode, *, weak: bool = False) -> None:
        """Note a request that the source spells out."""
        self.module.requests.append(ir.RequestSite(request, self.scope, self.path, weak))

    def assign(self, target: ir.Item | ir.Attr, value: ir.Node | None) -> None:
        """Note a member that is set; without a value it is dropped."""
        dropped = ir.Opaque(0, 0)
        self.module.stores.append(ir.Assignment(target, value or dropped, self.path, self.scope, drops=value is None))

    @contextmanager
    def on(self, path: ir.Path, scope: ir.Function | None = None) -> Generator[None]:
        """Read meanwhile on another branch, or inside a function."""
        before = self.scope, self.path
        self.scope, self.path = scope or self.scope, path
        yield
        self.scope, self.path = before
