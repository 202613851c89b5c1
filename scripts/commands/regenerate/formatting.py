"""Makes generated code look the same everywhere, and proves that Python takes it without a warning."""

from __future__ import annotations

import subprocess
import sys
import warnings
from pathlib import Path

from .problems import GenerationFailed

BANNER = "# Made by scripts/regenerate from spec/. Edits are lost at the next run.\n"
# F401 unused imports, I import order, UP current syntax, RUF100 noqa without use. Named one by one, since ruff's own
# default set grows with its versions; --isolated, since the settings of a surrounding project would change the bytes.
_SELECT = "F401,I,UP,RUF100"
_STYLE = ("--isolated", "--no-cache", "--quiet", "--line-length", "120", "--target-version", "py311")


def finish(package: Path) -> None:
    """Format every module, put the banner on top and compile it. Raises GenerationFailed with what they said."""
    _ruff(package, "check", "--fix", "--select", _SELECT, *_STYLE)
    _ruff(package, "format", *_STYLE)
    problems = []
    for path in sorted(package.rglob("*.py")):
        text = BANNER + path.read_text("utf-8")
        path.write_text(text, "utf-8")
        try:
            with warnings.catch_warnings():
                warnings.simplefilter("error")
                compile(text, str(path), "exec", dont_inherit=True)
        except (SyntaxError, Warning) as error:
            problems.append(f"generated/{path.relative_to(package.parent).as_posix()}: does not compile: {error}")
    if problems:
        raise GenerationFailed(problems)


def _ruff(package: Path, *arguments: str) -> None:
    completed = subprocess.run(
        [sys.executable, "-P", "-m", "ruff", *arguments, "."], cwd=package, capture_output=True, text=True, check=False
    )
    if completed.returncode:
        raise GenerationFailed(
            [f"ruff {arguments[0]} on the generated code:\n{completed.stdout}{completed.stderr}".rstrip()]
        )
