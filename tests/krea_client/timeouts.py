"""Time-outs that are short on an idle computer and long enough on a busy one."""

import time
from collections.abc import Callable

import pytest

TIMEOUTS = (0.15, 1.0, 5.0, 20.0)  # seconds; an idle computer connects within thousandths of one
PATIENCE = 30.0  # seconds beyond the time-out that a busy computer may take


def timed_out(call: Callable[[float], object], was_sent: Callable[[BaseException], bool]) -> BaseException:
    """Return what a call raises when its time is over.

    A busy computer may not even connect within a short time-out, so the call is made again with a longer one until the server has
    the request.

    Args:
        call: makes the call with a time-out in seconds.
        was_sent: tells from what was raised, or otherwise, whether the server has the request.
    """
    for seconds in TIMEOUTS:
        began = time.monotonic()
        with pytest.raises(Exception) as excinfo:  # noqa: PT011  # the caller looks at it
            call(seconds)
        assert time.monotonic() - began < seconds + PATIENCE
        if was_sent(excinfo.value):
            return excinfo.value
    raise AssertionError(f"{TIMEOUTS[-1]} s were not enough to send a request")
