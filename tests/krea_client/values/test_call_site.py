"""A warning points at the nearest line of the user's own code, by whatever way the call got there."""

import asyncio
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from types import CodeType, ModuleType

import pytest

import krea_client
from krea_client._request import call_site
from krea_client._request.call_site import Site

PACKAGE = Path(krea_client.__file__).parent
USER = """
import functools

def plain():
    return ask()  # line: plain

def by_partial():
    return functools.partial(ask)()  # line: by_partial

def logged(function):
    @functools.wraps(function)
    def wrapper(*args):
        return function(*args)  # line: wrapper
    return wrapper

@logged
def decorated():
    return ask()  # line: decorated

decorated_ask = logged(ask)

def by_decorator():
    return decorated_ask()

class UserClient(Client):
    def submit(self):
        return super().submit()  # line: subclass

def by_subclass():
    return UserClient().submit()

def generator():
    yield ask()  # line: generator

def by_generator():
    return next(generator())

def by_comprehension():
    return [ask() for _ in range(1)][0]  # line: by_comprehension

def by_map():
    return next(map(lambda _: ask(), [1]))  # line: by_map

def by_exec():
    held = {"ask": ask}
    exec("\\n\\nsite = ask()", held)
    return held["site"]

async def by_coroutine():
    return ask()  # line: by_coroutine
"""


def compiled(source: str, path: Path) -> CodeType:
    return compile(source, str(path), "exec")


@pytest.fixture
def user(tmp_path: Path) -> ModuleType:
    """Return a module of a user, whose `ask` and `Client` lie in this package's folder."""
    package_module = ModuleType("krea_client.made_up")
    vars(package_module)["__name__"] = "krea_client.made_up"
    source = "def ask():\n    return deeper()\n\ndef deeper():\n    return call_site()\n\nclass Client:\n"
    package_module.call_site = call_site.call_site  # type: ignore[attr-defined]  # what the made-up module would import
    exec(
        compiled(source + "    def submit(self):\n        return ask()\n", PACKAGE / "made_up.py"), vars(package_module)
    )
    module = ModuleType("shop.pictures")
    module.__file__ = str(tmp_path / "pictures.py")
    vars(module).update(ask=package_module.ask, Client=package_module.Client)
    exec(compiled(USER, tmp_path / "pictures.py"), vars(module))
    return module


def line_of(mark: str) -> int:
    return next(number for number, line in enumerate(USER.split("\n"), 1) if line.endswith(f"# line: {mark}"))


@pytest.mark.parametrize(
    ("way", "mark"),
    [
        ("plain", "plain"),
        ("by_partial", "by_partial"),
        ("decorated", "decorated"),
        ("by_decorator", "wrapper"),
        ("by_subclass", "subclass"),
        ("by_generator", "generator"),
        ("by_comprehension", "by_comprehension"),
        ("by_map", "by_map"),
    ],
)
def test_the_nearest_line_that_is_not_ours_is_blamed(user: ModuleType, way: str, mark: str) -> None:
    site: Site = getattr(user, way)()
    assert (site.filename, site.lineno) == (user.__file__, line_of(mark))
    assert site.module == "shop.pictures"
    assert site.registry is vars(user)["__warningregistry__"]
    assert site.known


def test_a_coroutine_is_code_of_the_users_too(user: ModuleType) -> None:
    site = asyncio.run(user.by_coroutine())
    assert (site.filename, site.lineno) == (user.__file__, line_of("by_coroutine"))


def test_code_without_a_file_is_named_as_python_names_it(user: ModuleType) -> None:
    site = user.by_exec()
    assert (site.filename, site.lineno, site.known) == ("<string>", 3, True)


def by_pool(function: Callable[[], Site]) -> Site:
    with ThreadPoolExecutor(1) as pool:
        return pool.submit(function).result()


def by_thread(function: Callable[[], Site]) -> Site:
    sites: list[Site] = []
    thread = threading.Thread(target=lambda: sites.append(function()))
    thread.start()
    thread.join()
    return sites[0]


def test_a_worker_thread_without_a_line_of_the_users_is_told_apart(user: ModuleType) -> None:
    site = by_pool(user.ask)
    assert (site.filename, site.known) == ("<unknown caller>", False)
    assert asyncio.run(asyncio.to_thread(user.ask)).known is False


def test_a_line_of_the_users_inside_a_thread_is_still_theirs(user: ModuleType) -> None:
    site = by_pool(user.plain)
    assert (site.filename, site.lineno, site.known) == (user.__file__, line_of("plain"), True)
    assert by_thread(user.plain).lineno == line_of("plain")
