"""What an answer's headers say about the end of a model: told once per model, at the caller's line."""

import asyncio
import linecache
import warnings
from typing import Any

import pytest

from krea_client import AsyncKrea, Krea, KreaDeprecationWarning, KreaSunsetWarning
from krea_client.sandbox import Sandbox

from .adapter import ClientAdapter
from .between import Between, adding
from .conftest import GOOD, TOKEN

LATER = "Fri, 01 Jan 2027 00:00:00 GMT"
EARLIER = "Sun, 01 Nov 2026 00:00:00 GMT"


@pytest.fixture
def recorded_warnings() -> Any:
    with warnings.catch_warnings(record=True) as recorded_warnings:
        warnings.simplefilter("always")
        yield recorded_warnings


@pytest.mark.parametrize(
    ("headers", "kind", "words"),
    [
        ({"deprecation": "true"}, KreaDeprecationWarning, "z-image/z-image: the model is deprecated;"),
        ({"deprecation": "?1"}, KreaDeprecationWarning, "deprecated"),
        ({"deprecation": "@1760000000"}, KreaDeprecationWarning, "deprecated since 2025-10-09"),
        ({"deprecation": EARLIER}, KreaDeprecationWarning, "deprecated since 2026-11-01"),
        ({"deprecation": LATER}, KreaDeprecationWarning, "deprecated from 2027-01-01 on"),
        ({"sunset": LATER}, KreaDeprecationWarning, "works until 2027-01-01"),
        ({"deprecation": "true", "sunset": LATER}, KreaDeprecationWarning, "works until 2027-01-01"),
        ({"sunset": EARLIER}, KreaSunsetWarning, "was switched off on 2026-11-01"),
        (
            {"deprecation": "true", "link": '<https://docs.krea.ai/m>; rel="deprecation"; type="text/html"'},
            KreaDeprecationWarning,
            "See https://docs.krea.ai/m",
        ),
        (
            {"sunset": LATER, "link": "<https://a.example>; rel=next, <https://b.example>; rel=sunset"},
            KreaDeprecationWarning,
            "See https://b.example",
        ),
        ({"deprecation": "true", "sunset": "soon", "link": "nonsense"}, KreaDeprecationWarning, "deprecated;"),
    ],
)
def test_a_header_becomes_a_warning(
    client: ClientAdapter,
    between: Between,
    recorded_warnings: list[warnings.WarningMessage],
    headers: dict[str, str],
    kind: type[KreaDeprecationWarning],
    words: str,
) -> None:
    between.on("POST", adding(**headers))
    client.submit("z-image/z-image", GOOD)
    [warning] = recorded_warnings
    assert type(warning.message) is kind
    assert words in str(warning.message)
    assert warning.message.operation == "z-image/z-image"


@pytest.mark.parametrize(
    "headers",
    [
        {"deprecation": ""},
        {"deprecation": "false"},
        {"deprecation": "?0"},
        {"deprecation": "@soon"},
        {"deprecation": "@99999999999999999999"},
        {"deprecation": "next year"},
        {"sunset": "2027-13-45"},
        {"sunset": "@"},
        {"sunset": "Fri, 99 Foo 2027 00:00:00 GMT"},
        {"link": '<https://docs.krea.ai/m>; rel="deprecation"'},
    ],
)
def test_a_malformed_header_says_nothing(
    client: ClientAdapter, between: Between, recorded_warnings: list[warnings.WarningMessage], headers: dict[str, str]
) -> None:
    between.on("POST", adding(**headers))
    assert client.run("z-image/z-image", GOOD).succeeded
    assert recorded_warnings == []


def test_each_model_is_told_of_once(
    client: ClientAdapter, between: Between, recorded_warnings: list[warnings.WarningMessage]
) -> None:
    between.always("POST", adding(deprecation="true"))
    for _ in range(3):
        client.submit("z-image/z-image", GOOD)
        client.submit("openai/gpt-image-2", prompt="x")
    list(client.run_all([("z-image/z-image", GOOD)] * 3))
    assert sorted(str(warning.message).partition(":")[0] for warning in recorded_warnings) == [
        "openai/gpt-image-2",
        "z-image/z-image",
    ]


def test_a_batch_tells_once(
    client: ClientAdapter, between: Between, recorded_warnings: list[warnings.WarningMessage]
) -> None:
    between.always("POST", adding(deprecation="true"))
    assert all(result.succeeded for result in client.run_all([("z-image/z-image", GOOD)] * 5, at_once=3))
    assert len(recorded_warnings) == 1


def test_the_sandbox_announces_an_end(recorded_warnings: list[warnings.WarningMessage]) -> None:
    box = Sandbox(date="2026-11-20", time_scale=0, sunsets={"image/z-image/z-image": "2026-12-01"})
    with Krea(TOKEN, transport=box.transport(), clock=box.clock) as krea:
        krea.submit("z-image/z-image", GOOD)
    [warning] = recorded_warnings
    assert str(getattr(warning.message, "date", None)) == "2026-12-01"


def assert_here(recorded_warnings: list[warnings.WarningMessage]) -> None:
    for warning in recorded_warnings:
        assert warning.filename == __file__
        assert "# here" in linecache.getline(__file__, warning.lineno)


def test_it_names_the_callers_line(
    box: Sandbox, between: Between, recorded_warnings: list[warnings.WarningMessage]
) -> None:
    between.always("POST", adding(deprecation="true"))
    with Krea(TOKEN, transport=between, clock=box.clock) as krea:
        krea.submit("z-image/z-image", GOOD)  # here
    with Krea(TOKEN, transport=between, clock=box.clock) as krea:
        results = krea.run_all([("z-image/z-image", GOOD)])  # here
        next(results)
        results.close()  # type: ignore[attr-defined]  # it is a generator
    assert len(recorded_warnings) == 2
    assert_here(recorded_warnings)


def test_it_names_the_callers_line_in_async_programs(
    box: Sandbox, between: Between, recorded_warnings: list[warnings.WarningMessage]
) -> None:
    between.always("POST", adding(deprecation="true"))

    async def main() -> None:
        async with AsyncKrea(TOKEN, transport=between, clock=box.clock) as krea:
            task = asyncio.create_task(krea.submit("z-image/z-image", GOOD))  # here
            await task
        async with AsyncKrea(TOKEN, transport=between, clock=box.clock) as krea:
            await asyncio.gather(krea.run("z-image/z-image", GOOD))  # here
        async with AsyncKrea(TOKEN, transport=between, clock=box.clock) as krea:
            results = krea.run_all([("z-image/z-image", GOOD)])  # here
            assert [result.succeeded async for result in results] == [True]

    asyncio.run(main())
    assert len(recorded_warnings) == 3
    assert_here(recorded_warnings)


@pytest.mark.parametrize("call", ["submit", "run"])
def test_as_an_error_it_carries_the_job_that_is_paid_for(
    client: ClientAdapter, between: Between, box: Sandbox, call: str
) -> None:
    between.on("POST", adding(deprecation="true"))
    with warnings.catch_warnings():
        warnings.simplefilter("error", KreaDeprecationWarning)
        with pytest.raises(KreaDeprecationWarning) as excinfo:
            getattr(client, call)("z-image/z-image", GOOD)
    [row] = box.ledger
    assert excinfo.value.job.id == row.job_id  # type: ignore[attr-defined]  # the job is set
    assert row.job_id in "".join(excinfo.value.__notes__)
    assert client.wait(excinfo.value.job).succeeded


def test_as_an_error_in_a_batch_it_is_a_result_with_the_job(
    client: ClientAdapter, between: Between, box: Sandbox
) -> None:
    between.on("POST", adding(deprecation="true"))
    with warnings.catch_warnings():
        warnings.simplefilter("error", KreaDeprecationWarning)
        [result] = client.run_all([("z-image/z-image", GOOD)])
    assert isinstance(result.failure, KreaDeprecationWarning)
    assert result.id == box.ledger[0].job_id
