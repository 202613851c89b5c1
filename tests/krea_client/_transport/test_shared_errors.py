"""An error of an HTTP/2 connection belongs to all of its requests: taking the token out of it must not end any of them."""

import asyncio
import traceback

import anyio
import pytest

from krea_client._core.effects import Unanswered
from krea_client._transport.exchange import TimedExchange, clear_signed_frames


def test_a_task_that_handles_the_same_error_goes_on() -> None:
    error = ConnectionError("the connection broke")
    is_over = asyncio.Event()

    async def request(*, handles_it: bool) -> str:
        try:
            raise error  # as httpcore raises the error of a connection in the task of each request
        except ConnectionError:
            if handles_it:
                await is_over.wait()
                return "went on"
            raise

    async def main() -> str:
        waiting = asyncio.create_task(request(handles_it=True))
        await asyncio.sleep(0)
        try:
            await request(handles_it=False)
        except ConnectionError as raised:
            clear_signed_frames(raised, str, all_frames=True)
        is_over.set()
        return await waiting

    assert asyncio.run(main()) == "went on"


def test_the_variables_of_a_frame_that_has_ended_are_gone() -> None:
    def failing() -> None:
        token = "krea-token"  # noqa: F841  # what must not stay
        raise ConnectionError

    with pytest.raises(ConnectionError) as excinfo:
        failing()
    clear_signed_frames(excinfo.value, str, all_frames=True)
    frames = [frame for frame, _ in traceback.walk_tb(excinfo.value.__traceback__)]
    assert frames[-1].f_locals == {}


def test_any_error_that_the_code_below_raises_is_one_of_the_connection() -> None:
    async def release_twice() -> None:
        anyio.Semaphore(1, max_value=1).release()  # as a connection of httpcore does after a cancellation

    with pytest.raises(Unanswered, match="released too many times"), TimedExchange(1.0):
        asyncio.run(release_twice())


def test_an_error_of_the_users_own_code_stays_what_it_is() -> None:
    with pytest.raises(ValueError, match="mine"), TimedExchange(1.0):
        raise ValueError("mine")
