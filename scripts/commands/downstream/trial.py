"""Runs a generator on the document and judges every word that it says."""

from __future__ import annotations

import json
import re
import shlex
import subprocess
import time
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType

from krea_client.cli.openapi_30 import as_openapi_30

from . import sandbox_calls
from .tools import BUNDLED, MYPY, Tool
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
    """Run all commands of a tool, the first failure last, then the checks of what was made and its calls."""
    folder = folder or fresh_folder(re.sub(r"[^a-z0-9]+", "-", tool.name.lower()).strip("-"))
    began = time.monotonic()
    complaints: list[str] = []
    alarms: list[str] = []
    documents = _prepare(tool, document, folder)
    for command in (*tool.commands, *_checks(tool)):
        code, output = _run(command.format(**documents), folder)
        alarming = [line for line in output.splitlines() if _ALARMING.search(line) and not _HARMLESS.search(line)]
        alarms += alarming
        if code:
            complaints += [f"`{command}` ended with {code}:", *output.strip().splitlines()[-12:]]
            break
        complaints += [line for line in alarming if not is_expected(tool, line)]
    else:  # an explanation of what nobody says any more would hide the next one
        spoken = "\n".join(alarms)
        complaints += [f"never said, remove it: {words}" for words, _ in tool.expected if words not in spoken]
        if tool.run:
            complaints += sandbox_calls.sent(tool.run, lambda command, more: _run(command, folder, more), tool.sends)
    files = sorted(folder.glob(tool.made)) if tool.made else []
    lines = sum(path.read_text("utf-8").count("\n") for path in files)
    if tool.made and not lines:
        complaints.append(f"nothing was made: no {tool.made}")
    explained = sum(is_expected(tool, alarm) for alarm in alarms)
    return Outcome(tool, tuple(complaints), len(files), lines, time.monotonic() - began, explained)


def _prepare(tool: Tool, document: Path, folder: Path) -> dict[str, str]:
    """Write what the commands of a tool read, and return the documents by the names that commands have for them."""
    if tool.settings:
        name, text = tool.settings
        (folder / name).write_text(text.replace("{document}", str(document)), "utf-8")
    if tool.program:
        sandbox_calls.write_program(tool.program, folder)
    if tool.tsc:
        write_tsconfig(folder, tool.made, *(("calls.ts",) if tool.program else ()))
    documents = {"document": shlex.quote(str(document))}
    if any("{document30}" in command for command in tool.commands):
        documents["document30"] = shlex.quote(str(_as_30(document, folder)))
    return documents


def is_expected(tool: Tool, line: str) -> bool:
    """Return True for words that tools.py explains."""
    return any(words in line for words, _ in tool.expected)


def _as_30(document: Path, folder: Path) -> Path:
    """Return the document as OpenAPI 3.0, in a folder."""
    older = folder / "openapi-3.0.json"
    if not older.is_file():
        older.write_text(json.dumps(as_openapi_30(json.loads(document.read_text("utf-8")))), "utf-8")
    return older


def _checks(tool: Tool) -> tuple[str, ...]:
    """Return the commands that judge what was made, and its calls."""
    typescript = ("tsc --project tsconfig.json", *((BUNDLED,) if tool.program else ())) if tool.tsc else ()
    python = (
        (f"env MYPYPATH=made {MYPY} --strict --follow-imports=silent calls.py",)
        if tool.program.endswith(".python")
        else ()
    )
    return (*typescript, *python)


def write_tsconfig(folder: Path, *include: str) -> None:
    """Write settings for tsc: strict, and nothing skipped of what was made."""
    (folder / "tsconfig.json").write_text(json.dumps({"compilerOptions": _OPTIONS, "include": list(include)}), "utf-8")


def _run(command: str, folder: Path, more: Mapping[str, str] = MappingProxyType({})) -> tuple[int, str]:
    try:
        completed = subprocess.run(
            shlex.split(command),
            cwd=folder,
            env={**surroundings(), **more},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            check=False,
        )
    except OSError as missing:
        return 127, str(missing)
    return completed.returncode, completed.stdout
