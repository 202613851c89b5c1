"""One Ctrl-C in a batch whose POSTs are unanswered: the process waits for these answers, says every id, and ends."""

import os
import signal
import subprocess
import sys
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[3]
AT_ONCE = 4
WHILE = 1.0  # seconds for which the answers are kept back
PATIENCE = 60.0  # seconds for what takes tenths of one on an idle computer
PROGRAM = f"""
import signal
signal.signal(signal.SIGINT, signal.default_int_handler)  # a run in the background would ignore it
from krea_client import Krea
from krea_api.models import ZImageRequest

request = ZImageRequest.from_dict({{"prompt": "a fox", "aspect_ratio": "1:1", "resolution": "1K"}})
with Krea() as krea:
    for result in krea.run_all([request] * 20, at_once={AT_ONCE}):
        print(result.id)
"""


class SlowServer(ThreadingHTTPServer):
    """Creates a job for each POST, and answers all of them when it is told to."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.lock = threading.Lock()
        self.job_ids: list[str] = []
        self.all_arrived, self.answering = threading.Event(), threading.Event()


class _Handler(BaseHTTPRequestHandler):
    server: SlowServer
    protocol_version = "HTTP/1.1"

    def do_POST(self) -> None:
        self.rfile.read(int(self.headers["content-length"]))
        with self.server.lock:
            job_id = f"job-{len(self.server.job_ids)}-of-the-batch"
            self.server.job_ids.append(job_id)
            if len(self.server.job_ids) == AT_ONCE:
                self.server.all_arrived.set()
        assert self.server.answering.wait(PATIENCE)
        body = f'{{"job_id": "{job_id}", "status": "queued"}}'.encode()
        self.send_response(200)
        self.send_header("content-type", "application/json")
        self.send_header("content-length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Keep the test's output clean."""


@pytest.mark.skipif(sys.platform == "win32", reason="SIGINT is sent as POSIX has it")
def test_the_batch_ends_soon_after_the_last_answer_with_every_id() -> None:
    server = SlowServer()
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    environment = {
        **os.environ,
        "KREA_API_TOKEN": "token",
        "KREA_BASE_URL": f"http://127.0.0.1:{server.server_port}",
        "PYTHONPATH": f"{ROOT / 'shim'}{os.pathsep}{ROOT / 'generated'}",
    }
    with subprocess.Popen(
        [sys.executable, "-c", PROGRAM], env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as process:
        assert server.all_arrived.wait(PATIENCE)
        process.send_signal(signal.SIGINT)
        with pytest.raises(subprocess.TimeoutExpired):  # it waits for the answers
            process.wait(timeout=WHILE)
        server.answering.set()
        out, err = process.communicate(timeout=PATIENCE)  # and for nothing else: no job ever ends
    server.shutdown()
    server.server_close()
    thread.join()
    assert process.returncode == -signal.SIGINT  # as Python ends a program that does not catch it
    assert out == ""
    assert len(server.job_ids) == AT_ONCE  # no further one is sent
    assert [job_id for job_id in server.job_ids if job_id not in err] == []
