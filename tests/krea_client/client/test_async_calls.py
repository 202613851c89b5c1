"""AsyncKrea's methods work at the call and raise when awaited, so that nothing is left un-awaited."""

import asyncio
import inspect
import warnings
from collections.abc import Awaitable, Callable

import pytest

from krea_client import (
    AliasConflict,
    AsyncKrea,
    JobFailed,
    KreaSunsetWarning,
    ModelUnknown,
    RequestInvalid,
)
from krea_client.sandbox import Sandbox

from .between import Between
from .conftest import GOOD, TOKEN

OLD = {"prompt": "x", "aspectRatio": "1:1", "resolution": "1K"}

Story = Callable[[AsyncKrea], Awaitable[None]]


@pytest.fixture
def run(box: Sandbox, between: Between) -> Callable[[Story], None]:
    def run(story: Story) -> None:
        async def main() -> None:
            async with AsyncKrea(TOKEN, transport=between, clock=box.clock) as krea:
                await story(krea)

        with warnings.catch_warnings():
            warnings.simplefilter("error", RuntimeWarning)  # "coroutine ... was never awaited"
            asyncio.run(main())

    return run


@pytest.mark.parametrize("name", ["submit", "run", "wait"])
def test_methods_that_warn_are_plain_functions(name: str) -> None:
    assert not inspect.iscoroutinefunction(getattr(AsyncKrea, name))


def test_it_warns_at_the_call_and_sends_when_awaited(run: Callable[[Story], None], between: Between) -> None:
    async def story(krea: AsyncKrea) -> None:
        with pytest.warns(KreaSunsetWarning):
            coming = krea.submit("z-image/z-image", OLD)
        assert between.seen == []
        assert (await coming).id
        assert len(between.seen) == 1

    run(story)


def test_it_reads_the_request_at_the_call(run: Callable[[Story], None], box: Sandbox) -> None:
    async def story(krea: AsyncKrea) -> None:
        body = dict(GOOD)
        coming = krea.submit("z-image/z-image", body)
        body["prompt"] = "changed afterwards"
        await coming

    run(story)
    assert box.ledger[0].fields == GOOD


@pytest.mark.parametrize(
    ("args", "error"),
    [
        (("z-image/z-image", {"prompt": 3}), RequestInvalid),
        (("no-such/model", {}), ModelUnknown),
        (("z-image/z-image", {**GOOD, "aspectRatio": "1:1"}), AliasConflict),
    ],
)
@pytest.mark.parametrize("name", ["submit", "run"])
def test_it_raises_when_awaited(
    run: Callable[[Story], None], name: str, args: tuple[object, ...], error: type[Exception]
) -> None:
    async def story(krea: AsyncKrea) -> None:
        coming = getattr(krea, name)(*args)
        with pytest.raises(error):
            await coming

    run(story)


def test_gather_gives_failures_among_the_jobs(run: Callable[[Story], None], box: Sandbox) -> None:
    async def story(krea: AsyncKrea) -> None:
        outcomes = await asyncio.gather(
            krea.run("z-image/z-image", GOOD),
            krea.run("z-image/z-image", {"prompt": 3}),
            krea.run("z-image/z-image", {**GOOD, "prompt": "[sandbox:fail]"}),
            krea.submit("no-such/model", {}),
            krea.jobs.get("nobody"),
            return_exceptions=True,
        )
        assert [type(outcome).__name__ for outcome in outcomes] == [
            "Job",
            "RequestInvalid",
            "JobFailed",
            "ModelUnknown",
            "NotFound",
        ]

    run(story)
    assert len(box.ledger) == 2


def test_a_group_ends_with_its_first_failure(run: Callable[[Story], None]) -> None:
    async def story(krea: AsyncKrea) -> None:
        async def together() -> None:
            async with asyncio.TaskGroup() as group:
                group.create_task(krea.run("z-image/z-image", {**GOOD, "prompt": "[sandbox:fail]"}))
                group.create_task(krea.run("z-image/z-image", {**GOOD, "prompt": "[sandbox:seconds=900]"}))

        with pytest.raises(ExceptionGroup) as excinfo:
            await together()
        assert [type(exception) for exception in excinfo.value.exceptions] == [JobFailed]

    run(story)


def test_many_runs_share_the_virtual_hours(run: Callable[[Story], None], box: Sandbox) -> None:
    async def story(krea: AsyncKrea) -> None:
        prompt = {**GOOD, "prompt": "[sandbox:seconds=100]"}
        jobs = await asyncio.gather(*(krea.run("z-image/z-image", prompt) for _ in range(8)))
        assert all(job.succeeded for job in jobs)

    run(story)
    assert box.clock.monotonic() < 130


def test_leaving_a_listing_early_leaves_nothing_open(run: Callable[[Story], None]) -> None:
    async def story(krea: AsyncKrea) -> None:
        for _ in range(3):
            await krea.submit("z-image/z-image", GOOD)
        async for _ in krea.jobs.list(limit=1):
            break
        async for _ in krea.run_all([("z-image/z-image", GOOD)] * 3, at_once=2):
            break

    run(story)


def test_a_batch_that_is_never_begun_is_no_trouble(run: Callable[[Story], None], between: Between) -> None:
    async def story(krea: AsyncKrea) -> None:
        krea.run_all([("z-image/z-image", GOOD)])
        krea.jobs.list()

    run(story)
    assert between.seen == []
