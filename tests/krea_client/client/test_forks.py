"""A process that is forked from one with a used client gets connections of its own: every child gets the job that it asked for."""

import asyncio
import json
import multiprocessing
import os
import threading
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import Any

import httpx
import pytest

from krea_client import AsyncKrea, Krea, KreaError
from krea_client.sandbox import Sandbox

from ... import facts
from .conftest import GOOD, TOKEN
from .keeping_server import KeepingServer, job_id_of, keeping, trusted_context

pytestmark = [
    pytest.mark.usefixtures("network"),
    pytest.mark.skipif(not hasattr(os, "fork"), reason="this system has no fork"),
    pytest.mark.filterwarnings("ignore:.*multi-threaded.*fork:DeprecationWarning"),
]
MODEL = "z-image/z-image"


def start_child(work: Callable[[], object]) -> Callable[[], Any]:
    """Start a function in a forked process; what is returned waits for its outcome."""
    reader, writer = os.pipe()
    child = os.fork()
    if child == 0:
        try:
            outcome: object = work()
        except BaseException as error:  # noqa: BLE001  # the test looks at it
            outcome = f"{type(error).__name__}: {error}"
        os.write(writer, json.dumps(outcome).encode())
        os._exit(0)
    os.close(writer)

    def wait() -> Any:
        with os.fdopen(reader, "rb") as stream:
            text = stream.read()
        os.waitpid(child, 0)
        return json.loads(text)

    return wait


@pytest.fixture(params=["plain", "tls"])
def server(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[KeepingServer]:
    context = None
    if request.param == "tls":
        context, bundle = trusted_context(tmp_path)
        monkeypatch.setenv("SSL_CERT_FILE", str(bundle))
    with keeping(context) as server:
        server.pause = 0.05
        yield server


def prompts(count: int) -> list[dict[str, str]]:
    return [{**GOOD, "prompt": f"child {number}"} for number in range(count)]


def submitted_id(krea: Krea, body: dict[str, str]) -> str:
    return krea.submit(MODEL, body).id


def test_children_and_parent_each_get_their_own_jobs(server: KeepingServer) -> None:
    with Krea(TOKEN, server.url) as krea:
        krea.submit(MODEL, GOOD)
        bodies = prompts(2)
        children = [start_child(partial(submitted_id, krea, body)) for body in bodies]
        own = krea.submit(MODEL, {**GOOD, "prompt": "parent"})
        assert [wait() for wait in children] == [job_id_of(body["prompt"]) for body in bodies]
        assert own.id == job_id_of("parent")
        assert krea.submit(MODEL, {**GOOD, "prompt": "parent again"}).id == job_id_of("parent again")
    assert len(server.prompts) == 5


def test_children_of_an_async_client_each_get_their_own_jobs(server: KeepingServer) -> None:
    krea = AsyncKrea(TOKEN, server.url)

    async def submit(body: dict[str, str]) -> str:
        return (await krea.submit(MODEL, body)).id

    def submit_in_new_loop(body: dict[str, str]) -> str:
        asyncio.events._set_running_loop(None)  # the child was forked inside the loop of its parent
        return asyncio.new_event_loop().run_until_complete(submit(body))

    async def main() -> list[Callable[[], Any]]:
        await submit(GOOD)
        return [start_child(partial(submit_in_new_loop, body)) for body in prompts(2)]

    with asyncio.Runner() as runner:
        children = runner.run(main())
        assert [wait() for wait in children] == [job_id_of(body["prompt"]) for body in prompts(2)]
        assert runner.run(submit({**GOOD, "prompt": "parent"})) == job_id_of("parent")
        runner.run(krea.aclose())


_pool_client: Krea | None = None


def _submit_in_pool(prompt: str) -> str:
    assert _pool_client is not None
    return _pool_client.submit(MODEL, {**GOOD, "prompt": prompt}).id


def test_a_pool_of_forked_processes_gets_every_job_right(server: KeepingServer) -> None:
    global _pool_client  # noqa: PLW0603  # what a forked worker inherits
    with Krea(TOKEN, server.url) as krea:
        _pool_client = krea
        krea.submit(MODEL, GOOD)
        texts = [f"row {number}" for number in range(12)]
        with multiprocessing.get_context("fork").Pool(3) as pool:
            assert pool.map(_submit_in_pool, texts, chunksize=1) == [job_id_of(text) for text in texts]
        assert krea.submit(MODEL, {**GOOD, "prompt": "parent"}).id == job_id_of("parent")


def test_a_callers_httpx_transport_makes_new_connections_too(server: KeepingServer) -> None:
    with Krea(TOKEN, server.url, transport=httpx.HTTPTransport()) as krea:
        krea.submit(MODEL, GOOD)
        children = [start_child(partial(submitted_id, krea, body)) for body in prompts(2)]
        assert [wait() for wait in children] == [job_id_of(body["prompt"]) for body in prompts(2)]


class Wrapper(httpx.BaseTransport):
    """A transport whose connections nobody but itself knows."""

    def __init__(self, sandbox: Sandbox) -> None:
        self._send = sandbox.transport().handle_request

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        return self._send(request)


def test_a_transport_that_may_share_connections_is_refused_before_anything_is_sent(box: Sandbox) -> None:
    with Krea(TOKEN, transport=Wrapper(box)) as krea:
        krea.submit(MODEL, GOOD)
        outcome = start_child(lambda: krea.submit(MODEL, GOOD).id)()
        assert outcome.startswith("KreaError: this client was used before its process was forked")
        assert "nothing was sent" in outcome


def test_a_transport_that_was_not_used_before_the_fork_is_taken(box: Sandbox) -> None:
    with Krea(TOKEN, transport=Wrapper(box)) as krea:
        assert start_child(lambda: krea.submit(MODEL, GOOD).finished)() is False


def test_locks_that_a_thread_holds_at_the_fork_do_not_hang_the_child(box: Sandbox) -> None:
    with Krea(TOKEN, transport=box.transport(), clock=box.clock, budget=5) as krea:
        krea.submit(MODEL, GOOD)
        options = krea._session.options
        assert options.budget is not None
        locks = [options.memory._lock, options.budget._lock, options.retry_budget._lock, options.upload_cache._lock]
        holding, release = threading.Event(), threading.Event()

        def hold() -> None:
            for lock in locks:
                lock.acquire()
            holding.set()
            release.wait(30)
            for lock in locks:
                lock.release()

        thread = threading.Thread(target=hold)
        thread.start()
        holding.wait(5)
        wait = start_child(lambda: krea.run(MODEL, GOOD).succeeded)
        release.set()
        thread.join()
        assert wait() is True
        assert krea.spent == facts.price("z-image/z-image")


def test_a_batch_of_the_parent_is_neither_continued_nor_cancelled_by_a_child(box: Sandbox) -> None:
    slow = {**GOOD, "prompt": "[sandbox:seconds=600]"}
    with Krea(TOKEN, transport=box.transport(), clock=box.clock, on_interrupt="cancel") as krea:
        results: Any = krea.run_all([(MODEL, GOOD), (MODEL, slow), (MODEL, slow)], at_once=2)
        next(results)

        def close() -> list[str]:
            results.close()
            return [row.status for row in box.ledger]

        assert "cancelled" not in start_child(close)()
        outcome = start_child(lambda: next(results).id)()
        assert outcome.startswith("KreaError: run_all: this batch was started in another process")
        results.close()
        assert [row.status for row in box.ledger].count("cancelled") == 1


def test_a_closed_client_stays_closed_in_a_child(box: Sandbox) -> None:
    krea = Krea(TOKEN, transport=box.transport())
    krea.close()
    with pytest.raises(KreaError, match="closed"):
        krea.submit(MODEL, GOOD)
    assert "closed" in start_child(lambda: krea.submit(MODEL, GOOD).id)()
