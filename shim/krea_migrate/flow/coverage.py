"""What the analysis did not see, and which files that may concern: those that imports join to the file of the call."""

from __future__ import annotations

from collections import defaultdict
from typing import NamedTuple

from krea_migrate import ir, names
from krea_migrate.flow.project import Project


class Cut(NamedTuple):
    """A call of which the analysis did not see everything, because a limit was hit.

    Attributes:
        scope: the function of the call.
        node: the call.
        limits: the limits that were hit.
        targets: the addresses that it was seen to be given.
    """

    scope: ir.Function
    node: ir.Node
    limits: frozenset[str]
    targets: tuple[names.Target, ...]

    @property
    def file(self) -> str:
        """The file of the call."""
        return self.scope.module.file


class Coverage:
    """The cuts that may concern a file.

    Args:
        project: the modules.
        cuts: the calls of which not everything was seen.
    """

    def __init__(self, project: Project, cuts: list[Cut]) -> None:
        self.cuts = cuts
        self._component = _components(project) if cuts else {}
        self._of: dict[str, list[Cut]] = defaultdict(list)
        for cut in cuts:
            self._of[self._component.get(cut.file, cut.file)].append(cut)

    def of(self, file: str) -> list[Cut]:
        """Return the cuts in files that imports join to this one."""
        return self._of.get(self._component.get(file, file), []) if self.cuts else []


def _components(project: Project) -> dict[str, str]:
    """Return a name of the component that each file belongs to."""
    above: dict[str, str] = {}

    def root(file: str) -> str:
        while above.get(file, file) != file:
            above[file] = above.get(above[file], above[file])
            file = above[file]
        return file

    modules = list(project.modules.values())
    for module in modules:
        scopes = (module.top, *module.functions)
        imports = [definition.value for scope in scopes for defs in scope.defs.values() for definition in defs]
        for statement in (*imports, *module.stars):
            imported = project.held(statement, module) if isinstance(statement, ir.Import) else None
            if imported is not None:
                above[root(module.file)] = root(imported.file)
    return {module.file: root(module.file) for module in modules}
