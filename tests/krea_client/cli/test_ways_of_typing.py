"""What newcomers type works, and says how it was read; what cannot work says what to type instead."""

import json
from pathlib import Path
from typing import Any

import pytest

from krea_client.cli import clients, commands
from krea_client.sandbox import Sandbox

MODEL = "z-image/z-image"
BODY = {"prompt": "a fox", "aspect_ratio": "16:9", "resolution": "1K"}


@pytest.fixture(autouse=True)
def _on_the_sandbox(maker: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clients, "api_client", lambda *how, **more: maker(None, *how, **more))


def submitted(box: Sandbox) -> list[Any]:
    return [json.loads(request.body) for request in box.requests if request.method == "POST"]


@pytest.mark.parametrize(
    "arguments",
    [
        [MODEL, "a fox", "--aspect-ratio", "16:9", "--resolution", "1K"],
        [MODEL, "--aspect-ratio=16:9", "a fox", "-i", "resolution=1K"],
        ["z-image", "-p", "a fox", "--aspect_ratio", "16:9", "--resolution=1K"],
        [f"image/{MODEL}", "a fox", "--aspectRatio", "16:9", "--resolution", "1K"],  # the deprecated name
    ],
)
def test_a_prompt_alone_and_fields_as_options_are_understood_and_said(
    arguments: list[str], box: Sandbox, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("KREA_CLIENT_ALIASES", "silent")
    assert commands.run(["generate", *arguments, "--no-wait"]) == 0
    assert submitted(box) == [BODY]
    assert capsys.readouterr().err.startswith("krea-client: read as ")


def test_what_is_said_can_be_typed(box: Sandbox, capsys: pytest.CaptureFixture[str]) -> None:
    import shlex

    assert (
        commands.run(["generate", MODEL, "it's a fox", "--aspect-ratio", "16:9", "--resolution", "1K", "--no-wait"])
        == 0
    )
    stderr = capsys.readouterr().err.removeprefix("krea-client: read as ")
    assert commands.run(["generate", MODEL, *shlex.split(stderr), "--no-wait"]) == 0
    assert capsys.readouterr().err == ""
    first, second = submitted(box)
    assert first == second == {**BODY, "prompt": "it's a fox"}


def test_a_field_that_is_true_or_false_needs_no_value(capsys: pytest.CaptureFixture[str]) -> None:
    assert (
        commands.run(
            [
                "generate",
                MODEL,
                "--skip-prompt-expansion",
                "a fox",
                "--aspect-ratio=1:1",
                "--resolution=1K",
                "--dry-run",
            ]
        )
        == 0
    )
    body = json.loads(capsys.readouterr().out)
    assert (body["prompt"], body["skip_prompt_expansion"]) == ("a fox", True)


@pytest.mark.parametrize(
    ("arguments", "advice"),
    [
        (["a", "fox"], "put the prompt in quotes: -p 'a fox'"),
        (["a fox", "-p", "a dog"], "there are two prompts: 'a dog' and 'a fox'"),
        (["a fox", "--aspect-ratoi", "16:9"], "did you mean -i aspect_ratio=VALUE?"),
        (["a fox", "--overwite"], "did you mean --overwrite?"),
        (["a fox", "--colour", "red"], f"fields: krea-client models show {MODEL}"),
        (["a fox", "--aspect-ratio"], "--aspect-ratio needs a value: write -i aspect_ratio=VALUE"),
        (["a fox", "-z"], "no such option: -z"),
    ],
)
def test_what_cannot_be_understood_says_what_to_type(
    arguments: list[str], advice: str, box: Sandbox, capsys: pytest.CaptureFixture[str]
) -> None:
    assert commands.run(["generate", MODEL, *arguments]) == 2
    assert advice in capsys.readouterr().err
    assert box.requests == []


def test_the_last_part_of_an_id_is_enough_where_one_model_has_it(capsys: pytest.CaptureFixture[str]) -> None:
    assert commands.run(["price", "gpt-image-2"]) == 0
    assert capsys.readouterr().out.startswith("openai/gpt-image-2: ")
    assert commands.run(["price", "no-such-model"]) == 2
    assert "models list" in capsys.readouterr().err


def test_a_result_goes_to_standard_output(
    tmp_path: Path, capfdbinary: pytest.CaptureFixture[bytes], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert (
        commands.run(["generate", MODEL, "-p", "a fox", "-i", "aspect_ratio=1:1", "-i", "resolution=1K", "-o", "-"])
        == 0
    )
    assert capfdbinary.readouterr().out.startswith(b"\x89PNG\r\n\x1a\n")
    assert list(tmp_path.iterdir()) == []


def test_several_results_do_not_fit_into_standard_output_and_are_named(
    box: Sandbox, capsys: pytest.CaptureFixture[str]
) -> None:
    assert commands.run(["generate", "meshy/meshy-7", "-p", "a knight", "-o", "-"]) == 1
    out, err = capsys.readouterr()
    assert out == ""
    assert "standard output takes one result, and there are 2" in err
    assert box.jobs[0]["job_id"] in err
    assert all(row["url"] in err for row in box.jobs[0]["result"]["urls"])


def test_standard_output_does_not_take_a_result_and_json(box: Sandbox, capsys: pytest.CaptureFixture[str]) -> None:
    assert commands.run(["generate", MODEL, "-p", "a fox", "-o", "-", "--json"]) == 2
    assert "not both" in capsys.readouterr().err
    assert box.requests == []


@pytest.mark.parametrize(
    "arguments",
    [
        ["jobs", "list"],
        ["usage", "2020-01-01", "2999-01-01"],
        ["styles", "list"],
        ["node-apps", "show", "sandbox-postcard-1"],
        ["node-apps", "run", "sandbox-postcard-1", "-i", "prompt=a card"],
        ["upload", "in.png"],
    ],
)
def test_commands_that_ask_the_api_can_be_practised(
    arguments: list[str],
    tmp_path: Path,
    box: Sandbox,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("KREA_BASE_URL", "http://127.0.0.1:9")  # nobody answers there
    Path("in.png").write_bytes(b"\x89PNG\r\n\x1a\n" + b"\0" * 40)
    assert commands.run([*arguments, "--sandbox"]) == 0
    out, err = capsys.readouterr()
    assert out.strip()
    assert "a sandbox in this program answers, not Krea" in err
    assert box.requests == []


def test_the_practice_account_is_the_same_each_time(capsys: pytest.CaptureFixture[str]) -> None:
    assert commands.run(["jobs", "list", "--sandbox", "--json"]) == 0
    jobs = json.loads(capsys.readouterr().out)
    assert {job["status"] for job in jobs} >= {"completed", "failed", "queued"}
    [model] = [
        job
        for job in jobs
        if isinstance((job["result"] or {}).get("urls"), list) and isinstance(job["result"]["urls"][0], dict)
    ]
    assert commands.run(["jobs", "show", model["job_id"], "--sandbox"]) == 0
    assert capsys.readouterr().out.startswith("completed\n")
    assert commands.run(["export", model["job_id"], "obj", "--sandbox"]) == 0
    assert capsys.readouterr().out.strip().endswith("obj.zip")


def test_generate_practises_whatever_the_address_in_the_environment(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("KREA_BASE_URL", "http://127.0.0.1:9")
    assert (
        commands.run(
            [
                "generate",
                MODEL,
                "-p",
                "a fox",
                "-i",
                "aspect_ratio=1:1",
                "-i",
                "resolution=1K",
                "--no-wait",
                "--sandbox",
            ]
        )
        == 0
    )
    assert len(capsys.readouterr().out.strip()) == 36
