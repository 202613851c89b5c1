"""docs/web-services.md: each example runs as its first lines say, orders a poster and receives the sandbox's webhook over HTTP."""

import os
import re
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import httpx
import pytest

from krea_client.sandbox import Sandbox, running

from ..ports import free_port
from .pages import ROOT, broken_links

PAGE = ROOT / "docs" / "web-services.md"
FOLDER = ROOT / "docs" / "examples" / "web"
PATIENCE = 60.0  # seconds
SECRET = "a-long-random-part"
COMMANDS = {
    "fastapi_app": ["-m", "uvicorn", "fastapi_app:app", "--port", "{port}"],
    "flask_app": ["-m", "flask", "--app", "flask_app", "run", "--port", "{port}"],
    "django_app": ["{folder}/django_app.py", "runserver", "--noreload", "{port}"],
}


class Service(NamedTuple):
    url: str
    folder: Path
    sandbox: Sandbox


@pytest.fixture(scope="module", params=list(COMMANDS))
def service(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Service]:
    folder = tmp_path_factory.mktemp(request.param)
    port = free_port()
    command = [part.format(port=port, folder=FOLDER) for part in COMMANDS[request.param]]
    sandbox = Sandbox(time_scale=1000)
    with running(sandbox) as url:
        environment = {
            "PATH": os.environ["PATH"],
            "PYTHONPATH": os.pathsep.join(map(str, (FOLDER, ROOT / "shim", ROOT / "generated"))),
            "KREA_BASE_URL": url,
            "KREA_API_TOKEN": "sandbox",
            "PUBLIC_URL": f"http://127.0.0.1:{port}",
            "WEBHOOK_SECRET": SECRET,
        }
        with subprocess.Popen(
            [sys.executable, *command], cwd=folder, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT
        ) as process:
            try:
                wait_until_it_listens(process, port)
                yield Service(f"http://127.0.0.1:{port}", folder / "posters", sandbox)
            finally:
                process.terminate()


def wait_until_it_listens(process: subprocess.Popen[bytes], port: int) -> None:
    while process.poll() is None:
        try:
            socket.create_connection(("127.0.0.1", port), timeout=0.1).close()
        except OSError:
            threading.Event().wait(0.02)
        else:
            return
    raise AssertionError(process.stdout.read().decode() if process.stdout else "")


def send(url: str, **options: Any) -> httpx.Response:
    return httpx.post(url, timeout=PATIENCE, **options)


def order(service: Service) -> str:
    response = send(f"{service.url}/posters", params={"title": "Sunrise"})
    assert response.status_code == 202
    job_id: str = response.json()["id"]
    return job_id


def posters(service: Service) -> list[Path]:
    return sorted(service.folder.iterdir()) if service.folder.exists() else []


def wait_until_ready(service: Service, job_id: str) -> None:
    limit = time.monotonic() + PATIENCE
    with httpx.Client(timeout=PATIENCE) as client:
        while time.monotonic() < limit:
            if client.get(f"{service.url}/posters/{job_id}").json()["ready"]:
                return
            threading.Event().wait(0.01)
    raise AssertionError(f"{job_id} is not ready")


def test_a_poster_is_saved_when_the_webhook_arrives_and_only_once(service: Service) -> None:
    job_id = order(service)
    wait_until_ready(service, job_id)
    [poster] = (path for path in service.folder.iterdir() if job_id in path.name)
    assert poster.read_bytes().startswith(b"\x89PNG")
    saved = poster.stat().st_mtime_ns
    body = {"job_id": job_id, "status": "completed", "result": {"urls": ["https://example.com/other.png"]}}
    assert send(f"{service.url}/krea/{SECRET}", json=body).status_code == 204
    assert poster.stat().st_mtime_ns == saved


def test_calls_of_others_are_refused_or_ignored(service: Service) -> None:
    before = posters(service), len(service.sandbox.jobs)
    body = {"job_id": "unknown", "status": "completed", "result": {"urls": ["https://example.com/other.png"]}}
    assert send(f"{service.url}/krea/wrong", json=body).status_code == 404
    assert send(f"{service.url}/krea/{SECRET}", json=body).status_code == 204
    assert send(f"{service.url}/krea/{SECRET}", content=b"<h1>hello</h1>").status_code == 400
    assert (posters(service), len(service.sandbox.jobs)) == before


def test_the_page_names_every_example_and_how_to_run_it() -> None:
    text = PAGE.read_text("utf-8")
    assert (
        set(re.findall(r"examples/web/(\w+)\.py", text)) == set(COMMANDS) == {path.stem for path in FOLDER.glob("*.py")}
    )
    commands = re.findall(r"\| `((?:uvicorn|flask|python|celery) [^`]+)` \|", text)
    examples = [*FOLDER.glob("*.py"), *(FOLDER.parent / "services").glob("*.py")]
    assert len(commands) == len(examples)
    for path in examples:
        usage = path.read_text("utf-8").split('"""')[1]
        assert any(command in usage for command in commands if path.stem in command)


def test_its_links_lead_somewhere() -> None:
    assert broken_links(PAGE) == []
