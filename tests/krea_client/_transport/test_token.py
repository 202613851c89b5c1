"""The token: on requests to the API's own origin only, and shown by nothing."""

import gc
import pickle

import httpx
import pytest

from krea_client import Unauthorized
from krea_client._transport.http import Token

API = httpx.URL("https://api.krea.ai")
SECRET = "s3cret-t0ken"


def signed(token: Token, url: str) -> str | None:
    request = httpx.Request("GET", url)
    assert next(token.auth_flow(request)) is request
    return request.headers.get("authorization")


@pytest.mark.parametrize("url", ["https://api.krea.ai/jobs", "https://api.krea.ai:443/", "https://API.KREA.AI/x?y"])
def test_the_origin_gets_it(url: str) -> None:
    assert signed(Token(SECRET, API), url) == f"Bearer {SECRET}"


@pytest.mark.parametrize(
    "url",
    [
        "http://api.krea.ai/jobs",
        "https://api.krea.ai:444/",
        "https://gen.krea.ai/",
        "https://krea.ai/",
        "https://api.krea.ai.evil.example/",
        "https://api.krea.ai@evil.example/",
    ],
)
def test_nobody_else_does(url: str) -> None:
    assert signed(Token(SECRET, API), url) is None


def test_without_one_nothing_goes_to_the_api() -> None:
    with pytest.raises(Unauthorized, match="KREA_API_TOKEN") as caught:
        signed(Token(None, API), "https://api.krea.ai/jobs")
    assert caught.value.request == "GET /jobs"
    assert signed(Token(None, API), "https://gen.krea.ai/x") is None


def test_it_shows_itself_to_nobody() -> None:
    token = Token(SECRET, API)
    assert SECRET not in f"{token!r} {token!s} {vars(token)}"
    with pytest.raises(TypeError, match="not pickled"):
        pickle.dumps(token)
    assert not any(isinstance(one, str) and SECRET in one for one in gc.get_referents(token))
