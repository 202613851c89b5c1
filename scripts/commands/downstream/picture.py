"""The TypeScript of docs/downstream.md, run: a client that a generator made gets a picture from the sandbox."""

from __future__ import annotations

import re
import shutil
import subprocess
import time
from collections.abc import Iterable, Iterator
from pathlib import Path

from downstream.generator_report import PAGE
from krea_client.sandbox import Sandbox, running

from .tools import Tool
from .trial import Outcome, write_tsconfig
from .workplace import DOCUMENT, fresh_folder, surroundings

PICTURE = "a picture by the generated client"
_TOOL = Tool(PICTURE, "@hey-api/openapi-ts", "node", (), "tsc --strict, run against the sandbox", "*.ts")
_BLOCK = re.compile(r"^```ts\n// ([\w.-]+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)


def programs(page: Path = PAGE) -> dict[str, str]:
    """Return the TypeScript programs of a page by file name, which stands in their first line."""
    return dict(_BLOCK.findall(page.read_text("utf-8")))


def picture_made(folder: Path | None = None, *, typed: bool = True) -> Outcome:
    """Generate the client as the page says, type-check the page's program, and run it until the file is there."""
    folder, began = folder or fresh_folder("picture"), time.monotonic()
    commands = ("openapi-ts", *(("tsc --project tsconfig.json",) if typed else ()), "node picture.ts")
    complaints = tuple(_story(folder, commands))
    lines = sum(path.read_text("utf-8").count("\n") for path in folder.glob("*.ts"))
    return Outcome(_TOOL, complaints, len(programs()), lines, time.monotonic() - began, 0)


def _story(folder: Path, commands: Iterable[str]) -> Iterator[str]:
    """Yield what went wrong, step by step; nothing when all is well."""
    for name, text in programs().items():
        (folder / name).write_text(text, "utf-8")
    shutil.copy(DOCUMENT, folder)
    write_tsconfig(folder, "*.ts")
    # Jobs that take a minute are done before the program looks for the first time.
    with running(Sandbox(time_scale=100, date="2026-11-20")) as url:
        environment = {**surroundings(), "KREA_BASE_URL": url, "KREA_API_TOKEN": "a-token"}
        for command in commands:
            completed = subprocess.run(
                command.split(),
                cwd=folder,
                env=environment,
                stdin=subprocess.DEVNULL,
                capture_output=True,
                text=True,
                check=False,
            )
            if completed.returncode:
                yield f"`{command}` ended with {completed.returncode}:"
                yield from (completed.stdout + completed.stderr).strip().splitlines()[-12:]
                return
    picture = folder / "cathedral.png"
    if not picture.is_file() or not picture.read_bytes().startswith(b"\x89PNG\r\n\x1a\n"):
        yield f"node picture.ts left no PNG, and said: {completed.stdout}"
