"""Environments that hold what is measured and nothing else: click and rich beside httpx would slow its import and flatter us."""

from __future__ import annotations

import io
import json
import subprocess
import sys
import tarfile
import tempfile
import venv
from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]
PINS = ROOT / "scripts" / "constraints.txt"
PEERS = ("fal-client", "replicate", "openai", "runwayml")


class Environment:
    """A folder with a Python of its own."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.python = folder / "bin" / "python"

    def install(self, *requirements: str) -> None:
        """Install with pip; what is there already costs a second."""
        if not self.python.exists():
            print(f"scripts/bench: making {self.folder.name} ...", file=sys.stderr, flush=True)
            venv.create(self.folder, with_pip=True, symlinks=True)
        command = [
            str(self.python),
            "-m",
            "pip",
            "install",
            "--quiet",
            "--no-input",
            "--disable-pip-version-check",
            *requirements,
        ]
        completed = subprocess.run(command, capture_output=True, text=True, check=False)
        if completed.returncode:
            raise SystemExit(
                f"scripts/bench: pip could not fill {self.folder.name}:\n{completed.stdout}{completed.stderr}"
            )

    def versions(self) -> dict[str, str]:
        """Return version of each package that is installed."""
        listing = [str(self.python), "-m", "pip", "list", "--format", "json", "--disable-pip-version-check"]
        rows = json.loads(subprocess.run(listing, capture_output=True, check=True).stdout)
        return {row["name"]: row["version"] for row in rows}


def wheel(folder: Path, source: Path = ROOT) -> Path:
    """Return the wheel of the working tree, or of another one, as users would install it."""
    subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "--target", "wheel", "--directory", str(folder)],
        cwd=source,
        capture_output=True,
        check=True,
    )
    return next(folder.glob("*.whl"))


def ours() -> tuple[Environment, Environment, Environment]:
    """Return environments with the wheel of the working tree: the library, with its command line, with requests beside."""
    alone, cli = Environment(ROOT / ".venv-bench"), Environment(ROOT / ".venv-bench-cli")
    beside = Environment(ROOT / ".venv-bench-requests")
    with tempfile.TemporaryDirectory() as folder:
        wheel_file = wheel(Path(folder))
        for environment, extra, more in ((alone, "", ()), (cli, "[cli]", ()), (beside, "", ("requests",))):
            environment.install("--constraint", str(PINS), f"{wheel_file}{extra}", *more)
            # the version stays while the code changes
            environment.install("--force-reinstall", "--no-deps", str(wheel_file))
    return alone, cli, beside


def other_libraries() -> Environment:
    """Return an environment with the wheel of the working tree and the other HTTP libraries whose transports it takes."""
    environment = Environment(ROOT / ".venv-bench-transports")
    with tempfile.TemporaryDirectory() as folder:
        wheel_file = wheel(Path(folder))
        environment.install("--constraint", str(PINS), f"{wheel_file}[aiohttp]", "httpx2")
        environment.install("--force-reinstall", "--no-deps", str(wheel_file))
    return environment


def earlier(commit: str) -> Environment:
    """Return an environment with the wheel of an earlier commit.

    Raises:
        SystemExit: this checkout does not have the commit.
    """
    environment = Environment(ROOT / f".venv-bench-{commit}")
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder, "source")
        archive = subprocess.run(["git", "archive", commit], cwd=ROOT, capture_output=True, check=False)
        if archive.returncode:
            raise SystemExit(f"scripts/bench: {archive.stderr.decode().strip()}; give a commit that this checkout has")
        with tarfile.open(fileobj=io.BytesIO(archive.stdout)) as files:
            files.extractall(source, filter="data")
        wheel_file = wheel(Path(folder), source)
        environment.install("--constraint", str(PINS), str(wheel_file))
        environment.install("--force-reinstall", "--no-deps", str(wheel_file))
    return environment


def peers() -> Environment:
    """Return an environment with other people's clients, at the newest versions that the registry has."""
    environment = Environment(ROOT / ".venv-bench-peers")
    environment.install("--upgrade", *PEERS)
    return environment
