"""docs/gateway.md: its commands run against a sandbox, its call gets a job, and its log line and pages are as shown."""

import json
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from krea_client.cli import commands

from .pages import FENCE, ROOT, broken_links, steps

PAGE = ROOT / "docs" / "gateway.md"
STEPS = steps(PAGE)
SHOWN_ADDRESS = "http://127.0.0.1:8765"
BODY = {"prompt": "A fox", "aspectRatio": "1:1", "resolution": "1K"}


class Gateway:
    """A running `krea-client gateway` before a sandbox."""

    def __init__(self, log: Path) -> None:
        program = str(Path(sys.executable).parent / "krea-client")
        with log.open("wb") as stderr:
            self.process = subprocess.Popen(
                [program, "gateway", "--port", "0", "--sandbox"], stdout=subprocess.PIPE, stderr=stderr, text=True
            )
        self.log = log
        assert self.process.stdout
        self.url = self.process.stdout.readline().strip()
        while "the gateway is ready" not in log.read_text("utf-8"):  # written after the address
            assert self.process.poll() is None, log.read_text("utf-8")

    def stop(self) -> str:
        """End it and return what it logged."""
        self.process.terminate()
        self.process.communicate(timeout=30)
        return self.log.read_text("utf-8")


@pytest.fixture
def gateway(tmp_path: Path) -> Iterator[Gateway]:
    running = Gateway(tmp_path / "gateway.log")
    yield running
    running.stop()


def test_the_command_that_starts_it_prints_what_is_shown(gateway: Gateway) -> None:
    [start] = [step for step in STEPS if step.words[:2] == ["krea-client", "gateway"]]
    commands.command("gateway").make_context("gateway", start.words[2:])  # raises for an option that does not exist
    address, ready = start.output.strip().splitlines()
    assert address == SHOWN_ADDRESS
    printed = gateway.stop().splitlines()[0]
    expected = re.escape(ready.replace(SHOWN_ADDRESS, gateway.url)).replace(
        re.escape("https://api.krea.ai"), r"http://\S+"
    )
    assert re.fullmatch(expected, printed)


@pytest.mark.skipif(not shutil.which("curl"), reason="needs curl")
def test_the_call_gets_a_job(gateway: Gateway) -> None:
    [call] = [step.words for step in STEPS if step.words[0] == "curl"]
    words = [word.replace(SHOWN_ADDRESS, gateway.url).replace("$KREA_API_TOKEN", "sandbox") for word in call]
    process = subprocess.run([*words, "--silent"], capture_output=True, text=True, check=True)
    assert json.loads(process.stdout)["job_id"]


def test_a_use_is_logged_as_shown_and_is_in_the_report(gateway: Gateway) -> None:
    headers = {"Authorization": "Bearer sandbox", "User-Agent": "posters/2.1"}
    response = httpx.post(f"{gateway.url}/generate/image/z-image/z-image", json=BODY, headers=headers)
    assert response.status_code == 200
    assert httpx.get(f"{gateway.url}/__gateway__/health").json() == {"status": "ok"}
    assert "aspectRatio" in httpx.get(f"{gateway.url}/__gateway__").text
    assert "aspectRatio" in httpx.get(f"{gateway.url}/__gateway__/report.json").text
    [example] = [
        json.loads(fence["text"]) for fence in FENCE.finditer(PAGE.read_text("utf-8")) if fence["language"] == "json"
    ]
    [line] = [json.loads(line) for line in gateway.stop().splitlines() if line.startswith("{")]
    assert {**line, "time": ""} == {**example, "time": ""}


def test_the_image_is_built_and_started_with_existing_options() -> None:
    images = [step.words for step in STEPS if step.words[0] == "podman"]
    [run] = [words for words in images if words[1] == "run"]
    command = run[run.index("krea-client") + 1 :]
    commands.command(command[0]).make_context(command[0], command[1:])
    assert (ROOT / "Containerfile").is_file()


def test_its_links_lead_somewhere() -> None:
    assert broken_links(PAGE) == []
