"""A signal ends `check` and `migrate` at once, with the exit code of the signal, while the analysis is under way."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from .looking import URL

ROOT = Path(__file__).resolve().parents[2]
PATIENCE = 60.0  # seconds for what takes one on an idle computer
UNDER_WAY = 0.9  # CPU seconds, after which the file is being analysed

pytestmark = pytest.mark.skipif(
    not sys.platform.startswith("linux"), reason="the CPU time of a process is read in /proc"
)


def cpu_seconds(pid: int) -> float:
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(") ")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


@pytest.mark.parametrize(("command", "number"), [("check", signal.SIGTERM), ("migrate", signal.SIGINT)])
def test_a_signal_ends_the_analysis(command: str, number: signal.Signals, tmp_path: Path) -> None:
    requests = (
        f'requests.post("{URL}", json={{"k{n}": 1, "prompt": "a fox", "aspectRatio": "1:1"}})\n' for n in range(20_000)
    )
    (tmp_path / "a.py").write_text("import requests\n" + "".join(requests))
    environment = {**os.environ, "PYTHONPATH": f"{ROOT / 'shim'}{os.pathsep}{ROOT / 'generated'}"}
    process = subprocess.Popen(
        [sys.executable, "-m", "krea_client.cli", command, "a.py"],
        cwd=tmp_path,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    limit = time.monotonic() + PATIENCE
    while cpu_seconds(process.pid) < UNDER_WAY:
        assert time.monotonic() < limit
        time.sleep(0.01)
    process.send_signal(number)
    shown, told = process.communicate()
    assert process.returncode == 128 + number
    assert shown == b"", "the analysis went on to its end"
    assert b"Traceback" not in told
