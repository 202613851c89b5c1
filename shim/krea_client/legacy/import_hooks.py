"""Does something to a module when it is imported, so that it makes no difference whether that happened before or comes later.

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

Greeting = Callable[[ModuleType], None]


class ImportHooks(MetaPathFinder):
    """Greets modules as they arrive.

    Args:
        greetings: what to do with a module that has just been run, by its name.
    """

    def __init__(self, greetings: Mapping[str, Greeting]) -> None:
        self._greetings = greetings

    def begin(self) -> None:
        """Greets those who are here, and from now on those who come."""
        if self not in sys.meta_path:
            sys.meta_path.insert(0, self)
        for name, greet in self._greetings.items():
            if (module := sys.modules.get(name)) is not None:
                _welcome(greet, module)

    def end(self) -> None:
        """Greets nobody any more."""
        if self in sys.meta_path:
            sys.meta_path.remove(self)

    def find_spec(
        self, fullname: str, path: Sequence[str] | None, target: ModuleType | None = None
    ) -> ModuleSpec | None:
        """Has the others find the module, and is told when it has been run."""
        greet = self._greetings.get(fullname)
        if greet is None:
            return None
        for finder in sys.meta_path:
            spec = None if finder is self else finder.find_spec(fullname, path, target)
            if spec is not None:
                if spec.loader is not None:
                    _call_after(spec.loader, fullname, greet)
                return spec
        return None


def _welcome(greet: Greeting, module: ModuleType) -> None:
    try:
        greet(module)
    except Exception:
        # A program may have a module of its own by that name; its import must not fail for us.
        import logging

        logging.getLogger("krea_client").exception(
            "%s is not the library of that name; its requests stay as they are", module
        )


def _call_after(loader: Any, name: str, greet: Greeting) -> None:
    # The loader stays what it is, with all that other people ask of it; only this one method is covered until it has been called.
    run = loader.exec_module

    def exec_module(module: ModuleType) -> None:
        run(module)
        if module.__name__ == name:
            del loader.exec_module
            _welcome(greet, module)

    loader.exec_module = exec_module
