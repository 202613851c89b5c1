"""docs/migration.md: every before becomes its after, every message is the one that comes, every rule has its section."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from krea_client.migrate import engine, output
from krea_client.migrate.rules import RULES, payload_files

PAGE = (Path(__file__).resolve().parents[2] / "docs" / "migration.md").read_text("utf-8")
ENDINGS = {"python": "py", "js": "js", "ts": "ts", "sh": "sh", "json": "json", "yaml": "yaml", "markdown": "md"}
BLOCK = r"```(?P<{0}>\w+)\n(?P<{1}>(?:(?!```).)*)```"
PAIR = re.compile(
    BLOCK.format("kind", "source") + r"\n\n(?P<verb>becomes|shows)\n\n" + BLOCK.format("_", "result"), re.DOTALL
)
EXAMPLES = list(PAIR.finditer(PAGE))


def looked_at(kind: str, source: str) -> engine.Report:
    report = engine.Report()
    engine.analyse({f"main.{ENDINGS[kind]}": source.encode()}, report, engine.Settings())
    return report


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda found: f"line {PAGE[: found.start()].count(chr(10)) + 1}")
def test_an_example_is_true(example: re.Match[str]) -> None:
    report = looked_at(example["kind"], example["source"])
    if example["verb"] == "shows":
        assert "\n".join(output.text(report)) == example["result"].rstrip("\n")
        assert engine.migrated(report, "unsure") == {}
        return
    (new,) = engine.migrated(report).values()
    assert new.text.decode() == example["result"]
    assert looked_at(example["kind"], example["result"]).findings == []


def test_every_rule_has_its_section_with_an_example() -> None:
    sections = dict(zip(*[iter(re.split(r"^### (.+)\n", PAGE, flags=re.MULTILINE)[1:])] * 2, strict=True))
    assert sorted(sections) == sorted(f"{rule.CODE}: {rule.TITLE}" for rule in (*RULES, payload_files))
    assert [name for name, text in sections.items() if not PAIR.search(text)] == []


def test_the_mapped_input_of_the_page_is_clean() -> None:
    (source,) = re.findall(r"```python\n(import requests\nfrom krea_client.*?)```", PAGE, re.DOTALL)
    assert looked_at("python", source).findings == []
