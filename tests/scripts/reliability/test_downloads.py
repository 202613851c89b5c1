"""Downloads: taken up again where they broke off, limited, named safely, and whole or not at all whatever kills the program."""

import random
import signal
import subprocess
import sys
import textwrap
import time
from pathlib import Path

import pytest

from krea_client import Job, Krea, SaveFailed
from krea_client._core.effects import InvalidDownload
from krea_client._transport.downloads import Download, plan
from krea_client.sandbox import Sandbox, running
from reliability.world import REQUEST, TOKEN

PNG_END = b"IEND\xaeB`\x82"


@pytest.fixture
def box() -> Sandbox:
    return Sandbox(date="2026-11-20", time_scale=0)


def big(krea: Krea) -> Job:
    return krea.run("openai/gpt-image-2", prompt="a monastery on a cliff", width=512, height=512)


def test_what_broke_off_is_not_fetched_twice(box: Sandbox, tmp_path: Path) -> None:
    with Krea(TOKEN, transport=box.transport(), clock=box.clock) as krea:
        job = big(krea)
        box.faults.add({"kind": "cut-reset", "on": "result"})
        [path] = krea.save(job, tmp_path / "a.png")
    size = path.stat().st_size
    first, second = [request for request in box.requests if request.path.startswith("/images/")]
    assert "range" not in first.headers
    assert second.headers["range"] == f"bytes={size // 2}-"
    assert second.headers["if-range"].startswith('"')


@pytest.mark.parametrize("again", ["changed", "416", "no tag", "other part"])
def test_a_file_that_changed_meanwhile_is_fetched_anew(again: str, tmp_path: Path) -> None:
    sink = Download(tmp_path / "a.bin", naming=False, overwrite=False)
    headers = {"content-length": "10", "etag": '"one"'} if again != "no tag" else {"content-length": "10"}
    sink.begin(200, headers)
    sink.write(b"01234")
    expected = {} if again == "no tag" else {"range": "bytes=5-", "if-range": '"one"'}
    assert sink.wants() == expected
    if again in ("416", "other part"):
        with pytest.raises(InvalidDownload) as excinfo:
            sink.begin(416 if again == "416" else 206, {"etag": '"one"', "content-range": "bytes 7-9/10"})
        assert excinfo.value.again
        assert sink.wants() == {}
    sink.begin(200, {"content-length": "3", "etag": '"two"'})
    sink.write(b"abc")
    assert sink.finish().read_bytes() == b"abc"
    assert [path.name for path in tmp_path.iterdir()] == ["a.bin"]


def test_a_weak_tag_promises_nothing(tmp_path: Path) -> None:
    sink = Download(tmp_path / "a.bin", naming=False, overwrite=False)
    sink.begin(200, {"etag": 'W/"one"'})
    sink.write(b"01234")
    assert sink.wants() == {}
    sink.abandon()


@pytest.mark.parametrize("has_length", [True, False])
def test_more_than_the_limit_is_not_written(box: Sandbox, tmp_path: Path, has_length: bool) -> None:
    with Krea(TOKEN, transport=box.transport(), clock=box.clock) as krea:
        job = big(krea)
        if not has_length:
            box.faults.add({"kind": "giant", "on": "result", "value": 1000})
        with pytest.raises(SaveFailed, match="more than 100 bytes; give most_bytes="):
            krea.save(job, tmp_path / "a.png", most_bytes=100)
    assert list(tmp_path.iterdir()) == []


def test_without_a_stated_length_the_limit_holds_while_it_comes(tmp_path: Path) -> None:
    sink = Download(tmp_path / "a.bin", naming=False, overwrite=False, limit=10)
    sink.begin(200, {})
    sink.write(b"0123456789")
    with pytest.raises(SaveFailed, match="more than 10 bytes"):
        sink.write(b"x")
    sink.abandon()
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("job_id", "name"),
    [
        ("../../etc/passwd", "______etc_passwd"),
        ("CON", "job-CON"),
        ("lpt1", "job-lpt1"),
        ("-rf", "job--rf"),
        ("a\0b/c\\d:e", "a_b_c_d_e"),
        ("ö" * 300, "_" * 64),
    ],
)
def test_names_made_of_foreign_ids_are_safe(job_id: str, name: str, tmp_path: Path) -> None:
    job = Job.from_dict({"job_id": job_id, "status": "completed", "result": {"urls": ["https://x.example/.."]}})
    [(_, sink)] = plan(job, tmp_path, overwrite=False)
    sink.begin(200, {"content-type": "image/unheard-of"})
    sink.write(b"x")
    assert sink.finish() == tmp_path / f"{name}.bin"


CHILD = """
import sys
from krea_client import Job, Krea
krea = Krea("toy", sys.argv[1])
job = krea.jobs.get(sys.argv[2])
print("ready", flush=True)
while True:
    krea.save(job, sys.argv[3], overwrite=True)
"""


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="this system has no kill -9")
def test_kill_9_leaves_no_partial_file_under_the_targets_name(box: Sandbox, tmp_path: Path) -> None:
    box.clock.scale = 1
    target = tmp_path / "out" / "a.png"
    with running(box) as url, Krea("toy", url, clock=box.clock) as krea:
        job = krea.run(*REQUEST)
        [complete] = krea.save(job, tmp_path / "whole.png")
        for _ in range(6):
            command = [sys.executable, "-c", textwrap.dedent(CHILD), url, job.id, str(target)]
            with subprocess.Popen(command, stdout=subprocess.PIPE) as child:
                assert child.stdout is not None
                child.stdout.readline()
                time.sleep(random.random() * 0.05)  # the moment of the kill is what is drawn
                child.kill()
            assert not target.exists() or target.read_bytes() == complete.read_bytes()
