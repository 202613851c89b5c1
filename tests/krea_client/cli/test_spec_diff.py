"""`krea-client spec diff`: what a document of the API says that this client does not."""

import json
import threading
from collections.abc import Callable, Iterator
from copy import deepcopy
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from typing import Any

import pytest

from krea_client.cli import commands
from krea_client.sandbox.api_document import location

Z_IMAGE = "/generate/image/z-image/z-image"
DOCUMENT = json.loads(location().read_bytes())
Writer = Callable[[Any], str]


@pytest.fixture
def live() -> dict[str, Any]:
    return deepcopy(DOCUMENT)


@pytest.fixture
def write_document(tmp_path: Path) -> Writer:
    def write(document: Any) -> str:
        file = tmp_path / "live.json"
        file.write_text(document if isinstance(document, str) else json.dumps(document))
        return str(file)

    return write


def diff(against: str, *more: str) -> int:
    return commands.run(["spec", "diff", "--against", against, *more])


def test_the_document_itself_is_the_same(live: Any, write_document: Writer, capsys: pytest.CaptureFixture[str]) -> None:
    assert diff(write_document(live)) == 0
    assert capsys.readouterr().out.endswith(
        f": the same as the document of {DOCUMENT['info']['version']} in this client\n"
    )


def test_what_the_client_is_behind_in_is_told(
    live: Any, write_document: Writer, capsys: pytest.CaptureFixture[str]
) -> None:
    request = live["components"]["schemas"]["ZImageRequest"]
    request["properties"]["size"] = {"type": "integer"}
    live["paths"]["/generate/image/acme/lantern"] = live["paths"][Z_IMAGE]
    del live["paths"]["/usage"]
    # That a document has no GET /usage is decided; that it has no GET /jobs is not.
    del live["paths"]["/jobs"]
    assert diff(write_document(live)) == 1
    head, *lines = capsys.readouterr().out.splitlines()
    assert head.endswith(f": 3 differences from the document of {DOCUMENT['info']['version']} in this client")
    assert sorted(lines) == [
        f"  POST {Z_IMAGE}: new field: size (integer)",
        "  new operation: POST /generate/image/acme/lantern",
        "  the operation is gone: GET /jobs",
    ]


def test_programs_get_it_as_json(live: Any, write_document: Writer, capsys: pytest.CaptureFixture[str]) -> None:
    strongest = live["components"]["schemas"]["ZImageRequest"]["properties"]["denoising_strength"]["maximum"]
    live["components"]["schemas"]["ZImageRequest"]["properties"]["denoising_strength"]["maximum"] = strongest + 1
    assert diff(write_document(live), "--json") == 1
    document = json.loads(capsys.readouterr().out)
    assert (document["same"], document["version"]) == (False, DOCUMENT["info"]["version"])
    assert document["differences"] == [
        {
            "operation": f"POST {Z_IMAGE}",
            "kind": "maximum",
            "field": "denoising_strength",
            "says": f"maximum {strongest + 1}",
            "text": f"denoising_strength: maximum was {strongest}, is {strongest + 1}",
        }
    ]


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ('{"openapi": ', "this is not JSON"),
        ("openapi: 3.1.0\n", "a document in YAML can be turned into it"),
        ("[]", "no OpenAPI 3.x document"),
        ('{"openapi": "3.1.0", "paths": {"/a": {"get": 1}}}', "an operation must hold a mapping in paths//a/get"),
        ('{"openapi": "3.1.0", "paths": {"/a": 1}}', "a mapping must stand here, not 1 in paths//a"),
    ],
)
def test_what_cannot_be_read_is_said(
    text: str, complaint: str, write_document: Writer, capsys: pytest.CaptureFixture[str]
) -> None:
    assert diff(write_document(text)) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert complaint in err


def test_a_file_that_is_not_there_is_said(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert diff(str(tmp_path / "none.json")) == 2
    assert "none.json: cannot be read" in capsys.readouterr().err


@pytest.fixture
def address(monkeypatch: pytest.MonkeyPatch) -> Iterator[tuple[str, list[str]]]:
    """Yield a server of the document, and the Authorization headers that it got."""
    tokens: list[str] = []

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            tokens.append(self.headers.get("Authorization", ""))
            self.send_response(200 if self.path == "/openapi.json" else 404)
            self.end_headers()
            self.wfile.write(json.dumps(DOCUMENT).encode())

        def log_message(self, *_: object) -> None:
            pass

    monkeypatch.setenv("KREA_API_TOKEN", "never-to-be-shown")
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    server = HTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, args=(0.01,))
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}", tokens
    server.shutdown()
    thread.join()
    server.server_close()


def test_a_document_is_fetched_without_the_token(
    address: tuple[str, list[str]], capsys: pytest.CaptureFixture[str]
) -> None:
    base, tokens = address
    assert diff(f"{base}/openapi.json") == 0
    assert tokens == [""]
    assert diff(f"{base}/elsewhere") == 2
    assert "404" in capsys.readouterr().err
