"""pytest-recording in a project that uses krea-client: recorded, replayed and rewritten, with no token in the file."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from krea_client._cassette_filter import CassetteFilter
from krea_client.sandbox import Sandbox, running

pytest_plugins = ["pytester"]

# together they take longer to import than the rest of pytest
SLOW_PLUGINS = (
    "schemathesis",
    "hypothesispytest",
    "anyio",
    "xdist",
)
TOKEN = "a-token-that-nobody-may-read"
TEST = """
import os

import pytest

from krea_client import Krea, Pace


@pytest.mark.vcr
def test_a_picture(tmp_path):
    with Krea(os.environ["KREA_API_TOKEN"], pace=Pace(head_start=0.0, least=0.01, most=0.01)) as krea:
        job = krea.run("z-image/z-image", prompt="A fox", aspect_ratio="1:1", resolution="1K")
        [path] = krea.save(job, tmp_path / "fox.png")
    assert path.read_bytes().startswith(b"\\x89PNG")
"""

HOOK_SECRET = "the-secret-of-a-webhook"
ADDRESSED = f"""
import asyncio
import os

import pytest

from krea_client import AsyncKrea, Krea, Pace

SETTINGS = {{"base_url": "BASE_URL", "pace": Pace(head_start=0.0, least=0.01, most=0.01)}}
BODY = {{"prompt": "A fox", "aspect_ratio": "1:1", "resolution": "1K"}}
HOOK = "http://127.0.0.1:9/{HOOK_SECRET}"


async def of_async():
    async with AsyncKrea(os.environ["KREA_API_TOKEN"], **SETTINGS) as krea:
        return await krea.run("z-image/z-image", BODY, webhook_url=HOOK)


def of_sync():
    with Krea(os.environ["KREA_API_TOKEN"], **SETTINGS) as krea:
        return krea.run("z-image/z-image", BODY, webhook_url=HOOK)


@pytest.mark.vcr
def test_a_picture():
    for job in (of_sync(), asyncio.run(of_async())):
        assert job.urls
"""


class Request:
    """A request of vcrpy, as far as a filter sees it."""

    def __init__(self, uri: str, **headers: str) -> None:
        self.uri = uri
        self.headers = headers


@pytest.fixture
def project(pytester: pytest.Pytester, monkeypatch: pytest.MonkeyPatch) -> Iterator[pytest.Pytester]:
    """Yield a project with one test, and a sandbox as the API."""
    pytester.makepyfile(test_fox=TEST)
    monkeypatch.setenv("KREA_API_TOKEN", TOKEN)
    with running(Sandbox(time_scale=10_000, seed=7)) as url:
        monkeypatch.setenv("KREA_BASE_URL", url)
        yield pytester


def run(project: pytest.Pytester, *arguments: str) -> None:
    blocked = [word for plugin in SLOW_PLUGINS for word in ("-p", f"no:{plugin}")]
    project.runpytest_subprocess(*blocked, *arguments).assert_outcomes(passed=1)


def cassette(project: pytest.Pytester) -> Path:
    [path] = project.path.glob("cassettes/*/*.yaml")
    return path


def test_a_recording_holds_no_token_replays_without_a_network_and_is_rewritten(project: pytest.Pytester) -> None:
    run(project, "--record-mode=once")
    text = cassette(project).read_text("utf-8")
    assert TOKEN not in text
    assert "uthorization" not in text
    assert "A fox" in text
    run(project, "--block-network")
    run(project, "--record-mode=rewrite")
    assert TOKEN not in cassette(project).read_text("utf-8")


def test_a_project_with_a_configuration_of_its_own_decides_itself(project: pytest.Pytester) -> None:
    project.makeconftest(
        "import pytest\n@pytest.fixture(scope='module')\ndef vcr_config():\n    return {'before_record_request': lambda request: request}\n"
    )
    run(project, "--record-mode=once")
    assert TOKEN in cassette(project).read_text("utf-8")


def test_an_address_of_the_api_that_only_the_program_knows(
    project: pytest.Pytester, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A sync and an async client record into one cassette."""
    url = os.environ["KREA_BASE_URL"]
    monkeypatch.delenv("KREA_BASE_URL")
    project.makepyfile(test_fox=ADDRESSED.replace("BASE_URL", url))
    run(project, "--record-mode=once")
    text = cassette(project).read_text("utf-8")
    assert text.count("method: POST") == 2
    assert TOKEN not in text
    assert HOOK_SECRET not in text
    run(project, "--block-network")
    run(project, "--record-mode=rewrite")
    assert TOKEN not in cassette(project).read_text("utf-8")


def test_signatures_of_results_go_in_the_response_and_in_the_request_for_them() -> None:
    cassette_filter = CassetteFilter()
    url = "https://gen.krea.ai/fox.png"
    body = f'{{"result": {{"urls": ["{url}?signature=abc"]}}}}'.encode()
    stored = cassette_filter.response({"status": {}, "headers": {"set-cookie": ["a=b"]}, "body": {"string": body}})
    assert stored["headers"] == {}
    assert stored["body"]["string"] == f'{{"result": {{"urls": ["{url}"]}}}}'.encode()
    assert cassette_filter.request(Request(f"{url}?signature=abc")).uri == url


def test_a_token_that_the_api_repeats_is_masked() -> None:
    cassette_filter = CassetteFilter()
    cassette_filter.request(Request("https://api.krea.ai/jobs", authorization=f"Bearer {TOKEN}"))
    stored = cassette_filter.response({"headers": {}, "body": {"string": f'{{"error": "{TOKEN} is wrong"}}'.encode()}})
    assert stored["body"]["string"] == b'{"error": "[token] is wrong"}'


def test_other_hosts_are_left_alone() -> None:
    request = Request("https://example.com/?token=1", authorization="Bearer of another service")
    filtered = CassetteFilter().request(request)
    assert (filtered.uri, filtered.headers) == (
        "https://example.com/?token=1",
        {"authorization": "Bearer of another service"},
    )
