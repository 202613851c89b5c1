"""`krea-client batch` on the command line: what it prints, and the budget that holds."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from krea_client.cli import commands

BODY = {"prompt": "a fox", "aspect_ratio": "1:1", "resolution": "1K"}


@pytest.fixture
def requests_file(tmp_path: Path) -> Callable[[int], str]:
    """Return a function that writes a file of so many requests, of 0.003 USD each."""

    def write(count: int) -> str:
        lines = [{"custom_id": f"fox-{number}", "model": "z-image/z-image", "body": BODY} for number in range(count)]
        (tmp_path / "foxes.jsonl").write_text("".join(f"{json.dumps(line)}\n" for line in lines))
        return str(tmp_path / "foxes.jsonl")

    return write


@pytest.mark.parametrize(
    ("count", "words"), [(1, "0.01 USD at most"), (4, "0.02 USD at most"), (10, "0.03 USD at most")]
)
def test_what_a_plan_costs_at_most_is_rounded_up(
    requests_file: Callable[[int], str], capsys: pytest.CaptureFixture[str], count: int, words: str
) -> None:
    assert commands.run(["batch", "plan", requests_file(count)]) == 0
    assert capsys.readouterr().out.count(words) == 2


@pytest.mark.parametrize("source", ["option", "profile"])
def test_a_budget_stops_the_run(
    requests_file: Callable[[int], str],
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    source: str,
) -> None:
    arguments = ["batch", "run", requests_file(3), "-o", str(tmp_path / "out"), "--sandbox", "--json"]
    if source == "option":
        arguments += ["--budget", "0.007"]
    else:
        monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
        (tmp_path / "krea-client").mkdir()
        (tmp_path / "krea-client" / "config.toml").write_text('profile = "p"\n[profiles.p]\nbudget = 0.007\n')
    assert commands.run(arguments) == 4
    outcome = capsys.readouterr()
    assert json.loads(outcome.out)["states"]["saved"] == 2
    assert "budget of 0.007 USD" in outcome.err
