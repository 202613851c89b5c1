"""Argument over environment over default."""

import json
import warnings
from datetime import UTC, datetime

import pytest

from krea_client import KreaDeprecationWarning, KreaSunsetWarning, RequestInvalid
from krea_client.sandbox import Sandbox

from .between import Between, answered
from .conftest import GOOD, Make

OLD = {"prompt": "x", "aspectRatio": "1:1", "resolution": "1K"}


@pytest.mark.parametrize(
    ("argument", "variables", "expected"),
    [
        (None, {"KREA_API_TOKEN": "one"}, "one"),
        (None, {"KREA_API_KEY": "two"}, "two"),
        (None, {"KREA_API_TOKEN": "one", "KREA_API_KEY": "two"}, "one"),
        (None, {"KREA_API_TOKEN": " ", "KREA_API_KEY": "two\n"}, "two"),
        ("mine", {"KREA_API_TOKEN": "one"}, "mine"),
        ("", {"KREA_API_TOKEN": "one"}, "one"),
    ],
)
def test_the_token(
    make: Make,
    between: Between,
    monkeypatch: pytest.MonkeyPatch,
    argument: str | None,
    variables: dict[str, str],
    expected: str,
) -> None:
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    make(token=argument).submit("z-image/z-image", GOOD)
    assert between.seen[0].headers["authorization"] == f"Bearer {expected}"


@pytest.mark.parametrize(
    ("argument", "variable", "expected"),
    [
        (None, None, "https://api.krea.ai/jobs"),
        (None, "https://eu.example", "https://eu.example/jobs"),
        ("https://mine.example/v1/", "https://eu.example", "https://mine.example/v1/jobs"),
        ("http://mine.example:81", None, "http://mine.example:81/jobs"),  # allowed with a transport of one's own
        ("https://MINE.example", None, "https://mine.example/jobs"),
    ],
)
def test_the_address(
    make: Make,
    between: Between,
    monkeypatch: pytest.MonkeyPatch,
    argument: str | None,
    variable: str | None,
    expected: str,
) -> None:
    if variable:
        monkeypatch.setenv("KREA_BASE_URL", variable)
    between.always("GET", answered(200, b'{"items": []}'))
    list(make(base_url=argument).jobs.list())
    assert str(between.seen[0].url) == expected
    assert "authorization" in between.seen[0].headers


@pytest.mark.parametrize(
    "url",
    [
        "http://api.krea.ai",
        "http://127.0.0.1.evil.example",
        "http://localhost.evil.example",
        "http://localhost@evil.example",
        "http://evil.example?@localhost",
        "http://evil.example#@localhost",
        "http://0.0.0.0",
        "http://[2001:db8::1]",
    ],
)
def test_the_token_is_not_sent_in_the_clear(make: Make, url: str) -> None:
    with pytest.raises(ValueError, match="use https"):
        make(base_url=url, transport=None)


@pytest.mark.parametrize("url", ["http://localhost", "http://127.0.0.1:8000", "http://127.8.9.1", "http://[::1]:80"])
def test_loopback_may_be_plain(make: Make, url: str) -> None:
    assert repr(make(base_url=url, transport=None).wrapped).endswith(f"{url!r})")


@pytest.mark.parametrize("url", ["https://api.krea.ai/?key=t0p-secret", "https://api.krea.ai#t0p-secret"])
def test_an_address_ends_with_its_path(make: Make, url: str) -> None:
    with pytest.raises(ValueError, match="leave that out") as refused:
        make(base_url=url)
    assert "t0p-secret" not in str(refused.value)


@pytest.mark.parametrize(
    "url", ["api.krea.ai", "ftp://api.krea.ai", "https://", "https://x:y", "//api.krea.ai", "https:/x"]
)
def test_what_is_no_address_is_refused(make: Make, monkeypatch: pytest.MonkeyPatch, url: str) -> None:
    with pytest.raises(ValueError, match="is not an address"):
        make(base_url=url)
    monkeypatch.setenv("KREA_BASE_URL", url)
    with pytest.raises(ValueError, match="is not an address"):
        make()


@pytest.mark.parametrize(
    ("argument", "variable", "name", "kinds"),
    [
        (None, None, "aspect_ratio", [KreaDeprecationWarning]),
        (None, "silent", "aspect_ratio", []),
        (None, "passthrough", "aspectRatio", [KreaDeprecationWarning]),
        ("translate", "silent", "aspect_ratio", [KreaDeprecationWarning]),
        (None, "error", None, []),
        ("silent", "error", "aspect_ratio", []),
        (None, "", "aspect_ratio", [KreaDeprecationWarning]),
    ],
)
def test_the_policy_for_old_names(
    make: Make,
    between: Between,
    box: Sandbox,
    monkeypatch: pytest.MonkeyPatch,
    argument: str | None,
    variable: str | None,
    name: str | None,
    kinds: list[type],
) -> None:
    box.date = "2026-06-01"
    if variable is not None:
        monkeypatch.setenv("KREA_CLIENT_ALIASES", variable)
    krea = make(aliases=argument)
    with warnings.catch_warnings(record=True) as recorded_warnings:
        warnings.simplefilter("always")
        if name is None:
            with pytest.raises(RequestInvalid):
                krea.submit("z-image/z-image", OLD)
        else:
            krea.submit("z-image/z-image", OLD)
    assert [type(warning.message) for warning in recorded_warnings] == kinds
    assert [set(json.loads(request.content)) - {"prompt", "resolution"} for request in between.seen] == (
        [{name}] if name else []
    )


def test_an_unknown_policy_is_refused(make: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(ValueError, match=r"aliases='loud'.* give one of translate, silent, error, passthrough"):
        make(aliases="loud")
    monkeypatch.setenv("KREA_CLIENT_ALIASES", "loud")
    with pytest.raises(ValueError, match="KREA_CLIENT_ALIASES='loud'"):
        make()


@pytest.mark.parametrize(
    ("moment", "kind", "words"),
    [
        (datetime(2026, 6, 18, 23, 59, 59, tzinfo=UTC), KreaDeprecationWarning, "until 2026-06-19 (1 day left)"),
        (datetime(2026, 6, 9), KreaDeprecationWarning, "until 2026-06-19 (10 days left)"),  # noqa: DTZ001  # taken as UTC
        (datetime(2026, 6, 19, tzinfo=UTC), KreaSunsetWarning, "stopped accepting the deprecated name on 2026-06-19"),
    ],
)
def test_the_clock_may_be_a_function(make: Make, moment: datetime, kind: type, words: str) -> None:
    krea = make(clock=lambda: moment)
    with warnings.catch_warnings(record=True) as recorded_warnings:
        warnings.simplefilter("always")
        krea.submit("z-image/z-image", OLD)
    assert [type(warning.message) for warning in recorded_warnings] == [kind]
    assert words in str(recorded_warnings[0].message)


@pytest.mark.parametrize("name", ["clock", "on_alias", "retry", "pace", "token", "base_url", "transport"])
def test_an_argument_of_another_kind_is_refused_where_it_is_given(make: Make, name: str) -> None:
    subject = "the API token" if name == "token" else name
    with pytest.raises(TypeError, match=rf"{subject} is of type \w+: give ") as excinfo:
        make(**{name: "noon" if name in ("clock", "on_alias") else 1234567})
    assert "1234567" not in str(excinfo.value)
