"""`krea-client generate`: the result on standard output, everything else on standard error, and nothing paid for in vain."""

import contextlib
import json
import os
import pty
import re
import signal
import warnings
from datetime import datetime
from pathlib import Path
from typing import Any

import httpx
import pytest

from krea_client.cli import commands
from krea_client.cli.command_run import OutputOptions
from krea_client.cli.commands.generate import GenerateOptions, run_generate
from krea_client.cli.signals import EmergencyNotice
from krea_client.sandbox import Sandbox

MODEL = "z-image/z-image"
FIELDS = ("aspect_ratio=1:1", "resolution=1K")
# The suite makes errors of warnings; here they are what a user of the command sees.
pytestmark = pytest.mark.filterwarnings("default::krea_client.KreaDeprecationWarning")
PNG = b"\x89PNG"


def order(prompt: str | None = "a fox", **more: Any) -> GenerateOptions:
    return GenerateOptions(**{"model": MODEL, "prompt": prompt, "fields": FIELDS, **more})


def old(file: Path, **more: Any) -> GenerateOptions:
    return GenerateOptions(model=MODEL, json_body=str(file), **more)


def request_bodies(box: Sandbox) -> list[Any]:
    return [json.loads(request.body) for request in box.requests if request.method == "POST"]


def test_the_picture_is_saved_and_only_its_path_is_printed(
    box: Sandbox, maker: Any, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    target = tmp_path / "new folder" / "fox.png"
    assert run_generate(order(delivery=OutputOptions(str(target))), maker) == 0
    assert capsys.readouterr() == (f"{target}\n", "")
    assert target.read_bytes().startswith(PNG)
    assert request_bodies(box) == [{"prompt": "a fox", "aspect_ratio": "1:1", "resolution": "1K"}]


def test_a_folder_gets_a_file_named_by_the_job(
    box: Sandbox, maker: Any, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run_generate(order(delivery=OutputOptions(f"{tmp_path}/")), maker) == 0
    assert capsys.readouterr().out == f"{tmp_path / box.jobs[0]['job_id']}.png\n"


@pytest.mark.parametrize(
    ("model", "name"),
    [("kling/kling-3.0", "fox.png"), ("elevenlabs/tts", "fox.mp4"), ("meshy/meshy-7", "fox.jpg"), (MODEL, "fox.mp3")],
)
def test_a_file_of_another_kind_is_refused_before_anything_is_paid(
    box: Sandbox, maker: Any, tmp_path: Path, capsys: pytest.CaptureFixture[str], model: str, name: str
) -> None:
    assert (
        run_generate(GenerateOptions(model=model, prompt="a fox", delivery=OutputOptions(str(tmp_path / name))), maker)
        == 2
    )
    assert f"{name}: {model} makes " in capsys.readouterr().err
    assert box.requests == []


@pytest.mark.parametrize(
    ("model", "name", "saved"),
    [
        ("kling/kling-3.0", "fox", ["fox.mp4"]),
        ("kling/kling-3.0", "fox.mp4", ["fox.mp4"]),
        ("kling/kling-3.0", "fox.unheard-of", ["fox.unheard-of.mp4"]),
        ("elevenlabs/tts", "fox", ["fox.wav"]),
        ("meshy/meshy-7", "fox.glb", ["fox.glb", "fox-2.png"]),
    ],
)
def test_results_are_named_by_their_kind(
    maker: Any, tmp_path: Path, capsys: pytest.CaptureFixture[str], model: str, name: str, saved: list[str]
) -> None:
    assert (
        run_generate(GenerateOptions(model=model, prompt="a fox", delivery=OutputOptions(str(tmp_path / name))), maker)
        == 0
    )
    assert capsys.readouterr().out.split() == [str(tmp_path / file_name) for file_name in saved]


def test_without_an_output_the_addresses_are_printed(
    box: Sandbox, maker: Any, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run_generate(order(), maker) == 0
    assert capsys.readouterr().out.splitlines() == box.jobs[0]["result"]["urls"]


def test_json_is_the_job_with_the_files(
    box: Sandbox, maker: Any, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    target = str(tmp_path / "fox.png")
    assert run_generate(order(delivery=OutputOptions(target, as_json=True)), maker) == 0
    assert json.loads(capsys.readouterr().out) == {**box.jobs[0], "files": [target]}


def test_no_wait_prints_the_id_and_leaves(box: Sandbox, maker: Any, capsys: pytest.CaptureFixture[str]) -> None:
    assert run_generate(order(wait=False, webhook_url="https://example.com/hook"), maker) == 0
    [job] = box.jobs
    assert capsys.readouterr().out == f"{job['job_id']}\n"
    assert job["completed_at"] is None
    assert dict(box.requests[0].headers)["x-webhook-url"] == "https://example.com/hook"


def test_an_old_name_in_a_file_is_warned_about_at_its_line_and_translated(
    box: Sandbox, maker: Any, old_body: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run_generate(old(old_body), maker) == 0
    stderr = capsys.readouterr().err
    assert stderr.startswith(f"{old_body}:3: KreaSunsetWarning: z-image/z-image: 'aspectRatio' is now 'aspect_ratio'")
    assert len(stderr.splitlines()) == 1
    assert request_bodies(box) == [{"prompt": "a fox", "aspect_ratio": "1:1", "resolution": "1K"}]


def test_an_old_name_on_the_command_line_is_warned_about_too(
    box: Sandbox, maker: Any, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run_generate(order(fields=("aspectRatio=1:1", "resolution=1K")), maker) == 0
    assert capsys.readouterr().err.startswith("-i aspectRatio: KreaSunsetWarning: ")


@pytest.mark.parametrize(
    ("policy", "code", "message"),
    [
        ("silent", 0, ""),
        ("error", 2, "old.json:3: aspectRatio is a deprecated name"),
        ("passthrough", 1, "so it was sent as given"),
        ("nonsense", 2, "KREA_CLIENT_ALIASES"),
    ],
)
def test_the_environment_decides_about_old_names(
    box: Sandbox,
    maker: Any,
    old_body: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    policy: str,
    code: int,
    message: str,
) -> None:
    monkeypatch.setenv("KREA_CLIENT_ALIASES", policy)
    assert run_generate(old(old_body), maker) == code
    stderr = capsys.readouterr().err
    assert message in stderr
    assert bool(stderr) == bool(message)
    assert stderr.count("KreaSunsetWarning") == (policy == "passthrough")
    assert len(request_bodies(box)) == (policy in ("silent", "passthrough"))


def test_warnings_as_errors_send_nothing(
    box: Sandbox, maker: Any, old_body: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        assert run_generate(old(old_body), maker) == 2
    assert capsys.readouterr().err.startswith(f"krea-client: {old_body}:3: z-image/z-image: 'aspectRatio'")
    assert request_bodies(box) == []


def test_all_problems_are_told_with_their_places(
    box: Sandbox, maker: Any, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "body.json"
    file.write_text('{"aspectRatio": "16:10",\n "colour": "red"}')
    assert run_generate(order(prompt=None, fields=("seed=1", "denoising_strength=7"), json_body=str(file)), maker) == 2
    stderr = capsys.readouterr().err
    for text in (
        f"{file}:1: aspect_ratio is '16:10', must be one of",
        f"{file}:2: colour is not a field",
        "-i denoising_strength: denoising_strength is 7",
        "prompt is missing",
        "resolution is missing",
        "is sent with --no-check",
    ):
        assert text in stderr
    assert request_bodies(box) == []


def test_unchecked_is_sent_as_it_is(box: Sandbox, maker: Any, capsys: pytest.CaptureFixture[str]) -> None:
    assert run_generate(order(fields=("brand_new:=1",), check=False), maker) == 1
    assert request_bodies(box) == [{"prompt": "a fox", "brand_new": 1}]
    assert "422" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"model": "z-imag"}, "did you mean 'z-image/z-image'"),
        ({"model": "bytedance/seedream-3"}, "use 'bytedance/seedream-5-lite' instead"),
        ({"json_body": "absent.json"}, "absent.json: cannot be read"),
        ({"fields": ("seed=x",)}, "-i seed: 'x' is not a number"),
        ({"wait": False, "delivery": OutputOptions("x.png")}, "--no-wait only submits"),
        ({"delivery": OutputOptions(__file__)}, "is already there: choose another name, or give --overwrite"),
        ({"delivery": OutputOptions(f"{__file__}/x.png")}, "is not a folder that you may write to"),
        ({"webhook_url": "nowhere"}, "webhook_url"),
    ],
)
def test_bad_input_is_one_message_and_sends_nothing(
    box: Sandbox, maker: Any, capsys: pytest.CaptureFixture[str], change: dict[str, Any], message: str
) -> None:
    assert run_generate(order(**change), maker) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert err.startswith("krea-client: ")
    assert message in err
    assert not box.requests


def test_a_file_is_overwritten_only_when_asked(box: Sandbox, maker: Any, tmp_path: Path) -> None:
    target = tmp_path / "fox.png"
    target.write_bytes(b"mine")
    assert run_generate(order(delivery=OutputOptions(str(target))), maker) == 2
    assert target.read_bytes() == b"mine"
    assert run_generate(order(delivery=OutputOptions(str(target), overwrite=True)), maker) == 0
    assert target.read_bytes().startswith(PNG)


@pytest.mark.parametrize(("prompt", "message"), [("[sandbox:fail]", "failed"), ("[sandbox:empty]", "has no results")])
def test_a_job_that_comes_to_nothing_is_the_exit_code_1(
    box: Sandbox, maker: Any, capsys: pytest.CaptureFixture[str], prompt: str, message: str
) -> None:
    assert run_generate(order(prompt, delivery=OutputOptions(as_json=True)), maker) == 1
    out, err = capsys.readouterr()
    assert message in err
    assert json.loads(out)["job_id"] == box.jobs[0]["job_id"]


def test_what_the_api_refuses_is_the_exit_code_1(box: Sandbox, maker: Any, capsys: pytest.CaptureFixture[str]) -> None:
    box.balance = 0
    assert run_generate(order(), maker) == 1
    out, err = capsys.readouterr()
    assert out == ""
    assert "402" in err
    assert "never-to-be-shown" not in err


def test_no_token_is_bad_input(capsys: pytest.CaptureFixture[str]) -> None:
    assert run_generate(order()) == 2
    assert "set KREA_API_TOKEN (or KREA_API_KEY), or practise with --sandbox" in capsys.readouterr().err


def test_a_command_that_cannot_be_practised_does_not_say_so(capsys: pytest.CaptureFixture[str]) -> None:
    assert commands.run(["jobs", "orphans", "--since", "2026-11-20"]) == 2
    assert "set KREA_API_TOKEN (or KREA_API_KEY); nothing was sent" in capsys.readouterr().err


def test_results_that_cannot_be_fetched_are_named(
    box: Sandbox, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    from .conftest import maker_for

    inner = box.transport()

    def answer(request: httpx.Request) -> httpx.Response:
        return httpx.Response(404) if request.url.path.startswith("/images/") else inner.handle_request(request)

    assert (
        run_generate(
            order(delivery=OutputOptions(str(tmp_path / "x.png"))), maker_for(box, httpx.MockTransport(answer))
        )
        == 1
    )
    assert capsys.readouterr().err.splitlines()[-1].strip() == box.jobs[0]["result"]["urls"][0]
    assert list(tmp_path.iterdir()) == []


def test_an_outcome_that_nobody_knows_says_how_to_look_for_the_job(
    box: Sandbox, capsys: pytest.CaptureFixture[str]
) -> None:
    from .conftest import maker_for

    inner = box.transport()

    def lose(request: httpx.Request) -> httpx.Response:
        inner.handle_request(request)
        raise httpx.ReadTimeout("no answer")

    assert run_generate(order(), maker_for(box, httpx.MockTransport(lose))) == 1
    warning_line, last = capsys.readouterr().err.splitlines()
    assert warning_line.endswith("(a job may have been created; it was not sent again)")
    heading, _, line = last.partition(": ")
    assert heading == "  the jobs made since"
    arguments = line.split()
    assert arguments[:4] == ["krea-client", "jobs", "list", "--since"]
    assert datetime.fromisoformat(arguments[4]) <= datetime.fromisoformat(box.jobs[0]["created_at"])


@pytest.mark.parametrize(
    ("on_interrupt", "status", "message"),
    [
        ("keep", "queued", "goes on at Krea; to wait for it:\n  krea-client jobs wait "),
        ("cancel", "cancelled", "was cancelled"),
    ],
)
def test_ctrl_c_names_the_job(
    box: Sandbox,
    maker: Any,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    on_interrupt: Any,
    status: str,
    message: str,
) -> None:
    monkeypatch.setattr(box.clock, "sleep", lambda _seconds: signal.raise_signal(signal.SIGINT))
    assert run_generate(order(on_interrupt=on_interrupt), maker) == 130
    [job] = box.jobs
    err = capsys.readouterr().err
    assert err.startswith("krea-client: interrupted\n")
    assert message in err
    assert job["job_id"] in err
    assert job["status"] == status
    assert job["job_id"] in EmergencyNotice.text  # for who does not wait for the end of the above


def test_ctrl_c_before_there_is_an_id_says_how_to_look_for_the_job(
    box: Sandbox, capsys: pytest.CaptureFixture[str]
) -> None:
    from .conftest import maker_for

    def leave(_request: httpx.Request) -> httpx.Response:
        raise KeyboardInterrupt

    assert run_generate(order(), maker_for(box, httpx.MockTransport(leave))) == 130
    first, second_line, how = capsys.readouterr().err.splitlines()
    assert first == "krea-client: interrupted"
    assert second_line.endswith("was under way; if it was accepted, a job exists")
    assert re.fullmatch(r"  what it may be: krea-client jobs orphans --since \S+Z", how)


def test_ctrl_c_in_a_download_does_not_call_the_job_running(
    box: Sandbox, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    from .conftest import maker_for

    inner = box.transport()

    def leave(request: httpx.Request) -> httpx.Response:
        if request.url.path.startswith("/images/"):
            raise KeyboardInterrupt
        return inner.handle_request(request)

    wish = order(delivery=OutputOptions(str(tmp_path / "a.png")))
    assert run_generate(wish, maker_for(box, httpx.MockTransport(leave))) == 130
    [job] = box.jobs
    assert capsys.readouterr().err == (
        f"krea-client: interrupted\n  job {job['job_id']} has ended; to get its results:\n"
        f"  krea-client jobs wait {job['job_id']}\n"
    )


def read_all(screen: int) -> str:
    """Return what a terminal was shown: one read may bring a part, and the end is an error once nobody writes."""
    output = b""
    with os.fdopen(screen, "rb", buffering=0) as file, contextlib.suppress(OSError):
        while piece := file.read(4096):
            output += piece
    return output.decode()


def test_a_job_of_a_practice_ends_with_it(
    box: Sandbox, maker: Any, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(box.clock, "sleep", lambda _seconds: signal.raise_signal(signal.SIGINT))
    assert run_generate(order(sandbox=True), maker) == 130
    assert f"interrupted\n  job {box.jobs[0]['job_id']} ended with its sandbox\n" in capsys.readouterr().err


def test_a_terminal_sees_the_states_and_a_clean_line_at_the_end(
    box: Sandbox, maker: Any, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TERM", "xterm-256color")
    monkeypatch.setenv("COLUMNS", "40")  # too narrow for the job's id
    screen, terminal = pty.openpty()
    with os.fdopen(terminal, "w") as stderr:
        monkeypatch.setattr("sys.stderr", stderr)
        assert run_generate(order(), maker) == 0
        stderr.flush()
    output = read_all(screen)
    assert MODEL in output
    assert re.search(r"0:00:0\d\S* z-image/z-image .*\u2026", output)
    assert output.rstrip().endswith("\x1b[2K")  # the line is wiped
    assert capsys.readouterr().out.splitlines() == box.jobs[0]["result"]["urls"]


def test_a_deadline_ends_the_wait_and_the_job_goes_on(
    box: Sandbox, maker: Any, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run_generate(order(delivery=OutputOptions(deadline=2)), maker) == 1
    [job] = box.jobs
    assert job["completed_at"] is None
    assert f"to wait for it:\n  krea-client jobs wait {job['job_id']}\n" in capsys.readouterr().err


def test_practice_needs_no_token_and_says_what_it_is(capsys: pytest.CaptureFixture[str]) -> None:
    assert run_generate(order(sandbox=True, wait=False)) == 0
    out, err = capsys.readouterr()
    assert len(out.strip()) == 36
    assert "a sandbox in this program answers, not Krea" in err
