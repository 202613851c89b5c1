"""Whatever ends the process, the id of a paid job stands somewhere: on standard error, or in the records on disk.

Real processes, real signals, real terminals; the API is a sandbox on a port of this computer, whose jobs take ten minutes.
"""

import contextlib
import json
import os
import pty
import shutil
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from http.client import HTTPConnection
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest

from krea_client.cli import paid_jobs
from krea_client.sandbox import KreaSandbox

ROOT = Path(__file__).resolve().parents[3]
COMMAND = [sys.executable, "-m", "krea_client.cli"]
REQUEST = ["generate", "z-image/z-image", "-i", "aspect_ratio=1:1", "-i", "resolution=1K"]
SLOW = [*REQUEST, "-p", "[sandbox:seconds=600] a fox"]
PATIENCE = 40.0  # seconds for what takes tenths of one on an idle computer
NO_ANSWER = 60.0  # seconds that a response takes which nobody waits for
SIGNALS = [signal.SIGINT, signal.SIGTERM, signal.SIGHUP, signal.SIGQUIT]

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="signals and terminals are those of POSIX")


@pytest.fixture
def box() -> Iterator[KreaSandbox]:
    with KreaSandbox(time_scale=1) as sandbox:
        yield sandbox


@pytest.fixture
def environment(box: KreaSandbox, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> dict[str, str]:
    for name in ("XDG_STATE_HOME", "HOME"):  # of this process as well, which reads the records
        monkeypatch.setenv(name, str(tmp_path / name))
    return {
        **os.environ,
        "KREA_API_TOKEN": "token",
        "KREA_BASE_URL": box.url,
        "PYTHONPATH": f"{ROOT / 'shim'}{os.pathsep}{ROOT / 'generated'}",
        "TERM": "xterm",
    }


def started(arguments: list[str], environment: dict[str, str], **streams: Any) -> subprocess.Popen[str]:
    streams = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, **streams}
    # As a shell starts a program in the foreground: the signals that this test run may ignore are answered to.
    return subprocess.Popen(
        [*COMMAND, *arguments],
        env=environment,
        text=True,
        preexec_fn=_default_signals,  # noqa: PLW1509  # it only resets signals
        **streams,
    )


def _default_signals() -> None:
    for number in SIGNALS:
        signal.signal(number, signal.SIG_DFL if number != signal.SIGINT else signal.default_int_handler)


def finished(arguments: list[str], environment: dict[str, str], **streams: Any) -> tuple[int, str, str]:
    with started(arguments, environment, **streams) as process:
        out, err = process.communicate(timeout=PATIENCE)
        return process.returncode, out or "", err or ""


def wait_for_job(box: KreaSandbox, process: subprocess.Popen[str]) -> str:
    """Wait until the command knows the job's id, which it records at once."""
    wait_until(lambda: bool(recorded(box)) or process.poll() is not None)
    [job_id] = recorded(box)
    return job_id


def recorded(box: KreaSandbox) -> list[str]:
    return [job.job_id for job in paid_jobs.undelivered(box.url)]


def orphans(environment: dict[str, str]) -> list[str]:
    code, out, err = finished(["jobs", "orphans", "--json"], environment)
    assert code == 0, err
    return [job["job_id"] for job in json.loads(out)]


@pytest.mark.parametrize("number", SIGNALS, ids=lambda number: number.name)
def test_a_signal_ends_the_wait_with_the_id_and_the_code_of_the_signal(
    number: signal.Signals, box: KreaSandbox, environment: dict[str, str]
) -> None:
    with started(SLOW, environment) as process:
        job_id = wait_for_job(box, process)
        wait_until(lambda: bool(recorded(box)))  # the command has the response, too
        process.send_signal(number)
        out, err = process.communicate(timeout=PATIENCE)
    assert (process.returncode, out) == (128 + number, "")
    assert f"krea-client jobs wait {job_id}" in err
    assert err.startswith(
        "krea-client: interrupted" if number == signal.SIGINT else f"krea-client: ended by {number.name}"
    )
    assert box.jobs[0]["status"] != "cancelled"
    assert recorded(box) == [job_id]


def test_sigterm_cancels_the_job_where_that_was_asked_for(box: KreaSandbox, environment: dict[str, str]) -> None:
    with started([*SLOW, "--on-interrupt", "cancel"], environment) as process:
        job_id = wait_for_job(box, process)
        wait_until(lambda: any(request.path == f"/jobs/{job_id}" for request in box.requests))  # it waits for the job
        process.terminate()
        _, err = process.communicate(timeout=PATIENCE)
    assert process.returncode == 143
    assert f"{job_id} was cancelled" in err
    assert box.jobs[0]["status"] == "cancelled"


class HoldingServer(ThreadingHTTPServer):
    """Forwards requests to a sandbox, which acts on them at once, and keeps back the answers to paid ones until `release` is set."""

    daemon_threads = True

    def __init__(self, box: KreaSandbox) -> None:
        super().__init__(("127.0.0.1", 0), _HoldingHandler)
        self.box = box
        self.release = threading.Event()


class _HoldingHandler(BaseHTTPRequestHandler):
    server: HoldingServer
    protocol_version = "HTTP/1.1"

    def do_POST(self) -> None:
        self._forward()

    do_GET = do_DELETE = do_POST  # noqa: N815  # the library wants these names

    def _forward(self) -> None:
        body = self.rfile.read(int(self.headers.get("content-length", 0)))
        connection = HTTPConnection(urlsplit(self.server.box.url).netloc)
        connection.request(self.command, self.path, body, dict(self.headers))
        response = connection.getresponse()
        content = response.read()
        connection.close()
        if self.command == "POST":
            self.server.release.wait(NO_ANSWER)
        with contextlib.suppress(ConnectionError):  # the command may be gone
            self.send_response(response.status)
            for name in ("content-type", "retry-after"):
                if value := response.headers[name]:
                    self.send_header(name, value)
            self.send_header("content-length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

    def log_message(self, *_: object) -> None:
        """Keep the test's output clean."""


@pytest.fixture
def holding(box: KreaSandbox, environment: dict[str, str]) -> Iterator[HoldingServer]:
    """Yield a server that keeps answers back, which the environment names as the API."""
    with HoldingServer(box) as server:
        environment["KREA_BASE_URL"] = f"http://127.0.0.1:{server.server_port}"
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield server
        server.release.set()
        server.shutdown()


def terminated_before_the_answer(process: subprocess.Popen[str], condition: Any) -> str:
    """Send SIGTERM once the condition holds; return what the command says while it waits for the answer."""
    wait_until(lambda: condition() or process.poll() is not None)
    process.terminate()
    assert process.stderr is not None
    return process.stderr.readline()


@pytest.mark.parametrize("words", [[], ["--no-wait"]], ids=["waiting", "no-wait"])
def test_a_job_whose_answer_comes_after_the_signal_is_cancelled(
    box: KreaSandbox, holding: HoldingServer, environment: dict[str, str], words: list[str]
) -> None:
    with started([*SLOW, *words, "--on-interrupt", "cancel"], environment) as process:
        line = terminated_before_the_answer(process, lambda: bool(box.jobs))
        assert "waiting for the answer to the paid request, to cancel its job" in line
        holding.release.set()
        out, err = process.communicate(timeout=PATIENCE)
    [job] = box.jobs
    assert (process.returncode, out) == (143, "")
    assert f"{job['job_id']} was cancelled" in err
    assert job["status"] == "cancelled"


@pytest.mark.usefixtures("holding")
def test_a_second_signal_does_not_wait_for_the_answer(box: KreaSandbox, environment: dict[str, str]) -> None:
    with started([*SLOW, "--on-interrupt", "cancel"], environment) as process:
        line = terminated_before_the_answer(process, lambda: bool(box.jobs))
        assert "to cancel its job" in line
        process.terminate()
        _, err = process.communicate(timeout=PATIENCE)
    assert process.returncode == 143
    assert err == "krea-client: left at once; a job may exist: krea-client jobs orphans lists what it may be\n"
    assert box.jobs[0]["status"] != "cancelled"


def test_nothing_is_submitted_again_after_the_signal(
    box: KreaSandbox, holding: HoldingServer, environment: dict[str, str]
) -> None:
    box.faults.add({"kind": "429", "on": "submit"})
    with started([*SLOW, "--on-interrupt", "cancel"], environment) as process:
        line = terminated_before_the_answer(process, lambda: bool(box.faults.met))
        assert "to cancel its job" in line
        holding.release.set()
        process.communicate(timeout=PATIENCE)
    assert process.returncode == 143
    assert box.jobs == []


def test_what_is_ignored_when_the_program_starts_stays_ignored(box: KreaSandbox, environment: dict[str, str]) -> None:
    command = ["sh", "-c", "trap '' HUP; exec \"$@\"", "sh", *COMMAND, *SLOW]  # as nohup starts one
    with subprocess.Popen(
        command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as process:
        wait_for_job(box, process)
        process.send_signal(signal.SIGHUP)
        with pytest.raises(subprocess.TimeoutExpired):
            process.wait(timeout=0.5)
        process.terminate()
        process.communicate(timeout=PATIENCE)
    assert process.returncode == 143


def test_a_second_signal_leaves_at_once(environment: dict[str, str]) -> None:
    with (
        unanswering(environment) as (server, its_environment),
        started([*SLOW, "--on-interrupt", "cancel"], its_environment) as process,
    ):
        wait_until(lambda: server.looks > 0)  # it waits for the job
        process.terminate()
        wait_until(lambda: server.cancels > 0)  # the first one is busy with an answer that never comes
        began = time.monotonic()
        process.send_signal(signal.SIGINT)
        _, err = process.communicate(timeout=PATIENCE)
        seconds = time.monotonic() - began
    assert process.returncode == 130
    assert err.endswith("krea-client: left at once; job job-of-this-test may go on at Krea\n")
    assert seconds < NO_ANSWER


def test_a_kill_leaves_a_record_which_goes_when_the_result_is_fetched(
    box: KreaSandbox, environment: dict[str, str], tmp_path: Path
) -> None:
    with started(SLOW, environment) as process:
        job_id = wait_for_job(box, process)
        process.kill()
        process.communicate(timeout=PATIENCE)
    assert orphans(environment) == [job_id]
    box.advance(700)
    code, out, _ = finished(["jobs", "wait", job_id, "-o", str(tmp_path / "fox.png")], environment)
    assert (code, out) == (0, f"{tmp_path / 'fox.png'}\n")
    assert orphans(environment) == []


def test_a_kill_between_two_records_leaves_a_request_whose_outcome_is_known(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    for name in ("XDG_STATE_HOME", "LOCALAPPDATA", "HOME"):
        monkeypatch.setenv(name, str(tmp_path))
    request = paid_jobs.begin("z-image/z-image", "https://api.example")
    assert paid_jobs.unanswered_since("https://api.example") is not None
    paid_jobs.record("job-1", "z-image/z-image", "https://api.example", request)  # and killed before `settle`
    assert paid_jobs.unanswered_since("https://api.example") is None
    paid_jobs.begin("z-image/z-image", "https://other.example")
    paid_jobs.discard("job-1")
    assert paid_jobs.unanswered_since("https://api.example") is None
    assert paid_jobs.unanswered_since("https://other.example") is not None


def test_an_id_that_is_handed_over_leaves_no_record(box: KreaSandbox, environment: dict[str, str]) -> None:
    code, out, _ = finished([*SLOW, "--no-wait"], environment)
    assert (code, out) == (0, f"{box.jobs[0]['job_id']}\n")
    assert recorded(box) == []


@pytest.mark.skipif(not os.path.exists("/dev/full"), reason="needs /dev/full")  # noqa: PTH110  # a device
def test_a_full_disk_behind_standard_output_tells_the_job_on_standard_error(
    box: KreaSandbox, environment: dict[str, str]
) -> None:
    with open("/dev/full", "w") as full:  # noqa: PTH123  # a device
        code, _, err = finished([*SLOW, "--no-wait"], environment, stdout=full)
        [job] = box.jobs
        assert code == 1
        assert "standard output cannot be written: " in err
        assert f"krea-client jobs wait {job['job_id']}" in err
        box.advance(700)
        code, _, err = finished(["jobs", "wait", job["job_id"]], environment, stdout=full)
    assert code == 1
    assert box.jobs[0]["result"]["urls"][0] in err
    assert recorded(box) == [job["job_id"]]


def test_a_reader_that_is_gone_is_what_sigpipe_is_to_a_shell(box: KreaSandbox, environment: dict[str, str]) -> None:
    read_end, write_end = os.pipe()
    os.close(read_end)
    try:
        code, _, err = finished([*SLOW, "--no-wait"], environment, stdout=write_end)
    finally:
        os.close(write_end)
    assert code == 141
    assert box.jobs[0]["job_id"] in err


def test_a_list_into_a_reader_that_is_gone_says_nothing(environment: dict[str, str]) -> None:
    read_end, write_end = os.pipe()
    os.close(read_end)
    try:
        assert finished(["models", "list"], environment, stdout=write_end) == (141, "", "")
    finally:
        os.close(write_end)


def test_a_closed_standard_output_is_refused_before_anything_is_paid(
    box: KreaSandbox, environment: dict[str, str]
) -> None:
    code, _, err = _in_shell(">&-", [*SLOW, "--no-wait"], environment)
    assert (code, err) == (1, "krea-client: standard output is closed\n")
    assert box.jobs == []


def test_a_closed_standard_error_loses_nothing(box: KreaSandbox, environment: dict[str, str]) -> None:
    code, out, _ = _in_shell("2>&-", [*SLOW, "--no-wait"], environment)
    assert (code, out) == (0, f"{box.jobs[0]['job_id']}\n")


@pytest.mark.skipif(not os.path.exists("/dev/full"), reason="needs /dev/full")  # noqa: PTH110  # a device
def test_where_nothing_can_be_written_the_record_remains(box: KreaSandbox, environment: dict[str, str]) -> None:
    code, _, _ = _in_shell(">/dev/full 2>/dev/full", [*SLOW, "--no-wait"], environment)
    assert code == 1
    assert recorded(box) == [box.jobs[0]["job_id"]]


def _in_shell(redirections: str, arguments: list[str], environment: dict[str, str]) -> tuple[int, str, str]:
    shell = shutil.which("sh") or "sh"
    completed = subprocess.run(
        [shell, "-c", f'"$@" {redirections}', shell, *COMMAND, *arguments],
        env=environment,
        capture_output=True,
        text=True,
        timeout=PATIENCE,
        check=False,
    )
    return completed.returncode, completed.stdout, completed.stderr


def test_a_terminal_that_is_closed_leaves_the_id_in_the_records(box: KreaSandbox, environment: dict[str, str]) -> None:
    pid, screen = pty.fork()
    if pid == 0:  # the child, whose terminal the pty is
        _default_signals()
        os.execve(sys.executable, [*COMMAND, *SLOW], environment)
    wait_until(lambda: bool(recorded(box)))
    os.close(screen)  # as a window is closed: SIGHUP, and nobody reads what is written
    assert wait_for_end(pid) == 128 + signal.SIGHUP
    assert recorded(box) == [box.jobs[0]["job_id"]]


def test_ctrl_c_at_a_terminal_is_told_there(box: KreaSandbox, environment: dict[str, str]) -> None:
    pid, screen = pty.fork()
    if pid == 0:
        _default_signals()
        os.execve(sys.executable, [*COMMAND, *SLOW], environment)
    chunks: list[bytes] = []
    reader = threading.Thread(target=_read_all, args=(screen, chunks), daemon=True)
    reader.start()
    wait_until(lambda: b"queued" in b"".join(chunks))  # the live line has been drawn
    os.write(screen, b"\x03")  # the key, which the terminal turns into the signal
    assert wait_for_end(pid) == 130
    reader.join(PATIENCE)
    os.close(screen)
    text = b"".join(chunks).decode()
    assert f"krea-client jobs wait {box.jobs[0]['job_id']}" in text
    assert "\x1b[?25h" in text  # the cursor is back


def _read_all(screen: int, chunks: list[bytes]) -> None:
    try:
        while piece := os.read(screen, 4096):
            chunks.append(piece)
    except OSError:  # how the end of a terminal is told
        return


def wait_until(condition: Any) -> None:
    limit = time.monotonic() + PATIENCE
    while not condition():
        assert time.monotonic() < limit, "it did not happen"
        time.sleep(0.01)


def wait_for_end(pid: int) -> int:
    limit = time.monotonic() + PATIENCE
    while time.monotonic() < limit:
        ended, status = os.waitpid(pid, os.WNOHANG)
        if ended:
            return os.waitstatus_to_exitcode(status)
        time.sleep(0.01)
    os.kill(pid, signal.SIGKILL)
    os.waitpid(pid, 0)
    raise AssertionError("the process did not end")


class UnansweringServer(ThreadingHTTPServer):
    """Accepts a job, says that it runs, and never answers its cancellation."""

    daemon_threads = True
    looks = cancels = 0

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.stopping = threading.Event()


class _Handler(BaseHTTPRequestHandler):
    server: UnansweringServer
    protocol_version = "HTTP/1.1"

    def do_POST(self) -> None:
        self._job()

    def do_GET(self) -> None:
        self.server.looks += 1
        self._job()

    def do_DELETE(self) -> None:
        self.server.cancels += 1
        self.server.stopping.wait(NO_ANSWER)

    def _job(self) -> None:
        self.rfile.read(int(self.headers.get("content-length", 0)))
        body = b'{"job_id": "job-of-this-test", "status": "queued"}'
        self.send_response(200)
        self.send_header("content-type", "application/json")
        self.send_header("content-length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Keep the test's output clean."""


class unanswering:  # noqa: N801  # read as a verb: with unanswering(...) as ...
    def __init__(self, environment: dict[str, str]) -> None:
        self.server = UnansweringServer()
        self.environment = {**environment, "KREA_BASE_URL": f"http://127.0.0.1:{self.server.server_port}"}
        self.thread = threading.Thread(target=self.server.serve_forever, daemon=True)

    def __enter__(self) -> tuple[UnansweringServer, dict[str, str]]:
        self.thread.start()
        return self.server, self.environment

    def __exit__(self, *_: object) -> None:
        self.server.stopping.set()
        self.server.shutdown()
        self.server.server_close()
        self.thread.join()


def test_a_kill_before_the_answer_is_remembered(box: KreaSandbox, environment: dict[str, str]) -> None:
    box.faults.add({"kind": "read-timeout", "on": "submit", "accepted": True})  # accepted, and never answered
    with started(SLOW, environment) as process:
        wait_until(lambda: len(box.jobs) == 1)
        process.kill()
        process.communicate(timeout=PATIENCE)
    assert recorded(box) == []
    assert orphans(environment) == [box.jobs[0]["job_id"]]


@pytest.mark.parametrize("hours", [-20, 20])
def test_a_clock_that_is_hours_away_hides_no_job(hours: int, box: KreaSandbox, environment: dict[str, str]) -> None:
    box.date = datetime.now(UTC) + timedelta(hours=hours)
    box.faults.add({"kind": "read-timeout", "on": "submit", "accepted": True})
    with started(SLOW, environment) as process:
        wait_until(lambda: len(box.jobs) == 1)
        process.kill()
        process.communicate(timeout=PATIENCE)
    code, out, err = finished(["jobs", "orphans"], environment)
    assert code == 0
    assert box.jobs[0]["job_id"] in out
    assert f" s {'ahead of' if hours > 0 else 'behind'} this computer's" in err


def test_a_refusal_leaves_no_record(box: KreaSandbox, environment: dict[str, str]) -> None:
    box.balance = 0
    code, _, err = finished([*SLOW, "--no-wait"], environment)
    assert code == 1
    assert "402" in err
    assert paid_jobs.unanswered_since(box.url) is None
