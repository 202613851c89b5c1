"""`krea-client batch` on the command line: what it prints, and the budget that holds."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from krea_client.cli import commands
from krea_client.sandbox import Sandbox, running

from ...ports import free_port

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


def test_a_run_takes_webhooks(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    box, port = Sandbox(concurrent=8), free_port()
    rows = [{"model": "openai/gpt-image-2", "prompt": "x [sandbox:seconds=0.3]", "width": 16, "height": 16}] * 4
    (tmp_path / "rows.jsonl").write_text("".join(f"{json.dumps(row)}\n" for row in rows))
    arguments = ["batch", "run", str(tmp_path / "rows.jsonl"), "-o", str(tmp_path / "out")]
    with running(box) as url:
        monkeypatch.setenv("KREA_BASE_URL", url)
        monkeypatch.setenv("KREA_API_TOKEN", "t")
        webhook = ["--webhook", f"http://127.0.0.1:{port}/krea", "--webhook-listen", f"127.0.0.1:{port}"]
        assert commands.run([*arguments, *webhook]) == 0
    assert box.totals.completed == 4
    assert sum(request.method == "GET" and request.path.startswith("/jobs") for request in box.requests) <= 1 + 4


@pytest.mark.parametrize(
    ("option", "text"),
    [
        (["--webhook", "example.com/krea"], "give an address without a query, such as https://example.com/krea"),
        (["--webhook", "https://example.com", "--webhook-listen", "8080x"], "not HOST:PORT; give a free port"),
    ],
)
def test_a_webhook_that_cannot_be_received_is_refused(
    tmp_path: Path,
    requests_file: Callable[[int], str],
    capsys: pytest.CaptureFixture[str],
    option: list[str],
    text: str,
) -> None:
    arguments = ["batch", "run", requests_file(1), "-o", str(tmp_path / "out"), "--sandbox"]
    assert commands.run([*arguments, *option]) == 2
    assert text in capsys.readouterr().err
    assert not (tmp_path / "out").exists()
