"""docs/getting-started.md on types: mypy accepts the typed example, and reports the mistake as shown."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from .pages import FENCE, ROOT, blocks

PAGE = ROOT / "docs" / "getting-started.md"
[TYPED] = [block.text for block in blocks(PAGE, "python") if block.text.startswith("# typed.py\n")]


def mypy(program: str, folder: Path, cache: Path) -> str:
    (folder / "typed.py").write_text(program, "utf-8")
    command = [sys.executable, "-m", "mypy", "--strict", "--config-file=", f"--cache-dir={cache}", "typed.py"]
    paths = {**os.environ, "MYPYPATH": f"{ROOT / 'shim'}{os.pathsep}{ROOT / 'generated'}"}
    return subprocess.run(command, cwd=folder, env=paths, capture_output=True, text=True, check=False).stdout


def test_mypy_reports_what_is_shown(tmp_path: Path, pytestconfig: pytest.Config) -> None:
    cache = pytestconfig.cache.mkdir("mypy")  # three seconds for the first run, a fifth of one for those after it
    page = PAGE.read_text("utf-8")
    message = FENCE.search(page, page.index("<!-- mypy typed.py -->"))
    assert "Success" in mypy(TYPED, tmp_path, cache)
    assert message
    assert mypy(TYPED.replace("16:9", "16:10"), tmp_path, cache).splitlines()[0] == message["text"].strip()
