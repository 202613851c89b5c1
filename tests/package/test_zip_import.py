"""The client works from a zip file, as in a zipapp, and the warning names the line of the user's program; frozen programs get hooks."""

import os
import runpy
import shutil
import subprocess
import sys
import zipapp
from pathlib import Path
from types import ModuleType, SimpleNamespace

import pytest

from krea_client._pyinstaller import hook_folders

PROGRAM = """\
import httpx
from krea_client import Krea

answer = httpx.Response(200, json={"job_id": "6b1c", "status": "queued"})
with Krea("token", transport=httpx.MockTransport(lambda _: answer)) as krea:
    print(krea.submit("z-image/z-image", {"prompt": "a fox", "aspectRatio": "1:1", "resolution": "1K"}).id)
"""
LINE = next(number for number, line in enumerate(PROGRAM.splitlines(), 1) if "aspectRatio" in line)


ROOT = Path(__file__).parents[2]


def packages(folder: Path) -> None:
    """Copy the packages into a folder that is to be zipped."""
    for package in (ROOT / "shim" / "krea_client", ROOT / "generated" / "krea_api"):
        for file in package.rglob("*"):
            if file.suffix in (".py", ".json") and "__pycache__" not in file.parts:
                target = folder / package.name / file.relative_to(package)
                target.parent.mkdir(parents=True, exist_ok=True)
                target.write_bytes(file.read_bytes())


def run(file: Path) -> subprocess.CompletedProcess[str]:
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
    # -P and no PYTHONPATH: neither the checkout nor the folder of the test is on the path, only the installed dependencies.
    code = (
        "import runpy, sys; sys.path[:] = [p for p in sys.path if not p.endswith(('shim', 'generated'))]; "
        "sys.meta_path[:] = [f for f in sys.meta_path if 'editable' not in repr(f).lower()]; "
        f"runpy.run_path({str(file)!r}, run_name='__main__')"
    )
    return subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, env=environment, timeout=60, check=False
    )


def test_a_zipapp_submits_and_its_own_line_is_named(tmp_path: Path) -> None:
    folder = tmp_path / "app"
    folder.mkdir()
    packages(folder)
    (folder / "__main__.py").write_text(PROGRAM, "utf-8")
    zipapp.create_archive(folder, tmp_path / "app.pyz")
    result = run(tmp_path / "app.pyz")
    assert (result.returncode, result.stdout) == (0, "6b1c\n"), result.stderr
    assert f"__main__.py:{LINE}: KreaSunsetWarning" in result.stderr
    assert PROGRAM.splitlines()[LINE - 1].strip() in result.stderr


PRACTICE = """\
from krea_client import Krea
from krea_client.sandbox import Sandbox

sandbox = Sandbox(time_scale=0, date="2026-11-20")
with Krea("token", transport=sandbox.transport(), clock=sandbox.clock) as krea:
    job = krea.run("z-image/z-image", {"prompt": "a fox", "aspect_ratio": "1:1", "resolution": "1K"})
    krea.save(job, "fox.png")
    print(job.status)
"""
COMMANDS = """\
import runpy, sys

fox = "generate z-image/z-image fox --aspect_ratio 1:1 --resolution 1K --sandbox"
for words in ("models list", "spec", fox):
    sys.argv = ["krea-client", *words.split()]
    try:
        runpy.run_module("krea_client.cli", run_name="__main__")
    except SystemExit as end:
        assert not end.code, (words, end.code)
"""


@pytest.mark.parametrize("program", [PRACTICE, COMMANDS], ids=["sandbox", "commands"])
def test_sandbox_and_commands_work_from_a_zipapp(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, program: str) -> None:
    monkeypatch.chdir(tmp_path)
    folder = tmp_path / "app"
    folder.mkdir()
    packages(folder)
    (folder / "krea_api" / "openapi.json").write_bytes((ROOT / "generated" / "openapi.json").read_bytes())
    (folder / "__main__.py").write_text(program, "utf-8")
    zipapp.create_archive(folder, tmp_path / "app.pyz")
    shutil.rmtree(folder)
    result = run(tmp_path / "app.pyz")
    assert result.returncode == 0, result.stderr
    if program == PRACTICE:
        assert result.stdout == "completed\n"
        assert (tmp_path / "fox.png").read_bytes().startswith(b"\x89PNG")


def test_pyinstaller_finds_hooks_for_both_packages(monkeypatch: pytest.MonkeyPatch) -> None:
    collected: list[str] = []
    hooks = ModuleType("PyInstaller.utils.hooks")
    vars(hooks).update(
        collect_submodules=lambda name, **_: [name],
        collect_data_files=lambda name: collected.append(name) or [],
    )
    for name, module in (
        ("PyInstaller", SimpleNamespace()),
        ("PyInstaller.utils", SimpleNamespace()),
        (hooks.__name__, hooks),
    ):
        monkeypatch.setitem(sys.modules, name, module)
    [folder] = hook_folders()
    for package in ("krea_client", "krea_api"):
        assert runpy.run_path(str(Path(folder, f"hook-{package}.py")))["hiddenimports"]
    assert collected == ["krea_api"]
