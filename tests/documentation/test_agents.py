"""docs/agents.md: the server has the tools of the table; the skill's code runs, and its field names are those of the specification."""

import asyncio
import re
from pathlib import Path
from typing import Any

import pytest
from mcp.client import Client

from krea_client import AsyncKrea, Krea
from krea_client.models import Models
from krea_client.sandbox import Sandbox
from krea_client.tool_server import LONGEST_WAIT, server

from .pages import ROOT

PAGE = ROOT / "docs" / "agents.md"
SKILL = ROOT / "docs" / "examples" / "skill" / "SKILL.md"


def test_the_table_has_every_tool(tmp_path: Path) -> None:
    box = Sandbox(time_scale=0)

    async def names() -> set[str]:
        async with Client(server(lambda: AsyncKrea("token", transport=box.transport()), tmp_path)) as client:
            return {tool.name for tool in (await client.list_tools()).tools}

    text = PAGE.read_text("utf-8")
    assert set(re.findall(r"^\| `(\w+)` \|", text, re.MULTILINE)) == asyncio.run(names())
    assert f"waits up to {LONGEST_WAIT:g} seconds" in text


def test_the_code_of_the_skill_runs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    box = Sandbox(time_scale=0)

    class Practising(Krea):
        def __init__(self, **options: Any) -> None:
            super().__init__("token", transport=box.transport(), clock=box.clock, **options)

    (code,) = re.findall(r"^```python\n(.*?)^```$", SKILL.read_text("utf-8"), re.MULTILINE | re.DOTALL)
    monkeypatch.chdir(tmp_path)
    # our own page
    exec(compile(code.replace("from krea_client import Krea", ""), str(SKILL), "exec"), {"Krea": Practising})
    assert (tmp_path / "lighthouse.png").read_bytes().startswith(b"\x89PNG")


def test_the_names_of_the_skill_are_current() -> None:
    (sentence,) = re.findall(r"snake_case: (.*?)\. The", SKILL.read_text("utf-8"), re.DOTALL)
    names = set(re.findall(r"`(\w+)`", sentence))
    known_fields = {field.name for model in Models() for field in model.fields}
    assert names
    assert names <= known_fields
