"""A program behind the gateway is the bare program: exit code, signals, output, files; and nothing of the gateway stays behind."""

import ast
import os
import signal
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from importlib.resources import files
from pathlib import Path
from typing import NamedTuple

import pytest

from krea_client.legacy.gateway import launcher
from krea_client.legacy.gateway.certificates import CertificateAuthority
from krea_client.legacy.gateway.field_usage import UsageLog
from krea_client.legacy.gateway.forwarding import Gateway
from krea_client.legacy.gateway.listening import Ports, proxy

from ..recording_server import RecordingServer
from .conftest import PATH, translator

HOST = "api.krea.ai"


class Run(NamedTuple):
    code: int
    warnings: list[str]


Launch = Callable[..., Run]


@pytest.fixture
def launch(upstream: RecordingServer, usage: UsageLog, folder: Path) -> Launch:
    def launch(*command: str, **variables: str) -> Run:
        warnings: list[str] = []
        app = Gateway(upstream.url, translator(), usage, api_host=HOST)
        environment = {key: value for key, value in os.environ.items() if key.upper() != "NO_PROXY"} | variables
        return Run(launcher.run(command, app, HOST, environment, warn=warnings.append), warnings)

    return launch


@pytest.mark.parametrize("code", [0, 3, 255])
def test_the_exit_code_is_the_programs(launch: Launch, code: int) -> None:
    assert launch("sh", "-c", f"exit {code}").code == code


def test_a_signal_that_ends_the_program_is_told(launch: Launch) -> None:
    assert launch("sh", "-c", "kill -TERM $$").code == -signal.SIGTERM


def test_output_is_the_programs_alone(launch: Launch, capfd: pytest.CaptureFixture[str]) -> None:
    launch("sh", "-c", "echo out; echo err >&2")
    assert capfd.readouterr() == ("out\n", "err\n")


def test_a_program_that_is_not_there(launch: Launch) -> None:
    with pytest.raises(FileNotFoundError):
        launch("no-such-program")


def test_an_exemption_that_covers_the_api_is_told(launch: Launch) -> None:
    assert launch("true", NO_PROXY="krea.ai").warnings == [
        "NO_PROXY names api.krea.ai, so most programs go past the gateway: take it out for this run"
    ]
    assert launch("true", NO_PROXY="example.com").warnings == []


def test_the_programs_own_settings_are_kept_beside_ours(launch: Launch, folder: Path) -> None:
    extra = folder / "extra.pem"
    extra.write_text("-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n")
    own = folder / "own"
    own.mkdir()
    (own / "sitecustomize.py").write_text("print('own sitecustomize')\n")
    script = (
        "import os, pathlib\nread = lambda name: pathlib.Path(os.environ[name]).read_text()\n"
        "print('AAAA' in read('NODE_EXTRA_CA_CERTS'), 'AAAA' in read('SSL_CERT_FILE'), os.environ['NO_PROXY'])\n"
        "print(os.environ['NODE_OPTIONS'].split()[0], os.environ['PYTHONPATH'].split(os.pathsep)[1])"
    )
    command = [sys.executable, "-c", script]
    variables = {
        "NODE_EXTRA_CA_CERTS": str(extra),
        "SSL_CERT_FILE": str(extra),
        "NO_PROXY": "example.com",
        "NODE_OPTIONS": "--no-warnings",
        "PYTHONPATH": str(own),
    }
    completed = subprocess.run(
        [sys.executable, "-u", "-c", LAUNCH, *command],
        env={**os.environ, **variables, "no_proxy": ""},
        capture_output=True,
        text=True,
        check=True,
    )
    assert completed.stdout.splitlines() == [
        "own sitecustomize",  # of the launcher's own Python
        "own sitecustomize",
        "True True example.com,localhost,127.0.0.1,::1",
        f"--no-warnings {own}",
    ]


def test_the_module_that_every_python_loads_has_no_syntax_that_an_old_one_does_not_know() -> None:
    source = (files("krea_client.legacy.gateway") / "preload" / "start.py").read_text("utf-8")
    tree = ast.parse(source, feature_version=(3, 4))
    functions = [node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)]
    assert functions
    assert [function.name for function in functions if function.returns or function.args.args] == []
    assert not any(isinstance(node, (ast.JoinedStr, ast.AnnAssign, ast.NamedExpr)) for node in ast.walk(tree))
    assert source.isascii()  # Python 2 would ask for the encoding


LAUNCH = """
import os, sys
from krea_client.legacy.adapter_options import build_rewriter
from krea_client.legacy.gateway import launcher
from krea_client.legacy.gateway.forwarding import Gateway
from krea_client.legacy.gateway.translation import Translator
from krea_client.legacy.gateway.field_usage import UsageLog
app = Gateway("http://127.0.0.1:1", Translator(build_rewriter({}), "https://api.krea.ai"), UsageLog(), api_host="api.krea.ai")
os.environ.pop("PYTHONSTARTUP", None)
sys.exit(launcher.end_like(launcher.run(sys.argv[1:], app, "api.krea.ai", warn=print)))
"""


def test_no_private_key_is_on_disk_while_the_program_runs_and_nothing_afterwards(launch: Launch, folder: Path) -> None:
    place = '"$(dirname "$SSL_CERT_FILE")"'
    script = f"echo {place} > place; grep -rl 'PRIVATE KEY' {place} > keys; stat -c %a {place} > mode"
    assert launch("sh", "-c", script).code == 0
    assert (folder / "keys").read_text() == ""
    assert (folder / "mode").read_text() == "700\n"
    assert not Path((folder / "place").read_text().strip()).exists()


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP, signal.SIGUSR1])
def test_a_signal_to_the_launcher_reaches_the_program(folder: Path, number: signal.Signals) -> None:
    program = (
        "import signal, sys, time\n"
        f"signal.signal({int(number)}, lambda *_: sys.exit(7))\n"
        "print('ready', flush=True)\ntime.sleep(60)"
    )
    launched = subprocess.Popen(
        [sys.executable, "-c", LAUNCH, sys.executable, "-c", program], stdout=subprocess.PIPE, text=True
    )
    assert launched.stdout is not None
    with launched:
        assert launched.stdout.readline() == "ready\n"
        launched.send_signal(number)
        assert launched.wait(30) == 7


def test_the_launcher_ends_by_the_signal_that_ended_the_program(folder: Path) -> None:
    completed = subprocess.run([sys.executable, "-c", LAUNCH, "sh", "-c", "kill -KILL $$"], check=False)
    assert completed.returncode == 128 + signal.SIGKILL
    completed = subprocess.run([sys.executable, "-c", LAUNCH, "sh", "-c", "kill -TERM $$"], check=False)
    assert completed.returncode == -signal.SIGTERM


# The proxy itself.


@pytest.fixture
def ports(upstream: RecordingServer, usage: UsageLog) -> Iterator[Ports]:
    app = Gateway(upstream.url, translator(), usage, api_host=HOST)
    with proxy(app, HOST, CertificateAuthority().server_context(HOST)) as open_ports:
        yield open_ports


def converse(port: int, *messages: bytes) -> bytes:
    """Send each message after some response to the one before; return everything that came."""
    answer = b""
    with socket.create_connection(("127.0.0.1", port), timeout=10) as connection:
        for message in messages:
            connection.sendall(message)
            answer += connection.recv(65536)
    return answer


def test_another_host_is_tunnelled_to_the_byte(ports: Ports, upstream: RecordingServer) -> None:
    place = upstream.url.removeprefix("http://").encode()
    request = b'POST /x HTTP/1.1\r\nX-Odd:  Case\r\nContent-Length: 17\r\n\r\n{"aspectRatio":1}'
    answer = converse(ports.proxy, b"CONNECT %s HTTP/1.1\r\nHost: %s\r\n\r\n" % (place, place), request)
    assert answer.startswith(b"HTTP/1.1 200 Connection established\r\n\r\n")
    assert upstream.received == [request]


def test_a_host_that_cannot_be_reached_is_told(ports: Ports) -> None:
    with socket.create_server(("127.0.0.1", 0)) as occupied:
        port = occupied.getsockname()[1]
    assert converse(ports.proxy, b"CONNECT 127.0.0.1:%d HTTP/1.1\r\n\r\n" % port).startswith(b"HTTP/1.1 502 ")
    assert converse(ports.proxy, b"CONNECT nonsense HTTP/1.1\r\n\r\n").startswith(b"HTTP/1.1 502 ")


def test_an_https_address_in_the_clear_is_translated_too(ports: Ports, upstream: RecordingServer) -> None:
    body = b'{"prompt": "a", "aspectRatio": "1:1"}'
    head = b"POST https://api.krea.ai%s HTTP/1.1\r\nHost: api.krea.ai\r\nContent-Length: %d\r\n\r\n" % (
        PATH.encode(),
        len(body),
    )
    assert converse(ports.proxy, head + body).startswith(b"HTTP/1.1 200 ")
    assert upstream.received[0].startswith(b"POST %s HTTP/1.1\r\n" % PATH.encode())
    assert b'"aspect_ratio"' in upstream.received[0]


def test_a_plain_request_to_another_host_passes_as_it_is(ports: Ports, usage: UsageLog) -> None:
    second_server = RecordingServer()
    body = b'{"aspectRatio": "1:1"}'
    head = b"POST %s/generate/image/z-image/z-image HTTP/1.1\r\nHost: x\r\nContent-Length: %d\r\n\r\n" % (
        second_server.url.encode(),
        len(body),
    )
    assert converse(ports.proxy, head + body).startswith(b"HTTP/1.1 200 ")
    second_server.close()
    assert second_server.received[0].endswith(b"\r\n\r\n" + body)
    assert usage.calls == 0


def test_a_proxy_that_the_user_has_is_asked_for_other_hosts(ports: Ports, monkeypatch: pytest.MonkeyPatch) -> None:
    far = RecordingServer(b"HTTP/1.1 200 OK\r\n\r\n")
    monkeypatch.setenv("https_proxy", far.url.replace("http://", "http://me:secret@"))
    monkeypatch.delenv("no_proxy", raising=False)
    monkeypatch.delenv("NO_PROXY", raising=False)
    assert b"200" in converse(ports.proxy, b"CONNECT example.com:443 HTTP/1.1\r\n\r\n")
    far.close()
    assert far.received[0].startswith(b"CONNECT example.com:443 HTTP/1.1\r\n")
    assert b"Proxy-Authorization: Basic bWU6c2VjcmV0" in far.received[0]
