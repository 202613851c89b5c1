"""Start and stop the services of tests: PostgreSQL, Redis and an S3 double, each on a free port of loopback. Standard library only."""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import pwd
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).resolve().parents[2]
PACKAGES = ("postgresql", "redis-server")  # Debian's
LOOPBACK = "127.0.0.1"
PATIENCE = 30.0  # seconds until a service takes connections; usually one
DATABASE_USER = "postgres"  # PostgreSQL refuses to run as root


class ServiceError(Exception):
    """A service cannot be started; the message says why, and what to do."""


def folder() -> Path:
    """Return the folder of this checkout's services: short, since a socket's path has at most 107 bytes, and open to other users."""
    mark = hashlib.sha256(str(ROOT).encode()).hexdigest()[:8]
    return Path(tempfile.gettempdir()) / f"krea-services-{os.getuid()}-{mark}"


class RunningService(NamedTuple):
    """A service that was started: its address for tests, and its process."""

    url: str
    pid: int


def running() -> dict[str, RunningService]:
    """Return the services that run, by name: `postgres`, `redis`, `s3`."""
    services: dict[str, RunningService] = {}
    for path in folder().glob("*.json"):
        try:
            service = RunningService(**json.loads(path.read_text("utf-8")))
            os.kill(service.pid, 0)
        except (OSError, ValueError, TypeError):
            continue
        services[path.stem] = service
    return services


def start(*, install: bool) -> int:
    """Start every service that does not run; return how many could not be started."""
    if install:
        _install_packages()
    folder().mkdir(mode=0o755, exist_ok=True)
    present, failed = running(), 0
    begun: dict[str, tuple[RunningService, Callable[[], bool]]] = {}
    for name, starter in STARTERS.items():
        if name in present:
            print(f"{name:9} {present[name].url} (was running)")
            continue
        try:
            begun[name] = starter(folder() / name)
        except (ServiceError, OSError, subprocess.SubprocessError) as error:
            failed += 1
            print(f"{name:9} not started: {error}", file=sys.stderr)
    for name, (service, ready) in begun.items():
        if _wait(service.pid, ready):
            (folder() / f"{name}.json").write_text(json.dumps(service._asdict()), "utf-8")
            print(f"{name:9} {service.url}")
        else:
            failed += 1
            print(f"{name:9} not started: see {folder() / name}.log", file=sys.stderr)
    return failed


def stop() -> None:
    """Stop every service and remove its data."""
    services = running()
    for name, service in services.items():
        # for PostgreSQL: end all sessions
        os.kill(service.pid, signal.SIGINT if name == "postgres" else signal.SIGTERM)
    end = time.monotonic() + PATIENCE
    while running() and time.monotonic() < end:
        time.sleep(0.05)
    for service in running().values():
        os.kill(service.pid, signal.SIGKILL)
    shutil.rmtree(folder(), ignore_errors=True)


def _install_packages() -> None:
    missing = [
        package for package, program in zip(PACKAGES, ("initdb", "redis-server"), strict=True) if not _program(program)
    ]
    if not missing:
        return
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    for command in (
        ["apt-get", "update", "-q"],
        ["apt-get", "install", "-q", "-y", "--no-install-recommends", *missing],
    ):
        process = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
        if process.returncode:
            print(f"{' '.join(command)} failed:\n{process.stderr[-1000:]}", file=sys.stderr)
            return


def _program(name: str) -> str | None:
    """Return the path of a program; Debian keeps those of PostgreSQL outside PATH."""
    versions = sorted(Path("/usr/lib/postgresql").glob(f"*/bin/{name}"), key=lambda path: int(path.parts[4]))
    return str(versions[-1]) if versions else shutil.which(name)


def _needed(name: str, package: str) -> str:
    path = _program(name)
    if path is None:
        raise ServiceError(
            f"{name} is not installed; install Debian's {package}, or run scripts/services start --install as root"
        )
    return path


def _free_port() -> int:
    with socket.socket() as listener:
        listener.bind((LOOPBACK, 0))
        port: int = listener.getsockname()[1]
        return port


def _accepts(port: int) -> Callable[[], bool]:
    def ready() -> bool:
        try:
            socket.create_connection((LOOPBACK, port), timeout=1).close()
        except OSError:
            return False
        return True

    return ready


def _start_process(place: Path, command: list[str], user: str | None = None, **variables: str) -> int:
    with Path(f"{place}.log").open("ab") as log:
        process = subprocess.Popen(
            command,
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            cwd="/",
            user=user,
            group=user,
            extra_groups=[] if user else None,
            env={**os.environ, **variables},
            start_new_session=True,
        )
    return process.pid


def _database_user() -> str | None:
    if os.getuid():
        return None
    try:
        return pwd.getpwnam(DATABASE_USER).pw_name
    except KeyError:
        raise ServiceError(
            f"PostgreSQL does not run as root, and there is no user {DATABASE_USER}; install Debian's postgresql"
        ) from None


def _start_postgres(place: Path) -> tuple[RunningService, Callable[[], bool]]:
    server, user, port = _needed("postgres", "postgresql"), _database_user(), _free_port()
    _init_database(place, user)
    # Tests kill clients, never this machine: without fsync a commit takes a tenth of the time.
    settings = {
        "listen_addresses": LOOPBACK,
        "port": port,
        "unix_socket_directories": place,
        "fsync": "off",
        "max_connections": 200,
        "shared_buffers": "32MB",
    }
    options = [part for name, value in settings.items() for part in ("-c", f"{name}={value}")]
    pid = _start_process(place, [server, "-D", str(place / "data"), *options], user)
    return RunningService(f"postgresql://krea@{LOOPBACK}:{port}/postgres", pid), _accepts(port)


def _init_database(place: Path, user: str | None) -> None:
    shutil.rmtree(place, ignore_errors=True)
    place.mkdir(mode=0o700)
    if user:
        shutil.chown(place, user, user)
    options = ["--auth", "trust", "--username", "krea", "--no-sync", "--encoding", "UTF8", "--locale", "C"]
    process = subprocess.run(
        [_needed("initdb", "postgresql"), "--pgdata", str(place / "data"), *options],
        user=user,
        group=user,
        extra_groups=[] if user else None,
        cwd="/",
        capture_output=True,
        text=True,
        check=False,
    )
    if process.returncode:
        raise ServiceError(f"initdb failed: {process.stderr.strip()[-300:]}")


def _start_redis(place: Path) -> tuple[RunningService, Callable[[], bool]]:
    server, port = _needed("redis-server", "redis-server"), _free_port()
    place.mkdir(exist_ok=True)
    options = ["--port", str(port), "--bind", LOOPBACK, "--save", "", "--appendonly", "no", "--dir", str(place)]
    return RunningService(f"redis://{LOOPBACK}:{port}/0", _start_process(place, [server, *options])), _accepts(port)


def _start_s3(place: Path) -> tuple[RunningService, Callable[[], bool]]:
    port = _free_port()
    command = [sys.executable, "-m", "moto.server", "-H", LOOPBACK, "-p", str(port)]
    if subprocess.run([sys.executable, "-c", "import moto, flask_cors"], capture_output=True, check=False).returncode:
        raise ServiceError("moto is not installed in this environment; run it as scripts/services start")
    return RunningService(f"http://{LOOPBACK}:{port}", _start_process(place, command)), _accepts(port)


STARTERS: Mapping[str, Callable[[Path], tuple[RunningService, Callable[[], bool]]]] = {
    "s3": _start_s3,
    "postgres": _start_postgres,
    "redis": _start_redis,
}


def _wait(pid: int, ready: Callable[[], bool]) -> bool:
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        if ready():
            return True
        if os.waitpid(pid, os.WNOHANG)[0]:
            return False
        time.sleep(0.05)
    return False


def main(arguments: list[str]) -> int:
    """Carry out one command and return the exit code."""
    parser = argparse.ArgumentParser(prog="scripts/services", description=__doc__)
    parser.add_argument("command", choices=("start", "stop", "status"))
    parser.add_argument("--install", action="store_true", help="install missing packages of Debian; needs root")
    options = parser.parse_args(arguments)
    if options.command == "start":
        return 1 if start(install=options.install) else 0
    if options.command == "stop":
        stop()
        return 0
    services = running()
    for name, service in services.items():
        print(f"{name:9} {service.url}")
    return 0 if len(services) == len(STARTERS) else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
