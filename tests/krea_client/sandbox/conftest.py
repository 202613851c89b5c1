"""A sandbox whose clock stands still, and a few words to talk to it without HTTP."""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import partial
from typing import Any

import pytest

from krea_client.sandbox import Request, Response, Sandbox

Z_IMAGE = "/generate/image/z-image/z-image"
GPT = "/generate/image/openai/gpt-image-2"
PNG = (
    b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x00\x01\x00\x00\x00\x01\x08\x00\x00\x00\x00:~\x9bU"
    b"\x00\x00\x00\nIDATx\x9cc`\x00\x00\x00\x02\x00\x01H\xaf\xa4q\x00\x00\x00\x00IEND\xaeB`\x82"
)
GOOD = {"prompt": "a gothic cathedral", "aspect_ratio": "16:9", "resolution": "1K"}


@dataclass
class Caller:
    box: Sandbox
    headers: dict[str, str] = field(default_factory=lambda: {"authorization": "Bearer t0ken"})

    def call(self, method: str, target: str, body: bytes = b"", **headers: str) -> Response:
        path, _, query = target.partition("?")
        named_headers = {name.replace("_", "-"): value for name, value in headers.items()}
        return self.box.answer(Request(method, path, query, self.headers | named_headers, body))

    def post(self, fields: Mapping[str, Any] | list[Any], path: str = Z_IMAGE, **headers: str) -> Response:
        return self.call("POST", path, json.dumps(fields).encode(), **headers)

    def submit(self, path: str = Z_IMAGE, **fields: Any) -> str:
        response = self.post({**(GOOD if path == Z_IMAGE else {"prompt": "x"}), **fields}, path)
        assert response.status == 200, response.body
        return str(read(response)["job_id"])

    def upload(self, content: bytes = PNG, name: str = "in.png", kind: str = "image/png", **fields: str) -> Response:
        pieces = [f'--b0\r\nContent-Disposition: form-data; name="{key}"\r\n\r\n{text}' for key, text in fields.items()]
        head = f'--b0\r\nContent-Disposition: form-data; name="file"; filename="{name}"\r\nContent-Type: {kind}\r\n\r\n'
        body = "\r\n".join([*pieces, head]).encode() + content + b"\r\n--b0--\r\n"
        return self.call("POST", "/assets", body, content_type="multipart/form-data; boundary=b0")

    def get(self, target: str) -> Response:
        return self.call("GET", target)

    def status(self, job_id: str) -> str:
        return str(read(self.get(f"/jobs/{job_id}"))["status"])


def read(response: Response) -> dict[str, Any]:
    content = response.json()
    assert isinstance(content, dict)
    return content


def path_of(url: str) -> str:
    """Return the path of a file that an answer names."""
    home = "https://gen.krea.ai"
    assert url.startswith(home + "/")
    return url.removeprefix(home)


@pytest.fixture
def box() -> Sandbox:
    return Sandbox(date="2026-11-20", time_scale=0)


@pytest.fixture
def caller(box: Sandbox) -> Caller:
    return Caller(box)


@pytest.fixture
def their_pytest(pytester: pytest.Pytester, monkeypatch: pytest.MonkeyPatch) -> Callable[..., pytest.RunResult]:
    """Run the files of `pytester` in a process of its own, with our plugin and no other.

    Inside this process it would forget modules afterwards, and two httpx do not know each other's errors.
    """
    monkeypatch.setenv("PYTEST_DISABLE_PLUGIN_AUTOLOAD", "1")
    options = ("-p", "krea_client.pytest_plugin", "-p", "no:cacheprovider", "--strict-markers", "-W", "error")
    return partial(pytester.runpytest_subprocess, *options)
