"""Each legacy program: refused bare past the cut-off, accepted unchanged under `run`, accepted bare after `migrate --write`.

Programs of Node find axios and undici by NODE_PATH, or in a folder node_modules above the temporary folder; they are skipped where
Node does not find them.
"""

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import pytest

from krea_client.cli import commands
from krea_client.sandbox import KreaSandbox

PROGRAMS = Path(__file__).with_name("programs")
KINDS = {
    "aiohttp_script/posters.py": [sys.executable],
    "axios/poster.mjs": ["node"],
    "curl/poster.sh": ["sh"],
    "fetch/poster.mjs": ["node"],
    "httpx_async/posters.py": [sys.executable],
    "httpx_sync/poster.py": [sys.executable],
    "requests_session/posters.py": [sys.executable],
    "undici/poster.mjs": ["node"],
    "urllib_script/poster.py": [sys.executable],
}
PACKAGES = {"axios", "undici"}  # of Node


@pytest.fixture(scope="module")
def box() -> Iterator[KreaSandbox]:
    with KreaSandbox(date="2026-11-20", concurrent=1000, balance=1000) as sandbox:
        yield sandbox


@pytest.fixture(autouse=True)
def environment(monkeypatch: pytest.MonkeyPatch) -> None:
    """Give the programs, and the commands in this process, no variables of the client and of Python, and a token."""
    for name in [name for name in os.environ if name.startswith(("KREA", "PYTHON"))]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("KREA_TOKEN", "t")
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")


def executed(command: Sequence[str], folder: Path, **variables: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        command, cwd=folder, env={**os.environ, **variables}, capture_output=True, text=True, timeout=120, check=False
    )


Command = Callable[..., tuple[int, str, str]]


@pytest.fixture
def krea_client(capfd: pytest.CaptureFixture[str]) -> Command:
    """Run a command line of krea-client in this process; return its code, and what it and its programs print."""

    def run(*arguments: str) -> tuple[int, str, str]:
        capfd.readouterr()
        code = commands.run([*arguments])
        return code, *capfd.readouterr()

    return run


def linked_packages(folder: Path, package: str) -> bool:
    """Make a package of Node importable in a folder; return False where there is none."""
    for place in os.environ.get("NODE_PATH", "").split(os.pathsep):
        if place and (Path(place) / package).is_dir():
            (folder / "node_modules").symlink_to(place)
            return True
    return False


@pytest.mark.parametrize("name", KINDS)
def test_a_program_is_refused_then_led_then_migrated(
    name: str, box: KreaSandbox, tmp_path: Path, krea_client: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    kind = Path(name).parent.name
    folder = tmp_path / kind
    shutil.copytree(PROGRAMS / kind, folder)
    if shutil.which(KINDS[name][0]) is None or (kind == "curl" and shutil.which("curl") is None):
        pytest.skip(f"{KINDS[name][0]} or curl is not installed here")
    if kind in PACKAGES and not linked_packages(folder, kind):
        pytest.skip(f"{kind} is not on NODE_PATH")
    command = [*KINDS[name], Path(name).name]

    refused = executed(command, folder, KREA_HOST=box.url)
    assert refused.returncode != 0
    assert "is not a field of this model" in refused.stderr

    monkeypatch.chdir(folder)
    code, out, err = krea_client("run", "--sandbox", "--date", "2026-11-20", "--", *command)
    assert (code, out[1:]) == (0, " jobs\n"), err
    assert "had deprecated fields\n" in err
    assert " 0 accepted" not in err

    code, out, err = krea_client("migrate", "--write", ".")
    assert code in (0, 1), err
    accepted = executed(command, folder, KREA_HOST=box.url)
    assert (accepted.returncode, accepted.stdout[1:]) == (0, " jobs\n"), out + accepted.stderr
