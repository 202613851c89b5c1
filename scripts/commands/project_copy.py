"""A copy of the project with an environment of its own, so that no process of its tests reaches the original."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import sysconfig
import venv
from collections.abc import Iterable, Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
# Tests that compare the pages with what their examples print, and can write it anew.
PAGES = (
    "tests/documentation",
    "tests/package/test_public_names.py",
    "tests/krea_client/agreement/test_pages.py",
    "tests/krea_client/cli/test_docs.py",
)


def copy_project(target: Path) -> None:
    """Copy what git would commit into a folder that is a checkout of its own."""
    listing = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"],
        cwd=ROOT,
        capture_output=True,
        check=True,
        text=True,
    )
    for name in listing.stdout.split("\0"):
        if name and (ROOT / name).is_file():
            (target / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(ROOT / name, target / name)
    for command in ("git init --quiet", "git add --all"):
        subprocess.run(command.split(), cwd=target, check=True)


def regenerated_and_tested(copy: Path, arguments: Sequence[str], regenerate: Iterable[str] = ()) -> int:
    """Regenerate a copy, write its pages anew and run its tests; return the exit code of the first step that fails."""
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
    environment["KREA_CLIENT_READY"] = str(_own_python(copy))
    commands = (
        ["scripts/regenerate", *regenerate],
        ["scripts/test", "--quiet", "--update-pages", *PAGES],
        ["scripts/test", *(arguments or ("--quiet", "--numprocesses", "2"))],
    )
    for command in commands:
        print(f"== {' '.join(command)}", flush=True)
        code = subprocess.run(command, cwd=copy, env=environment, check=False).returncode
        if code and "--update-pages" not in command:  # what it cannot write fails once more below
            return code
    return 0


def _own_python(copy: Path) -> Path:
    """Make an environment that has this one's packages, and the copy in the place of the project; return its Python."""
    folder = copy / ".venv"
    venv.EnvBuilder(symlinks=True).create(folder)
    python = folder / "bin" / "python"
    packages = Path(sysconfig.get_path("purelib"))
    paths = (copy / "shim", copy / "generated", packages)
    own_packages = folder / "lib" / f"python{sys.version_info.major}.{sys.version_info.minor}" / "site-packages"
    (own_packages / "copy.pth").write_text("".join(f"{path}\n" for path in paths), "utf-8")
    for script in (Path(sys.prefix) / "bin").iterdir():
        content = script.read_bytes()
        shebang = f"#!{sys.executable}\n".encode()
        if content.startswith(shebang):
            target = folder / "bin" / script.name
            target.write_bytes(f"#!{python}\n".encode() + content.removeprefix(shebang))
            target.chmod(0o755)
    return python
