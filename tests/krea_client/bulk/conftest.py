"""A sandbox with its client, and services of this machine for the tests that need them."""

import os
from collections.abc import Callable

import pytest

import services
from krea_client import Krea
from krea_client.sandbox import Sandbox


@pytest.fixture(scope="session")
def service() -> Callable[[str], str]:
    """Return a function from a service's name to its address; it skips the test where the service does not run.

    With KREA_CLIENT_SERVICES=required, as in continuous integration, the test fails instead.
    """
    present = services.running()

    def address(name: str) -> str:
        if name in present:
            return present[name].url
        reason = f"{name} does not run; `scripts/services start` starts it"
        if os.environ.get("KREA_CLIENT_SERVICES") == "required":
            pytest.fail(reason)
        pytest.skip(reason)

    return address


@pytest.fixture
def box() -> Sandbox:
    return Sandbox(date="2026-11-20", time_scale=0)


@pytest.fixture
def krea(box: Sandbox) -> Krea:
    return Krea(token="t", transport=box.transport(), clock=box.clock)
