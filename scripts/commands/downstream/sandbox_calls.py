"""Calls of what a generator made: a request with what is required and one with every field, type-checked and sent to the sandbox.

What arrives is compared with what was given: a generator whose code compiles can still send what nobody asked for.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from krea_client.sandbox import Sandbox, running

Run = Callable[[str, dict[str, str]], tuple[int, str]]
_PYTHON = ".python"  # not .py: a program is whole only with its bodies
PROGRAMS = Path(__file__).resolve().parent / "programs"
MODEL = "/generate/image/z-image/z-image"
WEBHOOK = "https://example.com/hook"
MINIMAL: dict[str, Any] = {"prompt": "a fox", "aspect_ratio": "1:1", "resolution": "1K"}
WHOLE: dict[str, Any] = {
    **MINIMAL,
    "seed": 7,
    "denoising_strength": 0.4,
    "styles": [{"id": "a-style", "strength": 0.5}],
    "skip_prompt_expansion": True,
    "image_url": "https://example.com/fox.png",
    "style_images": [{"url": "https://example.com/style.png", "strength": 0.25}],
}


def write_program(program: str, folder: Path) -> Path:
    """Write a program into the folder of a generator, with the two bodies in their places."""
    text = (PROGRAMS / program).read_text("utf-8")
    python = program.endswith(_PYTHON)
    for name, body in (("MINIMAL", MINIMAL), ("WHOLE", WHOLE)):
        text = text.replace(name, repr(body) if python else json.dumps(body))
    target = folder / ("calls.py" if python else "calls.ts")
    target.write_text(text, "utf-8")
    return target


def sent(command: str, run: Run, ignored: frozenset[str]) -> Iterator[str]:
    """Run a program against a sandbox, and yield what arrived otherwise than it was given; nothing when all is well.

    `ignored` are fields that a generator adds with the server's default; the page says so.
    """
    box = Sandbox(time_scale=0)
    with running(box) as url:
        code, output = run(command, {"KREA_BASE_URL": url, "KREA_API_TOKEN": "a-token"})
    if code:
        yield f"`{command}` ended with {code}:"
        yield from output.strip().splitlines()[-12:]
        return
    requests = [request for request in box.requests if request.path == MODEL]
    for name, body, request in zip(("minimal", "whole"), (MINIMAL, WHOLE), requests, strict=False):
        arrived = {key: value for key, value in json.loads(request.body).items() if key in body or key not in ignored}
        if arrived != body:
            yield f"the {name} request was {json.dumps(body)} and arrived as {json.dumps(arrived)}"
    if len(requests) != 2:
        yield f"{len(requests)} requests arrived, not 2"
    elif requests[1].headers.get("x-webhook-url") != WEBHOOK:
        yield "the header X-Webhook-URL did not arrive"
