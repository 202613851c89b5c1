"""Calls of generated code: what arrives at the sandbox is compared with what was given."""

import json
import urllib.request
from pathlib import Path
from typing import Any

import pytest

from downstream.sandbox_calls import MINIMAL, MODEL, PROGRAMS, WEBHOOK, WHOLE, sent, write_program
from downstream.tools import TOOLS
from krea_client._request.validation import problems
from krea_client._spec.catalogue import catalogue


def post(url: str, body: dict[str, Any], webhook: str | None = None) -> None:
    headers = {"Authorization": "Bearer a", "Content-Type": "application/json"}
    if webhook:
        headers["X-Webhook-URL"] = webhook
    with urllib.request.urlopen(urllib.request.Request(url + MODEL, json.dumps(body).encode(), headers)):
        pass


def complaints(minimal: dict[str, Any], full_body: dict[str, Any], webhook: str | None, ignored: set[str]) -> list[str]:
    """Return what is said of a program that sends these two."""

    def run(_command: str, surroundings: dict[str, str]) -> tuple[int, str]:
        post(surroundings["KREA_BASE_URL"], minimal)
        post(surroundings["KREA_BASE_URL"], full_body, webhook)
        return 0, ""

    return list(sent("program", run, frozenset(ignored)))


def test_what_arrives_as_it_was_given_is_no_complaint() -> None:
    assert complaints(MINIMAL, WHOLE, WEBHOOK, set()) == []


def test_a_default_that_nobody_gave_is_one_unless_the_page_says_so() -> None:
    minimal = {**MINIMAL, "denoising_strength": 0.6}
    (complaint,) = complaints(minimal, WHOLE, WEBHOOK, set())
    assert complaint.startswith("the minimal request was")
    assert "denoising_strength" in complaint
    assert complaints(minimal, WHOLE, WEBHOOK, {"denoising_strength"}) == []


def test_a_field_that_got_lost_is_one_even_if_it_has_a_default() -> None:
    full_body = {key: value for key, value in WHOLE.items() if key != "denoising_strength"}
    (complaint,) = complaints(MINIMAL, full_body, WEBHOOK, {"denoising_strength"})
    assert complaint.startswith("the whole request was")


def test_a_header_that_got_lost_is_one() -> None:
    assert complaints(MINIMAL, WHOLE, None, set()) == ["the header X-Webhook-URL did not arrive"]


def test_a_program_that_fails_is_quoted() -> None:
    assert list(sent("program", lambda *_: (3, "it broke"), frozenset())) == ["`program` ended with 3:", "it broke"]


def test_a_program_that_sends_nothing_fails() -> None:
    assert list(sent("program", lambda *_: (0, ""), frozenset())) == ["0 requests arrived, not 2"]


def test_the_two_requests_are_valid() -> None:
    operation = catalogue().of_model("z-image/z-image")
    assert problems(operation, MINIMAL) == problems(operation, WHOLE) == []
    assert set(MINIMAL) == set((operation.schema or {})["required"])
    assert set(MINIMAL) < set(WHOLE) <= set(operation.fields)


@pytest.mark.parametrize("tool", [tool for tool in TOOLS if tool.program], ids=lambda tool: tool.name)
def test_every_program_is_there_and_gets_the_bodies(tool: Any, tmp_path: Path) -> None:
    text = write_program(tool.program, tmp_path).read_text("utf-8")
    assert "a fox" in text
    assert "style_images" in text
    assert "WHOLE" not in text
    if tool.program.endswith(".python"):
        compile(text, tool.program, "exec")


def test_no_program_is_left_over() -> None:
    assert {tool.program for tool in TOOLS if tool.program} == {path.name for path in PROGRAMS.iterdir()}
