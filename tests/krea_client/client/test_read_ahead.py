"""A loop that saves the results of a batch: they are fetched before it asks for them, once each, and none is lost when it is left."""

import logging
import signal
from pathlib import Path
from typing import Any

import httpx
import pytest

from krea_client._transport.read_ahead import MemorySink
from krea_client.errors import open_jobs
from krea_client.sandbox import Sandbox

from .adapter import ClientAdapter
from .between import Between, Forward, answered
from .conftest import GOOD

MODEL = "z-image/z-image"
HOST = "gen.krea.ai"


def downloads(between: Between) -> list[str]:
    return [str(request.url) for request in between.seen if request.url.host == HOST]


def of_files(act: Any) -> Any:
    """Do something with requests for results only."""
    return lambda request, forward: act(request, forward) if request.url.host == HOST else forward()


def test_every_result_is_fetched_once_and_before_it_is_saved(
    client: ClientAdapter, between: Between, tmp_path: Path
) -> None:
    early = []
    for result in client.run_all([(MODEL, GOOD)] * 12, at_once=4):
        early.append(result.urls[0] in downloads(between))
        [path] = client.save(result, tmp_path)
        assert path.read_bytes().startswith(b"\x89PNG")
    assert early == [False] + [True] * 11
    assert len(downloads(between)) == len(set(downloads(between))) == 12
    assert len(list(tmp_path.iterdir())) == 12


def test_nothing_is_fetched_for_a_loop_that_saves_nothing(client: ClientAdapter, between: Between) -> None:
    assert all(result.succeeded for result in client.run_all([(MODEL, GOOD)] * 6, at_once=3))
    assert downloads(between) == []


def test_a_loop_that_saves_no_more_has_few_results_fetched_for_nothing(
    client: ClientAdapter, between: Between, tmp_path: Path
) -> None:
    for number, result in enumerate(client.run_all([(MODEL, GOOD)] * 80, at_once=4)):
        if number == 0:
            client.save(result, tmp_path)
    assert len(downloads(between)) < 45


def test_a_large_result_is_left_to_save(
    client: ClientAdapter, between: Between, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(MemorySink.__init__, "__defaults__", (100,))
    results = client.run_all([(MODEL, GOOD)] * 2, at_once=1)
    client.save(next(results), tmp_path)
    second = next(results)
    assert client.save(second, tmp_path)[0].stat().st_size > 100
    assert downloads(between).count(second.urls[0]) == 2


def test_what_fails_is_fetched_again_by_save(client: ClientAdapter, between: Between, tmp_path: Path) -> None:
    results = client.run_all([(MODEL, GOOD)] * 2, at_once=1)
    client.save(next(results), tmp_path)
    between.always("GET", of_files(answered(503)))
    second = next(results)
    between.always("GET", of_files(lambda _, forward: forward()))
    assert client.save(second, tmp_path)[0].exists()


def test_a_result_that_is_not_whole_is_refused_and_fetched_again(
    client: ClientAdapter, between: Between, tmp_path: Path
) -> None:
    def half(_: httpx.Request, forward: Forward) -> httpx.Response:
        content = forward().content
        return httpx.Response(200, content=content[: len(content) // 2], headers={"content-type": "image/png"})

    results = client.run_all([(MODEL, GOOD)] * 2, at_once=1)
    client.save(next(results), tmp_path)
    between.always("GET", of_files(half))
    second = next(results)
    between.always("GET", of_files(lambda _, forward: forward()))
    [path] = client.save(second, tmp_path)
    assert path.read_bytes().endswith(b"IEND\xaeB`\x82")


def test_an_interrupt_names_the_jobs_whose_results_were_being_fetched(
    client: ClientAdapter, box: Sandbox, between: Between, tmp_path: Path
) -> None:
    results = client.run_all([(MODEL, GOOD)] * 6, at_once=3)
    first = next(results)
    client.save(first, tmp_path)
    interrupts = iter([signal.SIGINT])

    def interrupt(_: httpx.Request, forward: Forward) -> httpx.Response:
        for number in interrupts:
            signal.raise_signal(number)
        return forward()

    between.always("GET", of_files(interrupt))
    result_ids = {first.id}
    with pytest.raises(KeyboardInterrupt) as excinfo:  # noqa: PT012  # which result comes before it is not certain
        for result in results:
            result_ids.add(result.id)
    open_ids = {job.id for job in open_jobs(excinfo.value)}
    assert open_ids >= {row.job_id for row in box.ledger} - result_ids
    assert open_ids
    assert {job.id for job in client.open_jobs} == open_ids


def test_a_loop_that_is_left_names_the_jobs_that_were_held_back(
    client: ClientAdapter, box: Sandbox, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.WARNING, "krea_client")
    results = client.run_all([(MODEL, GOOD)] * 9, at_once=3)
    results_before = [next(results)]
    client.save(results_before[0], tmp_path)
    results_before.append(next(results))
    results.close()
    remaining_ids = {row.job_id for row in box.ledger} - {result.id for result in results_before}
    assert remaining_ids
    assert all(job_id in caplog.text for job_id in remaining_ids)
    assert {job.id for job in client.open_jobs} == remaining_ids


def test_an_input_that_fails_still_gives_the_results_that_were_held_back(
    client: ClientAdapter, box: Sandbox, tmp_path: Path
) -> None:
    def lines() -> Any:
        yield from [(MODEL, GOOD)] * 4
        raise LookupError

    result_ids = []
    with pytest.raises(LookupError) as excinfo:  # noqa: PT012  # the loop is what is tested
        for result in client.run_all(lines(), at_once=2):
            client.save(result, tmp_path)
            result_ids.append(result.id)
    assert len(result_ids) >= 2
    assert set(result_ids) | {job.id for job in open_jobs(excinfo.value)} == {row.job_id for row in box.ledger}
