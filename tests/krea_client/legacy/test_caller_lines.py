"""A warning points at the program's own line, whichever library carries the call and however it was started."""

import asyncio
import contextlib
import functools
import sys
import threading
import types
import urllib.request
import warnings
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import httpx
import pytest
import requests

from krea_client import legacy

from .carriers import Recorder, RecordingAdapter, RecordingHandler
from .conftest import after

URL = "https://api.krea.ai/generate/image/z-image/z-image"
OLD = b'{"prompt": "x", "aspectRatio": "1:1"}'


@pytest.fixture(autouse=True)
def installed() -> Iterator[None]:
    with legacy.install(clock=after):
        yield


@contextlib.contextmanager
def blamed() -> Iterator[list[int]]:
    """Yield the lines of this file that warnings point at; one that points elsewhere counts as 0."""
    lines: list[int] = []
    with warnings.catch_warnings(record=True) as messages:
        warnings.simplefilter("always")
        yield lines
    lines += [entry.lineno if entry.filename == __file__ else 0 for entry in messages]


def here() -> int:
    """Return the line of the caller."""
    return sys._getframe(1).f_lineno


def session() -> requests.Session:
    created = requests.Session()
    created.mount("https://", RecordingAdapter())
    return created


def test_requests() -> None:
    with blamed() as lines:
        session().post(URL, data=OLD)
        line = here() - 1
        session().request("POST", URL, data=OLD)
        with session() as open_session:
            open_session.send(requests.Request("POST", URL, data=OLD).prepare())
    assert lines == [line, line + 2, line + 4]


def test_httpx() -> None:
    with blamed() as lines, httpx.Client(transport=Recorder()) as client:
        client.post(URL, content=OLD)
        line = here() - 1
        with client.stream("POST", URL, content=OLD):
            pass
        client.send(client.build_request("POST", URL, content=OLD))
    assert lines == [line, line + 2, line + 4]


def test_urllib() -> None:
    opener = urllib.request.build_opener(RecordingHandler())
    with blamed() as lines:
        opener.open(URL, OLD)
        line = here() - 1
        urllib.request.install_opener(opener)
        try:
            urllib.request.urlopen(urllib.request.Request(URL, OLD))
        finally:
            urllib.request.install_opener(None)  # as it is at the start of a program
    assert lines == [line, line + 4]


def through(count: int, call: Callable[[], object]) -> object:
    return call() if not count else through(count - 1, call)


def test_a_function_of_the_programs_that_sends_is_what_is_named_and_not_its_callers() -> None:
    with blamed() as lines:
        through(5, functools.partial(session().post, URL, data=OLD))
    first = through.__code__.co_firstlineno
    assert lines == [first + 1]


def package(name: str, source: str) -> types.ModuleType:
    created = types.ModuleType(name)
    exec(compile(source, f"<{name}>", "exec"), created.__dict__)
    return created


def test_a_package_that_carries_calls_for_others_is_not_what_is_named() -> None:
    carrier = package("tenacity.retry", "def call(function, *args, **words): return function(*args, **words)")
    with blamed() as lines:
        carrier.call(session().post, URL, data=OLD)
        line = here() - 1
    assert lines == [line]


# asyncio


def run(program: Callable[[httpx.AsyncClient], Any]) -> None:
    async def main() -> None:
        async with httpx.AsyncClient(transport=Recorder()) as client:
            await program(client)

    asyncio.run(main())


def test_awaited_calls() -> None:
    results: list[int] = []

    async def program(client: httpx.AsyncClient) -> None:
        await client.post(URL, content=OLD)
        results.append(here() - 1)
        async with client.stream("POST", URL, content=OLD):
            results.append(here() - 1)
        await client.send(client.build_request("POST", URL, content=OLD))
        results.append(here() - 1)

    with blamed() as lines:
        run(program)
    assert lines == results


def test_gather_and_tasks_remember_where_the_call_was_made() -> None:
    results: list[int] = []

    async def program(client: httpx.AsyncClient) -> None:
        calls = [client.post(URL, content=OLD)]
        calls += [client.request("POST", URL, content=OLD)]
        calls += [client.send(client.build_request("POST", URL, content=OLD))]
        results.extend(here() - count for count in (3, 2, 1))
        await asyncio.gather(*calls)
        task = asyncio.create_task(client.post(URL, content=OLD))
        results.append(here() - 1)
        await task

    with blamed() as lines:
        run(program)
    assert lines == results


def test_a_call_given_to_the_loop_itself() -> None:
    client = httpx.AsyncClient(transport=Recorder())
    with blamed() as lines:
        asyncio.run(client.post(URL, content=OLD))
        line = here() - 1
    assert lines == [line]


def test_an_adapter_alone_says_that_it_cannot_know_rather_than_name_another_line() -> None:
    legacy.uninstall()

    async def main() -> None:
        async with httpx.AsyncClient(transport=legacy.AsyncTransport(Recorder(), clock=after)) as client:
            await asyncio.gather(client.post(URL, content=OLD))

    with warnings.catch_warnings(record=True) as messages:
        warnings.simplefilter("always")
        asyncio.run(main())
    assert [entry.filename for entry in messages] == ["<unknown caller>"]


def test_the_methods_stay_what_they_are() -> None:
    assert asyncio.iscoroutinefunction(httpx.AsyncClient.post)
    assert httpx.AsyncClient.post.__doc__
    client = httpx.AsyncClient(transport=Recorder())
    call = client.post(URL)
    assert asyncio.iscoroutine(call)
    call.close()


# Threads


def test_a_thread_that_runs_a_function_of_the_programs() -> None:
    results: list[int] = []

    def work() -> None:
        session().post(URL, data=OLD)
        results.append(here() - 1)

    with blamed() as lines:
        thread = threading.Thread(target=work)
        thread.start()
        thread.join()
    assert lines == results


def test_a_thread_without_a_line_of_the_programs_says_so() -> None:
    with warnings.catch_warnings(record=True) as messages:
        warnings.simplefilter("always")
        with ThreadPoolExecutor(1) as pool:
            pool.submit(session().post, URL, data=OLD).result()
    [entry] = messages
    assert entry.filename == "<unknown caller>"
    assert "no line of your code is on the stack" in str(entry.message)
