"""Forked processes: objects that hold locks or connections renew them in the child, where the parent's threads do not exist."""

from __future__ import annotations

import os
from typing import Protocol
from weakref import WeakSet


class ForkAware(Protocol):
    """An object that has something to renew in a forked child."""

    def renew_after_fork(self) -> None:
        """Replace whatever another thread of the parent may have held at the time of the fork."""
        ...


_objects: WeakSet[ForkAware] = WeakSet()


def register(instance: ForkAware) -> None:
    """Have the object renewed in every process that is forked from this one."""
    _objects.add(instance)


def _renew_all() -> None:
    for instance in list(_objects):
        instance.renew_after_fork()


if hasattr(os, "register_at_fork"):  # not on Windows, which has no fork
    os.register_at_fork(after_in_child=_renew_all)
