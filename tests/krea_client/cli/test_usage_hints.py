"""What a newcomer mistypes: each message ends with what to type."""

import pytest

from krea_client.cli import commands


@pytest.mark.parametrize(
    ("arguments", "advice"),
    [
        (["--sandbox", "generate", "z-image", "A cat"], "krea-client generate z-image 'A cat' --sandbox"),
        (["-i", "seed=1", "generate", "z-image"], "krea-client generate z-image -i seed=1"),
        (["--json", "jobs", "list"], "krea-client jobs list --json"),
        (["--nosuch", "generate", "z-image"], "krea-client --help"),
        (["generat", "z-image"], "krea-client generate"),
        (["model", "list"], "krea-client models"),
        (["job", "list"], "krea-client jobs"),
        (["list"], "krea-client jobs list"),
        (["show"], "krea-client models show"),
        (["wait"], "krea-client jobs wait"),
        (["save"], "krea-client jobs wait"),
        (["download"], "krea-client jobs wait"),
        (["status"], "krea-client jobs show"),
        (["jobs", "get", "abc"], "krea-client jobs show"),
        (["models", "search", "kling"], "krea-client models list"),
        (["models", "z-image"], "krea-client models show z-image"),
        (["jobs", "shwo"], "krea-client jobs show"),
        (["help"], "krea-client --help"),
        (["help", "generate"], "krea-client generate --help"),
        (["help", "jobs", "list"], "krea-client jobs list --help"),
        (["version"], "krea-client --version"),
        (["z-image", "A cat"], "krea-client generate z-image 'A cat'"),
        (["z-image/z-image"], "krea-client generate z-image/z-image"),
        (["cost", "z-image"], "krea-client price"),
        (["generate"], "krea-client models list"),
        (["models", "show"], "krea-client models list"),
        (["jobs", "show"], "krea-client jobs list"),
        (["jobs", "cancel"], "krea-client jobs list"),
        (["usage"], "2026-11-01"),
        (["mcp"], "--budget 2"),
        (["spec", "diff", "newer.json"], "--against openapi.json"),
        (["-v"], "krea-client --version"),
        (["generate", "A cat"], "krea-client generate MODEL 'A cat'"),
        (["generate", "-m", "z-image"], "krea-client generate z-image"),
        (["generate", "--model", "z-image", "-p", "fox"], "krea-client generate z-image -p fox"),
        (["price", "--model=z-image"], "krea-client price z-image"),
    ],
    ids=" ".join,
)
def test_the_message_says_what_to_type(arguments: list[str], advice: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert commands.run(arguments) == 2
    text = capsys.readouterr().err
    assert advice in text.replace("\n", " ")


@pytest.mark.parametrize(
    "arguments", [["nothing-like-it"], ["jobs", "qqqq"], ["generate", "z-image", "-o"]], ids=" ".join
)
def test_no_advice_is_made_up(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert commands.run(arguments) == 2
    assert "did you mean" not in capsys.readouterr().err


def test_models_are_listed_by_words(capsys: pytest.CaptureFixture[str]) -> None:
    assert commands.run(["models", "list", "kling", "sound"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[1:]
    assert all("kling" in line for line in lines[1:])
    assert commands.run(["models", "list", "nosuchword"]) == 2
    assert "no model has all of these words: nosuchword" in capsys.readouterr().err
