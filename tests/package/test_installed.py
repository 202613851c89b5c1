"""The wheel in an empty environment of each promised Python: the library alone, one line for each missing extra, then all of it.

Slow, and the dependencies come from the package index; run by scripts/check-pythons. A Python that is not here is skipped by name.
"""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Sequence
from functools import cache
from pathlib import Path

import pytest

pytestmark = pytest.mark.pythons

ROOT = Path(__file__).resolve().parents[2]
PINS = ROOT / "scripts" / "constraints.txt"
PROGRAMS = ("krea_client.cli.", "krea_migrate.", "krea_client.legacy.gateway.preload.")  # nobody imports their insides
HOSTS = {"PyInstaller"}  # loads our hooks, and only it
EXTRAS = "[cli,sandbox,legacy,migrate,gateway,aiohttp,mcp]"
VERSIONS = ("3.11", "3.12", "3.13", "3.14")


@cache
def interpreter(version: str) -> str | None:
    """Return a Python of this version that has venv, on PATH or under pyenv."""
    pyenv = Path(os.environ.get("PYENV_ROOT", Path.home() / ".pyenv")) / "versions"
    candidates = [
        shutil.which(f"python{version}"),
        *map(str, sorted(pyenv.glob(f"{version}.*/bin/python"), reverse=True)),
    ]
    probe = f"import sys, venv, ensurepip; sys.exit('%d.%d' % sys.version_info[:2] != '{version}')"
    for candidate in filter(None, candidates):
        if subprocess.run([candidate, "-I", "-c", probe], capture_output=True, check=False).returncode == 0:
            return candidate
    return None


def run(command: Sequence[str | Path], *, code: int = 0, cwd: Path | None = None) -> str:
    """Return what a command says on both streams; it must end with this code."""
    clean = {key: value for key, value in os.environ.items() if not key.startswith(("PYTHON", "KREA"))}
    completed = subprocess.run(
        list(map(str, command)),
        cwd=cwd,
        env=clean,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
    )
    assert completed.returncode == code, (
        f"{command} ended with {completed.returncode}:\n{completed.stdout}{completed.stderr}"
    )
    return completed.stdout + completed.stderr


class Installed:
    """An environment with the wheel in it."""

    def __init__(self, python: str, folder: Path, wheel: Path) -> None:
        run([python, "-m", "venv", folder])
        self.folder, self.wheel = folder, wheel
        self.python, self.command = folder / "bin" / "python", folder / "bin" / "krea-client"
        self.install()

    def install(self, extras: str = "") -> None:
        quiet = ("--quiet", "--no-input", "--disable-pip-version-check")
        run([self.python, "-I", "-m", "pip", "install", *quiet, "--constraint", PINS, f"{self.wheel}{extras}"])
        run([self.python, "-I", "-m", "pip", "check"])

    def ask(self, program: str) -> str:
        return run([self.python, "-I", "-W", "error", "-c", program])


@pytest.fixture(scope="module", params=VERSIONS)
def installed(request: pytest.FixtureRequest, wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Installed:
    version: str = request.param
    python = interpreter(version)
    if python is None:
        pytest.skip(f"Python {version} is not on this machine: the wheel was NOT tried on it")
    return Installed(python, tmp_path_factory.mktemp(f"python{version}"), wheel)


@pytest.fixture(scope="module")
def complete(installed: Installed) -> Installed:
    installed.install(EXTRAS)
    return installed


def test_the_library_works_with_its_own_dependencies(installed: Installed) -> None:
    output = run([installed.python, "-I", "-W", "error", Path(__file__).with_name("smoke.py")])
    assert output.startswith("ok 3.")


IMPORT_ALL = (
    "import importlib, pkgutil, krea_client, krea_api\n"
    "for package in (krea_client, krea_api):\n"
    "    for found in pkgutil.walk_packages(package.__path__, package.__name__ + '.', onerror=lambda name: None):\n"
    "        try:\n"
    "            if not found.name.endswith(('__main__', '.preload.start')): importlib.import_module(found.name)\n"
    "        except ModuleNotFoundError as missing:\n"
    "            print(missing.name.partition('.')[0])\n"
)


def test_every_module_can_be_imported_or_says_what_it_needs(installed: Installed) -> None:
    checkers = {"jsonschema", "rfc3986_validator"}
    extras = {
        "click",
        "rich",
        "tomlkit",
        "PIL",
        "uvicorn",
        "requests",
        "tree_sitter",
        "yaml",
        "pytest",
        "cryptography",
        "aiohttp",
        "mcp",
        *HOSTS,
        *checkers,
    }
    assert set(installed.ask(IMPORT_ALL).split()) <= extras


def test_a_missing_cli_extra_is_one_clear_line(installed: Installed) -> None:
    [line] = run([installed.command, "--help"], code=2).splitlines()
    assert "pip install '.[cli]'" in line


def test_a_missing_sandbox_extra_is_one_clear_line(installed: Installed) -> None:
    program = (
        "from krea_client import Krea\n"
        "from krea_client.sandbox import Sandbox\n"
        "try:\n"
        "    Krea('toy', transport=Sandbox().transport()).submit('z-image/z-image', {'prompt': 'a'}, check=False)\n"
        "except ModuleNotFoundError as missing:\n"
        "    print(missing)"
    )
    [line] = installed.ask(program).splitlines()
    assert "pip install '.[sandbox]'" in line


def test_with_all_extras_every_module_can_be_imported(complete: Installed) -> None:
    assert set(complete.ask(IMPORT_ALL).split()) == {"pytest", *HOSTS}  # the plugin's own host


def test_old_names_are_found_in_other_languages(complete: Installed, tmp_path: Path) -> None:
    program = "fetch('https://api.krea.ai/generate/image/z-image/z-image', {method: 'POST', body: JSON.stringify({aspectRatio: '1:1'})})"
    (tmp_path / "old.js").write_text(program)
    assert "old.js:1:" in run([complete.command, "check", "old.js"], code=1, cwd=tmp_path)


def test_with_all_extras_the_command_makes_a_picture(complete: Installed, tmp_path: Path) -> None:
    shape = ("-i", "aspect_ratio=1:1", "-i", "resolution=1K")
    run(
        [complete.command, "generate", "z-image/z-image", "-p", "A fox", *shape, "-o", "fox.png", "--sandbox"],
        cwd=tmp_path,
    )
    assert (tmp_path / "fox.png").read_bytes().startswith(b"\x89PNG")


@pytest.fixture(scope="module")
def seen_by_checkers(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Installed:
    """Return the wheel beside nothing but its dependencies, in the Python of the checkers."""
    return Installed(sys.executable, tmp_path_factory.mktemp("checked"), wheel)


@pytest.fixture
def api_file(tmp_path: Path) -> Path:
    """Return the typing file where no configuration of this project reaches it."""
    (tmp_path / "pyrightconfig.json").write_text('{"typeCheckingMode": "strict", "pythonVersion": "3.11"}')
    return Path(shutil.copy(ROOT / "tests" / "typing" / "api.py", tmp_path / "api.py"))


def test_mypy_agrees_with_the_typing_file(seen_by_checkers: Installed, api_file: Path) -> None:
    strict = ("--strict", "--no-incremental", "--config-file=", "--python-executable", seen_by_checkers.python)
    run([sys.executable, "-m", "mypy", *strict, api_file], cwd=api_file.parent)


def pyright(environment: Installed, folder: Path, *options: str) -> str:
    """Let pyright find the environment as a user's would be found: its folder comes first on PATH."""
    path = f"{environment.folder / 'bin'}{os.pathsep}{os.environ['PATH']}"
    clean = {key: value for key, value in os.environ.items() if not key.startswith("PYTHON")}
    command = [sys.executable, "-m", "pyright", *options]
    completed = subprocess.run(
        command, cwd=folder, env={**clean, "PATH": path}, capture_output=True, text=True, check=False
    )
    return completed.stdout


def test_pyright_agrees_with_the_typing_file(seen_by_checkers: Installed, api_file: Path) -> None:
    assert pyright(seen_by_checkers, api_file.parent, "api.py").startswith("0 errors, 0 warnings")


@pytest.mark.parametrize("package", ["krea_client", "krea_api"])
def test_every_public_symbol_has_a_known_type(package: str, seen_by_checkers: Installed, api_file: Path) -> None:
    options = ("--outputjson", "--ignoreexternal", "--verifytypes", package)
    report = json.loads(pyright(seen_by_checkers, api_file.parent, *options))["typeCompleteness"]
    symbols = [symbol for symbol in report["symbols"] if not symbol["name"].startswith(PROGRAMS)]
    assert len(symbols) > 100
    assert [symbol["name"] for symbol in symbols if not symbol["isTypeKnown"]] == []
