"""docs/getting-started.md on types: mypy accepts the typed example, and reports the mistake as shown."""

import os
import subprocess
import sys
from pathlib import Path

from .pages import FENCE, ROOT, blocks

PAGE = ROOT / "docs" / "getting-started.md"
[TYPED] = [block.text for block in blocks(PAGE, "python") if block.text.startswith("# typed.py\n")]


def mypy(program: str, folder: Path) -> str:
    """Check a program as strictly as the project checks itself, so that scripts/check has filled the cache already."""
    (folder / "typed.py").write_text(program, "utf-8")
    command = [sys.executable, "-m", "mypy", str(folder / "typed.py")]
    completed = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    return completed.stdout.replace(f"{folder}{os.sep}", "")


def test_mypy_reports_what_is_shown(tmp_path: Path) -> None:
    page = PAGE.read_text("utf-8")
    message = FENCE.search(page, page.index("<!-- mypy typed.py -->"))
    assert "Success" in mypy(TYPED, tmp_path)
    assert message
    assert mypy(TYPED.replace("16:9", "16:10"), tmp_path).splitlines()[0] == message["text"].strip()
