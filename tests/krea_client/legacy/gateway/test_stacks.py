"""Unmodified programs with the API's host written out, run behind the gateway: one small program per HTTP stack.

A stack that is not installed is skipped with its name; docs/legacy.md says which were tried in which version.
"""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from krea_client.legacy.gateway import launcher
from krea_client.legacy.gateway.field_usage import UsageLog
from krea_client.legacy.gateway.forwarding import Gateway
from krea_client.sandbox import KreaSandbox

from .conftest import translator

PROGRAMS = Path(__file__).with_name("programs")
RUNNERS = {
    ".py": [sys.executable],
    ".mjs": ["node"],
    ".php": ["php"],
    ".rb": ["ruby"],
    ".pl": ["perl"],
    ".java": ["java"],
    ".go": ["go", "run"],
    ".sh": ["sh"],
}
# What a program needs beside its runner: a command that succeeds where it is there.
PROBES = {
    "with_curl.sh": ["curl", "--version"],
    "with_wget.sh": ["wget", "--version"],
    "with_curl_as_child.py": ["curl", "--version"],
    "with_pycurl.py": [sys.executable, "-c", "import pycurl"],
    "with_curl.php": ["php", "-r", "curl_init();"],
    "with_http_tiny.pl": ["perl", "-MIO::Socket::SSL", "-e", "1"],
    "WithHttpClient.java": ["javac", "-version"],
}


def missing(program: Path) -> str | None:
    """Return what has to be installed for a program, or None."""
    runner = RUNNERS[program.suffix][0]
    if shutil.which(runner) is None:
        return runner
    probe = PROBES.get(program.name)
    if probe and (not shutil.which(probe[0]) or subprocess.run(probe, capture_output=True, check=False).returncode):
        return " ".join(probe)
    return None


@pytest.mark.parametrize("program", sorted(PROGRAMS.iterdir()), ids=lambda program: program.name)
def test_a_stack_is_led_through_the_gateway(
    program: Path, box: KreaSandbox, usage: UsageLog, folder: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    if need := missing(program):
        pytest.skip(f"needs what answers to `{need}`")
    app = Gateway(box.url, translator(), usage, api_host="api.krea.ai")
    warnings: list[str] = []
    environment = {key: value for key, value in os.environ.items() if key.upper() != "NO_PROXY"}
    command = [*RUNNERS[program.suffix], shutil.copy(program, folder)]
    code = launcher.run(command, app, "api.krea.ai", environment, warn=warnings.append)
    output = capfd.readouterr()
    assert (code, warnings, usage.summary()) == (0, [], "1 request, 1 accepted, 1 had deprecated fields"), output.err
    assert "200" in output.out + output.err
    [row] = box.ledger
    assert row.fields == {"prompt": "a fox", "aspect_ratio": "1:1", "resolution": "1K"}
