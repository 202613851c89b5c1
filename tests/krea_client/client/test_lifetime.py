"""A client's life: opening, closing, and a token that shows nowhere."""

import copy
import logging
import pickle
from collections.abc import Iterator
from typing import Any

import pytest

from krea_client import KreaError, Unauthorized
from krea_client.sandbox import Sandbox

from .adapter import ClientAdapter
from .between import Between, answered
from .conftest import GOOD, TOKEN, Make


def test_a_block_closes_the_client(client: ClientAdapter, between: Between) -> None:
    with client as krea:
        assert krea is client
        krea.submit("z-image/z-image", GOOD)
        assert between.closed == 0
    assert between.closed == 1
    for _ in range(2):
        with pytest.raises(KreaError, match="closed, and nothing was sent"):
            client.run("z-image/z-image", GOOD)
    assert between.count("POST") == 1


def test_closing_twice_does_no_harm(client: ClientAdapter, between: Between) -> None:
    for _ in range(3):
        client.close()
    assert between.closed == 1


def test_a_client_that_was_never_used_is_closed_too(make: Make) -> None:
    with make():
        pass


def test_an_error_in_the_block_comes_through(client: ClientAdapter, between: Between) -> None:
    with pytest.raises(ZeroDivisionError), client:
        raise ZeroDivisionError
    assert between.closed == 1


def test_what_is_inside_of_a_block_is_the_client_itself(client: ClientAdapter) -> None:
    inner = client.done(client.wrapped.__enter__() if client.runner is None else client.wrapped.__aenter__())
    assert inner is client.wrapped


def reachable(root: object) -> Iterator[object]:
    """Yield everything that vars, slots and containers lead to."""
    pending, visited = [root], {id(root)}
    while pending:
        item = pending.pop()
        yield item
        parts: list[Any] = [*getattr(item, "__dict__", {}).values()]
        parts += [getattr(item, name, None) for kind in type(item).__mro__ for name in getattr(kind, "__slots__", ())]
        if isinstance(item, dict):
            parts += [*item.keys(), *item.values()]
        elif isinstance(item, (list, tuple, set, frozenset)):
            parts += item
        for part in parts:
            if id(part) not in visited and not isinstance(part, type):
                visited.add(id(part))
                pending.append(part)


def test_the_token_shows_nowhere(make: Make, box: Sandbox) -> None:
    client = make(transport=box.transport())
    client.submit("z-image/z-image", GOOD)
    _ = client.raw
    looked_at = 0
    for part in reachable(client.wrapped):
        looked_at += 1
        if isinstance(part, (str, bytes)):
            assert TOKEN not in (part if isinstance(part, str) else part.decode("latin-1"))
        elif type(part).__module__.startswith(("krea_client", "krea_api", "httpx")):
            assert TOKEN not in f"{part!r} {part!s}"
    assert looked_at > 100


def test_a_client_is_neither_pickled_nor_copied(client: ClientAdapter) -> None:
    for copying in (pickle.dumps, copy.copy, copy.deepcopy):
        with pytest.raises(TypeError, match="cannot be pickled"):
            copying(client.wrapped)


def test_a_repr_names_the_address(client: ClientAdapter) -> None:
    assert repr(client.wrapped).endswith("Krea(base_url='https://api.krea.ai')")


def test_a_repr_hides_the_secret_part_of_an_address(make: Make) -> None:
    client = make(base_url="https://me:hunter2@proxy.example/krea")
    assert repr(client.wrapped).endswith("Krea(base_url='https://proxy.example/krea')")
    with pytest.raises(ValueError, match="unencrypted") as excinfo:
        make(base_url="http://me:hunter2@proxy.example/krea", transport=None)
    assert "hunter2" not in str(excinfo.value)


def test_the_token_is_in_no_log(client: ClientAdapter, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    client.run("z-image/z-image", GOOD)
    assert TOKEN not in caplog.text


def test_the_token_is_in_no_error(client: ClientAdapter, between: Between) -> None:
    for status in (400, 401, 403, 404, 409, 418, 500):
        between.on("POST", answered(status, b'{"error": "no"}'))
        with pytest.raises(KreaError) as excinfo:
            client.submit("z-image/z-image", GOOD)
        text = f"{excinfo.value} {excinfo.value!r} {vars(excinfo.value)}".encode() + pickle.dumps(excinfo.value)
        assert TOKEN.encode() not in text


@pytest.mark.parametrize("call", ["submit", "get", "list", "cancel", "wait"])
def test_without_a_token_nothing_is_sent(make: Make, between: Between, call: str) -> None:
    krea = make(token=None)
    calls = {
        "submit": lambda: krea.submit("z-image/z-image", GOOD),
        "get": lambda: krea.jobs.get("j"),
        "list": lambda: list(krea.jobs.list()),
        "cancel": lambda: krea.jobs.cancel("j"),
        "wait": lambda: krea.wait("j"),
    }
    with pytest.raises(Unauthorized, match=r"KREA_API_TOKEN .*nothing was sent") as excinfo:
        calls[call]()
    assert excinfo.value.status is None
    assert between.seen == []


def test_the_token_goes_to_the_api(client: ClientAdapter, between: Between) -> None:
    client.submit("z-image/z-image", GOOD)
    assert between.seen[0].headers["authorization"] == f"Bearer {TOKEN}"


@pytest.mark.parametrize("token", [f"{TOKEN}\n", f"  {TOKEN}", f"{TOKEN}\r\n"])
def test_space_around_a_token_is_not_part_of_it(make: Make, between: Between, token: str) -> None:
    make(token=token).submit("z-image/z-image", GOOD)
    assert between.seen[0].headers["authorization"] == f"Bearer {TOKEN}"


@pytest.mark.parametrize("token", ["se\ncret", "se cret", "sécret", "se\0cret"])
def test_a_token_that_no_header_can_carry_is_refused_without_showing_it(make: Make, token: str) -> None:
    with pytest.raises(ValueError, match="token") as excinfo:
        make(token=token)
    assert "cret" not in str(excinfo.value)


def test_an_answer_that_redirects_gets_no_token(client: ClientAdapter, between: Between, box: Sandbox) -> None:
    between.on("GET", answered(302, location="https://elsewhere.example/jobs"))
    with pytest.raises(KreaError):
        client.jobs.get("j")
    assert {request.url.host for request in between.seen} == {"api.krea.ai"}
