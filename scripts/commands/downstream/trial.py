"""Runs a generator on the document and judges every word that it says."""

from __future__ import annotations

import json
import re
import shlex
import subprocess
import time
from dataclasses import dataclass
from pathlib import Path

from .tools import Tool
from .workplace import DOCUMENT, fresh_folder, surroundings

_ALARMING = re.compile(r"\b(warn|warnings?|errors?|fail(s|ed|ures?)?|deprecated|invalid|traceback)\b", re.IGNORECASE)
# Log lines that name files, and the good news.
_HARMLESS = re.compile(r"^\[main\] INFO |^Success: no issues found")
_OPTIONS = {
    "strict": True,
    "noEmit": True,
    "target": "es2022",
    "module": "esnext",
    "moduleResolution": "bundler",
    "allowImportingTsExtensions": True,
    "lib": ["es2023", "dom", "dom.iterable"],
    "types": ["node"],
}


@dataclass(frozen=True)
class Outcome:
    """How a tool fared: what it complained of, what it made, and for how long it ran, in seconds."""

    tool: Tool
    complaints: tuple[str, ...]
    files: int
    lines: int
    seconds: float
    expected: int


def tried(tool: Tool, document: Path = DOCUMENT, folder: Path | None = None) -> Outcome:
    """Runs all commands of a tool, the first failure last, and tsc where TypeScript was made."""
    folder = folder or fresh_folder(re.sub(r"[^a-z]+", "-", tool.name.lower()).strip("-"))
    began = time.monotonic()
    complaints: list[str] = []
    alarms: list[str] = []
    for command in (*tool.commands, *(("tsc --project tsconfig.json",) if tool.tsc else ())):
        if command.startswith("tsc"):
            write_tsconfig(folder, tool.made)
        code, output = _run(command.format(document=shlex.quote(str(document))), folder)
        alarming = [line for line in output.splitlines() if _ALARMING.search(line) and not _HARMLESS.search(line)]
        alarms += alarming
        if code:
            complaints += [f"`{command}` ended with {code}:", *output.strip().splitlines()[-12:]]
            break
        complaints += [line for line in alarming if not is_expected(tool, line)]
    else:  # an explanation of what nobody says any more would hide the next one
        spoken = "\n".join(alarms)
        complaints += [f"never said, remove it: {words}" for words, _ in tool.expected if words not in spoken]
    files = sorted(folder.glob(tool.made)) if tool.made else []
    lines = sum(path.read_text("utf-8").count("\n") for path in files)
    if tool.made and not lines:
        complaints.append(f"nothing was made: no {tool.made}")
    return Outcome(
        tool,
        tuple(complaints),
        len(files),
        lines,
        time.monotonic() - began,
        sum(is_expected(tool, alarm) for alarm in alarms),
    )


def is_expected(tool: Tool, line: str) -> bool:
    """True for words that tools.py explains."""
    return any(words in line for words, _ in tool.expected)


def write_tsconfig(folder: Path, include: str) -> None:
    """Settings for tsc: strict, and nothing skipped of what was made."""
    (folder / "tsconfig.json").write_text(json.dumps({"compilerOptions": _OPTIONS, "include": [include]}), "utf-8")


def _run(command: str, folder: Path) -> tuple[int, str]:
    try:
        completed = subprocess.run(
            shlex.split(command),
            cwd=folder,
            env=surroundings(),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            check=False,
        )
    except OSError as missing:
        return 127, str(missing)
    return completed.returncode, completed.stdout
