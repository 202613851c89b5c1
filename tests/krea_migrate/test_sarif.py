"""`check --format sarif`: places, levels, reasons and fixes for code scanning. Microsoft's multitool found no error in such a log."""

import io
import json
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import pytest

from krea_migrate import command_line, engine, explanations, sarif
from krea_migrate.command_line import Options

PROGRAM = """import requests

URL = "https://api.krea.ai/generate/image/z-image/z-image"


def generate():
    return requests.post(URL, json={"prompt": "café", "aspectRatio": "1:1", "resolution": "1K"})
"""


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def log_of(*paths: str) -> dict[str, Any]:
    out = io.StringIO()
    command_line.check(Options(paths, "sarif"), out, io.StringIO())
    log: dict[str, Any] = json.loads(out.getvalue())
    return log


def test_a_finding_has_its_rule_level_place_and_reason(project: Path) -> None:
    (project / "app.py").write_text(PROGRAM, "utf-8")
    log = log_of("app.py")
    [run] = log["runs"]
    [result] = run["results"]
    assert log["version"] == "2.1.0"
    assert (result["ruleId"], result["level"]) == ("KREA101", "error")
    assert result["message"]["text"].startswith("aspectRatio is now aspect_ratio: ")
    location = result["locations"][0]["physicalLocation"]
    assert location["artifactLocation"]["uri"] == "app.py"
    line = PROGRAM.splitlines()[6]
    start = line.index('"aspectRatio"') + 1
    region = location["region"]
    assert (region["startLine"], region["endLine"]) == (7, 7)
    assert line[region["startColumn"] - 1 : region["endColumn"] - 1].strip('"') == "aspectRatio"
    assert region["startColumn"] in (start, start + 1)
    assert run["columnKind"] == "unicodeCodePoints"


def test_no_finding_is_a_log_without_results(project: Path) -> None:
    (project / "app.py").write_text("print('hello')\n")
    [run] = log_of("app.py")["runs"]
    assert run["results"] == []
    assert run["invocations"] == [{"executionSuccessful": True, "toolExecutionNotifications": []}]


def test_a_path_that_cannot_be_read_is_a_notification(project: Path) -> None:
    (project / "app.py").write_text(PROGRAM, "utf-8")
    [run] = log_of("app.py", "absent.py")["runs"]
    [invocation] = run["invocations"]
    assert not invocation["executionSuccessful"]
    [notification] = invocation["toolExecutionNotifications"]
    assert notification["message"]["text"].startswith("absent.py: ")
    assert len(run["results"]) == 1


def test_a_finding_that_only_moves_keeps_its_fingerprint(project: Path) -> None:
    (project / "app.py").write_text(PROGRAM, "utf-8")
    before = log_of("app.py")["runs"][0]["results"][0]
    (project / "app.py").write_text("# a comment\n\n" + PROGRAM, "utf-8")
    after = log_of("app.py")["runs"][0]["results"][0]
    assert after["locations"] != before["locations"]
    assert after["partialFingerprints"] == before["partialFingerprints"]


def test_paths_are_uris(project: Path) -> None:
    folder = project / "two words"
    folder.mkdir()
    (folder / "app.py").write_text(PROGRAM, "utf-8")
    [relative] = log_of("two words")["runs"][0]["results"]
    [absolute] = log_of(str(folder))["runs"][0]["results"]
    uris = [result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] for result in (relative, absolute)]
    assert uris == ["two%20words/app.py", (folder / "app.py").as_uri()]


def test_every_rule_of_a_result_is_described(project: Path) -> None:
    (project / "app.py").write_text(PROGRAM, "utf-8")
    (project / "body.json").write_text('{"model": "z-image/z-image", "aspectRatio": "1:1"}')
    [run] = log_of(".")["runs"]
    described = {rule["id"] for rule in run["tool"]["driver"]["rules"]}
    assert {result["ruleId"] for result in run["results"]} <= described
    assert all(explained.title and explained.text for explained in explanations.all_codes().values())


CALLS = """import requests

x = "ü"; requests.post("https://api.krea.ai/generate/image/z-image/z-image", json={"aspectRatio": x})
"""


def test_a_fix_gives_what_migrate_writes(project: Path) -> None:
    (project / "a ü.py").write_text(CALLS, "utf-8")
    [run] = log_of(".")["runs"]
    report = engine.check(["."])
    assert [result["level"] for result in run["results"]] == [
        sarif.LEVELS[finding.certainty] for finding in report.findings
    ]
    [change] = next(result["fixes"][0]["artifactChanges"] for result in run["results"] if "fixes" in result)
    [replacement] = change["replacements"]
    assert unquote(change["artifactLocation"]["uri"]) == "a ü.py"
    region, lines = replacement["deletedRegion"], CALLS.splitlines(keepends=True)
    line = lines[region["startLine"] - 1]
    new = replacement["insertedContent"]["text"]
    lines[region["startLine"] - 1] = line[: region["startColumn"] - 1] + new + line[region["endColumn"] - 1 :]
    assert "".join(lines) == engine.migrated(report)["a ü.py"].text.decode()


def test_every_rule_is_explained_where_it_is_listed(project: Path) -> None:
    (project / "a.py").write_text(CALLS, "utf-8")
    (project / "c.kt").write_text('post("https://api.krea.ai/generate/image/z-image/z-image", "aspectRatio")\n')
    [run] = log_of(".")["runs"]
    rules = run["tool"]["driver"]["rules"]
    assert [rules[result["ruleIndex"]]["id"] for result in run["results"]] == [
        result_row["ruleId"] for result_row in run["results"]
    ]
    assert all(rule["shortDescription"]["text"] and rule["help"]["text"] for rule in rules)
