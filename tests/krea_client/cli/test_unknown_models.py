"""`generate` with a model that is newer than the package."""

from pathlib import Path

import pytest

from krea_client.cli import commands

from ..legacy.recording_server import RecordingServer

JOB = b'{"job_id": "job-1", "status": "queued"}'


def test_a_full_path_goes_unchecked(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    server = RecordingServer(b"HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n%s" % (len(JOB), JOB))
    monkeypatch.setenv("KREA_API_TOKEN", "token")
    monkeypatch.setenv("KREA_BASE_URL", server.url)
    monkeypatch.chdir(tmp_path)
    words = ["generate", "image/vendor/new-model", "-p", "a fox", "-i", "steps:=3", "--no-wait"]
    assert commands.run([*words, "--no-check"]) == 0
    assert capsys.readouterr().out == "job-1\n"
    assert server.received[0].endswith(b'{"prompt":"a fox","steps":3}')
    assert commands.run(words) == 2
    assert "full path, such as image/vendor/name, with --no-check" in capsys.readouterr().err
    assert len(server.received) == 1
