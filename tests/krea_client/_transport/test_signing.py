"""The token: on requests to the API's own origin only, and shown by nothing."""

import gc
import html
import json
import logging
import pickle
import re
from collections.abc import Callable
from urllib.parse import quote, quote_plus

import httpx
import pytest

from krea_client import Unauthorized
from krea_client._transport.signing import MASK, UNSIGNED, Signer

API = httpx.URL("https://api.krea.ai")
SECRET = "s3cret-t0ken"


def signed(signer: Signer, url: str) -> str | None:
    request = httpx.Request("GET", url)
    copy = signer.signed(request)
    assert "authorization" not in request.headers
    return copy.headers.get("authorization")


@pytest.mark.parametrize("url", ["https://api.krea.ai/jobs", "https://api.krea.ai:443/", "https://API.KREA.AI/x?y"])
def test_the_origin_gets_it(url: str) -> None:
    assert signed(Signer(SECRET, API), url) == f"Bearer {SECRET}"


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
    assert signed(Signer(SECRET, API), url) is None


def test_without_one_nothing_goes_to_the_api() -> None:
    with pytest.raises(Unauthorized, match="KREA_API_TOKEN") as excinfo:
        signed(Signer(None, API), "https://api.krea.ai/jobs")
    assert excinfo.value.request == "GET /jobs"
    assert signed(Signer(None, API), "https://gen.krea.ai/x") is None


def test_a_request_for_a_result_is_never_signed() -> None:
    request = httpx.Request("GET", "https://api.krea.ai/files/a.png", extensions={UNSIGNED: True})
    assert Signer(SECRET, API).signed(request) is request


def test_it_shows_itself_to_nobody() -> None:
    signer = Signer(SECRET, API)
    assert SECRET not in f"{signer!r} {signer!s} {vars(signer)}"
    with pytest.raises(TypeError, match="not pickled"):
        pickle.dumps(signer)
    assert not any(isinstance(value, str) and SECRET in value for value in gc.get_referents(signer))


@pytest.mark.parametrize("token", ["s3cret-t0ken", 'a"quoted\\one', "with/slash+plus", "+/=&<>'", "clé-☃-token"])
@pytest.mark.parametrize(
    "write",
    [
        str,
        lambda token: json.dumps(token)[1:-1],
        lambda token: json.dumps(json.dumps(token))[1:-1].strip('\\"') if '"' not in token else json.dumps(token)[1:-1],
        lambda token: quote(token, safe=""),
        lambda token: quote(token, safe="/").replace("%2B", "%2b"),
        quote_plus,
        lambda token: token.replace("/", "\\/"),
        lambda token: "".join(f"\\u{ord(character):04x}" for character in token),
        lambda token: "".join(f"\\u{ord(character):04X}" for character in token),
        lambda token: re.sub("[+/=&<>']", lambda special: f"\\u{ord(special[0]):04X}", token.replace("\\", "\\\\")),
        html.escape,
        lambda token: re.sub(r"[^\w-]", lambda special: f"&#{ord(special[0])};", token),
        lambda token: re.sub(r"[^\w-]", lambda special: f"&#x{ord(special[0]):X};", token),
    ],
)
def test_the_token_is_masked_however_it_is_written(token: str, write: Callable[[str], str]) -> None:
    signer = Signer(token, API)
    body = f"bad token {write(token)}!".encode()
    assert signer.mask_body(401, body) == f"bad token {MASK}!".encode()
    assert signer.mask_text(f"{token} {token}") == f"{MASK} {MASK}"
    header = signer.mask_headers([(b"X-Echo", f"Bearer {token}".encode())])
    assert header["x-echo"] == f"Bearer {MASK}"


def test_a_short_token_is_left_in_a_good_response_where_it_may_be_a_word() -> None:
    assert Signer("token", API).mask_body(200, b"a token") == b"a token"
    assert Signer("a-token-of-a-real-length", API).mask_body(200, b"a-token-of-a-real-length") == MASK.encode()


def test_the_log_of_the_http_library_does_not_show_it(caplog: pytest.LogCaptureFixture) -> None:
    signer = Signer(SECRET, API)
    with caplog.at_level("DEBUG"):
        logging.getLogger("httpcore.http11").debug("response headers %s", [b"x-echo", SECRET])
    assert SECRET not in caplog.text
    assert MASK in caplog.text
    del signer
