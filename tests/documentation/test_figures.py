"""Counts of the specification that pages and comments mention are those of the specification."""

import json
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
CLAIM = re.compile(
    r"(?<![\w.,-])(?P<count>\d[\d,]*)\s+(?:documented |different |generated |platform )?(?P<what>models|operations|vendors)\b"
)
# dated figures of a run
MEASURED = re.compile(r"<!-- scripts/[\w -]+: begin -->.*?<!-- scripts/[\w -]+: end -->", re.DOTALL)
FEWEST = 100  # smaller counts are those of an example
INDEX = json.loads((ROOT / "generated" / "krea_api" / "operations" / "index.json").read_text("utf-8"))
PATHS = [entry["path"] for entry in INDEX["operations"].values()]
MODELS = [path for path in PATHS if path.startswith("/generate/")]
COUNTS = {"models": len(MODELS), "operations": len(PATHS), "vendors": len({path.split("/")[3] for path in MODELS})}


def wrong_counts(text: str) -> list[str]:
    claims = CLAIM.finditer(MEASURED.sub("", text))
    numbers = ((claim[0], int(claim["count"].replace(",", "")), claim["what"]) for claim in claims)
    return [claim for claim, count, unit in numbers if count >= FEWEST and count != COUNTS[unit]]


def test_a_wrong_count_is_seen() -> None:
    right, wrong = COUNTS["models"], COUNTS["models"] + 1
    assert wrong_counts(f"all {wrong} documented models, all {right} models") == [f"{wrong} documented models"]
    assert (
        wrong_counts(f"<!-- scripts/x --write: begin -->{wrong} models<!-- scripts/x --write: end --> 2 models") == []
    )


@pytest.mark.parametrize("folder", ["docs", "spec", "shim", "scripts", "tests"])
def test_counts_are_those_of_the_specification(folder: str) -> None:
    files = [path for path in (ROOT / folder).rglob("*") if path.suffix in (".md", ".py")]
    assert [
        f"{path.relative_to(ROOT)}: {claim}" for path in files for claim in wrong_counts(path.read_text("utf-8"))
    ] == []


@pytest.mark.parametrize("name", ["README.md", "CHANGELOG.md", "SECURITY.md", "pyproject.toml"])
def test_counts_at_the_top_are_those_of_the_specification(name: str) -> None:
    assert wrong_counts((ROOT / name).read_text("utf-8")) == []
