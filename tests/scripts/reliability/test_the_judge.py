"""The judge is judged: a client that does what ours never may is caught."""

import asyncio
from collections.abc import Callable
from typing import Any

import pytest

from krea_client import ConnectionFailed
from reliability.cases import Case
from reliability.verdict import verdict
from reliability.world import TOKEN, World, played

LOST_CASE = Case("submit", "read-timeout", True, None, 1)


def complaints(live: Callable[[World], Any]) -> list[str]:
    with asyncio.Runner() as runner:
        problems: list[str] = played("sync", live, runner)
    return problems


class Twice:
    """A client that sends a paid request again when it hears nothing."""

    def __init__(self, krea: Any) -> None:
        self._krea = krea

    def submit(self, *request: Any) -> Any:
        try:
            return self._krea.submit(*request)
        except Exception:  # noqa: BLE001  # as careless as it gets
            return self._krea.submit(*request)

    def close(self) -> None:
        self._krea.close()


class Silent(Twice):
    """A client that says of every lost answer that nothing happened, and tells its token."""

    def submit(self, *request: Any) -> Any:
        try:
            return self._krea.submit(*request)
        except Exception:  # noqa: BLE001  # as careless as it gets
            raise ConnectionFailed(f"no luck with {TOKEN}") from None


@pytest.mark.parametrize(
    ("careless", "messages"),
    [
        (Twice, ["2 jobs for 1 requests", "nobody was told"]),
        (Silent, ["nobody was told", "the token shows in its text"]),
    ],
)
def test_a_careless_client_is_caught(careless: type[Twice], messages: list[str]) -> None:
    async def live(world: World) -> list[str]:
        world.krea = careless(world.krea)
        world.candidates = nothing  # type: ignore[method-assign]  # the careless have none
        return await verdict(world, LOST_CASE)

    async def nothing() -> set[str]:
        return set()

    problems = " / ".join(complaints(live))
    assert all(text in problems for text in messages), problems


def test_a_file_that_is_left_behind_is_seen() -> None:
    async def live(world: World) -> list[str]:
        (world.folder / ".picture.part").write_bytes(TOKEN.encode())
        (world.folder / "picture.png").write_bytes(b"half")
        return await verdict(world, LOST_CASE)

    problems = " / ".join(complaints(live))
    assert ".picture.part was left behind" in problems
    assert "the picture is half-written" in problems
    assert "the token is in .picture.part" in problems


def test_a_fault_that_nobody_meets_is_no_case() -> None:
    problems = complaints(_unmet)
    assert problems == ["the fault was not met"]


async def _unmet(world: World) -> list[str]:
    world.box.faults.add = lambda *_: None  # type: ignore[method-assign]  # a script that does nothing
    return await verdict(world, LOST_CASE)
