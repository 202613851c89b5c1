"""A token that a server sends back is in nothing that a command writes: real processes, a real server."""

import json
import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[3]
TOKEN = "krea-t0ken/that+nobody=may-see"
IMAGE = "generate z-image/z-image fox --aspect_ratio 1:1 --resolution 1K"


class EchoingHandler(BaseHTTPRequestHandler):
    """Sends the Authorization header back in its own header, and in the body."""

    status = 500

    def do_GET(self) -> None:
        ANSWERED.add(self.status)
        self.rfile.read(int(self.headers.get("content-length") or 0))
        token = self.headers["authorization"].removeprefix("Bearer ")
        document: dict[str, Any] = {"job_id": token, "status": "completed", "error": f"no: {token}", "items": [token]}
        document["result"] = {"urls": [f"http://127.0.0.1/{token}.png?token={token}"]}
        document["details"] = [{"field": token, "message": token}]
        content = json.dumps(document).encode()
        self.send_response(self.status, f"no {token}")
        self.send_header("content-type", "application/json")
        self.send_header("content-length", str(len(content)))
        self.send_header("retry-after", "0")
        self.send_header("deprecation", token)
        self.send_header("link", f'<https://{token}>; rel="sunset"')
        self.end_headers()
        self.wfile.write(content)

    do_POST = do_DELETE = do_GET  # noqa: N815  # the library wants these names

    def log_message(self, *_: object) -> None:
        """Stay silent."""


ANSWERED: set[int] = set()  # by this process
STATUSES = (200, 400, 401, 402, 404, 422, 429, 503)
RUNS = """
import os, sys
from krea_client.cli import commands
for address in sys.argv[1].split():
    os.environ["KREA_BASE_URL"] = address
    commands.run(sys.argv[2:])
    print("ended", flush=True)
"""


@pytest.fixture
def urls() -> Iterator[list[str]]:
    """Yield the address of a server for each status."""
    ANSWERED.clear()
    handlers = [type("Handler", (EchoingHandler,), {"status": status}) for status in STATUSES]
    servers = [ThreadingHTTPServer(("127.0.0.1", 0), handler) for handler in handlers]
    for server in servers:
        threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
    yield [f"http://127.0.0.1:{server.server_port}" for server in servers]
    for server in servers:
        server.shutdown()
        server.server_close()


@pytest.mark.parametrize("words", [f"{IMAGE} --no-wait", "jobs list --json"], ids=["generate", "list"])
def test_no_output_has_an_echoed_token(urls: list[str], words: str, tmp_path: Path) -> None:
    """One process asks the servers one after the other, since to start one takes longer than its commands."""
    environment = {
        **{name: value for name, value in os.environ.items() if not name.startswith("KREA_")},
        **dict.fromkeys(("HOME", "XDG_STATE_HOME", "XDG_CACHE_HOME"), str(tmp_path)),
        "KREA_API_TOKEN": TOKEN,
        "KREA_CLIENT_LOG": "debug",
        "PYTHONPATH": f"{ROOT / 'shim'}{os.pathsep}{ROOT / 'generated'}",
    }
    completed = subprocess.run(
        [sys.executable, "-X", "dev", "-c", RUNS, " ".join(urls), *words.split()],
        capture_output=True,
        text=True,
        env=environment,
        cwd=tmp_path,
        timeout=60,
        check=False,
    )
    assert completed.stdout.count("ended\n") == len(STATUSES), completed.stderr
    assert sorted(ANSWERED) == sorted(STATUSES)
    outputs = [completed.stdout, completed.stderr]
    outputs += [file.read_text("utf-8", "replace") for file in tmp_path.rglob("*") if file.is_file()]
    for text in outputs:
        assert TOKEN not in text
        assert "t0ken" not in text
