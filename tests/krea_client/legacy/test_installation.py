"""`install` covers each method once, before or after the import, and `uninstall` leaves nothing behind."""

import sys
import types
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest
import requests

from krea_client import legacy
from krea_client.legacy.import_hooks import ImportHooks

from .carriers import Recorder
from .conftest import after

URL = "https://api.krea.ai/generate/image/z-image/z-image"
OLD = b'{"prompt": "x", "aspectRatio": "1:1"}'
NEW = b'{"prompt": "x", "aspect_ratio": "1:1"}'


def covered() -> list[object]:
    return [
        httpx.Client.send, httpx.AsyncClient.send, httpx.AsyncClient.post, httpx.AsyncClient.request, requests.Session.send,
        urllib.request.OpenerDirector.open,
    ]  # fmt: skip  # one list


def posted() -> bytes:
    end = Recorder()
    with httpx.Client(transport=end) as client:
        client.post(URL, content=OLD)
    return end.sent[-1].body


def test_uninstall_puts_back_the_very_methods() -> None:
    before = covered()
    legacy.install(aliases="silent")
    assert all(entry is not two for entry, two in zip(covered(), before, strict=True))
    legacy.uninstall()
    assert covered() == before
    assert not any(isinstance(finder, ImportHooks) for finder in sys.meta_path)
    legacy.uninstall()
    assert covered() == before


def test_installing_twice_covers_once_and_takes_the_newer_choices() -> None:
    uses: list[object] = []
    legacy.install(aliases="passthrough", on_alias=uses.append)
    once = covered()
    legacy.install(aliases="silent", on_alias=uses.append)
    assert covered() == once
    assert posted() == NEW
    assert len(uses) == 1


def test_as_a_context_manager_it_ends_with_the_block() -> None:
    before = covered()
    with legacy.install(aliases="silent"):
        assert posted() == NEW
    assert covered() == before
    with pytest.raises(KeyError), legacy.install(aliases="silent"):
        raise KeyError
    assert covered() == before


def test_inside_another_installation_it_ends_with_the_outer_choices_in_force() -> None:
    legacy.install(aliases="silent")
    with legacy.install(aliases="passthrough"), pytest.warns(FutureWarning):
        assert posted() == OLD
    assert posted() == NEW


def test_a_choice_that_makes_no_sense_installs_nothing() -> None:
    before = covered()
    with pytest.raises(TypeError, match="clock"):
        legacy.install(clock="noon")  # type: ignore[arg-type]  # the point of this test
    assert covered() == before


@pytest.fixture
def patched_by_others(monkeypatch: pytest.MonkeyPatch) -> Callable[[], list[str]]:
    """Put somebody else's cover on httpx.Client.send, yield the list of what it sees, and take it off at the end."""
    observed: list[str] = []

    def put() -> list[str]:
        inner = httpx.Client.send

        def send(self: httpx.Client, request: httpx.Request, **words: Any) -> httpx.Response:
            observed.append(request.content.decode())
            return inner(self, request, **words)

        monkeypatch.setattr(httpx.Client, "send", send)
        return observed

    return put


def test_what_others_put_on_top_stays_and_nothing_is_covered_twice(patched_by_others: Callable[[], list[str]]) -> None:
    uses: list[object] = []
    bare = httpx.Client.send
    legacy.install(aliases="passthrough", on_alias=uses.append)
    observed = patched_by_others()
    original_send = httpx.Client.send
    legacy.uninstall()
    assert httpx.Client.send is original_send
    assert posted() == OLD
    legacy.install(aliases="silent", on_alias=uses.append)
    assert httpx.Client.send is original_send
    assert posted() == NEW
    assert (len(observed), len(uses)) == (2, 1)
    legacy.uninstall()
    setattr(httpx.Client, "send", bare)  # noqa: B010  # they put back what was there before us both
    legacy.install(aliases="silent")
    assert posted() == NEW


def test_what_others_put_beneath_stays_in_use(patched_by_others: Callable[[], list[str]]) -> None:
    observed = patched_by_others()
    legacy.install(aliases="silent")
    assert posted() == NEW
    assert observed == [NEW.decode()]


# Modules that come later


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    monkeypatch.syspath_prepend(str(tmp_path))
    yield tmp_path
    for name in ("late_one", "late_package", "late_package.part"):
        sys.modules.pop(name, None)


def test_a_module_is_greeted_when_it_has_been_run(folder: Path) -> None:
    (folder / "late_one.py").write_text("VALUE = 1\n")
    greeted: list[int] = []
    arrivals = ImportHooks({"late_one": lambda module: greeted.append(module.VALUE)})
    arrivals.begin()
    arrivals.begin()
    try:
        import late_one  # type: ignore[import-not-found]  # made above

        loader = late_one.__spec__.loader
        assert (greeted, "exec_module" in vars(loader)) == ([1], False)
        assert loader.get_source("late_one") == "VALUE = 1\n"
    finally:
        arrivals.end()
    assert arrivals not in sys.meta_path


def test_a_module_that_is_here_is_greeted_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    current_line = types.ModuleType("late_one")
    monkeypatch.setitem(sys.modules, "late_one", current_line)
    greeted: list[types.ModuleType] = []
    arrivals = ImportHooks({"late_one": greeted.append})
    arrivals.begin()
    arrivals.end()
    assert greeted == [current_line]


def test_a_module_that_fails_or_is_not_there_fails_as_it_would_alone(folder: Path) -> None:
    (folder / "late_one.py").write_text("raise KeyError('its own')\n")
    greeted: list[types.ModuleType] = []
    arrivals = ImportHooks({"late_one": greeted.append, "late_package": greeted.append})
    arrivals.begin()
    try:
        with pytest.raises(KeyError, match="its own"):
            __import__("late_one")
        with pytest.raises(ModuleNotFoundError, match="late_package"):
            __import__("late_package")
    finally:
        arrivals.end()
    assert greeted == []


def test_a_module_of_the_programs_own_by_that_name_is_let_be(folder: Path, caplog: pytest.LogCaptureFixture) -> None:
    (folder / "late_one.py").write_text("")
    arrivals = ImportHooks({"late_one": lambda module: module.Session})
    arrivals.begin()
    try:
        __import__("late_one")
    finally:
        arrivals.end()
    assert "is not the library of that name" in caplog.text


def test_nothing_of_the_libraries_comes_in_with_install() -> None:
    import subprocess

    program = (
        "import sys; from krea_client import legacy; legacy.install()\n"
        "print([name for name in ('httpx', 'requests', 'ssl', 'asyncio') if name in sys.modules])\n"
        "import httpx, requests, urllib.request\n"
        "print([hasattr(one, '__wrapped__') for one in (httpx.Client.send, requests.Session.send, urllib.request.OpenerDirector.open)])"
    )
    process = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False)
    assert (process.stdout, process.stderr) == ("[]\n[True, True, True]\n", "")


def test_the_time_of_install_does_not_matter_to_clients_that_exist() -> None:
    end = Recorder()
    client = httpx.Client(transport=end)
    legacy.install(aliases="silent", clock=after)
    client.post(URL, content=OLD)
    assert end.sent[-1].body == NEW
