"""`price`, `generate --dry-run` and `--budget`: what a request would be and cost, told before anything is sent."""

import json
from pathlib import Path
from typing import Any

import pytest

from krea_client.cli import clients, commands
from krea_client.sandbox import Sandbox

from ... import facts

Z_IMAGE = ["z-image/z-image", "-p", "a fox", "-i", "aspect_ratio=1:1", "-i", "resolution=1K"]


@pytest.fixture(autouse=True)
def _on_the_sandbox(maker: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clients, "api_client", lambda *how, **more: maker(None, *how, **more))


def test_a_dry_run_prints_the_request_and_its_price_and_sends_nothing(
    box: Sandbox, capsys: pytest.CaptureFixture[str]
) -> None:
    assert commands.run(["generate", *Z_IMAGE, "--dry-run"]) == 0
    out, err = capsys.readouterr()
    assert json.loads(out) == {"prompt": "a fox", "aspect_ratio": "1:1", "resolution": "1K"}
    assert err == f"krea-client: {facts.price_line('z-image/z-image')}; nothing was sent\n"
    assert box.requests == []


def test_a_dry_run_as_json_is_one_value(capsys: pytest.CaptureFixture[str]) -> None:
    assert commands.run(["generate", *Z_IMAGE, "--dry-run", "--json"]) == 0
    document = json.loads(capsys.readouterr().out)
    assert (document["model"], document["path"]) == ("z-image/z-image", "/generate/image/z-image/z-image")
    assert document["body"]["prompt"] == "a fox"
    assert (document["price"]["amount"], document["price"]["currency"]) == (facts.price("z-image/z-image"), "USD")


def test_a_dry_run_finds_what_is_wrong_also_with_files(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    empty = tmp_path / "in.png"
    empty.write_bytes(b"")
    assert commands.run(["generate", *Z_IMAGE, "-i", "seed=x", "--dry-run"]) == 2
    assert "-i seed: 'x' is not a number" in capsys.readouterr().err
    assert commands.run(["generate", *Z_IMAGE, "-i", "denoising_strength=7", "--dry-run"]) == 2
    assert (
        f"denoising_strength is 7, must be at most {facts.bound('z-image/z-image', 'denoising_strength', 'maximum')}"
        in capsys.readouterr().err
    )
    assert commands.run(["generate", *Z_IMAGE, "-i", f"image_url={empty}", "--dry-run"]) == 2
    assert "in.png is empty" in capsys.readouterr().err


def test_a_dry_run_names_files_and_uploads_none(
    box: Sandbox, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    picture = tmp_path / "in.gif"
    picture.write_bytes(b"\x89PNG\r\n\x1a\n")
    assert commands.run(["generate", *Z_IMAGE, "-i", f"image_url=@{picture}", "--dry-run"]) == 0
    assert json.loads(capsys.readouterr().out)["image_url"] == "@in.gif"
    assert box.requests == []


def test_old_names_are_translated(
    old_body: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("KREA_CLIENT_ALIASES", "silent")
    assert commands.run(["generate", "z-image/z-image", "--json-body", str(old_body), "--dry-run"]) == 0
    assert "aspect_ratio" in json.loads(capsys.readouterr().out)


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["z-image/z-image"], facts.price_line("z-image/z-image")),
        (
            ["kling/kling-3.0", "-i", "duration=10", "-i", "mode=std", "-i", "generate_audio=false"],
            facts.price_line("kling/kling-3.0", duration=10),
        ),
        (["openai/gpt-image-2"], "openai/gpt-image-2: no price is published"),
    ],
)
def test_the_price_of_a_request_that_need_not_be_complete(
    arguments: list[str], message: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert commands.run(["price", *arguments]) == 0
    assert capsys.readouterr() == (f"{message}\n", "")


def test_what_the_price_depends_on_and_is_not_given_is_said(capsys: pytest.CaptureFixture[str]) -> None:
    seconds = facts.bound("kling/kling-3.0", "duration", "default")
    assert commands.run(["price", "kling/kling-3.0", "-i", "mode=std", "-i", "generate_audio=false"]) == 0
    price = facts.price_line("kling/kling-3.0", duration=seconds)
    assert capsys.readouterr().out == f"{price}; assumed duration {seconds}, the default\n"
    assert commands.run(["price", "kling/kling-3.0", "-i", "mode=std", "--json"]) == 0
    assumed = json.loads(capsys.readouterr().out)["assumed"]
    assert assumed == {
        "generate_audio": facts.bound("kling/kling-3.0", "generate_audio", "default"),
        "duration": seconds,
    }


def test_no_price_is_told_of_a_request_that_cannot_be(capsys: pytest.CaptureFixture[str]) -> None:
    assert commands.run(["price", "kling/kling-3.0", "-i", "duration=500", "-i", "generate_adio=true"]) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert (
        f"-i duration: duration is 500, must be at most {facts.bound('kling/kling-3.0', 'duration', 'maximum')}" in err
    )
    assert "-i generate_adio: generate_adio is not a field of this model: did you mean 'generate_audio'?" in err


def test_the_price_as_json(capsys: pytest.CaptureFixture[str]) -> None:
    assert commands.run(["price", "z-image/z-image", "--json"]) == 0
    document = json.loads(capsys.readouterr().out)
    assert (document["amount"], document["read"], document["least"]) == (
        facts.price("z-image/z-image"),
        facts.read_on("z-image/z-image"),
        None,
    )


@pytest.mark.parametrize(
    ("model", "why"), [("z-image/z-image", "the request costs"), ("openai/gpt-image-2", "no price")]
)
def test_what_costs_more_than_the_budget_is_not_sent(
    box: Sandbox, model: str, why: str, capsys: pytest.CaptureFixture[str]
) -> None:
    options = Z_IMAGE[1:] if model == Z_IMAGE[0] else ["-p", "a fox"]
    assert commands.run(["generate", model, *options, "--budget", str(facts.price("z-image/z-image") / 2)]) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert why in err
    assert box.requests == []


def test_what_the_budget_covers_is_made(box: Sandbox, capsys: pytest.CaptureFixture[str]) -> None:
    assert commands.run(["generate", *Z_IMAGE, "--budget", str(facts.price("z-image/z-image")), "--no-wait"]) == 0
    assert capsys.readouterr().out.strip() == box.jobs[0]["job_id"]
