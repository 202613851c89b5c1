"""Act on a module when it is imported, whether that has happened already or comes later.

Importing the libraries ahead of the program would be simpler, and would break programs that must do something first (gevent patches
sockets before anything imports ssl) or that never use them.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping, Sequence
from importlib.abc import MetaPathFinder
from importlib.machinery import ModuleSpec
from types import ModuleType
from typing import Any

ModuleAction = Callable[[ModuleType], None]


class ImportHooks(MetaPathFinder):
    """Runs an action for each module that is imported.

    Args:
        actions: what to do with a module that has just been run, by its name.
    """

    def __init__(self, actions: Mapping[str, ModuleAction]) -> None:
        self._actions = actions

    def begin(self) -> None:
        """Run the actions of modules that are imported already, and from now on of those that come."""
        if self not in sys.meta_path:
            sys.meta_path.insert(0, self)
        for name, action in self._actions.items():
            if (module := sys.modules.get(name)) is not None:
                _run_action(action, module)

    def end(self) -> None:
        """Run no more actions."""
        if self in sys.meta_path:
            sys.meta_path.remove(self)

    def find_spec(
        self, fullname: str, path: Sequence[str] | None, target: ModuleType | None = None
    ) -> ModuleSpec | None:
        """Let the other finders find the module, and act when it has been run."""
        action = self._actions.get(fullname)
        if action is None:
            return None
        for finder in sys.meta_path:
            spec = None if finder is self else finder.find_spec(fullname, path, target)
            if spec is not None:
                if spec.loader is not None:
                    _call_after(spec.loader, fullname, action)
                return spec
        return None


def _run_action(action: ModuleAction, module: ModuleType) -> None:
    try:
        action(module)
    except Exception:
        # A program may have a module of its own by that name; its import must not fail for us.
        import logging

        logging.getLogger("krea_client").exception(
            "%s is not the library of that name; its requests stay as they are", module
        )


def _call_after(loader: Any, name: str, action: ModuleAction) -> None:
    # The loader stays what it is, with all that other people ask of it; only this one method is covered until it has been called.
    run = loader.exec_module

    def exec_module(module: ModuleType) -> None:
        run(module)
        if module.__name__ == name:
            del loader.exec_module
            _run_action(action, module)

    loader.exec_module = exec_module
