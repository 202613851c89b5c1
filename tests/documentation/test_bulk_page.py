"""The page about bulk runs is true: its commands run on a table of three prompts, its Python on a sandbox, and its links lead somewhere."""

import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from krea_client.sandbox import Sandbox, running

from .pages import ROOT, blocks, broken_links, matches, run, steps
from .test_guides import check

PAGE = ROOT / "docs" / "bulk.md"


def test_its_commands_do_what_is_shown(served_box: Sandbox, capsys: pytest.CaptureFixture[str]) -> None:
    rows = "".join(f'p{number},"a cat, number {number}"\n' for number in range(3))
    Path("prompts.csv").write_text(f"custom_id,prompt\n{rows}")
    for step in steps(PAGE):
        check(step, served_box, capsys)
    assert len(list(Path("pictures/000").glob("*.png"))) == 3


def pictures() -> int:
    return len(list(Path("pictures/000").glob("*.png")))


def test_its_run_pays_once_although_it_is_killed_twice(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    seconds = [0.2] * 8 + [600.0] * 4  # the run cannot end before it is killed
    rows = "".join(f'p{n:04},"a cat, number {n} [sandbox:seconds={length}]"\n' for n, length in enumerate(seconds))
    Path("prompts.csv").write_text(f"custom_id,prompt\n{rows}")
    same = ("model=z-image/z-image", "aspect_ratio=1:1", "resolution=1K")
    command = [
        sys.executable,
        "-m",
        "krea_client.cli",
        "batch",
        "run",
        "prompts.csv",
        "-o",
        "pictures",
        "--at-once",
        "4",
    ]
    command += [part for value in same for part in ("--set", value)]
    command += ["--lane", "1", "--settle", "1", "--resend-absent"]
    box = Sandbox(concurrent=8, post_delay=0.02)
    with running(box) as url:
        environment = {**os.environ, "KREA_API_TOKEN": "t", "KREA_BASE_URL": url, "NO_PROXY": "127.0.0.1"}
        for kill_at in (2, 6):
            process = subprocess.Popen(command, env=environment)
            end = time.monotonic() + 60
            while pictures() < kill_at and process.poll() is None and time.monotonic() < end:
                time.sleep(0.01)
            process.kill()
            assert process.wait() == -9
        with subprocess.Popen(command, env=environment) as last:
            while last.poll() is None:
                time.sleep(0.01)
                box.advance(10 if pictures() >= 8 else 0)
        assert last.returncode == 0
    assert "12 saved of 12 items" in capfd.readouterr().err
    assert pictures() == 12
    assert sorted(row.fields["prompt"] for row in box.ledger) == sorted({row.fields["prompt"] for row in box.ledger})
    assert len(box.ledger) == 12


def test_its_python_prints_what_is_shown(box: Sandbox) -> None:
    [example] = blocks(PAGE, "python")
    output = run(PAGE, example, box)
    assert matches(output, example.output or ""), output


def test_its_links_lead_somewhere() -> None:
    assert broken_links(PAGE) == []
