"""A warning names the caller's own line, marked `# here` below, however the call was made."""

import asyncio
import functools
import linecache
import threading
import warnings
from collections.abc import Awaitable, Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from krea_client import AsyncKrea, Krea, KreaDeprecationWarning, KreaSunsetWarning
from krea_client.sandbox import Sandbox

from .between import Between
from .conftest import TOKEN

MODEL = "z-image/z-image"
OLD = {"prompt": "x", "aspectRatio": "1:1", "resolution": "1K"}


def retried(function: Callable[..., Any]) -> Callable[..., Any]:
    @functools.wraps(function)
    def wrapper(*args: Any, **kwargs: Any) -> Any:
        return function(*args, **kwargs)

    return wrapper


def wrapping(function: Callable[..., Any]) -> Callable[..., Any]:
    def wrapper(*args: Any, **kwargs: Any) -> Any:
        return function(*args, **kwargs)  # here: the decorator is the one that calls the client

    return wrapper


class Studio(Krea):
    def draw(self) -> object:
        return self.submit(MODEL, OLD)  # here

    def submit(self, *args: Any, **kwargs: Any) -> Any:
        return super().submit(*args, **kwargs)  # here: a subclass is the user's code too


class AsyncStudio(AsyncKrea):
    async def draw(self) -> object:
        return await super().run(MODEL, OLD)  # here


def plain(krea: Krea) -> None:
    krea.submit(MODEL, OLD)  # here


def running(krea: Krea) -> None:
    krea.run(MODEL, **OLD)  # here


def over_several_lines(krea: Krea) -> None:
    krea.submit(  # here
        MODEL,
        {
            "prompt": "x",
            "aspectRatio": "1:1",
            "resolution": "1K",
        },
    )


def decorated(krea: Krea) -> None:
    @retried
    def draw() -> None:
        krea.submit(MODEL, OLD)  # here

    draw()


def through_a_decorator(krea: Krea) -> None:
    wrapping(krea.submit)(MODEL, OLD)


def partially(krea: Krea) -> None:
    draw = functools.partial(krea.submit, MODEL)
    draw(OLD)  # here


def comprehended(krea: Krea) -> None:
    assert [krea.submit(MODEL, OLD) for _ in range(1)]  # here


def mapped(krea: Krea) -> None:
    assert list(map(krea.submit, [MODEL], [OLD]))  # here


def by_lambda(krea: Krea) -> None:
    draw = lambda: krea.submit(MODEL, OLD)  # noqa: E731  # here: users write this
    draw()


def in_a_thread_of_ones_own(krea: Krea) -> None:
    def work() -> None:
        krea.submit(MODEL, OLD)  # here

    thread = threading.Thread(target=work)
    thread.start()
    thread.join()


def lazily(krea: Krea) -> None:
    def bodies() -> Iterator[tuple[str, dict[str, str]]]:
        yield MODEL, OLD

    results = krea.run_all(bodies())  # here
    assert [result.succeeded for result in results] == [True]


def subclassed(krea: Krea) -> None:
    krea.draw()  # type: ignore[attr-defined]  # a Studio is passed in


SYNC = [
    plain,
    running,
    over_several_lines,
    decorated,
    through_a_decorator,
    partially,
    comprehended,
    mapped,
    by_lambda,
    in_a_thread_of_ones_own,
    lazily,
    subclassed,
]


async def awaited(krea: AsyncKrea) -> None:
    await krea.submit(MODEL, OLD)  # here


async def as_a_task(krea: AsyncKrea) -> None:
    task = asyncio.create_task(krea.run(MODEL, OLD))  # here
    await task


async def gathered(krea: AsyncKrea) -> None:
    await asyncio.gather(krea.submit(MODEL, OLD))  # here


async def gathered_from_a_generator(krea: AsyncKrea) -> None:
    await asyncio.gather(*(krea.submit(MODEL, OLD) for _ in range(1)))  # here


async def in_a_group(krea: AsyncKrea) -> None:
    async with asyncio.TaskGroup() as group:
        group.create_task(krea.run(MODEL, OLD))  # here


async def waited_for(krea: AsyncKrea) -> None:
    await asyncio.wait_for(krea.submit(MODEL, OLD), 5)  # here


async def partially_async(krea: AsyncKrea) -> None:
    draw = functools.partial(krea.submit, MODEL, OLD)
    await draw()  # here


async def in_another_task(krea: AsyncKrea) -> None:
    async def work() -> None:
        await krea.submit(MODEL, OLD)  # here

    await asyncio.gather(work())


async def lazily_async(krea: AsyncKrea) -> None:
    results = krea.run_all((MODEL, OLD) for _ in range(1))  # here
    assert [result.succeeded async for result in results] == [True]


async def lazily_in_another_task(krea: AsyncKrea) -> None:
    results = krea.run_all((MODEL, OLD) for _ in range(1))  # here

    async def work() -> list[bool]:
        return [result.succeeded async for result in results]

    assert await asyncio.create_task(work()) == [True]


async def subclassed_async(krea: AsyncKrea) -> None:
    await asyncio.create_task(krea.draw())  # type: ignore[attr-defined]  # an AsyncStudio is passed in


ASYNC = [
    awaited,
    as_a_task,
    gathered,
    gathered_from_a_generator,
    in_a_group,
    waited_for,
    partially_async,
    in_another_task,
    lazily_async,
    lazily_in_another_task,
    subclassed_async,
]


def warnings_of(story: Callable[[Any], Any], box: Sandbox) -> list[warnings.WarningMessage]:
    with warnings.catch_warnings(record=True) as recorded_warnings:
        warnings.simplefilter("always")
        if story in ASYNC:
            asyncio.run(_async(story, box))
        else:
            kind = Studio if story is subclassed else Krea
            with kind(TOKEN, transport=box.transport(), clock=box.clock) as krea:
                story(krea)
    return recorded_warnings


async def _async(story: Callable[[AsyncKrea], Awaitable[None]], box: Sandbox) -> None:
    kind = AsyncStudio if story is subclassed_async else AsyncKrea
    async with kind(TOKEN, transport=box.transport(), clock=box.clock) as krea:
        await story(krea)


def assert_here(warning: warnings.WarningMessage) -> None:
    assert warning.filename == __file__
    assert "# here" in linecache.getline(warning.filename, warning.lineno)


@pytest.mark.parametrize("story", [*SYNC, *ASYNC], ids=lambda story: story.__name__)
def test_the_callers_line_is_named(box: Sandbox, story: Callable[[Any], Any]) -> None:
    [warning] = warnings_of(story, box)
    assert isinstance(warning.message, KreaSunsetWarning)
    assert_here(warning)


def pooled(krea: Krea) -> None:
    with ThreadPoolExecutor(1) as pool:
        pool.submit(krea.submit, MODEL, OLD).result()


def a_bare_thread(krea: Krea) -> None:
    thread = threading.Thread(target=krea.submit, args=(MODEL, OLD))
    thread.start()
    thread.join()


def asyncio_thread(krea: Krea) -> None:
    asyncio.run(asyncio.to_thread(krea.submit, MODEL, OLD))


def executor(krea: Krea) -> None:
    async def main() -> None:
        await asyncio.get_running_loop().run_in_executor(None, krea.submit, MODEL, OLD)

    asyncio.run(main())


@pytest.mark.parametrize("story", [pooled, a_bare_thread, asyncio_thread, executor], ids=lambda story: story.__name__)
def test_a_worker_thread_without_a_line_of_the_users_says_so(box: Sandbox, story: Callable[[Krea], None]) -> None:
    [warning] = warnings_of(story, box)
    assert isinstance(warning.message, KreaSunsetWarning)
    assert "worker thread" in str(warning.message)
    assert "'aspectRatio' is now 'aspect_ratio'" in str(warning.message)
    assert "threading.py" not in warning.filename


def test_each_line_is_told_once_by_pythons_own_rule(box: Sandbox) -> None:
    with (
        warnings.catch_warnings(record=True) as recorded_warnings,
        Krea(TOKEN, transport=box.transport(), clock=box.clock) as krea,
    ):
        warnings.simplefilter("default")
        for _ in range(3):
            krea.submit(MODEL, OLD)  # here
        krea.submit(MODEL, OLD)  # here
    ours = [warning for warning in recorded_warnings if issubclass(warning.category, KreaDeprecationWarning)]
    assert len({warning.lineno for warning in ours}) == len(ours) == 2


def test_pythons_filters_reach_a_users_module(box: Sandbox) -> None:
    with (
        warnings.catch_warnings(record=True) as recorded_warnings,
        Krea(TOKEN, transport=box.transport(), clock=box.clock) as krea,
    ):
        warnings.simplefilter("always")
        warnings.filterwarnings("ignore", category=KreaDeprecationWarning, module=__name__.replace(".", r"\."))
        krea.submit(MODEL, OLD)
    assert recorded_warnings == []


def test_both_names_of_one_request_are_told(box: Sandbox) -> None:
    with (
        warnings.catch_warnings(record=True) as recorded_warnings,
        Krea(TOKEN, transport=box.transport(), clock=box.clock) as krea,
    ):
        warnings.simplefilter("always")
        krea.submit(MODEL, OLD, skipPromptExpansion=True)  # here
    assert [warning.message.old for warning in recorded_warnings] == ["aspectRatio", "skipPromptExpansion"]  # type: ignore[union-attr]  # all are ours
    for warning in recorded_warnings:
        assert_here(warning)


@pytest.mark.parametrize("story", [plain, running, *[story for story in ASYNC if "lazily" not in story.__name__]])
def test_a_filter_that_says_error_sends_nothing(between: Between, story: Callable[[Any], Any]) -> None:
    async def main() -> None:
        async with AsyncStudio(TOKEN, transport=between) as krea:
            await story(krea)

    with warnings.catch_warnings():
        warnings.simplefilter("error", KreaDeprecationWarning)
        with pytest.raises((KreaSunsetWarning, ExceptionGroup)):  # noqa: PT012  # one of the two
            if story in ASYNC:
                asyncio.run(main())
            else:
                with Krea(TOKEN, transport=between) as krea:
                    story(krea)
    assert between.seen == []


@pytest.mark.parametrize("story", [lazily, lazily_async])
def test_a_filter_that_says_error_fails_the_item_of_a_batch(between: Between, story: Callable[[Any], Any]) -> None:
    async def main() -> list[Any]:
        async with AsyncKrea(TOKEN, transport=between) as krea:
            return [result async for result in krea.run_all([(MODEL, OLD)])]

    with warnings.catch_warnings():
        warnings.simplefilter("error", KreaDeprecationWarning)
        if story is lazily_async:
            [result] = asyncio.run(main())
        else:
            with Krea(TOKEN, transport=between) as krea:
                [result] = krea.run_all([(MODEL, OLD)])
    assert isinstance(result.failure, KreaSunsetWarning)
    assert between.seen == []
