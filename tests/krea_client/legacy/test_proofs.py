"""Each legacy program: refused bare past the cut-off, accepted unchanged under `run`, accepted bare after `migrate --write`.

Programs of Node find axios and undici by NODE_PATH, or in a folder node_modules above the temporary folder; they are skipped where
Node does not find them.
"""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

import pytest

from krea_client.sandbox import KreaSandbox

PROGRAMS = Path(__file__).with_name("programs")
COMMAND = [sys.executable, "-m", "krea_client.cli"]
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


def executed(command: Sequence[str], folder: Path, **variables: str) -> subprocess.CompletedProcess[str]:
    clean: Mapping[str, str] = {
        name: value for name, value in os.environ.items() if not name.startswith(("KREA", "PYTHON"))
    }
    environment = {**clean, "KREA_TOKEN": "t", "NO_PROXY": "127.0.0.1", **variables}
    return subprocess.run(
        command, cwd=folder, env=environment, capture_output=True, text=True, timeout=120, check=False
    )


def linked_packages(folder: Path, package: str) -> bool:
    """Make a package of Node importable in a folder; return False where there is none."""
    for place in os.environ.get("NODE_PATH", "").split(os.pathsep):
        if place and (Path(place) / package).is_dir():
            (folder / "node_modules").symlink_to(place)
            return True
    return False


@pytest.mark.parametrize("name", KINDS)
def test_a_program_is_refused_then_led_then_migrated(name: str, box: KreaSandbox, tmp_path: Path) -> None:
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

    led = executed([*COMMAND, "run", "--sandbox", "--date", "2026-11-20", "--", *command], folder)
    assert (led.returncode, led.stdout[1:]) == (0, " jobs\n"), led.stderr
    assert "had deprecated fields\n" in led.stderr
    assert " 0 accepted" not in led.stderr

    migrated = executed([*COMMAND, "migrate", "--write", "."], folder)
    assert migrated.returncode in (0, 1), migrated.stderr
    accepted = executed(command, folder, KREA_HOST=box.url)
    assert (accepted.returncode, accepted.stdout[1:]) == (0, " jobs\n"), migrated.stdout + accepted.stderr
