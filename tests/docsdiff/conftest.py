"""A specification of two lamps, and pages about one of them in the forms that documentation has."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from docsdiff import origins
from docsdiff.ours import Ours
from krea_client.cli.difference.comparing import Verdict, verdicts
from krea_client.cli.difference.known import undecided

HERE = Path(__file__).parent
Edit = tuple[str, str]
Found = list[tuple[str, str, str]]
Judge = Callable[..., list[Verdict]]


@pytest.fixture(scope="session")
def ours() -> Ours:
    return Ours(HERE / "spec")


@pytest.fixture(scope="session")
def page() -> Callable[..., str]:
    """A page by its name with one text put in place of another, which must stand there once."""

    def edited(name: str, *edits: Edit) -> str:
        text = (HERE / "pages" / name).read_text("utf-8")
        for old, new in edits:
            assert text.count(old) == 1, f"{old!r} stands {text.count(old)} times in {name}"
            text = text.replace(old, new)
        return text

    return edited


@pytest.fixture(scope="session")
def judged(ours: Ours) -> Judge:
    """The verdicts on a text, without what is decided."""

    def judge(text: str, by: Ours = ours) -> list[Verdict]:
        origin = origins.understood("page", text, by.aliases)
        return undecided(verdicts(origin.statements, by.statements, whole=origin.whole), origin.kind, by.known)

    return judge


@pytest.fixture(scope="session")
def found(judged: Judge) -> Callable[..., Found]:
    """Everything that differs, as kind, field and what the text says."""

    def differences(text: str, *by: Ours) -> Found:
        return [(it.kind, it.about, it.says) for verdict in judged(text, *by) for it in verdict.differences]

    return differences


@pytest.fixture
def lamps(page: Callable[..., str]) -> dict[str, Any]:
    """A whole OpenAPI document about both lamps, everything inlined, without any of our extensions."""
    import yaml

    block = page("lantern.md").split("````")[1].partition("\n")[2].replace("- 16:9", "- '16:9'")
    document: dict[str, Any] = yaml.safe_load(block)
    lantern = document["paths"]["/generate/image/acme/lantern"]["post"]
    torch = json.loads(json.dumps(lantern)) | {"parameters": []}
    torch["requestBody"]["content"]["application/json"]["schema"] = {
        "type": "object",
        "properties": {"mode": {"type": "string", "enum": ["dim", "bright"]}, "sound": {"type": "boolean"}},
    }
    document["paths"]["/generate/image/acme/torch"] = {"post": torch}
    return document
