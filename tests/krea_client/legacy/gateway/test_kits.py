"""Command-line kits as agents use them, written for the deprecated names, run unchanged against a sandbox past the cut-off."""

import json
import os
import shutil
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from krea_client.legacy.gateway import launcher
from krea_client.legacy.gateway.field_usage import UsageLog
from krea_client.legacy.gateway.forwarding import Gateway
from krea_client.sandbox import KreaSandbox

from ...client.conftest import PNG
from .conftest import translator

KITS = Path(__file__).parents[1] / "kits"
PICTURE = "https://example.com/a.png"
NODE = pytest.mark.skipif(shutil.which("node") is None, reason="needs node")
Kit = Callable[..., int]


@pytest.fixture
def fast() -> Iterator[KreaSandbox]:
    with KreaSandbox(date="2026-11-20", time_scale=500) as box:
        yield box


@pytest.fixture
def kit(fast: KreaSandbox, usage: UsageLog, folder: Path) -> Kit:
    """Run a kit, unchanged, in an empty folder; `compat` keeps the deprecated names in the document that it reads."""

    def run(name: str, *arguments: str, compat: bool = True) -> int:
        app = Gateway(fast.url, translator(), usage, api_host="api.krea.ai", compat_document=compat)
        environment = {key: value for key, value in os.environ.items() if key.upper() != "NO_PROXY"}
        environment |= {"KREA_API_TOKEN": "token", "PIPELINE_POLL": "0.01"}
        command = ["node" if name.endswith(".mjs") else sys.executable, str(KITS / name), *arguments]
        return launcher.run(command, app, "api.krea.ai", environment, warn=pytest.fail)

    return run


def bodies(box: KreaSandbox) -> list[Any]:
    return [row.fields for row in box.ledger]


@pytest.mark.parametrize(
    ("arguments", "body"),
    [
        (["--resolution", "1K"], {"aspect_ratio": "1:1", "resolution": "1K"}),
        (
            ["--resolution", "1K", "--aspect-ratio", "16:9", "--seed", "7"],
            {"aspect_ratio": "16:9", "seed": 7, "resolution": "1K"},
        ),
        (
            ["--model", "flux", "--size", "1024x768", "--steps", "20", "--image", PICTURE],
            {"width": 1024, "height": 768, "image_url": PICTURE, "steps": 20},
        ),
        (
            ["--model", "banana", "--image", PICTURE, "--image", PICTURE + "?2"],
            {"aspect_ratio": "1:1", "image_urls": [PICTURE, PICTURE + "?2"]},
        ),
        (["--model", "image/google/nano-banana", "--aspect-ratio", "4:3"], {"aspect_ratio": "4:3"}),
    ],
)
def test_the_picture_kit_with_its_options(
    kit: Kit, fast: KreaSandbox, folder: Path, arguments: list[str], body: dict[str, Any]
) -> None:
    assert (
        kit("krea_images.py", "generate", "A fox", "--poll", "0.01", "--out", "out", "--name", "fox", *arguments) == 0
    )
    assert bodies(fast) == [{"prompt": "A fox", **body}]
    assert (folder / "out" / "fox-0.png").read_bytes()


def test_the_picture_kits_other_commands(kit: Kit, fast: KreaSandbox, capfd: pytest.CaptureFixture[str]) -> None:
    assert kit("krea_images.py", "generate", "A fox", "--resolution", "1K", "--poll", "0.01") == 0
    assert kit("krea_images.py", "jobs", "--limit", "5") == 0
    assert kit("krea_images.py", "fields", "--model", "fast") == 0
    lines = capfd.readouterr().out.split("\n")
    assert f"{fast.ledger[0].job_id} completed" in lines
    assert {"aspectRatio", "aspect_ratio"} <= set(lines)


def test_a_kit_that_looks_for_the_deprecated_names_needs_them_in_the_document(
    kit: Kit, fast: KreaSandbox, capfd: pytest.CaptureFixture[str]
) -> None:
    assert kit("krea_images.py", "generate", "A fox", "--resolution", "1K", "--aspect-ratio", "16:9", compat=False) == 1
    assert "aspect_ratio" in capfd.readouterr().err  # which is required, and was left out
    assert bodies(fast) == []


def test_a_kit_that_is_told_to_come_later_comes_later(kit: Kit, fast: KreaSandbox) -> None:
    fast.faults.add({"kind": "429", "on": "submit", "times": 2})
    assert kit("krea_images.py", "generate", "A fox", "--resolution", "1K", "--poll", "0.01") == 0
    assert len(bodies(fast)) == 1
    assert fast.faults.ahead == []


def test_the_pipeline_copies_its_steps_into_bodies(
    kit: Kit, fast: KreaSandbox, capfd: pytest.CaptureFixture[str]
) -> None:
    assert kit("pipeline.py", str(KITS / "steps.json"), compat=False) == 0
    lines = capfd.readouterr().out.split()
    first, second, third = bodies(fast)
    assert first == {"prompt": "A lighthouse in fog", "aspect_ratio": "16:9", "resolution": "1K"}
    assert second == {"prompt": "The same at night", "aspect_ratio": "16:9", "image_urls": [lines[2]]}
    assert third == {"prompt": "As an ink drawing", "image_url": lines[5]}


@pytest.mark.parametrize(
    ("model", "fields", "body"),
    [
        (
            "image/z-image/z-image",
            {"aspectRatio": "4:3", "resolution": "1K"},
            {"aspect_ratio": "4:3", "resolution": "1K"},
        ),
        (
            "video/kling/kling-2.6",
            {"startImage": PICTURE, "generateAudio": True},
            {"start_image": PICTURE, "generate_audio": True},
        ),
    ],
)
def test_the_kit_that_checks_its_fields(
    kit: Kit, fast: KreaSandbox, model: str, fields: dict[str, Any], body: dict[str, Any]
) -> None:
    given = [word for name, value in fields.items() for word in ("--set", f"{name}={json.dumps(value)}")]
    assert kit("checked_fields.py", model, "A fox", "--poll", "0.01", *given) == 0
    assert bodies(fast) == [{"prompt": "A fox", **body}]


def test_the_kit_that_checks_its_fields_still_finds_mistakes(
    kit: Kit, fast: KreaSandbox, capfd: pytest.CaptureFixture[str]
) -> None:
    assert kit("checked_fields.py", "image/z-image/z-image", "A fox", "--set", "aspect=1") == 1
    assert kit("checked_fields.py", "image/z-image/z-image", "A fox", "--set", 'aspectRatio="1:1"') == 1
    errors = capfd.readouterr().err
    assert "does not take aspect\n" in errors
    assert "needs resolution\n" in errors
    assert bodies(fast) == []


def test_the_kit_that_uploads_edits_and_animates(
    kit: Kit, fast: KreaSandbox, folder: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    (folder / "in.png").write_bytes(PNG)
    fast.faults.add({"kind": "429", "on": "submit", "times": 1})
    options = ("--ratio", "4:3", "--animate", "It waves", "--poll", "0.01")
    assert kit("edit_and_animate.py", "in.png", "In blue", *options, compat=False) == 0
    edit_url = capfd.readouterr().out.split()[1]
    edit, clip = bodies(fast)
    assert (edit["prompt"], edit["aspect_ratio"], len(edit["image_urls"])) == ("In blue", "4:3", 1)
    assert set(edit) == {"prompt", "aspect_ratio", "image_urls"}
    assert clip == {"prompt": "It waves", "start_image": edit_url, "duration": 5}


@NODE
@pytest.mark.parametrize(
    ("arguments", "body"),
    [
        (["--resolution", "1K", "--ratio", "4:3"], {"aspect_ratio": "4:3", "resolution": "1K"}),
        (["--model", "image/google/nano-banana", "--ref", PICTURE], {"aspect_ratio": "1:1", "image_urls": [PICTURE]}),
    ],
)
def test_the_node_kit(kit: Kit, fast: KreaSandbox, folder: Path, arguments: list[str], body: dict[str, Any]) -> None:
    assert kit("poster.mjs", "--prompt", "A fox", "--poll", "10", "--out", "fox.png", *arguments) == 0
    assert bodies(fast) == [{"prompt": "A fox", **body}]
    assert (folder / "fox.png").read_bytes()
