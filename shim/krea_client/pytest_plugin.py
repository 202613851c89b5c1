"""The sandbox for people's own tests: pytest finds this module by itself once krea-client is installed.

Nothing is imported in a run whose tests ask for no fixture of these, so that it pays next to nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import suppress
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from krea_client import AsyncKrea, Krea
    from krea_client.sandbox import KreaSandbox

MARK = "krea_sandbox"
# What an ini file may say for all tests; a marker says it, and everything else that a sandbox takes, for some.
INI = {
    "date": "the sandbox's today, such as 2026-06-18 (now by default)",
    "balance": "the sandbox's money at the start of a test, in USD",
    "time_scale": "the sandbox's seconds per real one (it stands still until a port is open, by default)",
}
NUMBERS = frozenset({"balance", "time_scale"})


def pytest_addoption(parser: pytest.Parser) -> None:
    """Tell pytest the names that an ini file may use."""
    for name, meaning in INI.items():
        parser.addini(f"{MARK}_{name}", meaning)


def pytest_configure(config: pytest.Config) -> None:
    """Tell pytest the marker."""
    config.addinivalue_line(
        "markers",
        f"{MARK}(**options): options of the test's sandbox, such as balance=1.0, date='2026-06-18', concurrent=1",
    )


@pytest.hookimpl(optionalhook=True)
def pytest_recording_configure(config: pytest.Config, vcr: Any) -> None:  # noqa: ARG001  # the hook's own arguments
    """Keep tokens, cookies and signatures out of cassettes of pytest-recording; a `vcr_config` of the project wins."""
    from krea_client._cassette_filter import CassetteFilter

    cassette_filter = CassetteFilter()
    vcr.before_record_request = cassette_filter.request
    vcr.before_record_response = cassette_filter.response
    vcr.decode_compressed_response = True  # what is compressed cannot be searched


def pytest_collection_finish(session: pytest.Session) -> None:
    """Read the API's document once the tests are known, where one of them wants a sandbox: no test waits for it then."""
    if session.config.option.collectonly or not any(MARK in _fixtures_of(item) for item in session.items):
        return
    with suppress(ModuleNotFoundError):  # the fixture itself says what to install
        from krea_client.sandbox import KreaSandbox

        KreaSandbox().close()


def _fixtures_of(item: pytest.Item) -> Iterable[str]:
    names: Iterable[str] = getattr(item, "fixturenames", ())
    return names


@pytest.fixture
def krea_sandbox(request: pytest.FixtureRequest) -> Iterator[KreaSandbox]:
    """Yield a Krea API of this test's own, in memory, without network or bill; `.url` opens a port.

    SubmitOptions come from `@pytest.mark.krea_sandbox(...)`, the nearest one counting, then from the ini file.
    """
    from krea_client.sandbox import KreaSandbox

    options = _options(request)
    try:
        box = KreaSandbox(**options)
    except ModuleNotFoundError as absent:
        pytest.fail(str(absent), pytrace=False)
    except (TypeError, ValueError) as wrong:
        pytest.fail(f"The sandbox cannot be made with {options}: {wrong}", pytrace=False)
    with box:
        yield box


@pytest.fixture
def krea(krea_sandbox: KreaSandbox) -> Iterator[Krea]:
    """Yield a client of `krea_sandbox` that waits on its virtual clock, so that no test waits for real."""
    from krea_client import Krea

    with Krea(**_to(krea_sandbox)) as client:
        yield client


@pytest.fixture
def async_krea(krea_sandbox: KreaSandbox) -> AsyncKrea:
    """Return an asynchronous client of `krea_sandbox` that waits on its virtual clock."""
    from krea_client import AsyncKrea

    return AsyncKrea(**_to(krea_sandbox))


@pytest.fixture
def krea_environment(krea_sandbox: KreaSandbox, monkeypatch: pytest.MonkeyPatch) -> KreaSandbox:
    """Return the sandbox on a port, with the variables that lead every `Krea()` of the test and its subprocesses there."""
    from krea_client._settings import BASE_URL_NAME, TOKEN_NAMES

    monkeypatch.setenv(TOKEN_NAMES[0], krea_sandbox.token)
    monkeypatch.setenv(BASE_URL_NAME, krea_sandbox.url)
    return krea_sandbox


def _to(box: KreaSandbox) -> dict[str, Any]:
    return {
        "token": box.token,
        "base_url": box.machine.document.server,
        "transport": box.transport(),
        "clock": box.clock,
    }


def _options(request: pytest.FixtureRequest) -> dict[str, Any]:
    options: dict[str, Any] = {}
    for name in INI:
        if text := str(request.config.getini(f"{MARK}_{name}") or "").strip():
            options[name] = _number(name, text) if name in NUMBERS else text
    for mark in reversed(list(request.node.iter_markers(MARK))):
        if mark.args:
            pytest.fail(f"@pytest.mark.{MARK}{mark.args}: give names, such as balance=1.0", pytrace=False)
        options.update(mark.kwargs)
    return options


def _number(name: str, text: str) -> float:
    try:
        return float(text)
    except ValueError:
        pytest.fail(f"{MARK}_{name} = {text}: give a number", pytrace=False)
