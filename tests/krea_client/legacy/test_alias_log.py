"""KREA_CLIENT_ALIAS_LOG: a JSON line for each use of a deprecated name, from clients, adapters, and many processes at once."""

import json
import os
import subprocess
import sys
from datetime import UTC, date, datetime, timedelta, timezone
from pathlib import Path

import pytest

from krea_client import AliasUse, Krea
from krea_client._request.alias_log import LOG_NAME, with_log, write
from krea_client.sandbox import Sandbox

from .carriers import InstalledHttpx
from .conftest import after

TOKYO = timezone(timedelta(hours=9))
USE = AliasUse(
    "z-image/z-image",
    "aspectRatio",
    "aspect_ratio",
    date(2026, 6, 19),
    "posters.py",
    7,
    datetime(2026, 11, 20, 9, tzinfo=TOKYO),
)
BODY = {"prompt": "x", "aspectRatio": "1:1", "resolution": "1K"}


def rows(file: Path) -> list[dict[str, object]]:
    return [json.loads(line) for line in file.read_text("utf-8").splitlines()]


@pytest.fixture
def file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv(LOG_NAME, str(tmp_path / "deprecated names.jsonl"))
    return tmp_path / "deprecated names.jsonl"


def test_a_line_says_when_what_and_where(tmp_path: Path) -> None:
    write(tmp_path / "log", USE)
    write(tmp_path / "log", USE._replace(file="/täglich/\udcff.py", line=8, time=datetime(2026, 1, 1, tzinfo=UTC)))
    first, second = rows(tmp_path / "log")
    assert first == {
        "time": "2026-11-20T00:00:00+00:00", "operation": "z-image/z-image", "old": "aspectRatio", "new": "aspect_ratio",
        "file": "posters.py", "line": 7,
    }  # fmt: skip  # one row
    assert (second["file"], second["line"]) == ("/täglich/\udcff.py", 8)


def test_clients_and_adapters_write_to_it(file: Path) -> None:
    box = Sandbox(date="2026-11-20", time_scale=0)
    uses: list[AliasUse] = []
    with Krea("t", transport=box.transport(), clock=box.clock, aliases="silent", on_alias=uses.append) as krea:
        krea.submit("z-image/z-image", BODY)
    carrier = InstalledHttpx(aliases="silent", clock=after, on_alias=uses.append)
    carrier.post("https://api.krea.ai/generate/image/z-image/z-image", json.dumps(BODY).encode())
    assert [(row["old"], row["file"], row["line"]) for row in rows(file)] == [
        (use.old, use.file, use.line) for use in uses
    ]
    assert len(uses) == 2


def test_without_the_variable_the_hook_is_all_there_is(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(LOG_NAME, " ")
    assert with_log(None) is None
    assert with_log(print) is print


def test_a_program_that_changes_its_folder_keeps_its_log(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "elsewhere").mkdir()
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv(LOG_NAME, "log")
    hook = with_log(None)
    monkeypatch.chdir(tmp_path / "elsewhere")
    assert hook is not None
    hook(USE)
    assert len(rows(tmp_path / "log")) == 1


def test_a_log_that_cannot_be_written_costs_nobody_a_request(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setenv(LOG_NAME, str(tmp_path / "no" / "folder" / "log"))
    uses: list[AliasUse] = []
    carrier = InstalledHttpx(aliases="silent", on_alias=uses.append)
    request = carrier.post("https://api.krea.ai/generate/image/z-image/z-image", json.dumps(BODY).encode())
    assert b"aspect_ratio" in request.body
    assert len(uses) == 1
    assert "No such file" in caplog.text


# A write may always come out short; the kernel alone keeps only whole writes apart, so that here the lock has to keep the lines.
MANY_WRITES = """
import os, sys
from datetime import UTC, date, datetime
from pathlib import Path
from krea_client._request.alias_log import write
from krea_client._request.build import AliasUse

def short(handle, data, write=os.write):
    done = write(handle, data[:701])
    os.sched_yield()
    return done

os.write = short
print("ready", flush=True)
sys.stdin.readline()
for number in range(50):
    write(Path(sys.argv[1]), AliasUse("m", "old", "new", date(2026, 6, 19), sys.argv[2] * 3000, number, datetime(2026, 11, 20, tzinfo=UTC)))
"""


@pytest.mark.skipif(not hasattr(os, "sched_yield"), reason="this system has no such lock")
def test_many_processes_leave_whole_lines(tmp_path: Path) -> None:
    names = "abc"
    commands = [[sys.executable, "-c", MANY_WRITES, str(tmp_path / "log"), name] for name in names]
    workers = [
        subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) for command in commands
    ]
    for worker in workers:
        assert worker.stdout is not None
        assert worker.stdout.readline() == "ready\n"
    for worker in workers:
        assert worker.stdin is not None
        worker.stdin.write("go\n")
        worker.stdin.flush()
    for worker in workers:
        worker.communicate()
    results = sorted((str(row["file"])[0], row["line"]) for row in rows(tmp_path / "log"))
    assert results == [(name, number) for name in names for number in range(50)]
