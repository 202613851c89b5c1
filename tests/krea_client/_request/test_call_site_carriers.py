"""The packages that carry calls, and those that begin threads, are data: each with its row here."""

import sys
import types
from collections.abc import Callable

import pytest

from krea_client._request.call_site import CARRIERS, STARTERS, UNKNOWN, Site, call_site


def module(name: str) -> types.ModuleType:
    """Return a module of a package whose function calls another one."""
    made_up = types.ModuleType(f"{name}.inner")
    exec(compile("def call(function): return function()", f"<{name}>", "exec"), vars(made_up))
    return made_up


def line() -> int:
    return sys._getframe(1).f_lineno


@pytest.mark.parametrize("package", sorted(name for names in CARRIERS.values() for name in names))
def test_the_caller_of_a_package_that_carries_calls_is_named(package: str) -> None:
    site = module(package).call(call_site)
    assert (site.filename, site.lineno, site.known) == (__file__, line() - 1, True)


@pytest.mark.parametrize("package", sorted(STARTERS))
def test_below_what_begins_a_thread_or_a_task_the_caller_is_unknown(package: str) -> None:
    assert module(package).call(call_site) is UNKNOWN


@pytest.mark.parametrize("package", ["shop", "langchain_pictures", "retry", "queue_of_ours"])
def test_any_other_package_is_a_caller(package: str) -> None:
    assert module(package).call(call_site).filename == f"<{package}>"


def named_like_the_standard_library(filename: str) -> Site:
    namespace = {"__name__": "queue", "call_site": call_site}
    exec(compile("def ask(): return call_site()", filename, "exec"), namespace)
    ask: Callable[[], Site] = namespace["ask"]  # type: ignore[assignment]  # what was compiled
    return ask()


def test_a_module_of_the_programs_that_is_called_like_one_of_the_standard_library_is_a_caller() -> None:
    assert named_like_the_standard_library("/srv/shop/queue.py").filename == "/srv/shop/queue.py"
    site = named_like_the_standard_library("queue.py")  # as in a frozen program
    assert site.filename == __file__
