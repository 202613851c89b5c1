"""Both clients raise the same error with the same words, attributes and notes for everything that can go wrong."""

import asyncio
import pickle
from collections.abc import Callable
from typing import Any

import httpx
import pytest

from krea_client import AsyncKrea, Job, Krea
from krea_client.sandbox import Sandbox

from .adapter import ClientAdapter
from .between import Between, answered, fail_after_sending, garbled, stopped
from .conftest import GOOD, TOKEN

MODEL = "z-image/z-image"
Story = Callable[[ClientAdapter, Between, Sandbox], Any]


def prompting(words: str) -> dict[str, str]:
    return {**GOOD, "prompt": words}


def meeting(method: str, *acts: Any) -> Story:
    """Return one submission and wait in which these acts are met."""

    def story(client: ClientAdapter, between: Between, _: Sandbox) -> None:
        between.on(method, *acts)
        client.run(MODEL, GOOD)

    return story


def always(method: str, act: Any) -> Story:
    def story(client: ClientAdapter, between: Between, _: Sandbox) -> None:
        between.always(method, act)
        client.run(MODEL, GOOD)

    return story


def without_balance(client: ClientAdapter, _: Between, box: Sandbox) -> None:
    box.balance = 0
    client.submit(MODEL, GOOD)


def without_room(client: ClientAdapter, _: Between, box: Sandbox) -> None:
    box.concurrent = 0
    client.submit(MODEL, GOOD)


def cancelled(client: ClientAdapter, _: Between, __: Sandbox) -> None:
    job = client.submit(MODEL, GOOD)
    client.jobs.cancel(job)
    client.wait(job)


def after_closing(client: ClientAdapter, _: Between, __: Sandbox) -> None:
    client.close()
    client.submit(MODEL, GOOD)


def failing_callback(_: Job) -> None:
    raise ZeroDivisionError("mine")


STORIES: dict[str, Story] = {
    "all problems": lambda client, _, __: client.run(MODEL, {"prompt": 3, "styles": [{"strength": 9}], "sed": 1}),
    "unknown model": lambda client, _, __: client.submit("z-imag/z-image", GOOD),
    "gone model": lambda client, _, __: client.submit("bytedance/seedream-3", GOOD),
    "conflict of names": lambda client, _, __: client.submit(MODEL, GOOD, aspectRatio="1:1"),
    "no JSON": lambda client, _, __: client.submit(MODEL, GOOD, seed=float("nan")),
    "no request": lambda client, _, __: client.run(object),
    "bad webhook": lambda client, _, __: client.submit(MODEL, GOOD, webhook_url="nowhere"),
    "bad query": lambda client, _, __: list(client.jobs.list(limit=0)),
    "bad batch": lambda client, _, __: list(client.run_all([], at_once=0)),
    "nothing to look for": lambda client, _, __: client.jobs.candidates(),
    "nothing to save": lambda client, _, __: client.save(Job("j", "completed")),
    "not https": lambda client, _, __: client.save(
        Job.from_dict({"job_id": "j", "status": "completed", "result": {"urls": ["http://x.example/a"]}}), "nowhere.png"
    ),
    "unchecked": lambda client, _, __: client.submit(MODEL, {**GOOD, "resolution": "9K", "new": 1}, check=False),
    "no such job": lambda client, _, __: client.jobs.get("nobody"),
    "nothing to cancel": lambda client, _, __: client.jobs.cancel("nobody"),
    "wait for nobody": lambda client, _, __: client.wait("nobody"),
    "failed": lambda client, _, __: client.run(MODEL, prompting("[sandbox:fail]")),
    "unsafe": lambda client, _, __: client.run(MODEL, prompting("[sandbox:nsfw]")),
    "empty": lambda client, _, __: client.run(MODEL, prompting("[sandbox:empty]")),
    "too slow": lambda client, _, __: client.run(MODEL, prompting("[sandbox:seconds=900]"), deadline=60),
    "callback": lambda client, _, __: client.run(MODEL, GOOD, on_update=failing_callback),
    "cancelled": cancelled,
    "without balance": without_balance,
    "without room": without_room,
    "after closing": after_closing,
    "read timeout": meeting("POST", fail_after_sending(httpx.ReadTimeout)),
    "reset": meeting("POST", fail_after_sending(httpx.ReadError)),
    "500": meeting("POST", garbled(500, b'{"error": "oh"}')),
    "HTML": meeting("POST", garbled(200, b"<html>")),
    "refused": always("POST", stopped(httpx.ConnectError, "refused")),
    "redirect": meeting("POST", answered(307, location="https://elsewhere.example")),
    "forbidden look": meeting("GET", answered(403, b'{"message": "no"}')),
    "down": always("GET", answered(503)),
    "cut off": always("GET", stopped(httpx.ReadError, "reset")),
    "interrupted": meeting("GET", stopped(KeyboardInterrupt)),
    **{
        str(status): meeting("POST", answered(status, b'{"error": {"message": "because"}}'))
        for status in (400, 401, 402, 403, 404, 409, 410, 418, 422)
    },
}


def outcome(story: Story, mode: str) -> dict[str, Any]:
    """Return what a story raises, taken apart."""
    box = Sandbox(date="2026-11-20", time_scale=0)
    between = Between(box.transport())
    runner = asyncio.Runner() if mode == "async" else None
    client = (Krea if runner is None else AsyncKrea)(TOKEN, transport=between, clock=box.clock)  # type: ignore[arg-type]  # it fits both clients
    client = ClientAdapter(client, runner)
    with pytest.raises(BaseException) as excinfo:  # noqa: PT011  # whatever it is, the other mode must raise it too
        story(client, between, box)
    client.close()
    if runner is not None:
        runner.close()
    error = excinfo.value
    state = {name: value for name, value in vars(error).items() if name not in ("headers", "sent_at", "failed_at")}
    return {"type": type(error), "text": str(error).replace("AsyncKrea", "Krea"), "requests": len(box.ledger), **state}


@pytest.mark.parametrize("name", STORIES)
def test_both_clients_raise_the_same(name: str) -> None:
    sync, async_ = outcome(STORIES[name], "sync"), outcome(STORIES[name], "async")
    assert sync == async_
    assert TOKEN not in repr(sync)


def test_the_stories_tell_of_every_error_of_the_tree() -> None:
    from krea_client import errors

    def leaves(kind: type[Exception]) -> set[type[Exception]]:
        return {leaf for subclass in kind.__subclasses__() for leaf in leaves(subclass)} or {kind}

    public = {kind for kind in leaves(errors.KreaError) if kind.__module__ == errors.__name__}
    public -= {errors.OverBudget}  # no client takes a budget yet
    covered_types = {outcome(story, "sync")["type"] for story in STORIES.values()}
    assert public - covered_types == set()


@pytest.mark.parametrize("name", [name for name in STORIES if name not in ("interrupted", "callback", "after closing")])
def test_every_error_can_be_pickled(name: str) -> None:
    box = Sandbox(date="2026-11-20", time_scale=0)
    between = Between(box.transport())
    with Krea(TOKEN, transport=between, clock=box.clock) as krea, pytest.raises(Exception) as excinfo:  # noqa: PT011  # any of them
        STORIES[name](ClientAdapter(krea, None), between, box)
    copy = pickle.loads(pickle.dumps(excinfo.value))
    assert type(copy) is type(excinfo.value)
    assert str(copy) == str(excinfo.value)
    assert vars(copy) == vars(excinfo.value)
